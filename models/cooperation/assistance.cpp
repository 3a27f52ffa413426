// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/assistance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/cooperation/planning_draws.hpp"
#include "sim/math.hpp"

namespace corridor::cooperation {
namespace {

void add_officers(ForceMeans& means, const Ground& ground, double positions) {
  double all = 0;
  for (const PostPlace& p : ground.posts) all += p.lower_income ? p.places : 0;
  if (!(all > 0)) return;
  for (std::size_t p = 0; p < ground.posts.size(); ++p) {
    if (!ground.posts[p].lower_income) continue;
    add_positions(means, ground, p, positions * ground.posts[p].places / all);
  }
}

void add_scanners(ForceMeans& means, const Ground& ground, double scanners,
                  const PlanningParams& setting) {
  std::vector<std::size_t> order;
  for (std::size_t p = 0; p < ground.customs.size(); ++p) {
    const CustomsPlace& post = ground.customs[p];
    if (post.lower_income && post.inspections_day > 0) order.push_back(p);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return ground.customs[a].inspections_day > ground.customs[b].inspections_day;
  });
  for (const std::size_t p : order) {
    const double wanted = ground.customs[p].inspections_day / setting.scanner_inspections;
    const double given = std::min(wanted, scanners);
    if (!(given > 0)) return;
    add_gain(means.customs[p].inspection_gain, setting.scanner_gain * given / wanted);
    means.customs[p].inspections_day += setting.scanner_more * given;
    scanners -= given;
  }
}

void add_training(ForceMeans& means, const Ground& ground, double gain) {
  if (!(gain > 0)) return;
  for (std::size_t p = 0; p < ground.posts.size(); ++p) {
    if (!ground.posts[p].lower_income) continue;
    add_gain(means.posts[p].review_gain, gain);
    for (double& g : means.posts[p].inspection_gain) add_gain(g, gain);
  }
  for (std::size_t p = 0; p < ground.customs.size(); ++p) {
    if (!ground.customs[p].lower_income) continue;
    add_gain(means.customs[p].review_gain, gain);
    add_gain(means.customs[p].inspection_gain, gain);
  }
}

/// The first so many of n hubs.
std::int32_t first_hubs(double share, std::int32_t n) {
  return static_cast<std::int32_t>(std::ceil(share * n));
}

void add_task_forces(ForceMeans& means, const Ground& ground, const CooperationParams& levers,
                     const PlanningParams& setting) {
  const std::int32_t airports = first_hubs(levers.task_forces_airports, ground.n_hub_airports),
                     ports = first_hubs(levers.task_forces_ports, ground.n_hub_ports);
  for (std::size_t p = 0; p < ground.posts.size(); ++p) {
    if (ground.posts[p].hub_rank < 0 || ground.posts[p].hub_rank >= airports) continue;
    ForceMeans::Post& post = means.posts[p];
    post.places += setting.task_force_places;
    post.reviewers += setting.task_force_places * ground.reviewers_per_place;
    for (const Concern c : {Concern::drugs, Concern::finance}) {
      add_gain(post.inspection_gain[static_cast<std::size_t>(c)], setting.task_force_gain);
    }
  }
  for (std::size_t p = 0; p < ground.customs.size(); ++p) {
    if (ground.customs[p].hub_rank < 0 || ground.customs[p].hub_rank >= ports) continue;
    means.customs[p].inspections_day += setting.task_force_inspections;
    add_gain(means.customs[p].inspection_gain, setting.task_force_gain);
  }
}

}  // namespace

void Loans::note(Aid aid, double lent, std::int32_t day, std::int64_t until_at_work) {
  double known = 0;
  for (const Loan& row : rows) known += row.aid == aid ? row.amount : 0;
  constexpr double rounding = 1e-9;  // of sums of amounts
  double leaving = known - lent;
  if (std::abs(leaving) <= rounding * lent) return;
  if (leaving < 0) {
    rows.push_back({-leaving, day + static_cast<std::int32_t>(until_at_work), aid, {}});
    return;
  }
  // Who came last leaves first.
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (row->aid != aid) continue;
    const double some = std::min(row->amount, leaving);
    row->amount -= some;
    leaving -= some;
  }
  std::erase_if(rows, [](const Loan& row) { return !(row.amount > 0); });
}

void Loans::note(std::int32_t day, const CooperationParams& levers) {
  const std::int64_t travel = levers.assistance_travel_days;
  note(Aid::officers, levers.assistance_officers, day, travel);
  note(Aid::scanners, levers.assistance_scanners, day, travel);
  note(Aid::training, levers.assistance_training, day, travel + levers.learning_days);
}

double Loans::at_work(Aid aid, std::int32_t day) const {
  double sum = 0;
  for (const Loan& row : rows) sum += row.aid == aid && row.from_day <= day ? row.amount : 0;
  return sum;
}

double Loans::trained(std::int32_t day, double half_life_days) const {
  constexpr double ln_2 = 0.69314718055994530942;
  double missed = 1;
  for (const Loan& row : rows) {
    if (row.aid != Aid::training || row.from_day > day) continue;
    missed *= 1 - row.amount * sim::exp(-ln_2 * (day - row.from_day) / half_life_days);
  }
  return 1 - missed;
}

void add_positions(ForceMeans& means, const Ground& ground, std::size_t post, double positions) {
  const double r = ground.reviewers_per_place;
  means.posts[post].places += positions / (1 + r);
  means.posts[post].reviewers += r * positions / (1 + r);
}

void add_assistance(ForceMeans& means, const Ground& ground, const Loans& loans,
                    const CooperationParams& levers, const PlanningParams& setting,
                    std::int32_t day) {
  if (!loans.rows.empty()) {
    add_officers(means, ground, loans.at_work(Aid::officers, day) / setting.officers_per_position);
    add_scanners(means, ground, loans.at_work(Aid::scanners, day), setting);
    add_training(means, ground,
                 loans.trained(day, static_cast<double>(levers.training_half_life_days)));
  }
  add_task_forces(means, ground, levers, setting);
}

Forces rounded(const ForceMeans& means, const Ground& ground, sim::RunKey key, std::int32_t day) {
  Forces forces;
  forces.posts.resize(means.posts.size());
  forces.customs = means.customs;
  for (CustomsForces& c : forces.customs) c.inspections_day *= ground.goods_scale;
  bool any = std::any_of(means.customs.begin(), means.customs.end(),
                         [](const CustomsForces& c) { return c != CustomsForces{}; });
  for (std::size_t p = 0; p < means.posts.size(); ++p) {
    const ForceMeans::Post& mean = means.posts[p];
    PostForces& post = forces.posts[p];
    if (mean.places != 0 || mean.reviewers != 0) {
      const sim::Block b = sim::draw(key, sim::Purpose::planning, draws::post | p, day);
      post.places = static_cast<std::int32_t>(std::floor(mean.places + sim::uniform32(b[0])));
      post.reviewers = static_cast<std::int32_t>(std::floor(mean.reviewers + sim::uniform32(b[1])));
    }
    post.review_gain = mean.review_gain;
    post.flag_gain = mean.flag_gain;
    post.inspection_gain = mean.inspection_gain;
    any = any || post != PostForces{};
  }
  return any ? forces : Forces{};
}

}  // namespace corridor::cooperation
