// SPDX-License-Identifier: Apache-2.0
/// \file fuzz_result.cpp  Any bytes as a result file: read and shown, or refused with a
/// ResultError.
///
/// A file of random bytes never passes the seal, so most inputs are changes to a small sound file.
/// First byte 'R': the rest is the file. Otherwise records of five bytes: four for a place,
/// little-endian, and one to put there; a place beyond the end cuts the file short by the byte that
/// follows, times 256.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "models/simulation/digest.hpp"
#include "models/simulation/summary.hpp"
#include "tests/models/simulation/sample_result.hpp"

namespace {

using namespace corridor::simulation;

/// The bytes of a result of two replicates with some days closed.
const std::vector<std::byte>& sound_file() {
  static const std::vector<std::byte> bytes = [] {
    const test::Scratch scratch;
    const auto path = scratch / "sound.h5";
    {
      const RunShape shape = test::sample_shape(2, 15, 3);
      ResultFile file = ResultFile::create(path, shape, test::sample_provenance(), false);
      for (std::int64_t day = 0; day < 13; ++day) test::write_day(file, shape, 0, day, {});
    }
    return corridor::sim::read_file(path);
  }();
  return bytes;
}

std::vector<std::byte> input_file(const std::uint8_t* data, std::size_t size) {
  if (size > 0 && data[0] == 'R') {
    const auto* first = reinterpret_cast<const std::byte*>(data) + 1;
    return {first, first + size - 1};
  }
  std::vector<std::byte> bytes = sound_file();
  for (std::size_t i = 0; i + 5 <= size; i += 5) {
    std::uint32_t place = 0;
    for (unsigned k = 0; k < 4; ++k) place |= static_cast<std::uint32_t>(data[i + k]) << 8 * k;
    if (place < bytes.size())
      bytes[place] = static_cast<std::byte>(data[i + 4]);
    else
      bytes.resize(bytes.size() - std::min<std::size_t>(bytes.size(), 256u * data[i + 4]));
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::byte> bytes = input_file(data, size);
  const int memory = memfd_create("fuzz", 0);
  if (memory < 0 || write(memory, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    std::abort();
  try {
    const ResultReader result("/proc/self/fd/" + std::to_string(memory));
    const Summary summary = summarise(result);
    if (summary_text(summary).empty() || summary_json(summary).empty()) std::abort();
    if (digest(result).size() != 32) std::abort();
    (void)result.shape();
  } catch (const ResultError&) {
  }
  close(memory);
  return 0;
}
