// SPDX-License-Identifier: Apache-2.0
#include "sim/checkpoint.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>
#include <string>
#include <string_view>

#include "sim/safe_file.hpp"

namespace corridor::sim {

namespace {

constexpr std::string_view magic = "corridor state 1";
constexpr std::size_t hash_bytes = 16;

struct Header {
  char magic[16];
  std::uint64_t n_closed;
  std::uint64_t n_state;
  Identity run;
};
static_assert(sizeof(Header) == 48 && magic.size() == sizeof(Header::magic));

template <class T>
std::span<const std::byte> bytes_of(const T& value) {
  return std::as_bytes(std::span(&value, 1));
}

Identity words(XXH128_hash_t hash) { return {hash.low64, hash.high64}; }

}  // namespace

Identity hash128(std::span<const std::byte> bytes) {
  return words(XXH3_128bits(bytes.data(), bytes.size()));
}

void write_checkpoint(const std::filesystem::path& path, const Identity& run,
                      std::span<const std::int64_t> closed, std::span<const std::byte> state) {
  Header header{};
  std::memcpy(header.magic, magic.data(), magic.size());
  header.n_closed = closed.size();
  header.n_state = state.size();
  header.run = run;

  XXH3_state_t hashing;
  XXH3_128bits_reset(&hashing);
  XXH3_128bits_update(&hashing, &header, sizeof header);
  XXH3_128bits_update(&hashing, closed.data(), closed.size_bytes());
  XXH3_128bits_update(&hashing, state.data(), state.size());
  const Identity hash = words(XXH3_128bits_digest(&hashing));
  replace_file(path, {bytes_of(header), std::as_bytes(closed), state, bytes_of(hash)});
}

Checkpoint read_checkpoint(const std::filesystem::path& path, const Identity& run) {
  const std::string again = "; make the result again with --force";
  if (!std::filesystem::exists(path))
    throw CheckpointError(path.string() +
                          ": error: no such checkpoint, so there is nothing to go on from" + again);
  std::vector<std::byte> bytes;
  try {
    bytes = read_file(path);
  } catch (const FileError& error) {
    throw CheckpointError(error.what());
  }
  Header header{};
  if (bytes.size() < sizeof header + hash_bytes)
    throw CheckpointError(path.string() + ": error: the checkpoint is cut short" + again);
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic, 15) != magic.substr(0, 15))
    throw CheckpointError(path.string() + ": error: not a checkpoint of Corridor" + again);
  if (header.magic[15] != magic[15])
    throw CheckpointError(path.string() +
                          ": error: a checkpoint of another version of Corridor; resume " +
                          "with the version that wrote it");

  const std::uint64_t room = bytes.size() - sizeof header - hash_bytes;
  if (header.n_closed == 0 || header.n_closed > room / sizeof(std::int64_t) ||
      header.n_state != room - header.n_closed * sizeof(std::int64_t))
    throw CheckpointError(path.string() + ": error: the checkpoint is cut short" + again);
  Identity stored{};
  std::memcpy(&stored, bytes.data() + bytes.size() - hash_bytes, hash_bytes);
  if (stored != hash128(std::span(bytes).first(bytes.size() - hash_bytes)))
    throw CheckpointError(path.string() + ": error: the checkpoint is damaged" + again);
  if (header.run != run)
    throw CheckpointError(path.string() + ": error: the checkpoint belongs to another run" + again);

  Checkpoint checkpoint;
  checkpoint.closed.resize(header.n_closed);
  const std::byte* from = bytes.data() + sizeof header;
  std::memcpy(checkpoint.closed.data(), from, header.n_closed * sizeof(std::int64_t));
  from += header.n_closed * sizeof(std::int64_t);
  checkpoint.state.assign(from, from + header.n_state);
  return checkpoint;
}

}  // namespace corridor::sim
