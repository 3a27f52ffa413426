// SPDX-License-Identifier: Apache-2.0
#include "sim/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>

namespace corridor::sim {
namespace {

constexpr std::size_t name_size = 40, key_size = 32, alignment = 64;
constexpr std::string_view magic = "CORRIDORCACHE\n\x1a";

struct Header {
  char magic[16];
  char key[key_size];
  std::uint64_t total_bytes;
  std::uint64_t n_sections;
};
struct Entry {
  char name[name_size];
  std::uint64_t offset, bytes, element_size;
};

std::size_t aligned(std::size_t offset) { return (offset + alignment - 1) / alignment * alignment; }

template <std::size_t N>
std::string_view text(const char (&field)[N]) {
  return {field, ::strnlen(field, N)};
}

}  // namespace

void MappedFileWriter::write(const std::filesystem::path& path, std::string_view key) const {
  Header header{};
  std::copy(magic.begin(), magic.end(), header.magic);
  std::copy_n(key.begin(), std::min(key.size(), key_size), header.key);
  header.n_sections = sections_.size();
  std::size_t offset = aligned(sizeof(Header) + sections_.size() * sizeof(Entry));
  std::vector<Entry> directory;
  for (const Section& s : sections_) {
    Entry entry{};
    if (s.name.size() > name_size) throw std::runtime_error("cache: section name too long");
    std::copy(s.name.begin(), s.name.end(), entry.name);
    entry.offset = offset;
    entry.bytes = s.bytes.size();
    entry.element_size = s.element_size;
    directory.push_back(entry);
    offset = aligned(offset + s.bytes.size());
  }
  header.total_bytes = offset;

  std::filesystem::create_directories(path.parent_path());
  const std::filesystem::path temporary = path.string() + "." + std::to_string(::getpid());
  bool good = false;
  {
    std::ofstream out(temporary, std::ios::binary);
    out.write(reinterpret_cast<const char*>(&header), sizeof header);
    out.write(reinterpret_cast<const char*>(directory.data()),
              static_cast<std::streamsize>(directory.size() * sizeof(Entry)));
    const std::vector<char> zeros(alignment, 0);
    std::size_t at = sizeof header + directory.size() * sizeof(Entry);
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      out.write(zeros.data(), static_cast<std::streamsize>(directory[i].offset - at));
      out.write(reinterpret_cast<const char*>(sections_[i].bytes.data()),
                static_cast<std::streamsize>(sections_[i].bytes.size()));
      at = directory[i].offset + sections_[i].bytes.size();
    }
    out.write(zeros.data(), static_cast<std::streamsize>(offset - at));
    out.close();
    good = !out.fail();
  }
  std::error_code error;
  if (good) std::filesystem::rename(temporary, path, error);
  if (!good || error) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw std::runtime_error("cannot write the cache file " + path.string());
  }
}

std::optional<MappedFile> MappedFile::open(const std::filesystem::path& path,
                                           std::string_view key) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat status {};
  void* data = MAP_FAILED;
  std::size_t size = 0;
  if (::fstat(file, &status) == 0 && status.st_size >= static_cast<off_t>(sizeof(Header))) {
    size = static_cast<std::size_t>(status.st_size);
    data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  }
  ::close(file);
  if (data == MAP_FAILED) return std::nullopt;
  MappedFile mapped(static_cast<const std::byte*>(data), size);
  const auto* header = reinterpret_cast<const Header*>(mapped.data_);
  const bool right = text(header->magic) == magic && text(header->key) == key.substr(0, key_size) &&
                     header->total_bytes == size && header->n_sections < 1000 &&
                     sizeof(Header) + header->n_sections * sizeof(Entry) <= size;
  if (!right) return std::nullopt;
  const auto* directory = reinterpret_cast<const Entry*>(mapped.data_ + sizeof(Header));
  for (std::uint64_t i = 0; i < header->n_sections; ++i) {
    if (directory[i].offset > size || directory[i].bytes > size - directory[i].offset) {
      return std::nullopt;
    }
  }
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(other.size_) {}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

std::span<const std::byte> MappedFile::section(std::string_view name,
                                               std::size_t element_size) const {
  const auto* header = reinterpret_cast<const Header*>(data_);
  const auto* directory = reinterpret_cast<const Entry*>(data_ + sizeof(Header));
  for (std::uint64_t i = 0; i < header->n_sections; ++i) {
    if (text(directory[i].name) == name && directory[i].element_size == element_size) {
      return {data_ + directory[i].offset, directory[i].bytes};
    }
  }
  throw std::runtime_error("the cache file has no section " + std::string(name));
}

}  // namespace corridor::sim
