// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/risk_checks.hpp"

#include <array>
#include <fstream>
#include <sstream>
#include <system_error>

#include "models/risk/rule_set_text.hpp"
#include "sim/calendar.hpp"

namespace corridor::scenario {
namespace {

namespace fs = std::filesystem;

const sim::Setting* setting_of(const sim::ScenarioText& read, std::string_view path) {
  const auto it = read.settings.find(path);
  return it == read.settings.end() ? nullptr : &it->second;
}

/// Complains at the first of `paths` that the scenario itself sets; else at the first of them.
void complain(const sim::ScenarioText& read, std::initializer_list<std::string> paths,
              const std::string& what, sim::Complaints& complaints) {
  for (const std::string& path : paths) {
    if (const sim::Setting* s = setting_of(read, path)) {
      complaints.add(s->place, what);
      return;
    }
  }
  complaints.add(sim::Place{*paths.begin(), 0, 0}, what);
}

}  // namespace

void check_signals(const sim::ScenarioText& read, const Scenario& scenario,
                   sim::Complaints& complaints) {
  const travel::SignalParams& p = scenario.signals;
  const auto check = [&](const std::string& rate_path, const std::string& ratio_path, double rate,
                         double ratio) {
    if (rate * ratio <= 1) return;
    complain(read, {ratio_path, rate_path},
             ratio_path + " = " + sim::literal(ratio) + " times " + rate_path + " = " +
                 sim::literal(rate) + " is more than 1: illicit trips cannot show it so often",
             complaints);
  };
  const auto signal = [&](const std::string& name, double rate, double ratio) {
    check("travel.signals." + name + "_rate", "travel.signals." + name + "_ratio", rate, ratio);
  };
  const auto rates = travel::indicator_rates(p), ratios = travel::indicator_ratios(p);
  for (std::size_t k = 0; k < travel::n_indicators; ++k)
    signal("x" + std::to_string(k + 1), rates[k], ratios[k]);
  signal("cash", p.cash_rate, p.cash_ratio);
  signal("low_fit", p.low_fit_rate, p.low_fit_ratio);
  check("travel.booking.one_way_share", "travel.signals.one_way_ratio",
        scenario.stream.one_way_share, p.one_way_ratio);
  check("travel.booking.agency_share", "travel.signals.agency_ratio", scenario.stream.agency_share,
        p.agency_ratio);
  const risk::RiskParams& r = scenario.risk;
  if (r.inconsistent_documents + r.invalid_documents > 1) {
    complain(read, {"risk.documents.inconsistent", "risk.documents.invalid"},
             "risk.documents.inconsistent + risk.documents.invalid is more than 1", complaints);
  }
}

void check_assessment(const sim::ScenarioText& read, const risk::RiskParams& risk,
                      sim::Complaints& complaints) {
  const bool routes = !risk.high_routes.empty() || !risk.elevated_routes.empty();
  const bool any = routes || !risk.assessment_title.empty() || !risk.assessment_source.empty() ||
                   !risk.assessment_date.empty() || !risk.assessment_expires.empty();
  if (!any) return;
  const auto required = [&](const std::string& path, const std::string& value) {
    if (!value.empty()) return;
    complain(read, {path, "risk.assessment.high", "risk.assessment.elevated"},
             path + " is missing: a threat assessment has a title, a source, a date and a last day",
             complaints);
  };
  required("risk.assessment.title", risk.assessment_title);
  required("risk.assessment.source", risk.assessment_source);
  required("risk.assessment.date", risk.assessment_date);
  required("risk.assessment.expires", risk.assessment_expires);
  for (const auto& [path, value] :
       {std::pair<std::string, std::string>{"risk.assessment.date", risk.assessment_date},
        {"risk.assessment.expires", risk.assessment_expires}}) {
    if (value.empty() || sim::parse_date(value)) continue;
    complain(read, {path},
             path + " = " + sim::literal(std::string_view(value)) + " is not a date YYYY-MM-DD",
             complaints);
  }
  if (!risk.assessment_date.empty() && !risk.assessment_expires.empty() &&
      risk.assessment_expires < risk.assessment_date) {
    complain(read, {"risk.assessment.expires", "risk.assessment.date"},
             "risk.assessment.expires lies before risk.assessment.date", complaints);
  }
}

namespace {

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in ? text.str() : "";
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

/// The file that risk.rules means; "" after a complaint. What the command line names is relative to
/// the working folder, what a scenario file names to that file; nothing else is looked for.
fs::path find_rules(const sim::ScenarioText& read, const sim::Setting& setting, bool typed,
                    const std::string& rules, sim::Complaints& complaints) {
  fs::path file = (setting.folder / rules).lexically_normal();
  fs::path beside;  // the scenario: what somebody who typed the path may have meant
  if (typed && !read.files.empty() && fs::path(rules).is_relative()) {
    std::error_code error;
    const fs::path folder = fs::proximate(read.files.front().parent_path(), error);
    if (!error) beside = (folder / rules).lexically_normal();
  }
  if (!is_file(file)) {
    std::string what = "risk.rules: no file '" + file.string() + "'; a path " +
                       (typed ? "on the command line is relative to the working folder"
                              : "is relative to the file that says it");
    if (!beside.empty() && is_file(beside)) what += "; did you mean '" + beside.string() + "'?";
    complaints.add(setting.place, what);
    return {};
  }
  if (!beside.empty() && is_file(beside) && content_of(beside) != content_of(file)) {
    complaints.add(setting.place,
                   "risk.rules: '" + file.string() + "' is in the working folder, and '" +
                       beside.string() +
                       "' beside the scenario says something else; write the whole path of the one "
                       "that is meant");
    return {};
  }
  return file;
}

}  // namespace

void read_rules(const sim::ScenarioText& read, bool files_must_exist, Scenario& scenario,
                sim::Complaints& complaints) {
  risk::RiskParams& risk = scenario.risk;
  const sim::Setting* setting = setting_of(read, "risk.rules");
  if (setting == nullptr) return;
  const auto on_command_line = [](const sim::Setting* s) {
    return s != nullptr && s->place.line == 0;
  };
  const bool typed = on_command_line(setting);
  if (!files_must_exist && !typed) return;
  // Other rules for a result, which holds the text of its own.
  if (typed && !on_command_line(setting_of(read, "risk.rules_text"))) risk.rules_text.clear();
  if (!risk.rules_text.empty() || risk.rules.empty()) return;
  const fs::path file = find_rules(read, *setting, typed, risk.rules, complaints);
  if (file.empty()) return;
  risk.rules_text = content_of(file);
  if (risk.rules_text.empty()) {
    complaints.add(setting->place,
                   "risk.rules: '" + file.string() + "' is empty or cannot be read");
    return;
  }
  // Throws its own error, with the places in the rule file.
  (void)risk::parse_rule_set(risk.rules_text, file.string(), risk::shipped_catalogue());
  scenario.rules_file = file;
  risk.rules = file.filename().string();
}

std::string rules_line(const Scenario& scenario) {
  const risk::RiskParams& risk = scenario.risk;
  if (risk.rules_text.empty()) return "";
  const std::string from = !scenario.rules_file.empty() ? scenario.rules_file.string()
                           : risk.rules.empty()         ? "risk.rules_text"
                                                        : risk.rules;
  try {
    const risk::RuleSet set =
        risk::parse_rule_set(risk.rules_text, from, risk::shipped_catalogue());
    return from + ": " + set.name + " (" + set.version + "), " + risk::adoption_text(set);
  } catch (const risk::RuleError&) {
    return from + ": written for another version of the rule language";
  }
}

}  // namespace corridor::scenario
