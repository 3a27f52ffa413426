// SPDX-License-Identifier: Apache-2.0
/// \file actor_help.cpp  What organisations do to money and between posts.
///
/// Between posts. A land load that a customs post would meet goes round it with chance
///
///     b = off_post r / (r + c),     r perceived risk of its edge, c chance that patrols find it
///
/// (keyed by consignment); there it is seized with chance c. So pressure at posts shifts goods
/// between them, and patrols shift them back. Of fighters see Fighters::set_patrol.
///
/// Money. Links l between financial intelligence units raise the hazard of investigations by the
/// factor 1 + gain l exp(-delay / moves): an order that takes `delay` days finds the share of the
/// money that has not moved. Asset recovery a makes courts take the share a gain of what they would
/// give back. A facilitator is a common target with chance t (keyed); one of the people of each is
/// then arrested with chance `arrest_rate` a month.
///
/// Warnings. A gateway is believed to be as dangerous as what is told of any of its country's
/// posts of travellers; a way of goods as what is told of the posts at its end: customs, or
/// airports for couriers.
///
/// Neutral values change nothing. Checked in tests/models/simulation/test_actor_help.cpp.
#include <algorithm>

#include "models/cooperation/forces.hpp"
#include "models/cooperation/ground.hpp"
#include "models/simulation/actors.hpp"
#include "sim/math.hpp"

namespace corridor::simulation {
namespace {

// Ids of facilitators; consignments keep theirs. Indexes tell decisions apart.
constexpr std::uint64_t facilitator_id = 0xffff'fffb'0000'0000ULL;
enum Index : std::uint16_t { target = 0, arrest = 1, going_round = 2 };

}  // namespace

void Actors::help(const cooperation::CooperationParams& levers,
                  const cooperation::PlanningParams& setting) {
  help_.patrol = setting.patrol_coverage * setting.patrol_finds;
  help_.off_post = setting.patrol_off_post;
  help_.targets = levers.finance_common_targets;
  help_.arrest_rate = setting.arrest_rate;
  if (fighters_) fighters_->set_patrol(help_.patrol);
  const double in_time =
      sim::exp(-static_cast<double>(levers.finance_freeze_delay_days) / setting.money_moves_days);
  money_->set_help(1 + setting.link_gain * levers.finance_fiu_links * in_time,
                   setting.recovery_gain * levers.finance_asset_recovery);
}

void Actors::warn(const std::vector<double>& by_target) {
  using cooperation::TargetKind;
  const auto told = [&](std::size_t country, TargetKind kind) {
    return by_target[cooperation::target_of(country, kind)];
  };
  if (fighters_) {
    std::vector<double> by_country(by_target.size() / cooperation::n_target_kinds);
    for (std::size_t c = 0; c < by_country.size(); ++c) {
      by_country[c] =
          std::max({told(c, TargetKind::air), told(c, TargetKind::land), told(c, TargetKind::sea)});
    }
    fighters_->set_warnings(std::move(by_country));
  }
  if (!trade_) return;
  std::vector<double> by_edge;
  if (!by_target.empty()) {
    for (const trafficking::CargoEdge& e : trade_->tables().graph.edges()) {
      by_edge.push_back(told(e.destination, e.mode == trafficking::CargoMode::air_courier
                                                ? TargetKind::air
                                                : TargetKind::customs));
    }
  }
  trade_->set_warnings(std::move(by_edge));
}

std::vector<trafficking::ConsignmentOutcome> Actors::between_posts(
    std::int32_t day, std::vector<trafficking::Consignment>& goods) const {
  std::vector<trafficking::ConsignmentOutcome> outcomes;
  if (!(help_.off_post > 0)) return outcomes;
  const cargo::CargoTables& customs = cargo_->tables();
  std::erase_if(goods, [&](const trafficking::Consignment& c) {
    if (c.mode != trafficking::CargoMode::land || !customs.controlled(c.origin, c.destination)) {
      return false;
    }
    const std::uint32_t edge = trade_->tables().graph.find(c.origin, c.destination, c.mode);
    const auto& routes = trade_->state().routes;
    const auto known =
        std::find_if(routes.begin(), routes.end(), [&](const trafficking::RouteRow& r) {
          return r.edge == edge && r.organisation == c.organisation && r.substance == c.substance;
        });
    const double risk = known == routes.end() ? trade_->tables().prior_risk : known->risk;
    if (!(risk > 0)) return false;
    const sim::Block b = sim::draw(key_, sim::Purpose::planning, c.id, day, going_round);
    if (!(sim::uniform32(b[0]) < help_.off_post * risk / (risk + help_.patrol))) return false;
    const bool found = sim::uniform32(b[1]) < help_.patrol;
    outcomes.push_back(
        {c.id, day, found ? c.grams : 0, c.destination,
         found ? trafficking::ConsignmentEnd::seized : trafficking::ConsignmentEnd::delivered});
    return true;
  });
  return outcomes;
}

void Actors::arrest_common_targets(std::int32_t day) {
  if (!(help_.targets > 0)) return;
  for (std::uint32_t f = 0; f < money_->actors().facilitators.size(); ++f) {
    const auto u = [&](Index index, std::int32_t of_day) {
      return sim::uniform32(
          sim::draw(key_, sim::Purpose::planning, facilitator_id | f, of_day, index)[0]);
    };
    if (u(target, 0) < help_.targets && u(arrest, day) < help_.arrest_rate) {
      money_->arrest_facilitator(f, day);
    }
  }
}

}  // namespace corridor::simulation
