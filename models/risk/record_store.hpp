// SPDX-License-Identifier: Apache-2.0
/// \file record_store.hpp  All records of a source in memory, with the columns that the rules in
/// question read: for work that goes over the same records many times.
///
/// Memory: 18 bytes a record, one byte for each protected attribute, and the columns kept. Ids are
/// not kept: `unit` stands for them, a hash (XXH3) of the part of the id that names who travels
/// together. In "0123456789abcdef-out.2" that is the trip, "0123456789abcdef": what follows the
/// last '.' is a person, "-out" and "-back" are the ways. Ids of another form stand for themselves.
/// Limits. Trips of one travelling unit have ids that do not tell so.
/// Checked in tests/models/risk/test_backtest.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/engine.hpp"
#include "models/risk/records.hpp"

namespace corridor::risk {

/// Values of one feature, as wide as its storage.
struct StoredColumn {
  std::size_t width = 0;         ///< bytes of a value; 0 = the source does not know the feature
  std::vector<std::byte> bytes;  ///< one value a record
};

struct RecordStore {
  std::size_t n = 0;
  std::vector<StoredColumn> columns;  ///< [feature of the catalogue]
  std::vector<std::uint8_t> truth;    ///< 255 = not known; always one a record, as all below
  std::vector<std::uint32_t> post;    ///< UINT32_MAX = not known
  std::vector<std::int32_t> hour;     ///< INT32_MIN = not known
  std::vector<std::uint32_t> tie;
  std::vector<std::uint8_t> stage;
  std::vector<std::uint64_t> unit;
  std::vector<std::vector<std::uint8_t>> protected_values;  ///< [attribute][record]; 255 = unknown
  std::vector<ProtectedAttribute> attributes;
  std::vector<std::string> posts;
  std::string date, description, statement;
  const Catalogue* catalogue = nullptr;  ///< the source's

  [[nodiscard]] TableView table() const;
  [[nodiscard]] std::int64_t hits() const;   ///< records known to be hits
  [[nodiscard]] std::int64_t known() const;  ///< records whose truth is known
};

/// Reads a source from its first record to its end. \param features  to keep, ascending
[[nodiscard]] RecordStore read_records(RecordSource& source,
                                       std::span<const std::uint16_t> features);

/// The records with keep[i] == wanted, in their order.
[[nodiscard]] RecordStore subset(const RecordStore& store, std::span<const std::uint8_t> keep,
                                 std::uint8_t wanted);

/// Adds the records of another world of the same posts, catalogue and date: in hours of their own,
/// so that they share no capacity, and as other units.
void append_apart(RecordStore& to, const RecordStore& from);

/// What of an id names who travels together.
[[nodiscard]] std::string_view unit_of(std::string_view id);

/// Scores of all records, each at its own stage, from kept masks (rescore, engine.hpp).
[[nodiscard]] std::vector<std::int32_t> scores_of(const RuleSet& set, const RecordStore& store,
                                                  const FiredMasks& masks);
/// Masks of all records: all rules in force on the store's date, whatever their stage.
[[nodiscard]] FiredMasks masks_of(const RuleSet& set, const RecordStore& store);
/// Clears what does not count: rules not in force, and rules on records of another stage.
void clear_uncounted(const RuleSet& set, const RecordStore& store, FiredMasks& masks);

/// Features that the rules of any of the sets in force read, ascending.
[[nodiscard]] std::vector<std::uint16_t> features_of(std::span<const RuleSet* const> sets,
                                                     const Catalogue& catalogue,
                                                     std::string_view date);

}  // namespace corridor::risk
