// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/result_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace corridor::simulation {

namespace {

constexpr double no_edge_s = 1e9;  // thirty years: an edge beyond it is none

template <class T>
void add(std::vector<std::int64_t>& sums, const std::vector<T>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) sums[i] += static_cast<std::int64_t>(row[i]);
}

std::vector<std::int64_t> zeros(const StoredArray& array) {
  std::uint64_t n = 1;
  for (std::size_t i = 2; i < array.dataset->rank; ++i) n *= array.dims[i];
  return std::vector<std::int64_t>(static_cast<std::size_t>(n), 0);
}

void check(const StoredArray& array, Dim second) {
  const Dataset& row = *array.dataset;
  if (row.rank < 2 || row.dims[1] != second ||
      (row.type != sim::ElementType::int64 && row.type != sim::ElementType::int32))
    throw std::invalid_argument(std::string(row.path) + " cannot be summed over this dimension");
}

}  // namespace

Replicates all_replicates(const ResultReader& result) {
  Replicates all;
  all.numbers.resize(static_cast<std::size_t>(result.length(Dim::replicate)));
  std::iota(all.numbers.begin(), all.numbers.end(), 0);
  return all;
}

std::vector<std::int64_t> sum_months(const ResultReader& result, std::string_view path,
                                     const Replicates& of, std::int64_t month) {
  const StoredArray& array = result.array(path);
  check(array, Dim::month);
  std::vector<std::int64_t> sums = zeros(array);
  const auto months = static_cast<std::int64_t>(result.length(Dim::month));
  for (const std::int64_t r : of.numbers) {
    for (std::int64_t m = 0; m < months; ++m) {
      if ((month != every_month && m != month) || result.month_days(r, m) == 0) continue;
      if (array.dataset->type == sim::ElementType::int32)
        add(sums, result.read<std::int32_t>(path, {r, m}));
      else
        add(sums, result.read<std::int64_t>(path, {r, m}));
    }
  }
  return sums;
}

std::vector<std::int64_t> sum_days(const ResultReader& result, std::string_view path,
                                   const Replicates& of, std::int64_t from_day,
                                   std::int64_t to_day) {
  const StoredArray& array = result.array(path);
  check(array, Dim::day);
  std::vector<std::int64_t> sums = zeros(array);
  const std::vector<std::int64_t> closed = result.closed();
  for (const std::int64_t r : of.numbers) {
    const std::vector<std::int64_t> days = result.read<std::int64_t>(path, {r});
    const std::int64_t end = std::min(to_day, closed[static_cast<std::size_t>(r)]);
    for (std::int64_t day = from_day; day < end; ++day)
      for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += days[static_cast<std::size_t>(day) * sums.size() + i];
  }
  return sums;
}

std::int64_t covered_days(const ResultReader& result, const Replicates& of, std::int64_t month) {
  std::int64_t days = 0;
  const auto months = static_cast<std::int64_t>(result.length(Dim::month));
  for (const std::int64_t r : of.numbers)
    for (std::int64_t m = 0; m < months; ++m)
      if (month == every_month || m == month) days += result.month_days(r, m);
  return days;
}

std::int64_t closed_days(const ResultReader& result, const Replicates& of) {
  const std::vector<std::int64_t> closed = result.closed();
  std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t r : of.numbers)
    fewest = std::min(fewest, closed[static_cast<std::size_t>(r)]);
  return fewest;
}

double wait_quantile(std::span<const std::int64_t> histogram, std::span<const double> upper_s,
                     double q) {
  const std::int64_t total = std::accumulate(histogram.begin(), histogram.end(), std::int64_t{0});
  if (total <= 0) return std::numeric_limits<double>::quiet_NaN();
  const double wanted = q * static_cast<double>(total);
  double below = 0, lower = 0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    const auto here = static_cast<double>(histogram[i]);
    if (here > 0 && below + here >= wanted) {
      if (!(upper_s[i] < no_edge_s)) return lower;
      return lower + (upper_s[i] - lower) * std::max(0.0, wanted - below) / here;
    }
    below += here;
    lower = upper_s[i];
  }
  return lower;
}

std::string mean_text(std::int64_t sum, std::int64_t count) {
  if (count > 0 && sum % count == 0) return std::to_string(sum / count);
  return fmt::format("{:.2f}", static_cast<double>(sum) / static_cast<double>(count));
}

}  // namespace corridor::simulation
