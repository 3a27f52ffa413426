// SPDX-License-Identifier: Apache-2.0
/// \file assistance.hpp  What is lent and joined whatever organisations plan: officers, scanners,
/// training for posts of lower income, task forces. Analysts: joining.hpp.
///
/// Lent officers and scanners are at work `travel_days` after the lever rises, a course is applied
/// `learning_days` later still; all leave at once when it falls. With x officers, n positions o
/// each (o officers_per_position):
///
///     positions = x / o,  places + positions / (1 + r), reviewers + r positions / (1 + r)
///
/// spread over posts of lower income by their places (r reviewers per place). They work beside
/// national officers, who alone arrest. A fraction of a place is a keyed draw of post and day.
/// Scanners stand at customs of lower income, the largest first, each post until all its
/// inspections are served; the gain is scanner_gain times the share that is, and each makes
/// `scanner_more` further inspections a day possible. A course of day c
/// raises review and inspection there by
///
///     g(d) = g0 2^(-(d - c) / half_life)
///
/// Task forces: the first ceil(share n) hubs by size: at airports, places and a gain on drugs and
/// cash; at customs of seaports, inspections and a gain.
///
/// Kept simple. Lent officers are nowhere missed: they come from reserves of their countries.
/// Checked in tests/models/cooperation/test_assistance.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/cooperation/cooperation_params.hpp"
#include "models/cooperation/forces.hpp"
#include "models/cooperation/ground.hpp"
#include "models/cooperation/planning_params.hpp"
#include "sim/random.hpp"

namespace corridor::cooperation {

enum class Aid : std::uint8_t { officers, scanners, training };

/// What was lent at once: at work from a day on.
struct Loan {
  double amount = 0;
  std::int32_t from_day = 0;
  Aid aid = Aid::officers;
  std::array<std::uint8_t, 3> unused{};  ///< no padding
};

/// A value: what is lent, in the order in which it was.
struct Loans {
  std::vector<Loan> rows;
  template <class A>
  void visit(A& a) {
    a(rows);
  }

  /// Notes how the levers stand today.
  void note(std::int32_t day, const CooperationParams& levers);
  /// \returns what has arrived by that day
  [[nodiscard]] double at_work(Aid aid, std::int32_t day) const;
  /// Of courses, what is not forgotten by then.
  [[nodiscard]] double trained(std::int32_t day, double half_life_days) const;

 private:
  void note(Aid aid, double lent, std::int32_t day, std::int64_t until_at_work);
};

/// Real-valued additions of a day; the mean of what `rounded` draws.
struct ForceMeans {
  struct Post {
    double places = 0, reviewers = 0, review_gain = 0, flag_gain = 0;
    std::array<double, n_concerns> inspection_gain{};
  };
  std::vector<Post> posts;
  std::vector<CustomsForces> customs;
  explicit ForceMeans(const Ground& ground)
      : posts(ground.posts.size()), customs(ground.customs.size()) {}
};

/// So many positions at a post, split into places and reviewers as its own are.
void add_positions(ForceMeans& means, const Ground& ground, std::size_t post, double positions);

/// Adds what loans and task forces give on a day.
void add_assistance(ForceMeans& means, const Ground& ground, const Loans& loans,
                    const CooperationParams& levers, const PlanningParams& setting,
                    std::int32_t day);

/// Whole places and reviewers: floor(x + u), u a keyed draw of post and day; inspections of goods
/// as many as the scale simulates. Empty when nothing is added anywhere.
[[nodiscard]] Forces rounded(const ForceMeans& means, const Ground& ground, sim::RunKey key,
                             std::int32_t day);

}  // namespace corridor::cooperation
