// SPDX-License-Identifier: Apache-2.0
/// \file single_person.hpp  One person of one journey at each post: the plain form of what the
/// day's stream does in columns, for explanations and tests.
///
/// Nothing but scenario, tables and id is needed for scores and lists. Whether a score was flagged
/// takes the day's thresholds, and whether a candidate was reached takes the cuts of the post's
/// hour: both stand in a result. Checked in tests/models/simulation/test_run_records.cpp: the
/// candidates of a whole day and their outcomes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "models/control/secondary.hpp"
#include "models/risk/reference.hpp"
#include "models/simulation/person_at_post.hpp"

namespace corridor::simulation {

struct PersonCrossing {
  PersonAtPost at;
  std::uint32_t post = 0;
  SpecialPerson special;
  PersonFacts facts;  ///< document and lists that answer
  bool home = false;  ///< the post is one of the country of residence
  risk::Stage stage = risk::Stage::arrival;
  bool refers = false;
  std::optional<risk::Reasons> reasons;  ///< absent when no rules score
};

/// \param row 0 of the batch, made; spot checks not yet taken out. \param rules  nullptr when none
/// score; thresholds are not needed. \param date on which rules must be in force
[[nodiscard]] std::vector<PersonCrossing> person_crossings(
    const StreamContext& context, const DayRules* rules, std::string_view date,
    const travel::Batch& batch, std::uint32_t member, std::int16_t earlier,
    std::span<const PersonOfInterest> interest);

/// The candidate that this crossing makes, if any. \param threshold  of the post on the day on
/// which the journey set out; nothing when no rules score
[[nodiscard]] std::optional<control::Candidate> candidate_at(
    const StreamContext& context, const DayRules* rules, const travel::Batch& batch,
    std::uint32_t member, std::uint32_t crossing, const PersonCrossing& facts,
    std::optional<PostThreshold> threshold);

/// What became of a candidate, from the cut of its post and hour.
[[nodiscard]] control::Outcome outcome_at(const control::Candidate& candidate,
                                          const control::Cut& cut,
                                          const control::SecondarySettings& settings,
                                          sim::RunKey key, std::int32_t day);

}  // namespace corridor::simulation
