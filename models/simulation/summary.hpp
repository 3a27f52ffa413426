// SPDX-License-Identifier: Apache-2.0
/// \file summary.hpp  What a result says in one page: for people as text, for programs as JSON.
///
/// Numbers are sums over the closed days, means over the replicates. Waits at posts: mean over
/// persons, and the 95th percentile from the histogram of waits (wait_quantile). Posts and links
/// count in whole months and at the end of a run, so after an accident they cover fewer days than
/// the daily figures: both coverages are told. Checked in tests/models/simulation/test_summary.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/simulation/actor_summary.hpp"
#include "models/simulation/planning_rows.hpp"
#include "models/simulation/result_reader.hpp"
#include "models/simulation/sharing_rows.hpp"

namespace corridor::simulation {

struct NamedValue {
  std::string name;
  double value = 0;
};

struct PostFigures {
  std::string kind, place, country, direction;
  std::int64_t crossing = 0;
  double persons = 0, overflow = 0, selected = 0, refused = 0;
  double wait_mean_s = 0, wait_p95_s = 0;  ///< NaN when nobody passed
};

struct CrossingFigures {
  std::string name;
  double entry = 0, exit = 0;
  double wait_mean_s = 0, wait_p95_s = 0;  ///< NaN when nobody passed
};

struct MonthFigures {
  std::string month;
  double days = 0;  ///< closed days
  double trips_started = 0, crossings_entry = 0, crossings_exit = 0, same_day_crossings = 0;
};

struct Summary {
  std::string file;
  Provenance provenance;
  MachineFacts machine;
  std::string rules;          ///< which, and who adopted them; "" = none
  bool hypothetical = false;  ///< links without a legal basis are tried
  bool complete = false;
  std::int64_t replicates = 0, days = 0, closed_days = 0, covered_days = 0;
  std::string first_date, last_date;  ///< of the closed days; empty when there is none
  std::vector<NamedValue> totals;  ///< the daily counts that add up, named and ordered as in /daily
  std::vector<double> totals_min, totals_max;  ///< over the replicates
  std::vector<NamedValue>
      levels;  ///< trips in progress, persons abroad, on the road: on the last day
  std::vector<NamedValue> trips_by_mode, trips_by_purpose, arrivals_by_region;
  std::vector<NamedValue> candidates_by_source, outcomes, officer_minutes;
  std::vector<NamedValue> threats_at_posts, threats_inspected, threats_found;
  std::vector<CrossingFigures> crossings_by_mode, crossings_by_region;  ///< persons at posts
  CrossingFigures crossings;                                            ///< at all posts
  std::vector<MonthFigures> months;
  std::vector<PostFigures> top_posts;  ///< by persons
  double air_passengers = 0, air_connecting = 0, border_crossings = 0,
         same_day_border_crossings = 0;
  double sea_passengers = 0;
  std::vector<NamedValue> scale_factors;
  /// [kind] of secondary, its measures by name; empty with one kind.
  std::vector<std::pair<std::string, std::vector<NamedValue>>> secondary_kinds;
  std::vector<NamedValue> between_posts;  ///< empty without actors
  ActorSummary actors;
  CooperationSummary cooperation;
  SharingSummary sharing;
  double longest_wait_s =
      0;  ///< lower edge of the open bin of waits: a percentile there is "more than that"
};

[[nodiscard]] Summary summarise(const ResultReader& result, std::size_t n_posts = 10);

[[nodiscard]] std::string summary_text(const Summary& summary);
[[nodiscard]] std::string summary_json(const Summary& summary);

/// 1234567 -> "1,234,567"; halves and smaller parts are rounded.
[[nodiscard]] std::string grouped(double number);

}  // namespace corridor::simulation
