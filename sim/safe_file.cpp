// SPDX-License-Identifier: Apache-2.0
#include "sim/safe_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "sim/unfinished.hpp"

namespace corridor::sim {

namespace fs = std::filesystem;

FileError::FileError(const fs::path& path, const std::string& what, int code)
    : UserError(path.string() + ": error: " + what + ": " + std::generic_category().message(code)),
      code_(code) {}

File::File(fs::path path, Mode mode) : path_(std::move(path)) {
  int flags = O_CLOEXEC;
  const char* what = "cannot open for reading";
  if (mode == Mode::read) flags |= O_RDONLY;
  if (mode == Mode::update) {
    flags |= O_RDWR;
    what = "cannot open for writing";
  }
  if (mode == Mode::create) {
    flags |= O_RDWR | O_CREAT | O_TRUNC;
    what = "cannot create";
  }
  do {
    descriptor_ = ::open(path_.c_str(), flags, 0666);
  } while (descriptor_ < 0 && errno == EINTR);
  if (descriptor_ < 0) throw FileError(path_, what, errno);
}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    path_ = std::move(other.path_);
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t File::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw FileError(path_, "cannot read its size", errno);
  if (!S_ISREG(status.st_mode)) throw FileError(path_, "not a regular file", EINVAL);
  return static_cast<std::uint64_t>(status.st_size);
}

std::size_t File::read_at(std::uint64_t offset, std::span<std::byte> bytes) const {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::pread(descriptor_, bytes.data() + done, bytes.size() - done,
                              static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw FileError(path_, "cannot read", errno);
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

void File::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done,
                               static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw FileError(path_, "cannot write", n < 0 ? errno : ENOSPC);
    done += static_cast<std::size_t>(n);
  }
}

void File::fill_at(std::uint64_t offset, std::uint64_t count, std::byte value) {
  const std::vector<std::byte> block(
      static_cast<std::size_t>(std::min<std::uint64_t>(count, 1u << 20)), value);
  while (count > 0) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(count, block.size()));
    write_at(offset, std::span(block).first(n));
    offset += n;
    count -= n;
  }
}

void File::allocate(std::uint64_t size) {
  int code = 0;
  do {
    code = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(size));
  } while (code == EINTR);
  if (code != 0) throw FileError(path_, "cannot reserve " + std::to_string(size) + " bytes", code);
}

void File::sync() {
  int status = 0;
  do {
    status = ::fdatasync(descriptor_);
  } while (status != 0 && errno == EINTR);
  if (status != 0) throw FileError(path_, "cannot write to the device", errno);
}

bool File::try_lock() {
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  // A lock of the open file, not of the process, and of another kind than HDF5's own flock().
  if (::fcntl(descriptor_, F_OFD_SETLK, &whole) == 0) return true;
  return errno != EAGAIN && errno != EACCES;  // a file system without locks does not stop the run
}

std::vector<std::byte> read_file(const fs::path& path, std::uint64_t limit) {
  const File file(path, File::Mode::read);
  const std::uint64_t size = file.size();
  if (size > limit) throw FileError(path, "cannot read", EFBIG);
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  bytes.resize(file.read_at(0, bytes));
  return bytes;
}

void replace_file(const fs::path& path, std::initializer_list<std::span<const std::byte>> parts) {
  const fs::path fresh = beside(path, ".new");
  const Unfinished unfinished(fresh);
  try {
    File file(fresh, File::Mode::create);
    std::uint64_t offset = 0;
    for (const auto& part : parts) {
      file.write_at(offset, part);
      offset += part.size();
    }
    file.sync();
    rename_file(fresh, path);
  } catch (...) {
    ::unlink(fresh.c_str());
    throw;
  }
}

void rename_file(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw FileError(to, "cannot create", errno);
}

void sync_folder(const fs::path& folder) noexcept {
  const int descriptor =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

fs::path beside(const fs::path& path, std::string_view suffix) {
  fs::path other = path;
  other += suffix;
  return other;
}

}  // namespace corridor::sim
