// SPDX-License-Identifier: Apache-2.0
#include "models/risk/logistic_fit.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/models/risk/keyed.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {

/// All 2^n patterns with `rows` rows each, of which hits are drawn at the model's rate.
FiredPatterns drawn(std::uint32_t seed, double intercept, const std::vector<double>& weights,
                    std::int64_t rows) {
  FiredPatterns p;
  p.n_rules = weights.size();
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << weights.size()); ++bits) {
    double eta = intercept;
    for (std::size_t j = 0; j < weights.size(); ++j) eta += (bits >> j & 1) != 0 ? weights[j] : 0;
    p.bits.push_back(bits);
    p.rows.push_back(rows);
    p.hits.push_back(test::keyed_binomial(seed, bits, rows, 1 / (1 + std::exp(-eta))));
  }
  return p;
}

/// Rows without and with the one rule.
FiredPatterns two_by_two(std::int64_t n0, std::int64_t x0, std::int64_t n1, std::int64_t x1) {
  return {1, {0, 1}, {n0, n1}, {x0, x1}};
}

/// Derivative of the likelihood by each weight, the intercept first.
std::vector<double> score(const FiredPatterns& p, const LogisticFit& f) {
  std::vector<double> g(p.n_rules + 1, 0);
  for (std::size_t i = 0; i < p.size(); ++i) {
    double eta = f.intercept;
    for (std::size_t j = 0; j < p.n_rules; ++j) eta += p.fires(i, j) ? f.coefficient[j] : 0;
    const double residual =
        static_cast<double>(p.hits[i]) - static_cast<double>(p.rows[i]) / (1 + std::exp(-eta));
    g[0] += residual;
    for (std::size_t j = 0; j < p.n_rules; ++j) g[j + 1] += p.fires(i, j) ? residual : 0;
  }
  return g;
}

LogisticOptions ridge(double lambda) {
  LogisticOptions o;
  o.ridge = lambda;
  return o;
}

}  // namespace

TEST_CASE("one rule without penalty gives the log odds ratio of its table", "[risk][exact]") {
  const FiredPatterns p = two_by_two(1000, 20, 200, 30);
  const double ratio = std::log(30.0 / 170) - std::log(20.0 / 980);
  for (const double lambda : {0.0, 1e-9}) {
    const LogisticFit f = fit_logistic(p, ridge(lambda));
    REQUIRE(f.converged);
    CHECK(f.intercept == Approx(std::log(20.0 / 980)).epsilon(1e-9));
    CHECK(f.coefficient[0] == Approx(ratio).epsilon(1e-9));
    // Woolf's error of a log odds ratio.
    CHECK(f.standard_error[0] ==
          Approx(std::sqrt(1.0 / 20 + 1.0 / 980 + 1.0 / 30 + 1.0 / 170)).epsilon(1e-7));
    CHECK(f.rows == 1200);
    CHECK(f.hits == 50);
    CHECK(f.log_likelihood > f.null_log_likelihood);
  }
  // With a penalty the score of the rule equals lambda times its weight, and the weight shrinks.
  const LogisticFit f = fit_logistic(p, ridge(5));
  CHECK(score(p, f)[1] == Approx(5 * f.coefficient[0]).epsilon(1e-7));
  CHECK(score(p, f)[0] == Approx(0).margin(1e-7));
  CHECK(f.coefficient[0] < ratio);
  CHECK(f.coefficient[0] > 0);
}

// 64 patterns of 4,000 rows. Each weight lies within 4 of its standard errors (6e-5 for each of 7),
// which are below 0.03 here: a weight wrong by 0.25 is seen.
TEST_CASE("known weights are recovered", "[risk][statistical]") {
  const std::vector<double> weights{0.8, -0.5, 0, 1.5, 0.3, -1};
  const FiredPatterns p = drawn(95, -3, weights, 4000);
  const LogisticFit f = fit_logistic(p);
  REQUIRE(f.converged);
  CHECK(f.iterations < 12);
  CHECK(std::abs(f.intercept + 3) < 4 * f.intercept_error);
  for (std::size_t j = 0; j < weights.size(); ++j) {
    CHECK(f.standard_error[j] < 0.03);
    CHECK(std::abs(f.coefficient[j] - weights[j]) < 4 * f.standard_error[j]);
    CHECK_FALSE(std::abs(f.coefficient[j] - weights[j] - 0.25) < 4 * f.standard_error[j]);
  }
  SECTION("and whole hundredths cost next to nothing") {
    const WholeScores w = whole_scores(f, p);
    CHECK_FALSE(w.clipped);
    CHECK(w.base == std::lround(100 * f.intercept));
    for (std::size_t j = 0; j < weights.size(); ++j) {
      CHECK(w.score[j] == std::lround(100 * f.coefficient[j]));
    }
    // At the optimum the loss is of second order: at most n p (7 * 0.005)^2 / 2.
    CHECK(f.log_likelihood - w.log_likelihood <
          0.5 * static_cast<double>(f.hits) * 0.035 * 0.035 + 1e-2);
    CHECK(f.log_likelihood > w.log_likelihood - 1e-2);
  }
}

