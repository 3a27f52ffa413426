// SPDX-License-Identifier: Apache-2.0
/// \file toml_guard.hpp  A look at bytes before a TOML parser reads them.
///
/// Outside strings and comments, a dotted key of very many parts makes tables as deep, which are
/// destroyed by recursion; a letter beyond ASCII there is never TOML, and for some of them toml++
/// 3.3 runs into code that it declares unreachable (found by tests/fuzz/fuzz_scenario.cpp). So that
/// what this look takes for a text is one for the parser too, a quote stands only where a text or a
/// key can begin (found by tests/fuzz/fuzz_records.cpp). All of it is refused here, so every reader
/// of TOML looks before it parses.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/utf8.hpp"

namespace corridor::sim {

/// Most parts of a dotted key, far beyond any real file.
inline constexpr std::size_t most_key_parts = 16;

/// What the parser must not see, and where; `what` is empty when all is well.
struct TomlTrouble {
  LinePlace place;
  std::string what;
};

/// \pre `bytes` is UTF-8 (sim/utf8.hpp)
[[nodiscard]] TomlTrouble toml_trouble(std::string_view bytes);

}  // namespace corridor::sim
