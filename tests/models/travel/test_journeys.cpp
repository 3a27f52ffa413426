// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>

#include <vector>

#include "models/travel/journeys.hpp"
#include "tests/support/day_listing.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::travel;

namespace {

struct Journey {
  std::uint64_t trip;
  std::uint32_t option, pair;
  std::uint8_t purpose, party, mode, n_links, n_crossings, ticket, channel;
  std::uint16_t lead, nationality, nights;
  std::vector<std::uint32_t> links, posts;
  std::vector<int> departures, link_minutes, minutes;
  int end;
  bool operator==(const Journey&) const = default;
};

Journey row(const Batch& b, std::size_t i) {
  Journey j{b.trip[i],
            b.option[i],
            b.pair[i],
            b.purpose[i],
            b.party[i],
            b.mode[i],
            b.n_links[i],
            b.n_crossings[i],
            b.ticket[i],
            b.channel[i],
            b.lead_days[i],
            b.nationality[i],
            b.nights[i],
            {},
            {},
            {},
            {},
            {},
            b.end_minute[i]};
  for (std::size_t k = 0; k < b.n_links[i]; ++k) {
    j.links.push_back(b.link[k][i]);
    j.departures.push_back(b.departure[k][i]);
    j.link_minutes.push_back(b.link_minute[k][i]);
  }
  for (std::size_t k = 0; k < b.n_crossings[i]; ++k) {
    j.posts.push_back(b.post[k][i]);
    j.minutes.push_back(b.minute[k][i]);
  }
  return j;
}

std::vector<Journey> day_of(Way way, std::size_t batch_rows, sim::SimdPath path,
                            std::int32_t day = 40) {
  const auto& w = test::small_world();
  const test::AllGates gates(w.tables);
  sim::Workers workers(1);
  const Population population(w.tables, test::setting(), day, workers);
  const JourneyMaker maker(w.tables, w.stream_params, {}, {1, 0}, gates.sites(), path);
  std::vector<Journey> journeys;
  test::for_each_batch(population, way, maker, batch_rows, [&](const Batch& batch) {
    for (std::size_t i = 0; i < batch.n; ++i) journeys.push_back(row(batch, i));
  });
  return journeys;
}

}  // namespace

TEST_CASE("a journey is the same for every batch length and SIMD path", "[journeys][relation]") {
  for (const Way way : {Way::out, Way::back}) {
    const auto reference = day_of(way, Batch::capacity, sim::SimdPath::scalar);
    REQUIRE(reference.size() > 500);
    for (const std::size_t rows : {1U, 7U, 250U}) {
      CHECK(day_of(way, rows, sim::SimdPath::best) == reference);
    }
    CHECK(day_of(way, 333, sim::SimdPath::sse2) == reference);
  }
}

TEST_CASE("links join, go out from home and come back to it", "[journeys][exact]") {
  const auto& t = test::small_world().tables;
  for (const Way way : {Way::out, Way::back}) {
    for (const Journey& j : day_of(way, 1000, sim::SimdPath::best)) {
      if (j.mode == static_cast<std::uint8_t>(Mode::land)) {
        std::uint16_t country =
            way == Way::out ? t.pairs[j.pair].origin : t.pairs[j.pair].destination;
        for (const std::uint32_t border : j.links) {
          const bool a = t.border_ends[2 * border] == country;
          REQUIRE((a || t.border_ends[2 * border + 1] == country));
          country = t.border_ends[2 * border + (a ? 1 : 0)];
        }
        REQUIRE(country ==
                (way == Way::out ? t.pairs[j.pair].destination : t.pairs[j.pair].origin));
      } else {
        const OptionRow& option = t.options[j.option];
        for (std::size_t k = 0; k < j.links.size(); ++k) {
          if (k > 0) REQUIRE(t.legs[j.links[k - 1]].destination == t.legs[j.links[k]].origin);
          REQUIRE(j.departures[k] < t.legs[j.links[k]].n_departures);
        }
        const std::uint32_t start = t.legs[j.links.front()].origin;
        const std::uint32_t end = t.legs[j.links.back()].destination;
        const std::uint32_t home = t.legs[option.link[0]].origin;
        REQUIRE((way == Way::out ? start : end) == home);
      }
    }
  }
}

