// SPDX-License-Identifier: Apache-2.0
#include "models/risk/compile.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "models/risk/opposite.hpp"
#include "models/risk/reference.hpp"
#include "models/risk/shared_parts.hpp"
#include "models/risk/thresholds.hpp"

namespace corridor::risk {
namespace {

using Slot = std::uint16_t;

Node made(Op op, std::vector<Node> arguments) {
  Node n;
  n.op = op;
  n.arguments = std::move(arguments);
  return n;
}

class Compiler {
 public:
  Compiler(const RuleSet& rule_set, const Catalogue& features, std::string_view date)
      : set_(rule_set), catalogue_(features), parts_(rule_set, features, date) {
    code_.shared.resize(parts_.size());
    shared_done_.resize(parts_.size());
    first_free_ = static_cast<Slot>(parts_.size());
    code_.n_slots = first_free_;
    code_.rules.resize(set_.rules.size());
    for (std::size_t r = 0; r < set_.rules.size(); ++r) {
      if (in_force(set_.rules[r], date)) {
        collect_features(set_.rules[r].condition, features_);
        code_.rules[r] = fragment(set_.rules[r].condition, first_free_, false);
      }
    }
    for (const std::uint16_t f : features_)
      if (f >= catalogue_.size() || catalogue_[f].legal == LegalClass::audit_only)
        throw std::invalid_argument(
            "a condition reads a feature that is reserved for the audit, or does not exist");
    code_.features.assign(features_.begin(), features_.end());
  }

  Code take() { return std::move(code_); }

 private:
  Fragment fragment(const Node& node, Slot to, bool is_shared_part) {
    Fragment outer = std::move(now_);
    now_ = {};
    now_.slot = to;
    const Slot free = is_shared_part ? first_free_ : static_cast<Slot>(to + 1);
    if (is_shared_part) {
      body(node, false, to, Mode::put, free);
    } else {
      boolean(node, false, to, Mode::put, free);
    }
    std::swap(outer, now_);
    return outer;
  }

  Slot use(Slot slot) {
    code_.n_slots = std::max<std::size_t>(code_.n_slots, slot + std::size_t{1});
    return slot;
  }

  void emit(Step step, Slot to, Mode mode, bool negated) {
    step.to = use(to);
    step.mode = mode;
    step.negated = negated;
    now_.steps.push_back(step);
  }
  void fill(Truth t, bool negated, Slot to, Mode mode, Slot free) {
    Step s;
    s.kind = Step::Kind::fill;
    s.value = negated ? 2 - static_cast<std::int32_t>(t) : static_cast<std::int32_t>(t);
    emit(s, mode == Mode::put ? to : free, Mode::put, false);
    if (mode != Mode::put) combine(free, false, to, mode);
  }
  void combine(Slot from, bool negated, Slot to, Mode mode) {
    Step s;
    s.kind = Step::Kind::combine;
    s.from = from;
    emit(s, to, mode, negated);
  }

  /// Leaves the truth of `node` (its opposite when negated) in slot `to`; scratch from `free` on.
  void boolean(const Node& node, bool negated, Slot to, Mode mode, Slot free) {
    const auto part = parts_.find(node);
    if (!part) return body(node, negated, to, mode, free);
    if (!shared_done_[*part]) {
      shared_done_[*part] = true;
      code_.shared[*part] = fragment(node, *part, true);
    }
    need(*part);
    combine(*part, negated, to, mode);
  }

  void need(Slot part) {
    const auto add = [&](Slot p) {
      if (std::find(now_.needs.begin(), now_.needs.end(), p) == now_.needs.end()) {
        now_.needs.push_back(p);
      }
    };
    for (const Slot p : code_.shared[part].needs) add(p);
    add(part);
  }

