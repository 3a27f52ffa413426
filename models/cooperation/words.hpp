// SPDX-License-Identifier: Apache-2.0
/// \file words.hpp  Words of a text in a row of the organisations' file or of a strategy.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

namespace corridor::cooperation {

/// Parted by commas, blanks or both: "AAA, BBB CCC" is three.
[[nodiscard]] inline std::vector<std::string> words(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

}  // namespace corridor::cooperation
