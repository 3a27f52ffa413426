// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "models/cooperation/words.hpp"
#include "models/scenario/strategy.hpp"

namespace corridor::scenario {
namespace {

std::string place_text(const sim::Place& place) {
  return place.line == 0 ? place.file
                         : fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

std::string days_text(std::int64_t from, std::int64_t to) {
  return to >= cooperation::no_end ? fmt::format("from day {}", from)
                                   : fmt::format("on days {} to {}", from, to);
}

void check_overlaps(std::span<const Strategy> strategies, sim::Complaints& complaints) {
  std::vector<const Change*> seen;
  for (const Strategy& strategy : strategies) {
    for (const Change& change : strategy.changes) {
      for (const Change* other : seen) {
        if (other->path != change.path || other->from_day > change.to_day ||
            change.from_day > other->to_day) {
          continue;
        }
        complaints.add(
            change.place,
            fmt::format("{} changes {}, and at {} {}: one parameter has one value a day",
                        change.path, days_text(change.from_day, change.to_day),
                        place_text(other->place), days_text(other->from_day, other->to_day)));
        break;
      }
      seen.push_back(&change);
    }
  }
}

/// Million USD a year while a change is in force.
double yearly_musd(const Change& change) {
  if (change.lever == nullptr && lever_of_path(change.path) == nullptr) return 0;
  const Lever& lever = change.lever ? *change.lever : *lever_of_path(change.path);
  const auto* value = std::get_if<double>(&change.value);
  return value == nullptr ? 0 : lever.cost_musd * std::abs(*value - lever.neutral);
}

/// Million USD a year of an officer of an operation.
double yearly_musd_of_officer() { return find_lever("joint-operation")->cost_musd; }

/// Sums of costs are rounded: a budget that is just met is kept.
bool keeps(double cost, double budget) { return cost <= budget * (1 + 1e-9); }

void check_own_budgets(std::span<const Strategy> strategies, std::int64_t days,
                       sim::Complaints& complaints) {
  for (const Strategy& strategy : strategies) {
    const double cost = cost_musd(strategy, days);
    if (strategy.budget_musd < 0 || keeps(cost, strategy.budget_musd)) continue;
    complaints.add(strategy.budget_place,
                   fmt::format("the levers cost {:.4g} million USD over {} days, more than "
                               "budget.musd = {:.4g}",
                               cost, days, strategy.budget_musd));
  }
}

/// A change or an operation: what it costs a year while it is in force.
struct Cost {
  std::int64_t from_day = 0, to_day = 0;
  double yearly = 0;
  std::string path;  ///< that it changes; "" = an operation
  sim::Place place;
  [[nodiscard]] bool holds(std::int64_t day) const { return from_day <= day && day <= to_day; }
};

std::vector<Cost> costs_of(std::span<const Strategy> strategies,
                           std::span<const OperationRow> operations) {
  std::vector<Cost> costs;
  for (const Strategy& strategy : strategies) {
    for (const Change& c : strategy.changes)
      costs.push_back({c.from_day, c.to_day, yearly_musd(c), c.path, c.place});
  }
  for (const OperationRow& row : operations) {
    const cooperation::Operation& o = row.value;
    costs.push_back({o.from_day, o.to_day,
                     yearly_musd_of_officer() * static_cast<double>(o.officers), "", row.place});
  }
  return costs;
}

/// Of the levers that the scenario itself sets, as far as no change replaces them that day.
double yearly_musd_of_base(const Scenario& scenario, std::span<const Cost> costs,
                           std::int64_t day) {
  double sum = 0;
  for (const Lever& lever : levers()) {
    if (lever_of_path(lever.path) != &lever) continue;
    const bool replaced = std::ranges::any_of(
        costs, [&](const Cost& c) { return c.path == lever.path && c.holds(day); });
    if (replaced) continue;
    const sim::Value value = value_at(scenario, lever.path);
    if (const auto* v = std::get_if<double>(&value))
      sum += lever.cost_musd * std::abs(*v - lever.neutral);
  }
  return sum;
}

/// Days of the run on which what is in force may begin to cost more, ascending.
std::set<std::int64_t> days_to_look_at(std::span<const Cost> costs, std::int64_t days) {
  std::set<std::int64_t> out{0};
  for (const Cost& c : costs) {
    // After a change the scenario's own value is back, which may cost more.
    for (const std::int64_t day : {c.from_day, c.to_day + 1})
      if (day < days) out.insert(day);
  }
  return out;
}

/// The scenario's own limit: what everything in force costs a year, on the dearest day.
void check_yearly_budget(const sim::ScenarioText& read, const Scenario& scenario,
                         std::span<const Cost> costs, sim::Complaints& complaints) {
  const double limit = scenario.cooperation.budget_musd;
  if (limit <= 0) return;
  double most = 0;
  std::int64_t on_day = 0;
  for (const std::int64_t day : days_to_look_at(costs, scenario.run.days)) {
    double rate = yearly_musd_of_base(scenario, costs, day);
    for (const Cost& c : costs) rate += c.holds(day) ? c.yearly : 0;
    if (rate <= most) continue;
    most = rate;
    on_day = day;
  }
  if (keeps(most, limit)) return;
  const Cost* dearest = nullptr;
  for (const Cost& c : costs) {
    if (c.holds(on_day) && c.yearly > (dearest == nullptr ? 0 : dearest->yearly)) dearest = &c;
  }
  const auto set = read.settings.find("cooperation.budget_musd");
  const sim::Place of_limit =
      set == read.settings.end() ? sim::Place{"cooperation.budget_musd", 0, 0} : set->second.place;
  complaints.add(dearest == nullptr ? of_limit : dearest->place,
                 fmt::format("on day {} the levers and operations in force cost {:.4g} million USD "
                             "a year, more than cooperation.budget_musd = {:.4g}",
                             on_day, most, limit));
}

void check_same_officers(const OperationRow& row, std::span<const OperationRow> before,
                         sim::Complaints& complaints) {
  const cooperation::Operation& mine = row.value;
  const std::vector<std::string> who = cooperation::words(mine.participants);
  for (const OperationRow& other : before) {
    const cooperation::Operation& its = other.value;
    if (mine.from_day > its.to_day || its.from_day > mine.to_day) continue;
    for (const std::string& code : cooperation::words(its.participants)) {
      if (std::ranges::find(who, code) == who.end()) continue;
      complaints.add(
          row.place_of("participants"),
          fmt::format(
              "operation '{}' ({}) takes officers of {}, who are in operation '{}' at {} ({})",
              mine.name, days_text(mine.from_day, mine.to_day), code, its.name,
              place_text(other.place), days_text(its.from_day, its.to_day)));
    }
  }
}

/// Officers away on the day on which one begins: with it, and those that began before it, in
/// whatever order they stand, or with it and stand before it. So the most are told of once.
std::int64_t away_at_start(std::size_t of, std::span<const OperationRow> rows) {
  const std::int64_t day = rows[of].value.from_day;
  std::int64_t away = rows[of].value.officers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const cooperation::Operation& o = rows[i].value;
    const bool before = o.from_day < day || (o.from_day == day && i < of);
    if (i != of && before && day <= o.to_day) away += o.officers;
  }
  return away;
}

void check_operations(std::span<const OperationRow> rows, const Scenario& scenario,
                      sim::Complaints& complaints) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    check_same_officers(rows[i], rows.first(i), complaints);
    const std::int64_t away = away_at_start(i, rows);
    if (away <= scenario.cooperation.surge_officers) continue;
    complaints.add(rows[i].place_of("officers"),
                   fmt::format("operation '{}' makes {} officers away at once, more than the "
                               "cooperation.surge_officers = {} who can be spared",
                               rows[i].value.name, away, scenario.cooperation.surge_officers));
  }
}

}  // namespace

