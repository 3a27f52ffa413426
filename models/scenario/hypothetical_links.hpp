// SPDX-License-Identifier: Apache-2.0
/// \file hypothetical_links.hpp  Whether a scenario tries links that have no legal basis: every
/// output then says so.
///
/// Checked in tests/models/scenario/test_hypothetical_links.cpp.
#pragma once

#include <string_view>

#include "models/scenario/scenario.hpp"

namespace corridor::scenario {

/// By a link of the organisations' file, or by the bridges of hub and mesh on any day.
[[nodiscard]] bool tries_hypothetical_links(const Scenario& scenario);

/// What an output says of a scenario that does.
inline constexpr std::string_view hypothetical_note =
    "hypothetical: links without a legal basis are tried";

}  // namespace corridor::scenario
