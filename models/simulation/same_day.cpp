// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/same_day.hpp"

#include <array>

#include "sim/samplers.hpp"

namespace corridor::simulation {
namespace {

constexpr std::array<double, 24> hour_weight{1, 1, 1, 1, 2, 5, 8, 9, 8, 6, 5, 5,
                                             5, 5, 5, 6, 8, 9, 8, 6, 4, 3, 2, 1};

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

std::vector<SameDayRoute> same_day_routes(const travel::TravelTables& t, const travel::Sites& sites,
                                          std::uint32_t from, std::uint32_t to) {
  std::vector<SameDayRoute> routes;
  const travel::GateNumbers gates = t.gates();
  for (std::uint32_t b = 0; b < gates.n_borders; ++b) {
    const std::uint32_t side = t.border_ends[2 * b] == from ? 0 : 1;
    if (t.border_ends[2 * b + side] != from || t.border_ends[2 * b + 1 - side] != to) continue;
    const std::uint32_t exit = sites.exit_post[gates.border(b, side)];
    const std::uint32_t entry = sites.entry_post[gates.border(b, 1 - side)];
    for (std::uint32_t k = 0; k < sites.crossings[b]; ++k) {
      const std::uint32_t step = k * sites.crossing_stride;
      routes.push_back({exit == travel::no_post ? exit : exit + step,
                        entry == travel::no_post ? entry : entry + step, b});
    }
  }
  if (!routes.empty()) return routes;
  for (std::size_t leg = t.n_air_legs(); leg < t.legs.size(); ++leg) {
    const std::uint32_t origin = t.legs[leg].origin, destination = t.legs[leg].destination;
    if (t.port_country[origin - gates.n_airports] != from ||
        t.port_country[destination - gates.n_airports] != to) {
      continue;
    }
    routes.push_back({sites.exit_post[origin], sites.entry_post[destination], world::none});
  }
  return routes;
}

std::int64_t add_same_day(std::span<const world::SameDayFlow> flows,
                          const travel::TravelTables& tables, const ControlTables& control,
                          sim::RunKey key, double scale, State& state) {
  std::int64_t total = 0;
  for (std::size_t f = 0; f < flows.size(); ++f) {
    const world::SameDayFlow& flow = flows[f];
    const double lon = static_cast<double>(tables.countries[flow.a].lon);
    for (std::uint32_t way = 0; way < 2; ++way) {  // 0: from a to b
      const auto routes = same_day_routes(tables, control.sites(), way == 0 ? flow.a : flow.b,
                                          way == 0 ? flow.b : flow.a);
      for (std::size_t k = 0; k < routes.size(); ++k) {
        const SameDayRoute& route = routes[k];
        for (std::uint32_t hour = 0; hour < 24; ++hour) {
          const double mean = scale * flow.crossings_year / 365 / 2 /
                              static_cast<double>(routes.size()) * same_day_share(hour, lon);
          const std::uint64_t id = (((std::uint64_t{f} << 8 | k) << 1 | way) << 5) | hour;
          const std::uint32_t n = sim::poisson(mean, key, sim::Purpose::same_day, id, state.day);
          total += n;
          if (route.border != world::none) state.month.same_day_crossings[route.border] += n;
          if (route.exit_post != travel::no_post) {
            spread(state.arrivals[0], route.exit_post, 1, hour, n);
          }
          if (route.entry_post != travel::no_post) {
            spread(state.arrivals[0], route.entry_post, 1, hour, n / 2);
            spread(state.arrivals[0], route.entry_post, 2, hour, n - n / 2);
          }
        }
      }
    }
  }
  return total;
}

}  // namespace corridor::simulation
