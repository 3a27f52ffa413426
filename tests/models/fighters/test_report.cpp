// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/report.hpp"

#include <catch2/catch.hpp>

#include "tests/models/fighters/border.hpp"

using namespace corridor;
using namespace corridor::fighters;
using Cells = std::vector<std::optional<std::uint64_t>>;

namespace {

Cells hidden(Cells cells) {
  hide_small(cells);
  return cells;
}
constexpr std::nullopt_t no = std::nullopt;

}  // namespace

TEST_CASE("cells below ten are not shown, nor what the total would tell", "[fighters][exact]") {
  CHECK(hidden({50, 10, 30}) == Cells{50, 10, 30});
  CHECK(hidden({50, 9, 30}) == Cells{50, no, no});
  CHECK(hidden({50, 9, 1, 30}) == Cells{50, no, no, 30});
  CHECK(hidden({50, 9, 0, 30}) == Cells{50, no, no, no});
  CHECK(hidden({0, 12}) == Cells{no, no});
  CHECK(hidden({3}) == Cells{no});
  CHECK(hidden({}).empty());
}

TEST_CASE("counts come by class of place; full ones only on the scenario's word",
          "[fighters][exact]") {
  fighters::test::TestWorld w;
  w.world.countries[0].gdp_per_capita_usd = 1000;
  w.world.countries[1].gdp_per_capita_usd = 0;
  w.world.countries[2].gdp_per_capita_usd = 4045;
  w.world.countries[3].region = world::Region::africa;
  std::vector<Counts> counts(w.world.countries.size());
  counts[0][at(Count::attempted)] = 11;
  counts[1][at(Count::attempted)] = 4;
  counts[3][at(Count::attempted)] = 60;
  counts[4][at(Count::attempted)] = 25;
  counts[4][at(Count::arrived)] = 9;
  const PlaceClasses classes = by_income(w.world);
  const auto rows = by_class(counts, classes, false);
  REQUIRE(rows.size() == 5);  // nobody has an upper middle income
  CHECK(rows[0].name == "low income");
  CHECK(rows[3].name == "income unknown");
  CHECK(rows[4].name == "all");
  const auto cell = [&](const std::vector<ClassRow>& r, std::size_t i, Count c) {
    return r[i].cells[at(c)];
  };
  CHECK(cell(rows, 0, Count::attempted) == no);  // else 4 would follow
  CHECK(cell(rows, 1, Count::attempted) == no);
  CHECK(cell(rows, 2, Count::attempted) == 85u);
  CHECK(cell(rows, 3, Count::attempted) == no);
  CHECK(cell(rows, 4, Count::attempted) == 100u);
  CHECK(cell(rows, 4, Count::arrived) == no);
  const auto full = by_class(counts, classes, true);
  CHECK(cell(full, 3, Count::attempted) == 4u);
  CHECK(cell(full, 4, Count::arrived) == 9u);
  CHECK(cell(full, 1, Count::arrived) == 0u);
  const auto regions = by_class(counts, by_region(w.world), true);
  REQUIRE(regions.size() == 3);
  CHECK(cell(regions, 0, Count::attempted) == 40u);
  CHECK(cell(regions, 1, Count::attempted) == 60u);
  const auto rates = per_hundred(sum(counts));
  REQUIRE(rates);
  CHECK((*rates)[at(Count::arrived)] == 9);
  CHECK_FALSE(per_hundred(Counts{}));
}
