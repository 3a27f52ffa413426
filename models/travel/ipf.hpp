// SPDX-License-Identifier: Apache-2.0
/// \file ipf.hpp  Iterative proportional fitting: the table nearest to a seed that has its margins.
///
/// Model. Cells x_c >= 0. A family of margins puts each cell into one group with target t_g; a
/// cycle multiplies, family by family, every cell by t_g / sum of its group. Cross-product ratios
/// of the seed survive. With rows and columns as the two families this is the doubly constrained
/// gravity model for a seed exp(-beta c).
///
/// | symbol | in code          | unit      | domain                     | where it comes from |
/// |--------|------------------|-----------|----------------------------|---------------------|
/// | x_c    | cells[c]         | trip/year | finite, >= 0               | the seed            |
/// | t_g    | family.target[g] | trip/year | finite, >= 0, equal totals | margins.hpp         |
///
/// Sources. Deming and Stephan (1940), Ann. Math. Statist. 11, 427-444; Ireland and Kullback
/// (1968), Biometrika 55, 179-188.
///
/// Limits. The last family is met exactly after each cycle, the others in the limit when a
/// solution exists.
///
/// Not modelled. Margins that contradict each other: unequal totals and empty groups are refused;
/// a table whose zeros forbid a solution ends after `max_cycles` with `largest_misfit` above the
/// tolerance.
///
/// Checked in tests/models/travel/test_ipf.cpp: cases I1, I2, I3; cross products; order of cells.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace corridor::travel {

struct MarginFamily {
  std::string name;                  ///< for messages: "departures", "row"
  std::vector<std::uint32_t> group;  ///< of each cell
  std::vector<double> target;        ///< of each group
};

struct IpfResult {
  std::int64_t cycles = 0;
  double largest_misfit =
      0;  ///< max over groups with a target of |sum / target - 1| after the last cycle
};

/// Scales `cells` in place; stops when every margin is within `tolerance` or after `max_cycles`.
/// \throws std::domain_error when totals of families differ by more than 1e-9 of the total, when a
/// group without any
///   positive cell has a positive target, or when a number is negative or not finite.
IpfResult fit_margins(std::span<double> cells, std::span<const MarginFamily> families,
                      std::int64_t max_cycles, double tolerance);

}  // namespace corridor::travel
