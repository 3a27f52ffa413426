// SPDX-License-Identifier: Apache-2.0
/// \file cargo_stream.hpp  One day of trade at customs: ordinary consignments and the illicit ones
/// that ride among them, scored, selected, inspected.
///
/// Each customs post lists its ordinary rows of the day (cargo/cargo_batch.hpp), scores them with
/// the rules in force at the stage arrival, and names candidates, in this order and each under the
/// first that names it: an alert; a broken seal that an officer notices; a score that its threshold
/// flags; the random draw. Illicit consignments are made and scored by the same passes, with the
/// ratios of what they show; nothing else tells them apart. Settlement: cargo_settle.hpp.
///
/// Threshold. As for travellers (scorer.hpp), from what ordinary consignments scored in the seven
/// days before at the post, with the posts of its mode as prior; a post flags
/// `flags_per_inspection` times the share that it can inspect. When the rules in force change, or
/// the assessment begins or ends, the seven days are scored again. Illicit rows are no part of it:
/// they are few, and so posts that see none of them do not move.
///
/// Insiders. An illicit consignment that meets a post of a class with insider share f is, when a
/// keyed u < f, no candidate at all; f = 0 changes nothing.
///
/// Kept simple. A consignment meets its post on the day on which it is handed in: the time on the
/// way is its owner's. Between members of a customs union, and within a country, nobody looks.
/// Everything known at arrival counts at once; no selection before loading. Of illicit goods the
/// share cargo.customs.alert_coverage meets an alert in any case; what organisations know together
/// (cooperation/pieces.hpp) adds to it, consignment by consignment.
///
/// Results are the same for any number of threads and any batch length. Checked in
/// tests/models/simulation/test_cargo_stream.cpp and test_cargo_selection.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/cargo/cargo_batch.hpp"
#include "models/risk/risk_params.hpp"
#include "models/simulation/cargo_settle.hpp"
#include "models/simulation/cargo_state.hpp"
#include "models/simulation/route_facts.hpp"
#include "models/simulation/scorer.hpp"
#include "sim/calendar.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

/// What a stream of trade is made of.
struct CargoSetting {
  cargo::CargoParams params;
  risk::RiskParams risk;  ///< dates of the threat assessment
  sim::Calendar calendar;
  double scale = 1;
  sim::SimdPath path = sim::SimdPath::best;
  std::size_t batch_rows = cargo::CargoBatch::capacity;
};
[[nodiscard]] CargoSetting cargo_setting(const scenario::Scenario& scenario);
/// Posts and flows of its goods.
[[nodiscard]] cargo::CargoTables cargo_tables(const CargoSetting& setting,
                                              const world::World& world);

class CargoStream {
 public:
  /// \throws sim::UserError when the rules are not right or not about consignments, or a pair of
  /// the assessment names no country of the world
  CargoStream(CargoSetting setting, const world::World& world, sim::RunKey key,
              sim::Workers& workers);
  ~CargoStream();
  CargoStream(const CargoStream&) = delete;
  CargoStream& operator=(const CargoStream&) = delete;

  /// The state before `day`: the seven days before it are streamed for their scores alone.
  [[nodiscard]] CargoState start(std::int32_t day);

  /// Streams and settles the state's day; the state moves to the next. \param illicit  that meet
  /// customs on this day. \param alerted  for each of them the chance that an alert meets it
  /// although usual ones do not; empty = 0. \throws std::logic_error when `day` is not the state's;
  /// std::invalid_argument when a consignment is of an air courier, or its countries are not there
  CargoDay run(std::int32_t day, std::span<const trafficking::Consignment> illicit,
               CargoState& state, const InsiderShares& insiders = {},
               const cooperation::Forces& forces = {}, std::span<const double> alerted = {});

  [[nodiscard]] const cargo::CargoTables& tables() const { return tables_; }
  [[nodiscard]] const cargo::CargoMaker& maker() const { return maker_; }
  [[nodiscard]] const CargoSettlement& settlement() const { return settlement_; }
  /// Rules of a day with the thresholds of its posts; nothing when no rules score.
  [[nodiscard]] const DayRules* day_rules() const { return rules_ ? &*rules_ : nullptr; }
  /// Class of the pair of countries in the assessment, as the engine sees it.
  [[nodiscard]] std::uint8_t pair_class(std::uint16_t origin, std::uint16_t destination) const {
    return pair_class_[destination * tables_.n_countries + origin];
  }
  /// Candidates of the day that was run last, with their outcomes, by post and in order.
  [[nodiscard]] std::span<const control::Candidate> candidates() const { return candidates_; }

 private:
  struct Worker;

  void read_rules();
  void mark_pair(const RoutePair& pair, risk::RouteClass value);
  [[nodiscard]] DayRules rules_of(std::int32_t day) const;
  void fill_scores(CargoState& state, std::int32_t day);
  void find_thresholds(const CargoState& state);
  /// Lists and scores the ordinary rows of a day; `select` also names candidates.
  void stream(std::int32_t day, bool select);
  void drain_scores(std::vector<std::uint32_t>& into);
  void score(Worker& worker) const;
  void add_ordinary(Worker& worker, bool select) const;
  void add_illicit(std::int32_t day, std::span<const trafficking::Consignment> illicit,
                   const InsiderShares& insiders, std::span<const double> alerted,
                   CargoDay& result);
  [[nodiscard]] std::optional<control::Candidate> candidate(const Worker& worker, std::size_t i,
                                                            std::uint64_t alert_cut) const;
  void tell(std::span<const trafficking::Consignment> illicit, CargoDay& result) const;

  CargoSetting setting_;
  sim::Workers& threads_;
  cargo::CargoTables tables_;
  cargo::CargoMaker maker_;
  CargoSettlement settlement_;
  std::optional<ScoringTables> scoring_;
  bool with_refers_ = false;  ///< some rule sends to review when something is missing
  std::optional<DayRules> rules_;
  std::vector<std::uint8_t> pair_class_;      ///< [destination][origin]
  std::vector<std::uint32_t> drawn_cut_;      ///< per post, of 2^32
  std::uint32_t noticed_cut_ = 0;             ///< of 2^16
  std::array<std::uint64_t, 2> alert_cut_{};  ///< of 2^32: ordinary, illicit; 2^32 = all
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<control::Candidate> candidates_;
};

}  // namespace corridor::simulation
