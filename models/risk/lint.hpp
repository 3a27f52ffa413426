// SPDX-License-Identifier: Apache-2.0
/// \file lint.hpp  What is doubtful about a rule set, found without any record.
///
/// Errors make a set unfit for use: whatever loading refuses (unlawful, reserved and personal
/// features, country lists, no basis, owner or review date, no exonerating rule), conditions that
/// can never hold or always do, the same condition twice at one stage, and rules whose hits are
/// associated with a protected attribute beyond a limit. Warnings want a decision by a person,
/// notes are worth knowing. Everything here is proved, not guessed (condition_ranges.hpp): a
/// condition that is not reported may still be impossible.
///
/// Reachable scores are bounds: per group (or among the rules without one), of rules that can never
/// fire together only the heaviest counts; caps bind; the rest adds up.
/// Limits. Pairs of rules are not compared in sets so large that it would take long; the report
/// says so. Whether a rule is a proxy needs records: `proxy_findings` takes the numbers.
/// Checked in tests/models/risk/test_lint.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/feature.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

enum class Severity : std::uint8_t { error, warning, info };
constexpr std::string_view name(Severity s) {
  switch (s) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "note";
  }
  return "?";
}

struct Finding {
  Severity severity = Severity::info;
  std::string rule;  ///< its id; "" = the set
  std::string code;  ///< for programs: "never-true", "reserved", ...
  std::string message;
  std::uint32_t line = 0, column = 0;  ///< 0 = nowhere in a file
  std::string excerpt;                 ///< the line with a caret, or ""
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// What a score can be at a stage.
struct Reach {
  std::int64_t lowest = 0, highest = 0;
  std::size_t n_rules =
      0;  ///< that count at the stage (and are in force on the date, if one is given)
};

struct LintOptions {
  std::string date;  ///< YYYY-MM-DD: on which reviews, validity and reach are judged; "" = not
  /// Whole number as it is added (points_of): a rule that reaches it from the base decides alone.
  std::optional<std::int32_t> threshold;
};

/// What a lint that was given records says of proxies.
struct ProxyCheck {
  std::string records;    ///< what they are
  std::string statement;  ///< who made them
  std::int64_t n = 0;
  std::string strongest;  ///< association; "" when none can be told
};

struct LintReport {
  std::string file, set, version, date;
  Combine combine = Combine::additive;
  std::int32_t base = 0;
  std::vector<Finding> findings;  ///< by place; findings about the whole set first
  std::array<Reach, n_stages> reach;
  std::optional<ProxyCheck> proxies;  ///< none: not checked, and `text` says so
  bool readable = true;  ///< false: not even the tables could be read, so there is no reach

  [[nodiscard]] std::size_t count(Severity severity) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string json() const;
};

/// \pre check(set, catalogue) passes
[[nodiscard]] LintReport lint(const RuleSet& set, const Catalogue& catalogue,
                              const LintOptions& options);

/// Of the bytes of a rule file: what loading would refuse is reported, and the rest analysed.
[[nodiscard]] LintReport lint_bytes(std::string_view bytes, const std::string& file_name, bool json,
                                    const Catalogue& catalogue, const LintOptions& options);

/// \throws sim::UserError when the file cannot be read at all.
[[nodiscard]] LintReport lint_file(const std::filesystem::path& path, const Catalogue& catalogue,
                                   const LintOptions& options);

/// How strongly a rule's hits go together with a protected attribute, measured over records.
struct Association {
  std::string rule, attribute;
  double strength = 0;  ///< in [0, 1], such as Cramer's V; NaN = not enough data to tell
  std::int64_t n_records = 0;
  std::string measure;  ///< "Cramer's V"
};

/// The code of a finding that says "not enough data to tell".
inline constexpr std::string_view proxy_unknown = "proxy-unknown";

/// Associations above the limit are errors; those that cannot be told are warnings, never passes.
/// \throws std::invalid_argument when the limit or a strength is outside [0, 1]
[[nodiscard]] std::vector<Finding> proxy_findings(const RuleSet& set,
                                                  std::span<const Association> associations,
                                                  double limit);

/// Adds findings of elsewhere to a report, in its order.
void append(LintReport& report, std::vector<Finding> findings);

}  // namespace corridor::risk
