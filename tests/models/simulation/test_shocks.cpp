// SPDX-License-Identifier: Apache-2.0
/// \file test_shocks.cpp  Each kind of shock acts from its first day on, on those who hide, and
/// before that day every bit is that of the same shock at a later day.
#include "models/simulation/shocks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

constexpr std::int32_t february = 31, march = 59;

std::string shock(const std::string& kind, const std::string& target, std::int32_t from,
                  const std::string& more = "") {
  return "[[shock]]\nkind = \"" + kind + "\"\ntarget = \"" + target +
         "\"\nfrom_day = " + std::to_string(from) + "\n" + more;
}

scenario::Scenario with(const std::string& strategy, const std::vector<std::string>& set = {},
                        const std::string& file = "shocks/world.toml") {
  std::vector<scenario::Override> overrides{sim::parse_set("run.days=90"),
                                            sim::parse_set("run.cut_days=0")};
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/" + file, overrides);
  if (!strategy.empty()) {
    s.strategy.text =
        "[[strategy]]\nfile = \"s.toml\"\ntext = " + sim::literal(std::string_view(strategy)) +
        "\n";
  }
  return s;
}

struct Told {
  std::vector<std::uint64_t> digests;
  std::vector<ActorMonth> months;
  std::vector<std::int32_t> answers;
  std::vector<ActorEvent> events;
  [[nodiscard]] std::int64_t sent(std::size_t month, auto&& counts) const {
    std::int64_t grams = 0;
    for (const trafficking::FlowRow& f : months[month].goods.flows) grams += counts(f) ? f.sent : 0;
    return grams;
  }
};

Told run(const scenario::Scenario& s, std::int32_t days) {
  Simulation sim(s, test::small_setup(s), 0);
  Told told;
  const sim::Calendar calendar = s.calendar();
  for (std::int32_t day = 0; day < days; ++day) {
    const DayResult result = sim.step(day);
    told.digests.push_back(result.digest);
    told.events.insert(told.events.end(), result.actor_events.begin(), result.actor_events.end());
    if (calendar.month_of(day) != calendar.month_of(day + 1)) {
      told.months.push_back(*sim.actor_month());
      sim.open_month();
    }
  }
  told.answers = sim.planning().answer_days();
  return told;
}

std::int32_t first_difference(const Told& a, const Told& b) {
  for (std::size_t d = 0; d < a.digests.size(); ++d) {
    if (a.digests[d] != b.digests[d]) return static_cast<std::int32_t>(d);
  }
  return -1;
}

std::string complaints_of(const std::string& strategy, const std::vector<std::string>& set = {}) {
  try {
    (void)read_actors(with(strategy, set));
  } catch (const sim::ScenarioError& error) {
    return error.what();
  }
  return "";
}

constexpr std::uint16_t xaa = 0, xaf = 5;  // rows of the archipelago

}  // namespace

TEST_CASE("before its first day a shock changes no bit, whatever its kind",
          "[simulation][shocks][relation]") {
  const std::vector<std::pair<std::string, std::string>> kinds{
      {"gateway-closed", "XAA"},
      {"gateway-closed", "air/XAF"},
      {"route-opened", "XAF-XAA"},
      {"new-substance", "synthetics"},
      {"new-conflict-zone", "Dunmar heights"}};
  for (const auto& [kind, target] : kinds) {
    INFO(kind << " " << target);
    const Told early = run(with(shock(kind, target, 20)), 28);
    const Told late = run(with(shock(kind, target, 24)), 28);
    // The eve of a shock stands in the state of organisations, so its own day is one of change.
    CHECK(first_difference(early, late) == 20);
    // And it acts although nobody plans.
    const std::vector<std::string> alone{"cooperation.file="};
    CHECK(first_difference(run(with(shock(kind, target, 20), alone), 28),
                           run(with(shock(kind, target, 24), alone), 28)) >= 20);
  }
}

TEST_CASE("a gateway that is closed is used by nobody, and others more",
          "[simulation][shocks][relation]") {
  const std::vector<std::string> many{"fighters.flow=10"};
  const Told open = run(with("", many), march);
  const Told closed =
      run(with(shock("gateway-closed", "XAA", february, "to_day = 58\n"), many), march);
  // The first zone's gateways are XAA and XAB.
  const auto& before = open.months[1].fighters.gateways;
  const auto& after = closed.months[1].fighters.gateways;
  CHECK(before[0].attempted > 0);
  CHECK(after[0].attempted == 0);
  CHECK(after[0].arrived == 0);
  CHECK(after[1].attempted > before[1].attempted);
  // January is as it was.
  CHECK(closed.months[0].fighters.gateways[0].attempted ==
        open.months[0].fighters.gateways[0].attempted);
  // Who was at the gateway on the day turned back.
  const auto turned_back = [](const Told& t) {
    return std::count_if(t.events.begin(), t.events.end(), [](const ActorEvent& e) {
      return e.kind == ActorEventKind::fighter && e.day >= february && e.origin >= 0 &&
             e.detail == static_cast<std::uint8_t>(fighters::Event::turned_back) &&
             e.destination == xaa;
    });
  };
  CHECK(turned_back(closed) > turned_back(open));
}

