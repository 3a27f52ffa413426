// SPDX-License-Identifier: Apache-2.0
#include "models/risk/record_columns.hpp"

#include <fmt/format.h>

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sim/names.hpp"

namespace corridor::risk {
namespace {

using Kind = ColumnRole::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 5> own_columns{{{"id", Kind::id},
                                                                        {"truth", Kind::truth},
                                                                        {"post", Kind::post},
                                                                        {"hour", Kind::hour},
                                                                        {"stage", Kind::stage}}};

const std::vector<std::string>& stage_names() {
  static const std::vector<std::string> names{std::string(name(Stage::booking)),
                                              std::string(name(Stage::check_in)),
                                              std::string(name(Stage::arrival))};
  return names;
}

/// A value in a message, not more of it than it takes to find it.
std::string shown(std::string_view value) {
  std::size_t end = std::min<std::size_t>(value.size(), 24);
  while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  std::string out(value.substr(0, end));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  return end < value.size() ? out + "..." : out;
}

}  // namespace

ColumnRole role_of(std::string_view column, const RecordSchema& schema) {
  for (const auto& [name, kind] : own_columns)
    if (name == column) return {kind, 0};
  for (std::size_t i = 0; i < schema.protected_attributes.size(); ++i)
    if (schema.protected_attributes[i].name == column) return {Kind::attribute, i};
  const auto feature = schema.catalogue.find(column);
  if (feature && schema.catalogue[*feature].legal != LegalClass::audit_only)
    return {Kind::feature, *feature};
  return {};
}

std::vector<std::string> possible_columns(const RecordSchema& schema) {
  std::vector<std::string> names;
  for (const Feature& f : schema.catalogue.features())
    if (f.legal != LegalClass::audit_only) names.push_back(f.name);
  for (const ProtectedAttribute& a : schema.protected_attributes) names.push_back(a.name);
  for (const auto& [name, kind] : own_columns) names.emplace_back(name);
  return names;
}

RecordColumns::RecordColumns(const RecordSchema& schema, std::vector<std::string> names,
                             std::optional<Stage> stage)
    : schema_(schema), columns_(names.size()), stage_(stage) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    Column& c = columns_[i];
    c.name = std::move(names[i]);
    c.role = role_of(c.name, schema);
    if (c.role.kind == Kind::feature) {
      c.feature = &schema.catalogue[c.role.index];
      if (c.feature->type == FeatureType::category) c.values = &c.feature->values;
      if (c.feature->type == FeatureType::number && c.feature->hi >= 19'000'101) c.dates.emplace();
    } else if (c.role.kind == Kind::attribute) {
      c.values = &schema.protected_attributes[c.role.index].values;
    } else if (c.role.kind == Kind::stage) {
      c.values = &stage_names();
    } else if (c.role.kind == Kind::post) {
      c.watch.emplace(Watched::post);
    } else if (c.role.kind == Kind::id || c.role.kind == Kind::unknown) {
      c.watch.emplace(Watched::text);
    }
    for (std::size_t k = 0; c.values && k < c.values->size(); ++k)
      c.by_name.emplace((*c.values)[k], static_cast<std::uint8_t>(k));
  }
}

bool RecordColumns::takes_numbers(std::size_t column) const {
  const Column& c = columns_[column];
  return c.role.kind == Kind::truth || c.role.kind == Kind::hour ||
         (c.feature && c.feature->type != FeatureType::category);
}

void RecordColumns::begin_block() {
  for (Column& c : columns_) {
    c.u8.clear();
    c.i16.clear();
    c.i32.clear();
    c.f64.clear();
    c.text.clear();
    c.rows.clear();
  }
}

std::uint32_t RecordColumns::post_of(std::string_view name) {
  const auto [it, is_new] =
      post_rows_.try_emplace(std::string(name), static_cast<std::uint32_t>(posts_.size()));
  if (is_new) posts_.emplace_back(name);
  return it->second;
}

std::string RecordColumns::put_category(Column& c, std::string_view value) {
  const auto found = c.by_name.find(value);
  if (found == c.by_name.end()) {
    c.u8.push_back(missing_u8);
    return fmt::format("{} = '{}' is none of {}{}", c.name, shown(value), sim::listed(*c.values),
                       sim::did_you_mean(value.substr(0, 80), *c.values));
  }
  c.u8.push_back(found->second);
  return "";
}

std::string RecordColumns::put_flag(Column& c, double value) {
  const bool right = value == 0 || value == 1;
  c.u8.push_back(right ? static_cast<std::uint8_t>(value) : missing_u8);
  return right ? "" : fmt::format("{} = {} is neither 0 nor 1", c.name, value);
}

std::string RecordColumns::put_missing(std::size_t column) {
  Column& c = columns_[column];
  switch (c.role.kind) {
    case Kind::feature:
      switch (c.feature->storage) {
        case Storage::u8:
          c.u8.push_back(missing_u8);
          break;
        case Storage::i16:
          c.i16.push_back(missing_i16);
          break;
        case Storage::i32:
          c.i32.push_back(missing_i32);
          break;
        case Storage::f64:
          c.f64.push_back(std::nan(""));
          break;
      }
      return "";
    case Kind::truth:
    case Kind::attribute:
      c.u8.push_back(unknown_value);
      return "";
    case Kind::post:
      c.rows.push_back(unknown_post);
      return "";
    case Kind::hour:
      c.i32.push_back(unknown_hour);
      return "";
    case Kind::stage:
      c.u8.push_back(static_cast<std::uint8_t>(Stage::arrival));
      return fmt::format("{} is empty; allowed are {}", c.name, sim::listed(stage_names()));
    case Kind::id:
      c.text.emplace_back();
      return "id is empty";
    case Kind::unknown:
      break;
  }
  return "";
}

