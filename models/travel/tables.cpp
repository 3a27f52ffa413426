// SPDX-License-Identifier: Apache-2.0
#include "models/travel/tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "models/travel/trip_id.hpp"
#include "models/travel/trip_mix.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace corridor::travel {
namespace {

using Storage = TravelArrays<sim::VectorOf>;

// Share of departures by local solar hour: few at night; long flights leave late morning and late
// evening (assumption A-21).
constexpr std::array<double, 24> short_hours{1, 0, 0, 0, 1, 4, 8, 8, 7, 7, 7, 7,
                                             7, 7, 7, 7, 8, 8, 8, 7, 6, 4, 3, 2};
constexpr std::array<double, 24> long_hours{5, 4, 2, 1, 1, 1, 2, 3, 5, 7,  9,  9,
                                            8, 7, 5, 4, 4, 5, 6, 7, 8, 10, 10, 8};
constexpr std::array<double, 24> road_hours{1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 7,
                                            6, 6, 6, 7, 7, 7, 6, 5, 4, 3, 2, 1};
constexpr double long_haul_km = 3500;

/// Minute of the day below which a share u of the profile lies.
double quantile_minute(const std::array<double, 24>& hours, double u) {
  double sum = 0;
  for (const double h : hours) sum += h;
  double below = 0;
  for (std::size_t h = 0; h < 24; ++h) {
    const double share = hours[h] / sum;
    if (u < below + share) return 60.0 * (static_cast<double>(h) + (u - below) / share);
    below += share;
  }
  return 1439;
}

std::uint16_t utc_minute(double local_solar_minute, double lon) {
  const double utc = local_solar_minute - 4 * lon;  // the sun moves one degree in four minutes
  const double wrapped = utc - 1440 * std::floor(utc / 1440);
  return static_cast<std::uint16_t>(std::min(1439.0, std::floor(wrapped)));
}

std::uint32_t of_2_32(double share) {
  return static_cast<std::uint32_t>(std::min(4294967295.0, share * 0x1p32));
}

class Builder {
 public:
  Builder(const world::World& world, const Demand& demand, const StreamParams& params)
      : world_(world), demand_(demand), params_(params), area_(world.open_border_areas()) {
    gates_ = {static_cast<std::uint32_t>(world.airports.size()),
              static_cast<std::uint32_t>(world.ports.size()),
              static_cast<std::uint32_t>(world.borders.size())};
  }

  Storage build() {
    s_.sizes = {gates_.n_airports, gates_.n_ports, gates_.n_borders,
                static_cast<std::uint32_t>(world_.air_legs.size())};
    add_countries();
    add_pairs_and_options();
    add_legs();
    add_seasons();
    add_blocks();
    add_attribute_tables();
    return std::move(s_);
  }

