// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/sharing.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "models/control/regime.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;
using risk::ListSource;

namespace {

constexpr sim::RunKey key{3, 0};

}  // namespace

TEST_CASE("classes of income begin above their limits, and what is not known is high",
          "[lists][exact]") {
  CHECK(control::income_class(1'035) == 0);
  CHECK(control::income_class(1'036) == 1);
  CHECK(control::income_class(4'046) == 2);
  CHECK(control::income_class(12'536) == 3);
  CHECK(control::income_class(0) == 3);
}

namespace {

/// Persons of interest and irregular documents of some days, at all their checked crossings: how
/// many lists answer, by whose they are, and whether a post abroad is among the national ones.
struct Hits {
  std::array<std::size_t, 5> by_source{};
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
  CHECK(alone.by_source == std::array<std::size_t, 5>{0, usual.by_source[1], 0, 0, 0});

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
