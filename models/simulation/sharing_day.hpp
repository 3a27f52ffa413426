// SPDX-License-Identifier: Apache-2.0
/// \file sharing_day.hpp  A day of the exchange, once posts have settled it: what became of hits,
/// how many queries systems had, what originators were asked and answered.
///
/// Checked in tests/models/simulation/test_sharing_day.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "models/control/control_params.hpp"
#include "models/cooperation/requests.hpp"
#include "models/simulation/day_stream.hpp"
#include "models/simulation/person_at_post.hpp"

namespace corridor::simulation {

[[nodiscard]] cooperation::RequestRules request_rules(const cooperation::CooperationParams& params,
                                                      double scale);

/// How long somebody is held who was named by a hit.
struct HoldTimes {
  std::int64_t minutes = 0;  ///< of review and inspection
  double most_hours = 0;     ///< and until the originator answers, at most
  cooperation::RequestRules rules;
};
[[nodiscard]] HoldTimes hold_times(const control::ControlParams& control,
                                   const cooperation::CooperationParams& params, double scale);

/// Counts what a post was shown twice at one hit (sharing_counts.hpp). \param found  lists whose
/// search found the person
void count_doubles(std::vector<ShownRecord> shown, std::uint8_t found, SharingCounts& counts);

/// What became of who was reviewed with a hit, by source and class, who was wrongly held, what
/// reviewers ask originators to confirm, and where who was held was. \param events  of a day that
/// is settled \param settings  of a post
void count_hits(const StreamContext& context, std::span<const EventRow> events,
                const std::function<control::SecondarySettings(std::uint32_t)>& settings,
                const HoldTimes& times, DayTallies& tallies,
                std::vector<cooperation::RecordRequest>& confirmations);

/// Queries of a day. \param persons  looked up at each post
void count_queries(const cooperation::Exchange& exchange, std::int32_t day,
                   std::span<const std::int64_t> persons,
                   const cooperation::CooperationParams& params, SharingCounts& counts);

/// Takes in what was asked, lets originators work for a day, and counts both.
void count_requests(std::span<const cooperation::RecordRequest> asked, std::int32_t day,
                    const cooperation::RequestRules& rules, sim::RunKey key,
                    cooperation::RequestBook& book, DayTallies& tallies);

}  // namespace corridor::simulation
