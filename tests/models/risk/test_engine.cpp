// SPDX-License-Identifier: Apache-2.0
#include "models/risk/engine.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "models/risk/reference.hpp"
#include "tests/support/random_tables.hpp"

namespace corridor::risk {
namespace {

constexpr const char* date = "2026-03-01";

std::vector<sim::SimdPath> paths() {
  std::vector<sim::SimdPath> p{sim::SimdPath::scalar, sim::SimdPath::sse2};
  if (sim::widest_path() == sim::SimdPath::avx2) p.push_back(sim::SimdPath::avx2);
  return p;
}

/// All that a program says of a table.
struct Verdict {
  std::array<std::vector<std::int32_t>, n_stages> score;
  std::array<std::vector<std::uint8_t>, n_stages> refer;
  FiredMasks masks;

  explicit Verdict(std::size_t n) {
    for (auto& s : score) s.assign(n, -77);
    for (auto& r : refer) r.assign(n, 77);
  }
  Program::Output output() {
    Program::Output out;
    for (std::size_t s = 0; s < n_stages; ++s) {
      out.score[s] = score[s];
      out.refer[s] = refer[s];
    }
    return out;
  }
  bool operator==(const Verdict& o) const {
    return score == o.score && refer == o.refer && masks.fired == o.masks.fired &&
           masks.unknown == o.masks.unknown && masks.n_rows == o.masks.n_rows;
  }
};

Verdict by_engine(const Program& program, const TableView& table, Program::Workspace& workspace) {
  Verdict v(table.n);
  program.score(table, v.output(), workspace);
  program.fire(table, v.masks, workspace);
  return v;
}

Verdict by_reference(const RuleSet& set, const Catalogue& catalogue, const TableView& table) {
  Verdict v(table.n);
  FiredMasks& m = v.masks;
  m.n_rows = table.n;
  m.n_rules = set.rules.size();
  m.fired.assign(m.n_rules * m.words(), 0);
  m.unknown = m.fired;
  for (std::size_t row = 0; row < table.n; ++row) {
    for (std::size_t s = 0; s < n_stages; ++s) {
      const Reasons r = evaluate(set, catalogue, date, static_cast<Stage>(s), table, row);
      v.score[s][row] = r.score;
      v.refer[s][row] = r.referred.empty() ? 0 : 1;
    }
    for (std::size_t k = 0; k < set.rules.size(); ++k) {
      if (!in_force(set.rules[k], date)) continue;
      const Truth t = truth(set.rules[k].condition, set, catalogue, table, row);
      const bool yes = set.rules[k].on_missing == OnMissing::yes;
      const std::uint64_t bit = std::uint64_t{1} << (row % 64);
      if (t == Truth::yes || (t == Truth::unknown && yes)) {
        m.fired[k * m.words() + row / 64] |= bit;
      }
      if (t == Truth::unknown) m.unknown[k * m.words() + row / 64] |= bit;
    }
  }
  return v;
}

}  // namespace

TEST_CASE("the engine gives the bits of the reference on random rules, tables and CPUs",
          "[risk][property]") {
  const Catalogue& catalogue = test::random_catalogue();
  Program::Workspace workspace;  // one for all: nothing of a program stays behind in it
  CHECK(rc::check("engine == reference", [&] {
    const RuleSet set = test::RandomTrees{}.a_set(*rc::gen::element(8, 10'000));
    const auto n = *rc::gen::element<std::size_t>(0, 1, 15, 33, 64, 95, 257);
    const auto seed = *rc::gen::inRange<std::uint32_t>(0, 1000);
    const test::RandomTable table(catalogue, n, seed);
    const Verdict expected = by_reference(set, catalogue, table.view());
    for (const auto path : paths()) {
      const Program program(set, catalogue, date, path);
      RC_ASSERT(by_engine(program, table.view(), workspace) == expected);
    }
  }));
}

TEST_CASE("a table may be scored whole or in parts of any length", "[risk][property]") {
  const Catalogue& catalogue = test::random_catalogue();
  CHECK(rc::check("parts == whole", [&] {
    const RuleSet set = test::RandomTrees{}.a_set(*rc::gen::element(8, 10'000));
    const std::size_t n = 5003;
    const test::RandomTable table(catalogue, n, *rc::gen::inRange<std::uint32_t>(0, 1000));
    const auto length = *rc::gen::element<std::size_t>(1, 37, 1000, 4095, 4096, 4097);
    const Program program(set, catalogue, date);
    Program::Workspace workspace;
    const Verdict whole = by_engine(program, table.view(), workspace);
    for (std::size_t first = 0; first < n; first += length) {
      const TableView part = table.part(catalogue, first, std::min(length, n - first));
      const Verdict v = by_engine(program, part, workspace);
      for (std::size_t s = 0; s < n_stages; ++s) {
        const auto at = static_cast<std::ptrdiff_t>(first);
        RC_ASSERT(std::equal(v.score[s].begin(), v.score[s].end(), whole.score[s].begin() + at));
        RC_ASSERT(std::equal(v.refer[s].begin(), v.refer[s].end(), whole.refer[s].begin() + at));
      }
      for (std::size_t rule = 0; rule < set.rules.size(); ++rule) {
        for (std::size_t i = 0; i < part.n; i += 13) {
          RC_ASSERT(v.masks.fires(rule, i) == whole.masks.fires(rule, first + i));
        }
      }
    }
    // And the last rows of the whole, far into the second block, are those of the reference.
    const std::size_t tail = 40;
    const Verdict last = by_reference(set, catalogue, table.part(catalogue, n - tail, tail));
    RC_ASSERT(std::equal(last.score[0].begin(), last.score[0].end(), whole.score[0].end() - tail));
  }));
}

TEST_CASE("a comparison with a constant equals that of stored / per_unit for every stored number",
          "[risk][exact]") {
  std::vector<std::int16_t> every(65536);
  for (std::size_t i = 0; i < every.size(); ++i) {
    every[i] = static_cast<std::int16_t>(static_cast<std::int32_t>(i) - 32768);
  }
  for (const std::int32_t per_unit : {1, 3, 100, 32767}) {
    const Catalogue catalogue({test::number_feature("x", Storage::i16, per_unit)});
    std::vector<Rule> rules;
    for (const double c :
         {0.0, 0.07, -0.29, 1.0 / 3, 327.67, -327.67, 32767.0, -32767.0, -32768.0, 4e4, -4e4}) {
      for (const Op op :
           {Op::less, Op::less_equal, Op::equal, Op::not_equal, Op::greater_equal, Op::greater}) {
        rules.push_back(
            test::rule(test::truth(op, {test::feature(catalogue, 0), test::number(c)}), 1));
      }
    }
    const RuleSet set = test::rule_set(rules);
    const TableView table{every.size(), {{every.data()}}};
    Program::Workspace workspace;
    FiredMasks masks;
    Program(set, catalogue, date).fire(table, masks, workspace);
    std::size_t different = 0;
    for (std::size_t r = 0; r < rules.size(); ++r) {
      for (std::size_t i = 0; i < every.size(); ++i) {
        different += masks.fires(r, i) !=
                     (truth(rules[r].condition, set, catalogue, table, i) == Truth::yes);
      }
    }
    CHECK(different == 0);
  }
}

TEST_CASE("a missing value leaves a condition open, whatever the way round it is asked",
          "[risk][exact]") {
  // bag_kg is missing and cash is true: five expressions that six rule engines answer in five ways.
  const Catalogue catalogue(
      {test::number_feature("bag_kg", Storage::i16), test::boolean_feature("cash")});
  const Node bag = test::feature(catalogue, 0), cash = test::feature(catalogue, 1);
  const auto compare = [&](Op op, double c) { return test::truth(op, {bag, test::number(c)}); };
  struct Row {
    const char* text;
    Node condition;
    Truth expected;
  };
  const std::vector<Row> rows{
      {"bag_kg < 5", compare(Op::less, 5), Truth::unknown},
      {"not (bag_kg > 30)", test::truth(Op::logical_not, {compare(Op::greater, 30)}),
       Truth::unknown},
      {"bag_kg < 5 or cash", test::truth(Op::logical_or, {compare(Op::less, 5), cash}), Truth::yes},
      {"bag_kg in {1, 2}", test::truth(Op::in_set, {bag, test::number(1), test::number(2)}),
       Truth::unknown},
      {"bag_kg != 5", compare(Op::not_equal, 5), Truth::unknown},
      {"missing(bag_kg)", test::truth(Op::missing, {bag}), Truth::yes}};
  const std::int16_t missing = missing_i16;
  const std::uint8_t yes = 1;
  for (const void* kilograms :
       {static_cast<const void*>(&missing), static_cast<const void*>(nullptr)}) {
    const TableView table{1, {{kilograms}, {&yes}}};
    for (const Row& row : rows) {
      INFO(row.text);
      const RuleSet set = test::rule_set({test::rule(row.condition, 1)});
      CHECK(truth(row.condition, set, catalogue, table, 0) == row.expected);
      for (const auto path : paths()) {
        FiredMasks masks;
        Program::Workspace workspace;
        Program(set, catalogue, date, path).fire(table, masks, workspace);
        CHECK(masks.fired[0] == (row.expected == Truth::yes ? 1 : 0));
        CHECK(masks.unknown[0] == (row.expected == Truth::unknown ? 1 : 0));
      }
    }
  }
}

TEST_CASE("a record on which nothing fires gets the base (case O7)", "[risk][exact]") {
  const Catalogue& catalogue = test::random_catalogue();
  RuleSet set = test::rule_set(
      {test::rule(test::constant(false), 50), test::rule(test::feature(catalogue, 0), -7),
       test::rule(test::constant(true), 9, 0)},
      -13);
  set.groups.push_back({"capped", -5, 5});
  set.rules[2].valid_to = "2025-12-31";  // not in force
  const TableView empty{3, std::vector<ColumnView>(catalogue.size())};
  std::vector<std::int32_t> scores(3);
  Program::Output out;
  out.score[0] = scores;
  Program::Workspace workspace;
  Program(set, catalogue, date).score(empty, out, workspace);
  CHECK(scores == std::vector<std::int32_t>{-13, -13, -13});
  CHECK(evaluate(set, catalogue, date, Stage::booking, empty, 0).score == -13);
}

TEST_CASE("32 threads with one program get what one thread gets", "[risk][exact]") {
  const Catalogue& catalogue = test::random_catalogue();
  std::vector<Rule> rules;
  const Node x = test::feature(catalogue, 7), f = test::feature(catalogue, 11);
  for (int i = 0; i < 20; ++i) {
    rules.push_back(test::rule(
        test::truth(Op::logical_or, {test::truth(Op::greater, {x, test::number(i - 10)}),
                                     test::truth(Op::less, {test::arithmetic(Op::multiply, {x, f}),
                                                            test::number(3 * i - 20)})}),
        i - 8, i % 2 - 1));
    rules.back().on_missing = static_cast<OnMissing>(i % 3);
  }
  RuleSet set = test::rule_set(rules, 4);
  set.groups.push_back({"g", -10, 11});
  const Program program(set, catalogue, date);
  constexpr std::size_t n_threads = 32, rows = 3001;
  std::vector<test::RandomTable> tables;
  std::vector<Verdict> serial, parallel;
  for (std::uint32_t t = 0; t < n_threads; ++t) {
    tables.emplace_back(catalogue, rows, t);
    Program::Workspace workspace;
    serial.push_back(by_engine(program, tables.back().view(), workspace));
    parallel.emplace_back(rows);
  }
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < n_threads; ++t) {
    threads.emplace_back([&, t] {
      Program::Workspace workspace;
      for (int again = 0; again < 3; ++again) {
        parallel[t] = by_engine(program, tables[t].view(), workspace);
      }
    });
  }
  for (auto& t : threads) t.join();
  CHECK(serial == parallel);
  CHECK(serial[0].score[0] != serial[1].score[0]);  // they had different work to do
}

TEST_CASE("only the stages that are asked for are written, each with its own rules",
          "[risk][exact]") {
  const Catalogue catalogue({test::boolean_feature("x")});
  RuleSet set = test::rule_set(
      {test::rule(test::feature(catalogue, 0), 1), test::rule(test::feature(catalogue, 0), 10)});
  set.rules[0].stages = {true, false, true};
  set.rules[1].stages = {false, true, true};
  const std::vector<std::uint8_t> x{1, 0, 1};
  std::vector<std::int32_t> booking(3, -1), arrival(3, -1);
  Program::Output out;
  out.score = {booking, {}, arrival};
  Program::Workspace workspace;
  Program(set, catalogue, date).score({3, {{x.data()}}}, out, workspace);
  CHECK(booking == std::vector<std::int32_t>{1, 0, 1});
  CHECK(arrival == std::vector<std::int32_t>{11, 0, 11});
}

TEST_CASE("bounds of a score add up what can fire, caps included", "[risk][exact]") {
  const Catalogue catalogue({test::boolean_feature("x"), test::boolean_feature("unused")});
  const Node x = test::feature(catalogue, 0);
  RuleSet set = test::rule_set({test::rule(x, 30), test::rule(x, -4), test::rule(x, 20, 0),
                                test::rule(x, 15, 0), test::rule(x, -9, 0)},
                               5);
  set.groups.push_back({"g", -6, 25});
  set.rules[1].stages = {false, true, true};
  const Program program(set, catalogue, date);
  CHECK(program.highest(Stage::booking) == 5 + 30 + 25);
  CHECK(program.lowest(Stage::booking) == 5 - 6);
  CHECK(program.lowest(Stage::arrival) == 5 - 4 - 6);
  CHECK(program.base() == 5);
  CHECK(program.n_rules() == 5);
  CHECK(std::vector<std::uint16_t>(program.features_read().begin(),
                                   program.features_read().end()) == std::vector<std::uint16_t>{0});
}

TEST_CASE("outputs and tables of a wrong size, caps without 0 and endless sums are refused",
          "[risk][exact]") {
  const Catalogue catalogue({test::boolean_feature("x")});
  RuleSet set = test::rule_set({test::rule(test::feature(catalogue, 0), 1)});
  const Program program(set, catalogue, date);
  Program::Workspace workspace;
  std::vector<std::int32_t> scores(3);
  std::vector<std::uint8_t> refer(5), x(4);
  Program::Output out;
  out.score[1] = scores;
  CHECK_THROWS_WITH(program.score({4, {{x.data()}}}, out, workspace),
                    "an output has 3 entries, but the table 4 rows");
  out.score[1] = {};
  out.refer[2] = refer;
  CHECK_THROWS_WITH(program.score({4, {{x.data()}}}, out, workspace),
                    "an output has 5 entries, but the table 4 rows");
  out.refer[2] = {};
  CHECK_THROWS_WITH(program.score({4, {}}, out, workspace),
                    "the table has 0 columns, but column 0 is read");
  set.groups.push_back({"late", 2, 5});
  CHECK_THROWS_WITH(Program(set, catalogue, date), "group 'late': min <= 0 <= max must hold");
  set.groups = {{"late", -7, -5}};
  CHECK_THROWS_WITH(Program(set, catalogue, date), "group 'late': min <= 0 <= max must hold");
  set.groups.clear();
  set.base = INT32_MAX;
  CHECK_THROWS_WITH(Program(set, catalogue, date),
                    "base and points of the rules could add up to more than 2^31 - 1");
}

TEST_CASE("rules that share a part and rules that differ in one detail of it are kept apart",
          "[risk][exact]") {
  const Catalogue& catalogue = test::random_catalogue();
  const Node x = test::feature(catalogue, 7), c = test::feature(catalogue, 3);
  const auto part = [&](double bound, std::uint8_t code, std::uint32_t k) {
    const Node low = test::truth(Op::less, {x, test::number(bound)});
    const Node is = test::among(Op::equal, c, {code});
    return test::at_least(k, {low, is, test::feature(catalogue, 0)});
  };
  RuleSet set = test::rule_set({});
  for (const double bound : {0.0, 5.0}) {
    for (const std::uint8_t code : {std::uint8_t{1}, std::uint8_t{2}}) {
      for (const std::uint32_t k : {1U, 2U}) {
        const Node p = part(bound, code, k), b = test::feature(catalogue, 1);
        set.rules.push_back(test::rule(test::truth(Op::logical_and, {b, p}), 1));
        set.rules.push_back(
            test::rule(test::truth(Op::logical_or, {b, test::truth(Op::logical_not, {p})}), 1));
        set.rules.push_back(test::rule(p, 1));
      }
    }
  }
  Program::Workspace workspace;
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    const test::RandomTable table(catalogue, 300, seed);
    CHECK(by_engine(Program(set, catalogue, date), table.view(), workspace) ==
          by_reference(set, catalogue, table.view()));
  }
}

TEST_CASE("a program can be copied, and the copy outlives it", "[risk][exact]") {
  const Catalogue catalogue({test::category_feature("c", 40)});
  const RuleSet set = test::rule_set(
      {test::rule(test::among(Op::in_set, test::feature(catalogue, 0), {3, 17, 39}), 4)}, 1);
  auto first = std::make_unique<Program>(set, catalogue, date);
  Program copy = *first;
  Program assigned = Program(test::rule_set({}), catalogue, date);
  assigned = copy;
  first.reset();
  const std::vector<std::uint8_t> c{3, 4, 39, 255, 17};
  std::vector<std::int32_t> scores(5);
  Program::Output out;
  out.score[0] = scores;
  Program::Workspace workspace;
  assigned.score({5, {{c.data()}}}, out, workspace);
  CHECK(scores == std::vector<std::int32_t>{5, 1, 5, 1, 5});
}

}  // namespace corridor::risk
