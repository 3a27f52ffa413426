// SPDX-License-Identifier: Apache-2.0
/// \file random_rules.hpp  Random typed conditions and rule sets over a catalogue, for RapidCheck.
///
/// Checked where used: what is generated passes risk::check.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/risk/condition_ranges.hpp"
#include "models/risk/expression_text.hpp"
#include "models/risk/feature.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::test {

/// Makes trees of at most a given depth that use only features which may be scored.
class RandomConditions {
 public:
  RandomConditions(const risk::Catalogue& catalogue, std::size_t n_parameters,
                   risk::Subject subject = risk::Subject::traveller)
      : n_parameters_(n_parameters) {
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
      const risk::Feature& f = catalogue[i];
      if (f.legal == risk::LegalClass::audit_only || f.subject != subject) continue;
      all_.push_back(i);
      (f.type == risk::FeatureType::number    ? numbers_
       : f.type == risk::FeatureType::boolean ? booleans_
                                              : categories_)
          .push_back(i);
    }
    catalogue_ = &catalogue;
  }

  [[nodiscard]] risk::Node boolean(int depth) const {
    using risk::Op;
    switch (pick(depth > 0 ? 11 : 6)) {
      case 0:
        return literal(Op::boolean, risk::ValueType::boolean, static_cast<double>(pick(2)));
      case 1:
        if (!booleans_.empty()) return feature(from(booleans_));
        [[fallthrough]];
      case 2:
        return made(Op::missing, risk::ValueType::boolean, {feature(from(all_))});
      case 3:
        if (!categories_.empty()) return category();
        [[fallthrough]];
      case 4:
      case 5: {
        const auto op = static_cast<Op>(static_cast<std::size_t>(Op::less) + pick(6));
        return comparable(
            made(op, risk::ValueType::boolean, {number(depth - 1), number(depth - 1)}));
      }
      case 6: {
        std::vector<risk::Node> arguments{number(depth - 1)};
        for (std::size_t i = 0, n = 1 + pick(3); i < n; ++i) arguments.push_back(constant());
        return comparable(made(Op::in_set, risk::ValueType::boolean, std::move(arguments)));
      }
      case 7:
        return comparable(made(Op::between, risk::ValueType::boolean,
                               {number(depth - 1), number(depth - 1), number(depth - 1)}));
      case 8:
        return made(Op::logical_not, risk::ValueType::boolean, {boolean(depth - 1)});
      case 9: {
        risk::Node node = made(Op::at_least, risk::ValueType::boolean, several(depth - 1, 1));
        node.index = static_cast<std::uint32_t>(1 + pick(node.arguments.size()));
        return node;
      }
      default:
        return made(pick(2) == 0 ? Op::logical_and : Op::logical_or, risk::ValueType::boolean,
                    several(depth - 1, 2));
    }
  }

  [[nodiscard]] risk::Node number(int depth) const {
    using risk::Op;
    constexpr auto is_number = risk::ValueType::number;
    if (depth <= 0 || pick(3) == 0) {
      if (!numbers_.empty() && pick(2) == 0) return feature(from(numbers_));
      return constant();
    }
    switch (pick(4)) {
      case 0:
        return made(Op::negate, is_number, {number(depth - 1)});
      case 1: {
        std::vector<risk::Node> arguments;
        for (std::size_t i = 0, n = 1 + pick(3); i < n; ++i) arguments.push_back(number(depth - 1));
        return made(pick(2) == 0 ? Op::minimum : Op::maximum, is_number, std::move(arguments));
      }
      case 2:
        return made(pick(2) == 0 ? Op::absolute : Op::log1p, is_number, {number(depth - 1)});
      default: {
        const auto op = static_cast<Op>(static_cast<std::size_t>(Op::add) + pick(4));
        risk::Node node = made(op, is_number, {number(depth - 1), number(depth - 1)});
        const risk::ConditionRanges ranges(*catalogue_, {});
        if (op == Op::divide && !has_parameter(node.arguments[1])) {
          const risk::Range divisor = ranges.range(node.arguments[1], ranges.anything());
          if (divisor.lo == 0 && divisor.hi == 0)
            node.arguments[1] = literal(Op::number, is_number, 2);
        }
        return node;
      }
    }
  }

 private:
  static bool has_parameter(const risk::Node& node) {
    return node.op == risk::Op::parameter ||
           std::any_of(node.arguments.begin(), node.arguments.end(), has_parameter);
  }
  /// Literals that a feature beside them can be.
  [[nodiscard]] risk::Node comparable(risk::Node node) const {
    for (std::size_t i = 1; i < node.arguments.size(); ++i) {
      for (const auto& [of, other] : {std::pair<std::size_t, std::size_t>{0, i}, {i, 0}}) {
        const risk::Node& tested = node.arguments[of];
        risk::Node& number = node.arguments[other];
        if (tested.op != risk::Op::feature || number.op != risk::Op::number) continue;
        const risk::Feature& f = (*catalogue_)[tested.index];
        number.value = std::clamp(number.value, f.lo, f.hi);
      }
    }
    return node;
  }

  static std::size_t pick(std::size_t n) { return *rc::gen::inRange<std::size_t>(0, n); }
  static std::size_t from(const std::vector<std::size_t>& list) { return list[pick(list.size())]; }

  static risk::Node literal(risk::Op op, risk::ValueType type, double value) {
    risk::Node node;
    node.op = op;
    node.type = type;
    node.value = value;
    return node;
  }
  static risk::Node made(risk::Op op, risk::ValueType type, std::vector<risk::Node> arguments) {
    risk::Node node = literal(op, type, 0);
    node.arguments = std::move(arguments);
    return node;
  }

  [[nodiscard]] risk::Node constant() const {
    if (n_parameters_ > 0 && pick(5) == 0) {
      risk::Node node = literal(risk::Op::parameter, risk::ValueType::number, 0);
      node.index = static_cast<std::uint32_t>(pick(n_parameters_));
      return node;
    }
    constexpr double odd[] = {0.1, 1e300, -2.5e-7, 3, 1.0 / 3};
    return literal(risk::Op::number, risk::ValueType::number,
                   pick(3) == 0 ? odd[pick(5)] : static_cast<double>(*rc::gen::inRange(-9, 40)));
  }

  [[nodiscard]] risk::Node feature(std::size_t index) const {
    const risk::FeatureType type = (*catalogue_)[index].type;
    risk::Node node = literal(risk::Op::feature,
                              type == risk::FeatureType::number    ? risk::ValueType::number
                              : type == risk::FeatureType::boolean ? risk::ValueType::boolean
                                                                   : risk::ValueType::category,
                              0);
    node.index = static_cast<std::uint32_t>(index);
    return node;
  }

  [[nodiscard]] risk::Node category() const {
    const std::size_t index = from(categories_);
    const std::size_t op = pick(3);
    risk::Node node = made(op == 0   ? risk::Op::equal
                           : op == 1 ? risk::Op::not_equal
                                     : risk::Op::in_set,
                           risk::ValueType::boolean, {feature(index)});
    for (std::size_t i = 0, n = op < 2 ? 1 : 1 + pick(3); i < n; ++i)
      node.codes.push_back(static_cast<std::uint8_t>(pick((*catalogue_)[index].values.size())));
    return node;
  }

  [[nodiscard]] std::vector<risk::Node> several(int depth, std::size_t least) const {
    std::vector<risk::Node> out;
    for (std::size_t i = 0, n = least + pick(3); i < n; ++i) out.push_back(boolean(depth));
    return out;
  }

  const risk::Catalogue* catalogue_ = nullptr;
  std::size_t n_parameters_;
  std::vector<std::size_t> all_, numbers_, booleans_, categories_;
};

