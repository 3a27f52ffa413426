// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/risk/condition_normal.hpp"
#include "models/risk/condition_ranges.hpp"
#include "models/risk/expression_text.hpp"
#include "sim/math.hpp"
#include "tests/support/random_rules.hpp"

namespace {

using namespace corridor::risk;

/// A record: the value of each feature, or nothing.
using Record = std::vector<std::optional<double>>;
const std::vector<RuleParameter> parameters{{"cut", 2, 0, 10}};

/// Three-valued logic for writing down, not for speed: 0 false, 1 unknown, 2 true.
class Plain {
 public:
  explicit Plain(const Record& record) : record_(record) {}

  std::optional<double> number(const Node& n) const {
    const auto at = [&](std::size_t i) { return number(n.arguments[i]); };
    const auto finite = [](double x) {
      return std::isfinite(x) ? std::optional<double>(x) : std::nullopt;
    };
    if (n.op == Op::number) return n.value;
    if (n.op == Op::parameter) return parameters[n.index].value;
    if (n.op == Op::feature) return record_[n.index];
    for (const Node& a : n.arguments)
      if (!number(a)) return std::nullopt;
    switch (n.op) {
      case Op::negate:
        return -*at(0);
      case Op::absolute:
        return std::abs(*at(0));
      case Op::add:
        return finite(*at(0) + *at(1));
      case Op::subtract:
        return finite(*at(0) - *at(1));
      case Op::multiply:
        return finite(*at(0) * *at(1));
      case Op::divide:
        return *at(1) == 0 ? std::nullopt : finite(*at(0) / *at(1));
      case Op::log1p:
        return *at(0) <= -1 ? std::nullopt : finite(corridor::sim::log1p(*at(0)));
      default:
        break;
    }
    double out = *at(0);
    for (std::size_t i = 1; i < n.arguments.size(); ++i)
      out = n.op == Op::minimum ? std::min(out, *at(i)) : std::max(out, *at(i));
    return out;
  }

  int truth(const Node& n) const {
    switch (n.op) {
      case Op::boolean:
        return n.value != 0 ? 2 : 0;
      case Op::feature:
        return record_[n.index] ? (*record_[n.index] != 0 ? 2 : 0) : 1;
      case Op::missing:
        return record_[n.arguments[0].index] ? 0 : 2;
      case Op::logical_not:
        return 2 - truth(n.arguments[0]);
      case Op::logical_and:
      case Op::logical_or:
      case Op::at_least:
        return several(n);
      default:
        break;
    }
    if (!n.codes.empty() || n.arguments[0].type == ValueType::category) {
      const auto value = record_[n.arguments[0].index];
      if (!value) return 1;
      const bool among = std::find(n.codes.begin(), n.codes.end(),
                                   static_cast<std::uint8_t>(*value)) != n.codes.end();
      return among != (n.op == Op::not_equal) ? 2 : 0;
    }
    std::vector<double> v;
    for (const Node& a : n.arguments) {
      const auto x = number(a);
      if (!x) return 1;
      v.push_back(*x);
    }
    return compare(n.op, v) ? 2 : 0;
  }

 private:
  int several(const Node& n) const {
    std::size_t yes = 0, no = 0;
    for (const Node& a : n.arguments) {
      yes += truth(a) == 2 ? 1U : 0U;
      no += truth(a) == 0 ? 1U : 0U;
    }
    const std::size_t of = n.arguments.size();
    const std::size_t k = n.op == Op::logical_and ? of : n.op == Op::logical_or ? 1 : n.index;
    return yes >= k ? 2 : of - no < k ? 0 : 1;
  }

  static bool compare(Op op, const std::vector<double>& v) {
    switch (op) {
      case Op::less:
        return v[0] < v[1];
      case Op::less_equal:
        return v[0] <= v[1];
      case Op::equal:
        return v[0] == v[1];
      case Op::not_equal:
        return v[0] != v[1];
      case Op::greater_equal:
        return v[0] >= v[1];
      case Op::greater:
        return v[0] > v[1];
      case Op::between:
        return v[0] >= v[1] && v[0] <= v[2];
      default:
        return std::find(v.begin() + 1, v.end(), v[0]) != v.end();
    }
  }

  const Record& record_;
};

Record random_record() {
  Record out;
  for (const Feature& f : shipped_catalogue().features()) {
    const int top = f.type == FeatureType::number
                        ? static_cast<int>(std::min(12.0 * f.per_unit, (f.hi - f.lo) * f.per_unit))
                        : std::max<int>(1, static_cast<int>(f.values.size()) - 1);
    const int stored = *rc::gen::inRange(-2, top + 1);
    if (stored < 0)
      out.emplace_back();
    else
      out.emplace_back(f.type == FeatureType::number
                           ? (std::ceil(f.lo * f.per_unit) + stored) / f.per_unit
                           : stored);
  }
  return out;
}

bool holds(const ConditionRanges::State& state, const Record& record) {
  for (std::size_t i = 0; i < record.size(); ++i) {
    const FeatureState& s = state[i];
    if (shipped_catalogue()[i].legal == LegalClass::audit_only) continue;
    if (!record[i] && !s.may_be_missing) return false;
    if (!record[i]) continue;
    if (!s.may_be_known) return false;
    if (shipped_catalogue()[i].type == FeatureType::number
            ? !(*record[i] >= s.range.lo && *record[i] <= s.range.hi)
            : !s.values[static_cast<std::size_t>(*record[i])])
      return false;
  }
  return true;
}

Node parsed(std::string_view text) {
  std::vector<ExpressionProblem> problems;
  const auto node =
      parse_expression(text, {shipped_catalogue(), parameters, Subject::traveller}, problems);
  INFO(text << (problems.empty() ? "" : problems[0].message));
  REQUIRE(node);
  return *node;
}

const ConditionRanges ranges(shipped_catalogue(), parameters);

bool possible(std::string_view text) {
  return ranges.assume(parsed(text), true, ranges.anything()).has_value();
}

}  // namespace

