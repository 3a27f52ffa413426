// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/explain.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>

#include "models/simulation/day_stream.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::simulation {
namespace {

using travel::Batch;
using travel::Way;

std::string clock_time(std::int32_t minute) {
  const std::int32_t day = minute / 1440, rest = minute % 1440;
  return fmt::format("{:02}:{:02} UTC{}", rest / 60, rest % 60,
                     day == 0 ? "" : fmt::format(" (+{} d)", day));
}

[[noreturn]] void no_such_trip(std::uint64_t id, std::string_view why) {
  throw sim::UserError(fmt::format("there is no trip {:016x} in this scenario: {}", id, why));
}

std::string gate_name(const RunShape& shape, const travel::GateNumbers& gates, std::uint32_t gate) {
  return gate < gates.n_airports ? shape.airport_iata[gate]
                                 : shape.port_locode[gate - gates.n_airports];
}

ExplainedWay explain_way(const StreamContext& c, const Setup& setup, const Batch& b,
                         std::uint32_t person) {
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
    const PersonAtPost p = person_at_post(c, b, 0, person, k);
    const std::uint32_t index = b.post[k][0];
    ExplainedCrossing crossing;
    crossing.post = fmt::format("{} at {} ({})", shape.post_direction[index],
                                shape.post_place[index], shape.post_country[index]);
    crossing.minute = b.minute[k][0];
    static constexpr std::array lanes{"e-gate", "officer, own", "officer, visitor"};
    crossing.lane = p.checked ? lanes.at(p.lane) : "not checked";
    crossing.drawn = p.drawn;
    crossing.referred = p.referred;
    way.crossings.push_back(crossing);
  }
  return way;
}

}  // namespace

Explanation explain(const scenario::Scenario& scenario, const Setup& setup, std::uint32_t replicate,
                    const travel::JourneyName& name) {
  const travel::TravelTables& t = setup.travel;
  const travel::TripId trip = travel::unpack(name.trip);
  if (travel::is_injected(name.trip))
    no_such_trip(name.trip, "no injected travellers are on the road");
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

  const travel::JourneyMaker maker(t, scenario.stream, key, setup.control.sites(),
                                   simd_path(scenario));
  const StreamContext context = stream_context(scenario, setup, maker, key);
  auto batch = std::make_unique<Batch>();
  Explanation e;
  e.trip = name.trip;
  e.person = name.person;
  for (const Way way : {Way::out, Way::back}) {
    if (name.way_given && way != name.way) continue;
    make_single(context, *batch, name.trip, way);
    if (name.person >= batch->party[0]) {
      throw sim::UserError(
          fmt::format("the trip {:016x} has {} person{}, numbered from 0; there is no {}",
                      name.trip, batch->party[0], batch->party[0] == 1 ? "" : "s", name.person));
    }
    ExplainedWay told = explain_way(context, setup, *batch, name.person);
    told.date = sim::text(calendar.date(told.day));
    e.ways.push_back(told);
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

std::string Explanation::text() const {
  std::string s = fmt::format(
      "trip {:016x}, person {} of {} (synthetic)\n"
      "  resident of {}, nationality {}, visits {} for {} night{} by {}\n"
      "  purpose {}; ticket {}, booked {} days ahead, channel {}; documents {}\n",
      trip, person, party, residence, nationality, destination, nights, nights == 1 ? "" : "s",
      mode, purpose, ticket, lead_days, channel, irregular_documents ? "irregular" : "valid");
  for (const ExplainedWay& w : ways) {
    s += fmt::format("{} on day {} ({})\n", w.way == Way::out ? "out" : "back", w.day, w.date);
    for (const ExplainedLink& l : w.links) {
      s += fmt::format("  {} -> {}  {}", l.from, l.to, clock_time(l.minute));
      s += mode == "land" ? "\n" : fmt::format(", departure {} of the day\n", l.departure + 1);
    }
    for (const ExplainedCrossing& c : w.crossings) {
      s += fmt::format("  {}  {}  {}{}{}\n", c.post, clock_time(c.minute), c.lane,
                       c.drawn ? ", drawn at random for secondary" : "",
                       c.referred ? ", referred by primary" : "");
    }
    if (w.crossings.empty()) s += "  passes no border check\n";
  }
  s += fmt::format("the travelling unit makes {} trip{} in this year and band of nights:",
                   trips_of_unit.size(), trips_of_unit.size() == 1 ? "" : "s");
  for (const std::uint64_t id : trips_of_unit) s += fmt::format(" {:016x}", id);
  return s + "\n";
}

nlohmann::json Explanation::json() const {
  using nlohmann::json;
  json j{{"trip", fmt::format("{:016x}", trip)},
         {"person", person},
         {"synthetic", true},
         {"residence", residence},
         {"nationality", nationality},
         {"destination", destination},
         {"nights", nights},
         {"mode", mode},
         {"purpose", purpose},
         {"party", party},
         {"ticket", ticket},
         {"channel", channel},
         {"lead_days", lead_days},
         {"irregular_documents", irregular_documents},
         {"ways", json::array()},
         {"trips_of_unit", json::array()}};
  for (const ExplainedWay& w : ways) {
    json way{{"way", w.way == Way::out ? "out" : "back"},
             {"day", w.day},
             {"date", w.date},
             {"end_minute", w.end_minute},
             {"links", json::array()},
             {"crossings", json::array()}};
    for (const ExplainedLink& l : w.links) {
      way["links"].push_back(
          {{"from", l.from}, {"to", l.to}, {"minute", l.minute}, {"departure", l.departure}});
    }
    for (const ExplainedCrossing& c : w.crossings) {
      way["crossings"].push_back({{"post", c.post},
                                  {"minute", c.minute},
                                  {"lane", c.lane},
                                  {"drawn", c.drawn},
                                  {"referred", c.referred}});
    }
    j["ways"].push_back(way);
  }
  for (const std::uint64_t id : trips_of_unit)
    j["trips_of_unit"].push_back(fmt::format("{:016x}", id));
  return j;
}

}  // namespace corridor::simulation
