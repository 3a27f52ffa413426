// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>

#include "models/risk/condition_run.hpp"
#include "models/risk/engine.hpp"
#include "models/risk/score_plan.hpp"
#include "models/risk/totals.hpp"

namespace corridor::risk {
namespace {

/// The totals of one call: where each that is wanted goes.
struct Wanted {
  std::uint32_t scores = 0, refers = 0;  ///< bit per total
  std::array<std::int32_t*, most_totals> score{};
  std::array<std::uint8_t*, most_totals> refer{};

  [[nodiscard]] std::uint32_t first() const { return scores & (~scores + 1); }
};

template <class Use>
void each_bit(std::uint32_t bits, Use use) {
  for (; bits != 0; bits &= bits - 1) use(static_cast<std::size_t>(std::countr_zero(bits)));
}

std::uint8_t need(OnMissing m) { return m == OnMissing::yes ? 1 : 2; }

std::int16_t narrow(std::int32_t x) {
  return static_cast<std::int16_t>(std::clamp<std::int32_t>(x, INT16_MIN, INT16_MAX));
}

/// Adds up one block. What adds to all totals that are wanted is added to the first of them, from
/// which the others start.
template <class Sum>
struct Adding {
  using Sums = std::array<Sum*, most_totals>;

  const ConditionRun& run;
  const Wanted& wanted;
  const RowBlock& b;
  std::size_t rows;  ///< b.n, or more where whole registers are added
  Sums sums, parts;  ///< per total; of the group that is being added up

  void all_of(const Totals& totals, std::int32_t base) const {
    const std::uint32_t all = wanted.scores, first = wanted.first();
    each_bit(first, [&](std::size_t t) { std::fill_n(sums[t], rows, static_cast<Sum>(base)); });
    for (const CappedAddends& g : totals.groups) {
      if (is_common(g)) add_group(g, first);
    }
    add_each(totals.ungrouped, sums, all);
    for (const CappedAddends& g : totals.groups) {
      if (!is_common(g)) add_group(g, all);
    }
  }

 private:
  [[nodiscard]] bool is_common(const Addend& a) const {
    return (a.totals & wanted.scores) == wanted.scores;
  }
  [[nodiscard]] bool is_common(const CappedAddends& g) const {
    return std::all_of(g.rules.begin(), g.rules.end(), [&](const Addend& a) {
      return is_common(a) || (a.totals & wanted.scores) == 0;
    });
  }

  void add_group(const CappedAddends& g, std::uint32_t to) const {
    each_bit(wanted.first(), [&](std::size_t t) { std::fill_n(parts[t], rows, Sum{0}); });
    add_each(g.rules, parts, to);
    each_bit(to, [&](std::size_t t) {
      if constexpr (sizeof(Sum) == 2) {
        run.kernels->add_capped16(parts[t], rows, narrow(g.least), narrow(g.most), sums[t]);
      } else {
        run.kernels->add_capped32(parts[t], rows, g.least, g.most, sums[t]);
      }
    });
  }

  /// \pre what is wanted beyond `to` is common
  void add_each(const std::vector<Addend>& rules, const Sums& into, std::uint32_t to) const {
    const std::uint32_t first = wanted.first();
    for (const Addend& a : rules) {
      if (is_common(a)) add(a, into, first);
    }
    each_bit(to ^ first, [&](std::size_t t) {
      std::copy_n(into[static_cast<std::size_t>(std::countr_zero(first))], rows, into[t]);
    });
    for (const Addend& a : rules) {
      if (!is_common(a)) add(a, into, to);
    }
  }

