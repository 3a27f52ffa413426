// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/exchange.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/organisations.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::cooperation;
using risk::List;
using risk::ListSource;

namespace {

constexpr sim::RunKey key{3, 0};

risk::RiskParams shares(double regional, double international) {
  risk::RiskParams p;
  p.regional_share = regional;
  p.international_share = international;
  p.regional_delay_days = p.international_delay_days = 0;
  return p;
}

/// Systems 0 (countries 0, 1), 1 (2, 3) and 2 (4), and one of all unless `alone`.
Organisations three_regions(bool alone = false) {
  using corridor::test::system_of;
  std::vector<Organisation> all{system_of("AA", {0, 1}), system_of("BB", {2, 3}),
                                system_of("CC", {4})};
  if (!alone) all.push_back(system_of("ALL", {0, 1, 2, 3, 4}, -1, -1, OrganisationKind::global));
  return corridor::test::organisations_of(std::move(all));
}
/// A post in each of five countries, all connected or none.
std::vector<PostSite> five_posts(double connected) {
  std::vector<PostSite> posts;
  for (std::uint16_t c = 0; c < 5; ++c) posts.push_back({c, connected, 100U - c});
  return posts;
}
std::vector<Era> era(const CooperationParams& p) { return {{0, p}}; }
RecordKey record(std::uint64_t id, std::uint16_t holder, std::int32_t made) {
  RecordKey r;
  r.id = id;
  r.holder = holder;
  r.known = r.made = made;
  return r;
}
Link straight(std::uint16_t from, std::uint16_t to) {
  Link link;
  link.from = from;
  link.to = to;
  link.closes = never;
  return link;
}

}  // namespace

TEST_CASE("a post names the nearest list that shows a record on that day", "[lists][exact]") {
  const Organisations usual = usual_organisations(std::vector<std::uint8_t>{0, 0, 1});
  std::vector<PostSite> posts{{0, 1, 0}, {1, 1, 0}, {2, 1, 0}, {0, 1, 0}};
  const Exchange all(usual, 3, posts, {}, era({}), key);
  const std::size_t of_all = world::n_regions;
  UsableDays r;
  r.national = 10;
  r.at[0] = 20;
  r.at[of_all] = 30;
  CHECK(all.shows(r, 0, 9) == ListSource::none);
  CHECK(all.shows(r, 0, 10) == ListSource::national);
  CHECK(all.shows(r, 3, 40) == ListSource::national);  // its own list, whatever others show
  CHECK(all.shows(r, 1, 19) == ListSource::none);
  CHECK(all.shows(r, 1, 20) == ListSource::regional);
  CHECK(all.shows(r, 2, 29) == ListSource::none);
  CHECK(all.shows(r, 2, 30) == ListSource::international);
  // A region's list may be later than that of all.
  r.at[0] = 40;
  CHECK(all.shows(r, 1, 35) == ListSource::international);
  r.at[0] = r.at[of_all] = never;
  CHECK(all.shows(r, 1, 1'000'000) == ListSource::none);

  // Without a connection a post sees what its own country knows, and nothing else.
  for (PostSite& post : posts) post.connected = 0;
  const Exchange none(usual, 3, posts, {}, era({}), key);
  r.at[0] = r.at[of_all] = 20;
  CHECK(none.shows(r, 0, 10) == ListSource::national);
  CHECK(none.shows(r, 1, 100) == ListSource::none);
  CHECK(none.shows(r, 2, 100) == ListSource::none);
}

