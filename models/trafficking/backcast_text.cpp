// SPDX-License-Identifier: Apache-2.0
// Reads a back-cast and writes its tables.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/trafficking/backcast.hpp"
#include "sim/names.hpp"

namespace corridor::trafficking {
namespace {

using sim::Parameter;
using sim::Tag;

constexpr std::string_view file = "the file says";

template <class S>
constexpr Parameter<S> text_row(std::string_view path, std::string_view meaning,
                                std::string S::*field, std::string_view allowed = "") {
  return {path, "", meaning, Tag::option, file, 0, 0, field, allowed};
}
template <class S>
constexpr Parameter<S> whole_row(std::string_view path, std::string_view meaning, double lo,
                                 double hi, std::int64_t S::*field) {
  return {path, "1", meaning, Tag::option, file, lo, hi, field};
}
template <class S>
constexpr Parameter<S> number_row(std::string_view path, std::string_view meaning, double lo,
                                  double hi, double S::*field) {
  return {path, "1", meaning, Tag::assumed, file, lo, hi, field};
}

constexpr std::array plan_columns{
    text_row<BackcastPlan>("backcast.name", "name", &BackcastPlan::name),
    text_row<BackcastPlan>("backcast.area", "countries of the area", &BackcastPlan::area),
    text_row<BackcastPlan>("backcast.leavers", "countries that leave it", &BackcastPlan::leavers),
    whole_row<BackcastPlan>("backcast.leave_year", "first year without them", 1900, 9999,
                            &BackcastPlan::leave_year),
    whole_row<BackcastPlan>("backcast.start_year", "first year of runs", 1900, 2200,
                            &BackcastPlan::start_year),
    whole_row<BackcastPlan>("backcast.calibrated_to", "last year that anything may know", 1900,
                            2200, &BackcastPlan::calibrated_to),
    whole_row<BackcastPlan>("backcast.forecast_to", "last year of the forecast", 1900, 2200,
                            &BackcastPlan::forecast_to),
    whole_row<BackcastPlan>("backcast.sets", "sets of parameters a round", 4, 100'000,
                            &BackcastPlan::sets),
    whole_row<BackcastPlan>("backcast.rounds", "rounds", 1, 20, &BackcastPlan::rounds),
    whole_row<BackcastPlan>("backcast.kept", "admissible sets", 2, 1000, &BackcastPlan::kept),
    whole_row<BackcastPlan>("backcast.replicates", "seeds of the forecast for each", 1, 1000,
                            &BackcastPlan::replicates),
    whole_row<BackcastPlan>("backcast.seed", "of all draws", 0, 4294967295, &BackcastPlan::seed),
};
constexpr std::array target_columns{
    text_row<BackcastTarget>("target.id", "row of published figures", &BackcastTarget::id),
    text_row<BackcastTarget>("target.what", "tonnes, or share of the area", &BackcastTarget::what,
                             "tonnes|share"),
    text_row<BackcastTarget>("target.place", "area, or a country of it", &BackcastTarget::place),
    text_row<BackcastTarget>("target.reference", "source", &BackcastTarget::reference),
    whole_row<BackcastTarget>("target.year", "year", 1900, 2200, &BackcastTarget::year),
    number_row<BackcastTarget>("target.value", "published figure", 0, 1e6, &BackcastTarget::value),
    number_row<BackcastTarget>("target.sd", "tolerance: of the log of tonnes, of a share", 0.001,
                               10, &BackcastTarget::sd),
};
constexpr std::array range_columns{
    text_row<BackcastRange>("range.parameter", "what is not known", &BackcastRange::parameter,
                            "effort|effort_growth|elsewhere|exits|spread|use|market_shift|"
                            "liner_weight|supply_growth|pull"),
    text_row<BackcastRange>("range.place", "country of a pull", &BackcastRange::place),
    text_row<BackcastRange>("range.scale", "how it is drawn", &BackcastRange::scale, "linear|log"),
    number_row<BackcastRange>("range.low", "least", -100, 100, &BackcastRange::low),
    number_row<BackcastRange>("range.high", "most", -100, 100, &BackcastRange::high),
};

std::vector<std::uint16_t> countries(const std::string& words, const world::World& world,
                                     const sim::Place& at, sim::Complaints& complaints) {
  std::vector<std::uint16_t> out;
  std::string word;
  std::vector<std::string> known;
  for (const world::Country& c : world.countries) known.push_back(c.iso3);
  for (const char c : words + ",") {
    if (c == ' ') continue;
    if (c != ',') {
      word += c;
      continue;
    }
    if (word.empty()) continue;
    const std::uint32_t found = world.find_country(word);
    if (found == world::none)
      complaints.add(at, "unknown country '" + word + "'" + sim::did_you_mean(word, known));
    else
      out.push_back(static_cast<std::uint16_t>(found));
    word.clear();
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Backcast read_backcast(const sim::RowText& text, const std::string& file_name,
                       const world::World& world, sim::Complaints& complaints) {
  Backcast out;
  text.check_tables({"substance", "source", "market", "organisation", "route_rule", "backcast",
                     "target", "range"},
                    complaints);
  const auto plans = text.rows(plan_columns, {"name", "area"}, complaints);
  if (plans.size() != 1) {
    complaints.add(plans.empty() ? sim::Place{file_name, 0, 0} : plans[1].place,
                   "a back-cast has one [[backcast]], not " + std::to_string(plans.size()));
    return out;
  }
  const auto& plan = plans[0];
  out.plan = plan.value;
  out.area = countries(out.plan.area, world, plan.place_of("area"), complaints);
  out.leavers = countries(out.plan.leavers, world, plan.place_of("leavers"), complaints);
  if (!(out.plan.start_year < out.plan.calibrated_to &&
        out.plan.calibrated_to < out.plan.forecast_to))
    complaints.add(plan.place_of("calibrated_to"),
                   fmt::format("years run from {} to {} to {}; each must be after the one before",
                               out.plan.start_year, out.plan.calibrated_to, out.plan.forecast_to));
  TraffickingParams params;
  out.actors = read_trafficking_actors(text, world, params, static_cast<int>(out.plan.start_year),
                                       complaints);
  if (out.actors.substances.size() > 1)
    complaints.add(plan.place, "a back-cast has one [[substance]], not " +
                                   std::to_string(out.actors.substances.size()));
  for (const Source& s : out.actors.sources) {
    if (s.year > out.plan.calibrated_to)
      complaints.add(plan.place_of("calibrated_to"),
                     fmt::format("a [[source]] of '{}' is of {}: it is not blind to the years "
                                 "after {}",
                                 s.place, s.year, out.plan.calibrated_to));
  }
  for (const auto& row : text.rows(target_columns, {"id", "place", "year", "value"}, complaints)) {
    const BackcastTarget& t = row.value;
    out.targets.push_back(t);
    if (t.year > out.plan.calibrated_to || t.year < out.plan.start_year)
      complaints.add(row.place_of("year"),
                     fmt::format("a target of {} is not within {} and {}", t.year,
                                 out.plan.start_year, out.plan.calibrated_to));
    if (t.place != "area" && world.find_country(t.place) == world::none)
      complaints.add(row.place_of("place"),
                     "unknown country '" + t.place + "'; or area, for all of it");
    if (t.what == "tonnes" && !(t.value > 0))
      complaints.add(row.place_of("value"), "tonnes of a target are above 0");
  }
  for (const auto& row : text.rows(range_columns, {"parameter", "low", "high"}, complaints)) {
    const BackcastRange& r = row.value;
    out.ranges.push_back(r);
    if (!(r.low < r.high))
      complaints.add(row.place_of("high"),
                     fmt::format("high = {} is not above low = {}", sim::plain_number(r.high),
                                 sim::plain_number(r.low)));
    if (r.scale == "log" && !(r.low > 0))
      complaints.add(row.place_of("low"), "a range on a log scale begins above 0");
    if (r.parameter == "pull" && world.find_country(r.place) == world::none)
      complaints.add(row.place_of("place"), "unknown country '" + r.place + "' of a pull");
  }
  return out;
}

std::vector<std::string> share_places(const Backcast& backcast) {
  std::set<std::string> out;
  for (const BackcastTarget& t : backcast.targets)
    if (t.place != "area") out.insert(t.place);
  return {out.begin(), out.end()};
}

std::string backcast_csv(const BackcastResult& result) {
  std::string out = "what,place,year,role,mean,p10,p50,p90,runs\n";
  for (const BackcastRow& r : result.rows)
    out +=
        fmt::format("{},{},{},{},{:.4g},{:.4g},{:.4g},{:.4g},{}\n", r.what, r.place, r.year,
                    r.forecast ? "forecast" : "calibration", r.mean, r.p10, r.p50, r.p90, r.runs);
  return out;
}

std::string sets_csv(const Backcast& backcast, const BackcastResult& result) {
  std::string out = "choice,distance";
  for (const BackcastRange& r : backcast.ranges)
    out += "," + r.parameter + (r.place.empty() ? "" : "_" + r.place);
  out += '\n';
  for (const AdmissibleSet& set : result.admissible) {
    out +=
        fmt::format("{},{:.4g}", set.choice == Choice::logit ? "logit" : "salience", set.distance);
    for (const double v : set.values) out += fmt::format(",{:.4g}", v);
    out += '\n';
  }
  return out;
}

}  // namespace corridor::trafficking
