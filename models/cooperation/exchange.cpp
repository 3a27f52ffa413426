// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/exchange.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/samplers.hpp"

namespace corridor::cooperation {
namespace {

using risk::ListSource;

// Ids that no record has: of posts (Purpose::list_access), and of pairs of systems
// (Purpose::record_link).
constexpr std::uint64_t post_id = 0xffff'ffff'0000'0000ULL;
constexpr std::uint64_t country_id = 0xffff'fffe'0000'0000ULL;
constexpr std::uint64_t pair_id = 0xffff'fffe'0000'0000ULL;

/// Index of the draw that belongs to a record and a pair of systems (from = to: to give it).
/// Indices of records are 0 to 7 and 0x100 to 0x107.
std::uint16_t pair_index(std::uint16_t record, std::uint16_t from, std::uint16_t to) {
  return static_cast<std::uint16_t>((record & 7U) | (record >> 8 & 1U) << 3 |
                                    std::uint32_t{from} << 4 | std::uint32_t{to} << 8);
}

double more(double share, double lever) { return share + (1 - share) * lever; }

}  // namespace

std::int32_t keyed_delay(double mean_days, std::uint32_t word) {
  const double days = sim::exponential(mean_days, sim::uniform32(word));
  return static_cast<std::int32_t>(std::min(days, 36500.0));
}

Exchange::Exchange(const Organisations& organisations, std::size_t n_countries,
                   std::span<const PostSite> posts, const risk::RiskParams& risk,
                   std::span<const Era> eras, sim::RunKey key)
    : key_(key),
      with_quality_(organisations.from_file),
      second_delay_days_(risk.list_delay_days),
      hypothetical_(organisations.hypothetical()) {
  add_systems(organisations, n_countries, risk);
  for (std::size_t e = 0; e < eras.size(); ++e) {
    const CooperationParams& p = eras[e].params;
    EraParts& parts = eras_.emplace_back();
    parts.from = e == 0 ? std::numeric_limits<std::int32_t>::min() : eras[e].from_day;
    parts.to = e + 1 < eras.size() ? eras[e + 1].from_day : never;
    parts.at_primary = p.frontline_stage != "secondary";
    parts.contributed = p.records_contributed;
    parts.biometrics = p.records_biometrics;
    parts.wrong = p.records_wrong;
    parts.corrected = p.records_corrected;
    parts.expiry_days = static_cast<std::int32_t>(p.records_expiry_days);
    parts.params = p;
    parts.least = parse_evaluation(p.records_minimum_evaluation).value_or(any_evaluation);
    most_wrong_ = std::max(most_wrong_, p.records_wrong);
    joining_.add(parts.from, p);
    hypothetical_ = hypothetical_ || p.bridge_hypothetical;
  }
  if (!eras.empty()) {
    const CooperationParams& p = eras[0].params;
    bridge_ = {0, never, p.bridge_completeness, p.bridge_delay_days, p.bridge_availability};
  }
  add_channels(organisations);
  std::vector<std::pair<std::uint16_t, std::uint16_t>> spokes, pairs;
  const auto n_systems = static_cast<std::uint16_t>(systems_.size());
  for (std::uint16_t a = 0; a < n_systems; ++a) {
    for (std::uint16_t b = 0; b < n_systems; ++b) {
      if (a == b || systems_[a].global) continue;
      if (systems_[b].global) spokes.emplace_back(a, b);
      if (!systems_[b].global && a < b) pairs.emplace_back(a, b);
    }
  }
  add_lever_channels(eras, &CooperationParams::hub_share, std::move(spokes));
  add_lever_channels(eras, &CooperationParams::mesh_share, std::move(pairs));
  add_access(posts, eras);
  add_loads(posts);
}

void Exchange::add_systems(const Organisations& organisations, std::size_t n_countries,
                           const risk::RiskParams& risk) {
  member_.assign(n_countries, 0);
  for (std::size_t o = 0; o < organisations.organisations.size(); ++o) {
    const Organisation& x = organisations.organisations[o];
    if (!x.holds_records() || systems_.size() == most_systems) continue;
    System system;
    system.organisation = static_cast<std::uint16_t>(o);
    system.global = x.kind == OrganisationKind::global;
    system.kinds = x.kinds;
    system.share = x.share >= 0    ? x.share
                   : system.global ? risk.international_share
                                   : risk.regional_share;
    system.delay_days = x.delay_days >= 0 ? x.delay_days
                        : system.global   ? risk.international_delay_days
                                          : risk.regional_delay_days;
    system.capacity = x.capacity;
    const auto s = static_cast<std::uint16_t>(systems_.size());
    system.draw = organisations.from_file && !system.global ? static_cast<std::uint16_t>(s + 1) : 0;
    for (const std::uint16_t c : x.members) member_[c] |= 1U << s;
    if (system.global) global_ |= 1U << s;
    systems_.push_back(system);
  }
}

void Exchange::add_channels(const Organisations& organisations) {
  const auto system_of = [&](std::uint16_t organisation) {
    const auto found = std::find_if(systems_.begin(), systems_.end(), [&](const System& s) {
      return s.organisation == organisation;
    });
    return static_cast<std::uint16_t>(found - systems_.begin());
  };
  for (const Link& link : organisations.links) {
    if (link.mode == LinkMode::none) continue;
    Channel& c = channels_.emplace_back();
    c.from = system_of(link.from);
    c.to = system_of(link.to);
    c.mode = link.mode;
    c.kinds = link.kinds;
    c.least = link.evaluation;
    c.permission = link.permission != nobody;
    c.refusal = link.refusal;
    c.answer_days = link.answer_days;
    c.capacity = link.capacity;
    c.hypothetical = link.hypothetical;
    c.open = {{link.opens, link.closes, link.completeness, link.delay_days, link.availability}};
  }
}

void Exchange::add_lever_channels(std::span<const Era> eras, double CooperationParams::*share,
                                  std::vector<std::pair<std::uint16_t, std::uint16_t>> pairs) {
  // Pairs in the order in which the lever links them: by a draw of their own.
  const auto place = [&](const std::pair<std::uint16_t, std::uint16_t>& p) {
    const std::uint64_t id = pair_id | std::uint64_t{p.first} << 8 | p.second;
    return std::pair{sim::draw(key_, sim::Purpose::record_link, id, 0)[0], p};
  };
  std::sort(pairs.begin(), pairs.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  for (std::size_t rank = 0; rank < pairs.size(); ++rank) {
    const auto [a, b] = pairs[rank];
    std::vector<Opening> open;
    std::int32_t pulled = never;  // since when without a break
    for (const Era& era : eras) {
      const CooperationParams& p = era.params;
      const std::size_t e = static_cast<std::size_t>(&era - eras.data());
      const double n = std::floor(p.*share * static_cast<double>(pairs.size()) + 0.5);
      if (!(static_cast<double>(rank) < n)) {
        pulled = never;
        continue;
      }
      const std::int32_t from = std::max(0, eras_[e].from);
      if (pulled == never) pulled = from;
      const auto opens =
          std::max(from, pulled + static_cast<std::int32_t>(p.bridge_negotiation_days));
      if (opens >= eras_[e].to) continue;
      open.push_back(
          {opens, eras_[e].to, p.bridge_completeness, p.bridge_delay_days, p.bridge_availability});
    }
    const Kinds kinds = systems_[a].kinds & systems_[b].kinds;
    if (open.empty() || kinds == 0) continue;
    for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
      Channel& c = channels_.emplace_back();
      c.from = from;
      c.to = to;
      c.kinds = kinds;
      c.of_lever = true;
      c.open = open;
    }
  }
}

void Exchange::add_access(std::span<const PostSite> posts, std::span<const Era> eras) {
  for (const PostSite& post : posts) country_.push_back(post.country);
  // Hubs: the tenth with most persons.
  std::vector<std::size_t> order(posts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto n_hubs = static_cast<std::ptrdiff_t>((posts.size() + 9) / 10);
  const auto larger = [&](std::size_t a, std::size_t b) {
    return posts[a].size != posts[b].size ? posts[a].size > posts[b].size : a < b;
  };
  std::nth_element(order.begin(),
                   order.begin() + std::min<std::ptrdiff_t>(n_hubs, std::ssize(order)), order.end(),
                   larger);
  std::vector<std::uint8_t> hub(posts.size(), 0);
  for (std::ptrdiff_t k = 0; k < n_hubs; ++k) hub[order[static_cast<std::size_t>(k)]] = 1;

  for (EraParts& parts : eras_) parts.access.assign(posts.size(), 0);
  for (std::size_t p = 0; p < posts.size(); ++p) {
    for (std::size_t e = 0; e < eras_.size(); ++e) {
      const CooperationParams& q = eras[e].params;
      const auto number = static_cast<std::int32_t>(q.frontline_draw);
      const sim::Block draw = sim::draw(key_, sim::Purpose::list_access, post_id | p, number);
      const bool by_country = q.frontline_where == "countries";
      const bool left_out = by_country || (q.frontline_where == "hubs" && hub[p] == 0);
      const double lever = left_out ? 0 : q.frontline_share;
      const auto of_country = [&] {
        const sim::Block own =
            sim::draw(key_, sim::Purpose::list_access, country_id | posts[p].country, number);
        return sim::uniform32(own[0]) < q.frontline_share;
      };
      std::uint8_t access = 0;
      if (sim::uniform32(draw[0]) < more(posts[p].connected, lever) ||
          (by_country && of_country())) {
        access = regional_access | global_access;
      }
      if (sim::uniform32(draw[1]) < q.joint_posts_share) {
        access |= joint;
        if (q.joint_posts_scope != "national") access |= regional_access;
        if (q.joint_posts_scope == "global") access |= global_access;
      }
      eras_[e].access[p] = access;
    }
  }
}

std::int32_t Exchange::given(const RecordKey& r, const System& system, std::uint16_t s) const {
  if (r.registered == everywhere) return r.made;
  double share = system.share;
  std::uint32_t share_word = 0, delay_word = 0;
  if (system.draw == 0) {
    const sim::Block own = sim::draw(key_, sim::Purpose::list_access, r.id, r.year_or_day, r.index);
    share_word = own[system.global ? 2 : 0];
    delay_word = own[system.global ? 3 : 1];
  } else {
    const sim::Block own =
        sim::draw(key_, sim::Purpose::record_link, r.id, r.year_or_day, pair_index(r.index, s, s));
    share_word = own[0];
    delay_word = own[1];
  }
  if (system.global && r.registered >= 0) share = r.registered;
  const double u = sim::uniform32(share_word);
  for (const EraParts& era : eras_) {
    if (era.to <= r.made || !(u < more(share, era.contributed))) continue;
    return std::max(r.made, era.from) + keyed_delay(system.delay_days, delay_word);
  }
  return never;
}

bool Exchange::up(const Channel& c, const Opening& opening, std::int32_t day) const {
  if (opening.availability >= 1) return true;
  const std::uint64_t id = pair_id | std::uint64_t{c.from} << 8 | c.to;
  constexpr std::uint16_t up_index = 1;
  return sim::uniform32(sim::draw(key_, sim::Purpose::record_link, id, day, up_index)[0]) <
         opening.availability;
}

std::int32_t Exchange::carried(const RecordKey& r, const Channel& c, std::int32_t day) const {
  const sim::Block own = sim::draw(key_, sim::Purpose::record_link, r.id, r.year_or_day,
                                   pair_index(r.index, c.from, c.to));
  if (sim::uniform32(own[2]) < c.refusal) return never;
  for (const Opening& opening : c.open) {
    if (!(sim::uniform32(own[0]) < opening.completeness)) continue;
    std::int32_t start = std::max(day, opening.opens);
    while (start < opening.closes && !up(c, opening, start)) ++start;
    if (start >= opening.closes) continue;
    switch (c.mode) {
      case LinkMode::push:
        return start + keyed_delay(opening.delay_days, own[1]);
      case LinkMode::pull:
        return start;
      case LinkMode::hit:
        return start + keyed_delay(c.answer_days, own[3]);
      case LinkMode::none:
        break;
    }
  }
  return never;
}

bool Exchange::linked(std::uint16_t a, std::uint16_t b) const {
  return std::any_of(channels_.begin(), channels_.end(), [&](const Channel& c) {
    return (c.from == a && c.to == b) || (c.from == b && c.to == a);
  });
}

bool Exchange::passed(const UsableDays& record, std::uint16_t a, std::uint16_t b) const {
  const auto by = [&](std::uint16_t from, std::uint16_t to) {
    return record.by[to] != nobody && channels_[record.by[to]].from == from;
  };
  return by(a, b) || by(b, a);
}

UsableDays Exchange::usable_without(const RecordKey& record, risk::List kind, std::uint16_t a,
                                    std::uint16_t b) const {
  const Trial trial{a, b, false};
  return days_of(record, kind, &trial);
}

UsableDays Exchange::usable_with(const RecordKey& record, risk::List kind, std::uint16_t a,
                                 std::uint16_t b) const {
  const Trial trial{a, b, true};
  return days_of(record, kind, &trial);
}

UsableDays Exchange::days_of(const RecordKey& r, risk::List kind, const Trial* trial) const {
  UsableDays days;
  days.holder = r.holder;
  days.known = std::min(r.known, r.made);
  days.national = r.made;
  days.id = r.id;
  if (with_quality_ && kind != risk::List::document) {
    const Quality q = quality_of(r, eras_[era_of(r.made)].params, key_);
    days.evaluation = q.evaluation;
    days.handling = q.handling;
    if (q.handling == Handling::withheld) return days;
    if (q.handling == Handling::permission) days.permission = ~0U;
  }
  const auto bit = static_cast<Kinds>(1U << static_cast<unsigned>(kind));
  const std::uint32_t member = member_[r.holder];
  const auto n_systems = static_cast<std::uint16_t>(systems_.size());
  for (std::uint16_t s = 0; s < n_systems; ++s) {
    if ((member >> s & 1U) == 0 || (systems_[s].kinds & bit) == 0) continue;
    days.at[s] = given(r, systems_[s], s);
  }
  const bool adds = trial != nullptr && trial->add;
  if ((channels_.empty() && !adds) || days.handling == Handling::police_only) return days;
  const auto left_out = [&](const Channel& c) {
    return trial != nullptr && !trial->add &&
           ((c.from == trial->a && c.to == trial->b) || (c.from == trial->b && c.to == trial->a));
  };
  // Shortest paths (Dijkstra): delays are not negative.
  std::uint32_t settled = 0;
  for (std::size_t n = 0; n < systems_.size(); ++n) {
    std::size_t next = most_systems;
    for (std::size_t s = 0; s < systems_.size(); ++s) {
      if ((settled >> s & 1U) != 0 || days.at[s] == never) continue;
      if (next == most_systems || days.at[s] < days.at[next]) next = s;
    }
    if (next == most_systems) break;
    settled |= 1U << next;
    for (std::size_t l = 0; l < channels_.size(); ++l) {
      const Channel& c = channels_[l];
      if (c.from != next || (settled >> c.to & 1U) != 0 || (c.kinds & bit) == 0 || left_out(c) ||
          days.evaluation.worse_than(c.least))
        continue;
      const std::int32_t day = carried(r, c, days.at[next]);
      if (day >= days.at[c.to]) continue;
      days.at[c.to] = day;
      days.by[c.to] = static_cast<std::uint16_t>(l);
      days.permission &= ~(1U << c.to);
      if (c.permission || (days.permission >> next & 1U) != 0) days.permission |= 1U << c.to;
    }
    if (!adds || (next != trial->a && next != trial->b)) continue;
    Channel added;
    added.from = static_cast<std::uint16_t>(next);
    added.to = next == trial->a ? trial->b : trial->a;
    added.open = {bridge_};
    const Kinds common = systems_[added.from].kinds & systems_[added.to].kinds;
    if ((settled >> added.to & 1U) != 0 || (common & bit) == 0) continue;
    const std::int32_t day = carried(r, added, days.at[next]);
    if (day >= days.at[added.to]) continue;
    days.at[added.to] = day;
    days.by[added.to] = nobody;
    days.permission &= ~(1U << added.to);
    days.permission |= (days.permission >> next & 1U) << added.to;
  }
  return days;
}

ListSource Exchange::shows(const UsableDays& record, std::uint32_t post, std::int32_t day,
                           bool allowed, bool connected) const {
  const EraParts& era = eras_[era_of(day)];
  if (expired(record, day) || record.evaluation.worse_than(era.least)) return ListSource::none;
  if (country_[post] == record.holder &&
      day >= ((era.access[post] & joint) != 0 ? record.known : record.national))
    return ListSource::national;
  const std::uint32_t answers =
      answering(record, post, day, connected) & (allowed ? ~0U : ~record.permission);
  ListSource nearest = ListSource::none;
  for (std::uint32_t s = 0; answers >> s != 0; ++s) {
    if ((answers >> s & 1U) == 0) continue;
    const ListSource source = record.by[s] != nobody ? ListSource::bridge
                              : systems_[s].global   ? ListSource::international
                                                     : ListSource::regional;
    nearest = nearest == ListSource::none ? source : std::min(nearest, source);
  }
  return nearest;
}

std::optional<RecordKey> Exchange::second_of(const RecordKey& r, risk::List kind) const {
  if (!with_quality_ || kind == risk::List::document || r.made == never || member_.size() < 2)
    return std::nullopt;
  if (!quality_of(r, eras_[era_of(r.made)].params, key_).doubled) return std::nullopt;
  return second_record(r, member_.size(), second_delay_days_, key_);
}

UsableDays Exchange::joined(UsableDays r, risk::List kind, std::uint32_t makers,
                            std::int32_t day) const {
  if (day == never || r.national == never || r.handling == Handling::withheld) return r;
  const auto bit = static_cast<Kinds>(1U << static_cast<unsigned>(kind));
  const std::int32_t from = std::max(day, r.national);
  for (std::size_t s = 0; s < systems_.size(); ++s) {
    if ((makers >> s & 1U) == 0 || (systems_[s].kinds & bit) == 0 || r.at[s] <= from) continue;
    r.at[s] = from;
    r.by[s] = nobody;
    if (r.handling != Handling::permission) r.permission &= ~(1U << s);
  }
  return r;
}

std::array<double, 2> Exchange::joining_draws(const RecordKey& r, risk::List kind) const {
  constexpr std::uint32_t joining_block = 0x2000;
  const auto index = static_cast<std::uint16_t>(joining_block | static_cast<unsigned>(kind) << 4 |
                                                (r.index & 7U) | (r.index >> 8 & 1U) << 3);
  const sim::Block own = sim::draw(key_, sim::Purpose::record_link, r.id, r.year_or_day, index);
  return {sim::uniform32(own[0]), sim::uniform32(own[1])};
}

std::int32_t Exchange::biometrics_added(double u, std::int32_t made) const {
  for (const EraParts& era : eras_) {
    if (era.to > made && u < era.biometrics) return std::max(made, era.from);
  }
  return never;
}

bool Exchange::wrong_stands(double u, double corrected, std::int32_t day) const {
  const EraParts& era = eras_[era_of(day)];
  return u * most_wrong_ < era.wrong && !(corrected < era.corrected);
}

std::vector<std::int32_t> Exchange::change_days(std::int32_t from, std::int32_t to) const {
  std::vector<std::int32_t> days;
  const auto add = [&](std::int32_t day) {
    if (day >= from && day < to) days.push_back(day);
  };
  for (const EraParts& era : eras_) add(era.from);
  for (const Channel& c : channels_) {
    for (const Opening& o : c.open) {
      add(o.opens);
      add(o.closes);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace corridor::cooperation
