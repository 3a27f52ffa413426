// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/flow_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>

#include "models/simulation/summary.hpp"

namespace corridor::simulation {

namespace {

constexpr double width = 1600, margin = 24, head = 96, foot = 104;
constexpr std::string_view air_colour = "#0072b2", land_colour = "#d55e00", sea_colour = "#009e73";
constexpr std::string_view ink = "#222222", quiet = "#666666";
constexpr std::size_t classes = 16;  ///< of width and strength
constexpr double widest = 4.5, largest_radius = 13;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
  }
  return out;
}

/// From the projection's plane to the sheet.
class Sheet {
 public:
  Sheet(MapPoint low, MapPoint high)
      : low_(low), high_(high), scale_((width - 2 * margin) / (high.x - low.x)) {}
  [[nodiscard]] MapPoint place(LonLat p) const {
    const MapPoint m = equal_earth(p);
    return {margin + (m.x - low_.x) * scale_, head + (high_.y - m.y) * scale_};
  }
  [[nodiscard]] double map_height() const { return (high_.y - low_.y) * scale_; }
  [[nodiscard]] double height() const { return head + map_height() + foot; }

 private:
  MapPoint low_, high_;
  double scale_;
};

/// A path in tenths of a pixel, relative, so that the text is short: use with scale(.1).
std::string path_of(const Sheet& sheet, const Line& line) {
  std::string text;
  long x = 0, y = 0;
  bool begun = false;  // whether the path has a second point
  for (std::size_t i = 0; i < line.size(); ++i) {
    const MapPoint p = sheet.place(line[i]);
    const long to_x = std::lround(10 * p.x), to_y = std::lround(10 * p.y);
    if (i == 0) {
      fmt::format_to(std::back_inserter(text), "M{} {}", to_x, to_y);
    } else if (to_x != x || to_y != y || (i + 1 == line.size() && !begun)) {
      fmt::format_to(std::back_inserter(text), "{}{}{}{}", begun ? (to_x < x ? "" : " ") : "l",
                     to_x - x, to_y < y ? "" : " ", to_y - y);
      begun = true;
    }
    x = to_x;
    y = to_y;
  }
  return text;
}

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

