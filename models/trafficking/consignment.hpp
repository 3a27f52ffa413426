// SPDX-License-Identifier: Apache-2.0
/// \file consignment.hpp  Goods that an organisation sends over one border crossing of its route,
/// and what became of them: the contract between who decides and who controls.
///
/// A consignment goes from one country to the next; further legs of its route are consignments of
/// their own, decided when it has arrived. Whoever controls sees what its papers show and never the
/// fields `organisation`, `substance`, `grams` and `final_market`: those are the truth, read after
/// inspection only. The one exception is `air_courier`: such a consignment is carried by a
/// traveller (travel::PlannedJourney, actor drug_courier, `person` = `consignment_number(id)`) and
/// its outcome is that of the journey.
///
/// Ids lie beside those of ordinary trips and consignments: bit 63 says injected, bit 62 says
/// goods; the other bits count from 0 in the order of decisions. Checked in
/// tests/models/trafficking/test_trafficking.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corridor::trafficking {

/// How goods cross a border. The order is that of columns of results.
enum class CargoMode : std::uint8_t { container, air_cargo, parcel, land, air_courier };
inline constexpr std::size_t n_cargo_modes = 5;
inline constexpr std::uint8_t any_cargo_mode = 255;
constexpr std::string_view name(CargoMode m) {
  switch (m) {
    case CargoMode::container:
      return "container";
    case CargoMode::air_cargo:
      return "air_cargo";
    case CargoMode::parcel:
      return "parcel";
    case CargoMode::land:
      return "land";
    case CargoMode::air_courier:
      return "air_courier";
  }
  return "?";
}

inline constexpr std::uint64_t injected_bit = std::uint64_t{1} << 63;
inline constexpr std::uint64_t goods_bit = std::uint64_t{1} << 62;
constexpr std::uint64_t consignment_id(std::uint64_t number) {
  return injected_bit | goods_bit | number;
}
/// The number of a consignment in its run, from 0; below 2^40.
constexpr std::uint64_t consignment_number(std::uint64_t id) {
  return id & ~(injected_bit | goods_bit);
}

/// One consignment on one crossing, from country to country.
struct Consignment {
  std::uint64_t id = 0;
  std::int32_t day = 0;                       ///< of departure, from the scenario's start
  std::int32_t grams = 0;                     ///< above 0
  std::uint16_t origin = 0, destination = 0;  ///< countries, rows of World::countries
  std::uint16_t organisation = 0;             ///< rows of the actors' [[organisation]]
  std::uint16_t final_market = 0;             ///< the country that it is meant for in the end
  std::uint8_t substance = 0;                 ///< rows of the actors' [[substance]]
  CargoMode mode = CargoMode::container;
  friend bool operator==(const Consignment&, const Consignment&) = default;
};

enum class ConsignmentEnd : std::uint8_t { delivered, seized, lost };
constexpr std::string_view name(ConsignmentEnd e) {
  switch (e) {
    case ConsignmentEnd::delivered:
      return "delivered";
    case ConsignmentEnd::seized:
      return "seized";
    case ConsignmentEnd::lost:
      return "lost";
  }
  return "?";
}

/// What became of a consignment; told once, on the day on which it is known. `delivered` means over
/// the border: its owner has it again when its way is over.
struct ConsignmentOutcome {
  std::uint64_t id = 0;
  std::int32_t day = 0;
  std::int32_t grams = 0;     ///< seized or lost: all of the consignment
  std::uint16_t country = 0;  ///< whose post it was
  ConsignmentEnd end = ConsignmentEnd::delivered;
  friend bool operator==(const ConsignmentOutcome&, const ConsignmentOutcome&) = default;
};

}  // namespace corridor::trafficking
