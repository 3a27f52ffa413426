// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/corridor_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "models/simulation/actor_summary.hpp"
#include "models/simulation/map_sheet.hpp"
#include "models/simulation/result_tables.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::simulation {
namespace {

constexpr std::array<std::string_view, 6> colours{"#d55e00", "#0072b2", "#009e73",
                                                  "#cc79a7", "#e69f00", "#56b4e9"};
constexpr double least_drawn_kg = 0.5;

std::string mass(double kg) {
  constexpr double kg_a_tonne = 1000, told_in_tonnes = 10'000;
  return kg < told_in_tonnes ? grouped(kg) + " kg" : grouped(kg / kg_a_tonne) + " t";
}

/// As people write a class: "asia pacific, low income".
std::string label(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return escaped(name);
}

class CorridorMap {
 public:
  CorridorMap(const ResultReader& result, std::size_t most)
      : substances_(result.read_text("/places/substance")),
        real_names_(result.provenance().real_names) {
    const auto names = result.read_text("/places/place_class");
    const auto lat = result.read<double>("/places/place_class_lat"),
               lon = result.read<double>("/places/place_class_lon");
    for (std::size_t i = 0; i < names.size(); ++i) at_[names[i]] = {lon[i], lat[i]};
    figures_ = summarise_actors(result, std::numeric_limits<std::size_t>::max());
    for (const CorridorFigures& c : figures_.corridors) all_kg_ += c.sent_kg;
    drawn_ = figures_.corridors;
    std::erase_if(drawn_, [](const CorridorFigures& c) { return c.sent_kg < least_drawn_kg; });
    if (drawn_.size() > most) drawn_.resize(most);
  }

  [[nodiscard]] std::string svg(const ResultReader& result, const std::vector<Line>& land) const {
    const Provenance p = result.provenance();
    std::vector<LonLat> places;
    for (const auto& [name, at] : at_) places.push_back(at);
    const auto lat = result.read<double>("/places/country_lat"),
               lon = result.read<double>("/places/country_lon");
    for (std::size_t i = 0; i < lat.size(); ++i) places.push_back({lon[i], lat[i]});
    const Sheet sheet = sheet_for(places, real_names_);
    const Summary s = summarise(result, 0);
    const std::string title = fmt::format(
        "{}: corridors between classes of place, {} to {}", escaped(p.world), s.first_date,
        date_of(p.start_date, std::max<std::int64_t>(0, s.covered_days - 1)));
    std::string below;
    for (const SubstanceFigures& f : figures_.substances) {
      below += fmt::format("{}{}: {} seized, {} delivered", below.empty() ? "" : ";  ",
                           escaped(f.name), mass(f.seized_kg), mass(f.delivered_kg));
    }
    below += ". Everybody is synthetic, organisations are invented.";
    double drawn_kg = 0;
    for (const CorridorFigures& c : drawn_) drawn_kg += c.sent_kg;
    const std::string foot = fmt::format(
        "Sent over borders, mean over replicates. Drawn: {} of {} corridors, {:.1f} % of their "
        "kilograms.{} Scenario '{}', seed {}. Corridor {}.{}{} Equal Earth projection.",
        drawn_.size(), figures_.corridors.size(), all_kg_ > 0 ? 100 * drawn_kg / all_kg_ : 0.0,
        figures_.some_hidden ? " Cells below ten cases are hidden and not drawn." : "",
        escaped(p.scenario_name), p.seed, escaped(p.version), told_traces(p),
        land.empty() ? "" : " Coastlines: Natural Earth.");
    return begin_map(sheet, title, below, land, real_names_) + arrows(sheet) + nodes(sheet) +
           "</g>\n" + legend(sheet) + end_map(sheet, foot);
  }

 private:
  [[nodiscard]] std::string_view colour(const std::string& substance) const {
    const auto found = std::find(substances_.begin(), substances_.end(), substance);
    return colours[static_cast<std::size_t>(found - substances_.begin()) % colours.size()];
  }
  [[nodiscard]] double most_kg() const { return drawn_.empty() ? 1 : drawn_.front().sent_kg; }

  [[nodiscard]] std::string arrows(const Sheet& sheet) const {
    std::string text = "<g fill=\"none\" stroke-linecap=\"round\">\n";
    // The weakest first, so that the strongest lie on top.
    for (auto c = drawn_.rbegin(); c != drawn_.rend(); ++c) text += arrow(sheet, *c);
    return text + "</g>\n";
  }

