// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "models/simulation/day_stream.hpp"
#include "models/simulation/explain_selection.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::simulation {
namespace {

using travel::Batch;
using travel::Way;

[[noreturn]] void no_such_trip(std::uint64_t id, std::string_view why) {
  throw sim::UserError(fmt::format("there is no trip {:016x} in this scenario: {}", id, why));
}

std::string gate_name(const RunShape& shape, const travel::GateNumbers& gates, std::uint32_t gate) {
  return gate < gates.n_airports ? shape.airport_iata[gate]
                                 : shape.port_locode[gate - gates.n_airports];
}

void tell_score(const ScoringTables& scoring, const PersonCrossing& x, ExplainedCrossing& told) {
  told.stage = risk::name(x.stage);
  told.score = x.reasons->score;
  told.base = x.reasons->base;
  for (const risk::Share& share : x.reasons->shares) {
    const risk::Rule& rule = scoring.rules.rules[share.rule];
    told.reasons.push_back({rule.id, rule.reason_en, share.points});
  }
  for (const std::size_t rule : x.reasons->referred)
    told.referring.push_back(scoring.rules.rules[rule].id);
}

ExplainedWay explain_way(const StreamContext& c, const Setup& setup, const Batch& b,
                         const std::vector<PersonCrossing>& crossings) {
  const travel::TravelTables& t = setup.travel;
  const RunShape& shape = setup.shape;
  ExplainedWay way;
  way.way = b.way;
  way.day = b.day;
  way.end_minute = b.end_minute[0];
  const bool land = b.mode[0] == static_cast<std::uint8_t>(travel::Mode::land);
  const travel::PairRow& pair = t.pairs[b.pair[0]];
  std::uint16_t country = b.way == Way::out ? pair.origin : pair.destination;
  for (std::size_t k = 0; k < b.n_links[0]; ++k) {
    ExplainedLink link;
    link.minute = b.link_minute[k][0];
    link.departure = b.departure[k][0];
    if (land) {
      const std::uint32_t border = b.link[k][0];
      const std::uint32_t side = t.border_ends[2 * border] == country ? 0 : 1;
      link.from = shape.country_iso3[country];
      country = t.border_ends[2 * border + 1 - side];
      link.to = shape.country_iso3[country];
    } else {
      const travel::LegRow& leg = t.legs[b.link[k][0]];
      link.from = gate_name(shape, t.gates(), leg.origin);
      link.to = gate_name(shape, t.gates(), leg.destination);
    }
    way.links.push_back(link);
  }
  for (std::uint32_t k = 0; k < b.n_crossings[0]; ++k) {
    const PersonCrossing& x = crossings[k];
    ExplainedCrossing crossing;
    crossing.post = fmt::format("{} at {} ({})", shape.post_direction[x.post],
                                shape.post_place[x.post], shape.post_country[x.post]);
    crossing.minute = b.minute[k][0];
    static constexpr std::array lanes{"e-gate", "officer, own", "officer, visitor"};
    crossing.lane = x.at.checked ? lanes.at(x.at.lane) : "not checked";
    crossing.drawn = x.at.drawn;
    crossing.referred = x.at.referred;
    for (std::size_t l = 0; l < risk::n_lists && x.at.checked; ++l) {
      if (((x.facts.found >> l) & 1) == 0) continue;
      const risk::Feature& source = risk::shipped_catalogue()[risk::at(risk::Column::list_source)];
      crossing.lists.push_back(
          fmt::format("{} ({})", risk::name(static_cast<risk::List>(l)),
                      source.values[static_cast<std::size_t>(x.facts.source[l])]));
    }
    if (x.reasons && x.at.checked) tell_score(*c.scoring, x, crossing);
    way.crossings.push_back(crossing);
  }
  return way;
}

/// Under values that hold for the whole trip.
Explanation explain_under(const scenario::Scenario& scenario, const Setup& setup,
                          std::uint32_t replicate, const travel::JourneyName& name,
                          const ResultReader* result) {
  const travel::TravelTables& t = setup.travel;
  const travel::TripId trip = travel::unpack(name.trip);
  if (travel::is_injected(name.trip))
    no_such_trip(name.trip,
                 "it is of a fighter or courier, whose journeys are not told one by one");
  if (trip.block >= t.blocks.size()) no_such_trip(name.trip, "its block does not exist");
  const sim::Calendar calendar = scenario.calendar();
  const sim::RunKey key{static_cast<std::uint32_t>(scenario.run.seed), replicate};
  const travel::PopulationSetting setting{key, scenario.run.scale, scenario.stream.weekday_spread,
                                          calendar_view(calendar)};
  const std::uint32_t pool = t.blocks[trip.block].pool;
  const travel::PoolYear year(t, scenario.stream, setting, pool, travel::year_of(trip.day));
  if (!year.exists(trip)) {
    no_such_trip(name.trip, fmt::format("block {} has not so many trips on day {} with {} nights",
                                        trip.block, trip.day, trip.nights));
  }

  StreamParts parts(scenario, setup, key, Facts::none);
  const StreamContext& context = parts.context;
  const Selections selections(scenario, context, replicate, result);
  const std::vector<PersonOfInterest> interest =
      persons_on_trip(year, key, parts.sharing.rates, trip);
  const std::int32_t of_year = trip.day - travel::year_of(trip.day) * travel::days_of_year;
  const std::int16_t earlier =
      earlier_trips(year.slots(), year.slot_of(trip), of_year, scenario.risk);

  auto batch = std::make_unique<Batch>();
  Explanation e;
  e.trip = name.trip;
  e.person = name.person;
  bool all_known = true, out_known = true;
  bool held = false;
  for (const Way way : {Way::out, Way::back}) {
    // The way out is looked at in any case: who was held on it does not come back.
    const bool wanted = !name.way_given || way == name.way;
    make_single(context, *batch, name.trip, way, interest);
    if (name.person >= batch->party[0]) {
      throw sim::UserError(
          fmt::format("the trip {:016x} has {} person{}, numbered from 0; there is no {}",
                      name.trip, batch->party[0], batch->party[0] == 1 ? "" : "s", name.person));
    }
    if (parts.scoring) add_facts(*parts.scoring, setup, batch->pair[0]);
    const std::optional<DayRules> rules = selections.rules(batch->day);
    const std::vector<PersonCrossing> crossings =
        person_crossings(context, rules ? &*rules : nullptr, selections.date(batch->day), *batch,
                         name.person, earlier, interest);
    ExplainedWay told = explain_way(context, setup, *batch, crossings);
    for (std::uint32_t k = 0; k < crossings.size(); ++k) {
      if (way == Way::out || out_known) {
        selections.tell(*batch, rules ? &*rules : nullptr, name.person, k, crossings[k],
                        told.crossings[k], held);
      }
      const bool known = told.crossings[k].selection_known || !crossings[k].at.checked;
      all_known = all_known && (known || !wanted);
      if (way == Way::out)
        out_known =
            out_known && (known || selections.holds_known(batch->day + batch->minute[k][0] / 1440));
    }
    if (!wanted) continue;
    told.date = selections.date(told.day);
    e.ways.push_back(told);
    // Also of a way that passes no post.
    const Threat threat = special_person(context, *batch, 0, name.person, false, interest).threat;
    if (threat != Threat::none) e.threat = control::name(threat);
  }
  if (!all_known) e.selection_note = selections.note();
  if (parts.scoring)
    e.rules = fmt::format("{} {}", parts.scoring->rules.name, parts.scoring->rules.version);
  e.earlier_trips = earlier;
  const auto value = [](risk::Column column, std::size_t i) {
    return risk::shipped_catalogue()[risk::at(column)].values[i];
  };
  e.payment = value(risk::Column::payment, batch->payment[0]);
  e.fit = value(risk::Column::itinerary_fit, batch->fit[0]);
  for (std::size_t k = 0; k < travel::n_indicators; ++k) {
    if (((batch->indicators[0] >> k) & 1) != 0) e.indicators.push_back(fmt::format("x{}", k + 1));
  }
  const travel::PairRow& pair = t.pairs[batch->pair[0]];
  e.residence = setup.shape.country_iso3[pair.origin];
  e.destination = setup.shape.country_iso3[pair.destination];
  e.nationality = setup.shape.country_iso3[batch->nationality[0]];
  e.mode = setup.shape.mode[batch->mode[0]];
  e.purpose = travel::name(static_cast<travel::TripPurpose>(batch->purpose[0]));
  e.ticket = batch->ticket[0] == 0 ? "return" : "two one-ways";
  e.channel = batch->channel[0] == 0 ? "direct" : "agency";
  e.party = batch->party[0];
  e.nights = batch->nights[0];
  e.lead_days = batch->lead_days[0];
  e.irregular_documents = has_irregular_documents(context, name.trip, trip.day, name.person);
  e.unit = year.unit_of(trip);
  for (const travel::TripId& other : year.trips_of(e.unit))
    e.trips_of_unit.push_back(travel::pack(other));
  return e;
}

}  // namespace

Explanation explain(const scenario::Scenario& scenario, const Setup& setup, std::uint32_t replicate,
                    const travel::JourneyName& name, const ResultReader* result) {
  const scenario::Timeline timeline(scenario);
  const travel::TripId trip = travel::unpack(name.trip);
  Explanation e = explain_under(timeline.at(trip.day), setup, replicate, name, result);
  // Who returns under other values than he left under.
  const auto back = std::ranges::find(e.ways, Way::back, &ExplainedWay::way);
  if (back == e.ways.end()) return e;
  const bool others = std::ranges::any_of(
      timeline.days(), [&](std::int64_t day) { return day > trip.day && day <= back->day; });
  if (others) {
    Explanation later = explain_under(timeline.at(back->day), setup, replicate, name, result);
    *back = std::move(*std::ranges::find(later.ways, Way::back, &ExplainedWay::way));
  }
  return e;
}

}  // namespace corridor::simulation
