// SPDX-License-Identifier: Apache-2.0
#include "models/risk/reference.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "sim/math.hpp"

namespace corridor::risk {
namespace {

const ColumnView& column(const TableView& table, std::size_t index) {
  if (index >= table.columns.size()) {
    throw std::invalid_argument("the table has " + std::to_string(table.columns.size()) +
                                " columns, but column " + std::to_string(index) + " is read");
  }
  return table.columns[index];
}

Truth truth_of(bool b) { return b ? Truth::yes : Truth::no; }
Truth inverse(Truth t) { return static_cast<Truth>(2 - static_cast<int>(t)); }

/// One tree on one row.
struct Row {
  const RuleSet& set;
  const Catalogue& catalogue;
  const TableView& table;
  std::size_t row;

  /// Stored byte of a boolean or category.
  [[nodiscard]] std::uint8_t byte(const Node& feature) const {
    const ColumnView& c = column(table, feature.index);
    return c.data == nullptr ? missing_u8 : c.as<std::uint8_t>()[row];
  }

  [[nodiscard]] bool is_missing(const Node& feature) const {
    if (catalogue[feature.index].type == FeatureType::number) {
      return !number_at(table, catalogue, feature.index, row).known;
    }
    return byte(feature) == missing_u8;
  }

  [[nodiscard]] Number number(const Node& node) const {
    const auto result = [](double x) { return std::isfinite(x) ? Number{true, x} : Number{}; };
    switch (node.op) {
      case Op::number:
        return {true, node.value};
      case Op::parameter:
        return {true, set.parameters.at(node.index).value};
      case Op::feature:
        return number_at(table, catalogue, node.index, row);
      default:
        break;
    }
    const Number a = number(node.arguments.at(0));
    if (!a.known) return {};
    switch (node.op) {
      case Op::negate:
        return result(-a.value);
      case Op::absolute:
        return result(std::abs(a.value));
      case Op::log1p:
        return a.value > -1 ? result(sim::log1p(a.value)) : Number{};
      case Op::minimum:
      case Op::maximum: {
        double best = a.value;
        for (std::size_t i = 1; i < node.arguments.size(); ++i) {
          const Number x = number(node.arguments[i]);
          if (!x.known) return {};
          best = node.op == Op::minimum ? std::min(best, x.value) : std::max(best, x.value);
        }
        return result(best);
      }
      default:
        break;
    }
    const Number b = number(node.arguments.at(1));
    if (!b.known) return {};
    switch (node.op) {
      case Op::add:
        return result(a.value + b.value);
      case Op::subtract:
        return result(a.value - b.value);
      case Op::multiply:
        return result(a.value * b.value);
      case Op::divide:
        return b.value == 0 ? Number{} : result(a.value / b.value);
      default:
        throw std::invalid_argument("a condition is malformed: a number was expected");
    }
  }

  [[nodiscard]] Truth compare(Op op, Number a, Number b) const {
    if (!a.known || !b.known) return Truth::unknown;
    switch (op) {
      case Op::less:
        return truth_of(a.value < b.value);
      case Op::less_equal:
        return truth_of(a.value <= b.value);
      case Op::equal:
        return truth_of(a.value == b.value);
      case Op::not_equal:
        return truth_of(a.value != b.value);
      case Op::greater_equal:
        return truth_of(a.value >= b.value);
      default:
        return truth_of(a.value > b.value);
    }
  }

  /// `==`, `!=` and `in` of a category: unknown, or whether its code is among the node's.
  [[nodiscard]] Truth among(const Node& node) const {
    const std::uint8_t code = byte(node.arguments[0]);
    if (code == missing_u8) return Truth::unknown;
    return truth_of(std::find(node.codes.begin(), node.codes.end(), code) != node.codes.end());
  }

  [[nodiscard]] Truth comparison(const Node& node) const {
    const Node& first = node.arguments.at(0);
    if (first.type == ValueType::category) {
      return node.op == Op::not_equal ? inverse(among(node)) : among(node);
    }
    if (first.type == ValueType::boolean) {
      const Truth a = truth(first), b = truth(node.arguments.at(1));
      if (a == Truth::unknown || b == Truth::unknown) return Truth::unknown;
      return truth_of((a == b) == (node.op == Op::equal));
    }
    return compare(node.op, number(first), number(node.arguments.at(1)));
  }

