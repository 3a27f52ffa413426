// SPDX-License-Identifier: Apache-2.0
/// \file protected.hpp  Sex, age band and a synthetic protected attribute of a person: for audits
/// of who is selected, and to tell minors at a post. No model of scoring can reach this file.
///
/// Model. Drawn per person and trip (Purpose::protected_attributes) and read nowhere in scoring.
/// Age: the members of a party of three or more beyond the second are minors with probability 0.8
/// (leisure, visits); of all others 3 %; adults 18-29, 30-59 and 60+ in the ratio 25 : 55 : 20.
/// Sex: even. Group b of the synthetic attribute: probability group_rate, times group_cash_ratio
/// when the trip is paid in cash, times group_agency_ratio when booked at an agency (at most 1),
/// one draw for the whole unit: the proxies that make indirect discrimination possible. All numbers
/// invented.
///
/// Not modelled. Any relation between a protected attribute and what is illicit: there is none.
/// Checked in tests/models/travel/test_protected.cpp.
#pragma once

#include <cstdint>

#include "models/travel/journeys.hpp"
#include "models/travel/signal_params.hpp"
#include "sim/random.hpp"

namespace corridor::travel {

enum class AgeBand : std::uint8_t { minor, young, middle, old };

struct ProtectedPerson {
  std::uint8_t sex = 0;  ///< 0 female, 1 male
  AgeBand age = AgeBand::middle;
  std::uint8_t group = 0;  ///< 0 a, 1 b
};

/// \pre row `i` of the batch is made and its signals are drawn
[[nodiscard]] ProtectedPerson protected_person(const SignalParams& params, sim::RunKey key,
                                               const Batch& batch, std::size_t i,
                                               std::uint32_t member);

}  // namespace corridor::travel
