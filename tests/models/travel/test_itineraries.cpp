// SPDX-License-Identifier: Apache-2.0
#include "models/travel/itineraries.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/models/travel/toy_world.hpp"

namespace corridor::travel {
namespace {

using Legs = std::vector<std::uint32_t>;

/// Every allowed path with its mass, straight from the definition: walk all legs from every airport
/// of every country.
class BruteForce {
 public:
  BruteForce(const world::World& world, const DemandParams& p)
      : world_(world),
        p_(p),
        distance_(effective_distances(world)),
        flights_(two_way_flights(world)) {
    entries_ = catchments(world, p);
    for (const CatchmentEntry& from : entries_) {
      for (const CatchmentEntry& to : entries_) {
        if (from.country < to.country) extend(from, to, {});
      }
    }
  }
  std::map<std::size_t, std::map<Legs, double>> mass;  ///< by pair_slot

 private:
  std::uint32_t country_after(const CatchmentEntry& from, const Legs& legs, std::size_t k) const {
    return world_.airports[k == 0 ? from.airport : world_.air_legs[legs[k - 1]].destination]
        .country;
  }

  void extend(const CatchmentEntry& from, const CatchmentEntry& to, const Legs& legs) {
    const std::uint32_t here =
        legs.empty() ? from.airport : world_.air_legs[legs.back()].destination;
    if (here == to.airport) {
      if (!legs.empty()) arrive(from, to, legs);
      return;
    }
    if (legs.size() == 3) return;
    for (std::uint32_t l = 0; l < world_.air_legs.size(); ++l) {
      const world::AirLeg& leg = world_.air_legs[l];
      if (leg.origin != here || leg.reverse == world::none || leg.destination == from.airport)
        continue;
      bool seen = false;
      for (const std::uint32_t k : legs) seen |= world_.air_legs[k].destination == leg.destination;
      if (seen) continue;
      Legs longer = legs;
      longer.push_back(l);
      extend(from, to, longer);
    }
  }

  void arrive(const CatchmentEntry& from, const CatchmentEntry& to, const Legs& legs) {
    const std::uint32_t home = country_after(from, legs, 0),
                        goal = country_after(from, legs, legs.size());
    if (home == goal) return;
    bool left = false, there = false;
    for (std::size_t k = 0; k <= legs.size(); ++k) {
      const std::uint32_t c = country_after(from, legs, k);
      if (left && c == home) return;
      if (there && c != goal) return;
      left |= c != home;
      there |= c == goal;
    }
    double km = 0, log_daily = 0;
    for (const std::uint32_t l : legs) {
      const auto &a = world_.airports[world_.air_legs[l].origin],
                 &b = world_.airports[world_.air_legs[l].destination];
      km += world::great_circle_km(a.lat, a.lon, b.lat, b.lon);
      log_daily += std::log(flights_[l] / 365);
    }
    const auto &a = world_.airports[from.airport], &b = world_.airports[to.airport];
    const double direct = world::great_circle_km(a.lat, a.lon, b.lat, b.lon);
    if (legs.size() > 1 && km > p_.max_detour_ratio * direct + p_.detour_slack_km) return;
    const double transfers = static_cast<double>(legs.size()) - 1;
    const double utility =
        p_.airport_distance_exponent * std::log(direct / distance_.at(from.country, to.country)) +
        p_.frequency_exponent * log_daily / static_cast<double>(legs.size()) -
        p_.time_weight_per_hour *
            ((km - direct) / p_.cruise_kmh + p_.hours_per_transfer * transfers) -
        p_.transfer_penalty * transfers - (transfers == 2 ? p_.second_transfer_penalty : 0);
    mass[pair_slot(from.country, to.country)][legs] += from.weight * to.weight * std::exp(utility);
  }

