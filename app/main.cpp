// SPDX-License-Identifier: Apache-2.0
/// \file main.cpp  Finds the command, runs it, and turns what goes wrong into a message and an exit
/// status.

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "sim/names.hpp"

namespace corridor::app {
namespace {

void print_help(std::ostream& out) {
  out << "usage: corridor COMMAND [ARGUMENT...]\n\n"
         "Simulates, person by person, how people cross the world's borders. Everyone in it is "
         "synthetic.\n\n";
  for (const Command& command : commands) {
    out << "  " << command.name << std::string(12 - command.name.size(), ' ') << command.help
        << '\n';
  }
  out << "\n  --help      this help; `corridor COMMAND --help` tells about one command\n"
         "  --version   the program's version\n\n"
         "Exit status: 0 done, 1 failed inside, 2 the input or the call is wrong, 130 "
         "interrupted.\n";
}

int dispatch(const std::vector<std::string>& words) {
  if (words.empty()) {
    print_help(std::cerr);
    return 2;
  }
  const std::string& first = words.front();
  if (first == "--help" || first == "-h") {
    print_help(std::cout);
    return 0;
  }
  if (first == "--version") {
    std::cout << "corridor " << CORRIDOR_VERSION << '\n';
    return 0;
  }
  for (const Command& command : commands)
    if (command.name == first) return command.run({words.begin() + 1, words.end()});
  std::vector<std::string> known{"--help", "--version"};
  for (const Command& command : commands) known.emplace_back(command.name);
  const bool option = first.substr(0, 1) == "-";
  throw wrong_call("", (option ? "unknown option '" : "unknown command '") + first + "'" +
                           sim::did_you_mean(first, known));
}

/// Whether nobody reads standard output any more: `corridor ... | head` has seen enough.
bool reader_has_gone() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&out, 1, 0) > 0 && (out.revents & POLLERR) != 0;
}

void complain(const std::string& prefix, const std::string& what) {
  // Messages that name a place, or an option, say "error" themselves.
  const bool placed = what.substr(0, what.find('\n')).find(": error: ") != std::string::npos;
  std::cerr << (placed ? "" : prefix) << what << (!what.empty() && what.back() == '\n' ? "" : "\n");
}

int run(const std::vector<std::string>& words) {
  int status = 1;
  try {
    status = dispatch(words);
  } catch (const sim::UserError& error) {
    std::cout.flush();
    complain("corridor: error: ", error.what());
    status = 2;
  } catch (const std::bad_alloc&) {
    complain("corridor: error: ", "out of memory");
  } catch (const std::exception& error) {
    if (reader_has_gone()) return 0;  // a library may throw when its output cannot be written
    std::cerr << "corridor: internal error: " << error.what() << '\n';
  }
  std::cout.flush();
  if (std::fflush(stdout) == 0 && std::cout.good() && !std::ferror(stdout)) return status;
  if (reader_has_gone()) return status;
  std::cerr << "corridor: error: standard output cannot be written\n";
  return std::max(status, 1);
}

}  // namespace
}  // namespace corridor::app

int main(int argc, char** argv) {
  std::signal(SIGPIPE,
              SIG_IGN);  // a broken pipe is an error of the write, not the end of the program
  corridor::app::watch_interrupts();
  return corridor::app::run({argv + std::min(argc, 1), argv + argc});
}
