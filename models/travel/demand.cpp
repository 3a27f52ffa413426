// SPDX-License-Identifier: Apache-2.0
#include "models/travel/demand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/travel/gravity.hpp"
#include "models/travel/ipf.hpp"
#include "models/travel/itineraries.hpp"
#include "models/travel/leg_fit.hpp"
#include "models/travel/margins.hpp"
#include "models/travel/modes.hpp"
#include "models/travel/surface.hpp"
#include "sim/math.hpp"

namespace corridor::travel {
namespace {

constexpr double margin_tolerance = 1e-6;
constexpr std::array<const char*, n_modes> mode_names{"air", "land", "sea"};

/// Trips from one country to another by one mode.
struct Cell {
  std::uint32_t origin, destination;
  std::size_t slot;
  std::size_t mode;
};

/// Routes of a slot in a list sorted by pair.
std::vector<std::size_t> first_by_slot(const std::vector<SurfaceRoute>& routes, std::size_t slots) {
  std::vector<std::size_t> count(slots + 1, 0);
  for (const SurfaceRoute& r : routes) ++count[pair_slot(r.from, r.to) + 1];
  for (std::size_t s = 0; s < slots; ++s) count[s + 1] += count[s];
  return count;
}

std::vector<SurfaceRoute> by_slot(std::vector<SurfaceRoute> routes) {
  std::stable_sort(routes.begin(), routes.end(), [](const SurfaceRoute& a, const SurfaceRoute& b) {
    return pair_slot(a.from, a.to) < pair_slot(b.from, b.to);
  });
  return routes;
}

class Builder {
 public:
  Builder(const world::World& world, const DemandParams& params)
      : world_(world),
        params_(params),
        n_(world.countries.size()),
        slots_(n_ * (n_ - 1) / 2),
        distance_km_(effective_distances(world)),
        air_(world, params, distance_km_),
        land_(by_slot(land_routes(world, params, distance_km_))),
        sea_(by_slot(sea_routes(world, params))),
        first_land_(first_by_slot(land_, slots_)),
        first_sea_(first_by_slot(sea_, slots_)),
        legs_(world, params) {}

  Demand build() {
    seed_cells();
    model_margins();
    compare_modes();
    fit_cells();
    drop_small_cells();
    collect_air();
    for (std::int64_t round = 0; round < params_.group_rounds + params_.leg_rounds; ++round) {
      std::vector<double> trips = air_trips();
      if (round == params_.group_rounds) legs_.hold(paths_, trips);
      const std::vector<double> before = trips;
      leg_level_ = round < params_.group_rounds ? legs_.group_round(paths_, trips)
                                                : legs_.leg_round(paths_, trips);
      for (std::size_t c = 0; c < cells_.size(); ++c) {
        const std::size_t s = cells_[c].slot;
        if (cells_[c].mode == 0 && before[s] > 0) trips_[c] *= trips[s] / before[s];
      }
      fit_cells();
    }
    report();
    return assemble();
  }

 private:
  void seed_cells() {
    const std::vector<double> mass = masses(world_, params_);
    const CountryTable affinity = affinities(world_, distance_km_, params_);
    potential_ = potentials(mass, affinity);
    const CountryTable seed = params_.seed == "radiation" ? radiation_seed(mass, distance_km_)
                                                          : gravity_seed(mass, affinity);
    for (std::uint32_t i = 0; i < n_; ++i) {
      for (std::uint32_t j = 0; j < n_; ++j) {
        if (i == j || !(seed.at(i, j) > 0)) continue;
        const std::size_t slot = pair_slot(std::min(i, j), std::max(i, j));
        PairAccess access;
        access.air_service = air_.service()[slot];
        if (first_land_[slot] < first_land_[slot + 1]) {
          access.land_km = land_[first_land_[slot]].distance_km;
          access.land_borders = land_[first_land_[slot]].n_links;
        }
        if (first_sea_[slot] < first_sea_[slot + 1])
          access.sea_km = sea_[first_sea_[slot]].distance_km;
        const std::array<double, n_modes> weight = mode_weights(access, params_);
        for (std::size_t m = 0; m < n_modes; ++m) {
          const double trips = seed.at(i, j) * weight[m];
          if (!(trips > 0)) continue;
          cells_.push_back({i, j, slot, m});
          trips_.push_back(trips);
        }
      }
    }
    if (cells_.empty())
      throw std::domain_error("demand: no link of any mode connects two countries of this world");
  }

  std::vector<std::uint8_t> reached(std::uint32_t Cell::*end) const {
    std::vector<std::uint8_t> reached(n_, 0);
    for (const Cell& cell : cells_) reached[cell.*end] = 1;
    return reached;
  }

