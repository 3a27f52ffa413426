// SPDX-License-Identifier: Apache-2.0
/// \file record_input.hpp  The records that a command works on, whatever kind of file they are in.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "models/risk/feature_file.hpp"
#include "models/risk/record_store.hpp"
#include "models/risk/record_table.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::app {

/// Adds --input, --features, --stage, --date and --group of tables, --days, --share, --replicate
/// and
/// --set of runs.
void add_record_options(po::options_description& options);

/// What the options say of the records. The schema's place does not change.
struct RecordInput {
  std::unique_ptr<risk::RecordSchema> schema;
  std::filesystem::path path;
  bool run = false;            ///< a result or a scenario, whose journeys are made again
  risk::TableOptions options;  ///< of a table; `required` is empty
  const po::variables_map* given = nullptr;
  std::string command;  ///< who asks, for messages

  /// All records of `file`, with the features that the sets read: a table must have a column for
  /// every feature that a rule which can count reads. One more kind of input is one more line
  /// here. \param seeds_on  of a run: with the seed that many further on \throws sim::UserError
  [[nodiscard]] risk::RecordStore read(const std::filesystem::path& file,
                                       const std::vector<const risk::RuleSet*>& sets,
                                       std::uint32_t seeds_on = 0) const;
};

/// Nothing but the feature catalogue is read yet. `given` outlives the result. \throws UsageError,
/// sim::UserError
[[nodiscard]] RecordInput record_input(const std::string& command, const po::variables_map& given);

/// Of `--NAME DATE`, or today (UTC). \throws UsageError
[[nodiscard]] std::string date_option(const std::string& command, const po::variables_map& given,
                                      const std::string& name = "date");

/// The file that `--NAME` names, or "".
[[nodiscard]] std::filesystem::path file_option(const po::variables_map& given,
                                                const std::string& name);

/// The number of `--NAME`, between 0 and 1. \throws UsageError
[[nodiscard]] double share_option(const std::string& command, const po::variables_map& given,
                                  const std::string& name);

}  // namespace corridor::app
