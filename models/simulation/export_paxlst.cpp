// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/export_paxlst.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <tuple>

#include "models/simulation/flight_lists.hpp"
#include "models/simulation/invented_person.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/provenance.hpp"
#include "models/simulation/simulation.hpp"
#include "sim/names.hpp"

namespace corridor::simulation {
namespace {

constexpr std::int32_t minutes_of_day = 1440;

/// What the receiver must not see, one column each.
struct TruthColumn {
  std::string_view name;
  std::string (*value)(const StreamContext&, const Passenger&);
};
constexpr std::array truth_columns{
    TruthColumn{"irregular_documents",
                [](const StreamContext& c, const Passenger& p) -> std::string {
                  return has_irregular_documents(c, p.trip, p.departure_day, p.member) ? "1" : "0";
                }},
    TruthColumn{"planted",
                [](const StreamContext& c, const Passenger& p) -> std::string {
                  Threat threat = Threat::none;
                  if (c.years == nullptr) return std::string(control::name(threat));
                  for (const PersonOfInterest& x : c.years->on_trip(p.trip)) {
                    const bool with_him = p.way == travel::Way::out || control::stays(x.threat);
                    if (with_him && x.member_word % p.party == p.member)
                      threat = std::max(threat, x.threat);
                  }
                  return std::string(control::name(threat));
                }},
};

std::int32_t chosen_day(const PaxlstChoice& choice, const scenario::Scenario& scenario) {
  const std::int64_t days = scenario.run.days;
  if (choice.day.empty()) return static_cast<std::int32_t>(days / 2);
  const sim::Calendar calendar = scenario.calendar();
  const char* end = choice.day.data() + choice.day.size();
  std::int64_t day = -1;
  const auto [rest, wrong] = std::from_chars(choice.day.data(), end, day);
  const bool number = wrong == std::errc{} && rest == end;
  if (!number) {
    const auto date = sim::parse_date(choice.day);
    if (!date) {
      throw sim::UserError(fmt::format(
          "--day {}: error: allowed is a day's number or its date, as 2019-03-01", choice.day));
    }
    day = sim::day_number(*date) - sim::day_number(calendar.date(0));
  }
  if (day < 0 || day >= days) {
    throw sim::UserError(fmt::format("--day {}: error: the run has days 0 to {} ({} to {})",
                                     choice.day, days - 1, sim::text(calendar.date(0)),
                                     sim::text(calendar.date(days - 1))));
  }
  return static_cast<std::int32_t>(day);
}

/// The flights of a run on one day.
class DayOfFlights {
 public:
  DayOfFlights(const Setup& setup, const FlightLister& lister, std::int32_t day,
               sim::Workers& workers)
      : shape_(setup.shape), tables_(setup.travel), persons_(lister.count(day, workers)) {}

  [[nodiscard]] const std::string& origin(std::uint32_t leg) const {
    return shape_.airport_iata[tables_.legs[leg].origin];
  }
  [[nodiscard]] const std::string& destination(std::uint32_t leg) const {
    return shape_.airport_iata[tables_.legs[leg].destination];
  }
  [[nodiscard]] bool international(std::uint32_t leg) const {
    return shape_.airport_country[tables_.legs[leg].origin] !=
           shape_.airport_country[tables_.legs[leg].destination];
  }

  [[nodiscard]] std::vector<std::uint32_t> chosen_legs(const PaxlstChoice& choice) const {
    if (!choice.link.empty()) return {leg_of(choice.link)};
    if (!choice.airport.empty()) return legs_from(choice.airport);
    return busiest();
  }

  /// Those with passengers, by time of departure.
  [[nodiscard]] std::vector<FlightId> flights(const std::vector<std::uint32_t>& legs) const {
    std::vector<FlightId> found;
    for (const std::uint32_t leg : legs) {
      const travel::LegRow& row = tables_.legs[leg];
      for (std::uint16_t n = 0; n < row.n_departures; ++n)
        if (persons_[row.first_departure + n] > 0) found.push_back({leg, n});
    }
    std::sort(found.begin(), found.end(), [&](const FlightId& a, const FlightId& b) {
      return std::tuple(minute(a), a) < std::tuple(minute(b), b);
    });
    return found;
  }

