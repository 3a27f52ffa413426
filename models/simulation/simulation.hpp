// SPDX-License-Identifier: Apache-2.0
/// \file simulation.hpp  The world, day by day: streams the population through border control and
/// settles the day.
///
/// A step of day d, in order:
///   0. rules: those in force on d, and each post's threshold from the scores of the seven days
///   before (scorer.hpp); before day 0 seven days are streamed for their scores alone, and when
///   other rules come into force, a keyed 1 % sample of the day before is scored again;
///   1. stream: departures and returns of d add arrivals and candidates to the posts and hours that
///   they will reach
///      on d and the three days after, and flows to the month (day_stream.hpp);
///   2. same-day crossings of d join the arrivals at land posts, counted apart (same_day.hpp);
///   3. organisations: meetings, plans, and what posts have beside their own (planning_day.hpp);
///   then settle, hour by hour: candidates of each post cut at capacity, inspected; who is held
///   leaves
///      whatever is still ahead of him and the journey back; then queues over the bins of d
///      (settle.hpp);
///   4. close: the day's counts, the chained digest, and the state moves on to d + 1.
///
/// Everything that a step needs from other days is in the state, which is a value. On a day on
/// which a strategy changes parameters, what is made from them is made anew
/// (scenario/timeline.hpp), before anything else of the day; the state stays. Where the rules or
/// the assessment change, yesterday's sample is scored again.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/scenario/timeline.hpp"
#include "models/simulation/actor_trips.hpp"
#include "models/simulation/actors.hpp"
#include "models/simulation/between_posts.hpp"
#include "models/simulation/day_stream.hpp"
#include "models/simulation/place_counts.hpp"
#include "models/simulation/planning_day.hpp"
#include "models/simulation/settle.hpp"
#include "models/simulation/setup.hpp"
#include "models/simulation/sharing.hpp"
#include "models/simulation/state.hpp"
#include "sim/calendar.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

/// What one day produced. Counts are weighted: they say how many people are told of.
struct DayResult : DayTally {
  std::int32_t day = 0;
  std::vector<std::int64_t> links, posts;  ///< rows of /sharing of these names; with organisations
  BetweenPosts between_posts;              ///< only with actors
  std::uint64_t digest = 0;
  std::int64_t first_event = 0;           ///< row of /events of the first of
  std::vector<EventRow> events;           ///< these, as many as there is room for
  std::vector<PostThreshold> thresholds;  ///< of the posts; empty when no rules score
  DayCuts cuts;
  std::vector<cooperation::PostForces> forces;  ///< of the posts; empty = none, or no cuts are kept
  std::vector<travel::JourneyOutcome> outcomes;  ///< of other models' people
  std::vector<ActorEvent> actor_events;          ///< as many as there is room for
  std::int64_t facilitators_arrested = 0;        ///< one of their people, each
  std::int64_t first_actor_event = 0, actor_events_dropped = 0;
  std::vector<cooperation::PlanningEvent> planning_events;
  std::int64_t first_planning_event = 0;
};

/// What makes and scores journeys, from a scenario: all that StreamContext refers to.
struct StreamParts {
  StreamParts(const scenario::Scenario& scenario, const Setup& setup, sim::RunKey key,
              Facts facts = Facts::all);
  StreamParts(const StreamParts&) = delete;
  StreamParts& operator=(const StreamParts&) = delete;

  travel::JourneyMaker maker;
  travel::Signals signals;
  Sharing sharing;
  std::optional<ScoringTables> scoring;
  std::optional<YearIndexes> years;  ///< made ready day by day; absent when nothing asks
  StreamContext context;
};

class Simulation {
 public:
  /// \param setup must outlive the simulation. Day 0 is scenario.run.start. \throws sim::UserError
  Simulation(const scenario::Scenario& scenario, const Setup& setup, std::uint32_t replicate);
  /// Goes on from a state, e.g. of a checkpoint or a branch: nothing of the days before is streamed
  /// again. \pre the state is of this scenario and replicate
  Simulation(const scenario::Scenario& scenario, const Setup& setup, std::uint32_t replicate,
             State state);
  /// Either, for who makes several. \param actors  what read_actors(scenario) gave
  Simulation(const scenario::Scenario& scenario, const Setup& setup, std::uint32_t replicate,
             std::optional<State> state, std::shared_ptr<const ActorTables> actors);
  ~Simulation();