TEST_CASE("goods leave a closed kind of crossing for others, and come back",
          "[simulation][shocks][relation]") {
  using trafficking::CargoMode;
  const auto flies = [](const trafficking::FlowRow& f) {
    return f.mode != CargoMode::land && f.mode != CargoMode::container;
  };
  const auto by_air = [&](const trafficking::FlowRow& f) {
    return flies(f) && (f.origin == xaf || f.destination == xaf);
  };
  const auto otherwise = [&](const trafficking::FlowRow& f) {
    return !flies(f) && f.origin == xaf;
  };
  const Told open = run(with(""), 90);
  const Told closed = run(with(shock("gateway-closed", "air/XAF", february, "to_day = 58\n")), 90);
  CHECK(open.sent(1, by_air) > 0);
  CHECK(closed.sent(0, by_air) == open.sent(0, by_air));
  CHECK(closed.sent(1, by_air) == 0);
  CHECK(closed.sent(1, otherwise) > open.sent(1, otherwise));
  CHECK(closed.sent(2, by_air) > 0);
  // Networks that do not adapt find no other way, and those that they had carry on.
  const std::vector<std::string> rigid{"trafficking.adaptation=false"};
  const Told still =
      run(with(shock("gateway-closed", "air/XAF", february, "to_day = 58\n"), rigid), march);
  CHECK(still.sent(1, by_air) == 0);
}

TEST_CASE("a way that opens is taken from its day on, and only then",
          "[simulation][shocks][relation]") {
  const auto directly = [](const trafficking::FlowRow& f) {
    return f.mode == trafficking::CargoMode::land && f.origin == xaf && f.destination == xaa;
  };
  const Told opened = run(with(shock("route-opened", "XAF-XAA", february)), march);
  CHECK(opened.sent(0, directly) == 0);
  CHECK(opened.sent(1, directly) > 0);
  CHECK(run(with(""), march).sent(1, directly) == 0);
  // Networks that do not adapt never look.
  const std::vector<std::string> rigid{"trafficking.adaptation=false"};
  CHECK(run(with(shock("route-opened", "XAF-XAA", february), rigid), march).sent(1, directly) == 0);
}

TEST_CASE("a substance is made and wanted from its day on, a zone attracts from its day on",
          "[simulation][shocks][relation]") {
  const auto synthetics = [](const trafficking::FlowRow& f) { return f.substance == 2; };
  const Told substance = run(with(shock("new-substance", "synthetics", february)), march);
  CHECK(substance.sent(0, synthetics) == 0);
  CHECK(substance.sent(1, synthetics) > 0);
  CHECK(run(with(""), march).sent(0, synthetics) > 0);

  const auto to_dunmar = [](const Told& t, std::int32_t from, std::int32_t to) {
    return std::count_if(t.events.begin(), t.events.end(), [&](const ActorEvent& e) {
      return e.kind == ActorEventKind::fighter && e.day >= from && e.day < to && e.who == 2 &&
             e.detail == static_cast<std::uint8_t>(fighters::Event::resolved);
    });
  };
  const Told zone = run(with(shock("new-conflict-zone", "Dunmar heights", february)), march);
  CHECK(to_dunmar(zone, 0, february) == 0);
  CHECK(to_dunmar(zone, february, march) > 0);
}

TEST_CASE("a run under a shock goes on from any saved state to the same bits",
          "[simulation][shocks][exact]") {
  const scenario::Scenario s = with(
      shock("gateway-closed", "air/XAF", 8, "to_day = 12\n") + shock("gateway-closed", "XAA", 9) +
      shock("new-substance", "synthetics", 10) + shock("route-opened", "XAF-XAA", 11));
  const std::vector<std::uint64_t> whole = run(s, 16).digests;
  Simulation first(s, test::small_setup(s), 0);
  for (std::int32_t day = 0; day < 16; ++day) {
    INFO(day);
    Simulation second(s, test::small_setup(s), 0, State::load(first.state().save()));
    CHECK(second.step(day).digest == whole[static_cast<std::size_t>(day)]);
    CHECK(first.step(day).digest == whole[static_cast<std::size_t>(day)]);
  }
}