TEST_CASE("posts are connected by their share; a higher share, and the lever, only add posts",
          "[lists][statistical]") {
  const Organisations usual = usual_organisations(std::vector<std::uint8_t>{0});
  std::vector<PostSite> posts(4000);
  for (std::size_t p = 0; p < posts.size(); ++p) posts[p] = {0, p % 2 == 0 ? 0.2 : 0.6, p};
  CooperationParams lever;
  const Exchange some(usual, 1, posts, {}, era(lever), key);
  lever.frontline_share = 0.5;
  const Exchange more(usual, 1, posts, {}, era(lever), key);
  lever.frontline_where = "hubs";
  const Exchange hubs(usual, 1, posts, {}, era(lever), key);
  std::array<std::size_t, 2> n{}, n_more{};
  for (std::uint32_t p = 0; p < posts.size(); ++p) {
    n[p % 2] += some.connected(p, 0) ? 1 : 0;
    n_more[p % 2] += more.connected(p, 0) ? 1 : 0;
    CHECK((!some.connected(p, 0) || more.connected(p, 0)));
    // The tenth with most persons: here the last.
    CHECK(hubs.connected(p, 0) == (p >= 3600 ? more : some).connected(p, 0));
  }
  const auto close = [](std::size_t count, double share) {
    return std::abs(static_cast<double>(count) / 2000 - share) <
           test::binomial_halfwidth(share, 2000, 1e-9);
  };
  CHECK((close(n[0], 0.2) && close(n[1], 0.6)));
  CHECK((close(n_more[0], 0.6) && close(n_more[1], 0.8)));
}

TEST_CASE("posts are connected by country, or others are in their place, and as many of them",
          "[lists][statistical]") {
  constexpr std::size_t countries = 2000, n = 2 * countries;
  const Organisations usual = usual_organisations(std::vector<std::uint8_t>(countries, 0));
  std::vector<PostSite> posts(n);
  for (std::size_t p = 0; p < n; ++p) posts[p] = {static_cast<std::uint16_t>(p / 2), 0, p};
  CooperationParams lever;
  lever.frontline_share = 0.3;
  const Exchange alike(usual, countries, posts, {}, era(lever), key);
  lever.frontline_draw = 1;
  const Exchange others(usual, countries, posts, {}, era(lever), key);
  lever.frontline_draw = 0;
  lever.frontline_where = "countries";
  const Exchange whole(usual, countries, posts, {}, era(lever), key);
  std::size_t n_alike = 0, n_others = 0, n_both = 0, n_whole = 0;
  for (std::uint32_t p = 0; p < n; ++p) {
    const bool a = alike.connected(p, 0), b = others.connected(p, 0);
    n_alike += a ? 1 : 0;
    n_others += b ? 1 : 0;
    n_both += a && b ? 1 : 0;
    n_whole += whole.connected(p, 0) ? 1 : 0;
    CHECK(whole.connected(p, 0) == whole.connected(p ^ 1U, 0));  // the two posts of a country
  }
  const auto close = [](std::size_t count, double share, std::size_t of) {
    return std::abs(static_cast<double>(count) / static_cast<double>(of) - share) <
           test::binomial_halfwidth(share, of, 1e-9);
  };
  CHECK(close(n_alike, 0.3, n));
  CHECK(close(n_others, 0.3, n));
  CHECK(close(n_both, 0.09, n));  // drawn independently
  CHECK(close(n_whole / 2, 0.3, countries));
}

TEST_CASE("records are shared by their shares, after their delays, never before they are made",
          "[lists][statistical]") {
  risk::RiskParams p;
  p.regional_share = 0.3;
  p.regional_delay_days = 40;
  p.international_share = 0.6;
  p.international_delay_days = 0;
  const Organisations usual = usual_organisations(std::vector<std::uint8_t>(6, 0));
  const Exchange exchange(usual, 6, {}, p, era({}), key);
  constexpr std::size_t n = 20'000;
  std::size_t regional = 0, international = 0;
  double delay = 0;
  for (std::uint64_t id = 0; id < n; ++id) {
    const UsableDays days = exchange.usable(record(id, 5, 100), List::name);
    CHECK(days.national == 100);
    CHECK(days.holder == 5);
    const std::int32_t of_all = days.at[world::n_regions];
    CHECK((of_all == 100 || of_all == never));
    international += of_all == 100 ? 1 : 0;
    if (days.at[0] == never) continue;
    CHECK(days.at[0] >= 100);
    ++regional;
    delay += days.at[0] - 100;
  }
  CHECK(std::abs(static_cast<double>(regional) / n - 0.3) < test::binomial_halfwidth(0.3, n, 1e-9));
  CHECK(std::abs(static_cast<double>(international) / n - 0.6) <
        test::binomial_halfwidth(0.6, n, 1e-9));
  // Whole days of an exponential of mean m: 1 / (e^(1/m) - 1), deviation about m / sqrt(n).
  const double mean = 1 / std::expm1(1.0 / 40);
  CHECK(std::abs(delay / static_cast<double>(regional) - mean) <
        6.2 * 40 / std::sqrt(static_cast<double>(regional)));
}

