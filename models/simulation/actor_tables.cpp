// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_tables.hpp"

#include "models/scenario/strategy.hpp"
#include "models/simulation/shocks.hpp"
#include "sim/row_text.hpp"

namespace corridor::simulation {
namespace {

std::vector<ShockRow> shocks_of(const scenario::Scenario& scenario, sim::Complaints& complaints) {
  std::vector<ShockRow> rows;
  for (const scenario::Strategy& s : scenario::read_strategies(scenario, complaints)) {
    rows.insert(rows.end(), s.shocks.begin(), s.shocks.end());
  }
  return rows;
}

}  // namespace

std::shared_ptr<const ActorTables> read_actors(const scenario::Scenario& scenario) {
  const bool goods = scenario.trafficking.on, people = scenario.fighters.on;
  sim::Complaints complaints;
  const std::vector<ShockRow> shocks = shocks_of(scenario, complaints);
  if (scenario.actors.text.empty() || (!goods && !people)) {
    for (const ShockRow& row : shocks) {
      complaints.add(row.place,
                     "[[shock]] acts on those who hide, and in this scenario nobody "
                     "does: it has no actors.file, or fighters and trafficking are off");
    }
    complaints.throw_if_any();
    return nullptr;
  }
  auto tables = std::make_shared<ActorTables>();
  tables->world = world::load_world(scenario.data_folder);
  const world::World& world = tables->world;
  const sim::Date start = sim::parse_date(scenario.run.start).value();

  const sim::RowText text(scenario.actors.text,
                          scenario.source_of("actors.file", scenario.actors.file, "actors.text"),
                          complaints);
  // All rows are read, also those of a model that is off: a wrong row is wrong either way.
  trafficking::TraffickingActors trade = trafficking::read_trafficking_actors(
      text, world, scenario.trafficking, start.year, complaints);
  fighters::FightersActors zones = fighters::read_fighters_actors(text, world, complaints);
  if (people) fighters::check_fighters_period(zones, start, complaints);

  std::vector<finance::Group> groups;
  for (const trafficking::Organisation& o : trade.organisations) {
    groups.push_back({o.name, finance::GroupKind::trafficking, o.home_country,
                      finance::from_usd(o.capital_usd), 0, finance::from_usd(o.capital_usd / 10)});
  }
  tables->first_fighter_group = static_cast<std::uint32_t>(groups.size());
  for (const fighters::ConflictZone& z : zones.zones) {
    groups.push_back({fighters::group_name(z), finance::GroupKind::fighters, z.country});
  }
  tables->finance = finance::read_finance_actors(text, world, groups, complaints);
  text.check_tables({"substance", "source", "market", "organisation", "route_rule", "conflict_zone",
                     "gateway_policy", "mobilisation", "facilitator", "financier"},
                    complaints);
  complaints.throw_if_any();
  tables->shocks = apply_shocks(
      shocks, {world, scenario.trafficking, sim::day_number(start), trade, zones}, complaints);
  complaints.throw_if_any();

  tables->warnings = trade.warnings;
  if (goods) {
    tables->trafficking = std::make_shared<const trafficking::TraffickingTables>(
        world, scenario.trafficking, std::move(trade));
  }
  if (people) tables->fighters = std::move(zones);
  tables->classes = place_classes(world);
  tables->full_traces = scenario::full_traces(scenario.actors, world.real_names);
  return tables;
}

}  // namespace corridor::simulation
