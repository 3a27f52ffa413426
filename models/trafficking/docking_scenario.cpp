// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_scenario.hpp"

#include <fmt/format.h>

#include "models/trafficking/docking_network.hpp"
#include "sim/names.hpp"

namespace corridor::trafficking {
namespace {

/// What a scenario says, and where.
struct Read {
  const sim::ScenarioText& text;
  std::string file;
  sim::Complaints& complaints;

  [[nodiscard]] sim::Place place(std::string_view path) const {
    const auto found = text.settings.find(path);
    return found == text.settings.end() ? sim::Place{file, 0, 0} : found->second.place;
  }
  /// At the first of the paths that the scenario sets.
  void complain(std::initializer_list<std::string_view> paths, std::string message) const {
    for (const std::string_view path : paths)
      if (text.settings.contains(path)) {
        complaints.add(place(path), std::move(message));
        return;
      }
    complaints.add({file, 0, 0}, std::move(message));
  }
};

void check_regions(const Read& read, std::string_view path, const std::string& list) {
  std::vector<std::string> unknown, known;
  const auto found = regions_named(list, unknown);
  for (const DockingRegion& r : docking_regions) known.emplace_back(r.name);
  for (const std::string& word : unknown)
    read.complain({path}, fmt::format("{}: no region is called '{}'; allowed are {}{}", path, word,
                                      sim::listed(known), sim::did_you_mean(word, known)));
}

void check_values(const Read& read, const DockingParams& p) {
  if (!(p.lowest_capacity + 4 <= p.highest_capacity))
    read.complain(
        {"docking.levels.lowest", "docking.levels.highest"},
        fmt::format("docking.levels.lowest = {} and docking.levels.highest = {} leave no room for "
                    "five levels; the highest is 4 above the lowest or more",
                    sim::plain_number(p.lowest_capacity), sim::plain_number(p.highest_capacity)));
  if (p.months % 12 != 0)
    read.complain({"docking.months"},
                  fmt::format("docking.months = {} are not whole years; the nearest are {} and {}",
                              p.months, p.months / 12 * 12, p.months / 12 * 12 + 12));
  if (!(p.supply_ceiling >= p.supply_initial))
    read.complain(
        {"docking.supply.ceiling", "docking.supply.initial"},
        fmt::format("docking.supply.ceiling = {} is below docking.supply.initial = {}",
                    sim::plain_number(p.supply_ceiling), sim::plain_number(p.supply_initial)));
  check_regions(read, "docking.network.closed_regions", p.closed_regions);
  check_regions(read, "docking.police.focus_region", p.focus_region);
}

/// Both networks of all replicates. \returns warnings
std::vector<std::string> check_networks(const Read& read, const DockingParams& params) {
  std::vector<std::string> warnings;
  for (const char* variant : {"near", "far"}) {
    DockingParams p = params;
    p.network = variant;
    for (std::int64_t r = 0; r < p.replicates; ++r) {
      const DockingNetwork n =
          docking_network(p, {static_cast<std::uint32_t>(p.seed), static_cast<std::uint32_t>(r)});
      const DockingCut cut = docking_cut(n);
      if (!cut.flows && cut.edges == 0) {
        read.complain({"docking.network.primary_reach_km"},
                      fmt::format("the market cannot be reached: no edge leaves Colombia in the {} "
                                  "network of replicate {}; docking.network.primary_reach_km = {}",
                                  variant, r, sim::plain_number(p.primary_reach_km)));
        break;
      }
      if (n.edges.size() != docking_edges) {
        read.complain(
            {"docking.network.shortest_leg_km"},
            fmt::format(
                "the {} network of replicate {} has {} edges, not {}: there are too few nodes "
                "beyond docking.network.shortest_leg_km = {}",
                variant, r, n.edges.size(), docking_edges, sim::plain_number(p.shortest_leg_km)));
        break;
      }
      if (cut.flows) continue;
      const sim::Place at =
          read.place(p.route_capacity_kg > 0 ? "docking.network.closed_regions"
                                             : "docking.network.route_capacity_kg");
      const std::string where =
          at.line > 0 ? fmt::format("{}:{}:{}", at.file, at.line, at.column) : at.file;
      warnings.push_back(
          fmt::format("{}: warning: nothing can flow in the {} network of replicate {}: {} edges "
                      "carry nothing, "
                      "the cut is {}",
                      where, variant, r, cut.edges, cut.text));
      break;
    }
  }
  return warnings;
}

}  // namespace

const sim::ParameterSet& docking_parameters() {
  static const sim::ParameterSet set = [] {
    sim::ParameterSet s;
    s.add(docking_table);
    return s;
  }();
  return set;
}

DockingScenario load_docking_scenario(const std::filesystem::path& path,
                                      const std::vector<sim::Override>& overrides) {
  sim::Complaints complaints;
  const sim::ScenarioText text =
      sim::read_scenario_file(path, docking_parameters(), overrides, complaints);
  complaints.throw_if_any();
  DockingScenario out;
  sim::assign(out.params, docking_table, [&](std::string_view at) -> const sim::Value* {
    const auto found = text.settings.find(at);
    return found == text.settings.end() ? nullptr : &found->second.value;
  });
  out.name = text.name;
  out.about = text.about;
  out.files = text.files;
  const Read read{text, path.string(), complaints};
  check_values(read, out.params);
  complaints.throw_if_any();
  out.warnings = check_networks(read, out.params);
  complaints.throw_if_any();
  return out;
}

}  // namespace corridor::trafficking
