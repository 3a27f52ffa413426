// SPDX-License-Identifier: Apache-2.0
#include "models/travel/itineraries.hpp"

#include <algorithm>
#include <limits>

#include "models/travel/sphere.hpp"
#include "sim/math.hpp"

namespace corridor::travel {

/// Writes out every path, one destination airport after the other, from the destination backwards.
class AirChoices::Search {
 public:
  Search(const world::World& world, const DemandParams& params, const CountryTable& distance_km)
      : params_(params), distance_km_(distance_km), n_countries_(world.countries.size()) {
    for (const world::Airport& airport : world.airports) {
      at_.push_back(place(airport.lat, airport.lon));
      country_.push_back(airport.country);
    }
    index_entries(catchments(world, params));
    index_legs(world);
    weigh_origins();
  }

  /// What a run looks at: paths of one and two legs, and those of three whose mass x inverse[slot]
  /// is 1 or more.
  struct Scope {
    bool short_paths = true;
    const std::vector<double>* inverse =
        nullptr;  ///< by pair_slot, 0 = no path of three legs wanted; null = nowhere
  };

  /// Calls visit(slot, mass, legs, n_legs) for each path; legs run from the country with the
  /// smaller index.
  template <class Visit>
  void run(const Scope& scope, Visit&& visit) const {
    const double one = sim::exp(-params_.time_weight_per_hour * params_.hours_per_transfer -
                                params_.transfer_penalty);
    const double two = one * one * sim::exp(-params_.second_transfer_penalty);
    std::vector<double> gain(entries_.size()), limit(at_.size()), reach(at_.size());
    for (std::size_t target = first_of_country_[1]; target < entries_.size(); ++target) {
      const CatchmentEntry& end = entries_[target];
      recall(target, gain, limit);
      if (scope.inverse != nullptr) look_ahead(end, gain, *scope.inverse, reach);
      std::uint32_t legs[3];
      const std::uint32_t d = end.airport, cd = country_[d];
      for (std::size_t x = first_in_[d]; x < first_in_[d + 1]; ++x) {
        const InLeg& last = in_[x];
        const std::uint32_t b = last.origin, cb = country_[b];
        legs[0] = last.leg;
        if (scope.short_paths && cb != cd) emit(b, end, gain, last.factor[0], legs, 1, visit);
        for (std::size_t y = first_in_[b]; y < first_in_[b + 1]; ++y) {
          const InLeg& middle = in_[y];
          const std::uint32_t a = middle.origin, ca = country_[a];
          if (a == d || (ca == cd && cb != cd)) continue;
          const double km = last.km + middle.km;
          if (scope.short_paths && ca != cd && km <= limit[a]) {
            legs[0] = middle.leg;
            legs[1] = last.leg;
            emit(a, end, gain, one * last.factor[1] * middle.factor[1], legs, 2, visit);
          }
          const double mass = two * last.factor[2] * middle.factor[2];
          if (scope.inverse == nullptr || !(mass * reach[a] >= 1)) continue;
          legs[1] = middle.leg;
          legs[2] = last.leg;
          for (std::size_t w = first_in_[a]; w < first_in_[a + 1]; ++w) {
            const InLeg& first = in_[w];
            const std::uint32_t z = first.origin, cz = country_[z];
            if (km + first.km > limit[z] || z == b || z == d || cz == cd) continue;
            if (ca != cz && cb == cz) continue;  // back in the country it has left
            legs[0] = first.leg;
            emit(z, end, gain, mass * first.factor[2], legs, 3, visit, scope.inverse);
          }
        }
      }
    }
  }

 private:
  struct InLeg {
    std::uint32_t origin, leg;
    double km;
    double factor[3];  ///< of a path of one, two, three legs
  };

  void index_legs(const world::World& world) {
    const std::vector<double> flights = two_way_flights(world);
    first_in_.assign(at_.size() + 1, 0);
    for (std::size_t l = 0; l < flights.size(); ++l) {
      if (flights[l] > 0) ++first_in_[world.air_legs[l].destination + 1];
    }
    for (std::size_t a = 0; a < at_.size(); ++a) first_in_[a + 1] += first_in_[a];
    in_.resize(first_in_.back());
    std::vector<std::size_t> next(first_in_.begin(), first_in_.end() - 1);
    for (std::uint32_t l = 0; l < flights.size(); ++l) {
      if (!(flights[l] > 0)) continue;
      const world::AirLeg& leg = world.air_legs[l];
      const double km = std::max(arc_km(at_[leg.origin], at_[leg.destination]), 1.0);
      const double slow = -params_.time_weight_per_hour * km / params_.cruise_kmh;
      const double log_daily = params_.frequency_exponent * sim::log(flights[l] / 365);
      InLeg& in = in_[next[leg.destination]++];
      in = {leg.origin, l, km, {}};
      for (int k = 0; k < 3; ++k) in.factor[k] = sim::exp(slow + log_daily / (k + 1));
    }
  }

