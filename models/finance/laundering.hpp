// SPDX-License-Identifier: Apache-2.0
/// \file laundering.hpp  Cash becomes money in the bank, layer by layer, for a fee and at a risk.
///
/// Model. A lot passes n layers, T days each. When it leaves a layer
///
///     with chance s it is found: all of it is frozen (recovery.hpp);
///     else launderers keep floor(f c), the rest enters the next layer, or the bank after the last
///
/// so that the expected share kept is ((1 - f)(1 - s))^n, and that frozen 1 - (1 - s)^n when f = 0.
/// With finance.recovery.kind = "share" the share s of each lot is frozen instead of each lot with
/// chance s (the mean of the above; for closed forms).
///
/// | symbol | in code       | unit | domain  | default   | where it comes from                  |
/// |--------|---------------|------|---------|-----------|--------------------------------------|
/// | n      | layers        | 1    | 0..16   | 3         | invented                             |
/// | f      | layer_fee     | 1    | [0, 1]  | 0.05      | invented; FIN-021, 022 (from memory) |
/// | s      | layer_seizure | 1    | [0, 1]  | 0.0073878 | 1 - (1 - s)^3 = 0.022 (case L2)      |
/// | T      | layer_days    | day  | 1..3650 | 30        | invented                             |
///
/// Rounding: both shares are rounded down to whole cents, the remainder goes on with the lot.
/// Limits. Lots do not mix: each has its own chance. Launderers have no accounts of their own.
/// Not modelled. Methods, sectors, places; none is of use at the level of policy.
/// Checked in tests/models/finance/test_laundering.cpp: L1, L2 exact, chance by lot statistical.
#pragma once

#include "models/finance/desk.hpp"

namespace corridor::finance {

/// Layers that a group's money passes.
[[nodiscard]] std::uint32_t layers_of(const FinanceParams& params, const Group& group);

/// A lot of `cents` leaves `from` for the first layer. \pre layers_of(group) > 0
void begin_laundering(const Desk& desk, std::uint32_t group, AccountId from, Cents cents,
                      std::int32_t day);
/// What leaves a layer on `day`.
void step_laundering(const Desk& desk, std::int32_t day);

/// ((1 - fee)(1 - seizure))^layers, the expected share kept.
[[nodiscard]] double kept_after_layers(double fee, double seizure, int layers);
/// 1 - (1 - seizure)^layers, the share found when there is no fee.
[[nodiscard]] double found_in_layers(double seizure, int layers);
/// The chance per layer with which `found` is found.
[[nodiscard]] double seizure_for(double found, int layers);
/// Selling over buying price at which a leg that loses the share `loss` and costs `cost` of what
/// was bought breaks even: (1 + cost) / (1 - loss). A chain of legs multiplies them.
[[nodiscard]] double break_even_price_ratio(double loss, double cost = 0);

}  // namespace corridor::finance
