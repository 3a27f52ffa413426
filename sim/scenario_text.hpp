// SPDX-License-Identifier: Apache-2.0
/// \file scenario_text.hpp  Reads what a scenario file (TOML) sets, checks it against the rows,
/// reports every complaint.
///
/// A file says what differs from the defaults. `base = "other.toml"` (relative to the file) is read
/// first and what the file itself sets wins; a circle of bases is an error that names the circle.
/// `name` and `about` are text for people. Every other key is the path of a row. Nothing is
/// converted silently: a whole number may stand for a real one, a TOML date for its text, no more.
/// All complaints about all files of a chain come together; only broken TOML hides what follows it
/// in the same file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/error.hpp"
#include "sim/parameter_set.hpp"

namespace corridor::sim {

/// Where something was said: a file (or an option of the command line), line and column from 1, 0 =
/// nowhere in it.
struct Place {
  std::string file;
  std::uint32_t line = 0, column = 0;
};

struct Complaint {
  std::string file;
  std::uint32_t line = 0, column = 0;
  std::string message;
  /// "west.toml:14:9: error: ..."; without the numbers when there is no line.
  [[nodiscard]] std::string text() const;
};

/// Everything that is wrong with a scenario; what() has one complaint a line.
class ScenarioError : public UserError {
 public:
  explicit ScenarioError(std::vector<Complaint> found);
  [[nodiscard]] const std::vector<Complaint>& found() const { return found_; }

 private:
  std::vector<Complaint> found_;
};

/// Collects complaints; they come out by file (in the order in which the files were first
/// complained about), line and column.
class Complaints {
 public:
  void add(const Place& place, std::string message);
  [[nodiscard]] bool empty() const { return found_.empty(); }
  /// \throws ScenarioError when there is any.
  void throw_if_any() const;
  /// Those of another list; one that is here already is left out.
  void take(Complaints&& other);

 private:
  std::vector<Complaint> found_;
};

/// A value given on the command line: it wins over every file.
struct Override {
  std::string path;
  std::optional<std::string>
      value;          ///< as typed, in TOML's spelling; text may go without quotes; nothing: no '='
  std::string shown;  ///< what complaints call it: "--set run.days=3", "--days 3"
};

/// Of "PATH=VALUE", as `--set` takes it.
[[nodiscard]] Override parse_set(std::string_view text);

struct Setting {
  Value value;  ///< of its row's kind, in its range
  Place place;
  std::filesystem::path
      folder;  ///< that relative paths are relative to: the file's; "" = the working folder
};

struct ScenarioText {
  std::map<std::string, Setting, std::less<>> settings;  ///< by path
  std::string name;  ///< `name`, or the file's name without its ending
  std::string about;
  std::vector<std::filesystem::path>
      files;  ///< that were read, canonical: the first to its last base
};

/// Most bytes that a scenario file may have, far beyond any real file.
inline constexpr std::size_t most_scenario_bytes = 1 << 20;

/// Reads a file and its bases. What is wrong is added to `complaints`; what is returned then lacks
/// it.
[[nodiscard]] ScenarioText read_scenario_file(const std::filesystem::path& path,
                                              const ParameterSet& parameters,
                                              std::span<const Override> overrides,
                                              Complaints& complaints);

/// The same of a text that is no file: it cannot have a base. `name` is its name unless it sets
/// one, and its place in complaints.
[[nodiscard]] ScenarioText read_scenario_text(std::string_view text, const std::string& name,
                                              const ParameterSet& parameters,
                                              std::span<const Override> overrides,
                                              Complaints& complaints);

}  // namespace corridor::sim
