// SPDX-License-Identifier: Apache-2.0
#include "models/cargo/cargo_checks.hpp"

#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace corridor::cargo {
namespace {

/// One summand: rate times ratio.
struct Term {
  std::string rate_path;
  double rate = 0;
  std::string ratio_path;  ///< "" = none
  double ratio = 1;
};

/// Complains at the first value that the scenario itself sets; else at the first of them.
void complain(const sim::ScenarioText& read, std::span<const std::string> paths,
              const std::string& what, sim::Complaints& complaints) {
  for (const std::string& path : paths) {
    const auto setting = read.settings.find(path);
    if (setting == read.settings.end()) continue;
    complaints.add(setting->second.place, what);
    return;
  }
  complaints.add(sim::Place{paths.front(), 0, 0}, what);
}

void check_sum(const sim::ScenarioText& read, std::span<const Term> terms,
               sim::Complaints& complaints) {
  constexpr double rounding = 1e-9;
  for (const bool illicit : {false, true}) {
    double sum = 0;
    std::string text;
    std::vector<std::string> paths;
    for (const Term& t : terms) {
      const bool with_ratio = illicit && !t.ratio_path.empty();
      sum += with_ratio ? t.rate * t.ratio : t.rate;
      text += (text.empty() ? "" : " + ") + (with_ratio ? t.ratio_path + " * " : "") + t.rate_path;
      if (with_ratio) paths.push_back(t.ratio_path);
      paths.push_back(t.rate_path);
    }
    if (sum <= 1 + rounding) continue;
    complain(read, paths,
             text + " = " + sim::literal(std::floor(sum * 1e9 + 0.5) / 1e9) + " is more than 1: " +
                 (illicit ? "illicit" : "ordinary") + " consignments cannot show it so often",
             complaints);
    return;
  }
}

}  // namespace

void check_cargo(const sim::ScenarioText& read, const CargoParams& p, sim::Complaints& complaints) {
  const auto signal = [](const std::string& name, double rate, double ratio) {
    return Term{"cargo.signals." + name + "_rate", rate, "cargo.signals." + name + "_ratio", ratio};
  };
  const auto goods = [](const std::string& name, double share) {
    return Term{"cargo.goods." + name + "_share", share, "", 1};
  };
  const std::vector<Term> food{
      {"cargo.goods.food_share", p.food_share, "cargo.signals.food_ratio", p.food_ratio}};
  const std::vector<Term> all_goods{
      goods("food", p.food_share),           goods("raw", p.raw_share),
      goods("chemical", p.chemical_share),   goods("manufactured", p.manufactured_share),
      goods("machinery", p.machinery_share), goods("textile", p.textile_share),
      goods("waste", p.waste_share)};
  const std::vector<Term> shippers{signal("unknown", p.unknown_rate, p.unknown_ratio),
                                   signal("new", p.new_rate, p.new_ratio),
                                   signal("authorised", p.authorised_rate, p.authorised_ratio)};
  const std::vector<Term> seals{signal("broken", p.broken_rate, p.broken_ratio),
                                signal("replaced", p.replaced_rate, p.replaced_ratio)};
  const std::vector<Term> documents{signal("mismatch", p.mismatch_rate, p.mismatch_ratio)};
  const std::vector<Term> values{signal("low_value", p.low_value_rate, p.low_value_ratio)};
  for (const auto* terms : {&food, &all_goods, &shippers, &seals, &documents, &values}) {
    check_sum(read, *terms, complaints);
  }
  if (p.low_income_usd > p.high_income_usd) {
    const std::vector<std::string> paths{"cargo.customs.low_income_usd",
                                         "cargo.customs.high_income_usd"};
    complain(read, paths,
             "cargo.customs.low_income_usd = " + sim::literal(p.low_income_usd) +
                 " is more than cargo.customs.high_income_usd = " + sim::literal(p.high_income_usd),
             complaints);
  }
}

}  // namespace corridor::cargo
