// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/sharing.hpp"

#include <algorithm>

#include "models/scenario/timeline.hpp"
#include "models/world/world.hpp"
#include "sim/row_text.hpp"

namespace corridor::simulation {

std::optional<cooperation::Organisations> read_organisations_file(
    const scenario::Scenario& scenario) {
  const cooperation::CooperationParams& p = scenario.cooperation;
  if (p.text.empty()) return std::nullopt;
  const world::World world = world::load_world(scenario.data_folder);
  sim::Complaints complaints;
  const sim::RowText text(
      p.text, scenario.source_of("cooperation.file", p.file, "cooperation.text"), complaints);
  cooperation::Organisations all =
      cooperation::read_organisations(text, world, p.members_year, complaints);
  text.check_tables({"organisation", "link", "operation", "ordinary"}, complaints);
  complaints.throw_if_any();
  return all;
}

cooperation::Organisations read_cooperation(const scenario::Scenario& scenario,
                                            const Setup& setup) {
  if (auto of_file = read_organisations_file(scenario)) return std::move(*of_file);
  std::vector<std::uint8_t> region;
  for (const travel::CountryRow& country : setup.travel.countries) region.push_back(country.region);
  return cooperation::usual_organisations(region);
}

std::vector<cooperation::Era> eras_of(const scenario::Scenario& scenario) {
  const scenario::Timeline timeline(scenario);
  std::vector<cooperation::Era> eras(1);  // from long before the run
  eras[0].params = timeline.at(0).cooperation;
  for (const std::int64_t day : timeline.days()) {
    // What changes later acts on who sets out then, although some of today cross on that day.
    if (day > scenario.values_of_day) break;
    const auto changed = timeline.changed_on(day);
    if (std::ranges::any_of(
            changed, [](const std::string& path) { return path.starts_with("cooperation."); })) {
      eras.push_back({static_cast<std::int32_t>(day), timeline.at(day).cooperation});
    }
  }
  return eras;
}

std::vector<cooperation::PostSite> post_sites(const ControlTables& control,
                                              const risk::RiskParams& risk,
                                              double inspected_share) {
  const auto connected = risk::connected_shares(risk);
  std::vector<cooperation::PostSite> sites;
  for (std::uint32_t p = 0; p < control.posts.size(); ++p) {
    const PostRow& post = control.posts[p];
    // Officers of a day in January stand for persons: staffing follows them.
    std::uint64_t officers = 0;
    for (std::uint32_t lane = 0; lane < control::n_lanes; ++lane) {
      for (const std::uint16_t n : control.hours(0, p, lane)) officers += n;
    }
    sites.push_back({post.country, connected[post.income_class], officers, post.persons,
                     inspected_share * post.persons});
  }
  return sites;
}

Sharing::Sharing(const scenario::Scenario& scenario, const Setup& setup, sim::RunKey key)
    : organisations(read_cooperation(scenario, setup)),
      exchange(organisations, setup.travel.countries.size(),
               post_sites(setup.control, scenario.risk, scenario.control.secondary_rate),
               scenario.risk, eras_of(scenario), key),
      rates(scenario.risk) {
  rates.wrong = exchange.most_wrong();
  rates.joined = exchange.joining().most_error();
  if (!organisations.from_file) return;
  ordinary.assign(setup.travel.countries.size(), organisations.ordinary.back());
  for (const PostRow& post : setup.control.posts)
    ordinary[post.country] = organisations.ordinary[post.income_class];
  rates.ordinary = ordinary;
}

}  // namespace corridor::simulation
