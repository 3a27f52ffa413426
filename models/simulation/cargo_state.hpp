// SPDX-License-Identifier: Apache-2.0
/// \file cargo_state.hpp  What customs carry from one day to the next, and what a day tells.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/cargo/cargo_tables.hpp"
#include "models/control/secondary.hpp"
#include "models/simulation/score_bins.hpp"
#include "models/trafficking/consignment.hpp"

namespace corridor::simulation {

/// A value: saved, loaded, copied and branched.
struct CargoState {
  std::int32_t day = 0;  ///< the next day
  /// [day modulo score_days][score bin][post]: what ordinary consignments scored.
  std::array<std::vector<std::uint32_t>, score_days> scores;
  /// Per post, minutes of officers and teams that are taken when the day begins.
  std::vector<std::int32_t> review_carry, inspection_carry;

  [[nodiscard]] std::vector<std::uint32_t>& scores_of(std::int32_t on_day) {
    return scores[static_cast<std::size_t>(on_day + 1024 * static_cast<std::int32_t>(score_days)) %
                  score_days];
  }
  template <class A>
  void visit(A& a) {
    a(day);
    for (auto& of_day : scores) a.sparse(of_day);
    a(review_carry);
    a(inspection_carry);
  }
};

/// How far insiders reach: per class of post, the chance that an organisation's consignment is kept
/// out of selection there, and so out of inspection.
using InsiderShares = std::array<double, cargo::n_income_classes>;

/// One mode on one day. Rows: lots of ordinary consignments and single illicit ones.
struct CargoCounts {
  std::int64_t rows = 0;          ///< ordinary ones that met customs
  std::int64_t consignments = 0;  ///< that they stand for
  std::int64_t scored = 0, flagged = 0;
  control::SecondaryCounts secondary;  ///< in rows
  std::int64_t illicit = 0;            ///< handed in
  std::int64_t uncontrolled = 0;       ///< of them, over a border without customs
  std::int64_t by_insiders = 0;        ///< of them, kept out of selection
  std::int64_t candidates = 0, inspected = 0, seized = 0;  ///< of the illicit ones
  std::int64_t grams = 0, grams_seized = 0;

  void operator+=(const CargoCounts& other);
};

/// An inspection that found something, or a review with an alert.
struct CargoEvent {
  control::Candidate candidate;  ///< `trip` is the consignment, `post` the customs post
  std::int32_t day = 0;
  std::int32_t grams = 0;  ///< seized
  friend bool operator==(const CargoEvent&, const CargoEvent&) = default;
};

struct CargoDay {
  std::int32_t day = 0;
  std::array<CargoCounts, cargo::n_modes> modes;
  std::vector<trafficking::ConsignmentOutcome> outcomes;  ///< in the order of what was handed in
  std::vector<CargoEvent> events;                         ///< by post, then in order
  [[nodiscard]] CargoCounts total() const;
};

}  // namespace corridor::simulation
