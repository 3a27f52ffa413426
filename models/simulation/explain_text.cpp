// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/simulation/explain.hpp"

namespace corridor::simulation {
namespace {

using travel::Way;

std::string clock_time(std::int32_t minute) {
  const std::int32_t day = minute / 1440, rest = minute % 1440;
  return fmt::format("{:02}:{:02} UTC{}", rest / 60, rest % 60,
                     day == 0 ? "" : fmt::format(" (+{} d)", day));
}

std::string threshold_text(const ExplainedThreshold& t) {
  std::string whom = "nobody";
  if (!t.nobody && t.ties_below > 0)
    whom = fmt::format("scores from {}, and from {} with a tie below {:.4f}", t.above, t.lowest,
                       t.ties_below);
  else if (!t.nobody)
    whom = fmt::format("scores from {}", t.above);
  return fmt::format("    threshold of the post: {}; the score is {} it, the tie draw {:.4f}: {}\n",
                     whom, t.place, t.tie, t.flagged ? "flagged" : "not flagged");
}

std::string cut_text(std::string_view what, std::int32_t hour, const ExplainedCut& c) {
  const bool bound = c.last != "everybody" && c.last != "nobody";
  return fmt::format("      {} from {:02}:00 UTC: {}{}{}\n", what, hour,
                     bound ? "the last by " : "", c.last,
                     bound ? fmt::format("; this one is {} the cut", c.place) : "");
}

std::string selection_text(const ExplainedCrossing& c) {
  std::string s;
  if (c.threshold) s += threshold_text(*c.threshold);
  if (!c.selection_known) return s;
  if (c.source.empty())
    return s + fmt::format("    {}\n", c.outcome.empty() ? "no candidate" : c.outcome);
  s += fmt::format(
      "    candidate by {}: {}{}\n", c.source, c.outcome,
      c.stored_alone ? " (as stored; thresholds and cuts of that day were not kept)" : "");
  if (c.reviewed) s += cut_text("reviewed", c.hour, *c.reviewed);
  if (c.inspected) {
    const std::string what = c.kind.empty() ? "inspected" : "inspected (" + c.kind + ")";
    s += cut_text(what, c.hour, *c.inspected);
  }
  return s;
}

nlohmann::json selection_json(const ExplainedCrossing& c) {
  nlohmann::json j = nlohmann::json::object();
  if (c.threshold) {
    const ExplainedThreshold& t = *c.threshold;
    j["threshold"] = {{"nobody", t.nobody},         {"lowest", t.lowest}, {"above", t.above},
                      {"ties_below", t.ties_below}, {"tie", t.tie},       {"place", t.place},
                      {"flagged", t.flagged}};
  }
  if (!c.selection_known) return j;
  j["candidate"] = !c.source.empty();
  j["source"] = c.source;
  j["outcome"] = c.outcome;
  j["stored_alone"] = c.stored_alone;
  const auto cut = [&](const char* what, const std::optional<ExplainedCut>& of) {
    if (of) j[what] = {{"hour", c.hour}, {"last", of->last}, {"place", of->place}};
  };
  cut("reviewed", c.reviewed);
  cut("inspected", c.inspected);
  if (!c.kind.empty()) j["kind"] = c.kind;
  return j;
}

}  // namespace

std::string Explanation::text() const {
  std::string s = fmt::format(
      "trip {:016x}, person {} of {} (synthetic)\n"
      "  resident of {}, nationality {}, visits {} for {} night{} by {}\n"
      "  purpose {}; ticket {}, booked {} days ahead, channel {}; documents {}\n"
      "  paid by {}, itinerary fit {}, indicators {}; {} earlier trip{} in the history{}\n",
      trip, person, party, residence, nationality, destination, nights, nights == 1 ? "" : "s",
      mode, purpose, ticket, lead_days, channel, irregular_documents ? "irregular" : "valid",
      payment, fit, indicators.empty() ? "none" : fmt::format("{}", fmt::join(indicators, " ")),
      earlier_trips, earlier_trips == 1 ? "" : "s",
      threat.empty() ? "" : fmt::format("; truth: {}", threat));
  for (const ExplainedWay& w : ways) {
    s += fmt::format("{} on day {} ({})\n", w.way == Way::out ? "out" : "back", w.day, w.date);
    for (const ExplainedLink& l : w.links) {
      s += fmt::format("  {} -> {}  {}", l.from, l.to, clock_time(l.minute));
      s += mode == "land" ? "\n" : fmt::format(", departure {} of the day\n", l.departure + 1);
    }
    for (const ExplainedCrossing& c : w.crossings) {
      s += fmt::format("  {}  {}  {}{}{}\n", c.post, clock_time(c.minute), c.lane,
                       c.drawn ? ", drawn at random for secondary" : "",
                       c.referred ? ", referred by primary" : "");
      if (!c.lists.empty())
        s += fmt::format("    lists that answer: {}\n", fmt::join(c.lists, ", "));
      if (!c.stage.empty()) {
        s += fmt::format("    score {} at {} ({})\n", c.score, c.stage, rules);
        if (c.base != 0) s += fmt::format("      {:+}  base\n", c.base);
        for (const auto& r : c.reasons)
          s += fmt::format("      {:+}  {}: {}\n", r.points, r.rule, r.text);
        for (const std::string& rule : c.referring)
          s += fmt::format("      to review, since {} cannot be decided\n", rule);
      }
      s += selection_text(c);
    }
    if (w.crossings.empty()) s += "  passes no border check\n";
  }
  if (!selection_note.empty()) s += "  (" + selection_note + ")\n";
  s += fmt::format("the travelling unit makes {} trip{} in this year and band of nights:",
                   trips_of_unit.size(), trips_of_unit.size() == 1 ? "" : "s");
  for (const std::uint64_t id : trips_of_unit) s += fmt::format(" {:016x}", id);
  return s + "\n";
}

nlohmann::json Explanation::json() const {
  using nlohmann::json;
  json j{{"trip", fmt::format("{:016x}", trip)},
         {"person", person},
         {"synthetic", true},
         {"residence", residence},
         {"nationality", nationality},
         {"destination", destination},
         {"nights", nights},
         {"mode", mode},
         {"purpose", purpose},
         {"party", party},
         {"ticket", ticket},
         {"channel", channel},
         {"lead_days", lead_days},
         {"irregular_documents", irregular_documents},
         {"payment", payment},
         {"itinerary_fit", fit},
         {"indicators", indicators},
         {"earlier_trips", earlier_trips},
         {"threat", threat.empty() ? "none" : threat},
         {"rules", rules},
         {"selection_note", selection_note},
         {"ways", json::array()},
         {"trips_of_unit", json::array()}};
  for (const ExplainedWay& w : ways) {
    json way{{"way", w.way == Way::out ? "out" : "back"},
             {"day", w.day},
             {"date", w.date},
             {"end_minute", w.end_minute},
             {"links", json::array()},
             {"crossings", json::array()}};
    for (const ExplainedLink& l : w.links) {
      way["links"].push_back(
          {{"from", l.from}, {"to", l.to}, {"minute", l.minute}, {"departure", l.departure}});
    }
    for (const ExplainedCrossing& c : w.crossings) {
      json crossing{{"post", c.post},   {"minute", c.minute},     {"lane", c.lane},
                    {"drawn", c.drawn}, {"referred", c.referred}, {"lists", c.lists}};
      if (!c.stage.empty()) {
        crossing["stage"] = c.stage;
        crossing["score"] = c.score;
        crossing["base"] = c.base;
        crossing["reasons"] = json::array();
        for (const auto& r : c.reasons)
          crossing["reasons"].push_back(
              {{"rule", r.rule}, {"points", r.points}, {"reason", r.text}});
        crossing["referring"] = c.referring;
      }
      crossing.update(selection_json(c));
      way["crossings"].push_back(crossing);
    }
    j["ways"].push_back(way);
  }
  for (const std::uint64_t id : trips_of_unit)
    j["trips_of_unit"].push_back(fmt::format("{:016x}", id));
  return j;
}

}  // namespace corridor::simulation
