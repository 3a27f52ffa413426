// SPDX-License-Identifier: Apache-2.0
/// \file docking.hpp  NarcoLogic's rules on the synthetic transit zone, month by month.
///
/// A month, in this order (docs/odd/trafficking-docking.md has the equations):
///   1. supply of the year, split between the two organisations (logistic_supply.hpp);
///   2. police choose edges: those with a seizure last month, most kilograms first; then the
///   highest
///      p above the 75th percentile (above the median when nothing was seized last month);
///   3. stock moves node by node in id order: routes are valued (salience.hpp), the best that carry
///      the stock are kept, and share it by value, or by 1 - risk where none is worth anything;
///   4. what passes an edge that is looked at is seized;
///   5. accounts: sales less purchases and transport; bribes; debts stay;
///   6. perceived risk of the edges used (perceived_risk.hpp), 7. their premium and cost
///      (risk_premium.hpp); 8. police learn where and 9. how much (interdiction_learning.hpp);
///   10. each organisation weighs its losses: cuts its most dangerous edges, or takes on new nodes.
///
/// Source. Magliocca et al. (2019), PNAS 116:7784-7792: rules and constants in our own words; no
///   code of theirs is used. Where the rules leave something open, docking_network.hpp and the page
///   above say what was chosen.
/// Checked in tests/models/trafficking/test_docking.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/trafficking/docking_network.hpp"
#include "models/trafficking/docking_params.hpp"
#include "models/trafficking/interdiction_learning.hpp"
#include "sim/random.hpp"

namespace corridor::trafficking {

inline constexpr std::size_t docking_organisations = 2;
/// Premiums that pile up stop here, far above any price, so that months beyond the 180 published
/// cannot overflow.
inline constexpr double dearest_cost = 1e9;
/// Less than a gram is not worth a trip; it stays where it is.
inline constexpr double least_load_kg = 0.001;

struct DockingState {
  std::int64_t month = 0;
  std::int64_t capacity = 0;  ///< edges that police can look at this month
  double price_factor = 1;    ///< on all margins above the source price
  std::array<double, docking_organisations> source_stock{};  ///< kg
  // By node.
  std::vector<double> stock, in_transit;  ///< kg
  std::vector<double> capital, bribes;    ///< USD, from the start on
  std::vector<std::uint8_t> in_use;
  // By edge.
  std::vector<double> cost, premium, risk;  ///< USD/kg, 1, 1
  std::vector<double> p;                    ///< what police think of looking here
  std::vector<std::uint16_t> history;       ///< bit k: a seizure k months ago
  std::vector<std::uint8_t> active, looked_at;
  std::vector<double> flow, seized;  ///< kg of the last month; flow includes what was seized

  friend bool operator==(const DockingState&, const DockingState&) = default;
};

struct DockingMonth {
  double supplied = 0, delivered = 0, seized = 0;  ///< kg
  double seized_value = 0;                         ///< USD at the price where it was bound for
  std::int64_t seizures = 0;                       ///< edges on which anything was seized
  std::int64_t capacity = 0;                       ///< edges that police could look at
};

class DockingModel {
 public:
  DockingModel(const DockingParams& params, DockingNetwork network, sim::RunKey key);

  DockingMonth step();

  [[nodiscard]] const DockingState& state() const { return s_; }
  void set_state(DockingState state) { s_ = std::move(state); }
  [[nodiscard]] const DockingNetwork& network() const { return n_; }
  /// Kilograms at the source, at nodes and on the way.
  [[nodiscard]] double held_kg() const;
  /// Police look at every edge into these nodes from now on, beside their capacity; by node.
  void watch(std::vector<std::uint8_t> nodes) { watched_ = std::move(nodes); }
  /// Makes nodes useless from now on, as after arrests: their edges are dropped and carry nothing.
  /// What lies there stays there.
  void block(const std::vector<std::uint32_t>& nodes);

 private:
  [[nodiscard]] bool belongs(std::uint32_t edge, std::size_t organisation) const;
  [[nodiscard]] double gain(std::uint32_t edge) const;  ///< USD/kg, at present prices

  // docking_police.cpp
  void choose_edges();
  [[nodiscard]] bool succeeds(std::uint32_t edge) const;
  void learn(const DockingMonth& month);

  // docking.cpp
  void supply(DockingMonth& month);
  void move_stock(DockingMonth& month);
  double send(std::uint32_t from, std::size_t organisation, double kg, DockingMonth& month);
  [[nodiscard]] std::vector<double> shares(const std::vector<std::uint32_t>& edges,
                                           double kg) const;
  void remember();

  // docking_restructure.cpp
  struct Losses {
    double lost = 0, largest = 0;  ///< USD: L, and the largest value on one edge
  };
  [[nodiscard]] Losses losses(std::size_t organisation) const;
  void restructure(std::size_t organisation, const Losses& losses);
  void expand(std::size_t organisation, std::int64_t nodes);
  void take_on(std::uint32_t node);
  void consolidate(std::size_t organisation, double share);
  void drop_dead_ends(std::size_t organisation);

  DockingParams p_;
  DockingNetwork n_;
  sim::RunKey key_;
  CapacityLearning capacity_rule_;
  std::vector<std::uint8_t> watched_;  ///< by node
  DockingState s_;
};

}  // namespace corridor::trafficking
