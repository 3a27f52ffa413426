// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/schema.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "models/scenario/scenario.hpp"

using namespace corridor;

TEST_CASE("docs/parameters.md is what the tables say", "[schema][exact]") {
  std::ifstream file(CORRIDOR_SOURCE_DIR "/docs/parameters.md", std::ios::binary);
  std::stringstream page;
  page << file.rdbuf();
  const bool up_to_date = page.str() == scenario::parameters_markdown(scenario::parameters());
  INFO("./dev docs writes the page again");
  CHECK(up_to_date);
}

TEST_CASE("the schema states type, limits, choices and default of every row", "[schema][exact]") {
  const auto root = nlohmann::json::parse(scenario::json_schema(scenario::parameters()));
  CHECK(root["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK(root["additionalProperties"] == false);
  for (const sim::ParameterInfo& row : scenario::parameters().rows()) {
    const std::string path(row.path);
    CAPTURE(path);
    nlohmann::json node = root;
    std::istringstream parts(path);
    for (std::string part; std::getline(parts, part, '.');) {
      CHECK(node["additionalProperties"] == false);
      REQUIRE(node["properties"].contains(part));
      node = nlohmann::json(node["properties"][part]);
    }
    const char* const types[] = {"number", "integer", "boolean", "string"};
    CHECK(node["type"] == types[static_cast<std::size_t>(row.kind)]);
    if (row.kind == sim::Kind::real || row.kind == sim::Kind::integer) {
      CHECK(node["minimum"].get<double>() == row.lo);
      CHECK(node["maximum"].get<double>() == row.hi);
    }
    CHECK(node.contains("enum") == !row.allowed.empty());
    std::visit([&](const auto& standard) { CHECK(node["default"] == standard); }, row.standard);
    CHECK(node["description"].get<std::string>().find(row.source) != std::string::npos);
  }
}

TEST_CASE("the manual's chapter has one line for each row and survives bars in the text",
          "[schema][exact]") {
  struct Params {
    double x = 1;
  };
  sim::ParameterSet set;
  set.add(std::array{sim::Parameter<Params>{"a.b.x", "1", "this | that", sim::Tag::assumed,
                                            "a_b, 3 < 4", 0, 2, &Params::x}});
  const std::string page = scenario::parameters_markdown(set);
  CHECK(page.find("\n## [a.b]\n") != std::string::npos);
  CHECK(page.find("\n| `x` | this \\| that | 1 | `1.0` | 0 to 2 | assumed: a\\_b, 3 \\< 4 |\n") !=
        std::string::npos);
}
