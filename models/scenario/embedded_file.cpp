// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/embedded_file.hpp"

#include <system_error>

#include "models/scenario/scenario.hpp"
#include "sim/toml_text.hpp"

namespace corridor::scenario {

namespace fs = std::filesystem;

std::string embed_file(const sim::ScenarioText& read, std::string_view path, std::string& file,
                       std::string& text, sim::Complaints& complaints) {
  const auto setting = read.settings.find(path);
  if (!text.empty() || file.empty() || setting == read.settings.end()) return {};
  const std::string name(path);
  fs::path found = setting->second.folder / file;
  std::error_code error;
  if (!fs::is_regular_file(found, error)) {
    const fs::path shipped = shipped_folder("scenarios") / file;
    if (!fs::is_regular_file(shipped, error)) {
      complaints.add(setting->second.place, name + ": no file '" +
                                                found.lexically_normal().string() +
                                                "'; a path is relative to the file that says it");
      return {};
    }
    found = shipped;
  }
  try {
    text = sim::read_toml_bytes(found, name);
  } catch (const std::string& why) {
    complaints.add(setting->second.place, name + ": '" + found.string() + "': " + why);
    return {};
  }
  file = found.filename().string();
  return found.lexically_normal().string();
}

}  // namespace corridor::scenario
