// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace corridor;
using namespace corridor::trafficking;

TEST_CASE("a report has every series, finding and further result, as text, JSON and table",
          "[trafficking][docking][exact]") {
  DockingParams p;
  p.months = 24;
  p.replicates = 2;
  const DockingExperiment x = run_docking_experiment(p, 1, {});
  const std::vector<DockingResults> results{run_docking_results(p, 1)};
  const std::string text = docking_text(x, results);
  CHECK(text.find(
            "NarcoLogic's rules on synthetic networks of 163 nodes and 1017 edges: 2 replicates "
            "of 24 months, seed 1\n\nnear network, salience, with adaptation\n  capacity, "
            "events a month         25.0     50.0     75.0      100      125   slope per 100 "
            "[95 %]\n") == 0);
  CHECK(text.find("\n    far network, logit, without adaptation      ") != text.npos);
  CHECK(text.find("\nnear network, salience: balloon, targets, arrests [95 %]\n") != text.npos);
  CHECK(text.find("nan") == text.npos);
  const auto json = nlohmann::json::parse(docking_json(x, results));
  CHECK(json["parameters"].size() == docking_table.size());
  REQUIRE(json["series"].size() == 8);
  for (const auto& s : json["series"]) {
    CHECK(s["measures"].size() == docking_measures.size());
    CHECK(s["findings"].size() == docking_claims.size());
    for (const auto& m : s["measures"]) CHECK(m["levels"].size() == docking_levels);
  }
  CHECK(json["results"][0]["targeting"]["role"]["connected"]["mean"].is_number());
  const std::string csv = docking_csv(x);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 1 + 8 * 5 * 2);
  CHECK(csv.find("network,choice,adaptation,capacity,replicate,seized_kg,value_per_seizure,") == 0);
  CHECK(csv.find("\nfar,logit,off,125,1,") != csv.npos);
}