double cost_musd(const Strategy& strategy, std::int64_t days) {
  double cost = 0;
  for (const Change& change : strategy.changes) {
    const std::int64_t in_force =
        std::min(change.to_day, days - 1) - std::min(change.from_day, days) + 1;
    cost += yearly_musd(change) * static_cast<double>(std::max<std::int64_t>(in_force, 0)) / 365;
  }
  for (const auto& row : strategy.operations) {
    const cooperation::Operation& o = row.value;
    const std::int64_t on = std::min(o.to_day, days - 1) - std::min(o.from_day, days) + 1;
    cost += yearly_musd_of_officer() * static_cast<double>(o.officers) *
            static_cast<double>(std::max<std::int64_t>(on, 0)) / 365;
  }
  return cost;
}

void check_strategies(const sim::ScenarioText& read, std::span<const Strategy> strategies,
                      const Scenario& scenario, sim::Complaints& complaints) {
  check_overlaps(strategies, complaints);
  check_own_budgets(strategies, scenario.run.days, complaints);
  sim::Complaints told_elsewhere;  // where a run takes its operations from
  const std::vector<OperationRow> operations = all_operations(scenario, strategies, told_elsewhere);
  check_yearly_budget(read, scenario, costs_of(strategies, operations), complaints);
  check_operations(operations, scenario, complaints);
}

}  // namespace corridor::scenario
