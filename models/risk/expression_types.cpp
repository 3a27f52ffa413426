// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "models/risk/condition_ranges.hpp"
#include "models/risk/expression_syntax.hpp"
#include "models/risk/rule_problem.hpp"
#include "models/risk/unlawful_names.hpp"
#include "sim/names.hpp"

namespace corridor::risk {
namespace {

using Kind = Syntax::Kind;

bool is_comparison(Op op) { return op >= Op::less && op <= Op::greater; }

class Typer {
 public:
  Typer(const Scope& scope, std::vector<ExpressionProblem>& problems, const PlaceOf& place_of)
      : scope_(scope), problems_(problems), place_of_(place_of) {}

  /// The node, or nothing after a complaint; all arguments are looked at in any case.
  std::optional<Node> boolean(const Syntax& s) {
    std::optional<Node> node = any(s);
    if (!node || node->type == ValueType::boolean) return node;
    if (node->type == ValueType::category) {
      const std::vector<std::string>& values = scope_.catalogue[node->index].values;
      return complain(s, "type",
                      named(s, *node) + " and no condition by itself; compare it, as in " +
                          std::string(s.name) +
                          " == " + in_quotes(values.empty() ? "" : values[0]));
    }
    return complain(s, "type",
                    named(s, *node) + " and no condition by itself; compare it, as in " +
                        (s.kind == Kind::name ? std::string(s.name) : "x") + " > 1");
  }

 private:
  std::nullopt_t complain(const Syntax& at, std::string code, std::string message) {
    problems_.push_back({at.offset, std::move(code), std::move(message)});
    return std::nullopt;
  }

  [[nodiscard]] Node node(const Syntax& s, Op op, ValueType type) const {
    Node made;
    made.op = op;
    made.type = type;
    const sim::LinePlace place = place_of_(s.offset);
    made.line = place.line;
    made.column = place.column;
    return made;
  }

  /// "nights is a number"
  static std::string named(const Syntax& s, const Node& node) {
    const std::string what = s.kind == Kind::name ? std::string(s.name) : "this";
    if (node.type == ValueType::number) return what + " is a number";
    return what + (node.type == ValueType::category ? " is a category" : " is true or false");
  }

  std::optional<Node> number(const Syntax& s) {
    std::optional<Node> node = any(s);
    if (!node || node->type == ValueType::number) return node;
    return complain(s, "type", named(s, *node) + ", where a number must stand");
  }

  std::optional<Node> any(const Syntax& s) {
    switch (s.kind) {
      case Kind::number: {
        Node made = node(s, Op::number, ValueType::number);
        made.value = s.value;
        return made;
      }
      case Kind::boolean: {
        Node made = node(s, Op::boolean, ValueType::boolean);
        made.value = s.value;
        return made;
      }
      case Kind::text:
        return complain(
            s, "type",
            "the text " + in_quotes(s.text) + " can stand only after a category and ==, != or in");
      case Kind::name:
        return name(s, {});
      case Kind::operation:
        break;
    }
    return operation(s);
  }

  std::optional<Node> name(const Syntax& s, std::span<const std::string> texts) {
    for (std::size_t i = 0; i < scope_.parameters.size(); ++i) {
      if (scope_.parameters[i].name != s.name) continue;
      Node made = node(s, Op::parameter, ValueType::number);
      made.index = static_cast<std::uint32_t>(i);
      return made;
    }
    const std::string shown(s.name);
    const auto found = scope_.catalogue.find(s.name);
    if (!found) {
      if (auto unlawful = unlawful_name(s.name, texts))
        return complain(s, std::move(unlawful->code), std::move(unlawful->message));
      std::vector<std::string> known;
      for (const Feature& f : scope_.catalogue.features())
        if (f.legal != LegalClass::audit_only && f.subject == scope_.subject)
          known.push_back(f.name);
      for (const RuleParameter& p : scope_.parameters) known.push_back(p.name);
      const auto near = sim::nearest_name(s.name, known);
      return complain(s, "unknown-name",
                      "unknown feature " + in_quotes(s.name) +
                          (near ? "; did you mean '" + *near + "'?"
                                : "; " + scope_.catalogue.listed_by() + " lists them"));
    }
    const Feature& feature = scope_.catalogue[*found];
    if (feature.legal == LegalClass::audit_only)
      return complain(s, "reserved", shown + " is reserved for the audit and cannot be scored");
    if (feature.subject != scope_.subject) {
      return complain(s, "subject",
                      shown + " is a feature of a " + std::string(risk::name(feature.subject)) +
                          ", and the subject of this rule set is a " +
                          std::string(risk::name(scope_.subject)));
    }
    Node made = node(s, Op::feature,
                     feature.type == FeatureType::number    ? ValueType::number
                     : feature.type == FeatureType::boolean ? ValueType::boolean
                                                            : ValueType::category);
    made.index = *found;
    return made;
  }

