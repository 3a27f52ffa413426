// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/export_actor_csv.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "models/simulation/export_csv.hpp"
#include "models/simulation/recorder.hpp"
#include "models/world/csv.hpp"
#include "tests/models/simulation/sample_result.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

using Rows = std::vector<std::map<std::string, std::string>>;

Rows rows(const std::string& text) {
  world::Complaints complaints;
  const world::CsvTable table = world::parse_csv(text, "table", complaints);
  INFO(complaints.text());
  CHECK(complaints.count() == 0);
  Rows all(table.n_rows());
  for (std::size_t i = 0; i < table.n_rows(); ++i) {
    for (std::size_t k = 0; k < table.header.size(); ++k)
      all[i][table.header[k].text] = table.row(i)[k].text;
  }
  return all;
}

std::map<std::string, Rows> exported(const std::filesystem::path& file,
                                     const std::vector<std::string>& set) {
  std::vector<scenario::Override> all{sim::parse_set("run.days=40"),
                                      sim::parse_set("run.cut_days=0")};
  for (const std::string& text : set) all.push_back(sim::parse_set(text));
  const scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", all);
  const Setup& setup = corridor::test::small_setup(s);
  const auto actors = read_actors(s);
  {
    ResultFile result = ResultFile::create(file, run_shape(s, setup, actors.get()),
                                           provenance_of(s, setup, "test"), false);
    record(
        s, setup, result, [](const Progress&) {}, [] { return false; }, actors);
  }
  const ResultReader result(file);
  std::map<std::string, Rows> tables;
  for (const auto& [name, text] : csv_tables(result, all_replicates(result)))
    tables[name] = rows(text);
  return tables;
}

double sum(const Rows& table, const std::string& column) {
  double total = 0;
  for (const auto& row : table) {
    if (!row.at(column).empty()) total += std::stod(row.at(column));
  }
  return total;
}

/// A fact of about.csv.
std::string fact(const Rows& about, const std::string& name) {
  for (const auto& row : about) {
    if (row.at("fact") == name) return row.at("value");
  }
  return "";
}

}  // namespace

TEST_CASE("tables of actors agree with one another, gram by gram", "[export][actors][exact]") {
  const simulation::test::Scratch scratch;
  const auto t = exported(scratch / "full.h5", {"disclosure.traces=full"});
  CHECK(fact(t.at("about.csv"), "traces") == "full");
  // Two months, two organisations, two substances; grams have three decimals of a kilogram.
  REQUIRE(t.at("organisations.csv").size() == 8);
  CHECK(sum(t.at("organisations.csv"), "sent_kg") > 0);
  CHECK(std::abs(sum(t.at("organisations.csv"), "sent_kg") -
                 sum(t.at("corridors.csv"), "sent_kg")) < 1e-6);
  CHECK(std::abs(sum(t.at("organisations.csv"), "delivered_kg") -
                 sum(t.at("markets.csv"), "delivered_kg")) < 1e-6);
  CHECK(std::abs(sum(t.at("networks.csv"), "reported_kg") -
                 sum(t.at("corridors.csv"), "reported_kg")) < 1e-6);
  double sent = 0, seized = 0, delivered = 0;
  for (const auto& event : t.at("actor_events.csv")) {
    const double kg = std::stod(event.at("amount")) / 1000;
    const std::string& what = event.at("what");
    if (what.starts_with("consignment: ")) sent += kg;
    if (what.starts_with("seizure: ")) seized += kg;
    if (what == "delivery") delivered += kg;
  }
  CHECK(std::abs(sent - sum(t.at("corridors.csv"), "sent_kg")) < 1e-6);
  CHECK(std::abs(seized - sum(t.at("corridors.csv"), "seized_kg")) < 1e-6);
  CHECK(std::abs(delivered - sum(t.at("markets.csv"), "delivered_kg")) < 1e-6);
  for (const auto& row : t.at("markets.csv")) {
    if (!row.at("price_usd_kg").empty()) CHECK(std::stod(row.at("price_usd_kg")) > 0);
  }
  // "all" is the sum of the classes of origin.
  double all = 0;
  for (const auto& row : t.at("fighters.csv")) {
    if (row.at("origin") == "all") all += std::stod(row.at("attempted"));
  }
  CHECK(all > 0);
  CHECK(2 * all == sum(t.at("fighters.csv"), "attempted"));
  CHECK(sum(t.at("groups.csv"), "revenue_usd") > 0);
}

TEST_CASE("by class of place small cells are empty and no event is exported",
          "[export][disclosure][exact]") {
  const simulation::test::Scratch scratch;
  const auto t = exported(scratch / "class.h5", {"disclosure.traces=class"});
  CHECK(fact(t.at("about.csv"), "traces") == "class");
  CHECK(t.count("actor_events.csv") == 0);
  bool hidden = false;
  for (const auto& row : t.at("corridors.csv")) {
    hidden = hidden || row.at("sent_kg").empty();
    CHECK(row.at("sent_kg") != "-0.002");
  }
  CHECK(hidden);
}

TEST_CASE("a run without actors has no tables of theirs", "[export][relation]") {
  const simulation::test::Scratch scratch;
  const auto t =
      exported(scratch / "none.h5", {"trafficking.on=false", "fighters.on=false", "run.days=2"});
  CHECK(t.size() == 11);
  CHECK(t.count("corridors.csv") + t.count("groups.csv") == 0);
}
