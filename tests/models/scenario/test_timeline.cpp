// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/timeline.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::scenario;

namespace {

Scenario with(const std::string& strategy) {
  Scenario s = test::small_scenario();
  s.strategy.text =
      "[[strategy]]\nfile = \"s.toml\"\ntext = " + sim::literal(std::string_view(strategy)) + "\n";
  return s;
}

std::string change(const std::string& path, const std::string& value, int from, int to) {
  return "[[change]]\npath = \"" + path + "\"\nvalue = " + value +
         "\nfrom_day = " + std::to_string(from) + "\nto_day = " + std::to_string(to) + "\n";
}

std::vector<std::int64_t> days_of(const Timeline& t) { return {t.days().begin(), t.days().end()}; }

}  // namespace

TEST_CASE("a change holds from its first day to its last, and no longer", "[scenario][exact]") {
  const Timeline t(with(change("risk.flag_rate", "0.5", 3, 5)));
  const double before = test::small_scenario().risk.flag_rate;
  CHECK(t.at(2).risk.flag_rate == before);
  CHECK(t.at(3).risk.flag_rate == 0.5);
  CHECK(t.at(5).risk.flag_rate == 0.5);
  CHECK(t.at(6).risk.flag_rate == before);
  CHECK(days_of(t) == std::vector<std::int64_t>{3, 6});
  CHECK(t.changed_on(3) == std::vector<std::string>{"risk.flag_rate"});
  CHECK(t.changed_on(4).empty());
  CHECK(t.at(4).hash == t.at(0).hash);
}

TEST_CASE("changes that leave the value as it is change no day", "[scenario][exact]") {
  const std::string now = sim::literal(test::small_scenario().risk.flag_rate);
  CHECK(days_of(Timeline(with(change("risk.flag_rate", now, 3, 5)))).empty());
  CHECK(days_of(Timeline(
            with(change("risk.flag_rate", "0.5", 0, 5) + change("risk.flag_rate", "0.5", 6, 9)))) ==
        std::vector<std::int64_t>{10});
  CHECK(days_of(Timeline(test::small_scenario())).empty());
}

TEST_CASE("days before day 0 are as day 0", "[scenario][exact]") {
  const Timeline t(with(change("risk.flag_rate", "0.5", 0, 5)));
  CHECK(t.at(-7).risk.flag_rate == 0.5);
}

TEST_CASE("between two days of change nothing changes, at each something does",
          "[scenario][property]") {
  rc::check([] {
    // Disjoint windows of one parameter with values of a few.
    std::string text;
    int day = 0;
    const int n = *rc::gen::inRange(0, 6);
    for (int i = 0; i < n; ++i) {
      const int from = day + *rc::gen::inRange(0, 4), to = from + *rc::gen::inRange(0, 4);
      text += change("risk.flag_rate", "0." + std::to_string(*rc::gen::inRange(1, 4)), from, to);
      day = to + 1;
    }
    const Timeline t(with(text));
    for (int d = 1; d < day + 3; ++d) {
      const bool differs = t.at(d).risk.flag_rate != t.at(d - 1).risk.flag_rate;
      RC_ASSERT(differs == t.changes_on(d));
    }
  });
}

TEST_CASE("the values in force on a day know the scenario whose they are", "[scenario][relation]") {
  const Timeline t(with(change("risk.flag_rate", "0.5", 3, 5)));
  const Timeline again(t.at(4));
  CHECK(days_of(again) == days_of(t));
  for (const int day : {0, 3, 6}) CHECK(again.at(day).risk.flag_rate == t.at(day).risk.flag_rate);
}
