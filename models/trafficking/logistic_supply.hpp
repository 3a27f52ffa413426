// SPDX-License-Identifier: Apache-2.0
/// \file logistic_supply.hpp  How much enters the network in a year: growth that a ceiling stops.
///
/// Model. S(y) = K S0 e^(r y) / (K + S0 (e^(r y) - 1)), y in years from the start.
///
/// | symbol | in code | unit  | domain | default   | where it comes from                          |
/// |--------|---------|-------|--------|-----------|----------------------------------------------|
/// | S0     | initial | kg/yr | > 0    | 200       | domain 1.1, step 1 (one of three versions)   |
/// | K      | ceiling | kg/yr | >= S0  | 1 990 000 | the same                                     |
/// | r      | rate    | 1/yr  | >= 0   | 0.75      | the same                                     |
///
/// Source. Magliocca et al. (2019), NarcoLogic. Limits. y = 0: S0; y to infinity: K; r = 0: S0.
/// Checked in tests/models/trafficking/test_logistic_supply.cpp (case J9).
#pragma once

#include "sim/math.hpp"

namespace corridor::trafficking {

struct LogisticSupply {
  double initial = 200, ceiling = 1'990'000, rate = 0.75;
};

/// Written with e^(-r y), so that late years do not overflow.
[[nodiscard]] inline double logistic_supply(double years, const LogisticSupply& s = {}) {
  return s.ceiling / (1 + (s.ceiling / s.initial - 1) * sim::exp(-s.rate * years));
}

}  // namespace corridor::trafficking
