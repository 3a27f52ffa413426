// SPDX-License-Identifier: Apache-2.0
/// \file audit_rows.hpp  What an audit keeps of each record: score, tie, truth, values, and which
/// rules fired, as the number of a pattern. Internal to audit.cpp.
///
/// Distinct patterns of fired rules are few where records are many, so what changes with a rule is
/// worked out once a pattern (`rescore` on masks whose rows are patterns). Checked in
/// tests/models/risk/test_audit.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/risk/engine.hpp"
#include "models/risk/records.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

/// A keyed uniform of 64 bits from the id of a record.
[[nodiscard]] std::uint64_t hash_of_id(std::string_view id);

class AuditRows {
 public:
  AuditRows(const RuleSet& set, const Catalogue& catalogue, std::string date,
            std::size_t n_attributes);

  /// Scores a block and keeps its rows. \throws std::invalid_argument for weights that differ
  void add(const RecordBlock& block);
  /// Leaves out rows whose truth is not known, if any is known. \returns how many
  std::int64_t leave_out_unknown();

  [[nodiscard]] std::size_t size() const { return score.size(); }
  [[nodiscard]] std::size_t n_patterns() const { return pattern_stage_.size(); }
  [[nodiscard]] bool fires(std::size_t number, std::size_t rule) const {
    return ((pattern_bits_[number * words_ + rule / 64] >> (rule % 64)) & 1) != 0;
  }
  /// Masks whose rows are the patterns.
  [[nodiscard]] FiredMasks pattern_masks() const;
  /// Scores of all patterns under a set that differs in scores alone. \param masks  of the patterns
  [[nodiscard]] std::vector<std::int32_t> scores_of_patterns(const RuleSet& other,
                                                             const FiredMasks& masks) const;

  std::vector<std::int32_t> score, hour;
  std::vector<std::uint64_t> tie;
  std::vector<std::uint8_t> truth;
  std::vector<std::uint8_t> drawn;  ///< 0, 1; of the source, or by the hash
  std::vector<std::uint64_t> draw;  ///< uniform of 64 bits where the source has no draws
  std::vector<std::uint32_t> pattern;
  std::vector<std::vector<std::uint8_t>> values;  ///< [attribute][row]
  std::int64_t referred = 0;
  bool hours_known = true, draws_known = true;

 private:
  void add_pattern(const std::vector<std::uint64_t>& bits, std::uint8_t stage);

  const RuleSet& set_;
  std::string date_;
  Program program_;
  Program::Workspace workspace_;
  std::size_t words_;
  std::vector<bool> in_force_;
  FiredMasks masks_;
  std::array<std::vector<std::int32_t>, n_stages> block_scores_;
  std::array<std::vector<std::uint8_t>, n_stages> block_refers_;
  std::vector<std::uint64_t> pattern_bits_;
  std::vector<std::uint8_t> pattern_stage_;
  std::unordered_map<std::string, std::uint32_t> pattern_number_;  // looked up, never iterated
};

}  // namespace corridor::risk
