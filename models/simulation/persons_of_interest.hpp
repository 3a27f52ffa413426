// SPDX-License-Identifier: Apache-2.0
/// \file persons_of_interest.hpp  The few among the many: persons who carry something, are sought,
/// or are mistaken for somebody, by the trips on which they travel.
///
/// Model. Travelling units are numbered (units.hpp); a keyed rare set (sim/rare_set.hpp) of them
///   - carries contraband, with probability contraband;   - is sought, with probability wanted;
///   - is mistaken for a listed person, per list, with probability false_match of the list.
/// Of each such unit one member is meant, the same on all its trips, so that who travels often is
/// met often. A planted person is on a list with the list's coverage, decided once (for names and
/// biometrics), and his record stands on the national list from day y - d ln(1 - u) on, y the first
/// day of the year and d = list_delay_days; where else it is seen from when says the exchange
/// (models/cooperation/exchange.hpp);
/// whether a search then finds him is decided at each crossing. Documents: an irregular document of
/// anybody is reported lost with the coverage of the list of documents; it was lost an exponential
/// time before its use (document_age_days), and stands on the national list an exponential time
/// after its loss (document_delay_days). What a person carries rides on the way out.
///
/// The trips of a year are found by listing the units of the rare sets and then their trips:
/// nothing is asked of the billions of others. The stream looks up each trip that it lists in one
/// filter.
///
/// With a file of organisations others stand on lists too, neither fighters nor couriers: in
/// shares of units by class of income, one travels on a document that was reported lost (listed,
/// nothing illicit), one is wanted for another crime, one was refused before; and per right record
/// some are wrong and name somebody innocent. Their records are made as those of planted persons.
/// Where analysts join records, some are taken for who is meant (models/cooperation/joining.hpp).
///
/// Kept simple. At scale below 1 planted units are thinned with all others. Other models will add
/// their own entries to the same table. Checked in
/// tests/models/simulation/test_persons_of_interest.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "models/control/threat.hpp"
#include "models/cooperation/exchange.hpp"
#include "models/cooperation/subjects.hpp"
#include "models/risk/feature_columns.hpp"
#include "models/risk/risk_params.hpp"
#include "models/travel/population.hpp"
#include "models/travel/stream_params.hpp"
#include "models/travel/units.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

using control::Threat;

/// How many persons of interest there are. A scenario's lists and planted persons alone, or with
/// those whom a file of organisations adds.
struct InterestRates {
  InterestRates(const risk::RiskParams& params) : risk(&params) {}  // NOLINT: a set of rates
  const risk::RiskParams* risk;
  std::span<const cooperation::OrdinaryRates> ordinary;  ///< per country; empty: none
  double wrong = 0;                                      ///< wrong records per right one
  double joined = 0;  ///< innocents whom analysts name per file that they can join
  /// Whether anybody is of interest.
  [[nodiscard]] bool any() const;
};

/// One person on one trip.
struct PersonOfInterest {
  std::uint64_t trip = 0;
  std::int32_t departure_day = 0, return_day = 0;
  std::uint32_t member_word = 0;  ///< the member is member_word % party
  Threat threat = Threat::none;   ///< what he carries or is sought for
  std::uint8_t listed = 0;        ///< bit per risk::List: he is on it
  std::uint8_t mistaken = 0;      ///< bit per risk::List: he is taken for somebody on it
  std::uint8_t irregular = 0;     ///< 1: his document is irregular, whatever the draw says
  std::uint8_t joined = 0;        ///< 1: analysts name him when they join somebody else's records
  cooperation::Subject subject = cooperation::Subject::planted;
  std::uint32_t wrong_word = 0, corrected_word = 0;  ///< of a wrong record
  std::uint32_t biometric_word = 0;  ///< whether biometrics are added to his record that has none
  cooperation::RecordKey record;     ///< behind `listed` and `mistaken`
  friend bool operator==(const PersonOfInterest&, const PersonOfInterest&) = default;
};