/// A sound set of some rules that count at arrival, with parameters, groups, and texts that need
/// care when they are written.
inline risk::RuleSet random_rule_set(const risk::Catalogue& catalogue) {
  const auto pick = [](int from, int to) { return *rc::gen::inRange(from, to); };
  const auto words = [&] {
    const std::vector<std::string> some{"plain",      "with \"quotes\" and 'more'",
                                        "two\nlines", "back\\slash \\u0041",
                                        "été — 日本", "tab\there",
                                        "# x = [1]"};
    return some[static_cast<std::size_t>(pick(0, static_cast<int>(some.size())))];
  };
  risk::RuleSet set;
  set.name = words();
  set.version = "2026." + std::to_string(pick(0, 9));
  set.about = pick(0, 2) == 0 ? "" : words();
  set.combine = static_cast<risk::Combine>(pick(0, 3));
  set.base = pick(-50, 50);
  if (pick(0, 3) == 0) set.tuned_on = words();
  if (pick(0, 2) == 0) {
    set.adopted_by = words();
    set.adopted_on = "2026-02-28";
    if (pick(0, 2) == 0)
      set.audit = {"0123456789abcdef0123456789abcdef", "2026-02-27", words(), words(), {}};
    if (pick(0, 2) == 0 && !set.audit.digest.empty()) set.audit.untold = {"r0"};
  }
  for (int i = 0, n = pick(0, 4); i < n; ++i)
    set.parameters.push_back({"p" + std::to_string(i), i * 0.1, -1.5, 1e20});
  for (int i = 0, n = pick(0, 4); i < n; ++i) {
    risk::RuleGroup group{"g" + std::to_string(9 - i), {}, {}};
    if (pick(0, 2) == 0) group.min = -pick(0, 100);
    if (pick(0, 2) == 0 || !group.min) group.max = pick(0, 100);
    set.groups.push_back(std::move(group));
  }
  const RandomConditions conditions(catalogue, set.parameters.size());
  for (int i = 0, n = pick(1, 7); i < n; ++i) {
    risk::Rule rule;
    rule.id = "r" + std::to_string(i);
    rule.version = pick(0, 2) == 0 ? "" : "3";
    rule.condition = conditions.boolean(3);
    rule.when = risk::to_text(rule.condition, {catalogue, set.parameters, set.subject});
    if (pick(0, 3) == 0) rule.when = "(\n" + rule.when + "\n)  ";
    rule.score = i == 0 ? -pick(1, 1000) : pick(-999, 1000);
    rule.group = pick(-1, static_cast<int>(set.groups.size()));
    rule.on_missing = static_cast<risk::OnMissing>(pick(0, 3));
    rule.stages[2] = true;
    rule.reason_en = words();
    rule.reason_fr = pick(0, 2) == 0 ? rule.reason_en : words();
    rule.purpose = words();
    rule.basis = words();
    rule.evidence = pick(0, 2) == 0 ? "" : words();
    rule.owner = words();
    rule.valid_from = pick(0, 2) == 0 ? "" : "2024-02-29";
    rule.valid_to = pick(0, 2) == 0 ? "" : "2027-12-31";
    rule.review_by = "2026-12-31";
    set.rules.push_back(std::move(rule));
  }
  return set;
}

}  // namespace corridor::test