std::string RecordColumns::put_number(std::size_t column, double value, std::uint64_t place) {
  Column& c = columns_[column];
  if (c.role.kind == Kind::truth || (c.feature && c.feature->type == FeatureType::boolean))
    return put_flag(c, value);
  if (c.role.kind == Kind::hour) {
    const bool right = std::abs(value) <= 1e8 && value == std::floor(value);
    c.i32.push_back(right ? static_cast<std::int32_t>(value) : unknown_hour);
    return right ? "" : fmt::format("hour = {} is not a whole number in [-1e8, 1e8]", value);
  }
  const Feature& f = *c.feature;
  std::string wrong;
  double stored = value;
  if (!std::isfinite(value)) {
    wrong =
        fmt::format("{} = {} is not a finite number; allowed is {}", f.name, value, range_text(f));
  } else if (!(value >= f.lo && value <= f.hi)) {
    wrong = fmt::format("{} = {} is outside {}", f.name, value, range_text(f));
  } else if (f.storage != Storage::f64) {
    stored = std::floor(value * f.per_unit + 0.5);
    if (stored / f.per_unit != value)
      wrong = f.per_unit == 1
                  ? fmt::format("{} = {} is not a whole number", f.name, value)
                  : fmt::format("{} = {} is finer than 1/{}, in which it is counted; round it",
                                f.name, value, f.per_unit);
  }
  if (c.dates && wrong.empty()) c.dates->look(value, place);
  if (!wrong.empty()) {
    static_cast<void>(put_missing(column));
    return wrong;
  }
  switch (f.storage) {
    case Storage::i16:
      c.i16.push_back(static_cast<std::int16_t>(stored));
      break;
    case Storage::i32:
      c.i32.push_back(static_cast<std::int32_t>(stored));
      break;
    case Storage::f64:
      c.f64.push_back(value);
      break;
    case Storage::u8:
      c.u8.push_back(static_cast<std::uint8_t>(stored));
      break;
  }
  return "";
}

std::string RecordColumns::put_text(std::size_t column, std::string_view value,
                                    std::uint64_t place) {
  Column& c = columns_[column];
  if (c.watch) c.watch->look(value, place);
  if (value.empty()) return put_missing(column);
  if (c.role.kind == Kind::unknown) return "";
  if (c.role.kind == Kind::id) {
    c.text.emplace_back(value);
    return "";
  }
  if (c.role.kind == Kind::post) {
    c.rows.push_back(post_of(value));
    return "";
  }
  if (c.values) return put_category(c, value);
  const bool is_word = value == "true" || value == "false";
  if (is_word && c.feature && c.feature->type == FeatureType::boolean)
    return put_flag(c, value == "true" ? 1 : 0);
  double x = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, x);
  if (error == std::errc() && stop == end) return put_number(column, x, place);
  static_cast<void>(put_missing(column));
  if (c.role.kind == Kind::truth)
    return fmt::format("truth = '{}' is neither 0 nor 1", shown(value));
  if (c.role.kind == Kind::hour)
    return fmt::format("hour = '{}' is not a whole number", shown(value));
  if (c.feature->type == FeatureType::boolean)
    return fmt::format("{} = '{}' is none of '0', '1', 'false', 'true'", c.name, shown(value));
  return fmt::format("{} = '{}' is not a number; allowed is {}", c.name, shown(value),
                     range_text(*c.feature));
}

void RecordColumns::give(std::size_t n, std::uint64_t first, RecordBlock& block) const {
  block = {};
  block.features.n = n;
  block.features.columns.resize(schema_.catalogue.size());
  block.protected_values.resize(schema_.protected_attributes.size());
  block.stage.assign(n, static_cast<std::uint8_t>(stage_.value_or(Stage::arrival)));
  for (const Column& c : columns_) {
    switch (c.role.kind) {
      case Kind::feature:
        block.features.columns[c.role.index].data =
            c.feature->storage == Storage::u8    ? static_cast<const void*>(c.u8.data())
            : c.feature->storage == Storage::i16 ? static_cast<const void*>(c.i16.data())
            : c.feature->storage == Storage::i32 ? static_cast<const void*>(c.i32.data())
                                                 : static_cast<const void*>(c.f64.data());
        break;
      case Kind::id:
        block.id = c.text;
        break;
      case Kind::truth:
        block.truth = c.u8;
        break;
      case Kind::post:
        block.post = c.rows;
        break;
      case Kind::hour:
        block.hour = c.i32;
        break;
      case Kind::stage:
        if (!stage_) block.stage = c.u8;
        break;
      case Kind::attribute:
        block.protected_values[c.role.index] = c.u8;
        break;
      case Kind::unknown:
        break;
    }
  }
  if (block.id.empty())
    for (std::size_t i = 0; i < n; ++i) block.id.push_back(std::to_string(first + i + 1));
  block.tie.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    block.tie[i] =
        static_cast<std::uint32_t>(XXH3_64bits(block.id[i].data(), block.id[i].size()) >> 32);
}

std::string RecordColumns::Alarm::text(const std::string& name) const {
  return fmt::format("column '{}': {} of {} values look like {}; {}", name, finding.values,
                     finding.of, words_for(finding.kind), not_for_real_persons);
}

std::vector<RecordColumns::Alarm> RecordColumns::alarms() {
  std::vector<Alarm> out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& c = columns_[i];
    if (c.alarmed) continue;
    const auto finding = c.watch ? c.watch->finding() : c.dates ? c.dates->finding() : std::nullopt;
    if (!finding) continue;
    c.alarmed = true;
    out.push_back({i, *finding});
  }
  return out;
}

}  // namespace corridor::risk
