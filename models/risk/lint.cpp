// SPDX-License-Identifier: Apache-2.0
#include "models/risk/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include "models/risk/lint_pairs.hpp"
#include "models/risk/rule_reader.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/names.hpp"

namespace corridor::risk {
namespace {

Finding finding(Severity severity, const Rule& rule, std::string code, const std::string& message) {
  return {severity,
          rule.id,
          std::move(code),
          "rule " + in_quotes(rule.id) + " " + message,
          rule.line,
          rule.column,
          ""};
}

void sort(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
}

class Linter {
 public:
  Linter(const RuleSet& set, const std::vector<bool>& sound, const Catalogue& catalogue,
         const LintOptions& options)
      : set_(set),
        sound_(sound),
        options_(options),
        ranges_(catalogue, set.parameters),
        pairs_(set, sound, catalogue, ranges_) {}

  std::vector<Finding> findings() {
    for (std::size_t i = 0; i < set_.rules.size(); ++i) {
      const Rule& rule = set_.rules[i];
      if (sound_[i]) look_at_condition(rule);
      if (sound_[i]) look_at_score(rule);
      look_at_dates(rule);
      if (rule.evidence.empty())
        add(Severity::warning, rule, "no-evidence", "names no evidence: what is it grounded on?");
    }
    look_at_set();
    for (Finding& f : pairs_.findings()) out_.push_back(std::move(f));
    return std::move(out_);
  }

  Reach reach(Stage stage) {
    std::vector<bool> counts(set_.rules.size());
    Reach out;
    for (std::size_t i = 0; i < set_.rules.size(); ++i) {
      const Rule& rule = set_.rules[i];
      counts[i] = sound_[i] && rule.stages[static_cast<std::size_t>(stage)] &&
                  (options_.date.empty() || in_force(rule, options_.date));
      out.n_rules += counts[i] ? 1 : 0;
    }
    std::tie(out.lowest, out.highest) = pairs_.reach(counts);
    return out;
  }

 private:
  void add(Severity severity, const Rule& rule, std::string code, const std::string& message) {
    out_.push_back(finding(severity, rule, std::move(code), message));
  }
  void add(Severity severity, std::string code, std::string message) {
    out_.push_back({severity, "", std::move(code), std::move(message), 0, 0, ""});
  }

  void look_at_condition(const Rule& rule) {
    const bool fires_on_missing = rule.on_missing == OnMissing::yes;
    if (!ranges_.assume(rule.condition, true, ranges_.anything())) {
      if (fires_on_missing && ranges_.may_be_unknown(rule.condition, ranges_.anything()))
        add(Severity::warning, rule, "only-missing",
            "can never be true: it fires only where data are missing; write missing(...) if that "
            "is meant");
      else
        add(Severity::error, rule, "never-true", "can never be true, whatever the record");
    } else if (!ranges_.assume(rule.condition, false, ranges_.anything())) {
      add(Severity::error, rule, "always-true",
          ranges_.may_be_unknown(rule.condition, ranges_.anything())
              ? "is true of every record whose data are known: it singles out nobody"
              : "is true of every record: it singles out nobody; a start value is `base`");
    }
  }

  void look_at_score(const Rule& rule) {
    if (rule.score == 0)
      add(Severity::info, rule, "no-effect", "has the score 0 and changes nothing");
    if (!options_.threshold) return;
    const std::int64_t alone =
        std::int64_t{set_.base} + std::clamp<std::int64_t>(points_of(set_.combine, rule.score),
                                                           pairs_.lowest_of(rule.group),
                                                           pairs_.highest_of(rule.group));
    if (rule.score > 0 && alone >= *options_.threshold)
      add(Severity::warning, rule, "decides-alone",
          fmt::format("reaches {} by itself, and the threshold is {}: it selects alone", alone,
                      *options_.threshold));
  }

  void look_at_dates(const Rule& rule) {
    const std::string& date = options_.date;
    if (date.empty()) return;
    if (!rule.review_by.empty() && rule.review_by < date)
      add(Severity::warning, rule, "review-past",
          "was to be reviewed by " + rule.review_by + ", which is past");
    if (!rule.valid_to.empty() && rule.valid_to < date)
      add(Severity::warning, rule, "expired",
          "was valid to " + rule.valid_to + " and does not fire any more");
    if (!rule.valid_from.empty() && date < rule.valid_from)
      add(Severity::info, rule, "not-yet-valid",
          "is valid from " + rule.valid_from + " and does not fire yet");
  }

