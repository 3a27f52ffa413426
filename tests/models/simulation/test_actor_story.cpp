// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_story.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/simulation/result_file.hpp"
#include "models/trafficking/consignment.hpp"
#include "models/travel/injected.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;

namespace {

const std::uint64_t courier_trip =
    travel::pack(travel::InjectedId{travel::Actor::drug_courier, 7, 2});

/// A courier's journey begins on day 1 and his kilogram is seized on day 2; a consignment of the
/// same organisation is seized beside it.
void write_story(const std::filesystem::path& path, std::int64_t dropped) {
  const RunShape shape = sample_shape(1, 12);
  ResultFile file = ResultFile::create(path, shape, sample_provenance(), false);
  file.write<std::uint8_t>("/actors/event_kind", {0}, std::vector<std::uint8_t>{0, 1, 1, 255});
  file.write<std::int32_t>("/actors/event_day", {0}, std::vector<std::int32_t>{1, 2, 2, 0});
  file.write<std::uint64_t>("/actors/event_id", {0},
                            std::vector<std::uint64_t>{courier_trip, trafficking::consignment_id(7),
                                                       trafficking::consignment_id(8), 0});
  file.write<std::int32_t>("/actors/event_origin", {0}, std::vector<std::int32_t>{0, 0, 0, -1});
  file.write<std::int32_t>("/actors/event_destination", {0},
                           std::vector<std::int32_t>{1, 1, 2, -1});
  file.write<std::int32_t>("/actors/event_who", {0}, std::vector<std::int32_t>{-1, 0, 0, -1});
  file.write<std::int64_t>("/actors/event_amount", {0}, std::vector<std::int64_t>{1, 1500, 9, 0});
  for (std::int64_t day = 0; day < 12; ++day) write_day(file, shape, 0, day, {});
  std::vector<std::int64_t> none(12);
  none[11] = dropped;
  file.write<std::int64_t>("/actors/events_dropped", {0}, none);
  file.finish();
}

}  // namespace

TEST_CASE("names of those who act are read and written alike", "[explain][actors][exact]") {
  using Kind = ActorName::Kind;
  CHECK(parse_actor_name("fighter/12") == ActorName{Kind::fighter, 12});
  CHECK(parse_actor_name("consignment/7") == ActorName{Kind::consignment, 7});
  CHECK(parse_actor_name("c000000000000007") == ActorName{Kind::consignment, 7});
  CHECK(parse_actor_name("9010000000000007-out") == ActorName{Kind::consignment, 7});
  CHECK(parse_actor_name("8800000000000003") == ActorName{Kind::fighter, 3});
  CHECK(parse_actor_name("9800000000000003") == ActorName{Kind::courier_of_cash, 3});
  for (const char* nobody : {"", "fighter/", "fighter/x", "fighter/-1", "fighters/1",
                             "0010040000500003-out.1", "8000000000000001", "fighter"}) {
    CHECK_FALSE(parse_actor_name(nobody));
  }
  for (const char* name :
       {"fighter/12", "consignment/7", "cash-courier/1", "money/72057598332895474"})
    CHECK(text(parse_actor_name(name).value()) == name);
}

TEST_CASE("a courier's story has his journeys and his goods, and nobody else's",
          "[explain][actors][exact]") {
  const Scratch scratch;
  write_story(scratch / "run.h5", 0);
  const ResultReader result(scratch / "run.h5");
  const ActorStory story = actor_story(result, 0, parse_actor_name("consignment/7").value());
  CHECK(story.text() ==
        "consignment/7 (synthetic; read from the result's events)\n"
        "traces: full: illicit journeys and goods are shown one by one\n"
        "  2019-01-21  journey begun                XAA > XBB            1 person\n"
        "  2019-01-22  seizure: container           XAA > XBB             1.50 kg  Alder\n");
  CHECK(story.json()["events"].size() == 2);
  CHECK(story.json()["synthetic"] == true);
  CHECK_THROWS_WITH(actor_story(result, 0, parse_actor_name("fighter/7").value()),
                    (scratch / "run.h5").string() +
                        ": error: no event of fighter/7 in replicate 0; numbers are those of "
                        "/actors/event_id");
}

TEST_CASE("a story says when the result had no room for all events", "[explain][actors][exact]") {
  const Scratch scratch;
  write_story(scratch / "run.h5", 3);
  const ActorStory story =
      actor_story(ResultReader(scratch / "run.h5"), 0, parse_actor_name("consignment/8").value());
  CHECK(story.truncated);
  CHECK_THAT(story.text(), Catch::Matchers::EndsWith("later ones may be missing.\n"));
}

TEST_CASE("a result by class of place tells nobody's story", "[explain][disclosure][exact]") {
  const Scratch scratch;
  RunShape shape = sample_shape(1, 12);
  shape.actor_event_rows = 0;
  static_cast<void>(ResultFile::create(scratch / "run.h5", shape, sample_provenance(), false));
  CHECK_THROWS_WITH(
      actor_story(ResultReader(scratch / "run.h5"), 0, parse_actor_name("fighter/7").value()),
      Catch::Matchers::Contains("it shows them by class of place (docs/ethics.md)"));
}
