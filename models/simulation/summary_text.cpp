// SPDX-License-Identifier: Apache-2.0
/// \file summary_text.cpp  A summary in words and in JSON.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/scenario/hypothetical_links.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::simulation {

namespace {

using Json = nlohmann::ordered_json;

double value_of(const std::vector<NamedValue>& values, std::string_view name) {
  for (const NamedValue& v : values)
    if (v.name == name) return v.value;
  return 0;
}

std::string minutes(double seconds) {
  return std::isfinite(seconds) ? fmt::format("{:.1f}", seconds / 60) : "-";
}

/// A percentile in the open bin is only known to be more than its lower edge.
std::string percentile_minutes(double seconds, double longest_s) {
  return (seconds >= longest_s ? "> " : "") + minutes(seconds);
}

double sum(const std::vector<NamedValue>& values) {
  double total = 0;
  for (const NamedValue& v : values) total += v.value;
  return total;
}

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string shares(const std::vector<NamedValue>& values) {
  const double total = sum(values);
  std::string line;
  for (const NamedValue& v : values)
    line += fmt::format("{}{} {} ({:.1f} %)", line.empty() ? "" : ", ", spaced(v.name),
                        grouped(v.value), total > 0 ? 100 * v.value / total : 0.0);
  return line;
}

std::string plural(std::int64_t n, const std::string& what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

std::string heading(const Summary& s) {
  std::string text = fmt::format("{}: scenario '{}', world '{}', seed {}\n", s.file,
                                 s.provenance.scenario_name, s.provenance.world, s.provenance.seed);
  if (s.closed_days == 0)
    text += fmt::format("No day of {} is closed yet", s.days);
  else
    text += fmt::format("{} of {}, {} to {}", s.closed_days, plural(s.days, "day"), s.first_date,
                        s.last_date);
  text += fmt::format(", {}; {}\n", plural(s.replicates, "replicate"),
                      s.complete ? "complete" : "not complete: corridor run --resume goes on");
  if (s.hypothetical) text += fmt::format("{}\n", scenario::hypothetical_note);
  if (s.provenance.scale < 1)
    text += fmt::format(
        "Scale {:g}: of ordinary travelling units that share was simulated, each counting for "
        "{:g}\n",
        s.provenance.scale, 1 / s.provenance.scale);
  if (s.replicates > 1) text += "Numbers are means over the replicates; [lowest, highest] beside\n";
  if (s.covered_days < s.closed_days)
    text += fmt::format("Posts and links cover {} only: they are written when a month closes\n",
                        plural(s.covered_days, "day"));
  return text;
}

std::string crossing_rows(const std::vector<CrossingFigures>& rows, double longest_s) {
  std::string text;
  for (const CrossingFigures& row : rows)
    text += fmt::format("    {:<14} {:>16} {:>16} {:>10} {:>10}\n", spaced(row.name),
                        grouped(row.entry), grouped(row.exit), minutes(row.wait_mean_s),
                        percentile_minutes(row.wait_p95_s, longest_s));
  return text;
}

std::string post_name(const PostFigures& p) {
  const std::string crossing = p.kind == "land" ? fmt::format(" #{}", p.crossing) : "";
  return fmt::format("{} {}{}, {} {}", p.kind, p.place, crossing, p.direction, p.country);
}

/// NaN is not JSON.
Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  if (value == std::floor(value) && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}

Json object(const std::vector<NamedValue>& values) {
  Json json = Json::object();
  for (const NamedValue& v : values) json[v.name] = number(v.value);
  return json;
}

Json crossing_json(const std::vector<CrossingFigures>& rows) {
  Json json = Json::object();
  for (const CrossingFigures& row : rows)
    json[row.name] = {{"entry", number(row.entry)},
                      {"exit", number(row.exit)},
                      {"wait_mean_s", number(row.wait_mean_s)},
                      {"wait_p95_s", number(row.wait_p95_s)}};
  return json;
}

}  // namespace

std::string grouped(double number) {
  std::string digits = fmt::format("{:.0f}", std::abs(number));
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return (number < 0 && digits != "0" ? "-" : "") + digits;
}

namespace {

/// What was planted, and how much of it was met: the truth, which no post knows.
std::string planted(const Summary& s) {
  std::string text;
  for (const NamedValue& threat : s.threats_at_posts) {
    if (threat.name == "none" || threat.name == "documents" || threat.value == 0) continue;
    text +=
        fmt::format("    {:<31} {:>16} passes, {} inspected, {} found\n", "illicit: " + threat.name,
                    grouped(threat.value), grouped(value_of(s.threats_inspected, threat.name)),
                    grouped(value_of(s.threats_found, threat.name)));
  }
  return text;
}

/// Nothing while all go through posts.
std::string between_text(const std::vector<NamedValue>& counts) {
  const auto of = [&](std::string_view name) { return value_of(counts, name); };
  if (!(of("fighters") + of("couriers") + of("loads") > 0)) return "";
  std::string text = "\nRound posts, over green borders and coasts\n";
  for (const std::string_view who : {"fighters", "couriers", "loads"})
    text += fmt::format("    {:<31} {:>16}, {} found by patrols\n", who, grouped(of(who)),
                        grouped(of(std::string(who) + " found")));
  return text + fmt::format("    {:<31} {:>16} kg, {} kg found by patrols\n", "of goods",
                            grouped(of("grams") / 1000), grouped(of("grams found") / 1000));
}

}  // namespace

std::string summary_text(const Summary& s) {
  std::string text = heading(s);
  const auto line = [&](std::string_view name, std::string_view what, std::string_view unit) {
    for (std::size_t i = 0; i < s.totals.size(); ++i) {
      if (s.totals[i].name != name) continue;
      text += fmt::format("    {:<31} {:>16} {}", what, grouped(s.totals[i].value), unit);
      if (s.replicates > 1)
        text += fmt::format("  [{}, {}]", grouped(s.totals_min[i]), grouped(s.totals_max[i]));
      text += '\n';
    }
  };
  const auto total_of = [&](std::string_view name) { return value_of(s.totals, name); };
  const auto level = [&](std::string_view name, std::string_view what, std::string_view unit) {
    text += fmt::format("    {:<31} {:>16} {}\n", what, grouped(value_of(s.levels, name)), unit);
  };
  text += "\nTrips (overnight visits abroad, one a person)\n";
  line("trips_started", "set out", "trips");
  line("trips_finished", "came back", "trips");
  line("trips_refused", "ended at a post", "trips");
  level("trips_in_progress", "in progress on the last day", "trips");
  level("persons_abroad", "in the visited country", "persons");
  text += "    by mode: " + shares(s.trips_by_mode) + "\n";
  text += "    by purpose: " + shares(s.trips_by_purpose) + "\n";
  text += "    arrivals: " + shares(s.arrivals_by_region) + "\n";

  text += "\nOn the road\n";
  line("journeys", "journeys, out and back", "journeys");
  line("units", "of travelling units", "units");
  text += fmt::format("    {:<31} {:>16} persons, {} of them changing flights\n", "flown, per leg",
                      grouped(s.air_passengers), grouped(s.air_connecting));
  text += fmt::format("    {:<31} {:>16} crossings, and {} same-day\n", "over land borders",
                      grouped(s.border_crossings), grouped(s.same_day_border_crossings));
  text += fmt::format("    {:<31} {:>16} persons\n", "by sea, per lane", grouped(s.sea_passengers));

  text += "\nPersons through primary               entry             exit  wait, min        p95\n";
  text += crossing_rows({s.crossings}, s.longest_wait_s) + "  by mode\n" +
          crossing_rows(s.crossings_by_mode, s.longest_wait_s) + "  by region of the post\n" +
          crossing_rows(s.crossings_by_region, s.longest_wait_s);
  line("overflow_persons", "expected wait above the limit", "persons");
  line("same_day_crossings", "of them same-day, both ways", "crossings");

  text +=
      "\nBy month       days            trips            entry             exit         same-day\n";
  for (const MonthFigures& m : s.months)
    text += fmt::format("    {:<9} {:>5} {:>16} {:>16} {:>16} {:>16}\n", m.month, m.days,
                        grouped(m.trips_started), grouped(m.crossings_entry),
                        grouped(m.crossings_exit), grouped(m.same_day_crossings));

  if (total_of("scored") > 0) {
    text += "\nRisk scoring (rules, lists and planted persons are those of the scenario)\n";
    if (!s.rules.empty()) text += "    rules: " + s.rules + "\n";
    line("scored", "scored", "crossings");
    line("flagged", "flagged by rules", "crossings");
    line("list_hits", "hits on lists", "crossings");
    if (total_of("scored_unchecked") > 0) {
      line("scored_unchecked", "scored at booking, checked nowhere", "journeys");
      line("flagged_unchecked", "of those flagged; none is selected", "journeys");
    }
    text += planted(s);
  }
  text += "\nReview and secondary inspection\n";
  line("candidates", "candidates", "persons");
  text += "    by source: " + shares(s.candidates_by_source) + "\n";
  line("reviewed", "reviewed by a person", "persons");
  line("secondary_selected", "inspected", "persons");
  for (const std::string_view outcome : {"cleared", "refused", "detained", "seized"})
    text +=
        fmt::format("    {:<31} {:>16} persons\n", outcome, grouped(value_of(s.outcomes, outcome)));
  text += fmt::format("    {:<31} {:>16} persons (no detection)\n", "referred to protection",
                      grouped(value_of(s.outcomes, "protection")));
  line("secondary_turned_away", "not reached for lack of capacity", "persons");
  double minutes_of_officers = 0;
  for (const NamedValue& m : s.officer_minutes) minutes_of_officers += m.value;
  text += fmt::format("    {:<31} {:>16} hours\n", "officers' time for all that",
                      grouped(minutes_of_officers / 60));
  for (const auto& [kind, measures] : s.secondary_kinds)
    text += fmt::format(
        "    of them for {:<22} {:>13} sent on, {} inspected, {} found, {} hours\n", kind,
        grouped(value_of(measures, "sent on")), grouped(value_of(measures, "inspected")),
        grouped(value_of(measures, "found")), grouped(value_of(measures, "officer minutes") / 60));
  text += actor_text(s.actors);
  text += between_text(s.between_posts);
  text += cooperation_text(s.cooperation);
  text += sharing_text(s.sharing);

  if (!s.top_posts.empty())
    text +=
        "\nBusiest posts                              persons  wait, min        p95   inspected  "
        "refused\n";
  for (const PostFigures& p : s.top_posts)
    text += fmt::format("    {:<30} {:>15} {:>10} {:>10} {:>11} {:>8}\n", post_name(p),
                        grouped(p.persons), minutes(p.wait_mean_s),
                        percentile_minutes(p.wait_p95_s, s.longest_wait_s), grouped(p.selected),
                        grouped(p.refused));

  if (!s.scale_factors.empty()) text += "\nFactors that meet the published margins\n";
  for (const NamedValue& factor : s.scale_factors)
    text += fmt::format("    {:<40} {:.4f}\n", factor.name, factor.value);

  text += fmt::format("\nMade by Corridor {} ({}), scenario hash {}\n", s.provenance.version,
                      s.provenance.commit, s.provenance.scenario_hash);
  if (s.machine.wall_s > 0)
    text += fmt::format("in {:.1f} s with {} ({}), {} journeys/s\n", s.machine.wall_s,
                        plural(s.machine.threads, "thread"), s.machine.simd,
                        grouped(s.machine.journeys_per_s));
  return text + "Cite: " + s.provenance.citation + "\n";
}

std::string summary_json(const Summary& s) {
  Json json;
  json["file"] = s.file;
  json["results_format"] =
      fmt::format("{}.{}", results_format.major_number, results_format.minor_number);
  json["scenario"] = s.provenance.scenario_name;
  json["scenario_hash"] = s.provenance.scenario_hash;
  json["hypothetical"] = s.hypothetical;
  json["rules"] = s.rules.empty() ? Json(nullptr) : Json(s.rules);
  json["world"] = s.provenance.world;
  json["data_hash"] = s.provenance.data_hash;
  json["seed"] = s.provenance.seed;
  json["scale"] = s.provenance.scale;
  json["replicates"] = s.replicates;
  json["complete"] = s.complete;
  json["days"] = s.days;
  json["closed_days"] = s.closed_days;
  json["covered_days"] = s.covered_days;
  json["first_date"] = s.first_date;
  json["last_date"] = s.last_date;
  json["units"] = {{"trips", "trip, one a person"},
                   {"journeys", "journey, one a person and way"},
                   {"crossings", "person passing one post"},
                   {"passengers", "person on one link"},
                   {"waits", "s"}};
  json["totals"] = object(s.totals);
  Json lowest = Json::object(), highest = Json::object();
  for (std::size_t i = 0; i < s.totals.size(); ++i) {
    lowest[s.totals[i].name] = number(s.totals_min[i]);
    highest[s.totals[i].name] = number(s.totals_max[i]);
  }
  if (s.replicates > 1) {
    json["totals_lowest"] = lowest;
    json["totals_highest"] = highest;
  }
  json["last_day"] = object(s.levels);
  json["trips_by_mode"] = object(s.trips_by_mode);
  json["trips_by_purpose"] = object(s.trips_by_purpose);
  json["arrivals_by_region"] = object(s.arrivals_by_region);
  json["candidates_by_source"] = object(s.candidates_by_source);
  json["outcomes"] = object(s.outcomes);
  json["officer_minutes_by_outcome"] = object(s.officer_minutes);
  json["threats_at_posts"] = object(s.threats_at_posts);
  json["threats_inspected"] = object(s.threats_inspected);
  json["threats_found"] = object(s.threats_found);
  for (const auto& [kind, measures] : s.secondary_kinds)
    json["secondary_kinds"][kind] = object(measures);
  if (s.actors.any) json["actors"] = actor_json(s.actors);
  if (!s.between_posts.empty()) json["between_posts"] = object(s.between_posts);
  if (!s.cooperation.planners.empty()) json["cooperation"] = cooperation_json(s.cooperation);
  if (s.sharing.any) json["sharing"] = sharing_json(s.sharing);
  json["links"] = {{"air_passengers", number(s.air_passengers)},
                   {"air_connecting", number(s.air_connecting)},
                   {"border_crossings", number(s.border_crossings)},
                   {"same_day_border_crossings", number(s.same_day_border_crossings)},
                   {"sea_passengers", number(s.sea_passengers)}};
  json["crossings"] = crossing_json({s.crossings})["all"];
  json["crossings_by_mode"] = crossing_json(s.crossings_by_mode);
  json["crossings_by_region"] = crossing_json(s.crossings_by_region);
  json["wait_p95_is_at_least_from_s"] = number(s.longest_wait_s);
  json["months"] = Json::array();
  for (const MonthFigures& m : s.months)
    json["months"].push_back({{"month", m.month},
                              {"days", number(m.days)},
                              {"trips_started", number(m.trips_started)},
                              {"crossings_entry", number(m.crossings_entry)},
                              {"crossings_exit", number(m.crossings_exit)},
                              {"same_day_crossings", number(m.same_day_crossings)}});
  json["busiest_posts"] = Json::array();
  for (const PostFigures& p : s.top_posts)
    json["busiest_posts"].push_back({{"kind", p.kind},
                                     {"place", p.place},
                                     {"country", p.country},
                                     {"direction", p.direction},
                                     {"crossing", p.crossing},
                                     {"persons", number(p.persons)},
                                     {"wait_mean_s", number(p.wait_mean_s)},
                                     {"wait_p95_s", number(p.wait_p95_s)},
                                     {"overflow", number(p.overflow)},
                                     {"selected", number(p.selected)},
                                     {"refused", number(p.refused)}});
  json["scale_factors"] = object(s.scale_factors);
  json["made_by"] = {{"version", s.provenance.version},
                     {"commit", s.provenance.commit},
                     {"command", s.provenance.command},
                     {"random_contract", s.provenance.random_contract},
                     {"simd", s.machine.simd},
                     {"threads", s.machine.threads},
                     {"wall_s", number(s.machine.wall_s)},
                     {"journeys_per_s", number(s.machine.journeys_per_s)}};
  json["citation"] = s.provenance.citation;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::simulation
