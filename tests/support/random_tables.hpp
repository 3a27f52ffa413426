// SPDX-License-Identifier: Apache-2.0
/// \file random_tables.hpp  Random rule sets and tables for RapidCheck: every operation, storage,
/// group, stage and treatment of missing values.
///
/// Structure is drawn from RapidCheck, so that counterexamples shrink; the cells of a table are
/// keyed draws from one seed. Cells are small numbers near the constants of the rules, missing
/// values, and the ends of what a column can hold.
#pragma once

#include <rapidcheck.h>

#include <array>
#include <cstddef>
#include <limits>
#include <optional>

#include "models/risk/columns.hpp"
#include "sim/random.hpp"
#include "tests/support/rule_nodes.hpp"

namespace corridor::test {

/// Two of each storage, byte columns of each type, and dictionaries of 3, 20, 100 and 250 names.
inline const risk::Catalogue& random_catalogue() {
  using risk::Storage;
  static const risk::Catalogue catalogue(
      {boolean_feature("b0"), boolean_feature("b1"), category_feature("c3", 3),
       category_feature("c20", 20), category_feature("c100", 100), category_feature("c250", 250),
       number_feature("n8", Storage::u8, 2), number_feature("i16", Storage::i16),
       number_feature("cents16", Storage::i16, 100), number_feature("i32", Storage::i32),
       number_feature("thirds32", Storage::i32, 3), number_feature("f0", Storage::f64),
       number_feature("f1", Storage::f64)});
  return catalogue;
}

/// Columns with their memory. Each starts one element into its vector, so that it has no alignment
/// but its own.
class RandomTable {
 public:
  RandomTable(const risk::Catalogue& catalogue, std::size_t n, std::uint32_t seed) {
    view_.n = n;
    view_.columns.resize(catalogue.size());
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
      const risk::Feature& f = catalogue[i];
      u8_.emplace_back();
      i16_.emplace_back();
      i32_.emplace_back();
      f64_.emplace_back();
      if (bits(seed, i, n) % 16 == 0) continue;  // the whole column is missing
      switch (f.storage) {
        case risk::Storage::u8:
          fill(u8_.back(), i, seed, [&](std::uint32_t x) { return byte(f, x); });
          break;
        case risk::Storage::i16:
          fill(i16_.back(), i, seed, [](std::uint32_t x) { return integer<std::int16_t>(x); });
          break;
        case risk::Storage::i32:
          fill(i32_.back(), i, seed, [](std::uint32_t x) { return integer<std::int32_t>(x); });
          break;
        case risk::Storage::f64:
          fill(f64_.back(), i, seed, real);
          break;
      }
    }
  }
  [[nodiscard]] const risk::TableView& view() const { return view_; }

