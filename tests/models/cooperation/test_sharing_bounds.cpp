// SPDX-License-Identifier: Apache-2.0
// What sharing can do at most, at least, and link by link: cases K1, K2, K8 and result R7.
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "models/cooperation/exchange.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::cooperation;
using risk::List;
using risk::ListSource;

namespace {

constexpr sim::RunKey key{11, 0};

risk::RiskParams no_delays() {
  risk::RiskParams p;
  p.regional_delay_days = p.international_delay_days = 0;
  return p;
}

Organisation system_of(std::string code, double share, std::vector<std::uint16_t> members,
                       OrganisationKind kind = OrganisationKind::regional) {
  Organisation o;
  o.code = o.name = std::move(code);
  o.kind = kind;
  o.powers = bit(Power::databases);
  o.share = share;
  o.delay_days = 0;
  o.members = std::move(members);
  return o;
}

/// Country k is the only member of system k; system 3 has lists that are slower and fuller.
Organisations separate(std::size_t n, double share) {
  Organisations all;
  all.from_file = true;
  for (std::size_t k = 0; k < n; ++k) {
    all.organisations.push_back(
        system_of("S" + std::to_string(k), share, {static_cast<std::uint16_t>(k)}));
  }
  return all;
}
Link straight(std::uint16_t from, std::uint16_t to, double completeness = 1) {
  Link link;
  link.from = from;
  link.to = to;
  link.closes = never;
  link.completeness = completeness;
  return link;
}
std::vector<PostSite> a_post_each(std::size_t n) {
  std::vector<PostSite> posts;
  for (std::size_t c = 0; c < n; ++c) posts.push_back({static_cast<std::uint16_t>(c), 1, 0});
  return posts;
}
RecordKey record(std::uint64_t id, std::uint16_t holder, std::int32_t made = 0) {
  RecordKey r;
  r.id = id;
  r.holder = holder;
  r.known = r.made = made;
  return r;
}

/// Records of countries 0 and 1 that a post of country `at` sees on a day.
std::set<std::uint64_t> seen(const Exchange& e, std::uint32_t at, std::int32_t day,
                             std::size_t n_holders, std::size_t n = 3000) {
  std::set<std::uint64_t> out;
  for (std::uint64_t id = 0; id < n; ++id) {
    const auto holder = static_cast<std::uint16_t>(id % n_holders);
    const UsableDays days =
        e.usable(record(id, holder, static_cast<std::int32_t>(id % 60)), List::name);
    if (e.shows(days, at, day) != ListSource::none) out.insert(id);
  }
  return out;
}
std::size_t more_than(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  std::size_t n = 0;
  for (const std::uint64_t id : a) n += b.contains(id) ? 0 : 1;
  return n;
}
bool within(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  return more_than(a, b) == 0;
}

}  // namespace

TEST_CASE(
    "K1: the union of lists that hold a person independently is 1 - (1 - s)^k; of identical "
    "lists sharing adds nothing",
    "[lists][statistical]") {
  constexpr std::size_t n = 20'000;
  for (const std::size_t k : {1U, 2U, 3U, 5U, 10U}) {
    Organisations all;
    all.from_file = true;
    for (std::size_t s = 0; s < k; ++s)
      all.organisations.push_back(system_of("S" + std::to_string(s), 0.3, {0, 1}));
    const Exchange e(all, 2, a_post_each(2), no_delays(), std::vector<Era>(1), key);
    std::size_t found = 0;
    for (std::uint64_t id = 0; id < n; ++id)
      found += e.shows(e.usable(record(id, 0), List::name), 1, 0) != ListSource::none ? 1 : 0;
    const double expected = 1 - std::pow(0.7, k);
    CHECK(std::abs(static_cast<double>(found) / n - expected) <
          test::binomial_halfwidth(expected, n, 1e-9));
  }
  // The same records on both: whoever has the one list learns nothing from a link to the other.
  Organisations two = separate(3, 1);
  two.organisations[0].members = {0, 1};
  two.organisations[1].members = {0, 2};
  const auto without =
      seen(Exchange(two, 3, a_post_each(3), no_delays(), std::vector<Era>(1), key), 1, 100, 1);
  two.links = {straight(1, 0)};
  CHECK(seen(Exchange(two, 3, a_post_each(3), no_delays(), std::vector<Era>(1), key), 1, 100, 1) ==
        without);
}

TEST_CASE("K2: what a link gains is what only its far end knows, times what it carries",
          "[lists][statistical]") {
  Organisations all = separate(2, 0.6);
  const auto e = [&] {
    return Exchange(all, 2, a_post_each(2), no_delays(), std::vector<Era>(1), key);
  };
  constexpr std::size_t n = 20'000;
  const auto before = seen(e(), 1, 100, 1, n);
  CHECK(before.empty());
  all.links = {straight(0, 1, 0.5)};
  const auto after = seen(e(), 1, 100, 1, n);
  CHECK(std::abs(static_cast<double>(after.size()) / n - 0.3) <
        test::binomial_halfwidth(0.3, n, 1e-9));
}

