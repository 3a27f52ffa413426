// SPDX-License-Identifier: Apache-2.0
/// \file customs_capacity.hpp  What customs get for what they seize: their capacity learns as the
/// police of NarcoLogic do, by option (cargo.capacity.rule).
///
/// Model (trafficking/interdiction_learning.hpp; case J3). Per class of customs post and mode, with
/// s the share of the grams sent there in a month that was seized, in thousandths of what the
/// scenario gives:
///
///     c' = clamp(ceil((1 - d) c + d c f), 1000 least, 1000 most),   c = 1000 at first
///     f  = s / target (reinforcing)   or   1 - s / target (compensating)
///
/// A post then inspects c / 1000 of what it can. A month in which nothing is sent teaches nothing.
/// "fixed" leaves every bit as it is.
///
/// Kept simple. s is the true share, as in the published rules; nobody could know it. What is sent
/// over a border without customs, or round posts, counts as not seized. What rules may flag stays.
/// Checked in tests/models/simulation/test_customs_capacity.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "models/cargo/cargo_params.hpp"
#include "models/cargo/cargo_tables.hpp"
#include "models/cooperation/forces.hpp"
#include "models/trafficking/consignment.hpp"
#include "models/trafficking/interdiction_learning.hpp"

namespace corridor::simulation {

using CustomsLearning = trafficking::CapacityLearning;

/// \returns nothing when capacities are fixed
[[nodiscard]] std::optional<CustomsLearning> customs_learning(const cargo::CargoParams& params);

/// By class of customs post and mode: [class][mode].
using CustomsCells = std::array<std::int64_t, cargo::n_income_classes * cargo::n_modes>;

struct CustomsCapacity {
  CustomsCells thousandths = full(), grams{}, grams_seized{};  ///< grams: of the open month
  static constexpr CustomsCells full() {
    CustomsCells all{};
    all.fill(1000);
    return all;
  }
  friend bool operator==(const CustomsCapacity&, const CustomsCapacity&) = default;
};

/// Adds what was sent on a day; couriers are travellers and no business of customs.
void count_seized(std::span<const trafficking::Consignment> sent,
                  std::span<const trafficking::ConsignmentOutcome> outcomes,
                  const cargo::CargoTables& tables, CustomsCapacity& state);
void close_customs_month(const CustomsLearning& by, CustomsCapacity& state);

/// `forces`, and what customs have more or less than at first.
[[nodiscard]] cooperation::Forces with_capacity(const CustomsCapacity& state,
                                                const cargo::CargoTables& tables,
                                                cooperation::Forces forces);

}  // namespace corridor::simulation
