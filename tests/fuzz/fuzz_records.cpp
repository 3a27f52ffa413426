// SPDX-License-Identifier: Apache-2.0
/// \file fuzz_records.cpp  Any bytes as a table of records, or as a feature file (after a zero
/// byte): read, or refused with complaints; blocks do not matter, and what is read survives being
/// written.

// The parser is compiled here, instrumented, in place of the shared library; like that, without its
// assertions, some of which fail on input that it then refuses (`[=`).
#define TOML_IMPLEMENTATION
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "models/risk/record_table.hpp"
#include "models/risk/record_writer.hpp"
#include "models/world/complaints.hpp"
#include "sim/scenario_text.hpp"

namespace {

using namespace corridor;

/// The records as they are written; "" and a complaint when they are refused.
std::string written(std::string_view bytes, std::size_t rows, std::string& complaint) {
  risk::TableOptions options;
  options.date = "2026-01-01";
  options.block_rows = rows;
  std::string out;
  try {
    const auto source = risk::read_record_text(bytes, "f.csv", risk::shipped_schema(), options);
    risk::write_records(*source, [&](std::string_view text) { out += text; });
  } catch (const world::DataError& error) {
    complaint = error.what();
    if (complaint.empty() || error.found().empty()) std::abort();
    return "";
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with('\0')) {
    try {
      const risk::RecordSchema schema = risk::parse_feature_file(bytes.substr(1), "f.toml");
      if (schema.catalogue.size() == 0 || schema.catalogue.synthetic_statement().empty())
        std::abort();
    } catch (const sim::ScenarioError& error) {
      if (error.found().empty()) std::abort();
    }
    return 0;
  }
  std::string complaint, of_blocks, again;
  const std::string once = written(bytes, 4096, complaint);
  const std::string in_blocks = written(bytes, 2, of_blocks);
  if (complaint.empty() != of_blocks.empty() && complaint.empty()) {
    // Values may look personal in a first short block and not in the whole table.
    if (of_blocks.find("values look like") == std::string::npos) std::abort();
  }
  if (!complaint.empty()) return 0;
  if (of_blocks.empty() && in_blocks != once) std::abort();
  if (written(once, 4096, again) != once) std::abort();
  return 0;
}
