// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/flow_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>

#include "models/simulation/map_sheet.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::simulation {

namespace {

constexpr std::string_view air_colour = "#0072b2", land_colour = "#d55e00", sea_colour = "#009e73";
constexpr double largest_radius = 13;

struct Link {
  LonLat a, b;
  double per_day = 0;
  bool sea = false;
};

struct Disc {
  LonLat at;
  double per_day = 0;
};

struct Flows {
  std::vector<Link> links;  ///< strongest first
  std::vector<Disc> borders;
  std::vector<LonLat> places;
  std::vector<std::pair<std::string, double>> airports;  ///< by passengers on their links
  std::map<std::string, LonLat> airport_at;
  double all_passengers = 0, drawn_passengers = 0;
  std::size_t all_links = 0;
  double days = 0;
};

std::map<std::string, LonLat> points(const ResultReader& result, const char* names,
                                     const std::string& prefix) {
  const auto name = result.read_text(names);
  const auto lat = result.read<double>("/places/" + prefix + "_lat"),
             lon = result.read<double>("/places/" + prefix + "_lon");
  std::map<std::string, LonLat> at;
  for (std::size_t i = 0; i < name.size(); ++i) at[name[i]] = {lon[i], lat[i]};
  return at;
}

/// Adds links between named places, both directions together.
void add_links(Flows& flows, const std::map<std::string, LonLat>& at,
               const std::vector<std::string>& from, const std::vector<std::string>& to,
               const std::vector<std::int64_t>& persons, double person_days, bool sea) {
  std::map<std::pair<std::string, std::string>, std::int64_t> both;
  for (std::size_t i = 0; i < from.size(); ++i)
    if (persons[i] > 0 && at.contains(from[i]) && at.contains(to[i]))
      both[std::minmax(from[i], to[i])] += persons[i];
  std::map<std::string, double> through;
  for (const auto& [ends, sum] : both) {
    const double per_day = static_cast<double>(sum) / person_days;
    flows.links.push_back({at.at(ends.first), at.at(ends.second), per_day, sea});
    if (sea) continue;
    through[ends.first] += per_day;
    through[ends.second] += per_day;
  }
  if (sea) return;
  flows.airports.assign(through.begin(), through.end());
  std::ranges::stable_sort(flows.airports, std::ranges::greater{},
                           &std::pair<std::string, double>::second);
}

Flows collect(const ResultReader& result, const Replicates& of, std::size_t most_links) {
  const std::int64_t person_days = covered_days(result, of);
  if (person_days == 0)
    throw ResultError(result.path().string() +
                      ": error: no month is closed yet, so there are no flows to draw; finish the "
                      "run: corridor run --resume");
  Flows flows;
  const auto divisor = static_cast<double>(person_days);  // days times replicates
  flows.days = divisor / static_cast<double>(of.count());
  flows.airport_at = points(result, "/places/airport_iata", "airport");
  const auto ports = points(result, "/places/port_locode", "port");
  add_links(flows, flows.airport_at, result.read_text("/places/air_link_origin"),
            result.read_text("/places/air_link_destination"),
            sum_months(result, "/monthly/air_link_passengers", of), divisor, false);
  add_links(flows, ports, result.read_text("/places/sea_lane_a"),
            result.read_text("/places/sea_lane_b"),
            sum_months(result, "/monthly/sea_lane_passengers", of), divisor, true);
  for (const auto& [name, at] : flows.airport_at) flows.places.push_back(at);
  for (const auto& [name, at] : ports) flows.places.push_back(at);

  std::ranges::stable_sort(flows.links, std::ranges::greater{}, &Link::per_day);
  flows.all_links = flows.links.size();
  for (const Link& link : flows.links) flows.all_passengers += link.per_day;
  if (flows.links.size() > most_links) flows.links.resize(most_links);
  for (const Link& link : flows.links) flows.drawn_passengers += link.per_day;

  const auto lat = result.read<double>("/places/border_lat"),
             lon = result.read<double>("/places/border_lon");
  const auto over = sum_months(result, "/monthly/border_crossings", of);
  for (std::size_t i = 0; i < lat.size(); ++i) {
    const std::int64_t sum = over[2 * i] + over[2 * i + 1];
    if (sum > 0) flows.borders.push_back({{lon[i], lat[i]}, static_cast<double>(sum) / divisor});
    flows.places.push_back({lon[i], lat[i]});
  }
  std::ranges::stable_sort(flows.borders, std::ranges::greater{}, &Disc::per_day);
  return flows;
}

double radius(double per_day, double most) {
  return std::max(0.8, largest_radius * std::sqrt(per_day / most));
}

std::string links(const Sheet& sheet, const Flows& flows, bool sea, double step_degrees) {
  if (flows.links.empty()) return "";
  const double most = flows.links.front().per_day;
  std::array<std::string, n_map_classes> paths;
  for (const Link& link : flows.links) {
    if (link.sea != sea) continue;
    for (const Line& part : great_circle(link.a, link.b, step_degrees))
      paths[map_class(link.per_day, most)] += path_of(sheet, part);
  }
  std::string text = fmt::format(
      "<g transform=\"scale(.1)\" fill=\"none\" stroke=\"{}\" stroke-linecap=\"round\" "
      "stroke-linejoin=\"round\">\n",
      sea ? sea_colour : air_colour);
  for (std::size_t k = 0; k < n_map_classes; ++k)
    if (!paths[k].empty())
      text += fmt::format("<path stroke-width=\"{:.1f}\" stroke-opacity=\"{:.2f}\" d=\"{}\"/>\n",
                          10 * map_line_width(k), map_line_opacity(k), paths[k]);
  return text + "</g>\n";
}

std::string borders(const Sheet& sheet, const Flows& flows) {
  if (flows.borders.empty()) return "";
  std::string text = fmt::format(
      "<g fill=\"{}\" fill-opacity=\".55\" stroke=\"#ffffff\" "
      "stroke-width=\".4\">\n",
      land_colour);
  for (const Disc& disc : flows.borders) {
    const MapPoint p = sheet.place(disc.at);
    text += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"/>\n", p.x, p.y,
                        radius(disc.per_day, flows.borders.front().per_day));
  }
  return text + "</g>\n";
}

