// SPDX-License-Identifier: Apache-2.0
#include "models/risk/reference.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "sim/math.hpp"
#include "tests/support/rule_nodes.hpp"

namespace corridor::risk {
namespace {

using test::arithmetic;

/// One row of what `Bench` asks about: a number 7, one that is missing, an unlimited one, truth
/// values, a category.
struct Bench {
  Catalogue catalogue{{test::number_feature("seven", Storage::i16, 100),
                       test::number_feature("none", Storage::i32),
                       test::number_feature("endless", Storage::f64), test::boolean_feature("yes"),
                       test::boolean_feature("no"), test::boolean_feature("open"),
                       test::category_feature("fit", 3), test::category_feature("gone", 3)}};
  std::int16_t seven = 700;
  std::int32_t none = missing_i32;
  double endless = std::numeric_limits<double>::infinity();
  std::uint8_t yes = 1, no = 0, open = missing_u8, fit = 2, gone = missing_u8;
  TableView table{1, {{&seven}, {&none}, {&endless}, {&yes}, {&no}, {&open}, {&fit}, {&gone}}};
  RuleSet set;

  [[nodiscard]] Node f(std::uint32_t i) const { return test::feature(catalogue, i); }
  [[nodiscard]] Truth is(const Node& n) const { return truth(n, set, catalogue, table, 0); }
  [[nodiscard]] Number of(const Node& n) const { return number(n, set, catalogue, table, 0); }
};

bool is(Number n, double x) { return n.known && n.value == x; }

}  // namespace

TEST_CASE("and, or, not and 'k of' are Kleene's", "[risk][exact]") {
  const Bench b;
  const std::vector<Node> values{b.f(4), b.f(5), b.f(3)};  // no, unknown, yes
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const std::vector<Node> pair{values[static_cast<std::size_t>(i)],
                                   values[static_cast<std::size_t>(j)]};
      CHECK(b.is(test::truth(Op::logical_and, pair)) == static_cast<Truth>(std::min(i, j)));
      CHECK(b.is(test::truth(Op::logical_or, pair)) == static_cast<Truth>(std::max(i, j)));
    }
    CHECK(b.is(test::truth(Op::logical_not, {values[static_cast<std::size_t>(i)]})) ==
          static_cast<Truth>(2 - i));
  }
  // yes, unknown, no: one is certain, two are possible.
  CHECK(b.is(test::at_least(0, values)) == Truth::yes);
  CHECK(b.is(test::at_least(1, values)) == Truth::yes);
  CHECK(b.is(test::at_least(2, values)) == Truth::unknown);
  CHECK(b.is(test::at_least(3, values)) == Truth::no);
}

TEST_CASE("arithmetic is IEEE double; what is not finite is missing", "[risk][exact]") {
  const Bench b;
  const Node seven = b.f(0), none = b.f(1), endless = b.f(2);
  CHECK(is(b.of(seven), 7));
  CHECK(is(b.of(arithmetic(Op::divide, {test::number(1), seven})), 1.0 / 7));
  CHECK(is(b.of(arithmetic(Op::negate, {seven})), -7));
  CHECK(is(b.of(arithmetic(Op::maximum, {seven, test::number(9), test::number(8)})), 9));
  CHECK(is(b.of(arithmetic(Op::minimum, {endless, seven})), 7));
  CHECK(is(b.of(arithmetic(Op::log1p, {seven})), sim::log1p(7)));
  CHECK_FALSE(b.of(none).known);
  CHECK_FALSE(b.of(arithmetic(Op::add, {seven, none})).known);
  CHECK_FALSE(b.of(arithmetic(Op::minimum, {seven, none})).known);
  CHECK_FALSE(b.of(arithmetic(Op::divide, {seven, test::number(0)})).known);
  CHECK_FALSE(b.of(arithmetic(Op::log1p, {test::number(-1)})).known);
  CHECK_FALSE(b.of(arithmetic(Op::multiply, {test::number(1e300), test::number(1e300)})).known);
  CHECK_FALSE(b.of(arithmetic(Op::absolute, {endless})).known);
  CHECK(b.is(test::truth(Op::greater, {endless, seven})) == Truth::yes);
}

TEST_CASE("between is two comparisons with both ends included, and categories go by code",
          "[risk][exact]") {
  const Bench b;
  const Node seven = b.f(0), none = b.f(1), fit = b.f(6), gone = b.f(7);
  const auto between = [&](const Node& x, const Node& lo, const Node& hi) {
    return b.is(test::truth(Op::between, {x, lo, hi}));
  };
  CHECK(between(seven, test::number(7), test::number(7)) == Truth::yes);
  CHECK(between(seven, test::number(7.01), test::number(9)) == Truth::no);
  CHECK(between(none, test::number(0), test::number(9)) == Truth::unknown);
  CHECK(between(seven, none, test::number(3)) == Truth::no);  // whatever the lower end is
  CHECK(b.is(test::among(Op::equal, fit, {2})) == Truth::yes);
  CHECK(b.is(test::among(Op::not_equal, fit, {2})) == Truth::no);
  CHECK(b.is(test::among(Op::in_set, fit, {0, 1})) == Truth::no);
  CHECK(b.is(test::among(Op::in_set, gone, {0, 1})) == Truth::unknown);
  CHECK(b.is(test::among(Op::not_equal, gone, {0})) == Truth::unknown);
  CHECK(b.is(test::truth(Op::missing, {gone})) == Truth::yes);
  CHECK(b.is(test::truth(Op::missing, {fit})) == Truth::no);
  CHECK(b.is(test::truth(Op::equal, {b.f(3), b.f(4)})) == Truth::no);
  CHECK(b.is(test::truth(Op::equal, {b.f(3), b.f(5)})) == Truth::unknown);
}

TEST_CASE("a stored number is divided once, and a column that a table has not got is missing",
          "[risk][exact]") {
  Bench b;
  b.seven = 29;
  CHECK(is(number_at(b.table, b.catalogue, 0, 0), 0.29));  // 29 / 100, correctly rounded
  b.table.columns[0].data = nullptr;
  CHECK_FALSE(number_at(b.table, b.catalogue, 0, 0).known);
  b.table.columns.clear();
  CHECK_THROWS_WITH(number_at(b.table, b.catalogue, 0, 0),
                    "the table has 0 columns, but column 0 is read");
}

}  // namespace corridor::risk
