// SPDX-License-Identifier: Apache-2.0
#include "models/travel/demand.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "models/travel/leg_fit.hpp"
#include "tests/models/travel/sound_demand.hpp"
#include "tests/models/travel/toy_world.hpp"

namespace corridor::travel {
namespace {

DemandParams small_params() {
  DemandParams p;
  p.world_trips = 5e6;
  p.min_itinerary_trips = 1;
  // Country E is reached by few seats and by air alone; with the world's shares the margins would
  // contradict each other.
  p.arrivals_asia_pacific = p.departures_asia_pacific = 0.05;
  p.share_air = 0.6;
  p.share_land = 0.36;
  p.share_sea = 0.04;
  return p;
}

std::map<std::pair<std::string, std::string>, double> by_name(const world::World& world,
                                                              const Demand& demand) {
  std::map<std::pair<std::string, std::string>, double> trips;
  for (const PairDemand& p : demand.pairs) {
    trips[{world.countries[p.origin].iso3, world.countries[p.destination].iso3}] = p.trips_year;
  }
  return trips;
}

std::array<double, n_modes> by_mode(const Demand& demand) {
  std::array<double, n_modes> sum{};
  for (const Itinerary& i : demand.itineraries)
    sum[static_cast<std::size_t>(i.mode)] += static_cast<double>(i.weight);
  return sum;
}

TEST_CASE("a small world meets its margins and its itineraries hold together",
          "[demand][property]") {
  world::World world = test::five_countries();
  world.countries[0].published_departures = 1.2e6;
  world.countries[2].published_arrivals = 1.5e6;
  const DemandParams params = small_params();
  const Demand demand = build_demand(world, params);
  test::check_sound(world, demand);
  std::vector<double> out(5), in(5);
  for (const PairDemand& p : demand.pairs)
    out[p.origin] += p.trips_year, in[p.destination] += p.trips_year;
  double all = 0;
  for (const double t : in) all += t;
  // Weights are 32-bit floats (6e-8 each); arrivals are fitted last, the others within 1e-6 when
  // the cycles suffice.
  CHECK(all == Approx(5e6).epsilon(1e-6));
  CHECK(in[2] == Approx(1.5e6).epsilon(1e-6));
  CHECK(out[0] == Approx(1.2e6).epsilon(3e-3));
  CHECK(in[4] == Approx(5e6 * 0.05 / 0.56).epsilon(1e-6));
  const auto mode = by_mode(demand);
  CHECK(mode[0] == Approx(5e6 * 0.6).epsilon(3e-3));
  CHECK(mode[1] == Approx(5e6 * 0.36).epsilon(3e-3));
  CHECK(mode[2] == Approx(5e6 * 0.04).epsilon(3e-3));
  std::set<std::string> margins;
  for (const ScaleFactor& f : demand.scale_factors) {
    CHECK(margins.insert(f.margin).second);
    CHECK((std::isfinite(f.factor) && f.factor > 0));
  }
  for (const char* name : {"departures from europe", "arrivals in asia_pacific", "trips by air",
                           "trips by land", "trips by sea", "international leg passengers",
                           "largest remaining misfit of a country or mode"}) {
    CHECK(margins.count(name) == 1);
  }
}

TEST_CASE("domestic feeder legs carry passengers of international trips", "[demand][relation]") {
  const world::World world = test::five_countries();
  const Demand demand = build_demand(world, small_params());
  double feeder = 0;
  for (const Itinerary& it : demand.itineraries) {
    if (it.mode != Mode::air) continue;
    for (std::uint8_t l = 0; l < it.n_links; ++l) {
      const world::AirLeg& leg = world.air_legs[it.link[l]];
      if (world.airports[leg.origin].country == world.airports[leg.destination].country) {
        feeder += static_cast<double>(it.weight);
      }
    }
  }
  CHECK(feeder > 1000);
}

TEST_CASE("the same arguments give the same bits", "[demand][exact]") {
  const world::World world = test::five_countries();
  const Demand a = build_demand(world, small_params()), b = build_demand(world, small_params());
  REQUIRE(a.itineraries.size() == b.itineraries.size());
  for (std::size_t i = 0; i < a.itineraries.size(); ++i)
    REQUIRE(a.itineraries[i].weight == b.itineraries[i].weight);
  for (std::size_t k = 0; k < a.pairs.size(); ++k)
    REQUIRE(a.pairs[k].trips_year == b.pairs[k].trips_year);
}

TEST_CASE("countries listed in another order make the same trips", "[demand][relation]") {
  const world::World plain = test::five_countries();
  const auto base = by_name(plain, build_demand(plain, small_params()));
  for (const std::vector<int>& order : {std::vector<int>{4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}}) {
    const world::World world = test::five_countries(order);
    const auto moved = by_name(world, build_demand(world, small_params()));
    REQUIRE(moved.size() == base.size());
    for (const auto& [pair, trips] : base) {
      // Sums run in another order, and a fit may stop one cycle earlier within its tolerance of
      // 1e-6.
      CHECK(moved.at(pair) == Approx(trips).epsilon(1e-4));
    }
  }
}

TEST_CASE("a link that no path can use changes nothing", "[demand][relation]") {
  world::World world = test::five_countries();
  const auto base = build_demand(world, small_params());
  // One way only, from the last airport, so that no other leg's index moves.
  world::AirLeg leg;
  leg.origin = static_cast<std::uint32_t>(world.airports.size()) - 1;
  leg.destination = leg.origin - 2;
  leg.flights_year = 5;
  leg.seats_year = 900;
  leg.distance_km = 5000;
  world.airports.push_back({"ZZZ", "unused", 4, 12, 62});
  world.air_legs.push_back(leg);
  world.air_legs.back().origin = static_cast<std::uint32_t>(world.airports.size()) - 1;
  const auto more = build_demand(world, small_params());
  // Flights counted at the border do see it (5 of 1,800 in country E); its elasticity is far
  // below 1.
  const auto a = by_name(world, base), b = by_name(world, more);
  for (const auto& [pair, trips] : a) CHECK(b.at(pair) == Approx(trips).epsilon(3e-3));
  CHECK(more.leg_fitted.back() == 0);
  // Within one country it is seen by nothing at all.
  world.air_legs.back().destination = leg.origin;
  const auto domestic = build_demand(world, small_params());
  for (const auto& [pair, trips] : a) CHECK(by_name(world, domestic).at(pair) == trips);
}

TEST_CASE("twice the people everywhere changes nothing, since the world total is given",
          "[demand][relation]") {
  world::World world = test::five_countries();
  const auto base = by_name(world, build_demand(world, small_params()));
  for (auto& c : world.countries) c.population *= 2;
  for (auto& c : world.cities) c.population *= 2;
  const auto doubled = by_name(world, build_demand(world, small_params()));
  for (const auto& [pair, trips] : base) CHECK(doubled.at(pair) == Approx(trips).epsilon(1e-4));
}

TEST_CASE("twice the people in one country make it travel more", "[demand][relation]") {
  world::World world = test::five_countries();
  const auto departures = [&] {
    double sum = 0;
    for (const PairDemand& p : build_demand(world, small_params()).pairs)
      sum += p.origin == 1 ? p.trips_year : 0;
    return sum;
  };
  const double before = departures();
  world.countries[1].population *= 2;
  CHECK(departures() > 1.05 * before);
}

TEST_CASE("world trips scale every pair alike", "[demand][relation]") {
  const world::World world = test::five_countries();
  DemandParams params = small_params();
  const auto base = by_name(world, build_demand(world, params));
  params.world_trips *= 3;
  params.min_itinerary_trips *= 3;
  params.min_pair_trips *= 3;
  const auto tripled = by_name(world, build_demand(world, params));
  REQUIRE(tripled.size() == base.size());
  for (const auto& [pair, trips] : base) CHECK(tripled.at(pair) == Approx(3 * trips).epsilon(1e-4));
}

TEST_CASE("the seats of held-out legs change no trip and no itinerary", "[demand][relation]") {
  world::World world = test::five_countries();
  DemandParams params = small_params();
  params.leg_holdout_share = 0.4;
  const Demand base = build_demand(world, params);
  int touched = 0;
  for (std::size_t l = 0; l < world.air_legs.size(); ++l) {
    if (base.leg_target[l] > 0 && base.leg_fitted[l] == 0)
      world.air_legs[l].seats_year *= 5, ++touched;
  }
  REQUIRE(touched > 2);
  const Demand after = build_demand(world, params);
  REQUIRE(after.itineraries.size() == base.itineraries.size());
  for (std::size_t i = 0; i < base.itineraries.size(); ++i) {
    REQUIRE(after.itineraries[i].weight == base.itineraries[i].weight);
  }
  // And the fit is alive: the same change to the fitted legs of one airport is seen.
  for (std::size_t l = 0; l < world.air_legs.size(); ++l) {
    const world::AirLeg& leg = world.air_legs[l];
    if (base.leg_fitted[l] != 0 && (leg.origin == 2 || leg.destination == 2))
      world.air_legs[l].seats_year *= 5;
  }
  CHECK(by_name(world, build_demand(world, params)) != by_name(world, base));
}

TEST_CASE("more seats on a fitted leg draw more passengers to it", "[demand][relation]") {
  world::World world = test::five_countries();
  DemandParams params = small_params();
  params.leg_holdout_share = 0;
  const auto passengers = [&](std::size_t leg) {
    double sum = 0;
    for (const Itinerary& it : build_demand(world, params).itineraries) {
      for (std::uint8_t l = 0; it.mode == Mode::air && l < it.n_links; ++l) {
        if (it.link[l] == leg || world.air_legs[it.link[l]].reverse == leg)
          sum += static_cast<double>(it.weight);
      }
    }
    return sum;
  };
  std::size_t leg = 0;
  while (world.airports[world.air_legs[leg].origin].iata != "AAH" ||
         world.airports[world.air_legs[leg].destination].iata != "DDH") {
    ++leg;
  }
  const double before = passengers(leg);
  world.air_legs[leg].seats_year *= 2;
  world.air_legs[world.air_legs[leg].reverse].seats_year *= 2;
  CHECK(passengers(leg) > 1.2 * before);
}

TEST_CASE("radiation is another seed with the same margins", "[demand][relation]") {
  const world::World world = test::five_countries();
  DemandParams params = small_params();
  const Demand gravity = build_demand(world, params);
  params.seed = "radiation";
  const Demand radiation = build_demand(world, params);
  test::check_sound(world, radiation);
  CHECK(by_name(world, gravity) != by_name(world, radiation));
  const auto a = by_mode(gravity), b = by_mode(radiation);
  for (std::size_t m = 0; m < n_modes; ++m) CHECK(a[m] == Approx(b[m]).epsilon(6e-3));
}

TEST_CASE("modes that the country totals cannot have are reported, not forced", "[demand][exact]") {
  DemandParams params = small_params();
  params.share_air = 0.3;
  params.share_land = 0.6;
  params.share_sea = 0.1;
  const world::World world = test::five_countries();
  const Demand demand = build_demand(world, params);
  test::check_sound(world, demand);
  CHECK(demand.scale_factors.back().margin == "largest remaining misfit of a country or mode");
  CHECK(demand.scale_factors.back().factor > 1.1);
}

TEST_CASE("a world without a sea leaves its share to the other modes", "[demand][exact]") {
  world::World world = test::five_countries();
  world.sea_lanes.clear();
  const auto mode = by_mode(build_demand(world, small_params()));
  CHECK(mode[2] == 0);
  CHECK(mode[0] == Approx(5e6 * 0.6 / 0.96).epsilon(3e-3));
}

TEST_CASE("a country that nothing reaches has no trips, and the others are not disturbed",
          "[demand][exact]") {
  world::World world = test::five_countries();
  world::Country lost = world.countries[4];
  lost.iso3 = "ZZZ";
  lost.lat = -60;  // out of reach of every airport
  lost.published_arrivals = 1e6;
  world.countries.push_back(lost);
  const Demand demand = build_demand(world, small_params());
  test::check_sound(world, demand);
  for (const PairDemand& p : demand.pairs) CHECK((p.origin != 5 && p.destination != 5));
}

TEST_CASE("worlds that cannot have trips are refused", "[demand][errors]") {
  world::World world = test::five_countries();
  world.air_legs.clear();
  world.borders.clear();
  world.sea_lanes.clear();
  CHECK_THROWS_WITH(build_demand(world, small_params()),
                    "demand: no link of any mode connects two countries of this world");
  world.countries.resize(1);
  CHECK_THROWS_WITH(build_demand(world, small_params()),
                    "demand: a world needs 2 to 65,535 countries, this one has 1");
  DemandParams params = small_params();
  params.min_pair_trips = 1e9;
  CHECK_THROWS_WITH(build_demand(test::five_countries(), params),
                    "demand: every pair of countries is below travel.demand.min_pair_trips");
}

}  // namespace
}  // namespace corridor::travel
