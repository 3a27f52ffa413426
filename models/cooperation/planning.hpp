// SPDX-License-Identifier: Apache-2.0
/// \file planning.hpp  Organisations that plan, each in its own cycle, by what it has seen.
///
/// Target t: posts of one kind in one country (ground.hpp). Organisation o sees a detection of
/// concern c at a member's post with chance `reported`. At each of its cycles (every L days, on a
/// phase of its own unless cycles are aligned):
///
///     forecast  f' = m f + (1 - m) n           n seen since the last cycle; m = 0 without good
///               m = memory * alignment(f, n)   practice; with it, the last forecast is checked
///     value     U_t = sum_c w_c f_tc / f_c     w its priorities, f_c the sum over its targets
///               U'  = (1 - a) U + a V          V the same of all organisations together; a =
///                                              priorities.adapted; within a group, good practice
///                                              takes half of each at least
///     residual  U'_t max(0, 1 - y_t / team)    y officers that others have shown there
///     plan      x_t = officers * share_t       shares in proportion to U', or with good practice
///                                              those of zero-sum coverage (coverage.hpp)
///
/// and the plan is at work `move_days` later. Its staff works on the `packages` most valuable of
/// them, `package_days` each, with `package_queries` queries and `package_records` records; in a
/// group not on those on which another works. What it does not own it asks for: each member among
/// them is asked to move the part of its places that can move to the kinds of the plan. A country
/// agrees with chance `consent`, after an exponential delay; what moves is taken from all its posts
/// in proportion to their places, so that nothing is added in all. Its officers alone arrest;
/// officers of organisations work beside them.
///
/// Duplicated effort. At a target where organisations are at work that do not see one another's
/// plans, the part `same_work` of the smaller force, and of the work of the staff of who comes
/// later, does what is being done: it costs officer-days and adds nothing. So does an operation,
/// unless it deconflicts: beside officers of organisations, and beside operations before it in
/// their order of which no participant is in a group with one of its own. A request to a country
/// that another such organisation has asked is doubled.
///
/// Shared plans (plans.shared, keyed per organisation): those of the group's members who are
/// willing meet, in a standing group every `cadence` days, else `setup_days` more for each; there
/// they show their plans. Who plans on the same day sees today's. Good practice spreads at meetings
/// (meetings.cpp).
///
/// The group's mandate (standing_group.hpp) splits the worth of targets into U = I + O, and m_t is
/// the part of I in it. The group's half of the shared picture (good practice) holds for I alone;
/// what is left is  O'_t + I'_t max(0, 1 - y_t / team),  y_t the sum of m_t x_t of others; on a
/// target where a fellow's staff works, O' alone counts, and for that a member is asked again; of
/// officers at a target with a fellow the part 1 - m_t is as if neither saw the other, of an
/// operation the part of its threats that are not in M.
///
/// Nothing here finds anybody. Without organisations only assistance (assistance.hpp) is there, and
/// with neutral levers nothing. Everything is a value (PlanningState); draws are keyed. Sums over
/// organisations are taken in their order.
///
/// Insiders (leaks.cpp) may betray a plan or an operation: so many the more, the more know it.
///
/// Kept simple. What members report is not late; a country follows whoever asked it last; corps
/// travel free; plans know posts by kind and country alone. Checked in
/// tests/models/cooperation/test_planning.cpp and tests/models/simulation/test_forces.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/cooperation/cooperation_params.hpp"
#include "models/cooperation/operations.hpp"
#include "models/cooperation/planning_params.hpp"
#include "models/cooperation/planning_state.hpp"
#include "models/cooperation/standing_group.hpp"