  /// Entries by country, so that those of countries before a given one are the first so many.
  void index_entries(std::vector<CatchmentEntry> entries) {
    std::stable_sort(
        entries.begin(), entries.end(),
        [](const CatchmentEntry& a, const CatchmentEntry& b) { return a.country < b.country; });
    entries_ = std::move(entries);
    first_of_country_.assign(n_countries_ + 1, 0);
    first_entry_.assign(at_.size() + 1, 0);
    for (const CatchmentEntry& e : entries_) {
      ++first_of_country_[e.country + 1];
      ++first_entry_[e.airport + 1];
    }
    for (std::size_t c = 0; c < n_countries_; ++c) first_of_country_[c + 1] += first_of_country_[c];
    for (std::size_t a = 0; a < at_.size(); ++a) first_entry_[a + 1] += first_entry_[a];
    at_airport_.resize(entries_.size());
    std::vector<std::size_t> next(first_entry_.begin(), first_entry_.end() - 1);
    for (std::size_t e = 0; e < entries_.size(); ++e) at_airport_[next[entries_[e].airport]++] = e;
  }

  /// For each destination entry and each origin entry of a country before its own: w_o w_d (g /
  /// d_ij)^k exp(b g / v), and g.
  void weigh_origins() {
    weighed_first_.assign(entries_.size() + 1, 0);
    for (std::size_t t = 0; t < entries_.size(); ++t) {
      const CatchmentEntry& end = entries_[t];
      for (std::size_t e = 0; e < first_of_country_[end.country]; ++e) {
        const CatchmentEntry& start = entries_[e];
        const double km = std::max(arc_km(at_[start.airport], at_[end.airport]), 1.0);
        const double distance = distance_km_.at(start.country, end.country);
        const double gain = start.weight * end.weight *
                            sim::exp(params_.airport_distance_exponent * sim::log(km / distance) +
                                     params_.time_weight_per_hour * km / params_.cruise_kmh);
        weighed_.push_back(
            {start.airport == end.airport ? 0 : static_cast<float>(gain), static_cast<float>(km)});
      }
      weighed_first_[t + 1] = weighed_.size();
    }
  }

  /// gain[e] by entry, 0 for those that are not origins here; limit[a] = longest path from a, -1
  /// for no origin.
  void recall(std::size_t target, std::vector<double>& gain, std::vector<double>& limit) const {
    std::fill(gain.begin(), gain.end(), 0.0);
    std::fill(limit.begin(), limit.end(), -1.0);
    const std::size_t first = weighed_first_[target], origins = weighed_first_[target + 1] - first;
    for (std::size_t e = 0; e < origins; ++e) {
      gain[e] = static_cast<double>(weighed_[first + e].gain);
      limit[entries_[e].airport] =
          params_.max_detour_ratio * static_cast<double>(weighed_[first + e].km) +
          params_.detour_slack_km;
    }
  }

  /// reach[a]: by how much the best path that enters at a, one leg before, exceeds what is wanted
  /// of its pair.
  void look_ahead(const CatchmentEntry& end, const std::vector<double>& gain,
                  const std::vector<double>& inverse, std::vector<double>& reach) const {
    std::fill(reach.begin(), reach.end(), 0.0);
    for (std::size_t e = 0; e < first_of_country_[end.country]; ++e) {
      const double start = gain[e] * inverse[pair_slot(entries_[e].country, end.country)];
      if (!(start > 0)) continue;
      // Legs go both ways with the same factor, so the ways out of an airport are its ways in.
      const std::uint32_t a = entries_[e].airport;
      for (std::size_t w = first_in_[a]; w < first_in_[a + 1]; ++w) {
        double& best = reach[in_[w].origin];
        best = std::max(best, in_[w].factor[2] * start);
      }
    }
  }

  template <class Visit>
  void emit(std::uint32_t origin, const CatchmentEntry& end, const std::vector<double>& gain,
            double mass, const std::uint32_t* legs, std::uint8_t n_legs, Visit& visit,
            const std::vector<double>* inverse = nullptr) const {
    for (std::size_t k = first_entry_[origin]; k < first_entry_[origin + 1]; ++k) {
      const std::size_t e = at_airport_[k];
      if (!(gain[e] > 0)) continue;
      const std::size_t slot = pair_slot(entries_[e].country, end.country);
      if (inverse != nullptr && !(mass * gain[e] * (*inverse)[slot] >= 1)) continue;
      visit(slot, mass * gain[e], legs, n_legs);
    }
  }

