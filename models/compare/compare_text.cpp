// SPDX-License-Identifier: Apache-2.0
#include "models/compare/compare_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/scenario/actor_params.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::compare {
namespace {

using Json = nlohmann::ordered_json;

/// Four digits, or whole numbers with thousands apart.
std::string number(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (std::abs(value) >= 1000) return simulation::grouped(value);
  return fmt::format("{:.4g}", value == 0 ? 0 : value);
}

std::string signed_number(double value) { return (value > 0 ? "+" : "") + number(value); }

std::string interval(double lower, double upper) {
  return fmt::format("[{}, {}]", signed_number(lower), signed_number(upper));
}

bool any_difference(const MetricResult& m) {
  return m.seeds.equal < m.seeds.pairs || (m.headline && m.headline->verdict != Verdict::same);
}

std::string better_text(const Paired& p) {
  if (!p.share_better) return "-";
  return fmt::format("{:.0f} % [{:.0f}, {:.0f}]", 100 * p.share_better->estimate,
                     100 * p.share_better->lower, 100 * p.share_better->upper);
}

std::string rows_of(const Alternative& alt, bool with_sets) {
  std::string out =
      fmt::format("  {:<25} {:<7} {:>12} {:>12} {:>11} {:<24} {:<17} {:>8}\n", "metric", "unit",
                  "base", "strategy", "difference", "95 % over seeds", "pairs better", "var won");
  std::string equal, hidden;
  for (const MetricResult& m : alt.metrics) {
    const Metric& metric = metrics()[m.metric];
    if (m.hidden) {
      hidden += (hidden.empty() ? "" : ", ") + std::string(metric.name);
      continue;
    }
    if (!any_difference(m)) {
      equal += (equal.empty() ? "" : ", ") + std::string(metric.name);
      continue;
    }
    const Paired& p = m.seeds;
    out += fmt::format("  {:<25} {:<7} {:>12} {:>12} {:>11} {:<24} {:<17} {:>8}\n", metric.name,
                       metric.unit, number(p.base), number(p.strategy),
                       signed_number(p.difference.estimate),
                       p.difference.defined ? interval(p.difference.lower, p.difference.upper)
                                            : "one pair tells none",
                       better_text(p), number(p.variance_ratio));
    if (with_sets && m.headline) {
      const Headline& h = *m.headline;
      out += fmt::format("    {:<23} {} over {} parameter sets: {}\n", "headline",
                         interval(h.lower, h.upper), h.sets, verdict_text(h));
    }
  }
  if (!equal.empty()) out += "  no difference in: " + equal + "\n";
  if (!hidden.empty()) out += "  not shown, fewer than ten: " + hidden + "\n";
  return out;
}

/// Of each party, what moved more than chance does.
std::string parties_text(const Alternative& alt) {
  struct Lines {
    std::string party, gains, load, other;
  };
  std::vector<Lines> lines;
  std::int64_t compared = 0, hidden = 0, could = 0;  // differ by chance
  bool with_sets = false;
  for (const PartyResult& r : alt.parties) {
    if (lines.empty() || lines.back().party != r.party) lines.push_back({r.party, {}, {}, {}});
    ++compared;
    hidden += r.hidden ? 1 : 0;
    could += !r.hidden && r.seeds.equal != r.seeds.pairs ? 1 : 0;
    if (r.hidden || !r.seeds.different()) continue;
    const PartyMetric& metric = party_metrics()[r.metric];
    const double d = r.seeds.difference.estimate;
    std::string& to = metric.better == Better::neither             ? lines.back().other
                      : (d > 0) == (metric.better == Better::more) ? lines.back().gains
                                                                   : lines.back().load;
    to += fmt::format("{}{} {} {}", to.empty() ? "" : ", ", metric.name, signed_number(d),
                      interval(r.seeds.difference.lower, r.seeds.difference.upper));
    if (r.headline &&
        (r.headline->verdict == Verdict::more || r.headline->verdict == Verdict::less))
      to += '*';
    with_sets = with_sets || r.headline.has_value();
  }
  const bool any = std::ranges::any_of(lines, [](const Lines& of) {
    return !of.gains.empty() || !of.load.empty() || !of.other.empty();
  });
  if (!any) return "";
  std::string out = fmt::format(
      "  who gains, who carries the load: {} numbers of organisations, and of what crosses regions "
      "(far); those that differ over seeds, up to some {:.0f} by chance\n",
      compared, std::ceil(0.05 * static_cast<double>(could)));
  for (const Lines& of : lines) {
    const auto line = [&](std::string_view what, const std::string& text) {
      if (!text.empty()) out += fmt::format("    {:<12} {:<6} {}\n", of.party, what, text);
    };
    line("gains", of.gains);
    line("bears", of.load);
    line("also", of.other);
  }
  if (with_sets) out += "    * stands over the parameter sets (headline)\n";
  if (hidden > 0) out += fmt::format("    {} not shown, fewer than ten\n", hidden);
  return out;
}

std::string sets_text(const Comparison& c) {
  const ParameterSets& sets = *c.sets;
  std::string out = fmt::format(
      "headline: over {} parameter sets ({} drawn, {} replicate{} each), {} parameters that are "
      "assumed or calibrated, each from half to twice\n",
      sets.values.size(), sets.drawn, c.set_replicates, c.set_replicates == 1 ? "" : "s",
      sets.factors.size());
  for (const auto& [why, n] : sets.dropped)
    out += fmt::format("  dropped {}: they contradict '{}'\n", n, why);
  for (const std::string& target : sets.not_applied)
    out += fmt::format("  the target '{}' was not applied: the base itself misses it\n", target);
  return out;
}

Json json_number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

Json json_estimate(const risk::stats::Estimate& e) {
  return {{"estimate", json_number(e.estimate)},
          {"lower", e.defined ? json_number(e.lower) : Json(nullptr)},
          {"upper", e.defined ? json_number(e.upper) : Json(nullptr)}};
}

Json json_headline(const Headline& h) {
  Json json = {{"sets", h.sets},
               {"lower", json_number(h.lower)},
               {"upper", json_number(h.upper)},
               {"median", json_number(h.median)},
               {"share_more", json_estimate(h.share_more)},
               {"verdict", name(h.verdict)},
               {"verdict_text", verdict_text(h)}};
  if (h.verdict == Verdict::undecided) json["replicates_needed"] = h.replicates_needed;
  if (h.split) {
    Json split = {{"path", h.split->path}, {"sets_on_the_wrong_side", h.split->wrong}};
    if (h.split->more_in.empty()) {
      split["break_even"] = h.split->break_even;
      split["more"] = h.split->more_above ? "above" : "below";
    } else {
      split["more_with"] = h.split->more_in;
    }
    json["depends_on"] = split;
  }
  return json;
}

/// A number with its unit, before it says by how much it differs.
template <class M>
Json json_head(const M& metric) {
  return {{"name", metric.name},
          {"unit", metric.unit},
          {"better", name(metric.better)},
          {"meaning", metric.meaning}};
}
void add_pairs(Json& json, const Paired& p) {
  json["base"] = json_number(p.base);
  json["strategy"] = json_number(p.strategy);
  json["difference"] = json_estimate(p.difference);
  json["pairs"] = p.pairs;
  json["pairs_equal"] = p.equal;
  json["share_of_pairs_better"] = p.share_better ? json_estimate(*p.share_better) : Json(nullptr);
  json["variance_ratio"] = json_number(p.variance_ratio);
  json["pairs_needed"] = p.runs_needed;
}
constexpr const char* hidden_note = "fewer than ten";

Json json_metric(const MetricResult& m) {
  Json json = json_head(metrics()[m.metric]);
  if (m.hidden) {
    json["hidden"] = hidden_note;
    return json;
  }
  add_pairs(json, m.seeds);
  if (m.headline) {
    json["headline"] = json_headline(*m.headline);
    json["difference_by_set"] = Json::array();
    for (const double d : m.by_set) json["difference_by_set"].push_back(json_number(d));
  }
  return json;
}

/// {party: {metric: its numbers}}; what they are stands in party_metrics.
Json json_parties(const Alternative& alt) {
  Json parties = Json::object();
  for (const PartyResult& r : alt.parties) {
    Json json = Json::object();
    if (r.hidden) {
      json["hidden"] = hidden_note;
    } else {
      add_pairs(json, r.seeds);
      if (r.headline) json["headline"] = json_headline(*r.headline);
    }
    parties[r.party][std::string(party_metrics()[r.metric].name)] = std::move(json);
  }
  return parties;
}

}  // namespace

