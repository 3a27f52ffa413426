// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/parameter_set.hpp"

namespace corridor::trafficking {
namespace {

using Json = nlohmann::ordered_json;

/// Three digits that count, without exponent.
std::string figure(double x) {
  const double size = std::abs(x);
  const int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
  return fmt::format("{:.{}f}", x, decimals);
}

std::string interval(const DockingInterval& i, double unit = 1) {
  return fmt::format("{} [{}, {}]", figure(i.mean / unit), figure(i.lower / unit),
                     figure(i.upper / unit));
}

std::string title(const DockingSeries& s) {
  return fmt::format("{} network, {}, {}", s.network, s.choice,
                     s.adaptation ? "with adaptation" : "without adaptation");
}

void add_series(std::string& out, const DockingExperiment& x, const DockingSeries& s) {
  out += "\n" + title(s) + "\n";
  out += fmt::format("  {:<28}", "capacity, events a month");
  for (const double level : x.levels) out += fmt::format("{:>9}", figure(level));
  out += "   slope per 100 [95 %]\n";
  for (const DockingMeasure& m : docking_measures) {
    out += fmt::format("  {:<28}", m.title);
    for (std::size_t l = 0; l < docking_levels; ++l)
      out += fmt::format("{:>9}", figure(s.level(l, m.field).mean / m.unit));
    out += "   " + interval(s.slope_of(m.field, x.levels), m.unit) + "\n";
  }
}

double unit_of(double DockingMetrics::*field) {
  for (const DockingMeasure& m : docking_measures)
    if (m.field == field) return m.unit;
  return 1;
}

void add_findings(std::string& out, const DockingExperiment& x) {
  out += "\nFindings: slope over capacity, or the mean at the greatest one [95 %]\n";
  for (const DockingClaim& claim : docking_claims) {
    out += fmt::format("  {}\n", claim.title);
    for (const DockingSeries& s : x.series) {
      const DockingVerdict v = judge(claim, s, x.levels);
      out += fmt::format("    {:<44}{:<17}{}\n", title(s), name(v.finding),
                         interval(v.interval, unit_of(claim.field)));
    }
  }
}

void add_results(std::string& out, const DockingResults& r) {
  out += fmt::format("\n{} network, {}: balloon, targets, arrests [95 %]\n", r.network, r.choice);
  const auto line = [&](std::string_view what, const DockingInterval& i) {
    out += fmt::format("  {:<58}{}\n", what, interval(i));
  };
  line("displacement ratio, ten busiest nodes watched", r.displacement[0]);
  line("  change elsewhere, kg a kg supplied", r.elsewhere[0]);
  line("displacement ratio, busiest region watched", r.displacement[1]);
  line("  change elsewhere, kg a kg supplied", r.elsewhere[1]);
  for (const Targeting t : all_targetings) {
    const auto k = static_cast<std::size_t>(t);
    out += fmt::format("  {} nodes removed by {}\n", most_removed, name(t));
    line("  pairs still connected, static", r.connected[k]);
    line("  delivered after, of delivered without: frozen", r.delivered_frozen[k]);
    line("  delivered after, of delivered without: with adaptation", r.delivered[k]);
  }
  line("role less volume, pairs still connected", r.role_less_volume);
  line("role less random, pairs still connected", r.role_less_random);
  line(fmt::format("arrests: seized at {} nodes, frozen", 2 * watched_step), r.arrest_share);
  line(fmt::format("arrests: seized at {} nodes, with adaptation", 2 * watched_step),
       r.arrest_share_adaptive);
  line("arrests: twice the half less the whole, frozen", r.arrest_concavity);
}

Json json(const DockingInterval& i) {
  return {{"mean", i.mean}, {"lower", i.lower}, {"upper", i.upper}};
}

Json json(const DockingExperiment& x, const DockingSeries& s) {
  Json out{{"network", s.network}, {"choice", s.choice}, {"adaptation", s.adaptation}};
  for (const DockingMeasure& m : docking_measures) {
    Json levels = Json::array();
    for (std::size_t l = 0; l < docking_levels; ++l) levels.push_back(json(s.level(l, m.field)));
    out["measures"][std::string(m.key)] = {{"levels", levels},
                                           {"slope_per_100", json(s.slope_of(m.field, x.levels))}};
  }
  for (const DockingClaim& claim : docking_claims) {
    const DockingVerdict v = judge(claim, s, x.levels);
    out["findings"][std::string(claim.key)] = {{"finding", name(v.finding)},
                                               {"interval", json(v.interval)}};
  }
  return out;
}

Json json(const DockingResults& r) {
  Json out{{"network", r.network}, {"choice", r.choice}};
  const char* const pressure[] = {"corridor", "region"};
  for (std::size_t k = 0; k < 2; ++k)
    out["balloon"][pressure[k]] = {{"displacement", json(r.displacement[k])},
                                   {"elsewhere", json(r.elsewhere[k])}};
  for (const Targeting t : all_targetings) {
    const auto k = static_cast<std::size_t>(t);
    out["targeting"][std::string(name(t))] = {{"connected", json(r.connected[k])},
                                              {"delivered_frozen", json(r.delivered_frozen[k])},
                                              {"delivered", json(r.delivered[k])}};
  }
  out["targeting"]["role_less_volume"] = json(r.role_less_volume);
  out["targeting"]["role_less_random"] = json(r.role_less_random);
  out["arrests"] = {{"share_frozen", json(r.arrest_share)},
                    {"share", json(r.arrest_share_adaptive)},
                    {"concavity_frozen", json(r.arrest_concavity)}};
  return out;
}

}  // namespace

std::string docking_text(const DockingExperiment& x, const std::vector<DockingResults>& results) {
  std::string out = fmt::format(
      "NarcoLogic's rules on synthetic networks of {} nodes and {} edges: {} replicates of {} "
      "months, seed {}\n",
      docking_nodes, docking_edges, x.params.replicates, x.params.months, x.params.seed);
  for (const DockingSeries& s : x.series) add_series(out, x, s);
  add_findings(out, x);
  for (const DockingResults& r : results) add_results(out, r);
  return out;
}

std::string docking_json(const DockingExperiment& x, const std::vector<DockingResults>& results) {
  Json out;
  for (const auto& row : docking_table) {
    const sim::Value value = sim::value_of(x.params, row);
    std::visit([&](const auto& v) { out["parameters"][std::string(row.path)] = v; }, value);
  }
  out["levels"] = x.levels;
  for (const DockingSeries& s : x.series) out["series"].push_back(json(x, s));
  for (const DockingResults& r : results) out["results"].push_back(json(r));
  return out.dump(2) + "\n";
}

std::string docking_csv(const DockingExperiment& x) {
  std::string out = "network,choice,adaptation,capacity,replicate";
  for (const DockingMeasure& m : docking_measures) out += "," + std::string(m.key);
  out += "\n";
  for (const DockingSeries& s : x.series)
    for (std::size_t l = 0; l < docking_levels; ++l)
      for (std::size_t r = 0; r < s.runs[l].size(); ++r) {
        out += fmt::format("{},{},{},{},{}", s.network, s.choice, s.adaptation ? "on" : "off",
                           x.levels[l], r);
        for (const DockingMeasure& m : docking_measures)
          out += fmt::format(",{}", s.runs[l][r].*(m.field));
        out += "\n";
      }
  return out;
}

}  // namespace corridor::trafficking