  /// Country totals of the model, met to the regions; and the trips by mode.
  void model_margins() {
    departures_ = model_departures(world_, params_, potential_, reached(&Cell::origin));
    arrivals_ = model_arrivals(world_, params_, potential_, reached(&Cell::destination));
    departure_regions_ =
        region_targets(world_, departures_, params_.world_trips, departure_shares(params_));
    arrival_regions_ =
        region_targets(world_, arrivals_, params_.world_trips, arrival_shares(params_));
    departure_factor_ = meet_regions(world_, departures_, departure_regions_);
    arrival_factor_ = meet_regions(world_, arrivals_, arrival_regions_);

    std::array<double, n_modes> share{params_.share_air, params_.share_land, params_.share_sea},
        present{};
    for (const Cell& cell : cells_) present[cell.mode] = 1;
    double sum = 0;
    for (std::size_t m = 0; m < n_modes; ++m) sum += share[m] * present[m];
    if (!(sum > 0))
      throw std::domain_error(
          "demand: the modes that have a share of the trips have no link in this world");
    mode_trips_.assign(n_modes, 0.0);
    for (std::size_t m = 0; m < n_modes; ++m)
      mode_trips_[m] = params_.world_trips * share[m] * present[m] / sum;
  }

  /// A total that nobody publishes gives way to what the air legs say, within its region.
  std::vector<double> softened(const CountryTotals& model, const RegionTotals& regions,
                               std::uint32_t Cell::*end) const {
    std::vector<double> now(n_, 0.0);
    double sum = 0;
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      now[cells_[c].*end] += trips_[c];
      sum += trips_[c];
    }
    CountryTotals soft = model;
    if (fitted_once_) {
      for (std::size_t i = 0; i < n_; ++i) {
        if (model.fixed[i] != 0 || !(now[i] > 0 && model.trips[i] > 0)) continue;
        soft.trips[i] =
            model.trips[i] *
            sim::pow(now[i] / sum * params_.world_trips / model.trips[i], 1 - params_.margin_trust);
      }
      meet_regions(world_, soft, regions);
    }
    return soft.trips;
  }

  void fit_cells() {
    std::vector<MarginFamily> families(3);
    families[0] = {"trips by mode", {}, mode_trips_};
    families[1] = {"departures", {}, softened(departures_, departure_regions_, &Cell::origin)};
    families[2] = {"arrivals", {}, softened(arrivals_, arrival_regions_, &Cell::destination)};
    for (MarginFamily& family : families) family.group.reserve(cells_.size());
    for (const Cell& cell : cells_) {
      families[0].group.push_back(static_cast<std::uint32_t>(cell.mode));
      families[1].group.push_back(cell.origin);
      families[2].group.push_back(cell.destination);
    }
    misfit_ = fit_margins(trips_, families, params_.margin_cycles, margin_tolerance).largest_misfit;
    fitted_once_ = true;
  }

  /// Trips by mode as the mode model itself has them once the country margins are met, against
  /// those wanted.
  void compare_modes() {
    std::vector<double> trips = trips_;
    std::vector<MarginFamily> families(2);
    families[0] = {"departures", {}, departures_.trips};
    families[1] = {"arrivals", {}, arrivals_.trips};
    for (const Cell& cell : cells_) {
      families[0].group.push_back(cell.origin);
      families[1].group.push_back(cell.destination);
    }
    fit_margins(trips, families, params_.margin_cycles, margin_tolerance);
    std::array<double, n_modes> sum{};
    for (std::size_t c = 0; c < cells_.size(); ++c) sum[cells_[c].mode] += trips[c];
    for (std::size_t m = 0; m < n_modes; ++m)
      mode_factor_[m] = sum[m] > 0 ? mode_trips_[m] / sum[m] : 1;
  }

  void drop_small_cells() {
    std::size_t kept = 0;
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (!(trips_[c] >= params_.min_pair_trips)) continue;
      cells_[kept] = cells_[c];
      trips_[kept++] = trips_[c];
    }
    if (kept == 0)
      throw std::domain_error(
          "demand: every pair of countries is below travel.demand.min_pair_trips");
    cells_.resize(kept);
    trips_.resize(kept);
    fitted_once_ = false;
    model_margins();
    fit_cells();
  }

