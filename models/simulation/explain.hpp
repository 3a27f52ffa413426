// SPDX-License-Identifier: Apache-2.0
/// \file explain.hpp  One journey, made again from its id alone, and told in words; and, with a
/// result, whether and why a post selected the person.
///
/// For the journey, its scores and their reasons nothing but the scenario, its tables and the id is
/// needed: neither the result nor the days before. Whether a post selected the person depends on
/// capacity, and is told from what a result keeps (explain_selection.hpp).
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "models/simulation/result_reader.hpp"
#include "models/simulation/setup.hpp"
#include "models/travel/journeys.hpp"
#include "models/travel/trip_id.hpp"
#include "models/travel/units.hpp"

namespace corridor::simulation {

struct ExplainedLink {
  std::string from, to;         ///< airports, ports, or countries of a border
  std::int32_t minute = 0;      ///< of departure; of arrival at a border
  std::uint32_t departure = 0;  ///< number of the departure on that day
};
/// Whom a post flagged on the day on which the journey set out: scores from `above` on, and of
/// those from `lowest` to below `above` the ones with a tie below `ties_below`.
struct ExplainedThreshold {
  bool nobody = false;  ///< no score was flagged
  std::int64_t lowest = 0, above = 0;
  double ties_below = 0, tie = 0;  ///< in [0, 1]; `tie` is this person's draw
  std::string place;               ///< of his score: "above", "at" or "below"
  bool flagged = false;
};
/// The last candidate whom an hour took, and where this one stands to him.
struct ExplainedCut {
  std::string last;   ///< "rules, score 25, tie 0.4100", "everybody", "nobody"
  std::string place;  ///< "above", "at" or "below"; up to "at" is taken
};
struct ExplainedCrossing {
  std::string post;  ///< e.g. "entry at JFK (USA)"
  std::int32_t minute = 0;
  std::string lane;       ///< "e-gate", "officer, own", "officer, visitor", or "not checked"
  bool drawn = false;     ///< the random draw selects this person for secondary
  bool referred = false;  ///< primary notices irregular documents
  std::vector<std::string> lists;  ///< that answer
  std::string stage;               ///< at which the rules counted; "" when none score
  std::int32_t score = 0, base = 0;
  struct Reason {
    std::string rule, text;
    std::int32_t points = 0;
  };
  std::vector<Reason> reasons;         ///< points and base add up to the score
  std::vector<std::string> referring;  ///< rules that refer because something is missing
  /// Of a result that kept the cuts of this day; otherwise why not.
  bool selection_known = false;
  bool stored_alone = false;    ///< the outcome was stored, cuts and thresholds of the day are gone
  std::string source, outcome;  ///< "" = no candidate
  std::optional<ExplainedThreshold> threshold;
  std::int32_t hour = 0;                            ///< of the cuts, UTC
  std::optional<ExplainedCut> reviewed, inspected;  ///< as far as the candidate came
  std::string kind;                                 ///< of secondary, where there are several
};
struct ExplainedWay {
  travel::Way way = travel::Way::out;
  std::int32_t day = 0;
  std::string date;
  std::vector<ExplainedLink> links;
  std::vector<ExplainedCrossing> crossings;
  std::int32_t end_minute = 0;
};
struct Explanation {
  std::uint64_t trip = 0;
  std::uint32_t person = 0;
  std::string residence, destination, nationality, mode, purpose, ticket, channel;
  std::uint32_t party = 0, nights = 0, lead_days = 0;
  bool irregular_documents = false;
  std::string payment, fit;
  std::vector<std::string> indicators;  ///< that the booking shows
  std::int64_t earlier_trips = 0;       ///< within the limit of retention
  std::string threat;                   ///< what is illicit about the person, beside documents
  std::string rules;                    ///< name and version of the rule set; "" when none score
  std::string selection_note;           ///< why selections are not told, when they are not
  std::vector<ExplainedWay> ways;
  /// The travelling unit and all its trips of the year.
  travel::UnitId unit;
  std::vector<std::uint64_t> trips_of_unit;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::json json() const;
};

/// \throws sim::UserError when there is no such trip in this scenario, or no such person on it.
/// \param result  whose scenario this is; nullptr: no selections are told
[[nodiscard]] Explanation explain(const scenario::Scenario& scenario, const Setup& setup,
                                  std::uint32_t replicate, const travel::JourneyName& name,
                                  const ResultReader* result = nullptr);

}  // namespace corridor::simulation
