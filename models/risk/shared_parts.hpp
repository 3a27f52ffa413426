// SPDX-License-Identifier: Apache-2.0
/// \file shared_parts.hpp  Sub-conditions that several rules have in common and that are worth
/// working out once a block.
///
/// Checked in tests/models/risk/test_engine.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "models/risk/rule_set.hpp"

namespace corridor::risk {

/// How many features a tree reads, as far as it matters. Stops at the second, so that asking at
/// every level of a tree stays cheap.
struct Reads {
  enum class Count : std::uint8_t { none, one, several };
  Count count = Count::none;
  std::uint16_t feature = 0;  ///< the first that was met
};
[[nodiscard]] Reads reads(const Node& node);

/// Adds the numbers of all features that a tree reads.
void collect_features(const Node& node, std::set<std::uint16_t>& out);

class SharedParts {
 public:
  /// Parts of two tests or more that stand at least twice in the rules in force, larger ones first;
  /// at most 64, so that their results stay near. Keeps addresses of nodes of `set`.
  SharedParts(const RuleSet& set, const Catalogue& catalogue, std::string_view date);

  [[nodiscard]] std::size_t size() const { return n_; }
  [[nodiscard]] std::optional<std::uint16_t> find(const Node& node) const;

 private:
  std::size_t n_ = 0;
  std::map<const Node*, std::uint16_t> part_;
};

}  // namespace corridor::risk
