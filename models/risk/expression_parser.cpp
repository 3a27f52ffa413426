// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "models/risk/expression_syntax.hpp"
#include "models/risk/rule_problem.hpp"
#include "sim/names.hpp"

namespace corridor::risk {
namespace {

/// Recursive descent; one function a row of the grammar in expression.hpp.
class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

  Syntax whole() {
    if (now().kind == TokenKind::end) fail("the condition is empty");
    Syntax out = condition();
    if (now().kind == TokenKind::end) return out;
    if (is(")") || is("}")) fail(in_quotes(now().raw) + " closes nothing");
    if (is("=")) fail("'=' is not of this language; write '=='");
    fail(found() + " cannot stand here; conditions are joined by 'and' or 'or'");
  }

  RuleParameter parameter() {
    if (is("let")) ++i_;
    RuleParameter out;
    if (now().kind != TokenKind::name || !is_name(now().raw)) {
      fail(found() +
           " is no name of a parameter; a parameter reads like 'cut = 2 in 0..10', its "
           "name of small letters, digits and _");
    }
    out.name = tokens_[i_++].raw;
    expect("=", "after the parameter's name");
    const std::size_t at_value = now().offset;
    out.value = signed_number();
    expect("in", "before the range, as in 'cut = 2 in 0..10'");
    const std::size_t at_range = now().offset;
    out.lo = signed_number();
    expect("..", "between the ends of the range");
    out.hi = signed_number();
    if (now().kind != TokenKind::end) fail(found() + " cannot stand after the range");
    if (!(out.lo <= out.hi)) fail_at(at_range, "range", "the range ends before it begins");
    if (!(out.value >= out.lo && out.value <= out.hi))
      fail_at(at_value, "range",
              out.name + " = " + number_text(out.value) + " is outside " + number_text(out.lo) +
                  ".." + number_text(out.hi));
    return out;
  }

 private:
  /// Counts how deep the reading has gone.
  class Deeper {
   public:
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.nesting_ > most_expression_depth) parser_.too_deep(parser_.now().offset);
    }
    ~Deeper() { --parser_.nesting_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& parser_;
  };

  [[nodiscard]] const Token& now() const { return tokens_[i_]; }
  [[nodiscard]] const Token& after() const { return tokens_[std::min(i_ + 1, tokens_.size() - 1)]; }
  static bool is(const Token& token, std::string_view raw) {
    return token.kind != TokenKind::text && token.kind != TokenKind::end && token.raw == raw;
  }
  [[nodiscard]] bool is(std::string_view raw) const { return is(now(), raw); }
  bool take(std::string_view raw) {
    if (!is(raw)) return false;
    ++i_;
    return true;
  }
  [[nodiscard]] std::string found() const {
    if (now().kind == TokenKind::end) return "the end";
    return now().kind == TokenKind::text ? "the text " + in_quotes(now().text)
                                         : in_quotes(now().raw);
  }
  [[noreturn]] static void fail_at(std::size_t offset, std::string code, std::string message) {
    throw SyntaxFault{{offset, std::move(code), std::move(message)}};
  }
  [[noreturn]] void fail(std::string message) const {
    fail_at(now().offset, "syntax", std::move(message));
  }
  [[noreturn]] static void too_deep(std::size_t offset) {
    fail_at(offset, "too-deep",
            "the condition goes deeper than " + std::to_string(most_expression_depth) +
                " levels; split it, or use fewer parentheses");
  }
  void expect(std::string_view raw, const std::string& where) {
    if (!take(raw)) fail("expected " + in_quotes(raw) + " " + where + ", found " + found());
  }
  void close(std::size_t opened) {
    if (take(")")) return;
    if (now().kind == TokenKind::end) fail_at(opened, "syntax", "this '(' is never closed");
    fail("expected ')' or ',', found " + found());
  }

  Syntax counted(Syntax made) {
    if (++nodes_ > most_expression_nodes)
      fail_at(made.offset, "too-long",
              "the condition has more than " + std::to_string(most_expression_nodes) +
                  " names, numbers and operators; split it");
    return made;
  }
  Syntax leaf(Syntax::Kind kind, const Token& token) {
    Syntax made;
    made.kind = kind;
    made.offset = token.offset;
    made.value = token.value;
    made.name = token.raw;
    made.text = token.text;
    return counted(std::move(made));
  }
  Syntax operation(Op op, std::size_t offset, std::vector<Syntax> arguments) {
    Syntax made;
    made.op = op;
    made.offset = offset;
    for (const Syntax& argument : arguments) made.depth = std::max(made.depth, argument.depth + 1);
    if (made.depth > most_expression_depth) too_deep(offset);
    made.arguments = std::move(arguments);
    return counted(std::move(made));
  }
  template <class... T>
  static std::vector<Syntax> list(T&&... arguments) {
    std::vector<Syntax> out;
    out.reserve(sizeof...(arguments));
    (out.push_back(std::forward<T>(arguments)), ...);
    return out;
  }

