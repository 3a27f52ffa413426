// SPDX-License-Identifier: Apache-2.0
/// \file compile.hpp  A condition as steps over a block of rows.
///
/// Negation is pushed to the tests (exact in Kleene's logic: not min = max of nots, and a test of a
/// missing value stays unknown). What reads a single byte column becomes one look-up whose 256
/// truth values the reference computes. A comparison of an integer column with a constant becomes
/// lo <= stored <= hi: division by per_unit is monotone, so the ends are found by bisection over
/// the stored values with the very comparison that the reference makes. All other numbers are
/// worked out in double lanes. What several rules share is worked out once a block.
///
/// Checked in tests/models/risk/test_engine.cpp against the reference.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/risk/kernels.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

/// Step of a number: into lane register `to`, from it and, for `arithmetic`, the next one.
struct NumberStep {
  enum class Kind : std::uint8_t { constant, load, unary, arithmetic };
  Kind kind = Kind::constant;
  std::uint16_t to = 0;
  std::uint16_t feature = 0;
  Unary unary = Unary::negate;
  Arithmetic arithmetic = Arithmetic::add;
  double value = 0;  ///< constant, or per_unit of a load
};

/// Step on truth values: works on slot `to`, an array of a block of bytes.
struct Step {
  enum class Kind : std::uint8_t {
    fill,         ///< with `value`
    column,       ///< test of a column of numbers
    bytes,        ///< look-up in table `index`
    number,       ///< test of a computed number: code `index`, against a constant
    compare,      ///< two computed numbers: code `index`, registers 0 and 1
    combine,      ///< with slot `from`
    same,         ///< equality of truth values with slot `from`
    count_begin,  ///< clear counters `index`
    count,        ///< add slot `from` to counters `index`
    counted       ///< counters `index` against `value`
  };
  Kind kind = Kind::fill;
  Mode mode = Mode::put;
  bool negated = false;
  Test test = Test::above;
  std::uint16_t to = 0, from = 0, feature = 0;
  std::uint32_t index = 0;
  std::int32_t value = 0;
  Bounds bounds;
};

/// A rule's or a shared part's steps, and the shared parts that must be there before.
struct Fragment {
  std::vector<Step> steps;
  std::vector<std::uint16_t> needs;  ///< shared parts; each after those it needs itself
  std::uint16_t slot = 0;            ///< where the result stands
};

/// The conditions of the rules in force. Slots: shared parts first, then scratch.
struct Code {
  std::vector<Fragment> rules;   ///< by row of the set; without steps = not in force
  std::vector<Fragment> shared;  ///< shared part i leaves its result in slot i
  std::vector<ByteTable> tables;
  std::vector<std::vector<NumberStep>> numbers;
  std::vector<std::uint16_t> features;  ///< read, ascending
  std::size_t n_slots = 0, n_registers = 0, n_counters = 0;
};

/// \throws std::invalid_argument when a condition is malformed or reads what cannot be scored
Code compile(const RuleSet& set, const Catalogue& catalogue, std::string_view date);

}  // namespace corridor::risk