/// Names of the busiest airports, where they do not cover each other.
std::string airport_names(const Sheet& sheet, const Flows& flows) {
  constexpr std::size_t most_names = 24;
  std::vector<MapPoint> taken;
  std::string text = fmt::format(
      "<g font-size=\"12\" font-weight=\"600\" fill=\"{}\" stroke=\"#ffffff\" stroke-width=\"2.4\" "
      "paint-order=\"stroke\" stroke-linejoin=\"round\">\n",
      ink);
  for (const auto& [name, per_day] : flows.airports) {
    if (taken.size() == most_names) break;
    const MapPoint p = sheet.place(flows.airport_at.at(name));
    const bool covered = std::ranges::any_of(taken, [&](const MapPoint& other) {
      return std::abs(other.x - p.x) < 32 && std::abs(other.y - p.y) < 13;
    });
    if (covered) continue;
    taken.push_back(p);
    text +=
        fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", p.x + 3, p.y - 3, escaped(name));
  }
  return text + "</g>\n";
}

std::string legend(const Sheet& sheet, const Flows& flows) {
  const double y = sheet.height() - map_foot + 34;
  std::string text = fmt::format("<g font-size=\"15\" fill=\"{}\">\n", ink);
  double x = map_margin;
  text += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" font-weight=\"600\">Persons a day</text>\n",
                      x, y);
  x += 130;
  const auto line_key = [&](std::string_view colour, std::string_view what, double most) {
    text += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", x, y, what);
    x += 12 + 8.2 * static_cast<double>(what.size());
    for (const double share : {1.0, 0.2, 0.02}) {
      const double value = round_below(share * most);
      const std::size_t k = map_class(value, flows.links.front().per_day);
      text += fmt::format(
          "<path d=\"M{:.0f} {:.1f}h34\" stroke=\"{}\" stroke-width=\"{:.1f}\" "
          "stroke-opacity=\"{:.2f}\"/>"
          "<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
          x, y - 5, colour, map_line_width(k), map_line_opacity(k), x + 40, y, grouped(value));
      x += 56 + 8.6 * static_cast<double>(grouped(value).size());
      if (value <= 1) break;
    }
    x += 22;
  };
  double most_air = 0, most_sea = 0;
  for (const Link& link : flows.links)
    (link.sea ? most_sea : most_air) = std::max(link.sea ? most_sea : most_air, link.per_day);
  if (most_air > 0) line_key(air_colour, "air links", most_air);
  if (most_sea > 0) line_key(sea_colour, "sea lanes", most_sea);
  if (!flows.borders.empty()) {
    const double most = flows.borders.front().per_day;
    text += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">land borders</text>\n", x, y);
    x += 108;
    for (const double share : {1.0, 0.2, 0.02}) {
      const double value = round_below(share * most), r = radius(value, most);
      x += r;
      text += fmt::format(
          "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" "
          "fill-opacity=\".55\"/><text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
          x, y - 5, r, land_colour, x + r + 6, y, grouped(value));
      x += r + 22 + 8.6 * static_cast<double>(grouped(value).size());
      if (value <= 1) break;
    }
  }
  return text + "</g>\n";
}

}  // namespace

