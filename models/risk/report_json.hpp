// SPDX-License-Identifier: Apache-2.0
/// \file report_json.hpp  Numbers of reports as JSON and text: what is not known is null, or a
/// dash.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "models/risk/intervals.hpp"

namespace corridor::risk {

using ReportJson = nlohmann::ordered_json;

inline ReportJson json_number(double x) { return std::isfinite(x) ? ReportJson(x) : nullptr; }

/// {"estimate", "lower", "upper"}, or null without data.
inline ReportJson json_interval(const stats::Estimate& e) {
  if (!e.defined) return nullptr;
  return {{"estimate", json_number(e.estimate)},
          {"lower", json_number(e.lower)},
          {"upper", json_number(e.upper)}};
}

inline std::string dump(const ReportJson& json) {
  return json.dump(2, ' ', false, ReportJson::error_handler_t::replace) + "\n";
}

/// "+0.0123 [-0.0010, +0.0250]"
inline std::string text_difference(const stats::Estimate& e) {
  return e.defined ? fmt::format("{:+.4f} [{:+.4f}, {:+.4f}]", e.estimate, e.lower, e.upper) : "-";
}
/// "1.23 [0.98, 1.60]"
inline std::string text_ratio(const stats::Estimate& e) {
  return e.defined ? fmt::format("{:.2f} [{:.2f}, {:.2f}]", e.estimate, e.lower, e.upper) : "-";
}
/// "0.0123", or "< 0.0001": no p-value is nothing.
inline std::string text_p(double p) { return p < 1e-4 ? "< 0.0001" : fmt::format("{:.4f}", p); }
/// The same after "p": "= 0.0123", "< 0.0001".
inline std::string is_p(double p) { return (p < 1e-4 ? "" : "= ") + text_p(p); }

inline std::string text_share(double x) {
  return std::isfinite(x) ? fmt::format("{:.4f}", x) : "-";
}

}  // namespace corridor::risk