  [[nodiscard]] std::string arrow(const Sheet& sheet, const CorridorFigures& c) const {
    const std::size_t k = map_class(c.sent_kg, most_kg());
    const double w = 1.6 * map_line_width(k), opacity = 0.25 + map_line_opacity(k);
    const MapPoint a = sheet.place(at_.at(c.from)), b = sheet.place(at_.at(c.to));
    const std::string said = fmt::format(
        "<title>{}, {} to {}: {} kg sent, {} kg of it seized</title>", escaped(c.substance),
        label(c.from), label(c.to), grouped(c.sent_kg), grouped(c.seized_kg));
    const auto lane = static_cast<double>(
        std::find(substances_.begin(), substances_.end(), c.substance) - substances_.begin());
    if (c.from == c.to) {
      return fmt::format(
          "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{:.1f}\" "
          "stroke-opacity=\"{:.2f}\">{}</circle>\n",
          a.x, a.y, 10 + 5 * lane, colour(c.substance), w, opacity, said);
    }
    // A bend to the right of the way, wider for each further substance.
    const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
    const double bend = 0.14 + 0.05 * lane;
    const double mx = (a.x + b.x) / 2 - dy * bend, my = (a.y + b.y) / 2 + dx * bend;
    // Ends short of the disc; the head points along the last part of the bend.
    const double tx = b.x - mx, ty = b.y - my, last = std::max(1.0, std::hypot(tx, ty));
    const double ux = tx / last, uy = ty / last, stop = std::min(9.0, length / 3);
    const double ex = b.x - ux * stop, ey = b.y - uy * stop, h = 4 + 1.3 * w;
    return fmt::format(
        "<g stroke=\"{0}\" stroke-opacity=\"{1:.2f}\">{2}<path stroke-width=\"{3:.1f}\" "
        "d=\"M{4:.1f} {5:.1f}Q{6:.1f} {7:.1f} {8:.1f} {9:.1f}\"/><path fill=\"{0}\" "
        "fill-opacity=\"{1:.2f}\" stroke=\"none\" d=\"M{10:.1f} {11:.1f}L{12:.1f} "
        "{13:.1f}L{14:.1f} "
        "{15:.1f}z\"/></g>\n",
        colour(c.substance), opacity, said, w, a.x, a.y, mx, my, ex - ux * h * 0.7,
        ey - uy * h * 0.7, ex, ey, ex - ux * h - uy * h * 0.5, ey - uy * h + ux * h * 0.5,
        ex - ux * h + uy * h * 0.5, ey - uy * h - ux * h * 0.5);
  }

  [[nodiscard]] std::string nodes(const Sheet& sheet) const {
    std::set<std::string> used;
    for (const CorridorFigures& c : drawn_) used.insert({c.from, c.to});
    std::string text = fmt::format(
        "<g font-size=\"13\" font-weight=\"600\" fill=\"{}\" stroke=\"#ffffff\" "
        "stroke-width=\"3\" paint-order=\"stroke\" stroke-linejoin=\"round\">\n",
        ink);
    std::vector<MapPoint> taken;
    for (const std::string& name : used) {
      const MapPoint p = sheet.place(at_.at(name));
      text += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" stroke-width=\"1.5\"/>\n",
                          p.x, p.y);
      MapPoint q{p.x + 9, p.y + 4};
      while (std::any_of(taken.begin(), taken.end(), [&](const MapPoint& other) {
        return std::abs(other.x - q.x) < 190 && std::abs(other.y - q.y) < 15;
      })) {
        q.y += 15;
      }
      taken.push_back(q);
      text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", q.x, q.y, label(name));
    }
    return text + "</g>\n";
  }

  [[nodiscard]] std::string legend(const Sheet& sheet) const {
    const double y = sheet.height() - map_foot + 34;
    double x = map_margin;
    std::string text = fmt::format(
        "<g font-size=\"15\" fill=\"{}\">\n<text x=\"{:.0f}\" y=\"{:.0f}\" "
        "font-weight=\"600\">Kilograms sent</text>\n",
        ink, x, y);
    x += 140;
    for (const double part : {1.0, 0.2, 0.02}) {
      const double value = round_below(part * most_kg());
      const std::size_t k = map_class(value, most_kg());
      text += fmt::format(
          "<path d=\"M{:.0f} {:.1f}h34\" stroke=\"{}\" stroke-width=\"{:.1f}\"/><text "
          "x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
          x, y - 5, quiet, 1.6 * map_line_width(k), x + 42, y, grouped(value));
      x += 60 + 8.6 * static_cast<double>(grouped(value).size());
      if (value <= 1) break;
    }
    x += 20;
    for (const std::string& substance : substances_) {
      text += fmt::format(
          "<path d=\"M{:.0f} {:.1f}h26\" stroke=\"{}\" stroke-width=\"5\"/><text x=\"{:.0f}\" "
          "y=\"{:.0f}\">{}</text>\n",
          x, y - 5, colour(substance), x + 33, y, escaped(substance));
      x += 54 + 8.2 * static_cast<double>(substance.size());
    }
    text += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">ring: within a class</text>\n", x, y);
    return text + "</g>\n";
  }

  std::vector<std::string> substances_;
  bool real_names_;
  std::map<std::string, LonLat> at_;
  ActorSummary figures_;
  std::vector<CorridorFigures> drawn_;
  double all_kg_ = 0;
};

}  // namespace

std::string corridor_map(const ResultReader& result, const std::vector<Line>& land,
                         std::size_t most) {
  const std::string file = result.path().string();
  if (result.length(Dim::substance) == 0) {
    throw ResultError(file +
                      ": error: nobody sends goods in this result, so there are no corridors; run "
                      "a scenario with trafficking.on = true, e.g. scenarios/actors-small.toml");
  }
  if (covered_days(result, all_replicates(result)) == 0) {
    throw ResultError(file +
                      ": error: no month is closed yet, so there are no corridors to draw; finish "
                      "the run: corridor run --resume");
  }
  return CorridorMap(result, most).svg(result, land);
}

}  // namespace corridor::simulation