  void look_at_set() {
    const auto lowers = [](const Rule& r) { return r.score < 0; };
    if (std::none_of(set_.rules.begin(), set_.rules.end(), lowers))
      add(Severity::error, "no-exonerating",
          "no exonerating rule: at least one rule must lower the score");
    if (is_inert(set_))
      add(Severity::warning, "inert",
          "fitted by a program and adopted by nobody: run and score refuse it until a person "
          "answers for it (corridor rules adopt)");
    else if (set_.adopted_by.empty())
      add(Severity::info, "not-adopted",
          "nobody has adopted this set (adopted_by, adopted_on): it is a proposal until a person "
          "answers for it");
    if (!set_.audit.untold.empty())
      add(Severity::info, "untold",
          "adopted although the audit of proxies could not tell: " +
              sim::listed(set_.audit.untold));
    if (!set_.adopted_by.empty() && set_.audit.digest.empty())
      add(Severity::warning, "not-audited",
          "adopted without an audit of proxies; `corridor rules adopt` makes one and keeps what it "
          "says");
    for (std::size_t g = 0; g < set_.groups.size(); ++g) {
      const auto in_group = [&](const Rule& r) { return r.group == static_cast<std::int32_t>(g); };
      if (std::none_of(set_.rules.begin(), set_.rules.end(), in_group))
        add(Severity::info, "unused-group",
            "no rule is in group " + in_quotes(set_.groups[g].name));
    }
    std::vector<bool> used(set_.parameters.size());
    for (std::size_t i = 0; i < set_.rules.size(); ++i)
      if (sound_[i]) mark(set_.rules[i].condition, used);
    for (std::size_t p = 0; p < used.size(); ++p)
      if (!used[p])
        add(Severity::info, "unused-parameter",
            "no rule uses the parameter " + in_quotes(set_.parameters[p].name));
  }

  static void mark(const Node& node, std::vector<bool>& used) {
    if (node.op == Op::parameter) used[node.index] = true;
    for (const Node& argument : node.arguments) mark(argument, used);
  }

  const RuleSet& set_;
  const std::vector<bool>& sound_;
  const LintOptions& options_;
  ConditionRanges ranges_;
  LintPairs pairs_;
  std::vector<Finding> out_;
};

LintReport analysed(const RuleSet& set, const std::vector<bool>& sound, const Catalogue& catalogue,
                    const LintOptions& options) {
  LintReport report;
  report.set = set.name;
  report.version = set.version;
  report.date = options.date;
  report.combine = set.combine;
  report.base = set.base;
  Linter linter(set, sound, catalogue, options);
  report.findings = linter.findings();
  for (std::size_t s = 0; s < n_stages; ++s) report.reach[s] = linter.reach(static_cast<Stage>(s));
  sort(report.findings);
  return report;
}

}  // namespace

std::size_t LintReport::count(Severity severity) const {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [&](const Finding& f) { return f.severity == severity; }));
}

LintReport lint(const RuleSet& set, const Catalogue& catalogue, const LintOptions& options) {
  return analysed(set, std::vector<bool>(set.rules.size(), true), catalogue, options);
}

LintReport lint_bytes(std::string_view bytes, const std::string& file_name, bool json,
                      const Catalogue& catalogue, const LintOptions& options) {
  RuleProblems problems(file_name, bytes);
  const RuleReading reading = read_rule_file(bytes, json, catalogue, problems);
  LintReport report;
  if (reading.set.rules.empty() && !problems.empty())
    report.readable = false;
  else
    report = analysed(reading.set, reading.sound, catalogue, options);
  report.file = file_name;
  report.date = options.date;
  // What the reader has said with its place is not said twice.
  std::erase_if(report.findings, [](const Finding& f) { return f.code == "no-exonerating"; });
  std::vector<Finding> refused;
  for (const RuleProblem& p : problems.sorted())
    refused.push_back({Severity::error, p.rule, p.code, p.message, p.line, p.column, p.excerpt});
  append(report, std::move(refused));
  return report;
}

LintReport lint_file(const std::filesystem::path& path, const Catalogue& catalogue,
                     const LintOptions& options) {
  return lint_bytes(read_rule_bytes(path), path.string(), is_json(path), catalogue, options);
}

std::vector<Finding> proxy_findings(const RuleSet& set, std::span<const Association> associations,
                                    double limit) {
  if (!(limit >= 0 && limit <= 1))
    throw std::invalid_argument("proxy_findings: the limit must be in [0, 1]");
  std::vector<Finding> out;
  for (const Rule& rule : set.rules) {
    for (const Association& a : associations) {
      if (a.rule != rule.id) continue;
      if (std::isnan(a.strength)) {
        out.push_back(finding(Severity::warning, rule, std::string(proxy_unknown),
                              fmt::format("may be a proxy of {}: not enough data to tell ({} "
                                          "records)",
                                          a.attribute, a.n_records)));
      } else if (!(a.strength >= 0 && a.strength <= 1)) {
        throw std::invalid_argument("proxy_findings: a strength must be in [0, 1]");
      } else if (a.strength > limit) {
        out.push_back(finding(
            Severity::error, rule, "proxy",
            fmt::format("is a proxy of {}: {} {:.3f} over {} records, above the limit {:.3f}",
                        a.attribute, a.measure, a.strength, a.n_records, limit)));
      }
    }
  }
  return out;
}

void append(LintReport& report, std::vector<Finding> findings) {
  for (Finding& f : findings) report.findings.push_back(std::move(f));
  sort(report.findings);
}

}  // namespace corridor::risk
