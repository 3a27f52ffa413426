// SPDX-License-Identifier: Apache-2.0
/// \file scoring.cpp  What scoring costs: 1,000,000 synthetic passengers, 20 features (34 bytes a
/// row), 30 additive rules with 75 conditions (bench/README.md).
///
/// usage: corridor_bench_scoring                 the figures
///        corridor_bench_scoring --columns DIR   columns, rules and scores, for scoring_numpy.py
///        corridor_bench_scoring --rate          passengers/s, one number

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <span>
#include <stdexcept>

#include "bench/stopwatch.hpp"
#include "models/risk/engine.hpp"
#include "models/risk/reference.hpp"
#include "sim/random.hpp"
#include "tests/support/rule_nodes.hpp"

namespace corridor::bench {
namespace {

using namespace risk;
using test::number;
using test::truth;

constexpr std::size_t n_rows = 1'000'000;
constexpr const char* date = "2026-03-01";
constexpr auto stage = Stage::arrival;

/// 4 booleans and 6 categories of a byte, 8 numbers of two, 2 of four.
constexpr std::array<std::size_t, 6> dictionary{3, 3, 5, 12, 40, 200};
constexpr std::size_t n_booleans = 4, n_bytes = 10, n_shorts = 8, n_longs = 2;
constexpr std::size_t n_features = n_bytes + n_shorts + n_longs;

Catalogue make_catalogue() {
  std::vector<Feature> f;
  for (std::size_t i = 0; i < n_booleans; ++i) {
    f.push_back(test::boolean_feature("b" + std::to_string(i)));
  }
  for (std::size_t i = 0; i < dictionary.size(); ++i) {
    f.push_back(test::category_feature("c" + std::to_string(i), dictionary[i]));
  }
  for (std::size_t i = 0; i < n_shorts; ++i) {
    f.push_back(test::number_feature("s" + std::to_string(i), Storage::i16, i % 2 == 0 ? 1 : 10));
  }
  for (std::size_t i = 0; i < n_longs; ++i) {
    f.push_back(test::number_feature("l" + std::to_string(i), Storage::i32, 100));
  }
  return Catalogue(std::move(f));
}

std::uint32_t bits(std::size_t column, std::size_t row) {
  return sim::draw({1, 0}, sim::Purpose::sample, row, static_cast<std::int32_t>(column))[0];
}

/// One in 50 values is missing; numbers are 0..999 stored units.
struct Columns {
  std::array<std::vector<std::uint8_t>, n_bytes> bytes;
  std::array<std::vector<std::int16_t>, n_shorts> shorts;
  std::array<std::vector<std::int32_t>, n_longs> longs;
  TableView view{n_rows, {}};

  Columns() {
    for (std::size_t i = 0; i < n_bytes; ++i) {
      const std::size_t n = i < n_booleans ? 2 : dictionary[i - n_booleans];
      make(bytes[i], missing_u8, n);
    }
    for (auto& c : shorts) make(c, missing_i16, 1000);
    for (auto& c : longs) make(c, missing_i32, 1000);
  }

