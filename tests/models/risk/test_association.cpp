// SPDX-License-Identifier: Apache-2.0
#include "models/risk/association.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/models/risk/keyed.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {
using Counts = std::vector<Count>;
}

TEST_CASE("association of a two by two table has its closed forms", "[risk][exact]") {
  // 30 of 100 and 10 of 100: X2 = 200 (30*90 - 70*10)^2 / (100*100*40*160) = 12.5, V = 0.25.
  const Association a = association(Counts{{30, 100}, {10, 100}});
  REQUIRE(a.defined);
  CHECK(a.cramers_v.estimate == Approx(0.25));
  CHECK(a.auc.estimate == Approx(0.6));
  CHECK(a.strongest == 0);
  const double joint[] = {0.15, 0.35, 0.05, 0.45}, product[] = {0.1, 0.4, 0.1, 0.4};
  double information = 0;
  for (int i = 0; i < 4; ++i) information += joint[i] * std::log(joint[i] / product[i]);
  CHECK(a.mutual_information == Approx(information).epsilon(1e-12));
  CHECK(a.null_mean == Approx(1.0 / 400));
  CHECK(a.null_95 == Approx(3.841458820694126 / 400));
  CHECK(a.p_value < 0.001);
  CHECK(a.cramers_v.lower > 0.1);
  CHECK(a.cramers_v.upper < 0.4);
}

TEST_CASE("a perfect proxy has V = 1 and the attribute's own entropy; none has 0",
          "[risk][exact]") {
  const Association perfect = association(Counts{{400, 400}, {0, 600}});
  CHECK(perfect.cramers_v.estimate == Approx(1));
  CHECK(perfect.mutual_information == Approx(-0.4 * std::log(0.4) - 0.6 * std::log(0.6)));
  CHECK(perfect.auc.estimate == 1);
  const Association none = association(Counts{{10, 100}, {30, 300}, {0, 0}, {5, 50}});
  CHECK(none.mutual_information == Approx(0).margin(1e-15));
  CHECK(none.cramers_v.estimate == Approx(0).margin(1e-12));
  CHECK(none.cramers_v.lower == 0);
  CHECK(none.p_value == Approx(1));
  CHECK(none.null_mean == Approx(2.0 / 900));  // the empty value does not count
  for (const Counts& c : {Counts{{0, 10}, {0, 20}}, Counts{{10, 10}, {20, 20}}, Counts{{1, 10}},
                          Counts{{1, 10}, {0, 0}}, Counts{}}) {
    CHECK_FALSE(association(c).defined);
    CHECK(association(c).p_value == 1);
  }
  CHECK_THROWS_WITH(association(Counts{{3, 2}}), "a count must hold 0 <= x <= n");
  CHECK_THROWS_WITH(association(Counts{{1, 2}}, 1), "a confidence must be in (0, 1)");
}

// 3,000 tables of three values of 400, 300 and 300 people, rule hits 10 % whatever the value: mean
// of I is 2/2000 (2 % left to the asymptotic law; 4 s / sqrt(n) is 7 %) and 5 % of p-values lie
// below 0.05 (Chernoff at 1e-6: 0.022).
TEST_CASE("independence gives the null band of the mutual information", "[risk][statistical]") {
  constexpr std::size_t samples = 3000;
  std::vector<double> information;
  std::size_t small = 0;
  for (std::uint64_t s = 0; s < samples; ++s) {
    const Association a = association(Counts{{test::keyed_binomial(81, s, 400, 0.1), 400},
                                             {test::keyed_binomial(82, s, 300, 0.1), 300},
                                             {test::keyed_binomial(83, s, 300, 0.1), 300}});
    information.push_back(a.mutual_information);
    small += a.p_value < 0.05;
  }
  const auto m = test::moments(information);
  CHECK(std::abs(m.mean - 0.001) < 0.02 * 0.001 + m.tolerance());
  CHECK(std::abs(static_cast<double>(small) / samples - 0.05) <
        test::binomial_halfwidth(0.05, samples, 1e-6));
}

// Rates 0.16 and 0.08 among 500 and 500: V = 0.04 / sqrt(0.12 * 0.88) = 0.12309. The interval of V
// covers 95 % within 1 % and Chernoff's bound for 2,000 tables at 1e-6 (0.027).
TEST_CASE("the interval of Cramer's V covers what it says", "[risk][statistical]") {
  constexpr std::size_t samples = 2000;
  const double truth = 0.04 / std::sqrt(0.12 * 0.88);
  std::size_t covered = 0, covered_auc = 0, covered_wrong = 0;
  for (std::uint64_t s = 0; s < samples; ++s) {
    const Association a = association(Counts{{test::keyed_binomial(84, s, 500, 0.16), 500},
                                             {test::keyed_binomial(85, s, 500, 0.08), 500}});
    covered += a.cramers_v.contains(truth);
    covered_wrong += a.cramers_v.contains(1.4 * truth);
    // The stronger of two values is the first or, with the AUC mirrored, the second.
    covered_auc += a.auc.contains(a.strongest == 0 ? 0.54 : 0.46);
  }
  const double tolerance = 0.01 + test::binomial_halfwidth(0.95, samples, 1e-6);
  CHECK(std::abs(static_cast<double>(covered) / samples - 0.95) < tolerance);
  CHECK(std::abs(static_cast<double>(covered_auc) / samples - 0.95) < tolerance);
  CHECK_FALSE(std::abs(static_cast<double>(covered_wrong) / samples - 0.95) < tolerance);
}
