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

namespace {

const std::vector<std::string> with_lists{
    "risk.lists.document_coverage=0.3",  "risk.lists.name_coverage=0.5",
    "risk.lists.biometric_coverage=0.2", "risk.lists.name_false_match=0.001",
    "risk.planted.wanted=0.002",         "control.documents.irregular=0.004"};

/// A run of some days with the organisations of the invented world and more settings.
struct Run {
  std::vector<DayResult> days;
  SharingCounts sum;
  bool hypothetical = false;
};
Run run(std::vector<std::string> set, std::int32_t n_days = 25, bool with_file = true) {
  set.insert(set.begin(), with_lists.begin(), with_lists.end());
  if (with_file)
    set.insert(set.begin(),
               "cooperation.file=" CORRIDOR_SOURCE_DIR "/scenarios/organisations/small.toml");
  const auto s = test::small_scenario(test::scored(set));
  const Setup& setup = test::small_setup(s);
  Simulation simulation(s, setup, 0);
  Run out;
  for (std::int32_t day = 0; day < n_days; ++day) {
    out.days.push_back(simulation.step(day));
    SharingCounts counts = out.days.back().sharing;
    for (std::size_t i = 0; i < counts.all().size(); ++i) out.sum.all()[i] += counts.all()[i];
  }
  return out;
}
std::int64_t of(const SharingCounts::Table& table, risk::ListSource source) {
  std::int64_t sum = 0;
  for (const std::int64_t n : table[static_cast<std::size_t>(source)]) sum += n;
  return sum;
}
std::int64_t of(const SharingCounts::Table& table, cooperation::Subject subject,
                bool seen_only = true) {
  std::int64_t sum = 0;
  for (std::size_t s = seen_only ? 1 : 0; s < table.size(); ++s)
    sum += table[s][static_cast<std::size_t>(subject)];
  return sum;
}
const std::string open_at_once = "cooperation.bridge.negotiation_days=0";

}  // namespace

TEST_CASE("levers move who is met on lists, each in its direction", "[lists][relation]") {
  using cooperation::Subject;
  const Run base = run({});
  CHECK(of(base.sum.met, ListSource::none) > 0);
  CHECK(of(base.sum.met, ListSource::bridge) == 0);
  for (const ListSource source :
       {ListSource::national, ListSource::regional, ListSource::international})
    CHECK(of(base.sum.met, source) > 0);
  const auto seen = [](const Run& r) {
    std::int64_t n = 0;
    for (const ListSource s : {ListSource::national, ListSource::regional,
                               ListSource::international, ListSource::bridge})
      n += of(r.sum.met, s);
    return n;
  };
  CHECK(seen(run({"cooperation.frontline.share=1"})) > seen(base));
  CHECK(seen(run({"cooperation.records.contributed=1"})) > seen(base));
  CHECK(seen(run({"cooperation.records.biometrics=1", "risk.lists.name_sensitivity=0.3"})) >
        seen(run({"risk.lists.name_sensitivity=0.3"})));
  CHECK(seen(run({"cooperation.records.expiry_days=10"})) < seen(base));
  CHECK(seen(run({"cooperation.joint_posts.share=1", "cooperation.joint_posts.scope=global"})) >
        seen(base));
  for (const std::string lever : {"cooperation.hub.share=1", "cooperation.mesh.share=1"}) {
    const Run linked = run({lever, open_at_once});
    CHECK(of(linked.sum.met, ListSource::bridge) > 0);
    CHECK(seen(linked) > seen(base));
  }
  const Run wrong = run({"cooperation.records.wrong=0.5"});
  CHECK(of(base.sum.met, Subject::wrong) == 0);
  CHECK(of(wrong.sum.met, Subject::wrong) > 0);
  CHECK(of(wrong.days[0].sharing.met, Subject::ordinary) ==
        of(base.days[0].sharing.met, Subject::ordinary));
  const Run corrected = run({"cooperation.records.wrong=0.5", "cooperation.records.corrected=0.5"});
  CHECK(of(corrected.sum.met, Subject::wrong) < of(wrong.sum.met, Subject::wrong));
  CHECK(of(run({"cooperation.records.wrong=0.5", "cooperation.records.corrected=1"}).sum.met,
           Subject::wrong) == 0);
}

