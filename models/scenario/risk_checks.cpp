// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/risk_checks.hpp"

#include <array>

#include "models/risk/rule_set_text.hpp"
#include "sim/calendar.hpp"

namespace corridor::scenario {
namespace {

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

/// Where the rules of travellers are from; "" when there are none.
std::string source_of_rules(const Scenario& scenario) {
  if (scenario.risk.rules_text.empty()) return "";
  return scenario.source_of("risk.rules", scenario.risk.rules, "risk.rules_text");
}

}  // namespace

std::vector<NamedRules> rules_of(const Scenario& scenario) {
  std::vector<NamedRules> out;
  const auto take = [&](const std::string& from, const std::string& text) {
    if (text.empty()) return;
    try {
      out.push_back({from, risk::parse_rule_set(text, from, risk::shipped_catalogue())});
    } catch (const risk::RuleError&) {
      return;  // reading it for use says why
    }
  };
  take(source_of_rules(scenario), scenario.risk.rules_text);
  take(scenario.source_of("cargo.rules", scenario.cargo.rules, "cargo.rules_text"),
       scenario.cargo.rules_text);
  return out;
}

std::string rules_line(const Scenario& scenario) {
  const std::string from = source_of_rules(scenario);
  if (from.empty()) return "";
  try {
    const risk::RuleSet set =
        risk::parse_rule_set(scenario.risk.rules_text, from, risk::shipped_catalogue());
    return from + ": " + set.name + " (" + set.version + "), " + risk::adoption_text(set);
  } catch (const risk::RuleError&) {
    return from + ": written for another version of the rule language";
  }
}

}  // namespace corridor::scenario