TEST_CASE("perfect separation is finite with a penalty and named without", "[risk][exact]") {
  const FiredPatterns p = two_by_two(900, 0, 100, 100);
  const LogisticFit f = fit_logistic(p, ridge(1));
  REQUIRE(f.converged);
  CHECK_FALSE(f.separated);
  // 100 (1 - p1) = b: the penalty holds against the hits that are left unexplained.
  const double p1 = 1 / (1 + std::exp(-f.intercept - f.coefficient[0]));
  CHECK(100 * (1 - p1) == Approx(f.coefficient[0]).epsilon(1e-7));
  CHECK(f.coefficient[0] > 5);
  CHECK(f.coefficient[0] < 15);
  const LogisticFit free = fit_logistic(p, ridge(0));
  CHECK_FALSE(free.converged);
  CHECK(free.separated);
}

TEST_CASE("a fit needs rows of both kinds, and rules that differ", "[risk][exact]") {
  CHECK_THROWS_WITH(fit_logistic(two_by_two(10, 10, 5, 5)),
                    "cannot fit: 15 of 15 rows are hits; a fit needs rows of both kinds");
  CHECK_THROWS_WITH(fit_logistic(two_by_two(10, 0, 5, 0)),
                    "cannot fit: 0 of 15 rows are hits; a fit needs rows of both kinds");
  CHECK_THROWS_WITH(fit_logistic(FiredPatterns{1, {}, {}, {}}), "cannot fit: there are no rows");
  CHECK_THROWS_AS(fit_logistic(FiredPatterns{1, {}, {}, {}}), sim::UserError);
  // Two rules that always fire together.
  const FiredPatterns twins{2, {0, 3}, {100, 50}, {10, 20}};
  CHECK_THROWS_WITH(fit_logistic(twins, ridge(0)),
                    "cannot fit: some rules always fire together, never, or always, and cannot be "
                    "told apart; use a ridge above 0");
  const LogisticFit f = fit_logistic(twins, ridge(1e-3));
  CHECK(f.converged);
  CHECK(f.coefficient[0] == Approx(f.coefficient[1]));
  // A rule that never fires stays at 0.
  const LogisticFit never = fit_logistic(FiredPatterns{2, {0, 1}, {100, 50}, {10, 20}}, ridge(1));
  CHECK(never.coefficient[1] == 0);
  CHECK_THROWS_WITH(fit_logistic(twins, ridge(-1)), "a ridge must be finite and at least 0");
  CHECK_THROWS_WITH(fit_logistic(twins, ridge(std::nan(""))),
                    "a ridge must be finite and at least 0");
  LogisticOptions o;
  o.signs = {Sign::free};
  CHECK_THROWS_WITH(fit_logistic(twins, o), "signs must be as many as rules");
  o.signs = {Sign::positive, Sign::free};
  o.fixed = {-0.5, std::nullopt};
  CHECK_THROWS_WITH(fit_logistic(twins, o), "a fixed weight goes against its sign");
}

TEST_CASE("a weight that would change its sign is held at 0", "[risk][exact]") {
  // The rule exonerates in the data, but is meant to incriminate.
  const FiredPatterns p = two_by_two(1000, 100, 1000, 20);
  LogisticOptions o = ridge(0.1);
  CHECK(fit_logistic(p, o).coefficient[0] < -1);
  o.signs = {Sign::positive};
  const LogisticFit f = fit_logistic(p, o);
  REQUIRE(f.converged);
  CHECK(f.coefficient[0] == 0);
  CHECK(f.held[0]);
  CHECK(f.standard_error[0] == 0);
  CHECK(f.intercept == Approx(std::log(120.0 / 1880)).epsilon(1e-9));  // the base rate alone
  o.signs = {Sign::negative};
  CHECK_FALSE(fit_logistic(p, o).held[0]);
}

