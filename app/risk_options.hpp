// SPDX-License-Identifier: Apache-2.0
/// \file risk_options.hpp  Options that the commands about rules share.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/command_line.hpp"
#include "models/risk/expression_words.hpp"
#include "models/risk/feature.hpp"

namespace corridor::app {

/// Of `--lang en|fr`. \throws UsageError for another word.
[[nodiscard]] risk::Language language_option(const std::string& command,
                                             const po::variables_map& given);

/// Of `--NAME DATE`, or today (UTC). \throws UsageError
[[nodiscard]] std::string date_option(const std::string& command, const po::variables_map& given,
                                      const std::string& name = "date");

/// Of `--stage STAGE`; nothing when it was not given. \throws UsageError
[[nodiscard]] std::optional<risk::Stage> stage_option(const std::string& command,
                                                      const po::variables_map& given);

/// The file that `--NAME` names, or "".
[[nodiscard]] std::filesystem::path file_option(const po::variables_map& given,
                                                const std::string& name);

/// The number of `--NAME`, between 0 and 1. \throws UsageError
[[nodiscard]] double share_option(const std::string& command, const po::variables_map& given,
                                  const std::string& name);

/// The whole number of `--NAME`, read as int64, from `least` to `most`; nothing when it was not
/// given. \throws UsageError
[[nodiscard]] std::optional<std::int64_t> whole_option(const std::string& command,
                                                       const po::variables_map& given,
                                                       const std::string& name, std::int64_t least,
                                                       std::int64_t most);

/// \throws UsageError when --force was given and nothing is written
void refuse_idle_force(const std::string& command, const po::variables_map& given);

/// The number of `--NAME` from `least` to `most`; nothing when it was not given. \throws UsageError
[[nodiscard]] std::optional<double> number_option(const std::string& command,
                                                  const po::variables_map& given,
                                                  const std::string& name, double least,
                                                  double most);

}  // namespace corridor::app
