// SPDX-License-Identifier: Apache-2.0
/// \file fuzz_scenario.cpp  Any bytes as a scenario: read, or refused with complaints; what is read
/// survives its own text.

// The parser is compiled here, instrumented, in place of the shared library; like that, without its
// assertions, some of which fail on input that it then refuses (`[=`).
#define TOML_IMPLEMENTATION
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "models/scenario/scenario.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace corridor;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // What stands before the first zero byte, if there is one, is an override.
  std::vector<scenario::Override> overrides;
  if (const std::size_t zero = bytes.find('\0'); zero != bytes.npos) {
    overrides.push_back(sim::parse_set(bytes.substr(0, zero)));
    bytes.remove_prefix(zero + 1);
  }
  try {
    const scenario::Scenario once = scenario::parse_scenario(bytes, "fuzz", overrides);
    const scenario::Scenario again = scenario::parse_scenario(once.text, "fuzz");
    if (again.text != once.text || again.hash != once.hash) std::abort();
  } catch (const scenario::ScenarioError& error) {
    if (error.found().empty()) std::abort();
    for (const sim::Complaint& complaint : error.found())
      if (complaint.message.empty()) std::abort();
  }
  return 0;
}
