// SPDX-License-Identifier: Apache-2.0
#include "models/risk/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "models/risk/argument.hpp"
#include "models/risk/audit_rows.hpp"
#include "models/risk/score_table.hpp"
#include "sim/error.hpp"
#include "sim/names.hpp"

namespace corridor::risk {
namespace {

using stats::Count;
using stats::demand;

bool is_share(double x) { return x >= 0 && x <= 1; }

void check(const AuditOptions& o) {
  demand(o.capacity_share > 0 && o.capacity_share <= 1, "a capacity share must be in (0, 1]");
  demand(!o.capacity || *o.capacity >= 1, "a capacity must be at least 1");
  demand(o.random_share > 0 && o.random_share <= 1, "the random share must be in (0, 1]");
  demand(is_share(o.sent_on_innocent) && is_share(o.sent_on_hit),
         "shares that are sent on must be in [0, 1]");
  demand(is_share(o.association_limit), "the limit of associations must be in [0, 1]");
  demand(o.review_minutes >= 0 && std::isfinite(o.review_minutes) && o.inspection_minutes >= 0 &&
             std::isfinite(o.inspection_minutes),
         "minutes must be finite and not negative");
  demand(o.confidence > 0 && o.confidence < 1, "a confidence must be in (0, 1)");
}

/// Expected hits among the k highest, over all orders of ties. \param cells  score: people, hits
double expected_hits(const std::map<std::int32_t, Count>& cells, std::int64_t k) {
  double hits = 0;
  for (auto cell = cells.rbegin(); cell != cells.rend() && k > 0; ++cell) {
    const std::int64_t in = std::min(k, cell->second.n);
    hits += static_cast<double>(cell->second.x) * static_cast<double>(in) /
            static_cast<double>(cell->second.n);
    k -= in;
  }
  return hits;
}

/// Counts of each bin of both halves: distinct scores, joined until a bin holds a twentieth.
struct Bins {
  std::vector<std::int64_t> first, second;
};
Bins score_bins(const std::map<std::int32_t, std::array<std::int64_t, 2>>& counts,
                std::int64_t total) {
  Bins bins;
  std::int64_t in_bin = total;  // begins a new bin
  for (const auto& [score, n] : counts) {
    if (in_bin * 20 >= total) {
      bins.first.push_back(0);
      bins.second.push_back(0);
      in_bin = 0;
    }
    bins.first.back() += n[0];
    bins.second.back() += n[1];
    in_bin += n[0] + n[1];
  }
  return bins;
}

class Auditor {
 public:
  Auditor(RecordSource& source, const RuleSet& set, const AuditOptions& options)
      : source_(source),
        set_(set),
        o_(options),
        rows_(set, source.catalogue(), source.date(), source.protected_attributes().size()) {}

  AuditReport run() {
    choose_attributes();
    for (RecordBlock block; source_.next(block);) rows_.add(block);
    if (rows_.size() == 0) throw sim::UserError("there are no records to audit");
    describe();
    if (!rows_.draws_known) draw_random_share();
    select();
    split_in_halves();
    if (r_.truth_known) {
      finds();
      ranking();
      calibration();
      estimates();
    }
    groups();
    rules();
    drift();
    return std::move(r_);
  }

 private:
  void choose_attributes() {
    const auto& all = source_.protected_attributes();
    std::vector<std::string> names;
    for (std::size_t a = 0; a < all.size(); ++a) {
      names.push_back(all[a].name);
      if (o_.attribute.empty() || o_.attribute == all[a].name) chosen_.push_back(a);
    }
    if (!o_.attribute.empty() && chosen_.empty())
      throw sim::UserError(fmt::format(
          "'{}' is no protected attribute of these records; they have {}{}", o_.attribute,
          names.empty() ? "none" : sim::listed(names), sim::did_you_mean(o_.attribute, names)));
  }

