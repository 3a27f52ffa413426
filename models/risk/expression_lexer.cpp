// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "models/risk/expression_syntax.hpp"
#include "models/risk/rule_problem.hpp"

namespace corridor::risk {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> all() {
    std::vector<Token> out;
    do {
      out.push_back(next());
    } while (out.back().kind != TokenKind::end);
    return out;
  }

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  [[noreturn]] static void fail(std::size_t offset, std::string message) {
    throw SyntaxFault{{offset, "syntax", std::move(message)}};
  }

  Token next() {
    while (i_ < text_.size() &&
           (at(i_) == ' ' || at(i_) == '\t' || at(i_) == '\n' || at(i_) == '\r'))
      ++i_;
    Token token;
    token.offset = i_;
    if (i_ >= text_.size()) return token;
    const char c = at(i_);
    if (is_digit(c) || (c == '.' && is_digit(at(i_ + 1)))) {
      read_number(token);
    } else if (c == '\'') {
      read_text(token);
    } else if (begins_name(c)) {
      token.kind = TokenKind::name;
      while (begins_name(at(i_)) || is_digit(at(i_))) ++i_;
    } else {
      read_symbol(token);
    }
    token.raw = text_.substr(token.offset, i_ - token.offset);
    return token;
  }

  void read_number(Token& token) {
    token.kind = TokenKind::number;
    const auto digits = [&] {
      while (is_digit(at(i_))) ++i_;
    };
    digits();
    if (at(i_) == '.' && at(i_ + 1) != '.') {  // two points stand between the ends of a range
      ++i_;
      digits();
    }
    if (at(i_) == 'e' || at(i_) == 'E') {
      const std::size_t sign = at(i_ + 1) == '+' || at(i_ + 1) == '-' ? 1 : 0;
      if (is_digit(at(i_ + 1 + sign))) {
        i_ += 1 + sign;
        digits();
      }
    }
    const std::string_view raw = text_.substr(token.offset, i_ - token.offset);
    if (begins_name(at(i_))) {
      while (begins_name(at(i_)) || is_digit(at(i_))) ++i_;
      fail(token.offset, in_quotes(text_.substr(token.offset, i_ - token.offset)) +
                             " is neither a number nor a name; a name begins with a letter, and a "
                             "unit is not written");
    }
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), token.value,
                                              std::chars_format::general);
    if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(token.value))
      fail(token.offset, in_quotes(raw) + " is beyond the range of numbers");
  }

  void read_text(Token& token) {
    token.kind = TokenKind::text;
    for (++i_; i_ < text_.size(); ++i_) {
      const auto byte = static_cast<unsigned char>(at(i_));
      if (at(i_) == '\'') {
        if (at(i_ + 1) != '\'') {
          ++i_;
          return;
        }
        ++i_;
      } else if (byte < 0x20 || byte == 0x7f) {
        break;
      }
      token.text += at(i_);
    }
    fail(token.offset, "this quote is never closed; a text ends with ' on the same line");
  }

  void read_symbol(Token& token) {
    token.kind = TokenKind::symbol;
    struct Slip {
      std::string_view typed, meant;
    };
    static constexpr std::array slips{Slip{"&&", "and"}, Slip{"||", "or"}, Slip{"<>", "!="},
                                      Slip{"=<", "<="},  Slip{"=>", ">="}, Slip{"**", "x * x"},
                                      Slip{"&", "and"},  Slip{"|", "or"}};
    static constexpr std::array<std::string_view, 18> symbols{"<=", ">=", "==", "!=", "..", "(",
                                                              ")",  "{",  "}",  ",",  "<",  ">",
                                                              "+",  "-",  "*",  "/",  "=",  "!"};
    const std::string_view rest = text_.substr(i_);
    for (const Slip& slip : slips)
      if (rest.starts_with(slip.typed))
        fail(i_,
             in_quotes(slip.typed) + " is not of this language; write " + in_quotes(slip.meant));
    for (const std::string_view symbol : symbols) {
      if (!rest.starts_with(symbol)) continue;
      if (symbol == "!") fail(i_, "'!' is not of this language; write 'not'");
      i_ += symbol.size();
      return;
    }
    if (rest[0] == '"') fail(i_, "a text stands between single quotes, as in 'low'");
    std::size_t length = 1;
    while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
      ++length;
    if (rest[0] == '[' || rest[0] == ']')
      fail(i_, in_quotes(rest.substr(0, 1)) +
                   " is not of this language; a set stands in braces, as "
                   "in {1, 2}");
    fail(i_, in_quotes(rest.substr(0, length)) + " is not of this language");
  }

  std::string_view text_;
  std::size_t i_ = 0;
};

}  // namespace

std::span<const std::string> language_words() {
  static const std::vector<std::string> words{"abs", "and",   "between", "false", "in",
                                              "let", "log1p", "max",     "min",   "missing",
                                              "not", "of",    "or",      "true"};
  return words;
}

std::vector<Token> tokens_of(std::string_view expression) { return Lexer(expression).all(); }

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 40 || !(text[0] >= 'a' && text[0] <= 'z')) return false;
  for (const char c : text)
    if (!((c >= 'a' && c <= 'z') || is_digit(c) || c == '_')) return false;
  const auto words = language_words();
  return !std::binary_search(words.begin(), words.end(), text);
}

}  // namespace corridor::risk
