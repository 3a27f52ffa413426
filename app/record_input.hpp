// SPDX-License-Identifier: Apache-2.0
/// \file record_input.hpp  The records that a command works on, whatever kind of file they are in.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "models/risk/feature_file.hpp"
#include "models/risk/record_table.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::app {

/// Adds --input, --features, --stage, --date and --group.
void add_record_options(po::options_description& options);

/// An open source, and the meaning of its columns. The schema's place does not change.
struct RecordInput {
  std::unique_ptr<risk::RecordSchema> schema;
  std::filesystem::path path;
  std::string date;  ///< rules in force on it count
  risk::TableOptions options;
  std::string command;  ///< who asks, for messages

  /// Opens `file`, which must hold the columns that the rules which can count read. One more kind
  /// of input is one more line here. \throws sim::UserError
  [[nodiscard]] std::unique_ptr<risk::RecordSource> open(
      const std::filesystem::path& file, const std::vector<const risk::RuleSet*>& sets) const;
};

/// What the options say; nothing but the feature catalogue is read yet. \throws UsageError,
/// sim::UserError
[[nodiscard]] RecordInput record_input(const std::string& command, const po::variables_map& given);

/// Of `--NAME DATE`, or today (UTC). \throws UsageError
[[nodiscard]] std::string date_option(const std::string& command, const po::variables_map& given,
                                      const std::string& name = "date");

/// The number of `--NAME`, lowest < x < highest (or the ends too). \throws UsageError
[[nodiscard]] double share_option(const std::string& command, const po::variables_map& given,
                                  const std::string& name);

}  // namespace corridor::app