  void describe() {
    r_.options = o_;
    r_.description = source_.description();
    r_.statement = source_.catalogue().synthetic_statement();
    if (r_.statement.empty()) r_.statement = shipped_statement;
    r_.date = source_.date();
    r_.set = set_.name;
    r_.version = set_.version;
    r_.adopted_by = set_.adopted_by;
    r_.adoption = adoption_text(set_);
    r_.truth_unknown = rows_.leave_out_unknown();
    n_ = rows_.size();
    r_.records = static_cast<std::int64_t>(n_);
    r_.referred = rows_.referred;
    r_.truth_known = rows_.truth.front() != unknown_truth;
    if (!r_.truth_known) r_.truth_unknown = r_.records;
    for (const std::uint8_t t : rows_.truth) r_.hits += t == 1 ? 1 : 0;
  }

  void draw_random_share() {
    const double cut = o_.random_share * 0x1p64;
    for (std::size_t i = 0; i < n_; ++i)
      rows_.drawn[i] = static_cast<double>(rows_.draw[i]) < cut ? 1 : 0;
  }

  void select() {
    const auto share = std::llround(o_.capacity_share * static_cast<double>(n_));
    r_.capacity = std::clamp<std::int64_t>(o_.capacity.value_or(share), 1, r_.records);
    const std::vector<std::uint32_t> order = stats::selection_order(rows_.score, rows_.tie);
    selected_.assign(n_, 0);
    for (std::int64_t i = 0; i < r_.capacity; ++i)
      selected_[order[static_cast<std::size_t>(i)]] = 1;
    r_.cut = rows_.score[order[static_cast<std::size_t>(r_.capacity - 1)]];
    r_.precision.n = r_.capacity;
    r_.recall.n = r_.hits;
    for (std::size_t i = 0; i < n_; ++i) r_.precision.x += selected_[i] == 1 && hit(i) ? 1 : 0;
    r_.recall.x = r_.precision.x;
  }

  void split_in_halves() {
    second_.assign(n_, 0);
    r_.drift.emplace();
    r_.drift->by_time = rows_.hours_known;
    const auto [least, most] = std::ranges::minmax(rows_.hour);
    const std::int64_t middle = (std::int64_t{least} + most + 1) / 2;
    for (std::size_t i = 0; i < n_; ++i) {
      const bool late = rows_.hours_known ? rows_.hour[i] >= middle : 2 * i >= n_;
      second_[i] = late ? 1 : 0;
      (late ? r_.drift->second : r_.drift->first) += 1;
    }
  }

  void finds() {
    r_.precision_interval = stats::wilson(r_.precision, o_.confidence);
    r_.recall_interval = stats::wilson(r_.recall, o_.confidence);
    r_.minutes_false_stop = o_.review_minutes + o_.sent_on_innocent * o_.inspection_minutes;
    r_.minutes_hit = o_.review_minutes + o_.sent_on_hit * o_.inspection_minutes;
    std::vector<std::int64_t> capacities{r_.capacity};
    for (const double factor : {0.25, 0.5, 1.0, 2.0, 4.0, 8.0}) {
      const auto k = std::llround(factor * static_cast<double>(r_.capacity));
      if (k >= 1 && k <= r_.records) capacities.push_back(k);
    }
    stats::Burden burden;
    burden.officer_minutes_false_stop = r_.minutes_false_stop;
    burden.officer_minutes_hit = r_.minutes_hit;
    r_.points = stats::capacity_curve(rows_.score, rows_.tie, rows_.truth, capacities, burden);
  }

  void ranking() {
    const stats::ScoreTally t = stats::tally(rows_.score, rows_.truth);
    r_.auc = stats::auc_interval(t, o_.confidence);
    if (const auto auc = stats::auc(t)) r_.auc.estimate = *auc;
    r_.partial_auc = stats::partial_auc(t, capacity_share());
    r_.mean_gain = stats::mean_gain(t, capacity_share());
    r_.average_precision = stats::average_precision(t);
    r_.roc = stats::roc(t);
    r_.precision_recall = stats::precision_recall(t);
    rate_at_cut_ = rate_at_cut(t, std::span(&r_.cut, 1));
  }