  const DemandParams params_;
  const CountryTable& distance_km_;
  std::size_t n_countries_;
  std::vector<CatchmentEntry> entries_;
  std::vector<std::size_t> first_of_country_, first_entry_, at_airport_, first_in_;
  std::vector<Place> at_;
  std::vector<std::uint32_t> country_;
  std::vector<InLeg> in_;
  struct Weighed {
    float gain, km;
  };
  std::vector<Weighed> weighed_;
  std::vector<std::size_t> weighed_first_;
};

AirChoices::AirChoices(const world::World& world, const DemandParams& params,
                       const CountryTable& distance_km)
    : search_(std::make_unique<Search>(world, params, distance_km)), params_(params) {
  const std::size_t n = world.countries.size();
  service_.assign(n * (n - 1) / 2, 0.0);
  best_.assign(service_.size(), 0.0);
  const auto add = [this](std::size_t slot, double mass, const std::uint32_t*, std::uint8_t) {
    service_[slot] += mass;
    best_[slot] = std::max(best_[slot], mass);
  };
  search_->run({true, nullptr}, add);
  std::vector<double> inverse(service_.size(), 0.0);
  for (std::size_t s = 0; s < inverse.size(); ++s) {
    if (!(service_[s] > 0)) inverse[s] = std::numeric_limits<double>::max();
  }
  search_->run({false, &inverse}, add);
}

AirChoices::~AirChoices() = default;

double AirChoices::least_share(double expected_trips) const {
  return std::max(params_.min_itinerary_share, params_.min_itinerary_trips / expected_trips);
}

AirChoices::Paths AirChoices::collect(const std::vector<double>& expected_trips) const {
  std::vector<double> least(service_.size()), inverse(service_.size(), 0.0);
  for (std::size_t s = 0; s < least.size(); ++s) {
    if (!(expected_trips[s] > 0) || !(best_[s] > 0)) continue;
    least[s] = std::min(best_[s], least_share(expected_trips[s]) * service_[s]);
    inverse[s] = (1 + 1e-9) / least[s];  // a little generous: the comparison below decides
  }
  struct Found {
    std::uint32_t slot;
    AirPath path;
  };
  std::vector<Found> found;
  search_->run({true, &inverse},
               [&](std::size_t slot, double mass, const std::uint32_t* legs, std::uint8_t n_legs) {
                 // A non-stop leg always has a path of its own, so that every international leg can
                 // carry somebody.
                 if (!(expected_trips[slot] > 0) || (n_legs > 1 && mass < least[slot])) return;
                 Found f{static_cast<std::uint32_t>(slot), {}};
                 for (std::uint8_t k = 0; k < n_legs; ++k) f.path.leg[k] = legs[k];
                 f.path.n_legs = n_legs;
                 f.path.share = mass;
                 found.push_back(f);
               });

  // Counting sort by pair keeps the order of the search within a pair.
  Paths paths;
  std::vector<std::size_t> count(service_.size() + 1, 0);
  for (const Found& f : found) ++count[f.slot + 1];
  for (std::size_t s = 0; s < service_.size(); ++s) count[s + 1] += count[s];
  std::vector<AirPath> sorted(found.size());
  std::vector<std::size_t> next(count.begin(), count.end() - 1);
  for (const Found& f : found) sorted[next[f.slot]++] = f.path;

  const auto most = static_cast<std::size_t>(params_.max_itineraries_per_pair);
  paths.first.push_back(0);
  for (std::size_t s = 0; s < service_.size(); ++s) {
    const auto begin = sorted.begin() + static_cast<std::ptrdiff_t>(count[s]);
    auto end = sorted.begin() + static_cast<std::ptrdiff_t>(count[s + 1]);
    std::stable_sort(begin, end,
                     [](const AirPath& a, const AirPath& b) { return a.share > b.share; });
    if (static_cast<std::size_t>(end - begin) > most) {
      end = std::remove_if(begin + static_cast<std::ptrdiff_t>(most), end,
                           [](const AirPath& p) { return p.n_legs > 1; });
    }
    double sum = 0;
    for (auto p = begin; p != end; ++p) sum += p->share;
    const double rare = sum * least_share(expected_trips[s]);
    end = std::remove_if(begin, end, [&](const AirPath& p) {
      return p.n_legs > 1 && p.share < std::min(rare, begin->share);
    });
    sum = 0;
    for (auto p = begin; p != end; ++p) sum += p->share;
    for (auto p = begin; p != end; ++p) {
      p->share /= sum;
      paths.path.push_back(*p);
    }
    paths.first.push_back(paths.path.size());
  }
  return paths;
}

}  // namespace corridor::travel