TEST_CASE("raising what is contributed only adds records, and earlier days", "[lists][property]") {
  const risk::RiskParams p = shares(0.3, 0.4);
  CooperationParams lever;
  const Exchange base(three_regions(), 5, {}, p, era(lever), key);
  lever.records_contributed = 0.5;
  const Exchange always(three_regions(), 5, {}, p, era(lever), key);
  const Exchange later(three_regions(), 5, {}, p, std::vector<Era>{{0, {}}, {50, lever}}, key);
  std::size_t added = 0;
  for (std::uint64_t id = 0; id < 2000; ++id) {
    const auto made = static_cast<std::int32_t>(id % 100);
    const RecordKey r = record(id, static_cast<std::uint16_t>(id % 5), made);
    const UsableDays a = base.usable(r, List::name), b = always.usable(r, List::name),
                     c = later.usable(r, List::name);
    for (std::size_t s = 0; s < 4; ++s) {
      CHECK(b.at[s] <= a.at[s]);
      CHECK(c.at[s] <= a.at[s]);
      CHECK(b.at[s] <= c.at[s]);
      // Before the lever is pulled nothing differs.
      if (c.at[s] < 50) CHECK(c.at[s] == a.at[s]);
      if (c.at[s] != a.at[s]) CHECK(c.at[s] >= 50);
      added += c.at[s] != a.at[s] ? 1 : 0;
    }
  }
  CHECK(added > 100);
  // What was given once stays given: an era that ends leaves the records of its days.
  const Exchange ended(three_regions(), 5, {}, p, std::vector<Era>{{0, {}}, {50, lever}, {60, {}}},
                       key);
  std::size_t stays = 0;
  for (std::uint64_t id = 0; id < 500; ++id) {
    const UsableDays of_before = ended.usable(record(id, 0, 10), List::name),
                     of_after = ended.usable(record(id, 0, 60), List::name);
    CHECK(of_before.at == later.usable(record(id, 0, 10), List::name).at);
    CHECK(of_after.at == base.usable(record(id, 0, 60), List::name).at);
    stays += of_before.at != base.usable(record(id, 0, 10), List::name).at ? 1 : 0;
  }
  CHECK(stays > 10);
}

TEST_CASE("a link carries records on, in its time, of its kinds, while it is open",
          "[lists][exact]") {
  Organisations all = three_regions(true);
  const risk::RiskParams p = shares(1, 0);
  Link link = straight(0, 1);
  link.delay_days = 0;
  link.opens = 30;
  link.closes = 60;
  link.kinds = 0b010;
  all.links = {link, straight(1, 2)};
  const auto posts = five_posts(1);
  const Exchange e(all, 5, posts, p, era({}), key);
  const UsableDays early = e.usable(record(1, 0, 10), List::name);
  CHECK(early.at[0] == 10);
  CHECK(early.at[1] == 30);
  CHECK(early.at[2] == 30);  // from link to link
  CHECK(e.usable(record(2, 0, 45), List::name).at[1] == 45);
  CHECK(e.usable(record(3, 0, 60), List::name).at[1] == never);
  CHECK(e.usable(record(4, 0, 10), List::biometric).at[1] == never);
  CHECK(e.usable(record(5, 2, 10), List::name).at[0] == never);  // one way
  CHECK(e.shows(early, 2, 29) == ListSource::none);
  CHECK(e.shows(early, 2, 30) == ListSource::bridge);
  CHECK(e.shows(early, 1, 30) == ListSource::regional);
  // What has arrived stays when the link is gone.
  CHECK(e.shows(early, 2, 100) == ListSource::bridge);

  // A record that is given anyway is no bridge's.
  all.links = {straight(1, 0)};
  const Exchange back(all, 5, posts, p, era({}), key);
  CHECK(back.shows(back.usable(record(6, 0, 10), List::name), 1, 10) == ListSource::regional);
}