  const world::World& world_;
  const DemandParams& p_;
  CountryTable distance_;
  std::vector<double> flights_;
  std::vector<CatchmentEntry> entries_;
};

DemandParams keep_all() {
  DemandParams p;
  p.min_itinerary_share = 0;
  p.min_itinerary_trips = 0;
  return p;
}

Legs legs_of(const AirPath& path) { return Legs(path.leg, path.leg + path.n_legs); }

TEST_CASE("the search finds every allowed path, and its share is the logit's",
          "[itineraries][exact]") {
  for (const std::uint32_t seed : {1u, 2u, 3u, 4u}) {
    const world::World world =
        seed == 4 ? test::five_countries() : test::random_world(seed, 6, 24, 60);
    const DemandParams p = keep_all();
    const CountryTable distance = effective_distances(world);
    const AirChoices choices(world, p, distance);
    const BruteForce all(world, p);
    const auto paths = choices.collect(std::vector<double>(choices.service().size(), 1e6));
    std::size_t three = 0;
    for (std::size_t s = 0; s < choices.service().size(); ++s) {
      const auto found = all.mass.find(s);
      const std::size_t n = paths.first[s + 1] - paths.first[s];
      if (found == all.mass.end()) {
        CHECK(n == 0);
        CHECK(choices.service()[s] == 0);
        continue;
      }
      double sum = 0, short_sum = 0;
      for (const auto& [legs, mass] : found->second) {
        sum += mass;
        if (legs.size() < 3) short_sum += mass;
      }
      // Weights of origins are kept as 32-bit floats: 6e-8 each, and so are the sums of them.
      CHECK(choices.service()[s] == Approx(short_sum > 0 ? short_sum : sum).epsilon(2e-7));
      CHECK(n == found->second.size());
      for (std::size_t k = paths.first[s]; k < paths.first[s + 1]; ++k) {
        REQUIRE(found->second.count(legs_of(paths.path[k])) == 1);
        CHECK(paths.path[k].share ==
              Approx(found->second.at(legs_of(paths.path[k])) / sum).epsilon(3e-7));
        three += paths.path[k].n_legs == 3;
      }
    }
    CHECK(three > 0);  // or the comparison has not seen what it is for
  }
}

TEST_CASE("rare itineraries are left out and the rest shares everything",
          "[itineraries][property]") {
  const world::World world = test::random_world(5, 6, 30, 110);
  DemandParams p = keep_all();
  const CountryTable distance = effective_distances(world);
  const std::vector<double> trips(15, 1e5);
  const auto whole = AirChoices(world, p, distance).collect(trips);
  p.min_itinerary_share = 0.02;
  p.min_itinerary_trips = 5000;  // of 1e5: a share of 0.05, which is the stricter of the two
  const AirChoices choices(world, p, distance);
  const auto cut = choices.collect(trips);
  CHECK(cut.path.size() < whole.path.size());
  for (std::size_t s = 0; s < 15; ++s) {
    if (whole.first[s] == whole.first[s + 1]) continue;
    REQUIRE(cut.first[s] < cut.first[s + 1]);  // the best one stays whatever it is
    double sum = 0;
    for (std::size_t k = cut.first[s]; k < cut.first[s + 1]; ++k) {
      sum += cut.path[k].share;
      CHECK((cut.path[k].n_legs == 1 || k == cut.first[s] || cut.path[k].share >= 0.05));
    }
    CHECK(sum == Approx(1).epsilon(1e-12));
    std::size_t non_stop = 0;
    for (std::size_t k = whole.first[s]; k < whole.first[s + 1]; ++k)
      non_stop += whole.path[k].n_legs == 1;
    for (std::size_t k = cut.first[s]; k < cut.first[s + 1]; ++k)
      non_stop -= cut.path[k].n_legs == 1;
    CHECK(non_stop == 0);
  }
}

TEST_CASE("a pair without trips gets no itineraries, and the longest list is as long as allowed",
          "[itineraries][exact]") {
  const world::World world = test::random_world(5, 6, 30, 110);
  DemandParams p = keep_all();
  p.max_itineraries_per_pair = 3;
  std::vector<double> trips(15, 1e6);
  trips[4] = 0;
  const auto paths = AirChoices(world, p, effective_distances(world)).collect(trips);
  CHECK(paths.first[4] == paths.first[5]);
  for (std::size_t s = 0; s < 15; ++s) {
    std::size_t with_transfer = 0;
    for (std::size_t k = paths.first[s]; k < paths.first[s + 1]; ++k)
      with_transfer += paths.path[k].n_legs > 1;
    CHECK(with_transfer <= 3);
  }
}

TEST_CASE("a leg without a way back changes nothing", "[itineraries][relation]") {
  test::ToyWorld toy;
  const auto a = toy.country("UAX", 45, 0, 1e6), b = toy.country("UBX", 40, 20, 1e6),
             c = toy.country("UCX", 30, 30, 1e6);
  const auto pa = toy.airport("AAA", a, 45, 0), pb = toy.airport("BBB", b, 40, 20),
             pc = toy.airport("CCC", c, 30, 30);
  toy.link(pa, pb, 1000, 1e5);
  toy.link(pb, pc, 1000, 1e5);
  const world::World base = toy.done();
  toy.leg(pc, pa, 5000, 1e6);
  const world::World more = toy.done();
  const CountryTable distance = effective_distances(base);
  CHECK(AirChoices(base, {}, distance).service() == AirChoices(more, {}, distance).service());
}

TEST_CASE("transfers that cost more are used less", "[itineraries][relation]") {
  const world::World world = test::random_world(3, 6, 24, 60);
  const CountryTable distance = effective_distances(world);
  double before = 2;
  for (const double penalty : {0.0, 2.0, 4.0, 8.0}) {
    DemandParams p = keep_all();
    p.transfer_penalty = penalty;
    const auto paths = AirChoices(world, p, distance).collect(std::vector<double>(15, 1e6));
    double transfers = 0, pairs = 0;
    for (std::size_t s = 0; s < 15; ++s) {
      bool non_stop = false;
      double share = 0;
      for (std::size_t k = paths.first[s]; k < paths.first[s + 1]; ++k) {
        non_stop |= paths.path[k].n_legs == 1;
        if (paths.path[k].n_legs > 1) share += paths.path[k].share;
      }
      if (non_stop) transfers += share, ++pairs;
    }
    REQUIRE(pairs > 0);
    CHECK(transfers / pairs < before);
    before = transfers / pairs;
  }
}

}  // namespace
}  // namespace corridor::travel
