// SPDX-License-Identifier: Apache-2.0
/// \file test_identities.cpp  Who is where at midnight: counted person by person from the units'
/// own lists of trips, and expected by Little's law, beside what the simulation tells.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/simulation/person_at_post.hpp"
#include "models/simulation/simulation.hpp"
#include "models/travel/units.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/small_world.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

constexpr std::int32_t days = 10;
/// Before that, some who set out before day 0 may still be on the road.
constexpr std::int32_t first = travel::horizon_days;

struct Midnight {                                      ///< at the end of a day
  std::int64_t home = 0, on_the_road = 0, abroad = 0;  ///< units
  std::int64_t persons_on_the_road = 0, persons_abroad = 0;
};

struct Listed {
  std::int64_t units = 0, in_two_places = 0;
  std::array<Midnight, days> midnight{};
  std::array<std::int64_t, days> travelling{};  ///< persons under way at some time of the day
};

/// Every unit of one pool and year, each by its own list of trips.
void list_pool(const StreamContext& context, const travel::PoolYear& pool, travel::Batch& single,
               Listed& listed) {
  std::uint64_t trips_of_all = 0;
  for (std::uint64_t slot = 0; slot < pool.n_slots(); ++slot) {
    const travel::UnitId unit = pool.unit_of(pool.trip_of(slot));
    const auto trips = pool.trips_of(unit);
    if (pool.slot_of(trips.front()) != slot) continue;  // met before
    trips_of_all += trips.size();
    ++listed.units;
    std::array<int, days> away{};
    for (const travel::TripId& trip : trips) {
      const std::int32_t back = trip.day + static_cast<std::int32_t>(trip.nights);
      if (back < 0 || trip.day >= days) continue;
      make_single(context, single, travel::pack(trip), travel::Way::out, {});
      const std::int32_t there = trip.day + single.end_minute[0] / 1440;  // day of arrival
      for (std::int32_t d = 0; d < days; ++d) {
        if (d == trip.day || d == back || (d > trip.day && d <= there))
          listed.travelling[static_cast<std::size_t>(d)] += single.party[0];
        if (d < trip.day || d >= back) continue;
        ++away[static_cast<std::size_t>(d)];
        Midnight& m = listed.midnight[static_cast<std::size_t>(d)];
        (d < there ? m.on_the_road : m.abroad) += 1;
        (d < there ? m.persons_on_the_road : m.persons_abroad) += single.party[0];
      }
    }
    for (std::size_t d = 0; d < days; ++d) {
      if (away[d] > 1) ++listed.in_two_places;
      listed.midnight[d].home += away[d] == 0 ? 1 : 0;
    }
  }
  REQUIRE(trips_of_all == pool.n_slots());  // every trip is of one unit
}

}  // namespace

TEST_CASE("population = at home + on the road + abroad at every midnight (case M1)",
          "[simulation][exact]") {
  // Nobody is refused, so nobody comes home early. The model detains nobody. Units of the year
  // before are told apart from this year's, and some are still away.
  const auto s = test::small_scenario({"control.documents.irregular=0"});
  const Setup& setup = test::small_setup(s);
  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  const StreamParts parts(s, setup, key);
  const StreamContext& context = parts.context;
  const travel::PopulationSetting setting{key, 1, s.stream.weekday_spread,
                                          calendar_view(s.calendar())};
  const auto single = std::make_unique<travel::Batch>();
  Listed listed;
  for (std::uint32_t pool = 0; pool < setup.travel.n_pools(); ++pool) {
    for (const std::int32_t year : {-1, 0})
      list_pool(context, {setup.travel, s.stream, setting, pool, year}, *single, listed);
  }
  CHECK(listed.units > 1'000'000);
  CHECK(listed.in_two_places == 0);

  Simulation simulation(s, setup, 0);
  for (std::int32_t d = 0; d < days; ++d) {
    CAPTURE(d);
    const DayCounts c = simulation.step(d).counts;
    const Midnight& m = listed.midnight[static_cast<std::size_t>(d)];
    CHECK(m.home + m.on_the_road + m.abroad == listed.units);
    REQUIRE(c.trips_refused == 0);
    // The simulation counts nobody one by one: it adds up days.
    CHECK(c.trips_in_progress == m.persons_on_the_road + m.persons_abroad);
    if (d < first) continue;
    CHECK(m.on_the_road > 0);
    CHECK(c.persons_abroad == m.persons_abroad);
    CHECK(c.travelling == listed.travelling[static_cast<std::size_t>(d)]);
  }
}