TEST_CASE("a fixed weight stays, and the others are fitted around it", "[risk][exact]") {
  // Two rules that never meet: fixing the second leaves the intercept to both others.
  const FiredPatterns p{2, {0, 1, 2}, {1000, 300, 300}, {30, 40, 60}};
  LogisticOptions o = ridge(0);
  const LogisticFit all = fit_logistic(p, o);
  o.fixed = {std::nullopt, all.coefficient[1]};
  const LogisticFit same = fit_logistic(p, o);
  CHECK(same.coefficient[1] == all.coefficient[1]);
  CHECK(same.coefficient[0] == Approx(all.coefficient[0]).epsilon(1e-8));
  CHECK(same.standard_error[1] == 0);
  CHECK_FALSE(same.held[1]);
  o.fixed = {std::nullopt, 0.25};
  const LogisticFit other = fit_logistic(p, o);
  CHECK(other.coefficient[1] == 0.25);
  CHECK(score(p, other)[0] == Approx(0).margin(1e-6));
  CHECK(score(p, other)[1] == Approx(0).margin(1e-6));
  CHECK(other.log_likelihood < all.log_likelihood);
}

TEST_CASE("every fit ends where the conditions of the optimum hold", "[risk][property]") {
  CHECK(rc::check("for any counts and signs", [] {
    const auto rules = *rc::gen::inRange<std::size_t>(1, 5);
    FiredPatterns p;
    p.n_rules = rules;
    for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << rules); ++bits) {
      p.bits.push_back(bits);
      p.rows.push_back(*rc::gen::inRange<std::int64_t>(1, 200));
      p.hits.push_back(*rc::gen::inRange<std::int64_t>(0, p.rows.back() + 1));
    }
    p.rows[0] += 2;  // rows of both kinds
    p.hits[0] += 1;
    LogisticOptions o = ridge(*rc::gen::element(0.01, 1.0, 20.0));
    for (std::size_t j = 0; j < rules; ++j) {
      o.signs.push_back(*rc::gen::element(Sign::negative, Sign::free, Sign::positive));
    }
    const LogisticFit f = fit_logistic(p, o);
    RC_ASSERT(f.converged);
    const std::vector<double> g = score(p, f);
    RC_ASSERT(std::abs(g[0]) < 1e-5);
    for (std::size_t j = 0; j < rules; ++j) {
      const double sign = static_cast<double>(o.signs[j]);
      const double gradient = g[j + 1] - o.ridge * f.coefficient[j];
      RC_ASSERT(sign * f.coefficient[j] >= 0);
      if (f.held[j]) {
        RC_ASSERT(f.coefficient[j] == 0);
        RC_ASSERT(sign * gradient < 1e-5);
      } else {
        RC_ASSERT(std::abs(gradient) < 1e-5);
      }
    }
  }));
}

TEST_CASE("row order and blocks do not change a bit of the fit", "[risk][relation]") {
  const FiredPatterns p = drawn(96, -2, {0.7, -0.4, 1.1, 0.2}, 500);
  const LogisticFit whole = fit_logistic(p);
  // The same rows counted as two halves of each pattern, added up.
  FiredPatterns a = p, b = p;
  for (std::size_t i = 0; i < p.size(); ++i) {
    a.rows[i] = 211;
    a.hits[i] = std::min<std::int64_t>(p.hits[i], 100);
    b.rows[i] = p.rows[i] - a.rows[i];
    b.hits[i] = p.hits[i] - a.hits[i];
  }
  const LogisticFit parts = fit_logistic(merged(b, a));
  CHECK(parts.intercept == whole.intercept);
  CHECK(parts.coefficient == whole.coefficient);
  CHECK(parts.log_likelihood == whole.log_likelihood);
}

TEST_CASE("forty rules over a million rows are fitted, all incriminating ones kept so",
          "[risk][statistical]") {
  // 20,000 random patterns of forty rules, 50 rows each; weights +-0.5, fitted with the signs of
  // +0.5: the rules of -0.5 must end held at 0, the others above 0 (0.5 is over ten errors).
  FiredPatterns p;
  p.n_rules = 40;
  std::vector<std::uint64_t> patterns;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const auto block = sim::draw({97, 0}, sim::Purpose::sample, i, 0);
    patterns.push_back(sim::bits64(block[0], block[1]) & sim::bits64(block[2], block[3]) &
                       ((std::uint64_t{1} << 40) - 1));
  }
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  for (const std::uint64_t bits : patterns) {
    double eta = -2;
    for (std::size_t j = 0; j < 40; ++j) {
      if ((bits >> j & 1) != 0) eta += j % 4 == 0 ? -0.5 : 0.5;
    }
    p.bits.push_back(bits);
    p.rows.push_back(50);
    p.hits.push_back(test::keyed_binomial(98, p.size(), 50, 1 / (1 + std::exp(-eta))));
  }
  LogisticOptions o;
  o.signs.assign(40, Sign::positive);
  const LogisticFit f = fit_logistic(p, o);
  REQUIRE(f.converged);
  for (std::size_t j = 0; j < 40; ++j) {
    CHECK(f.held[j] == (j % 4 == 0));
    CHECK((f.coefficient[j] > 0) == (j % 4 != 0));
  }
}
