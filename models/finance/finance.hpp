// SPDX-License-Identifier: Apache-2.0
/// \file finance.hpp  The money of every group, day by day: the door of this room.
///
/// A day d, as the coupling calls it:
///
///     decide(d)    people in custody are replaced, lots leave layers, verdicts fall, cash goes
///     home;
///                  returns couriers, who are travellers
///     book(..)     what other models earned and spent, at any time of the day
///     learn(..)    what became of couriers
///     close(d)     debts are repaid; at the end of a month (month_end.hpp); the ledger is checked
///
/// Amounts are whole US cents. Nothing here knows who looks for money, or how: freezing has a
/// hazard per group that other models raise (`set_freeze_factor`), and couriers meet the posts that
/// they pass.
///
/// Cost. About 40 ns a posting, a pass over the accounts a closed day (bench/finance.cpp).
/// Checked in tests/models/finance/test_finance.cpp: conservation under any sequence of calls
///   (RapidCheck), save and go on, draws that do not move.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/finance/actors.hpp"
#include "models/finance/cash_home.hpp"
#include "models/finance/desk.hpp"
#include "models/finance/facilitators.hpp"
#include "models/finance/finance_params.hpp"
#include "models/finance/month_end.hpp"
#include "sim/calendar.hpp"

namespace corridor::finance {

/// What a closed day reports. The last three are empty but on the last day of a month.
struct ClosedDay {
  std::vector<FinanceEvent> events;
  std::vector<TransferRow> transfers;
  std::vector<GroupMonthRow> months;
  std::vector<ServiceRow> services;
};

class Finance {
 public:
  /// Groups have the numbers of their order in `actors`. Opening capital is entered on day 0.
  /// \throws std::invalid_argument when there are 65,535 groups or more, or an actor is out of
  /// range
  Finance(FinanceParams params, Actors actors, const sim::Calendar& calendar, sim::RunKey key);

  [[nodiscard]] std::vector<CashJourney> decide(std::int32_t day);
  Booked book(const Posting& posting);
  void book(std::span<const Posting> postings);
  void learn(std::span<const travel::JourneyOutcome> outcomes);
  /// \throws LedgerError when the books do not balance to the cent
  [[nodiscard]] ClosedDay close(std::int32_t day);

  /// The cheapest facilitator who would serve this group today, and his fee for a sum.
  [[nodiscard]] std::optional<Offer> offer(std::uint32_t group, Service service,
                                           Cents cents = 0) const;
  /// In [0, 1]; what a group can do with the money it has (capability.hpp).
  [[nodiscard]] double capability(std::uint32_t group) const;
  /// What a group could pay at once: cash at home and laundered money less debt.
  [[nodiscard]] Cents liquid(std::uint32_t group) const { return state_.books.liquid(group); }

  /// One of a facilitator's people is arrested. \returns false when none is at liberty.
  bool arrest_facilitator(std::uint32_t facilitator, std::int32_t day);
  /// Raises or lowers the hazard of investigations against a group; 1 at the start of a run, or as
  /// its row says. \throws std::invalid_argument when negative or not a number
  void set_freeze_factor(std::uint32_t group, double factor);

  /// What organisations add from today on: a factor on the hazard of all investigations, and the
  /// share of what courts give back that they then take. 1 and 0 change nothing.
  void set_help(double freeze_factor, double recovery_gain);

  /// How groups stand in a month that is still open.
  [[nodiscard]] std::vector<GroupMonthRow> rows(std::int32_t month) const;

  [[nodiscard]] const FinanceState& state() const { return state_; }
  /// \throws sim::UserError when it is no state of these actors and parameters
  void set_state(FinanceState state);
  [[nodiscard]] const Actors& actors() const { return actors_; }
  [[nodiscard]] const FinanceParams& params() const { return params_; }

 private:
  [[nodiscard]] Desk desk() { return {params_, actors_, key_, state_, events_}; }
  [[nodiscard]] FinanceState opening() const;
  void check(std::int32_t day) const;

  FinanceParams params_;
  double freeze_hazard_, confirmed_;  ///< of the scenario, without help
  Actors actors_;
  sim::Calendar calendar_;
  sim::RunKey key_;
  std::vector<std::string> names_;
  FinanceState state_;
  std::vector<FinanceEvent> events_;  ///< of the open day: taken by close
};

}  // namespace corridor::finance
