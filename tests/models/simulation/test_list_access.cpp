// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/list_access.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <set>

#include "models/control/regime.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;
using risk::ListSource;

namespace {

constexpr sim::RunKey key{3, 0};

/// Posts 0 to 3: of countries 0 (region 0), 1 (region 0), 2 (region 1) and 0.
std::vector<PostRow> some_posts() {
  std::vector<PostRow> posts(4);
  posts[1].country = 1;
  posts[2].country = 2;
  return posts;
}
std::vector<travel::CountryRow> some_countries() {
  std::vector<travel::CountryRow> countries(3);
  countries[2].region = 1;
  return countries;
}
risk::RiskParams connected(double share) {
  risk::RiskParams p;
  p.connected_low = p.connected_lower_middle = p.connected_upper_middle = p.connected_high = share;
  return p;
}

}  // namespace

TEST_CASE("a post names the nearest list that shows a record on that day", "[lists][exact]") {
  const ListAccess all(some_posts(), some_countries(), connected(1), key);
  const UsableDays record{10, 20, 30, 0};
  CHECK(all.shows(record, 0, 9) == ListSource::none);
  CHECK(all.shows(record, 0, 10) == ListSource::national);
  CHECK(all.shows(record, 3, 40) == ListSource::national);  // its own list, whatever others show
  CHECK(all.shows(record, 1, 19) == ListSource::none);
  CHECK(all.shows(record, 1, 20) == ListSource::regional);
  CHECK(all.shows(record, 2, 29) == ListSource::none);
  CHECK(all.shows(record, 2, 30) == ListSource::international);
  // A region's list may be later than that of all.
  CHECK(all.shows({10, 40, 30, 0}, 1, 35) == ListSource::international);
  CHECK(all.shows({10, never, never, 0}, 1, 1'000'000) == ListSource::none);

  // Without a connection a post sees what its own country knows, and nothing else.
  const ListAccess none(some_posts(), some_countries(), connected(0), key);
  CHECK(none.shows(record, 0, 10) == ListSource::national);
  CHECK(none.shows(record, 1, 100) == ListSource::none);
  CHECK(none.shows(record, 2, 100) == ListSource::none);
}

TEST_CASE(
    "posts are connected by the share of their country's class of income; a higher share only "
    "adds posts",
    "[lists][statistical]") {
  std::vector<PostRow> posts(8000);
  for (std::size_t p = 0; p < posts.size(); ++p)
    posts[p].income_class = static_cast<std::uint8_t>(p % 4);
  risk::RiskParams params;
  const auto shares = risk::connected_shares(params);
  const ListAccess some(posts, some_countries(), params, key);
  params.connected_low = 0.5;
  const ListAccess more(posts, some_countries(), params, key);
  std::array<std::size_t, 4> n{};
  for (std::uint32_t p = 0; p < posts.size(); ++p) {
    n[p % 4] += some.connected(p) ? 1 : 0;
    CHECK((!some.connected(p) || more.connected(p)));
  }
  for (std::size_t c = 0; c < 4; ++c) {
    CHECK(std::abs(static_cast<double>(n[c]) / 2000 - shares[c]) <
          test::binomial_halfwidth(shares[c], 2000, 1e-9));
  }
}

