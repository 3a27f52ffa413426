// SPDX-License-Identifier: Apache-2.0
/// \file command_levers.cpp  corridor levers: what a joint strategy can pull, at what cost, and
/// what it must move.

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/risk_options.hpp"
#include "models/cooperation/dated_rows.hpp"
#include "models/scenario/levers.hpp"
#include "models/scenario/scenario.hpp"
#include "sim/parameter_set.hpp"

namespace corridor::app {
namespace {

using Json = nlohmann::ordered_json;
using scenario::Lever;

std::string_view word(scenario::Direction direction) {
  return direction == scenario::Direction::up ? "up" : "down";
}

/// What its value may be: that of its parameter, or of the officers of an operation.
std::pair<double, double> range(const Lever& l) {
  const sim::ParameterInfo* row = scenario::parameters().find(l.path);
  if (row != nullptr) return {row->lo, row->hi};
  const auto& rows = cooperation::dated_rows::operations;
  const auto officers =
      std::ranges::find(rows, "operation.officers", [](const auto& r) { return r.path; });
  return {officers->lo, officers->hi};
}

std::string table(risk::Language language) {
  std::string out = fmt::format("{:<21}{:<8}{:>9}{:>13}{:>7}{:>10}   {:<31}{}\n", "lever", "unit",
                                "neutral", "range", "value", "cost", "must move", "meaning");
  for (const Lever& l : scenario::levers()) {
    const auto [lo, hi] = range(l);
    out += fmt::format("{:<21}{:<8}{:>9}{:>13}{:>7}{:>10}   {:<31}{}\n", l.id, l.unit,
                       sim::plain_number(l.neutral),
                       fmt::format("{} to {}", sim::plain_number(lo), sim::plain_number(hi)),
                       sim::plain_number(l.value), sim::plain_number(l.cost_musd),
                       fmt::format("{} {}", l.metric, word(l.direction)),
                       risk::in(language, l.meaning_en, l.meaning_fr));
  }
  out += risk::in(language,
                  "\ncost: assumed, million USD a year and unit; value: the one that tests pull\n",
                  "\ncost : supposé, millions d'USD par an et par unité ; value : la valeur des "
                  "tests\n");
  return out;
}

Json json() {
  Json rows = Json::array();
  for (const Lever& l : scenario::levers()) {
    rows.push_back({{"id", l.id},
                    {"path", l.path},
                    {"unit", l.unit},
                    {"cost_musd_a_year_and_unit", l.cost_musd},
                    {"cost_is", "assumed"},
                    {"neutral", l.neutral},
                    {"range", {range(l).first, range(l).second}},
                    {"value", l.value},
                    {"metric", l.metric},
                    {"direction", word(l.direction)},
                    {"meaning_en", l.meaning_en},
                    {"meaning_fr", l.meaning_fr}});
  }
  return {{"levers", rows}};
}

}  // namespace

int command_levers(const std::vector<std::string>& args) {
  Call call{
      "levers",
      "[--lang en|fr] [--json]",
      "Prints the levers that a strategy file can pull: unit, neutral value, range, assumed cost, "
      "and the metric\nof `corridor compare` that each must move.",
      {},
      {},
      {}};
  call.options.add_options()("lang", po::value<std::string>()->default_value("en")->value_name("L"),
                             "language of the meanings: en or fr")("json", "the same as JSON");
  const auto given = parse_call(call, args);
  if (!given) return 0;
  const risk::Language language = language_option("levers", *given);
  std::cout << (given->count("json") > 0 ? json().dump(2) + "\n" : table(language));
  return 0;
}

}  // namespace corridor::app