TEST_CASE(
    "modes: a pulled answer needs the link to be up on the day, a hit the originator's answer",
    "[lists][relation]") {
  Organisations all = three_regions(true);
  const risk::RiskParams p = shares(1, 0);
  Link link = straight(0, 1);
  link.availability = 0.5;
  link.mode = LinkMode::pull;
  all.links = {link};
  const Exchange pull(all, 5, five_posts(1), p, era({}), key);
  const UsableDays r = pull.usable(record(1, 0, 10), List::name);
  std::size_t up = 0;
  constexpr std::size_t days = 2000;
  for (std::int32_t day = 10; day < 10 + static_cast<std::int32_t>(days); ++day)
    up += pull.shows(r, 2, day) == ListSource::bridge ? 1 : 0;
  CHECK(std::abs(static_cast<double>(up) / days - 0.5) < test::binomial_halfwidth(0.5, days, 1e-9));

  link.availability = 1;
  link.mode = LinkMode::hit;
  link.refusal = 0.25;
  link.answer_days = 20;
  all.links = {link};
  const Exchange hit(all, 5, {}, p, era({}), key);
  std::size_t refused = 0;
  double waited = 0;
  constexpr std::size_t n = 4000;
  for (std::uint64_t id = 0; id < n; ++id) {
    const std::int32_t day = hit.usable(record(id, 0, 10), List::name).at[1];
    if (day == never) {
      ++refused;
    } else {
      waited += day - 10;
    }
  }
  CHECK(std::abs(static_cast<double>(refused) / n - 0.25) <
        test::binomial_halfwidth(0.25, n, 1e-9));
  CHECK(waited / static_cast<double>(n - refused) == Approx(20).margin(6.2 * 20 / std::sqrt(2900)));
}

TEST_CASE("hub and mesh make links in the number of their share, after their negotiation",
          "[lists][exact]") {
  // K7: to link ten organisations a hub needs nine links and two hops, a mesh 45 and one.
  Organisations ten;
  ten.from_file = true;
  for (int k = 0; k < 10; ++k) {
    Organisation o;
    o.code = std::string(1, static_cast<char>('A' + k));
    o.kind = k == 0 ? OrganisationKind::global : OrganisationKind::regional;
    o.powers = bit(Power::databases);
    o.members = {static_cast<std::uint16_t>(k)};
    ten.organisations.push_back(o);
  }
  CooperationParams lever;
  lever.bridge_completeness = lever.bridge_availability = 1;
  lever.bridge_delay_days = 0;
  lever.bridge_negotiation_days = 180;
  const risk::RiskParams p = shares(1, 0);
  const auto links = [&] {
    return Exchange(ten, 10, {}, p, era(lever), key).channels().size() / 2;
  };
  CHECK(links() == 0);
  lever.hub_share = 1;
  CHECK(links() == 9);
  const Exchange hub(ten, 10, {}, p, std::vector<Era>{{0, {}}, {20, lever}}, key);
  const UsableDays far = hub.usable(record(1, 1, 5), List::name);
  for (std::size_t s = 1; s < 10; ++s) CHECK(far.at[s] == (s == 1 ? 5 : 200));
  CHECK(hub.change_days(0, 365) == std::vector<std::int32_t>{20, 200});
  lever.hub_share = 0;
  lever.mesh_share = 1;
  CHECK(links() == 36);  // of nine regional systems; with the one of all as tenth: 45
  lever.mesh_share = 0.5;
  CHECK(links() == 18);
  const Exchange half(ten, 10, {}, p, era(lever), key);
  lever.mesh_share = 0.75;
  const Exchange more(ten, 10, {}, p, era(lever), key);
  for (const Channel& c : half.channels()) {
    CHECK(std::any_of(more.channels().begin(), more.channels().end(),
                      [&](const Channel& d) { return c.from == d.from && c.to == d.to; }));
  }
  // Two hops by the hub, one by the mesh: with a day a hop the mesh is faster.
  CHECK(more.channels().size() > half.channels().size());
}