TEST_CASE("organisations that are flexible answer a shock sooner; without any nobody answers",
          "[simulation][shocks][relation]") {
  // Cycles of 14 days on one day, shown in a group, against 90 days on days of their own: the
  // first answer of a group that plans every fortnight comes within two cycles and the days to
  // meet, that of two organisations by themselves takes one of 90 days of each in the mean.
  const std::string row = shock("gateway-closed", "XAA", 40);
  const std::vector<std::string> long_run{"run.days=180", "fighters.flow=4"};
  const Told usual = run(with(row, long_run), 180);
  const Told flexible =
      run(with(row + "[[change]]\npath = \"cooperation.cycle.days\"\nvalue = 14\n"
                     "[[change]]\npath = \"cooperation.cycle.aligned\"\nvalue = 1.0\n"
                     "[[change]]\npath = \"cooperation.plans.shared\"\nvalue = 1.0\n"
                     "[[change]]\npath = \"cooperation.plans.standing\"\nvalue = true\n"
                     "[[change]]\npath = \"cooperation.plans.cadence_days\"\nvalue = 14\n"
                     "[[change]]\npath = \"cooperation.priorities.adapted\"\nvalue = 1.0\n",
               long_run),
          180);
  REQUIRE(flexible.answers.size() == 1);
  CHECK(flexible.answers[0] >= 0);
  CHECK(flexible.answers[0] <= 3 * 14);
  CHECK((usual.answers[0] < 0 || usual.answers[0] > flexible.answers[0]));
  std::vector<std::string> alone = long_run;
  alone.emplace_back("cooperation.file=");
  CHECK(run(with(row, alone), 60).answers.empty());
}

TEST_CASE("what is wrong with the target of a shock is told with its place",
          "[simulation][shocks][errors][exact]") {
  CHECK(
      complaints_of(shock("gateway-closed", "XAE", 3)) ==
      "s.toml:3:10: error: shock.target: 'XAE' is no gateway of a conflict zone; allowed are "
      "'XAA', 'XAB', 'XAC', 'XAD' and 'XAF', or the crossings of a kind, as in 'sea/XAA'; did you "
      "mean 'XAA'?\n");
  CHECK(complaints_of(shock("gateway-closed", "ship/XAF", 3)) ==
        "s.toml:3:10: error: shock.target: 'ship' is no kind of crossing; allowed are 'air', "
        "'land' and 'sea'\n");
  CHECK(complaints_of(shock("gateway-closed", "sea/XAG", 3)) ==
        "s.toml:3:10: error: shock.target: 'XAG' is no country of this world; did you mean "
        "'XAA'?\n");
  CHECK(complaints_of(shock("gateway-closed", "land/XAD", 3)) ==
        "s.toml:3:10: error: shock.target: nothing goes by land from or to 'XAD'\n");
  CHECK(complaints_of(shock("route-opened", "XAF-XAC", 3)) ==
        "s.toml:3:10: error: shock.target: 'XAF-XAC' is no way that a [[route_rule]] closes; "
        "allowed are 'XAF-XAA'; did you mean 'XAF-XAA'?\n");
  CHECK(complaints_of(shock("new-substance", "cocain", 3)) ==
        "s.toml:3:10: error: shock.target: 'cocain' is no substance; allowed are 'cocaine', "
        "'heroin' and 'synthetics'; did you mean 'cocaine'?\n");
  CHECK(complaints_of(shock("new-conflict-zone", "Dunmar", 3)) ==
        "s.toml:3:10: error: shock.target: 'Dunmar' is no conflict zone; allowed are 'Corvian "
        "march', 'Far isles' and 'Dunmar heights'\n");
  CHECK(complaints_of(shock("gateway-closed", "XAA", 3), {"actors.file="}) ==
        "s.toml:1:1: error: [[shock]] acts on those who hide, and in this scenario nobody does: it "
        "has no actors.file, or fighters and trafficking are off\n");
  // All at once.
  CHECK(complaints_of(shock("new-substance", "a", 3) + shock("new-substance", "b", 3)).size() >
        complaints_of(shock("new-substance", "a", 3)).size());
  CHECK(complaints_of(shock("gateway-closed", "XAA", 3)).empty());
}

TEST_CASE("each shipped scenario with a shock can be played", "[simulation][shocks][exact]") {
  for (const char* file :
       {"gateway-closed", "route-opened", "new-substance", "new-conflict-zone"}) {
    INFO(file);
    const scenario::Scenario s = with("", {}, "shocks/" + std::string(file) + ".toml");
    const auto tables = read_actors(s);
    REQUIRE(tables->shocks.size() == 1);
    CHECK(tables->shocks[0].kind == file);
    CHECK(tables->shocks[0].from_day == 90);
    CHECK_FALSE(tables->shocks[0].targets.empty());
  }
}
