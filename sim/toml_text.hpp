// SPDX-License-Identifier: Apache-2.0
/// \file toml_text.hpp  TOML that users write: bytes of a file, parsed or refused with a place.
///
/// toml++ 3.3 is given only what it is safe with (toml_guard.hpp). Checked in
/// tests/models/risk/test_feature_file.cpp.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario_text.hpp"

namespace corridor::sim {

/// Where a node or key stands.
[[nodiscard]] Place toml_place(const std::string& file, const toml::source_region& region);

/// "a table", "a whole number": what stands there, for messages.
[[nodiscard]] std::string_view toml_kind(const toml::node& node);

/// The value of a leaf that a row may have (a date as its text); nothing for tables, arrays, times.
[[nodiscard]] std::optional<Value> toml_value(const toml::node& node);

/// The tables of a text; nothing when it is broken, with a complaint.
[[nodiscard]] std::optional<toml::table> parse_toml(std::string_view bytes, const std::string& file,
                                                    Complaints& complaints);

/// The bytes of a text file that a user named, at most `most_bytes`. \param what  "scenario", for
/// messages. \throws std::string saying why not.
[[nodiscard]] std::string read_toml_bytes(const std::filesystem::path& path,
                                          const std::string& what,
                                          std::size_t most_bytes = most_scenario_bytes);

}  // namespace corridor::sim
