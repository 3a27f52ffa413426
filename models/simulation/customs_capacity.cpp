// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/customs_capacity.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace corridor::simulation {
namespace {

constexpr double whole = 1000;  ///< thousandths of what the scenario gives

std::int64_t thousandths(double share) {
  return static_cast<std::int64_t>(std::floor(share * whole + 0.5));
}

std::size_t cell_of(const cargo::CargoTables& tables, std::uint32_t post) {
  return static_cast<std::size_t>(tables.posts[post].income_class) * cargo::n_modes +
         static_cast<std::size_t>(cargo::CargoTables::mode_of(post));
}

}  // namespace

std::optional<CustomsLearning> customs_learning(const cargo::CargoParams& p) {
  CustomsLearning by;
  by.rule = p.capacity_rule == "reinforcing"    ? trafficking::CapacityRule::reinforcing
            : p.capacity_rule == "compensating" ? trafficking::CapacityRule::compensating
                                                : trafficking::CapacityRule::fixed;
  if (by.rule == trafficking::CapacityRule::fixed) return std::nullopt;
  by.learning = p.capacity_learning;
  by.target = p.capacity_target;
  by.low = thousandths(p.capacity_least);
  by.high = thousandths(p.capacity_most);
  return by;
}

void count_seized(std::span<const trafficking::Consignment> sent,
                  std::span<const trafficking::ConsignmentOutcome> outcomes,
                  const cargo::CargoTables& tables, CustomsCapacity& state) {
  std::vector<std::pair<std::uint64_t, std::size_t>> cells;
  for (const trafficking::Consignment& c : sent) {
    if (c.mode == trafficking::CargoMode::air_courier) continue;
    const auto mode = cargo::Mode{static_cast<std::uint8_t>(c.mode)};
    cells.emplace_back(c.id, cell_of(tables, tables.post(c.destination, mode)));
    state.grams[cells.back().second] += c.grams;
  }
  std::sort(cells.begin(), cells.end());
  for (const trafficking::ConsignmentOutcome& o : outcomes) {
    if (o.end != trafficking::ConsignmentEnd::seized) continue;
    const auto at = std::lower_bound(cells.begin(), cells.end(), std::pair{o.id, std::size_t{0}});
    if (at != cells.end() && at->first == o.id) state.grams_seized[at->second] += o.grams;
  }
}

void close_customs_month(const CustomsLearning& by, CustomsCapacity& state) {
  for (std::size_t i = 0; i < state.grams.size(); ++i) {
    if (state.grams[i] > 0) {
      state.thousandths[i] = trafficking::next_capacity(
          state.thousandths[i],
          static_cast<double>(state.grams_seized[i]) / static_cast<double>(state.grams[i]), by);
    }
    state.grams[i] = state.grams_seized[i] = 0;
  }
}

cooperation::Forces with_capacity(const CustomsCapacity& state, const cargo::CargoTables& tables,
                                  cooperation::Forces forces) {
  forces.customs.resize(tables.posts.size());
  for (std::uint32_t p = 0; p < tables.posts.size(); ++p) {
    const double share = static_cast<double>(state.thousandths[cell_of(tables, p)]) / whole;
    forces.customs[p].inspections_day +=
        tables.posts[p].rows_day * tables.posts[p].inspected_share * (share - 1);
  }
  return forces;
}

}  // namespace corridor::simulation
