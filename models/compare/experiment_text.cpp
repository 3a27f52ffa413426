// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/compare/compare_text.hpp"
#include "models/compare/experiment.hpp"
#include "models/compare/ranking.hpp"

namespace corridor::compare {
namespace {

using Json = nlohmann::ordered_json;

std::string percent(const risk::stats::Estimate& e) {
  return fmt::format("{:.0f} % [{:.0f}, {:.0f}]", 100 * e.estimate, 100 * e.lower, 100 * e.upper);
}

std::string ranking_text(const Ranking& r, const Comparison& c) {
  std::string out = fmt::format("  {} ({} is better), {} sets\n", metrics()[r.metric].name,
                                name(metrics()[r.metric].better), r.sets);
  for (std::size_t a = 0; a < c.alternatives.size(); ++a) {
    out += fmt::format("    {:<28} first in {:<18} harm in {}\n", c.alternatives[a].name,
                       percent(r.first[a]), percent(r.harm[a]));
  }
  out += fmt::format("    {:<28} first in {:<18} tied in {}\n", "the base", percent(r.base_first),
                     percent(r.tied));
  for (const Order& o : r.orders) {
    out += fmt::format("    {} against {}: {}\n", c.alternatives[o.a].name,
                       c.alternatives[o.b].name, verdict_text(o.headline));
  }
  return out;
}

std::string points_text(const std::vector<SweepPoint>& points) {
  std::string out, path;
  for (const SweepPoint& p : points) {
    if (p.path != path) out += fmt::format("\nsweep of {}, over seeds alone\n", path = p.path);
    out += fmt::format("  x {:.4g} = {:.4g}\n", p.times, p.value);
    for (const Alternative& alt : p.comparison.alternatives) {
      for (const MetricResult& m : alt.metrics) {
        if (m.hidden || m.seeds.equal == m.seeds.pairs) continue;
        out += fmt::format("    {:<28} {:<25} {:+.4g} [{:+.4g}, {:+.4g}]\n", alt.name,
                           metrics()[m.metric].name, m.seeds.difference.estimate,
                           m.seeds.difference.lower, m.seeds.difference.upper);
      }
    }
  }
  return out;
}

Json share(const risk::stats::Estimate& e) {
  return {{"estimate", e.estimate}, {"lower", e.lower}, {"upper", e.upper}};
}

}  // namespace

std::string experiment_text(const ExperimentResult& result) {
  std::string out = "experiment " + result.name + "\n";
  if (!result.about.empty()) out += "  " + result.about + "\n";
  out += "\n" + compare_text(result.comparison);
  const std::vector<Ranking> all = rankings(result.comparison);
  if (!all.empty()) out += "\nwho comes first, over parameter sets\n";
  for (const Ranking& r : all) out += ranking_text(r, result.comparison);
  return out + points_text(result.points);
}

std::string experiment_json(const ExperimentResult& result) {
  Json json = {{"experiment", result.name},
               {"about", result.about},
               {"comparison", Json::parse(compare_json(result.comparison))}};
  json["rankings"] = Json::array();
  for (const Ranking& r : rankings(result.comparison)) {
    Json row = {{"metric", metrics()[r.metric].name}, {"sets", r.sets}};
    for (std::size_t a = 0; a < result.comparison.alternatives.size(); ++a) {
      const std::string& who = result.comparison.alternatives[a].name;
      row["first"][who] = share(r.first[a]);
      row["harm"][who] = share(r.harm[a]);
    }
    row["base_first"] = share(r.base_first);
    row["tied"] = share(r.tied);
    row["orders"] = Json::array();
    for (const Order& o : r.orders) {
      row["orders"].push_back({{"a", result.comparison.alternatives[o.a].name},
                               {"b", result.comparison.alternatives[o.b].name},
                               {"lower", o.headline.lower},
                               {"upper", o.headline.upper},
                               {"verdict", verdict_text(o.headline)}});
    }
    json["rankings"].push_back(row);
  }
  json["sweeps"] = Json::array();
  for (const SweepPoint& p : result.points) {
    // A sweep is about the metrics that the experiment names: who gains stands above.
    Json comparison = Json::parse(compare_json(p.comparison));
    comparison.erase("party_metrics");
    for (Json& strategy : comparison["strategies"]) strategy.erase("parties");
    json["sweeps"].push_back(
        {{"path", p.path}, {"times", p.times}, {"value", p.value}, {"comparison", comparison}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::compare
