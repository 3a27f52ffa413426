// SPDX-License-Identifier: Apache-2.0
/// \file cargo_settle.hpp  The end of a day at customs posts: who of the candidates is reviewed and
/// inspected.
///
/// Order, review, inspection and outcome are those of travellers (control/secondary.hpp). Customs
/// cut once a day, not once an hour: goods wait on the terminal. What is an hour there is a day
/// here, and its servers are hours of work. A post that can inspect x rows a day in the mean works
/// on k = floor(x + u) of them today, u a keyed draw: k m_i / 60 hours of teams at m_i minutes an
/// inspection (the fraction of an hour by a keyed draw), and hours of reviewers for r k reviews,
/// rounded up. So a small post works on some days, and then both reviews and inspects.
///
/// By class, posts have scanners, and officers let alerts and flags pass against the rules
/// (control/post_standing.hpp). Organisations add inspections a day, and to what reviews and
/// inspections find (cooperation/forces.hpp).
///
/// Kept simple. What is not selected goes on the same day. A lot of ordinary parcels takes one
/// place, as an illicit parcel does, of the places that there are for lots; while illicit rows are
/// few this is the chance that each has at 1:1 (measured: docs/odd/cargo.md). Inspected goods that
/// are clean are counted and go on. Checked in tests/models/simulation/test_cargo_selection.cpp:
/// M4, mean capacity, what chance alone would inspect.
#pragma once

#include <vector>

#include "models/cargo/cargo_tables.hpp"
#include "models/control/post_standing.hpp"
#include "models/control/secondary.hpp"
#include "models/cooperation/forces.hpp"
#include "models/simulation/cargo_state.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace corridor::simulation {

/// Customs posts have numbers of their own among the posts whose candidates are settled, so that
/// they share no draw with posts of travellers.
inline constexpr std::uint32_t customs_post_base = 1U << 20;

class CargoSettlement {
 public:
  CargoSettlement(const cargo::CargoTables& tables, const cargo::CargoParams& params,
                  sim::RunKey key);

  /// Hours of work of a post on a day.
  [[nodiscard]] control::Capacity capacity(std::uint32_t post, std::int32_t day,
                                           const cooperation::CustomsForces& forces = {}) const;

  /// Settles the candidates of the state's day, whose `post` is the customs post's own number:
  /// sorts them by post and order, sets their outcome, adds to `modes` and moves the carry of the
  /// state. Posts are independent of each other.
  void run(std::vector<control::Candidate>& candidates, CargoState& state,
           std::array<CargoCounts, cargo::n_modes>& modes, sim::Workers& workers,
           const cooperation::Forces& forces = {}) const;

 private:
  const cargo::CargoTables& tables_;
  sim::RunKey key_;
  double reviews_per_inspection_;
  control::SecondarySettings settings_;
  std::vector<control::SecondarySettings> of_posts_;  ///< with what each post has by its class
};

}  // namespace corridor::simulation
