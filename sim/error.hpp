// SPDX-License-Identifier: Apache-2.0
/// \file error.hpp  Errors that a user can mend (wrong input, a wrong call, a file that cannot be
/// read or written), and broken invariants, which nobody but the program can answer for.
#pragma once

#include <stdexcept>

namespace corridor::sim {

/// Base of every error whose cause lies outside the program. The text is for the user: what is
/// wrong, where, and what to do next. The command prints it and ends with status 2; any other
/// exception is a fault of the program (status 1).
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Something that must always hold does not: a fault of the program or of a state that was changed
/// from outside. The run stops; the text says what, where and when (the command ends with 1).
class InvariantError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace corridor::sim