 private:
  template <class T>
  void make(std::vector<T>& column, T missing, std::size_t n) {
    const std::size_t number_of_column = view.columns.size();
    column.resize(n_rows);
    for (std::size_t r = 0; r < n_rows; ++r) {
      const std::uint32_t x = bits(number_of_column, r);
      column[r] = x % 50 == 0 ? missing : static_cast<T>(x / 50 % n);
    }
    view.columns.push_back({column.data()});
  }
};

/// A condition as the engine's node, and as a line for scoring_numpy.py: a kind, the column, and
/// stored values.
struct Condition {
  Node node;
  std::string line;
};

Condition condition(const Catalogue& catalogue, std::size_t k) {
  const auto column = static_cast<std::uint32_t>((7 * k + k / 20) % n_features);
  const Node f = test::feature(catalogue, column);
  const std::uint32_t x = bits(100, k);
  if (column < n_booleans) {
    if (x % 2 == 0) return {f, fmt::format("equal {} 1", column)};
    return {truth(Op::logical_not, {f}), fmt::format("equal {} 0", column)};
  }
  if (column < n_bytes) {
    const std::size_t n = catalogue[column].values.size();
    const auto code = [&](std::size_t i) { return static_cast<std::uint8_t>((x / 8 + 5 * i) % n); };
    if (x % 2 == 0) {
      return {test::among(Op::equal, f, {code(0)}), fmt::format("equal {} {}", column, code(0))};
    }
    std::vector<std::uint8_t> codes;
    std::string line = fmt::format("in {}", column);
    for (std::size_t i = 0; i < std::min<std::size_t>(n - 1, 6); ++i) {
      codes.push_back(code(i));
      line += fmt::format(" {}", code(i));
    }
    return {test::among(Op::in_set, f, codes), line};
  }
  const std::int32_t per_unit = catalogue[column].per_unit;
  const auto value = [&](std::uint32_t stored) {
    return number(static_cast<double>(stored) / per_unit);
  };
  const std::uint32_t c = 100 + x / 8 % 400, d = c + 300;
  if (x % 3 == 0) {
    return {truth(Op::greater_equal, {f, value(c)}), fmt::format("from {} {}", column, c)};
  }
  if (x % 3 == 1) {
    return {truth(Op::less_equal, {f, value(d)}), fmt::format("to {} {}", column, d)};
  }
  return {truth(Op::between, {f, value(c), value(d)}),
          fmt::format("between {} {} {}", column, c, d)};
}

struct Task {
  Catalogue catalogue = make_catalogue();
  RuleSet set;
  std::string text;  ///< of the rules, for scoring_numpy.py
};

/// 30 rules of two and three conditions in turn; every third joins them by `or`.
Task make_task() {
  Task task;
  std::size_t k = 0;
  for (std::size_t r = 0; r < 30; ++r) {
    const bool any = r % 3 == 2;
    const auto points = static_cast<std::int32_t>(bits(101, r) % 40) - 8;
    task.text += fmt::format("rule {} {}\n", any ? "or" : "and", points);
    std::vector<Node> nodes;
    for (std::size_t i = 0; i < 2 + r % 2; ++i) {
      Condition c = condition(task.catalogue, k++);
      task.text += c.line + "\n";
      nodes.push_back(std::move(c.node));
    }
    task.set.rules.push_back(
        test::rule(truth(any ? Op::logical_or : Op::logical_and, std::move(nodes)), points));
  }
  if (k != 75) throw std::logic_error("75 conditions were meant");
  return task;
}

/// Million rows/s, CPU time, median of rounds; each lasts some milliseconds.
double rate(const std::function<void()>& pass, int rounds = 15) {
  pass();
  std::vector<double> rates;
  for (int r = 0; r < rounds; ++r) {
    const double begin = cpu_seconds();
    int passes = 0;
    do {
      pass();
      ++passes;
    } while (cpu_seconds() - begin < 0.05);
    rates.push_back(1e-6 * static_cast<double>(n_rows) * passes / (cpu_seconds() - begin));
  }
  return median(rates);
}

void line(const std::string& what, double rate) {
  std::cout << fmt::format("{:<58}{:.0f} million/s\n", what, rate) << std::flush;
}

template <class T>
void write(const std::filesystem::path& path, const std::vector<T>& column) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(column.data()),
             static_cast<std::streamsize>(column.size() * sizeof(T)));
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

Program::Output at_stage(std::span<std::int32_t> scores) {
  Program::Output out;
  out.score[static_cast<std::size_t>(stage)] = scores;
  return out;
}

void write_all(const std::filesystem::path& folder, const Task& task, const Columns& columns,
               const std::vector<std::int32_t>& scores) {
  std::size_t k = 0;
  const auto next = [&](const char* type) { return folder / fmt::format("{}.{}", k++, type); };
  for (const auto& c : columns.bytes) write(next("u1"), c);
  for (const auto& c : columns.shorts) write(next("i2"), c);
  for (const auto& c : columns.longs) write(next("i4"), c);
  write(folder / "scores.i4", scores);
  std::ofstream(folder / "rules.txt") << task.text;
}

/// A changed rule: four conditions.
Rule changed(const Task& task) {
  std::vector<Node> nodes;
  for (const std::size_t k : {4U, 11U, 22U, 33U}) {
    nodes.push_back(condition(task.catalogue, k).node);
  }
  return test::rule(truth(Op::logical_and, std::move(nodes)), 12);
}

void figures(const Task& task, const Columns& columns, std::vector<std::int32_t>& scores) {
  Program::Workspace workspace;
  const auto score_by = [&](sim::SimdPath path) {
    const Program program(task.set, task.catalogue, date, path);
    return rate([&] { program.score(columns.view, at_stage(scores), workspace); });
  };
  for (const auto path : {sim::SimdPath::scalar, sim::SimdPath::sse2, sim::widest_path()}) {
    line(fmt::format("scoring, {}", sim::name(path)), score_by(path));
  }
  const Program program(task.set, task.catalogue, date);
  FiredMasks masks;
  line("masks of all rules, kept", rate([&] { program.fire(columns.view, masks, workspace); }));

  RuleSet set = task.set;
  line("new weights over kept masks", rate([&] {
         for (Rule& r : set.rules) r.score = (r.score + 9) % 40;
         rescore(set, date, stage, masks, scores);
       }));
  RuleSet other = task.set;
  other.rules[7] = changed(task);
  line("one changed rule of 4 conditions: compiled, its mask", rate([&] {
         Program(other, task.catalogue, date).fire_one(columns.view, 7, masks, workspace);
       }));
  line("the same, with all scores from the masks", rate([&] {
         Program(other, task.catalogue, date).fire_one(columns.view, 7, masks, workspace);
         rescore(other, date, stage, masks, scores);
       }));
  std::vector<std::int64_t> counts(
      static_cast<std::size_t>(program.highest(stage) - program.lowest(stage) + 1));
  line(fmt::format("selected at each of {} thresholds", counts.size()),
       rate([&] { count_at_least(scores, program.lowest(stage), counts); }));
}

int run(std::span<char*> arguments) {
  const Task task = make_task();
  const Columns columns;
  std::vector<std::int32_t> scores(n_rows);
  Program::Workspace workspace;
  const Program program(task.set, task.catalogue, date);
  const auto pass = [&] { program.score(columns.view, at_stage(scores), workspace); };
  pass();
  for (std::size_t row = 0; row < n_rows; row += 997) {
    const Reasons r = evaluate(task.set, task.catalogue, date, stage, columns.view, row);
    if (r.score != scores[row]) throw std::logic_error("the engine and the reference differ");
  }
  const std::string word = arguments.empty() ? "" : arguments[0];
  if (word == "--columns" && arguments.size() == 2) {
    write_all(arguments[1], task, columns, scores);
  } else if (word == "--rate" && arguments.size() == 1) {
    std::cout << fmt::format("{:.6f}\n", 1e6 * rate(pass, 5));
  } else if (word.empty()) {
    figures(task, columns, scores);
  } else {
    throw std::invalid_argument("usage: corridor_bench_scoring [--columns DIR | --rate]");
  }
  return 0;
}

}  // namespace
}  // namespace corridor::bench

int main(int argc, char** argv) {
  try {
    return corridor::bench::run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
