// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/export_geojson.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "models/simulation/great_circle.hpp"

namespace corridor::simulation {

namespace {

constexpr double step_degrees = 5;

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string position(LonLat p) { return fmt::format("[{:.3f},{:.3f}]", p.lon, p.lat); }

std::string line(const std::vector<Line>& parts) {
  const auto coordinates = [](const Line& part) {
    std::string text = "[";
    for (const LonLat p : part) text += (text.size() > 1 ? "," : "") + position(p);
    return text + "]";
  };
  if (parts.size() == 1)
    return R"({"type":"LineString","coordinates":)" + coordinates(parts[0]) + "}";
  std::string text = R"({"type":"MultiLineString","coordinates":[)";
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i ? "," : "") + coordinates(parts[i]);
  return text + "]}";
}

std::string point(LonLat p) { return R"({"type":"Point","coordinates":)" + position(p) + "}"; }

/// Collects features, one a line.
class Features {
 public:
  explicit Features(std::int64_t replicates) : replicates_(replicates) {}
  void begin(std::string_view kind, const std::string& geometry) {
    text_ += text_.empty() ? "" : ",\n";
    text_ += R"({"type":"Feature","geometry":)" + geometry + R"(,"properties":{"kind":)" +
             json_text(kind);
  }
  Features& text(std::string_view key, std::string_view value) {
    text_ += fmt::format(",\"{}\":{}", key, json_text(value));
    return *this;
  }
  Features& count(std::string_view key, std::int64_t sum) {
    text_ += fmt::format(",\"{}\":{}", key, mean_text(sum, replicates_));
    return *this;
  }
  void end() { text_ += "}}"; }
  [[nodiscard]] const std::string& all() const { return text_; }

 private:
  std::int64_t replicates_;
  std::string text_;
};

std::vector<LonLat> places(const ResultReader& result, const std::string& prefix) {
  const auto lat = result.read<double>("/places/" + prefix + "_lat"),
             lon = result.read<double>("/places/" + prefix + "_lon");
  std::vector<LonLat> points(lat.size());
  for (std::size_t i = 0; i < lat.size(); ++i) points[i] = {lon[i], lat[i]};
  return points;
}

std::map<std::string, LonLat> by_name(const std::vector<std::string>& names,
                                      const std::vector<LonLat>& points) {
  std::map<std::string, LonLat> found;
  for (std::size_t i = 0; i < names.size(); ++i) found[names[i]] = points[i];
  return found;
}

/// \throws ResultError when a link names a place that the file does not know.
LonLat place_of(const std::map<std::string, LonLat>& places, const std::string& name,
                const ResultReader& result) {
  const auto found = places.find(name);
  if (found == places.end())
    throw ResultError(result.path().string() + ": error: a link leads to '" + name +
                      "', which is no place of this result; make it again");
  return found->second;
}

void add_points(Features& features, const ResultReader& result, const Replicates& of) {
  const auto iata = result.read_text("/places/airport_iata"),
             airport_country = result.read_text("/places/airport_country");
  const std::vector<LonLat> airports = places(result, "airport");
  const auto departing = sum_months(result, "/monthly/airport_departing", of),
             arriving = sum_months(result, "/monthly/airport_arriving", of),
             connecting = sum_months(result, "/monthly/airport_connecting", of);
  for (std::size_t i = 0; i < iata.size(); ++i) {
    if (departing[i] + arriving[i] + connecting[i] == 0) continue;
    features.begin("airport", point(airports[i]));
    features.text("iata", iata[i]).text("country", airport_country[i]);
    features.count("departing", departing[i]).count("arriving", arriving[i]);
    features.count("connecting", connecting[i]).end();
  }
  const auto a = result.read_text("/places/border_a"), b = result.read_text("/places/border_b");
  const std::vector<LonLat> borders = places(result, "border");
  const auto over = sum_months(result, "/monthly/border_crossings", of),
             same_day = sum_months(result, "/monthly/same_day_border_crossings", of);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (over[2 * i] + over[2 * i + 1] + same_day[i] == 0) continue;
    features.begin("border", point(borders[i]));
    features.text("a", a[i]).text("b", b[i]);
    features.count("a_to_b", over[2 * i]).count("b_to_a", over[2 * i + 1]);
    features.count("same_day", same_day[i]).end();
  }
}

void add_lines(Features& features, const ResultReader& result, const Replicates& of) {
  const auto airports =
      by_name(result.read_text("/places/airport_iata"), places(result, "airport"));
  const auto from = result.read_text("/places/air_link_origin"),
             to = result.read_text("/places/air_link_destination");
  const auto flown = sum_months(result, "/monthly/air_link_passengers", of);
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (flown[i] == 0) continue;
    features.begin("air_link", line(great_circle(place_of(airports, from[i], result),
                                                 place_of(airports, to[i], result), step_degrees)));
    features.text("origin", from[i]).text("destination", to[i]).count("passengers", flown[i]).end();
  }
  const auto codes = result.read_text("/places/port_locode"),
             port_country = result.read_text("/places/port_country");
  const auto ports = by_name(codes, places(result, "port"));
  const auto a = result.read_text("/places/sea_lane_a"), b = result.read_text("/places/sea_lane_b");
  const auto sailed = sum_months(result, "/monthly/sea_lane_passengers", of);
  std::map<std::string, std::int64_t> through;  // passengers of a port
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (sailed[i] == 0) continue;
    features.begin("sea_lane", line(great_circle(place_of(ports, a[i], result),
                                                 place_of(ports, b[i], result), step_degrees)));
    features.text("a", a[i]).text("b", b[i]).count("passengers", sailed[i]).end();
    through[a[i]] += sailed[i];
    through[b[i]] += sailed[i];
  }
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto found = through.find(codes[i]);
    if (found == through.end()) continue;
    features.begin("port", point(place_of(ports, codes[i], result)));
    features.text("locode", codes[i]).text("country", port_country[i]);
    features.count("passengers", found->second).end();
  }
}

}  // namespace

std::string geojson(const ResultReader& result, const Replicates& of) {
  Features features(of.count());
  add_points(features, result, of);
  add_lines(features, result, of);
  const Provenance p = result.provenance();
  const std::int64_t days = covered_days(result, of) / of.count();
  std::string about = fmt::format(
      R"({{"scenario":{},"world":{},"seed":{},"scale":{},"first_date":{},"days":{},"traces":{},"citation":{}}})",
      json_text(p.scenario_name), json_text(p.world), p.seed, p.scale, json_text(p.start_date),
      days, json_text(p.traces), json_text(p.citation));
  return "{\"type\":\"FeatureCollection\",\"corridor\":" + about + ",\"features\":[\n" +
         features.all() + "\n]}\n";
}

}  // namespace corridor::simulation
