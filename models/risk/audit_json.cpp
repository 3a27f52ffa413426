// SPDX-License-Identifier: Apache-2.0
/// \file audit_json.cpp  The report of an audit for programs: all that the text says, and the whole
/// curves. What is not defined is null. Checked in tests/python/test_audit.py.
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/risk/audit.hpp"

namespace corridor::risk {
namespace {

using Json = nlohmann::ordered_json;
using stats::Count;
using stats::Estimate;

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
Json number(const std::optional<double>& x) { return x ? number(*x) : Json(nullptr); }
Json json_of(const Estimate& e) {
  return {{"estimate", number(e.estimate)},
          {"lower", number(e.lower)},
          {"upper", number(e.upper)},
          {"defined", e.defined}};
}
Json json_of(Count c) { return {{"x", c.x}, {"n", c.n}}; }
Json json_of(const stats::RatioAudit& r) {
  return {{"ratio", json_of(r.ratio)},
          {"exact", r.exact},
          {"p_value", r.p_value},
          {"adjusted_p", r.adjusted_p},
          {"four_fifths", number(r.four_fifths)},
          {"below_four_fifths", r.below_four_fifths},
          {"visible_ratio", number(r.visible_ratio)},
          {"verdict", stats::text(r)}};
}

Json rules_json(const AuditReport& r) {
  Json all = Json::array();
  for (const RuleAudit& rule : r.rules) {
    Json one = {{"id", rule.id},
                {"points", rule.points},
                {"in_force", rule.in_force},
                {"fired", rule.fired}};
    if (r.truth_known) {
      one["hits"] = rule.hits;
      one["unique_hits"] = rule.unique_hits;
      one["recall_lost"] = number(rule.recall_lost);
      one["likelihood_ratio"] = json_of(rule.worth.ratio);
      one["break_even_ratio"] =
          rule.worth.needed ? number(rule.worth.needed->ratio) : Json(nullptr);
      one["worth"] = rule.worth.text();
    }
    Json with = Json::object();
    for (std::size_t a = 0; a < rule.with.size(); ++a) {
      const stats::Association& x = rule.with[a];
      with[r.attributes[a].name] = {{"defined", x.defined},
                                    {"cramers_v", json_of(x.cramers_v)},
                                    {"visible_v", number(x.visible_v)},
                                    {"mutual_information", number(x.mutual_information)},
                                    {"null_95", number(x.null_95)},
                                    {"auc", json_of(x.auc)},
                                    {"p_value", x.p_value}};
    }
    one["associations"] = with;
    all.push_back(one);
  }
  return all;
}

Json groups_json(const AuditReport& r) {
  Json all = Json::array();
  for (const AttributeAudit& a : r.attributes) {
    Json values = Json::array();
    for (const ValueAudit& v : a.values) {
      Json one = {{"value", v.value}, {"selected", json_of(v.selected)}};
      if (r.truth_known) {
        one["found"] = json_of(v.found);
        one["false_stops"] = json_of(v.stopped);
      }
      if (v.compared) {
        one["selection"] = json_of(v.selection);
        if (r.truth_known) {
          one["recall"] = {{"difference", json_of(v.recall.difference)},
                           {"p_value", v.recall.p_value},
                           {"adjusted_p", v.recall.adjusted_p},
                           {"visible_difference", number(v.recall.visible_difference)},
                           {"verdict", stats::text(v.recall)}};
          one["false_stop_ratio"] = json_of(v.false_stops);
        }
      }
      values.push_back(one);
    }
    all.push_back({{"attribute", a.name}, {"unknown", a.unknown}, {"values", values}});
  }
  return all;
}

void add_truth(const AuditReport& r, Json& out) {
  out["precision"] = json_of(r.precision_interval);
  out["recall"] = json_of(r.recall_interval);
  out["found"] = r.precision.x;
  Json points = Json::array();
  for (const stats::CapacityPoint& p : r.points)
    points.push_back({{"inspected", p.inspected},
                      {"share", p.share},
                      {"hits", p.hits},
                      {"expected_hits", p.expected_hits},
                      {"false_stops", p.false_stops},
                      {"gain", number(p.recall)},
                      {"precision", number(p.precision)},
                      {"lift", number(p.lift)},
                      {"officer_hours", p.officer_hours},
                      {"cut", p.cut}});
  out["capacity_curve"] = points;
  out["minutes"] = {{"false_stop", r.minutes_false_stop}, {"hit", r.minutes_hit}};
  out["auc"] = json_of(r.auc);
  out["partial_auc"] = number(r.partial_auc);
  out["mean_gain"] = number(r.mean_gain);
  out["average_precision"] = number(r.average_precision);
  Json roc = Json::array(), pr = Json::array();
  for (const stats::RocPoint& p : r.roc)
    roc.push_back({number(p.threshold), p.false_positive_rate, p.recall});
  for (const stats::PrecisionPoint& p : r.precision_recall)
    pr.push_back({number(p.threshold), p.recall, p.precision});
  out["roc"] = roc;
  out["precision_recall"] = pr;
  if (r.calibration) {
    Json bins = Json::array();
    for (const stats::ReliabilityBin& b : r.calibration->bins)
      bins.push_back({{"lower", b.lower},
                      {"upper", b.upper},
                      {"mean", b.mean},
                      {"count", json_of(b.count)},
                      {"observed", json_of(b.observed)}});
    out["calibration"] = {{"bins", bins},
                          {"expected_calibration_error", number(r.calibration->error)},
                          {"brier", number(r.calibration->brier)},
                          {"p_value", number(r.calibration->test.p_value)}};
  }
  if (r.estimates) {
    const EstimateAudit& e = *r.estimates;
    out["estimates"] = {{"truth", e.truth},
                        {"operational", json_of(e.operational)},
                        {"random", json_of(e.random)},
                        {"weighted", json_of(e.weighted.share)},
                        {"drawn", json_of(e.drawn)},
                        {"own_draws", e.own_draws},
                        {"chance_of_a_hit", e.chance_of_a_hit},
                        {"power_to_see_double", e.power_to_see_double}};
  }
}

}  // namespace

std::string AuditReport::json() const {
  Json out = {{"synthetic", true},
              {"description", description},
              {"statement", statement},
              {"signals",
               "assumptions of the scenario; the gains of rules restate them and are no evidence"},
              {"date", date},
              {"rule_set",
               {{"name", set},
                {"version", version},
                {"adopted_by", adopted_by.empty() ? Json(nullptr) : Json(adopted_by)}}},
              {"records", records},
              {"truth_known", truth_known},
              {"truth_unknown", truth_unknown},
              {"illicit", truth_known ? Json(hits) : Json(nullptr)},
              {"referred", referred},
              {"capacity", capacity},
              {"cut", cut}};
  if (truth_known) add_truth(*this, out);
  out["attributes"] = groups_json(*this);
  out["rules"] = rules_json(*this);
  if (drift)
    out["drift"] = {{"by_time", drift->by_time},
                    {"first", drift->first},
                    {"second", drift->second},
                    {"psi", number(drift->psi.value)},
                    {"psi_null_95", number(drift->psi.null_95)},
                    {"psi_p_value", number(drift->psi.p_value)},
                    {"kolmogorov_smirnov", number(drift->distance.distance)},
                    {"kolmogorov_smirnov_p_value", number(drift->distance.p_value)}};
  Json all = Json::array();
  for (const Finding& f : findings)
    all.push_back({{"severity", name(f.severity)},
                   {"rule", f.rule},
                   {"code", f.code},
                   {"message", f.message}});
  out["findings"] = all;
  out["refused_for_adoption"] = refused();
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::risk
