// SPDX-License-Identifier: Apache-2.0
/// \file provenance.hpp  Where a result comes from: enough to make it again, and nothing about host
/// or user.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace corridor::simulation {

std::string_view program_version();  ///< "0.1.0"
std::string_view program_commit();   ///< source revision of the build, or "unknown"

/// What to cite, and the credit lines of the shipped data. \param real_names  false for an invented
/// world.
[[nodiscard]] std::string citation(bool real_names);

/// The command line on one line: the program's name alone, and each file without its folders.
[[nodiscard]] std::string public_command(std::span<const std::string> arguments);

struct Provenance {
  std::string version{program_version()}, commit{program_commit()};
  std::string command;  ///< from public_command
  std::string scenario_name, scenario, scenario_hash;
  std::string world, data_hash, start_date;  ///< YYYY-MM-DD
  std::string citation;
  std::string traces = "class";  ///< or "full": what is shown of illicit journeys and goods
  std::int64_t seed = 0, random_contract = 0;
  double scale = 1;
  bool real_names = true;
};

/// Facts about the machine's part in a run: shown, never part of a digest.
struct MachineFacts {
  std::string simd;  ///< at most 16 bytes
  std::int64_t threads = 0;
  double wall_s = 0, journeys_per_s = 0;
};

}  // namespace corridor::simulation
