// SPDX-License-Identifier: Apache-2.0
/// \file rule_check.cpp  Whether a set that a program made could have been read from a file: its
/// trees are looked at node by node, then it is written and read again.
#include <algorithm>
#include <cmath>

#include "models/risk/expression_text.hpp"
#include "models/risk/rule_set_text.hpp"

namespace corridor::risk {
namespace {

/// What is wrong with a tree, or "".
class TreeCheck {
 public:
  TreeCheck(const RuleSet& set, const Catalogue& catalogue) : set_(set), catalogue_(catalogue) {}

  std::string wrong(const Node& node, ValueType wanted, std::size_t depth = 1) {
    if (depth > most_expression_depth) return "the condition is too deep";
    if (++nodes_ > most_expression_nodes) return "the condition has too many nodes";
    if (node.type != wanted) return "a node has another type than its place needs";
    const std::size_t n = node.arguments.size();
    const bool leaf = node.op == Op::number || node.op == Op::boolean || node.op == Op::feature ||
                      node.op == Op::parameter;
    if (leaf) return n == 0 && node.codes.empty() ? wrong_leaf(node) : "a leaf has arguments";
    if (node.op == Op::missing) {
      if (n != 1 || node.arguments[0].op != Op::feature || node.type != ValueType::boolean)
        return "missing() needs a feature";
      return wrong(node.arguments[0], node.arguments[0].type, depth + 1);
    }
    const bool tests_codes = n > 0 && node.arguments[0].type == ValueType::category;
    if (tests_codes) return wrong_category(node, depth);
    if (!node.codes.empty()) return "codes without a category";
    if (!counts(node.op, n)) return "an operation has a wrong number of arguments";
    if (node.op == Op::at_least && !(node.index >= 1 && node.index <= n))
      return "at_least of more than there are";
    if (node.op > Op::at_least) return "an unknown operation";
    const bool logical = node.op == Op::logical_not || node.op == Op::logical_and ||
                         node.op == Op::logical_or || node.op == Op::at_least;
    const bool gives_boolean = logical || (node.op >= Op::less && node.op <= Op::between);
    if ((node.type == ValueType::boolean) != gives_boolean) return "a node has a wrong type";
    for (std::size_t i = 0; i < n; ++i) {
      const Node& argument = node.arguments[i];
      if (node.op == Op::in_set && i > 0 && argument.op != Op::number &&
          argument.op != Op::parameter)
        return "a set holds numbers and parameters only";
      std::string found =
          wrong(argument, logical ? ValueType::boolean : ValueType::number, depth + 1);
      if (!found.empty()) return found;
    }
    return "";
  }

 private:
  static bool counts(Op op, std::size_t n) {
    switch (op) {
      case Op::logical_not:
      case Op::negate:
      case Op::absolute:
      case Op::log1p:
        return n == 1;
      case Op::between:
        return n == 3;
      case Op::logical_and:
      case Op::logical_or:
      case Op::in_set:
        return n >= 2;
      case Op::minimum:
      case Op::maximum:
      case Op::at_least:
        return n >= 1;
      default:
        return n == 2;
    }
  }

  [[nodiscard]] std::string wrong_leaf(const Node& node) const {
    switch (node.op) {
      case Op::number:
        return node.type == ValueType::number && std::isfinite(node.value)
                   ? ""
                   : "a number that is not finite";
      case Op::boolean:
        return node.type == ValueType::boolean && (node.value == 0 || node.value == 1)
                   ? ""
                   : "a truth value that is neither 0 nor 1";
      case Op::parameter:
        return node.type == ValueType::number && node.index < set_.parameters.size()
                   ? ""
                   : "a parameter that does not exist";
      default:
        break;
    }
    if (node.index >= catalogue_.size()) return "a feature that does not exist";
    const FeatureType type = catalogue_[node.index].type;
    const ValueType is = type == FeatureType::number    ? ValueType::number
                         : type == FeatureType::boolean ? ValueType::boolean
                                                        : ValueType::category;
    return node.type == is ? "" : "a feature of another type";
  }

  [[nodiscard]] std::string wrong_category(const Node& node, std::size_t depth) {
    const Node& feature = node.arguments[0];
    const bool one = node.op == Op::equal || node.op == Op::not_equal;
    if (feature.op != Op::feature || node.arguments.size() != 1 ||
        !(one || node.op == Op::in_set) || node.codes.empty() || (one && node.codes.size() != 1))
      return "a category is compared by ==, != or in with its values";
    std::string found = wrong(feature, ValueType::category, depth + 1);
    if (!found.empty()) return found;
    const std::size_t n = catalogue_[feature.index].values.size();
    const auto outside = [&](std::uint8_t code) { return code >= n; };
    return std::any_of(node.codes.begin(), node.codes.end(), outside)
               ? "a value that the category does not have"
               : "";
  }

  const RuleSet& set_;
  const Catalogue& catalogue_;
  std::size_t nodes_ = 0;
};

}  // namespace

void check(const RuleSet& set, const Catalogue& catalogue) {
  const std::string shown = "rule set " + in_quotes(set.name);
  RuleProblems problems(shown, "");
  const auto finite = [](const RuleParameter& p) {
    return std::isfinite(p.value) && std::isfinite(p.lo) && std::isfinite(p.hi);
  };
  for (const RuleParameter& p : set.parameters)
    if (!finite(p)) problems.add({}, "range", "parameter " + in_quotes(p.name) + " is not finite");
  if (set.combine > Combine::logistic) problems.add({}, "value", "no such way to combine");
  if (set.rules.size() > most_rules)
    problems.add(
        {}, "too-many",
        std::to_string(set.rules.size()) + " rules; allowed are " + std::to_string(most_rules));
  for (const Rule& rule : set.rules) {
    problems.of_rule(rule.id);
    if (rule.group < -1 || rule.group >= static_cast<std::int32_t>(set.groups.size()))
      problems.add({}, "value", "rule " + in_quotes(rule.id) + ": a group that does not exist");
    std::string found = TreeCheck(set, catalogue).wrong(rule.condition, ValueType::boolean);
    if (!found.empty())
      problems.add({}, "tree", "rule " + in_quotes(rule.id) + ": " + std::move(found));
  }
  problems.throw_if_any();

  const RuleSet again = parse_rule_set(rule_set_text(set, catalogue), shown, catalogue);
  for (std::size_t i = 0; i < set.rules.size(); ++i) {
    if (again.rules.size() != set.rules.size()) break;
    if (again.rules[i].condition == set.rules[i].condition) continue;
    problems.of_rule(set.rules[i].id);
    problems.add({}, "tree",
                 "rule " + in_quotes(set.rules[i].id) +
                     ": its text says something else than its "
                     "condition");
  }
  problems.throw_if_any();
}

}  // namespace corridor::risk