  void calibration() {
    if (r_.drift->first == 0 || r_.drift->second == 0) return;
    std::array<std::vector<std::int32_t>, 2> scores;
    std::array<std::vector<std::uint8_t>, 2> truth;
    for (std::size_t i = 0; i < n_; ++i) {
      scores.at(second_[i]).push_back(rows_.score[i]);
      truth.at(second_[i]).push_back(rows_.truth[i]);
    }
    const stats::ScoreTally fitted = stats::tally(scores[0], truth[0]);
    const std::vector<double> rates = stats::isotonic_rates(fitted);
    const auto rate_of = [&](std::int32_t score) {
      // The rate of the next lower score that was seen; below all, that of the lowest.
      const auto at = std::ranges::lower_bound(fitted.score, static_cast<double>(score),
                                               std::ranges::greater{});
      const auto i = static_cast<std::size_t>(at - fitted.score.begin());
      return rates[std::min(i, rates.size() - 1)];
    };
    std::vector<double> forecasts;
    for (const std::int32_t score : scores[1]) forecasts.push_back(rate_of(score));
    const stats::ScoreTally t = stats::tally(forecasts, truth[1]);
    CalibrationAudit& c = r_.calibration.emplace();
    c.bins = stats::reliability(t, 10, stats::Binning::equal_count, o_.confidence);
    c.error = stats::expected_calibration_error(c.bins);
    c.brier = stats::brier(t);
    c.test = stats::calibration_test(t);
  }

  void estimates() {
    EstimateAudit& e = r_.estimates.emplace();
    e.own_draws = !rows_.draws_known;
    e.truth = static_cast<double>(r_.hits) / static_cast<double>(n_);
    e.operational = stats::operational_share(r_.precision, o_.confidence);
    std::vector<stats::Inspected> inspected;
    for (std::size_t i = 0; i < n_; ++i) {
      if (rows_.drawn[i] == 1) {
        e.drawn.n += 1;
        e.drawn.x += hit(i) ? 1 : 0;
      }
      if (selected_[i] == 1) {
        inspected.push_back({1, hit(i)});
      } else if (rows_.drawn[i] == 1) {
        inspected.push_back({o_.random_share, hit(i)});
      }
    }
    e.random = stats::clopper_pearson(e.drawn, o_.confidence);
    e.weighted = stats::inverse_propensity_share(inspected, r_.records, o_.confidence);
    e.chance_of_a_hit = stats::chance_of_a_hit(e.truth, e.drawn.n);
    if (e.truth > 0 && e.truth < 0.5)
      e.power_to_see_double = stats::random_share_power(e.truth, 2, e.drawn.n);
  }

  void groups() {
    stats::AuditRule rule = o_.rule;
    rule.confidence = o_.confidence;
    const auto others = [](Count whole, Count part) {
      return Count{whole.x - part.x, whole.n - part.n};
    };
    r_.attributes.reserve(chosen_.size());                     // values stay where they are
    std::vector<std::pair<ValueAudit*, ValueAudit>> compared;  // and all whose value is known
    for (const std::size_t a : chosen_) {
      const ProtectedAttribute& given = source_.protected_attributes()[a];
      AttributeAudit& audit = r_.attributes.emplace_back();
      audit.name = given.name;
      for (const std::string& value : given.values) audit.values.emplace_back().value = value;
      ValueAudit all;
      for (std::size_t i = 0; i < n_; ++i) {
        const std::uint8_t v = rows_.values[a][i];
        if (v == unknown_value) {
          ++audit.unknown;
          continue;
        }
        for (ValueAudit* of : {&audit.values.at(v), &all}) {
          const std::int64_t in = selected_[i];
          of->selected.n += 1;
          of->selected.x += in;
          if (!r_.truth_known) continue;
          Count& count = hit(i) ? of->found : of->stopped;
          count.n += 1;
          count.x += in;
        }
      }
      for (std::size_t v = 0; v < audit.values.size(); ++v) {
        ValueAudit& value = audit.values[v];
        value.compared = value.selected.n > 0 && (audit.values.size() != 2 || v == 1);
        if (value.compared) compared.emplace_back(&value, all);
      }
    }
    rule.comparisons = std::max<std::int64_t>(1, std::ssize(compared));
    for (auto& [value, all] : compared) {
      value->selection =
          stats::audit_ratio(value->selected, others(all.selected, value->selected), rule);
      if (!r_.truth_known) continue;
      value->recall = stats::audit_difference(value->found, others(all.found, value->found), rule);
      value->false_stops =
          stats::audit_ratio(value->stopped, others(all.stopped, value->stopped), rule);
    }
    const auto judge_all = [&](auto measure) {
      std::vector<double> p_values;
      for (const auto& [value, all] : compared) p_values.push_back((value->*measure).p_value);
      const std::vector<double> adjusted = stats::holm(p_values);
      for (std::size_t i = 0; i < compared.size(); ++i)
        stats::judge(compared[i].first->*measure, adjusted[i], rule);
    };
    judge_all(&ValueAudit::selection);
    if (!r_.truth_known) return;
    judge_all(&ValueAudit::recall);
    judge_all(&ValueAudit::false_stops);
  }

