// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <rapidcheck.h>
#include <vector>

#include "sim/bijection.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;

TEST_CASE("a bijection hits every place once, for every small size", "[bijection][exact]") {
  for (std::uint64_t n = 1; n <= 300; ++n) {
    const sim::Bijection pi({1, 2, 3, static_cast<std::uint32_t>(n)}, n);
    std::vector<int> hits(n, 0);
    for (std::uint64_t x = 0; x < n; ++x) {
      const std::uint64_t y = pi.forward(x);
      REQUIRE(y < n);
      ++hits[y];
      REQUIRE(pi.backward(y) == x);
    }
    REQUIRE(std::count(hits.begin(), hits.end(), 1) == static_cast<std::ptrdiff_t>(n));
  }
}

TEST_CASE("forward and backward are inverse on large domains", "[bijection][property]") {
  CHECK(rc::check("backward(forward(x)) == x", [] {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, 1ULL << 40);
    const auto x = *rc::gen::inRange<std::uint64_t>(0, n);
    const auto word = *rc::gen::arbitrary<std::uint32_t>();
    const sim::Bijection pi({word, word * 3, 7, 9}, n);
    RC_ASSERT(pi.forward(x) < n);
    RC_ASSERT(pi.backward(pi.forward(x)) == x);
  }));
}

TEST_CASE("over keys, a place goes everywhere alike", "[bijection][statistical]") {
  // Place 3 of 17 under 34,000 keys: 16 degrees of freedom, one false alarm in 10^6 seeds.
  std::vector<double> counts(17, 0), expected(17, 2000);
  for (std::uint64_t k = 0; k < 34'000; ++k) {
    const sim::Bijection pi(sim::draw({1, 0}, sim::Purpose::unit_bijection, k, 0), 17);
    counts[pi.forward(3)] += 1;
  }
  CHECK(test::chi_square(counts, expected).statistic < test::chi_square_critical(16, 1e-6));
}

TEST_CASE("an empty domain is refused", "[bijection][exact]") {
  CHECK_THROWS_AS(sim::Bijection({}, 0), std::invalid_argument);
}
