// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "models/risk/backtest.hpp"
#include "models/risk/report_json.hpp"

namespace corridor::risk {
namespace {

ReportJson json_of(const Change& c) {
  const auto pairs = [](const stats::PairedCount& p) {
    return ReportJson{{"both", p.both},
                      {"champion_only", p.first_only},
                      {"challenger_only", p.second_only},
                      {"neither", p.neither}};
  };
  return {{"name", c.name.empty() ? ReportJson(nullptr) : ReportJson(c.name)},
          {"records", pairs(c.records)},
          {"known", c.known},
          {"hits", pairs(c.hits)},
          {"gained", {{"known", c.gained.n}, {"hits", c.gained.x}}},
          {"lost", {{"known", c.lost.n}, {"hits", c.lost.x}}},
          {"p_value", c.p_value},
          {"p_holm", c.holm},
          {"recall_difference", json_interval(c.recall_difference)},
          {"selection_difference", json_interval(c.selection_difference)},
          {"precision_gained_minus_lost", json_interval(c.precision_difference)},
          {"outcome", name(c.outcome)}};
}

ReportJson json_of(const CurvePoint& p) {
  return {{"selected", p.selected},
          {"known", p.known},
          {"hits", p.hits},
          {"recall", json_number(p.recall)},
          {"ppv", json_number(p.precision)},
          {"tied_at_cut", p.tied},
          {"tied_selected", p.tied_in}};
}

template <class T>
ReportJson json_of(const std::optional<T>& x) {
  return x ? ReportJson(*x) : ReportJson(nullptr);
}

std::string score_text(const std::optional<std::int32_t>& score) {
  return score ? fmt::format("{}", *score) : "-";
}

std::string changes_text(const ChangesBy& by, double confidence) {
  std::size_t width = by.attribute.size();
  for (const Change& row : by.rows) width = std::max(width, row.name.size());
  std::string out =
      fmt::format("\nby {}\n  {:<{}} {:>10} {:>8} {:>8} {:>8} {:>8}  {:<28}  {}\n", by.attribute,
                  by.attribute, width, "records", "gained", "lost", "hits +", "hits -",
                  fmt::format("share selected, {:g} %", 100 * confidence), "p (Holm), outcome");
  for (const Change& c : by.rows)
    out += fmt::format("  {:<{}} {:>10} {:>8} {:>8} {:>8} {:>8}  {:<28}  {}, {}\n", c.name, width,
                       c.records.n(), c.records.second_only, c.records.first_only,
                       c.hits.second_only, c.hits.first_only,
                       text_difference(c.selection_difference), text_p(c.holm), name(c.outcome));
  return out;
}

}  // namespace

std::string Backtest::text() const {
  const std::string where = by_post && by_hour ? "at each post in each hour"
                            : by_post          ? "at each post"
                            : by_hour          ? "in each hour"
                                               : "of all records";
  std::string out = fmt::format(
      "{}\nchampion:   {}\nchallenger: {}\nrules as in force on {}; capacity {:g} % {}\n{}\n{}\n\n",
      description, champion, challenger, date, 100 * capacity, where, replay_note, signals_note);
  out += fmt::format(
      "  records            {:>10}  of known truth {}, of these hits {}\n"
      "  selected           {:>10}  by the champion, {} by the challenger, {} by both\n"
      "  gained             {:>10}  of known truth {}, of these hits {}\n"
      "  lost               {:>10}  of known truth {}, of these hits {}\n",
      records, known, hits, all.records.both + all.records.first_only,
      all.records.both + all.records.second_only, all.records.both, all.records.second_only,
      all.gained.n, all.gained.x, all.records.first_only, all.lost.n, all.lost.x);
  out += fmt::format(
      "  recall, difference {}\n  precision of those gained minus of those lost {}\n"
      "  exact p {}: {}\n  ({:g} % intervals; people who travel together are not independent, "
      "so these are too short)\n",
      text_difference(all.recall_difference), text_difference(all.precision_difference),
      text_p(all.p_value), name(all.outcome), 100 * confidence);
  if (hits == 0) out += "  No record is known to be a hit: what is found cannot be compared.\n";
  for (const ChangesBy& rows : by) out += changes_text(rows, confidence);
  if (!curve.empty()) {
    out += fmt::format("\ncapacity     {:^35}    {:^35}   hits\n", "champion", "challenger");
    out +=
        fmt::format("{:>8}  {:>8} {:>7} {:>7} {:>11}    {:>8} {:>7} {:>7} {:>11}   {:>5} {:>5}\n",
                    "%", "selected", "recall", "PPV", "tied (in)", "selected", "recall", "PPV",
                    "tied (in)", "+", "-");
    const auto point = [](const CurvePoint& p) {
      return fmt::format("{:>8} {:>7} {:>7} {:>11}", p.selected, text_share(p.recall),
                         text_share(p.precision), fmt::format("{} ({})", p.tied, p.tied_in));
    };
    for (const CurveRow& row : curve)
      out +=
          fmt::format("{:>8g}  {}    {}   {:>5} {:>5}\n", 100 * row.capacity, point(row.champion),
                      point(row.challenger), row.hits_gained, row.hits_lost);
    out += "tied: records with the score of the last one selected in their cell; a draw decides.\n";
  }
  if (!rules.empty()) {
    std::size_t width = 4;
    for (const RuleEffect& r : rules) width = std::max(width, r.id.size());
    out += fmt::format("\n{:<{}} {:>8} {:>10}  {:>17}   {}\n", "rule", width, "champion",
                       "challenger", "on gained, lost", "changed alone: flips, hits +, hits -");
    for (const RuleEffect& r : rules)
      out += fmt::format(
          "{:<{}} {:>8} {:>10}  {:>17}   {}\n", r.id, width, score_text(r.champion_score),
          score_text(r.challenger_score), fmt::format("{}, {}", r.on_gained, r.on_lost),
          r.alone
              ? fmt::format("{}, {}, {}", r.alone->flips, r.alone->hits_gained, r.alone->hits_lost)
          : r.changed ? "not exchangeable: the sets combine differently"
                      : "not changed");
    out += fmt::format("\n{:<{}} what it is worth\n", "rule", width);
    for (const RuleEffect& r : rules)
      out += fmt::format("{:<{}} {}\n", r.id, width, r.worth.text());
    out += std::string(break_even_note) + "\n";
    if (caps_changed) out += "Groups or their caps differ too; that is in no rule's row.\n";
  }
  return out +
         "\nA score selects for review by a person; it decides nothing.\nStatement of the "
         "records: " +
         statement + "\n";
}

std::string Backtest::json() const {
  ReportJson groups = ReportJson::array(), points = ReportJson::array(),
             effects = ReportJson::array();
  for (const ChangesBy& of : by) {
    ReportJson rows = ReportJson::array();
    for (const Change& row : of.rows) rows.push_back(json_of(row));
    groups.push_back({{"attribute", of.attribute}, {"rows", rows}});
  }
  for (const CurveRow& row : curve)
    points.push_back({{"capacity", row.capacity},
                      {"champion", json_of(row.champion)},
                      {"challenger", json_of(row.challenger)},
                      {"hits_gained", row.hits_gained},
                      {"hits_lost", row.hits_lost},
                      {"p_value", row.p_value}});
  for (const RuleEffect& r : rules) {
    ReportJson alone = nullptr;
    if (r.alone)
      alone = {{"flips", r.alone->flips},
               {"hits_gained", r.alone->hits_gained},
               {"hits_lost", r.alone->hits_lost}};
    effects.push_back(
        {{"id", r.id},
         {"champion_score", json_of(r.champion_score)},
         {"challenger_score", json_of(r.challenger_score)},
         {"changed", r.changed},
         {"on_gained", r.on_gained},
         {"on_lost", r.on_lost},
         {"alone", alone},
         {"likelihood_ratio", json_interval(r.worth.ratio)},
         {"break_even_ratio", r.worth.needed ? json_number(r.worth.needed->ratio) : nullptr},
         {"worth", r.worth.text()}});
  }
  return dump({{"kind", "replay"},
               {"notes", {replay_note, signals_note}},
               {"input", description},
               {"statement", statement},
               {"champion", champion},
               {"challenger", challenger},
               {"date", date},
               {"capacity", capacity},
               {"confidence", confidence},
               {"cells", {{"by_post", by_post}, {"by_hour", by_hour}}},
               {"records", records},
               {"known", known},
               {"hits", hits},
               {"all", json_of(all)},
               {"by", groups},
               {"curve", points},
               {"rules", effects},
               {"caps_changed", caps_changed}});
}

}  // namespace corridor::risk