std::string compare_text(const Comparison& c) {
  std::string out =
      fmt::format("base      {} in world '{}', {} days from {}, seed {}, replicates 0 to {}{}\n",
                  c.base, c.world, c.days, c.start, c.seed, c.replicates - 1,
                  c.scale < 1 ? fmt::format(", scale {:.4g}", c.scale) : "");
  if (c.full_traces) out += std::string(scenario::full_traces_note) + "\n";
  if (c.hypothetical) out += "hypothetical: the base tries links without a legal basis\n";
  for (const Alternative& alt : c.alternatives) {
    out += fmt::format("\nstrategy  {} ({})\n", alt.name, alt.file);
    if (!alt.about.empty()) out += "  " + alt.about + "\n";
    if (alt.hypothetical) out += "  hypothetical: it tries links without a legal basis\n";
    if (alt.cost_musd > 0)
      out += fmt::format("  its levers cost {:.4g} million USD (assumed)\n", alt.cost_musd);
    if (alt.first_different_day < 0) {
      out += "  no day differs from the base in any replicate\n";
    } else {
      out += fmt::format("  the first day that differs is day {}\n", alt.first_different_day);
    }
    out += rows_of(alt, c.sets.has_value()) + parties_text(alt);
  }
  out +=
      "\nseeds: the same in every world; intervals over seeds are about chance alone, not about "
      "what the model does not know\n";
  if (c.sets) {
    out += sets_text(c);
  } else {
    out += "what is not known was not varied: --parameter-sets N does, and then says how surely\n";
  }
  return out;
}

