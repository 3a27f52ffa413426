// SPDX-License-Identifier: Apache-2.0
#include "models/risk/record_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

#include "models/world/csv.hpp"

namespace corridor::risk {
namespace {

/// The value of a feature in one row; "" when missing.
void add_value(const Feature& f, const ColumnView& column, std::size_t row, std::string& out) {
  if (column.data == nullptr) return;
  const auto number = [&](double value) { fmt::format_to(std::back_inserter(out), "{}", value); };
  switch (f.storage) {
    case Storage::u8: {
      const std::uint8_t v = column.as<std::uint8_t>()[row];
      if (v == missing_u8) return;
      if (f.type == FeatureType::number) return number(static_cast<double>(v) / f.per_unit);
      out += f.type == FeatureType::boolean ? std::string(1, v != 0 ? '1' : '0')
                                            : world::csv_field(f.values.at(v));
      return;
    }
    case Storage::i16: {
      const std::int16_t v = column.as<std::int16_t>()[row];
      if (v != missing_i16) number(static_cast<double>(v) / f.per_unit);
      return;
    }
    case Storage::i32: {
      const std::int32_t v = column.as<std::int32_t>()[row];
      if (v != missing_i32) number(static_cast<double>(v) / f.per_unit);
      return;
    }
    case Storage::f64: {
      const double v = column.as<double>()[row];
      if (!std::isnan(v)) number(v);
      return;
    }
  }
}

}  // namespace

void RecordWriter::choose_columns(const RecordBlock& first) {
  for (std::size_t i = 0; i < first.features.columns.size(); ++i)
    if (first.features.columns[i].data != nullptr &&
        source_.catalogue()[i].legal != LegalClass::audit_only)
      features_.push_back(i);
  for (std::size_t i = 0; i < first.protected_values.size(); ++i)
    if (!first.protected_values[i].empty()) attributes_.push_back(i);
  truth_ = !first.truth.empty();
  post_ = !first.post.empty();
  hour_ = !first.hour.empty();
}

std::string RecordWriter::text(const RecordBlock& block) {
  std::string out;
  if (!begun_) {
    begun_ = true;
    choose_columns(block);
    out += "id";
    for (const std::size_t i : features_) out += "," + source_.catalogue()[i].name;
    if (truth_) out += ",truth";
    if (post_) out += ",post";
    if (hour_) out += ",hour";
    out += ",stage";
    for (const std::size_t i : attributes_) out += "," + source_.protected_attributes()[i].name;
    out += '\n';
  }
  const TableView& table = block.features;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].data != nullptr &&
        source_.catalogue()[i].legal != LegalClass::audit_only &&
        std::ranges::find(features_, i) == features_.end())
      throw std::logic_error("RecordWriter: column '" + source_.catalogue()[i].name +
                             "' was not in the first block");
  for (std::size_t row = 0; row < table.n; ++row) {
    out += world::csv_field(block.id[row]);
    for (const std::size_t i : features_) {
      out += ',';
      add_value(source_.catalogue()[i], table.columns[i], row, out);
    }
    if (truth_) {
      out += ',';
      if (!block.truth.empty() && block.truth[row] != unknown_truth)
        out += block.truth[row] != 0 ? '1' : '0';
    }
    if (post_) {
      out += ',';
      if (!block.post.empty() && block.post[row] != unknown_post)
        out += world::csv_field(source_.posts().at(block.post[row]));
    }
    if (hour_) {
      out += ',';
      if (!block.hour.empty() && block.hour[row] != unknown_hour)
        out += fmt::format_int(block.hour[row]).c_str();
    }
    out += ',';
    out += name(static_cast<Stage>(block.stage[row]));
    for (const std::size_t i : attributes_) {
      out += ',';
      const auto& values = block.protected_values[i];
      if (!values.empty() && values[row] != unknown_value)
        out += world::csv_field(source_.protected_attributes()[i].values.at(values[row]));
    }
    out += '\n';
  }
  return out;
}

std::uint64_t write_records(RecordSource& source,
                            const std::function<void(std::string_view)>& append) {
  source.rewind();
  RecordWriter writer(source);
  RecordBlock block;
  std::uint64_t n = 0;
  while (source.next(block)) {
    append(writer.text(block));
    n += block.features.n;
  }
  if (n == 0) append(writer.text(block));
  return n;
}

}  // namespace corridor::risk
