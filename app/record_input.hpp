// SPDX-License-Identifier: Apache-2.0
/// \file record_input.hpp  The records that a command works on, whatever kind of file they are in,
/// and who says that they are synthetic.
///
/// Records are those of a result or scenario, whose journeys are made again, or of a table. A table
/// is read when somebody declares that its records are synthetic, and says who made them:
/// `--features FILE`, a catalogue that says so; the catalogue that `corridor export records` writes
/// beside its tables (TABLE.features.toml); or `--synthetic "STATEMENT"`, for a table of the
/// shipped features. The statement stands in every output.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "models/risk/feature_file.hpp"
#include "models/risk/record_store.hpp"
#include "models/risk/record_table.hpp"
#include "models/risk/rule_set.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/setup.hpp"

namespace corridor::app {

/// Adds --input and --date, and the options below.
void add_input_options(po::options_description& options);
/// Adds --days, --share, --replicate and --set of runs; --features, --synthetic, --stage and
/// --group of tables.
void add_record_options(po::options_description& options);
/// Adds --days, --share, --replicate and --set, of a run.
void add_run_choice(po::options_description& options);
/// Adds --features and --synthetic.
void add_declaration_options(po::options_description& options);
/// Adds --date, of a table.
void add_date_option(po::options_description& options);

/// What the columns of a table mean, and who says that it is synthetic. \throws UsageError when
/// nobody does, sim::UserError
[[nodiscard]] risk::RecordSchema table_schema(const std::string& command,
                                              const po::variables_map& given,
                                              const std::filesystem::path& table);
/// The catalogue of `--features`, else the shipped one.
[[nodiscard]] risk::RecordSchema named_schema(const po::variables_map& given);
/// TABLE.features.toml
[[nodiscard]] std::filesystem::path features_beside(const std::filesystem::path& table);

/// Features that the rules which can count read: in force on the table's date, and of the stage if
/// it is one for all records.
[[nodiscard]] std::vector<std::uint16_t> required_features(
    const std::vector<const risk::RuleSet*>& sets, const risk::Catalogue& catalogue,
    const risk::TableOptions& table);

/// A source and what it rests on.
struct OpenRecords {
  std::unique_ptr<scenario::Scenario> scenario;  ///< of a run
  std::unique_ptr<simulation::Setup> setup;
  std::unique_ptr<risk::RecordSource> source;
};

/// How a command names its records.
struct RecordCall {
  std::string command;
  std::filesystem::path file;
  std::string group = "group";      ///< option that names the group of an HDF5 file; "" = none
  std::optional<std::string> date;  ///< of a table; else --date, which is then for tables alone
};

/// What the options say of the records. The schema's place does not change.
struct RecordInput {
  RecordCall call;
  std::unique_ptr<risk::RecordSchema> schema;
  bool run = false;            ///< a result or a scenario, whose journeys are made again
  risk::TableOptions options;  ///< of a table; `required` is empty
  const po::variables_map* given = nullptr;

  /// `more`, and the files that stand behind these records: none is written over.
  [[nodiscard]] std::vector<std::filesystem::path> files(
      std::vector<std::filesystem::path> more) const;

  /// A table must have a column for every feature that a rule which can count reads. One more kind
  /// of input is one more line there. \param seeds_on  of a run: with the seed that many further on
  /// \throws sim::UserError
  [[nodiscard]] OpenRecords open(const std::filesystem::path& file,
                                 const std::vector<const risk::RuleSet*>& sets,
                                 std::uint32_t seeds_on = 0) const;
  /// All of them in memory, with the features that the sets read.
  [[nodiscard]] risk::RecordStore read(const std::filesystem::path& file,
                                       const std::vector<const risk::RuleSet*>& sets,
                                       std::uint32_t seeds_on = 0) const;
};

/// Nothing but the feature catalogue is read yet. `given` outlives the result. \throws UsageError,
/// sim::UserError
[[nodiscard]] RecordInput record_input(RecordCall call, const po::variables_map& given);
/// Of `--input FILE`.
[[nodiscard]] RecordInput record_input(const std::string& command, const po::variables_map& given);

}  // namespace corridor::app
