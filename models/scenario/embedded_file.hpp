// SPDX-License-Identifier: Apache-2.0
/// \file embedded_file.hpp  A file that a parameter names and whose text a scenario takes in, so
/// that a result holds it: rules, actors, strategies.
///
/// What the command line names is relative to the working folder, what a scenario file names to
/// that file; nothing else is looked for. Where a name on the command line would also lead
/// somewhere beside the scenario, and the two files differ, it is an error that shows both.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario_text.hpp"

namespace corridor::scenario {

struct Embedded {
  std::string_view path, text_path;  ///< of the parameters: the file's name, its text
  bool from_files = true;  ///< false: only a name on the command line is read, for a result that
                           ///< has the text of its own
};

struct NamedFile {
  std::filesystem::path path;  ///< where it was found
  std::string text;
};

/// The setting whose files are to be read into `text`; nullptr when there is none, or the scenario
/// gives the text itself. `text` is emptied when another file is named for it.
[[nodiscard]] const sim::Setting* setting_to_read(const sim::ScenarioText& read,
                                                  const Embedded& what, std::string& text);

/// A file that a parameter names; nothing after a complaint at `setting`.
[[nodiscard]] std::optional<NamedFile> read_named_file(const sim::ScenarioText& read,
                                                       const sim::Setting& setting,
                                                       const std::string& parameter,
                                                       const std::string& name,
                                                       sim::Complaints& complaints);

/// Reads the file into `text`, unless the scenario gives the text itself; `file` becomes its own
/// name. What is wrong is a complaint at the parameter's place. \returns where it was found; empty
/// when nothing was read
std::filesystem::path embed_file(const sim::ScenarioText& read, const Embedded& what,
                                 std::string& file, std::string& text, sim::Complaints& complaints);

}  // namespace corridor::scenario