  void rules() {
    const FiredMasks masks = rows_.pattern_masks();
    std::vector<Count> patterns(rows_.n_patterns());
    for (std::size_t i = 0; i < n_; ++i) {
      patterns[rows_.pattern[i]].n += 1;
      patterns[rows_.pattern[i]].x += hit(i) ? 1 : 0;
    }
    const auto recall_of = [&](const RuleSet& set) {
      const std::vector<std::int32_t> scores = rows_.scores_of_patterns(set, masks);
      std::map<std::int32_t, Count> cells;
      for (std::size_t p = 0; p < patterns.size(); ++p) {
        if (patterns[p].n == 0) continue;
        cells[scores[p]].n += patterns[p].n;
        cells[scores[p]].x += patterns[p].x;
      }
      return expected_hits(cells, r_.capacity) / static_cast<double>(r_.hits);
    };
    const auto raises = [&](std::size_t rule) { return set_.rules[rule].score > 0; };
    const double whole = r_.hits > 0 ? recall_of(set_) : 0;
    count_values_by_pattern();
    RuleSet without = set_;
    std::vector<Association> associations;
    for (std::size_t k = 0; k < set_.rules.size(); ++k) {
      const Rule& rule = set_.rules[k];
      RuleAudit& audit = r_.rules.emplace_back();
      audit.id = rule.id;
      audit.points = points_of(set_.combine, rule.score);
      audit.in_force = in_force(rule, r_.date);
      audit.not_yet = !rule.valid_from.empty() && r_.date < rule.valid_from;
      for (std::size_t p = 0; p < patterns.size(); ++p) {
        if (!rows_.fires(p, k)) continue;
        audit.fired += patterns[p].n;
        audit.hits += patterns[p].x;
        bool alone = raises(k);
        for (std::size_t other = 0; other < set_.rules.size() && alone; ++other)
          alone = other == k || !raises(other) || !rows_.fires(p, other);
        if (alone) audit.unique_hits += patterns[p].x;
      }
      if (r_.truth_known)
        audit.worth =
            rule_worth({audit.hits, r_.hits}, {audit.fired - audit.hits, r_.records - r_.hits},
                       audit.points > 0, rate_at_cut_, o_.confidence);
      if (r_.hits > 0 && audit.fired > 0 && rule.score != 0) {
        without.rules[k].score = 0;
        audit.recall_lost = whole - recall_of(without);
        without.rules[k].score = rule.score;
      }
      for (std::size_t a = 0; a < chosen_.size(); ++a) associate(audit, k, a, associations);
    }
    r_.findings = proxy_findings(set_, associations, o_.association_limit);
  }

  void count_values_by_pattern() {
    for (const std::size_t attribute : chosen_) {
      const std::size_t n_values = source_.protected_attributes()[attribute].values.size();
      auto& counts = by_pattern_.emplace_back(rows_.n_patterns() * n_values, 0);
      for (std::size_t i = 0; i < n_; ++i) {
        const std::uint8_t v = rows_.values[attribute][i];
        if (v != unknown_value) counts.at(rows_.pattern[i] * n_values + v) += 1;
      }
    }
  }