  [[nodiscard]] std::int32_t minute(const FlightId& f) const {
    return tables_.departures[tables_.legs[f.leg].first_departure + f.departure];
  }
  /// Links stand in the order of their origin: numbers go through the departures of an airport.
  [[nodiscard]] std::string number(const FlightId& f) const {
    std::uint32_t before = f.departure;
    for (std::uint32_t leg = f.leg;
         leg > 0 && tables_.legs[leg - 1].origin == tables_.legs[f.leg].origin; --leg)
      before += tables_.legs[leg - 1].n_departures;
    return fmt::format("ZZ{:04}", before + 1);
  }

 private:
  [[nodiscard]] std::uint32_t airport(const std::string& option, const std::string& code) const {
    const auto& all = shape_.airport_iata;
    const auto at = std::find(all.begin(), all.end(), code);
    if (at == all.end()) {
      throw sim::UserError(fmt::format("{}: error: unknown airport '{}'{}", option, code,
                                       sim::did_you_mean(code, all)));
    }
    return static_cast<std::uint32_t>(at - all.begin());
  }

  [[nodiscard]] std::vector<std::uint32_t> international_from(std::uint32_t airport) const {
    std::vector<std::uint32_t> legs;
    for (std::uint32_t leg = 0; leg < tables_.n_air_legs(); ++leg)
      if (tables_.legs[leg].origin == airport && international(leg)) legs.push_back(leg);
    return legs;
  }

  [[nodiscard]] std::vector<std::uint32_t> legs_from(const std::string& code) const {
    const std::string option = "--airport " + code;
    auto legs = international_from(airport(option, code));
    if (legs.empty())
      throw sim::UserError(option + ": error: no flight leaves it for another country");
    return legs;
  }

  [[nodiscard]] std::uint32_t leg_of(const std::string& link) const {
    const std::string option = "--link " + link;
    const std::size_t dash = link.find('-');
    if (dash == std::string::npos)
      throw sim::UserError(option + ": error: allowed are two airports, as AAA-BBB");
    const std::uint32_t from = airport(option, link.substr(0, dash)),
                        to = airport(option, link.substr(dash + 1));
    for (std::uint32_t leg = 0; leg < tables_.n_air_legs(); ++leg) {
      if (tables_.legs[leg].origin != from || tables_.legs[leg].destination != to) continue;
      if (international(leg)) return leg;
      throw sim::UserError(
          fmt::format("{}: error: both airports lie in {}; only flights to another country have "
                      "passenger lists",
                      option, shape_.airport_country[from]));
    }
    std::vector<std::string> others;
    for (const std::uint32_t leg : international_from(from)) others.push_back(destination(leg));
    throw sim::UserError(fmt::format(
        "{}: error: no flight goes there from {}{}", option, link.substr(0, dash),
        others.empty() ? "" : "; to another country it flies to " + sim::listed(others)));
  }

  [[nodiscard]] std::vector<std::uint32_t> busiest() const {
    std::uint64_t most = 0;
    std::vector<std::uint32_t> best;
    for (std::uint32_t leg = 0; leg < tables_.n_air_legs(); ++leg) {
      if (!international(leg)) continue;
      const travel::LegRow& row = tables_.legs[leg];
      std::uint64_t persons = 0;
      for (std::uint32_t n = 0; n < row.n_departures; ++n)
        persons += persons_[row.first_departure + n];
      if (persons <= most) continue;
      most = persons;
      best = {leg};
    }
    return best;
  }