TEST_CASE("lists that are asked in secondary alone make nobody a candidate", "[lists][relation]") {
  const Run primary = run({}), secondary = run({"cooperation.frontline.stage=secondary"});
  std::int64_t at_primary = 0, later = 0, all = 0;
  for (const DayResult& d : secondary.days) later += d.counts.list_hits;
  for (const DayResult& d : primary.days) at_primary += d.counts.list_hits;
  for (const ListSource s : {ListSource::national, ListSource::regional, ListSource::international})
    all += of(secondary.sum.met, s);
  CHECK(later < at_primary);
  CHECK(later > 0);
  // What the lists hold is the same, before outcomes differ.
  CHECK(secondary.days[0].sharing.met == primary.days[0].sharing.met);
  // Met are also those whom an earlier post then holds.
  CHECK(all >= at_primary);
}

TEST_CASE("a replay stands between no sharing and full sharing, day by day", "[lists][property]") {
  for (const std::vector<std::string>& set :
       {std::vector<std::string>{},
        {"cooperation.frontline.share=1", "cooperation.hub.share=1", open_at_once}}) {
    const Run r = run(set);
    for (const DayResult& d : r.days) {
      CHECK(d.sharing.replay[0] <= d.sharing.replay[1]);
      CHECK(d.sharing.replay[1] <= d.sharing.replay[2]);
    }
    CHECK(r.sum.replay[0] < r.sum.replay[2]);
    // A link is either there or not.
    for (std::size_t p = 0; p < most_pairs; ++p)
      CHECK((r.sum.lost_without[p] == 0 || r.sum.gained_with[p] == 0));
  }
  const Run base = run({}), linked = run({"cooperation.mesh.share=1", open_at_once});
  const auto sum = [](const auto& rows) {
    std::int64_t n = 0;
    for (const std::int64_t x : rows) n += x;
    return n;
  };
  CHECK(sum(base.sum.gained_with) > 0);
  CHECK(sum(base.sum.lost_without) == 0);
  CHECK(sum(linked.sum.lost_without) > 0);
  // The first day, before outcomes differ: what one link more would find, it finds.
  CHECK(linked.days[0].sharing.replay[1] >= base.days[0].sharing.replay[1]);
  CHECK(linked.days[0].sharing.replay[0] == base.days[0].sharing.replay[0]);
  CHECK(linked.days[0].sharing.replay[2] == base.days[0].sharing.replay[2]);
}

TEST_CASE("posts are ranked by class: what their connection finds, and what one would find",
          "[lists][relation]") {
  const auto posts = [](const Run& r, std::size_t measure) {
    std::int64_t n = 0;
    for (const auto& of_class : r.sum.posts) n += of_class[measure];
    return n;
  };
  const Run some = run({}), all = run({"cooperation.frontline.share=1"}),
            nobody = run({"risk.lists.connected_low=0", "risk.lists.connected_lower_middle=0",
                          "risk.lists.connected_upper_middle=0", "risk.lists.connected_high=0"});
  // All that is found beyond their own lists is found by asking.
  for (const Run* r : {&some, &all, &nobody})
    CHECK(posts(*r, 0) == r->sum.replay[1] - r->sum.replay[0]);
  CHECK(posts(some, 0) > 0);
  CHECK(posts(some, 1) > 0);
  CHECK(posts(all, 1) == 0);
  CHECK(posts(nobody, 0) == 0);
  CHECK(posts(nobody, 1) > posts(some, 1));
  // The first day, before outcomes differ: what all would find is what they find once connected.
  const auto first = [](const Run& r, std::size_t measure) {
    std::int64_t n = 0;
    for (const auto& of_class : r.days[0].sharing.posts) n += of_class[measure];
    return n;
  };
  CHECK(first(nobody, 1) == first(all, 0));
  CHECK(first(some, 0) + first(some, 1) == first(all, 0));
}

TEST_CASE("without a file nothing of this is counted", "[lists][exact]") {
  Run r = run({}, 5, false);
  for (const std::int64_t n : r.sum.all()) CHECK(n == 0);
}

TEST_CASE("a wrong file of organisations is an error with its place", "[lists][exact]") {
  auto s = test::small_scenario({});
  s.cooperation.text =
      "[[organisation]]\ncode = \"AA\"\nmembers = \"XAA\"\npowers = "
      "\"databases\"\nsource = \"invented\"\n[[linc]]\nfrom = \"AA\"\n";
  s.cooperation.file = "mine.toml";
  CHECK_THROWS_WITH(read_cooperation(s, test::small_setup(test::small_scenario({}))),
                    "mine.toml:6:3: error: unknown table 'linc'; did you mean 'link'?\n");
}
