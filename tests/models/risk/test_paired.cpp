// SPDX-License-Identifier: Apache-2.0
#include "models/risk/paired.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/risk/keyed.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

TEST_CASE("the exact paired test is twice the smaller binomial tail", "[risk][exact]") {
  CHECK(exact_paired_p(0, 0) == 1);
  CHECK(exact_paired_p(3, 3) == 1);
  CHECK(exact_paired_p(0, 5) == Approx(2.0 / 32));
  CHECK(exact_paired_p(5, 0) == exact_paired_p(0, 5));
  CHECK(exact_paired_p(1, 7) == Approx(2.0 * (1 + 8) / 256));
  CHECK(exact_paired_p(0, 6) < 0.05);
  CHECK_THROWS_WITH(exact_paired_p(-1, 2), "exact_paired_p: a count is negative");
}

TEST_CASE("the paired difference is exact in its middle and turns with the sides",
          "[risk][exact]") {
  const Estimate e = paired_share_difference({36, 2, 12, 0});
  CHECK(e.estimate == Approx(0.2));
  CHECK(e.lower > 0);
  const Estimate turned = paired_share_difference({36, 12, 2, 0});
  CHECK(turned.lower == Approx(-e.upper));
  CHECK(turned.upper == Approx(-e.lower));
  CHECK(paired_share_difference({5, 0, 0, 10}).estimate == 0);
  CHECK_FALSE(paired_share_difference({}).defined);
}

// 2,000 samples of 200 people, half of what each selects shared: the true difference is 0.10. A 95
// % interval misses 5 %, give or take 4 sqrt(0.05 0.95 / 2000) = 0.0195, and the method itself is
// known to be off by up to one in a hundred: misses lie in (0.02, 0.08). An interval of the two
// shares as if they were of different people covers far more: it misses below 0.02 here.
TEST_CASE("the paired interval covers the difference and a plain one too often",
          "[risk][statistical]") {
  int missed = 0, plain = 0;
  for (std::uint32_t sample = 0; sample < 2000; ++sample) {
    PairedCount c;
    for (std::uint64_t i = 0; i < 200; ++i) {
      const double u = test::keyed_uniform(7, (std::uint64_t{sample} << 20) + i);
      ++(u < 0.3 ? c.both : u < 0.35 ? c.first_only : u < 0.5 ? c.second_only : c.neither);
    }
    missed += !paired_share_difference(c).contains(0.10);
    plain += !newcombe_difference({c.both + c.second_only, 200}, {c.both + c.first_only, 200})
                  .contains(0.10);
  }
  CHECK(missed > 40);
  CHECK(missed < 160);
  CHECK(plain < 40);
}
