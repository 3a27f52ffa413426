// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "models/risk/expression_text.hpp"
#include "models/risk/report_json.hpp"
#include "models/risk/tune.hpp"

namespace corridor::risk {
namespace {

constexpr std::string_view inert_note =
    "The result is inert: nobody has adopted it. `corridor rules adopt` puts a person's name to "
    "it.";

std::string comparison_text(const std::string& where, const Backtest& b) {
  return fmt::format(
      "\n{}: {} records, {} hits; capacity {:g} %\n"
      "  hits found     {} before, {} after: {} gained, {} lost; exact p {}\n"
      "  recall         {}\n  {}\n",
      where, b.records, b.hits, 100 * b.capacity, b.all.hits.both + b.all.hits.first_only,
      b.all.hits.both + b.all.hits.second_only, b.all.hits.second_only, b.all.hits.first_only,
      text_p(b.all.p_value), text_difference(b.all.recall_difference), name(b.all.outcome));
}

std::string search_text(const Tuning& t) {
  const ThresholdSearch& s = *t.search;
  std::size_t width = 9;
  for (const RuleParameter& p : t.old_parameters) width = std::max(width, p.name.size());
  std::string out =
      fmt::format("\nthresholds: {} variants tried of {:g}\n", s.tried.size(), s.combinations);
  for (std::size_t p = 0; p < t.old_parameters.size(); ++p)
    out += fmt::format("  {:<{}}  {} -> {} in {}..{}{}\n", t.old_parameters[p].name, width,
                       number_text(t.old_parameters[p].value),
                       number_text(t.set.parameters[p].value), number_text(t.old_parameters[p].lo),
                       number_text(t.old_parameters[p].hi), s.varied[p] ? "" : "  (not varied)");
  if (t.old_parameters.empty()) out += "  The set has no parameters (`let`): nothing to search.\n";
  if (s.winner == 0) return out + "  No variant finds more: the present values stay.\n";
  out += fmt::format(
      "  gain of recall on the records that chose it  {}  (flattered: the best of {})\n"
      "  the same on {}  {}\n"
      "  exact p {}, adjusted for all variants (Holm) {}; on other records {}\n  {}\n",
      text_difference(s.retest.selected), s.tried.size(),
      t.search_retested_on_fresh ? "fresh records    " : "the held-out part",
      text_difference(s.retest.fresh), text_p(s.p_value), text_p(s.holm), text_p(s.fresh_p_value),
      s.retest.confirmed ? "confirmed" : "not confirmed: the lead may be luck");
  return out;
}

ReportJson search_json(const Tuning& t) {
  if (!t.search) return nullptr;
  const ThresholdSearch& s = *t.search;
  ReportJson parameters = ReportJson::array(), tried = ReportJson::array();
  for (std::size_t p = 0; p < t.old_parameters.size(); ++p)
    parameters.push_back({{"name", t.old_parameters[p].name},
                          {"old", t.old_parameters[p].value},
                          {"new", t.set.parameters[p].value},
                          {"range", {t.old_parameters[p].lo, t.old_parameters[p].hi}},
                          {"varied", static_cast<bool>(s.varied[p])}});
  for (const Variant& v : s.tried)
    tried.push_back({{"values", v.values}, {"hits", v.hits}, {"p_value", v.p_value}});
  return {{"combinations", s.combinations},
          {"variants_tried", s.tried.size()},
          {"winner", s.winner},
          {"parameters", parameters},
          {"selected", json_interval(s.retest.selected)},
          {"retested_on", t.search_retested_on_fresh ? "fresh" : "held_out"},
          {"retested", json_interval(s.retest.fresh)},
          {"shrinkage", json_number(s.retest.shrinkage)},
          {"confirmed", s.retest.confirmed},
          {"p_value", s.p_value},
          {"p_holm", s.holm},
          {"p_retest", s.fresh_p_value},
          {"tried", tried}};
}

ReportJson weights_json(const Tuning& t) {
  if (!t.weights) return nullptr;
  const stats::LogisticFit& fit = t.weights->fit;
  return {{"penalty", t.options.penalty},
          {"intercept", fit.intercept},
          {"intercept_standard_error", fit.intercept_error},
          {"log_likelihood", fit.log_likelihood},
          {"null_log_likelihood", fit.null_log_likelihood},
          {"rounded_log_likelihood", t.weights->rounded_log_likelihood},
          {"iterations", fit.iterations},
          {"clipped", t.weights->clipped},
          {"groups_left_out", t.groups_left_out}};
}

}  // namespace

std::string Tuning::text() const {
  std::string out = fmt::format(
      "{}\n{} -> {} ({}), method {}, rules as in force on {}\n"
      "train: {} records, {} hits; held out: {} records, {} hits (seed {})\n{}\n{}\n",
      description, from, set.name, set.version, name(options.method), date, train_records,
      train_hits, held_out_records, held_out_hits, options.seed, replay_note, signals_note);
  if (search) out += search_text(*this);
  std::size_t width = 4;
  for (const TunedRule& r : rules) width = std::max(width, r.id.size());
  out += weights ? fmt::format("\nweights: {} -> logistic, hundredths of log-odds; penalty {:g}\n",
                               from_combine, options.penalty)
                 : std::string("\nrules\n");
  out += fmt::format("  {:<{}}  {:>6} -> {:>6}  {:>8}  {:>12}  {}\n", "rule", width, "old", "new",
                     "error", "hits without", "");
  if (weights)
    out += fmt::format("  {:<{}}  {:>6} -> {:>6}  {:>8.1f}\n", "(base)", width, old_base, set.base,
                       100 * weights->fit.intercept_error);
  for (const TunedRule& r : rules)
    out +=
        fmt::format("  {:<{}}  {:>6} -> {:>6}  {:>8}  {:>+12}  {}\n", r.id, width, r.old_score,
                    r.new_score, r.standard_error ? fmt::format("{:.1f}", *r.standard_error) : "-",
                    r.hits_without, name(r.state));
  out += fmt::format("\n  {:<{}}  likelihood ratio on the held-out part\n", "rule", width);
  for (const TunedRule& r : rules)
    out += fmt::format("  {:<{}}  {}\n", r.id, width, r.worth.text());
  out +=
      std::string(break_even_note) +
      "\nHits without the rule: on the held-out part. Errors are those of independent records, and "
      "do not\nknow that thresholds were chosen on the same records.\n";
  if (groups_left_out)
    out += "Groups and their caps are left out: the fit adds every rule that fires.\n";
  if (weights && weights->clipped) out += "A weight lay beyond +-100 log-odds and was cut.\n";
  out += comparison_text("held-out part", held_out);
  if (fresh) out += comparison_text("fresh records, " + fresh_description, *fresh);
  return out + "\n" + std::string(inert_note) +
         "\nA score selects for review by a person; it decides nothing.\nStatement of the "
         "records: " +
         statement + "\n";
}

std::string Tuning::json() const {
  ReportJson of_rules = ReportJson::array();
  for (const TunedRule& r : rules)
    of_rules.push_back(
        {{"id", r.id},
         {"old_score", r.old_score},
         {"new_score", r.new_score},
         {"state", name(r.state)},
         {"standard_error", r.standard_error ? ReportJson(*r.standard_error) : nullptr},
         {"held_out_likelihood_ratio", json_interval(r.worth.ratio)},
         {"held_out_break_even_ratio",
          r.worth.needed ? json_number(r.worth.needed->ratio) : nullptr},
         {"worth", r.worth.text()},
         {"held_out_hits_without", r.hits_without}});
  const auto parsed = [](const Backtest& b) { return ReportJson::parse(b.json()); };
  return dump(
      {{"kind", "tuning"},
       {"notes", {replay_note, signals_note, inert_note}},
       {"input", description},
       {"statement", statement},
       {"from", from},
       {"rule_set", {{"name", set.name}, {"version", set.version}, {"adopted_by", nullptr}}},
       {"method", name(options.method)},
       {"date", date},
       {"seed", options.seed},
       {"capacity", options.capacity},
       {"train", {{"records", train_records}, {"hits", train_hits}}},
       {"held_out_part", {{"records", held_out_records}, {"hits", held_out_hits}}},
       {"thresholds", search_json(*this)},
       {"weights", weights_json(*this)},
       {"base", {{"old", old_base}, {"new", set.base}}},
       {"rules", of_rules},
       {"held_out", parsed(held_out)},
       {"fresh", fresh ? parsed(*fresh) : ReportJson(nullptr)}});
}

}  // namespace corridor::risk