  void add(const Addend& a, const Sums& into, std::uint32_t to) const {
    const std::uint32_t adds = a.points != 0 ? a.totals & to : 0;
    const std::uint32_t refers = a.on_missing == OnMissing::refer ? a.totals & wanted.refers : 0;
    if ((adds | refers) == 0) return;
    const std::uint8_t* truth = run.evaluate(a.rule, b);
    each_bit(adds, [&](std::size_t t) {
      if constexpr (sizeof(Sum) == 2) {
        run.kernels->add16(truth, b.n, need(a.on_missing), narrow(a.points), into[t]);
      } else {
        run.kernels->add32(truth, b.n, need(a.on_missing), a.points, into[t]);
      }
    });
    each_bit(refers,
             [&](std::size_t t) { run.kernels->refer(truth, b.n, wanted.refer[t] + b.first); });
  }
};

}  // namespace

struct Program::Workspace::Impl {
  ConditionScratch scratch;
  /// Sums of each total, and of the group being added up; of 16 or 32 bits.
  std::array<std::vector<std::int16_t>, most_totals> sum16, part16;
  std::array<std::vector<std::int32_t>, most_totals> part32;

  void fit(std::uint32_t totals) {
    each_bit(totals, [&](std::size_t t) {
      sum16[t].resize(block_rows);
      part16[t].resize(block_rows);
      part32[t].resize(block_rows);
    });
  }
};

struct Program::Impl {
  std::size_t n_views, n_rules;
  ScorePlan plan;
  Totals totals;
  ConditionRun run;
  std::vector<OnMissing> on_missing;  ///< by rule

  Impl(const RuleSet& set, const Catalogue& catalogue, std::string_view date,
       std::span<const View> views, sim::SimdPath path)
      : n_views(views.size()),
        n_rules(set.rules.size()),
        plan(set, date),
        totals(set, catalogue, plan, views),
        run{compile(totals.rules, catalogue, date), {}, &risk::kernels(path)} {
    totals.rules = {};  // compiled
    for (const Rule& r : set.rules) on_missing.push_back(r.on_missing);
    for (const Feature& f : catalogue.features()) run.storage.push_back(f.storage);
  }

  void score(const RowBlock& b, const Wanted& wanted, Workspace::Impl& work) const {
    each_bit(wanted.refers,
             [&](std::size_t t) { std::fill_n(wanted.refer[t] + b.first, b.n, std::uint8_t{0}); });
    if (!plan.fits_16_bits) {
      Adding<std::int32_t> adding{run, wanted, b, b.n, {}, {}};
      each_bit(wanted.scores, [&](std::size_t t) {
        adding.sums[t] = wanted.score[t] + b.first;
        adding.parts[t] = work.part32[t].data();
      });
      adding.all_of(totals, plan.base);
      return;
    }
    const std::size_t rows = run.kernels->sum_rows;
    Adding<std::int16_t> adding{run, wanted, b, (b.n + rows - 1) / rows * rows, {}, {}};
    each_bit(wanted.scores, [&](std::size_t t) {
      adding.sums[t] = work.sum16[t].data();
      adding.parts[t] = work.part16[t].data();
    });
    adding.all_of(totals, plan.base);
    each_bit(wanted.scores, [&](std::size_t t) {
      run.kernels->total16(adding.sums[t], b.n, wanted.score[t] + b.first);
    });
  }

  void score(const TableView& table, std::span<const Output> out, Workspace::Impl& work) const {
    Wanted wanted;
    const auto each = [&](auto use) {
      for (std::size_t v = 0; v < out.size(); ++v) {
        for (std::size_t s = 0; s < n_stages; ++s) {
          use(out[v].score[s], totals.same[v * n_stages + s], wanted.scores, wanted.score);
          use(out[v].refer[s], totals.same[v * n_stages + s], wanted.refers, wanted.refer);
        }
      }
    };
    each([](const auto& span, std::size_t total, std::uint32_t& bits, auto& where) {
      if (span.empty() || where[total] != nullptr) return;
      bits |= 1U << total;
      where[total] = span.data();
    });
    work.fit(wanted.scores);
    run.blocks(table, work.scratch, [&](const RowBlock& b) { score(b, wanted, work); });
    each([](const auto& span, std::size_t total, std::uint32_t, const auto& where) {
      if (!span.empty() && span.data() != where[total]) {
        std::copy_n(where[total], span.size(), span.data());
      }
    });
  }

