// SPDX-License-Identifier: Apache-2.0
/// \file cargo_world.hpp  Trade of the invented world, small enough for tests.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "models/cargo/cargo_batch.hpp"
#include "models/simulation/cargo_stream.hpp"
#include "models/travel/gravity.hpp"
#include "models/world/world.hpp"

namespace corridor::test {

inline const world::World& islands() {
  static const world::World world =
      world::load_world(CORRIDOR_SOURCE_DIR "/scenarios/worlds/archipelago");
  return world;
}

/// About 3,000 containers and a thousand lots a day; one customs union of three countries.
inline cargo::CargoParams small_trade() {
  cargo::CargoParams p;
  p.containers_year = 1.1e6;
  p.air_shipments_year = 1e6;
  p.parcels_year = 1e7;
  p.land_loads_year = 1e5;
  p.rows_inspected_day = 1;
  p.customs_unions = "NPA";
  return p;
}

/// Everything that tells an illicit consignment from others, switched off.
inline void hide_illicit(cargo::CargoParams& p) {
  p.food_ratio = p.unknown_ratio = p.new_ratio = p.authorised_ratio = p.broken_ratio =
      p.replaced_ratio = p.mismatch_ratio = p.low_value_ratio = 1;
}

inline cargo::CargoTables small_tables(const cargo::CargoParams& params, double scale = 1) {
  return cargo::build_cargo_tables(islands(), travel::incomes(islands()),
                                   travel::effective_distances(islands()).value, params, scale);
}

inline std::string customs_card() {
  std::ifstream in(CORRIDOR_SOURCE_DIR "/scenarios/rules/cargo.toml");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline simulation::CargoSetting small_setting(cargo::CargoParams params = small_trade()) {
  params.rules_text = customs_card();
  params.high_pairs = "XAE-XAA";
  params.elevated_pairs = "XAF-*";
  risk::RiskParams assessment;
  assessment.assessment_date = "2018-01-01";
  assessment.assessment_expires = "2019-12-31";
  return {params, assessment, sim::Calendar({2019, 1, 1})};
}

/// `n` illicit consignments of a day, spread over controlled borders and modes.
inline std::vector<trafficking::Consignment> illicit_of(const cargo::CargoTables& tables,
                                                        std::int32_t day, std::size_t n) {
  std::vector<trafficking::Consignment> all;
  for (std::size_t k = 0; all.size() < n; ++k) {
    const auto origin = static_cast<std::uint16_t>(k % tables.n_countries);
    const auto destination = static_cast<std::uint16_t>((k / 4 + 1) % tables.n_countries);
    if (!tables.controlled(origin, destination)) continue;
    const auto number = (static_cast<std::uint64_t>(day) << 20) + all.size();
    all.push_back({trafficking::consignment_id(number), day, 1000 + static_cast<std::int32_t>(k),
                   origin, destination, static_cast<std::uint16_t>(k % 3), destination, 0,
                   cargo::Mode{static_cast<std::uint8_t>(k % cargo::n_modes)}});
  }
  return all;
}

}  // namespace corridor::test
