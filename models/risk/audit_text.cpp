// SPDX-License-Identifier: Apache-2.0
/// \file audit_text.cpp  The report of an audit for people, and its twin for programs.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "models/risk/audit.hpp"

namespace corridor::risk {
namespace {

using Json = nlohmann::ordered_json;
using stats::Count;
using stats::Estimate;

std::string short_text(double x) { return std::isnan(x) ? "-" : fmt::format("{:.3g}", x); }
std::string percent(double share) {
  return std::isnan(share) ? "-" : fmt::format("{:.3g} %", 100 * share);
}
std::string percent(Count c) {
  return c.n == 0 ? "-" : percent(static_cast<double>(c.x) / static_cast<double>(c.n));
}
std::string of(Count c) { return fmt::format("{} of {}", c.x, c.n); }
std::string in_percent(const Estimate& e) {
  if (!e.defined) return "not enough data to tell";
  return fmt::format("{} ({} to {})", percent(e.estimate), percent(e.lower), percent(e.upper));
}
std::string plain(const Estimate& e) {
  if (std::isnan(e.estimate)) return "not enough data to tell";
  if (!e.defined) return fmt::format("{:.3g}, interval not known", e.estimate);
  return fmt::format("{:.3g} ({:.3g} to {:.3g})", e.estimate, e.lower, e.upper);
}
std::string plain(const std::optional<double>& x) { return x ? fmt::format("{:.3g}", *x) : "-"; }
std::string ratio_text(const stats::RatioAudit& r) {
  if (!r.ratio.defined) return "not enough data to tell";
  return fmt::format("ratio {}{}: {}", plain(r.ratio),
                     r.four_fifths ? fmt::format(", four-fifths ratio {:.2f}{}", *r.four_fifths,
                                                 r.below_four_fifths ? " (below 0.8)" : "")
                                   : "",
                     stats::text(r));
}

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
Json number(const std::optional<double>& x) { return x ? number(*x) : Json(nullptr); }
Json json_of(const Estimate& e) {
  return {{"estimate", number(e.estimate)},
          {"lower", number(e.lower)},
          {"upper", number(e.upper)},
          {"defined", e.defined}};
}
Json json_of(Count c) { return {{"x", c.x}, {"n", c.n}}; }
Json json_of(const stats::RatioAudit& r) {
  return {{"ratio", json_of(r.ratio)},
          {"exact", r.exact},
          {"p_value", r.p_value},
          {"four_fifths", number(r.four_fifths)},
          {"below_four_fifths", r.below_four_fifths},
          {"visible_ratio", number(r.visible_ratio)},
          {"verdict", stats::text(r)}};
}

class Text {
 public:
  explicit Text(const AuditReport& report) : r_(report) {}

  std::string all() {
    head();
    if (r_.truth_known) {
      finds();
      ranking();
      calibration();
    }
    groups();
    rules();
    if (r_.estimates) estimates(*r_.estimates);
    if (r_.drift) drift(*r_.drift);
    verdict();
    return std::move(out_);
  }

 private:
  template <class... A>
  void line(fmt::format_string<A...> form, A&&... a) {
    out_ += fmt::format(form, std::forward<A>(a)...) + "\n";
  }
  void title(std::string_view text) { line("\n{}\n", text); }

  void head() {
    line("Audit of rule set '{}', version {}, {}, as in force on {}", r_.set, r_.version,
         r_.adopted_by.empty() ? "adopted by nobody yet" : "adopted by " + r_.adopted_by, r_.date);
    line("on {}", r_.description);
    line("All persons are synthetic. Statement of the records: {}", r_.statement);
    line("");
    line("  records           {:>10}   persons at crossings", r_.records);
    if (r_.truth_known) {
      line("  illicit           {:>10}   {}", r_.hits, percent(Count{r_.hits, r_.records}));
      if (r_.truth_unknown > 0)
        line("  left out          {:>10}   their truth is not known", r_.truth_unknown);
    } else {
      line("  The truth of these records is not known: what needs it is not told.");
    }
    line("  capacity          {:>10}   {} of the records; lowest score selected {}", r_.capacity,
         percent(Count{r_.capacity, r_.records}), r_.cut);
    if (r_.referred > 0)
      line(
          "  referred          {:>10}   a rule that refers could not be decided; not in the "
          "capacity",
          r_.referred);
  }

