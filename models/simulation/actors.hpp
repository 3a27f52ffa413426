// SPDX-License-Identifier: Apache-2.0
/// \file actors.hpp  Those who hide in the crowd, coupled: one day of fighters, traffickers and
/// their money around one day of the stream.
///
///     decide(day)   what each group can pay for (finance) -> goods and couriers (trafficking),
///                   cash couriers (finance), fighters with what facilitators offer;
///                   their money is booked
///       ..          travellers ride in the stream; goods pass customs (cargo)
///     learn(day)    outcomes of journeys and goods reach their models; the books are closed and
///                   must balance; at the end of a calendar month the models look back
///
/// Groups of money are numbered as in actor_tables.hpp. A model that is off draws nothing and
/// moves nobody else's draws. Nothing here decides who is found: posts do.
///
/// Checked in tests/models/simulation/test_actors.cpp.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "models/fighters/fighters.hpp"
#include "models/finance/finance.hpp"
#include "models/simulation/actor_state.hpp"
#include "models/simulation/actor_tables.hpp"
#include "models/simulation/actor_trips.hpp"
#include "models/simulation/cargo_stream.hpp"
#include "models/trafficking/trafficking.hpp"
#include "sim/calendar.hpp"

namespace corridor::simulation {

/// What a calendar month, or the part of it that was run, gave.
struct ActorMonth {
  fighters::MonthCounts fighters;
  fighters::Census census;
  trafficking::MonthRows goods;
  std::vector<finance::GroupMonthRow> money;
  std::vector<trafficking::SeizureRow> seizures;  ///< made in the month
  std::array<CargoCounts, cargo::n_modes> cargo;
  std::vector<std::int64_t> deliveries;  ///< cases, [substance][class of place]
  // Of the month before, empty in the first one.
  std::vector<std::uint32_t> nodes_before;
  std::vector<std::int64_t> corridors_before;
};

/// Countries that goods of a month passed: substance << 16 | country, ascending.
[[nodiscard]] std::vector<std::uint32_t> nodes_of(const trafficking::MonthRows& rows);
/// Grams sent, [substance][class of origin][class of destination].
[[nodiscard]] std::vector<std::int64_t> corridors_of(const trafficking::MonthRows& rows,
                                                     const ActorTables& tables);

class Actors {
 public:
  /// \param tables, pairs, workers  must outlive this
  Actors(const scenario::Scenario& scenario, std::shared_ptr<const ActorTables> tables,
         const travel::PairIndex& pairs, sim::RunKey key, sim::Workers& workers);

  /// Journeys that depart today; goods that meet customs today are kept for `learn`.
  [[nodiscard]] std::vector<travel::PlannedJourney> decide(std::int32_t day);

  /// What became of them. \returns what happened, one by one, in a fixed order
  /// \throws std::logic_error, finance::LedgerError when goods or money do not add up
  std::vector<ActorEvent> learn(std::int32_t day, std::span<const travel::JourneyOutcome> outcomes);

  /// What countries learned of fighters since the last call.
  [[nodiscard]] std::vector<fighters::KnownPerson> take_records() {
    return std::exchange(records_, {});
  }

  /// Whether a calendar month ends with this day.
  [[nodiscard]] bool month_ends(std::int32_t day) const;
  /// Rows of the month that `learn` closed today, or of the open one so far.
  [[nodiscard]] ActorMonth month(std::int32_t day) const;

  [[nodiscard]] const ActorState& state() const { return state_; }
  void set_state(const ActorState& state);
  [[nodiscard]] const ActorTables& tables() const { return *tables_; }
  [[nodiscard]] bool with_goods() const { return trade_.has_value(); }
  [[nodiscard]] bool with_fighters() const { return fighters_.has_value(); }

 private:
  [[nodiscard]] std::vector<fighters::FacilitatorOffer> offers() const;
  void book(std::span<const finance::Posting> postings, std::uint32_t first_group);
  void close_month(std::int32_t day);
  void keep_state();

  std::shared_ptr<const ActorTables> tables_;
  double facilitator_access_;
  sim::Calendar calendar_;
  sim::RunKey key_;
  std::optional<trafficking::Trafficking> trade_;
  std::optional<fighters::Fighters> fighters_;
  std::optional<finance::Finance> money_;
  std::optional<CargoStream> cargo_;
  std::vector<trafficking::Consignment> goods_;  ///< of the day that is open
  std::vector<ActorEvent> events_;               ///< of the day that is open
  std::vector<fighters::KnownPerson> records_;
  std::vector<double> insider_;
  std::optional<ActorMonth> closed_;  ///< the month that ended with the day that was learned last
  ActorState state_;
};

}  // namespace corridor::simulation
