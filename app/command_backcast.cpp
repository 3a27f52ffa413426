// SPDX-License-Identifier: Apache-2.0
/// \file command_backcast.cpp  corridor backcast: calibrates the trafficking model on published
/// figures up to a year and forecasts the years after, blind to them.
#include <fmt/format.h>

#include <iostream>
#include <mutex>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/progress_bar.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trafficking/backcast.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

std::string text_of(const trafficking::Backcast& backcast,
                    const trafficking::BackcastResult& result) {
  std::string out = fmt::format(
      "{}: {} rounds of {} sets of parameters, {} admissible, {} seeds each\n"
      "distance from the targets up to {}: {:.2f} of the nearest, {:.2f} of the farthest kept, "
      "{:.2f} of the median of the first round\n\n{:<8}{:<8}{:<6}{:>10}{:>10}{:>10}  {}\n",
      backcast.plan.name, backcast.plan.rounds, backcast.plan.sets, result.admissible.size(),
      backcast.plan.replicates, backcast.plan.calibrated_to, result.admissible.front().distance,
      result.admissible.back().distance, result.first_distance, "what", "place", "year", "p10",
      "p50", "p90", "role");
  for (const trafficking::BackcastRow& r : result.rows)
    out += fmt::format("{:<8}{:<8}{:<6}{:>10.4g}{:>10.4g}{:>10.4g}  {}\n", r.what, r.place, r.year,
                       r.p10, r.p50, r.p90, r.forecast ? "forecast" : "calibration");
  return out;
}

}  // namespace

int command_backcast(const std::vector<std::string>& args) {
  Call call;
  call.name = "backcast";
  call.usage = "FILE [-o FILE.csv] [--sets FILE.csv] [options]";
  call.about =
      "Calibrates the trafficking model by itself, without the stream of travellers, on published "
      "figures up to a year, and forecasts the years after; nothing later can be in the file. "
      "Prints percentiles over admissible sets of parameters and seeds.";
  call.options.add_options()("output,o", po::value<std::string>()->value_name("FILE.csv"),
                             "where to write the forecast")(
      "sets", po::value<std::string>()->value_name("FILE.csv"),
      "where to write the admissible sets of parameters")(
      "world", po::value<std::string>()->value_name("FOLDER"),
      "tables of another world than the shipped one")(
      "threads", po::value<int>()->default_value(0, "all")->value_name("N"),
      "threads; results do not depend on them")("force", "replace files that exist")(
      "quiet", "no progress bar");
  call.arguments.add_options()("file", po::value<std::string>());
  call.positional.add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("file") == 0)
    throw wrong_call("backcast", "which file? scenarios/backcast/cocaine-eu.toml is one");
  const int threads = (*given)["threads"].as<int>();
  if (threads < 0)
    throw wrong_call("backcast", fmt::format("--threads {}: allowed is 0 (all) or more", threads));
  const std::filesystem::path path = (*given)["file"].as<std::string>();
  const std::filesystem::path data =
      given->count("world") > 0 ? std::filesystem::path((*given)["world"].as<std::string>())
                                : scenario::shipped_folder("data");
  const std::vector<std::byte> bytes = sim::read_file(path, sim::most_scenario_bytes);
  const world::World world = world::load_world(data);
  sim::Complaints complaints;
  const sim::RowText text({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                          path.string(), complaints);
  const trafficking::Backcast backcast =
      trafficking::read_backcast(text, path.string(), world, complaints);
  complaints.throw_if_any();
  for (const std::string& warning : backcast.actors.warnings)
    std::cerr << path.string() << ": warning: " << warning << '\n';
  std::vector<std::filesystem::path> inputs{path}, outputs;
  for (const std::string& table : world::world_files()) inputs.push_back(data / table);
  for (const char* option : {"output", "sets"}) {
    if (given->count(option) == 0) continue;
    outputs.emplace_back((*given)[option].as<std::string>());
    check_output(outputs.back(), given->count("force") > 0, inputs);
  }
  if (outputs.size() == 2 && same_file(outputs[0], outputs[1]))
    throw wrong_call("backcast", fmt::format("-o {} and --sets {} are one file; name two",
                                             outputs[0].string(), outputs[1].string()));
  trafficking::BackcastResult result;
  {
    const Bar bar(given->count("quiet") > 0);
    std::mutex one;
    result =
        trafficking::forecast(backcast, world, threads, [&](std::int64_t done, std::int64_t all) {
          const std::lock_guard lock(one);
          bar.show("run", done, all);
        });
  }
  const auto write = [&](const char* option, const std::string& csv) {
    if (given->count(option) == 0) return;
    sim::replace_file((*given)[option].as<std::string>(), {std::as_bytes(std::span(csv))});
  };
  write("output", trafficking::backcast_csv(result));
  write("sets", trafficking::sets_csv(backcast, result));
  std::cout << text_of(backcast, result);
  for (const std::filesystem::path& output : outputs)
    std::cout << "wrote " << output.string() << '\n';
  return 0;
}

}  // namespace corridor::app
