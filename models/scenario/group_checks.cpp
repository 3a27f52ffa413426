// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/group_checks.hpp"

#include <algorithm>
#include <array>

#include "models/cooperation/organisations.hpp"
#include "models/cooperation/standing_group.hpp"
#include "sim/row_text.hpp"

namespace corridor::scenario {

void check_group(const sim::ScenarioText& read, const Scenario& scenario,
                 sim::Complaints& complaints) {
  const cooperation::CooperationParams& p = scenario.cooperation;
  const auto add = [&](const char* path, const std::string& what) {
    if (what.empty()) return;
    const auto set = read.settings.find(path);
    complaints.add(set == read.settings.end() ? sim::Place{path, 0, 0} : set->second.place, what);
  };
  if (p.members_year != 2019 && p.members_year != 2025) {
    add("cooperation.members_year", "cooperation.members_year = " + std::to_string(p.members_year) +
                                        ": memberships are known at the end of 2019 and of 2025");
  }
  add("cooperation.plans.mandate", cooperation::complaint_about_mandate(p.plans_mandate));
  const bool not_read = p.text.empty() && !p.file.empty();
  if (p.plans_members == cooperation::CooperationParams{}.plans_members || not_read) return;
  constexpr std::array kinds{
      cooperation::OrganisationKind::regional, cooperation::OrganisationKind::global,
      cooperation::OrganisationKind::observer, cooperation::OrganisationKind::national};
  std::vector<std::string> planners, others;
  sim::Complaints told_elsewhere;  // where organisations are read
  const sim::RowText text(p.text, "cooperation.text", told_elsewhere);
  for (const auto& row : text.rows(cooperation::organisation_table, {}, told_elsewhere)) {
    const bool plans = std::ranges::any_of(kinds, [&](cooperation::OrganisationKind kind) {
      return cooperation::plans(kind) && name(kind) == row.value.kind;
    });
    (plans ? planners : others).push_back(row.value.code);
  }
  add("cooperation.plans.members",
      cooperation::complaint_about_members(p.plans_members, planners, others));
}

}  // namespace corridor::scenario
