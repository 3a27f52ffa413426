// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/risk/lint.hpp"
#include "sim/math.hpp"

namespace corridor::risk {
namespace {

constexpr std::string_view proxies_not_checked =
    "Proxies of protected attributes were not checked; --records TABLE, RUN.h5 or SCENARIO.toml "
    "checks them.";

std::string counted(std::size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

/// What a total means, where it is not points.
std::string meaning(Combine combine, std::int64_t total) {
  const auto t = static_cast<double>(total);
  switch (combine) {
    case Combine::additive:
      break;
    case Combine::noisy_or:
      return fmt::format(" ({:.4f})", total <= 0 ? 0.0 : 1 - sim::exp(-t / 1000));
    case Combine::logistic:
      return fmt::format(" ({:.4f})", 1 / (1 + sim::exp(-t / 100)));
  }
  return "";
}

}  // namespace

std::string LintReport::text() const {
  std::string out;
  for (const Finding& f : findings) {
    if (!file.empty()) out += file;
    if (f.line > 0) out += fmt::format("{}{}:{}", file.empty() ? "line " : ":", f.line, f.column);
    if (!file.empty() || f.line > 0) out += ": ";
    out += fmt::format("{}: {} [{}]\n{}", name(f.severity), f.message, f.code, f.excerpt);
  }
  if (!findings.empty()) out += "\n";
  if (readable) {
    out += fmt::format("Rule set '{}', version {}, {}{}\n", set, version, name(combine),
                       date.empty() ? "" : ", as of " + date);
    for (std::size_t s = 0; s < n_stages; ++s) {
      const Reach& r = reach[s];
      out += fmt::format("  {:<9} {:>9}, scores from {}{} to {}{}\n", name(static_cast<Stage>(s)),
                         counted(r.n_rules, "rule"), r.lowest, meaning(combine, r.lowest),
                         r.highest, meaning(combine, r.highest));
    }
  }
  if (readable && proxies)
    out +=
        fmt::format("Proxies were looked for over {} records ({}; {}); strongest association: {}\n",
                    proxies->n, proxies->records, proxies->statement,
                    proxies->strongest.empty() ? "not enough data to tell" : proxies->strongest);
  else if (readable)
    out += std::string(proxies_not_checked) + "\n";
  return out + counted(count(Severity::error), "error") + ", " +
         counted(count(Severity::warning), "warning") + ", " +
         counted(count(Severity::info), "note") + "\n";
}

std::string LintReport::json() const {
  using Json = nlohmann::ordered_json;
  Json out = {{"file", file},
              {"set", set},
              {"version", version},
              {"date", date},
              {"readable", readable},
              {"errors", count(Severity::error)},
              {"warnings", count(Severity::warning)},
              {"notes", count(Severity::info)}};
  out["reach"] = Json::array();
  for (std::size_t s = 0; readable && s < n_stages; ++s)
    out["reach"].push_back({{"stage", name(static_cast<Stage>(s))},
                            {"rules", reach[s].n_rules},
                            {"lowest", reach[s].lowest},
                            {"highest", reach[s].highest}});
  out["proxies"] = nullptr;
  if (proxies)
    out["proxies"] = {{"records", proxies->records},
                      {"statement", proxies->statement},
                      {"n", proxies->n},
                      {"strongest", proxies->strongest}};
  else
    out["proxies_note"] = proxies_not_checked;
  out["findings"] = Json::array();
  for (const Finding& f : findings)
    out["findings"].push_back({{"severity", name(f.severity)},
                               {"rule", f.rule},
                               {"code", f.code},
                               {"message", f.message},
                               {"line", f.line},
                               {"column", f.column}});
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::risk