  Syntax condition() {
    const Deeper deeper(*this);
    return chain(Op::logical_or, "or", &Parser::conjunction);
  }
  Syntax conjunction() { return chain(Op::logical_and, "and", &Parser::negation); }

  Syntax chain(Op op, std::string_view word, Syntax (Parser::*part)()) {
    Syntax first = (this->*part)();
    if (!is(word)) return first;
    const std::size_t offset = first.offset;
    std::vector<Syntax> parts = list(std::move(first));
    while (take(word)) parts.push_back((this->*part)());
    return operation(op, offset, std::move(parts));
  }

  Syntax negation() {
    if (!is("not")) return comparison();
    const Deeper deeper(*this);
    const std::size_t offset = tokens_[i_++].offset;
    return operation(Op::logical_not, offset, list(negation()));
  }

  Syntax comparison() {
    struct Row {
      std::string_view symbol;
      Op op;
    };
    static constexpr std::array rows{Row{"<", Op::less},           Row{"<=", Op::less_equal},
                                     Row{"==", Op::equal},         Row{"!=", Op::not_equal},
                                     Row{">=", Op::greater_equal}, Row{">", Op::greater}};
    const auto compares = [&] {
      return std::any_of(rows.begin(), rows.end(), [&](const Row& r) { return is(r.symbol); });
    };
    Syntax left = sum();
    const std::size_t offset = left.offset;
    const bool inverted = is("not") && (is(after(), "in") || is(after(), "between"));
    if (inverted) ++i_;
    if (take("in")) {
      left = set_of(std::move(left));
    } else if (take("between")) {
      Syntax lower = sum();
      expect("and", "after the lower end of 'between'");
      Syntax upper = sum();
      left =
          operation(Op::between, offset, list(std::move(left), std::move(lower), std::move(upper)));
    } else {
      for (const Row& row : rows) {
        if (!take(row.symbol)) continue;
        left = operation(row.op, offset, list(std::move(left), sum()));
        break;
      }
    }
    if (compares())
      fail("comparisons do not chain; write 'x between 1 and 3', or join two with 'and'");
    return inverted ? operation(Op::logical_not, offset, list(std::move(left))) : left;
  }

  Syntax set_of(Syntax tested) {
    const std::size_t offset = tested.offset, opened = now().offset;
    expect("{", "after 'in': a set is written {1, 2} or {'low', 'high'}");
    std::vector<Syntax> arguments = list(std::move(tested));
    do {
      if (now().kind == TokenKind::text) {
        arguments.push_back(leaf(Syntax::Kind::text, tokens_[i_++]));
      } else if (now().kind == TokenKind::name) {
        arguments.push_back(leaf(Syntax::Kind::name, tokens_[i_++]));
      } else if (now().kind == TokenKind::number || is("-")) {
        Token literal = now();
        literal.value = signed_number();
        arguments.push_back(leaf(Syntax::Kind::number, literal));
      } else {
        fail("expected a number, a text or a parameter in the set, found " + found());
      }
    } while (take(","));
    if (!take("}")) {
      if (now().kind == TokenKind::end) fail_at(opened, "syntax", "this '{' is never closed");
      fail("expected ',' or '}' in the set, found " + found());
    }
    return operation(Op::in_set, offset, std::move(arguments));
  }

  double signed_number() {
    const bool negative = take("-");
    if (now().kind != TokenKind::number) fail("expected a number, found " + found());
    const double value = tokens_[i_++].value;
    return negative ? -value : value;
  }

  Syntax sum() {
    Syntax left = product();
    while (is("+") || is("-")) {
      const Op op = tokens_[i_++].raw == "+" ? Op::add : Op::subtract;
      const std::size_t offset = left.offset;
      left = operation(op, offset, list(std::move(left), product()));
    }
    return left;
  }
  Syntax product() {
    Syntax left = sign();
    while (is("*") || is("/")) {
      const Op op = tokens_[i_++].raw == "*" ? Op::multiply : Op::divide;
      const std::size_t offset = left.offset;
      left = operation(op, offset, list(std::move(left), sign()));
    }
    return left;
  }

  Syntax sign() {
    if (!is("-")) return atom();
    if (after().kind == TokenKind::number) {
      Token literal = now();
      literal.value = signed_number();
      return leaf(Syntax::Kind::number, literal);
    }
    const Deeper deeper(*this);
    const std::size_t offset = tokens_[i_++].offset;
    return operation(Op::negate, offset, list(sign()));
  }

