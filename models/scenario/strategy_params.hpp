// SPDX-License-Identifier: Apache-2.0
/// \file strategy_params.hpp  Which strategies a scenario plays: their files, and their texts, so
/// that a result holds them.
#pragma once

#include <array>
#include <string>

#include "sim/parameter.hpp"

namespace corridor::scenario {

struct StrategyParams {
  std::string files;
  std::string text;
};

inline constexpr std::array strategy_table{
    sim::Parameter<StrategyParams>{"strategy.files", "",
                                   "strategy files, separated by commas: what changes from which "
                                   "day to which; empty = nothing does",
                                   sim::Tag::option, "choice", 0, 0, &StrategyParams::files},
    sim::Parameter<StrategyParams>{
        "strategy.text", "",
        "the strategies themselves; filled from strategy.files, so that a result holds them",
        sim::Tag::option, "choice", 0, 0, &StrategyParams::text},
};

}  // namespace corridor::scenario
