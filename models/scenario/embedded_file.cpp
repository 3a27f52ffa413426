// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/embedded_file.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

namespace corridor::scenario {

namespace fs = std::filesystem;

namespace {

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in ? text.str() : "";
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

const sim::Setting* setting_of(const sim::ScenarioText& read, std::string_view path) {
  const auto found = read.settings.find(path);
  return found == read.settings.end() ? nullptr : &found->second;
}

bool on_command_line(const sim::Setting* s) { return s != nullptr && s->place.line == 0; }

/// The file that is meant; "" after a complaint.
fs::path find_file(const sim::ScenarioText& read, const sim::Setting& setting,
                   const std::string& parameter, const std::string& name,
                   sim::Complaints& complaints) {
  const bool typed = on_command_line(&setting);
  fs::path file = (setting.folder / name).lexically_normal();
  fs::path beside;  // the scenario: what somebody who typed the path may have meant
  if (typed && !read.files.empty() && fs::path(name).is_relative()) {
    std::error_code error;
    const fs::path folder = fs::proximate(read.files.front().parent_path(), error);
    if (!error) beside = (folder / name).lexically_normal();
  }
  if (!is_file(file)) {
    std::string what = parameter + ": no file '" + file.string() + "'; a path " +
                       (typed ? "on the command line is relative to the working folder"
                              : "is relative to the file that says it");
    if (!beside.empty() && is_file(beside)) what += "; did you mean '" + beside.string() + "'?";
    complaints.add(setting.place, what);
    return {};
  }
  if (!beside.empty() && is_file(beside) && content_of(beside) != content_of(file)) {
    complaints.add(setting.place,
                   parameter + ": '" + file.string() + "' is in the working folder, and '" +
                       beside.string() +
                       "' beside the scenario says something else; write the whole path of the one "
                       "that is meant");
    return {};
  }
  return file;
}

}  // namespace

const sim::Setting* setting_to_read(const sim::ScenarioText& read, const Embedded& what,
                                    std::string& text) {
  const sim::Setting* setting = setting_of(read, what.path);
  if (setting == nullptr) return nullptr;
  const bool typed = on_command_line(setting);
  if (!what.from_files && !typed) return nullptr;
  // Another file for a result, which holds the text of its own.
  if (typed && !on_command_line(setting_of(read, what.text_path))) text.clear();
  return text.empty() ? setting : nullptr;
}

std::optional<NamedFile> read_named_file(const sim::ScenarioText& read, const sim::Setting& setting,
                                         const std::string& parameter, const std::string& name,
                                         sim::Complaints& complaints) {
  NamedFile found{find_file(read, setting, parameter, name, complaints), ""};
  if (found.path.empty()) return std::nullopt;
  found.text = content_of(found.path);
  if (found.text.empty()) {
    complaints.add(setting.place,
                   parameter + ": '" + found.path.string() + "' is empty or cannot be read");
    return std::nullopt;
  }
  return found;
}

fs::path embed_file(const sim::ScenarioText& read, const Embedded& what, std::string& file,
                    std::string& text, sim::Complaints& complaints) {
  const sim::Setting* setting = setting_to_read(read, what, text);
  if (setting == nullptr || file.empty()) return {};
  std::optional<NamedFile> found =
      read_named_file(read, *setting, std::string(what.path), file, complaints);
  if (!found) return {};
  text = std::move(found->text);
  file = found->path.filename().string();
  return found->path;
}

}  // namespace corridor::scenario
