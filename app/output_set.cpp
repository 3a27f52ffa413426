// SPDX-License-Identifier: Apache-2.0
#include "app/output_set.hpp"

#include <list>

#include "app/command_line.hpp"
#include "app/interrupt.hpp"
#include "sim/safe_file.hpp"
#include "sim/unfinished.hpp"

namespace corridor::app {

namespace fs = std::filesystem;

namespace {

/// \returns whether the folder was made now.
bool ready_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return false;
  const fs::path name = folder.has_filename() ? folder : folder.parent_path();  // "out/" is "out"
  if (fs::exists(name, error))
    throw UsageError(name.string() + ": error: is not a folder; name a folder for the tables");
  const fs::path above = name.has_parent_path() ? name.parent_path() : fs::path(".");
  if (!fs::is_directory(above, error))
    throw UsageError(name.string() + ": error: the folder '" + above.string() +
                     "' does not exist; make it first (mkdir -p)");
  if (!fs::create_directory(name, error))
    throw UsageError(name.string() + ": error: the folder cannot be made: " + error.message());
  return true;
}

}  // namespace

void write_outputs(const fs::path& folder,
                   const std::vector<std::pair<std::string, std::string>>& files, bool force,
                   const std::vector<fs::path>& inputs) {
  const bool made = ready_folder(folder);
  std::vector<fs::path> fresh;
  std::list<sim::Unfinished> unfinished;
  try {
    for (const auto& [name, text] : files) check_output(folder / name, force, inputs);
    for (const auto& [name, text] : files) {
      fresh.push_back(sim::beside(folder / name, ".part"));
      unfinished.emplace_back(fresh.back());
      sim::replace_file(fresh.back(), {std::as_bytes(std::span(text))});
    }
    const FinishFirst all_or_none;
    for (std::size_t i = 0; i < files.size(); ++i)
      sim::rename_file(fresh[i], folder / files[i].first);
  } catch (...) {
    std::error_code ignored;
    for (const fs::path& path : fresh) fs::remove(path, ignored);
    if (made) fs::remove(folder, ignored);
    throw;
  }
}

}  // namespace corridor::app
