// SPDX-License-Identifier: Apache-2.0
#include "models/compare/parameter_sets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/control/secondary_kinds.hpp"
#include "models/finance/laundering.hpp"
#include "models/scenario/strategy.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace corridor::compare {
namespace {

/// Other forms of the same mechanism.
constexpr std::array<std::string_view, 7> structural{"fighters.mobilisation.process",
                                                     "trafficking.perception",
                                                     "trafficking.choice",
                                                     "trafficking.costs",
                                                     "trafficking.holding",
                                                     "trafficking.price_response",
                                                     "finance.recovery.kind"};

constexpr std::array<std::string_view, 8> drawn_tables{"control.",  "risk.",        "cooperation.",
                                                       "fighters.", "trafficking.", "finance.",
                                                       "cargo.",    "actors."};

bool is_drawn(const sim::ParameterInfo& row) {
  if (row.tag != sim::Tag::assumed && row.tag != sim::Tag::calibrated) return false;
  if (row.kind != sim::Kind::real && row.kind != sim::Kind::integer) return false;
  if (!std::ranges::any_of(drawn_tables,
                           [&](std::string_view table) { return row.path.starts_with(table); }))
    return false;
  // Customs and facilitators have no set-up either, though no strategy changes them.
  return scenario::why_fixed(row.path).empty() || row.path.starts_with("cargo.") ||
         row.path.starts_with("actors.");
}

/// Numbers of the kinds of secondary: without kinds nothing reads them.
bool is_of_kinds(std::string_view path) {
  constexpr std::array<std::string_view, 3> tables{"control.identity.", "control.goods.",
                                                   "control.interview."};
  return std::ranges::any_of(tables,
                             [&](std::string_view table) { return path.starts_with(table); });
}

/// FNV-1a: a number of a path that never changes.
std::uint64_t number_of(std::string_view path) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : path) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

sim::Value variant(const sim::ParameterInfo& row, const std::string& name) {
  if (row.kind == sim::Kind::boolean) return name == "true";
  return name;
}

double scaled(double value, double u, const sim::ParameterInfo& row) {
  return std::clamp(value * sim::exp((2 * u - 1) * 0.69314718055994531), row.lo, row.hi);
}

}  // namespace

std::vector<Factor> factors_of(const scenario::Scenario& base,
                               const std::vector<std::string>& changed) {
  std::vector<Factor> factors;
  const bool base_has_kinds = control::kinds_of(base.control).has_value();
  for (const sim::ParameterInfo& row : scenario::parameters().rows()) {
    if (std::ranges::find(changed, row.path) != changed.end()) continue;
    Factor factor{std::string(row.path), scenario::value_at(base, row.path), {}};
    if (std::ranges::find(structural, row.path) != structural.end()) {
      factor.variants = row.kind == sim::Kind::boolean ? std::vector<std::string>{"false", "true"}
                                                       : row.allowed_names();
      if (factor.variants.size() > 1) factors.push_back(std::move(factor));
      continue;
    }
    if (!is_drawn(row) || (!base_has_kinds && is_of_kinds(row.path))) continue;
    const double value = row.kind == sim::Kind::real
                             ? std::get<double>(factor.base)
                             : static_cast<double>(std::get<std::int64_t>(factor.base));
    if (value != 0) factors.push_back(std::move(factor));
  }
  return factors;
}

std::vector<sim::Value> draw_set(const std::vector<Factor>& factors, std::uint32_t seed,
                                 std::uint32_t k) {
  std::vector<sim::Value> values;
  for (const Factor& factor : factors) {
    const sim::ParameterInfo& row = *scenario::parameters().find(factor.path);
    const sim::Block word = sim::draw({seed, 0}, sim::Purpose::parameter_set,
                                      number_of(factor.path), static_cast<std::int32_t>(k));
    const double u = sim::uniform53(sim::bits64(word[0], word[1]));
    if (!factor.variants.empty()) {
      const auto n = static_cast<double>(factor.variants.size());
      values.push_back(variant(row, factor.variants[static_cast<std::size_t>(u * n)]));
    } else if (row.kind == sim::Kind::integer) {
      const auto value = static_cast<double>(std::get<std::int64_t>(factor.base));
      values.emplace_back(static_cast<std::int64_t>(std::floor(scaled(value, u, row) + 0.5)));
    } else {
      values.emplace_back(scaled(std::get<double>(factor.base), u, row));
    }
  }
  return values;
}

std::vector<Target> targets() {
  return {{"refused at borders", 2e-4, 4e-3,
           [](const scenario::Scenario& s) {
             const control::ControlParams& c = s.control;
             return c.irregular_documents * c.primary_sensitivity * c.forward_threat *
                    c.documents_sensitivity;
           }},
          {"seized while laundered", 0.011, 0.044,
           [](const scenario::Scenario& s) {
             return finance::found_in_layers(s.finance.layer_seizure,
                                             static_cast<int>(s.finance.layers));
           }},
          {"returned in four years", 0.1, 0.4, [](const scenario::Scenario& s) {
             const fighters::FightersParams& f = s.fighters;
             const double h = f.return_per_year + f.relocate_per_year + f.lost_per_year;
             return h > 0 ? f.return_per_year / h * (1 - sim::exp(-4 * h)) : 0;
           }}};
}

std::optional<scenario::Scenario> with_set(const scenario::Scenario& scenario,
                                           const std::vector<Factor>& factors,
                                           const std::vector<sim::Value>& values) {
  std::vector<sim::Override> overrides;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    overrides.push_back({factors[i].path, sim::literal(values[i]), factors[i].path});
  }
  try {
    scenario::Scenario made = scenario::parse_scenario(scenario.text, scenario.name, overrides);
    made.data_folder = scenario.data_folder;
    return made;
  } catch (const scenario::ScenarioError&) {
    return std::nullopt;
  }
}

ParameterSets parameter_sets(const scenario::Scenario& base,
                             const std::vector<std::string>& changed, std::int64_t n) {
  ParameterSets sets;
  sets.factors = factors_of(base, changed);
  std::vector<Target> applied;
  for (Target& target : targets()) {
    if (target.met(base)) {
      applied.push_back(std::move(target));
    } else {
      sets.not_applied.push_back(target.name);
    }
  }
  const auto seed = static_cast<std::uint32_t>(base.run.seed);
  for (std::int64_t k = 0; k < 20 * n && static_cast<std::int64_t>(sets.values.size()) < n; ++k) {
    std::vector<sim::Value> values = draw_set(sets.factors, seed, static_cast<std::uint32_t>(k));
    ++sets.drawn;
    const auto made = with_set(base, sets.factors, values);
    if (!made) {
      ++sets.dropped["checks of the scenario"];
      continue;
    }
    const auto missed =
        std::ranges::find_if(applied, [&](const Target& t) { return !t.met(*made); });
    if (missed != applied.end()) {
      ++sets.dropped[missed->name];
      continue;
    }
    sets.values.push_back(std::move(values));
  }
  return sets;
}

}  // namespace corridor::compare
