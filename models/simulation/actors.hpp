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

#include "models/cooperation/cooperation_params.hpp"
#include "models/cooperation/planning_params.hpp"
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
  /// \param pairs, workers  must outlive this
  Actors(const scenario::Scenario& scenario, std::shared_ptr<const ActorTables> tables,
         const travel::PairIndex& pairs, sim::RunKey key, sim::Workers& workers);

  /// What organisations do to money and between posts, from today on (actor_help.cpp).
  void help(const cooperation::CooperationParams& levers,
            const cooperation::PlanningParams& setting);

  /// The state in which day 0 begins: the days of trade before it are streamed for their scores.
  [[nodiscard]] ActorState start();
  /// Goes on from a state that `learn` left.
  void resume(const ActorState& state);

  /// Journeys that depart today; goods that meet customs today are kept for `learn`.
  [[nodiscard]] std::vector<travel::PlannedJourney> decide(std::int32_t day, ActorState& state);

  /// What became of them; customs have `forces` beside their own; the state is then that of the
  /// evening. \returns what happened, one by one, in a fixed order \throws std::logic_error,
  /// finance::LedgerError when goods or money do not add up
  std::vector<ActorEvent> learn(std::int32_t day, std::span<const travel::JourneyOutcome> outcomes,
                                ActorState& state, const cooperation::Forces& forces = {});

  /// What countries learned of fighters since the last call.
  [[nodiscard]] std::vector<fighters::KnownPerson> take_records() {
    return std::exchange(records_, {});
  }

  /// Whether a calendar month ends with this day.
  [[nodiscard]] bool month_ends(std::int32_t day) const;
  /// Rows of the month that `learn` closed today, or of the open one so far.
  [[nodiscard]] ActorMonth month(std::int32_t day, const ActorState& state) const;

  [[nodiscard]] const ActorTables& tables() const { return *tables_; }
  /// Posts of goods, and their candidates of the day that was learned last; nothing without goods.
  [[nodiscard]] const cargo::CargoTables* customs() const {
    return cargo_ ? &cargo_->tables() : nullptr;
  }
  [[nodiscard]] std::span<const control::Candidate> customs_candidates() const {
    return cargo_ ? cargo_->candidates() : std::span<const control::Candidate>{};
  }
  /// Illicit goods that met customs on that day.
  [[nodiscard]] std::span<const trafficking::Consignment> goods_of_day() const { return goods_; }

 private:
  /// As organisations stand today.
  struct Help {
    double patrol = 0;    ///< chance that a crossing between posts is found
    double off_post = 0;  ///< most of the land loads that go there
    double targets = 0, arrest_rate = 0;
  };
  [[nodiscard]] std::vector<fighters::FacilitatorOffer> offers() const;
  void book(std::span<const finance::Posting> postings, std::uint32_t first_group);
  /// Loads that go round posts today: taken out of `goods`. \returns what became of them
  std::vector<trafficking::ConsignmentOutcome> between_posts(
      std::int32_t day, std::vector<trafficking::Consignment>& goods) const;
  void arrest_common_targets(std::int32_t day);
  void close_month(std::int32_t day, ActorState& state);
  void keep_state(ActorState& state) const;

  std::shared_ptr<const ActorTables> tables_;
  double facilitator_access_;
  std::optional<CustomsLearning> customs_learning_;  ///< nothing while capacities are fixed
  sim::Calendar calendar_;
  sim::RunKey key_;
  std::optional<trafficking::Trafficking> trade_;
  std::optional<fighters::Fighters> fighters_;
  std::optional<finance::Finance> money_;
  std::optional<CargoStream> cargo_;
  std::vector<trafficking::Consignment> goods_;  ///< of the day that is open
  std::vector<ActorEvent> events_;               ///< of the day that is open
  std::vector<fighters::KnownPerson> records_;
  InsiderShares insiders_{};
  Help help_;
  std::optional<ActorMonth> closed_;  ///< the month that ended with the day that was learned last
};

}  // namespace corridor::simulation
