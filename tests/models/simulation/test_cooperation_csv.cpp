// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/export_cooperation_csv.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "models/simulation/export_csv.hpp"
#include "models/world/csv.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;

namespace {

using Table = std::vector<std::vector<std::string>>;

Table parsed(const std::string& text) {
  world::Complaints complaints;
  const world::CsvTable table = world::parse_csv(text, "table", complaints);
  CHECK(complaints.count() == 0);
  Table rows(1);
  for (const auto& cell : table.header) rows[0].push_back(cell.text);
  for (std::size_t i = 0; i < table.n_rows(); ++i) {
    rows.emplace_back();
    for (const auto& cell : table.row(i)) rows.back().push_back(cell.text);
  }
  return rows;
}

}  // namespace

TEST_CASE(
    "organisations, systems and hits are tables of an export, cell by cell those of the result",
    "[results][export][cooperation][exact]") {
  const Scratch scratch;
  write_sample(scratch / "run.h5", sample_shape(1, 5));
  const ResultReader result(scratch / "run.h5");
  const Replicates all = all_replicates(result);
  std::map<std::string, Table> tables;
  for (const auto& [name, text] : csv_tables(result, all)) {
    if (name == "planners.csv" || name == "systems.csv" || name == "hits.csv")
      tables[name] = parsed(text);
  }
  REQUIRE(tables.size() == 3);

  const Table& systems = tables["systems.csv"];
  REQUIRE(systems.size() == 1 + 5 * 2);
  CHECK(systems[0][0] == "date");
  CHECK(systems[0][2] == "queries");
  CHECK(systems[1][0] == "2019-01-20");
  CHECK(systems[4][1] == "ALLPOL");  // the second of the second day
  const auto second = result.read<std::int64_t>("/sharing/systems", {0, 1});
  for (std::size_t k = 0; k < n_system_measures; ++k)
    CHECK(systems[4][2 + k] == std::to_string(second[n_system_measures + k]));

  const Table& hits = tables["hits.csv"];
  REQUIRE(hits.size() == 1 + 5 * 2);
  const auto held = sum_days(result, "/sharing/held", all);
  CHECK(hits[2] == std::vector<std::string>{
                       "none", "fighter", std::to_string(sum_days(result, "/sharing/met", all)[1]),
                       std::to_string(held[1]),
                       std::to_string(sum_days(result, "/sharing/protection", all)[1]),
                       std::to_string(sum_days(result, "/sharing/let_go", all)[1])});

  const Table& planners = tables["planners.csv"];
  CHECK(planners[0].size() == 2 + result.read_text("/places/planner_measure").size());
}

TEST_CASE("a result without organisations has no tables of them", "[results][export][exact]") {
  const Scratch scratch;
  RunShape shape = sample_shape(1, 2);
  shape.planner.clear();
  shape.planner_measure.clear();
  shape.planning_event_kind.clear();
  shape.planning_event_rows = 0;
  shape.shock.clear();
  shape.system.clear();
  shape.system_measure.clear();
  write_sample(scratch / "run.h5", shape);
  const ResultReader result(scratch / "run.h5");
  CHECK(cooperation_csv_tables(result, all_replicates(result)).empty());
}
