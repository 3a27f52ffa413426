// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/cargo_graph.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

constexpr double border_weight = 0.942, migrant_weight = 0.243, language_weight = 0.249;

/// What is known of two countries, whatever the mode.
class Ties {
 public:
  explicit Ties(const world::World& world) {
    for (const world::Border& b : world.borders) {
      borders_.insert({b.a, b.b});
      borders_.insert({b.b, b.a});
    }
    for (const world::CountryTie& t : world.ties) {
      if (!t.common_language) continue;
      languages_.insert({t.a, t.b});
      languages_.insert({t.b, t.a});
    }
    for (const world::MigrantStock& m : world.migrants) {
      migrants_[{m.origin, m.destination}] += m.persons;
      migrants_[{m.destination, m.origin}] += m.persons;
    }
  }
  [[nodiscard]] const std::set<Pair>& borders() const { return borders_; }
  [[nodiscard]] double attraction(Pair pair) const {
    const auto found = migrants_.find(pair);
    const double migrants = found == migrants_.end() ? 0 : found->second;
    return (borders_.contains(pair) ? border_weight : 0) +
           (languages_.contains(pair) ? language_weight : 0) +
           migrant_weight * sim::log1p(migrants / 1000);
  }

 private:
  std::set<Pair> borders_, languages_;
  std::map<Pair, double> migrants_;
};

}  // namespace

CargoGraph::CargoGraph(const world::World& world, const TraffickingParams& params,
                       std::span<const EdgeRule> rules) {
  const std::size_t n = world.countries.size();
  const auto figures = mode_figures(params);
  const Ties ties(world);
  const std::vector<std::uint32_t> areas = world.open_border_areas();
  std::map<Pair, double> seats;
  for (const world::AirLeg& leg : world.air_legs) {
    const std::uint32_t a = world.airports[leg.origin].country;
    const std::uint32_t b = world.airports[leg.destination].country;
    if (a != b) seats[{a, b}] += leg.seats_year;
  }
  const auto add = [&](Pair pair, CargoMode mode, double km, double attraction) {
    const ModeFigures& f = figures[static_cast<std::size_t>(mode)];
    CargoEdge e;
    e.origin = static_cast<std::uint16_t>(pair.first);
    e.destination = static_cast<std::uint16_t>(pair.second);
    e.mode = mode;
    e.km = km;
    e.cost_usd_kg = f.cost + f.cost_km * km / 1000;
    e.days = static_cast<std::uint16_t>(std::max(1.0, std::ceil(f.days + km / f.km_day)));
    e.attraction = params.determinants * ties.attraction(pair) + attraction;
    e.capacity_kg = f.capacity_kg;
    e.unchecked = mode == CargoMode::land && areas[pair.first] == areas[pair.second];
    edges_.push_back(e);
  };
  for (std::uint32_t a = 0; a < n; ++a) {
    const world::Country& from = world.countries[a];
    for (std::uint32_t b = 0; b < n; ++b) {
      if (a == b) continue;
      const world::Country& to = world.countries[b];
      const double km = world::great_circle_km(from.lat, from.lon, to.lat, to.lon);
      const Pair pair{a, b};
      add(pair, CargoMode::parcel, km, 0);
      if (from.liner_connectivity > 0 && to.liner_connectivity > 0) {
        add(pair, CargoMode::container, km * params.sea_detour,
            params.liner_weight *
                sim::log(std::sqrt(from.liner_connectivity * to.liner_connectivity) / 100));
      }
      if (ties.borders().contains(pair)) add(pair, CargoMode::land, km, 0);
      if (const auto found = seats.find(pair); found != seats.end()) {
        const double pull = params.air_weight * sim::log(found->second / 1e5);
        add(pair, CargoMode::air_cargo, km, pull);
        add(pair, CargoMode::air_courier, km, pull);
      }
    }
  }
  const auto key = [](const CargoEdge& e) { return std::tuple(e.origin, e.mode, e.destination); };
  std::sort(edges_.begin(), edges_.end(),
            [&](const CargoEdge& x, const CargoEdge& y) { return key(x) < key(y); });
  first_.assign(n + 1, 0);
  for (const CargoEdge& e : edges_) ++first_[e.origin + std::size_t{1}];
  for (std::size_t c = 0; c < n; ++c) first_[c + 1] += first_[c];
  for (const EdgeRule& rule : rules) {
    for (std::size_t m = 0; m < n_cargo_modes; ++m) {
      if (rule.mode != any_cargo_mode && rule.mode != m) continue;
      const std::uint32_t found = find(rule.origin, rule.destination, static_cast<CargoMode>(m));
      if (found == world::none) continue;
      edges_[found].closed = edges_[found].closed || rule.closed;
      edges_[found].attraction += rule.attraction;
    }
  }
  for (CargoEdge& e : edges_) e.capacity_kg *= sim::exp(e.attraction);
}

std::uint32_t CargoGraph::find(std::size_t origin, std::size_t destination, CargoMode mode) const {
  if (origin + 1 >= first_.size()) return world::none;
  const auto begin = edges_.begin() + first_[origin], end = edges_.begin() + first_[origin + 1];
  const auto at = std::lower_bound(begin, end, std::pair(mode, destination),
                                   [](const CargoEdge& e, const auto& wanted) {
                                     return std::pair(e.mode, std::size_t{e.destination}) < wanted;
                                   });
  if (at == end || at->mode != mode || at->destination != destination) return world::none;
  return static_cast<std::uint32_t>(at - edges_.begin());
}

std::vector<std::uint8_t> CargoGraph::reachable(std::span<const std::uint16_t> from,
                                                std::int64_t most_legs) const {
  std::vector<std::uint8_t> seen(n_countries(), 0);
  std::vector<std::uint16_t> now(from.begin(), from.end()), next;
  for (const std::uint16_t c : now) seen[c] = 1;
  for (std::int64_t leg = 0; leg < most_legs && !now.empty(); ++leg, now.swap(next)) {
    next.clear();
    for (const std::uint16_t c : now) {
      for (const CargoEdge& e : this->from(c)) {
        if (e.closed || seen[e.destination] != 0) continue;
        seen[e.destination] = 1;
        next.push_back(e.destination);
      }
    }
  }
  return seen;
}

}  // namespace corridor::trafficking
