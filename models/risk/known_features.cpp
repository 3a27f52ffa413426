// SPDX-License-Identifier: Apache-2.0
#include "models/risk/known_features.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "models/risk/shared_parts.hpp"

namespace corridor::risk {
namespace {

Node made(Op op, ValueType type, std::vector<Node> arguments) {
  Node n;
  n.op = op;
  n.type = type;
  n.arguments = std::move(arguments);
  return n;
}

Node literal(double value, Op op, ValueType type) {
  Node n = made(op, type, {});
  n.value = value;
  return n;
}

// The language has no word for "missing", but 0 / 0 is, and a comparison with it is unknown.
Node missing_number() {
  const Node zero = literal(0, Op::number, ValueType::number);
  return made(Op::divide, ValueType::number, {zero, zero});
}

Node literal(Truth t) {
  if (t != Truth::unknown) return literal(t == Truth::yes, Op::boolean, ValueType::boolean);
  return made(Op::equal, ValueType::boolean,
              {missing_number(), literal(0, Op::number, ValueType::number)});
}

class Folding {
 public:
  Folding(const RuleSet& set, const Catalogue& catalogue, const View& known)
      : set_(set), catalogue_(catalogue), row_{1, std::vector<ColumnView>(catalogue.size())} {
    for (const Known& k : known) {
      known_.push_back(k.feature);
      if (!k.stored) continue;
      if (catalogue[k.feature].storage != Storage::u8) {
        throw std::invalid_argument("a value is known of feature '" + catalogue[k.feature].name +
                                    "', which is not stored in a byte");
      }
      row_.columns[k.feature].data = &*k.stored;
    }
  }

  [[nodiscard]] Node fold(const Node& node) const {
    const Reads read = reads(node);
    if (read.count == Reads::Count::none) return node;
    if (read.count == Reads::Count::one && is_known(read.feature)) {
      if (node.type == ValueType::boolean) {
        return literal(truth(node, set_, catalogue_, row_, 0));
      }
      if (node.type == ValueType::number) {
        const Number x = number(node, set_, catalogue_, row_, 0);
        return x.known ? literal(x.value, Op::number, ValueType::number) : missing_number();
      }
    }
    Node out = node;
    for (Node& a : out.arguments) a = fold(a);
    return simpler(std::move(out));
  }

 private:
  [[nodiscard]] bool is_known(std::uint16_t feature) const {
    return std::find(known_.begin(), known_.end(), feature) != known_.end();
  }
  [[nodiscard]] std::optional<Truth> constant(const Node& node) const {
    return constant_truth(node, set_, catalogue_);
  }
  [[nodiscard]] bool is_missing(const Node& node) const {
    return node.type == ValueType::number && reads(node).count == Reads::Count::none &&
           !number(node, set_, catalogue_, {}, 0).known;
  }

  /// A node whose arguments are folded.
  [[nodiscard]] Node simpler(Node node) const {
    switch (node.op) {
      case Op::logical_not:
        if (const auto t = constant(node)) return literal(*t);
        return node;
      case Op::logical_and:
        return junction(std::move(node), Truth::no);
      case Op::logical_or:
        return junction(std::move(node), Truth::yes);
      case Op::at_least:
        return at_least(std::move(node));
      case Op::less:
      case Op::less_equal:
      case Op::equal:
      case Op::not_equal:
      case Op::greater_equal:
      case Op::greater:
        if (any_missing(node)) return literal(Truth::unknown);
        return node;
      case Op::in_set:
        if (is_missing(node.arguments.at(0))) return literal(Truth::unknown);
        return node;
      default:
        if (node.type == ValueType::number && any_missing(node)) return missing_number();
        return node;
    }
  }
  [[nodiscard]] bool any_missing(const Node& node) const {
    return std::any_of(node.arguments.begin(), node.arguments.end(),
                       [&](const Node& a) { return is_missing(a); });
  }

  /// `and`, which no decides, or `or`, which yes decides.
  [[nodiscard]] Node junction(Node node, Truth deciding) const {
    std::vector<Node> open;
    for (Node& a : node.arguments) {
      const auto t = constant(a);
      if (t == deciding) return literal(deciding);
      if (!t || *t == Truth::unknown) open.push_back(std::move(a));
    }
    if (open.empty()) return literal(deciding == Truth::no ? Truth::yes : Truth::no);
    if (open.size() == 1) return std::move(open[0]);
    node.arguments = std::move(open);
    return node;
  }

  [[nodiscard]] Node at_least(Node node) const {
    std::vector<Node> open;
    std::uint32_t certain = 0;
    for (Node& a : node.arguments) {
      const auto t = constant(a);
      if (t == Truth::yes) ++certain;
      if (!t || *t == Truth::unknown) open.push_back(std::move(a));
    }
    if (certain >= node.index) return literal(Truth::yes);
    node.index -= certain;
    if (node.index > open.size()) return literal(Truth::no);
    node.arguments = std::move(open);
    return node;
  }

  const RuleSet& set_;
  const Catalogue& catalogue_;
  TableView row_;  ///< one row of what is known
  std::vector<std::uint16_t> known_;
};

}  // namespace

Node folded(const Node& condition, const RuleSet& set, const Catalogue& catalogue,
            const View& known) {
  return known.empty() ? condition : Folding(set, catalogue, known).fold(condition);
}

std::optional<Truth> constant_truth(const Node& condition, const RuleSet& set,
                                    const Catalogue& catalogue) {
  if (condition.type != ValueType::boolean || reads(condition).count != Reads::Count::none) {
    return std::nullopt;
  }
  return truth(condition, set, catalogue, {}, 0);
}

}  // namespace corridor::risk
