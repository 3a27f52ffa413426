// SPDX-License-Identifier: Apache-2.0
#include "models/world/folder.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include "models/world/world.hpp"
#include "sim/names.hpp"

namespace corridor::world {

void check_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return;
  Complaints complaints;
  complaints.add(folder.generic_string(), 0, 0,
                 fmt::format("there is no such folder; a world is a folder with {}",
                             sim::listed(world_files(), world_files().size())));
  complaints.throw_if_any();
}

std::optional<std::string> read_bytes(const std::filesystem::path& path, Complaints& complaints) {
  const std::string name = path.generic_string();
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    complaints.add(name, 0, 0, "a folder stands where a file is due");
    return std::nullopt;
  }
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  if (in) bytes.assign(std::istreambuf_iterator<char>(in), {});
  if (!in.is_open() || in.bad()) {
    const int why = errno;
    complaints.add(name, 0, 0,
                   fmt::format("cannot be read: {}; a world needs every one of its tables",
                               why != 0 ? std::strerror(why) : "unknown reason"));
    return std::nullopt;
  }
  return bytes;
}

void FolderHash::add(std::string_view name, std::string_view bytes) {
  put(name);
  put(bytes);
}

std::string FolderHash::hex() const {
  const XXH128_hash_t h = XXH3_128bits_digest(&state_);
  return fmt::format("{:016x}{:016x}", h.high64, h.low64);
}

void FolderHash::put(std::string_view bytes) {
  unsigned char length[8];
  for (unsigned i = 0; i < 8; ++i)
    length[i] = static_cast<unsigned char>((std::uint64_t{bytes.size()} >> (8 * i)) & 0xFF);
  XXH3_128bits_update(&state_, length, sizeof length);
  XXH3_128bits_update(&state_, bytes.data(), bytes.size());
}

const std::vector<std::string>& world_files() {
  static const std::vector<std::string> names{
      "world.toml",        "countries.csv",   "published_totals.csv", "borders.csv",
      "cities.csv",        "airports.csv",    "air_legs.csv",         "ports.csv",
      "sea_lanes.csv",     "ties.csv",        "migrants.csv",         "seasons.csv",
      "organisations.csv", "memberships.csv", "same_day.csv",         "liner_connectivity.csv",
      "governance.csv"};
  return names;
}

std::string hash_world(const std::filesystem::path& folder) {
  check_folder(folder);
  Complaints complaints;
  FolderHash hash;
  for (const std::string& name : world_files())
    if (const std::optional<std::string> bytes = read_bytes(folder / name, complaints))
      hash.add(name, *bytes);
  complaints.throw_if_any();
  return hash.hex();
}

}  // namespace corridor::world
