// SPDX-License-Identifier: Apache-2.0
/// \file month_end.hpp  What a group does with a month's money; the rows that say how it stands.
///
/// Model. On the last day of a month, in this order: arrests of facilitators' people
/// (facilitators.hpp); investigations (recovery.hpp); then, for each group that launders, with the
/// reserve R = months of reserve x need,
///
///     cash beyond R at home, and beyond the couriers' level abroad:
///                        the share l is laundered, a lot for each place; the rest is spent
///     laundered money with which home cash and bank less debt exceed R:
///                        the share a buys assets; the rest is spent
///     assets:            the share k is sold and spent
///
/// Groups without layers keep what they have. Spending goes to the legal economy. Then the need is
/// brought up to date: max(own need, (2 need + costs of the month) / 3).
///
/// | symbol | in code         | unit    | default | where it comes from                        |
/// |--------|-----------------|---------|---------|--------------------------------------------|
/// | l      | laundered_share | 1       | 0.66    | UNODC 2011, of cocaine profit (FIN-011)    |
/// |        | reserve_months  | month   | 2       | invented                                   |
/// | a      | asset_share     | 1       | 0.4     | invented                                   |
/// | k      | asset_upkeep    | 1/month | 0.02    | invented                                   |
///
/// Limits. Owners do not learn to hide more when more is taken from them.
/// Checked in tests/models/finance/test_month_end.cpp.
#pragma once

#include <array>

#include "models/finance/desk.hpp"

namespace corridor::finance {

/// A group at the end of a month.
struct GroupMonthRow {
  std::int32_t month = 0;  ///< 0 = that of day 0
  std::uint32_t group = 0;
  Cents cash = 0, cash_abroad = 0, on_the_way = 0, laundering = 0, bank = 0, assets = 0, frozen = 0,
        debt = 0;  ///< debt: what is owed, at least 0
  Cents seized_to_date = 0, restored_to_date = 0;
  Cents revenue = 0;                        ///< of the month: sales, own means, from other groups
  std::array<Cents, n_items> costs{};       ///< of the month, by item (income is 0)
  Cents laundering_fees = 0, spending = 0;  ///< of the month
  Cents need = 0;                           ///< as of now, a month
  double capability = 1;
  friend bool operator==(const GroupMonthRow&, const GroupMonthRow&) = default;
};

/// Services of a facilitator to a group in a month: what links groups.
struct ServiceRow {
  std::int32_t month = 0;
  std::uint32_t facilitator = 0, group = 0, services = 0;
  friend bool operator==(const ServiceRow&, const ServiceRow&) = default;
};

/// Everything above but the rows.
void end_month(const Desk& desk, std::int32_t day);
[[nodiscard]] std::vector<GroupMonthRow> group_rows(const Desk& desk, std::int32_t month);
[[nodiscard]] std::vector<ServiceRow> service_rows(const Desk& desk, std::int32_t month);

}  // namespace corridor::finance
