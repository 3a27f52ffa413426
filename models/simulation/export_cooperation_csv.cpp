// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/export_cooperation_csv.hpp"

#include <array>
#include <string_view>

#include "models/simulation/csv_table.hpp"
#include "models/simulation/provenance.hpp"

namespace corridor::simulation {
namespace {

/// A block of every replicate, mean over them.
template <class T>
std::vector<double> mean(const ResultReader& result, const Replicates& of, std::string_view path,
                         std::int64_t row) {
  std::vector<double> out;
  for (const std::int64_t r : of.numbers) {
    const std::vector<T> values = result.read<T>(path, {r, row});
    out.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      out[i] += static_cast<double>(values[i]) / static_cast<double>(of.count());
  }
  return out;
}

std::string planners(const ResultReader& result, const Replicates& of) {
  const auto names = result.read_text("/places/planner"),
             measures = result.read_text("/places/planner_measure"),
             labels = result.read_text("/places/month");
  CsvTable table("month,organisation" + columns(measures));
  for (std::size_t m = 0; m < labels.size(); ++m) {
    const auto month = static_cast<std::int64_t>(m);
    if (covered_days(result, of, month) == 0) continue;
    const auto values = mean<double>(result, of, "/cooperation/planning", month);
    for (std::size_t p = 0; p < names.size(); ++p) {
      table.cell(labels[m]).cell(names[p]);
      for (std::size_t k = 0; k < measures.size(); ++k)
        table.real(values[p * measures.size() + k], 4);
      table.end_row();
    }
  }
  return std::move(table).text();
}

std::string systems(const ResultReader& result, const Replicates& of, std::int64_t days) {
  const auto names = result.read_text("/places/system"),
             measures = result.read_text("/places/system_measure");
  CsvTable table("date,system" + columns(measures));
  const std::string start = result.provenance().start_date;
  for (std::int64_t day = 0; day < days; ++day) {
    const auto values = mean<std::int64_t>(result, of, "/sharing/systems", day);
    for (std::size_t s = 0; s < names.size(); ++s) {
      table.cell(date_of(start, day)).cell(names[s]);
      for (std::size_t k = 0; k < measures.size(); ++k)
        table.real(values[s * measures.size() + k], of.count() == 1 ? 0 : 3);
      table.end_row();
    }
  }
  return std::move(table).text();
}

std::string hits(const ResultReader& result, const Replicates& of) {
  const auto sources = result.read_text("/places/list_source"),
             subjects = result.read_text("/places/subject");
  constexpr std::array counts{"met", "held", "protection", "let_go"};
  std::vector<std::vector<std::int64_t>> sums;
  for (const std::string_view count : counts)
    sums.push_back(sum_days(result, "/sharing/" + std::string(count), of));
  CsvTable table("source,about,met,held,protection,let_go");
  for (std::size_t i = 0; i < sources.size() * subjects.size(); ++i) {
    table.cell(sources[i / subjects.size()]).cell(subjects[i % subjects.size()]);
    for (const auto& sum : sums)
      table.real(static_cast<double>(sum[i]) / static_cast<double>(of.count()),
                 of.count() == 1 ? 0 : 3);
    table.end_row();
  }
  return std::move(table).text();
}

/// Days that every one of the replicates has closed.
std::int64_t common_days(const ResultReader& result, const Replicates& of) {
  auto days = static_cast<std::int64_t>(result.length(Dim::day));
  for (const std::int64_t r : of.numbers)
    days = std::min(days, result.closed()[static_cast<std::size_t>(r)]);
  return days;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> cooperation_csv_tables(const ResultReader& result,
                                                                        const Replicates& of) {
  std::vector<std::pair<std::string, std::string>> tables;
  if (result.length(Dim::planner) > 0) tables.emplace_back("planners.csv", planners(result, of));
  if (result.length(Dim::system) > 0) {
    tables.emplace_back("systems.csv", systems(result, of, common_days(result, of)));
    tables.emplace_back("hits.csv", hits(result, of));
  }
  return tables;
}

}  // namespace corridor::simulation
