// SPDX-License-Identifier: Apache-2.0
/// \file scorer.hpp  Rules over the stream: what a day scores with, and the scores of a batch.
///
/// Every travelling unit that passes a checked post is scored once for all its crossings: its
/// features are the same at each, but for the history of trips, which only the country of residence
/// holds. So a unit has scores in two views (at home, elsewhere) and at each stage; where the same
/// rules count, they are one score (risk/totals.hpp). A post on the way out of a country counts the
/// stage check-in, one on the way in the stage arrival. Units have sound documents and are on no
/// list, which their program knows. The few whose document or lists differ from everybody else's
/// are scored as persons, crossing by crossing. With `scope = "all"` bookings of journeys that no
/// post checks are scored too, at the stage booking: they are counted and flagged, and nobody is
/// selected.
///
/// Threshold. Of each post, a day's threshold follows the scores of those who set out in the seven
/// days before: bin b and fraction f such that the expected share of travellers in a bin above b,
/// or in b with a tie draw below f, is `flag_rate`; scores of 0 and less are never flagged. Bins
/// are [1, w], [w + 1, 2 w], ..; the cut within an hour orders by the scores themselves
/// (control/secondary.hpp).
///
/// Known when. As of the departure of the trip: earlier trips count that departed in the
/// `retention_days` before, but not in the last `history_delay_days`. The threat assessment counts
/// until its last day; then the class of a route is missing.
///
/// Checked in tests/models/simulation/test_scorer.cpp and test_scored_stream.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/cooperation/subjects.hpp"
#include "models/risk/columns.hpp"
#include "models/risk/engine.hpp"
#include "models/risk/feature_columns.hpp"
#include "models/risk/risk_params.hpp"
#include "models/risk/rule_set.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/score_bins.hpp"
#include "models/simulation/setup.hpp"
#include "models/travel/journeys.hpp"

namespace corridor::simulation {

/// Facts behind features, made once a run.
struct ScoringTables {
  const travel::TravelTables* travel = nullptr;
  risk::RuleSet rules;
  // Per option; empty when no rule asks.
  std::vector<std::int16_t> detour;          ///< hundredths; risk::missing_i16 on land
  std::vector<std::int16_t> share;           ///< tenths of a percent of the pair's travellers
  std::vector<std::uint8_t> route_class;     ///< per pair
  std::string assessment_date;               ///< from this day on it may be used
  std::string assessment_expires;            ///< YYYY-MM-DD; "" = no assessment: missing
  bool with_history = false;                 ///< some rule reads the history of trips
  std::array<bool, risk::n_columns> read{};  ///< columns that are filled: those that rules read
};

/// Of which itineraries the facts are made: all, for a stream; none, for who adds the few he needs
/// (`add_facts`).
enum class Facts : std::uint8_t { all, none };

/// \returns nothing when the scenario names no rules. \throws sim::UserError when the rules are not
/// right
[[nodiscard]] std::optional<ScoringTables> make_scoring_tables(const scenario::Scenario& scenario,
                                                               const Setup& setup,
                                                               Facts facts = Facts::all);
/// The same without rules, for who wants all features of the travellers' records.
[[nodiscard]] ScoringTables make_feature_tables(const scenario::Scenario& scenario,
                                                const Setup& setup);
/// Facts of the itineraries of one pair.
void add_facts(ScoringTables& tables, const Setup& setup, std::uint32_t pair);

/// Whether a post flags a score: bins above `bin` do, `bin` itself when the tie is below `fraction`
/// (of 2^32).
struct PostThreshold {
  std::uint32_t bin = n_score_bins;
  std::uint32_t fraction = 0;
  friend bool operator==(const PostThreshold&, const PostThreshold&) = default;
};

/// Whether a score is flagged. \param bin  of the score
[[nodiscard]] constexpr bool flagged(const PostThreshold& t, std::uint32_t bin, std::uint32_t tie) {
  return bin > t.bin || (bin == t.bin && bin > 0 && tie < t.fraction);
}

/// What one day scores with.
struct DayRules {
  /// Views: at home; elsewhere, where the history is missing, when a rule reads it.
  std::shared_ptr<const risk::Program> units, persons;
  std::vector<bool> in_force;        ///< per rule
  std::vector<std::uint8_t> bin_of;  ///< [score - base], from 1 on
  bool assessment_in_force = false;
  std::vector<PostThreshold> thresholds;  ///< per post
  PostThreshold unchecked;                ///< of bookings of journeys that no post checks

  std::int32_t base = 0, bin_width = 1;

