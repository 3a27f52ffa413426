// SPDX-License-Identifier: Apache-2.0
/// \file organisations.hpp  Organisations of tests: systems with members and nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/cooperation/organisations.hpp"

namespace corridor::test {

/// One that holds records. \param share, delay_days  below 0: as risk.lists says
inline cooperation::Organisation system_of(
    std::string code, std::vector<std::uint16_t> members, double share = -1, double delay_days = -1,
    cooperation::OrganisationKind kind = cooperation::OrganisationKind::regional) {
  cooperation::Organisation o;
  o.code = o.name = std::move(code);
  o.kind = kind;
  o.powers = cooperation::bit(cooperation::Power::databases);
  o.members = std::move(members);
  o.share = share;
  o.delay_days = delay_days;
  return o;
}

inline cooperation::Organisations organisations_of(
    std::vector<cooperation::Organisation> organisations) {
  cooperation::Organisations all;
  all.from_file = true;
  all.organisations = std::move(organisations);
  return all;
}

}  // namespace corridor::test
