// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/choice.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/fighters/perceived_risk.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::fighters;

namespace {

Utilities some() {
  Utilities u;
  u.fill(not_there);
  u[0] = -1;
  u[1] = -0.5;
  u[4] = 0;
  u[7] = -2;
  return u;
}

}  // namespace

TEST_CASE("options are taken in the proportions of a logit", "[fighters][statistical]") {
  // 40,000 decisions, chi-square of four cells at alpha 1e-6 (3 degrees: 30.7). A rationality that
  // is off by 5 % gives about 45.
  const Utilities u = some();
  for (const double rationality : {0.0, 1.5}) {
    std::vector<double> counts(4, 0.0), expected;
    const std::vector<std::size_t> there{0, 1, 4, 7};
    const std::size_t n = 40'000;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t k = best_option(u, rationality, choice_noise({3, 0}, i, 5));
      for (std::size_t j = 0; j < 4; ++j) counts[j] += there[j] == k ? 1 : 0;
    }
    double sum = 0;
    for (const std::size_t k : there) sum += std::exp(rationality * u[k]);
    for (const std::size_t k : there)
      expected.push_back(static_cast<double>(n) * std::exp(rationality * u[k]) / sum);
    const auto chi = test::chi_square(counts, expected);
    CHECK(chi.degrees == 3);
    CHECK(chi.statistic < test::chi_square_critical(3, 1e-6));
  }
}

TEST_CASE("what worsens one option moves only those who had taken it", "[fighters][property]") {
  std::size_t moved = 0;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const Utilities noise = choice_noise({4, 0}, i, 0);
    Utilities worse = some();
    worse[4] -= 1.5;
    const std::size_t before = best_option(some(), 1, noise), after = best_option(worse, 1, noise);
    if (before != 4) CHECK(after == before);
    moved += before != after ? 1 : 0;
    CHECK(best_option(worse, 0, noise) == best_option(some(), 0, noise));  // nobody weighs anything
  }
  CHECK(moved > 0);
}

TEST_CASE("utility counts money, fear and policy; reliefs lower the fear alone",
          "[fighters][exact]") {
  FightersParams p;
  p.risk_aversion = 10;
  p.broken_relief = 0.5;
  p.document_relief = 0.25;
  CHECK(utility(p, {2000, 0.4, 1}, false, false) == -(2 + 4 + 1));
  CHECK(utility(p, {2000, 0.4, 1}, true, false) == -(2 + 2 + 1));
  CHECK(utility(p, {2000, 0.4, 1}, true, true) == Approx(-(2 + 1.5 + 1)).epsilon(1e-15));
  const Option o = option_of(option(3, true, false));
  CHECK(o.gateway == 3);
  CHECK(o.broken);
  CHECK_FALSE(o.document);
  CHECK(option(most_gateways - 1, true, true) == first_round - 1);
  CHECK_FALSE(option_of(first_round - 1).round);
  CHECK(option_of(first_round).round);
  CHECK(option_of(n_options - 1).gateway == most_gateways - 1);
  CHECK(takes_offer(1, 100, 100, 0.4999));
  CHECK_FALSE(takes_offer(1, 100, 100, 0.5));
  CHECK_FALSE(takes_offer(20, 3000, 100, 1e-9));
}

TEST_CASE("beliefs rise with failures, and are forgotten exponentially", "[fighters][exact]") {
  CHECK(perceived(0, 0, 0.1, 10) == Approx(0.1).epsilon(1e-15));
  CHECK(perceived(10, 10, 0.1, 10) == Approx(0.55).epsilon(1e-15));
  CHECK(remembered(90, 90) == Approx(0.5).epsilon(1e-14));
  // Case J7: constant news x a day, kept by f: after t days (1 - f^t) / (1 - f) x of the limit.
  const double f = remembered(1, 30);
  double failed = 0, heard = 0;
  for (int t = 0; t < 60; ++t) {
    failed = failed * f + 0.2;
    heard = heard * f + 1;
  }
  CHECK(heard == Approx((1 - std::pow(f, 60)) / (1 - f)).epsilon(1e-12));
  CHECK(perceived(failed, heard, 0.9, 1e-9) == Approx(0.2).epsilon(1e-6));
  // And without news the way back: prior weight 10 against 75 % forgotten after two half lives.
  const double kept = remembered(60, 30);
  CHECK(perceived(4 * kept, 8 * kept, 0.1, 10) == Approx((1 + 1) / (10 + 2.0)).epsilon(1e-12));
}
