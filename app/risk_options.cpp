// SPDX-License-Identifier: Apache-2.0
#include "app/risk_options.hpp"

#include <fmt/format.h>

#include <chrono>
#include <vector>

#include "sim/calendar.hpp"
#include "sim/names.hpp"

namespace corridor::app {

risk::Language language_option(const std::string& command, const po::variables_map& given) {
  const auto typed = given["lang"].as<std::string>();
  if (typed == "en") return risk::Language::english;
  if (typed == "fr") return risk::Language::french;
  throw wrong_call(command, "--lang '" + typed + "'; allowed are en and fr");
}

std::string date_option(const std::string& command, const po::variables_map& given,
                        const std::string& name) {
  if (given.count(name) == 0) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return sim::text(sim::date_of(std::chrono::floor<std::chrono::days>(now).count()));
  }
  auto typed = given[name].as<std::string>();
  if (!sim::parse_date(typed))
    throw wrong_call(
        command, fmt::format("--{} '{}' is no date that exists; write YYYY-MM-DD", name, typed));
  return typed;
}

std::optional<risk::Stage> stage_option(const std::string& command,
                                        const po::variables_map& given) {
  if (given.count("stage") == 0) return std::nullopt;
  const auto text = given["stage"].as<std::string>();
  std::vector<std::string> names;
  for (const auto stage : {risk::Stage::booking, risk::Stage::check_in, risk::Stage::arrival}) {
    names.emplace_back(name(stage));
    if (text == names.back()) return stage;
  }
  throw wrong_call(command, "--stage " + text + ": allowed are " + sim::listed(names) +
                                sim::did_you_mean(text, names));
}

std::filesystem::path file_option(const po::variables_map& given, const std::string& name) {
  return given.count(name) > 0 ? given[name].as<std::string>() : std::string();
}

double share_option(const std::string& command, const po::variables_map& given,
                    const std::string& name) {
  const auto share = given[name].as<double>();
  if (!(share > 0 && share < 1))
    throw wrong_call(command,
                     fmt::format("--{} {}: a share lies between 0 and 1, as in 0.02", name, share));
  return share;
}

std::optional<std::int64_t> whole_option(const std::string& command, const po::variables_map& given,
                                         const std::string& name, std::int64_t least,
                                         std::int64_t most) {
  if (given.count(name) == 0) return std::nullopt;
  const auto n = given[name].as<std::int64_t>();
  if (n < least || n > most)
    throw wrong_call(command, fmt::format("--{} {}: allowed is a whole number from {} to {}", name,
                                          n, least, most));
  return n;
}

void refuse_idle_force(const std::string& command, const po::variables_map& given) {
  if (given.count("force") > 0 && given.count("output") == 0)
    throw wrong_call(command, "--force is for the file of -o, and none is named");
}

std::optional<double> number_option(const std::string& command, const po::variables_map& given,
                                    const std::string& name, double least, double most) {
  if (given.count(name) == 0) return std::nullopt;
  const auto x = given[name].as<double>();
  if (!(x >= least && x <= most))
    throw wrong_call(
        command, fmt::format("--{} {}: allowed is a number from {} to {}", name, x, least, most));
  return x;
}

}  // namespace corridor::app