  /// Simulates one day. \pre day == state().day \param plans  journeys of other models' people
  /// that depart today
  DayResult step(std::int32_t day, std::span<const travel::PlannedJourney> plans = {});

  [[nodiscard]] const State& state() const { return state_; }
  /// Sums of the open month, weighted as DayResult.
  [[nodiscard]] MonthSums month() const;
  /// What actors did in the month that today ended, or in the open one; nothing without actors.
  [[nodiscard]] std::optional<ActorMonth> actor_month() const;
  /// What organisations did in the open month.
  [[nodiscard]] std::vector<cooperation::PlannerFigures> planner_month() const {
    return planning_->month(scenario_.planning);
  }
  [[nodiscard]] const cooperation::Planning& planning() const { return *planning_; }
  [[nodiscard]] const cooperation::Organisations& organisations() const {
    return parts_->sharing.organisations;
  }
  [[nodiscard]] const ActorTables* actor_tables() const {
    return actors_ ? &actors_->tables() : nullptr;
  }
  /// Begins a new month: sets the sums to zero.
  void open_month();
  /// Sample rows whose place in the result is known and whose outcome is final or as of now.
  [[nodiscard]] std::span<const SampleRow> samples() const { return state_.samples; }
  [[nodiscard]] const sim::Calendar& calendar() const { return calendar_; }
  [[nodiscard]] int threads() const { return workers_.count(); }

 private:
  /// Makes everything that depends on parameters from those in force.
  void make_models(std::shared_ptr<const ActorTables> tables);
  /// They go on from the state.
  void resume_models();
  [[nodiscard]] bool scores_change_on(std::int32_t day) const;
  [[nodiscard]] travel::PopulationSetting population_setting() const;
  /// The population of a day: one day on, or made anew.
  void make_population(std::int32_t day);
  [[nodiscard]] DayRules rules_of(std::int32_t day) const;
  /// What organisations see of a day.
  void tell_organisations(std::int32_t day, const DayFlow& flow);
  /// The state in which day 0 begins.
  void start();
  /// Scores of the days before day 0, from which its thresholds follow.
  void burn_in();
  /// Candidates of the days before day 0, for a scaled run (stand_ins.hpp).
  void gather_stand_ins();
  void add_scores(std::int32_t day, std::vector<std::uint32_t> histogram);
  /// Yesterday's sample, scored under other rules than yesterday's: thresholds follow from it.
  void score_again(const DayRules& rules, std::int32_t yesterday);
  void find_thresholds(DayRules& rules);
  /// What the exchange did today. \param looked_up  persons at each post before settlement
  void close_exchange(std::int32_t day, DayFlow& flow, std::span<const EventRow> events,
                      const cooperation::Forces& forces, std::vector<std::int64_t> looked_up);
  /// Persons whom posts have looked up in the open month.
  [[nodiscard]] const std::vector<std::int64_t>& looked_up(std::int32_t day) const;
  /// What became known of fighters goes to the exchange.
  void keep_records();

  scenario::Timeline timeline_;
  scenario::Scenario scenario_;  ///< the values in force
  const Setup& setup_;
  sim::Calendar calendar_;
  sim::RunKey key_;
  sim::Workers workers_;
  // Of the values in force; always there.
  std::optional<StreamParts> parts_;
  std::optional<DayStream> stream_;
  std::optional<Settlement> settlement_;
  std::optional<ActorTrips> trips_;
  std::optional<Actors> actors_;
  std::optional<cooperation::Planning> planning_;
  std::optional<travel::Population> population_;
  State state_;
};

[[nodiscard]] travel::CalendarView calendar_view(const sim::Calendar& calendar);
[[nodiscard]] sim::SimdPath simd_path(const scenario::Scenario& scenario);

}  // namespace corridor::simulation
