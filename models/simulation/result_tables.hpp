// SPDX-License-Identifier: Apache-2.0
/// \file result_tables.hpp  Sums over the days, months and replicates of a result, as summaries and
/// exports need them.
///
/// Only closed days and months that they cover count, so that an unfinished result gives right sums
/// of what there is. Checked in tests/models/simulation/test_result_tables.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/result_reader.hpp"

namespace corridor::simulation {

/// The replicates that a sum takes in.
struct Replicates {
  std::vector<std::int64_t> numbers;
  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(numbers.size()); }
};
[[nodiscard]] Replicates all_replicates(const ResultReader& result);

inline constexpr std::int64_t every_month = -1;

/// Per element below [replicate][month]: the sum over the replicates and over covered months, or
/// over one month. \throws std::invalid_argument when `path` is no monthly dataset of integers.
[[nodiscard]] std::vector<std::int64_t> sum_months(const ResultReader& result,
                                                   std::string_view path, const Replicates& of,
                                                   std::int64_t month = every_month);

/// Per element below [replicate][day]: the sum over the replicates and over closed days in
/// [from_day, to_day).
[[nodiscard]] std::vector<std::int64_t> sum_days(const ResultReader& result, std::string_view path,
                                                 const Replicates& of, std::int64_t from_day = 0,
                                                 std::int64_t to_day = INT64_MAX);

/// Days that covered months hold, summed over the replicates.
[[nodiscard]] std::int64_t covered_days(const ResultReader& result, const Replicates& of,
                                        std::int64_t month = every_month);

/// Fewest closed days of a replicate.
[[nodiscard]] std::int64_t closed_days(const ResultReader& result, const Replicates& of);

/// The q-quantile of waits in seconds: linear within a bin, from 0 in the first. In a last bin
/// without an upper edge it is that bin's lower edge, so a lower bound. \returns NaN when nobody
/// waited or passed.
[[nodiscard]] double wait_quantile(std::span<const std::int64_t> histogram,
                                   std::span<const double> upper_s, double q);

/// `sum` over `count`: a whole number where it is one, else with two decimals.
[[nodiscard]] std::string mean_text(std::int64_t sum, std::int64_t count);

}  // namespace corridor::simulation
