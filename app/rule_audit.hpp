// SPDX-License-Identifier: Apache-2.0
/// \file rule_audit.hpp  The audit of a set of rules over the records that a command names: what
/// audit, rules lint and rules adopt have alike.
#pragma once

#include <string>

#include "app/record_input.hpp"
#include "models/risk/audit.hpp"

namespace corridor::app {

/// Adds --association-limit.
void add_limit_option(po::options_description& options);

/// Capacity, minutes and shares of the run, if the records are one's; and --association-limit.
[[nodiscard]] risk::AuditOptions audit_options(const OpenRecords& records,
                                               const std::string& command,
                                               const po::variables_map& given);

/// With the options above: what `corridor audit RECORDS --rules RULES` says.
[[nodiscard]] risk::AuditReport audit_of(const RecordInput& input, const risk::RuleSet& rules);

/// What an audit says of itself, to be kept in the set that it stood for.
[[nodiscard]] risk::AdoptionAudit adoption_audit(const risk::AuditReport& report);

}  // namespace corridor::app
