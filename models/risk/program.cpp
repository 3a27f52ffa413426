// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>

#include "models/risk/compile.hpp"
#include "models/risk/engine.hpp"
#include "models/risk/score_plan.hpp"
#include "models/risk/storage_bytes.hpp"

namespace corridor::risk {
namespace {

/// Rows that are worked on at a time: a multiple of 64 (words of the bitmaps). Masks and sums (4
/// and 8 KiB) stay in the first level of the cache, the block's columns in the second; shorter
/// blocks read memory in pieces too small for the CPU to fetch ahead (bench/README.md).
constexpr std::size_t block_rows = 4096;
/// Rows of a lane register: numbers are worked out in shorter runs, since they are wide.
constexpr std::size_t lane_rows = 256;
static_assert(block_rows % lane_rows == 0 && lane_rows % 64 == 0);

std::size_t storage_row(Storage s) { return static_cast<std::size_t>(s); }

/// A block of missing values of each storage, for columns that a table has not got.
struct MissingBlock {
  std::array<std::uint8_t, block_rows> u8;
  std::array<std::int16_t, block_rows> i16;
  std::array<std::int32_t, block_rows> i32;
  std::array<double, block_rows> f64;
  MissingBlock() {
    u8.fill(missing_u8);
    i16.fill(missing_i16);
    i32.fill(missing_i32);
    f64.fill(std::numeric_limits<double>::quiet_NaN());
  }
  [[nodiscard]] const void* of(Storage s) const {
    const std::array<const void*, 4> all{u8.data(), i16.data(), i32.data(), f64.data()};
    return all[storage_row(s)];
  }
};

const MissingBlock& missing_block() {
  static const MissingBlock block;
  return block;
}

}  // namespace

struct Program::Workspace::Impl {
  std::vector<std::uint8_t> slots;
  std::vector<double> lanes;
  std::vector<std::int16_t> counters;
  std::vector<std::uint8_t> shared_ready;
  /// Sums of each stage, and of the group being added up; of 16 or 32 bits.
  std::array<std::vector<std::int16_t>, n_stages> sum16, part16;
  std::array<std::vector<std::int32_t>, n_stages> part32;
  std::vector<const std::byte*> columns;  ///< by feature
  std::vector<std::size_t> stride;        ///< bytes a row; 0 = missing everywhere

  void fit(const Code& code) {
    const auto grow = [](auto& v, std::size_t n) {
      if (v.size() < n) v.resize(n);
    };
    grow(slots, code.n_slots * block_rows);
    grow(lanes, code.n_registers * lane_rows);
    grow(counters, 2 * code.n_counters * block_rows);
    shared_ready.assign(code.shared.size(), 0);
    for (std::size_t s = 0; s < n_stages; ++s) {
      grow(sum16[s], block_rows);
      grow(part16[s], block_rows);
      grow(part32[s], block_rows);
    }
  }
  [[nodiscard]] std::uint8_t* slot(std::size_t i) { return slots.data() + i * block_rows; }
  [[nodiscard]] double* lane(std::size_t i) { return lanes.data() + i * lane_rows; }
};

struct Program::Impl {
  Code code;
  ScorePlan plan;
  std::vector<OnMissing> on_missing;  ///< by rule
  std::vector<Storage> storage;       ///< by feature
  const Kernels* kernels;

  Impl(const RuleSet& set, const Catalogue& catalogue, std::string_view date, sim::SimdPath path)
      : code(compile(set, catalogue, date)), plan(set, date), kernels(&risk::kernels(path)) {
    for (const Rule& r : set.rules) on_missing.push_back(r.on_missing);
    for (const Feature& f : catalogue.features()) storage.push_back(f.storage);
  }

  /// Rows [first, first + n) of a table under way.
  struct Block {
    Workspace::Impl& work;
    std::size_t first = 0, n = 0;
    [[nodiscard]] const void* column(std::size_t feature) const {
      return work.columns[feature] + first * work.stride[feature];
    }
    [[nodiscard]] const void* column(std::size_t feature, std::size_t offset) const {
      return work.columns[feature] + (first + offset) * work.stride[feature];
    }
  };