  /// Rows [first, first + n).
  [[nodiscard]] risk::TableView part(const risk::Catalogue& catalogue, std::size_t first,
                                     std::size_t n) const {
    constexpr std::array<std::size_t, 4> bytes{1, 2, 4, 8};
    risk::TableView out = view_;
    out.n = n;
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
      if (out.columns[i].data == nullptr) continue;
      out.columns[i].data = view_.columns[i].as<std::byte>() +
                            first * bytes[static_cast<std::size_t>(catalogue[i].storage)];
    }
    return out;
  }

 private:
  static std::uint32_t bits(std::uint32_t seed, std::size_t column, std::size_t row) {
    return sim::draw({seed, 0}, sim::Purpose::sample, row, static_cast<std::int32_t>(column))[0];
  }
  static std::uint8_t byte(const risk::Feature& f, std::uint32_t x) {
    if (x % 5 == 0) return risk::missing_u8;
    const std::size_t n = f.type == risk::FeatureType::boolean    ? 2
                          : f.type == risk::FeatureType::category ? f.values.size()
                                                                  : 255;
    return static_cast<std::uint8_t>(x / 5 % n);
  }
  template <class T>
  static T integer(std::uint32_t x) {
    using limits = std::numeric_limits<T>;
    constexpr std::array<T, 6> ends{limits::min(),     limits::min(), limits::min() + 1,
                                    limits::max() - 1, limits::max(), 0};
    if (x % 4 == 0) return ends[x / 4 % ends.size()];
    return static_cast<T>(static_cast<std::int32_t>(x / 4 % 41) - 20);
  }
  static double real(std::uint32_t x) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr std::array<double, 9> special{nan,   nan,    infinity, -infinity, -0.0,
                                            1e308, -1e308, -1,       0.5};
    if (x % 3 == 0) return special[x / 3 % special.size()];
    return (static_cast<std::int32_t>(x / 3 % 81) - 40) / 4.0;
  }
  template <class T, class Cell>
  void fill(std::vector<T>& memory, std::size_t column, std::uint32_t seed, Cell cell) {
    memory.resize(view_.n + 1);
    for (std::size_t r = 0; r < view_.n; ++r) memory[r + 1] = cell(bits(seed, column, r));
    view_.columns[column].data = memory.data() + 1;
  }

  risk::TableView view_;
  std::vector<std::vector<std::uint8_t>> u8_;
  std::vector<std::vector<std::int16_t>> i16_;
  std::vector<std::vector<std::int32_t>> i32_;
  std::vector<std::vector<double>> f64_;
};

/// Draws trees over `random_catalogue`.
struct RandomTrees {
  const risk::Catalogue& catalogue = random_catalogue();
  std::uint32_t n_parameters = 2;

  static int below(int n) { return *rc::gen::resize(100, rc::gen::inRange(0, n)); }
  template <class T>
  static const T& one_of(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }
  [[nodiscard]] Node a_feature(risk::FeatureType type) const {
    std::vector<std::uint32_t> fit;
    for (std::uint32_t i = 0; i < catalogue.size(); ++i) {
      if (catalogue[i].type == type) fit.push_back(i);
    }
    return feature(catalogue, one_of(fit));
  }

  [[nodiscard]] Node a_constant() const {
    if (below(4) == 0) return parameter(static_cast<std::uint32_t>(below(int(n_parameters))));
    static const std::vector<double> far{0.1,      1.0 / 3, -0.21, 327.67, -327.67,    32767,
                                         -32767.5, 1e9,     -3e9,  1e300,  715827882.5};
    if (below(3) == 0) return number(one_of(far));
    return number((below(81) - 40) / 4.0);
  }

  [[nodiscard]] Node a_number(int depth) const {
    const int kind = below(depth <= 0 ? 3 : 12);
    if (kind == 0) return a_constant();
    if (kind < 3) return a_feature(risk::FeatureType::number);
    static const std::vector<Op> unary{Op::negate, Op::absolute, Op::log1p};
    static const std::vector<Op> binary{Op::add, Op::subtract, Op::multiply, Op::divide};
    if (kind < 6) return arithmetic(one_of(unary), {a_number(depth - 1)});
    if (kind < 10) return arithmetic(one_of(binary), {a_number(depth - 1), a_number(depth - 1)});
    Node n = arithmetic(kind == 10 ? Op::minimum : Op::maximum, {});
    for (int i = below(3); i >= 0; --i) n.arguments.push_back(a_number(depth - 1));
    return n;
  }

  [[nodiscard]] Node a_category_test() const {
    Node category = a_feature(risk::FeatureType::category);
    const int n = static_cast<int>(catalogue[category.index].values.size());
    static const std::vector<Op> ops{Op::equal, Op::not_equal, Op::in_set};
    const Op op = one_of(ops);
    std::vector<std::uint8_t> codes{static_cast<std::uint8_t>(below(n))};
    for (int i = op == Op::in_set ? below(9) : 0; i > 0; --i) {
      codes.push_back(static_cast<std::uint8_t>(below(n)));
    }
    return among(op, std::move(category), std::move(codes));
  }

