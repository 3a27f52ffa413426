// SPDX-License-Identifier: Apache-2.0
/// \file post_standing.hpp  What officers of a post have and how closely they keep to the rules:
/// equipment and compliance, by class of income of the country.
///
/// Equipment. A post of class c has a scanner when a keyed u < q_c, the same for the whole run.
/// With it an inspection finds, of the contraband and cash that it would miss, the share g:
///
///     s' = s + g (1 - s)        where there are kinds, of goods alone (secondary_kinds.hpp)
///
/// What a lever or an operation adds comes on top of s' in the same way (cooperation/forces.hpp).
///
/// Compliance. A reviewer who would send on a hit of a list or a flag of the rules lets it pass
/// with chance i_c, keyed by person, post and day: a share 1 - i_c of the work follows the rules.
/// His minutes are spent. Random draws and an officer's own referral are not concerned. Insiders
/// are another matter: they serve one group and leave no review behind (person_at_post.hpp).
///
/// | symbol | in code        | unit | domain | default and origin             |
/// |--------|----------------|------|--------|--------------------------------|
/// | q, g   | scanners, gain | 1    | [0, 1] | control.equipment.*, assumed   |
/// | i      | ignored        | 1    | [0, 1] | control.ignored.*, 0, assumed  |
///
/// With q = 0 and i = 0, the defaults, nothing is drawn and every bit is as without. Customs use
/// the same with cargo.customs.*. Limits. A class says nothing of a single country; a scanner has
/// neither queue nor cost. Checked in tests/models/control/test_post_standing.cpp.
#pragma once

#include <array>
#include <cstdint>

#include "models/control/regime.hpp"
#include "models/control/secondary.hpp"

namespace corridor::control {

/// Of posts of one class.
struct Standing {
  double scanners = 0, gain = 0, ignored = 0;
};
using Standings = std::array<Standing, n_income_classes>;
[[nodiscard]] Standings standings_of(const ControlParams& params);

/// How officers of one post review and inspect. \param post  its number among all that are settled
[[nodiscard]] SecondarySettings settings_at(const SecondarySettings& settings,
                                            const Standing& standing, sim::RunKey key,
                                            std::uint32_t post);

}  // namespace corridor::control
