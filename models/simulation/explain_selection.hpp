// SPDX-License-Identifier: Apache-2.0
/// \file explain_selection.hpp  Why a post did or did not select a person: the threshold and the
/// cut that were in force, and where the person stood.
///
/// A selection is recomputed from rules, list hits and the thresholds and cuts that a result keeps
/// of its last days (run.cut_days). Of other days the result has the reviews with a hit and all
/// outcomes that end a journey (/events): these are told, and who was held is known of any day
/// whose events all found a place. Checked in tests/models/simulation/test_explain_selection.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/simulation/explain.hpp"
#include "models/simulation/single_person.hpp"

namespace corridor::simulation {

/// A rank of the order of an hour (control::rank_key), taken apart again.
struct Rank {
  control::Source source = control::Source::list;
  std::int32_t score = 0;
  double tie = 0;  ///< in [0, 1)
};
/// \pre neither Cut::none nor Cut::all
[[nodiscard]] Rank rank_of(std::uint64_t key);

/// Where a score and a tie stand to a threshold. \param bin  of the score
[[nodiscard]] ExplainedThreshold told_threshold(const DayRules& rules,
                                                const PostThreshold& threshold, std::uint32_t bin,
                                                std::uint32_t tie);
/// Where a rank stands to the last one that was taken.
[[nodiscard]] ExplainedCut told_cut(std::uint64_t rank, std::uint64_t last);

/// What a day scores with, and what a result kept of how it selected.
class Selections {
 public:
  /// \param result  whose scenario this is; nullptr: no selections are told
  Selections(const scenario::Scenario& scenario, const StreamContext& context,
             std::uint32_t replicate, const ResultReader* result);

  [[nodiscard]] std::string note() const;  ///< why not all is told
  [[nodiscard]] std::string date(std::int32_t day) const;
  /// Nothing when no rules score.
  [[nodiscard]] std::optional<DayRules> rules(std::int32_t day) const;
  /// Whether everybody who was held on this day is known.
  [[nodiscard]] bool holds_known(std::int32_t day) const;

  /// One crossing of a person. \param held  that he was, at an earlier one; kept up to date
  void tell(const travel::Batch& batch, const DayRules* rules, std::uint32_t person,
            std::uint32_t crossing, const PersonCrossing& facts, ExplainedCrossing& told,
            bool& held) const;

 private:
  [[nodiscard]] bool cuts_known(std::int32_t day) const;
  bool tell_event(const travel::Batch& batch, std::uint32_t person, std::int32_t day,
                  std::uint32_t post, ExplainedCrossing& told, bool& held) const;
  void tell_cuts(const travel::Batch& batch, const DayRules* rules, std::uint32_t person,
                 std::uint32_t crossing, const PersonCrossing& facts, ExplainedCrossing& told,
                 bool& held) const;

  const scenario::Scenario& scenario_;
  const StreamContext& c_;
  std::int64_t replicate_;
  const ResultReader* result_;
  std::vector<control::SecondarySettings> secondary_;  ///< of the posts
  std::int64_t cut_days_ = 0, first_cut_day_ = 0, closed_ = 0;
  std::vector<std::uint64_t> event_trips_;
  std::vector<std::int64_t> dropped_;  ///< events without a place, per day
};

}  // namespace corridor::simulation
