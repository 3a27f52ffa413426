// SPDX-License-Identifier: Apache-2.0
#include "models/risk/backtest.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "models/risk/argument.hpp"
#include "models/risk/estimates.hpp"
#include "sim/error.hpp"

namespace corridor::risk {
namespace {

using stats::Count;
using Bits = std::vector<std::uint8_t>;

double share_of(std::int64_t x, std::int64_t n) {
  return n > 0 ? static_cast<double>(x) / static_cast<double>(n)
               : std::numeric_limits<double>::quiet_NaN();
}

void judge(Change& c, const BacktestOptions& options) {
  if (c.records.first_only == 0 && c.records.second_only == 0)
    c.outcome = Outcome::same_selection;
  else if (c.holm <= 1 - options.confidence)
    c.outcome = c.hits.second_only > c.hits.first_only ? Outcome::more_hits : Outcome::fewer_hits;
  else if (c.recall_difference.defined &&
           c.recall_difference.lower > -options.difference_of_interest &&
           c.recall_difference.upper < options.difference_of_interest)
    c.outcome = Outcome::no_difference_found;
  else
    c.outcome = Outcome::not_enough_data;
}

/// Rows of one family: p-values together, then verdicts.
void judge(std::vector<Change>& rows, const BacktestOptions& options) {
  std::vector<double> p;
  for (const Change& row : rows) p.push_back(row.p_value);
  const std::vector<double> adjusted = stats::holm(p);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].holm = adjusted[i];
    judge(rows[i], options);
  }
}

/// One row a value that occurs, in the order of the values; then the records without one.
template <class Value>
ChangesBy changes_by(const std::string& attribute, const std::vector<Value>& value_of,
                     const std::vector<std::string>& names, Value unknown, const RecordStore& store,
                     const Bits& champion, const Bits& challenger, const BacktestOptions& options) {
  // Records sorted by value once, so that many posts do not each go over all records.
  std::vector<std::vector<std::size_t>> rows(names.size() + 1);
  for (std::size_t i = 0; i < store.n; ++i)
    rows[value_of[i] == unknown ? names.size() : value_of[i]].push_back(i);
  ChangesBy out{attribute, {}};
  for (std::size_t v = 0; v < rows.size(); ++v) {
    if (rows[v].empty()) continue;
    RecordStore part;
    Bits first, second;
    part.n = rows[v].size();
    for (const std::size_t i : rows[v]) {
      part.truth.push_back(store.truth[i]);
      first.push_back(champion[i]);
      second.push_back(challenger[i]);
    }
    out.rows.push_back(change(part, first, second, {}, options));
    out.rows.back().name = v < names.size() ? names[v] : "(not known)";
  }
  judge(out.rows, options);
  return out;
}

CurvePoint curve_point(const RecordStore& store, const Selection& s) {
  CurvePoint p;
  p.selected = s.places;
  p.tied = s.tied;
  p.tied_in = s.tied_in;
  for (std::size_t i = 0; i < store.n; ++i) {
    if (s.selected[i] == 0 || store.truth[i] == unknown_truth) continue;
    ++p.known;
    p.hits += store.truth[i];
  }
  p.recall = share_of(p.hits, store.hits());
  p.precision = share_of(p.hits, p.known);
  return p;
}

std::optional<std::size_t> row_of(const RuleSet& set, const std::string& id) {
  for (std::size_t r = 0; r < set.rules.size(); ++r)
    if (set.rules[r].id == id) return r;
  return std::nullopt;
}

/// Group of a rule by name, "" = none.
std::string group_of(const RuleSet& set, const Rule& rule) {
  return rule.group < 0 ? "" : set.groups[static_cast<std::size_t>(rule.group)].name;
}

/// The champion with a rule as the challenger has it, and its masks.
class Exchange {
 public:
  Exchange(const RuleSet& champion, const RuleSet& challenger, const FiredMasks& champion_masks,
           const FiredMasks& challenger_masks, const RecordStore& store)
      : champion_(champion),
        challenger_(challenger),
        first_(champion_masks),
        second_(challenger_masks),
        store_(store) {}

