// SPDX-License-Identifier: Apache-2.0
/// \file complaints.hpp  What is wrong with data files, collected so that a user hears all of it at
/// once.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/error.hpp"

namespace corridor::world {

struct Complaint {
  std::string file;
  std::size_t line = 0,
              column = 0;  ///< from 1; column counts characters. 0, 0: the file as a whole
  std::string what;
};

/// Everything that is wrong with a data folder, one complaint a line: `data/airports.csv:17:3:
/// error: ...`.
class DataError : public sim::UserError {
 public:
  using sim::UserError::UserError;
  DataError(const std::string& text, std::vector<Complaint> found)
      : sim::UserError(text), found_(std::move(found)) {}
  /// The complaints that the text shows.
  [[nodiscard]] const std::vector<Complaint>& found() const { return found_; }

 private:
  std::vector<Complaint> found_;
};

class Complaints {
 public:
  static constexpr std::size_t most_shown = 50;

  void add(std::string file, std::size_t line, std::size_t column, std::string what) {
    if (++count_ <= most_shown) shown_.push_back({std::move(file), line, column, std::move(what)});
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// Whether more of them are only counted, so that nobody needs to work on a good text.
  [[nodiscard]] bool full() const { return count_ >= most_shown; }
  [[nodiscard]] const std::vector<Complaint>& shown() const { return shown_; }
  /// One line each, then "and N more".
  [[nodiscard]] std::string text() const;
  /// \throws DataError when there is any.
  void throw_if_any() const;

 private:
  std::vector<Complaint> shown_;
  std::size_t count_ = 0;
};

}  // namespace corridor::world
