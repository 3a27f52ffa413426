// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.hpp"

#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <system_error>

#include "sim/names.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> long_names(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

/// The rows that an option of its own stands for.
struct Shortcut {
  const char *option, *path, *placeholder, *help;
};
constexpr Shortcut shortcuts[] = {
    {"days", "run.days", "N", "days to simulate"},
    {"replicates", "run.replicates", "R", "runs that differ in their draws alone"},
    {"seed", "run.seed", "S", "seed of every draw"},
    {"threads", "run.threads", "T", "threads, at least 1; without it, one for each core"},
    {"sample", "run.sample", "N", "journeys to write down one by one"},
};

}  // namespace

UsageError wrong_call(const std::string& command, const std::string& what) {
  const std::string program = command.empty() ? "corridor" : "corridor " + command;
  return UsageError(program + ": error: " + what + "\nTry '" + program + " --help'.");
}

std::optional<po::variables_map> parse_call(const Call& call,
                                            const std::vector<std::string>& args) {
  po::options_description shown = call.options;
  shown.add_options()("help,h", "this help");
  po::options_description all;
  all.add(shown).add(call.arguments);
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::variables_map values;
  try {
    const po::parsed_options parsed =
        po::command_line_parser(args).options(all).positional(call.positional).style(style).run();
    bool help = false;
    for (const auto& option : parsed.options) help = help || option.string_key == "help";
    if (help) {
      std::cout << "usage: corridor " << call.name << ' ' << call.usage << "\n\n"
                << call.about << "\n\n"
                << shown;
      return std::nullopt;
    }
    po::store(parsed, values);
    po::notify(values);
  } catch (const po::unknown_option& error) {
    const std::string typed = error.get_option_name();
    throw wrong_call(
        call.name, "unknown option '" + typed + "'" + sim::did_you_mean(typed, long_names(shown)));
  } catch (const po::too_many_positional_options_error&) {
    throw wrong_call(call.name, "too many words");
  } catch (const po::error& error) {
    throw wrong_call(call.name, error.what());
  }
  return values;
}

void check_output(const fs::path& path, bool force, const std::vector<fs::path>& inputs) {
  const auto wrong = [&](const std::string& what) {
    return UsageError(path.string() + ": error: " + what);
  };
  if (path.empty()) throw UsageError("corridor: error: the name of the output file is empty");
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::exists(folder, error))
    throw wrong("the folder '" + folder.string() + "' does not exist; make it first (mkdir -p)");
  if (!fs::is_directory(folder, error)) throw wrong("'" + folder.string() + "' is not a folder");
  if (fs::is_directory(path, error)) throw wrong("is a folder; name a file in it");
  const bool there = fs::exists(fs::symlink_status(path, error));
  if (there && !fs::is_regular_file(path, error)) throw wrong("is not a regular file");
  for (const fs::path& input : inputs)
    if (there && fs::equivalent(path, input, error))
      throw wrong("is read by this very command; name another file to write");
  if (there && !force) throw wrong("exists already; --force replaces it");
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    throw wrong("the folder '" + folder.string() +
                "' cannot be written to: " + std::generic_category().message(errno));
  if (there && ::access(path.c_str(), W_OK) != 0)
    throw wrong("cannot be written to: " + std::generic_category().message(errno));
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::equivalent(a, b, error)) return true;
  const auto full = [&](const fs::path& path) {
    return fs::weakly_canonical(fs::absolute(path, error), error);
  };
  return full(a) == full(b);
}

void add_scenario_options(po::options_description& options) {
  for (const Shortcut& s : shortcuts)
    options.add_options()(s.option, po::value<std::string>()->value_name(s.placeholder), s.help);
  options.add_options()("strategy",
                        po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
                        "play this strategy instead of the scenario's own; may be repeated")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("PATH=VALUE"),
      "set a parameter (corridor schema --markdown lists them); may be repeated");
}

std::vector<sim::Override> scenario_overrides(const po::variables_map& given) {
  std::vector<sim::Override> overrides;
  if (given.count("set"))
    for (const std::string& text : given["set"].as<std::vector<std::string>>())
      overrides.push_back(sim::parse_set(text));
  if (given.count("strategy") != 0) {
    std::string files, shown;
    for (const std::string& file : given["strategy"].as<std::vector<std::string>>()) {
      files += (files.empty() ? "" : ",") + file;
      shown += (shown.empty() ? "--strategy " : " --strategy ") + file;
    }
    overrides.push_back({"strategy.files", files, shown});
  }
  for (const Shortcut& s : shortcuts) {
    if (!given.count(s.option)) continue;
    const auto& value = given[s.option].as<std::string>();
    const std::string shown = "--" + std::string(s.option) + " " + value;
    if (std::string_view(s.option) == "threads" && value == "0")
      throw UsageError(shown +
                       ": error: allowed is a whole number in [1, 1024]; leave --threads out "
                       "to use every core");
    overrides.push_back({s.path, value, shown});
  }
  return overrides;
}

}  // namespace corridor::app
