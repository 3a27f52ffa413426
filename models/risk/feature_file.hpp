// SPDX-License-Identifier: Apache-2.0
/// \file feature_file.hpp  Another feature catalogue than the shipped one, for tables of synthetic
/// records: a TOML file.
///
///     synthetic = true                            # demanded: the tool is not for real persons
///     statement = "drawn by make_toy.py, 2026"    # who made the records and how; in every output
///
///     [[feature]]
///     name = "lead_days"             # [a-z][a-z0-9_]*, at most 40 characters
///     type = "number"                # number | boolean | category
///     unit = "day"                   # of a number
///     stage = "booking"              # booking | check-in | arrival: known from then on
///     legal_class = "journey"        # journey | document | history | list | assessment |
///                                    # indicator | consignment
///     subject = "traveller"          # or "consignment"; traveller when left out
///     range = [0, 400]               # of a number; both ends allowed
///     per_unit = 1                   # optional: whole numbers of 1/per_unit are stored; without
///                                    # it, a number of 64 bits
///     values = ["low", "high"]       # of a category: 2 to 250
///     meaning = { en = "days from booking to departure", fr = "jours avant le départ" }
///
///     [[protected]]                  # read by the audit alone
///     name = "group"
///     values = ["a", "b"]
///
/// Refused: a feature without legal class, or of class audit-only; features whose names say that
/// they are personal or sensitive (personal_data.hpp), values that look personal (a list of
/// countries); protected attributes that identify a person. Protected attributes stand in the
/// catalogue as `audit_only` features, so that a rule that names one gets a clear answer. All
/// complaints come at once, as sim::ScenarioError. Checked in
/// tests/models/risk/test_feature_file.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/feature.hpp"
#include "models/risk/records.hpp"

namespace corridor::risk {

/// What the columns of a table of records mean.
struct RecordSchema {
  Catalogue catalogue;
  std::vector<ProtectedAttribute> protected_attributes;
};

/// The shipped catalogue, and the protected attributes of the simulation's records: group, region
/// of residence, age band, sex.
[[nodiscard]] const RecordSchema& shipped_schema();

inline constexpr std::size_t most_features = 200;
inline constexpr std::size_t most_statement_characters = 300;
/// Whether a text can say who made records and how: one line, not empty, not too long.
[[nodiscard]] bool is_statement(std::string_view text);

/// \throws sim::ScenarioError
[[nodiscard]] RecordSchema load_feature_file(const std::filesystem::path& path);

/// The same of a text; `name` is its place in complaints.
[[nodiscard]] RecordSchema parse_feature_file(std::string_view text, const std::string& name);

/// A text that `parse_feature_file` reads: the features of travellers that can be scored, and the
/// protected attributes.
[[nodiscard]] std::string feature_file_text(const RecordSchema& schema,
                                            const std::string& statement);

}  // namespace corridor::risk