  void fire(std::size_t rule, const RowBlock& b, FiredMasks& masks) const {
    const std::size_t word = rule * masks.words() + b.first / 64;
    run.kernels->bitmaps(run.evaluate(rule, b), b.n, need(on_missing[rule]),
                         masks.fired.data() + word, masks.unknown.data() + word);
  }
};

Program::Program(const RuleSet& set, const Catalogue& catalogue, std::string_view date,
                 sim::SimdPath path)
    : Program(set, catalogue, date, std::array<View, 1>{}, path) {}
Program::Program(const RuleSet& set, const Catalogue& catalogue, std::string_view date,
                 std::span<const View> views, sim::SimdPath path) {
  if (views.empty() || views.size() > most_views) {
    throw std::invalid_argument("a program has one or two views");
  }
  impl_ = std::make_unique<Impl>(set, catalogue, date, views, path);
}
Program::~Program() = default;
Program::Program(const Program& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(const Program& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
  return *this;
}
Program& Program::operator=(Program&&) noexcept = default;

Program::Workspace::Workspace() : impl_(std::make_unique<Impl>()) {}
Program::Workspace::~Workspace() = default;
Program::Workspace::Workspace(Workspace&&) noexcept = default;
Program::Workspace& Program::Workspace::operator=(Workspace&&) noexcept = default;

void Program::score(const TableView& table, const Output& out, Workspace& workspace) const {
  score(table, std::span(&out, 1), workspace);
}

void Program::score(const TableView& table, std::span<const Output> out,
                    Workspace& workspace) const {
  if (out.size() > impl_->n_views) throw std::invalid_argument("more outputs than views");
  const auto check = [&](const auto& span) {
    if (!span.empty() && span.size() != table.n) {
      throw std::invalid_argument("an output has " + std::to_string(span.size()) +
                                  " entries, but the table " + std::to_string(table.n) + " rows");
    }
  };
  for (const Output& view : out) {
    for (const auto& s : view.score) check(s);
    for (const auto& r : view.refer) check(r);
  }
  impl_->score(table, out, *workspace.impl_);
}

void Program::fire(const TableView& table, FiredMasks& masks, Workspace& workspace) const {
  masks.n_rows = table.n;
  masks.n_rules = n_rules();
  masks.fired.assign(masks.n_rules * masks.words(), 0);
  masks.unknown.assign(masks.n_rules * masks.words(), 0);
  impl_->run.blocks(table, workspace.impl_->scratch, [&](const RowBlock& b) {
    for (std::size_t r = 0; r < n_rules(); ++r) {
      if (!impl_->run.code.rules[r].steps.empty()) impl_->fire(r, b, masks);
    }
  });
}

void Program::fire_one(const TableView& table, std::size_t rule, FiredMasks& masks,
                       Workspace& workspace) const {
  if (rule >= n_rules() || masks.n_rules != n_rules() || masks.n_rows != table.n) {
    throw std::invalid_argument("fire_one: the masks are of another table or another rule set");
  }
  if (impl_->run.code.rules[rule].steps.empty()) {
    const auto clear = [&](std::vector<std::uint64_t>& bits) {
      std::fill_n(bits.data() + rule * masks.words(), masks.words(), std::uint64_t{0});
    };
    clear(masks.fired);
    clear(masks.unknown);
    return;
  }
  impl_->run.blocks(table, workspace.impl_->scratch,
                    [&](const RowBlock& b) { impl_->fire(rule, b, masks); });
}

std::span<const std::uint16_t> Program::features_read() const { return impl_->run.code.features; }
std::size_t Program::n_rules() const { return impl_->n_rules; }
std::size_t Program::total(std::size_t view, Stage stage) const {
  return impl_->totals.same.at(view * n_stages + static_cast<std::size_t>(stage));
}
bool Program::may_refer(std::size_t view, Stage stage) const {
  return ((impl_->totals.referring >> total(view, stage)) & 1) != 0;
}
std::int32_t Program::highest(Stage stage) const {
  return impl_->plan.highest[static_cast<std::size_t>(stage)];
}
std::int32_t Program::lowest(Stage stage) const {
  return impl_->plan.lowest[static_cast<std::size_t>(stage)];
}
std::int32_t Program::base() const { return impl_->plan.base; }

}  // namespace corridor::risk
