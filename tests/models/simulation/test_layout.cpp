// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/layout.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "models/simulation/result_shape.hpp"

using namespace corridor::simulation;

TEST_CASE("the page on the results format holds the table of the program",
          "[results][docs][exact]") {
  std::ifstream in(std::string(CORRIDOR_SOURCE_DIR) + "/docs/results-format.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  REQUIRE(page.find("| dataset |") != std::string::npos);
  CHECK(page.find(layout_as_markdown()) != std::string::npos);
  CHECK(page.find("Version of the layout: **" + std::to_string(results_format.major_number) + "." +
                  std::to_string(results_format.minor_number) + "**") != std::string::npos);
}

TEST_CASE("every dataset is found by its path and no other is", "[results][exact]") {
  for (const Dataset& row : layout()) CHECK(find_dataset(row.path) == &row);
  for (const char* path : {"", "/", "/daily", "/daily/closed/", "/monthly/none"})
    CHECK(find_dataset(path) == nullptr);
}

TEST_CASE("only provenance and timings are left out of the digest", "[results][exact]") {
  for (const Dataset& row : layout()) CHECK(row.in_digest == !row.path.starts_with("/provenance/"));
}

TEST_CASE("every labelled column has its dataset, and the other way round", "[results][exact]") {
  std::set<std::string_view> columns;
  const RunShape shape;
  for_each_column(shape, [&](std::string_view path, const auto&) { columns.insert(path); });
  for (const Dataset& row : layout())
    if (row.path.starts_with("/places/") || row.path.starts_with("/demand/"))
      CHECK(columns.erase(row.path) == 1);
  CHECK(columns.empty());
}
