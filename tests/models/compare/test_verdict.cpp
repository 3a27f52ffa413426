// SPDX-License-Identifier: Apache-2.0
#include "models/compare/verdict.hpp"

#include <catch2/catch.hpp>

#include "sim/random.hpp"

using namespace corridor;
using namespace corridor::compare;

namespace {

/// 40 sets of one number that runs from 0 to 1, one that is noise, and a variant.
ParameterSets forty() {
  ParameterSets sets;
  sets.factors = {{"fighters.flow", 1.0, {}},
                  {"risk.flag_rate", 1.0, {}},
                  {"fighters.mobilisation.process", std::string("hawkes"), {"hawkes", "poisson"}}};
  for (int k = 0; k < 40; ++k) {
    const double x = (k * 17 % 40) / 40.0, noise = (k * 7 % 40) / 40.0;
    sets.values.push_back({x, noise, std::string(k % 2 == 0 ? "hawkes" : "poisson")});
  }
  return sets;
}

double value(const ParameterSets& sets, std::size_t k, std::size_t factor) {
  return std::get<double>(sets.values[k][factor]);
}

}  // namespace

TEST_CASE("a difference that has one sign in all sets is more or less", "[compare][exact]") {
  const ParameterSets sets = forty();
  std::vector<double> d(40);
  for (std::size_t k = 0; k < 40; ++k) d[k] = 1 + value(sets, k, 1);
  const Headline more = headline(d, sets, 1, 4);
  CHECK(more.verdict == Verdict::more);
  CHECK(verdict_text(more) == "more");
  // Order statistics 2 and 39 of 1, 1.025, .., 1.975.
  CHECK(more.lower == Approx(1.025));
  CHECK(more.upper == Approx(1.95));
  CHECK(more.share_more.estimate == 1);
  for (double& x : d) x = -x;
  CHECK(headline(d, sets, 1, 4).verdict == Verdict::less);
  CHECK(headline(std::vector<double>(40, 0.0), sets, 1, 4).verdict == Verdict::same);
}

TEST_CASE("where one parameter turns the order, the verdict names it and where it turns",
          "[compare][exact]") {
  const ParameterSets sets = forty();
  std::vector<double> d(40);
  for (std::size_t k = 0; k < 40; ++k) d[k] = value(sets, k, 0) - 0.51;
  const Headline h = headline(d, sets, 1, 4);
  CHECK(h.verdict == Verdict::depends);
  REQUIRE(h.split);
  CHECK(h.split->path == "fighters.flow");
  CHECK(h.split->wrong == 0);
  CHECK(h.split->more_above);
  CHECK(h.split->break_even == Approx(0.5125));
  CHECK(verdict_text(h) == "depends on fighters.flow: more above 0.5125");
  for (double& x : d) x = -x;
  CHECK(verdict_text(headline(d, sets, 1, 4)) == "depends on fighters.flow: more below 0.5125");
}

TEST_CASE("a structural variant that turns the order is named with the forms that give more",
          "[compare][exact]") {
  const ParameterSets sets = forty();
  std::vector<double> d(40);
  for (std::size_t k = 0; k < 40; ++k) d[k] = k % 2 == 0 ? 1.0 : -2.0;
  CHECK(verdict_text(headline(d, sets, 1, 4)) ==
        "depends on fighters.mobilisation.process: more with hawkes");
}

TEST_CASE("signs that no parameter explains cannot be told apart", "[compare][exact]") {
  const ParameterSets sets = forty();
  std::vector<double> d(40);
  // 17 above 0 and 23 below, in an order that follows none of the columns.
  for (std::size_t k = 0; k < 40; ++k) d[k] = (k * k + k / 3) % 7 < 3 ? 1.5 : -1.0;
  const Headline h = headline(d, sets, 1, 4);
  CHECK(h.verdict == Verdict::undecided);
  CHECK_FALSE(h.split);
  // The mean is (17 x 1.5 - 23) / 40 = 0.0625: 2.8016^2 x 4 / 0.0625^2 = 8038.
  CHECK(h.replicates_needed == 8038);
  CHECK(verdict_text(h) == "cannot be told apart (about 8038 replicates a set would tell)");
  // Where so many were run it is not chance that hides the sign.
  CHECK(verdict_text(headline(d, sets, 1, 4, 8038)) ==
        "cannot be told apart (sets differ in sign, and more replicates would not tell)");
}

TEST_CASE("splits of pure chance are believed in at most one case of ten",
          "[compare][statistical]") {
  // 100 labellings without cause. The rule believes 5 %: 5 +- 2.2, so 13 is 3.7 standard deviations
  // above; a rule without relabelling believes nearly all of them.
  const ParameterSets sets = forty();
  int believed = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    std::vector<double> d(40);
    for (std::size_t k = 0; k < 40; ++k) {
      const auto word = sim::draw({7, i}, sim::Purpose::sample, k, 0);
      d[k] = sim::uniform32(word[0]) < 0.5 ? 1 : -1;
    }
    believed += headline(d, sets, i, 4).verdict == Verdict::depends ? 1 : 0;
  }
  CHECK(believed <= 13);
}
