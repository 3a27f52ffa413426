// SPDX-License-Identifier: Apache-2.0
/// \file deployment.cpp  From plans to posts: officers of organisations, places that countries
/// moved, operations, and work that is done twice.
#include <algorithm>
#include <cmath>

#include "models/cooperation/planning.hpp"
#include "models/cooperation/planning_draws.hpp"

namespace corridor::cooperation {

void Planning::add_at_target(ForceMeans& means, std::size_t target, double positions) const {
  if (!(weight_[target] > 0)) return;
  for (const std::uint32_t p : posts_of_[target]) {
    if (kind_of(target) == TargetKind::customs) {
      const double own = ground_.customs[p].inspections_day;
      means.customs[p].inspections_day += positions * own / weight_[target];
    } else {
      add_positions(means, ground_, p, positions * ground_.posts[p].places / weight_[target]);
    }
  }
}

void Planning::deploy_national(ForceMeans& means, const PlanningParams& setting) const {
  for (std::size_t c = 0; c < ground_.n_countries; ++c) {
    if (state_.national_by[c] < 0) continue;
    double places = 0;
    for (std::size_t k = 0; k < 3; ++k) places += weight_[c * n_target_kinds + k];
    const double moved = setting.mobile_share * places;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t t = c * n_target_kinds + k;
      if (!(weight_[t] > 0)) continue;
      const double change = moved * (state_.national[3 * c + k] - weight_[t] / places);
      add_at_target(means, t, change * (1 + ground_.reviewers_per_place));
    }
  }
}

void Planning::deploy(ForceMeans& means, std::int32_t day, const PlanningParams& setting) {
  if (planners_.empty()) return;
  deploy_national(means, setting);
  std::vector<double> at_work(n_targets(), 0);
  std::vector<std::vector<double>> shown;  // of what it has at each target, to fellows
  for (std::size_t p = 0; p < planners_.size(); ++p) shown.push_back(in_mandate(p));
  for (std::size_t t = 0; t < n_targets(); ++t) {
    for (std::size_t p = 0; p < planners_.size(); ++p) {
      const double mine = row(state_.now, p)[t];
      if (!(mine > 0)) continue;
      double same = 0;
      for (std::size_t q = 0; q < p; ++q) {
        const double unseen = see(p, q) ? 1 - shown[p][t] : 1;
        same = std::max(same, unseen * std::min(mine, row(state_.now, q)[t]));
      }
      const double twice = setting.same_work * same;
      state_.month[p].duplicated += static_cast<std::int64_t>(std::floor(1000 * twice + 0.5));
      at_work[t] += mine - twice;
    }
    if (at_work[t] > 0) add_at_target(means, t, at_work[t] / setting.officers_per_position);
  }
  deploy_operations(means, day, at_work, setting);
  for (std::size_t p = 0; p < ground_.posts.size(); ++p) {
    if (state_.rules_learned[ground_.posts[p].country] != 0)
      add_gain(means.posts[p].flag_gain, setting.practice_rules_gain);
    if (state_.learned[ground_.posts[p].country] == 0) continue;
    add_gain(means.posts[p].review_gain, setting.practice_gain);
    for (double& g : means.posts[p].inspection_gain) add_gain(g, setting.practice_gain);
  }
  for (std::size_t p = 0; p < ground_.customs.size(); ++p) {
    if (state_.rules_learned[ground_.customs[p].country] != 0)
      add_gain(means.customs[p].flag_gain, setting.practice_rules_gain);
    if (state_.learned[ground_.customs[p].country] == 0) continue;
    add_gain(means.customs[p].review_gain, setting.practice_gain);
    add_gain(means.customs[p].inspection_gain, setting.practice_gain);
  }
}

void Planning::deploy_operations(ForceMeans& means, std::int32_t day,
                                 std::span<const double> at_work, const PlanningParams& setting) {
  struct Begun {
    const PlannedOperation* operation;
    std::vector<double> does;
  };
  std::vector<Begun> before;
  for (const PlannedOperation& operation : operations_.operations) {
    if (operation.on(day)) {
      if (day == operation.from_day) {
        tell(PlanningEventKind::operation, day, operation.participants.front(), -1,
             static_cast<std::int64_t>(operation.officers));
      }
      std::vector<double> there(at_work.begin(), at_work.end());
      for (const Begun& other : before) {
        const double part = unseen(*other.operation, operation);
        for (std::size_t t = 0; t < there.size(); ++t) there[t] += part * other.does[t];
      }
      before.push_back({&operation, deploy_operation(means, operation, there, setting)});
    } else if (day == operation.to_day + 1) {
      tell(PlanningEventKind::operation, day, operation.participants.front(), -1, 0);
    }
  }
}

