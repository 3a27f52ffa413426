// SPDX-License-Identifier: Apache-2.0
#include "models/risk/threshold_search.hpp"

#include <algorithm>
#include <cmath>

#include "models/risk/argument.hpp"
#include "models/risk/backtest.hpp"

namespace corridor::risk {
namespace {

// Indices of the Philox blocks of Purpose::tuning.
constexpr std::uint16_t draw_held_out = 0, draw_fold = 1, draw_value = 16;
constexpr int steps = 100;

double keyed(std::uint32_t seed, std::uint64_t id, std::uint16_t index) {
  return sim::uniform32(sim::draw({seed, 0}, sim::Purpose::tuning, id, 0, index)[0]);
}

bool whole(double x) { return std::floor(x) == x && std::abs(x) < 1e15; }

template <class Test>
bool any_node(const Node& node, const Test& test) {
  return test(node) || std::any_of(node.arguments.begin(), node.arguments.end(),
                                   [&](const Node& child) { return any_node(child, test); });
}

/// Scores variants; fires again only the rules that read a parameter which changed.
class Bench {
 public:
  Bench(const RuleSet& set, const RecordStore& store, const SearchOptions& options)
      : store_(store), options_(options), set_(set), masks_(masks_of(set, store)) {
    now_ = selection();
  }

  [[nodiscard]] std::vector<std::uint8_t> select(const std::vector<double>& values) {
    std::vector<bool> again(set_.rules.size(), false);
    for (std::size_t p = 0; p < values.size(); ++p) {
      if (set_.parameters[p].value == values[p]) continue;
      set_.parameters[p].value = values[p];
      for (std::size_t r = 0; r < again.size(); ++r)
        again[r] = again[r] || reads_parameter(set_.rules[r].condition, p);
    }
    const Program program(set_, *store_.catalogue, store_.date);
    for (std::size_t r = 0; r < again.size(); ++r)
      if (again[r]) program.fire_one(store_.table(), r, masks_, workspace_);
    return selection();
  }
  [[nodiscard]] const std::vector<std::uint8_t>& now() const { return now_; }

  [[nodiscard]] Change change_to(const std::vector<std::uint8_t>& selected) const {
    BacktestOptions options;
    options.confidence = options_.confidence;
    return change(store_, now_, selected, {}, options);
  }

  /// Gains fold by fold. \param first  the number of the first fold
  [[nodiscard]] std::vector<stats::Replicate> gains(const std::vector<std::uint8_t>& selected,
                                                    std::uint32_t first) const {
    const std::vector<std::uint8_t> fold = folds_of(store_, options_.seed, tuning_folds);
    std::vector<std::int64_t> gain(tuning_folds, 0);
    for (std::size_t i = 0; i < store_.n; ++i)
      if (store_.truth[i] == 1) gain[fold[i]] += selected[i] - now_[i];
    const double unit =
        tuning_folds / static_cast<double>(std::max<std::int64_t>(store_.hits(), 1));
    std::vector<stats::Replicate> out;
    for (std::uint32_t f = 0; f < tuning_folds; ++f)
      out.push_back({first + f, unit * static_cast<double>(gain[f])});
    return out;
  }

 private:
  [[nodiscard]] std::vector<std::uint8_t> selection() const {
    return Selector(store_, scores_of(set_, store_, masks_)).select(options_.capacity).selected;
  }

  const RecordStore& store_;
  const SearchOptions& options_;
  RuleSet set_;
  FiredMasks masks_;
  Program::Workspace workspace_;
  std::vector<std::uint8_t> now_;
};

/// The values to try next.
class Proposals {
 public:
  Proposals(const RuleSet& set, const std::vector<bool>& varied, const SearchOptions& options)
      : options_(options) {
    for (std::size_t p = 0; p < set.parameters.size(); ++p) {
      grid_.push_back(varied[p] ? parameter_grid(set.parameters[p])
                                : std::vector<double>{set.parameters[p].value});
      combinations_ *= static_cast<double>(grid_.back().size());
      if (grid_.back().size() > 1) free_.push_back(p);
    }
  }
  [[nodiscard]] double combinations() const { return combinations_; }
  [[nodiscard]] bool any() const { return !free_.empty(); }
  [[nodiscard]] bool all() const { return combinations_ <= options_.budget; }

  /// \param number  of the proposal, from 0 \param best  the best variant so far
  [[nodiscard]] std::vector<double> propose(std::uint64_t number,
                                            const std::vector<double>& best) const {
    std::vector<double> out = best;
    if (all()) {
      for (const std::size_t p : free_) {
        out[p] = grid_[p][number % grid_[p].size()];
        number /= grid_[p].size();
      }
      return out;
    }
    const auto drawn = [&](std::size_t p, std::size_t from, std::size_t n) {
      const double u = keyed(options_.seed, number, static_cast<std::uint16_t>(draw_value + p));
      return grid_[p][from + std::min(n - 1, static_cast<std::size_t>(u * static_cast<double>(n)))];
    };
    if (number < static_cast<std::uint64_t>(options_.budget) / 2) {
      for (const std::size_t p : free_) out[p] = drawn(p, 0, grid_[p].size());
      return out;
    }
    const std::size_t p = free_[number % free_.size()];
    const auto at = static_cast<std::size_t>(
        std::lower_bound(grid_[p].begin(), grid_[p].end(), best[p]) - grid_[p].begin());
    const std::size_t reach = std::max<std::size_t>(1, grid_[p].size() / 8);
    const std::size_t from = at < reach ? 0 : at - reach,
                      to = std::min(grid_[p].size(), at + reach + 1);
    out[p] = drawn(p, from, to - from);
    return out;
  }

