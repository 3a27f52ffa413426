// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/corridor_map.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "models/simulation/place_classes.hpp"
#include "models/simulation/result_file.hpp"
#include "tests/models/simulation/sample_result.hpp"
#include "tests/support/balanced_tags.hpp"

using namespace corridor::simulation;
using namespace corridor::simulation::test;
using Catch::Matchers::Contains;

namespace {

/// A result of one month whose corridors, [from][to] of two classes, are these grams.
void write_corridors(const std::filesystem::path& path, const std::vector<std::int64_t>& grams) {
  const RunShape shape = sample_shape(1, 12);
  ResultFile file = ResultFile::create(path, shape, sample_provenance(), false);
  for (std::int64_t day = 0; day < 12; ++day) {
    if (day == 11) {
      file.write<std::int64_t>("/actors/corridor_sent", {0, 0}, grams);
      file.write<std::int64_t>("/actors/corridor_seized", {0, 0},
                               std::vector<std::int64_t>{0, 1'000, 0, 0});
    }
    write_day(file, shape, 0, day, {});
  }
  file.finish();
}

}  // namespace

TEST_CASE("the corridor map draws each corridor once, with what was sent and seized on it",
          "[map][exact]") {
  const Scratch scratch;
  write_corridors(scratch / "run.h5", {0, 9'000'000, 2'000'000, 1'000'000});
  const ResultReader result(scratch / "run.h5");
  const std::string svg = corridor_map(result, {}, 100);
  CHECK(svg == corridor_map(result, {}, 100));
  CHECK(corridor::test::balanced(svg));
  CHECK_THAT(svg, Contains("<title>cocaine, europe, high income to americas, middle income: 9,000 "
                           "kg sent, 1 kg of it seized</title>"));
  CHECK_THAT(svg, Contains("<title>cocaine, americas, middle income to americas, middle income: "
                           "1,000 kg sent, 0 kg of it seized</title></circle>"));
  CHECK_THAT(svg, Contains("Drawn: 3 of 3 corridors, 100.0 % of their kilograms. Scenario"));
  CHECK(svg.find("nan") == std::string::npos);
  CHECK_THAT(corridor_map(result, {}, 1), Contains("Drawn: 1 of 3 corridors, 75.0 %"));
}

TEST_CASE("a corridor that may not be shown is not drawn, and the map says so",
          "[map][disclosure][exact]") {
  const Scratch scratch;
  write_corridors(scratch / "run.h5", {0, 9'000'000, hidden_cell, hidden_cell});
  const std::string svg = corridor_map(ResultReader(scratch / "run.h5"), {}, 100);
  CHECK_THAT(svg, Contains("Drawn: 1 of 1 corridors, 100.0 % of their kilograms. Cells below ten "
                           "cases are hidden and not drawn."));
  CHECK_THAT(svg, !Contains("americas, middle income to"));
}

TEST_CASE("a corridor map without goods, or before a month is closed, is refused with what to do",
          "[map][errors][exact]") {
  const Scratch scratch;
  RunShape nobody = sample_shape(1, 12);
  nobody.substance.clear();
  static_cast<void>(ResultFile::create(scratch / "a.h5", nobody, sample_provenance(), false));
  CHECK_THROWS_WITH(
      corridor_map(ResultReader(scratch / "a.h5"), {}, 9),
      (scratch / "a.h5").string() +
          ": error: nobody sends goods in this result, so there are no corridors; run a scenario "
          "with trafficking.on = true, e.g. scenarios/actors-small.toml");
  static_cast<void>(
      ResultFile::create(scratch / "b.h5", sample_shape(1, 40), sample_provenance(), false));
  CHECK_THROWS_WITH(corridor_map(ResultReader(scratch / "b.h5"), {}, 9),
                    (scratch / "b.h5").string() +
                        ": error: no month is closed yet, so there are no corridors to draw; "
                        "finish the run: corridor run --resume");
}
