// SPDX-License-Identifier: Apache-2.0
#include "models/world/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "models/world/world.hpp"
#include "sim/names.hpp"

namespace corridor::world {

std::uint32_t CodeIndex::find(const std::string& code) const {
  const auto it = rows_.find(code);
  return it == rows_.end() ? none : it->second;
}

TableReader::TableReader(CsvTable table, std::string file, std::vector<std::string> columns,
                         Complaints& complaints)
    : table_(std::move(table)),
      file_(std::move(file)),
      columns_(std::move(columns)),
      complaints_(complaints) {
  if (table_.header.empty()) {
    readable_ = false;
    return;
  }
  for (const CsvField& name : table_.header)
    if (std::find(columns_.begin(), columns_.end(), name.text) == columns_.end())
      complaints_.add(
          file_, name.line, name.column,
          fmt::format("unknown column '{}'{}", name.text, sim::did_you_mean(name.text, columns_)));
  for (const std::string& wanted : columns_) {
    const auto it = std::find_if(table_.header.begin(), table_.header.end(),
                                 [&](const CsvField& name) { return name.text == wanted; });
    if (it == table_.header.end()) {
      complaints_.add(file_, 1, 1,
                      fmt::format("column '{}' is missing; the columns are {}", wanted,
                                  sim::listed(columns_, columns_.size())));
      readable_ = false;
      continue;
    }
    place_.push_back(static_cast<std::size_t>(it - table_.header.begin()));
  }
}

bool TableReader::next() {
  if (!readable_) return false;
  row_ = started_ ? row_ + 1 : 0;
  started_ = true;
  sound_ = true;
  return row_ < table_.n_rows();
}

void TableReader::complain(std::size_t column, std::string what) {
  complaints_.add(file_, field(column).line, field(column).column, std::move(what));
  sound_ = false;
}

const std::string& TableReader::required_text(std::size_t column) {
  if (text(column).empty()) complain(column, fmt::format("{} is empty", columns_[column]));
  return text(column);
}

const std::string& TableReader::code(std::size_t column, std::size_t length, bool digits) {
  const std::string& value = text(column);
  const bool right = value.size() == length && std::all_of(value.begin(), value.end(), [&](char c) {
                       return (c >= 'A' && c <= 'Z') || (digits && c >= '0' && c <= '9');
                     });
  if (!right)
    complain(column, fmt::format("{} = '{}' is not a code of {} {}", columns_[column], value,
                                 length, digits ? "capital letters or digits" : "capital letters"));
  return value;
}

double TableReader::number(std::size_t column, double lo, double hi) {
  const std::string& value = text(column);
  double x = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, x);
  if (error != std::errc() || stop != end || !std::isfinite(x)) {
    complain(column, fmt::format("{} = '{}' is not a finite number; it must be in [{}, {}]",
                                 columns_[column], value, lo, hi));
    return lo;
  }
  if (!(x >= lo && x <= hi)) {
    complain(column, fmt::format("{} = {} is outside [{}, {}]", columns_[column], value, lo, hi));
    return lo;
  }
  return x;
}

double TableReader::number_or_unknown(std::size_t column, double lo, double hi) {
  return text(column).empty() ? 0 : number(column, lo, hi);
}

bool TableReader::flag(std::size_t column) {
  const std::string& value = text(column);
  if (value != "0" && value != "1")
    complain(column, fmt::format("{} = '{}' is neither 0 nor 1", columns_[column], value));
  return value == "1";
}

std::uint32_t TableReader::reference(std::size_t column, const CodeIndex& known) {
  const std::string& value = text(column);
  const std::uint32_t row = known.find(value);
  if (row != none || known.unreadable()) return row;
  complain(column, fmt::format("unknown {} '{}'{}", known.what(), value,
                               complaints_.full() ? std::string()
                                                  : sim::did_you_mean(value, known.codes())));
  return none;
}

std::size_t TableReader::one_of(std::size_t column, std::span<const std::string> names) {
  const std::string& value = text(column);
  const auto it = std::find(names.begin(), names.end(), value);
  if (it != names.end()) return static_cast<std::size_t>(it - names.begin());
  complain(column, fmt::format("{} = '{}' is none of {}{}", columns_[column], value,
                               sim::listed(names, names.size()), sim::did_you_mean(value, names)));
  return 0;
}

void TableReader::unique(std::size_t column, const std::string& key, const std::string& what) {
  const auto [it, is_new] = first_line_.emplace(key, field(column).line);
  if (!is_new) complain(column, fmt::format("{} is there already, in line {}", what, it->second));
}

void TableReader::ordered(std::size_t a, std::size_t b) {
  if (text(a) == text(b))
    complain(b, fmt::format("{} and {} are both '{}'", columns_[a], columns_[b], text(a)));
  else if (text(b) < text(a))
    complain(a, fmt::format("'{}', '{}' are not in alphabetical order; write '{}', '{}'", text(a),
                            text(b), text(b), text(a)));
}

}  // namespace corridor::world
