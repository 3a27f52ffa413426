// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/quality.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "models/cooperation/exchange.hpp"
#include "tests/support/organisations.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::cooperation;
using risk::List;
using risk::ListSource;

namespace {

constexpr sim::RunKey key{3, 0};
constexpr std::size_t n = 20'000;
constexpr double alpha = 1e-9;

RecordKey record(std::uint64_t id, std::uint16_t holder = 0, std::int32_t made = 0) {
  RecordKey r;
  r.id = id;
  r.holder = holder;
  r.known = r.made = made;
  return r;
}

/// Systems 0 (countries 0, 1) and 1 (2, 3), each with all that its members have, at once.
Organisations two_regions() {
  using corridor::test::system_of;
  return corridor::test::organisations_of(
      {system_of("AA", {0, 1}, 1, 0), system_of("BB", {2, 3}, 1, 0)});
}
Link straight() {
  Link link;
  link.from = 0;
  link.to = 1;
  link.closes = never;
  return link;
}
/// A connected post in each of the four countries.
Exchange exchange_of(const Organisations& organisations, const CooperationParams& params) {
  std::vector<PostSite> posts;
  for (std::uint16_t c = 0; c < 4; ++c) posts.push_back({c, 1, 1});
  const std::vector<Era> eras{{0, params}};
  return {organisations, 4, posts, {}, eras, key};
}
/// Of records of country 0, how many a post is shown on day 100.
std::size_t shown(const Organisations& organisations, const CooperationParams& params,
                  std::uint32_t post, bool wrong = false, List list = List::name) {
  const Exchange exchange = exchange_of(organisations, params);
  std::size_t found = 0;
  for (std::uint64_t id = 0; id < 2000; ++id) {
    RecordKey r = record(id);
    r.wrong = wrong;
    found += exchange.shows(exchange.usable(r, list), post, 100) != ListSource::none ? 1 : 0;
  }
  return found;
}

}  // namespace

TEST_CASE("an evaluation is a letter and a digit, and one is worse when either is",
          "[cooperation][exact]") {
  for (const std::string word : {"A1", "B3", "C2", "X4"}) {
    const auto e = parse_evaluation(word);
    REQUIRE(e);
    CHECK(text(*e) == word);
  }
  for (const std::string word : {"", "A", "A5", "D1", "1A", "A11"})
    CHECK_FALSE(parse_evaluation(word));
  const Evaluation b2{1, 1};
  CHECK_FALSE(b2.worse_than({1, 1}));
  CHECK_FALSE(b2.worse_than(any_evaluation));
  CHECK(b2.worse_than({0, 3}));
  CHECK(b2.worse_than({3, 0}));
}

TEST_CASE(
    "records are graded at the declared rates; poor grades are likelier of wrong ones, "
    "unless evaluation tells nothing",
    "[cooperation][statistical]") {
  CooperationParams p;  // A 0.3, B 0.35, C 0.175, X 0.175; information the same
  const auto shares = [&](double tilt, bool wrong, bool information) {
    p.records_wrong_tilt = tilt;
    std::array<double, 4> count{};
    for (std::uint64_t id = 0; id < n; ++id) {
      RecordKey r = record(id);
      r.wrong = wrong;
      const Evaluation e = quality_of(r, p, key).evaluation;
      count[information ? e.information : e.source] += 1;
    }
    for (double& c : count) c /= n;
    return count;
  };
  const std::array<double, 4> right{0.3, 0.35, 0.175, 0.175};
  // p_g 2^g over its sum 0.3 + 0.7 + 0.7 + 1.4 = 3.1.
  const std::array<double, 4> wrong{0.3 / 3.1, 0.7 / 3.1, 0.7 / 3.1, 1.4 / 3.1};
  for (const bool information : {false, true}) {
    const auto of_right = shares(2, false, information), of_wrong = shares(2, true, information);
    for (std::size_t g = 0; g < 4; ++g) {
      // Each within Chernoff's bound: 16 shares, a false alarm in 1e-8. Seen: a rate off by 0.02.
      CHECK(std::abs(of_right[g] - right[g]) < test::binomial_halfwidth(right[g], n, alpha));
      CHECK(std::abs(of_wrong[g] - wrong[g]) < test::binomial_halfwidth(wrong[g], n, alpha));
    }
    CHECK(shares(1, true, information) == of_right);
  }
}

