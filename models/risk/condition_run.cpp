// SPDX-License-Identifier: Apache-2.0
#include "models/risk/condition_run.hpp"

#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>

#include "models/risk/storage_bytes.hpp"

namespace corridor::risk {
namespace {

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

void ConditionRun::prepare(const TableView& table, ConditionScratch& work) const {
  const auto grow = [](auto& v, std::size_t n) {
    if (v.size() < n) v.resize(n);
  };
  grow(work.slots, code.n_slots * block_rows);
  grow(work.lanes, code.n_registers * lane_rows);
  grow(work.counters, 2 * code.n_counters * block_rows);
  work.shared_ready.assign(code.shared.size(), 0);
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

void ConditionRun::number_steps(const std::vector<NumberStep>& steps, const RowBlock& b,
                                std::size_t offset, std::size_t n) const {
  for (const NumberStep& s : steps) {
    double* to = b.work.lane(s.to);
    switch (s.kind) {
      case NumberStep::Kind::constant:
        std::fill_n(to, n, s.value);
        break;
      case NumberStep::Kind::load:
        kernels->load[storage_row(storage[s.feature])](b.column(s.feature, offset), n, s.value, to);
        break;
      case NumberStep::Kind::unary:
        kernels->unary[static_cast<std::size_t>(s.unary)](to, n);
        break;
      case NumberStep::Kind::arithmetic:
        kernels->arithmetic[static_cast<std::size_t>(s.arithmetic)](to, b.work.lane(s.to + 1U), n);
        break;
    }
  }
}

/// Test of a computed number, run by run.
void ConditionRun::number(const Step& s, const RowBlock& b, std::uint8_t* out) const {
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

void ConditionRun::step(const Step& s, const RowBlock& b) const {
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

const std::uint8_t* ConditionRun::evaluate(std::size_t rule, const RowBlock& b) const {
  const Fragment& f = code.rules[rule];
  for (const std::uint16_t part : f.needs) {
    if (b.work.shared_ready[part] != 0) continue;
    for (const Step& s : code.shared[part].steps) step(s, b);
    b.work.shared_ready[part] = 1;
  }
  for (const Step& s : f.steps) step(s, b);
  return b.work.slot(f.slot);
}

}  // namespace corridor::risk
