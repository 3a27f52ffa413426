// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>

#include "models/risk/expression_text.hpp"

namespace corridor::risk {
namespace {

/// Rows of the grammar, loosest first; an argument that binds looser than its place needs
/// parentheses.
enum class Bind : std::uint8_t { any, conjunction, negation, comparison, sum, product, sign, atom };

Bind bind(const Node& node) {
  switch (node.op) {
    case Op::logical_or:
      return Bind::any;
    case Op::logical_and:
      return Bind::conjunction;
    case Op::logical_not:  // "x not in {1}" is a comparison and stands wherever a negation may
      return Bind::negation;
    case Op::less:
    case Op::less_equal:
    case Op::equal:
    case Op::not_equal:
    case Op::greater_equal:
    case Op::greater:
    case Op::in_set:
    case Op::between:
      return Bind::comparison;
    case Op::add:
    case Op::subtract:
      return Bind::sum;
    case Op::multiply:
    case Op::divide:
      return Bind::product;
    case Op::negate:
      return Bind::sign;
    case Op::number:
    case Op::boolean:
    case Op::feature:
    case Op::parameter:
    case Op::minimum:
    case Op::maximum:
    case Op::absolute:
    case Op::log1p:
    case Op::missing:
    case Op::at_least:
      break;
  }
  return Bind::atom;
}

std::string_view symbol(Op op) {
  switch (op) {
    case Op::less:
      return " < ";
    case Op::less_equal:
      return " <= ";
    case Op::equal:
      return " == ";
    case Op::not_equal:
      return " != ";
    case Op::greater_equal:
      return " >= ";
    case Op::greater:
      return " > ";
    case Op::add:
      return " + ";
    case Op::subtract:
      return " - ";
    case Op::multiply:
      return " * ";
    case Op::divide:
      return " / ";
    case Op::minimum:
      return "min";
    case Op::maximum:
      return "max";
    case Op::absolute:
      return "abs";
    case Op::log1p:
      return "log1p";
    case Op::missing:
      return "missing";
    default:
      break;
  }
  return "?";
}

class Printer {
 public:
  explicit Printer(const Scope& scope) : scope_(scope) {}

  std::string at(const Node& node, Bind least) {
    std::string inside = plain(node);
    return bind(node) < least ? "(" + inside + ")" : inside;
  }

 private:
  std::string listed(const Node& node) {
    std::string out = "(";
    for (std::size_t i = 0; i < node.arguments.size(); ++i)
      out += (i > 0 ? ", " : "") + at(node.arguments[i], Bind::any);
    return out + ")";
  }

  std::string joined(const Node& node, std::string_view word, Bind least) {
    std::string out;
    for (std::size_t i = 0; i < node.arguments.size(); ++i)
      out += (i > 0 ? std::string(word) : "") + at(node.arguments[i], least);
    return out;
  }

  [[nodiscard]] std::string value(const Node& test, std::size_t i) const {
    std::string out = "'";
    for (const char c : scope_.catalogue[test.arguments[0].index].values[test.codes[i]])
      out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
  }

  std::string set(const Node& node, bool inverted) {
    std::string out = at(node.arguments[0], Bind::sum) + (inverted ? " not in {" : " in {");
    for (std::size_t i = 0; i < node.codes.size(); ++i) out += (i > 0 ? ", " : "") + value(node, i);
    for (std::size_t i = 1; i < node.arguments.size(); ++i)
      out += (i > 1 ? ", " : "") + plain(node.arguments[i]);
    return out + "}";
  }

  std::string between(const Node& node, bool inverted) {
    return at(node.arguments[0], Bind::sum) + (inverted ? " not between " : " between ") +
           at(node.arguments[1], Bind::sum) + " and " + at(node.arguments[2], Bind::sum);
  }

  std::string plain(const Node& node) {
    switch (node.op) {
      case Op::number:
        return number_text(node.value);
      case Op::boolean:
        return node.value != 0 ? "true" : "false";
      case Op::feature:
        return scope_.catalogue[node.index].name;
      case Op::parameter:
        return scope_.parameters[node.index].name;
      case Op::logical_not:
        if (node.arguments[0].op == Op::in_set) return set(node.arguments[0], true);
        if (node.arguments[0].op == Op::between) return between(node.arguments[0], true);
        return "not " + at(node.arguments[0], Bind::negation);
      case Op::logical_and:
        return joined(node, " and ", Bind::negation);
      case Op::logical_or:
        return joined(node, " or ", Bind::conjunction);
      case Op::in_set:
        return set(node, false);
      case Op::between:
        return between(node, false);
      case Op::negate: {
        // A minus before a literal would be part of the literal.
        const Node& inside = node.arguments[0];
        if (inside.op == Op::number && !std::signbit(inside.value))
          return "-(" + number_text(inside.value) + ")";
        return "-" + at(inside, Bind::sign);
      }
      case Op::add:
      case Op::subtract:
        return at(node.arguments[0], Bind::sum) + std::string(symbol(node.op)) +
               at(node.arguments[1], Bind::product);
      case Op::multiply:
      case Op::divide:
        return at(node.arguments[0], Bind::product) + std::string(symbol(node.op)) +
               at(node.arguments[1], Bind::sign);
      case Op::at_least:
        return std::to_string(node.index) + " of " + listed(node);
      case Op::minimum:
      case Op::maximum:
      case Op::absolute:
      case Op::log1p:
      case Op::missing:
        return std::string(symbol(node.op)) + listed(node);
      case Op::less:
      case Op::less_equal:
      case Op::equal:
      case Op::not_equal:
      case Op::greater_equal:
      case Op::greater:
        break;
    }
    const std::string left = at(node.arguments[0], Bind::sum) + std::string(symbol(node.op));
    return left + (node.codes.empty() ? at(node.arguments[1], Bind::sum) : value(node, 0));
  }

  const Scope& scope_;
};

}  // namespace

std::string to_text(const Node& node, const Scope& scope) {
  return Printer(scope).at(node, Bind::any);
}

std::string number_text(double value) {
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

std::string to_text(const RuleParameter& parameter) {
  return parameter.name + " = " + number_text(parameter.value) + " in " +
         number_text(parameter.lo) + ".." + number_text(parameter.hi);
}

}  // namespace corridor::risk
