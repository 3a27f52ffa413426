// SPDX-License-Identifier: Apache-2.0
/// \file reduced.hpp  The trafficking model by itself, against an invented border instead of the
/// world's posts: for tests, calibration and the back-cast.
///
/// Model of the border. A consignment of mode m from o to d is found when it leaves with
/// probability 1 - exp(-h_m x e_o), and when it arrives with 1 - exp(-h_m e_d), with h the hazard
/// of the mode, e the effort of the country and x the share of effort that goes to exits. Effort
/// grows by a rate a year and is multiplied by shocks from month to month, and by a lognormal draw
/// of each country and year. A small share is lost on the way. In the coupled simulation none of
/// this exists: posts select, review and inspect. Draws: purpose interdiction by consignment.
/// Checked in tests/models/trafficking/test_reduced.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/trafficking/trafficking.hpp"

namespace corridor::trafficking {

/// Effort of a country (`world::none` = of all) and mode is multiplied from month to month.
struct BorderShock {
  std::int32_t from_month = 0, to_month = 0;  ///< [from, to)
  std::uint32_t country = world::none;
  std::uint8_t mode = any_cargo_mode;
  double factor = 1;
};

struct FakeBorder {
  /// Hazard on arrival, by mode.
  std::array<double, n_cargo_modes> hazard{0.15, 0.15, 0.1, 0.1, 0.15};
  std::vector<double> effort;  ///< by country; empty = 1
  double exits = 0.3;          ///< share of effort that goes to exits
  double growth = 0;           ///< of effort a year
  double spread = 0;           ///< standard deviation of the log of effort by country and year
  double unchecked = 0.1;      ///< share of the hazard by land within open-border areas
  double lost = 0.002;
  std::vector<BorderShock> shocks;
};

struct ReducedResult {
  std::vector<MonthRows> months;
  std::vector<SeizureRow> seizures;
  std::vector<std::vector<GoodsTally>> goods;  ///< sums since the start, [month][substance]
  std::vector<std::int32_t> first_day;         ///< of each month
  TraffickingState state;                      ///< at the end
};

/// \param start  of the first month
[[nodiscard]] ReducedResult run_reduced(std::shared_ptr<const TraffickingTables> tables,
                                        const FakeBorder& border, sim::RunKey key, sim::Date start,
                                        std::int32_t months);

/// A model that has run against this border for some months before the first day, so that ways and
/// stocks are filled, networks have been tried and prices have settled: how a scenario begins. Its
/// tallies begin anew with the opening stock; what was under way has its outcome.
/// \param months  whole months before `start`, which is the first of a month
[[nodiscard]] Trafficking warm_start(std::shared_ptr<const TraffickingTables> tables,
                                     const FakeBorder& border, sim::RunKey key, sim::Date start,
                                     std::int32_t months);

}  // namespace corridor::trafficking
