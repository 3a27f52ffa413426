// SPDX-License-Identifier: Apache-2.0
#include "models/travel/surface.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <tuple>

#include "models/travel/cities.hpp"
#include "models/travel/route_choice.hpp"

namespace corridor::travel {
namespace {

/// Sets `share` within each pair; `routes` are sorted by pair.
void share_out(std::vector<SurfaceRoute>& routes, double scale_km) {
  std::vector<double> utility;
  for (std::size_t first = 0; first < routes.size();) {
    std::size_t last = first;
    utility.clear();
    while (last < routes.size() && routes[last].from == routes[first].from &&
           routes[last].to == routes[first].to) {
      utility.push_back(-routes[last].distance_km / scale_km);
      ++last;
    }
    const std::vector<double> share = logit_shares(utility);
    for (std::size_t r = first; r < last; ++r) routes[r].share = share[r - first];
    first = last;
  }
}

void sort_by_pair(std::vector<SurfaceRoute>& routes) {
  std::sort(routes.begin(), routes.end(), [](const SurfaceRoute& a, const SurfaceRoute& b) {
    return std::tie(a.from, a.to, a.distance_km, a.link[0], a.link[1], a.link[2]) <
           std::tie(b.from, b.to, b.distance_km, b.link[0], b.link[1], b.link[2]);
  });
}

void keep_shortest(std::vector<SurfaceRoute>& routes, std::size_t most) {
  std::vector<SurfaceRoute> kept;
  std::size_t of_pair = 0;
  for (const SurfaceRoute& route : routes) {
    const bool same = !kept.empty() && kept.back().from == route.from && kept.back().to == route.to;
    of_pair = same ? of_pair + 1 : 0;
    if (of_pair < most) kept.push_back(route);
  }
  routes = std::move(kept);
}

std::vector<std::uint8_t> open_borders(const world::World& world, const std::string& closed) {
  std::vector<std::uint8_t> open(world.borders.size(), 1);
  std::istringstream words(closed);
  for (std::string word; words >> word;) {
    const std::size_t dash = word.find('-');
    if (dash == std::string::npos) {
      throw std::domain_error("travel.demand.closed_borders: '" + word +
                              "' is not a pair of codes like ARM-AZE");
    }
    const std::uint32_t a = world.find_country(word.substr(0, dash)),
                        b = world.find_country(word.substr(dash + 1));
    for (std::size_t k = 0; k < world.borders.size(); ++k) {
      const world::Border& border = world.borders[k];
      if ((border.a == a && border.b == b) || (border.a == b && border.b == a)) open[k] = 0;
    }
  }
  return open;
}

/// Walks the border graph from one country, three borders deep.
class LandSearch {
 public:
  LandSearch(const world::World& world, const DemandParams& params, const CountryTable& distance_km)
      : world_(world),
        distance_km_(distance_km),
        people_(largest_cities(world)),
        beside_(world.countries.size()) {
    const std::vector<std::uint8_t> open = open_borders(world, params.closed_borders);
    for (std::uint32_t b = 0; b < world.borders.size(); ++b) {
      const world::Border& border = world.borders[b];
      points_.push_back(place(border.lat, border.lon));
      access_a_.push_back(mean_distance_km(people_[border.a], points_.back()));
      access_b_.push_back(mean_distance_km(people_[border.b], points_.back()));
      if (open[b] != 0) {
        beside_[border.a].push_back(b);
        beside_[border.b].push_back(b);
      }
    }
  }

  void from(std::uint32_t country, std::vector<SurfaceRoute>& out) {
    trail_ = {};
    trail_.from = country;
    visited_ = {country};
    step(country, 0, out);
  }

 private:
  double access(std::uint32_t border, std::uint32_t country) const {
    return world_.borders[border].a == country ? access_a_[border] : access_b_[border];
  }

  void step(std::uint32_t here, double so_far_km, std::vector<SurfaceRoute>& out) {
    for (const std::uint32_t b : beside_[here]) {
      const std::uint32_t next =
          world_.borders[b].a == here ? world_.borders[b].b : world_.borders[b].a;
      if (std::find(visited_.begin(), visited_.end(), next) != visited_.end()) continue;
      const double to_border =
          trail_.n_links == 0
              ? access(b, here)
              : so_far_km + arc_km(points_[trail_.link[trail_.n_links - 1]], points_[b]);
      trail_.link[trail_.n_links++] = b;
      if (trail_.from < next) {
        SurfaceRoute route = trail_;
        route.to = next;
        route.distance_km =
            trail_.n_links == 1 ? distance_km_.at(trail_.from, next) : to_border + access(b, next);
        out.push_back(route);
      }
      if (trail_.n_links < 3) {
        visited_.push_back(next);
        step(next, to_border, out);
        visited_.pop_back();
      }
      trail_.link[--trail_.n_links] = world::none;
    }
  }

  const world::World& world_;
  const CountryTable& distance_km_;
  std::vector<std::vector<WeightedPlace>> people_;
  std::vector<std::vector<std::uint32_t>> beside_;
  std::vector<Place> points_;
  std::vector<double> access_a_, access_b_;
  SurfaceRoute trail_;
  std::vector<std::uint32_t> visited_;
};

}  // namespace

std::vector<SurfaceRoute> land_routes(const world::World& world, const DemandParams& params,
                                      const CountryTable& distance_km) {
  std::vector<SurfaceRoute> routes;
  LandSearch search(world, params, distance_km);
  for (std::uint32_t i = 0; i < world.countries.size(); ++i) search.from(i, routes);
  sort_by_pair(routes);
  keep_shortest(routes, land_routes_kept);
  share_out(routes, params.land_route_scale_km);
  return routes;
}

std::vector<SurfaceRoute> sea_routes(const world::World& world, const DemandParams& params) {
  std::vector<SurfaceRoute> routes;
  const std::vector<std::vector<WeightedPlace>> people = largest_cities(world);
  const auto access = [&](const world::Port& port) {
    return mean_distance_km(people[port.country], place(port.lat, port.lon));
  };
  for (std::uint32_t lane = 0; lane < world.sea_lanes.size(); ++lane) {
    const world::SeaLane& sea = world.sea_lanes[lane];
    const std::uint32_t a = world.ports[sea.a].country, b = world.ports[sea.b].country;
    if (a == b) continue;
    SurfaceRoute route;
    route.from = std::min(a, b);
    route.to = std::max(a, b);
    route.link[0] = lane;
    route.n_links = 1;
    route.reversed = b < a;
    route.distance_km = access(world.ports[sea.a]) + sea.distance_km + access(world.ports[sea.b]);
    routes.push_back(route);
  }
  sort_by_pair(routes);
  share_out(routes, params.sea_range_km);
  return routes;
}

}  // namespace corridor::travel
