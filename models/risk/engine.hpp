// SPDX-License-Identifier: Apache-2.0
/// \file engine.hpp  Scores columns: a rule set compiled to passes of typed kernels over blocks.
///
/// A program is immutable and keeps nothing between calls: any number of threads may score with
/// one program, each with its own workspace. Truth values are bytes 0 = false, 1 = unknown, 2 =
/// true, so that `and` is a minimum, `or` a maximum and `not` 2 - x. Comparisons of a column with a
/// constant become one integer comparison with a threshold found at compile time; everything else
/// runs in double lanes. Per block of rows, each rule leaves a mask of bytes; scores are sums of
/// whole numbers over the masks, so the result is the same for any block length and instruction
/// set. Bit-equal to `reference.hpp`, which is written for reading. No call per row, but for log1p.
///
/// Views. A table may be scored as several see it: each view says what is known of all its rows
/// (a list that nobody is on, a history that one country keeps). What is known is folded into the
/// conditions; rules that say the same in all views are worked out once, and so are totals, over
/// views and stages, to which the same rules add.
///
/// Which files: known_features.hpp (what is known, folded), compile.hpp (tree to steps),
/// kernels.hpp (the passes over a block), condition_run.hpp (runs the steps), score_plan.hpp (which
/// rule adds what at which stage), totals.hpp (and in which view), program.cpp (adds up),
/// kept_masks.cpp, reasons.cpp.
///
/// Limits. Group caps and `base` are in the whole numbers that are added (rule_set.hpp), and
/// min <= 0 <= max, so that a group in which nothing fires adds nothing. A set whose total could
/// leave 32 bits is refused.
///
/// Checked in tests/models/risk/test_engine.cpp, test_views.cpp, test_kept_masks.cpp and
/// test_reasons.cpp: equality with the reference on random sets and tables on every instruction
/// set, missing values, any split of a table, many threads, sums of shares.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/columns.hpp"
#include "models/risk/feature.hpp"
#include "models/risk/rule_set.hpp"
#include "sim/random.hpp"

namespace corridor::risk {

/// Which rules fired on which rows, kept so that new weights, one changed rule or other thresholds
/// need no second look at the records. One bitmap a rule, 64 rows a word, row i at bit i % 64 of
/// word i / 64; bits beyond the last row are 0.
struct FiredMasks {
  std::size_t n_rows = 0, n_rules = 0;
  std::vector<std::uint64_t> fired;    ///< [rule][words()]
  std::vector<std::uint64_t> unknown;  ///< [rule][words()]: the condition was unknown
  [[nodiscard]] std::size_t words() const { return (n_rows + 63) / 64; }
  [[nodiscard]] bool fires(std::size_t rule, std::size_t row) const {
    return ((fired[rule * words() + row / 64] >> (row % 64)) & 1) != 0;
  }
};

class Program {
 public:
  /// Compiles the rules of `set` that are in force on `date` (YYYY-MM-DD); the others are known but
  /// never fire. \pre the set has been checked against the catalogue (parse_rule_set or check).
  /// \param path  instruction set; all give the same bits
  /// \throws std::invalid_argument when a group's caps do not enclose 0, a total could leave 32
  /// bits, a condition is malformed, or the CPU has not got `path`.
  Program(const RuleSet& set, const Catalogue& catalogue, std::string_view date,
          sim::SimdPath path = sim::SimdPath::best);
  /// The same for tables that are seen in one or two ways. \pre what the views know is so in every
  /// table; a column that is known missing in one view alone may be there for the other
  /// \throws std::invalid_argument also for another number of views, and for a value that is known
  /// of a feature which is no byte
  Program(const RuleSet& set, const Catalogue& catalogue, std::string_view date,
          std::span<const View> views, sim::SimdPath path = sim::SimdPath::best);
  ~Program();
  Program(const Program&);
  Program(Program&&) noexcept;
  Program& operator=(const Program&);
  Program& operator=(Program&&) noexcept;

  /// Scratch memory of one thread.
  class Workspace {
   public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;

   private:
    friend class Program;
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  /// Scores of rows [0, table.n) at each stage that is wanted.
  struct Output {
    /// Per stage, table.n scores; empty span = not wanted.
    std::array<std::span<std::int32_t>, n_stages> score;
    /// Per stage, 1 = a rule of that stage with on_missing = "refer" was unknown; may be empty.
    std::array<std::span<std::uint8_t>, n_stages> refer;
  };
  /// \throws std::invalid_argument when a span that is given has another length than table.n, or
  /// the table has fewer columns than a rule in force reads.
  void score(const TableView& table, const Output& out, Workspace& workspace) const;
  /// The same in several views, in the order in which they were given.
  void score(const TableView& table, std::span<const Output> out, Workspace& workspace) const;

  /// A number for a view and stage; those with equal numbers give every record the same score and
  /// refer the same records, so that one of them need be asked for.
  [[nodiscard]] std::size_t total(std::size_t view, Stage stage) const;
  /// Whether any rule can refer a record there.
  [[nodiscard]] bool may_refer(std::size_t view, Stage stage) const;

  /// Which rules fire in the first view: all rules, whatever their stage.
  void fire(const TableView& table, FiredMasks& masks, Workspace& workspace) const;
  /// The same of one rule only, into its row of `masks`: after that rule was changed.
  /// \throws std::invalid_argument when `masks` are of other numbers of rows or rules, or there is
  /// no such rule.
  void fire_one(const TableView& table, std::size_t rule, FiredMasks& masks,
                Workspace& workspace) const;

  /// Features that the rules in force read, ascending: the only columns that must be filled.
  [[nodiscard]] std::span<const std::uint16_t> features_read() const;
  [[nodiscard]] std::size_t n_rules() const;
  /// Most and least that a record can get at a stage, by adding up (an upper bound: rules may
  /// exclude each other).
  [[nodiscard]] std::int32_t highest(Stage stage) const;
  [[nodiscard]] std::int32_t lowest(Stage stage) const;
  [[nodiscard]] std::int32_t base() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Scores from kept masks under the weights, groups and caps of `set` (the same rules in the same
/// order as when the masks were made; scores, base, stages and caps may differ). \param scores
/// n_rows of them \throws std::invalid_argument for another number of rows or rules, and as Program
void rescore(const RuleSet& set, std::string_view date, Stage stage, const FiredMasks& masks,
             std::span<std::int32_t> scores, sim::SimdPath path = sim::SimdPath::best);

/// For each threshold, how many rows reach it: counts[i] = rows with score >= lowest + i, for
/// i = 0 .. counts.size() - 1.
void count_at_least(std::span<const std::int32_t> scores, std::int32_t lowest,
                    std::span<std::int64_t> counts);

/// Why a score is what it is.
struct Share {
  std::size_t rule = 0;
  std::int32_t points = 0;  ///< after caps; shares and base add up to the score exactly
};
struct Reasons {
  std::int32_t score = 0, base = 0;
  std::vector<Share> shares;  ///< rules that fired, in the order of the set
  std::vector<std::size_t>
      referred;  ///< rules with on_missing = "refer" whose condition is unknown
};
/// \param fires, unknown  one entry a rule of the set; of rules not in force at the stage they are
/// not looked at \throws std::invalid_argument for another number of entries, and as Program
[[nodiscard]] Reasons reasons(const RuleSet& set, std::string_view date, Stage stage,
                              const std::vector<bool>& fires, const std::vector<bool>& unknown);

}  // namespace corridor::risk
