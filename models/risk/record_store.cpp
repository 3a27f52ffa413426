// SPDX-License-Identifier: Apache-2.0
#include "models/risk/record_store.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numeric>
#include <set>

#include "models/risk/score_table.hpp"
#include "models/risk/storage_bytes.hpp"
#include "sim/checkpoint.hpp"

namespace corridor::risk {
namespace {

/// `n` values that stand for "missing".
void append_missing(StoredColumn& column, Storage storage, std::size_t n) {
  std::array<std::byte, 8> value{};
  const auto put = [&](auto v) { std::memcpy(value.data(), &v, sizeof v); };
  switch (storage) {
    case Storage::u8:
      put(missing_u8);
      break;
    case Storage::i16:
      put(missing_i16);
      break;
    case Storage::i32:
      put(missing_i32);
      break;
    case Storage::f64:
      put(std::numeric_limits<double>::quiet_NaN());
      break;
  }
  for (std::size_t i = 0; i < n; ++i)
    column.bytes.insert(column.bytes.end(), value.begin(),
                        value.begin() + static_cast<std::ptrdiff_t>(bytes_of(storage)));
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from, std::size_t n, T otherwise) {
  if (from.empty())
    to.insert(to.end(), n, otherwise);
  else
    to.insert(to.end(), from.begin(), from.end());
}

template <class T>
std::vector<T> chosen(const std::vector<T>& from, const std::vector<std::size_t>& rows) {
  std::vector<T> out;
  out.reserve(rows.size());
  for (const std::size_t row : rows) out.push_back(from[row]);
  return out;
}

}  // namespace

TableView RecordStore::table() const {
  TableView view;
  view.n = n;
  for (const StoredColumn& column : columns)
    view.columns.push_back({column.width == 0 ? nullptr : column.bytes.data()});
  return view;
}

std::int64_t RecordStore::hits() const { return std::count(truth.begin(), truth.end(), 1); }
std::int64_t RecordStore::known() const {
  return static_cast<std::int64_t>(n) - std::count(truth.begin(), truth.end(), unknown_truth);
}

std::string_view unit_of(std::string_view id) {
  const auto dot = id.rfind('.');
  std::string_view unit = dot == id.npos || dot == 0 ? id : id.substr(0, dot);
  for (const std::string_view way : {std::string_view("-out"), std::string_view("-back")})
    if (unit.size() > way.size() && unit.substr(unit.size() - way.size()) == way)
      return unit.substr(0, unit.size() - way.size());
  return unit;
}

RecordStore read_records(RecordSource& source, std::span<const std::uint16_t> features) {
  source.rewind();
  RecordStore store;
  const Catalogue& catalogue = source.catalogue();
  store.catalogue = &catalogue;
  store.columns.resize(catalogue.size());
  store.attributes = source.protected_attributes();
  store.protected_values.resize(store.attributes.size());
  RecordBlock block;
  while (source.next(block)) {
    const std::size_t n = block.features.n;
    for (const std::uint16_t f : features) {
      const Storage storage = catalogue[f].storage;
      const std::size_t width = bytes_of(storage);
      StoredColumn& column = store.columns[f];
      const void* data =
          f < block.features.columns.size() ? block.features.columns[f].data : nullptr;
      if (data == nullptr) {
        if (column.width > 0) append_missing(column, storage, n);
        continue;
      }
      if (column.width == 0) {  // the blocks before did not know it
        column.width = width;
        append_missing(column, storage, store.n);
      }
      const auto* bytes = static_cast<const std::byte*>(data);
      column.bytes.insert(column.bytes.end(), bytes, bytes + n * width);
    }
    append(store.truth, block.truth, n, unknown_truth);
    append(store.post, block.post, n, unknown_post);
    append(store.hour, block.hour, n, unknown_hour);
    append(store.tie, block.tie, n, std::uint32_t{0});
    append(store.stage, block.stage, n, static_cast<std::uint8_t>(Stage::arrival));
    for (std::size_t a = 0; a < store.attributes.size(); ++a) {
      static const std::vector<std::uint8_t> none;
      append(store.protected_values[a],
             a < block.protected_values.size() ? block.protected_values[a] : none, n,
             unknown_value);
    }
    for (const std::string& id : block.id)
      store.unit.push_back(sim::hash128(std::as_bytes(std::span(unit_of(id))))[0]);
    store.n += n;
  }
  store.posts = source.posts();
  store.date = source.date();
  store.description = source.description();
  store.statement = catalogue.synthetic_statement();
  if (store.statement.empty()) store.statement = shipped_statement;
  return store;
}

RecordStore subset(const RecordStore& store, std::span<const std::uint8_t> keep,
                   std::uint8_t wanted) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < store.n; ++i)
    if (keep[i] == wanted) rows.push_back(i);
  RecordStore out;
  out.n = rows.size();
  out.columns.resize(store.columns.size());
  for (std::size_t c = 0; c < store.columns.size(); ++c) {
    const StoredColumn& from = store.columns[c];
    StoredColumn& to = out.columns[c];
    to.width = from.width;
    to.bytes.resize(rows.size() * from.width);
    for (std::size_t i = 0; i < rows.size() && from.width > 0; ++i)
      std::memcpy(to.bytes.data() + i * from.width, from.bytes.data() + rows[i] * from.width,
                  from.width);
  }
  out.truth = chosen(store.truth, rows);
  out.post = chosen(store.post, rows);
  out.hour = chosen(store.hour, rows);
  out.tie = chosen(store.tie, rows);
  out.stage = chosen(store.stage, rows);
  out.unit = chosen(store.unit, rows);
  for (const auto& values : store.protected_values)
    out.protected_values.push_back(chosen(values, rows));
  out.attributes = store.attributes;
  out.posts = store.posts;
  out.date = store.date;
  out.description = store.description;
  out.statement = store.statement;
  out.catalogue = store.catalogue;
  return out;
}

