// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/place_classes.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/support/small_world.hpp"

using namespace corridor;
using namespace corridor::simulation;

TEST_CASE("every country belongs to a class of region and income", "[simulation][exact]") {
  const world::World& w = test::small_world().world;
  const PlaceClasses classes = place_classes(w);
  REQUIRE(classes.of_country.size() == w.countries.size());
  const auto class_of = [&](std::string_view iso3) {
    return classes.names[classes.of_country[w.find_country(iso3)]];
  };
  CHECK(class_of("XAA") == "europe, high income");
  CHECK(class_of("XAE") == "americas, middle income");
  CHECK(class_of("XAF") == "africa, low income");  // its income is not known
  for (std::size_t k = 0; k < classes.names.size(); ++k) {
    CHECK(std::count(classes.of_country.begin(), classes.of_country.end(), k) > 0);
  }
}

TEST_CASE("cells below ten are hidden, and no hidden one follows from the total",
          "[simulation][property]") {
  std::vector<std::int64_t> cells{100, 3, 50, 20};
  hide_small_cells(cells);
  CHECK(cells == std::vector<std::int64_t>{100, hidden_cell, 50, hidden_cell});
  CHECK(rc::check([] {
    const auto counts =
        *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 60));
    std::vector<std::int64_t> shown = counts;
    hide_small_cells(shown);
    std::int64_t n = 0, together = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (shown[i] == hidden_cell) {
        ++n;
        together += counts[i];
      } else {
        RC_ASSERT(shown[i] == counts[i]);
        RC_ASSERT(shown[i] >= smallest_cell);
      }
    }
    if (n > 0 && n < static_cast<std::int64_t>(counts.size())) {
      RC_ASSERT(n >= 2);
      RC_ASSERT(together >= smallest_cell);
    }
  }));
}

TEST_CASE("counts of days wait until they are ten together", "[simulation][exact]") {
  std::vector<std::int64_t> waiting(2), day{4, 12};
  hold_back_small(day, waiting);
  CHECK(day == std::vector<std::int64_t>{0, 12});
  CHECK(waiting == std::vector<std::int64_t>{4, 0});
  day = {6, 9};
  hold_back_small(day, waiting);
  CHECK(day == std::vector<std::int64_t>{10, 0});
  CHECK(waiting == std::vector<std::int64_t>{0, 9});
  // Nothing is lost but what waits at the end, and that is fewer than ten.
  CHECK(rc::check([] {
    const auto counts =
        *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 15));
    std::int64_t left = 0, told = 0;
    for (std::int64_t n : counts) {
      hold_back_small(std::span(&n, 1), std::span(&left, 1));
      RC_ASSERT(n == 0 || n >= smallest_cell);
      told += n;
    }
    RC_ASSERT(left >= 0 && left < smallest_cell);
    RC_ASSERT(told + left == std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
  }));
}

TEST_CASE("an amount is hidden where fewer than ten cases stand behind it", "[simulation][exact]") {
  std::vector<std::int64_t> grams{500, 500, 0};
  hide_where_few(grams, std::vector<std::int64_t>{10, 11, 12});
  CHECK(grams == std::vector<std::int64_t>{500, 500, 0});
  hide_where_few(grams, std::vector<std::int64_t>{30, 9, 1});
  CHECK(grams == std::vector<std::int64_t>{500, hidden_cell, hidden_cell});
}

TEST_CASE("neither an amount nor nobody follows from a total", "[simulation][exact]") {
  // One hidden alone would be the total less the others; it takes the next smallest with it.
  std::vector<std::int64_t> grams{700, 500, 300};
  hide_where_few(grams, std::vector<std::int64_t>{40, 3, 12});
  CHECK(grams == std::vector<std::int64_t>{700, hidden_cell, hidden_cell});
  // Hidden ones with nobody among them would be known to be none.
  std::vector<std::int64_t> cells{0, 0, 25, 60};
  hide_small_cells(cells);
  CHECK(cells == std::vector<std::int64_t>{hidden_cell, hidden_cell, hidden_cell, 60});
  std::vector<std::int64_t> total{9}, enough{10};
  hide_small_cells(total);
  hide_small_cells(enough);
  CHECK(total == std::vector<std::int64_t>{hidden_cell});
  CHECK(enough == std::vector<std::int64_t>{10});
}