  void prepare(const TableView& table, Workspace::Impl& work) const {
    work.fit(code);
    work.columns.assign(storage.size(), nullptr);
    work.stride.assign(storage.size(), 0);
    for (const std::uint16_t f : code.features) {
      if (f >= table.columns.size()) {
        throw std::invalid_argument("the table has " + std::to_string(table.columns.size()) +
                                    " columns, but column " + std::to_string(f) + " is read");
      }
      const void* data = table.columns[f].data;
      if (data == nullptr) {
        work.columns[f] = static_cast<const std::byte*>(missing_block().of(storage[f]));
      } else {
        work.columns[f] = static_cast<const std::byte*>(data);
        work.stride[f] = bytes_of(storage[f]);
      }
    }
  }

  template <class Function>  // f(block)
  void blocks(const TableView& table, Workspace::Impl& work, Function f) const {
    prepare(table, work);
    for (std::size_t i = 0; i < table.n; i += block_rows) {
      std::fill(work.shared_ready.begin(), work.shared_ready.end(), std::uint8_t{0});
      f(Block{work, i, std::min(block_rows, table.n - i)});
    }
  }

  void number_steps(const std::vector<NumberStep>& steps, const Block& b, std::size_t offset,
                    std::size_t n) const {
    for (const NumberStep& s : steps) {
      double* to = b.work.lane(s.to);
      switch (s.kind) {
        case NumberStep::Kind::constant:
          std::fill_n(to, n, s.value);
          break;
        case NumberStep::Kind::load:
          kernels->load[storage_row(storage[s.feature])](b.column(s.feature, offset), n, s.value,
                                                         to);
          break;
        case NumberStep::Kind::unary:
          kernels->unary[static_cast<std::size_t>(s.unary)](to, n);
          break;
        case NumberStep::Kind::arithmetic:
          kernels->arithmetic[static_cast<std::size_t>(s.arithmetic)](to, b.work.lane(s.to + 1U),
                                                                      n);
          break;
      }
    }
  }

  /// Test of a computed number, run by run.
  void number(const Step& s, const Block& b, std::uint8_t* out) const {
    const auto mode = static_cast<std::size_t>(s.mode), test = static_cast<std::size_t>(s.test);
    for (std::size_t i = 0; i < b.n; i += lane_rows) {
      const std::size_t n = std::min(lane_rows, b.n - i);
      number_steps(code.numbers[s.index], b, i, n);
      if (s.kind == Step::Kind::number) {
        constexpr std::size_t of_doubles = 2;
        kernels->column[of_doubles][test][s.negated][mode](b.work.lane(0), n, s.bounds, out + i);
      } else {
        kernels->compare[test][s.negated][mode](b.work.lane(0), b.work.lane(1), n, out + i);
      }
    }
  }

  void step(const Step& s, const Block& b) const {
    std::uint8_t* out = b.work.slot(s.to);
    const auto mode = static_cast<std::size_t>(s.mode), test = static_cast<std::size_t>(s.test);
    const auto counter = [&](std::size_t which) {
      return b.work.counters.data() + (2 * s.index + which) * block_rows;
    };
    switch (s.kind) {
      case Step::Kind::fill:
        std::memset(out, s.value, b.n);
        break;
      case Step::Kind::column: {
        const std::size_t row = storage_row(storage[s.feature]) - storage_row(Storage::i16);
        kernels->column[row][test][s.negated][mode](b.column(s.feature), b.n, s.bounds, out);
        break;
      }
      case Step::Kind::bytes:
        kernels->bytes[mode](static_cast<const std::uint8_t*>(b.column(s.feature)), b.n,
                             code.tables[s.index], out);
        break;
      case Step::Kind::number:
      case Step::Kind::compare:
        number(s, b, out);
        break;
      case Step::Kind::combine:
        kernels->combine[s.negated][mode](b.work.slot(s.from), b.n, out);
        break;
      case Step::Kind::same:
        kernels->same(b.work.slot(s.from), b.n, out);
        break;
      case Step::Kind::count_begin:
        std::fill_n(counter(0), b.n, std::int16_t{0});
        std::fill_n(counter(1), b.n, std::int16_t{0});
        break;
      case Step::Kind::count:
        kernels->count(b.work.slot(s.from), b.n, counter(0), counter(1));
        break;
      case Step::Kind::counted:
        kernels->counted(counter(0), counter(1), b.n, s.value, out);
        break;
    }
  }

