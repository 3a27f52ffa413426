// SPDX-License-Identifier: Apache-2.0
/// \file risk_premium.hpp  By how much perceived risk makes transport dearer.
///
/// Model. Those who carry want more where more is lost, and get used to it with a delay:
///
///     m' = max((1 - d) m + d (r / r0)^2, 1)
///
/// | symbol | in code   | unit | domain | default | where it comes from |
/// |--------|-----------|------|--------|---------|-------------------------------------------------|
/// | m      | premium   | 1    | >= 1   | 1       | start: no premium | | r      | risk      | 1 |
/// [0, 1] | -       | perceived_risk.hpp                              | | d      | learning  | 1 |
/// [0, 1] | 0.3558  | NAR-009                                         | | r0     | tolerated | 1 |
/// (0, 1) | 0.43    | NAR-012; the exponent 2 is NAR-013              |
///
/// Source. Magliocca et al. (2019), NarcoLogic, after Caulkins, Crawford and Reuter (1993).
/// Limits. r <= r0 leads back to 1, which takes five events in 13 months to leave. Held at r for
///   long, m goes to max((r / r0)^2, 1).
/// Checked in tests/models/trafficking/test_risk_premium.cpp (case J2).
#pragma once

#include <algorithm>

namespace corridor::trafficking {

inline constexpr double premium_learning = 0.3558, tolerated_risk = 0.43;

[[nodiscard]] constexpr double next_premium(double premium, double risk,
                                            double learning = premium_learning,
                                            double tolerated = tolerated_risk) {
  const double ratio = risk / tolerated;
  return std::max((1 - learning) * premium + learning * ratio * ratio, 1.0);
}

}  // namespace corridor::trafficking