TEST_CASE("handling codes come at their nested rates, and raising one only adds records with it",
          "[cooperation][statistical]") {
  CooperationParams none, some, more;
  some.records_handling_3 = 0.1;
  some.records_handling_2 = 0.2;
  some.records_handling_1 = 0.5;
  more = some;
  more.records_handling_2 = 0.4;
  std::array<double, 4> count{};
  for (std::uint64_t id = 0; id < n; ++id) {
    CHECK(quality_of(record(id), none, key).handling == Handling::free);
    const Handling a = quality_of(record(id), some, key).handling,
                   b = quality_of(record(id), more, key).handling;
    count[static_cast<std::size_t>(a)] += 1.0 / n;
    if (a == Handling::permission) CHECK(b == Handling::permission);
    CHECK((a == Handling::withheld) == (b == Handling::withheld));
  }
  const std::array<double, 4> expected{0.9 * 0.8 * 0.5, 0.9 * 0.8 * 0.5, 0.9 * 0.2, 0.1};
  for (std::size_t h = 0; h < 4; ++h)
    CHECK(std::abs(count[h] - expected[h]) < test::binomial_halfwidth(expected[h], n, alpha));
  CHECK(name(Handling::police_only) == "H1");
}

TEST_CASE("a double is the record of another country, never earlier, all countries alike",
          "[cooperation][statistical]") {
  std::map<std::uint16_t, double> holders;
  for (std::uint64_t id = 0; id < n; ++id) {
    const RecordKey first = record(id, 2, 50), second = second_record(first, 5, 4, key);
    CHECK(second == second_record(first, 5, 4, key));
    CHECK(second.holder != first.holder);
    CHECK(second.known >= 50);
    CHECK(second.made >= second.known);
    CHECK_FALSE(quality_of(second, {}, key).doubled);
    holders[second.holder] += 1.0 / n;
  }
  CHECK(holders.size() == 4);
  for (const auto& [holder, share] : holders)
    CHECK(std::abs(share - 0.25) < test::binomial_halfwidth(0.25, n, alpha));
  RecordKey old = record(1, 0, long_ago);
  CHECK(second_record(old, 5, 4, key).made == long_ago);

  CooperationParams params;
  const Organisations organisations = two_regions();
  std::size_t doubled = 0;
  for (std::uint64_t id = 0; id < 2000; ++id)
    CHECK_FALSE(exchange_of(organisations, params).second_of(record(id), List::name));
  params.records_doubled = 0.3;
  const Exchange exchange = exchange_of(organisations, params);
  for (std::uint64_t id = 0; id < 2000; ++id) {
    doubled += exchange.second_of(record(id), List::name) ? 1 : 0;
    CHECK_FALSE(exchange.second_of(record(id), List::document));
  }
  CHECK(std::abs(static_cast<double>(doubled) / 2000 - 0.3) <
        test::binomial_halfwidth(0.3, 2000, alpha));
}

TEST_CASE("H1 travels no link, H2 shows nothing without permission, H3 goes to no system",
          "[cooperation][relation]") {
  Organisations organisations = two_regions();
  organisations.links = {straight()};
  const CooperationParams free;
  // Country 0 made it; 1 shares a system with it, 2 gets it by the link.
  for (const std::uint32_t post : {0U, 1U, 2U}) CHECK(shown(organisations, free, post) == 2000);
  CooperationParams h1, h2, h3;
  h1.records_handling_1 = h2.records_handling_2 = h3.records_handling_3 = 1;
  CHECK(shown(organisations, h1, 0) == 2000);
  CHECK(shown(organisations, h1, 1) == 2000);
  CHECK(shown(organisations, h1, 2) == 0);
  for (const std::uint32_t post : {1U, 2U}) CHECK(shown(organisations, h3, post) == 0);
  CHECK(shown(organisations, h3, 0) == 2000);
  // Documents have no handling code.
  CHECK(shown(organisations, h3, 2, false, List::document) == 2000);

  const Exchange exchange = exchange_of(organisations, h2);
  const UsableDays days = exchange.usable(record(7), List::name);
  CHECK(exchange.shows(days, 0, 100, false) == ListSource::national);
  CHECK(exchange.shows(days, 1, 100, false) == ListSource::none);
  CHECK(exchange.shows(days, 1, 100, true) == ListSource::regional);
  CHECK(exchange.shows(days, 2, 100, true) == ListSource::bridge);
  CHECK(exchange.answering(days, 1, 100) == 1);  // there is a record, and no more

  // A link under which each use needs permission makes the same of what it carries, alone.
  organisations.links[0].permission = 0;
  const Exchange strict = exchange_of(organisations, free);
  const UsableDays carried = strict.usable(record(7), List::name);
  CHECK(strict.shows(carried, 1, 100, false) == ListSource::regional);
  CHECK(strict.shows(carried, 2, 100, false) == ListSource::none);
  CHECK(strict.shows(carried, 2, 100, true) == ListSource::bridge);
}

