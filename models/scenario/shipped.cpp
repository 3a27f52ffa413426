// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <system_error>

#include "models/scenario/scenario.hpp"

namespace corridor::scenario {

std::filesystem::path shipped_folder(std::string_view name) {
  namespace fs = std::filesystem;
  std::vector<fs::path> candidates;
  if (const char* data = std::getenv("CORRIDOR_DATA"); data && *data) {
    const fs::path folder = fs::path(data).lexically_normal();
    const fs::path no_slash = folder.has_filename() ? folder : folder.parent_path();
    candidates.push_back(name == "data" ? no_slash : no_slash.parent_path() / name);
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path bin = program.parent_path();
    candidates.push_back(bin.parent_path().parent_path().parent_path() / name);
    candidates.push_back(bin.parent_path() / "share" / "corridor" / name);
  }
  candidates.push_back(fs::path(CORRIDOR_SOURCE_DIR) / name);
  for (const fs::path& folder : candidates)
    if (fs::is_directory(folder, error)) return folder;
  return candidates.back();
}

}  // namespace corridor::scenario
