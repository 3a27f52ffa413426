// SPDX-License-Identifier: Apache-2.0
/// \file condition_ranges.hpp  What the features can still be when a condition is known to be true,
/// or false: interval analysis, for lint.
///
/// A state says for each feature: may it be missing, and if it is known, in which interval or among
/// which values it lies. `assume` narrows a state by a condition; what it gives holds every record
/// of the state that meets the condition, and usually more. So "impossible" is proved, "possible"
/// is not: no finding that rests on `impossible` or `certain` is a false alarm.
///
/// Arithmetic is that of IEEE doubles: rounding to nearest is monotone, so the rounded ends of an
/// interval hold all rounded results. Columns of whole numbers (feature.hpp, per_unit) are narrowed
/// to values that they can store, so `nights > 5 and nights < 6` is impossible. log1p is widened
/// by 1e-12 of its size. Parameters count with their present value.
///
/// Source. Moore, R. E. (1966), Interval Analysis, Prentice-Hall; three-valued logic: Kleene, S. C.
///   (1952), Introduction to Metamathematics, North-Holland.
/// Limits. Two sums of different features are not compared as linear forms: `nights < party and
///   party < nights` is not seen to be impossible.
/// Checked in tests/models/risk/test_condition_ranges.cpp against random records.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "models/risk/expression.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

struct Range {
  double lo = 0, hi = 0;
};

/// What one feature can be. At least one of `may_be_missing` and `may_be_known` holds.
struct FeatureState {
  bool may_be_missing = true, may_be_known = true;
  Range range;              ///< of a number
  std::bitset<256> values;  ///< of a category or boolean (false, true): which are possible
};

class ConditionRanges {
 public:
  ConditionRanges(const Catalogue& catalogue, std::span<const RuleParameter> parameters)
      : catalogue_(catalogue), parameters_(parameters) {}

  using State = std::vector<FeatureState>;

  /// Every record that the catalogue allows.
  [[nodiscard]] State anything() const;

  /// The state narrowed to records on which the condition is `wanted` (and not unknown), or nothing
  /// when there are none.
  [[nodiscard]] std::optional<State> assume(const Node& condition, bool wanted, State state) const;

  /// Whether the condition is true on every record of the state (false: not proved).
  [[nodiscard]] bool certain(const Node& condition, const State& state) const;
  /// Whether the condition can be unknown on a record of the state (true: not excluded).
  [[nodiscard]] bool may_be_unknown(const Node& condition, const State& state) const;

  /// What a number can be on the records of the state where it is known.
  [[nodiscard]] Range range(const Node& node, const State& state) const;

 private:
  bool narrow(const Node& node, bool wanted, State& state) const;
  bool narrow_any(const Node& node, bool wanted, State& state) const;
  bool narrow_at_least(const Node& node, bool wanted, State& state) const;
  bool narrow_comparison(const Node& node, bool wanted, State& state) const;
  bool narrow_category(const Node& node, bool wanted, State& state) const;
  bool narrow_in_set(const Node& node, bool wanted, State& state) const;
  bool narrow_between(const Node& node, bool wanted, State& state) const;
  bool relate(Op op, const Node& left, const Node& right, State& state) const;
  bool narrow_feature(const Node& node, Range allowed, State& state) const;
  bool require_known(const Node& node, State& state) const;
  [[nodiscard]] bool may_lack_number(const Node& node, const State& state) const;

  const Catalogue& catalogue_;
  std::span<const RuleParameter> parameters_;
};

}  // namespace corridor::risk