  /// Whether another day scores alike: the same rules, the assessment in force on both or neither.
  [[nodiscard]] bool scores_as(const DayRules& other) const {
    return in_force == other.in_force && assessment_in_force == other.assessment_in_force;
  }
  [[nodiscard]] std::int64_t lowest_of_bin(std::uint32_t bin) const {
    return bin == 0 ? base : base + 1 + std::int64_t{bin - 1} * bin_width;
  }
  /// Bin 0 holds the base, the score of whom no rule concerns, and all below.
  [[nodiscard]] std::uint32_t bin(std::int32_t score) const {
    if (score <= base) return 0;
    const auto s = static_cast<std::size_t>(score - base);
    return s < bin_of.size() ? bin_of[s] : n_score_bins - 1;
  }
};

/// \param date  YYYY-MM-DD. Thresholds are left empty.
[[nodiscard]] DayRules make_day_rules(const ScoringTables& tables, std::string_view date);

/// The threshold of one post, or of the bookings of unchecked journeys, from its histogram of the
/// days before, weighted persons: shape (n_score_bins,).
[[nodiscard]] PostThreshold threshold_of(std::span<const double> histogram, double flag_rate);

/// Persons with whose weight the distribution of all posts enters that of each.
inline constexpr double prior_persons = 500;

/// What a post's threshold follows from.
struct ThresholdAim {
  std::uint8_t kind = 0;  ///< of post, below 4: those of a kind share a prior
  double flag_rate = 0;
};
/// Thresholds of all posts. \param histogram  shape (n_score_bins, posts): sums over the days
/// before. \param weight  for how many persons each of them stands
[[nodiscard]] std::vector<PostThreshold> thresholds_of(std::span<const ThresholdAim> posts,
                                                       std::span<const std::uint64_t> histogram,
                                                       double weight = 1);
/// The same of posts of travellers, all with one rate: exit and entry are kinds.
[[nodiscard]] std::vector<PostThreshold> thresholds_of(std::span<const PostRow> posts,
                                                       std::span<const std::uint64_t> histogram,
                                                       double flag_rate, double weight = 1);

/// The state of one person's document and lists at one crossing, as a scorer sees it.
struct PersonFacts {
  risk::Document document = risk::Document::valid;
  std::uint8_t found = 0, matched = 0;  ///< bit per risk::List: it answers; it means this person
  std::uint8_t found_later = 0, matched_later = 0;  ///< the same of lists asked in secondary alone
  std::array<risk::ListSource, risk::n_lists> source{};  ///< whose list it is, if it answers
  bool known = false;  ///< somebody holds a record on him that cannot be seen there
  risk::ListSource hit = risk::ListSource::none;                  ///< nearest list that answered
  cooperation::Subject subject = cooperation::Subject::mistaken;  ///< whom it is about, in truth
};

/// Scores of the rows of a batch. One worker's; keeps its memory between batches.
class BatchScorer {
 public:
  explicit BatchScorer(const ScoringTables& tables);

  /// Fills the features of all rows and scores them. \pre the batch is made, its signals drawn.
  /// \param earlier  earlier trips of each unit, or empty when no rule asks; both are looked at
  /// until the next call
  void score_units(const DayRules& rules, const travel::Batch& batch,
                   std::span<const std::int16_t> earlier);
  [[nodiscard]] std::int32_t unit_score(std::size_t i, bool home, risk::Stage stage) const {
    return unit_.score(i, home, stage);
  }
  /// The same for all rows.
  [[nodiscard]] const std::int32_t* unit_scores(bool home, risk::Stage stage) const {
    return unit_.value[unit_.total[home ? 1 : 0][static_cast<std::size_t>(stage)]].data();
  }
  [[nodiscard]] bool unit_refers(std::size_t i, bool home, risk::Stage stage) const {
    return unit_.refers(i, home, stage);
  }
  /// Whether a unit scores no more than the base and is not referred, wherever it passes.
  [[nodiscard]] bool is_plain(std::size_t i) const { return remarkable_[i] == 0; }

  /// Persons who differ from their unit: add them, score all at once, ask.
  void clear_persons() { n_persons_ = 0; }
  /// \returns the row to ask for. \pre units are scored
  std::size_t add_person(std::size_t unit_row, const PersonFacts& facts);
  void score_persons(const DayRules& rules);
  [[nodiscard]] std::int32_t person_score(std::size_t row, bool home, risk::Stage stage) const {
    return person_.score(row, home, stage);
  }
  [[nodiscard]] bool person_refers(std::size_t row, bool home, risk::Stage stage) const {
    return person_.refers(row, home, stage);
  }

  /// Features of unit rows and person rows as the engine saw them. \param home  whether the history
  /// is known
  [[nodiscard]] risk::TableView unit_features(bool home) const;
  [[nodiscard]] risk::TableView person_features(bool home) const;

 private:
  struct Scores {
    std::array<std::array<std::uint8_t, risk::n_stages>, 2> total{};  ///< [home][stage]
    std::array<std::vector<std::int32_t>, 2 * risk::n_stages> value;  ///< [total][row]
    std::array<std::vector<std::uint8_t>, 2 * risk::n_stages> refer;  ///< empty: nobody
    [[nodiscard]] std::int32_t score(std::size_t i, bool home, risk::Stage stage) const {
      return value[total[home ? 1 : 0][static_cast<std::size_t>(stage)]][i];
    }
    [[nodiscard]] bool refers(std::size_t i, bool home, risk::Stage stage) const {
      const auto& of = refer[total[home ? 1 : 0][static_cast<std::size_t>(stage)]];
      return !of.empty() && of[i] != 0;
    }
  };
  struct Columns {
    std::array<std::vector<std::uint8_t>, risk::n_columns> u8;
    std::array<std::vector<std::int16_t>, risk::n_columns> i16;
  };
  void fill(const DayRules& rules, const travel::Batch& batch,
            std::span<const std::int16_t> earlier);
  void mark_remarkable(std::int32_t base);
  [[nodiscard]] risk::TableView person_table() const;
  void run(const risk::Program& program, const risk::TableView& table, Scores& scores);

  const ScoringTables& tables_;
  std::vector<std::uint16_t> filled_;  ///< columns that are read
  std::size_t n_persons_ = 0;
  risk::TableView unit_table_;  ///< columns of the batch itself, or of `units_`
  Columns units_, persons_;
  Scores unit_, person_;
  std::vector<std::uint8_t> remarkable_;
  risk::Program::Workspace workspace_;
};

}  // namespace corridor::simulation
