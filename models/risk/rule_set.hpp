// SPDX-License-Identifier: Apache-2.0
/// \file rule_set.hpp  Rules with what a person needs to answer for them, as a value.
///
/// Score. Every rule adds a whole number when it fires. What the number means depends on `combine`:
///
///     combine   score of a rule            whole number that is added            total T means
///     additive  points, -10000..10000      the points                            points
///     noisy-or  per mille p, -999..999;    sign(p) round(-1000 ln(1-|p|/1000))   1 - exp(-T/1000)
///               p < 0 exonerates                                                 for T >= 0, else
///               0
///     logistic  hundredths of log-odds,    the hundredths                        1/(1+exp(-T/100))
///               -10000..10000
///
/// So every total is a sum of whole numbers, and each rule's share of a score sums to it exactly.
/// T starts at `base` (the score of a record on which nothing fires). A group with a cap adds at
/// most its `max` and at least its `min`; when it binds, its rules' shares are apportioned by
/// largest remainder (ties: the rule that stands first).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "models/risk/expression.hpp"

namespace corridor::risk {

enum class Combine : std::uint8_t { additive, noisy_or, logistic };
constexpr std::string_view name(Combine c) {
  switch (c) {
    case Combine::additive:
      return "additive";
    case Combine::noisy_or:
      return "noisy-or";
    case Combine::logistic:
      return "logistic";
  }
  return "?";
}

/// What an unknown condition does.
enum class OnMissing : std::uint8_t {
  no,    ///< the rule does not fire
  yes,   ///< it fires
  refer  ///< it does not fire, and the record goes to review, counted under rules
};
constexpr std::string_view name(OnMissing m) {
  switch (m) {
    case OnMissing::no:
      return "no";
    case OnMissing::yes:
      return "yes";
    case OnMissing::refer:
      return "refer";
  }
  return "?";
}

/// `let cut = 2 in 0..10`: a number that may be tuned within a range.
struct RuleParameter {
  std::string name;
  double value = 0, lo = 0, hi = 0;
  friend bool operator==(const RuleParameter&, const RuleParameter&) = default;
};

struct RuleGroup {
  std::string name;
  std::optional<std::int32_t> min, max;
  friend bool operator==(const RuleGroup&, const RuleGroup&) = default;
};

struct Rule {
  std::string id, version;
  std::string when;  ///< as written
  Node condition;
  std::int32_t score = 0;
  std::int32_t group = -1;  ///< row of RuleSet::groups; -1 = none
  OnMissing on_missing = OnMissing::no;
  std::array<bool, n_stages> stages{};  ///< stages at which it counts
  std::string reason_en, reason_fr;
  std::string purpose, basis, evidence, owner;  ///< what it is for, on what law and grounds, whose
  std::string valid_from, valid_to, review_by;  ///< YYYY-MM-DD; "" = open; both ends included
  std::uint32_t line = 0, column = 0;           ///< where the rule begins; 0 = built by a program

  /// Equal in everything but the place in a file.
  friend bool operator==(const Rule& a, const Rule& b) {
    const auto all = [](const Rule& r) {
      return std::tie(r.id, r.version, r.when, r.condition, r.score, r.group, r.on_missing,
                      r.stages, r.reason_en, r.reason_fr, r.purpose, r.basis, r.evidence, r.owner,
                      r.valid_from, r.valid_to, r.review_by);
    };
    return all(a) == all(b);
  }
};

/// What the audit of proxies said on which a person took a set on.
struct AdoptionAudit {
  std::string digest;     ///< XXH3-128 of the audit as JSON: 32 hexadecimal digits; "" = no audit
  std::string date;       ///< YYYY-MM-DD, on which the rules were in force
  std::string records;    ///< what it was made over
  std::string strongest;  ///< the strongest association of a rule with a protected attribute
  /// Rules whose test was "not enough data to tell", and whom the person took on by name.
  std::vector<std::string> untold;
  friend bool operator==(const AdoptionAudit&, const AdoptionAudit&) = default;
};

struct RuleSet {
  std::string name, version, about;
  Combine combine = Combine::additive;
  std::int32_t base = 0;
  Subject subject = Subject::traveller;
  std::string tuned_on;                ///< records to which it was fitted; "" = written by hand
  std::string adopted_by, adopted_on;  ///< the person who answers for it; "" = inert, not adopted
  AdoptionAudit audit;                 ///< kept when it was adopted
  std::vector<RuleParameter> parameters;
  std::vector<RuleGroup> groups;
  std::vector<Rule> rules;
  friend bool operator==(const RuleSet&, const RuleSet&) = default;
};

inline constexpr std::size_t most_rules = 500;
inline constexpr std::size_t most_rule_file_bytes = 1 << 20;

/// "adopted by A. Person on 2026-01-31", "adopted by nobody".
[[nodiscard]] std::string adoption_text(const RuleSet& set);

/// Fitted by a program and adopted by nobody: it may be read, compared and audited, but a run or a
/// score does not use it.
[[nodiscard]] bool is_inert(const RuleSet& set);
/// What to do about an inert set; "" for any other.
[[nodiscard]] std::string inert_complaint(const RuleSet& set);
/// "'Customs' is a set of rules about consignments, and travellers are scored here: ..."; "" when
/// the subject is the wanted one.
[[nodiscard]] std::string subject_complaint(const RuleSet& set, Subject wanted);

/// The whole number that a rule of this score adds (table above).
[[nodiscard]] std::int32_t points_of(Combine combine, std::int32_t score);

/// Whether a rule is in force on a date (YYYY-MM-DD): valid_from <= date <= valid_to.
[[nodiscard]] bool in_force(const Rule& rule, std::string_view date);

}  // namespace corridor::risk
