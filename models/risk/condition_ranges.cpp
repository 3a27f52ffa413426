// SPDX-License-Identifier: Apache-2.0
#include "models/risk/condition_ranges.hpp"
#include "models/risk/opposite.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/math.hpp"

namespace corridor::risk {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Range everything{-infinity, infinity};

/// Results that are not finite are missing, so known ones lie among the finite numbers.
Range finite(Range r) {
  if (std::isnan(r.lo)) r.lo = -infinity;
  if (std::isnan(r.hi)) r.hi = infinity;
  return {std::max(r.lo, -std::numeric_limits<double>::max()),
          std::min(r.hi, std::numeric_limits<double>::max())};
}

Range product(Range a, Range b) {
  const std::array ends{a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi};
  for (const double end : ends)
    if (std::isnan(end)) return everything;
  return finite(
      {*std::min_element(ends.begin(), ends.end()), *std::max_element(ends.begin(), ends.end())});
}

Range quotient(Range a, Range b) {
  if (b.lo <= 0 && b.hi >= 0) return finite(everything);
  const std::array ends{a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi};
  for (const double end : ends)
    if (std::isnan(end)) return everything;
  return finite(
      {*std::min_element(ends.begin(), ends.end()), *std::max_element(ends.begin(), ends.end())});
}

double log1p_widened(double x, double direction) {
  if (!(x > -1)) return -infinity;
  const double y = sim::log1p(x);
  return y + direction * 1e-12 * (1 + std::abs(y));
}

double above(double x) { return std::nextafter(x, infinity); }
double below(double x) { return std::nextafter(x, -infinity); }

/// What is possible in either of two states of a feature.
void unite(FeatureState& a, const FeatureState& b) {
  if (b.may_be_known && a.may_be_known) {
    a.range = {std::min(a.range.lo, b.range.lo), std::max(a.range.hi, b.range.hi)};
    a.values |= b.values;
  } else if (b.may_be_known) {
    a.range = b.range;
    a.values = b.values;
  }
  a.may_be_known = a.may_be_known || b.may_be_known;
  a.may_be_missing = a.may_be_missing || b.may_be_missing;
}

/// What is possible in both. \returns whether anything is
bool intersect(FeatureState& a, const FeatureState& b, FeatureType type) {
  a.range = {std::max(a.range.lo, b.range.lo), std::min(a.range.hi, b.range.hi)};
  a.values &= b.values;
  const bool empty = type == FeatureType::number ? !(a.range.lo <= a.range.hi) : a.values.none();
  a.may_be_known = a.may_be_known && b.may_be_known && !empty;
  a.may_be_missing = a.may_be_missing && b.may_be_missing;
  return a.may_be_known || a.may_be_missing;
}

}  // namespace

ConditionRanges::State ConditionRanges::anything() const {
  State out;
  for (const Feature& f : catalogue_.features()) {
    FeatureState state;
    state.range = {f.lo, f.hi};
    const std::size_t n = f.type == FeatureType::boolean ? 2 : f.values.size();
    for (std::size_t i = 0; i < n; ++i) state.values.set(i);
    out.push_back(state);
  }
  return out;
}

std::optional<ConditionRanges::State> ConditionRanges::assume(const Node& condition, bool wanted,
                                                              State state) const {
  // What a later part says can narrow an earlier one, so the whole is gone through twice.
  for (int pass = 0; pass < 2; ++pass)
    if (!narrow(condition, wanted, state)) return std::nullopt;
  return state;
}

bool ConditionRanges::certain(const Node& condition, const State& state) const {
  return !may_be_unknown(condition, state) && !assume(condition, false, state);
}

bool ConditionRanges::may_be_unknown(const Node& node, const State& state) const {
  switch (node.op) {
    case Op::boolean:
    case Op::missing:
      return false;
    case Op::feature:
      return state[node.index].may_be_missing;
    case Op::logical_and:
    case Op::logical_or: {
      bool some = false;
      for (const Node& a : node.arguments) {
        const bool unknown = may_be_unknown(a, state);
        // One part that is surely false, or surely true, decides.
        if (!unknown && !assume(a, node.op == Op::logical_and, state)) return false;
        some = some || unknown;
      }
      return some;
    }
    case Op::logical_not:
    case Op::at_least:
      return std::any_of(node.arguments.begin(), node.arguments.end(),
                         [&](const Node& a) { return may_be_unknown(a, state); });
    default:
      return std::any_of(node.arguments.begin(), node.arguments.end(),
                         [&](const Node& a) { return may_lack_number(a, state); });
  }
}

bool ConditionRanges::may_lack_number(const Node& node, const State& state) const {
  if (node.op == Op::number || node.op == Op::parameter) return false;
  if (node.op == Op::feature) return state[node.index].may_be_missing;
  for (const Node& a : node.arguments)
    if (may_lack_number(a, state)) return true;
  if (node.op == Op::negate || node.op == Op::absolute || node.op == Op::minimum ||
      node.op == Op::maximum)
    return false;
  // Sums and the like can leave the finite numbers; divisions and logarithms their domain.
  const auto harmless = [](Range r) { return r.lo > -1e100 && r.hi < 1e100; };
  const Range a = range(node.arguments[0], state);
  if (node.op == Op::log1p) return !(a.lo > -1 && harmless(a));
  const Range b = range(node.arguments[1], state);
  if (node.op == Op::divide) return !(harmless(a) && (b.lo > 1e-100 || b.hi < -1e-100));
  return !(harmless(a) && harmless(b));
}

