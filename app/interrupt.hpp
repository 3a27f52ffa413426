// SPDX-License-Identifier: Apache-2.0
/// \file interrupt.hpp  What Ctrl-C and TERM do, the same in every command.
///
/// A command that is asked to end does so at once: a message, exit status 130, and no file half
/// written (sim/unfinished.hpp). One that can end in an orderly way holds a FinishFirst while it
/// can: then the first signal only asks, the command looks at `interrupted()` and ends by itself,
/// and a second signal ends it at once.
/// Checked in tests/python/test_interrupt.py and test_kill_resume.py.
#pragma once

namespace corridor::app {

inline constexpr int interrupted_status = 130;

/// From now on; main calls it.
void watch_interrupts();

/// Whether the program was asked to end.
[[nodiscard]] bool interrupted();

/// "interrupted: nothing was written", on the error stream.
void say_interrupted();

class FinishFirst {
 public:
  FinishFirst();
  FinishFirst(const FinishFirst&) = delete;
  FinishFirst& operator=(const FinishFirst&) = delete;
  ~FinishFirst();
};

}  // namespace corridor::app
