// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/persons_of_interest.hpp"

#include <algorithm>
#include <tuple>

#include "sim/rare_set.hpp"

namespace corridor::simulation {
namespace {

// Kinds of rare sets: part of their ids.
enum Kind : std::uint64_t { carriers = 1, sought = 2, mistaken = 3 };  // mistaken + list

/// Ids of the draws of a rare set: kind, class of units (15 = those who travel once), pool; the
/// lowest 32 bits number its windows.
std::uint64_t set_id(std::uint64_t kind, std::uint64_t unit_class, std::uint32_t pool) {
  return kind << 56 | unit_class << 52 | std::uint64_t{pool} << 32;
}
constexpr std::uint64_t once = 15;

// Index of the draw that tells a unit's member and lists: beyond those of rare sets.
constexpr std::uint16_t unit_index = 0x100;

struct Plan {
  std::uint64_t kind;
  double share;
  Threat threat;
  std::uint8_t mistaken_for;
};

std::array<Plan, 5> plans(const risk::RiskParams& p) {
  const auto lists = risk::list_rates(p);
  return {{{carriers, p.contraband, Threat::contraband, 0},
           {sought, p.wanted, Threat::wanted, 0},
           {mistaken + 0, lists[0].false_match, Threat::none, 1},
           {mistaken + 1, lists[1].false_match, Threat::none, 2},
           {mistaken + 2, lists[2].false_match, Threat::none, 4}}};
}

bool before_by_trip(const PersonOfInterest& a, const PersonOfInterest& b) {
  return std::tie(a.trip, a.threat, a.mistaken) < std::tie(b.trip, b.threat, b.mistaken);
}

/// The rare sets of one pool and year: calls use(plan, class of units or nullptr, set of numbers,
/// their id). Numbers are those of units of the class, or, of those who travel once, slots.
template <class Use>
void each_set(const travel::SlotClasses& slots, const risk::RiskParams& risk, sim::RunKey key,
              std::uint32_t pool, std::int32_t number_of_year, Use use) {
  for (const Plan& plan : plans(risk)) {
    if (plan.share <= 0) continue;
    const auto with = [&](const travel::SlotClasses::Class* c) {
      const std::uint64_t id = set_id(plan.kind, c == nullptr ? once : c->index, pool);
      use(plan, c,
          sim::RareSet(key, sim::Purpose::person_of_interest, id, number_of_year,
                       c == nullptr ? slots.n_slots() : c->length, plan.share),
          id);
    };
    for (const travel::SlotClasses::Class& c : slots.classes()) {
      if (c.trips >= 2) with(&c);
    }
    with(nullptr);
  }
}

/// What is so of the unit on all its trips. \param id  of the unit: its draws
PersonOfInterest person_of_unit(const Plan& plan, std::uint64_t id, sim::RunKey key,
                                const risk::RiskParams& risk, std::uint32_t pool,
                                std::int32_t number_of_year) {
  const auto lists = risk::list_rates(risk);
  const sim::Block draw =
      sim::draw(key, sim::Purpose::person_of_interest, id, number_of_year, unit_index);
  PersonOfInterest person;
  person.member_word = draw[0];
  person.threat = plan.threat;
  person.mistaken = plan.mistaken_for;
  std::int32_t known = cooperation::long_ago, made = cooperation::long_ago;
  if (plan.threat != Threat::none) {
    for (const risk::List list : {risk::List::name, risk::List::biometric}) {
      const auto l = static_cast<std::size_t>(list);
      if (sim::uniform32(draw[l]) < lists[l].coverage)
        person.listed |= static_cast<std::uint8_t>(1U << l);
    }
    known = number_of_year * travel::days_of_year;
    made = known + cooperation::keyed_delay(risk.list_delay_days, draw[3]);
    person.biometric_word = draw[2];
  }
  const auto residence = static_cast<std::uint16_t>(pool / travel::n_bands);
  person.record = {id, number_of_year, 0, residence, known, made};
  return person;
}

void put_on(const travel::TripId& trip, PersonOfInterest& person) {
  person.trip = travel::pack(trip);
  person.departure_day = trip.day;
  person.return_day = trip.day + static_cast<std::int32_t>(trip.nights);
}

}  // namespace

std::vector<PersonOfInterest> persons_of_interest(const travel::PoolYear& trips, sim::RunKey key,
                                                  const risk::RiskParams& risk, std::uint32_t pool,
                                                  std::int32_t year) {
  const travel::SlotClasses& slots = trips.slots();
  std::vector<PersonOfInterest> persons;
  each_set(slots, risk, key, pool, year,
           [&](const Plan& plan, const travel::SlotClasses::Class* c, const sim::RareSet& set,
               std::uint64_t id) {
             for (const std::uint64_t n : set.members()) {
               const travel::UnitId unit =
                   c == nullptr
                       ? slots.unit_of(n)
                       : travel::UnitId{pool, year, c->trips, std::uint64_t{c->index} << 56 | n};
               if (c == nullptr && unit.trips != 1) continue;
               PersonOfInterest person = person_of_unit(plan, id + n, key, risk, pool, year);
               for (const travel::TripId& trip : trips.trips_of(unit)) {
                 put_on(trip, person);
                 persons.push_back(person);
               }
             }
           });
  std::sort(persons.begin(), persons.end(), before_by_trip);
  return persons;
}

std::vector<PersonOfInterest> persons_on_trip(const travel::PoolYear& year, sim::RunKey key,
                                              const risk::RiskParams& risk,
                                              const travel::TripId& trip) {
  const travel::UnitId unit = year.unit_of(trip);
  std::vector<PersonOfInterest> persons;
  each_set(year.slots(), risk, key, unit.pool, unit.year,
           [&](const Plan& plan, const travel::SlotClasses::Class* c, const sim::RareSet& set,
               std::uint64_t id) {
             const bool single = unit.trips == 1;
             if (single != (c == nullptr) || (!single && c->index != unit.number >> 56)) return;
             const std::uint64_t n = single ? unit.number : unit.number & 0xffffffffffffff;
             if (!set.contains(n)) return;
             persons.push_back(person_of_unit(plan, id + n, key, risk, unit.pool, unit.year));
             put_on(trip, persons.back());
           });
  std::sort(persons.begin(), persons.end(), before_by_trip);
  return persons;
}

YearIndex make_year_index(const travel::TravelTables& tables, const travel::StreamParams& stream,
                          const travel::PopulationSetting& setting, const risk::RiskParams& risk,
                          std::int32_t year, sim::Workers& workers) {
  YearIndex index;
  index.year = year;
  index.pools.resize(tables.n_pools());
  std::vector<std::vector<PersonOfInterest>> parts(static_cast<std::size_t>(workers.count()));
  workers.run(tables.n_pools(), [&](std::size_t pool, int worker) {
    const auto p = static_cast<std::uint32_t>(pool);
    const travel::PoolYear slots(tables, stream, setting, p, year);
    const auto persons = persons_of_interest(slots, setting.key, risk, p, year);
    auto& part = parts[static_cast<std::size_t>(worker)];
    part.insert(part.end(), persons.begin(), persons.end());
    index.pools[pool] = slots.slots();
  });
  for (const auto& part : parts) {
    index.by_departure.insert(index.by_departure.end(), part.begin(), part.end());
  }
  // A total order: which worker found whom does not matter.
  std::sort(index.by_departure.begin(), index.by_departure.end(), [](const auto& a, const auto& b) {
    return a.departure_day != b.departure_day ? a.departure_day < b.departure_day
                                              : before_by_trip(a, b);
  });
  index.by_return = index.by_departure;
  std::sort(index.by_return.begin(), index.by_return.end(), [](const auto& a, const auto& b) {
    return a.return_day != b.return_day ? a.return_day < b.return_day : before_by_trip(a, b);
  });
  return index;
}

void YearIndexes::make_ready(std::int32_t day, sim::Workers& workers) {
  const auto longest = static_cast<std::int32_t>(travel::bands.back().longest());
  const std::int32_t first = travel::year_of(day - longest), last = travel::year_of(day);
  std::erase_if(years_, [&](const auto& year) { return year.first < first; });
  for (std::int32_t year = first; year <= last; ++year) {
    if (years_.contains(year)) continue;
    years_.emplace(year, make_year_index(tables_, stream_, setting_, risk_, year, workers));
  }
}

std::vector<PersonOfInterest> YearIndexes::on(std::int32_t day, travel::Way way) const {
  std::vector<PersonOfInterest> persons;
  for (const auto& [year, index] : years_) {
    const bool out = way == travel::Way::out;
    const auto& sorted = out ? index.by_departure : index.by_return;
    const auto day_of = [out](const PersonOfInterest& p) {
      return out ? p.departure_day : p.return_day;
    };
    const auto first =
        std::lower_bound(sorted.begin(), sorted.end(), day,
                         [&](const PersonOfInterest& p, std::int32_t d) { return day_of(p) < d; });
    auto last = first;
    while (last != sorted.end() && day_of(*last) == day) ++last;
    persons.insert(persons.end(), first, last);
  }
  std::sort(persons.begin(), persons.end(), before_by_trip);
  return persons;
}

std::vector<PersonOfInterest> YearIndexes::on_trip(std::uint64_t trip) const {
  const std::int32_t day = travel::unpack(trip).day;
  const auto& sorted = years_.at(travel::year_of(day)).by_departure;
  std::vector<PersonOfInterest> persons;
  const auto before = [](const PersonOfInterest& p, std::pair<std::int32_t, std::uint64_t> key) {
    return std::pair{p.departure_day, p.trip} < key;
  };
  auto it = std::lower_bound(sorted.begin(), sorted.end(), std::pair{day, trip}, before);
  for (; it != sorted.end() && it->trip == trip; ++it) persons.push_back(*it);
  return persons;
}

std::uint8_t found_on_lists(sim::RunKey key, const risk::RiskParams& risk, std::uint64_t trip,
                            std::int32_t departure_day, std::uint32_t member, bool back,
                            std::uint32_t crossing, std::uint8_t listed, std::uint8_t mistaken) {
  const std::uint32_t index = crossing << 4 | (back ? 8U : 0U) | member;
  const sim::Block draw = sim::draw(key, sim::Purpose::list_search, trip, departure_day,
                                    static_cast<std::uint16_t>(index));
  const auto lists = risk::list_rates(risk);
  std::uint32_t found = mistaken;
  for (std::uint32_t l = 0; l < risk::n_lists; ++l) {
    if (((listed >> l) & 1) != 0 && sim::uniform32(draw[l]) < lists[l].sensitivity)
      found |= 1U << l;
  }
  return static_cast<std::uint8_t>(found);
}

IrregularDocument irregular_document(sim::RunKey key, const risk::RiskParams& risk,
                                     std::uint64_t trip, std::int32_t departure_day,
                                     std::uint32_t member, std::uint16_t nationality) {
  constexpr std::uint32_t record_index = 0x8000;  // beyond those of searches
  const sim::Block draw = sim::draw(key, sim::Purpose::list_search, trip, departure_day,
                                    static_cast<std::uint16_t>(record_index | member));
  IrregularDocument document;
  document.listed = sim::uniform32(draw[0]) < risk.document_coverage;
  const std::int32_t lost =
      departure_day - cooperation::keyed_delay(risk.document_age_days, draw[2]);
  constexpr std::uint16_t document_index = 0x100;  // beyond that of persons
  document.record = {trip,
                     departure_day,
                     static_cast<std::uint16_t>(document_index | member),
                     nationality,
                     lost,
                     lost + cooperation::keyed_delay(risk.document_delay_days, draw[3])};
  const double u = sim::uniform32(draw[1]);
  if (u < risk.invalid_documents) {
    document.shown = risk::Document::invalid;
  } else if (u < risk.invalid_documents + risk.inconsistent_documents) {
    document.shown = risk::Document::inconsistent;
  }
  return document;
}

}  // namespace corridor::simulation