  void finds() {
    title("Finds at capacity");
    const stats::CapacityPoint& p = r_.points.front();
    line("  precision (PPV)   {}, {}", of(r_.precision), in_percent(r_.precision_interval));
    line("  recall            {}, {}", of(r_.recall), in_percent(r_.recall_interval));
    line("  lift              {}", short_text(p.lift));
    const double hits = static_cast<double>(p.hits);
    line(
        "  burden            {} false stops, {:.1f} officer-hours ({:.4g} min a false stop, {:.4g} "
        "a hit)",
        p.false_stops, p.officer_hours, r_.minutes_false_stop, r_.minutes_hit);
    if (p.hits > 0)
      line("  per hit           {:.3g} persons selected, {:.3g} officer-hours",
           static_cast<double>(p.inspected) / hits, p.officer_hours / hits);
    line("");
    line("  {:>10}  {:>9}  {:>9}  {:>9}  {:>7}  {:>13}", "inspected", "share", "gain", "PPV",
         "lift", "officer-hours");
    for (std::size_t i = 1; i < r_.points.size(); ++i) {
      const stats::CapacityPoint& q = r_.points[i];
      line("  {:>10}  {:>9}  {:>9}  {:>9}  {:>7}  {:>13.1f}", q.inspected, percent(q.share),
           percent(q.recall), percent(q.precision), short_text(q.lift), q.officer_hours);
    }
  }

  void ranking() {
    title("Ranking");
    line("  AUC                         {}", plain(r_.auc));
    line("  partial AUC up to capacity  {}   mean recall at false-positive rates up to it",
         plain(r_.partial_auc));
    line("  mean gain up to capacity    {}", plain(r_.mean_gain));
    line("  average precision           {}   by chance {:.3g}", plain(r_.average_precision),
         static_cast<double>(r_.hits) / static_cast<double>(r_.records));
  }

  void calibration() {
    if (!r_.calibration) return;
    const CalibrationAudit& c = *r_.calibration;
    title("Calibration (isotonic rates of the first half, looked at on the second)");
    line("  {:>19}  {:>9}  {:>12}  {}", "stated", "people", "hits", "observed");
    for (const stats::ReliabilityBin& b : c.bins)
      line("  {:>9} {:>9}  {:>9}  {:>12}  {}", percent(b.lower), percent(b.upper), b.count.n,
           b.count.x, in_percent(b.observed));
    line(
        "  expected calibration error {:.3g}, Brier score {:.3g}; hits {:.0f}, stated {:.1f}, p = "
        "{:.2g}",
        c.error, c.brier, c.test.observed, c.test.expected, c.test.p_value);
  }

  void groups() {
    title("Who is selected");
    if (r_.attributes.empty()) line("  These records have no protected attributes.");
    for (const AttributeAudit& a : r_.attributes) {
      line("  {}", a.name);
      if (a.unknown > 0) line("    not known for {} records, which are left out here", a.unknown);
      for (const ValueAudit& v : a.values) {
        std::string rates = fmt::format("selected {} ({})", of(v.selected), percent(v.selected));
        if (r_.truth_known)
          rates += fmt::format(", recall {} ({}), false stops {}", of(v.found), percent(v.found),
                               percent(v.stopped));
        line("    {:<14} {}", v.value, rates);
      }
      for (const ValueAudit& v : a.values) {
        if (!v.compared) continue;
        line("    {} against the others", v.value);
        line("      selection    {}; p = {:.2g} (Holm)", ratio_text(v.selection), v.adjusted_p);
        if (!r_.truth_known) continue;
        line("      recall       difference {}: {}", plain(v.recall.difference),
             stats::text(v.recall));
        line("      false stops  {}", ratio_text(v.false_stops));
      }
    }
  }

  void rules() {
    title("What each rule adds");
    std::size_t width = 4;
    for (const RuleAudit& rule : r_.rules) width = std::max(width, rule.id.size());
    if (r_.truth_known)
      line("  {:<{}}  {:>7}  {:>9}  {:>7}  {:>7}  {:>11}  {:>10}  {}", "rule", width, "points",
           "fired", "hits", "unique", "recall lost", "break-even", "likelihood ratio");
    else
      line("  {:<{}}  {:>7}  {:>9}", "rule", width, "points", "fired");
    for (const RuleAudit& rule : r_.rules) {
      std::string row =
          fmt::format("  {:<{}}  {:>7}  {:>9}", rule.id, width, rule.points, rule.fired);
      if (!rule.in_force) {
        row += "  not in force on that date";
      } else if (r_.truth_known) {
        const std::string lost = percent(rule.recall_lost);
        row += fmt::format("  {:>7}  {:>7}  {:>11}  {:>10}  {}", rule.hits, rule.unique_hits, lost,
                           rule.needed ? fmt::format("{:.3g}", rule.needed->ratio) : "-",
                           rule.fired == 0 ? "never fired" : plain(rule.ratio));
      }
      line("{}", row);
    }
    if (r_.truth_known) {
      line("");
      line(
          "  Recall lost: of all illicit, without the rule, at the same capacity. Break-even: with "
          "all");
      line(
          "  places taken, the likelihood ratio at which a rule finds as much as the weakest stop "
          "made");
      line(
          "  now. In a run the signals are assumptions of the scenario ([travel.signals]); "
          "likelihood");
      line("  ratios and gains here restate them and are no evidence about the world.");
    }
    if (r_.attributes.empty()) return;
    title("Rules and protected attributes (Cramer's V with interval; AUC of the hit)");
    for (const RuleAudit& rule : r_.rules) {
      if (!rule.in_force) continue;
      line("  {}", rule.id);
      for (std::size_t a = 0; a < r_.attributes.size(); ++a) {
        const stats::Association& with = rule.with[a];
        if (!with.defined) {
          line("    {:<17} not enough data to tell", r_.attributes[a].name);
          continue;
        }
        line("    {:<17} V {}; AUC {:.3f} for {}; p = {:.2g}", r_.attributes[a].name,
             plain(with.cramers_v), with.auc.estimate,
             r_.attributes[a].values.at(with.strongest).value, with.p_value);
      }
    }
  }