  void body(const Node& node, bool negated, Slot to, Mode mode, Slot free) {
    const Reads read = reads(node);
    if (read.count == Reads::Count::none) {
      return fill(truth(node, set_, catalogue_, {}, 0), negated, to, mode, free);
    }
    if (read.count == Reads::Count::one && catalogue_[read.feature].storage == Storage::u8) {
      return look_up(node, read.feature, negated, to, mode);
    }
    switch (node.op) {
      case Op::logical_not:
        return boolean(node.arguments.at(0), !negated, to, mode, free);
      case Op::logical_and:
      case Op::logical_or:
        return junction(node, negated, to, mode, free);
      case Op::less:
      case Op::less_equal:
      case Op::equal:
      case Op::not_equal:
      case Op::greater_equal:
      case Op::greater:
        if (node.arguments.at(0).type == ValueType::boolean) {
          return same(node, negated, to, mode, free);
        }
        return comparison(node, negated, to, mode, free);
      case Op::in_set: {
        Node any = made(Op::logical_or, {});
        for (std::size_t i = 1; i < node.arguments.size(); ++i) {
          any.arguments.push_back(made(Op::equal, {node.arguments[0], node.arguments[i]}));
        }
        return junction(any, negated, to, mode, free);
      }
      case Op::between:
        if (between_constants(node, negated, to, mode)) return;
        return junction(made(Op::logical_and,
                             {made(Op::greater_equal, {node.arguments.at(0), node.arguments.at(1)}),
                              made(Op::less_equal, {node.arguments.at(0), node.arguments.at(2)})}),
                        negated, to, mode, free);
      case Op::missing:
        return column(read.feature, Test::missing, {}, negated, to, mode);
      case Op::at_least:
        return at_least(node, negated, to, mode, free);
      default:
        throw std::invalid_argument("a condition is malformed: a truth value was expected");
    }
  }

  void look_up(const Node& node, std::uint16_t feature, bool negated, Slot to, Mode mode) {
    std::array<std::uint8_t, 256> every{}, truths{};
    for (std::size_t x = 0; x < 256; ++x) every[x] = static_cast<std::uint8_t>(x);
    TableView table{256, std::vector<ColumnView>(catalogue_.size())};
    table.columns[feature].data = every.data();
    for (std::size_t x = 0; x < 256; ++x) {
      const auto t = static_cast<std::uint8_t>(truth(node, set_, catalogue_, table, x));
      truths[x] = static_cast<std::uint8_t>(negated ? 2 - t : t);
    }
    Step s;
    s.kind = Step::Kind::bytes;
    s.feature = feature;
    s.index = static_cast<std::uint32_t>(code_.tables.size());
    code_.tables.emplace_back(truths);
    emit(s, to, mode, false);
  }

  /// `and` and `or`: the first argument is put, the others join it in place.
  void junction(const Node& node, bool negated, Slot to, Mode mode, Slot free) {
    const Mode join = (node.op == Op::logical_and) != negated ? Mode::both : Mode::either;
    const bool in_place = mode == Mode::put || mode == join;
    const Slot target = in_place ? to : free;
    const Slot scratch = in_place ? free : static_cast<Slot>(free + 1);
    Mode next = in_place ? mode : Mode::put;
    if (node.arguments.empty()) {
      return fill(node.op == Op::logical_and ? Truth::yes : Truth::no, negated, to, mode, free);
    }
    for (const Node& a : node.arguments) {
      boolean(a, negated, target, next, scratch);
      next = join;
    }
    if (!in_place) combine(target, false, to, mode);
  }

  void same(const Node& node, bool negated, Slot to, Mode mode, Slot free) {
    const auto b = static_cast<Slot>(free + 1);
    boolean(node.arguments.at(0), false, free, Mode::put, static_cast<Slot>(free + 2));
    boolean(node.arguments.at(1), false, b, Mode::put, static_cast<Slot>(free + 2));
    Step s;
    s.kind = Step::Kind::same;
    s.from = b;
    emit(s, free, Mode::put, false);
    combine(free, negated != (node.op == Op::not_equal), to, mode);
  }