  [[nodiscard]] bool changed(std::optional<std::size_t> a, std::optional<std::size_t> b) const {
    if (!a || !b) return true;
    const Rule &x = champion_.rules[*a], &y = challenger_.rules[*b];
    return points_of(champion_.combine, x.score) != points_of(challenger_.combine, y.score) ||
           champion_.combine != challenger_.combine || x.stages != y.stages ||
           group_of(champion_, x) != group_of(challenger_, y) ||
           in_force(x, store_.date) != in_force(y, store_.date) ||
           !std::equal(first_.fired.begin() + at(*a), first_.fired.begin() + at(*a + 1),
                       second_.fired.begin() + at(*b));
  }

  [[nodiscard]] std::vector<std::int32_t> scores(std::optional<std::size_t> a,
                                                 std::optional<std::size_t> b) const {
    RuleSet set = champion_;
    FiredMasks masks = first_;
    if (a && !b) {
      set.rules.erase(set.rules.begin() + static_cast<std::ptrdiff_t>(*a));
      masks.fired.erase(masks.fired.begin() + at(*a), masks.fired.begin() + at(*a + 1));
      --masks.n_rules;
    } else if (b) {
      if (!a) {
        a = set.rules.size();
        set.rules.emplace_back();
        masks.fired.resize(masks.fired.size() + masks.words());
        ++masks.n_rules;
      }
      const Rule& from = challenger_.rules[*b];
      set.rules[*a] = from;
      set.rules[*a].group = group_in(set, from);
      std::copy_n(second_.fired.begin() + at(*b), masks.words(), masks.fired.begin() + at(*a));
    }
    return scores_of(set, store_, masks);
  }

 private:
  [[nodiscard]] std::ptrdiff_t at(std::size_t rule) const {
    return static_cast<std::ptrdiff_t>(rule * first_.words());
  }
  /// The row of the rule's group in `set`, which gets it when it has none of that name.
  [[nodiscard]] std::int32_t group_in(RuleSet& set, const Rule& rule) const {
    if (rule.group < 0) return -1;
    const RuleGroup& group = challenger_.groups[static_cast<std::size_t>(rule.group)];
    for (std::size_t g = 0; g < set.groups.size(); ++g)
      if (set.groups[g].name == group.name) return static_cast<std::int32_t>(g);
    set.groups.push_back(group);
    return static_cast<std::int32_t>(set.groups.size() - 1);
  }

  const RuleSet &champion_, &challenger_;
  const FiredMasks &first_, &second_;
  const RecordStore& store_;
};

std::vector<RuleEffect> rule_effects(const RuleSet& champion, const RuleSet& challenger,
                                     FiredMasks first, FiredMasks second,
                                     const std::array<const Selector*, 2>& selectors,
                                     const RecordStore& store, const Bits& before,
                                     const Bits& after, const BacktestOptions& options) {
  clear_uncounted(champion, store, first);
  clear_uncounted(challenger, store, second);
  const auto worths = [&](const RuleSet& set, const FiredMasks& masks, const Selector& selector) {
    return rule_worths(set, store, masks, selector, options.capacity, options.confidence);
  };
  const std::vector<RuleWorth> old_worths = worths(champion, first, *selectors[0]),
                               new_worths = worths(challenger, second, *selectors[1]);
  std::vector<std::string> ids;
  for (const Rule& rule : champion.rules) ids.push_back(rule.id);
  for (const Rule& rule : challenger.rules)
    if (!row_of(champion, rule.id)) ids.push_back(rule.id);
  const Exchange exchange(champion, challenger, first, second, store);
  std::vector<RuleEffect> out;
  for (const std::string& id : ids) {
    const auto a = row_of(champion, id), b = row_of(challenger, id);
    RuleEffect effect;
    effect.id = id;
    if (a) effect.champion_score = champion.rules[*a].score;
    if (b) effect.challenger_score = challenger.rules[*b].score;
    effect.changed = exchange.changed(a, b);
    effect.worth = b ? new_worths[*b] : old_worths[*a];
    for (std::size_t i = 0; i < store.n; ++i) {
      if (before[i] == after[i] || !(b ? second.fires(*b, i) : first.fires(*a, i))) continue;
      ++(after[i] != 0 ? effect.on_gained : effect.on_lost);
    }
    if (effect.changed && champion.combine == challenger.combine) {
      const Selection alone = Selector(store, exchange.scores(a, b)).select(options.capacity);
      effect.alone.emplace();
      for (std::size_t i = 0; i < store.n; ++i) {
        if (before[i] == alone.selected[i]) continue;
        ++effect.alone->flips;
        if (store.truth[i] == 1)
          ++(alone.selected[i] != 0 ? effect.alone->hits_gained : effect.alone->hits_lost);
      }
    }
    out.push_back(effect);
  }
  std::stable_sort(out.begin(), out.end(), [](const RuleEffect& x, const RuleEffect& y) {
    const auto key = [](const RuleEffect& e) {
      return std::pair(e.alone ? e.alone->flips : -1, e.changed ? e.on_gained + e.on_lost : -1);
    };
    return key(x) > key(y);
  });
  return out;
}

}  // namespace

