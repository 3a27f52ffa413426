// SPDX-License-Identifier: Apache-2.0
/// \file dated_rows.hpp  Rows with a beginning and an end that a strategy or a file of cooperation
/// may hold: joint operations and shocks.
///
/// Days count from day 0; `to_day` is the last day on which a row holds. Read with
/// sim/row_text.hpp; checked as a whole by models/scenario/strategy_checks.hpp. Checked in
/// tests/models/scenario/test_strategy.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter.hpp"
#include "sim/parameter_set.hpp"

namespace corridor::cooperation {

/// To the end of the run.
inline constexpr std::int64_t no_end = 36'600;

struct Operation {
  std::string name = "operation";
  std::int64_t from_day = 0, to_day = no_end;
  std::string places = "all";   ///< what the surge covers, separated by spaces
  std::string threats = "all";  ///< what it looks for, separated by spaces
  std::string participants;     ///< whose officers, separated by spaces
  std::int64_t officers = 0;
  bool deconflict = false;
};

struct Shock {
  std::int64_t from_day = 0, to_day = no_end;
  std::string kind = "gateway-closed", target;
};

namespace dated_rows {

using OperationColumn = sim::Parameter<Operation>;
using ShockColumn = sim::Parameter<Shock>;
inline constexpr std::string_view choice = "choice";

inline constexpr std::array operations{
    OperationColumn{"operation.name", "", "name of the operation", sim::Tag::option, choice, 0, 0,
                    &Operation::name},
    OperationColumn{"operation.from_day", "day", "first day of the operation", sim::Tag::option,
                    choice, 0, no_end, &Operation::from_day},
    OperationColumn{"operation.to_day", "day", "last day of the operation", sim::Tag::option,
                    choice, 0, no_end, &Operation::to_day},
    OperationColumn{"operation.places", "",
                    "regions, classes of income, organisations and countries whose posts it "
                    "covers, each alone or after a kind of post and a slash, separated by spaces; "
                    "all = every post of travellers",
                    sim::Tag::option, choice, 0, 0, &Operation::places},
    OperationColumn{"operation.threats", "",
                    "threats that it looks for, separated by spaces: fighters, drugs, finance, "
                    "documents; all = every one",
                    sim::Tag::option, choice, 0, 0, &Operation::threats},
    OperationColumn{"operation.participants", "",
                    "organisations whose members' officers take part, separated by spaces; all = "
                    "every one that plans",
                    sim::Tag::option, choice, 0, 0, &Operation::participants},
    OperationColumn{"operation.officers", "person", "officers whom the participants send in all",
                    sim::Tag::option, choice, 0, 1e6, &Operation::officers},
    OperationColumn{"operation.deconflict", "",
                    "whether participants tell one another whom they are after, so that nobody is "
                    "worked on twice",
                    sim::Tag::option, choice, 0, 1, &Operation::deconflict},
};
static_assert(sim::sound(operations));

inline constexpr std::array shocks{
    ShockColumn{"shock.from_day", "day", "first day of the shock", sim::Tag::option, choice, 0,
                no_end, &Shock::from_day},
    ShockColumn{"shock.to_day", "day", "last day of the shock", sim::Tag::option, choice, 0, no_end,
                &Shock::to_day},
    ShockColumn{"shock.kind", "", "what happens", sim::Tag::option, choice, 0, 0, &Shock::kind,
                "gateway-closed|route-opened|new-substance|new-conflict-zone"},
    ShockColumn{"shock.target", "", "what it happens to: the name of a row of the actors file",
                sim::Tag::option, choice, 0, 0, &Shock::target},
};
static_assert(sim::sound(shocks));

}  // namespace dated_rows

}  // namespace corridor::cooperation