  /// Truth values of a rule on a block.
  const std::uint8_t* evaluate(std::size_t rule, const Block& b) const {
    const Fragment& f = code.rules[rule];
    for (const std::uint16_t part : f.needs) {
      if (b.work.shared_ready[part] != 0) continue;
      for (const Step& s : code.shared[part].steps) step(s, b);
      b.work.shared_ready[part] = 1;
    }
    for (const Step& s : f.steps) step(s, b);
    return b.work.slot(f.slot);
  }

  [[nodiscard]] std::uint8_t need(OnMissing m) const { return m == OnMissing::yes ? 1 : 2; }

  void add(const PlannedRule& r, const Block& b, const Output& out, bool grouped) const {
    const auto is_wanted = [&](std::size_t s) {
      return r.stages[s] && !out.score[s].empty() && r.points != 0;
    };
    const auto refers = [&](std::size_t s) {
      return r.stages[s] && !out.refer[s].empty() && r.on_missing == OnMissing::refer;
    };
    bool any = false;
    for (std::size_t s = 0; s < n_stages; ++s) any = any || is_wanted(s) || refers(s);
    if (!any) return;
    const std::uint8_t* truth = evaluate(r.rule, b);
    for (std::size_t s = 0; s < n_stages; ++s) {
      if (is_wanted(s) && plan.fits_16_bits) {
        auto& sum = grouped ? b.work.part16[s] : b.work.sum16[s];
        kernels->add16(truth, b.n, need(r.on_missing), static_cast<std::int16_t>(r.points),
                       sum.data());
      } else if (is_wanted(s)) {
        std::int32_t* sum =
            grouped ? b.work.part32[s].data() : out.score[s].subspan(b.first, b.n).data();
        kernels->add32(truth, b.n, need(r.on_missing), r.points, sum);
      }
      if (refers(s)) kernels->refer(truth, b.n, out.refer[s].subspan(b.first, b.n).data());
    }
  }

  void add(const PlannedGroup& g, const Block& b, const Output& out) const {
    // Whole registers are added up, so whole arrays are cleared.
    for (std::size_t s = 0; s < n_stages; ++s) {
      if (out.score[s].empty()) continue;
      if (plan.fits_16_bits) {
        std::fill(b.work.part16[s].begin(), b.work.part16[s].end(), std::int16_t{0});
      } else {
        std::fill(b.work.part32[s].begin(), b.work.part32[s].end(), 0);
      }
    }
    for (const PlannedRule& r : g.rules) add(r, b, out, true);
    const auto short_of = [](std::int32_t x) {
      return static_cast<std::int16_t>(std::clamp<std::int32_t>(x, INT16_MIN, INT16_MAX));
    };
    for (std::size_t s = 0; s < n_stages; ++s) {
      if (out.score[s].empty()) continue;
      if (plan.fits_16_bits) {
        kernels->add_capped16(b.work.part16[s].data(), block_rows, short_of(g.least),
                              short_of(g.most), b.work.sum16[s].data());
      } else {
        kernels->add_capped32(b.work.part32[s].data(), b.n, g.least, g.most,
                              out.score[s].subspan(b.first, b.n).data());
      }
    }
  }

