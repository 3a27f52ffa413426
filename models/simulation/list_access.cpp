// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/list_access.hpp"

#include <algorithm>

#include "sim/samplers.hpp"

namespace corridor::simulation {

using risk::ListSource;

std::int32_t keyed_delay(double mean_days, std::uint32_t word) {
  const double days = sim::exponential(mean_days, sim::uniform32(word));
  return static_cast<std::int32_t>(std::min(days, 36500.0));
}

UsableDays usable_days(sim::RunKey key, const risk::RiskParams& risk, std::uint16_t holder,
                       std::int32_t made, std::uint64_t id, std::int32_t year_or_day,
                       std::uint16_t index) {
  const sim::Block draw = sim::draw(key, sim::Purpose::list_access, id, year_or_day, index);
  UsableDays days;
  days.holder = holder;
  days.national = made;
  if (sim::uniform32(draw[0]) < risk.regional_share)
    days.regional = made + keyed_delay(risk.regional_delay_days, draw[1]);
  if (sim::uniform32(draw[2]) < risk.international_share)
    days.international = made + keyed_delay(risk.international_delay_days, draw[3]);
  return days;
}

ListAccess::ListAccess(std::span<const PostRow> posts,
                       std::span<const travel::CountryRow> countries, const risk::RiskParams& risk,
                       sim::RunKey key) {
  constexpr std::uint64_t post_id = 0xffff'ffff'0000'0000ULL;  // no record has such an id
  const auto share = risk::connected_shares(risk);
  for (const travel::CountryRow& country : countries) region_.push_back(country.region);
  for (std::size_t p = 0; p < posts.size(); ++p) {
    const sim::Block draw = sim::draw(key, sim::Purpose::list_access, post_id | p, 0);
    posts_.push_back({posts[p].country, region_[posts[p].country],
                      sim::uniform32(draw[0]) < share[posts[p].income_class]});
  }
}

ListSource ListAccess::shows(const UsableDays& record, std::uint32_t post, std::int32_t day) const {
  const Post& p = posts_[post];
  if (p.country == record.holder && day >= record.national) return ListSource::national;
  if (!p.connected) return ListSource::none;
  if (p.region == region_[record.holder] && day >= record.regional) return ListSource::regional;
  return day >= record.international ? ListSource::international : ListSource::none;
}

}  // namespace corridor::simulation
