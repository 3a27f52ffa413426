// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/same_day.hpp"

#include <array>

#include "sim/samplers.hpp"

namespace corridor::simulation {
namespace {

constexpr std::array<double, 24> hour_weight{1, 1, 1, 1, 2, 5, 8, 9, 8, 6, 5, 5,
                                             5, 5, 5, 6, 8, 9, 8, 6, 4, 3, 2, 1};

std::uint32_t find_border(const travel::TravelTables& t, std::uint32_t a, std::uint32_t b) {
  for (std::uint32_t i = 0; i < t.gates().n_borders; ++i) {
    if (t.border_ends[2 * i] == a && t.border_ends[2 * i + 1] == b) return i;
  }
  return world::none;
}

void spread(std::vector<std::uint32_t>& arrivals, std::uint32_t post, std::uint32_t lane,
            std::uint32_t hour, std::uint32_t persons) {
  constexpr std::uint32_t bins = n_bins / 24;
  for (std::uint32_t q = 0; q < bins; ++q) {
    arrivals[(post * n_lanes + lane) * n_bins + hour * bins + q] +=
        persons * (q + 1) / bins - persons * q / bins;
  }
}

}  // namespace

double same_day_share(std::uint32_t utc_hour, double lon) {
  double all_hours = 0;
  for (const double w : hour_weight) all_hours += w;
  const auto shift = static_cast<std::int32_t>(lon / 15);
  const auto local =
      static_cast<std::size_t>((static_cast<std::int32_t>(utc_hour) + shift + 48) % 24);
  return hour_weight[local] / all_hours;
}

std::int64_t add_same_day(std::span<const world::SameDayFlow> flows,
                          const travel::TravelTables& tables, const ControlTables& control,
                          sim::RunKey key, double scale, State& state) {
  const travel::GateNumbers gates = tables.gates();
  const travel::Sites sites = control.sites();
  std::int64_t total = 0;
  for (const world::SameDayFlow& flow : flows) {
    const std::uint32_t border = find_border(tables, flow.a, flow.b);
    if (border == world::none) continue;
    const std::uint32_t k = control.crossings[border];
    const double lon = static_cast<double>(tables.countries[flow.a].lon);
    for (std::uint32_t crossing = 0; crossing < k; ++crossing) {
      for (std::uint32_t side = 0; side < 2; ++side) {  // 0: from a to b
        for (std::uint32_t hour = 0; hour < 24; ++hour) {
          const double mean = scale * flow.crossings_year / 365 / 2 / k * same_day_share(hour, lon);
          const std::uint64_t id =
              (((std::uint64_t{border} << 8 | crossing) << 1 | side) << 5) | hour;
          const std::uint32_t n = sim::poisson(mean, key, sim::Purpose::same_day, id, state.day);
          total += n;
          state.month.same_day_crossings[border] += n;
          const std::uint32_t exit_post = sites.exit_post[gates.border(border, side)];
          const std::uint32_t entry_post = sites.entry_post[gates.border(border, 1 - side)];
          const std::uint32_t at = crossing * sites.crossing_stride;
          if (exit_post != travel::no_post) {
            spread(state.arrivals[0], exit_post + at, 1, hour, n);
          }
          if (entry_post != travel::no_post) {
            spread(state.arrivals[0], entry_post + at, 1, hour, n / 2);
            spread(state.arrivals[0], entry_post + at, 2, hour, n - n / 2);
          }
        }
      }
    }
  }
  return total;
}

}  // namespace corridor::simulation
