// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/map_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace corridor::simulation {
namespace {

constexpr double widest = 4.5;

double class_share(std::size_t k) { return (static_cast<double>(k) + 1) / n_map_classes; }

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

}  // namespace

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

Sheet sheet_for(const std::vector<LonLat>& places, bool whole_world) {
  if (whole_world || places.empty())
    return {{equal_earth({-180, 0}).x, equal_earth({0, -58}).y},
            {equal_earth({180, 0}).x, equal_earth({0, 84}).y}};
  MapPoint low{9, 9}, high{-9, -9};
  for (const LonLat at : places) {
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

std::size_t map_class(double per_day, double most) {
  const double share = std::sqrt(per_day / most);
  return std::min(n_map_classes - 1, static_cast<std::size_t>(share * n_map_classes));
}
double map_line_width(std::size_t k) { return 0.3 + (widest - 0.3) * class_share(k); }
double map_line_opacity(std::size_t k) { return 0.07 + 0.66 * class_share(k); }
double round_below(double limit) {
  double best = 1;
  for (double decade = 1; decade <= limit; decade *= 10)
    for (const double digit : {1.0, 2.0, 5.0})
      if (digit * decade <= limit) best = digit * decade;
  return best;
}

std::string begin_map(const Sheet& sheet, std::string_view title, std::string_view below,
                      const std::vector<Line>& land, bool whole_world) {
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" width=\"{:.0f}\" "
      "height=\"{:.0f}\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n",
      map_width, sheet.height(), map_width, sheet.height());
  svg += fmt::format("<title>{}</title>\n", title);
  svg += fmt::format("<rect width=\"{:.0f}\" height=\"{:.0f}\" fill=\"#ffffff\"/>\n", map_width,
                     sheet.height());
  svg += fmt::format(
      "<text x=\"{:.0f}\" y=\"40\" font-size=\"27\" font-weight=\"600\" fill=\"{}\">{}</text>\n",
      map_margin, ink, title);
  svg += fmt::format("<text x=\"{:.0f}\" y=\"70\" font-size=\"17\" fill=\"{}\">{}</text>\n",
                     map_margin, quiet, below);
  svg += fmt::format(
      "<clipPath id=\"map\"><rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" "
      "height=\"{:.1f}\"/></clipPath>\n",
      map_margin - 2, map_head, map_width - 2 * map_margin + 4, sheet.map_height());
  return svg + "<g clip-path=\"url(#map)\">\n" + background(sheet, land, whole_world);
}

std::string_view told_traces(const Provenance& p) {
  return p.traces == "full" ? " Traces: full." : "";
}

std::string end_map(const Sheet& sheet, std::string_view foot) {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"13\" fill=\"{}\">{}</text>\n",
                     map_margin, sheet.height() - map_foot + 72, quiet, foot) +
         "</svg>\n";
}

}  // namespace corridor::simulation
