// SPDX-License-Identifier: Apache-2.0
/// \file parties.hpp  Who gains and who carries the load: numbers of each organisation, and of what
/// crosses from one region of the world to another, by which worlds are compared.
///
/// A *party* is a regional or global organisation of the scenario's file, with what happens at the
/// posts, customs and markets of its members and to their people, what its own officers and its
/// system of records do; or "far": journeys, and legs of goods, that cross two or more regions.
/// A country that is a member of two counts in both, so parties do not add up to the world.
/// National organisations are no parties: no number is of a named state. Without a file of
/// organisations there are none.
///
/// Metrics: `party_metrics()`; NaN where a party has none, e.g. alignment of who does not plan.
/// Checked in tests/models/compare/test_parties.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/compare/metrics.hpp"
#include "models/cooperation/organisations.hpp"
#include "models/cooperation/planning.hpp"
#include "models/simulation/place_counts.hpp"

namespace corridor::compare {

inline constexpr std::string_view far_party = "far";

/// Sums over the days of one replicate.
struct PartyTotals {
  bool far = false;
  bool people = false, goods = false, plans = false, has_system = false;
  simulation::PlaceRow places{};
  std::array<std::int64_t, fighters::n_counts> fighters{};  ///< from its members
  std::int64_t sent_grams = 0, seized_grams = 0, delivered_grams = 0, passed_grams = 0;
  bool money = false;
  std::int64_t assets = 0, frozen = 0, confiscated = 0;  ///< cents, of groups at home there
  std::int64_t queries = 0;
  double budget_usd = 0;  ///< of the run's days
  cooperation::PlannerMonth work;
  double with_threat = 0, with_others = 0;  ///< sums over months
  std::int64_t months = 0;
};

using PartyMetric = MetricOf<PartyTotals>;
[[nodiscard]] std::span<const PartyMetric> party_metrics();

/// Kept along a run.
class PartyBook {
 public:
  /// \param planners  in their order \param region  per country \param days  of the run
  PartyBook(const cooperation::Organisations& organisations,
            std::span<const cooperation::Planner> planners, std::vector<std::uint8_t> region,
            std::int64_t days);

  void add(const simulation::DayResult& day);
  void add(const simulation::ActorMonth& month, const simulation::ActorTables& tables);
  void add(std::span<const cooperation::PlannerFigures> month);

  [[nodiscard]] const std::vector<std::string>& codes() const { return codes_; }
  /// [party][metric]
  [[nodiscard]] std::vector<double> values() const;

 private:
  struct Party {
    std::vector<std::uint16_t> members;
    std::size_t system = none, planner = none;
    PartyTotals totals;
  };
  static constexpr std::size_t none = ~std::size_t{0};

  std::vector<std::string> codes_;
  std::vector<Party> parties_;  ///< the last is far
  std::vector<std::uint8_t> region_;
};

}  // namespace corridor::compare
