// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <vector>

#include "models/scenario/strategy.hpp"
#include "sim/names.hpp"

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

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
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

void check_budgets(std::span<const Strategy> strategies, const Scenario& scenario,
                   sim::Complaints& complaints) {
  const std::int64_t days = scenario.run.days;
  for (const Strategy& strategy : strategies) {
    const double cost = cost_musd(strategy, days);
    if (strategy.budget_musd < 0 || cost <= strategy.budget_musd) continue;
    complaints.add(strategy.budget_place,
                   fmt::format("the levers cost {:.4g} million USD over {} days, more than "
                               "budget.musd = {:.4g}",
                               cost, days, strategy.budget_musd));
  }
  // The scenario's own limit is on what all of them cost a year, on the dearest day.
  const double limit = scenario.cooperation.budget_musd;
  if (limit <= 0) return;
  double most = 0;
  const Change* dearest = nullptr;
  for (const Strategy& s : strategies) {
    for (const Change& begun : s.changes) {
      double rate = 0;
      for (const Strategy& other : strategies)
        for (const Change& c : other.changes)
          if (c.holds(begun.from_day)) rate += yearly_musd(c);
      if (rate > most) {
        most = rate;
        dearest = &begun;
      }
    }
  }
  if (most > limit) {
    complaints.add(dearest->place,
                   fmt::format("on day {} the levers in force cost {:.4g} million USD a year, more "
                               "than cooperation.budget_musd = {:.4g}",
                               dearest->from_day, most, limit));
  }
}

void check_operations(std::span<const Strategy> strategies, const Scenario& scenario,
                      sim::Complaints& complaints) {
  using Row = sim::TextRow<cooperation::Operation>;
  const auto meet = [](const Row& a, const Row& b) {
    return a.value.from_day <= b.value.to_day && b.value.from_day <= a.value.to_day;
  };
  std::vector<const Row*> seen, all;
  for (const Strategy& strategy : strategies) {
    for (const Row& row : strategy.operations) all.push_back(&row);
  }
  for (const Strategy& strategy : strategies) {
    for (const Row& row : strategy.operations) {
      const std::vector<std::string> mine = words_of(row.value.participants);
      // Most are away on a day on which one begins: those that began before, in whatever order they
      // stand, and of those that begin with it the ones that stand before it.
      std::int64_t at_once = row.value.officers;
      bool before = true;
      for (const Row* other : all) {
        before = before && other != &row;
        const std::int64_t begins = other->value.from_day, day = row.value.from_day;
        if (other != &row && day <= other->value.to_day &&
            (begins < day || (begins == day && before)))
          at_once += other->value.officers;
      }
      for (const Row* other : seen) {
        if (!meet(row, *other)) continue;
        for (const std::string& who : words_of(other->value.participants)) {
          if (std::ranges::find(mine, who) == mine.end()) continue;
          complaints.add(
              row.place_of("participants"),
              fmt::format("operation '{}' ({}) takes officers of {}, who are in operation '{}' at "
                          "{} ({})",
                          row.value.name, days_text(row.value.from_day, row.value.to_day), who,
                          other->value.name, place_text(other->place),
                          days_text(other->value.from_day, other->value.to_day)));
        }
      }
      if (at_once > scenario.cooperation.surge_officers) {
        complaints.add(row.place_of("officers"),
                       fmt::format("operation '{}' makes {} officers away at once, more than the "
                                   "cooperation.surge_officers = {} who can be spared",
                                   row.value.name, at_once, scenario.cooperation.surge_officers));
      }
      seen.push_back(&row);
    }
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
  const double an_officer = find_lever("joint-operation")->cost_musd;
  for (const auto& row : strategy.operations) {
    const cooperation::Operation& o = row.value;
    const std::int64_t on = std::min(o.to_day, days - 1) - std::min(o.from_day, days) + 1;
    cost += an_officer * static_cast<double>(o.officers) *
            static_cast<double>(std::max<std::int64_t>(on, 0)) / 365;
  }
  return cost;
}

void check_strategies(std::span<const Strategy> strategies, const Scenario& scenario,
                      sim::Complaints& complaints) {
  check_overlaps(strategies, complaints);
  check_budgets(strategies, scenario, complaints);
  check_operations(strategies, scenario, complaints);
}

}  // namespace corridor::scenario
