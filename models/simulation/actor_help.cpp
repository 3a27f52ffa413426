// SPDX-License-Identifier: Apache-2.0
/// \file actor_help.cpp  What organisations do to money and between posts.
///
/// Between posts. A land load that a customs post would meet, and a courier to a country beside his
/// own that checks him, goes round the posts with chance
///
///     b = off_post r / (r + c),     r perceived risk of its edge, c chance that patrols find it
///
/// (keyed by consignment), over a green border or a coast; there it is seized with chance c. So
/// pressure at posts shifts goods between them, and patrols shift them back. Of fighters see
/// fighters/choice.hpp. Couriers of cash, who have no belief of an edge, keep to posts.
///
/// Money. Links l between financial intelligence units raise the hazard of investigations by the
/// factor 1 + gain l exp(-delay / moves): an order that takes `delay` days finds the share of the
/// money that has not moved. Asset recovery a makes courts take the share a gain of what they would
/// give back. A facilitator is a common target with chance t (keyed); one of the people of each is
/// then arrested with chance `arrest_rate` a month.
///
/// Goods. Countries on the way of a consignment, from source to market, may each hold a piece about
/// its organisation; where enough pieces come together customs are alerted
/// (cooperation/pieces.hpp).
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
                  const cooperation::PlanningParams& setting,
                  const cooperation::Exchange& exchange) {
  help_.patrol = setting.patrol_coverage * setting.patrol_finds;
  help_.off_post = setting.patrol_off_post;
  help_.targets = levers.finance_common_targets;
  help_.arrest_rate = setting.arrest_rate;
  help_.pieces = {levers, exchange, key_};
  if (fighters_) fighters_->set_between_posts(help_.patrol, help_.off_post);
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

std::optional<bool> Actors::goes_round(std::int32_t day, const trafficking::Consignment& c) const {
  if (!(help_.off_post > 0)) return std::nullopt;
  const bool beside =
      c.mode == trafficking::CargoMode::land ? cargo_->tables().controlled(c.origin, c.destination)
      : c.mode == trafficking::CargoMode::air_courier
          ? neighbours_[std::size_t{c.origin} * tables_->world.countries.size() + c.destination] !=
                0
          : false;
  if (!beside) return std::nullopt;
  const std::uint32_t edge = trade_->tables().graph.find(c.origin, c.destination, c.mode);
  const auto& routes = trade_->state().routes;
  const auto known = std::find_if(routes.begin(), routes.end(), [&](const auto& r) {
    return r.edge == edge && r.organisation == c.organisation && r.substance == c.substance;
  });
  const double risk = known == routes.end() ? trade_->tables().prior_risk : known->risk;
  if (!(risk > 0)) return std::nullopt;
  const sim::Block b = sim::draw(key_, sim::Purpose::planning, c.id, day, going_round);
  if (!(sim::uniform32(b[0]) < help_.off_post * risk / (risk + help_.patrol))) return std::nullopt;
  return sim::uniform32(b[1]) < help_.patrol;
}

bool Actors::send_round(std::int32_t day, const trafficking::Consignment& c) {
  const std::optional<bool> found = goes_round(day, c);
  if (!found) return false;
  BetweenPosts& counts = round_.counts;
  const bool courier = c.mode == trafficking::CargoMode::air_courier;
  (courier ? counts.couriers : counts.loads) += 1;
  counts.grams += c.grams;
  if (*found) {
    (courier ? counts.couriers_found : counts.loads_found) += 1;
    counts.grams_found += c.grams;
  }
  if (courier) {
    round_.people.push_back({trafficking::consignment_number(c.id), 0, travel::Actor::drug_courier,
                             *found ? travel::JourneyEnd::seized : travel::JourneyEnd::arrived, day,
                             c.destination});
  } else {
    round_.goods.push_back(
        {c.id, day, *found ? c.grams : 0, c.destination,
         *found ? trafficking::ConsignmentEnd::seized : trafficking::ConsignmentEnd::delivered});
  }
  return true;
}

void Actors::count_fighters_round(std::span<const fighters::FighterEvent> events) {
  for (const fighters::FighterEvent& e : events) {
    if (e.event == fighters::Event::went_round) round_.counts.fighters += e.size;
    if (e.event == fighters::Event::found_by_patrol) round_.counts.fighters_found += e.size;
  }
}

std::vector<double> Actors::alerted(std::int32_t day,
                                    std::span<const trafficking::Consignment> goods) const {
  std::vector<double> chances;
  if (!help_.pieces.any()) return chances;
  const trafficking::TraffickingActors& actors = tables_->trafficking->actors;
  for (const trafficking::Consignment& c : goods) {
    std::vector<std::uint16_t> way{c.origin, c.destination, c.final_market};
    for (const trafficking::Source& source : actors.sources) {
      const auto& own = actors.organisations[c.organisation].source_countries;
      if (source.substance_row == c.substance &&
          (own.empty() || std::ranges::find(own, source.country) != own.end()))
        way.push_back(source.country);
    }
    chances.push_back(help_.pieces.alert(c.organisation, way, c.destination, day));
  }
  return chances;
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
