// SPDX-License-Identifier: Apache-2.0
/// \file route_choice.hpp  The logit: how alternatives share those who choose.
///
/// Model.  P(k) = exp(V_k) / sum_m exp(V_m)
///
/// | symbol | in code    | unit | domain              | where it comes from                     |
/// |--------|------------|------|---------------------|-----------------------------------------|
/// | V_k    | utility[k] | log  | finite or -infinity | modes.hpp, surface.hpp, itineraries.hpp |
///
/// A utility of -infinity is an alternative that is not available.
///
/// Source. McFadden, D. (1974), "Conditional logit analysis of qualitative choice behavior", in P.
/// Zarembka (ed.), Frontiers in Econometrics, Academic Press, pp. 105-142.
///
/// Limits. All utilities equal: equal shares. One far above the rest: all choose it.
///
/// Not modelled. Overlap between alternatives (independence of irrelevant alternatives holds).
///
/// Checked in tests/models/travel/test_route_choice.cpp: closed form for two, sum, shift, ratio,
/// no overflow, errors.
#pragma once

#include <span>
#include <vector>

namespace corridor::travel {

/// Shares that sum to 1 within n * 1e-15; all zero when no alternative is available.
/// \throws std::invalid_argument when a utility is a NaN or +infinity.
[[nodiscard]] std::vector<double> logit_shares(std::span<const double> utility);

}  // namespace corridor::travel