std::string compare_json(const Comparison& c) {
  Json json = {{"base", c.base},
               {"base_scenario_hash", c.base_hash},
               {"world", c.world},
               {"real_names", c.real_names},
               {"start", c.start},
               {"days", c.days},
               {"scale", c.scale},
               {"seed", c.seed},
               {"replicates", c.replicates},
               {"version", c.version},
               {"commit", c.commit},
               {"traces", c.full_traces ? "full" : "class"},
               {"hypothetical", c.hypothetical}};
  if (c.sets) {
    Json factors = Json::array(), dropped = Json::object();
    for (const Factor& f : c.sets->factors) factors.push_back(f.path);
    for (const auto& [why, n] : c.sets->dropped) dropped[why] = n;
    json["parameter_sets"] = {{"used", c.sets->values.size()},
                              {"drawn", c.sets->drawn},
                              {"replicates", c.set_replicates},
                              {"rule", "half to twice, evenly in the logarithm"},
                              {"dropped", dropped},
                              {"targets_not_applied", c.sets->not_applied},
                              {"parameters", factors}};
  }
  if (std::ranges::any_of(c.alternatives, [](const auto& alt) { return !alt.parties.empty(); })) {
    json["party_metrics"] = Json::array();
    for (const PartyMetric& metric : party_metrics())
      json["party_metrics"].push_back(json_head(metric));
  }
  json["strategies"] = Json::array();
  for (const Alternative& alt : c.alternatives) {
    Json rows = Json::array();
    for (const MetricResult& m : alt.metrics) rows.push_back(json_metric(m));
    json["strategies"].push_back(
        {{"name", alt.name},
         {"about", alt.about},
         {"file", alt.file},
         {"scenario_hash", alt.hash},
         {"cost_musd", alt.cost_musd},
         {"hypothetical", alt.hypothetical},
         {"first_different_day",
          alt.first_different_day < 0 ? Json(nullptr) : Json(alt.first_different_day)},
         {"metrics", rows},
         {"parties", json_parties(alt)}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::compare
