// SPDX-License-Identifier: Apache-2.0
// Queries of the exchange: which systems a post asks, how many queries that makes, and what a
// system that has too many leaves unanswered.
#include <algorithm>

#include "models/cooperation/exchange.hpp"

namespace corridor::cooperation {

void Exchange::add_loads(std::span<const PostSite> posts) {
  std::vector<double> queries;
  for (EraParts& era : eras_) {
    queries.assign(systems_.size(), 0);
    era.load.assign(systems_.size(), 0);
    era.link_load.assign(channels_.size(), 0);
    for (std::uint32_t p = 0; p < posts.size(); ++p) {
      const std::uint32_t asked = asks(p, era.from);
      for (std::size_t s = 0; s < systems_.size(); ++s) {
        if ((asked >> s & 1U) != 0)
          queries[s] += era.at_primary ? posts[p].persons : posts[p].inspected;
      }
    }
    // What a system asks of others: of those that a link joins to it for some day of the era.
    std::vector<double> asked_on = queries;
    for (std::size_t l = 0; l < channels_.size(); ++l) {
      const Channel& c = channels_[l];
      if (c.mode != LinkMode::pull ||
          std::none_of(c.open.begin(), c.open.end(),
                       [&](const Opening& o) { return o.opens < era.to && era.from < o.closes; }))
        continue;
      asked_on[c.from] += queries[c.to];
      if (c.capacity > 0) era.link_load[l] = queries[c.to] / c.capacity;
    }
    for (std::size_t s = 0; s < systems_.size(); ++s) {
      if (systems_[s].capacity > 0) era.load[s] = asked_on[s] / systems_[s].capacity;
    }
  }
}

std::uint32_t Exchange::asks(std::uint32_t post, std::int32_t day, bool connected) const {
  const std::uint8_t may = connected ? regional_access | global_access : access(post, day);
  const std::uint32_t member = member_[country_[post]];
  std::uint32_t asked = 0;
  if ((may & regional_access) != 0) asked |= member & ~global_;
  if ((may & global_access) != 0) asked |= member & global_;
  return asked;
}

bool Exchange::pulls(const Channel& c, std::int32_t day) const {
  return std::any_of(c.open.begin(), c.open.end(), [&](const Opening& o) {
    return day >= o.opens && day < o.closes && up(c, o, day);
  });
}

void Exchange::add_queries(std::uint32_t post, std::int32_t day, std::int64_t persons,
                           std::span<std::int64_t> queries) const {
  const std::uint32_t asked = asks(post, day);
  for (std::uint32_t s = 0; asked >> s != 0; ++s) {
    if ((asked >> s & 1U) != 0) queries[s] += persons;
  }
  for (const Channel& c : channels_) {
    if (c.mode == LinkMode::pull && (asked >> c.to & 1U) != 0 && pulls(c, day))
      queries[c.from] += persons;
  }
}

std::uint32_t Exchange::answering(const UsableDays& record, std::uint32_t post, std::int32_t day,
                                  bool connected) const {
  const EraParts& era = eras_[era_of(day)];
  std::uint32_t left = asks(post, day, connected), answers = 0;
  for (std::uint32_t s = 0; left >> s != 0; ++s) {
    if ((left >> s & 1U) == 0 || day < record.at[s]) continue;
    double share = answered_share(era.load[s]), link_share = 1;
    if (record.by[s] != nobody) {
      const Channel& c = channels_[record.by[s]];
      if (c.mode == LinkMode::pull) {
        if (!pulls(c, day)) continue;
        link_share =
            std::min(answered_share(era.link_load[record.by[s]]), answered_share(era.load[c.from]));
      }
    }
    if (share < 1 || link_share < 1) {
      const auto index = static_cast<std::uint16_t>(0x4000U | s | (post & 0x3ffU) << 4);
      const sim::Block draw = sim::draw(key_, sim::Purpose::record_link, record.id, day, index);
      if (!(sim::uniform32(draw[0]) < share) || !(sim::uniform32(draw[1]) < link_share)) continue;
    }
    answers |= 1U << s;
  }
  return answers;
}

bool Exchange::known_in(const UsableDays& record, std::uint16_t country, std::int32_t day) const {
  if (expired(record, day)) return false;
  if (country == record.holder && day >= record.known) return true;
  const std::uint32_t systems = member_[country] & ~record.permission;
  for (std::uint32_t s = 0; systems >> s != 0; ++s) {
    if ((systems >> s & 1U) == 0 || day < record.at[s]) continue;
    if (record.by[s] == nobody) return true;
    const Channel& c = channels_[record.by[s]];
    if (c.mode != LinkMode::pull || pulls(c, day)) return true;
  }
  return false;
}

std::int32_t Exchange::first_shown(const UsableDays& record, std::uint32_t post,
                                   std::int32_t day) const {
  const EraParts& era = eras_[era_of(day)];
  if (record.evaluation.worse_than(era.least)) return never;
  std::int32_t first = never;
  if (country_[post] == record.holder)
    first = (era.access[post] & joint) != 0 ? record.known : record.national;
  const std::uint32_t asked = asks(post, day);
  for (std::uint32_t s = 0; asked >> s != 0; ++s) {
    if ((asked >> s & 1U) != 0) first = std::min(first, record.at[s]);
  }
  return first;
}

}  // namespace corridor::cooperation
