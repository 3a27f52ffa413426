// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/customs_capacity.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;
using trafficking::ConsignmentEnd;

namespace {

cargo::CargoParams params(const std::string& rule) {
  cargo::CargoParams p;
  p.capacity_rule = rule;
  return p;
}

/// One post of each mode in one country of the highest class.
cargo::CargoTables one_country() {
  cargo::CargoTables tables;
  tables.n_countries = 1;
  tables.posts.resize(cargo::n_modes);
  for (cargo::CustomsPost& post : tables.posts) {
    post.rows_day = 500;
    post.inspected_share = 0.02;
    post.income_class = cargo::IncomeClass::high;
  }
  return tables;
}

constexpr std::size_t containers = 2 * cargo::n_modes, parcels = containers + 2;

/// After a month in which so many of 10,000 grams in containers were seized.
std::int64_t after_month(const std::string& rule, std::int32_t seized) {
  const cargo::CargoTables tables = one_country();
  trafficking::Consignment lost, through;
  lost.id = trafficking::consignment_id(7);
  lost.grams = seized;
  through.id = trafficking::consignment_id(3);
  through.grams = 10'000 - seized;
  CustomsCapacity state;
  count_seized(
      std::vector{lost, through},
      std::vector<trafficking::ConsignmentOutcome>{{through.id, 0, 0, 0, ConsignmentEnd::delivered},
                                                   {lost.id, 0, seized, 0, ConsignmentEnd::seized}},
      tables, state);
  CHECK(state.grams[containers] == 10'000);
  CHECK(state.grams_seized[containers] == seized);
  close_customs_month(customs_learning(params(rule)).value(), state);
  CHECK(state.grams == CustomsCells{});
  CHECK(state.thousandths[parcels] == 1000);  // where nothing was sent nothing is learned
  return state.thousandths[containers];
}

struct Run {
  std::vector<std::array<std::int64_t, 4>> events;  ///< kind, number, amount, day
  std::int64_t inspected = 0;                       ///< in the third month, ordinary and illicit
};

Run run(const std::vector<std::string>& set) {
  std::vector<scenario::Override> all{sim::parse_set("run.days=90"),
                                      sim::parse_set("run.cut_days=0"),
                                      sim::parse_set("cargo.volume.containers_year=2e6")};
  for (const std::string& text : set) all.push_back(sim::parse_set(text));
  const scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", all);
  Simulation sim(s, test::small_setup(s), 0);
  Run r;
  for (std::int32_t day = 0; day < 90; ++day) {
    for (const ActorEvent& e : sim.step(day).actor_events) {
      r.events.push_back(
          {static_cast<std::int64_t>(e.kind), static_cast<std::int64_t>(e.id), e.amount, e.day});
    }
  }
  const std::optional<ActorMonth> month = sim.actor_month();
  for (const CargoCounts& mode : month->cargo) r.inspected += mode.secondary.inspected();
  return r;
}

}  // namespace

TEST_CASE("J3: customs get for what they seize what police get", "[simulation][cargo][exact]") {
  CHECK_FALSE(customs_learning({}).has_value());
  // c' = ceil(1000 (0.4 + 0.6 f)).
  CHECK(after_month("reinforcing", 1000) == 576);
  CHECK(after_month("reinforcing", 3417) == 1000);
  CHECK(after_month("reinforcing", 9000) == 1000);  // no more than at first
  CHECK(after_month("reinforcing", 0) == 400);
  CHECK(after_month("compensating", 1000) == 825);
  CHECK(after_month("compensating", 3417) == 400);
  CHECK(after_month("compensating", 0) == 1000);

  CustomsLearning by = customs_learning(params("reinforcing")).value();
  CHECK(by.low == 167);
  CHECK(by.high == 1000);
  CustomsCapacity state;
  for (int month = 0; month < 5; ++month) {
    state.grams[containers] = 1;
    close_customs_month(by, state);
  }
  CHECK(state.thousandths[containers] == 167);  // least, whatever happens
}

TEST_CASE("a post inspects its share of what it could, beside what organisations add",
          "[simulation][cargo][exact]") {
  const cargo::CargoTables tables = one_country();
  CustomsCapacity state;
  cooperation::Forces helped;
  helped.customs.resize(tables.posts.size());
  helped.customs[0].inspections_day = 3;
  CHECK(with_capacity(state, tables, helped).customs == helped.customs);
  state.thousandths[containers] = 600;
  const cooperation::Forces less = with_capacity(state, tables, helped);
  CHECK(less.customs[0].inspections_day == Approx(3 - 0.4 * 10).epsilon(1e-12));
  CHECK(less.customs[2].inspections_day == 0);
}

TEST_CASE(
    "customs that find nothing lose means where success is paid, and keep them where it is "
    "made up for",
    "[simulation][cargo][relation]") {
  const auto with = [](const std::string& rule) {
    return run({"cargo.customs.sensitivity=0", "cargo.capacity.rule=" + rule});
  };
  const Run fixed = with("fixed"), paid = with("reinforcing"), made_up = with("compensating");
  // Without success to learn from, compensating is as fixed.
  CHECK((made_up.events == fixed.events));
  CHECK(made_up.inspected == fixed.inspected);
  // 0.4 of the means in February, 0.167 (the least) in March, of the modes by which goods came.
  CHECK(paid.inspected < fixed.inspected * 3 / 4);
}
