// SPDX-License-Identifier: Apache-2.0
#include "models/risk/expression_words.hpp"

#include <algorithm>

namespace corridor::risk {
namespace {

class Words {
 public:
  Words(const Scope& scope, Language language) : scope_(scope), language_(language) {}

  std::string condition(const Node& node) {
    switch (node.op) {
      case Op::boolean:
        return text(node.value != 0 ? "always" : "never", node.value != 0 ? "toujours" : "jamais");
      case Op::feature:
        return meaning(node) + colon() + text("yes", "oui");
      case Op::missing:
        return meaning(node.arguments[0]) + colon() + text("not known", "inconnu");
      case Op::logical_not:
        return negation(node.arguments[0]);
      case Op::logical_and:
        return joined(node, text(" and ", " et "));
      case Op::logical_or:
        return joined(node, text(" or ", " ou "));
      case Op::at_least: {
        std::string out = text("at least ", "au moins ") + std::to_string(node.index) +
                          text(" of these: (", " de ces conditions : (");
        for (std::size_t i = 0; i < node.arguments.size(); ++i)
          out += (i > 0 ? "; " : "") + condition(node.arguments[i]);
        return out + ")";
      }
      default:
        return test(node, false);
    }
  }

 private:
  [[nodiscard]] std::string text(std::string_view english, std::string_view french) const {
    return std::string(in(language_, english, french));
  }
  [[nodiscard]] std::string colon() const { return text(": ", " : "); }

  [[nodiscard]] std::string quotes(std::string_view inside) const {
    return text("\u201C", "\u00AB\u00A0") + std::string(inside) + text("\u201D", "\u00A0\u00BB");
  }
  [[nodiscard]] std::string meaning(const Node& feature) const {
    const Feature& f = scope_.catalogue[feature.index];
    return quotes(in(language_, f.meaning_en, f.meaning_fr));
  }

  /// French writes a decimal comma.
  [[nodiscard]] std::string number(double value) const {
    std::string out = number_text(value);
    if (language_ == Language::french) std::replace(out.begin(), out.end(), '.', ',');
    return out;
  }

  [[nodiscard]] std::string unit(const Node& of, double value) const {
    if (of.op != Op::feature) return "";
    const std::string& unit = scope_.catalogue[of.index].unit;
    if (unit == "1" || unit == "-" || unit.empty()) return "";
    const bool one = language_ == Language::english ? value == 1 : value > -2 && value < 2;
    if (unit == "day") return text(one ? " day" : " days", one ? " jour" : " jours");
    if (unit == "person")
      return text(one ? " person" : " persons", one ? " personne" : " personnes");
    return (unit == "%" && language_ == Language::english ? "" : " ") + unit;
  }

  /// A number in words; `of` is what it is compared with, and gives the unit.
  std::string value(const Node& node, const Node* of = nullptr) {
    const auto at = [&](std::size_t i) {
      const Node& a = node.arguments[i];
      const bool loose = a.op >= Op::negate && a.op <= Op::divide;
      return loose ? "(" + value(a) + ")" : value(a);
    };
    switch (node.op) {
      case Op::number:
        return number(node.value) + (of ? unit(*of, node.value) : "");
      case Op::parameter: {
        const RuleParameter& p = scope_.parameters[node.index];
        return number(p.value) + (of ? unit(*of, p.value) : "") + " (" + p.name + ")";
      }
      case Op::feature:
        return meaning(node);
      case Op::negate:
        return text("minus ", "moins ") + at(0);
      case Op::add:
        return at(0) + " + " + at(1);
      case Op::subtract:
        return at(0) + " \u2212 " + at(1);
      case Op::multiply:
        return at(0) + " \u00D7 " + at(1);
      case Op::divide:
        return at(0) + text(" divided by ", " divis\u00E9 par ") + at(1);
      case Op::minimum:
        return text("the smallest of (", "le plus petit de (") + list(node) + ")";
      case Op::maximum:
        return text("the largest of (", "le plus grand de (") + list(node) + ")";
      case Op::absolute:
        return text("the size of ", "la valeur absolue de ") + at(0);
      default:
        return text("the logarithm of 1 + ", "le logarithme de 1 + ") + at(0);
    }
  }

  std::string list(const Node& node) {
    std::string out;
    for (std::size_t i = 0; i < node.arguments.size(); ++i)
      out += (i > 0 ? "; " : "") + value(node.arguments[i]);
    return out;
  }

  std::string negation(const Node& node) {
    if (node.op == Op::feature) return meaning(node) + colon() + text("no", "non");
    if (node.op == Op::missing)
      return meaning(node.arguments[0]) + colon() + text("known", "connu");
    if (node.op == Op::in_set || node.op == Op::between) return test(node, true);
    return text("not (", "il est faux que (") + condition(node) + ")";
  }

  std::string joined(const Node& node, const std::string& word) {
    std::string out;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      const Node& a = node.arguments[i];
      const bool loose = a.op == Op::logical_and || a.op == Op::logical_or;
      out += (i > 0 ? word : "") + (loose ? "(" + condition(a) + ")" : condition(a));
    }
    return out;
  }

  std::string alternatives(const std::vector<std::string>& all) {
    std::string out;
    for (std::size_t i = 0; i < all.size(); ++i)
      out += (i == 0 ? "" : i + 1 < all.size() ? ", " : text(" or ", " ou ")) + all[i];
    return out;
  }

  /// A comparison, set or range.
  std::string test(const Node& node, bool inverted) {
    const Node& x = node.arguments[0];
    std::string out = value(x) + colon();
    std::vector<std::string> all;
    for (const std::uint8_t code : node.codes)
      all.push_back("'" + scope_.catalogue[x.index].values[code] + "'");
    if (node.op == Op::in_set || !node.codes.empty()) {
      for (std::size_t i = 1; i < node.arguments.size(); ++i)
        all.push_back(value(node.arguments[i], &x));
      const bool other = inverted != (node.op == Op::not_equal);
      return out + (other ? text("other than ", "autre que ") : "") + alternatives(all);
    }
    if (node.op == Op::between)
      return out +
             (inverted ? text("not between ", "hors de l'intervalle de ")
                       : text("between ", "entre ")) +
             value(node.arguments[1]) +
             (inverted ? text(" and ", " \u00E0 ") : text(" and ", " et ")) +
             value(node.arguments[2], &x);
    return out + relation(node.op) + value(node.arguments[1], &x);
  }

  [[nodiscard]] std::string relation(Op op) const {
    switch (op) {
      case Op::less:
        return text("less than ", "moins de ");
      case Op::less_equal:
        return text("at most ", "au plus ");
      case Op::equal:
        return text("exactly ", "exactement ");
      case Op::not_equal:
        return text("other than ", "autre que ");
      case Op::greater_equal:
        return text("at least ", "au moins ");
      default:
        return text("more than ", "plus de ");
    }
  }

  const Scope& scope_;
  Language language_;
};

}  // namespace

std::string in_words(const Node& condition, const Scope& scope, Language language) {
  return Words(scope, language).condition(condition);
}

}  // namespace corridor::risk
