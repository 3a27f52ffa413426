// SPDX-License-Identifier: Apache-2.0
/// \file command.hpp  The built command, run in a folder that goes away with the test.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace corridor::test {

class Command {
 public:
  /// \param before, after  words around those of each `run`
  explicit Command(std::string before = "", std::string after = "")
      : before_(std::move(before)), after_(std::move(after)) {
    std::string name = (std::filesystem::temp_directory_path() / "corridor-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no scratch folder");
    folder = name;
  }
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  ~Command() { std::filesystem::remove_all(folder); }

  /// Runs the command with these words, as a shell takes them; returns its exit status.
  int run(const std::string& words) {
    const std::string line = "cd '" + folder.string() + "' && '" CORRIDOR_BINARY "' " + before_ +
                             " " + words + " " + after_ + " >stdout 2>stderr </dev/null";
    const int status = std::system(line.c_str());
    out = content("stdout");
    err = content("stderr");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream in(folder / name, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
  }

  std::filesystem::path folder;
  std::string out, err;

 private:
  std::string before_, after_;
};

}  // namespace corridor::test
