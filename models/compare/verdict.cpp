// SPDX-License-Identifier: Apache-2.0
#include "models/compare/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "models/compare/paired.hpp"
#include "sim/random.hpp"

namespace corridor::compare {
namespace {

/// A factor over the sets with a sign, sorted by its value: what a split looks at.
struct Column {
  const Factor* factor = nullptr;
  std::vector<double> value;       ///< by position; of a variant its number
  std::vector<std::size_t> order;  ///< set at each position
};

double number(const sim::Value& value, const Factor& factor) {
  if (!factor.variants.empty()) {
    const auto* text = std::get_if<std::string>(&value);
    const std::string name = text ? *text : std::get<bool>(value) ? "true" : "false";
    return static_cast<double>(std::ranges::find(factor.variants, name) - factor.variants.begin());
  }
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return std::get<double>(value);
}

std::vector<Column> columns_of(const ParameterSets& sets, std::span<const std::size_t> used) {
  std::vector<Column> columns;
  for (std::size_t f = 0; f < sets.factors.size(); ++f) {
    Column c{&sets.factors[f], {}, std::vector<std::size_t>(used.size())};
    std::iota(c.order.begin(), c.order.end(), std::size_t{0});
    const auto of = [&](std::size_t i) { return number(sets.values[used[i]][f], sets.factors[f]); };
    std::ranges::stable_sort(c.order, [&](std::size_t a, std::size_t b) { return of(a) < of(b); });
    for (const std::size_t i : c.order) c.value.push_back(of(i));
    if (c.value.front() < c.value.back()) columns.push_back(std::move(c));
  }
  return columns;
}

struct Best {
  std::int64_t wrong = 0;
  std::size_t cut = 0;  ///< of a number: positions [0, cut) lie below
  bool more_above = true;
  std::vector<bool> more_in;  ///< of a variant
};

/// The split of one column with the fewest signs on the wrong side.
Best best_of(const Column& c, const std::vector<bool>& more) {
  const auto n = static_cast<std::int64_t>(more.size());
  const std::int64_t n_more = std::count(more.begin(), more.end(), true);
  Best best;
  if (!c.factor->variants.empty()) {
    std::vector<std::int64_t> in(c.factor->variants.size()), all(in.size());
    for (std::size_t i = 0; i < c.order.size(); ++i) {
      const auto k = static_cast<std::size_t>(c.value[i]);
      ++all[k];
      in[k] += more[c.order[i]] ? 1 : 0;
    }
    for (std::size_t k = 0; k < in.size(); ++k) {
      best.more_in.push_back(2 * in[k] > all[k]);
      best.wrong += std::min(in[k], all[k] - in[k]);
    }
    return best;
  }
  best.wrong = std::min(n_more, n - n_more);
  std::int64_t more_below = 0;
  for (std::size_t cut = 1; cut < c.order.size(); ++cut) {
    more_below += more[c.order[cut - 1]] ? 1 : 0;
    if (c.value[cut - 1] == c.value[cut]) continue;
    // More above: wrong are those below that are more, and those above that are not.
    const auto below = static_cast<std::int64_t>(cut);
    const std::int64_t wrong = more_below + (n - below) - (n_more - more_below);
    for (const bool above : {true, false}) {
      const std::int64_t w = above ? wrong : n - wrong;
      if (w < best.wrong) best = {w, cut, above, {}};
    }
  }
  return best;
}

std::int64_t fewest_wrong(std::span<const Column> columns, const std::vector<bool>& more) {
  std::int64_t fewest = static_cast<std::int64_t>(more.size());
  for (const Column& c : columns) fewest = std::min(fewest, best_of(c, more).wrong);
  return fewest;
}

/// The same signs in another order (Fisher, Yates), keyed by `k`.
std::vector<bool> relabelled(std::vector<bool> more, std::uint32_t seed, std::uint32_t k) {
  for (std::size_t i = more.size(); i > 1; --i) {
    const sim::Block word =
        sim::draw({seed, 1}, sim::Purpose::parameter_set, i, static_cast<std::int32_t>(k));
    const auto j = static_cast<std::size_t>(sim::uniform32(word[0]) * static_cast<double>(i));
    const bool held = more[i - 1];
    more[i - 1] = more[j];
    more[j] = held;
  }
  return more;
}

std::optional<Split> split_of(std::span<const double> differences, const ParameterSets& sets,
                              std::span<const std::size_t> used, std::uint32_t seed) {
  std::vector<std::size_t> with_sign;
  std::vector<bool> more;
  for (const std::size_t k : used) {
    if (differences[k] == 0) continue;
    with_sign.push_back(k);
    more.push_back(differences[k] > 0);
  }
  const std::vector<Column> columns = columns_of(sets, with_sign);
  if (columns.empty()) return std::nullopt;
  const Column* at = nullptr;
  Best best;
  for (const Column& c : columns) {
    const Best b = best_of(c, more);
    if (at == nullptr || b.wrong < best.wrong) {
      at = &c;
      best = b;
    }
  }
  constexpr std::uint32_t n_relabelled = 400;
  std::uint32_t as_good = 1;  // the signs as they are count as one of them
  for (std::uint32_t k = 0; k < n_relabelled; ++k)
    as_good += fewest_wrong(columns, relabelled(more, seed, k)) <= best.wrong ? 1 : 0;
  if (as_good * 20 >= n_relabelled) return std::nullopt;
  Split split{at->factor->path, 0, best.more_above, {}, best.wrong};
  if (at->factor->variants.empty()) {
    split.break_even = (at->value[best.cut - 1] + at->value[best.cut]) / 2;
  } else {
    for (std::size_t v = 0; v < best.more_in.size(); ++v) {
      if (best.more_in[v]) split.more_in.push_back(at->factor->variants[v]);
    }
  }
  return split;
}

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::same:
      return "the same";
    case Verdict::more:
      return "more";
    case Verdict::less:
      return "less";
    case Verdict::depends:
      return "depends on";
    case Verdict::undecided:
      return "cannot be told apart";
  }
  return "?";
}

