// SPDX-License-Identifier: Apache-2.0
#include "app/interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string_view>

#include "sim/unfinished.hpp"

namespace corridor::app {
namespace {

std::atomic<int> finishing{0};
std::atomic<bool> asked{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

constexpr std::string_view at_once = "interrupted: nothing was written\n",
                           in_the_middle = "interrupted again: ended at once\n";

void say(std::string_view what) {
  static_cast<void>(!::write(STDERR_FILENO, what.data(), what.size()));
}

/// Nothing here but what a handler may do.
void on_signal(int) {
  if (finishing > 0 && !asked.exchange(true)) return;
  say(finishing > 0 ? in_the_middle : at_once);
  sim::remove_unfinished();
  ::_exit(interrupted_status);
}

}  // namespace

void watch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

bool interrupted() { return asked; }

void say_interrupted() { say(at_once); }

FinishFirst::FinishFirst() { ++finishing; }
FinishFirst::~FinishFirst() { --finishing; }

}  // namespace corridor::app
