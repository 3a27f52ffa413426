// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/cargo_settle.hpp"

#include <algorithm>
#include <cmath>

namespace corridor::simulation {
namespace {

// Hours of work belong to customs posts: ids that no trip, consignment or post of travellers has.
constexpr std::uint64_t work_id = 0xffff'fffd'0000'0000ULL;

control::SecondarySettings settings_of(const cargo::CargoParams& p) {
  control::SecondarySettings s;
  s.review_minutes = static_cast<std::int32_t>(std::floor(p.review_minutes + 0.5));
  s.inspection_minutes = static_cast<std::int32_t>(std::floor(p.inspection_minutes + 0.5));
  s.random_floor = p.random_floor;
  s.forward_threat = p.forward_threat;
  s.forward_innocent = p.forward_innocent;
  s.confirm_match = p.confirm_match;
  s.confirm_false = p.confirm_false;
  s.sensitivity[static_cast<std::size_t>(control::Threat::contraband)] = p.sensitivity;
  s.specificity = p.specificity;
  return s;
}

}  // namespace

CargoSettlement::CargoSettlement(const cargo::CargoTables& tables, const cargo::CargoParams& params,
                                 sim::RunKey key)
    : tables_(tables),
      key_(key),
      reviews_per_inspection_(params.reviews_per_inspection),
      settings_(settings_of(params)) {
  const std::array<control::Standing, cargo::n_income_classes> standings{
      {{params.scanners_low, params.scanner_gain, params.ignored_low},
       {params.scanners_middle, params.scanner_gain, params.ignored_middle},
       {params.scanners_high, params.scanner_gain, params.ignored_high}}};
  for (std::uint32_t p = 0; p < tables.posts.size(); ++p) {
    const auto k = static_cast<std::size_t>(tables.posts[p].income_class);
    of_posts_.push_back(control::settings_at(settings_, standings[k], key, customs_post_base + p));
  }
}

control::Capacity CargoSettlement::capacity(std::uint32_t post, std::int32_t day,
                                            const cooperation::CustomsForces& forces) const {
  const cargo::CustomsPost& p = tables_.posts[post];
  const double inspections = p.rows_day * p.inspected_share + forces.inspections_day;
  if (!(inspections > 0)) return {};
  const sim::Block b = sim::draw(key_, sim::Purpose::review, work_id | post, day);
  const double today = std::floor(inspections + sim::uniform32(b[0]));
  const double teams = today * settings_.inspection_minutes / 60;
  const double reviewers = reviews_per_inspection_ * today * settings_.review_minutes / 60;
  return {static_cast<std::int32_t>(std::ceil(reviewers)),
          static_cast<std::int32_t>(std::floor(teams + sim::uniform32(b[1])))};
}

void CargoSettlement::run(std::vector<control::Candidate>& candidates, CargoState& state,
                          std::array<CargoCounts, cargo::n_modes>& modes, sim::Workers& workers,
                          const cooperation::Forces& forces) const {
  for (control::Candidate& c : candidates) c.post += customs_post_base;
  std::sort(candidates.begin(), candidates.end(), control::before_in_day);
  const auto n_posts = static_cast<std::uint32_t>(tables_.posts.size());
  std::vector<std::size_t> first(n_posts + 1U, 0);
  for (const control::Candidate& c : candidates) ++first[c.post - customs_post_base + 1U];
  for (std::uint32_t p = 0; p < n_posts; ++p) first[p + 1] += first[p];

  std::vector<std::array<control::SecondaryCounts, cargo::n_modes>> parts(
      static_cast<std::size_t>(workers.count()));
  constexpr std::uint32_t chunk = 32;
  workers.run((n_posts + chunk - 1) / chunk, [&](std::size_t unit, int worker) {
    const auto begin = static_cast<std::uint32_t>(unit) * chunk;
    for (std::uint32_t p = begin; p < std::min(n_posts, begin + chunk); ++p) {
      control::Carry carry{state.review_carry[p], state.inspection_carry[p]};
      const std::size_t n = first[p + 1] - first[p];
      if (n == 0 && carry.none()) continue;
      const cooperation::CustomsForces here = forces.at_customs(p);
      control::SecondarySettings settings = of_posts_[p];
      settings.forward_threat = cooperation::raised(
          cooperation::raised(settings.forward_threat, here.review_gain), here.flag_gain);
      settings.forward_innocent = cooperation::spared(settings.forward_innocent, here.flag_gain);
      double& finds = settings.sensitivity[static_cast<std::size_t>(control::Threat::contraband)];
      finds = cooperation::raised(finds, here.inspection_gain);
      parts[static_cast<std::size_t>(worker)]
           [static_cast<std::size_t>(cargo::CargoTables::mode_of(p))] +=
          control::settle_secondary(std::span(candidates).subspan(first[p], n),
                                    capacity(p, state.day, here), carry, settings, key_, state.day);
      state.review_carry[p] = carry.review;
      state.inspection_carry[p] = carry.inspection;
    }
  });
  for (const auto& part : parts) {
    for (std::size_t m = 0; m < cargo::n_modes; ++m) modes[m].secondary += part[m];
  }
  for (control::Candidate& c : candidates) c.post -= customs_post_base;
}

}  // namespace corridor::simulation
