// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/setup.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <bit>
#include <cstdlib>
#include <deque>
#include <optional>
#include <stdexcept>

#include "models/control/waits.hpp"
#include "models/simulation/provenance.hpp"
#include "models/travel/demand.hpp"
#include "sim/checkpoint.hpp"
#include "sim/error.hpp"

namespace corridor::simulation {
namespace {

/// Length and time of change of the program itself: whatever it computes differently, it has its
/// own cache.
std::string this_program() {
  struct stat status {};
  if (::stat("/proc/self/exe", &status) != 0) return std::string(program_commit());
  return fmt::format("{} {}.{:09}", status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

std::string hex(const sim::Identity& id) { return fmt::format("{:016x}{:016x}", id[1], id[0]); }

/// Hash of the data and of every value, the run's own left out: one cache serves all lengths, seeds
/// and scales.
std::string cache_key(const scenario::Scenario& scenario, std::string_view data_hash) {
  std::string text = fmt::format("{}\n{}\n{}\n", program_version(), this_program(), data_hash);
  const auto add = [&](const auto& params, const auto& table) {
    for (const auto& row : table) {
      text += fmt::format("{}={}\n", row.path, sim::literal(sim::value_of(params, row)));
    }
  };
  add(scenario.demand, travel::demand_table);
  add(scenario.stream, travel::stream_table);
  add(scenario.control, control::control_table);
  return hex(sim::hash128(std::as_bytes(std::span(text))));
}

std::filesystem::path cache_folder() {
  const char* given = std::getenv("XDG_CACHE_HOME");
  if (given != nullptr && *given != '\0') return std::filesystem::path(given) / "corridor";
  const char* home = std::getenv("HOME");
  return (home != nullptr && *home != '\0' ? std::filesystem::path(home) / ".cache"
                                           : std::filesystem::temp_directory_path()) /
         "corridor";
}

// Columns of text are kept as one run of characters, each ended by a newline.
std::string joined(const std::vector<std::string>& column) {
  std::string text;
  for (const std::string& s : column) {
    text += s;
    text += '\n';
  }
  return text;
}

std::vector<std::string> split(std::span<const char> text) {
  std::vector<std::string> column;
  auto begin = text.begin();
  for (auto it = text.begin(); it != text.end(); ++it) {
    if (*it != '\n') continue;
    column.emplace_back(begin, it);
    begin = it + 1;
  }
  return column;
}

void write_cache(const Setup& setup, const std::filesystem::path& path, std::string_view key) {
  sim::MappedFileWriter writer;
  sim::add_arrays(setup.travel, writer);
  sim::add_arrays(setup.control, writer);
  std::deque<std::string> texts;
  const auto add_text = [&](const std::string& name, std::string text) {
    texts.push_back(std::move(text));
    writer.add<char>(name, texts.back());
  };
  for_each_column(setup.shape, [&](std::string_view name, const auto& column) {
    using T = typename std::remove_cvref_t<decltype(column)>::value_type;
    if constexpr (std::is_same_v<T, std::string>) {
      add_text(std::string(name), joined(column));
    } else {
      writer.add<T>(std::string(name), column);
    }
  });
  add_text("world", setup.world_name + '\n' + setup.data_hash + '\n' +
                        (setup.real_names ? "real\n" : "invented\n"));
  std::vector<std::uint32_t> ends;
  std::vector<double> crossings;
  for (const world::SameDayFlow& flow : setup.same_day) {
    ends.push_back(flow.a);
    ends.push_back(flow.b);
    crossings.push_back(flow.crossings_year);
  }
  writer.add<std::uint32_t>("same_day_ends", ends);
  writer.add<double>("same_day_crossings", crossings);
  writer.write(path, key);
}

bool is_wanted(std::string_view column, Names names) {
  if (names == Names::all) return true;
  for (const char* left_out :
       {"/places/air_link_", "/places/pair_", "/places/sea_lane_", "/demand/"}) {
    if (column.starts_with(left_out)) return false;
  }
  return true;
}

Setup read_cache(const std::shared_ptr<const sim::MappedFile>& file, Names names) {
  Setup setup;
  setup.travel = sim::map_arrays<travel::TravelTables>(file);
  setup.control = sim::map_arrays<ControlTables>(file);
  for_each_column(setup.shape, [&](std::string_view name, auto& column) {
    if (!is_wanted(name, names)) return;
    using T = typename std::remove_reference_t<decltype(column)>::value_type;
    if constexpr (std::is_same_v<T, std::string>) {
      column = split(file->get<char>(name));
    } else {
      const auto values = file->get<T>(name);
      column.assign(values.begin(), values.end());
    }
  });
  const auto world = split(file->get<char>("world"));
  setup.world_name = world.at(0);
  setup.data_hash = world.at(1);
  setup.real_names = world.at(2) == "real";
  const auto ends = file->get<std::uint32_t>("same_day_ends");
  const auto crossings = file->get<double>("same_day_crossings");
  for (std::size_t i = 0; i < crossings.size(); ++i) {
    setup.same_day.push_back({ends[2 * i], ends[2 * i + 1], crossings[i], ""});
  }
  setup.from_cache = true;
  return setup;
}

/// Margins that no demand can meet are the scenario's or the world's fault, not the program's.
travel::Demand demand_of(const world::World& world, const scenario::Scenario& scenario) {
  try {
    return travel::build_demand(world, scenario.demand);
  } catch (const std::domain_error& error) {
    throw sim::UserError(
        fmt::format("the demand of scenario '{}' cannot be met in the world '{}': {}",
                    scenario.name, world.name, error.what()));
  }
}

Setup build(const scenario::Scenario& scenario, const std::string& data_hash,
            const std::function<void(std::string_view)>& say) {
  const auto tell = [&](std::string_view line) {
    if (say) say(line);
  };
  tell("reading the world");
  const world::World world = world::load_world(scenario.data_folder);
  tell("building the demand between countries and its itineraries");
  const travel::Demand demand = demand_of(world, scenario);
  tell("building the tables of the stream");
  Setup setup;
  setup.travel = travel::build_tables(world, demand, scenario.stream);
  setup.control = build_control(world, setup.travel, scenario.stream, scenario.control);
  setup.shape = shape_of(world, demand);
  for (const PostRow& post : setup.control.posts) {
    static constexpr std::array kinds{"air", "land", "sea"};
    add_post(setup.shape, kinds.at(post.kind), world.countries[post.country].iso3, post.place,
             post.entry != 0 ? "entry" : "exit", post.crossing);
  }
  const auto edges = control::wait_bin_edges();
  setup.shape.wait_upper_s.assign(edges.begin(), edges.end());
  setup.world_name = world.name;
  setup.data_hash = data_hash;
  setup.real_names = world.real_names;
  setup.same_day = world.same_day;
  return setup;
}

}  // namespace

std::filesystem::path cache_path(const scenario::Scenario& scenario) {
  return cache_folder() /
         (cache_key(scenario, world::hash_world(scenario.data_folder)) + ".tables");
}

Setup make_setup(const scenario::Scenario& scenario,
                 const std::function<void(std::string_view)>& say, Names names) {
  const std::string data_hash = world::hash_world(scenario.data_folder);
  const std::string key = cache_key(scenario, data_hash);
  const std::filesystem::path path = cache_folder() / (key + ".tables");
  if (auto file = sim::MappedFile::open(path, key)) {
    return read_cache(std::make_shared<const sim::MappedFile>(std::move(*file)), names);
  }
  Setup setup = build(scenario, data_hash, say);
  try {
    write_cache(setup, path, key);
  } catch (const std::exception&) {
    // A cache is a convenience: a read-only or full disk must not stop a run.
    return setup;
  }
  auto file = sim::MappedFile::open(path, key);
  if (!file) return setup;
  // From here on the mapped copy serves, so that building and reading use the same bytes and memory
  // is shared.
  Setup mapped = read_cache(std::make_shared<const sim::MappedFile>(std::move(*file)), names);
  mapped.from_cache = false;
  return mapped;
}

}  // namespace corridor::simulation
