// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/planning_rows.hpp"

#include <fmt/format.h>

#include <cmath>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/simulation/result_tables.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::simulation {
namespace {

struct Measure {
  const char* name;
  bool is_mean;  ///< over months, and over organisations in all
};
constexpr std::array measures{
    Measure{"officer-days", false},
    Measure{"duplicated officer-days", false},
    Measure{"targets", true},
    Measure{"alignment with the threat", true},
    Measure{"alignment with one another", true},
    Measure{"detections heard of", false},
    Measure{"cycles", false},
    Measure{"meetings", false},
    Measure{"requests", false},
    Measure{"requests that another had made", false},
    Measure{"consents", false},
    Measure{"cost in USD", false},
    Measure{"plans and operations betrayed", false},
    Measure{"queries of staff", false},
    Measure{"queries of staff that another had asked", false},
    Measure{"records of staff", false},
    Measure{"records of staff that another had made", false},
};

}  // namespace

void add_planner_names(RunShape& s, std::vector<std::string> planners,
                       std::span<const cooperation::PlannedShock> shocks, std::int64_t event_rows) {
  if (planners.empty()) return;
  for (const cooperation::PlannedShock& shock : shocks) {
    s.shock.push_back(
        fmt::format("{} {}, {}", shock.kind, shock.target,
                    shock.to_day >= cooperation::no_end
                        ? fmt::format("from day {}", shock.from_day)
                        : fmt::format("days {} to {}", shock.from_day, shock.to_day)));
  }
  s.planner = std::move(planners);
  for (const Measure& m : measures) s.planner_measure.emplace_back(m.name);
  for (std::size_t k = 0; k < cooperation::n_planning_event_kinds; ++k) {
    s.planning_event_kind.emplace_back(
        cooperation::name(static_cast<cooperation::PlanningEventKind>(k)));
  }
  s.planning_event_rows = event_rows;
}

std::vector<double> planner_array(std::span<const cooperation::PlannerFigures> figures) {
  std::vector<double> out;
  const auto number = [&](std::int64_t n) { out.push_back(static_cast<double>(n)); };
  for (const cooperation::PlannerFigures& f : figures) {
    out.push_back(static_cast<double>(f.sums.officer_days) / 1000);
    out.push_back(static_cast<double>(f.sums.duplicated) / 1000);
    out.push_back(f.targets);
    out.push_back(f.with_truth);
    out.push_back(f.with_others);
    number(f.sums.seen);
    number(f.sums.cycles);
    number(f.sums.meetings);
    number(f.sums.requests);
    number(f.sums.requests_doubled);
    number(f.sums.consents);
    number(f.sums.cost_usd);
    number(f.sums.betrayed);
    for (const std::int64_t n :
         {f.sums.queries, f.sums.queries_doubled, f.sums.records, f.sums.records_doubled})
      out.push_back(static_cast<double>(n) / 1000);
  }
  return out;
}

double CooperationSummary::total(std::size_t measure) const {
  double sum = 0;
  for (const PlannerSummary& p : planners) sum += p.values[measure];
  return simulation::measures.at(measure).is_mean && !planners.empty()
             ? sum / static_cast<double>(planners.size())
             : sum;
}

CooperationSummary summarise_cooperation(const ResultReader& result) {
  CooperationSummary s;
  const std::vector<std::string> names = result.read_text("/places/planner");
  s.measures = result.read_text("/places/planner_measure");
  for (const std::string& name : names) s.planners.push_back({name, {}});
  if (names.empty()) return s;
  for (PlannerSummary& p : s.planners) p.values.assign(s.measures.size(), 0);
  const Replicates replicates = all_replicates(result);
  s.replicates = replicates.count();
  for (const std::string& name : result.read_text("/places/shock")) s.shocks.push_back({name});
  for (const std::int64_t r : replicates.numbers) {
    if (!s.shocks.empty()) {
      const auto days = result.read<std::int32_t>("/cooperation/answer_days", {r});
      for (std::size_t k = 0; k < s.shocks.size(); ++k) {
        if (days[k] < 0) continue;
        ++s.shocks[k].answered;
        s.shocks[k].mean_days += days[k];
      }
    }
    std::vector<std::vector<double>> months;
    const auto days = result.read<std::int64_t>("/monthly/days", {r});
    for (std::size_t m = 0; m < days.size(); ++m) {
      if (days[m] <= 0) continue;
      months.push_back(
          result.read<double>("/cooperation/planning", {r, static_cast<std::int64_t>(m)}));
    }
    for (const std::vector<double>& row : months) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::size_t k = i % s.measures.size();
        const double parts =
            static_cast<double>(replicates.count()) *
            (simulation::measures.at(k).is_mean ? static_cast<double>(months.size()) : 1.0);
        s.planners[i / s.measures.size()].values[k] += row[i] / parts;
      }
    }
  }
  for (ShockSummary& shock : s.shocks) {
    if (shock.answered > 0) shock.mean_days /= static_cast<double>(shock.answered);
  }
  return s;
}

std::string cooperation_text(const CooperationSummary& s) {
  if (s.planners.empty()) return "";
  std::string text = "\nCooperation (organisations that plan)\n";
  const auto shown = [&](std::size_t k, double value) {
    if (std::isnan(value)) return std::string("none");
    return simulation::measures.at(k).is_mean ? fmt::format("{:.2f}", value) : grouped(value);
  };
  for (std::size_t k = 0; k < s.measures.size(); ++k) {
    text += fmt::format("    {:<40} {:>14}", s.measures[k], shown(k, s.total(k)));
    text += simulation::measures.at(k).is_mean ? "  mean of" : "  in all:";
    for (const PlannerSummary& p : s.planners) {
      text += fmt::format(" {} {}", p.name, shown(k, p.values[k]));
    }
    text += "\n";
  }
  for (const ShockSummary& shock : s.shocks) {
    text += fmt::format("    {:<40} {:>14}  days to the first aligned action{}\n", shock.name,
                        shock.answered > 0 ? fmt::format("{:.1f}", shock.mean_days) : "none",
                        s.replicates > 1
                            ? fmt::format(", in {} of {} replicates", shock.answered, s.replicates)
                            : "");
  }
  return text;
}

nlohmann::ordered_json cooperation_json(const CooperationSummary& s) {
  nlohmann::ordered_json json;
  for (std::size_t k = 0; k < s.measures.size(); ++k) json["all"][s.measures[k]] = s.total(k);
  for (const PlannerSummary& p : s.planners) {
    for (std::size_t k = 0; k < s.measures.size(); ++k) {
      json["organisations"][p.name][s.measures[k]] = p.values[k];
    }
  }
  for (const ShockSummary& shock : s.shocks) {
    nlohmann::ordered_json& row = json["shocks"][shock.name];
    row["answered in replicates"] = shock.answered;
    if (shock.answered > 0) row["days to the first aligned action"] = shock.mean_days;
  }
  return json;
}

}  // namespace corridor::simulation
