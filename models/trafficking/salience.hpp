// SPDX-License-Identifier: Apache-2.0
/// \file salience.hpp  What a route is worth to somebody who looks at what stands out, and to
/// somebody who reckons expected values.
///
/// Model. Each of the routes that are compared has two states, the load arrives or is lost:
///
///     A_i = (g_i - c_i) q_i        B_i = -c_i q_i
///
/// The reference of a route is the mean payoff of the others in the same state. A state stands out
/// by
///
///     s = |x - y| / (|x| + |y| + 1)
///
/// with x the route's own payoff and y the reference; the state that stands out more has rank 1,
/// the other rank 2. With P(arrives) = 1 - r_i and P(lost) = r_i,
///
///     V_i = sum_s P(s) w(s) x(s),    w(s) = d^rank(s) / sum_t P(t) d^rank(t)
///
/// and the expected value is E_i = (1 - r_i) A_i + r_i B_i.
///
/// | symbol | in code       | unit   | domain | default | where it comes from |
/// |--------|---------------|--------|--------|---------|------------------------------------------|
/// | g_i    | gain          | USD/kg | finite | -       | price there less price here | | c_i    |
/// cost          | USD/kg | finite | -       | transport, with its premium              | | q_i |
/// quantity      | kg     | >= 0   | -       | what would be sent                       | | r_i |
/// risk          | 1      | [0, 1] | -       | perceived_risk.hpp                       | | d |
/// local_thinker | 1      | (0, 1] | 0.5     | NAR-014; 1 is the expected value         |
///
/// Source. Bordalo, Gennaioli, Shleifer (2012), "Salience theory of choice under risk", Quarterly
///   Journal of Economics 127:1243-1285, as NarcoLogic uses it (Magliocca et al. 2019).
/// Our own choices. States that stand out alike have the same rank, so that equal routes have
///   their expected value; a route without any other is compared with sending nothing (0).
/// Limits. d = 1, r = 0 or r = 1: the expected value.
/// Checked in tests/models/trafficking/test_salience.cpp (case J4).
#pragma once

#include <span>
#include <vector>

namespace corridor::trafficking {

inline constexpr double local_thinker_default = 0.5;

struct RouteOffer {
  double gain = 0, cost = 0, quantity = 0, risk = 0;
};

/// \throws std::invalid_argument when a number is outside its domain above.
[[nodiscard]] std::vector<double> salience_values(std::span<const RouteOffer> offers,
                                                  double local_thinker = local_thinker_default);
[[nodiscard]] std::vector<double> expected_values(std::span<const RouteOffer> offers);

}  // namespace corridor::trafficking
