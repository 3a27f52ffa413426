// SPDX-License-Identifier: Apache-2.0
// No sharing, a policy and full sharing as whole runs under one seed (case K8).
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <utility>

#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

using Person = std::pair<std::uint64_t, std::uint8_t>;

/// Who is held by a list in the small world without rules, whose reviewers are slack and sure and
/// in which nobody adapts: the order is then one of lists alone.
struct Held {
  std::set<Person> by_list;
  std::int64_t turned_away = 0;
};
Held held(std::vector<std::string> set) {
  set.insert(set.end(), {"risk.lists.document_coverage=0.3", "risk.lists.name_coverage=0.5",
                         "risk.lists.biometric_coverage=0.2", "risk.planted.wanted=0.002",
                         "control.review.per_place=4", "control.secondary.rate=0.1",
                         "control.review.confirm_match=1", "control.review.second_match=1"});
  const auto s = test::small_scenario(set);
  const Setup& setup = test::small_setup(s);
  Simulation run(s, setup, 0);
  Held h;
  for (std::int32_t day = 0; day < 25; ++day) {
    const DayResult result = run.step(day);
    for (const EventRow& event : result.events) {
      const control::Candidate& c = event.candidate;
      if (control::held(c.outcome) && c.matched != 0) h.by_list.insert({c.trip, c.member});
    }
    for (const auto& of_source : result.counts.outcomes) {
      for (const auto o : {control::Outcome::not_reviewed, control::Outcome::no_place})
        h.turned_away += of_source[static_cast<std::size_t>(o)];
    }
  }
  return h;
}

const std::vector<std::string> nothing{"risk.lists.regional_share=0",
                                       "risk.lists.international_share=0"};
// Joint posts too: they see what the police know before it stands on a list.
const std::vector<std::string> everything{
    "risk.lists.regional_share=1",         "risk.lists.international_share=1",
    "risk.lists.regional_delay_days=0",    "risk.lists.international_delay_days=0",
    "risk.lists.connected_low=1",          "risk.lists.connected_lower_middle=1",
    "risk.lists.connected_upper_middle=1", "risk.lists.connected_high=1",
    "cooperation.joint_posts.share=1",     "cooperation.joint_posts.scope=global"};

}  // namespace

TEST_CASE(
    "K8: whoever is found without sharing is found under any policy, and whoever is found "
    "under that is found under full sharing, person by person in whole runs",
    "[lists][property]") {
  const Held none = held(nothing), full = held(everything);
  CHECK(none.turned_away + full.turned_away == 0);
  CHECK(full.by_list.size() > none.by_list.size() + 20);
  for (const std::vector<std::string>& policy :
       {std::vector<std::string>{},
        {"cooperation.frontline.share=1"},
        {"cooperation.records.contributed=0.5"},
        {"cooperation.joint_posts.share=1", "cooperation.joint_posts.scope=global"}}) {
    const Held some = held(policy);
    CHECK(some.turned_away == 0);
    CHECK(std::ranges::includes(some.by_list, none.by_list));
    CHECK(std::ranges::includes(full.by_list, some.by_list));
  }
}
