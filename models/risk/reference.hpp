// SPDX-License-Identifier: Apache-2.0
/// \file reference.hpp  The plain meaning of rules: one record, one tree at a time. For tests,
/// explanations and single records; the engine gives the same bits over columns.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/risk/columns.hpp"
#include "models/risk/engine.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

enum class Truth : std::uint8_t { no = 0, unknown = 1, yes = 2 };

/// Value of a number: known or missing.
struct Number {
  bool known = false;
  double value = 0;
};

/// Value of feature `index` in row `row`. \pre it is a number
[[nodiscard]] Number number_at(const TableView& table, const Catalogue& catalogue,
                               std::size_t index, std::size_t row);

/// \pre node.type is boolean
[[nodiscard]] Truth truth(const Node& node, const RuleSet& set, const Catalogue& catalogue,
                          const TableView& table, std::size_t row);
/// \pre node.type is number
[[nodiscard]] Number number(const Node& node, const RuleSet& set, const Catalogue& catalogue,
                            const TableView& table, std::size_t row);

/// Score of one record at a stage, with its reasons.
[[nodiscard]] Reasons evaluate(const RuleSet& set, const Catalogue& catalogue,
                               std::string_view date, Stage stage, const TableView& table,
                               std::size_t row);

}  // namespace corridor::risk