  [[nodiscard]] Node a_test(int depth) const {
    static const std::vector<Op> comparisons{Op::less,      Op::less_equal,    Op::equal,
                                             Op::not_equal, Op::greater_equal, Op::greater};
    const int arithmetic_depth = below(3) == 0 ? depth : 0;
    switch (below(8)) {
      case 0:
        return a_feature(risk::FeatureType::boolean);
      case 1:
        return a_category_test();
      case 2: {
        static const std::vector<risk::FeatureType> types{
            risk::FeatureType::number, risk::FeatureType::boolean, risk::FeatureType::category};
        return truth(Op::missing, {a_feature(one_of(types))});
      }
      case 3: {
        Node in = truth(Op::in_set, {a_number(arithmetic_depth), a_constant()});
        for (int i = below(4); i > 0; --i) in.arguments.push_back(a_constant());
        return in;
      }
      case 4:
        return truth(Op::between, {a_number(arithmetic_depth), a_number(below(4) == 0 ? 1 : -1),
                                   below(4) == 0 ? a_number(1) : a_constant()});
      case 5:
        return truth(Op::between, {a_number(0), a_constant(), a_constant()});
      default:
        return truth(one_of(comparisons),
                     {a_number(arithmetic_depth), below(2) == 0 ? a_constant() : a_number(depth)});
    }
  }

  [[nodiscard]] Node a_condition(int depth) const {
    const int kind = below(depth <= 0 ? 1 : 8);
    if (kind < 2) return a_test(depth);
    if (kind == 2) return truth(Op::logical_not, {a_condition(depth - 1)});
    if (kind == 3 && below(4) == 0) return constant(below(2) == 0);
    if (kind == 3) {
      return truth(below(2) == 0 ? Op::equal : Op::not_equal,
                   {a_condition(depth - 1), a_condition(depth - 1)});
    }
    std::vector<Node> arguments;
    for (int i = below(3) + 1; i >= 0; --i) arguments.push_back(a_condition(depth - 1));
    if (kind == 4) {
      return at_least(static_cast<std::uint32_t>(below(int(arguments.size()) + 2)),
                      std::move(arguments));
    }
    return truth(kind < 7 ? Op::logical_and : Op::logical_or, std::move(arguments));
  }

  /// \param most  of the points of a rule; above 30 or so the sums need 32 bits
  [[nodiscard]] risk::RuleSet a_set(int most_points) const {
    risk::RuleSet set;
    set.base = below(most_points) - most_points / 2;
    for (std::uint32_t i = 0; i < n_parameters; ++i) {
      set.parameters.push_back({"p" + std::to_string(i), (below(81) - 40) / 4.0, -10, 10});
    }
    for (int i = below(4); i > 0; --i) {
      risk::RuleGroup g{"g" + std::to_string(i), std::nullopt, std::nullopt};
      if (below(2) == 0) g.min = -below(most_points);
      if (below(2) == 0) g.max = below(most_points);
      set.groups.push_back(g);
    }
    std::vector<Node> seen;  // some conditions stand in several rules
    for (int i = below(10) + 1; i > 0; --i) {
      Node condition = a_condition(3);
      if (!seen.empty() && below(3) == 0) {
        condition = truth(Op::logical_and, {one_of(seen), std::move(condition)});
      }
      seen.push_back(condition);
      risk::Rule r = rule(std::move(condition), below(2 * most_points) - most_points,
                          below(static_cast<int>(set.groups.size()) + 1) - 1);
      r.id = "r" + std::to_string(i);
      r.on_missing = static_cast<risk::OnMissing>(below(3));
      for (bool& s : r.stages) s = below(4) != 0;
      if (below(8) == 0) r.valid_to = "2025-12-31";
      set.rules.push_back(std::move(r));
    }
    return set;
  }
};

}  // namespace corridor::test