TEST_CASE("R7: a link gains less the more others there are; without records to share, nothing",
          "[lists][property]") {
  // Chains and stars over five systems; each link both ways. The gain of each at every post.
  const std::vector<std::pair<std::uint16_t, std::uint16_t>> pairs{{0, 4}, {1, 4}, {2, 4},
                                                                   {3, 4}, {0, 1}, {2, 3}};
  const auto with = [&](std::uint32_t which, double share) {
    Organisations all = separate(5, share);
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      if ((which >> k & 1U) == 0) continue;
      all.links.push_back(straight(pairs[k].first, pairs[k].second, 0.7));
      all.links.push_back(straight(pairs[k].second, pairs[k].first, 0.7));
    }
    const Exchange e(all, 5, a_post_each(5), no_delays(), std::vector<Era>(1), key);
    // One hop: records whose maker is at the other end. (Two links in a row are complements.)
    return e;
  };
  // Systems of which the post's country is a member, each with its own share of one holder's
  // records: adding a membership by a link is submodular.
  Organisations star = separate(5, 0.5);
  for (std::size_t k = 0; k < 4; ++k) star.organisations[k].members = {0};
  star.organisations[4].members = {1};
  const auto gain = [&](std::uint32_t others, std::size_t link, double share) {
    for (std::size_t k = 0; k < 4; ++k) star.organisations[k].share = share;
    const auto at_post = [&](std::uint32_t which) {
      star.links.clear();
      for (std::size_t k = 0; k < 4; ++k) {
        if ((which >> k & 1U) != 0)
          star.links.push_back(straight(static_cast<std::uint16_t>(k), 4, 0.7));
      }
      return seen(Exchange(star, 2, a_post_each(2), no_delays(), std::vector<Era>(1), key), 1, 100,
                  1);
    };
    return more_than(at_post(others | 1U << link), at_post(others));
  };
  for (std::size_t link = 0; link < 4; ++link) {
    for (std::uint32_t others = 0; others < 16; ++others) {
      if ((others >> link & 1U) != 0) continue;
      const std::size_t alone = gain(0, link, 0.5), beside = gain(others, link, 0.5);
      CHECK(beside <= alone);
      if (others != 0) CHECK(beside < alone);
      CHECK(gain(others, link, 0) == 0);
    }
  }
  // The weakest link: over two in a row no more passes than over either.
  const auto both = seen(with(0b000011, 0.5), 1, 100, 1);
  const auto direct = seen(with(0b010000, 0.5), 1, 100, 1);
  CHECK(both.size() < direct.size());
}

TEST_CASE("K8: no sharing, any policy and full sharing stand in order, record by record",
          "[lists][property]") {
  const std::size_t n = 4;
  Organisations all = separate(n, 0.5);
  all.organisations.push_back(system_of("ALL", 0.4, {0, 1, 2, 3}, OrganisationKind::global));
  risk::RiskParams slow = no_delays();
  for (Organisation& o : all.organisations) o.delay_days = 10;
  Organisations nothing = all, everything = all;
  for (Organisation& o : nothing.organisations) o.share = 0;
  for (Organisation& o : everything.organisations) {
    o.share = 1;
    o.delay_days = 0;
  }
  std::vector<CooperationParams> policies(6);
  policies[1].frontline_share = 0.5;
  policies[2].records_contributed = 0.5;
  for (std::size_t k = 3; k < 6; ++k) policies[k].bridge_negotiation_days = 0;
  policies[3].hub_share = 1;
  policies[4].mesh_share = 0.6;
  policies[5].hub_share = policies[5].mesh_share = 1;
  policies[5].joint_posts_share = 0.5;
  policies[5].joint_posts_scope = "global";
  for (const CooperationParams& policy : policies) {
    const std::vector<Era> era{{0, policy}};
    auto posts = a_post_each(n);
    for (PostSite& post : posts) post.connected = 0.5;
    const Exchange some(all, n, posts, slow, era, key);
    const Exchange full(everything, n, a_post_each(n), slow, std::vector<Era>(1), key);
    for (PostSite& post : posts) post.connected = 0;
    const Exchange none(nothing, n, posts, slow, std::vector<Era>(1), key);
    for (std::uint32_t post = 0; post < n; ++post) {
      for (const std::int32_t day : {5, 40, 200}) {
        const auto a = seen(none, post, day, n), b = seen(some, post, day, n),
                   c = seen(full, post, day, n);
        CHECK(within(a, b));
        CHECK(within(b, c));
        CHECK(a.size() < c.size());
      }
    }
  }
}
