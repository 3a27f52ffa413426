// SPDX-License-Identifier: Apache-2.0
/// \file standing_group.hpp  Who may be in the group that shares plans, and for what: its members
/// (plans.members) and its mandate (plans.mandate).
///
/// Members are organisations by their codes; the mandate is a set M of concerns. What targets are
/// worth to an organisation is a sum over concerns, so it has a part inside the mandate and one
/// outside it:
///
///     worth   U_t = I_t + O_t,   I_t = sum over c in M of w_c f_tc / f_c,   O_t of the others
///
/// and the group acts on I alone (planning.hpp). The part of an organisation's plan that it shows
/// is m_t = I_t / (I_t + O_t) of its own worth; where it has seen nothing, the part of its
/// priorities that M has. M of all concerns: O = 0, m = 1, every bit as without a mandate.
///
/// Words that name nobody are told where scenarios are read (models/scenario/group_checks.hpp) and
/// left out here. Checked in tests/models/cooperation/test_standing_group.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/cooperation/cooperation_params.hpp"
#include "models/cooperation/forces.hpp"
#include "models/cooperation/operations.hpp"

namespace corridor::cooperation {

using Mandate = std::array<bool, n_concerns>;
inline constexpr Mandate all_concerns{true, true, true, true};
[[nodiscard]] constexpr Mandate without(Mandate mandate) {
  for (bool& in : mandate) in = !in;
  return mandate;
}

[[nodiscard]] constexpr std::uint8_t bits_of(const Mandate& mandate) {
  std::uint8_t bits = 0;
  for (std::size_t c = 0; c < mandate.size(); ++c)
    bits = static_cast<std::uint8_t>(bits | (mandate[c] ? 1U << c : 0U));
  return bits;
}
[[nodiscard]] constexpr Mandate mandate_of(std::uint8_t bits) {
  Mandate mandate{};
  for (std::size_t c = 0; c < mandate.size(); ++c) mandate[c] = (bits >> c & 1U) != 0;
  return mandate;
}

/// What targets are worth: [target].
struct Worth {
  std::vector<double> inside, outside;  ///< by concerns of the mandate, and by others
  [[nodiscard]] std::vector<double> all() const;
};

struct StandingGroup {
  std::vector<bool> members;  ///< [planner] may be in it
  Mandate mandate = all_concerns;
};
[[nodiscard]] StandingGroup standing_group(const CooperationParams& levers,
                                           std::span<const Planner> planners);

/// What is wrong with the two texts; "" when nothing is. \param planners  codes of who plans
/// \param others  codes of organisations that do not
[[nodiscard]] std::string complaint_about_members(const std::string& text,
                                                  std::span<const std::string> planners,
                                                  std::span<const std::string> others);
[[nodiscard]] std::string complaint_about_mandate(const std::string& text);

}  // namespace corridor::cooperation
