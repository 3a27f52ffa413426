// SPDX-License-Identifier: Apache-2.0
/// \file csv_table.hpp  One table of CSV text, row by row. Checked in
/// tests/models/simulation/test_exports.cpp.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {

class CsvTable {
 public:
  explicit CsvTable(std::string_view header) : text_(std::string(header) + "\n") {}
  CsvTable& cell(std::string_view value) {
    separate();
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
      text_ += value;
      return *this;
    }
    text_ += '"';
    for (const char c : value) text_ += c == '"' ? std::string("\"\"") : std::string(1, c);
    text_ += '"';
    return *this;
  }
  CsvTable& cell(std::int64_t value) {
    return cell(std::string_view(fmt::format_int(value).c_str()));
  }
  /// Empty when it is not a number.
  CsvTable& real(double value, int decimals) {
    return cell(std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "");
  }
  CsvTable& mean(std::int64_t sum, std::int64_t count) { return cell(mean_text(sum, count)); }
  void end_row() {
    text_ += '\n';
    fresh_ = true;
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  void separate() {
    if (!fresh_) text_ += ',';
    fresh_ = false;
  }
  std::string text_;
  bool fresh_ = true;
};

/// Header cells of measures: "on the way" in kilograms is on_the_way_kg.
inline std::string columns(const std::vector<std::string>& measures, std::string_view unit = "") {
  std::string header;
  for (const std::string& measure : measures) header += "," + measure + std::string(unit);
  std::replace(header.begin(), header.end(), ' ', '_');
  return header;
}

}  // namespace corridor::simulation
