// SPDX-License-Identifier: Apache-2.0
/// \file perceived_risk.hpp  What people of a country believe of each gateway: a share of failures
/// among what they heard, which they forget.
///
/// Model. F and N are the failures and the journeys that people of country c heard of for gateway
/// j, each day kept by f = 2^(-1 / half life):
///
///     p_cj = (w q + F_cj) / (w + N_cj)
///
/// q, w: prior and its weight. A journey of their own country counts 1; an arrest of people of
/// another country counts `news`, as a failure. Without anything heard p returns to q exponentially
/// (case J7); w N -> infinity gives the discounted share of failures.
/// Source. Beta-binomial learning with exponential forgetting; as in Magliocca et al. (2019), PNAS
/// 116, 7784-7792, with a half-life in the place of a window. Limits. Beliefs are of a country, not
/// of a person; what a party itself met is added by the chooser (choice.hpp).
/// Checked in tests/models/fighters/test_choice.cpp.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/math.hpp"

namespace corridor::fighters {

struct Beliefs {
  std::vector<double> failed, heard;  ///< [country * n_gateways + gateway]

  template <class A>
  void visit(A& a) {
    a(failed);
    a(heard);
  }
};

/// What is kept of what was heard, after `days`.
[[nodiscard]] inline double remembered(double days, double half_life_days) {
  return sim::exp(-0.69314718055994530942 * days / half_life_days);
}

[[nodiscard]] inline double perceived(double failed, double heard, double prior, double weight) {
  return (weight * prior + failed) / (weight + heard);
}

}  // namespace corridor::fighters
