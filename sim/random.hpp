// SPDX-License-Identifier: Apache-2.0
/// \file random.hpp  Every draw of a run: a pure function of who decides what, when.
///
/// Contract, version 1 (DESIGN 3; stands in every result as `random_contract`):
///
///     block = Philox4x32-10( key = (seed, replicate),
///                            counter = (id low, id high, day, purpose << 16 | index) )
///
/// No generator has state, so one more traveller, another batch length or another order changes
/// nobody else's draws. Source. Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as
/// easy as 1, 2, 3", SC11; implementation: Random123 (Debian librandom123-dev). Checked in
/// tests/sim/test_random.cpp: known answers for every SIMD path, equality of the paths.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corridor::sim {

inline constexpr int random_contract = 1;

/// One entry per kind of decision. Numbers are for ever: they are part of every stored result.
enum class Purpose : std::uint16_t {
  cell_count = 1,  ///< how many trips a block of origin-destination pairs starts on a day
  trip = 2,     ///< what the travelling unit does: destination, itinerary, purpose, party, booking
  journey = 3,  ///< one way of a trip: flights, hour
  person = 4,   ///< one person of a unit on one way: documents, lane, random selection
  unit_bijection = 5,         ///< which trips of a year belong to the same travelling unit
  same_day = 6,               ///< counts of same-day crossings at a post and hour
  review = 7,                 ///< what happens to a selected person in secondary inspection
  schedule = 8,               ///< hour of a flight, ferry or land departure
  sample = 9,                 ///< which journeys are kept as a sample
  signals = 10,               ///< what a booking shows beyond the journey: payment, fit, indicators
  person_of_interest = 11,    ///< which travelling units carry, are listed or falsely matched
  list_search = 12,           ///< whether a search of a list finds what is there
  protected_attributes = 13,  ///< sex, age band and synthetic group, for the audit alone
  mobilisation = 14,          ///< fighters: who sets out, what he plans, when he returns
  fighter_choice = 15,        ///< fighters: gateway, mode, waiting, reaction to what happened
  trafficking = 16,   ///< organisations: how they differ, where they expand, what they choose
  consignment = 17,   ///< a consignment, ordinary or not: its size, what its papers show
  interdiction = 18,  ///< where police look, when not decided by posts; reports of seizures
  finance = 19,       ///< laundering, couriers of cash, freezing and recovery of assets
  injected = 20,      ///< a traveller of another model: itinerary and booking of a ticket
  /// what an exported passenger list invents: names, documents, seats
  passenger_list = 32,
  tuning = 33,         ///< which records a tuning of rules holds out, and which variants it tries
  stand_in = 34,       ///< which candidates stand for those whom a scaled run leaves out
  list_access = 35,    ///< to which lists a record goes and when, which posts can ask them
  record_link = 36,    ///< what links between systems carry of which record, which of them are up
  planning = 37,       ///< what organisations hear, who agrees, who learns from whom, part places
  parameter_set = 48,  ///< which values stand for what is not known (models/compare)
};

constexpr std::string_view name(Purpose p) {
  switch (p) {
    case Purpose::cell_count:
      return "cell_count";
    case Purpose::trip:
      return "trip";
    case Purpose::journey:
      return "journey";
    case Purpose::person:
      return "person";
    case Purpose::unit_bijection:
      return "unit_bijection";
    case Purpose::same_day:
      return "same_day";
    case Purpose::review:
      return "review";
    case Purpose::schedule:
      return "schedule";
    case Purpose::sample:
      return "sample";
    case Purpose::signals:
      return "signals";
    case Purpose::person_of_interest:
      return "person_of_interest";
    case Purpose::list_search:
      return "list_search";
    case Purpose::protected_attributes:
      return "protected_attributes";
    case Purpose::mobilisation:
      return "mobilisation";
    case Purpose::fighter_choice:
      return "fighter_choice";
    case Purpose::trafficking:
      return "trafficking";
    case Purpose::consignment:
      return "consignment";
    case Purpose::interdiction:
      return "interdiction";
    case Purpose::finance:
      return "finance";
    case Purpose::injected:
      return "injected";
    case Purpose::passenger_list:
      return "passenger_list";
    case Purpose::tuning:
      return "tuning";
    case Purpose::stand_in:
      return "stand_in";
    case Purpose::list_access:
      return "list_access";
    case Purpose::record_link:
      return "record_link";
    case Purpose::parameter_set:
      return "parameter_set";
    case Purpose::planning:
      return "planning";
  }
  return "?";
}

/// Seed and replicate: the Philox key of a run.
struct RunKey {
  std::uint32_t seed = 1;
  std::uint32_t replicate = 0;
  friend bool operator==(RunKey, RunKey) = default;
};

using Block = std::array<std::uint32_t, 4>;

/// The 128 bits of one decision. \param index 0.. when a decision needs more than one block.
[[nodiscard]] Block draw(RunKey key, Purpose purpose, std::uint64_t id, std::int32_t day,
                         std::uint16_t index = 0);

/// Which instruction set the batch generator uses. `best` is the widest that the CPU has.
enum class SimdPath { scalar, sse2, avx2, best };

/// The widest path that this CPU has; `name` of a path for messages.
[[nodiscard]] SimdPath widest_path();
std::string_view name(SimdPath path);

/// As `draw` for each row, into four columns: word k of row i is out[k][i]. All paths give the same
/// bits. \param ids, days, index  one entry a row; `n` rows. The arrays need no alignment. \throws
/// std::invalid_argument when the CPU has not got `path`.
void draw_batch(SimdPath path, RunKey key, Purpose purpose, std::size_t n, const std::uint64_t* ids,
                const std::int32_t* days, const std::uint16_t* index,
                const std::array<std::uint32_t*, 4>& out);

/// 64 bits from two words; the first word is the high half.
constexpr std::uint64_t bits64(std::uint32_t high, std::uint32_t low) {
  return (std::uint64_t{high} << 32) | low;
}

/// Uniform in [0, 1) on a grid of 2^-32, and of 2^-53. Exact conversions.
constexpr double uniform32(std::uint32_t word) { return word * 0x1p-32; }
constexpr double uniform53(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

/// u < p as an integer comparison: word < threshold32(p). \pre 0 <= p <= 1. p = 1 is always true,
/// which takes a 64-bit threshold.
constexpr std::uint64_t threshold32(double p) { return static_cast<std::uint64_t>(p * 0x1p32); }
/// The same in 32 bits, for columns of thresholds: p = 1 and more miss the last word of 2^32.
constexpr std::uint32_t cut32(double p) {
  return p >= 1 ? 0xffffffffU : static_cast<std::uint32_t>(p * 0x1p32);
}

}  // namespace corridor::sim
