// SPDX-License-Identifier: Apache-2.0
/// \file records.hpp  Scored records for back-tests, tuning and audits: features, and beside them
/// what the scoring engine never sees.
///
/// A source gives blocks, in an order that does not depend on threads, so that tables larger than
/// memory can be worked through. Sources: a CSV or HDF5 table of synthetic records
/// (record_table.hpp), and the journeys of a result file, made again (models/simulation).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/risk/columns.hpp"
#include "models/risk/feature.hpp"

namespace corridor::risk {

/// A protected attribute, for the audit alone.
struct ProtectedAttribute {
  std::string name;                 ///< "group", "residence_region", "age_band", "sex"
  std::vector<std::string> values;  ///< at most 250
};

/// What stands for "not known" in a block.
inline constexpr std::uint8_t unknown_truth = 255, unknown_value = 255;
inline constexpr std::uint32_t unknown_post = UINT32_MAX;
inline constexpr std::int32_t unknown_hour = INT32_MIN;

/// Beside `features`, each vector has features.n entries, or is empty when the source does not know
/// it at all. `id`, `tie` and `stage` are always there.
struct RecordBlock {
  TableView features;  ///< one entry a feature of the catalogue; data == nullptr when not known
  std::vector<std::string> id;      ///< for output
  std::vector<std::uint8_t> truth;  ///< 1 = illicit; 255 = not known
  std::vector<std::uint32_t> post;  ///< row of RecordSource::posts(); UINT32_MAX = not known
  std::vector<std::int32_t> hour;   ///< hours since the first day, 0:00 UTC; INT32_MIN = not known
  std::vector<std::uint32_t> tie;   ///< keyed draw: the order among equals, low first
  std::vector<std::uint8_t> stage;  ///< Stage at which this record is scored
  std::vector<std::uint8_t> kind;   ///< what is illicit, as the source numbers it; 0 = nothing
  std::vector<std::uint8_t> drawn;  ///< 1 = the keyed random share names it, whatever its score
  /// How many people a record stands for: 1 / its probability of being among the records. Empty =
  /// the same for all.
  std::vector<double> weight;
  std::vector<std::vector<std::uint8_t>> protected_values;  ///< [attribute][row]; 255 = not known
};

class RecordSource {
 public:
  virtual ~RecordSource() = default;
  /// Fills the next block; false when there are no more. Views stay valid until the next call.
  virtual bool next(RecordBlock& block) = 0;
  /// Back to the first record.
  virtual void rewind() = 0;
  [[nodiscard]] virtual const Catalogue& catalogue() const = 0;
  [[nodiscard]] virtual const std::vector<ProtectedAttribute>& protected_attributes() const = 0;
  /// Names of posts; complete for the blocks that have been read (a table's grow as it is read).
  [[nodiscard]] virtual const std::vector<std::string>& posts() const = 0;
  /// Date (YYYY-MM-DD) on which rules must be in force to count.
  [[nodiscard]] virtual std::string date() const = 0;
  /// One line for people: what these records are.
  [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace corridor::risk
