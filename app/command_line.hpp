// SPDX-License-Identifier: Apache-2.0
/// \file command_line.hpp  What every command does alike: options, help, the checks before anything
/// is written.
///
/// Exit status: 0 done, 1 failed inside, 2 the input or the call is wrong, 130 interrupted. A wrong
/// call is a UsageError; main prints it.
#pragma once

#include <boost/program_options.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/error.hpp"
#include "sim/scenario_text.hpp"

namespace corridor::app {

namespace po = boost::program_options;

class UsageError : public sim::UserError {
 public:
  using sim::UserError::UserError;
};

/// What a command is called with. `usage` is what follows the command's name, `about` a sentence or
/// more for --help.
struct Call {
  std::string name, usage, about;
  po::options_description options{"options"};     ///< shown in --help; --help itself is added
  po::options_description arguments;              ///< values of positional words, not shown
  po::positional_options_description positional;  ///< which of `arguments` the words go to
};

/// The options and words of a call, or nothing when --help was asked for and has been printed.
/// \throws UsageError for an unknown option (with the nearest one), a missing value, or a word too
/// many.
[[nodiscard]] std::optional<po::variables_map> parse_call(const Call& call,
                                                          const std::vector<std::string>& args);

/// "corridor NAME: error: WHAT" and how to get help.
[[nodiscard]] UsageError wrong_call(const std::string& command, const std::string& what);

/// Checks, before any work, that a result can be written at `path`: its folder exists and may be
/// written to, `path` is no folder, and nothing is there unless `force`. \throws UsageError saying
/// what to do.
/// `inputs` are the files that the command reads: none is ever written over, not even with `force`.
void check_output(const std::filesystem::path& path, bool force,
                  const std::vector<std::filesystem::path>& inputs);

/// Whether two paths lead to one file, or would when it is written.
[[nodiscard]] bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

/// Adds --days, --replicates, --seed, --threads, --sample, --strategy and --set.
void add_scenario_options(po::options_description& options);

/// What these options say, as overrides of a scenario. \throws UsageError for --threads 0.
[[nodiscard]] std::vector<sim::Override> scenario_overrides(const po::variables_map& given);

}  // namespace corridor::app
