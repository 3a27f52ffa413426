// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/standing_group.hpp"

#include <algorithm>

#include "models/cooperation/words.hpp"
#include "sim/names.hpp"

namespace corridor::cooperation {
namespace {

constexpr const char* everybody = "all";

std::vector<std::string> concern_names() {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < n_concerns; ++c) names.emplace_back(name(static_cast<Concern>(c)));
  return names;
}

}  // namespace

std::vector<double> Worth::all() const {
  std::vector<double> sum(inside);
  for (std::size_t t = 0; t < sum.size(); ++t) sum[t] += outside[t];
  return sum;
}

StandingGroup standing_group(const CooperationParams& levers, std::span<const Planner> planners) {
  const std::vector<std::string> codes = words(levers.plans_members),
                                 concerns = words(levers.plans_mandate);
  const auto names = [](const std::vector<std::string>& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end() ||
           std::ranges::find(all, everybody) != all.end();
  };
  StandingGroup group;
  for (const Planner& p : planners) group.members.push_back(names(codes, p.code));
  for (std::size_t c = 0; c < n_concerns; ++c)
    group.mandate[c] = names(concerns, name(static_cast<Concern>(c)));
  return group;
}

std::string complaint_about_members(const std::string& text, std::span<const std::string> planners,
                                    std::span<const std::string> others) {
  const std::vector<std::string> known(planners.begin(), planners.end());
  const std::vector<std::string> codes = words(text);
  if (codes.empty())
    return "cooperation.plans.members is empty: name who may be in the group, or 'all'";
  for (const std::string& code : codes) {
    if (code == everybody || std::ranges::find(known, code) != known.end()) continue;
    return "cooperation.plans.members: " + complaint_about_planner(code, known, others);
  }
  return "";
}

std::string complaint_about_mandate(const std::string& text) {
  const std::vector<std::string> known = concern_names(), concerns = words(text);
  if (concerns.empty())
    return "cooperation.plans.mandate is empty: name concerns of the group, or 'all'";
  for (const std::string& concern : concerns) {
    if (concern == everybody || std::ranges::find(known, concern) != known.end()) continue;
    return "cooperation.plans.mandate: '" + concern + "' is no concern; allowed are 'all', " +
           sim::listed(known) + sim::did_you_mean(concern, known);
  }
  return "";
}

}  // namespace corridor::cooperation
