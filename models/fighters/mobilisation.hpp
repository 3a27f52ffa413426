// SPDX-License-Identifier: Apache-2.0
/// \file mobilisation.hpp  How many parties of each origin set out on each day.
///
/// Model. A region's total T splits over its countries, each of which is one stream:
///
///     w_c = N_c^a exp(s z_c),   z_c keyed standard normal,   T_c = T w_c / sum w / g
///
/// with g the mean size of a party, so that T_c counts parties. On day d parties ~ Poisson(l_d),
///
///     plain Poisson:   l_d = T_c h_d
///     self-exciting:   l_d = (m h_d + x_d) max(0, 1 - n_d / K),   K = T_c / saturation
///                      x_{d+1} = r x_d + b (1 - r) parties_d,     r = 1 - 1 / memory
///
/// where h_d is the shape (sums to 1 from the first day of the row to the last), n_d the parties so
/// far, b the branching ratio. m is set so that the expected total of the row is T_c as well: exact
/// without saturation, where the process is linear; with it by the equations of first and second
/// moments of (x, n) with third cumulants left out (expected_path).
///
/// | symbol     | in code                         | unit | domain    | from    |
/// |------------|---------------------------------|------|-----------|---------|
/// | T, s       | Mobilisation: total, concentration | person, 1 | table | actors |
/// | a          | population_exponent             | 1    | [0, 2]    | assumed |
/// | b          | branching                       | 1    | [0, 0.95] | assumed |
/// | memory     | memory_days                     | day  | [1, 365]  | assumed |
/// | saturation | saturation                      | 1    | [0, 0.8]  | assumed |
///
/// Source. Hawkes (1971), Biometrika 58, 83-90; here in days, with a geometric kernel.
/// Limits. Excitation stays within a country; a party counts once, however large. A run that starts
/// within a row starts from the expected x and n of that day.
/// Checked in tests/models/fighters/test_mobilisation.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/fighters/actors.hpp"
#include "sim/random.hpp"

namespace corridor::fighters {

inline constexpr int most_in_party = 8;

/// Expected size of a party when each further companion comes with this chance, up to eight people.
[[nodiscard]] double mean_party(double companion);

struct Excitation {
  double branching = 0;
  double keep = 0;  ///< r
  double pool = 0;  ///< K in parties; 0 = no limit
};

/// Expected x and n at the end of each day of `shape`, for a base rate m h_d.
struct PathPoint {
  double excitation = 0, parties = 0;
};
[[nodiscard]] std::vector<PathPoint> expected_path(std::span<const double> shape, double base,
                                                   const Excitation& how);

/// m for which the expected total is `total`. \pre pool = 0 or pool > total
[[nodiscard]] double base_for_total(std::span<const double> shape, double total,
                                    const Excitation& how);

/// Shares of a row's total by country, in the order of Mobilisation::countries; sums to 1.
[[nodiscard]] std::vector<double> country_shares(const Mobilisation& row, std::size_t row_number,
                                                 const world::World& world,
                                                 double population_exponent, sim::RunKey key);

/// Shape of a row by day from its first to its last; sums to 1.
[[nodiscard]] std::vector<double> shape_of(const Mobilisation& row);

/// Parties of one country under one row.
struct Stream {
  std::uint16_t row = 0, country = 0;
  double total = 0;  ///< expected parties from the row's first day to its last
  double base = 0;   ///< m, or the total itself when plain
  Excitation how;
  PathPoint at_start;  ///< expected before the run's first day
};

class Mobiliser {
 public:
  Mobiliser(const FightersParams& params, const FightersActors& actors, const world::World& world,
            sim::RunKey key, const sim::Date& start);

  [[nodiscard]] const std::vector<Stream>& streams() const { return streams_; }
  /// Expected parties of the day, given what happened so far.
  [[nodiscard]] double intensity(std::size_t stream, std::int32_t day, double excitation,
                                 double parties) const;
  /// Parties of the day: a keyed draw.
  [[nodiscard]] std::uint32_t draw(std::size_t stream, std::int32_t day, double intensity) const;

 private:
  [[nodiscard]] double shape(std::size_t row, std::int32_t day) const;

  sim::RunKey key_;
  bool exciting_;
  std::vector<std::vector<double>> shapes_;  ///< by row
  std::vector<std::int64_t> first_day_;      ///< of the row, in days of the run
  std::vector<Stream> streams_;
};

}  // namespace corridor::fighters