TEST_CASE("joint posts ask with the police as far as their scope goes", "[lists][exact]") {
  const risk::RiskParams p = shares(1, 1);
  CooperationParams lever;
  lever.joint_posts_share = 1;
  RecordKey r = record(1, 0, 40);
  r.known = 10;
  const auto shows = [&](std::string scope, std::uint32_t post, std::int32_t day) {
    lever.joint_posts_scope = std::move(scope);
    const Exchange e(three_regions(), 5, five_posts(0), p, era(lever), key);
    return e.shows(e.usable(r, List::name), post, day);
  };
  CHECK(shows("national", 0, 9) == ListSource::none);
  CHECK(shows("national", 0, 10) == ListSource::national);  // the police know before the list does
  CHECK(shows("national", 1, 100) == ListSource::none);
  CHECK(shows("regional", 1, 100) == ListSource::regional);
  CHECK(shows("regional", 2, 100) == ListSource::none);
  CHECK(shows("global", 2, 100) == ListSource::international);
}

TEST_CASE("records expire, wrong ones are corrected, biometrics are added", "[lists][exact]") {
  const risk::RiskParams p = shares(1, 1);
  CooperationParams lever;
  lever.records_expiry_days = 30;
  lever.records_wrong = 0.4;
  lever.records_corrected = 0.5;
  lever.records_biometrics = 0.5;
  const Exchange e(three_regions(), 5, five_posts(1), p, std::vector<Era>{{0, {}}, {50, lever}},
                   key);
  const UsableDays r = e.usable(record(1, 0, 25), List::name);
  CHECK(e.shows(r, 2, 49) == ListSource::international);
  CHECK(e.shows(r, 2, 54) == ListSource::international);
  CHECK(e.shows(r, 2, 55) == ListSource::none);
  CHECK(e.shows(e.usable(record(1, 0, long_ago), List::name), 2, 55) ==
        ListSource::international);  // renewed

  CHECK(e.most_wrong() == 0.4);
  CHECK_FALSE(e.wrong_stands(0.1, 0.9, 49));
  CHECK(e.wrong_stands(0.1, 0.9, 50));
  CHECK_FALSE(e.wrong_stands(0.1, 0.4, 50));

  CHECK(e.biometrics_added(0.4, 10) == 50);
  CHECK(e.biometrics_added(0.4, 70) == 70);
  CHECK(e.biometrics_added(0.5, 10) == never);
}

TEST_CASE("K4: a record appears before a crossing in the share that both delays give",
          "[lists][statistical]") {
  risk::RiskParams p = shares(1, 0);
  // In units of a hundredth of a day, so that whole ones do not matter: 4.2 and 10 days.
  p.regional_delay_days = 420;
  const Exchange e(three_regions(true), 5, {}, p, era({}), key);
  constexpr std::size_t n = 40'000;
  std::size_t first = 0;
  for (std::uint64_t id = 0; id < n; ++id) {
    const std::int32_t day = e.usable(record(id, 0, 0), List::name).at[0];
    const std::int32_t crossing = keyed_delay(1000, sim::draw(key, sim::Purpose::sample, id, 0)[0]);
    first += day <= crossing ? 1 : 0;
  }
  // (1 / 4.2) / (1 / 4.2 + 1 / 10); the same day counts as before: up to a day in 1420 more.
  constexpr double expected = 0.7042253521;
  CHECK(std::abs(static_cast<double>(first) / n - expected) <
        test::binomial_halfwidth(expected, n, 1e-9) + 1.0 / 1420);
}