  void estimates(const EstimateAudit& e) {
    title("What inspections alone would say of the share of illicit");
    line("  truth                        {}", percent(e.truth));
    line("  of those selected (biased)   {}", in_percent(e.operational));
    line("  random share alone           {}, {}", of(e.drawn), in_percent(e.random));
    line("  both, by probability         {}", in_percent(e.weighted.share));
    line("  The random share ({} draws at {}{}) meets at least one hit with probability {:.2f},",
         e.drawn.n, percent(r_.options.random_share), e.own_draws ? ", drawn by the audit" : "",
         e.chance_of_a_hit);
    line("  and would see a doubling of the rate with probability {:.2f}.", e.power_to_see_double);
  }

  void drift(const DriftAudit& d) {
    title("Drift of scores from the first half to the second");
    line("  halves {}: {} and {} records",
         d.by_time ? "of the time" : "in the order of the records", d.first, d.second);
    line("  PSI                 {:.3g}; by chance {:.3g}, in 95 % below {:.3g}; p = {:.2g}",
         d.psi.value, d.psi.null_mean, d.psi.null_95, d.psi.p_value);
    line("  Kolmogorov-Smirnov  {:.3g} at score {:.0f}; p = {:.2g}", d.distance.distance,
         d.distance.at, d.distance.p_value);
  }

  void verdict() {
    title("Findings");
    for (const Finding& f : r_.findings) {
      if (f.severity == Severity::error) line("  {}: {} [{}]", name(f.severity), f.message, f.code);
    }
    std::size_t untold = 0;
    for (const Finding& f : r_.findings) untold += f.severity == Severity::warning ? 1 : 0;
    if (untold > 0)
      line(
          "  {} of the associations of rules with protected attributes cannot be told: not enough "
          "data.",
          untold);
    if (refused())
      line("  Refused for adoption: a rule is a proxy of a protected attribute (limit {:.2g}).",
           r_.options.association_limit);
    else
      line(
          "  No association above the limit {:.2g} was found; that is not a proof that there is "
          "none.",
          r_.options.association_limit);
    line("");
    line(
        "Intervals are at {:.3g} % and take records for independent; persons of one party and "
        "crossings",
        100 * r_.options.confidence);
    line(
        "of one person are not, so they are too short. A score selects for review by a person; it "
        "decides nothing.");
  }
  [[nodiscard]] bool refused() const { return r_.refused(); }