bool ConditionRanges::narrow(const Node& node, bool wanted, State& state) const {
  switch (node.op) {
    case Op::boolean:
      return (node.value != 0) == wanted;
    case Op::feature: {
      FeatureState& f = state[node.index];
      if (!require_known(node, state)) return false;
      f.values[wanted ? 0 : 1] = false;
      return f.values[wanted ? 1 : 0];
    }
    case Op::missing: {
      FeatureState& f = state[node.arguments[0].index];
      (wanted ? f.may_be_known : f.may_be_missing) = false;
      return f.may_be_known || f.may_be_missing;
    }
    case Op::logical_not:
      return narrow(node.arguments[0], !wanted, state);
    case Op::logical_and:
    case Op::logical_or:
      if ((node.op == Op::logical_and) != wanted) return narrow_any(node, wanted, state);
      return std::all_of(node.arguments.begin(), node.arguments.end(),
                         [&](const Node& a) { return narrow(a, wanted, state); });
    case Op::at_least:
      return narrow_at_least(node, wanted, state);
    case Op::in_set:
      return node.codes.empty() ? narrow_in_set(node, wanted, state)
                                : narrow_category(node, wanted, state);
    case Op::between:
      return narrow_between(node, wanted, state);
    default:
      return node.codes.empty() ? narrow_comparison(node, wanted, state)
                                : narrow_category(node, wanted, state);
  }
}

/// At least one argument is `wanted`: what is possible in any of the cases.
bool ConditionRanges::narrow_any(const Node& node, bool wanted, State& state) const {
  std::optional<State> all;
  for (const Node& argument : node.arguments) {
    State one = state;
    if (!narrow(argument, wanted, one)) continue;
    if (!all) {
      all = std::move(one);
      continue;
    }
    for (std::size_t i = 0; i < one.size(); ++i) unite((*all)[i], one[i]);
  }
  if (!all) return false;
  state = std::move(*all);
  return true;
}

/// `k of`: true needs k arguments true, false needs all but k - 1 of them false.
bool ConditionRanges::narrow_at_least(const Node& node, bool wanted, State& state) const {
  const std::size_t n = node.arguments.size();
  const std::size_t needed = wanted ? node.index : n - node.index + 1;
  std::vector<State> possible;  // each argument is gone through once, however deep they nest
  for (const Node& argument : node.arguments) {
    State one = state;
    if (narrow(argument, wanted, one)) possible.push_back(std::move(one));
  }
  if (possible.size() < needed) return false;
  if (possible.size() > needed && needed > 1) return true;
  const bool all = possible.size() == needed;
  state = possible[0];
  for (std::size_t p = 1; p < possible.size(); ++p) {
    for (std::size_t i = 0; i < state.size(); ++i) {
      if (!all)
        unite(state[i], possible[p][i]);
      else if (!intersect(state[i], possible[p][i], catalogue_[i].type))
        return false;
    }
  }
  return true;
}

bool ConditionRanges::narrow_comparison(const Node& node, bool wanted, State& state) const {
  const Op op = wanted ? node.op : opposite(node.op);
  return require_known(node.arguments[0], state) && require_known(node.arguments[1], state) &&
         relate(op, node.arguments[0], node.arguments[1], state);
}

bool ConditionRanges::narrow_between(const Node& node, bool wanted, State& state) const {
  const Node &x = node.arguments[0], &lower = node.arguments[1], &upper = node.arguments[2];
  if (wanted) {
    return require_known(x, state) && require_known(lower, state) && require_known(upper, state) &&
           relate(Op::greater_equal, x, lower, state) && relate(Op::less_equal, x, upper, state);
  }
  // Outside on either side; whether a missing other end leaves it false or unknown does not matter
  // to what is possible.
  State low = state, high = state;
  const bool is_low =
      require_known(x, low) && require_known(lower, low) && relate(Op::less, x, lower, low);
  const bool is_high =
      require_known(x, high) && require_known(upper, high) && relate(Op::greater, x, upper, high);
  if (!is_low && !is_high) return false;
  if (is_low && is_high)
    for (std::size_t i = 0; i < low.size(); ++i) unite(low[i], high[i]);
  state = std::move(is_low ? low : high);
  return true;
}

