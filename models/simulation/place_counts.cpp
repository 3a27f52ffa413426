// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/place_counts.hpp"

#include "sim/parallel.hpp"

namespace corridor::simulation {

void PlaceCounts::take(PlaceCounts& others) {
  of_country.resize(others.of_country.size());
  for (std::size_t c = 0; c < of_country.size(); ++c)
    sim::drain(others.of_country[c].all(), of_country[c].all());
  sim::drain(others.far.all(), far.all());
}

}  // namespace corridor::simulation