  Syntax atom() {
    const Token& token = now();
    if (token.kind == TokenKind::number) {
      ++i_;
      return is("of") ? at_least(token) : leaf(Syntax::Kind::number, token);
    }
    if (token.kind == TokenKind::text) {
      ++i_;
      return leaf(Syntax::Kind::text, token);
    }
    if (take("(")) {
      Syntax inside = condition();
      if (!is(")") && now().kind != TokenKind::end) fail("expected ')', found " + found());
      close(token.offset);
      return inside;
    }
    if (token.kind == TokenKind::name) {
      if (token.raw == "true" || token.raw == "false") {
        ++i_;
        Token literal = token;
        literal.value = token.raw == "true" ? 1 : 0;
        return leaf(Syntax::Kind::boolean, literal);
      }
      static constexpr std::array<std::string_view, 7> joins{"and", "between", "in", "let",
                                                             "not", "of",      "or"};
      const bool joining = std::find(joins.begin(), joins.end(), token.raw) != joins.end();
      if (is(after(), "(") && !joining) return call();
      const auto words = language_words();
      if (std::binary_search(words.begin(), words.end(), token.raw))
        fail("expected a name, a number or '(', found the word " + in_quotes(token.raw));
      ++i_;
      return leaf(Syntax::Kind::name, token);
    }
    fail("expected a name, a number or '(', found " + found());
  }

  std::vector<Syntax> arguments() {
    const std::size_t opened = now().offset;
    expect("(", "before the list");
    std::vector<Syntax> out;
    if (is(")")) fail("an empty list; something must stand between the parentheses");
    do {
      out.push_back(condition());
    } while (take(","));
    close(opened);
    return out;
  }

  Syntax at_least(const Token& number) {
    ++i_;
    Syntax made = operation(Op::at_least, number.offset, arguments());
    made.value = number.value;
    const auto n = static_cast<double>(made.arguments.size());
    if (!(number.value >= 1 && number.value <= n && std::floor(number.value) == number.value))
      fail_at(number.offset, "range",
              in_quotes(number.raw) + " of " + std::to_string(made.arguments.size()) +
                  " conditions; allowed is a whole number from 1 to " +
                  std::to_string(made.arguments.size()));
    return made;
  }

  Syntax call() {
    struct Row {
      std::string_view name;
      Op op;
      bool many;
    };
    static constexpr std::array rows{Row{"missing", Op::missing, false},
                                     Row{"min", Op::minimum, true}, Row{"max", Op::maximum, true},
                                     Row{"abs", Op::absolute, false},
                                     Row{"log1p", Op::log1p, false}};
    const Token& name = tokens_[i_];
    for (const Row& row : rows) {
      if (name.raw != row.name) continue;
      ++i_;
      Syntax made = operation(row.op, name.offset, arguments());
      if (!row.many && made.arguments.size() > 1)
        fail_at(made.arguments[1].offset, "syntax",
                std::string(row.name) + " takes one argument, not " +
                    std::to_string(made.arguments.size()));
      return made;
    }
    std::vector<std::string> known;
    for (const Row& row : rows) known.emplace_back(row.name);
    const auto near = sim::nearest_name(name.raw, known);
    fail_at(name.offset, "unknown-name",
            "unknown function " + in_quotes(name.raw) +
                (near ? "; did you mean '" + *near + "'?" : "; known are " + sim::listed(known)));
  }

  std::vector<Token> tokens_;
  std::size_t i_ = 0, nesting_ = 0, nodes_ = 0;
};

bool fits(std::string_view text, std::vector<ExpressionProblem>& problems) {
  if (text.size() <= most_expression_bytes) return true;
  problems.push_back({0, "too-long",
                      "the condition has " + std::to_string(text.size()) + " bytes; allowed are " +
                          std::to_string(most_expression_bytes)});
  return false;
}

}  // namespace

Syntax syntax_of(std::string_view expression) { return Parser(expression).whole(); }

std::optional<Node> parse_expression(std::string_view text, const Scope& scope,
                                     std::vector<ExpressionProblem>& problems,
                                     const PlaceOf& place_of) {
  if (!fits(text, problems)) return std::nullopt;
  try {
    const auto own_place = [&](std::size_t offset) { return sim::line_place(text, offset); };
    return typed(syntax_of(text), scope, problems, place_of ? place_of : PlaceOf(own_place));
  } catch (SyntaxFault& fault) {
    problems.push_back(std::move(fault.problem));
    return std::nullopt;
  }
}

std::optional<RuleParameter> parse_parameter(std::string_view text,
                                             std::vector<ExpressionProblem>& problems) {
  if (!fits(text, problems)) return std::nullopt;
  try {
    return Parser(text).parameter();
  } catch (SyntaxFault& fault) {
    problems.push_back(std::move(fault.problem));
    return std::nullopt;
  }
}

}  // namespace corridor::risk
