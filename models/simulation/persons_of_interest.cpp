// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/persons_of_interest.hpp"

#include <algorithm>
#include <tuple>

#include "sim/rare_set.hpp"

namespace corridor::simulation {
namespace {

using cooperation::Subject;

// Kinds of rare sets: part of their ids.
enum Kind : std::uint64_t {
  carriers = 1,
  sought = 2,
  mistaken = 3,  // mistaken + list
  wrong = 6,
  lost_document = 7,
  wanted_otherwise = 8,
  refused_before = 10,  // 9: records of fighters (known_records.hpp)
  joined = 11
};

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
  Subject subject;
  std::uint8_t listed = 0;  // on these lists in any case
  bool joined = false;      // named by an error of analysts
};

constexpr std::uint8_t on_documents = 1, on_names = 2, on_biometrics = 4;

std::array<Plan, 10> plans(const InterestRates& rates, std::uint32_t pool) {
  const risk::RiskParams& p = *rates.risk;
  const auto lists = risk::list_rates(p);
  const cooperation::OrdinaryRates ordinary = rates.ordinary.empty()
                                                  ? cooperation::OrdinaryRates{}
                                                  : rates.ordinary[pool / travel::n_bands];
  const double by_name = lists[1].coverage * (p.contraband + p.wanted);
  // Of those planted, who stand on two lists.
  const double files = lists[2].coverage * by_name;
  const double right = by_name + ordinary.wanted + ordinary.refused;
  return {
      {{carriers, p.contraband, Threat::contraband, 0, Subject::planted},
       {sought, p.wanted, Threat::wanted, 0, Subject::planted},
       {mistaken + 0, lists[0].false_match, Threat::none, on_documents, Subject::mistaken},
       {mistaken + 1, lists[1].false_match, Threat::none, on_names, Subject::mistaken},
       {mistaken + 2, lists[2].false_match, Threat::none, on_biometrics, Subject::mistaken},
       {wrong, rates.wrong * right, Threat::none, on_names, Subject::wrong},
       {lost_document, ordinary.lost_documents, Threat::none, 0, Subject::ordinary, on_documents},
       {wanted_otherwise, ordinary.wanted, Threat::wanted, 0, Subject::ordinary, on_names},
       {refused_before, ordinary.refused, Threat::none, 0, Subject::ordinary, on_names},
       {joined, rates.joined * files, Threat::none, on_names, Subject::mistaken, 0, true}}};
}

bool before_by_trip(const PersonOfInterest& a, const PersonOfInterest& b) {
  return std::tie(a.trip, a.threat, a.mistaken, a.listed, a.subject, a.joined) <
         std::tie(b.trip, b.threat, b.mistaken, b.listed, b.subject, b.joined);
}

/// The rare sets of one pool and year: calls use(plan, class of units or nullptr, set of numbers,
/// their id). Numbers are those of units of the class, or, of those who travel once, slots.
template <class Use>
void each_set(const travel::SlotClasses& slots, const InterestRates& rates, sim::RunKey key,
              std::uint32_t pool, std::int32_t number_of_year, Use use) {
  for (const Plan& plan : plans(rates, pool)) {
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
  person.subject = plan.subject;
  person.listed = plan.listed;
  person.joined = plan.joined ? 1 : 0;
  person.biometric_word = draw[2];
  std::int32_t known = cooperation::long_ago, made = cooperation::long_ago;
  if (plan.subject == Subject::planted) {
    for (const risk::List list : {risk::List::name, risk::List::biometric}) {
      const auto l = static_cast<std::size_t>(list);
      if (sim::uniform32(draw[l]) < lists[l].coverage)
        person.listed |= static_cast<std::uint8_t>(1U << l);
    }
    // Of who has none anyway: uniform again.
    const double held = lists[static_cast<std::size_t>(risk::List::biometric)].coverage;
    const double u = (sim::uniform32(draw[2]) - held) / (1 - held);
    if (u >= 0) person.biometric_word = static_cast<std::uint32_t>(u * 0x1p32);
  }
  if (plan.subject != Subject::mistaken || plan.joined) {
    known = number_of_year * travel::days_of_year;
    made = known + cooperation::keyed_delay(risk.list_delay_days, draw[3]);
  }
  if (plan.subject == Subject::wrong) {
    person.wrong_word = draw[1];
    person.corrected_word = draw[2];
  }
  const auto residence = static_cast<std::uint16_t>(pool / travel::n_bands);
  person.record = {id, number_of_year, 0, residence, known, made};
  person.record.wrong = plan.subject == Subject::wrong;
  return person;
}

void put_on(const travel::TripId& trip, PersonOfInterest& person) {
  person.trip = travel::pack(trip);
  person.departure_day = trip.day;
  person.return_day = trip.day + static_cast<std::int32_t>(trip.nights);
}

}  // namespace

bool InterestRates::any() const {
  const std::size_t pools = std::max<std::size_t>(1, ordinary.size() * travel::n_bands);
  for (std::uint32_t pool = 0; pool < pools; ++pool) {
    for (const Plan& plan : plans(*this, pool)) {
      if (plan.share > 0) return true;
    }
  }
  return false;
}

std::vector<PersonOfInterest> persons_of_interest(const travel::PoolYear& trips, sim::RunKey key,
                                                  const InterestRates& rates, std::uint32_t pool,
                                                  std::int32_t year) {
  const travel::SlotClasses& slots = trips.slots();
  std::vector<PersonOfInterest> persons;
  each_set(slots, rates, key, pool, year,
           [&](const Plan& plan, const travel::SlotClasses::Class* c, const sim::RareSet& set,
               std::uint64_t id) {
             for (const std::uint64_t n : set.members()) {
               const travel::UnitId unit =
                   c == nullptr
                       ? slots.unit_of(n)
                       : travel::UnitId{pool, year, c->trips, std::uint64_t{c->index} << 56 | n};
               if (c == nullptr && unit.trips != 1) continue;
               PersonOfInterest person = person_of_unit(plan, id + n, key, *rates.risk, pool, year);
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
                                              const InterestRates& rates,
                                              const travel::TripId& trip) {
  const travel::UnitId unit = year.unit_of(trip);
  std::vector<PersonOfInterest> persons;
  each_set(
      year.slots(), rates, key, unit.pool, unit.year,
      [&](const Plan& plan, const travel::SlotClasses::Class* c, const sim::RareSet& set,
          std::uint64_t id) {
        const bool single = unit.trips == 1;
        if (single != (c == nullptr) || (!single && c->index != unit.number >> 56)) return;
        const std::uint64_t n = single ? unit.number : unit.number & 0xffffffffffffff;
        if (!set.contains(n)) return;
        persons.push_back(person_of_unit(plan, id + n, key, *rates.risk, unit.pool, unit.year));
        put_on(trip, persons.back());
      });
  std::sort(persons.begin(), persons.end(), before_by_trip);
  return persons;
}

YearIndex make_year_index(const travel::TravelTables& tables, const travel::StreamParams& stream,
                          const travel::PopulationSetting& setting, const InterestRates& rates,
                          std::int32_t year, sim::Workers& workers) {
  YearIndex index;
  index.year = year;
  index.pools.resize(tables.n_pools());
  std::vector<std::vector<PersonOfInterest>> parts(static_cast<std::size_t>(workers.count()));
  workers.run(tables.n_pools(), [&](std::size_t pool, int worker) {
    const auto p = static_cast<std::uint32_t>(pool);
    const travel::PoolYear slots(tables, stream, setting, p, year);
    const auto persons = persons_of_interest(slots, setting.key, rates, p, year);
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
    years_.emplace(year, make_year_index(tables_, stream_, setting_, rates_, year, workers));
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