/// What is illicit about a trip, as its booking shows it: the gravest of those who ride on it.
[[nodiscard]] inline std::uint8_t threat_of(std::span<const PersonOfInterest> riders) {
  Threat gravest = Threat::none;
  for (const PersonOfInterest& p : riders) gravest = std::max(gravest, p.threat);
  return static_cast<std::uint8_t>(gravest);
}

/// All that depends on knowing a whole year of a pool at once: how often units have travelled
/// before, and the persons of interest. Not state: a function of scenario and seed.
struct YearIndex {
  std::int32_t year = 0;
  std::vector<travel::SlotClasses> pools;      ///< per pool
  std::vector<PersonOfInterest> by_departure;  ///< sorted by (departure_day, trip)
  std::vector<PersonOfInterest> by_return;     ///< sorted by (return_day, trip)
};

[[nodiscard]] YearIndex make_year_index(const travel::TravelTables& tables,
                                        const travel::StreamParams& stream,
                                        const travel::PopulationSetting& setting,
                                        const InterestRates& rates, std::int32_t year,
                                        sim::Workers& workers);

/// Persons of interest on the trips of one pool and year, sorted by trip; what make_year_index does
/// pool by pool.
[[nodiscard]] std::vector<PersonOfInterest> persons_of_interest(const travel::PoolYear& trips,
                                                                sim::RunKey key,
                                                                const InterestRates& rates,
                                                                std::uint32_t pool,
                                                                std::int32_t year);

/// Those on one trip, asked about its unit alone. \pre the trip exists
[[nodiscard]] std::vector<PersonOfInterest> persons_on_trip(const travel::PoolYear& year,
                                                            sim::RunKey key,
                                                            const InterestRates& rates,
                                                            const travel::TripId& trip);

/// The indexes of the years that matter on a day, made when they are needed.
class YearIndexes {
 public:
  YearIndexes(const travel::TravelTables& tables, const travel::StreamParams& stream,
              travel::PopulationSetting setting, const InterestRates& rates)
      : tables_(tables), stream_(stream), setting_(std::move(setting)), rates_(rates) {}

  /// Makes what is needed for the departures and returns of `day`.
  void make_ready(std::int32_t day, sim::Workers& workers);
  /// Persons of interest whose trips depart, or return, on a day; sorted by trip. \pre made ready
  [[nodiscard]] std::vector<PersonOfInterest> on(std::int32_t day, travel::Way way) const;
  /// Those on one trip. \pre the year of its departure is made ready
  [[nodiscard]] std::vector<PersonOfInterest> on_trip(std::uint64_t trip) const;
  /// Slots of a pool in the year of a day. \pre made ready
  [[nodiscard]] const travel::SlotClasses& slots(std::uint32_t pool, std::int32_t day) const {
    return years_.at(travel::year_of(day)).pools[pool];
  }

 private:
  const travel::TravelTables& tables_;
  const travel::StreamParams& stream_;
  travel::PopulationSetting setting_;
  InterestRates rates_;
  std::map<std::int32_t, YearIndex> years_;
};

/// Which lists answer when a person is searched at a crossing: bit per risk::List. \param crossing
/// number of the crossing on its way
[[nodiscard]] std::uint8_t found_on_lists(sim::RunKey key, const risk::RiskParams& risk,
                                          std::uint64_t trip, std::int32_t departure_day,
                                          std::uint32_t member, bool back, std::uint32_t crossing,
                                          std::uint8_t listed, std::uint8_t mistaken);

/// What is known of an irregular document: drawn once a trip and person. \param nationality  of the
/// country that issued it
struct IrregularDocument {
  bool listed = false;  ///< reported, so on the list of documents
  cooperation::RecordKey record;
  risk::Document shown = risk::Document::valid;  ///< what data show at check-in
};
[[nodiscard]] IrregularDocument irregular_document(sim::RunKey key, const risk::RiskParams& risk,
                                                   std::uint64_t trip, std::int32_t departure_day,
                                                   std::uint32_t member, std::uint16_t nationality);

}  // namespace corridor::simulation
