// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/levers.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "models/scenario/strategy.hpp"

using namespace corridor;
using namespace corridor::scenario;

TEST_CASE("every lever stands on a parameter that can change in a run, within its range",
          "[scenario][exact]") {
  std::set<std::string_view> ids, paths;
  for (const Lever& lever : levers()) {
    INFO(lever.id);
    CHECK(ids.insert(lever.id).second);
    CHECK(find_lever(lever.id) == &lever);
    CHECK_FALSE(lever.meaning_en.empty());
    CHECK_FALSE(lever.meaning_fr.empty());
    CHECK_FALSE(lever.metric.empty());
    CHECK(lever.value != lever.neutral);
    CHECK(lever.cost_musd >= 0);
    if (lever.path.empty()) continue;
    CHECK(paths.insert(lever.path).second);
    CHECK(lever_of_path(lever.path) == &lever);
    const sim::ParameterInfo* row = parameters().find(lever.path);
    REQUIRE(row != nullptr);
    CHECK(why_fixed(lever.path).empty());
    CHECK(row->kind == sim::Kind::real);
    CHECK(std::get<double>(row->standard) == lever.neutral);  // a scenario without it is neutral
    for (const double v : {lever.neutral, lever.value}) {
      CHECK(v >= row->lo);
      CHECK(v <= row->hi);
    }
  }
  CHECK(find_lever("nothing") == nullptr);
  CHECK(lever_of_path("") == nullptr);
}
