// SPDX-License-Identifier: Apache-2.0
/// \file test_recovery.cpp  Fragmentation and recovery emerge: half a year of eightfold effort on
/// all ways cuts what is delivered; after it as much arrives as ever, over more ways, which become
/// few again as fear is forgotten. Frozen organisations keep their ways.
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <tuple>
#include <vector>

#include "models/trafficking/reduced.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/trafficking_actors.hpp"

using namespace corridor;
using corridor::test::Mean;
using corridor::test::mean_of;
using namespace corridor::trafficking;

namespace {

constexpr std::size_t first_of_shock = 16, last_of_shock = 21;

struct Months {
  double delivered = 0;  ///< grams of cocaine
  double ways = 0;       ///< used in a month, mean
};

/// Months [from, to).
Months months_of(const ReducedResult& r, std::size_t from, std::size_t to) {
  Months out;
  out.delivered =
      static_cast<double>(r.goods[to - 1][0].delivered - r.goods[from - 1][0].delivered);
  for (std::size_t m = from; m < to; ++m) {
    std::set<std::tuple<std::uint16_t, std::uint16_t, CargoMode>> ways;
    for (const FlowRow& f : r.months[m].flows)
      if (f.substance == 0 && f.sent > 0) ways.insert({f.origin, f.destination, f.mode});
    out.ways += static_cast<double>(ways.size()) / static_cast<double>(to - from);
  }
  return out;
}

/// With the shock less without, by replicate.
struct Differences {
  std::vector<double> delivered_in, delivered_after;  ///< shares of what is delivered without
  std::vector<double> ways_after, ways_later;
};

Differences differences(bool adaptation) {
  TraffickingParams p;
  p.adaptation = adaptation;
  const auto tables = test::small_tables(p);
  Differences d;
  for (std::uint32_t replicate = 0; replicate < 64; ++replicate) {
    FakeBorder calm, shaken;
    BorderShock shock;
    shock.from_month = first_of_shock;
    shock.to_month = last_of_shock + 1;
    shock.factor = 8;
    shaken.shocks.push_back(shock);
    const sim::RunKey key{4001, replicate};
    const ReducedResult without = run_reduced(tables, calm, key, {2019, 1, 1}, 60);
    const ReducedResult with = run_reduced(tables, shaken, key, {2019, 1, 1}, 60);
    const auto share = [&](std::size_t from, std::size_t to) {
      return months_of(with, from, to).delivered / months_of(without, from, to).delivered;
    };
    const auto ways = [&](std::size_t from, std::size_t to) {
      return months_of(with, from, to).ways - months_of(without, from, to).ways;
    };
    d.delivered_in.push_back(share(first_of_shock, last_of_shock + 1));
    d.delivered_after.push_back(share(24, 36));
    d.ways_after.push_back(ways(24, 32));
    d.ways_later.push_back(ways(48, 60));
  }
  return d;
}

}  // namespace

TEST_CASE("after a shock as much is delivered as ever, over more ways, and later over few again",
          "[trafficking][reduced][statistical]") {
  // 64 pairs of runs; a sign is claimed at 4 standard errors (63 degrees of freedom: a false alarm
  // in 10,000, one-sided), equality where 4 of them, or a twentieth, hold it.
  const Differences adaptive = differences(true);
  CHECK(mean_of(adaptive.delivered_in).value + 4 * mean_of(adaptive.delivered_in).error < 1);
  const Mean back = mean_of(adaptive.delivered_after);
  INFO("delivered after: " << back.value << " +- " << back.error);
  CHECK(std::abs(back.value - 1) < std::max(4 * back.error, 0.05));
  const Mean more = mean_of(adaptive.ways_after), later = mean_of(adaptive.ways_later);
  INFO("ways more after: " << more.value << " +- " << more.error << ", later " << later.value
                           << " +- " << later.error);
  CHECK(more.value > 4 * more.error);
  CHECK(later.value < more.value / 2);

  // Without adaptation the shock takes its share and nothing else changes.
  const Differences frozen = differences(false);
  CHECK(mean_of(frozen.delivered_in).value + 4 * mean_of(frozen.delivered_in).error < 1);
  const Mean none = mean_of(frozen.ways_after);
  INFO("ways more after, frozen: " << none.value << " +- " << none.error);
  // What was seized is missing for a while on the ways behind, no more.
  CHECK(std::abs(none.value) < more.value / 4);
}
