// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario_text.hpp"

#include <algorithm>
#include <system_error>

#include "sim/calendar.hpp"
#include "sim/names.hpp"
#include "sim/toml_guard.hpp"
#include "sim/toml_text.hpp"
#include "sim/utf8.hpp"

namespace corridor::sim {
namespace {

namespace fs = std::filesystem;

/// A name between single quotes, control characters escaped.
std::string single_quoted(std::string_view name) {
  std::string inner = literal(name);
  return "'" + inner.substr(1, inner.size() - 2) + "'";
}

/// Names of the scenario files beside `path`.
std::vector<std::string> neighbours(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".toml") names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Reader {
 public:
  Reader(const ParameterSet& parameters, Complaints& complaints)
      : parameters_(parameters), complaints_(complaints) {}

  void read_override(const Override& given) {
    const Place place{given.shown, 0, 0};
    if (!given.value) {
      complaints_.add(place, "no '='; write PATH=VALUE, as in --set run.days=30");
      return;
    }
    const ParameterInfo* row = parameters_.find(given.path);
    if (!row) {
      complaints_.add(place, unknown_path(given.path));
      return;
    }
    std::optional<Value> value = typed(*row, *given.value);
    if (!value) {
      complaints_.add(place, given.path + " = " + single_quoted(*given.value) +
                                 " cannot be understood; allowed is " + what_is_allowed(*row));
      return;
    }
    if (std::optional<std::string> wrong = complaint_about(*row, *value))
      complaints_.add(place, std::move(*wrong));
    else  // of several, the last one wins
      result.settings.insert_or_assign(given.path, Setting{std::move(*value), place, {}});
  }

  /// Reads a file that was named at `from` (an empty file name there: by the caller).
  void read_file(const fs::path& path, const Place& from, const std::string& said) {
    const std::string shown = path.string();
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(path, error);
    const auto seen = std::find(result.files.begin(), result.files.end(), canonical);
    if (seen != result.files.end()) {
      std::string circle;
      for (auto i = static_cast<std::size_t>(seen - result.files.begin()); i < shown_.size(); ++i)
        circle += shown_[i] + " -> ";
      complaints_.add(from, said + " closes a circle: " + circle +
                                shown_[static_cast<std::size_t>(seen - result.files.begin())]);
      return;
    }
    std::string bytes;
    try {
      bytes = read_toml_bytes(path, "scenario");
    } catch (const std::string& why) {
      std::string hint;
      if (why == "no such file") hint = did_you_mean(path.filename().string(), neighbours(path));
      if (from.file.empty())
        complaints_.add({shown, 0, 0}, why + hint);
      else
        complaints_.add(from, said + ": " + shown + ": " + why + hint);
      return;
    }
    result.files.push_back(canonical);
    shown_.push_back(shown);
    if (from.file.empty()) result.name = path.stem().string();
    read_bytes_of(bytes, shown, path.parent_path(), true);
  }

  void read_bytes_of(std::string_view bytes, const std::string& file, const fs::path& folder,
                     bool may_have_base) {
    const std::optional<toml::table> root = parse_toml(bytes, file, complaints_);
    if (!root) return;
    std::optional<std::pair<std::string, Place>> base;
    for (const auto& [key, node] : *root) {
      const Place at_key = toml_place(file, key.source()),
                  at_value = toml_place(file, node.source());
      const auto* words = node.as_string();
      if (key.str() == "base" || key.str() == "name" || key.str() == "about") {
        if (!words)
          complaints_.add(at_value, std::string(key.str()) + " is " + std::string(toml_kind(node)) +
                                        "; allowed is text in quotes");
        else if (key.str() == "base")
          base.emplace(words->get(), at_value);
        else if (shown_.size() <= 1)  // a base's own name is not inherited
          (key.str() == "name" ? result.name : result.about) = words->get();
      } else {
        read_node("", key, at_key, node, file, folder);
      }
    }
    if (!base) return;
    const auto& [other, at_base] = *base;
    if (!may_have_base)
      complaints_.add(at_base, "base cannot stand here: this text has no folder to find it from");
    else if (other.empty() || other.find('\0') != other.npos)
      complaints_.add(at_base,
                      "base = " + literal(std::string_view(other)) + " is not the name of a file");
    else
      read_file((folder / other).lexically_normal(), at_base,
                "base = " + literal(std::string_view(other)));
  }

  ScenarioText result;

 private:
  void read_node(const std::string& table, const toml::key& key, const Place& at_key,
                 const toml::node& node, const std::string& file, const fs::path& folder) {
    const std::string name(key.str());
    const std::string path = table.empty() ? name : table + "." + name;
    const bool plain = name.find('.') == name.npos;  // a quoted key may hold dots; no path does
    const ParameterInfo* row = plain ? parameters_.find(path) : nullptr;
    if (row) {
      const Place at_value = toml_place(file, node.source());
      if (std::optional<Value> value = toml_value(node))
        keep(*row, std::move(*value), at_value, folder);
      else
        complaints_.add(at_value, path + " is " + std::string(toml_kind(node)) + "; allowed is " +
                                      what_is_allowed(*row));
      return;
    }
    if (!plain || name.empty() || !parameters_.is_table(path)) {
      complaints_.add(at_key, unknown_key(table, name, node.is_table()));
      return;
    }
    if (const toml::table* inner = node.as_table()) {
      for (const auto& [inner_key, inner_node] : *inner)
        read_node(path, inner_key, toml_place(file, inner_key.source()), inner_node, file, folder);
      return;
    }
    complaints_.add(toml_place(file, node.source()), path + " is " + std::string(toml_kind(node)) +
                                                         "; allowed is a table [" + path + "] of " +
                                                         listed(parameters_.names_in(path)));
  }

  void keep(const ParameterInfo& row, Value value, const Place& place, const fs::path& folder) {
    if (std::optional<std::string> wrong = complaint_about(row, value)) {
      complaints_.add(place, std::move(*wrong));
      return;
    }
    // Overrides were read first, then a file, then its base: what is there already wins.
    result.settings.try_emplace(std::string(row.path), Setting{std::move(value), place, folder});
  }

  [[nodiscard]] std::string unknown_key(const std::string& table, const std::string& name,
                                        bool is_table) const {
    const std::string path = table.empty() ? name : table + "." + name;
    std::vector<std::string> here = parameters_.names_in(table);
    if (table.empty()) here.insert(here.end(), {"about", "base", "name"});
    std::string out =
        is_table ? "unknown table " + single_quoted(name) : "unknown key " + single_quoted(name);
    out += table.empty() ? " at the top level" : " in [" + table + "]";
    if (const auto near = nearest_name(name, here)) return out + "; did you mean '" + *near + "'?";
    // A right name in the wrong table is the other common slip.
    for (const ParameterInfo& row : parameters_.rows())
      if (row.key() == name) return out + "; did you mean '" + std::string(row.path) + "'?";
    std::sort(here.begin(), here.end());
    return out + "; known here: " + listed(here);
  }

  [[nodiscard]] std::string unknown_path(const std::string& path) const {
    const std::vector<std::string> paths = parameters_.paths();
    if (const auto near = nearest_name(path, paths))
      return "unknown parameter " + single_quoted(path) + "; did you mean '" + *near + "'?";
    for (const ParameterInfo& row : parameters_.rows())
      if (row.key() == std::string_view(path).substr(path.rfind('.') + 1))
        return "unknown parameter " + single_quoted(path) + "; did you mean '" +
               std::string(row.path) + "'?";
    return "unknown parameter " + single_quoted(path) +
           "; `corridor schema --markdown` lists them all";
  }

  /// A value from the command line: TOML's spelling; text may go without quotes.
  static std::optional<Value> typed(const ParameterInfo& row, const std::string& value) {
    const bool in_quotes = !value.empty() && (value.front() == '"' || value.front() == '\'');
    const LinePlace fault = broken_utf8(value);
    if (fault.line > 0 || value.size() > 4096) return std::nullopt;
    if (row.kind == Kind::text && !in_quotes) return Value(value);
    if (value.find('\n') != value.npos || !toml_trouble(value).what.empty()) return std::nullopt;
    try {
      const toml::table root = toml::parse("v = " + value);
      return root.size() == 1 ? toml_value(*root.get("v")) : std::nullopt;
    } catch (const toml::parse_error&) {
      return std::nullopt;
    }
  }

  const ParameterSet& parameters_;
  Complaints& complaints_;
  std::vector<std::string> shown_;  ///< result.files as the user would name them
};

}  // namespace

std::string Complaint::text() const {
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line) + ":" + std::to_string(column);
  return out + ": error: " + message;
}

