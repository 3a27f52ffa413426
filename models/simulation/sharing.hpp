// SPDX-License-Identifier: Apache-2.0
/// \file sharing.hpp  The organisations of a scenario, and the exchange of records between them and
/// its posts.
///
/// A scenario with a file of organisations has those; without, one list a region and one of all
/// (models/cooperation/organisations.hpp). Checked in tests/models/simulation/test_sharing.cpp.
#pragma once

#include <optional>
#include <vector>

#include "models/cooperation/exchange.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/persons_of_interest.hpp"
#include "models/simulation/setup.hpp"

namespace corridor::simulation {

/// The organisations of the scenario's file; nothing without one.
/// \throws sim::ScenarioError with every complaint about it
[[nodiscard]] std::optional<cooperation::Organisations> read_organisations_file(
    const scenario::Scenario& scenario);

/// Those of the file, else the usual ones. \throws as read_organisations_file
[[nodiscard]] cooperation::Organisations read_cooperation(const scenario::Scenario& scenario,
                                                          const Setup& setup);

/// The scenario's parameters of cooperation by the day on which they begin to hold.
[[nodiscard]] std::vector<cooperation::Era> eras_of(const scenario::Scenario& scenario);

/// Posts as the exchange sees them.
[[nodiscard]] std::vector<cooperation::PostSite> post_sites(const ControlTables& control,
                                                            const risk::RiskParams& risk);

/// Organisations with their exchange.
struct Sharing {
  Sharing(const scenario::Scenario& scenario, const Setup& setup, sim::RunKey key);
  cooperation::Organisations organisations;
  cooperation::Exchange exchange;
  std::vector<cooperation::OrdinaryRates> ordinary;  ///< per country; empty without a file
  InterestRates rates;
};

}  // namespace corridor::simulation