Sheet sheet_for(const Flows& flows, bool whole_world) {
  if (whole_world || flows.places.empty())
    return {{equal_earth({-180, 0}).x, equal_earth({0, -58}).y},
            {equal_earth({180, 0}).x, equal_earth({0, 84}).y}};
  MapPoint low{9, 9}, high{-9, -9};
  for (const LonLat at : flows.places) {
    const MapPoint p = equal_earth(at);
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  // A tenth of room on each side, and between 2.2 : 1 and 1.4 : 1 in shape.
  const double w = std::max(high.x - low.x, 0.02) * 1.2, h = std::max(high.y - low.y, 0.02) * 1.2;
  const double x = (low.x + high.x) / 2, y = (low.y + high.y) / 2;
  const double final_w = std::max(w, 1.4 * h), final_h = std::max(h, final_w / 2.2);
  return {{x - final_w / 2, y - final_h / 2}, {x + final_w / 2, y + final_h / 2}};
}

/// Share of the strongest line's width and strength, in (0, 1], in steps.
std::size_t class_of(double per_day, double most) {
  const double share = std::sqrt(per_day / most);
  return std::min(classes - 1, static_cast<std::size_t>(share * classes));
}
double class_share(std::size_t k) { return (static_cast<double>(k) + 1) / classes; }
double line_width(std::size_t k) { return 0.3 + (widest - 0.3) * class_share(k); }
double line_opacity(std::size_t k) { return 0.07 + 0.66 * class_share(k); }
double radius(double per_day, double most) {
  return std::max(0.8, largest_radius * std::sqrt(per_day / most));
}

std::string background(const Sheet& sheet, const std::vector<Line>& land, bool whole_world) {
  std::string text;
  if (whole_world) {  // the outline of the globe, cut at the map's edge, and a graticule
    std::string globe;
    for (int lat = -90; lat <= 90; lat += 5)
      globe += (globe.empty() ? "M" : " ") + [&] {
        const MapPoint p = sheet.place({-180, static_cast<double>(lat)});
        return fmt::format("{:.1f} {:.1f}", p.x, p.y);
      }();
    for (int lat = 90; lat >= -90; lat -= 5) {
      const MapPoint p = sheet.place({180, static_cast<double>(lat)});
      globe += fmt::format(" {:.1f} {:.1f}", p.x, p.y);
    }
    text +=
        "<path d=\"" + globe + "Z\" fill=\"#f3f6f8\" stroke=\"#c9d2d8\" stroke-width=\".8\"/>\n";
    std::string grid;
    for (int lon = -150; lon <= 150; lon += 30) {
      Line meridian;
      for (int lat = -90; lat <= 90; lat += 5)
        meridian.push_back({static_cast<double>(lon), static_cast<double>(lat)});
      grid += path_of(sheet, meridian);
    }
    for (int lat = -60; lat <= 60; lat += 30)
      grid += path_of(sheet, {{-180, static_cast<double>(lat)}, {180, static_cast<double>(lat)}});
    text += "<path transform=\"scale(.1)\" d=\"" + grid +
            "\" fill=\"none\" stroke=\"#dfe6ea\" stroke-width=\"6\"/>\n";
  }
  if (land.empty()) return text;
  text +=
      "<path transform=\"scale(.1)\" fill=\"#dad8cf\" fill-rule=\"evenodd\" stroke=\"#bdbab0\" "
      "stroke-width=\"4\" d=\"";
  for (const Line& ring : land) text += path_of(sheet, ring) + "z";
  return text + "\"/>\n";
}

std::string links(const Sheet& sheet, const Flows& flows, bool sea, double step_degrees) {
  if (flows.links.empty()) return "";
  const double most = flows.links.front().per_day;
  std::array<std::string, classes> paths;
  for (const Link& link : flows.links) {
    if (link.sea != sea) continue;
    for (const Line& part : great_circle(link.a, link.b, step_degrees))
      paths[class_of(link.per_day, most)] += path_of(sheet, part);
  }
  std::string text = fmt::format(
      "<g transform=\"scale(.1)\" fill=\"none\" stroke=\"{}\" stroke-linecap=\"round\" "
      "stroke-linejoin=\"round\">\n",
      sea ? sea_colour : air_colour);
  for (std::size_t k = 0; k < classes; ++k)
    if (!paths[k].empty())
      text += fmt::format("<path stroke-width=\"{:.1f}\" stroke-opacity=\"{:.2f}\" d=\"{}\"/>\n",
                          10 * line_width(k), line_opacity(k), paths[k]);
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

/// The largest of 1, 2, 5, 10, 20, ... that is at most `limit`, itself at least 1.
double round_below(double limit) {
  double best = 1;
  for (double decade = 1; decade <= limit; decade *= 10)
    for (const double digit : {1.0, 2.0, 5.0})
      if (digit * decade <= limit) best = digit * decade;
  return best;
}

std::string legend(const Sheet& sheet, const Flows& flows) {
  const double y = sheet.height() - foot + 34;
  std::string text = fmt::format("<g font-size=\"15\" fill=\"{}\">\n", ink);
  double x = margin;
  text += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" font-weight=\"600\">Persons a day</text>\n",
                      x, y);
  x += 130;
  const auto line_key = [&](std::string_view colour, std::string_view what, double most) {
    text += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", x, y, what);
    x += 12 + 8.2 * static_cast<double>(what.size());
    for (const double share : {1.0, 0.2, 0.02}) {
      const double value = round_below(share * most);
      const std::size_t k = class_of(value, flows.links.front().per_day);
      text += fmt::format(
          "<path d=\"M{:.0f} {:.1f}h34\" stroke=\"{}\" stroke-width=\"{:.1f}\" "
          "stroke-opacity=\"{:.2f}\"/>"
          "<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
          x, y - 5, colour, line_width(k), line_opacity(k), x + 40, y, grouped(value));
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
  const Sheet sheet = sheet_for(flows, p.real_names);
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

  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" width=\"{:.0f}\" "
      "height=\"{:.0f}\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n",
      width, sheet.height(), width, sheet.height());
  const std::string title = fmt::format("{}: international travel by link, {} to {}",
                                        escaped(p.world), escaped(p.start_date), last);
  svg += "<title>" + title + "</title>\n";
  svg += fmt::format("<rect width=\"{:.0f}\" height=\"{:.0f}\" fill=\"#ffffff\"/>\n", width,
                     sheet.height());
  svg += fmt::format(
      "<text x=\"{:.0f}\" y=\"40\" font-size=\"27\" font-weight=\"600\" fill=\"{}\">{}</text>\n",
      margin, ink, title);
  svg += fmt::format(
      "<text x=\"{:.0f}\" y=\"70\" font-size=\"17\" fill=\"{}\">{} overnight trips set out ({}), "
      "each "
      "person simulated{}. Every traveller is synthetic.</text>\n",
      margin, quiet, grouped(started), modes,
      p.scale < 1 ? fmt::format(" at scale {:g}", p.scale) : std::string(" 1:1"));
  svg += fmt::format(
      "<clipPath id=\"map\"><rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" "
      "height=\"{:.1f}\"/></clipPath>\n",
      margin - 2, head, width - 2 * margin + 4, sheet.map_height());
  svg += "<g clip-path=\"url(#map)\">\n" + background(sheet, land, p.real_names) +
         links(sheet, flows, false, step) + links(sheet, flows, true, step) +
         borders(sheet, flows) + airport_names(sheet, flows) + "</g>\n";
  svg += legend(sheet, flows);
  svg += fmt::format(
      "<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"13\" fill=\"{}\">Both directions together; "
      "feeder legs at "
      "home among the air links. Drawn: the {} strongest of {} links, {:.1f} % of their "
      "passengers. "
      "Scenario '{}', seed {}. Corridor {}.{} Equal Earth projection.</text>\n",
      margin, sheet.height() - foot + 72, quiet, grouped(static_cast<double>(flows.links.size())),
      grouped(static_cast<double>(flows.all_links)),
      flows.all_passengers > 0 ? 100 * flows.drawn_passengers / flows.all_passengers : 0.0,
      escaped(p.scenario_name), p.seed, escaped(p.version),
      land.empty() ? "" : " Coastlines: Natural Earth.");
  return svg + "</svg>\n";
}

}  // namespace corridor::simulation
