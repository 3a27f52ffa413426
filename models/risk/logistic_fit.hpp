// SPDX-License-Identifier: Apache-2.0
/// \file logistic_fit.hpp  Scores fitted to outcomes: penalised logistic regression on which rules
/// fired.
///
/// Model. A row on which the rules F fired is a hit with probability
///
///     p = 1 / (1 + exp(-eta)),   eta = b0 + sum over j in F of b_j
///
/// Maximised: sum over patterns [hits * eta - rows * ln(1 + exp(eta))] - (lambda/2) sum b_j^2, b0
/// not penalised.
///
/// | symbol | in code | unit         | domain   | default | where it comes from                 |
/// |--------|---------|--------------|----------|---------|-------------------------------------|
/// | lambda | ridge   | 1/log-odds^2 | [0, inf) | 1       | a normal prior, deviation 1 on each |
/// |        |         |              |          |         | log-odds: assumed                   |
/// | -      | signs   | -            | -, 0, +  | free    | the working group: a rule meant to  |
/// |        |         |              |          |         | incriminate must not exonerate      |
/// | -      | fixed   | log-odds     | finite   | none    | weights not fitted (route class)    |
///
/// Method. Newton steps (iteratively reweighted least squares) with step halving, on the set of
/// coefficients that are free. A coefficient that would take the wrong sign is held at 0; when the
/// others have settled, the held one whose gradient points most strongly to the right side is let
/// go. The problem is convex, so where this ends is the optimum: gradients of the free are 0, of
/// the held point to the wrong side (Karush-Kuhn-Tucker).
///
/// Determinism. Sums run over the patterns in their order, on one thread, with exp and log of
/// sim/math: Eigen's vector exp differs from its scalar one in the last bit, so it is not used. The
/// linear systems are solved by Eigen's LDLT, which is unblocked: no sum depends on cache sizes.
///
/// Separation. When a rule fires on hits alone (or never on hits) its coefficient is infinite
/// without a penalty; with lambda > 0 it is finite. With lambda = 0 the fit stops beyond 30 and
/// says `separated`.
///
/// Source. Le Cessie and van Houwelingen (1992), doi:10.2307/2347628 (ridge); Albert and Anderson
/// (1984), doi:10.1093/biomet/71.1.1 (separation); Nocedal and Wright (2006), Numerical
/// Optimization, ch. 16 (active sets). Limits. Standard errors are those of the curvature at the
/// optimum, free coefficients only: too small for rows that are not independent, and not valid
/// after choosing rules by the same data. What a fit finds restates the declared signals of a
/// simulation. A fit changes no rule set: the result is inert until a person adopts it. Checked in
/// tests/models/risk/test_logistic_fit.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/risk/fired_patterns.hpp"
#include "sim/error.hpp"

namespace corridor::risk::stats {

/// The data do not allow a fit.
class FitError : public sim::UserError {
 public:
  using sim::UserError::UserError;
};

enum class Sign : std::int8_t { negative = -1, free = 0, positive = 1 };

struct LogisticOptions {
  double ridge = 1;
  std::vector<Sign> signs;                   ///< one a rule; empty = all free
  std::vector<std::optional<double>> fixed;  ///< one a rule; empty = none
  int most_iterations = 200;
  double tolerance = 1e-9;  ///< largest Newton step, in log-odds, at which the fit has settled
};

struct LogisticFit {
  double intercept = 0;
  std::vector<double> coefficient;     ///< log-odds; 0 where held
  std::vector<double> standard_error;  ///< 0 where held or fixed
  double intercept_error = 0;
  std::vector<bool> held;  ///< at 0 to keep its sign
  bool converged = false, separated = false;
  int iterations = 0;
  double largest_step = 0;         ///< last Newton step
  double largest_gradient = 0;     ///< of the free coefficients
  double log_likelihood = 0;       ///< without the penalty
  double null_log_likelihood = 0;  ///< of the base rate alone
  std::int64_t rows = 0, hits = 0;
};

/// \throws FitError when all rows are hits or none is, or when lambda = 0 and rules cannot be told
/// apart; std::invalid_argument for options out of range or of another length than the rules, or a
/// fixed weight against its sign.
[[nodiscard]] LogisticFit fit_logistic(const FiredPatterns& patterns,
                                       const LogisticOptions& options = {});

/// Sum over rows of the log-likelihood under the given weights.
[[nodiscard]] double log_likelihood(const FiredPatterns& patterns, double intercept,
                                    const std::vector<double>& coefficient);

/// Scores of a logistic rule set: hundredths of log-odds, halves away from 0.
struct WholeScores {
  std::int32_t base = 0;
  std::vector<std::int32_t> score;
  double log_likelihood = 0;  ///< of the rounded scores: what rounding costs
  bool clipped = false;       ///< one lay beyond +-10000
};
[[nodiscard]] WholeScores whole_scores(const LogisticFit& fit, const FiredPatterns& patterns);

}  // namespace corridor::risk::stats
