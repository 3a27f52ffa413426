// SPDX-License-Identifier: Apache-2.0
/// \file audit_text.cpp  The report of an audit for people.
#include <fmt/format.h>

#include <cmath>

#include "models/risk/audit.hpp"
#include "models/risk/report_json.hpp"
#include "models/risk/rule_problem.hpp"

namespace corridor::risk {
namespace {

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
  return fmt::format("ratio {}{}; p {} (Holm): {}", plain(r.ratio),
                     r.four_fifths ? fmt::format(", four-fifths ratio {:.2f}{}", *r.four_fifths,
                                                 r.below_four_fifths ? " (below 0.8)" : "")
                                   : "",
                     is_p(r.adjusted_p), stats::text(r));
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
         r_.adoption, r_.date);
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
        "  expected calibration error {:.3g}, Brier score {:.3g}; hits {:.0f}, stated {:.1f}, p {}",
        c.error, c.brier, c.test.observed, c.test.expected, is_p(c.test.p_value));
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
        line("      selection    {}", ratio_text(v.selection));
        if (!r_.truth_known) continue;
        line("      recall       difference {}; p {} (Holm): {}", plain(v.recall.difference),
             is_p(v.recall.adjusted_p), stats::text(v.recall));
        line("      false stops  {}", ratio_text(v.false_stops));
      }
    }
  }

  void rules() {
    title("What each rule adds");
    std::size_t width = 4;
    for (const RuleAudit& rule : r_.rules) width = std::max(width, rule.id.size());
    if (r_.truth_known)
      line("  {:<{}}  {:>7}  {:>9}  {:>7}  {:>7}  {:>11}  {}", "rule", width, "points", "fired",
           "hits", "unique", "recall lost", "likelihood ratio");
    else
      line("  {:<{}}  {:>7}  {:>9}", "rule", width, "points", "fired");
    for (const RuleAudit& rule : r_.rules) {
      std::string row =
          fmt::format("  {:<{}}  {:>7}  {:>9}", rule.id, width, rule.points, rule.fired);
      if (!rule.in_force) {
        row += "  not in force on that date";
      } else if (r_.truth_known) {
        const std::string lost = percent(rule.recall_lost);
        row += fmt::format("  {:>7}  {:>7}  {:>11}  {}", rule.hits, rule.unique_hits, lost,
                           rule.worth.text());
      }
      line("{}", row);
    }
    if (r_.truth_known) {
      line("");
      line("  Recall lost: of all illicit, without the rule, at the same capacity.");
      line("{}", break_even_note);
      line(
          "  In a run the signals are assumptions of the scenario ([travel.signals]); likelihood "
          "ratios and");
      line("  gains here restate them and are no evidence about the world.");
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
        line("    {:<17} V {}; AUC {:.3f} for {}; p {}", r_.attributes[a].name,
             plain(with.cramers_v), with.auc.estimate,
             r_.attributes[a].values.at(with.strongest).value, is_p(with.p_value));
        if (with.visible_v > r_.options.association_limit)
          line("    {:<17} so few records would show a V of {:.2f} and more", "", with.visible_v);
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
    line("  PSI                 {:.3g}; by chance {:.3g}, in 95 % below {:.3g}; p {}", d.psi.value,
         d.psi.null_mean, d.psi.null_95, is_p(d.psi.p_value));
    line("  Kolmogorov-Smirnov  {:.3g} at score {:.0f}; p {}", d.distance.distance, d.distance.at,
         is_p(d.distance.p_value));
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

}  // namespace

std::string AuditReport::strongest_text() const {
  const stats::Estimate* most = nullptr;
  std::string who;
  for (const RuleAudit& rule : rules) {
    for (std::size_t a = 0; rule.in_force && a < rule.with.size(); ++a) {
      const stats::Association& with = rule.with[a];
      if (!with.defined || (most != nullptr && with.cramers_v.estimate <= most->estimate)) continue;
      most = &with.cramers_v;
      who = fmt::format("rule {} with {}", in_quotes(rule.id), attributes[a].name);
    }
  }
  if (most == nullptr) return "";
  return fmt::format("{}: Cramer's V {}, limit {:.2g}", who, plain(*most),
                     options.association_limit);
}

std::string AuditReport::text() const { return Text(*this).all(); }

}  // namespace corridor::risk
