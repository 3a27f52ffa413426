// SPDX-License-Identifier: Apache-2.0
/// \file test_visible_records.cpp  Case M5: each hit is on a record that existed, and that whoever
/// asked could see under the rules of sharing of that day.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/cooperation/exchange.hpp"
#include "tests/support/organisations.hpp"

using namespace corridor;
using namespace corridor::cooperation;
using risk::ListSource;

namespace {

/// Three regional systems of two countries each, and one of all.
Organisations three_regions() {
  using corridor::test::system_of;
  return corridor::test::organisations_of(
      {system_of("AA", {0, 1}, 0.5, 5), system_of("BB", {2, 3}, 0.5, 5),
       system_of("CC", {4, 5}, 0.5, 5),
       system_of("ALL", {0, 1, 2, 3, 4, 5}, 0.5, 5, OrganisationKind::global)});
}

}  // namespace

TEST_CASE("M5: a hit is on a record that existed and that the post could see on that day",
          "[lists][property]") {
  std::vector<PostSite> posts;
  for (std::uint16_t p = 0; p < 24; ++p) {
    posts.push_back({static_cast<std::uint16_t>(p % 6), 0.5, 100U + p});
  }
  CooperationParams levers;
  levers.mesh_share = 0.7;
  levers.bridge_negotiation_days = 10;
  levers.records_expiry_days = 60;
  levers.joint_posts_share = 0.3;
  const std::vector<Era> eras{{0, {}}, {30, levers}};
  const Exchange exchange(three_regions(), 6, posts, {}, eras, {5, 0});

  std::array<std::size_t, 5> hits{};  // by risk::ListSource
  for (std::uint64_t id = 1; id <= 200; ++id) {
    RecordKey key;
    key.id = id;
    key.holder = static_cast<std::uint16_t>(id % 6);
    key.known = static_cast<std::int32_t>(id % 80);
    key.made = key.known + static_cast<std::int32_t>(id % 7);
    const UsableDays record = exchange.usable(key, risk::List::name);
    for (std::int32_t day = 0; day < 150; day += 3) {
      for (std::uint32_t p = 0; p < posts.size(); ++p) {
        const ListSource source = exchange.shows(record, p, day);
        ++hits[static_cast<std::size_t>(source)];
        if (source == ListSource::none) continue;
        INFO("record " << id << ", post " << p << ", day " << day);
        const bool joint = exchange.joint_post(p, day), own = posts[p].country == key.holder;
        // It existed: on its list, or, where police stand at the post, for them.
        REQUIRE(day >= (joint ? key.known : key.made));
        REQUIRE_FALSE(exchange.expired(record, day));
        if (source == ListSource::national) {
          REQUIRE(own);
          continue;
        }
        // Whoever asks others is connected, and to a system that has the record by then.
        REQUIRE(exchange.connected(p, day));
        const std::uint32_t asks = exchange.systems_of(posts[p].country);
        bool there = false;
        for (std::size_t s = 0; s < exchange.systems().size(); ++s) {
          there = there || ((asks >> s & 1U) != 0 && record.at[s] <= day);
        }
        REQUIRE(there);
      }
    }
  }
  // Each source gives some, and most look-ups give none: the test could fail.
  for (const std::size_t n : hits) CHECK(n > 0);
}
