// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/reports.hpp"

#include <algorithm>

#include "sim/samplers.hpp"

namespace corridor::trafficking {

void report(const TraffickingParams& params, sim::RunKey key, std::span<SeizureRow> seizures) {
  for (SeizureRow& row : seizures) {
    const sim::Block block =
        sim::draw(key, sim::Purpose::interdiction, row.consignment, 0, /*index=*/1);
    row.published = -1;
    row.times = 0;
    if (row.grams < params.report_smallest_kg * 1000) continue;
    if (!(sim::uniform32(block[0]) < params.reported)) continue;
    const double delay =
        sim::exponential(params.report_delay_days, sim::uniform53(sim::bits64(block[1], block[2])));
    row.published = row.day + static_cast<std::int32_t>(std::min(delay, 1e6));
    row.times = sim::uniform32(block[3]) < params.report_twice ? 2 : 1;
  }
}

std::int64_t reported_grams(std::span<const SeizureRow> seizures, std::int32_t from,
                            std::int32_t to, std::int32_t today) {
  std::int64_t sum = 0;
  for (const SeizureRow& row : seizures) {
    if (row.day < from || row.day >= to || row.published < 0 || row.published > today) continue;
    sum += std::int64_t{row.grams} * row.times;
  }
  return sum;
}

}  // namespace corridor::trafficking
