// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <rapidcheck.h>
#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/rare_set.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;

namespace {

sim::RareSet set_of(std::uint64_t n, double p, std::uint64_t id = 0, std::uint32_t seed = 1) {
  return {{seed, 0}, sim::Purpose::person_of_interest, id, 0, n, p};
}

}  // namespace

TEST_CASE("asking about one gives what listing gives", "[rare_set][property]") {
  CHECK(rc::check("contains(i) == listed", [] {
    const auto n = *rc::gen::inRange<std::uint64_t>(0, 2000);
    const double p = *rc::gen::element(0.0, 1e-3, 0.02, 0.3, 0.5, 0.51, 0.97, 0.9999, 1.0);
    const sim::RareSet set = set_of(n, p, *rc::gen::inRange<std::uint64_t>(0, 1U << 20));
    const std::vector<std::uint64_t> members = set.members();
    RC_ASSERT(std::is_sorted(members.begin(), members.end()));
    for (std::uint64_t i = 0; i < n + 70; ++i) {
      RC_ASSERT(set.contains(i) == std::binary_search(members.begin(), members.end(), i));
    }
  }));
}

TEST_CASE("none are chosen with p = 0 and all with p = 1", "[rare_set][exact]") {
  CHECK(set_of(1000, 0).members().empty());
  CHECK(set_of(1000, 1).members().size() == 1000);
}

TEST_CASE("a larger p only adds members", "[rare_set][relation]") {
  std::vector<std::uint64_t> before;
  for (const double p : {0.0, 1e-4, 0.01, 0.2, 0.5, 0.6, 0.99, 1.0}) {
    const std::vector<std::uint64_t> now = set_of(5000, p).members();
    CHECK(std::includes(now.begin(), now.end(), before.begin(), before.end()));
    CHECK((p < 0.01 || now.size() > before.size()));
    before = now;
  }
}

TEST_CASE("the number in a window is binomial and every place alike", "[rare_set][statistical]") {
  // 20,000 windows of 64 each; chi-square with a false alarm in one of 10^6 seeds. A p that is 3 %
  // off shifts the mean of 256,000 members by 7,680, 17 deviations: the counts would show it.
  constexpr std::uint64_t windows = 20'000;
  const double p = GENERATE(0.2, 0.8);
  const std::vector<std::uint64_t> members = set_of(64 * windows, p).members();
  std::vector<double> of_window(windows, 0), of_place(64, 0);
  for (const std::uint64_t i : members) {
    of_window[i / 64] += 1;
    of_place[i % 64] += 1;
  }
  const double each = static_cast<double>(windows) * p;
  const test::ChiSquare places =
      test::chi_square(of_place, std::vector<double>(64, static_cast<double>(members.size()) / 64));
  CHECK(places.statistic < test::chi_square_critical(63, 1e-6));
  CHECK(std::abs(static_cast<double>(members.size()) - 64 * each) <
        64.0 * static_cast<double>(windows) * test::binomial_halfwidth(p, 64 * windows, 1e-9));

  std::vector<double> counts(65, 0), expected(65, 0);
  for (const double k : of_window) counts[static_cast<std::size_t>(k)] += 1;
  double term = static_cast<double>(windows) * std::pow(1 - p, 64);
  for (std::size_t k = 0; k <= 64; ++k) {
    expected[k] = term;
    term *= static_cast<double>(64 - k) / static_cast<double>(k + 1) * p / (1 - p);
  }
  // Values of K that are expected less than ten times are put together with their neighbours.
  std::vector<double> pooled, pooled_expected;
  double c = 0, e = 0;
  for (std::size_t k = 0; k <= 64; ++k) {
    c += counts[k];
    e += expected[k];
    if (e < 10) continue;
    pooled.push_back(c);
    pooled_expected.push_back(e);
    c = e = 0;
  }
  pooled.back() += c;
  pooled_expected.back() += e;
  CHECK(test::chi_square(pooled, pooled_expected).statistic <
        test::chi_square_critical(static_cast<double>(pooled.size() - 1), 1e-6));
}

TEST_CASE("a p that is no probability is refused", "[rare_set][exact]") {
  CHECK_THROWS_AS(set_of(10, -0.1), std::invalid_argument);
  CHECK_THROWS_AS(set_of(10, 1.5), std::invalid_argument);
  CHECK_THROWS_AS(set_of(10, std::nan("")), std::invalid_argument);
}
