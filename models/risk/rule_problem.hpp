// SPDX-License-Identifier: Apache-2.0
/// \file rule_problem.hpp  What is wrong with a rule file: place, message, and the line with a
/// caret under the place.
///
/// Limits. At most `most_problems` are kept, so that a file of rubbish does not make a report
/// larger than itself. Checked in tests/models/risk/test_rule_set_text.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/error.hpp"
#include "sim/utf8.hpp"

namespace corridor::risk {

struct RuleProblem {
  std::string file;
  std::uint32_t line = 0, column = 0;  ///< from 1, columns in characters; 0 = nowhere in the file
  std::string code;                    ///< what kind, for programs: "syntax", "reserved", ...
  std::string rule;                    ///< id of the rule it belongs to; "" = the set
  std::string message;
  std::string excerpt;  ///< the line and the caret, each ended by a line break; "" without a place
  /// "cards.toml:14:9: error: ...\n" and the excerpt
  [[nodiscard]] std::string text() const;
};

/// Everything that is wrong with a rule file or set; what() has all of it.
class RuleError : public sim::UserError {
 public:
  explicit RuleError(std::vector<RuleProblem> found);
  [[nodiscard]] const std::vector<RuleProblem>& found() const { return found_; }

 private:
  std::vector<RuleProblem> found_;
};

inline constexpr std::size_t most_problems = 200;

/// Collects the problems of one file, and cuts their excerpts out of it.
class RuleProblems {
 public:
  /// `source` must live as long as this.
  RuleProblems(std::string file, std::string_view source)
      : file_(std::move(file)), source_(source) {}

  void add(sim::LinePlace place, std::string code, std::string message);
  /// Problems that are added from now on belong to this rule.
  void of_rule(std::string id) { rule_ = std::move(id); }
  [[nodiscard]] bool empty() const { return found_.empty(); }
  [[nodiscard]] std::size_t size() const { return found_.size(); }
  /// By place.
  [[nodiscard]] std::vector<RuleProblem> sorted() const;
  /// \throws RuleError when there is any.
  void throw_if_any() const;

 private:
  std::string file_;
  std::string_view source_;
  std::string rule_;
  std::vector<RuleProblem> found_;
};

/// A line of `source` and a caret under the column; of a long line the part around it.
[[nodiscard]] std::string excerpt(std::string_view source, sim::LinePlace place);

/// A name or text that a user gave, in single quotes, control characters as '?', cut when long.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace corridor::risk