 private:
  void add_countries() {
    const std::size_t n = world_.countries.size();
    s_.open.assign(n * n, 0);
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) s_.open[a * n + b] = area_[a] == area_[b] ? 1 : 0;
    }
    std::vector<std::vector<std::pair<std::uint32_t, double>>> natives(n);
    for (const world::MigrantStock& m : world_.migrants) {
      natives[m.destination].push_back({m.origin, m.persons});
    }
    for (std::size_t c = 0; c < n; ++c) {
      CountryRow row;
      row.lon = static_cast<float>(world_.countries[c].lon);
      row.region = static_cast<std::uint8_t>(world_.countries[c].region);
      row.first_native = static_cast<std::uint32_t>(s_.native_country.size());
      row.n_natives = static_cast<std::uint32_t>(natives[c].size());
      double foreign = 0;
      std::vector<double> weights;
      for (const auto& [origin, persons] : natives[c]) {
        s_.native_country.push_back(static_cast<std::uint16_t>(origin));
        weights.push_back(persons);
        foreign += persons;
      }
      if (foreign > 0) {
        const auto alias = sim::build_alias(weights);
        s_.native_alias.insert(s_.native_alias.end(), alias.begin(), alias.end());
        const double share =
            params_.foreign_resident_factor * foreign / world_.countries[c].population;
        row.foreign_share = of_2_32(std::min(0.9, share));
      } else {
        s_.native_alias.resize(s_.native_country.size());
      }
      s_.countries.push_back(row);
    }
    for (const world::Port& p : world_.ports) {
      s_.port_country.push_back(static_cast<std::uint16_t>(p.country));
    }
    for (const world::Border& b : world_.borders) {
      s_.border_ends.push_back(static_cast<std::uint16_t>(b.a));
      s_.border_ends.push_back(static_cast<std::uint16_t>(b.b));
    }
  }

  void add_pairs_and_options() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> stock;
    for (const world::MigrantStock& m : world_.migrants)
      stock[{m.origin, m.destination}] = m.persons;
    for (const PairDemand& pair : demand_.pairs) {
      PairRow row;
      row.origin = pair.origin;
      row.destination = pair.destination;
      row.first_option = static_cast<std::uint32_t>(s_.options.size());
      std::vector<double> weights;
      for (std::uint32_t i = 0; i < pair.n_itineraries; ++i) {
        const Itinerary& itinerary = demand_.itineraries[pair.first_itinerary + i];
        if (!(itinerary.weight > 0)) continue;
        s_.options.push_back(option(itinerary, pair.origin));
        s_.option_weight.push_back(itinerary.weight);
        weights.push_back(itinerary.weight);
      }
      row.n_options = static_cast<std::uint32_t>(weights.size());
      if (!weights.empty()) {
        const auto alias = sim::build_alias(weights);
        s_.option_alias.insert(s_.option_alias.end(), alias.begin(), alias.end());
      }
      const auto found = stock.find({pair.destination, pair.origin});
      const double share =
          found == stock.end() ? 0 : found->second / world_.countries[pair.origin].population;
      tie_.push_back(share);
      const double boost = params_.share_visit * params_.visit_tie;
      row.native_share = of_2_32(std::min(
          0.9, params_.foreign_resident_factor * share * (1 + boost) / (1 + boost * share)));
      trips_.push_back(weights.empty() ? 0 : pair.trips_year);
      const world::Country& from = world_.countries[pair.origin];
      const world::Country& to = world_.countries[pair.destination];
      distance_km_.push_back(world::great_circle_km(from.lat, from.lon, to.lat, to.lon));
      s_.pairs.push_back(row);
    }
  }

  OptionRow option(const Itinerary& itinerary, std::uint32_t residence) const {
    OptionRow row;
    row.n_links = itinerary.n_links;
    row.mode = static_cast<std::uint8_t>(itinerary.mode);
    switch (itinerary.mode) {
      case Mode::air: {
        std::uint32_t area[4] = {};
        for (std::uint32_t k = 0; k < itinerary.n_links; ++k) {
          const world::AirLeg& leg = world_.air_legs[itinerary.link[k]];
          row.link[k] = itinerary.link[k];
          area[k] = area_[world_.airports[leg.origin].country];
          area[k + 1] = area_[world_.airports[leg.destination].country];
        }
        const std::uint32_t n = itinerary.n_links;
        std::uint32_t first = 0;  // link that leaves the area of departure
        while (first < n && area[first + 1] == area[0]) ++first;
        if (first == n) break;       // never outside: no border check
        std::uint32_t last = n - 1;  // link that enters the area of arrival
        while (area[last] == area[n]) --last;
        row.exit_link = static_cast<std::uint8_t>(first);
        row.entry_link = static_cast<std::uint8_t>(last);
        row.home_gate = world_.air_legs[itinerary.link[first]].origin;
        row.away_gate = world_.air_legs[itinerary.link[last]].destination;
        break;
      }
      case Mode::sea: {
        const world::SeaLane& lane = world_.sea_lanes[itinerary.link[0]];
        const std::uint32_t from = itinerary.reversed ? lane.b : lane.a;
        const std::uint32_t to = itinerary.reversed ? lane.a : lane.b;
        row.link[0] = sea_leg(itinerary.link[0], itinerary.reversed);
        if (area_[world_.ports[from].country] != area_[world_.ports[to].country]) {
          row.home_gate = gates_.port(from);
          row.away_gate = gates_.port(to);
        }
        break;
      }
      case Mode::land: {
        double lat = world_.countries[residence].lat, lon = world_.countries[residence].lon;
        double minutes = 0;
        for (std::uint32_t k = 0; k < itinerary.n_links; ++k) {
          const world::Border& border = world_.borders[itinerary.link[k]];
          row.link[k] = itinerary.link[k];
          // Centroids of large countries are far from where people live, so a stage is cut at
          // longest_stage_km.
          const double km =
              std::min(longest_stage_km, world::great_circle_km(lat, lon, border.lat, border.lon));
          minutes += 60 * km / params_.road_speed_kmh;
          row.land_minutes[k] = static_cast<std::uint16_t>(std::min(2800.0, minutes));
          lat = border.lat;
          lon = border.lon;
        }
        break;
      }
    }
    return row;
  }

  [[nodiscard]] std::uint32_t sea_leg(std::uint32_t lane, bool reversed) const {
    return static_cast<std::uint32_t>(world_.air_legs.size()) + 2 * lane + (reversed ? 1 : 0);
  }

  void add_legs() {
    std::vector<double> lane_persons(world_.sea_lanes.size(), 0);
    for (std::size_t i = 0; i < s_.options.size(); ++i) {
      if (s_.options[i].mode != static_cast<std::uint8_t>(Mode::sea)) continue;
      lane_persons[(s_.options[i].link[0] - world_.air_legs.size()) / 2] +=
          static_cast<double>(s_.option_weight[i]);
    }
    for (std::size_t i = 0; i < world_.air_legs.size(); ++i) {
      const world::AirLeg& leg = world_.air_legs[i];
      LegRow row;
      row.origin = leg.origin;
      row.destination = leg.destination;
      row.reverse = leg.reverse;
      add_departures(row, i, leg.flights_year / 365,
                     leg.distance_km > long_haul_km ? long_hours : short_hours,
                     world_.airports[leg.origin].lon);
      row.minutes = static_cast<std::uint16_t>(
          30 + std::floor(60 * leg.distance_km / params_.cruise_speed_kmh));
      s_.legs.push_back(row);
    }
    for (std::size_t i = 0; i < world_.sea_lanes.size(); ++i) {
      const world::SeaLane& lane = world_.sea_lanes[i];
      for (std::uint32_t way = 0; way < 2; ++way) {
        const std::uint32_t from = way == 0 ? lane.a : lane.b, to = way == 0 ? lane.b : lane.a;
        LegRow row;
        row.origin = gates_.port(from);
        row.destination = gates_.port(to);
        row.reverse = sea_leg(static_cast<std::uint32_t>(i), way == 0);
        add_departures(row, s_.legs.size(), lane_persons[i] / 365 / persons_per_sailing,
                       short_hours, world_.ports[from].lon);
        row.minutes = static_cast<std::uint16_t>(
            30 + std::floor(60 * std::min(4000.0, lane.distance_km) / params_.ferry_speed_kmh));
        s_.legs.push_back(row);
      }
    }
  }

  /// The departures of a day, spread over the hours: one in each of n equal shares of the profile.
  void add_departures(LegRow& row, std::size_t leg, double a_day,
                      const std::array<double, 24>& hours, double lon) {
    const double n = std::clamp(std::floor(a_day + 0.5), 1.0, 400.0);
    row.first_departure = static_cast<std::uint32_t>(s_.departures.size());
    row.n_departures = static_cast<std::uint16_t>(n);
    for (std::uint16_t r = 0; r < row.n_departures; ++r) {
      const sim::Block b =
          sim::draw({0, 0}, sim::Purpose::schedule, leg, 0, r);  // same in every run
      const double u = (r + sim::uniform32(b[0])) / n;
      s_.departures.push_back(utc_minute(quantile_minute(hours, u), lon));
    }
    std::sort(s_.departures.end() - row.n_departures, s_.departures.end());
  }

  void add_seasons() {
    // Where no profile is published: the world's mean month with the peak and trough of TRV-140 and
    // TRV-141.
    constexpr std::array<double, 12> elsewhere{0.96, 0.89, 0.98, 0.98, 0.97, 1.03,
                                               1.12, 1.13, 1.02, 1.00, 0.93, 0.99};
    add_season(elsewhere);
    for (const world::SeasonProfile& profile : world_.seasons) {
      const auto id = static_cast<std::uint8_t>(s_.season_share.size() / 12);
      if (id == 255) break;
      season_id_[{profile.group_a, profile.group_b}] = id;
      season_id_[{profile.group_b, profile.group_a}] = id;
      add_season(profile.share);
    }
  }

  void add_season(const std::array<double, 12>& shape) {
    std::array<double, 12> share{};
    double sum = 0;
    for (std::size_t m = 0; m < 12; ++m) {
      share[m] = sim::pow(std::max(shape[m], 1e-6), params_.season_strength);
      sum += share[m];
    }
    for (const double v : share) s_.season_share.push_back(v / sum);
  }

  [[nodiscard]] std::uint8_t season(std::uint32_t a, std::uint32_t b) const {
    const auto found =
        season_id_.find({world_.countries[a].subregion, world_.countries[b].subregion});
    return found == season_id_.end() ? 0 : found->second;
  }

  void add_blocks() {
    const TripMix mix(params_, trips_, distance_km_, tie_);
    std::map<std::string, std::uint32_t> subregion;
    for (const world::Country& c : world_.countries) {
      subregion.emplace(c.subregion, static_cast<std::uint32_t>(subregion.size()));
    }
    // Order of blocks: residence, band, large pairs one by one among their subregion's small ones.
    struct Entry {
      std::uint32_t pool, group, pair;
      double units;
      auto operator<=>(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    for (std::uint32_t p = 0; p < s_.pairs.size(); ++p) {
      for (std::uint32_t band = 0; band < n_bands; ++band) {
        const double units = mix.units_year(p, band);
        if (!(units > 0)) continue;
        const std::uint32_t to = s_.pairs[p].destination;
        const std::uint32_t group = units >= large_pair_units_year
                                        ? static_cast<std::uint32_t>(subregion.size()) + to
                                        : subregion.at(world_.countries[to].subregion);
        entries.push_back(
            {s_.pairs[p].origin * static_cast<std::uint32_t>(n_bands) + band, group, p, units});
      }
    }
    std::sort(entries.begin(), entries.end());

    const std::size_t n_pools = world_.countries.size() * n_bands;
    s_.pool_first.assign(n_pools + 1, 0);
    for (std::size_t i = 0; i < entries.size();) {
      std::size_t end = i;
      BlockRow block;
      block.pool = static_cast<std::uint16_t>(entries[i].pool);
      block.band = static_cast<std::uint8_t>(entries[i].pool % n_bands);
      block.first_entry = static_cast<std::uint32_t>(s_.entry_pair.size());
      block.season =
          season(s_.pairs[entries[i].pair].origin, s_.pairs[entries[i].pair].destination);
      std::vector<double> weights, nights(bands[block.band].n_values, 0);
      while (end < entries.size() && entries[end].pool == entries[i].pool &&
             entries[end].group == entries[i].group) {
        const Entry& e = entries[end++];
        weights.push_back(e.units);
        block.units_year += e.units;
        s_.entry_pair.push_back(e.pair);
        for (const std::uint16_t cut : mix.purpose_cuts(e.pair, block.band)) {
          s_.entry_purpose.push_back(cut);
        }
        mix.add_nights(e.pair, block.band, nights);
      }
      block.n_entries = static_cast<std::uint32_t>(weights.size());
      const auto alias = sim::build_alias(weights);
      s_.entry_alias.insert(s_.entry_alias.end(), alias.begin(), alias.end());
      block.first_night = static_cast<std::uint32_t>(s_.night_cut.size());
      double sum = 0, below = 0;
      for (const double w : nights) sum += w;
      for (const double w : nights) {
        s_.night_cut.push_back(of_2_32(below / sum));
        below += w;
      }
      ++s_.pool_first[block.pool + 1U];
      s_.blocks.push_back(block);
      i = end;
    }
    for (std::size_t p = 0; p < n_pools; ++p) s_.pool_first[p + 1] += s_.pool_first[p];
    if (s_.blocks.size() >= max_blocks) {
      throw sim::UserError("the world has too many pairs of countries with travel: " +
                           std::to_string(s_.blocks.size()) + " blocks, at most " +
                           std::to_string(max_blocks - 1));
    }
  }

  void add_attribute_tables() {
    s_.party_cut = party_cuts(params_);
    s_.lead_days = lead_time_quantiles(params_);
    for (std::uint32_t q = 0; q < hour_slots; ++q) {
      s_.land_hours.push_back(
          static_cast<std::uint16_t>(quantile_minute(road_hours, (q + 0.5) / hour_slots)));
    }
  }

  static constexpr double large_pair_units_year = 36500;  // a hundred a day
  static constexpr double persons_per_sailing = 600;
  static constexpr double longest_stage_km = 600;
  const world::World& world_;
  const Demand& demand_;
  const StreamParams& params_;
  std::vector<std::uint32_t> area_;
  GateNumbers gates_;
  Storage s_;
  std::vector<double> trips_, distance_km_, tie_;  // per pair
  std::map<std::pair<std::string, std::string>, std::uint8_t> season_id_;
};

}  // namespace

TravelTables build_tables(const world::World& world, const Demand& demand,
                          const StreamParams& params) {
  check(params);
  return sim::view_arrays<TravelTables>(
      std::make_shared<const Storage>(Builder(world, demand, params).build()));
}

}  // namespace corridor::travel
