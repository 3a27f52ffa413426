// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/seal.hpp"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>

#include "models/simulation/layout.hpp"
#include "models/simulation/provenance.hpp"
#include "sim/checkpoint.hpp"

namespace corridor::simulation {

namespace {

constexpr std::string_view title = "Corridor result file, format ";
constexpr std::string_view magic = "CORRSEAL";
constexpr std::string_view hdf5_signature = "\x89HDF\r\n\x1a\n";
constexpr std::size_t text_bytes = 512, head_bytes = text_bytes + 24, hash_bytes = 16;
constexpr std::size_t structure_hash_at = seal_bytes - 2 * hash_bytes;
constexpr std::size_t own_hash_at = seal_bytes - hash_bytes;
constexpr std::size_t room_for_ranges = (structure_hash_at - head_bytes) / 16;

using Block = std::array<std::byte, seal_bytes>;

std::uint64_t word_at(const Block& block, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, block.data() + at, sizeof word);
  return word;
}

void set_word(Block& block, std::size_t at, std::uint64_t word) {
  std::memcpy(block.data() + at, &word, sizeof word);
}

void set_hash(Block& block, std::size_t at, const sim::Identity& hash) {
  set_word(block, at, hash[0]);
  set_word(block, at + 8, hash[1]);
}

sim::Identity hash_at(const Block& block, std::size_t at) {
  return {word_at(block, at), word_at(block, at + 8)};
}

/// Hash of bytes [seal_bytes, size) outside `contents`, which ascend and do not overlap.
sim::Identity structure_hash(const sim::File& file, std::uint64_t size,
                             const std::vector<Range>& contents) {
  XXH3_state_t hashing;
  XXH3_128bits_reset(&hashing);
  std::vector<std::byte> piece;
  const auto add = [&](std::uint64_t from, std::uint64_t to) {
    while (from < to) {
      piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(to - from, 1u << 20)));
      const std::size_t n = file.read_at(from, piece);
      if (n == 0) break;
      XXH3_128bits_update(&hashing, piece.data(), n);
      from += n;
    }
  };
  std::uint64_t at = seal_bytes;
  for (const auto& [offset, length] : contents) {
    add(at, offset);
    at = offset + length;
  }
  add(at, size);
  const XXH128_hash_t hash = XXH3_128bits_digest(&hashing);
  return {hash.low64, hash.high64};
}

std::string_view as_text(const Block& block, std::size_t n) {
  return {reinterpret_cast<const char*>(block.data()), n};
}

/// "1.0" after the title, or {0, 0}.
FormatVersion version_of(std::string_view text) {
  text.remove_prefix(title.size());
  FormatVersion version{0, 0};
  const char* end = text.data() + text.size();
  const auto [dot, error] = std::from_chars(text.data(), end, version.major_number);
  if (error != std::errc{} || dot == end || *dot != '.') return {0, 0};
  if (std::from_chars(dot + 1, end, version.minor_number).ec != std::errc{}) return {0, 0};
  return version;
}

}  // namespace

void seal(sim::File& file, std::vector<Range> contents) {
  std::erase_if(contents, [](const Range& range) { return range.second == 0; });
  std::ranges::sort(contents);
  std::vector<Range> merged;
  for (const Range& range : contents) {
    if (!merged.empty() && merged.back().first + merged.back().second == range.first)
      merged.back().second += range.second;
    else
      merged.push_back(range);
  }
  if (merged.size() > room_for_ranges)
    throw std::length_error("the seal of a result file has no room for so many arrays");

  Block block{};
  const std::string text = fmt::format(
      "{}{}.{}\nWritten by Corridor {}. The HDF5 data begin at byte {}: h5dump, h5py and other "
      "readers of HDF5\nfind them by themselves. What they hold: docs/results-format.md.\n",
      title, results_format.major_number, results_format.minor_number, program_version(),
      seal_bytes);
  std::memcpy(block.data(), text.data(), std::min(text.size(), text_bytes - 1));
  std::memcpy(block.data() + text_bytes, magic.data(), magic.size());
  const std::uint64_t size = file.size();
  set_word(block, text_bytes + 8, size);
  set_word(block, text_bytes + 16, merged.size());
  for (std::size_t i = 0; i < merged.size(); ++i) {
    set_word(block, head_bytes + 16 * i, merged[i].first);
    set_word(block, head_bytes + 16 * i + 8, merged[i].second);
  }
  set_hash(block, structure_hash_at, structure_hash(file, size, merged));
  set_hash(block, own_hash_at, sim::hash128(std::span(block).first(own_hash_at)));
  file.write_at(0, std::span<const std::byte>(block));
}

void check_seal(const sim::File& file) {
  const std::string name = file.path().string();
  const std::uint64_t size = file.size();
  Block block{};
  const std::size_t got = file.read_at(0, block);
  if (got == 0) throw ResultError(name + ": error: the file is empty");
  const std::string_view start = as_text(block, std::min(got, text_bytes));
  if (!start.starts_with(title)) {
    const bool cut = title.starts_with(start);
    if (start.starts_with(hdf5_signature))
      throw ResultError(name + ": error: an HDF5 file, but not a result of Corridor");
    throw ResultError(name +
                      (cut ? ": error: cut short; copy it again, or make it again with corridor run"
                           : ": error: not a result file of Corridor"));
  }
  const std::string cut_short =
      ": error: cut short; copy it again, or make it again with corridor run";
  if (got < seal_bytes) throw ResultError(name + cut_short);
  const FormatVersion version = version_of(start);
  if (version.major_number != results_format.major_number)
    throw ResultError(
        fmt::format("{}: error: results format {}.{}, but this is Corridor {}, which reads format "
                    "{}.x; read it with "
                    "the version that wrote it, or make it again",
                    name, version.major_number, version.minor_number, program_version(),
                    results_format.major_number));
  const std::string damaged =
      ": error: damaged, or changed by another program; copy it again, or make it again with "
      "corridor run";
  if (as_text(block, text_bytes + 8).substr(text_bytes) != magic ||
      hash_at(block, own_hash_at) != sim::hash128(std::span(block).first(own_hash_at)))
    throw ResultError(name + damaged);
  if (size < word_at(block, text_bytes + 8)) throw ResultError(name + cut_short);

  std::vector<Range> contents(static_cast<std::size_t>(
      std::min<std::uint64_t>(word_at(block, text_bytes + 16), room_for_ranges)));
  std::uint64_t at = seal_bytes;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    contents[i] = {word_at(block, head_bytes + 16 * i), word_at(block, head_bytes + 16 * i + 8)};
    const auto [offset, length] = contents[i];
    if (offset < at || offset > size || length > size - offset) throw ResultError(name + damaged);
    at = offset + length;
  }
  if (size != word_at(block, text_bytes + 8) ||
      structure_hash(file, size, contents) != hash_at(block, structure_hash_at))
    throw ResultError(name + damaged);
}

}  // namespace corridor::simulation
