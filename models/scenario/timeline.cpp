// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/timeline.hpp"

#include <algorithm>
#include <set>

namespace corridor::scenario {

Timeline::Timeline(const Scenario& base)
    : base_(base.whole ? base.whole : std::make_shared<const Scenario>(base)) {
  sim::Complaints complaints;
  strategies_ = read_strategies(*base_, complaints);
  complaints.throw_if_any();
  std::set<std::string> paths;
  std::set<std::int64_t> edges;
  for (const Strategy& strategy : strategies_) {
    for (const Change& change : strategy.changes) {
      paths.insert(change.path);
      edges.insert(change.from_day);
      edges.insert(change.to_day + 1);
    }
  }
  paths_.assign(paths.begin(), paths.end());
  for (const std::int64_t day : edges) {
    if (day > 0 && !changed_on(day).empty()) days_.push_back(day);
  }
}

sim::Value Timeline::value(std::string_view path, std::int64_t day) const {
  for (const Strategy& strategy : strategies_) {
    for (const Change& change : strategy.changes) {
      if (change.path == path && change.holds(day)) return change.value;
    }
  }
  return value_at(*base_, path);
}

Scenario Timeline::at(std::int64_t day) const {
  Scenario scenario = *base_;
  scenario.whole = base_;
  scenario.values_of_day = day;
  for (const std::string& path : paths_)
    set_value(scenario, path, value(path, std::max<std::int64_t>(day, 0)));
  return scenario;
}

bool Timeline::changes_on(std::int64_t day) const {
  return std::binary_search(days_.begin(), days_.end(), day);
}

std::vector<std::string> Timeline::changed_on(std::int64_t day) const {
  std::vector<std::string> changed;
  if (day <= 0) return changed;
  for (const std::string& path : paths_) {
    if (value(path, day) != value(path, day - 1)) changed.push_back(path);
  }
  return changed;
}

}  // namespace corridor::scenario