  std::optional<Node> operation(const Syntax& s) {
    if (is_comparison(s.op) || s.op == Op::in_set) return comparison(s);
    if (s.op == Op::missing) return missing(s);
    const bool logical = s.op == Op::logical_not || s.op == Op::logical_and ||
                         s.op == Op::logical_or || s.op == Op::at_least;
    Node made =
        node(s, s.op, logical || s.op == Op::between ? ValueType::boolean : ValueType::number);
    if (s.op == Op::at_least) made.index = static_cast<std::uint32_t>(s.value);
    bool good = true;
    for (const Syntax& argument : s.arguments) {
      std::optional<Node> part = logical ? boolean(argument) : number(argument);
      good = good && part;
      if (part) made.arguments.push_back(std::move(*part));
    }
    if (good && s.op == Op::between)
      for (const std::size_t end : {std::size_t{1}, std::size_t{2}})
        good = can_meet(s, made, 0, end) && good;
    if (good && s.op == Op::divide && only_zero(made.arguments[1]))
      return complain(s.arguments[1], "division",
                      "this can be nothing but 0, and a division by 0 is always missing");
    if (!good) return std::nullopt;
    return made;
  }

  /// False after a complaint: one of two arguments that are compared is a feature, and the other a
  /// number that it can never be.
  bool can_meet(const Syntax& s, const Node& node, std::size_t a, std::size_t b) {
    bool good = true;
    for (const auto& [of, literal] : {std::pair(a, b), std::pair(b, a)}) {
      const Node &tested = node.arguments[of], &number = node.arguments[literal];
      if (tested.op != Op::feature || number.op != Op::number) continue;
      const Feature& feature = scope_.catalogue[tested.index];
      if (number.value >= feature.lo && number.value <= feature.hi) continue;
      complain(s.arguments[literal], "range",
               fmt::format("{} is outside what {} can be; allowed is {}", number.value,
                           feature.name, range_text(feature)));
      good = false;
    }
    return good;
  }

  static bool has_parameter(const Node& node) {
    return node.op == Op::parameter ||
           std::any_of(node.arguments.begin(), node.arguments.end(), has_parameter);
  }
  /// Whatever the record. A parameter may be tuned, so it is never only zero.
  [[nodiscard]] bool only_zero(const Node& node) const {
    if (has_parameter(node)) return false;
    const ConditionRanges ranges(scope_.catalogue, scope_.parameters);
    const Range range = ranges.range(node, ranges.anything());
    return range.lo == 0 && range.hi == 0;
  }

  std::optional<Node> missing(const Syntax& s) {
    const Syntax& what = s.arguments[0];
    if (what.kind != Kind::name)
      return complain(what, "type", "missing() takes the name of a feature");
    std::optional<Node> feature = name(what, {});
    if (!feature) return std::nullopt;
    if (feature->op == Op::parameter)
      return complain(what, "type",
                      std::string(what.name) + " is a parameter, which is never missing");
    Node made = node(s, Op::missing, ValueType::boolean);
    made.arguments.push_back(std::move(*feature));
    return made;
  }