  std::vector<double> air_trips() const {
    std::vector<double> trips(slots_, 0.0);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (cells_[c].mode == 0) trips[cells_[c].slot] += trips_[c];
    }
    return trips;
  }

  void collect_air() { paths_ = air_.collect(air_trips()); }

  void report() {
    for (std::size_t r = 0; r < world::n_regions; ++r) {
      const std::string region(world::name(static_cast<world::Region>(r)));
      if (departure_regions_[r] > 0)
        factors_.push_back({"departures from " + region, departure_factor_[r]});
      if (arrival_regions_[r] > 0)
        factors_.push_back({"arrivals in " + region, arrival_factor_[r]});
    }
    for (std::size_t m = 0; m < n_modes; ++m) {
      if (mode_trips_[m] > 0)
        factors_.push_back({std::string("trips by ") + mode_names[m], mode_factor_[m]});
    }
    factors_.push_back({"international leg passengers", leg_level_});
    factors_.push_back({"largest remaining misfit of a country or mode", 1 + misfit_});
  }

  Demand assemble() const {
    Demand demand;
    demand.scale_factors = factors_;
    demand.leg_fitted = legs_.fitted();
    demand.leg_target = legs_.target();
    for (std::size_t c = 0; c < cells_.size();) {
      const Cell& cell = cells_[c];
      PairDemand pair;
      pair.origin = static_cast<std::uint16_t>(cell.origin);
      pair.destination = static_cast<std::uint16_t>(cell.destination);
      pair.first_itinerary = static_cast<std::uint32_t>(demand.itineraries.size());
      for (; c < cells_.size() && cells_[c].origin == cell.origin &&
             cells_[c].destination == cell.destination;
           ++c) {
        append(cells_[c], trips_[c], demand.itineraries);
      }
      pair.n_itineraries =
          static_cast<std::uint32_t>(demand.itineraries.size()) - pair.first_itinerary;
      for (std::uint32_t k = 0; k < pair.n_itineraries; ++k) {
        pair.trips_year += static_cast<double>(demand.itineraries[pair.first_itinerary + k].weight);
      }
      if (pair.n_itineraries > 0 && pair.trips_year > 0) demand.pairs.push_back(pair);
    }
    return demand;
  }

  void append(const Cell& cell, double trips, std::vector<Itinerary>& out) const {
    const bool forward = cell.origin < cell.destination;
    Itinerary itinerary;
    itinerary.mode = static_cast<Mode>(cell.mode);
    const auto push = [&](const std::uint32_t* link, std::uint8_t n, double share) {
      itinerary.n_links = n;
      for (std::uint8_t k = 0; k < n; ++k) {
        const std::uint32_t from_end = link[forward ? k : n - 1 - k];
        itinerary.link[k] =
            cell.mode == 0 && !forward ? world_.air_legs[from_end].reverse : from_end;
      }
      for (std::uint8_t k = n; k < 3; ++k) itinerary.link[k] = world::none;
      itinerary.weight = static_cast<float>(trips * share);
      if (itinerary.weight > 0) out.push_back(itinerary);
    };
    if (cell.mode == 0) {
      for (std::size_t p = paths_.first[cell.slot]; p < paths_.first[cell.slot + 1]; ++p) {
        push(paths_.path[p].leg, paths_.path[p].n_legs, paths_.path[p].share);
      }
    } else {
      const auto& routes = cell.mode == 1 ? land_ : sea_;
      const auto& first = cell.mode == 1 ? first_land_ : first_sea_;
      for (std::size_t r = first[cell.slot]; r < first[cell.slot + 1]; ++r) {
        itinerary.reversed = cell.mode == 2 && routes[r].reversed == forward;
        push(routes[r].link, routes[r].n_links, routes[r].share);
      }
    }
  }

  const world::World& world_;
  const DemandParams& params_;
  std::size_t n_, slots_;
  CountryTable distance_km_;
  AirChoices air_;
  std::vector<SurfaceRoute> land_, sea_;
  std::vector<std::size_t> first_land_, first_sea_;
  LegFit legs_;
  std::vector<Cell> cells_;
  std::vector<double> trips_, potential_, mode_trips_;
  AirChoices::Paths paths_;
  CountryTotals departures_, arrivals_;
  RegionTotals departure_regions_{}, arrival_regions_{}, departure_factor_{}, arrival_factor_{};
  std::array<double, n_modes> mode_factor_{};
  std::vector<ScaleFactor> factors_;
  double leg_level_ = 1, misfit_ = 0;
  bool fitted_once_ = false;
};

}  // namespace

Demand build_demand(const world::World& world, const DemandParams& params) {
  if (world.countries.size() < 2 ||
      world.countries.size() > std::numeric_limits<std::uint16_t>::max()) {
    throw std::domain_error("demand: a world needs 2 to 65,535 countries, this one has " +
                            std::to_string(world.countries.size()));
  }
  return Builder(world, params).build();
}

}  // namespace corridor::travel
