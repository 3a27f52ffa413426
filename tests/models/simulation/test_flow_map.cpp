// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/flow_map.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include "models/simulation/coastline.hpp"
#include "models/simulation/result_file.hpp"
#include "models/world/complaints.hpp"
#include "sim/safe_file.hpp"
#include "tests/models/simulation/sample_result.hpp"
#include "tests/support/balanced_tags.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;
using Catch::Matchers::Contains;

namespace {

std::vector<Line> shipped_land() {
  return load_coastline(std::string(CORRIDOR_SOURCE_DIR) + "/data/coastline.csv");
}

}  // namespace

TEST_CASE("the shipped outlines of land are rings that no line joins across the map",
          "[map][data][exact]") {
  const std::vector<Line> land = shipped_land();
  CHECK(land.size() == 128);
  std::size_t corners = 0;
  for (const Line& ring : land) {
    CHECK(ring.size() >= 3);
    corners += ring.size();
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const LonLat p = ring[i], q = ring[(i + 1) % ring.size()];
      const bool along_the_pole = p.lat == -90 && q.lat == -90;
      CHECK((std::abs(p.lon - q.lon) < 180 || along_the_pole));
    }
  }
  CHECK(corners == 5002);
}

TEST_CASE("a bad outline is refused with its place", "[map][errors][exact]") {
  CHECK_THROWS_WITH(parse_coastline("ring,lon,lat\n0,200,5\n0,1,x\n", "c.csv"),
                    Contains("c.csv:2:3: error: '200' is not a number within 180 of 0") &&
                        Contains("c.csv:3:5: error: 'x' is not a number within 90 of 0"));
  CHECK_THROWS_WITH(parse_coastline("lon,lat\n1,2\n", "c.csv"),
                    Contains("c.csv:1:1: error: the columns must be ring,lon,lat"));
  CHECK_THROWS_AS(load_coastline("no-such-file.csv"), sim::FileError);
  CHECK(parse_coastline("ring,lon,lat\n", "c.csv").empty());
}

TEST_CASE("the map is well-formed, the same each time, and says what it shows", "[map][exact]") {
  const Scratch scratch;
  Provenance p = sample_provenance();
  p.world = "Here & <there>";
  p.real_names = GENERATE(true, false);
  const RunShape shape = sample_shape(2, 40);
  {
    ResultFile file = ResultFile::create(scratch / "run.h5", shape, p, false);
    for (std::int64_t r = 0; r < 2; ++r)
      for (std::int64_t day = 0; day < 40; ++day) write_day(file, shape, r, day, {});
    file.finish();
  }
  const ResultReader result(scratch / "run.h5");
  const Replicates all = all_replicates(result);
  const auto land = p.real_names ? shipped_land() : std::vector<Line>{};
  const std::string svg = flow_map(result, all, land);
  CHECK(svg == flow_map(result, all, land));
  CHECK(corridor::test::balanced(svg));
  CHECK_THAT(
      svg,
      Contains("Here &amp; &lt;there&gt;: international travel by link, 2019-01-20 to 2019-02-28"));
  CHECK_THAT(svg, Contains("Persons a day"));
  CHECK_THAT(svg,
             Contains("the 3 strongest of 3 links, 100.0 %"));  // 2 air links both ways, 1 sea lane
  CHECK(svg.find("nan") == std::string::npos);
  CHECK((svg.find("Natural Earth") != std::string::npos) == p.real_names);
  CHECK_THAT(flow_map(result, all, land, {.most_links = 1}),
             Contains("the 1 strongest of 3 links"));
}

TEST_CASE("a map without a closed month is refused with what to do", "[map][errors][exact]") {
  const Scratch scratch;
  static_cast<void>(
      ResultFile::create(scratch / "run.h5", sample_shape(1, 40), sample_provenance(), false));
  const ResultReader result(scratch / "run.h5");
  CHECK_THROWS_WITH(
      flow_map(result, all_replicates(result), {}),
      (scratch / "run.h5").string() +
          ": error: no month is closed yet, so there are no flows to draw; finish the run: "
          "corridor run --resume");
}