TEST_CASE("classes of income begin above their limits, and what is not known is high",
          "[lists][exact]") {
  CHECK(control::income_class(1'035) == 0);
  CHECK(control::income_class(1'036) == 1);
  CHECK(control::income_class(4'046) == 2);
  CHECK(control::income_class(12'536) == 3);
  CHECK(control::income_class(0) == 3);
}

TEST_CASE("records are shared by their shares, after their delays, never before they are made",
          "[lists][statistical]") {
  risk::RiskParams p;
  p.regional_share = 0.3;
  p.regional_delay_days = 40;
  p.international_share = 0.6;
  p.international_delay_days = 0;
  constexpr std::size_t n = 20'000;
  std::size_t regional = 0, international = 0;
  double delay = 0;
  for (std::uint64_t id = 0; id < n; ++id) {
    const UsableDays days = usable_days(key, p, 5, 100, id, 0, 0);
    CHECK(days.national == 100);
    CHECK(days.holder == 5);
    CHECK((days.international == 100 || days.international == never));
    international += days.international == 100 ? 1 : 0;
    if (days.regional == never) continue;
    CHECK(days.regional >= 100);
    ++regional;
    delay += days.regional - 100;
  }
  CHECK(std::abs(static_cast<double>(regional) / n - 0.3) < test::binomial_halfwidth(0.3, n, 1e-9));
  CHECK(std::abs(static_cast<double>(international) / n - 0.6) <
        test::binomial_halfwidth(0.6, n, 1e-9));
  // Whole days of an exponential of mean m: 1 / (e^(1/m) - 1), deviation about m / sqrt(n).
  const double mean = 1 / std::expm1(1.0 / 40);
  CHECK(std::abs(delay / static_cast<double>(regional) - mean) <
        6.2 * 40 / std::sqrt(static_cast<double>(regional)));
}

namespace {

/// Persons of interest and irregular documents of some days, at all their checked crossings: how
/// many lists answer, by whose they are, and whether a post abroad is among the national ones.
struct Hits {
  std::array<std::size_t, 4> by_source{};
  std::size_t abroad_national = 0, documents = 0;
};
Hits hits(std::vector<std::string> more) {
  more.insert(more.end(), {"risk.lists.name_sensitivity=1", "risk.lists.document_sensitivity=1",
                           "risk.lists.biometric_coverage=0"});
  const auto s = test::small_scenario(test::scored(more));
  const Setup& setup = test::small_setup(s);
  StreamParts parts(s, setup, key);
  sim::Workers workers(1);
  const auto batch = std::make_unique<travel::Batch>();
  Hits n;
  for (std::int32_t day = 100; day < 130; ++day) {
    parts.years->make_ready(day, workers);
    const auto riders = parts.years->on(day, travel::Way::out);
    for (const PersonOfInterest& rider : riders) {
      make_single(parts.context, *batch, rider.trip, travel::Way::out, {});
      const auto m = static_cast<std::uint32_t>(rider.member_word % batch->party[0]);
      // The same people with irregular documents too.
      const auto special = special_person(parts.context, *batch, 0, m, true, {&rider, 1});
      for (std::uint32_t k = 0; k < batch->n_crossings[0]; ++k) {
        const PersonFacts facts = facts_at(parts.context, *batch, 0, m, k, special);
        const PostRow& post = setup.control.posts[batch->post[k][0]];
        for (std::size_t l = 0; l < risk::n_lists; ++l) {
          if (((facts.found >> l) & 1) == 0) continue;
          REQUIRE(facts.source[l] != ListSource::none);
          ++n.by_source[static_cast<std::size_t>(facts.source[l])];
          const bool document = l == static_cast<std::size_t>(risk::List::document);
          n.documents += document ? 1 : 0;
          n.abroad_national += !document && facts.source[l] == ListSource::national &&
                                       post.country != setup.travel.pairs[batch->pair[0]].origin
                                   ? 1
                                   : 0;
        }
      }
    }
  }
  return n;
}

}  // namespace

TEST_CASE(
    "hits come from national, regional and international lists; unshared records are found at "
    "home alone; late reports are found less often",
    "[lists][relation]") {
  const Hits usual = hits({});
  for (const ListSource source :
       {ListSource::national, ListSource::regional, ListSource::international})
    CHECK(usual.by_source[static_cast<std::size_t>(source)] > 10);
  CHECK(usual.by_source[0] == 0);
  CHECK(usual.abroad_national == 0);

  const Hits alone = hits({"risk.lists.regional_share=0", "risk.lists.international_share=0"});
  CHECK(alone.by_source == std::array<std::size_t, 4>{0, usual.by_source[1], 0, 0});

  const Hits all = hits({"risk.lists.international_share=1", "risk.lists.connected_low=1",
                         "risk.lists.connected_lower_middle=1",
                         "risk.lists.connected_upper_middle=1", "risk.lists.connected_high=1"});
  CHECK(all.by_source[3] > usual.by_source[3]);

  // The report of a loss: at once, or a long time after the loss.
  const Hits at_once = hits({"risk.lists.document_delay_days=0"});
  const Hits late = hits({"risk.lists.document_delay_days=700"});
  CHECK(at_once.documents >= usual.documents);
  CHECK(usual.documents > late.documents);
  CHECK(late.documents > 0);
}
