// SPDX-License-Identifier: Apache-2.0
/// \file recovery.hpp  What the state takes: freezing, then confiscation or return, after delays.
///
/// Model. Each month an investigation meets a group with chance h x (its factor). It freezes the
/// share a of its assets and of its laundered money, each a case. Money found while it is
/// laundered, and declared cash that is held at a border, are cases too. A case is decided after D
/// days: with chance q the treasury keeps all of it, else all goes back to where it came from
/// (money found in a layer: to cash). With finance.recovery.kind = "share" expected shares are
/// taken instead: h a of the balance each month, q of each case.
///
///     recovered to date = confiscated + cash seized at borders;   emerges, is never set
///
/// | symbol | in code       | unit    | domain    | default    | where it comes from             |
/// |--------|---------------|---------|-----------|------------|---------------------------------|
/// | h      | freeze_hazard | 1/month | [0, 1]    | 0.015      | chosen for the shares below     |
/// | a      | freeze_share  | 1       | [0, 1]    | 0.25       | likewise                        |
/// | D      | verdict_days  | day     | [0, 3650] | mean 365   | invented; exponential           |
/// | q      | confirmed     | 1       | [0, 1]    | 0.5        | Europol 2016 (FIN-012, FIN-013) |
///
/// Which denominator. Rates of recovery here are over *proceeds* (what users pay) of the same time,
/// as in FIN-012 and FIN-013 (EU 2010-14: 2.2 % of proceeds provisionally seized, 1.1 %
/// confiscated), to which h and a are set. FIN-016 over FIN-017 (2.2 to 4.5 %, 2020-21) counts
/// seizures over 92 to 188 bn a year; the "1 to 2 %" of R9 is of criminal assets and has another
/// denominator. Neither is a target here.
/// Limits. Cases do not depend on each other; a second investigation finds what the first left.
/// Checked in tests/models/finance/test_recovery.cpp: exact paths, R9 with its cause switched off.
#pragma once

#include "models/finance/desk.hpp"

namespace corridor::finance {

/// A case of `cents` from `from`; nothing when there are none. \param what  the lot, person or day
/// that it is about: below 2^48, told apart by kind and part; so that more of one kind of case
/// moves no draw of another
void freeze(const Desk& desk, EventKind kind, std::uint32_t group, Origin origin, AccountId from,
            Cents cents, std::uint64_t what, std::uint32_t part, std::int32_t day);
/// Investigations of a month, at its end.
void investigate(const Desk& desk, std::int32_t day);
/// Verdicts that are due.
void settle_cases(const Desk& desk, std::int32_t day);

}  // namespace corridor::finance
