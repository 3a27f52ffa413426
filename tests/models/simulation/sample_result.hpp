// SPDX-License-Identifier: Apache-2.0
/// \file sample_result.hpp  A small result with invented numbers, for the tests of writing, reading
/// and showing.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "models/control/secondary_kinds.hpp"
#include "models/simulation/actor_rows.hpp"
#include "models/simulation/result_file.hpp"
#include "models/simulation/sharing_counts.hpp"

namespace corridor::simulation::test {

/// A folder of its own that vanishes with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "corridor-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    folder_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return folder_ / name; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// Three countries, two airports in different halves of the date line, one border, one sea lane.
inline RunShape sample_shape(std::int64_t replicates = 2, std::int64_t days = 40,
                             std::int64_t sample_rows = 3) {
  RunShape s;
  s.replicates = replicates;
  s.days = days;
  s.sample_rows = sample_rows;
  for (const MonthSpan& month : months_of("2019-01-20", days)) s.month.push_back(month.label);
  s.region = {"europe", "asia_pacific", "americas", "africa", "middle_east"};
  s.purpose = {"leisure", "business", "visiting", "work", "study"};
  s.mode = {"air", "land", "sea"};
  s.country_iso3 = {"XAA", "XBB", "XCC"};
  s.country_name = {"Anvia", "Bélonie, République", "Corland"};
  s.country_region = {"europe", "asia_pacific", "americas"};
  s.country_lat = {10, 20, -30};
  s.country_lon = {170, -175, 100};
  s.airport_iata = {"QAA", "QBB", "QCC"};
  s.airport_country = {"XAA", "XBB", "XCC"};
  s.airport_lat = {10.5, 21, -30};
  s.airport_lon = {171, -172, 101};
  s.air_link_origin = {"QAA", "QAA", "QBB", "QCC"};
  s.air_link_destination = {"QBB", "QCC", "QAA", "QAA"};
  s.border_a = {"XAA"};
  s.border_b = {"XBB"};
  s.border_lat = {15};
  s.border_lon = {179};
  s.port_locode = {"XAAPO", "XCCPO"};
  s.port_country = {"XAA", "XCC"};
  s.port_lat = {9, -29};
  s.port_lon = {170, 102};
  s.sea_lane_a = {"XAAPO"};
  s.sea_lane_b = {"XCCPO"};
  for (const char* direction : {"entry", "exit"}) {
    add_post(s, "air", "XAA", 0, direction, 0);
    add_post(s, "land", "XBB", 0, direction, 1);
    add_post(s, "sea", "XCC", 1, direction, 0);
  }
  s.pair_origin = {"XAA", "XAA", "XBB", "XCC"};
  s.pair_destination = {"XBB", "XCC", "XAA", "XAA"};
  s.wait_upper_s = {60, 300, 900, std::numeric_limits<double>::infinity()};
  add_selection_names(s);
  s.event_rows = 5;
  s.cut_days = 2;
  s.substance = {"cocaine"};
  s.organisation = {"Alder", "Birch"};
  s.cargo_mode = {"container", "air_cargo", "parcel", "land", "air_courier"};
  s.place_class = {"europe, high income", "americas, middle income"};
  s.place_class_lat = {12, -25};
  s.place_class_lon = {170, 100};
  s.fighter_count = {"mobilised", "attempted"};
  s.goods_measure = {"bought", "delivered", "seized", "lost", "stock", "on the way"};
  s.edge_measure = {"active edges", "active nodes", "opened", "cut"};
  s.network_measure = {"active nodes", "entropy", "churn", "displacement"};
  s.cargo_measure = {"rows",      "consignments",      "scored",         "flagged",
                     "inspected", "illicit",           "uncontrolled",   "by insiders",
                     "alerts",    "illicit inspected", "illicit seized", "grams seized"};
  s.money_group = {"Alder"};
  s.money_measure = {"cash",
                     "cash abroad",
                     "on the way",
                     "laundering",
                     "bank",
                     "assets",
                     "frozen",
                     "debt",
                     "revenue",
                     "costs",
                     "fees",
                     "confiscated to date",
                     "restored to date",
                     "spending"};
  s.actor_event_kind = {"journey begun", "seizure: container"};
  s.actor_event_rows = 4;
  s.planner = {"ALLPOL", "NORPOL"};
  s.planner_measure = {"officer-days",
                       "duplicated officer-days",
                       "targets",
                       "alignment with the threat",
                       "alignment with one another",
                       "detections heard of",
                       "cycles",
                       "meetings",
                       "requests",
                       "requests that another had made",
                       "consents",
                       "cost in USD"};
  s.planning_event_kind = {"cycle", "meeting"};
  s.planning_event_rows = 3;
  s.list_source = {"none", "national", "regional", "international", "bridge"};
  s.subject = {"ordinary", "fighter"};
  s.replay = {"no sharing", "as it is", "full sharing"};
  s.system_pair = {"NORPOL > ALLPOL"};
  s.pair_measure = {"lost without", "gained with"};
  s.post_class = {"air, low income", "sea, high income"};
  s.system = {"NORPOL", "ALLPOL"};
  for (std::size_t m = 0; m < n_system_measures; ++m)
    s.system_measure.emplace_back(name(static_cast<SystemMeasure>(m)));
  for (std::size_t k = 0; k < n_knowledge; ++k)
    s.knowledge.emplace_back(name(static_cast<Knowledge>(k)));
  s.list_kind = {"document", "name", "biometric"};
  s.secondary_kind = {"identity", "goods", "interview"};
  s.kind_measure.assign(control::kind_measures.begin(), control::kind_measures.end());
  s.between_measure.assign(between_measures.begin(), between_measures.end());
  s.shock = {"gateway closed: XAA"};
  s.margin = {"world trips", "arrivals in europe"};
  s.scale_factor = {1.25, 0.9};
  s.air_link_fitted = {1, 0, 1, 0};
  s.air_link_target = {1000, 2000.5, 1000, 0};
  return s;
}

inline Provenance sample_provenance() {
  Provenance p;
  p.command = "corridor run small.toml -o run.h5";
  p.scenario_name = "small";
  p.scenario = "[run]\nname = \"Élan\"\n";
  p.scenario_hash = "0123456789abcdef0123456789abcdef";
  p.world = "Archipelago";
  p.data_hash = "fedcba9876543210fedcba9876543210";
  p.start_date = "2019-01-20";
  p.citation = citation(false);
  p.seed = 7;
  p.random_contract = 1;
  p.real_names = false;
  return p;
}

/// An invented number of a cell: positive, different for each dataset, and the same for each call.
inline std::int64_t invented(std::string_view path, std::uint64_t cell) {
  std::uint64_t x = 1469598103934665603u;
  for (const char c : path) x = (x ^ static_cast<unsigned char>(c)) * 1099511628211u;
  x = (x ^ cell) * 1099511628211u;
  return static_cast<std::int64_t>((x >> 40) % 1000 + 1);
}

template <class T>
std::vector<T> invented_row(std::string_view path, std::uint64_t row, std::uint64_t n) {
  std::vector<T> values;
  for (std::uint64_t i = 0; i < n; ++i)
    values.push_back(
        static_cast<T>(static_cast<std::uint64_t>(invented(path, row * 1000 + i)) % 200));
  return values;
}

template <class T>
void write_row(ResultFile& file, const Dataset& row, const RunShape& shape,
               std::initializer_list<std::int64_t> index, std::uint64_t number) {
  std::uint64_t n = 1;
  for (std::size_t i = index.size(); i < row.rank; ++i) n *= shape.length(row.dims[i]);
  file.write<T>(row.path, index, invented_row<T>(row.path, number, n));
}

inline void write_row(ResultFile& file, const Dataset& row, const RunShape& shape,
                      std::initializer_list<std::int64_t> index, std::uint64_t number) {
  using enum sim::ElementType;
  if (row.type == int64) write_row<std::int64_t>(file, row, shape, index, number);
  if (row.type == int32) write_row<std::int32_t>(file, row, shape, index, number);
  if (row.type == uint64) write_row<std::uint64_t>(file, row, shape, index, number);
  if (row.type == uint8) write_row<std::uint8_t>(file, row, shape, index, number);
}

/// Simulates nothing, but writes a day as a run does. \param state  what the checkpoint is to hold
inline void write_day(ResultFile& file, const RunShape& shape, std::int64_t r, std::int64_t day,
                      std::span<const std::byte> state) {
  const auto number = static_cast<std::uint64_t>(r * 1000 + day);
  for (const Dataset& row : layout())
    if (row.path.starts_with("/daily/") && row.path != "/daily/closed")
      write_row(file, row, shape, {r, day}, number);
  const std::vector<MonthSpan> months = months_of("2019-01-20", shape.days);
  for (std::size_t m = 0; m < months.size(); ++m) {
    if (months[m].first_day + months[m].n_days != day + 1) continue;
    const auto month = static_cast<std::int64_t>(m);
    for (const Dataset& row : layout())
      if (row.path.starts_with("/monthly/") && row.path != "/monthly/days")
        write_row(file, row, shape, {r, month}, static_cast<std::uint64_t>(r * 1000 + month));
    file.close_month(r, month, months[m].n_days);
  }
  if (day + 1 == shape.days)
    for (const Dataset& row : layout())
      if (row.path.starts_with("/journeys/")
              ? shape.sample_rows > 0
              : row.path.starts_with("/events/") || row.path.starts_with("/cuts/"))
        write_row(file, row, shape, {r}, static_cast<std::uint64_t>(r));
  file.close_day(r, day, state);
}

/// A state that names its day and is long enough not to fit one page.
inline std::vector<std::byte> state_after(std::int64_t r, std::int64_t day) {
  return std::vector<std::byte>(20000, static_cast<std::byte>(r * 100 + day + 1));
}

/// A complete result at `path`.
inline void write_sample(const std::filesystem::path& path,
                         const RunShape& shape = sample_shape()) {
  ResultFile file = ResultFile::create(path, shape, sample_provenance(), false);
  for (std::int64_t r = 0; r < shape.replicates; ++r)
    for (std::int64_t day = 0; day < shape.days; ++day) write_day(file, shape, r, day, {});
  file.set_machine({"scalar", 2, 1.5, 1e6});
  file.finish();
}

}  // namespace corridor::simulation::test