bool ConditionRanges::narrow_in_set(const Node& node, bool wanted, State& state) const {
  const Node& x = node.arguments[0];
  if (!require_known(x, state)) return false;
  const auto value = [&](std::size_t i) { return range(node.arguments[i], state).lo; };
  if (wanted) {
    const Range now = range(x, state);
    Range among{infinity, -infinity};
    for (std::size_t i = 1; i < node.arguments.size(); ++i) {
      const double v = value(i);
      if (!(v >= now.lo && v <= now.hi)) continue;
      among = {std::min(among.lo, v), std::max(among.hi, v)};
    }
    if (!(among.lo <= among.hi)) return false;
    return x.op != Op::feature || narrow_feature(x, among, state);
  }
  for (std::size_t i = 1; i < node.arguments.size(); ++i)
    if (!relate(Op::not_equal, x, node.arguments[i], state)) return false;
  return true;
}

bool ConditionRanges::narrow_category(const Node& node, bool wanted, State& state) const {
  const Node& x = node.arguments[0];
  if (!require_known(x, state)) return false;
  std::bitset<256> named;
  for (const std::uint8_t code : node.codes) named.set(code);
  const bool among = (node.op != Op::not_equal) == wanted;
  std::bitset<256>& values = state[x.index].values;
  values &= among ? named : ~named;
  return values.any();
}

/// \pre both sides are known
bool ConditionRanges::relate(Op op, const Node& left, const Node& right, State& state) const {
  if (op == Op::greater || op == Op::greater_equal)
    return relate(op == Op::greater ? Op::less : Op::less_equal, right, left, state);
  const Range a = range(left, state), b = range(right, state);
  Range to_left = everything, to_right = everything;
  switch (op) {
    case Op::less:
      to_left.hi = below(b.hi);
      to_right.lo = above(a.lo);
      break;
    case Op::less_equal:
      to_left.hi = b.hi;
      to_right.lo = a.lo;
      break;
    case Op::equal:
      to_left = b;
      to_right = a;
      break;
    default:  // not_equal: only an end can be cut off
      if (b.lo == b.hi) {
        if (a.lo == b.lo) to_left.lo = above(a.lo);
        if (a.hi == b.lo) to_left.hi = below(a.hi);
      } else if (a.lo == a.hi) {
        if (b.lo == a.lo) to_right.lo = above(b.lo);
        if (b.hi == a.lo) to_right.hi = below(b.hi);
      }
      break;
  }
  const auto fits = [&](const Node& node, Range now, Range allowed) {
    if (!(std::max(now.lo, allowed.lo) <= std::min(now.hi, allowed.hi))) return false;
    return node.op != Op::feature || narrow_feature(node, allowed, state);
  };
  return fits(left, a, to_left) && fits(right, b, to_right);
}

bool ConditionRanges::narrow_feature(const Node& node, Range allowed, State& state) const {
  const Feature& feature = catalogue_[node.index];
  Range& range = state[node.index].range;
  range = {std::max(range.lo, allowed.lo), std::min(range.hi, allowed.hi)};
  if (feature.storage != Storage::f64 && range.lo <= range.hi) {
    const double unit = feature.per_unit;
    double lo = std::floor(range.lo * unit) - 1, hi = std::ceil(range.hi * unit) + 1;
    while (lo / unit < range.lo) ++lo;
    while (hi / unit > range.hi) --hi;
    range = {lo / unit, hi / unit};
  }
  return range.lo <= range.hi;
}

bool ConditionRanges::require_known(const Node& node, State& state) const {
  if (node.op == Op::feature) {
    state[node.index].may_be_missing = false;
    return state[node.index].may_be_known;
  }
  return std::all_of(node.arguments.begin(), node.arguments.end(),
                     [&](const Node& a) { return require_known(a, state); });
}

Range ConditionRanges::range(const Node& node, const State& state) const {
  if (node.op == Op::number) return {node.value, node.value};
  if (node.op == Op::feature) return state[node.index].range;
  if (node.op == Op::parameter)
    return {parameters_[node.index].value, parameters_[node.index].value};
  if (node.arguments.empty()) return everything;
  const Range a = range(node.arguments[0], state);
  if (node.op == Op::negate) return {-a.hi, -a.lo};
  if (node.op == Op::absolute) {
    if (a.lo >= 0) return a;
    return a.hi <= 0 ? Range{-a.hi, -a.lo} : Range{0, std::max(-a.lo, a.hi)};
  }
  if (node.op == Op::log1p) return finite({log1p_widened(a.lo, -1), log1p_widened(a.hi, 1)});
  if (node.op == Op::minimum || node.op == Op::maximum) {
    Range out = a;
    for (std::size_t i = 1; i < node.arguments.size(); ++i) {
      const Range r = range(node.arguments[i], state);
      out = node.op == Op::minimum ? Range{std::min(out.lo, r.lo), std::min(out.hi, r.hi)}
                                   : Range{std::max(out.lo, r.lo), std::max(out.hi, r.hi)};
    }
    return out;
  }
  if (node.arguments.size() < 2) return everything;
  const Range b = range(node.arguments[1], state);
  switch (node.op) {
    case Op::add:
      return finite({a.lo + b.lo, a.hi + b.hi});
    case Op::subtract:
      return finite({a.lo - b.hi, a.hi - b.lo});
    case Op::multiply:
      return product(a, b);
    case Op::divide:
      return quotient(a, b);
    default:
      return everything;
  }
}

}  // namespace corridor::risk