TEST_CASE("no record on which a condition holds is lost by narrowing", "[risk][property]") {
  CHECK(rc::check("assume keeps what it must", [] {
    const corridor::test::RandomConditions random(shipped_catalogue(), parameters.size());
    const Node node = random.boolean(*rc::gen::inRange(0, 5));
    for (int i = 0; i < 20; ++i) {
      const Record record = random_record();
      const int truth = Plain(record).truth(node);
      if (truth == 1) {
        RC_ASSERT(ranges.may_be_unknown(node, ranges.anything()));
        continue;
      }
      const auto state = ranges.assume(node, truth == 2, ranges.anything());
      RC_ASSERT(state.has_value());
      RC_ASSERT(holds(*state, record));
    }
  }));
}

TEST_CASE("what is certain inside a condition is true on its records", "[risk][property]") {
  CHECK(rc::check("certain is certain", [] {
    const corridor::test::RandomConditions random(shipped_catalogue(), parameters.size());
    const Node a = random.boolean(3);
    // Parts of a condition are often certain inside it, so the check bites (some 18 % are).
    Node b = *rc::gen::inRange(0, 2) == 0 || a.arguments.empty() ? random.boolean(1) : a;
    while (!b.arguments.empty() && b.arguments[0].type == ValueType::boolean &&
           b.op != Op::missing && *rc::gen::inRange(0, 3) > 0)
      b = Node(b.arguments[0]);
    const auto state = ranges.assume(a, true, ranges.anything());
    const bool certain = state && ranges.certain(b, *state);
    for (int i = 0; i < 20; ++i) {
      const Record record = random_record();
      if (certain && Plain(record).truth(a) == 2) RC_ASSERT(Plain(record).truth(b) == 2);
    }
  }));
}

TEST_CASE("the normal form of a condition is true, false and unknown where it is",
          "[risk][property]") {
  CHECK(rc::check("normal form", [] {
    const corridor::test::RandomConditions random(shipped_catalogue(), parameters.size());
    const Node node = random.boolean(*rc::gen::inRange(0, 5));
    const Node normal = normal_form(node, shipped_catalogue());
    RC_ASSERT(normal_form(normal, shipped_catalogue()) == normal);
    for (int i = 0; i < 20; ++i) {
      const Record record = random_record();
      RC_ASSERT(Plain(record).truth(node) == Plain(record).truth(normal));
    }
  }));
}

TEST_CASE("impossible conditions are recognised", "[risk][exact]") {
  for (const std::string text :
       {"nights > 364", "nights > 5 and nights < 3", "nights > 5 and nights < 6", "party == 2.5",
        "x1 and not x1", "false", "itinerary_fit == 'low' and itinerary_fit == 'high'",
        "missing(nights) and nights > 3", "nights < cut and nights > 3",
        "itinerary_fit not in {'high', 'medium', 'low'}", "nights + party > 400",
        "2 of (x1, not x1, legs > 3)", "abs(nights) < 0", "party + legs in {40, 50}",
        "(nights < 3 or nights > 10) and nights between 4 and 9", "min(nights, 3) > 3",
        "party < legs and party > 3", "log1p(nights) < 0.5", "nights / party > 364"}) {
    INFO(text);
    CHECK_FALSE(possible(text));
  }
  for (const std::string text : {"nights > 363", "nights >= 5 and nights < 6", "party == 2",
                                 "detour > 1.5 and detour < 1.52", "x1 or not x1",
                                 "missing(nights) or nights > 3", "2 of (x1, not x1, legs > 2)",
                                 "nights / (party - 1) > 300", "not (nights > 5 and nights < 3)"}) {
    INFO(text);
    CHECK(possible(text));
  }
}

TEST_CASE("conditions of one meaning have one form", "[risk][exact]") {
  const auto same = [](std::string_view a, std::string_view b) {
    return normal_form(parsed(a), shipped_catalogue()) ==
           normal_form(parsed(b), shipped_catalogue());
  };
  CHECK(same("x1 and (x2 and x3)", "x3 and x1 and x2 and x1"));
  CHECK(same("not (x1 or nights > 3)", "nights <= 3 and not x1"));
  CHECK(same("3 < nights", "nights > 3"));
  CHECK(same("itinerary_fit != 'low'", "itinerary_fit in {'medium', 'high'}"));
  CHECK(same("nights between 2 and cut", "nights <= cut and nights >= 2"));
  CHECK(same("2 of (x1, x2)", "x2 and x1"));
  CHECK(same("not 2 of (x1, x2, x3)", "2 of (not x3, not x2, not x1)"));
  CHECK(same("nights in {3}", "nights == 3"));
  CHECK_FALSE(same("nights > 3", "nights >= 3"));
  CHECK_FALSE(same("nights - party > 3", "party - nights > 3"));
}
