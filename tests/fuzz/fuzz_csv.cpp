// SPDX-License-Identifier: Apache-2.0
/// \file fuzz_csv.cpp  Any bytes as a table: rows of equal length or complaints; rows survive being
/// written again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace corridor::world;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Complaints complaints;
  const CsvTable table = parse_csv(bytes, "fuzz.csv", complaints);
  if (table.header.empty() ? !table.fields.empty() : table.fields.size() % table.header.size() != 0)
    std::abort();
  if (table.header.empty()) return 0;

  const auto line = [](auto fields) {
    std::vector<std::string> texts;
    for (const CsvField& field : fields) texts.push_back(field.text);
    return csv_line(texts);
  };
  std::string written = line(table.header);
  for (std::size_t i = 0; i < table.n_rows(); ++i) written += line(table.row(i));
  Complaints none;
  const CsvTable again = parse_csv(written, "again.csv", none);
  if (complaints.count() == 0 && none.count() != 0) std::abort();
  if (complaints.count() == 0 && again.fields.size() != table.fields.size()) std::abort();
  if (none.count() != 0) return 0;  // a header that was refused is refused again
  for (std::size_t i = 0; i < table.fields.size(); ++i)
    if (again.fields[i].text != table.fields[i].text) std::abort();
  return 0;
}