  const RunShape& shape_;
  const travel::TravelTables& tables_;
  std::vector<std::uint32_t> persons_;
};

/// UTC minute, counted from 0:00 of day 0, on the clock of an airport.
LocalTime local_time(const sim::Calendar& calendar, std::int64_t minute, std::int32_t hours) {
  minute += 60 * hours;
  const std::int64_t of_day = ((minute % minutes_of_day) + minutes_of_day) % minutes_of_day;
  return {calendar.date((minute - of_day) / minutes_of_day), static_cast<std::int32_t>(of_day)};
}

struct Listed {
  Passenger passenger;
  InventedPerson person;
  std::string seat;
};

/// Seats by parties, then the order of the list.
std::vector<Listed> in_order(sim::RunKey key, const std::vector<Passenger>& passengers) {
  struct Ranked {
    std::uint64_t rank;
    const Passenger* passenger;
  };
  std::vector<Ranked> seats;
  seats.reserve(passengers.size());
  for (const Passenger& p : passengers) seats.push_back({seat_rank(key, p), &p});
  // Passengers are sorted by trip and member, and stay so within equal ranks.
  std::stable_sort(seats.begin(), seats.end(),
                   [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  std::vector<Listed> listed;
  listed.reserve(passengers.size());
  for (std::uint32_t place = 0; place < seats.size(); ++place) {
    const Passenger& p = *seats[place].passenger;
    listed.push_back({p, invent_person(key, p), seat_name(place)});
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    return std::tie(a.person.surname, a.person.given, a.passenger.trip, a.passenger.way,
                    a.passenger.member) < std::tie(b.person.surname, b.person.given,
                                                   b.passenger.trip, b.passenger.way,
                                                   b.passenger.member);
  });
  return listed;
}

PaxlstPerson on_paper(const Listed& listed, const RunShape& shape, const sim::Calendar& calendar,
                      std::string reference) {
  const Passenger& p = listed.passenger;
  PaxlstPerson person;
  person.surname = listed.person.surname;
  person.given = listed.person.given;
  person.transit = p.transit;
  person.sex = listed.person.sex;
  person.birth = calendar.date(listed.person.birth_day);
  person.expiry = calendar.date(listed.person.expiry_day);
  if (p.clearance != world::none) person.clearance = shape.airport_iata[p.clearance];
  person.residence = shape.country_iso3[p.residence];
  person.start = shape.airport_iata[p.start];
  person.end = shape.airport_iata[p.end];
  person.nationality = shape.country_iso3[p.nationality];
  person.locator = listed.person.locator;
  person.reference = std::move(reference);
  person.seat = listed.seat;
  person.document = listed.person.document;
  return person;
}

std::string readme(const Provenance& provenance, const PaxlstChoice& choice,
                   const std::string& date, const PaxlstExport& done) {
  return fmt::format(
      "EXERCISE DATA. Every person, name, document and booking in this folder is synthetic.\n"
      "Nobody here exists. For training and testing of passenger-screening systems only.\n\n"
      "Flights of {} (UTC), {} with {} passengers; replicate {}, seed {} of scenario '{}'\n"
      "(hash {}), simulated by corridor {}, listed by corridor {}.{}\n\n"
      "*.edi      one interchange a flight: UN/EDIFACT PAXLST D.12B, at most 100 persons a\n"
      "           message. The test indicator is 1, the carrier ZZ, the recipient does not exist.\n"
      "           Surnames begin with SYN, document numbers with SY and have twelve characters,\n"
      "           three more than a passport's. Times are local: UTC moved by whole hours by\n"
      "           longitude. File names carry the date in UTC.\n"
      "truth.csv  one row a passenger: file, message and sequence say where the person stands,\n"
      "           reference is RFF+ABO of the message, id is what 'corridor explain' takes.\n"
      "           irregular_documents and planted (what the scenario lets a person carry, or that "
      "he\n"
      "           is sought) are the truth that a screening system should not see.\n\n"
      "The lists are of bookings, as advance passenger lists are: somebody who was refused entry\n"
      "on the way out is still on the list of the flight back.\n",
      date, done.flights, done.passengers, choice.replicate, provenance.seed,
      provenance.scenario_name, provenance.scenario_hash, provenance.version, program_version(),
      provenance.scale == 1
          ? ""
          : fmt::format("\nOnly a share of {} of all travellers is simulated.", provenance.scale));
}

}  // namespace

std::int32_t clock_hours(double longitude) {
  return static_cast<std::int32_t>(std::floor(longitude / 15 + 0.5));
}

PaxlstExport export_paxlst(const ResultReader& result, const PaxlstChoice& choice) {
  const Provenance provenance = result.provenance();
  const std::string place = result.path().string();
  const scenario::Scenario whole = scenario::parse_scenario(provenance.scenario, place);
  const std::int32_t day = chosen_day(choice, whole);
  const Setup setup = make_setup(whole, {}, Names::places);
  const scenario::Scenario scenario = scenario::Timeline(whole).at(day);  // the values in force
  if (setup.data_hash != provenance.data_hash || provenance.random_contract != sim::random_contract)
    throw sim::UserError(place +
                         ": error: the world's data or the program's draws are not those of this "
                         "run, so its passengers cannot be listed again; run the scenario anew");
  const sim::RunKey key{static_cast<std::uint32_t>(scenario.run.seed),
                        static_cast<std::uint32_t>(choice.replicate)};
  const sim::Calendar calendar = scenario.calendar();
  StreamParts parts(scenario, setup, key, Facts::none);
  const StreamContext& context = parts.context;
  const travel::PopulationSetting setting{key, scenario.run.scale, scenario.stream.weekday_spread,
                                          calendar_view(calendar)};
  sim::Workers workers(static_cast<int>(scenario.run.threads));
  const FlightLister lister(context, setting, scenario.stream);
  if (parts.years) parts.years->make_ready(day, workers);
  const DayOfFlights flights(setup, lister, day, workers);

  std::vector<FlightId> chosen = flights.flights(flights.chosen_legs(choice));
  const std::string date = sim::text(calendar.date(day));
  if (chosen.empty())
    throw sim::UserError(place + ": error: nobody flies to another country there on " + date +
                         "; choose another day, link or airport");
  if (choice.flights && static_cast<std::int64_t>(chosen.size()) > *choice.flights)
    chosen.resize(static_cast<std::size_t>(*choice.flights));

  PaxlstExport done;
  std::string truth = "file,message,sequence,reference,id,member";
  for (const TruthColumn& column : truth_columns) truth += fmt::format(",{}", column.name);
  truth += '\n';
  for (const FlightList& list : lister.list(day, chosen, workers)) {
    const travel::LegRow& leg = setup.travel.legs[list.id.leg];
    const std::int64_t departs = std::int64_t{day} * minutes_of_day + flights.minute(list.id);
    const auto hours = [&](std::uint32_t airport) {
      return clock_hours(setup.shape.airport_lon[airport]);
    };
    PaxlstFlight flight;
    flight.number = flights.number(list.id);
    flight.origin = flights.origin(list.id.leg);
    flight.destination = flights.destination(list.id.leg);
    flight.departs = local_time(calendar, departs, hours(leg.origin));
    flight.arrives = local_time(calendar, departs + leg.minutes, hours(leg.destination));
    flight.prepared = local_time(calendar, departs - minutes_of_day, 0);
    const sim::Date utc = calendar.date(day);
    flight.reference = fmt::format("{:02}{:02}{:02}{:06}", utc.year % 100, utc.month, utc.day,
                                   leg.first_departure + list.id.departure);
    const std::string file =
        fmt::format("{}_{}_{}-{}.edi", date, flight.number, flight.origin, flight.destination);
    std::vector<PaxlstPerson> persons;
    persons.reserve(list.passengers.size());
    for (const Listed& listed : in_order(key, list.passengers)) {
      const std::size_t n = persons.size();
      const Passenger& p = listed.passenger;
      persons.push_back(
          on_paper(listed, setup.shape, calendar, fmt::format("{}{:04}", flight.number, n + 1)));
      truth += fmt::format("{},{},{},{},{},{}", file, paxlst_message_reference(n / paxlst_part),
                           n % paxlst_part + 1, persons.back().reference,
                           travel::to_text(p.trip, p.way, p.member), p.member);
      for (const TruthColumn& column : truth_columns) truth += ',' + column.value(context, p);
      truth += '\n';
    }
    done.files.emplace_back(file, paxlst_interchange(flight, persons, choice.style));
    done.flights += 1;
    done.passengers += static_cast<std::int64_t>(persons.size());
  }
  done.files.emplace_back("truth.csv", std::move(truth));
  done.files.emplace_back("README.txt", readme(provenance, choice, date, done));
  return done;
}

}  // namespace corridor::simulation
