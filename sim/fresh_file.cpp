// SPDX-License-Identifier: Apache-2.0
#include "sim/fresh_file.hpp"

#include <unistd.h>

#include <utility>

namespace corridor::sim {

FreshFile::FreshFile(std::filesystem::path path)
    : path_(std::move(path)),
      unfinished_(beside(path_, ".new")),
      file_(beside(path_, ".new"), File::Mode::create) {}

FreshFile::~FreshFile() {
  if (!done_) ::unlink(file_.path().c_str());
}

void FreshFile::append(std::string_view text) {
  waiting_ += text;
  if (waiting_.size() >= std::size_t{1} << 20) flush();
}

void FreshFile::flush() {
  file_.write_at(written_, waiting_);
  written_ += waiting_.size();
  waiting_.clear();
}

void FreshFile::commit() {
  flush();
  file_.sync();
  rename_file(file_.path(), path_);
  done_ = true;
}

}  // namespace corridor::sim
