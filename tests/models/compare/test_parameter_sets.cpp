// SPDX-License-Identifier: Apache-2.0
#include "models/compare/parameter_sets.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::compare;

TEST_CASE("drawn values lie between half and twice the base, in their range",
          "[compare][property]") {
  const scenario::Scenario base = test::small_scenario();
  const std::vector<Factor> factors = factors_of(base, {"risk.lists.name_coverage"});
  CHECK(factors.size() > 50);
  for (const Factor& f : factors) CHECK(f.path != "risk.lists.name_coverage");
  for (std::uint32_t k = 0; k < 50; ++k) {
    const std::vector<sim::Value> values = draw_set(factors, 1, k);
    for (std::size_t i = 0; i < factors.size(); ++i) {
      const sim::ParameterInfo& row = *scenario::parameters().find(factors[i].path);
      INFO(row.path);
      sim::Value value = values[i];
      CHECK_FALSE(sim::complaint_about(row, value));
      if (!factors[i].variants.empty() || row.kind != sim::Kind::real) continue;
      const double now = std::get<double>(factors[i].base), v = std::get<double>(values[i]);
      CHECK(std::abs(v) <= 2 * std::abs(now) * (1 + 1e-12));
      const bool cut = v == row.lo || v == row.hi;
      CHECK((cut || std::abs(v) >= std::abs(now) / 2 * (1 - 1e-12)));
    }
  }
}

TEST_CASE("a set depends on its number and its paths alone", "[compare][relation]") {
  const scenario::Scenario base = test::small_scenario();
  const auto all = factors_of(base, {}), fewer = factors_of(base, {all.front().path});
  const auto with = draw_set(all, 1, 3), without = draw_set(fewer, 1, 3);
  CHECK(std::vector<sim::Value>(with.begin() + 1, with.end()) == without);
  CHECK(draw_set(all, 1, 4) != with);
  CHECK(draw_set(all, 2, 3) != with);
}

TEST_CASE("logarithms of drawn values are uniform", "[compare][statistical]") {
  const scenario::Scenario base = test::small_scenario();
  const std::vector<Factor> factors = factors_of(base, {});
  const auto at = std::ranges::find(factors, "control.review.minutes", &Factor::path);
  REQUIRE(at != factors.end());
  const double now = std::get<double>(at->base);
  double sum = 0;
  constexpr int n = 1000;
  for (std::uint32_t k = 0; k < n; ++k) {
    const auto values = draw_set({*at}, 1, k);
    sum += std::log2(std::get<double>(values.front()) / now);
  }
  // Uniform in [-1, 1]: standard deviation 1 / sqrt(3 n) = 0.018; four of them.
  CHECK(std::abs(sum / n) < 0.073);
}

TEST_CASE("the default parameters meet every target, and values far from them do not",
          "[compare][exact]") {
  scenario::Scenario s = test::small_scenario();
  for (const Target& t : targets()) {
    INFO(t.name);
    CHECK(t.met(s));
  }
  s.control.irregular_documents *= 10;
  s.finance.layer_seizure *= 4;
  s.fighters.return_per_year *= 6;
  for (const Target& t : targets()) {
    INFO(t.name);
    CHECK_FALSE(t.met(s));
  }
}

TEST_CASE(
    "sets that contradict a target are dropped and counted; a target that the base misses is "
    "not applied",
    "[compare][exact]") {
  const ParameterSets sets = parameter_sets(test::small_scenario(), {}, 20);
  CHECK(sets.values.size() == 20);
  std::int64_t dropped = 0;
  for (const auto& [why, n] : sets.dropped) dropped += n;
  CHECK(sets.drawn == 20 + dropped);
  CHECK(sets.not_applied.empty());

  const ParameterSets other =
      parameter_sets(test::small_scenario({"fighters.zone.return_per_year=2"}), {}, 2);
  CHECK(other.not_applied == std::vector<std::string>{"returned in four years"});
}