  void at_least(const Node& node, bool negated, Slot to, Mode mode, Slot free) {
    const auto counters = static_cast<std::uint32_t>(depth_++);
    code_.n_counters = std::max(code_.n_counters, depth_);
    Step s;
    s.index = counters;
    s.kind = Step::Kind::count_begin;
    emit(s, free, Mode::put, false);
    for (const Node& a : node.arguments) {
      boolean(a, false, free, Mode::put, static_cast<Slot>(free + 1));
      s.kind = Step::Kind::count;
      s.from = free;
      emit(s, free, Mode::put, false);
    }
    s.kind = Step::Kind::counted;
    s.value = static_cast<std::int32_t>(std::min<std::uint32_t>(node.index, INT16_MAX));
    emit(s, free, Mode::put, false);
    --depth_;
    combine(free, negated, to, mode);
  }

  void column(std::uint16_t feature, Test test, Bounds bounds, bool negated, Slot to, Mode mode) {
    Step s;
    s.kind = Step::Kind::column;
    s.feature = feature;
    s.test = test;
    s.bounds = bounds;
    emit(s, to, mode, negated);
  }

  [[nodiscard]] std::optional<Number> constant(const Node& node) const {
    if (reads(node).count != Reads::Count::none) return std::nullopt;
    return number(node, set_, catalogue_, {}, 0);
  }

  /// lo <= stored <= hi of an integer column.
  void interval(std::uint16_t feature, Interval in, bool negated, Slot to, Mode mode) {
    const bool narrow = catalogue_[feature].storage == Storage::i16;
    const std::int64_t least = (narrow ? INT16_MIN : INT32_MIN) + std::int64_t{1};
    const std::int64_t most = narrow ? INT16_MAX : INT32_MAX;
    const auto bounds = [](std::int64_t lo, std::int64_t hi) {
      return Bounds{static_cast<std::int32_t>(lo), static_cast<std::int32_t>(hi), 0, 0};
    };
    if (in.outside) negated = !negated;
    if (in.lo > in.hi) {
      column(feature, Test::above, bounds(most, 0), negated, to, mode);  // none
    } else if (in.lo == in.hi) {
      column(feature, Test::equal, bounds(in.lo, 0), negated, to, mode);
    } else if (in.hi == most) {
      column(feature, Test::above, bounds(in.lo - 1, 0), negated, to, mode);
    } else if (in.lo == least) {
      column(feature, Test::above, bounds(in.hi, 0), !negated, to, mode);
    } else {
      column(feature, Test::inside, bounds(in.lo - 1, in.hi), negated, to, mode);
    }
  }

  [[nodiscard]] Interval interval_of(std::uint16_t feature, Op op, double c) const {
    const Feature& f = catalogue_[feature];
    const bool narrow = f.storage == Storage::i16;
    return stored_interval(op, c, (narrow ? INT16_MIN : INT32_MIN) + std::int64_t{1},
                           narrow ? INT16_MAX : INT32_MAX, f.per_unit);
  }

  bool between_constants(const Node& node, bool negated, Slot to, Mode mode) {
    const Node& x = node.arguments.at(0);
    const auto lo = constant(node.arguments.at(1)), hi = constant(node.arguments.at(2));
    if (x.op != Op::feature || !lo || !hi || !lo->known || !hi->known) return false;
    const auto feature = static_cast<std::uint16_t>(x.index);
    if (catalogue_[feature].storage == Storage::f64) {
      column(feature, Test::inside, {0, 0, lo->value, hi->value}, negated, to, mode);
    } else {
      interval(feature,
               {interval_of(feature, Op::greater_equal, lo->value).lo,
                interval_of(feature, Op::less_equal, hi->value).hi, false},
               negated, to, mode);
    }
    return true;
  }

  /// Test and negation of a comparison of doubles.
  static std::pair<Test, bool> test_of(Op op) {
    switch (op) {
      case Op::less:
        return {Test::from, true};
      case Op::less_equal:
        return {Test::above, true};
      case Op::equal:
        return {Test::equal, false};
      case Op::not_equal:
        return {Test::equal, true};
      case Op::greater_equal:
        return {Test::from, false};
      default:
        return {Test::above, false};
    }
  }

