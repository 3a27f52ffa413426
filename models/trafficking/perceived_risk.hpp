// SPDX-License-Identifier: Apache-2.0
/// \file perceived_risk.hpp  How dangerous a route seems to an organisation that remembers what
/// happened to it there.
///
/// Model. Beta-binomial with a window and fading memory. x_k = 1 when there was an event k months
/// ago (k = 0: the newest month), 0 when there was none:
///
///     r = (sum_k w^k x_k + alpha) / (sum_k w^k + alpha + beta)
///
/// | symbol | in code | unit | domain     | default | where it comes from                        |
/// |--------|---------|------|------------|---------|--------------------------------------------|
/// | x_k    | events  | 1    | 0, or more | -       | own losses; more than one counts as one    |
/// | n      | size    | mon  | >= 0       | 13      | NAR-018                                    |
/// | w      | weight  | 1    | [0, 1.05]  | 1       | domain 1.1, step 6                         |
/// | alpha  | alpha   | 1    | > 0        | 2       | NAR-016                                    |
/// | beta   | beta    | 1    | > 0        | 0.5     | NAR-017                                    |
///
/// Source. Magliocca et al. (2019), PNAS 116:7784-7792 (NarcoLogic), rules only. Rows NAR-*: its
///   constants as published with its program.
/// Limits. No event in 13 months: 2/15.5 = 0.129. An event in each: 15/15.5 = 0.968. r lies in
///   (0, 1) and grows with every event. A window of no months leaves the prior alpha/(alpha +
///   beta).
///   Beside events, x_k may be the share of a month's goods that was lost: on a route that is used
///   every week an event a month is the rule and would tell nothing.
/// Not modelled. News of other organisations' losses (the caller mixes them in).
/// Checked in tests/models/trafficking/test_perceived_risk.cpp (case J1).
#pragma once

#include <cstdint>
#include <span>

namespace corridor::trafficking {

inline constexpr std::size_t risk_window_months = 13;
inline constexpr double risk_weight = 1, risk_alpha = 2, risk_beta = 0.5;

/// The model for months of any kind: `share(month)` is x_k.
template <class Months, class Share>
[[nodiscard]] constexpr double beta_binomial_risk(const Months& window, const Share& share,
                                                  double weight, double alpha, double beta) {
  double seen = 0, months = 0, w = 1;
  for (const auto& month : window) {
    seen += w * share(month);
    months += w;
    w *= weight;
  }
  return (seen + alpha) / (months + alpha + beta);
}

/// \param events  newest month first; the window is as long as the span.
[[nodiscard]] constexpr double perceived_risk(std::span<const std::uint8_t> events,
                                              double weight = risk_weight,
                                              double alpha = risk_alpha, double beta = risk_beta) {
  return beta_binomial_risk(
      events, [](std::uint8_t event) { return event != 0 ? 1.0 : 0.0; }, weight, alpha, beta);
}

/// The same of shares in [0, 1] that were lost.
[[nodiscard]] constexpr double perceived_risk_of_losses(std::span<const double> losses,
                                                        double weight = risk_weight,
                                                        double alpha = risk_alpha,
                                                        double beta = risk_beta) {
  return beta_binomial_risk(
      losses, [](double loss) { return loss; }, weight, alpha, beta);
}

}  // namespace corridor::trafficking
