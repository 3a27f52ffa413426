// SPDX-License-Identifier: Apache-2.0
#include "models/travel/ipf.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace corridor::travel {
namespace {

constexpr double largest = std::numeric_limits<double>::max();

bool amount(double value) { return value >= 0 && value <= largest; }

void check(std::span<const double> cells, std::span<const MarginFamily> families) {
  for (const double x : cells) {
    if (!amount(x))
      throw std::domain_error("proportional fitting: a cell is negative or not finite");
  }
  double first_total = 0;
  for (std::size_t f = 0; f < families.size(); ++f) {
    const MarginFamily& family = families[f];
    if (family.group.size() != cells.size()) {
      throw std::domain_error("proportional fitting: " + family.name +
                              " does not place every cell");
    }
    double total = 0;
    for (const double t : family.target) {
      if (!amount(t))
        throw std::domain_error("proportional fitting: a target of " + family.name +
                                " is negative or not finite");
      total += t;
    }
    if (f == 0) {
      first_total = total;
    } else if (!(std::abs(total - first_total) <= 1e-9 * first_total)) {
      throw std::domain_error("proportional fitting: " + families[0].name + " sum to " +
                              std::to_string(first_total) + " but " + family.name + " sum to " +
                              std::to_string(total));
    }
  }
}

void sum_groups(std::span<const double> cells, const MarginFamily& family,
                std::vector<double>& sum) {
  sum.assign(family.target.size(), 0.0);
  for (std::size_t c = 0; c < cells.size(); ++c) sum[family.group[c]] += cells[c];
}

}  // namespace

IpfResult fit_margins(std::span<double> cells, std::span<const MarginFamily> families,
                      std::int64_t max_cycles, double tolerance) {
  check(cells, families);
  IpfResult result;
  std::vector<double> sum, factor;
  while (result.cycles < max_cycles) {
    for (const MarginFamily& family : families) {
      sum_groups(cells, family, sum);
      factor.assign(sum.size(), 0.0);
      for (std::size_t g = 0; g < sum.size(); ++g) {
        if (sum[g] > 0) {
          factor[g] = family.target[g] / sum[g];
        } else if (family.target[g] > 0) {
          throw std::domain_error("proportional fitting: group " + std::to_string(g) + " of " +
                                  family.name + " has target " + std::to_string(family.target[g]) +
                                  " but no cell that could carry it");
        }
      }
      for (std::size_t c = 0; c < cells.size(); ++c) cells[c] *= factor[family.group[c]];
    }
    ++result.cycles;
    result.largest_misfit = 0;
    for (const MarginFamily& family : families) {
      sum_groups(cells, family, sum);
      for (std::size_t g = 0; g < sum.size(); ++g) {
        if (family.target[g] > 0) {
          result.largest_misfit =
              std::max(result.largest_misfit, std::abs(sum[g] / family.target[g] - 1));
        }
      }
    }
    if (result.largest_misfit <= tolerance) break;
  }
  return result;
}

}  // namespace corridor::travel
