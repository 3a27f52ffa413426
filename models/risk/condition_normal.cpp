// SPDX-License-Identifier: Apache-2.0
#include "models/risk/condition_normal.hpp"
#include "models/risk/opposite.hpp"

#include <algorithm>
#include <compare>
#include <iterator>

namespace corridor::risk {
namespace {

std::strong_ordering order(const Node& a, const Node& b) {
  if (const auto c = a.op <=> b.op; c != 0) return c;
  if (const auto c = a.index <=> b.index; c != 0) return c;
  if (a.value != b.value)
    return a.value < b.value ? std::strong_ordering::less : std::strong_ordering::greater;
  if (const auto c = a.codes <=> b.codes; c != 0) return c;
  for (std::size_t i = 0; i < a.arguments.size() && i < b.arguments.size(); ++i)
    if (const auto c = order(a.arguments[i], b.arguments[i]); c != 0) return c;
  return a.arguments.size() <=> b.arguments.size();
}

bool before(const Node& a, const Node& b) { return order(a, b) < 0; }
bool same(const Node& a, const Node& b) { return order(a, b) == 0; }

bool is_constant(const Node& node) { return node.op == Op::number || node.op == Op::parameter; }

class Normal {
 public:
  explicit Normal(const Catalogue& catalogue) : catalogue_(catalogue) {}

  Node form(const Node& node, bool inverted) {
    switch (node.op) {
      case Op::boolean: {
        Node out = node;
        if (inverted) out.value = 1 - out.value;
        return out;
      }
      case Op::logical_not:
        return form(node.arguments[0], !inverted);
      case Op::logical_and:
      case Op::logical_or: {
        const bool all = (node.op == Op::logical_and) != inverted;
        std::vector<Node> parts;
        for (const Node& a : node.arguments) parts.push_back(form(a, inverted));
        return joined(all ? Op::logical_and : Op::logical_or, std::move(parts));
      }
      case Op::at_least:
        return at_least(node, inverted);
      case Op::between:
        if (is_constant(node.arguments[1]) && is_constant(node.arguments[2])) {
          const Node& x = node.arguments[0];
          return joined(
              inverted ? Op::logical_or : Op::logical_and,
              {comparison(inverted ? Op::less : Op::greater_equal, x, node.arguments[1]),
               comparison(inverted ? Op::greater : Op::less_equal, x, node.arguments[2])});
        }
        break;
      case Op::in_set:
      case Op::equal:
      case Op::not_equal:
        if (!node.codes.empty()) return category(node, inverted);
        if (node.op == Op::in_set) {
          Node out = node;
          std::sort(out.arguments.begin() + 1, out.arguments.end(), before);
          out.arguments.erase(std::unique(out.arguments.begin() + 1, out.arguments.end(), same),
                              out.arguments.end());
          if (out.arguments.size() == 2)
            return comparison(inverted ? Op::not_equal : Op::equal, out.arguments[0],
                              out.arguments[1]);
          return inverted ? negation(std::move(out)) : out;
        }
        [[fallthrough]];
      case Op::less:
      case Op::less_equal:
      case Op::greater_equal:
      case Op::greater:
        return comparison(inverted ? opposite(node.op) : node.op, node.arguments[0],
                          node.arguments[1]);
      default:
        break;
    }
    return inverted ? negation(node) : node;
  }

 private:
  static Node made(Op op, std::vector<Node> arguments) {
    Node out;
    out.op = op;
    out.arguments = std::move(arguments);
    return out;
  }
  static Node negation(Node node) {
    std::vector<Node> arguments;
    arguments.push_back(std::move(node));
    return made(Op::logical_not, std::move(arguments));
  }

  static Node comparison(Op op, const Node& left, const Node& right) {
    const bool turn = (is_constant(left) && !is_constant(right)) ||
                      (is_constant(left) == is_constant(right) && before(right, left));
    if (turn) return made(mirrored(op), {right, left});
    return made(op, {left, right});
  }

  Node category(const Node& node, bool inverted) {
    const bool among = (node.op != Op::not_equal) != inverted;
    const std::size_t n = catalogue_[node.arguments[0].index].values.size();
    Node out = made(Op::in_set, node.arguments);
    for (std::size_t i = 0; i < n; ++i) {
      const auto code = static_cast<std::uint8_t>(i);
      const bool named = std::find(node.codes.begin(), node.codes.end(), code) != node.codes.end();
      if (named == among) out.codes.push_back(code);
    }
    return out;
  }

  /// Not k of n is n - k + 1 of the opposites; all of n, and one of n, are `and` and `or`.
  Node at_least(const Node& node, bool inverted) {
    const auto n = static_cast<std::uint32_t>(node.arguments.size());
    std::vector<Node> parts;
    for (const Node& a : node.arguments) parts.push_back(form(a, inverted));
    const std::uint32_t k = inverted ? n - node.index + 1 : node.index;
    if (k == n) return joined(Op::logical_and, std::move(parts));
    if (k == 1) return joined(Op::logical_or, std::move(parts));
    std::sort(parts.begin(), parts.end(), before);
    Node out = made(Op::at_least, std::move(parts));
    out.index = k;
    return out;
  }

  static Node joined(Op op, std::vector<Node> parts) {
    std::vector<Node> flat;
    for (Node& part : parts) {
      if (part.op == op)
        std::move(part.arguments.begin(), part.arguments.end(), std::back_inserter(flat));
      else
        flat.push_back(std::move(part));
    }
    std::sort(flat.begin(), flat.end(), before);
    flat.erase(std::unique(flat.begin(), flat.end(), same), flat.end());
    if (flat.size() == 1) return std::move(flat[0]);
    return made(op, std::move(flat));
  }

  const Catalogue& catalogue_;
};

}  // namespace

Node normal_form(const Node& condition, const Catalogue& catalogue) {
  return Normal(catalogue).form(condition, false);
}

}  // namespace corridor::risk