void append_apart(RecordStore& to, const RecordStore& from) {
  std::int32_t last = 0;
  for (const std::int32_t hour : to.hour) last = std::max(last, hour);
  const std::uint64_t other = to.n;  // differs from append to append
  const auto join = [](auto& a, const auto& b) { a.insert(a.end(), b.begin(), b.end()); };
  for (std::size_t c = 0; c < to.columns.size(); ++c) {
    StoredColumn column = from.columns[c];
    const Storage storage = (*to.catalogue)[c].storage;
    if (column.width == 0 && to.columns[c].width == 0) continue;
    if (column.width == 0) append_missing(column, storage, from.n);
    if (to.columns[c].width == 0) {
      to.columns[c].width = column.width;
      append_missing(to.columns[c], storage, to.n);
    }
    join(to.columns[c].bytes, column.bytes);
  }
  join(to.truth, from.truth);
  join(to.post, from.post);
  for (const std::int32_t hour : from.hour)
    to.hour.push_back(hour == unknown_hour ? hour : hour + last + 1);
  join(to.tie, from.tie);
  join(to.stage, from.stage);
  for (const std::uint64_t unit : from.unit) to.unit.push_back(unit ^ (other * 0x9E3779B97F4A7C15));
  for (std::size_t a = 0; a < to.protected_values.size(); ++a)
    join(to.protected_values[a], from.protected_values[a]);
  to.n += from.n;
  to.description += "; " + from.description;
}

FiredMasks masks_of(const RuleSet& set, const RecordStore& store) {
  const Program program(set, *store.catalogue, store.date);
  Program::Workspace workspace;
  FiredMasks masks;
  program.fire(store.table(), masks, workspace);
  return masks;
}

std::vector<std::int32_t> scores_of(const RuleSet& set, const RecordStore& store,
                                    const FiredMasks& masks) {
  std::vector<std::int32_t> out(store.n), at_stage(store.n);
  for (std::size_t s = 0; s < n_stages; ++s) {
    const auto stage = static_cast<std::uint8_t>(s);
    if (std::find(store.stage.begin(), store.stage.end(), stage) == store.stage.end()) continue;
    rescore(set, store.date, static_cast<Stage>(s), masks, at_stage);
    for (std::size_t i = 0; i < store.n; ++i)
      if (store.stage[i] == stage) out[i] = at_stage[i];
  }
  return out;
}

void clear_uncounted(const RuleSet& set, const RecordStore& store, FiredMasks& masks) {
  for (std::size_t r = 0; r < set.rules.size(); ++r) {
    const bool counts = in_force(set.rules[r], store.date);
    for (std::size_t i = 0; i < store.n; ++i) {
      if (counts && set.rules[r].stages[store.stage[i]]) continue;
      const std::uint64_t bit = ~(std::uint64_t{1} << (i % 64));
      masks.fired[r * masks.words() + i / 64] &= bit;
      masks.unknown[r * masks.words() + i / 64] &= bit;
    }
  }
}

std::vector<std::uint16_t> features_of(std::span<const RuleSet* const> sets,
                                       const Catalogue& catalogue, std::string_view date) {
  std::set<std::uint16_t> out;
  for (const RuleSet* set : sets) {
    const Program program(*set, catalogue, date);
    out.insert(program.features_read().begin(), program.features_read().end());
  }
  return {out.begin(), out.end()};
}

}  // namespace corridor::risk