  [[nodiscard]] Truth truth(const Node& node) const {
    switch (node.op) {
      case Op::boolean:
        return truth_of(node.value != 0);
      case Op::feature: {
        const std::uint8_t stored = byte(node);
        return stored == missing_u8 ? Truth::unknown : truth_of(stored != 0);
      }
      case Op::logical_not:
        return inverse(truth(node.arguments.at(0)));
      case Op::logical_and: {
        Truth all = Truth::yes;
        for (const Node& a : node.arguments) all = std::min(all, truth(a));
        return all;
      }
      case Op::logical_or: {
        Truth any = Truth::no;
        for (const Node& a : node.arguments) any = std::max(any, truth(a));
        return any;
      }
      case Op::less:
      case Op::less_equal:
      case Op::equal:
      case Op::not_equal:
      case Op::greater_equal:
      case Op::greater:
        return comparison(node);
      case Op::in_set: {
        if (node.arguments.at(0).type == ValueType::category) return among(node);
        const Number x = number(node.arguments[0]);
        if (!x.known) return Truth::unknown;
        Truth any = Truth::no;
        for (std::size_t i = 1; i < node.arguments.size(); ++i) {
          any = std::max(any, compare(Op::equal, x, number(node.arguments[i])));
        }
        return any;
      }
      case Op::between: {
        const Number x = number(node.arguments.at(0));
        return std::min(compare(Op::greater_equal, x, number(node.arguments.at(1))),
                        compare(Op::less_equal, x, number(node.arguments.at(2))));
      }
      case Op::missing:
        return truth_of(is_missing(node.arguments.at(0)));
      case Op::at_least: {
        std::size_t certain = 0, possible = 0;
        for (const Node& a : node.arguments) {
          const Truth t = truth(a);
          certain += t == Truth::yes;
          possible += t != Truth::no;
        }
        return certain >= node.index    ? Truth::yes
               : possible >= node.index ? Truth::unknown
                                        : Truth::no;
      }
      default:
        throw std::invalid_argument("a condition is malformed: a truth value was expected");
    }
  }
};

template <class Stored>
Number from_stored(const ColumnView& c, std::size_t row, Stored missing, std::int32_t per_unit) {
  const Stored x = c.as<Stored>()[row];
  if (x == missing) return {};
  return {true, static_cast<double>(x) / per_unit};
}

}  // namespace

Number number_at(const TableView& table, const Catalogue& catalogue, std::size_t index,
                 std::size_t row) {
  const ColumnView& c = column(table, index);
  const Feature& feature = catalogue[index];
  if (c.data == nullptr) return {};
  switch (feature.storage) {
    case Storage::u8:
      return from_stored(c, row, missing_u8, feature.per_unit);
    case Storage::i16:
      return from_stored(c, row, missing_i16, feature.per_unit);
    case Storage::i32:
      return from_stored(c, row, missing_i32, feature.per_unit);
    case Storage::f64: {
      const double x = c.as<double>()[row];
      return std::isnan(x) ? Number{} : Number{true, x};
    }
  }
  return {};
}

Truth truth(const Node& node, const RuleSet& set, const Catalogue& catalogue,
            const TableView& table, std::size_t row) {
  return Row{set, catalogue, table, row}.truth(node);
}

Number number(const Node& node, const RuleSet& set, const Catalogue& catalogue,
              const TableView& table, std::size_t row) {
  return Row{set, catalogue, table, row}.number(node);
}

Reasons evaluate(const RuleSet& set, const Catalogue& catalogue, std::string_view date, Stage stage,
                 const TableView& table, std::size_t row) {
  std::vector<bool> fires(set.rules.size()), unknown(set.rules.size());
  for (std::size_t r = 0; r < set.rules.size(); ++r) {
    const Rule& rule = set.rules[r];
    if (!in_force(rule, date) || !rule.stages[static_cast<std::size_t>(stage)]) continue;
    const Truth t = truth(rule.condition, set, catalogue, table, row);
    unknown[r] = t == Truth::unknown;
    fires[r] = t == Truth::yes || (unknown[r] && rule.on_missing == OnMissing::yes);
  }
  return reasons(set, date, stage, fires, unknown);
}

}  // namespace corridor::risk
