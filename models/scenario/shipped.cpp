// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <system_error>

#include "models/scenario/scenario.hpp"
#include "sim/error.hpp"

namespace corridor::scenario {

std::filesystem::path shipped_folder(std::string_view name) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (const char* data = std::getenv("CORRIDOR_DATA"); data && *data) {
    const fs::path given = fs::path(data).lexically_normal();
    fs::path folder = given.has_filename() ? given : given.parent_path();
    if (!fs::is_directory(folder, error)) {
      throw sim::UserError("CORRIDOR_DATA: error: '" + std::string(data) +
                           "' is no folder; name the folder of the world's tables, or unset it");
    }
    if (name == "data") return folder;
    if (fs::is_directory(folder.parent_path() / name, error)) return folder.parent_path() / name;
  }
  // A folder counts when it holds what belongs there: another folder of that name may be anywhere.
  const fs::path sign = name == "data" ? "world.toml" : "baseline.toml";
  std::vector<fs::path> candidates;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path bin = program.parent_path();
    candidates.push_back(bin.parent_path() / "share" / "corridor" / name);
    candidates.push_back(bin.parent_path().parent_path().parent_path() / name);
  }
  candidates.push_back(fs::path(CORRIDOR_SOURCE_DIR) / name);
  for (const fs::path& folder : candidates)
    if (fs::exists(folder / sign, error)) return folder;
  return candidates.back();
}

}  // namespace corridor::scenario
