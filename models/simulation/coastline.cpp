// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/coastline.hpp"

#include <charconv>
#include <cmath>
#include <string>

#include "models/world/complaints.hpp"
#include "models/world/csv.hpp"
#include "sim/safe_file.hpp"

namespace corridor::simulation {

namespace {

double number(const world::CsvField& field, double limit, std::string_view file_name,
              world::Complaints& complaints) {
  double value = 0;
  const char* end = field.text.data() + field.text.size();
  const auto [stop, error] = std::from_chars(field.text.data(), end, value);
  if (error == std::errc{} && stop == end && std::abs(value) <= limit) return value;
  complaints.add(std::string(file_name), field.line, field.column,
                 "'" + field.text + "' is not a number within " +
                     std::to_string(static_cast<int>(limit)) + " of 0");
  return 0;
}

}  // namespace

std::vector<Line> parse_coastline(std::string_view bytes, std::string_view file_name) {
  world::Complaints complaints;
  const world::CsvTable table = world::parse_csv(bytes, file_name, complaints);
  const char* const wanted[] = {"ring", "lon", "lat"};
  bool right = table.header.size() == 3;
  for (std::size_t i = 0; right && i < 3; ++i) right = table.header[i].text == wanted[i];
  if (!right && complaints.count() == 0)
    complaints.add(std::string(file_name), 1, 1, "the columns must be ring,lon,lat");
  complaints.throw_if_any();

  std::vector<Line> rings;
  std::string ring;
  for (std::size_t i = 0; i < table.n_rows(); ++i) {
    const auto row = table.row(i);
    if (rings.empty() || row[0].text != ring) {
      ring = row[0].text;
      rings.emplace_back();
    }
    rings.back().push_back(
        {number(row[1], 180, file_name, complaints), number(row[2], 90, file_name, complaints)});
  }
  complaints.throw_if_any();
  return rings;
}

std::vector<Line> load_coastline(const std::filesystem::path& file) {
  const std::vector<std::byte> bytes = sim::read_file(file, 64u << 20);
  return parse_coastline({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                         file.string());
}

}  // namespace corridor::simulation
