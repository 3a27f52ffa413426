// SPDX-License-Identifier: Apache-2.0
/// \file day_stream.hpp  One day of the population, streamed: tallies of what moved and candidates
/// for secondary.
///
/// Units of work run on any thread in any order. Each adds to its worker's own integer tallies;
/// candidates and sample rows are collected and sorted afterwards. So the sum is the same for any
/// number of threads and any batch length.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "models/control/control_params.hpp"
#include "models/simulation/control_tables.hpp"
#include "models/simulation/day_tally.hpp"
#include "models/simulation/persons_of_interest.hpp"
#include "models/simulation/scorer.hpp"
#include "models/simulation/state.hpp"
#include "models/travel/journeys.hpp"
#include "models/travel/population.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

/// Everything that streaming looks up and does not change.
struct StreamContext {
  const travel::TravelTables& tables;
  const ControlTables& control;
  const travel::JourneyMaker& maker;
  const travel::Signals& signals;
  const travel::SignalParams& signal_params;
  const risk::RiskParams& risk;
  const cooperation::Exchange& exchange;
  const ScoringTables* scoring;  ///< nullptr: no rules score
  const YearIndexes* years;      ///< nullptr: no persons of interest, no history
  /// Records of other models' people, sorted; nullptr: what is known of them is known everywhere.
  const std::vector<KnownRecord>* known = nullptr;
  /// Trips of other models' people that are on their way or will come back, sorted by trip.
  const std::vector<travel::InjectedTrip>* injected = nullptr;
  /// What originators of records allowed; nullptr: nothing.
  const cooperation::RequestBook* requests = nullptr;
  bool whole = true;  ///< scale 1: other models' people count in the tallies as everybody
  sim::RunKey key;
  sim::SimdPath path = sim::SimdPath::best;
  std::size_t batch_rows = travel::Batch::capacity;
  std::uint32_t irregular_cut = 0;  ///< u < cut of 2^32: a person's documents are irregular
  std::array<std::uint32_t, 2>
      noticed_cut{};  ///< u < cut of 2^32: primary notices it at exit, at entry
  std::uint32_t gate_rejection_cut =
      0;  ///< u < cut of 2^16: an e-gate sends a person to an officer
  /// Per country, the chance that insiders keep a courier of drugs out of selection at a post of
  /// it; empty = nobody does.
  std::span<const double> insiders{};
  std::uint64_t sample_cut = 0;  ///< rows whose keyed hash is below are offered to the sample
};

/// A row offered to the sample, in the order of its hash.
struct SampleOffer {
  std::uint64_t hash = 0;
  SampleRow row;
};

/// A fast keyed hash (the finaliser of SplitMix64, Steele et al. 2014) for what needs no
/// statistics, only spread.
constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

/// One bit a hash of a trip: asked about every trip that is listed, it says that few may be meant.
class TripFilter {
 public:
  void clear() { words_.clear(); }
  /// \param rows  with a member `trip`
  template <class Rows>
  void set(const Rows& rows) {
    words_.assign(rows.empty() ? 0 : n_words, 0);
    for (const auto& row : rows)
      words_[bit(row.trip) / 64] |= std::uint64_t{1} << bit(row.trip) % 64;
  }
  [[nodiscard]] bool may_hold(std::uint64_t trip) const {
    if (words_.empty()) return false;
    return ((words_[bit(trip) / 64] >> bit(trip) % 64) & 1) != 0;
  }

 private:
  static constexpr std::size_t n_words = 1024;
  static constexpr std::size_t bit(std::uint64_t trip) { return mix(trip) % (n_words * 64); }
  std::vector<std::uint64_t> words_;
};

/// Persons of interest of a day and way: a filter, and the list behind it.
class InterestLookup {
 public:
  void set(std::vector<PersonOfInterest> persons);
  [[nodiscard]] bool may_hold(std::uint64_t trip) const { return filter_.may_hold(trip); }
  /// Entries of a trip; sorted.
  [[nodiscard]] std::span<const PersonOfInterest> of(std::uint64_t trip) const;

 private:
  std::vector<PersonOfInterest> persons_;
  TripFilter filter_;
};

/// What a day's stream hands to settlement.
struct DayFlow {
  DayTallies tallies;  ///< of places what was known alone
  /// [ordinary, alone][post][threat]: who sets out to pass there
  std::array<std::vector<std::int64_t>, 2> threats_by_post;
  std::vector<cooperation::RecordRequest> requests;  ///< for permission; in no order
  std::vector<SampleOffer> samples;                  ///< sorted by hash, then trip and way
};