std::string flow_map(const ResultReader& result, const Replicates& of,
                     const std::vector<Line>& land, const MapOptions& options) {
  const Flows flows = collect(result, of, options.most_links);
  const Provenance p = result.provenance();
  const Sheet sheet = sheet_for(flows.places, p.real_names);
  const double step = p.real_names ? 4 : 0.5;  // degrees; an invented world is drawn larger
  const Summary s = summarise(result, 0);
  double started = 0, trips = 0;
  for (const NamedValue& total : s.totals)
    if (total.name == "trips_started") started = total.value;
  std::string modes;
  for (const NamedValue& mode : s.trips_by_mode) trips += mode.value;
  for (const NamedValue& mode : s.trips_by_mode)
    modes += fmt::format("{}{:.0f} % by {}", modes.empty() ? "" : ", ",
                         trips > 0 ? 100 * mode.value / trips : 0.0, mode.name);
  const std::string last =
      date_of(p.start_date, std::max<std::int64_t>(0, static_cast<std::int64_t>(flows.days) - 1));

  const std::string title = fmt::format("{}: international travel by link, {} to {}",
                                        escaped(p.world), escaped(p.start_date), last);
  const std::string below = fmt::format(
      "{} overnight trips set out ({}), each person simulated{}. Every traveller is synthetic.",
      grouped(started), modes,
      p.scale < 1 ? fmt::format(" at scale {:g}", p.scale) : std::string(" 1:1"));
  const std::string foot = fmt::format(
      "Both directions together; feeder legs at home among the air links. Drawn: the {} strongest "
      "of {} links, {:.1f} % of their passengers. Scenario '{}', seed {}. Corridor {}.{}{} "
      "Equal Earth projection.",
      grouped(static_cast<double>(flows.links.size())),
      grouped(static_cast<double>(flows.all_links)),
      flows.all_passengers > 0 ? 100 * flows.drawn_passengers / flows.all_passengers : 0.0,
      escaped(p.scenario_name), p.seed, escaped(p.version),
      result.length(Dim::money_measure) > 0 ? told_traces(p) : "",
      land.empty() ? "" : " Coastlines: Natural Earth.");
  return begin_map(sheet, title, below, land, p.real_names) + links(sheet, flows, false, step) +
         links(sheet, flows, true, step) + borders(sheet, flows) + airport_names(sheet, flows) +
         "</g>\n" + legend(sheet, flows) + end_map(sheet, foot);
}

}  // namespace corridor::simulation
