// SPDX-License-Identifier: Apache-2.0
/// \file score_table.hpp  Scores a source of records, block by block, and writes one row for each.
///
/// Columns of what is written: `id`; `stage` at which the record was scored; `score`, the whole
/// number of rule_set.hpp (points, thousandths of -ln(1 - p), hundredths of log-odds); `fired`, ids
/// of the rules that fired, parted by ';'; `referred`, 1 when a rule that refers could not be
/// decided; with reasons, `reasons`, the share of each rule that fired, "ID=SHARE" parted by ';',
/// and "(base)=SHARE" in front when the set's base is not 0: the shares add up to the score; and
/// `referred_by`, ids of the rules that refer. Last `statement`: who made the records and how, in
/// every row, because a row may be copied without its file and CSV has no comments.
///
/// A score selects for review by a person; it never decides. Checked in
/// tests/models/risk/test_score_table.cpp, tests/python/test_score.py.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/records.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

/// The statement of records under the shipped catalogue, which names none.
inline constexpr std::string_view shipped_statement =
    "synthetic records under the shipped feature catalogue of Corridor";

struct ScoreSummary {
  std::uint64_t records = 0, referred = 0;
  std::map<std::int32_t, std::uint64_t> scores;  ///< how many records have each score
  struct OfRule {
    std::string id;
    bool in_force = false;
    std::uint64_t fired = 0, unknown = 0;  ///< at the stage of the record
  };
  std::vector<OfRule> rules;  ///< in the order of the set
  std::string statement;

  /// \pre records > 0
  [[nodiscard]] std::int32_t lowest() const { return scores.begin()->first; }
  [[nodiscard]] std::int32_t highest() const { return scores.rbegin()->first; }
  /// The middle score; of an even number of records, halfway between the two in the middle.
  [[nodiscard]] double median() const;
};

/// Reads `source` to its end. \param append  takes the lines, in order
/// \throws what the source throws; then what was appended is incomplete.
[[nodiscard]] ScoreSummary score_records(RecordSource& source, const RuleSet& set, bool reasons,
                                         const std::function<void(std::string_view)>& append);

}  // namespace corridor::risk