namespace {

std::string joined(const std::vector<Complaint>& found) {
  std::string out;
  for (const Complaint& complaint : found) out += complaint.text() + "\n";
  return out;
}

}  // namespace

ScenarioError::ScenarioError(std::vector<Complaint> found)
    : UserError(joined(found)), found_(std::move(found)) {}

void Complaints::add(const Place& place, std::string message) {
  found_.push_back({place.file, place.line, place.column, std::move(message)});
}

void Complaints::take(Complaints&& other) {
  for (Complaint& c : other.found_) {
    bool here = false;
    for (const Complaint& mine : found_) here = here || mine.text() == c.text();
    if (!here) found_.push_back(std::move(c));
  }
}

void Complaints::throw_if_any() const {
  if (found_.empty()) return;
  std::vector<std::string> files;
  const auto rank = [&](const Complaint& complaint) {
    return std::find(files.begin(), files.end(), complaint.file) - files.begin();
  };
  for (const Complaint& complaint : found_)
    if (rank(complaint) == static_cast<std::ptrdiff_t>(files.size()))
      files.push_back(complaint.file);
  std::vector<Complaint> sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Complaint& a, const Complaint& b) {
    return std::tuple(rank(a), a.line, a.column) < std::tuple(rank(b), b.line, b.column);
  });
  throw ScenarioError(std::move(sorted));
}

Override parse_set(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string shown = "--set " + std::string(text);
  if (equals == text.npos) return {std::string(text), std::nullopt, shown};
  return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)), shown};
}

ScenarioText read_scenario_file(const fs::path& path, const ParameterSet& parameters,
                                std::span<const Override> overrides, Complaints& complaints) {
  Reader reader(parameters, complaints);
  for (const Override& given : overrides) reader.read_override(given);
  reader.read_file(path, {}, "");
  return std::move(reader.result);
}

ScenarioText read_scenario_text(std::string_view text, const std::string& name,
                                const ParameterSet& parameters, std::span<const Override> overrides,
                                Complaints& complaints) {
  Reader reader(parameters, complaints);
  for (const Override& given : overrides) reader.read_override(given);
  reader.result.name = name;
  reader.read_bytes_of(text, name, {}, false);
  return std::move(reader.result);
}

}  // namespace corridor::sim
