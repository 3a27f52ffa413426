// SPDX-License-Identifier: Apache-2.0
/// \file reports.hpp  How seizures become statistics: what analysts see is not what happened.
///
/// Model. A seizure of at least `smallest_kg` is reported with probability q, after an exponential
/// delay of mean D days, and counted twice with probability t (two authorities report the same
/// case). So of M kilograms that are seized in a year q (1 + t) M are expected in the statistics
/// that are complete, fewer in a recent year. Statistics of a year count seizures by the day on
/// which they were made. Sources: domain knowledge that seizures are counted by several authorities
/// and late; the rates are invented. Not modelled: wrong weights, purity, cases that are split.
/// Draws are keyed by consignment (purpose interdiction). Checked in
/// tests/models/trafficking/test_reports.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/trafficking/trafficking_params.hpp"
#include "models/trafficking/trafficking_state.hpp"
#include "sim/random.hpp"

namespace corridor::trafficking {

/// Fills `published` and `times` of each seizure.
void report(const TraffickingParams& params, sim::RunKey key, std::span<SeizureRow> seizures);

/// Grams that statistics which are read on `today` give for seizures of days [from, to).
[[nodiscard]] std::int64_t reported_grams(std::span<const SeizureRow> seizures, std::int32_t from,
                                          std::int32_t to, std::int32_t today);

}  // namespace corridor::trafficking