  /// The rule's hits by the values of an attribute, and what the lint is told of it.
  void associate(RuleAudit& audit, std::size_t rule, std::size_t a,
                 std::vector<Association>& out) const {
    const std::size_t attribute = chosen_[a];
    const std::size_t n_values = source_.protected_attributes()[attribute].values.size();
    std::vector<Count> hits_of(n_values);
    std::int64_t known = 0;
    for (std::size_t p = 0; p < rows_.n_patterns(); ++p) {
      const bool fires = rows_.fires(p, rule);
      for (std::size_t v = 0; v < n_values; ++v) {
        const std::int64_t n = by_pattern_[a][p * n_values + v];
        known += n;
        hits_of[v].n += n;
        hits_of[v].x += fires ? n : 0;
      }
    }
    audit.with.push_back(stats::association(hits_of, o_.confidence));
    if (!audit.in_force) return;
    const stats::Association& with = audit.with.back();
    const stats::Estimate& v = with.cramers_v;
    // An interval on both sides of the limit cannot tell; nor can a rule that never fired, nor so
    // few records that an association at the limit would not show.
    const bool told = with.defined &&
                      (v.lower > o_.association_limit ||
                       (v.upper <= o_.association_limit && with.visible_v <= o_.association_limit));
    out.push_back({audit.id, source_.protected_attributes()[attribute].name,
                   told ? std::clamp(v.lower, 0.0, 1.0) : std::numeric_limits<double>::quiet_NaN(),
                   known, "Cramer's V (lower end of its interval)"});
  }

  void drift() {
    DriftAudit& d = *r_.drift;
    if (d.first == 0 || d.second == 0) {
      r_.drift.reset();
      return;
    }
    std::map<std::int32_t, std::array<std::int64_t, 2>> counts;
    for (std::size_t i = 0; i < n_; ++i) counts[rows_.score[i]].at(second_[i]) += 1;
    const Bins bins = score_bins(counts, r_.records);
    d.psi = stats::population_stability(bins.first, bins.second);
    std::array<stats::ScoreTally, 2> tallies;
    for (auto cell = counts.rbegin(); cell != counts.rend(); ++cell) {
      for (std::size_t half = 0; half < 2; ++half) {
        if (cell->second.at(half) == 0) continue;
        tallies.at(half).score.push_back(cell->first);
        tallies.at(half).hits.push_back(0);
        tallies.at(half).clean.push_back(cell->second.at(half));
      }
    }
    d.distance = stats::kolmogorov_smirnov(tallies[0], tallies[1]);
  }

  [[nodiscard]] bool hit(std::size_t i) const { return rows_.truth[i] == 1; }
  [[nodiscard]] double capacity_share() const {
    return static_cast<double>(r_.capacity) / static_cast<double>(n_);
  }

  RecordSource& source_;
  const RuleSet& set_;
  const AuditOptions& o_;
  AuditRows rows_;
  AuditReport r_;
  std::size_t n_ = 0;
  std::vector<std::size_t> chosen_;
  std::vector<std::uint8_t> selected_, second_;
  std::vector<std::vector<std::int64_t>> by_pattern_;  ///< [attribute chosen][pattern][value]
  double rate_at_cut_ = 0;
};

}  // namespace

bool AuditReport::refused() const {
  return std::ranges::any_of(findings,
                             [](const Finding& f) { return f.severity == Severity::error; });
}

namespace {

std::size_t untold_of(const AuditReport& report, const RuleAudit& rule) {
  return static_cast<std::size_t>(std::ranges::count_if(report.findings, [&](const Finding& f) {
    return f.code == proxy_unknown && f.rule == rule.id;
  }));
}

}  // namespace

std::vector<std::string> AuditReport::untold() const {
  std::vector<std::string> out;
  for (const RuleAudit& rule : rules)
    if (rule.not_yet || untold_of(*this, rule) > 0) out.push_back(rule.id);
  return out;
}

bool AuditReport::tells_of_proxies() const {
  return std::ranges::any_of(rules, [&](const RuleAudit& rule) {
    return rule.in_force && untold_of(*this, rule) < attributes.size();
  });
}

AuditReport audit(RecordSource& source, const RuleSet& set, const AuditOptions& options) {
  check(options);
  return Auditor(source, set, options).run();
}

}  // namespace corridor::risk
