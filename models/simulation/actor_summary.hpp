// SPDX-License-Identifier: Apache-2.0
/// \file actor_summary.hpp  What a result says of those who hide in the crowd: the actors' part of
/// `corridor info`.
///
/// Sums over the covered months, means over the replicates; stocks and prices of the last covered
/// month. The seized share is seized / (seized + delivered) of the same months (case M6). What
/// statistics hold (reported) stands beside what was seized. By class of place, cells that may not
/// be shown are left out of the sums, and the text says so. Checked in
/// tests/models/simulation/test_actor_summary.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "models/simulation/result_reader.hpp"

namespace corridor::simulation {

struct ActorValue {
  std::string name;
  double value = 0;
};

struct SubstanceFigures {
  std::string name;
  double bought_kg = 0, delivered_kg = 0, seized_kg = 0, lost_kg = 0, reported_kg = 0;
  double sent_kg = 0;                      ///< over borders, each crossing counted
  double stock_kg = 0;                     ///< with what is on the way, at the end
  double first_price = 0, last_price = 0;  ///< USD/kg, mean over classes of place
  double active_nodes = 0, entropy = 0;    ///< of the last month
  double churn = 0, displacement = 0;      ///< means over months
  [[nodiscard]] double seized_share() const {
    const double all = seized_kg + delivered_kg;
    return all > 0 ? seized_kg / all : 0;
  }
};

struct CorridorFigures {
  std::string substance, from, to;
  double sent_kg = 0, seized_kg = 0;
};

struct MoneyFigures {
  double cash = 0, laundered = 0, assets = 0, frozen = 0, confiscated = 0, restored = 0,
         revenue = 0, costs = 0;  ///< USD
  std::vector<ActorValue> cash_by_group;
};

struct ActorSummary {
  bool any = false;
  std::string traces;                ///< class or full
  std::vector<ActorValue> fighters;  ///< with "intercepted", those refused or held
  bool fighters_hidden = false;      ///< months of fewer than ten people are left out of the sums
  std::vector<SubstanceFigures> substances;
  std::vector<CorridorFigures> corridors;  ///< by what was sent, the largest
  bool some_hidden = false;                ///< of the corridors
  MoneyFigures money;
  std::vector<ActorValue> customs;  ///< all modes
};

[[nodiscard]] ActorSummary summarise_actors(const ResultReader& result,
                                            std::size_t most_corridors = 10);
[[nodiscard]] std::string actor_text(const ActorSummary& summary);
[[nodiscard]] nlohmann::ordered_json actor_json(const ActorSummary& summary);

}  // namespace corridor::simulation