namespace {

/// Moments of the person-days abroad or on the way there over the midnights of days [0, length),
/// from the tables that the stream draws from.
///
/// Trips of a block and day are N ~ Poisson(lambda), spread over nights by systematic rounding; a
/// trip with n nights counts at w of these midnights, times its party G. With S the sum of w:
///
///     E = E[G] lambda E[w],   Var <= E[G]^2 (lambda E[w]^2 + P(N > 0) R^2 / 4) + Var[G] lambda
///     E[w^2]
///
/// R is the range of w: given N, a larger uniform moves trips to shorter stays one by one, at most
/// one over each boundary, so S falls by R at most, and what lies within R has a variance of at
/// most R^2 / 4.
struct PersonDays {
  double mean = 0, variance = 0;
};

struct Party {
  double mean = 1, square = 1;  ///< E[G], E[G^2]
};

/// Parties as they are drawn, by cuts of 2^16. \pre all purposes have the same
Party drawn_party(const travel::TravelTables& t) {
  Party party{0, 0};
  double below = 0;
  for (std::size_t g = 0; g < travel::max_party; ++g) {
    const double upto = g + 1 < travel::max_party ? t.party_cut[g] / 65536.0 : 1;
    const auto persons = static_cast<double>(g + 1);
    party.mean += persons * (upto - below);
    party.square += persons * persons * (upto - below);
    below = upto;
  }
  return party;
}

PersonDays person_days(const travel::TravelTables& t, const Party& party, std::int32_t length) {
  const travel::PopulationSetting setting{{1, 0}, 1, 0, test::calendar_2019()};
  PersonDays sum;
  for (std::uint32_t b = 0; b < t.blocks.size(); ++b) {
    const travel::BlockRow& block = t.blocks[b];
    const travel::Band& band = travel::bands[block.band];
    for (std::int32_t day = 1 - static_cast<std::int32_t>(band.longest()); day < length; ++day) {
      double m1 = 0, m2 = 0, least = 1e9, most = 0;
      for (std::uint32_t k = 0; k < band.n_values; ++k) {
        const double low = t.night_cut[block.first_night + k] * 0x1p-32;
        const double high =
            k + 1U < band.n_values ? t.night_cut[block.first_night + k + 1] * 0x1p-32 : 1;
        if (!(high > low)) continue;
        const auto back = day + static_cast<std::int32_t>(band.night(k));
        const double w = std::max(0, std::min(back, length) - std::max(day, 0));
        m1 += (high - low) * w;
        m2 += (high - low) * w * w;
        least = std::min(least, w);
        most = std::max(most, w);
      }
      const double lambda = travel::expected_departures(t, setting, b, setting.calendar(day));
      const double range = most - least;
      const double square = party.mean * party.mean;
      sum.mean += party.mean * lambda * m1;
      sum.variance += square * (lambda * m1 * m1 + (1 - std::exp(-lambda)) * range * range / 4) +
                      (party.square - square) * lambda * m2;
    }
  }
  return sum;
}

/// The same party for every purpose and every day alike, so that Little's law has one rate and one
/// mean stay.
const std::vector<std::string> steady{"travel.season.strength=0", "travel.season.weekday_spread=0",
                                      "travel.party.leisure=1.5", "travel.party.business=1.5",
                                      "travel.party.visit=1.5",   "travel.party.work=1.5",
                                      "travel.party.study=1.5"};

/// Stays of exactly this many nights, wherever one goes.
scenario::Scenario with_nights(scenario::Scenario s, double nights) {
  s.stream.nights_median_1000km = nights;
  s.stream.nights_distance_power = 0;
  s.stream.nights_sigma = 1e-3;  // half a night is 49 of these away from 10 nights
  s.stream.nights_factor_business = s.stream.nights_factor_visit = s.stream.nights_factor_work =
      s.stream.nights_factor_study = 1;
  return s;
}

}  // namespace

TEST_CASE("1.46 billion arrivals of 7 or 10 nights are 28 or 40 million abroad (case C5)",
          "[simulation][exact]") {
  // Little's law from the tables of a world with as many trips as the real one: nothing is drawn.
  // Everybody travels alone. The margins of the demand are met within 1e-6, so the rate is; cuts of
  // nights are of 2^32, and nothing else is rounded.
  for (const auto& [nights, abroad] : {std::pair{7.0, 28.0e6}, std::pair{10.0, 40.0e6}}) {
    auto set = steady;
    for (const char* purpose : {"leisure", "business", "visit", "work", "study"})
      set.push_back("travel.party." + std::string(purpose) + "=1");
    set.push_back("travel.demand.world_trips=1.46e9");
    const auto s = with_nights(test::small_scenario(set), nights);
    const world::World world = world::load_world(s.data_folder);
    const auto tables =
        travel::build_tables(world, travel::build_demand(world, s.demand), s.stream);
    const double mean = person_days(tables, {}, 365).mean / 365;
    double rate = 0;  // a day
    for (const travel::BlockRow& block : tables.blocks) rate += block.units_year / 365;
    CAPTURE(mean, rate);
    CHECK(std::abs(mean / (rate * nights) - 1) < 1e-9);
    CHECK(std::abs(mean / abroad - 1) < 1e-6);
  }
}

TEST_CASE("people abroad are arrivals times the mean stay, in a simulated year (case C5)",
          "[simulation][statistical]") {
  const auto mixed = test::small_scenario(steady);
  for (const auto& s : {mixed, with_nights(mixed, 7), with_nights(mixed, 10)}) {
    CAPTURE(s.stream.nights_median_1000km, s.stream.nights_sigma);
    const Setup& setup = test::small_setup(s);
    const PersonDays expected = person_days(setup.travel, drawn_party(setup.travel), 365);
    CAPTURE(expected.mean, expected.variance);
    if (s.stream.nights_sigma < 0.01) {  // 2 million trips a year
      CHECK(std::abs(expected.mean / (2e6 * s.stream.nights_median_1000km) - 1) < 1e-4);
    }
    Simulation simulation(s, setup, 0);
    double found = 0;
    for (std::int32_t d = 0; d < 365; ++d)
      found += static_cast<double>(simulation.step(d).counts.trips_in_progress);
    const double tolerance = 4 * std::sqrt(expected.variance);
    CHECK(std::abs(found - expected.mean) < tolerance);
    CHECK(tolerance < 0.01 * expected.mean);  // a stay that is a tenth of a night off is seen
  }
}
