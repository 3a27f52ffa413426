// SPDX-License-Identifier: Apache-2.0
/// \file output_set.hpp  Several output files that appear all or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace corridor::app {

/// Writes the named texts into `folder`, which is made when only its last part is missing. Each is
/// written under another name first and renamed when all are there. \throws UsageError when a file
/// exists and `force` is false, when one of them is among `inputs`, or the folder cannot be made;
/// sim::FileError when writing fails. Then nothing new is left behind.
void write_outputs(const std::filesystem::path& folder,
                   const std::vector<std::pair<std::string, std::string>>& files, bool force,
                   const std::vector<std::filesystem::path>& inputs);

}  // namespace corridor::app