TEST_CASE(
    "what is evaluated worse than a post or a link demands is not shown or carried; more "
    "wrong records fall away than right ones",
    "[cooperation][relation]") {
  Organisations organisations = two_regions();
  organisations.links = {straight()};
  CooperationParams any, good;
  good.records_minimum_evaluation = "B2";
  const std::size_t right = shown(organisations, good, 1),
                    wrong = shown(organisations, good, 1, true);
  // Right ones have B2 or better with 0.65^2 = 0.42, wrong ones with (1 / 3.1)^2 = 0.10.
  CHECK(std::abs(static_cast<double>(right) / 2000 - 0.4225) <
        test::binomial_halfwidth(0.4225, 2000, alpha));
  CHECK(std::abs(static_cast<double>(wrong) / 2000 - 1 / 9.61) <
        test::binomial_halfwidth(1 / 9.61, 2000, alpha));
  CHECK(shown(organisations, any, 1, true) == 2000);
  good.records_wrong_tilt = 1;
  CHECK(shown(organisations, good, 1, true) == right);
  // Reports of documents are not evaluated.
  CHECK(shown(organisations, good, 1, false, List::document) == 2000);

  organisations.links[0].evaluation = *parse_evaluation("B2");
  CHECK(shown(organisations, any, 1) == 2000);
  CHECK(shown(organisations, any, 2) == right);
}

TEST_CASE("a system beyond its capacity leaves the rest of its queries unanswered",
          "[cooperation][statistical]") {
  Organisations organisations = two_regions();
  const auto make = [&](double capacity) {
    organisations.organisations[0].capacity = capacity;
    std::vector<PostSite> posts;
    for (std::uint16_t c = 0; c < 4; ++c) posts.push_back({c, 1, 1, 1000, 20});
    const std::vector<Era> eras{{0, {}}};
    return Exchange(organisations, 4, posts, {}, eras, key);
  };
  const auto answered = [&](const Exchange& e) {
    std::size_t k = 0;
    for (std::uint64_t id = 0; id < 2000; ++id)
      k += e.shows(e.usable(record(id), List::name), 1, 100) != ListSource::none ? 1 : 0;
    return k;
  };
  // Two posts ask system 0, each about 1000 persons a day.
  CHECK(make(0).load(0, 100) == 0);
  CHECK(make(4000).load(0, 100) == 0.5);
  CHECK(make(4000).load(1, 100) == 0);
  CHECK(answered(make(0)) == 2000);
  CHECK(answered(make(2000)) == 2000);
  const std::size_t half = answered(make(1000));
  CHECK(std::abs(static_cast<double>(half) / 2000 - 0.5) <
        test::binomial_halfwidth(0.5, 2000, alpha));
  CHECK(answered(make(500)) < half);

  // A pull link makes the other system ask too: one query more each, and its capacity holds.
  Link pull = straight();
  pull.mode = LinkMode::pull;
  organisations.links = {pull};
  std::array<std::int64_t, most_systems> queries{};
  const Exchange linked = make(4000);
  linked.add_queries(0, 100, 10, queries);
  CHECK(queries[0] == 10);
  CHECK(queries[1] == 0);
  linked.add_queries(2, 100, 10, queries);
  CHECK(queries[0] == 20);
  CHECK(queries[1] == 10);
  CHECK(linked.load(0, 100) == 1);
  const UsableDays r = linked.usable(record(3), List::name);
  CHECK(linked.shows(r, 2, 100) == ListSource::bridge);
  organisations.links[0].capacity = 0.001;
  CHECK(make(0).shows(r, 2, 100) == ListSource::none);
  CHECK(make(0).shows(r, 1, 100) == ListSource::regional);
}
