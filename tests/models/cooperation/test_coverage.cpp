// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/coverage.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <numeric>

#include "models/trafficking/logit.hpp"

using namespace corridor::cooperation;

namespace {

/// What an attacker who chooses by logit gains.
double expected_loss(std::span<const double> values, std::span<const double> coverage,
                     double rationality) {
  std::vector<double> gain;
  for (std::size_t t = 0; t < values.size(); ++t) gain.push_back(values[t] * (1 - coverage[t]));
  const std::vector<double> q = corridor::trafficking::logit_shares(gain, rationality);
  return std::inner_product(q.begin(), q.end(), gain.begin(), 0.0);
}

}  // namespace

TEST_CASE("zero-sum coverage of three and of four targets (case H1)", "[cooperation][exact]") {
  const std::vector<double> u{10, 6, 4};
  const std::vector<double> one = zero_sum_coverage(u, 1);
  CHECK(one[0] == Approx(0.6129032258).margin(1e-10));
  CHECK(one[1] == Approx(0.3548387097).margin(1e-10));
  CHECK(one[2] == Approx(0.0322580645).margin(1e-10));
  CHECK(attack_value(u, one) == Approx(3.8709677419).margin(1e-10));

  // A target of less than that value is left alone and changes nothing.
  const std::vector<double> more{10, 1, 6, 4};
  const std::vector<double> four = zero_sum_coverage(more, 1);
  CHECK(four[1] == 0);
  CHECK(four[0] == one[0]);
  CHECK(four[2] == one[1]);
  CHECK(four[3] == one[2]);

  const std::vector<double> two = zero_sum_coverage(u, 2);
  CHECK(two[0] == Approx(0.8064516129).margin(1e-10));
  CHECK(two[1] == Approx(0.6774193548).margin(1e-10));
  CHECK(two[2] == Approx(0.5161290323).margin(1e-10));
  CHECK(attack_value(u, two) == Approx(1.9354838710).margin(1e-10));

  const std::vector<double> equal{8, 8, 8, 8};
  for (const double c : zero_sum_coverage(equal, 1)) CHECK(c == Approx(0.25).margin(1e-15));
  CHECK(attack_value(equal, zero_sum_coverage(equal, 1)) == Approx(6).margin(1e-12));
}

TEST_CASE("against it a quantal responder gains the same whatever his rationality (case H2)",
          "[cooperation][exact]") {
  const std::vector<double> u{10, 6, 4};
  const std::vector<double> c = zero_sum_coverage(u, 1);
  for (const double rationality : {0.0, 0.25, 0.5, 1.0, 2.0, 50.0}) {
    CHECK(expected_loss(u, c, rationality) == Approx(3.8709677419).margin(1e-10));
  }
  const std::vector<double> uniform{1.0 / 3, 1.0 / 3, 1.0 / 3};
  const std::vector<std::pair<double, double>> known{{0, 4.4444444444},
                                                     {0.25, 5.1567345580},
                                                     {0.5, 5.7772263938},
                                                     {1, 6.4289832919},
                                                     {2, 6.6525233107}};
  for (const auto& [rationality, loss] : known) {
    CHECK(expected_loss(u, uniform, rationality) == Approx(loss).margin(1e-10));
  }
}

TEST_CASE("no rationality attacks all alike, all of it the best target (case H3)",
          "[cooperation][exact]") {
  const std::vector<double> u{10, 6, 4}, uniform{1.0 / 3, 1.0 / 3, 1.0 / 3};
  CHECK(expected_loss(u, uniform, 0) == Approx(40.0 / 9).margin(1e-10));
  CHECK(expected_loss(u, uniform, 1e6) == Approx(6.6666666667).margin(1e-10));
  CHECK(attack_value(u, uniform) == Approx(6.6666666667).margin(1e-10));
}

TEST_CASE("zero-sum coverage uses what there is, and no other coverage leaves less to attack",
          "[cooperation][property]") {
  rc::prop("random values, resources and rivals", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 9);
    std::vector<double> u, rival;
    for (std::size_t t = 0; t < n; ++t) {
      u.push_back(*rc::gen::inRange(0, 100));
      rival.push_back(*rc::gen::inRange(0, 1000));
    }
    const auto targets =
        static_cast<double>(std::count_if(u.begin(), u.end(), [](double v) { return v > 0; }));
    const double m = *rc::gen::inRange(0, 1000) / 100.0;
    const std::vector<double> c = zero_sum_coverage(u, m);
    for (const double x : c) RC_ASSERT(x >= 0 && x <= 1);
    const double used = std::accumulate(c.begin(), c.end(), 0.0);
    RC_ASSERT(std::abs(used - std::min(m, targets)) < 1e-9);
    std::vector<double> other = in_proportion(rival, m);
    for (double& x : other) x = std::min(x, 1.0);
    RC_ASSERT(attack_value(u, c) <= attack_value(u, other) + 1e-9);
    RC_ASSERT(attack_value(u, zero_sum_coverage(u, m + 1)) <= attack_value(u, c) + 1e-9);  // G7
  });
}

TEST_CASE("alignment is 1 for equal shares, 0 for nothing in common", "[cooperation][exact]") {
  const std::vector<double> a{1, 2, 0}, b{2, 4, 0}, c{0, 0, 5}, none{0, 0, 0};
  CHECK(alignment(a, b) == Approx(1).margin(1e-15));
  CHECK(alignment(a, c) == 0);
  CHECK(alignment(a, none) == 0);
}
