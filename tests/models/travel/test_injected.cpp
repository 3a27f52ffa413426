// SPDX-License-Identifier: Apache-2.0
#include "models/travel/injected.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>

#include "models/travel/journeys.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::travel;

namespace {

/// The busiest pair of the small world.
std::uint32_t busy_pair(const TravelTables& t) {
  std::uint32_t best = 0;
  double most = 0;
  for (std::uint32_t p = 0; p < t.pairs.size(); ++p) {
    double weight = 0;
    for (std::uint32_t o = 0; o < t.pairs[p].n_options; ++o) {
      weight += t.option_weight[t.pairs[p].first_option + o];
    }
    if (weight > most) {
      most = weight;
      best = p;
    }
  }
  return best;
}

PlannedJourney plan_for(const PairRow& pair, std::uint64_t person) {
  PlannedJourney plan;
  plan.person = person;
  plan.day = 5;
  plan.origin = pair.origin;
  plan.destination = pair.destination;
  plan.nationality = 3;
  return plan;
}

std::unique_ptr<Batch> batch_of(std::span<const InjectedTrip> trips, const JourneyMaker& maker) {
  auto batch = std::make_unique<Batch>();
  batch->day = 5;
  batch->planned = trips;
  for (const InjectedTrip& trip : trips) {
    batch->trip[batch->n] = trip.trip;
    batch->departure_day[batch->n] = trip.departure_day;
    batch->block[batch->n] = trip.block;
    batch->nights[batch->n] = trip.nights;
    batch->threat[batch->n] = trip.threat;
    ++batch->n;
  }
  maker.make(*batch);
  return batch;
}

}  // namespace

TEST_CASE("an injected id says who travels on which ticket", "[travel][property]") {
  CHECK(rc::check([] {
    const InjectedId id{static_cast<Actor>(*rc::gen::inRange(1, 4)),
                        *rc::gen::inRange<std::uint64_t>(0, max_injected_person),
                        static_cast<std::uint16_t>(*rc::gen::inRange(0, 256))};
    RC_ASSERT(is_injected(pack(id)));
    RC_ASSERT(((pack(id) >> 62) & 1) == 0);
    RC_ASSERT(unpack_injected(pack(id)) == id);
  }));
}

TEST_CASE("an injected trip takes the pair's itineraries as often as others do",
          "[travel][statistical]") {
  const test::SmallWorld& w = test::small_world();
  const TravelTables& t = w.tables;
  const PairIndex index(t);
  const test::AllGates gates(t);
  const JourneyMaker maker(t, w.stream_params, {}, {7, 0}, gates.sites(), sim::SimdPath::scalar);
  const std::uint32_t p = busy_pair(t);
  const PairRow& pair = t.pairs[p];
  REQUIRE(index.find(pair.origin, pair.destination) == p);

  constexpr std::size_t n = 1024, rounds = 20;
  std::vector<double> seen(pair.n_options);
  for (std::size_t r = 0; r < rounds; ++r) {
    std::vector<InjectedTrip> trips;
    for (std::size_t i = 0; i < n; ++i) {
      trips.push_back(index.make_trip(plan_for(pair, r * n + i), 0).value());
    }
    const auto batch = batch_of(trips, maker);
    for (std::size_t i = 0; i < n; ++i) {
      seen[batch->option[i] - pair.first_option] += 1;
      REQUIRE(batch->pair[i] == p);
      REQUIRE(batch->nationality[i] == 3);
      REQUIRE(batch->party[i] == 1);
      REQUIRE(batch->nights[i] >= 1);  // what the booking of one who stays shows
    }
  }
  double total = 0;
  for (std::uint32_t o = 0; o < pair.n_options; ++o) {
    total += t.option_weight[pair.first_option + o];
  }
  // Each count is binomial: 4.5 standard deviations, some hundred options at most.
  for (std::uint32_t o = 0; o < pair.n_options; ++o) {
    const double share = t.option_weight[pair.first_option + o] / total;
    const double mean = share * n * rounds;
    CHECK(std::abs(seen[o] - mean) <= 4.5 * std::sqrt(mean * (1 - share)) + 1);
  }
}

TEST_CASE("a mode that is asked for is the mode that is taken, or there is no trip",
          "[travel][exact]") {
  const test::SmallWorld& w = test::small_world();
  const TravelTables& t = w.tables;
  const PairIndex index(t);
  const test::AllGates gates(t);
  const JourneyMaker maker(t, w.stream_params, {}, {7, 0}, gates.sites(), sim::SimdPath::scalar);
  std::size_t with = 0, without = 0;
  for (std::uint32_t p = 0; p < t.pairs.size(); ++p) {
    const PairRow& pair = t.pairs[p];
    for (std::uint8_t mode = 0; mode < n_modes; ++mode) {
      bool has = false;
      for (std::uint32_t o = 0; o < pair.n_options; ++o) {
        has = has || t.options[pair.first_option + o].mode == mode;
      }
      PlannedJourney plan = plan_for(pair, p);
      plan.mode = mode;
      const auto trip = index.make_trip(plan, 5);
      REQUIRE(trip.has_value() == has);
      if (!trip) {
        ++without;
        continue;
      }
      ++with;
      const auto batch = batch_of(std::span(&*trip, 1), maker);
      REQUIRE(batch->mode[0] == mode);
      REQUIRE(t.options[batch->option[0]].mode == mode);
      REQUIRE(batch->option[0] >= pair.first_option);
      REQUIRE(batch->option[0] < pair.first_option + pair.n_options);
    }
  }
  CHECK(with > 0);
  CHECK(without > 0);
}

TEST_CASE("nobody can be sent where nobody travels", "[travel][exact]") {
  const TravelTables& t = test::small_world().tables;
  const PairIndex index(t);
  PlannedJourney plan = plan_for({0, 0, 2, 2, 0}, 1);
  CHECK_FALSE(index.has_route(2, 2));
  CHECK_FALSE(index.make_trip(plan, 0).has_value());
  plan.party = 9;
  CHECK_THROWS_AS(index.make_trip(plan, 0), std::invalid_argument);
}