  void score(const Block& b, const Output& out) const {
    for (std::size_t s = 0; s < n_stages; ++s) {
      if (!out.score[s].empty()) {
        if (plan.fits_16_bits) {
          std::fill(b.work.sum16[s].begin(), b.work.sum16[s].end(),
                    static_cast<std::int16_t>(plan.base));
        } else {
          std::fill_n(out.score[s].subspan(b.first, b.n).data(), b.n, plan.base);
        }
      }
      if (!out.refer[s].empty()) {
        std::fill_n(out.refer[s].subspan(b.first, b.n).data(), b.n, std::uint8_t{0});
      }
    }
    for (const PlannedRule& r : plan.ungrouped) add(r, b, out, false);
    for (const PlannedGroup& g : plan.groups) add(g, b, out);
    for (std::size_t s = 0; s < n_stages && plan.fits_16_bits; ++s) {
      if (out.score[s].empty()) continue;
      kernels->total16(b.work.sum16[s].data(), b.n, out.score[s].subspan(b.first, b.n).data());
    }
  }

  void fire(std::size_t rule, const Block& b, FiredMasks& masks) const {
    const std::size_t word = rule * masks.words() + b.first / 64;
    kernels->bitmaps(evaluate(rule, b), b.n, need(on_missing[rule]), masks.fired.data() + word,
                     masks.unknown.data() + word);
  }
};

Program::Program(const RuleSet& set, const Catalogue& catalogue, std::string_view date,
                 sim::SimdPath path)
    : impl_(std::make_unique<Impl>(set, catalogue, date, path)) {}
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
  const auto check = [&](const auto& span) {
    if (!span.empty() && span.size() != table.n) {
      throw std::invalid_argument("an output has " + std::to_string(span.size()) +
                                  " entries, but the table " + std::to_string(table.n) + " rows");
    }
  };
  for (const auto& s : out.score) check(s);
  for (const auto& r : out.refer) check(r);
  impl_->blocks(table, *workspace.impl_, [&](const Impl::Block& b) { impl_->score(b, out); });
}

void Program::fire(const TableView& table, FiredMasks& masks, Workspace& workspace) const {
  masks.n_rows = table.n;
  masks.n_rules = n_rules();
  masks.fired.assign(masks.n_rules * masks.words(), 0);
  masks.unknown.assign(masks.n_rules * masks.words(), 0);
  impl_->blocks(table, *workspace.impl_, [&](const Impl::Block& b) {
    for (std::size_t r = 0; r < n_rules(); ++r) {
      if (!impl_->code.rules[r].steps.empty()) impl_->fire(r, b, masks);
    }
  });
}

void Program::fire_one(const TableView& table, std::size_t rule, FiredMasks& masks,
                       Workspace& workspace) const {
  if (rule >= n_rules() || masks.n_rules != n_rules() || masks.n_rows != table.n) {
    throw std::invalid_argument("fire_one: the masks are of another table or another rule set");
  }
  if (impl_->code.rules[rule].steps.empty()) {
    const auto clear = [&](std::vector<std::uint64_t>& bits) {
      std::fill_n(bits.data() + rule * masks.words(), masks.words(), std::uint64_t{0});
    };
    clear(masks.fired);
    clear(masks.unknown);
    return;
  }
  impl_->blocks(table, *workspace.impl_,
                [&](const Impl::Block& b) { impl_->fire(rule, b, masks); });
}

std::span<const std::uint16_t> Program::features_read() const { return impl_->code.features; }
std::size_t Program::n_rules() const { return impl_->code.rules.size(); }
std::int32_t Program::highest(Stage stage) const {
  return impl_->plan.highest[static_cast<std::size_t>(stage)];
}
std::int32_t Program::lowest(Stage stage) const {
  return impl_->plan.lowest[static_cast<std::size_t>(stage)];
}
std::int32_t Program::base() const { return impl_->plan.base; }

}  // namespace corridor::risk