double Planning::unseen(const PlannedOperation& operation, const PlannedOperation& other) const {
  if (operation.deconflict || other.deconflict) return 0;
  const bool seen = std::ranges::any_of(operation.participants, [&](std::uint16_t p) {
    return std::ranges::any_of(other.participants, [&](std::uint16_t q) { return see(p, q); });
  });
  if (!seen) return 1;
  const Mandate shown = mandate();
  double outside = 0, all = 0;
  for (std::size_t c = 0; c < n_concerns; ++c) {
    all += operation.concerns[c] ? 1 : 0;
    outside += operation.concerns[c] && !shown[c] ? 1 : 0;
  }
  return all > 0 ? outside / all : 0;
}

std::vector<double> Planning::deploy_operation(ForceMeans& means, const PlannedOperation& operation,
                                               std::span<const double> at_work,
                                               const PlanningParams& setting) {
  const auto is_target = [&](std::size_t t) {
    return std::binary_search(operation.targets.begin(), operation.targets.end(), t);
  };
  double here = 0;
  for (const std::uint32_t t : operation.targets) here += weight_[t];
  double twice = 0;
  std::vector<double> does(n_targets(), 0);
  for (const std::uint32_t t : operation.targets) {
    const double sent = operation.officers * weight_[t] / here;
    const double same = operation.deconflict ? 0 : setting.same_work * std::min(sent, at_work[t]);
    twice += same;
    does[t] = sent - same;
    add_at_target(means, t, does[t] / setting.officers_per_position);
    for (const std::uint32_t p : posts_of_[t]) {
      if (kind_of(t) == TargetKind::customs) {
        if (operation.concerns[static_cast<std::size_t>(Concern::drugs)]) {
          add_gain(means.customs[p].inspection_gain, setting.operation_gain);
        }
        continue;
      }
      for (std::size_t c = 0; c < n_concerns; ++c) {
        if (operation.concerns[c])
          add_gain(means.posts[p].inspection_gain[c], setting.operation_gain);
      }
    }
  }
  // Taken from the other posts of those who send them.
  const auto sends = [&](std::size_t country) {
    return std::any_of(operation.participants.begin(), operation.participants.end(),
                       [&](std::uint16_t p) { return member(p, country); });
  };
  double elsewhere = 0;
  const auto each_other = [&](auto&& use) {
    for (std::size_t c = 0; c < ground_.n_countries; ++c) {
      if (!sends(c)) continue;
      for (std::size_t k = 0; k < 3; ++k) {
        const std::size_t t = c * n_target_kinds + k;
        if (weight_[t] > 0 && !is_target(t)) use(t);
      }
    }
  };
  each_other([&](std::size_t t) { elsewhere += weight_[t]; });
  const double positions = operation.officers / setting.officers_per_position;
  if (elsewhere > 0) {
    each_other(
        [&](std::size_t t) { add_at_target(means, t, -positions * weight_[t] / elsewhere); });
  }
  // Who sends them bears it: of a country of several participants each an equal part.
  std::vector<double> part(planners_.size(), 0);
  for (std::size_t c = 0; c < ground_.n_countries && elsewhere > 0; ++c) {
    if (!sends(c)) continue;
    double here_too = 0, taken = 0;
    for (const std::uint16_t p : operation.participants) here_too += member(p, c) ? 1 : 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t t = c * n_target_kinds + k;
      if (weight_[t] > 0 && !is_target(t)) taken += weight_[t] / elsewhere;
    }
    for (const std::uint16_t p : operation.participants)
      part[p] += member(p, c) ? taken / here_too : 0;
  }
  const auto whole = [](double x) { return static_cast<std::int64_t>(std::floor(x + 0.5)); };
  for (const std::uint16_t p : operation.participants) {
    PlannerMonth& month = state_.month[p];
    month.officer_days += whole(1000 * operation.officers * part[p]);
    month.duplicated += whole(1000 * twice * part[p]);
    month.cost_usd += whole(operation.officers * setting.cost_officer_day * part[p]);
  }
  return does;
}

double Planning::movable_officers(std::size_t country, const PlanningParams& setting) const {
  double places = 0;
  for (std::size_t k = 0; k < 3; ++k) places += weight_[country * n_target_kinds + k];
  return setting.mobile_share * places * (1 + ground_.reviewers_per_place) *
         setting.officers_per_position;
}

std::vector<double> Planning::allocation(std::size_t planner, const PlanningParams& setting) const {
  std::vector<double> at(row(state_.now, planner).begin(), row(state_.now, planner).end());
  // Its staff: days of a cycle, as officers of a month.
  constexpr double days_a_month = 30;
  for (std::size_t t = 0; t < at.size(); ++t) {
    if (state_.worked[planner * n_targets() + t] != 0) at[t] += setting.package_days / days_a_month;
  }
  for (std::size_t c = 0; c < ground_.n_countries; ++c) {
    if (state_.national_by[c] != static_cast<std::int32_t>(planner)) continue;
    const double officers = movable_officers(c, setting);
    for (std::size_t k = 0; k < 3; ++k) {
      at[c * n_target_kinds + k] += officers * state_.national[3 * c + k];
    }
  }
  return at;
}

}  // namespace corridor::cooperation
