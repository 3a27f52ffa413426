// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/compare/analysts.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::compare {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array rows{Row::seized_cases, Row::seized_kg,       Row::document_passes,
                          Row::right_hits,   Row::fighter_parties, Row::fighter_parties_low};

std::string number(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return "inf";
  return std::abs(value) >= 1000 ? simulation::grouped(value) : fmt::format("{:.3g}", value);
}

const Believed& of(const HiddenWorld& world, Row row, bool audited) {
  return (audited ? world.audited : world.believed)[static_cast<std::size_t>(row)];
}

/// Median over the worlds of estimate over truth.
double median_ratio(const HiddenWorlds& worlds, Row row, bool audited) {
  std::vector<double> ratios;
  for (const HiddenWorld& w : worlds.worlds) {
    const Believed& b = of(w, row, audited);
    if (b.estimate.defined && b.truth > 0) ratios.push_back(b.estimate.estimate / b.truth);
  }
  if (ratios.empty()) return std::nan("");
  std::ranges::sort(ratios);
  return (ratios[(ratios.size() - 1) / 2] + ratios[ratios.size() / 2]) / 2;
}

Json json_number(double value) {
  if (std::isnan(value) || std::isinf(value)) return nullptr;
  return value;
}

Json json_of(const Believed& b, Row row) {
  return {{"truth", json_number(b.truth)},  // null: nothing to estimate from, or no bound
          {"estimate", json_number(b.estimate.estimate)},
          {"lower", json_number(b.estimate.lower)},
          {"upper", json_number(b.estimate.upper)},
          {"covers", b.estimate.defined ? Json(b.covers(row)) : Json(nullptr)}};
}

}  // namespace

std::string hidden_worlds_text(const HiddenWorlds& h) {
  std::string out = fmt::format(
      "{} hidden worlds around '{}' in world '{}', {} days each, seed {} ({} parameter sets "
      "drawn)\n"
      "Estimates know rates of reporting, review and inspection from an audit of their world, or "
      "believe those of the base.\n\n",
      h.worlds.size(), h.base, h.world, h.days, h.seed, h.drawn);
  for (const Row row : rows) {
    const RowInfo& r = info(row);
    out += fmt::format("{}: {} ({}), from {}\n", r.name, r.meaning, r.unit, r.from);
    for (const bool audited : {true, false}) {
      const std::int64_t told = h.estimated(row, audited);
      const auto untold = static_cast<std::int64_t>(h.worlds.size()) - told;
      out += fmt::format("  {:<9} ", audited ? "audited" : "believed");
      if (told > 0)
        out += fmt::format(
            "{} in {:>2} of {} worlds; estimate / truth {} in the middle",
            r.lower_bound ? "the truth lies above the lower end" : "95 % interval holds the truth",
            h.covered(row, audited), told, number(median_ratio(h, row, audited)));
      if (untold > 0)
        out += fmt::format("{}nothing to estimate from in {}", told > 0 ? "; " : "", untold);
      out += "\n";
    }
  }
  out += fmt::format("\n{:<20} {:>6} {:>12} {:>12} {:<28} {}\n", "row", "world", "truth",
                     "estimate", "95 % (audited)", "holds");
  for (const Row row : rows) {
    for (std::size_t k = 0; k < h.worlds.size(); ++k) {
      const Believed& b = of(h.worlds[k], row, true);
      out +=
          fmt::format("{:<20} {:>6} {:>12} {:>12} {:<28} {}\n", info(row).name, k, number(b.truth),
                      number(b.estimate.estimate),
                      fmt::format("[{}, {}]", number(b.estimate.lower), number(b.estimate.upper)),
                      !b.estimate.defined ? "nothing to tell"
                      : b.covers(row)     ? "yes"
                                          : "no");
    }
  }
  return out;
}

std::string hidden_worlds_json(const HiddenWorlds& h) {
  Json json = {{"base", h.base},       {"base_scenario_hash", h.base_hash},
               {"world", h.world},     {"version", h.version},
               {"seed", h.seed},       {"days", h.days},
               {"sets_drawn", h.drawn}};
  json["rows"] = Json::array();
  for (const Row row : rows) {
    const RowInfo& r = info(row);
    Json worlds = Json::array();
    for (const HiddenWorld& w : h.worlds)
      worlds.push_back({{"audited", json_of(of(w, row, true), row)},
                        {"believed", json_of(of(w, row, false), row)}});
    json["rows"].push_back({{"name", r.name},
                            {"unit", r.unit},
                            {"meaning", r.meaning},
                            {"from", r.from},
                            {"lower_bound", r.lower_bound},
                            {"estimated_audited", h.estimated(row, true)},
                            {"estimated_believed", h.estimated(row, false)},
                            {"held_audited", h.covered(row, true)},
                            {"held_believed", h.covered(row, false)},
                            {"worlds", worlds}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::compare