Change change(const RecordStore& store, std::span<const std::uint8_t> champion,
              std::span<const std::uint8_t> challenger, std::span<const std::uint8_t> among,
              const BacktestOptions& options) {
  Change c;
  const auto count = [](stats::PairedCount& of, bool first, bool second) {
    ++(first ? (second ? of.both : of.first_only) : second ? of.second_only : of.neither);
  };
  for (std::size_t i = 0; i < store.n; ++i) {
    if (!among.empty() && among[i] == 0) continue;
    const bool first = champion[i] != 0, second = challenger[i] != 0;
    count(c.records, first, second);
    if (store.truth[i] == unknown_truth) continue;
    ++c.known;
    const bool hit = store.truth[i] == 1;
    if (hit) count(c.hits, first, second);
    if (first == second) continue;
    Count& of = second ? c.gained : c.lost;
    ++of.n;
    of.x += hit ? 1 : 0;
  }
  c.p_value = c.holm = stats::exact_paired_p(c.hits.first_only, c.hits.second_only);
  c.recall_difference = stats::paired_share_difference(c.hits, options.confidence);
  c.selection_difference = stats::paired_share_difference(c.records, options.confidence);
  c.precision_difference = stats::newcombe_difference(c.gained, c.lost, options.confidence);
  judge(c, options);
  return c;
}

Backtest backtest(const RuleSet& champion, const RuleSet& challenger, const RecordStore& store,
                  const BacktestOptions& options) {
  stats::demand(options.capacity >= 0 && options.capacity <= 1,
                "backtest: the capacity is a share in [0, 1]");
  if (store.n == 0) throw sim::UserError("the input has no records: nothing can be compared");
  Backtest out;
  out.capacity = options.capacity;
  out.confidence = options.confidence;
  out.by_post = Selector::has_posts(store);
  out.by_hour = Selector::has_hours(store);
  out.records = static_cast<std::int64_t>(store.n);
  out.known = store.known();
  out.hits = store.hits();
  out.champion = champion.name + " (" + champion.version + ")";
  out.challenger = challenger.name + " (" + challenger.version + ")";
  out.date = store.date;
  out.description = store.description;
  out.statement = store.statement;
  out.exchangeable = champion.combine == challenger.combine;
  out.caps_changed = champion.groups != challenger.groups;

  const FiredMasks first_masks = masks_of(champion, store),
                   second_masks = masks_of(challenger, store);
  const Selector first(store, scores_of(champion, store, first_masks)),
      second(store, scores_of(challenger, store, second_masks));
  const Bits before = first.select(options.capacity).selected,
             after = second.select(options.capacity).selected;
  out.all = change(store, before, after, {}, options);
  if (!options.details) return out;

  if (out.by_post)
    out.by.push_back(
        changes_by("post", store.post, store.posts, unknown_post, store, before, after, options));
  for (std::size_t a = 0; a < store.attributes.size(); ++a) {
    const auto& values = store.protected_values[a];
    if (std::all_of(values.begin(), values.end(), [](auto v) { return v == unknown_value; }))
      continue;
    out.by.push_back(changes_by(store.attributes[a].name, values, store.attributes[a].values,
                                unknown_value, store, before, after, options));
  }
  std::vector<double> grid = options.grid;
  grid.push_back(options.capacity);
  std::sort(grid.begin(), grid.end());
  grid.erase(std::unique(grid.begin(), grid.end()), grid.end());
  for (const double capacity : grid) {
    const Selection x = first.select(capacity), y = second.select(capacity);
    const Change c = change(store, x.selected, y.selected, {}, options);
    out.curve.push_back({capacity, curve_point(store, x), curve_point(store, y), c.hits.second_only,
                         c.hits.first_only, c.p_value});
  }
  out.rules = rule_effects(champion, challenger, first_masks, second_masks, {&first, &second},
                           store, before, after, options);
  return out;
}

}  // namespace corridor::risk
