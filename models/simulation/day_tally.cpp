// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/day_tally.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "sim/parallel.hpp"

namespace corridor::simulation {
namespace {

/// Of the countries' rows those that `tally` has.
std::vector<std::span<std::int64_t>> parts_of(DayTally& tally) {
  std::vector<std::span<std::int64_t>> parts{tally.counts.all(), tally.sharing.all(),
                                             all_of(tally.kinds), tally.expected,
                                             tally.places.far.all()};
  for (PlaceRow& row : tally.places.of_country) parts.push_back(row.all());
  return parts;
}

}  // namespace

void DayTally::take(DayTally& others) {
  if (places.of_country.size() < others.places.of_country.size())
    places.of_country.resize(others.places.of_country.size());
  const auto mine = parts_of(*this), theirs = parts_of(others);
  for (std::size_t i = 0; i < theirs.size(); ++i) sim::drain(theirs[i], mine[i]);
}

void DayTally::weigh(double weight) {
  if (weight == 1) return;
  for (const std::span<std::int64_t> part : parts_of(*this)) {
    for (std::int64_t& n : part) n = std::llround(static_cast<double>(n) * weight);
  }
}

void DayTallies::take(DayTallies& others) {
  whole = others.whole;
  ordinary.take(others.ordinary);
  if (!whole) alone.take(others.alone);
}

DayTally DayTallies::told(double scale) {
  DayTally all = std::exchange(ordinary, {});
  all.weigh(1 / scale);
  if (!whole) all.take(alone);
  return all;
}

}  // namespace corridor::simulation