class DayStream {
 public:
  DayStream(const StreamContext& context, int workers);

  /// Streams departures and returns of population.today(): adds arrivals and candidates to the
  /// state's days ahead, flows to its month, and scores to its histogram of the day. \param rules
  /// nullptr when none score
  DayFlow run(const travel::Population& population, State& state, sim::Workers& workers,
              const DayRules* rules);

  /// The scores that travellers of population.today() get at each post, those who set out then:
  /// shape (n_score_bins, posts). \param share  only this share of the trips, by a keyed hash, each
  /// counting 1 / share; \pre scoring is on
  std::vector<std::uint32_t> score_histogram(const travel::Population& population,
                                             sim::Workers& workers, const DayRules& rules,
                                             double share);

 private:
  struct Worker;
  void list(const travel::Population& population, sim::Workers& workers, std::uint64_t hash_cut,
            const std::function<void(Worker&, travel::Batch&)>& use);
  void list_injected(Worker& worker, travel::Way way, std::int32_t day,
                     const std::function<void(Worker&, travel::Batch&)>& use) const;
  /// Whether the rows count in tallies and queues.
  [[nodiscard]] bool counts(const travel::Batch& batch) const {
    return batch.planned.empty() || c_.whole;
  }
  void make_batch(Worker& worker, travel::Batch& batch) const;
  void spot_checks(travel::Batch& batch) const;
  void score_batch(Worker& worker, const travel::Batch& batch) const;
  void score_unchecked(Worker& worker, const travel::Batch& batch, std::size_t i) const;
  void score_remarkable(Worker& worker, const travel::Batch& batch, std::size_t i, bool all) const;
  void add_batch(Worker& worker, travel::Batch& batch) const;
  void add_unit(Worker& worker, const travel::Batch& batch, std::size_t i, std::uint32_t persons,
                std::uint32_t absent) const;
  void draw_persons(Worker& worker, const travel::Batch& batch) const;
  void add_persons(Worker& worker, const travel::Batch& batch) const;
  void add_special_persons(Worker& worker, const travel::Batch& batch) const;
  void find_interesting(std::int32_t day);
  void find_removed(const travel::Population& population, const State& state);
  [[nodiscard]] std::uint32_t absent_members(std::uint64_t trip) const;

  const StreamContext& c_;
  TripFilter filter_;  ///< may a trip that returns today lack somebody
  std::span<const Removed> removed_today_;
  std::array<InterestLookup, 2> interest_;  ///< by way
  const DayRules* rules_ = nullptr;
  std::vector<std::shared_ptr<Worker>> workers_;
};

/// Persons who are abroad when day 0 begins: all trips that departed before and return on day 0 or
/// later.
[[nodiscard]] std::int64_t persons_abroad_at(const StreamContext& context,
                                             const travel::Population& population,
                                             sim::Workers& workers);

/// Earlier trips of a row's unit, as far as they may be kept. \param place  of the trip among its
/// pool's trips of the day of departure. \pre the year of that day is made ready
[[nodiscard]] std::int16_t earlier_trips(const StreamContext& context, const travel::Batch& batch,
                                         std::size_t row, std::uint32_t place);
/// The same of a slot of the pool's year. \param of_year  day of the year of the trip's departure
[[nodiscard]] std::int16_t earlier_trips(const travel::SlotClasses& slots, std::uint64_t slot,
                                         std::int32_t of_year, const risk::RiskParams& risk);

/// The row of an injected trip. \throws std::logic_error when the context has not got it
[[nodiscard]] const travel::InjectedTrip& injected_trip(const StreamContext& context,
                                                        std::uint64_t trip);
/// Fills row `i` of a batch with an injected trip; the caller sets Batch::planned.
void put_injected(travel::Batch& batch, std::size_t i, const travel::InjectedTrip& trip);
/// Makes one way of an injected trip, with its signals: row 0 of the batch.
void make_injected(const StreamContext& context, travel::Batch& batch,
                   const travel::InjectedTrip& trip, travel::Way way);
/// What an injected trip shows to lists: one entry of its first member, and one more for each
/// record of its people.
void add_interest(const StreamContext& context, const travel::InjectedTrip& trip,
                  std::vector<PersonOfInterest>& interest);

/// Where an arrival is counted: [post][lane][bin].
[[nodiscard]] constexpr std::size_t arrival_cell(std::uint32_t post, std::uint32_t lane,
                                                 std::uint32_t minute_of_day) {
  return (post * n_lanes + lane) * n_bins + minute_of_day / (1440 / n_bins);
}

}  // namespace corridor::simulation
