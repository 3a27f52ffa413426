// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "models/simulation/export_csv.hpp"
#include "models/simulation/export_geojson.hpp"
#include "models/simulation/result_file.hpp"
#include "models/world/csv.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;

namespace {

/// Rows of a table as texts, the header first; read by the project's own strict reader.
std::vector<std::vector<std::string>> rows(const std::string& text) {
  world::Complaints complaints;
  const world::CsvTable table = world::parse_csv(text, "table", complaints);
  INFO(complaints.text());
  CHECK(complaints.count() == 0);
  std::vector<std::vector<std::string>> all(1);
  for (const auto& field : table.header) all[0].push_back(field.text);
  for (std::size_t i = 0; i < table.n_rows(); ++i) {
    all.emplace_back();
    for (const auto& field : table.row(i)) all.back().push_back(field.text);
  }
  return all;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

TEST_CASE("the CSV tables have the promised names, columns and sums", "[results][export][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 40);
  write_sample(scratch / "run.h5", shape);
  const ResultReader result(scratch / "run.h5");
  const auto listed = csv_tables(result, all_replicates(result));
  const std::map<std::string, std::string> tables(listed.begin(), listed.end());
  REQUIRE(tables.size() == 21);  // about, ten of travel, seven of actors, three of organisations
  CHECK(first_line(tables.at("air_links.csv")) == "origin,destination,passengers");
  CHECK(first_line(tables.at("airports.csv")) == "iata,departing,arriving,connecting");
  CHECK(first_line(tables.at("country_pairs.csv")) ==
        "origin,destination,trips,by_air,by_land,by_sea");

  const auto at = [&](const char* path, std::int64_t month, std::size_t i) {
    return result.read<std::int64_t>(path, {0, month})[i];
  };
  const auto links = rows(tables.at("air_links.csv"));
  REQUIRE(links.size() == 5);
  CHECK(links[2] ==
        std::vector<std::string>{"QAA", "QCC",
                                 std::to_string(at("/monthly/air_link_passengers", 0, 1) +
                                                at("/monthly/air_link_passengers", 1, 1))});
  const auto pairs = rows(tables.at("country_pairs.csv"));
  for (std::size_t i = 1; i < pairs.size(); ++i)
    CHECK(std::stoll(pairs[i][2]) ==
          std::stoll(pairs[i][3]) + std::stoll(pairs[i][4]) + std::stoll(pairs[i][5]));
  CHECK(pairs[3][0] == "XBB");
  const auto days = rows(tables.at("daily.csv"));
  REQUIRE(days.size() == 41);
  CHECK(days[40][2] == "2019-02-28");
  CHECK(days[0][3] == "trips_started");
  CHECK(days[5][3] ==
        std::to_string(result.read_one<std::int64_t>("/daily/trips_started", {0, 4})));
  CHECK(days[0].back() == "digest");
  CHECK(rows(tables.at("journeys.csv")).size() == 4);
  CHECK(rows(tables.at("posts.csv"))[1][2] == "QAA");
  CHECK(rows(tables.at("months.csv"))[1][1] == "12");
  CHECK(rows(tables.at("borders.csv"))[1][0] == "XAA");
  CHECK(rows(tables.at("air_links_fit.csv"))[2] ==
        std::vector<std::string>{"QAA", "QCC", "0", "2000.5"});
}

TEST_CASE("the page on the results format names every CSV table",
          "[results][export][docs][exact]") {
  const Scratch scratch;
  write_sample(scratch / "run.h5", sample_shape(1, 5));
  const ResultReader result(scratch / "run.h5");
  const std::vector<std::byte> bytes =
      sim::read_file(std::string(CORRIDOR_SOURCE_DIR) + "/docs/results-format.md");
  const std::string page(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const auto& [name, text] : csv_tables(result, all_replicates(result)))
    CHECK(page.find("| `" + name + "` |") != std::string::npos);
}

TEST_CASE("a mean over replicates is exported, and one replicate by itself",
          "[results][export][relation]") {
  const Scratch scratch;
  write_sample(scratch / "run.h5", sample_shape(2, 40));
  const ResultReader result(scratch / "run.h5");
  const auto number = [&](const Replicates& of) {
    return std::stod(rows(csv_tables(result, of)[1].second)[1][2]);
  };
  CHECK(number(all_replicates(result)) == (number({{0}}) + number({{1}})) / 2);  // halves are exact
  CHECK(number({{0}}) != number({{1}}));
}

TEST_CASE("GeoJSON holds every flow once, cut at the date line", "[results][export][exact]") {
  const Scratch scratch;
  write_sample(scratch / "run.h5", sample_shape(1, 40));
  const ResultReader result(scratch / "run.h5");
  const auto json = nlohmann::json::parse(geojson(result, all_replicates(result)));
  CHECK(json["type"] == "FeatureCollection");
  CHECK(json["corridor"]["world"] == "Archipelago");
  std::map<std::string, int> kinds;
  bool cut = false;
  for (const auto& feature : json["features"]) {
    const std::string kind = feature["properties"]["kind"];
    ++kinds[kind];
    const auto& geometry = feature["geometry"];
    if (kind == "air_link" && feature["properties"]["origin"] == "QAA" &&
        feature["properties"]["destination"] == "QBB") {
      CHECK(geometry["type"] == "MultiLineString");
      CHECK(geometry["coordinates"][0].back()[0] == 180);
      CHECK(geometry["coordinates"][1].front()[0] == -180);
      cut = true;
    }
    if (kind == "airport") {
      CHECK(geometry["type"] == "Point");
      CHECK(feature["properties"]["departing"].is_number_integer());
    }
  }
  CHECK(cut);
  CHECK(kinds == std::map<std::string, int>{
                     {"air_link", 4}, {"airport", 3}, {"border", 1}, {"port", 2}, {"sea_lane", 1}});
}

TEST_CASE("a link to a place that a damaged file does not know is reported",
          "[results][export][errors][exact]") {
  const Scratch scratch;
  const auto path = scratch / "run.h5";
  write_sample(path, sample_shape(1, 40));
  {
    const ResultReader result(path);
    sim::File file(path, sim::File::Mode::update);
    file.write_at(result.array("/places/air_link_origin").offset, "QZZ");
  }
  const ResultReader result(path);
  CHECK_THROWS_WITH(geojson(result, all_replicates(result)),
                    path.string() +
                        ": error: a link leads to 'QZZ', which is no place of this "
                        "result; make it again");
}