namespace corridor::cooperation {

/// Somebody or something found at a post.
struct Detection {
  std::uint64_t id = 0;  ///< trip or consignment
  std::uint32_t target = 0;
  Concern concern = Concern::fighters;
  std::int32_t times = 1;  ///< how many it stands for
};

/// A month of one organisation.
struct PlannerFigures {
  PlannerMonth sums;
  double targets = 0;      ///< mean number at which it has officers
  double with_truth = 0;   ///< alignment with who passed, found or not
  double with_others = 0;  ///< mean alignment with the other organisations; NaN without any
  /// The same of what it aims at: with who passed, and with what others aim at in countries that
  /// both are of; NaN where it shares none.
  double aims_truth = 0, aims_others = 0;
};

class Planning {
 public:
  /// \throws std::invalid_argument when a member or target does not exist
  Planning(Ground ground, std::vector<Planner> planners, Operations operations, sim::RunKey key);

  /// Morning of a day: meetings, cycles, what comes to work. \returns what posts have beside their
  /// own. \pre days are asked for once each, in order
  [[nodiscard]] Forces begin(std::int32_t day, const CooperationParams& levers,
                             const PlanningParams& setting);
  /// Evening: what was found. \param truth  [target][concern] who passed, or empty
  void learn(std::int32_t day, std::span<const Detection> found,
             std::span<const std::int64_t> truth, const PlanningParams& setting);

  /// What happened since `begin`, in order.
  [[nodiscard]] std::span<const PlanningEvent> events() const { return events_; }
  /// Of the open month, by planner.
  [[nodiscard]] std::vector<PlannerFigures> month(const PlanningParams& setting) const;
  void open_month();
  /// Days from each shock to the first aligned action; -1 = none yet (shock_answers.cpp).
  [[nodiscard]] std::vector<std::int32_t> answer_days() const;
  /// What those who hide are told of today: by target, how much more dangerous posts there are
  /// believed to be; empty = nothing (leaks.cpp). Asked for before `begin` of the day.
  [[nodiscard]] std::vector<double> warnings(std::int32_t day, const PlanningParams& setting) const;

  [[nodiscard]] const Ground& ground() const { return ground_; }
  [[nodiscard]] std::span<const Planner> planners() const { return planners_; }
  [[nodiscard]] const Operations& operations() const { return operations_; }
  [[nodiscard]] const PlanningState& state() const { return state_; }
  /// \throws sim::UserError when it is no state of these organisations
  void set_state(PlanningState state);

 private:
  [[nodiscard]] std::size_t n_targets() const { return ground_.n_targets(); }
  [[nodiscard]] double uniform(std::uint64_t id, std::int32_t day, std::uint16_t index = 0) const;
  [[nodiscard]] std::span<double> row(std::vector<double>& of, std::size_t planner) const {
    return std::span(of).subspan(planner * n_targets(), n_targets());
  }
  [[nodiscard]] std::span<const double> row(const std::vector<double>& of,
                                            std::size_t planner) const {
    return std::span(of).subspan(planner * n_targets(), n_targets());
  }
  /// Whether the two see one another's plans.
  [[nodiscard]] bool see(std::size_t a, std::size_t b) const {
    return state_.in_group[a] != 0 && state_.in_group[b] != 0;
  }
  /// Concerns for which the group acts since its last meeting.
  [[nodiscard]] Mandate mandate() const { return mandate_of(state_.mandate); }
  [[nodiscard]] bool member(std::size_t planner, std::size_t country) const {
    return is_member_[planner * ground_.n_countries + country] != 0;
  }
  void tell(PlanningEventKind kind, std::int32_t day, std::size_t planner, std::int32_t country,
            std::int64_t amount);

