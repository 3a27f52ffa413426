// SPDX-License-Identifier: Apache-2.0
/// \file run_options.hpp  What commands that make the records of a run again have alike: which run,
/// days, share and replicate.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/run_records.hpp"

namespace corridor::app {

/// --days A..B, --share.
void add_run_options(po::options_description& options);

/// The scenario of a result, or of a scenario file (.toml), with the changes of --set.
[[nodiscard]] scenario::Scenario run_scenario(const std::filesystem::path& file,
                                              const po::variables_map& given);

/// A whole number within [least, most], or `otherwise` when it is not given. \throws UsageError
[[nodiscard]] std::int64_t whole_option(const std::string& command, const po::variables_map& given,
                                        const char* name, std::int64_t otherwise,
                                        std::int64_t least, std::int64_t most);

/// All files that a scenario was read from: its bases, what it takes in, strategies, the world's
/// tables. None is written over.
[[nodiscard]] std::vector<std::filesystem::path> files_read(const scenario::Scenario& scenario);

/// Days and share; the replicate is the caller's. \throws UsageError for days that are not written
/// A..B, a share outside (0, 1]
[[nodiscard]] simulation::RunRecordOptions run_record_options(const std::string& command,
                                                              const po::variables_map& given);

}  // namespace corridor::app
