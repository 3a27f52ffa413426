// SPDX-License-Identifier: Apache-2.0
/// \file world_params.hpp  Which world a scenario takes place in.
#pragma once

#include <array>
#include <string>

#include "sim/parameter_set.hpp"

namespace corridor::world {

struct WorldParams {
  std::string data = "";
};

inline constexpr std::array world_table{
    sim::Parameter<WorldParams>{"world.data", "path",
                                "Folder of the world's tables, from the folder of the scenario "
                                "file; empty: the data shipped with the program",
                                sim::Tag::option, "choice of the user", 0, 0, &WorldParams::data},
};
static_assert(sim::sound(world_table));

}  // namespace corridor::world