  // planning.cpp
  [[nodiscard]] static std::int32_t cycle_length(const Planner& planner,
                                                 const CooperationParams& levers);
  [[nodiscard]] bool plans_today(std::size_t planner, std::int32_t day,
                                 const CooperationParams& levers) const;
  void cycle(std::size_t planner, std::int32_t day, const CooperationParams& levers,
             const PlanningParams& setting);
  void work_on(std::size_t planner, const Worth& worth, const PlanningParams& setting);
  void look_back(std::size_t planner, const PlanningParams& setting);
  [[nodiscard]] std::vector<double> own_values(std::size_t planner,
                                               std::span<const double> forecast,
                                               const Mandate& of = all_concerns) const;
  [[nodiscard]] std::span<const double> forecast(std::size_t planner) const {
    const std::size_t cells = n_targets() * n_concerns;
    return std::span(state_.forecast).subspan(planner * cells, cells);
  }
  /// What targets are worth to it, with the shared picture as far as it follows that.
  [[nodiscard]] Worth aims(std::size_t planner, const CooperationParams& levers) const;
  /// Of these values, what others of its group leave to do.
  [[nodiscard]] Worth left_by_others(std::size_t planner, std::int32_t day,
                                     const CooperationParams& levers, const PlanningParams& setting,
                                     Worth worth) const;
  /// Part of its worth of each target that concerns of the group's mandate have.
  [[nodiscard]] std::vector<double> in_mandate(std::size_t planner) const;
  [[nodiscard]] double aims_with_others(std::size_t planner) const;
  void ask_members(std::size_t planner, std::int32_t day, const Worth& worth,
                   const PlanningParams& setting);
  void carry_out(std::int32_t day);
  // shock_answers.cpp
  void note_shocks(std::int32_t day, const PlanningParams& setting);
  [[nodiscard]] std::vector<double> planned(std::size_t planner,
                                            const PlanningParams& setting) const;
  [[nodiscard]] bool is_answered(const PlannedShock& shock, std::span<const double> before,
                                 const PlanningParams& setting) const;
  // leaks.cpp
  /// What who hides knows of on a day.
  struct Betrayal {
    Betrayed it;
    std::vector<std::uint32_t> targets;
  };
  [[nodiscard]] std::vector<Betrayal> betrayals(std::int32_t day,
                                                const PlanningParams& setting) const;
  void tell_betrayals(std::int32_t day, const PlanningParams& setting);
  [[nodiscard]] double chance_known(std::span<const std::uint16_t> by,
                                    const PlanningParams& setting) const;
  // meetings.cpp
  void hold_meetings(std::int32_t day, const CooperationParams& levers,
                     const PlanningParams& setting);
  void group_meeting(std::int32_t day, const CooperationParams& levers,
                     const PlanningParams& setting);
  void exchange_practice(std::size_t planner, std::int32_t day, const CooperationParams& levers);
  /// \returns countries that learn from another member \param index  of the draws
  std::vector<std::uint16_t> learners(std::size_t planner, std::int32_t day, double chance,
                                      std::span<const std::uint8_t> has, std::uint16_t index) const;
  void start_practice(const PlanningParams& setting);
  // deployment.cpp
  void deploy(ForceMeans& means, std::int32_t day, const PlanningParams& setting);
  void deploy_national(ForceMeans& means, const PlanningParams& setting) const;
  void deploy_operations(ForceMeans& means, std::int32_t day, std::span<const double> at_work,
                         const PlanningParams& setting);
  /// \param at_work  by target, what is there that it does not see
  /// \returns what it does by target that nothing there did
  std::vector<double> deploy_operation(ForceMeans& means, const PlannedOperation& operation,
                                       std::span<const double> at_work,
                                       const PlanningParams& setting);
  /// Part of an operation that who is in another one does not know of.
  [[nodiscard]] double unseen(const PlannedOperation& operation,
                              const PlannedOperation& other) const;
  /// So many positions at a target, over its posts.
  void add_at_target(ForceMeans& means, std::size_t target, double positions) const;
  /// Officers behind the places that a country can move.
  [[nodiscard]] double movable_officers(std::size_t country, const PlanningParams& setting) const;
  /// What a planner has at each target: its officers, the work of its staff, and what members moved
  /// at its request.
  [[nodiscard]] std::vector<double> allocation(std::size_t planner,
                                               const PlanningParams& setting) const;

  Ground ground_;
  std::vector<Planner> planners_;
  Operations operations_;
  sim::RunKey key_;
  std::vector<double> weight_;                        ///< [target] places, or inspections a day
  std::vector<std::vector<std::uint32_t>> posts_of_;  ///< [target] posts, or customs posts
  std::vector<std::uint8_t> is_member_;               ///< [planner][country]
  PlanningState state_;
  std::vector<PlanningEvent> events_;
};

}  // namespace corridor::cooperation
