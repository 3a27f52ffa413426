// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/flight_lists.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <tuple>

namespace corridor::simulation {
namespace {

using travel::Batch;
using travel::Way;

constexpr std::int32_t minutes_of_day = 1440;
constexpr std::int32_t max_links = 3;

/// What of a passenger is the same for the whole party.
Passenger party_on(const StreamContext& c, const Batch& b, std::size_t i, std::uint32_t link) {
  const travel::TravelTables& t = c.tables;
  const travel::OptionRow& option = t.options[b.option[i]];
  const std::uint32_t n = b.n_links[i];
  const bool out = b.way == Way::out;
  // As JourneyMaker: the way back passes the same gates in the other order.
  const std::uint32_t entry_gate = out ? option.away_gate : option.home_gate;
  const std::uint32_t entry_link = out ? option.entry_link : n - 1U - option.exit_link;
  Passenger p;
  p.trip = b.trip[i];
  p.journey_day = b.day;
  p.departure_day = b.departure_day[i];
  p.nights = b.nights[i];
  p.residence = t.pairs[b.pair[i]].origin;
  p.nationality = b.nationality[i];
  p.start = t.legs[b.link[0][i]].origin;
  p.end = t.legs[b.link[n - 1][i]].destination;
  p.clearance = entry_gate;
  p.way = b.way;
  p.party = b.party[i];
  p.purpose = b.purpose[i];
  p.link = static_cast<std::uint8_t>(link);
  p.transit = entry_gate != world::none && link < entry_link;
  return p;
}

std::int32_t days_to_list(const StreamContext& c, const travel::StreamParams& params) {
  std::int32_t longest = 0;
  for (std::uint32_t leg = 0; leg < c.tables.n_air_legs(); ++leg)
    longest = std::max<std::int32_t>(longest, c.tables.legs[leg].minutes);
  const auto check_in = static_cast<std::int32_t>(params.check_in_minutes);
  const auto connection = static_cast<std::int32_t>(params.connection_minutes);
  const std::int32_t first = minutes_of_day - 1 + check_in;
  const std::int32_t last = first + (max_links - 1) * (longest + connection + minutes_of_day - 1);
  return last / minutes_of_day;
}

}  // namespace

FlightLister::FlightLister(const StreamContext& context, const travel::PopulationSetting& setting,
                           const travel::StreamParams& params)
    : c_(context), setting_(setting), days_before_(days_to_list(context, params)) {}

/// Calls visit(worker, batch, row, link) for every party and leg that departs on `day`.
template <class Visit>
void FlightLister::visit(std::int32_t day, sim::Workers& workers, Visit visit) const {
  std::vector<std::unique_ptr<Batch>> batches;
  for (int w = 0; w < workers.count(); ++w) batches.push_back(std::make_unique<Batch>());
  travel::Population population(c_.tables, setting_, day - days_before_, workers);
  for (;;) {
    const auto& work = population.work();
    workers.run(2 * work.size(), [&](std::size_t unit, int w) {
      Batch& batch = *batches[static_cast<std::size_t>(w)];
      batch.way = unit < work.size() ? Way::out : Way::back;
      batch.day = population.today();
      batch.n = 0;
      const auto flush = [&] {
        if (batch.n == 0) return;
        c_.maker.make(batch);
        for (std::size_t i = 0; i < batch.n; ++i) {
          if (batch.mode[i] != static_cast<std::uint8_t>(travel::Mode::air)) continue;
          for (std::uint32_t k = 0; k < batch.n_links[i]; ++k) {
            if (batch.day + batch.link_minute[k][i] / minutes_of_day == day) visit(w, batch, i, k);
          }
        }
        batch.n = 0;
      };
      population.list(work[unit % work.size()], batch.way, [&](const travel::CellPiece& cell) {
        for (std::uint32_t number = cell.from; number < cell.to; ++number) {
          const std::size_t i = batch.n++;
          batch.trip[i] = travel::pack({cell.block, cell.departure_day, cell.nights, number});
          batch.departure_day[i] = cell.departure_day;
          batch.block[i] = cell.block;
          batch.nights[i] = static_cast<std::uint16_t>(cell.nights);
          if (batch.n == c_.batch_rows) flush();
        }
      });
      flush();
    });
    if (population.today() == day) return;
    population.advance(workers);
  }
}

std::vector<std::uint32_t> FlightLister::count(std::int32_t day, sim::Workers& workers) const {
  const travel::TravelTables& t = c_.tables;
  std::vector<std::vector<std::uint32_t>> parts(static_cast<std::size_t>(workers.count()),
                                                std::vector<std::uint32_t>(t.departures.size()));
  visit(day, workers, [&](int w, const Batch& b, std::size_t i, std::uint32_t k) {
    parts[static_cast<std::size_t>(w)][t.legs[b.link[k][i]].first_departure + b.departure[k][i]] +=
        b.party[i];
  });
  std::vector<std::uint32_t> persons(t.departures.size());
  for (auto& part : parts) sim::drain(std::span(part), std::span(persons));
  return persons;
}

std::vector<FlightList> FlightLister::list(std::int32_t day, std::span<const FlightId> flights,
                                           sim::Workers& workers) const {
  const travel::TravelTables& t = c_.tables;
  std::vector<FlightList> lists;
  std::vector<std::uint32_t> place(t.departures.size(), world::none);
  for (const FlightId& flight : flights) {
    if (flight.leg >= t.n_air_legs() || flight.departure >= t.legs[flight.leg].n_departures)
      throw std::invalid_argument("FlightLister::list: no such departure");
    place[t.legs[flight.leg].first_departure + flight.departure] =
        static_cast<std::uint32_t>(lists.size());
    lists.push_back({flight, {}});
  }
  struct Found {
    std::uint32_t place;
    Passenger party;
  };
  std::vector<std::vector<Found>> parts(static_cast<std::size_t>(workers.count()));
  visit(day, workers, [&](int w, const Batch& b, std::size_t i, std::uint32_t k) {
    const std::uint32_t to = place[t.legs[b.link[k][i]].first_departure + b.departure[k][i]];
    if (to != world::none)
      parts[static_cast<std::size_t>(w)].push_back({to, party_on(c_, b, i, k)});
  });
  for (const auto& part : parts) {
    for (const Found& found : part) {
      for (std::uint8_t member = 0; member < found.party.party; ++member) {
        Passenger p = found.party;
        p.member = member;
        lists[found.place].passengers.push_back(p);
      }
    }
  }
  // Which worker met whom depends on the machine: the order is made here.
  for (FlightList& flight : lists) {
    std::sort(flight.passengers.begin(), flight.passengers.end(),
              [](const Passenger& a, const Passenger& b) {
                return std::tie(a.trip, a.way, a.link, a.member) <
                       std::tie(b.trip, b.way, b.link, b.member);
              });
  }
  return lists;
}

}  // namespace corridor::simulation