TEST_CASE("times run forward, connections are kept, and crossings fall within the horizon",
          "[journeys][exact]") {
  const auto& w = test::small_world();
  const auto& t = w.tables;
  for (const Way way : {Way::out, Way::back}) {
    for (const Journey& j : day_of(way, 1000, sim::SimdPath::best)) {
      const int latest =
          1440 * std::min<int>(horizon_days, way == Way::out ? j.nights : horizon_days);
      for (std::size_t k = 0; k < j.minutes.size(); ++k) {
        REQUIRE(j.minutes[k] >= 0);
        if (k > 0) REQUIRE(j.minutes[k] >= j.minutes[k - 1]);
        REQUIRE(j.minutes[k] < latest);
      }
      if (way == Way::out) {  // who turns back is there
        REQUIRE(j.end >= 0);
        REQUIRE(j.end < latest);
      }
      if (j.mode == static_cast<std::uint8_t>(Mode::land)) continue;
      for (std::size_t k = 0; k < j.links.size(); ++k) {
        const LegRow& leg = t.legs[j.links[k]];
        REQUIRE(j.link_minutes[k] % 1440 ==
                t.departures[leg.first_departure + static_cast<std::uint32_t>(j.departures[k])]);
        if (k == 0) continue;
        const int arrived = j.link_minutes[k - 1] + t.legs[j.links[k - 1]].minutes;
        REQUIRE(j.link_minutes[k] >=
                arrived + static_cast<int>(w.stream_params.connection_minutes));
        REQUIRE(j.link_minutes[k] <
                arrived + static_cast<int>(w.stream_params.connection_minutes) + 1440);
      }
    }
  }
}

TEST_CASE("open borders and airside transfers pass no post; all others exactly two by air or sea",
          "[journeys][exact]") {
  const auto& t = test::small_world().tables;
  std::size_t open = 0, checked = 0, transit = 0;
  for (const Journey& j : day_of(Way::out, 1000, sim::SimdPath::best)) {
    if (j.mode == static_cast<std::uint8_t>(Mode::land)) continue;
    const OptionRow& option = t.options[j.option];
    if (option.home_gate == world::none) {
      CHECK(j.posts.empty());
      ++open;
    } else {
      REQUIRE(j.posts ==
              std::vector<std::uint32_t>{100 * option.home_gate, 100 * option.away_gate + 1});
      ++checked;
      if (option.n_links > 1 && option.exit_link == 0 && option.entry_link == option.n_links - 1)
        ++transit;
    }
  }
  CHECK(open > 0);
  CHECK(checked > 0);
  CHECK(transit > 0);
}

TEST_CASE("destinations follow the demand", "[journeys][statistical]") {
  // Persons by pair over 60 days against the demand: units are Poisson, persons compound Poisson
  // with E[G^2]/E[G] below 3.2 (case B7), so the chi-square of persons over expected is at most 3.2
  // times that of counts.
  const auto& w = test::small_world();
  const test::AllGates gates(w.tables);
  const JourneyMaker maker(w.tables, w.stream_params, {}, {4, 0}, gates.sites(),
                           sim::SimdPath::best);
  sim::Workers workers(1);
  std::vector<double> units(w.tables.pairs.size(), 0), expected(w.tables.pairs.size(), 0);
  const auto setting = test::setting(4);
  Population population(w.tables, setting, 0, workers);
  for (int d = 0; d < 28; ++d, population.advance(workers)) {
    const DayShape shape = setting.calendar(d);
    for (std::uint32_t b = 0; b < w.tables.blocks.size(); ++b) {
      const BlockRow& block = w.tables.blocks[b];
      const double mean = expected_departures(w.tables, setting, b, shape);
      // A pair's share of its block is what the alias table holds.
      const double n = block.n_entries;
      for (std::uint32_t e = 0; e < block.n_entries; ++e) {
        const auto& alias = w.tables.entry_alias[block.first_entry + e];
        const double keep = alias.threshold == 0xffffffffU ? 1 : alias.threshold * 0x1p-32;
        expected[w.tables.entry_pair[block.first_entry + e]] += mean * keep / n;
        expected[w.tables.entry_pair[block.first_entry + alias.alias]] += mean * (1 - keep) / n;
      }
    }
    test::for_each_batch(population, Way::out, maker, Batch::capacity, [&](const Batch& batch) {
      for (std::size_t k = 0; k < batch.n; ++k) units[batch.pair[k]] += 1;
    });
  }
  const auto result = test::chi_square(units, expected);
  REQUIRE(result.degrees > 10);
  CHECK(result.statistic < test::chi_square_critical(result.degrees + 1, 1e-6));
}