  void comparison(const Node& node, bool negated, Slot to, Mode mode, Slot free) {
    const Node* a = &node.arguments.at(0);
    const Node* b = &node.arguments.at(1);
    Op op = node.op;
    if (constant(*a)) {
      std::swap(a, b);
      op = mirrored(op);
    }
    const auto c = constant(*b);
    if (c && !c->known) return fill(Truth::unknown, negated, to, mode, free);
    const auto [test, opposite] = test_of(op);
    const bool sign = negated != opposite;
    if (c && a->op == Op::feature) {
      const auto feature = static_cast<std::uint16_t>(a->index);
      if (catalogue_[feature].storage == Storage::f64) {
        return column(feature, test, {0, 0, c->value, 0}, sign, to, mode);
      }
      return interval(feature, interval_of(feature, op, c->value), negated, to, mode);
    }
    std::vector<NumberStep> steps;
    lanes(*a, 0, steps);
    if (!c) lanes(*b, 1, steps);
    Step s;
    s.kind = c ? Step::Kind::number : Step::Kind::compare;
    s.test = test;
    if (c) s.bounds.x = c->value;
    s.index = static_cast<std::uint32_t>(code_.numbers.size());
    code_.numbers.push_back(std::move(steps));
    emit(s, to, mode, sign);
  }

  /// Leaves the number in lane register `to`.
  void lanes(const Node& node, std::uint16_t to, std::vector<NumberStep>& steps) {
    code_.n_registers = std::max<std::size_t>(code_.n_registers, to + std::size_t{1});
    NumberStep s;
    s.to = to;
    if (const auto c = constant(node)) {
      s.value = c->known ? c->value : std::numeric_limits<double>::quiet_NaN();
      steps.push_back(s);
      return;
    }
    if (node.op == Op::feature) {
      s.kind = NumberStep::Kind::load;
      s.feature = static_cast<std::uint16_t>(node.index);
      s.value = catalogue_[node.index].per_unit;
      steps.push_back(s);
      return;
    }
    lanes(node.arguments.at(0), to, steps);
    static const std::map<Op, Unary> unaries{
        {Op::negate, Unary::negate}, {Op::absolute, Unary::absolute}, {Op::log1p, Unary::log1p}};
    if (const auto u = unaries.find(node.op); u != unaries.end()) {
      s.kind = NumberStep::Kind::unary;
      s.unary = u->second;
      steps.push_back(s);
      return;
    }
    static const std::map<Op, Arithmetic> binaries{
        {Op::add, Arithmetic::add},           {Op::subtract, Arithmetic::subtract},
        {Op::multiply, Arithmetic::multiply}, {Op::divide, Arithmetic::divide},
        {Op::minimum, Arithmetic::minimum},   {Op::maximum, Arithmetic::maximum}};
    const auto binary = binaries.find(node.op);
    if (binary == binaries.end()) {
      throw std::invalid_argument("a condition is malformed: a number was expected");
    }
    s.kind = NumberStep::Kind::arithmetic;
    s.arithmetic = binary->second;
    const bool many = node.op == Op::minimum || node.op == Op::maximum;
    const std::size_t n = many ? node.arguments.size() : 2;
    for (std::size_t i = 1; i < n; ++i) {
      lanes(node.arguments.at(i), static_cast<std::uint16_t>(to + 1), steps);
      steps.push_back(s);
    }
    if (!many) return;
    s.kind = NumberStep::Kind::unary;
    s.unary = Unary::finite;
    steps.push_back(s);
  }

  const RuleSet& set_;
  const Catalogue& catalogue_;
  SharedParts parts_;
  Code code_;
  Fragment now_;
  std::vector<bool> shared_done_;
  std::set<std::uint16_t> features_;
  Slot first_free_ = 0;
  std::size_t depth_ = 0;  ///< of `at_least` within `at_least`
};

}  // namespace

Code compile(const RuleSet& set, const Catalogue& catalogue, std::string_view date) {
  return Compiler(set, catalogue, date).take();
}

}  // namespace corridor::risk