  const AuditReport& r_;
  std::string out_;
};

Json rules_json(const AuditReport& r) {
  Json all = Json::array();
  for (const RuleAudit& rule : r.rules) {
    Json one = {{"id", rule.id},
                {"points", rule.points},
                {"in_force", rule.in_force},
                {"fired", rule.fired}};
    if (r.truth_known) {
      one["hits"] = rule.hits;
      one["unique_hits"] = rule.unique_hits;
      one["recall_lost"] = number(rule.recall_lost);
      one["likelihood_ratio"] = json_of(rule.ratio);
      one["break_even_ratio"] = rule.needed ? number(rule.needed->ratio) : Json(nullptr);
    }
    Json with = Json::object();
    for (std::size_t a = 0; a < rule.with.size(); ++a) {
      const stats::Association& x = rule.with[a];
      with[r.attributes[a].name] = {{"defined", x.defined},
                                    {"cramers_v", json_of(x.cramers_v)},
                                    {"mutual_information", number(x.mutual_information)},
                                    {"null_95", number(x.null_95)},
                                    {"auc", json_of(x.auc)},
                                    {"p_value", x.p_value}};
    }
    one["associations"] = with;
    all.push_back(one);
  }
  return all;
}

Json groups_json(const AuditReport& r) {
  Json all = Json::array();
  for (const AttributeAudit& a : r.attributes) {
    Json values = Json::array();
    for (const ValueAudit& v : a.values) {
      Json one = {{"value", v.value}, {"selected", json_of(v.selected)}};
      if (r.truth_known) {
        one["found"] = json_of(v.found);
        one["false_stops"] = json_of(v.stopped);
      }
      if (v.compared) {
        one["selection"] = json_of(v.selection);
        one["selection"]["adjusted_p"] = v.adjusted_p;
        if (r.truth_known) {
          one["recall"] = {{"difference", json_of(v.recall.difference)},
                           {"visible_difference", number(v.recall.visible_difference)},
                           {"verdict", stats::text(v.recall)}};
          one["false_stop_ratio"] = json_of(v.false_stops);
        }
      }
      values.push_back(one);
    }
    all.push_back({{"attribute", a.name}, {"unknown", a.unknown}, {"values", values}});
  }
  return all;
}

void add_truth(const AuditReport& r, Json& out) {
  out["precision"] = json_of(r.precision_interval);
  out["recall"] = json_of(r.recall_interval);
  out["found"] = r.precision.x;
  Json points = Json::array();
  for (const stats::CapacityPoint& p : r.points)
    points.push_back({{"inspected", p.inspected},
                      {"share", p.share},
                      {"hits", p.hits},
                      {"expected_hits", p.expected_hits},
                      {"false_stops", p.false_stops},
                      {"gain", number(p.recall)},
                      {"precision", number(p.precision)},
                      {"lift", number(p.lift)},
                      {"officer_hours", p.officer_hours},
                      {"cut", p.cut}});
  out["capacity_curve"] = points;
  out["minutes"] = {{"false_stop", r.minutes_false_stop}, {"hit", r.minutes_hit}};
  out["auc"] = json_of(r.auc);
  out["partial_auc"] = number(r.partial_auc);
  out["mean_gain"] = number(r.mean_gain);
  out["average_precision"] = number(r.average_precision);
  Json roc = Json::array(), pr = Json::array();
  for (const stats::RocPoint& p : r.roc)
    roc.push_back({number(p.threshold), p.false_positive_rate, p.recall});
  for (const stats::PrecisionPoint& p : r.precision_recall)
    pr.push_back({number(p.threshold), p.recall, p.precision});
  out["roc"] = roc;
  out["precision_recall"] = pr;
  if (r.calibration) {
    Json bins = Json::array();
    for (const stats::ReliabilityBin& b : r.calibration->bins)
      bins.push_back({{"lower", b.lower},
                      {"upper", b.upper},
                      {"mean", b.mean},
                      {"count", json_of(b.count)},
                      {"observed", json_of(b.observed)}});
    out["calibration"] = {{"bins", bins},
                          {"expected_calibration_error", number(r.calibration->error)},
                          {"brier", number(r.calibration->brier)},
                          {"p_value", number(r.calibration->test.p_value)}};
  }
  if (r.estimates) {
    const EstimateAudit& e = *r.estimates;
    out["estimates"] = {{"truth", e.truth},
                        {"operational", json_of(e.operational)},
                        {"random", json_of(e.random)},
                        {"weighted", json_of(e.weighted.share)},
                        {"drawn", json_of(e.drawn)},
                        {"own_draws", e.own_draws},
                        {"chance_of_a_hit", e.chance_of_a_hit},
                        {"power_to_see_double", e.power_to_see_double}};
  }
}

}  // namespace

std::string AuditReport::text() const { return Text(*this).all(); }

std::string AuditReport::json() const {
  Json out = {{"synthetic", true},
              {"description", description},
              {"statement", statement},
              {"signals",
               "assumptions of the scenario; the gains of rules restate them and are no evidence"},
              {"date", date},
              {"rule_set",
               {{"name", set},
                {"version", version},
                {"adopted_by", adopted_by.empty() ? Json(nullptr) : Json(adopted_by)}}},
              {"records", records},
              {"truth_known", truth_known},
              {"truth_unknown", truth_unknown},
              {"illicit", truth_known ? Json(hits) : Json(nullptr)},
              {"referred", referred},
              {"capacity", capacity},
              {"cut", cut}};
  if (truth_known) add_truth(*this, out);
  out["attributes"] = groups_json(*this);
  out["rules"] = rules_json(*this);
  if (drift)
    out["drift"] = {{"by_time", drift->by_time},
                    {"first", drift->first},
                    {"second", drift->second},
                    {"psi", number(drift->psi.value)},
                    {"psi_null_95", number(drift->psi.null_95)},
                    {"psi_p_value", number(drift->psi.p_value)},
                    {"kolmogorov_smirnov", number(drift->distance.distance)},
                    {"kolmogorov_smirnov_p_value", number(drift->distance.p_value)}};
  Json all = Json::array();
  for (const Finding& f : findings)
    all.push_back({{"severity", name(f.severity)},
                   {"rule", f.rule},
                   {"code", f.code},
                   {"message", f.message}});
  out["findings"] = all;
  out["refused_for_adoption"] = refused();
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::risk
