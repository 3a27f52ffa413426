// SPDX-License-Identifier: Apache-2.0
/// \file person_at_post.hpp  One person at one crossing: what his draws say, what is special about
/// him, which lists answer, and the candidate that he makes. One function each, for the day's
/// stream, for records, for explanations, and for taking back what a person who was held will not
/// do.
///
/// Checked in tests/models/simulation/test_scored_stream.cpp (a day's candidates against one person
/// at a time) and test_run_records.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/control/secondary.hpp"
#include "models/simulation/day_stream.hpp"

namespace corridor::simulation {

/// Whether this person's documents are irregular; a property of person and trip.
[[nodiscard]] bool has_irregular_documents(const StreamContext& context, std::uint64_t trip,
                                           std::int32_t departure_day, std::uint32_t member);

/// Whether primary notices the irregular documents of a person on the way out.
[[nodiscard]] bool is_noticed(const StreamContext& context, std::uint64_t trip,
                              std::int32_t departure_day, std::uint32_t member,
                              std::uint32_t crossing, bool entry);

/// Whether an officer meets a child. \pre row `i` is made
[[nodiscard]] bool is_minor(const StreamContext& context, const travel::Batch& batch, std::size_t i,
                            std::uint32_t member);

/// What the draws of one person say at one crossing of a journey that JourneyMaker has made: the
/// plain form of what DayStream does in columns.
struct PersonAtPost {
  bool checked = false;  ///< not left out by a spot check
  std::uint32_t lane = 0;
  bool drawn = false, referred = false;
  std::uint32_t tie = 0;
};
[[nodiscard]] PersonAtPost person_at_post(const StreamContext& context, const travel::Batch& batch,
                                          std::size_t row, std::uint32_t member,
                                          std::uint32_t crossing);

/// What is special about one person on one way: lists and truth.
struct SpecialPerson {
  Threat threat = Threat::none;  ///< that he has with him on this way
  struct Record {
    risk::List list = risk::List::name;
    bool means_him = true;  ///< false: he is taken for somebody
    cooperation::Subject subject = cooperation::Subject::planted;
    std::uint32_t wrong_word = 0, corrected_word = 0;  ///< of a wrong record
    cooperation::RecordKey key;
    cooperation::UsableDays usable;
  };
  std::vector<Record> records;
  /// Since when analysts have joined those that mean him, and the systems where these then stand.
  std::int32_t joined = cooperation::never;
  std::uint32_t joined_in = 0;
  IrregularDocument document;
  bool irregular = false;
};
/// \param interest  entries of this trip, may be empty. \pre row `i` is made
[[nodiscard]] SpecialPerson special_person(const StreamContext& context, const travel::Batch& batch,
                                           std::size_t i, std::uint32_t member, bool irregular,
                                           std::span<const PersonOfInterest> interest);

/// Whose list shows a record to a post on a crossing of a journey, or none: an H2 record of another
/// country shows nothing until its originator has allowed it to who sets out that day.
/// \param connected  as if the post could ask all systems of its country
[[nodiscard]] risk::ListSource shown_at(const StreamContext& context, const travel::Batch& batch,
                                        std::size_t i, std::uint32_t crossing,
                                        const SpecialPerson::Record& record,
                                        bool connected = false);

/// A record that a post was shown at a crossing: by its own country's list, and by which systems.
struct ShownRecord {
  risk::List list = risk::List::name;
  bool means_him = true, own = false;
  std::uint32_t systems =
      0;  ///< a bit each; none whose content needs a permission that is not there
};
[[nodiscard]] std::vector<ShownRecord> shown_records(const StreamContext& context,
                                                     const travel::Batch& batch, std::size_t row,
                                                     std::uint32_t crossing,
                                                     const SpecialPerson& special);

/// What the lists that a search there answers from make a country ask of originators: permission
/// for what it may not see, or confirmation of what it sees. \param facts  of him there
void add_requests(const StreamContext& context, const travel::Batch& batch, std::size_t i,
                  std::uint32_t member, std::uint32_t crossing, const SpecialPerson& special,
                  const PersonFacts& facts, cooperation::RequestKind kind,
                  std::vector<cooperation::RecordRequest>& requests);

/// Whether the posts of a way lie in two or more regions.
[[nodiscard]] bool crosses_regions(const StreamContext& context, const travel::Batch& batch,
                                   std::size_t i);

/// What a scorer sees of him at one crossing: his document, and the lists that answer there on that
/// day.
[[nodiscard]] PersonFacts facts_at(const StreamContext& context, const travel::Batch& batch,
                                   std::size_t i, std::uint32_t member, std::uint32_t crossing,
                                   const SpecialPerson& special);

/// Whether insiders keep a person out of selection, and so out of inspection: a courier of
/// trafficking who has drugs with him, where a keyed u < StreamContext::insiders of the country.
[[nodiscard]] bool passes_by_insiders(const StreamContext& context, const travel::Batch& batch,
                                      std::size_t i, std::uint32_t member, std::uint32_t crossing,
                                      const SpecialPerson& special);

/// Under which source a candidate stands: the first that names him.
[[nodiscard]] constexpr control::Source source_of(std::uint8_t found, bool referred, bool flag) {
  if (found != 0) return control::Source::list;
  if (referred) return control::Source::referral;
  return flag ? control::Source::rules : control::Source::random;
}

/// Who or what names a person at a crossing.
struct Naming {
  bool drawn = false, referred = false, flagged = false;
  std::uint8_t found = 0, matched = 0;  ///< lists that answer; those of them that mean him
  std::int32_t score = 0;
  std::uint32_t tie = 0;
  std::uint8_t found_later = 0, matched_later = 0;  ///< the same of lists asked in secondary alone
  [[nodiscard]] bool anything() const { return found != 0 || referred || flagged || drawn; }
};
/// The candidate that a person makes at a crossing; he stands under the first source that names
/// him. \pre something names him; row `i` is made
[[nodiscard]] control::Candidate make_candidate(const StreamContext& context,
                                                const travel::Batch& batch, std::size_t i,
                                                std::uint32_t member, std::uint32_t crossing,
                                                const Naming& naming,
                                                const SpecialPerson& special = {});

/// Makes one journey with its signals: row 0 of the batch. \param interest  persons of interest on
/// this trip: what is illicit about them shows in the booking
void make_single(const StreamContext& context, travel::Batch& batch, std::uint64_t trip,
                 travel::Way way, std::span<const PersonOfInterest> interest);

/// A person of any journey, made again: row 0 of the batch is the journey.
struct PersonAgain {
  std::vector<PersonOfInterest> interest;  ///< entries of the trip
  SpecialPerson special;
};
[[nodiscard]] PersonAgain make_again(const StreamContext& context, travel::Batch& batch,
                                     std::uint64_t trip, travel::Way way, std::uint32_t member);

}  // namespace corridor::simulation
