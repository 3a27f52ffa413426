// SPDX-License-Identifier: Apache-2.0
/// \file day_worker.hpp  What one worker keeps while it streams a day. Internal to day_stream.cpp,
/// day_scores.cpp and day_persons.cpp.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/simulation/day_stream.hpp"

namespace corridor::simulation {

inline constexpr std::uint32_t minutes_of_day = 1440;
inline constexpr std::size_t dense_days = 2;  // later days are rare and kept as a list

// Indices of the Philox blocks of a person (Purpose::person). Bits 0-2: person; bit 3: way.
inline constexpr std::uint16_t way_bit = 8, noticed_block = 0x100;

/// Which trips belong to a keyed sample of a share: those whose hash is not above the cut.
inline constexpr std::uint64_t everybody = ~std::uint64_t{0};
constexpr std::uint64_t sample_hash(sim::RunKey key, std::uint64_t trip) {
  return mix(trip ^ mix(sim::bits64(key.seed, key.replicate) + 0x632BE59BD9B4E019ULL));
}
constexpr std::uint64_t sample_cut(double share) {
  return share >= 1 ? everybody : static_cast<std::uint64_t>(share * 0x1p64);
}

// A person has one word for being drawn and a half word for the gate at the first two crossings; a
// long land journey turns them for those that follow. The tie at a crossing is the other word,
// turned, so that it has nothing to do with being drawn there.
constexpr std::uint32_t select_word(std::uint32_t word, std::uint32_t crossing) {
  return std::rotl(word, static_cast<int>(7 * (crossing / 2)));
}
constexpr std::uint32_t gate_word(std::uint32_t word, std::uint32_t crossing) {
  return std::rotl(word, static_cast<int>(16 * (crossing % 2) + 5 * (crossing / 2))) & 0xffff;
}
constexpr std::uint32_t tie_word(std::uint32_t other_word, std::uint32_t crossing) {
  return std::rotl(other_word, static_cast<int>(16 + 7 * (crossing / 2)));
}

/// How often units have travelled before, asked about row after row. Rows of one pool stand
/// together; those of a way back depart on as many days as the pool's band has nights.
class HistoryLookup {
 public:
  /// \param place  of the row's trip among its pool's trips of the day of departure
  [[nodiscard]] std::int16_t earlier(const StreamContext& context, const travel::Batch& batch,
                                     std::size_t row, std::uint32_t place);

 private:
  struct Day {
    std::int32_t day = INT32_MIN;
    std::uint64_t first_slot = 0;
    travel::EarlierTrips trips;
  };
  std::uint32_t pool_ = UINT32_MAX;
  std::array<Day, 64> days_;  ///< by day modulo 64: no two of a band meet
};

struct DayStream::Worker {
  struct Later {
    std::uint32_t cell;
    std::uint8_t offset;
    std::int32_t persons;
  };
  static constexpr std::size_t max_persons = travel::Batch::capacity * travel::max_party;

  std::unique_ptr<travel::Batch> batch = std::make_unique<travel::Batch>();
  DayTallies tallies;
  /// [ordinary, alone][post][threat]: those of counts.threats_at_posts
  std::array<std::vector<std::int64_t>, 2> threats_by_post;
  std::vector<cooperation::RecordRequest> requests;
  std::array<std::int64_t, ahead> on_the_road{};
  std::array<std::vector<std::uint32_t>, dense_days> arrivals;
  std::vector<Later> later;
  std::vector<std::uint32_t> leg_persons, departing, arriving, connecting, border_crossings,
      pair_trips;
  std::array<std::vector<control::Candidate>, ahead> candidates;
  std::vector<SampleOffer> samples;
  std::array<std::uint8_t, travel::Batch::capacity> absent{};   ///< bit per member
  std::array<std::uint8_t, travel::Batch::capacity> present{};  ///< how many others

  // Scoring.
  std::optional<BatchScorer> scorer;
  std::array<std::uint32_t, travel::Batch::capacity>
      place{};  ///< among its pool's trips of the day
  std::array<std::int16_t, travel::Batch::capacity> earlier{};
  HistoryLookup history;
  std::array<std::span<const PersonOfInterest>, travel::Batch::capacity> interest;
  std::array<std::array<std::int32_t, travel::Batch::capacity>, travel::max_crossings> score{};
  std::array<std::array<std::uint8_t, travel::Batch::capacity>, travel::max_crossings> refers{};
  std::array<bool, travel::Batch::capacity> any_flag{};
  /// Rows above the base or referred somewhere; of the others `refers` is not kept.
  std::array<std::uint16_t, travel::Batch::capacity + 1> remarkable{};
  std::vector<std::uint32_t> histogram;  ///< [bin][post], then unchecked [bin]
  std::array<std::array<std::int64_t, n_score_bins>, risk::n_stages> stage_histogram{};
  std::vector<std::size_t> special;  ///< persons to be looked at one by one

  // Persons of a batch.
  std::size_t n_persons = 0;
  std::vector<std::uint64_t> person_trip = std::vector<std::uint64_t>(max_persons);
  std::vector<std::int32_t> person_day = std::vector<std::int32_t>(max_persons);
  std::vector<std::uint16_t> person_index = std::vector<std::uint16_t>(max_persons),
                             person_row = std::vector<std::uint16_t>(max_persons);
  std::array<std::vector<std::uint32_t>, 4> words;

  explicit Worker(const StreamContext& c) {
    for (auto& day : arrivals) day.resize(c.control.posts.size() * n_lanes * n_bins);
    leg_persons.resize(c.tables.legs.size());
    for (auto* airports : {&departing, &arriving, &connecting}) {
      airports->resize(c.tables.gates().n_airports);
    }
    border_crossings.resize(2 * std::size_t{c.tables.gates().n_borders});
    pair_trips.resize(travel::n_modes * c.tables.pairs.size());
    for (auto& column : words) column.resize(max_persons);
    tallies.whole = c.whole;
    for (auto& threats : threats_by_post)
      threats.resize(c.control.posts.size() * control::n_threats);
    for (DayTally* tally : {&tallies.ordinary, &tallies.alone})
      tally->places.of_country.resize(c.tables.countries.size());
    if (c.scoring != nullptr) {
      scorer.emplace(*c.scoring);
      histogram.resize(score_cells(c.control.posts.size()));
    }
  }

  void arrive(std::uint32_t offset, std::uint32_t cell, std::int32_t persons) {
    if (offset < dense_days) {
      arrivals[offset][cell] += static_cast<std::uint32_t>(persons);
    } else {
      later.push_back({cell, static_cast<std::uint8_t>(offset), persons});
    }
  }
};

}  // namespace corridor::simulation
