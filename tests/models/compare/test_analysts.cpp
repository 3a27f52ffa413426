// SPDX-License-Identifier: Apache-2.0
#include "models/compare/analysts.hpp"

#include <catch2/catch.hpp>

using namespace corridor;
using namespace corridor::compare;

namespace {

World small_world(const std::vector<std::string>& set) {
  std::vector<sim::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  return base_world(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides);
}

}  // namespace

TEST_CASE("in 20 hidden worlds the intervals of analysts hold the truth in at least 17",
          "[compare][statistical]") {
  // An interval of 95 % holds in 17 or more of 20 with a chance of 0.984. One whose standard error
  // were half of what it should be (67 %) would do so with 0.03.
  // Three times the fighters, so that posts stop some parties in every world.
  const HiddenWorlds h = hidden_worlds(small_world({"run.days=300", "fighters.flow=3"}), 20);
  REQUIRE(h.worlds.size() == 20);
  for (const Row row : {Row::seized_cases, Row::seized_kg, Row::document_passes, Row::right_hits,
                        Row::fighter_parties, Row::fighter_parties_low}) {
    INFO(hidden_worlds_text(h));
    INFO(info(row).name);
    CHECK(h.covered(row, true) >= 17);
    for (const HiddenWorld& w : h.worlds) {
      const Believed& b = w.audited[static_cast<std::size_t>(row)];
      CHECK(b.truth > 0);
      CHECK(b.estimate.lower <= b.estimate.upper);
    }
  }
  // Who believes the base's rates misses the seizures of most of them.
  CHECK(h.covered(Row::seized_cases, false) < 17);
  // Lists stop those with a file: with all who were stopped the estimate is the lower one.
  double low = 0, other = 0;
  for (const HiddenWorld& w : h.worlds) {
    const auto of = [&](Row row) { return w.audited[static_cast<std::size_t>(row)].estimate; };
    if (!of(Row::fighter_parties).defined) continue;
    low += of(Row::fighter_parties_low).estimate;
    other += of(Row::fighter_parties).estimate;
  }
  CHECK(low < other);
}

TEST_CASE("hidden worlds are the same for any number of threads", "[compare][exact]") {
  const World base = small_world({"run.days=25"});
  CHECK(hidden_worlds_json(hidden_worlds(base, 3, 1)) ==
        hidden_worlds_json(hidden_worlds(base, 3, 2)));
}

TEST_CASE("a world with nothing to estimate from is told as such, neither held nor missed",
          "[compare][exact]") {
  const HiddenWorlds h =
      hidden_worlds(small_world({"run.days=5", "trafficking.on=false", "fighters.on=false"}), 2);
  for (const Row row : {Row::seized_cases, Row::fighter_parties}) {
    CHECK(h.estimated(row, true) == 0);
    CHECK(h.covered(row, true) == 0);
  }
  const std::string text = hidden_worlds_text(h);
  CHECK(text.find("seized_cases: seizures until the cut-off (case), from reported seizures\n"
                  "  audited   nothing to estimate from in 2\n") != std::string::npos);
  CHECK(text.find(" no\n") == std::string::npos);
  CHECK(hidden_worlds_json(h).find("\"covers\": null") != std::string::npos);
}

TEST_CASE("hidden worlds need every traveller", "[compare][exact]") {
  CHECK_THROWS_WITH(hidden_worlds(small_world({"run.days=5", "run.scale=0.5"}), 2),
                    "hidden worlds are run at scale 1; run.scale = 0.5");
}
