// SPDX-License-Identifier: Apache-2.0
/// \file rule_nodes.hpp  Conditions, rules and features put together by hand, for tests and
/// benchmarks.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "models/risk/feature.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::test {

using risk::Node;
using risk::Op;
using risk::ValueType;

inline Node node(Op op, ValueType type, std::vector<Node> arguments = {}) {
  Node n;
  n.op = op;
  n.type = type;
  n.arguments = std::move(arguments);
  return n;
}
inline Node number(double value) {
  Node n = node(Op::number, ValueType::number);
  n.value = value;
  return n;
}
inline Node constant(bool value) {
  Node n = node(Op::boolean, ValueType::boolean);
  n.value = value ? 1 : 0;
  return n;
}
inline Node parameter(std::uint32_t index) {
  Node n = node(Op::parameter, ValueType::number);
  n.index = index;
  return n;
}
inline Node feature(const risk::Catalogue& catalogue, std::uint32_t index) {
  const risk::FeatureType t = catalogue[index].type;
  Node n = node(Op::feature, t == risk::FeatureType::number    ? ValueType::number
                             : t == risk::FeatureType::boolean ? ValueType::boolean
                                                               : ValueType::category);
  n.index = index;
  return n;
}
/// A truth value from arguments: comparisons, `and`, `or`, `not`, `missing`, `between`, `in`.
inline Node truth(Op op, std::vector<Node> arguments) {
  return node(op, ValueType::boolean, std::move(arguments));
}
/// `==`, `!=` or `in` of a category.
inline Node among(Op op, Node category, std::vector<std::uint8_t> codes) {
  Node n = truth(op, {std::move(category)});
  n.codes = std::move(codes);
  return n;
}
inline Node at_least(std::uint32_t k, std::vector<Node> arguments) {
  Node n = truth(Op::at_least, std::move(arguments));
  n.index = k;
  return n;
}
inline Node arithmetic(Op op, std::vector<Node> arguments) {
  return node(op, ValueType::number, std::move(arguments));
}

inline risk::Rule rule(Node condition, std::int32_t score, std::int32_t group = -1) {
  risk::Rule r;
  r.condition = std::move(condition);
  r.score = score;
  r.group = group;
  r.stages = {true, true, true};
  return r;
}
inline risk::RuleSet rule_set(std::vector<risk::Rule> rules, std::int32_t base = 0) {
  risk::RuleSet set;
  set.name = "built";
  set.base = base;
  set.rules = std::move(rules);
  return set;
}

inline risk::Feature number_feature(std::string name, risk::Storage storage,
                                    std::int32_t per_unit = 1) {
  risk::Feature f;
  f.name = std::move(name);
  f.type = risk::FeatureType::number;
  f.storage = storage;
  f.per_unit = per_unit;
  return f;
}
inline risk::Feature boolean_feature(std::string name) {
  risk::Feature f;
  f.name = std::move(name);
  f.type = risk::FeatureType::boolean;
  return f;
}
inline risk::Feature category_feature(std::string name, std::size_t n_values) {
  risk::Feature f;
  f.name = std::move(name);
  f.type = risk::FeatureType::category;
  for (std::size_t i = 0; i < n_values; ++i) f.values.push_back("v" + std::to_string(i));
  return f;
}

}  // namespace corridor::test
