// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/backcast.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/trafficking_actors.hpp"

using namespace corridor;
using namespace corridor::trafficking;
using test::archipelago;

namespace {

const std::string plan =
    "[[backcast]]\nname = \"small\"\narea = \"XAA, XAB, XAD\"\nstart_year = 2018\n"
    "calibrated_to = 2020\nforecast_to = 2022\nsets = 12\nrounds = 2\nkept = 4\n"
    "replicates = 2\nseed = 3\n";
const std::string targets =
    "[[target]]\nid = \"T1\"\nplace = \"area\"\nyear = 2019\nvalue = 1.2\nsd = 0.2\n"
    "[[target]]\nid = \"T2\"\nplace = \"area\"\nyear = 2020\nvalue = 1.2\nsd = 0.2\n"
    "[[target]]\nid = \"T3\"\nwhat = \"share\"\nplace = \"XAA\"\nyear = 2020\nvalue = 0.7\n"
    "sd = 0.1\n";
const std::string ranges =
    "[[range]]\nparameter = \"effort\"\nscale = \"log\"\nlow = 0.02\nhigh = 1\n"
    "[[range]]\nparameter = \"pull\"\nplace = \"XAA\"\nlow = -2\nhigh = 2\n";

std::string actors() {
  return "[[substance]]\nname = \"cocaine\"\nsource_price_usd_kg = 1500\nmarkup_usd_kg = 8000\n"
         "[[source]]\nsubstance = \"cocaine\"\nplace = \"XAF\"\nyear = 2018\ntonnes = 8\n"
         "[[market]]\nsubstance = \"cocaine\"\nplace = \"world\"\nprevalence = 0.01\n"
         "kg_per_user = 0.1\nelasticity = -0.6\n"
         "[[organisation]]\nname = \"Kittiwake\"\nhome = \"XAF\"\nsubstances = \"cocaine\"\n";
}

Backcast read(const std::string& text) {
  sim::Complaints complaints;
  const sim::RowText rows(text, "small.toml", complaints);
  Backcast out = read_backcast(rows, "small.toml", archipelago(), complaints);
  complaints.throw_if_any();
  return out;
}

std::string wrong(const std::string& text) {
  try {
    (void)read(text);
  } catch (const sim::ScenarioError& error) {
    std::string told = error.what();
    if (!told.empty() && told.back() == '\n') told.pop_back();
    return told;
  }
  return "";
}

}  // namespace

TEST_CASE("a back-cast refuses whatever is later than its last year",
          "[trafficking][backcast][exact]") {
  const std::string sound = plan + targets + ranges + actors();
  CHECK(wrong(sound) == "");
  CHECK(wrong(test::edited(sound, "id = \"T2\"\nplace = \"area\"\nyear = 2020",
                           "id = \"T2\"\nplace = \"area\"\nyear = 2021")) ==
        "small.toml:21:8: error: a target of 2021 is not within 2018 and 2020");
  CHECK(wrong(sound +
              "[[source]]\nsubstance = \"cocaine\"\nplace = \"XAF\"\nyear = 2021\ntonnes = 9\n") ==
        "small.toml:5:17: error: a [[source]] of 'XAF' is of 2021: it is not blind to the years "
        "after 2020");
}

TEST_CASE("a back-cast says what is wrong with ranges and names",
          "[trafficking][backcast][exact]") {
  const std::string sound = plan + targets + ranges + actors();
  CHECK(wrong(test::edited(sound, "low = -2\nhigh = 2", "low = 2\nhigh = 2")) ==
        "small.toml:40:8: error: high = 2 is not above low = 2");
  CHECK(wrong(test::edited(sound, "low = 0.02", "low = 0")) ==
        "small.toml:34:7: error: a range on a log scale begins above 0");
  CHECK(wrong(test::edited(sound, "area = \"XAA, XAB, XAD\"", "area = \"XAA, XAX\"")) ==
        "small.toml:3:8: error: unknown country 'XAX'; did you mean 'XAA'?");
  CHECK(wrong(targets + ranges + actors()) ==
        "small.toml: error: a back-cast has one [[backcast]], not 0");
}

TEST_CASE("the shipped back-cast is sound and blind", "[trafficking][backcast][exact]") {
  const world::World world = world::load_world(CORRIDOR_SOURCE_DIR "/data");
  std::ifstream in(CORRIDOR_SOURCE_DIR "/scenarios/backcast/cocaine-eu.toml");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  sim::Complaints complaints;
  const sim::RowText rows(text, "cocaine-eu.toml", complaints);
  const Backcast b = read_backcast(rows, "cocaine-eu.toml", world, complaints);
  complaints.throw_if_any();
  CHECK(b.plan.calibrated_to == 2019);
  CHECK(b.area.size() == 28);
  CHECK(share_places(b) == std::vector<std::string>{"BEL", "ESP", "NLD"});
  CHECK(b.actors.warnings.empty());
}

TEST_CASE("calibration comes nearer than chance and gives the same with any number of threads",
          "[trafficking][backcast][exact]") {
  const Backcast b = read(plan + targets + ranges + actors());
  const BackcastResult one = forecast(b, archipelago(), 1), two = forecast(b, archipelago(), 2);
  CHECK(backcast_csv(one) == backcast_csv(two));
  CHECK(sets_csv(b, one) == sets_csv(b, two));
  REQUIRE(one.admissible.size() == 4);
  CHECK(one.admissible.front().distance < one.first_distance);
  std::size_t logit = 0;
  for (const AdmissibleSet& set : one.admissible) logit += set.choice == Choice::logit;
  CHECK(logit == 2);
  for (const BackcastRow& row : one.rows) {
    CHECK(row.p10 <= row.p50);
    CHECK(row.p50 <= row.p90);
    CHECK(row.runs == 8);
    CHECK(row.forecast == (row.year > 2020));
  }
  // Every year after the first, in tonnes and the share of one country.
  CHECK(one.rows.size() == 8);
}

TEST_CASE("more effort at the border is more in the statistics; none is none",
          "[trafficking][backcast][relation]") {
  Backcast b = read(plan + targets + ranges + actors());
  AdmissibleSet set;
  set.values = {0.05, 0};
  const BackcastYears little = run_backcast(b, archipelago(), set, 1, 2020);
  set.values = {0.5, 0};
  const BackcastYears much = run_backcast(b, archipelago(), set, 1, 2020);
  CHECK(much.tonnes[2] > little.tonnes[2]);
  set.values = {0, 0};
  const BackcastYears none = run_backcast(b, archipelago(), set, 1, 2020);
  CHECK(none.tonnes[2] == 0);
  CHECK(none.shares[0][2] == 0);
}