Headline headline(std::span<const double> differences, const ParameterSets& sets,
                  std::uint32_t seed, double variance, std::int64_t replicates) {
  std::vector<std::size_t> used;
  std::vector<double> sorted;
  for (std::size_t k = 0; k < differences.size(); ++k) {
    if (!std::isfinite(differences[k])) continue;
    used.push_back(k);
    sorted.push_back(differences[k]);
  }
  Headline h;
  h.replicates = replicates;
  const std::size_t n = sorted.size();
  h.sets = static_cast<std::int64_t>(n);
  if (n == 0) {
    h.lower = h.upper = h.median = std::nan("");
    h.verdict = Verdict::undecided;
    return h;
  }
  const Moments of_all = moments(sorted);
  std::ranges::sort(sorted);
  const auto l = static_cast<std::size_t>(0.025 * static_cast<double>(n));
  h.lower = sorted[l];
  h.upper = sorted[n - 1 - l];
  h.median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  const auto positive = std::ranges::count_if(sorted, [](double d) { return d > 0; });
  const auto negative = std::ranges::count_if(sorted, [](double d) { return d < 0; });
  h.share_more = risk::stats::wilson({positive, h.sets});
  const auto most = [&](std::int64_t x) { return risk::stats::wilson({x, h.sets}).lower > 0.5; };
  if (positive == 0 && negative == 0) {
    h.verdict = Verdict::same;
  } else if (h.lower > 0 || (h.lower == 0 && most(positive))) {
    h.verdict = Verdict::more;
  } else if (h.upper < 0 || (h.upper == 0 && most(negative))) {
    h.verdict = Verdict::less;
  } else {
    if (positive > 0 && negative > 0) h.split = split_of(differences, sets, used, seed);
    h.verdict = h.split ? Verdict::depends : Verdict::undecided;
    // Where no pair of the base differs, chance hides nothing that is known.
    if (!h.split && variance > 0) h.replicates_needed = runs_needed(of_all.mean, variance);
  }
  return h;
}

std::string verdict_text(const Headline& h) {
  std::string text(name(h.verdict));
  if (h.verdict == Verdict::undecided) {
    if (h.replicates_needed == 0) return text;
    return h.replicates_needed > h.replicates
               ? fmt::format("{} (about {} replicates a set would tell)", text, h.replicates_needed)
               : text + " (sets differ in sign, and more replicates would not tell)";
  }
  if (!h.split) return text;
  text += " " + h.split->path + ": more ";
  if (h.split->more_in.empty()) {
    return text +
           fmt::format("{} {:.4g}", h.split->more_above ? "above" : "below", h.split->break_even);
  }
  std::string names;
  for (const std::string& v : h.split->more_in) names += (names.empty() ? "" : ", ") + v;
  return text + "with " + names;
}

}  // namespace corridor::compare
