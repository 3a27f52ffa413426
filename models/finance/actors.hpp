// SPDX-License-Identifier: Apache-2.0
/// \file actors.hpp  The groups whose money is kept, and the facilitators who serve them.
///
/// Groups are the organisations of other models, given by the coupling in the order of their
/// numbers; rows `[[financier]]` of the actors file say what finance knows of one (opening capital,
/// need, layers), or bring a group of their own, which then has a kind and a home. Rows
/// `[[facilitator]]` name whom they serve: groups by name, or `trafficking` and `fighters` for all
/// of a kind, separated by commas. The kind that comes first is the facilitator's own; groups of
/// the other kind are served only if he is shared (facilitators.hpp).
///
/// Checked in tests/models/finance/test_actors.cpp: whole texts of complaints.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/finance/ledger.hpp"
#include "models/world/world.hpp"
#include "sim/row_text.hpp"

namespace corridor::finance {

enum class GroupKind : std::uint8_t { trafficking, fighters };
constexpr std::string_view name(GroupKind k) {
  switch (k) {
    case GroupKind::trafficking:
      return "trafficking";
    case GroupKind::fighters:
      return "fighters";
  }
  return "?";
}

struct Group {
  std::string name;
  GroupKind kind = GroupKind::trafficking;
  std::uint16_t home = 0;  ///< country
  Cents opening_cash = 0, opening_assets = 0;
  Cents need = 0;            ///< a month, at least; what it spends counts where that is more
  std::int64_t layers = -1;  ///< of laundering; below 0: as the parameters say, fighters none
  double freeze_factor = 1;  ///< on the hazard of investigations
  friend bool operator==(const Group&, const Group&) = default;
};

enum class Service : std::uint8_t { documents, money, logistics };
inline constexpr std::size_t n_services = 3;
constexpr std::string_view name(Service s) {
  switch (s) {
    case Service::documents:
      return "documents";
    case Service::money:
      return "money";
    case Service::logistics:
      return "logistics";
  }
  return "?";
}

struct Facilitator {
  std::string name;
  Service service = Service::documents;
  std::vector<std::uint32_t> serves;  ///< groups, ascending; of both kinds
  GroupKind own_kind = GroupKind::trafficking;
  std::int64_t capacity = 0;  ///< services a month
  std::int64_t people = 1;
  Cents fee = 0;
  double fee_share = 0;  ///< of the sum, for money
  double share_probability = 0;
  friend bool operator==(const Facilitator&, const Facilitator&) = default;
};

struct Actors {
  std::vector<Group> groups;  ///< the known ones in their order, then those of the rows
  std::vector<Facilitator> facilitators;
};

/// Reads the rows of this room. What is wrong is added to `complaints`; what is returned then lacks
/// it. \param known  the organisations of other models
[[nodiscard]] Actors read_finance_actors(const sim::RowText& text, const world::World& world,
                                         std::span<const Group> known, sim::Complaints& complaints);

/// Columns of the rows, for documentation.
[[nodiscard]] sim::ParameterSet finance_columns();

}  // namespace corridor::finance
