// SPDX-License-Identifier: Apache-2.0
#include "app/rule_audit.hpp"

#include <fmt/format.h>

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include "app/risk_options.hpp"

namespace corridor::app {

void add_limit_option(po::options_description& options) {
  options.add_options()("association-limit", po::value<double>()->value_name("X"),
                        "Cramer's V above which a rule is a proxy; default 0.1");
}

risk::AuditOptions audit_options(const OpenRecords& records, const std::string& command,
                                 const po::variables_map& given) {
  risk::AuditOptions options;
  if (records.scenario) {
    const control::ControlParams& control = records.scenario->control;
    if (records.scenario->risk.flag_rate > 0)
      options.capacity_share = records.scenario->risk.flag_rate;
    if (control.random_share > 0) options.random_share = control.random_share;
    options.review_minutes = control.review_minutes;
    options.inspection_minutes = control.secondary_minutes;
    options.sent_on_innocent = control.forward_innocent;
    options.sent_on_hit = control.forward_threat;
  }
  if (const auto x = number_option(command, given, "association-limit", 0, 1))
    options.association_limit = *x;
  return options;
}

risk::AuditReport audit_of(const RecordInput& input, const risk::RuleSet& rules) {
  const OpenRecords records = input.open(input.call.file, {&rules});
  return risk::audit(*records.source, rules,
                     audit_options(records, input.call.command, *input.given));
}

risk::AdoptionAudit adoption_audit(const risk::AuditReport& report) {
  const std::string bytes = report.json();
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {fmt::format("{:016x}{:016x}", hash.high64, hash.low64), report.date, report.description,
          report.strongest_text(), report.untold()};
}

}  // namespace corridor::app
