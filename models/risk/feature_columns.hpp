// SPDX-License-Identifier: Apache-2.0
/// \file feature_columns.hpp  Numbers of the shipped features: who fills columns and who reads them
/// agree here. The catalogue (catalogue.cpp) has one row for each, in this order.
#pragma once

#include <cstdint>

namespace corridor::risk {

enum class Column : std::uint16_t {
  // Journey: known at booking.
  lead_days,
  nights,
  ticket,
  channel,
  payment,
  party,
  legs,
  mode,
  way,
  purpose,
  detour,
  itinerary_share,
  connection_minutes,
  itinerary_fit,
  // History and threat assessment.
  earlier_trips,
  route_class,
  // Document and lists: known at check-in; biometrics at arrival.
  document,
  list_kind,
  list_certainty,
  list_source,
  biometric_hit,
  // Abstract indicators.
  x1,
  x2,
  x3,
  x4,
  x5,
  x6,
  x7,
  x8,
  // Consignments: declared here, streamed when goods are.
  weight_kg,
  value_usd,
  commodity_class,
  shipper_history,
  port_pair_class,
  seal,
  documents_match,
  // Protected: the audit alone.
  nationality,
  residence,
  birthplace,
  sex,
  age_band,
  group,
  n
};
inline constexpr std::size_t n_columns = static_cast<std::size_t>(Column::n);
constexpr std::size_t at(Column c) { return static_cast<std::size_t>(c); }

/// Values of categories, in the order of the catalogue.
enum class Payment : std::uint8_t { card, transfer, cash };
enum class Fit : std::uint8_t { high, medium, low };
enum class RouteClass : std::uint8_t { ordinary, elevated, high };
enum class Document : std::uint8_t { valid, inconsistent, invalid };
enum class ListKind : std::uint8_t { none, document, name };
enum class Certainty : std::uint8_t { none, possible, certain };
enum class ListSource : std::uint8_t { none, national, regional, international, bridge };

}  // namespace corridor::risk
