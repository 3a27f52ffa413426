// SPDX-License-Identifier: Apache-2.0
/// \file run_records.hpp  The journeys of a run, made again as records for audits and tuning: one
/// record a person and checked crossing.
///
/// A record is what the stream scores when the person stands at the post: at an exit the stage of
/// check-in, at an entry that of arrival, with the features that the stream fills (BatchScorer),
/// all of them, whatever rules the scenario names. Beside them stand the truth (threat other than
/// none; `kind` is the threat), post, hour, the tie of the stream, whether the random share names
/// the person, and the protected attributes that no scorer reaches.
///
/// Which. Departures and returns of the chosen days, by default the last seven of the run, of a
/// keyed share of the trips: a trip belongs to it by a hash of seed and trip alone, so all persons
/// and crossings of a trip are in or out together. Without a share given, one is taken that makes
/// about `about` records (measured on some 2,000 trips of the first day). With `keep_interest`,
/// trips on which persons of interest ride are there whatever the share, and `weight` says for how
/// many people each record stands: 1 for theirs, 1 / share for the others.
///
/// Order: day, way, block of pairs, nights, number, crossing, person; it depends on nothing else.
/// Limits. Nothing but scenario and seed is looked at, not what a run decided: who was refused on
/// the way out still comes back here. With a share, people of one party are sampled together.
/// Checked in tests/models/simulation/test_run_records.cpp: scores against the stream's histogram,
/// features against person_crossings, a share against all.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/risk/records.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/setup.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::simulation {

struct RunRecordOptions {
  std::uint32_t replicate = 0;
  std::optional<std::int32_t> first_day, last_day;  ///< of the run, from 0; both included
  std::optional<double> share;                      ///< of the trips, in (0, 1]
  double about = 500'000;                           ///< records, when no share is given
  bool keep_interest = false;
};

class RunRecords : public risk::RecordSource {
 public:
  /// `scenario` and `setup` outlive this. \throws sim::UserError for days outside the run, a share
  /// outside (0, 1], a replicate that does not exist
  RunRecords(const scenario::Scenario& scenario, const Setup& setup, RunRecordOptions options);
  ~RunRecords() override;

  bool next(risk::RecordBlock& block) override;
  void rewind() override;
  [[nodiscard]] const risk::Catalogue& catalogue() const override;
  [[nodiscard]] const std::vector<risk::ProtectedAttribute>& protected_attributes() const override;
  [[nodiscard]] const std::vector<std::string>& posts() const override { return posts_; }
  /// The last of the days.
  [[nodiscard]] std::string date() const override;
  [[nodiscard]] std::string description() const override;

  [[nodiscard]] double share() const { return share_; }
  [[nodiscard]] std::int32_t first_day() const { return first_; }
  [[nodiscard]] std::int32_t last_day() const { return last_; }

 private:
  struct Lister;
  void to_day(std::int32_t day);
  void list_blocks(std::uint32_t from, std::uint32_t to);
  void add_batch();
  void add_records();
  void clear();
  [[nodiscard]] double measured_share();

  const scenario::Scenario scenario_;  ///< the values in force on the last day
  const Setup& setup_;
  RunRecordOptions options_;
  sim::RunKey key_;
  std::int32_t first_ = 0, last_ = 0;
  double share_ = 1;
  StreamParts parts_;
  ScoringTables tables_;
  sim::Workers workers_;
  std::vector<std::string> posts_;
  std::vector<std::uint16_t> columns_;  ///< that are filled
  std::unique_ptr<Lister> at_;          ///< where the next block begins, and scratch

  // The block that is being made; its views are given out.
  std::size_t n_ = 0;
  std::array<std::vector<std::uint8_t>, risk::n_columns> u8_;
  std::array<std::vector<std::int16_t>, risk::n_columns> i16_;
  risk::RecordBlock block_;
};

}  // namespace corridor::simulation
