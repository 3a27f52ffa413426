// SPDX-License-Identifier: Apache-2.0
#include "models/risk/fired_patterns.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "sim/random.hpp"

using namespace corridor;
using namespace corridor::risk;
using namespace corridor::risk::stats;

namespace {

using Truths = std::vector<std::uint8_t>;

/// Each rule fires on a third of the rows; the draw is keyed by (row, rule).
FiredMasks drawn_masks(std::size_t n_rows, std::size_t n_rules, std::size_t first_row = 0) {
  FiredMasks m;
  m.n_rows = n_rows;
  m.n_rules = n_rules;
  m.fired.assign(n_rules * m.words(), 0);
  for (std::size_t rule = 0; rule < n_rules; ++rule) {
    for (std::size_t row = 0; row < n_rows; ++row) {
      const auto index = static_cast<std::uint16_t>(rule);
      const bool fires =
          sim::draw({3, 0}, sim::Purpose::sample, first_row + row, 0, index)[0] % 3 == 0;
      m.fired[rule * m.words() + row / 64] |= std::uint64_t{fires} << (row % 64);
    }
  }
  return m;
}

Truths drawn_truth(std::size_t n, std::size_t first_row = 0) {
  Truths t(n);
  for (std::size_t i = 0; i < n; ++i) {
    t[i] = sim::draw({4, 0}, sim::Purpose::sample, first_row + i, 0)[0] % 5 == 0;
  }
  return t;
}

/// Row by row.
void check_counts(const FiredMasks& m, const Truths& t) {
  std::map<std::vector<bool>, std::pair<std::int64_t, std::int64_t>> counts;
  for (std::size_t row = 0; row < m.n_rows; ++row) {
    std::vector<bool> fired;
    for (std::size_t rule = 0; rule < m.n_rules; ++rule) fired.push_back(m.fires(rule, row));
    auto& [rows, hits] = counts[fired];
    ++rows;
    hits += t[row];
  }
  const FiredPatterns p = count_patterns(m, t);
  REQUIRE(p.size() == counts.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    std::vector<bool> fired;
    for (std::size_t rule = 0; rule < m.n_rules; ++rule) fired.push_back(p.fires(i, rule));
    const auto found = counts.find(fired);
    REQUIRE(found != counts.end());
    REQUIRE(p.rows[i] == found->second.first);
    REQUIRE(p.hits[i] == found->second.second);
  }
}

}  // namespace

TEST_CASE("patterns count the rows on which the same rules fired", "[risk][exact]") {
  check_counts(drawn_masks(0, 3), {});
  check_counts(drawn_masks(1, 1), drawn_truth(1));
  check_counts(drawn_masks(1000, 3), drawn_truth(1000));
  check_counts(drawn_masks(777, 64), drawn_truth(777));
  check_counts(drawn_masks(500, 130), drawn_truth(500));
  check_counts(drawn_masks(150'000, 5), drawn_truth(150'000));  // more than one chunk
}

TEST_CASE("counting in parts and adding up gives the same patterns", "[risk][relation]") {
  CHECK(rc::check("for any cut of the rows", [] {
    const auto n = *rc::gen::inRange<std::size_t>(0, 300);
    const auto cut = *rc::gen::inRange<std::size_t>(0, n + 1);
    const auto rules = *rc::gen::inRange<std::size_t>(1, 70);
    RC_ASSERT(count_patterns(drawn_masks(n, rules), drawn_truth(n)) ==
              merged(count_patterns(drawn_masks(cut, rules), drawn_truth(cut)),
                     count_patterns(drawn_masks(n - cut, rules, cut), drawn_truth(n - cut, cut))));
  }));
}

TEST_CASE("patterns refuse masks and truths that do not fit", "[risk][exact]") {
  CHECK_THROWS_WITH(count_patterns(drawn_masks(2, 1), Truths{1}),
                    "truth must have one entry a row");
  CHECK_THROWS_WITH(count_patterns(drawn_masks(1, 1), Truths{255}), "truth must be 0 or 1");
  FiredMasks m = drawn_masks(2, 1);
  m.fired.clear();
  CHECK_THROWS_WITH(count_patterns(m, Truths{0, 1}), "fired masks are incomplete");
  CHECK_THROWS_WITH(merged(FiredPatterns{}, count_patterns(drawn_masks(2, 1), Truths{0, 1})),
                    "patterns of the same rules are needed");
}
