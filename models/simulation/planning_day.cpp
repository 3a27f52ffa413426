// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/planning_day.hpp"

#include <cmath>
#include <optional>

#include "models/control/secondary.hpp"
#include "models/cooperation/organisations.hpp"
#include "models/cooperation/planning_draws.hpp"
#include "models/scenario/timeline.hpp"
#include "models/simulation/planning_ground.hpp"
#include "models/simulation/settle.hpp"
#include "models/world/world.hpp"

namespace corridor::simulation {
namespace {

using cooperation::TargetKind;

/// Whether somebody was found: protection is no detection.
bool is_found(const control::Candidate& c) {
  return control::held(c.outcome) && c.outcome != control::Outcome::protection &&
         c.threat != control::Threat::none;
}

cooperation::Ground ground_of(const scenario::Scenario& scenario, const Setup& setup,
                              const cargo::CargoTables* customs) {
  return planning_ground(setup.control, scenario.control, setup.travel.countries.size(), customs,
                         scenario.cargo, scenario.run.scale);
}

std::vector<scenario::OperationRow> operations_of(const scenario::Scenario& scenario,
                                                  sim::Complaints& complaints) {
  return scenario::all_operations(scenario, scenario::read_strategies(scenario, complaints),
                                  complaints);
}

/// Values of day 0 and of each day of the run on which some change.
std::vector<scenario::Scenario> values_of_days(const scenario::Scenario& scenario) {
  const scenario::Timeline timeline(scenario);
  std::vector<scenario::Scenario> values{timeline.at(0)};
  for (const std::int64_t day : timeline.days()) {
    if (day < scenario.run.days) values.push_back(timeline.at(day));
  }
  return values;
}

}  // namespace

cooperation::Planning make_planning(const scenario::Scenario& scenario, const Setup& setup,
                                    const cooperation::Organisations& organisations,
                                    const Actors* actors, sim::RunKey key) {
  cooperation::Ground ground =
      ground_of(scenario, setup, actors != nullptr ? actors->customs() : nullptr);
  // Without a file there are lists, and nobody who plans.
  if (!organisations.from_file) return {std::move(ground), {}, {}, key};
  std::vector<cooperation::Planner> planners = cooperation::planners_of(organisations);
  const world::World world = world::load_world(scenario.data_folder);
  sim::Complaints complaints;
  const auto rows = operations_of(scenario, complaints);
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
  const std::vector<std::string> others = cooperation::not_planning(organisations);
  operations.operations = cooperation::resolve_operations(
      rows, {world, ground, planners, scenario.planning.officers_per_position, others}, complaints);
  complaints.throw_if_any();
  return {std::move(ground), std::move(planners), std::move(operations), key};
}

void check_operations(const scenario::Scenario& scenario, const Setup* given) {
  sim::Complaints complaints;
  const auto rows = operations_of(scenario, complaints);
  complaints.throw_if_any();
  if (rows.empty()) return;
  std::optional<Setup> made;
  if (given == nullptr) made = make_setup(scenario, {}, Names::places);
  const Setup& setup = made ? *made : *given;
  const cooperation::Organisations organisations = read_cooperation(scenario, setup);
  if (!organisations.from_file) {
    for (const auto& row : rows) {
      complaints.add(row.place_of("participants"),
                     "operation.participants: nobody can take part, since no organisation is in "
                     "cooperation.file");
    }
    complaints.throw_if_any();
  }
  const std::vector<cooperation::Planner> planners = cooperation::planners_of(organisations);
  const world::World world = world::load_world(scenario.data_folder);
  const std::vector<std::string> others = cooperation::not_planning(organisations);
  const auto actors = read_actors(scenario);
  std::optional<cargo::CargoTables> customs;
  if (actors && actors->trafficking) customs = cargo_tables(cargo_setting(scenario), world);
  for (const scenario::Scenario& of_day : values_of_days(scenario)) {
    const cooperation::Ground ground = ground_of(of_day, setup, customs ? &*customs : nullptr);
    sim::Complaints wrong;
    (void)cooperation::resolve_operations(
        rows, {world, ground, planners, of_day.planning.officers_per_position, others}, wrong);
    complaints.take(std::move(wrong));
  }
  complaints.throw_if_any();
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
