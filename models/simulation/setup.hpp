// SPDX-License-Identifier: Apache-2.0
/// \file setup.hpp  From a scenario to the tables of a run, once: built from data, then kept in a
/// cache.
///
/// The cache is a mapped file in `$XDG_CACHE_HOME/corridor` (or ~/.cache/corridor), named by a hash
/// of the world's data, of all values that decide the tables, and of the program file itself. It
/// opens without being read, so a journey can be explained in milliseconds. Without a writable
/// cache the tables are built each time.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "models/scenario/scenario.hpp"
#include "models/simulation/control_tables.hpp"
#include "models/simulation/result_shape.hpp"
#include "models/travel/tables.hpp"

namespace corridor::simulation {

struct Setup {
  travel::TravelTables travel;
  ControlTables control;
  RunShape shape;  ///< names of all places; lengths of the run and months are not set
  std::string world_name, data_hash;
  bool real_names = true;
  bool from_cache = false;
  std::vector<world::SameDayFlow> same_day;  ///< one row a published border
};

/// Which names a set-up from the cache holds: reading all of them takes most of its time.
enum class Names : std::uint8_t {
  all,
  places,  ///< countries, airports, ports, borders and posts; no links, pairs or margins
};

/// \param say  called with one line for each long step, e.g. to show progress; may be empty.
/// \throws world::DataError, sim::UserError
[[nodiscard]] Setup make_setup(const scenario::Scenario& scenario,
                               const std::function<void(std::string_view)>& say = {},
                               Names names = Names::all);

/// Where the cache of this scenario lies, whether or not it is there.
[[nodiscard]] std::filesystem::path cache_path(const scenario::Scenario& scenario);

}  // namespace corridor::simulation
