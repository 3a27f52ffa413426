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
#include <memory>
#include <span>
#include <vector>

#include "models/control/control_params.hpp"
#include "models/simulation/control_tables.hpp"
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
  sim::RunKey key;
  sim::SimdPath path = sim::SimdPath::best;
  std::size_t batch_rows = travel::Batch::capacity;
  std::uint32_t irregular_cut = 0;  ///< u < cut of 2^32: a person's documents are irregular
  std::array<std::uint32_t, 2>
      noticed_cut{};  ///< u < cut of 2^32: primary notices it at exit, at entry
  std::uint32_t gate_rejection_cut =
      0;                         ///< u < cut of 2^16: an e-gate sends a person to an officer
  std::uint64_t sample_cut = 0;  ///< rows whose keyed hash is below are offered to the sample
};

/// A row offered to the sample, in the order of its hash.
struct SampleOffer {
  std::uint64_t hash = 0;
  SampleRow row;
};

/// What a day's stream hands to settlement.
struct DayFlow {
  DayCounts counts;
  std::vector<SampleOffer> samples;  ///< sorted by hash, then trip and way
};

class DayStream {
 public:
  DayStream(const StreamContext& context, int workers);

  /// Streams departures and returns of population.today(): adds arrivals and candidates to the
  /// state's days ahead, and flows to its month.
  DayFlow run(const travel::Population& population, State& state, sim::Workers& workers);

 private:
  struct Worker;
  void add_batch(Worker& worker, travel::Batch& batch) const;
  void add_unit(Worker& worker, const travel::Batch& batch, std::size_t i, std::uint32_t persons,
                std::uint32_t absent) const;
  void add_persons(Worker& worker, const travel::Batch& batch) const;
  void find_removed(const travel::Population& population, const State& state);
  [[nodiscard]] std::uint32_t absent_members(std::uint64_t trip) const;

  const StreamContext& c_;
  std::vector<std::uint64_t>
      filter_;  ///< one bit a hash: may a trip that returns today lack somebody
  std::span<const Removed> removed_today_;
  std::vector<std::shared_ptr<Worker>> workers_;
};

/// Persons who are abroad when day 0 begins: all trips that departed before and return on day 0 or
/// later.
[[nodiscard]] std::int64_t persons_abroad_at(const StreamContext& context,
                                             const travel::Population& population,
                                             sim::Workers& workers);

/// What the draws of one person say at one crossing of a journey that JourneyMaker has made: the
/// plain form of what DayStream does in columns, for explanations, for taking back what a refused
/// person will not do, and for tests.
struct PersonAtPost {
  bool checked = false;  ///< not left out by a spot check
  std::uint32_t lane = 0;
  bool drawn = false, referred = false;
};
[[nodiscard]] PersonAtPost person_at_post(const StreamContext& context, const travel::Batch& batch,
                                          std::size_t row, std::uint32_t member,
                                          std::uint32_t crossing);

/// Makes one journey: row 0 of the batch.
void make_single(const StreamContext& context, travel::Batch& batch, std::uint64_t trip,
                 travel::Way way);

/// Where an arrival is counted: [post][lane][bin].
[[nodiscard]] constexpr std::size_t arrival_cell(std::uint32_t post, std::uint32_t lane,
                                                 std::uint32_t minute_of_day) {
  return (post * n_lanes + lane) * n_bins + minute_of_day / (1440 / n_bins);
}

/// Whether this person's documents are irregular; a property of person and trip.
[[nodiscard]] bool has_irregular_documents(const StreamContext& context, std::uint64_t trip,
                                           std::int32_t departure_day, std::uint32_t member);

}  // namespace corridor::simulation