  /// `==` and its kin, and `in`.
  std::optional<Node> comparison(const Syntax& s) {
    const bool text_first = s.arguments[0].kind == Kind::text && s.op != Op::in_set;
    const Syntax& tested = text_first ? s.arguments[1] : s.arguments[0];
    std::vector<const Syntax*> others;
    for (const Syntax& argument : s.arguments)
      if (&argument != &tested) others.push_back(&argument);
    std::vector<std::string> texts;
    for (const Syntax* other : others)
      if (other->kind == Kind::text) texts.push_back(other->text);

    const std::optional<Node> left = tested.kind == Kind::name ? name(tested, texts) : any(tested);
    if (left && left->type == ValueType::category) return category(s, tested, *left, others);
    bool good = left.has_value();
    if (left && left->type == ValueType::boolean) {
      complain(
          tested, "type",
          named(tested, *left) + " and is not compared; write it by itself, or 'not' before it");
      good = false;
    }
    Node made = node(s, s.op, ValueType::boolean);
    if (left) made.arguments.push_back(*left);
    for (const Syntax* other : others) {
      if (other->kind == Kind::text) {
        if (left && good)
          complain(*other, "type",
                   named(tested, *left) + " and cannot be compared with the text " +
                       in_quotes(other->text));
        good = false;
        continue;
      }
      if (left && !good) continue;  // one complaint a comparison is enough
      std::optional<Node> part = any(*other);
      if (part && part->type == ValueType::category) {
        complain(*other, "type",
                 named(*other, *part) + "; it stands on the left and is compared with texts");
        part.reset();
      } else if (part && part->type == ValueType::boolean) {
        complain(*other, "type", named(*other, *part) + ", where a number must stand");
        part.reset();
      } else if (part && s.op == Op::in_set && part->op == Op::feature) {
        complain(
            *other, "type",
            std::string(other->name) + " is a feature; a set holds numbers, texts or parameters");
        part.reset();
      }
      good = good && part;
      if (part) made.arguments.push_back(std::move(*part));
    }
    if (!good) return std::nullopt;
    for (std::size_t other = 1; other < made.arguments.size(); ++other)
      good = can_meet(s, made, 0, other) && good;
    if (!good) return std::nullopt;
    return made;
  }

  std::optional<Node> category(const Syntax& s, const Syntax& tested, const Node& left,
                               const std::vector<const Syntax*>& others) {
    const Feature& feature = scope_.catalogue[left.index];
    if (s.op != Op::equal && s.op != Op::not_equal && s.op != Op::in_set)
      return complain(tested, "type",
                      feature.name + " is a category, which has no order; use ==, != or in");
    Node made = node(s, s.op, ValueType::boolean);
    made.arguments.push_back(left);
    bool good = true;
    for (const Syntax* other : others) {
      if (other->kind != Kind::text) {
        complain(*other, "type",
                 feature.name + " is a category and compares with texts only, of " +
                     sim::listed(feature.values));
        good = false;
        continue;
      }
      const auto found = std::find(feature.values.begin(), feature.values.end(), other->text);
      if (found == feature.values.end()) {
        const auto near = sim::nearest_name(other->text, feature.values);
        const bool countries = look_like_countries(std::span(&other->text, 1));
        complain(*other, countries && !near ? "country-list" : "unknown-value",
                 in_quotes(other->text) + " is no value of " + feature.name +
                     (near ? "; did you mean '" + *near + "'?"
                           : "; allowed are " + sim::listed(feature.values)));
        good = false;
        continue;
      }
      made.codes.push_back(static_cast<std::uint8_t>(found - feature.values.begin()));
    }
    if (!good) return std::nullopt;
    return made;
  }

  const Scope& scope_;
  std::vector<ExpressionProblem>& problems_;
  const PlaceOf& place_of_;
};

}  // namespace

std::optional<Node> typed(const Syntax& syntax, const Scope& scope,
                          std::vector<ExpressionProblem>& problems, const PlaceOf& place_of) {
  return Typer(scope, problems, place_of).boolean(syntax);
}

}  // namespace corridor::risk
