// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/planning_day.hpp"

#include <cmath>

#include "models/control/secondary.hpp"
#include "models/cooperation/organisations.hpp"
#include "models/cooperation/planning_draws.hpp"
#include "models/scenario/strategy.hpp"
#include "models/simulation/planning_ground.hpp"
#include "models/simulation/settle.hpp"
#include "models/world/world.hpp"
#include "sim/row_text.hpp"

namespace corridor::simulation {
namespace {

using cooperation::TargetKind;

/// Whether somebody was found: protection is no detection.
bool is_found(const control::Candidate& c) {
  return control::held(c.outcome) && c.outcome != control::Outcome::protection &&
         c.threat != control::Threat::none;
}

}  // namespace

cooperation::Planning make_planning(const scenario::Scenario& scenario, const Setup& setup,
                                    const cooperation::Organisations& organisations,
                                    const Actors* actors, sim::RunKey key) {
  cooperation::Ground ground = planning_ground(
      setup.control, scenario.control, setup.travel.countries.size(),
      actors != nullptr ? actors->customs() : nullptr, scenario.cargo, scenario.run.scale);
  // Without a file there are lists, and nobody who plans.
  if (!organisations.from_file) return {std::move(ground), {}, {}, key};
  std::vector<cooperation::Planner> planners = cooperation::planners_of(organisations);
  const world::World world = world::load_world(scenario.data_folder);
  sim::Complaints complaints;
  const sim::RowText text(
      scenario.cooperation.text,
      scenario.source_of("cooperation.file", scenario.cooperation.file, "cooperation.text"),
      complaints);
  // Those of the organisations' file, and those of the strategies that the scenario plays.
  auto rows = text.rows(cooperation::dated_rows::operations,
                        {"from_day", "to_day", "participants", "officers"}, complaints);
  for (const scenario::Strategy& strategy : scenario::read_strategies(scenario, complaints)) {
    rows.insert(rows.end(), strategy.operations.begin(), strategy.operations.end());
  }
  for (cooperation::Planner& p : planners) {
    for (const std::uint16_t c : p.members) {
      const world::Country& country = world.countries[c];
      p.insider += trafficking::insider_risk(
          scenario.trafficking,
          trafficking::corruption_class(country.control_of_corruption, country.corruption_known));
    }
    if (!p.members.empty()) p.insider /= static_cast<double>(p.members.size());
  }
  cooperation::Operations operations;
  if (actors != nullptr) operations.shocks = actors->tables().shocks;
  operations.operations = cooperation::resolve_operations(
      rows, {world, ground, planners, scenario.planning.officers_per_position}, complaints);
  complaints.throw_if_any();
  return {std::move(ground), std::move(planners), std::move(operations), key};
}

std::vector<std::string> planner_names(const scenario::Scenario& scenario, const Setup& setup) {
  const cooperation::Organisations organisations = read_cooperation(scenario, setup);
  std::vector<std::string> names;
  if (!organisations.from_file) return names;
  for (const cooperation::Planner& p : cooperation::planners_of(organisations)) {
    names.push_back(p.code);
  }
  return names;
}

void join_posts(cooperation::Forces& forces, const cooperation::Exchange& exchange,
                const ControlTables& control, const scenario::Scenario& scenario, sim::RunKey key,
                std::int32_t day) {
  const cooperation::PlanningParams& setting = scenario.planning;
  for (std::uint32_t p = 0; p < control.posts.size(); ++p) {
    if (!exchange.joint_post(p, day)) continue;
    forces.posts.resize(control.posts.size());
    cooperation::PostForces& post = forces.posts[p];
    post.joint = true;
    const sim::Block b =
        sim::draw(key, sim::Purpose::planning, cooperation::draws::joint_post | p, day);
    post.reviewers += static_cast<std::int32_t>(
        std::floor(setting.joint_reviewers *
                       control::reviewers_for(control.posts[p].places, scenario.control) +
                   sim::uniform32(b[0])));
    cooperation::add_gain(post.flag_gain, setting.joint_judgement);
    cooperation::add_gain(post.hit_gain, setting.joint_judgement);
  }
}

std::vector<cooperation::Detection> detections_of(std::span<const control::Candidate> settled,
                                                  std::span<const control::Candidate> goods,
                                                  double weight, const ControlTables& control) {
  std::vector<cooperation::Detection> found;
  const auto ordinary = static_cast<std::int32_t>(std::lround(weight));
  const auto add = [&](const control::Candidate& c, std::size_t target, std::int32_t times) {
    found.push_back({c.trip, static_cast<std::uint32_t>(target), concern_of(c.threat), times});
  };
  for (const control::Candidate& c : settled) {
    if (!is_found(c)) continue;
    const PostRow& post = control.posts[c.post];
    add(c, cooperation::target_of(post.country, TargetKind{post.kind}),
        travel::is_injected(c.trip) ? 1 : ordinary);
  }
  for (const control::Candidate& c : goods) {
    if (is_found(c)) {
      add(c, cooperation::target_of(cargo::CargoTables::country_of(c.post), TargetKind::customs),
          1);
    }
  }
  return found;
}

std::vector<std::int64_t> truth_of(const std::array<std::vector<std::int64_t>, 2>& by_post,
                                   double weight, const ControlTables& control,
                                   std::size_t n_countries) {
  std::vector<std::int64_t> truth(n_countries * cooperation::n_target_kinds *
                                  cooperation::n_concerns);
  for (std::size_t p = 0; p < control.posts.size(); ++p) {
    const PostRow& post = control.posts[p];
    const std::size_t target = cooperation::target_of(post.country, TargetKind{post.kind});
    for (std::size_t t = 1; t < control::n_threats; ++t) {
      const auto concern = static_cast<std::size_t>(concern_of(static_cast<control::Threat>(t)));
      const std::size_t cell = p * control::n_threats + t;
      truth[target * cooperation::n_concerns + concern] +=
          std::llround(weight * static_cast<double>(by_post[0][cell])) + by_post[1][cell];
    }
  }
  return truth;
}

}  // namespace corridor::simulation