 private:
  const SearchOptions& options_;
  std::vector<std::vector<double>> grid_;
  std::vector<std::size_t> free_;
  double combinations_ = 1;
};

}  // namespace

bool reads_assessment(const Node& node, const Catalogue& catalogue) {
  return any_node(node, [&](const Node& n) {
    return n.op == Op::feature && catalogue[n.index].legal == LegalClass::assessment;
  });
}

bool reads_parameter(const Node& node, std::size_t parameter) {
  return any_node(node,
                  [&](const Node& n) { return n.op == Op::parameter && n.index == parameter; });
}

std::vector<std::uint8_t> folds_of(const RecordStore& store, std::uint32_t seed, int n) {
  std::vector<std::uint8_t> out;
  for (const std::uint64_t unit : store.unit)
    out.push_back(static_cast<std::uint8_t>(keyed(seed, unit, draw_fold) * n));
  return out;
}

std::vector<std::uint8_t> held_out(const RecordStore& store, std::uint32_t seed, double share) {
  std::vector<std::uint8_t> out;
  for (const std::uint64_t unit : store.unit)
    out.push_back(keyed(seed, unit, draw_held_out) < share ? 1 : 0);
  return out;
}

std::vector<double> parameter_grid(const RuleParameter& parameter) {
  const double lo = parameter.lo, hi = parameter.hi, range = hi - lo;
  const bool all_whole = whole(lo) && whole(hi) && whole(parameter.value);
  std::vector<double> out{parameter.value, lo, hi};
  const int n = all_whole && range <= steps ? static_cast<int>(range) : steps;
  for (int j = 1; j < n; ++j) {
    double x = lo + range * j / n;
    if (all_whole)
      x = std::round(x);
    else if (range >= 1e-3)
      x = std::round(x * 1e6) / 1e6;  // so that people can read it
    out.push_back(std::clamp(x, lo, hi));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

ThresholdSearch search_thresholds(const RuleSet& set, const RecordStore& train,
                                  const RecordStore& other, const SearchOptions& options) {
  stats::demand(options.budget >= 1, "search_thresholds: the budget is at least 1");
  ThresholdSearch out;
  std::vector<double> present;
  for (std::size_t p = 0; p < set.parameters.size(); ++p) {
    present.push_back(set.parameters[p].value);
    bool used = false, assessment = false;
    for (const Rule& rule : set.rules) {
      if (!in_force(rule, train.date) || !reads_parameter(rule.condition, p)) continue;
      used = true;
      assessment = assessment || reads_assessment(rule.condition, *train.catalogue);
    }
    out.varied.push_back(used && !assessment);
  }
  Bench bench(set, train, options);
  const Proposals proposals(set, out.varied, options);
  out.combinations = proposals.combinations();
  std::vector<std::vector<stats::Replicate>> gains;
  const auto attempt = [&](const std::vector<double>& values) {
    const auto selected = bench.select(values);
    const Change c = bench.change_to(selected);
    out.tried.push_back({values, c.hits.both + c.hits.second_only, c.p_value});
    gains.push_back(bench.gains(selected, 0));
  };
  attempt(present);
  std::size_t best = 0;
  const auto budget = static_cast<std::size_t>(options.budget);
  // Draws repeat on a small grid: no more than twice as many proposals as variants are asked for.
  const std::uint64_t proposed = proposals.all()
                                     ? static_cast<std::uint64_t>(proposals.combinations())
                                     : 2 * static_cast<std::uint64_t>(budget);
  for (std::uint64_t k = 0; proposals.any() && k < proposed && out.tried.size() < budget; ++k) {
    const std::vector<double> values = proposals.propose(k, out.tried[best].values);
    if (std::any_of(out.tried.begin(), out.tried.end(),
                    [&](const Variant& v) { return v.values == values; }))
      continue;
    attempt(values);
    if (out.tried.back().hits > out.tried[best].hits) best = out.tried.size() - 1;
  }
  // The best by hits is the winner by mean gain; `best` avoids sums of rounded gains.
  out.winner = best;
  std::vector<double> p;
  for (const Variant& v : out.tried) p.push_back(v.p_value);
  out.p_value = p[best];
  out.holm = stats::holm(p)[best];
  Bench again(set, other, options);
  const auto selected = again.select(out.tried[best].values);
  std::swap(gains.front(), gains[best]);  // the first of equals wins
  out.retest = stats::retest(gains, again.gains(selected, tuning_folds), options.confidence);
  out.fresh_p_value = again.change_to(selected).p_value;
  return out;
}

}  // namespace corridor::risk
