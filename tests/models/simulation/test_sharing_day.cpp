// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/sharing_day.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <optional>
#include <sstream>

#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;
using cooperation::Subject;
using risk::ListSource;

namespace {

const std::vector<std::string> with_lists{"cooperation.file=" CORRIDOR_SOURCE_DIR
                                          "/scenarios/organisations/small.toml",
                                          "risk.lists.document_coverage=0.3",
                                          "risk.lists.name_coverage=0.5",
                                          "risk.lists.biometric_coverage=0.2",
                                          "risk.lists.name_false_match=0.001",
                                          "risk.planted.wanted=0.002",
                                          "control.documents.irregular=0.004",
                                          "cooperation.frontline.share=1"};

scenario::Scenario scenario_of(std::vector<std::string> set) {
  set.insert(set.begin(), with_lists.begin(), with_lists.end());
  return test::small_scenario(test::scored(set));
}

struct Run {
  SharingCounts sum;
  std::vector<std::uint64_t> digests;
  std::vector<std::int64_t> backlog;  ///< at the end of each day
  std::int64_t persons = 0;
};
constexpr std::size_t at(SystemMeasure m) { return static_cast<std::size_t>(m); }

Run run_of(const scenario::Scenario& s, std::int32_t n_days = 20,
           std::optional<std::int32_t> break_after = {}) {
  const Setup& setup = test::small_setup(s);
  std::optional<Simulation> simulation(std::in_place, s, setup, 0);
  Run out;
  for (std::int32_t day = 0; day < n_days; ++day) {
    if (break_after && day == *break_after) {
      State state = State::load(simulation->state().save());
      simulation.emplace(s, setup, 0, std::move(state));
    }
    const DayResult result = simulation->step(day);
    SharingCounts counts = result.sharing;
    for (std::size_t i = 0; i < counts.all().size(); ++i) out.sum.all()[i] += counts.all()[i];
    std::int64_t waiting = 0;
    for (const auto& system : counts.systems) waiting += system[at(SystemMeasure::backlog)];
    out.backlog.push_back(waiting);
    out.digests.push_back(result.digest);
    out.persons += result.counts.primary_persons;
  }
  return out;
}
Run run(const std::vector<std::string>& set, std::int32_t n_days = 20) {
  return run_of(scenario_of(set), n_days);
}
std::int64_t of(const Run& r, SystemMeasure m) {
  std::int64_t n = 0;
  for (const auto& system : r.sum.systems) n += system[at(m)];
  return n;
}
std::int64_t of(const Run& r, Knowledge k) { return r.sum.knowledge[static_cast<std::size_t>(k)]; }
/// Persons whom a list of others showed, by whom it is about.
std::int64_t shown(const Run& r, std::optional<Subject> subject = {}) {
  std::int64_t n = 0;
  for (const ListSource source :
       {ListSource::regional, ListSource::international, ListSource::bridge}) {
    for (std::size_t c = 0; c < cooperation::n_subjects; ++c) {
      if (!subject || static_cast<std::size_t>(*subject) == c)
        n += r.sum.met[static_cast<std::size_t>(source)][c];
    }
  }
  return n;
}
constexpr std::size_t none = static_cast<std::size_t>(ListSource::none);

}  // namespace

TEST_CASE("each person at a connected post is a query of each system that the post asks",
          "[lists][exact]") {
  const scenario::Scenario s = scenario_of({});
  const Setup& setup = test::small_setup(s);
  const Run r = run_of(s, 10);
  // In this world every country is a member of the system of all and of one regional system.
  CHECK(of(r, SystemMeasure::queries) == 2 * r.persons);
  CHECK(r.sum.systems[0][at(SystemMeasure::queries)] == r.persons);
  CHECK(of(r, SystemMeasure::unanswered) == 0);
  // Half a second each.
  CHECK(of(r, SystemMeasure::query_ms) == 500 * of(r, SystemMeasure::queries));
  // Where lists are asked in secondary alone, only of who is inspected.
  const Run later = run({"cooperation.frontline.stage=secondary"}, 10);
  CHECK(of(later, SystemMeasure::queries) > 0);
  CHECK(of(later, SystemMeasure::queries) < r.persons / 5);
  // Without connected posts nobody asks.
  const Run alone = run({"cooperation.frontline.share=0", "risk.lists.connected_low=0",
                         "risk.lists.connected_lower_middle=0",
                         "risk.lists.connected_upper_middle=0", "risk.lists.connected_high=0"},
                        10);
  CHECK(of(alone, SystemMeasure::queries) == 0);
  CHECK(of(alone, SystemMeasure::requests) == 0);
  CHECK(shown(alone) == 0);

  // What posts can expect on a mean day is what comes, but for seasons: within a factor of two.
  double expected = 0;
  for (const PostRow& post : setup.control.posts) expected += post.persons;
  CHECK(static_cast<double>(r.persons) / 10 > expected / 2);
  CHECK(static_cast<double>(r.persons) / 10 < expected * 2);
}

TEST_CASE("what a post was shown twice at a hit is counted, by the system that told it again",
          "[lists][exact]") {
  constexpr risk::List name_list = risk::List::name, document = risk::List::document;
  constexpr std::uint8_t names = 1U << static_cast<unsigned>(name_list);
  using Counted = std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>;
  const auto counted = [](std::vector<ShownRecord> shown, std::uint8_t found) {
    SharingCounts counts;
    count_doubles(std::move(shown), found, counts);
    Counted c;
    for (std::size_t s = 0; s < 3; ++s) {
      c.first.push_back(counts.of(s, SystemMeasure::double_records));
      c.second.push_back(counts.of(s, SystemMeasure::double_queries));
    }
    return c;
  };
  const std::vector<std::int64_t> no{0, 0, 0};
  // One record in one system, or on its own list alone.
  CHECK(counted({{name_list, true, false, 0b010}}, names) == Counted(no, no));
  CHECK(counted({{name_list, true, true, 0}}, names) == Counted(no, no));
  // The same record in two systems: the second tells nothing; on its own list too: neither does.
  CHECK(counted({{name_list, true, false, 0b101}}, names) == Counted(no, {0, 0, 1}));
  CHECK(counted({{name_list, true, true, 0b101}}, names) == Counted(no, {1, 0, 1}));
  // Two records of one kind: the second is double, and its system told it all the same.
  CHECK(counted({{name_list, true, false, 0b001}, {name_list, true, false, 0b010}}, names) ==
        Counted({0, 1, 0}, no));
  // Its own list comes first, whatever the order.
  CHECK(counted({{name_list, true, false, 0b001}, {name_list, true, true, 0}}, names) ==
        Counted({1, 0, 0}, no));
  // Of another kind, about somebody else, or of a search that did not find him: not double.
  CHECK(counted({{name_list, true, false, 0b001}, {document, true, false, 0b010}}, 0xff) ==
        Counted(no, no));
  CHECK(counted({{name_list, true, false, 0b001}, {name_list, false, false, 0b010}}, names) ==
        Counted(no, no));
  CHECK(counted({{name_list, true, false, 0b001}, {document, true, false, 0b011}}, names) ==
        Counted(no, no));
}

TEST_CASE("a system with too little capacity shows less; with enough it changes nothing",
          "[lists][relation]") {
  const auto with_capacity = [](const std::string& capacity) {
    scenario::Scenario s = scenario_of({});
    const std::string code = "code = \"ALLPOL\"\n";
    const std::size_t place = s.cooperation.text.find(code);
    REQUIRE(place != std::string::npos);
    s.cooperation.text.insert(place + code.size(), "capacity = " + capacity + "\n");
    return run_of(s, 10);
  };
  const Run free = run({}, 10), ample = with_capacity("1e9"), small = with_capacity("100");
  CHECK(ample.digests == free.digests);
  CHECK(ample.sum.met == free.sum.met);
  CHECK(shown(small) < shown(free));
  CHECK(small.sum.systems[0][at(SystemMeasure::unanswered)] > 0);
  CHECK(small.sum.systems[1][at(SystemMeasure::unanswered)] == 0);
  // Beyond capacity queries take as long as they may: a minute.
  CHECK(small.sum.systems[0][at(SystemMeasure::query_ms)] ==
        60'000 * small.sum.systems[0][at(SystemMeasure::queries)]);
  CHECK(small.sum.replay[1] <= small.sum.replay[2]);
}

TEST_CASE("handling codes hide records from posts of others, and H2 makes them ask",
          "[lists][relation]") {
  const Run free = run({});
  CHECK(of(free, SystemMeasure::permissions) == 0);
  CHECK(shown(free, Subject::planted) > 0);

  const Run withheld = run({"cooperation.records.handling_3=1"});
  CHECK(shown(withheld, Subject::planted) == 0);
  CHECK(shown(withheld, Subject::documents) > 0);  // reports of documents have no code
  CHECK(of(withheld, SystemMeasure::permissions) == 0);
  // What everybody knows is the same, before outcomes differ.
  CHECK(run({"cooperation.records.handling_3=1"}, 1).sum.replay[2] == run({}, 1).sum.replay[2]);

  const Run asked = run({"cooperation.records.handling_2=1"});
  CHECK(of(asked, SystemMeasure::permissions) > 0);
  CHECK(shown(asked, Subject::planted) < shown(free, Subject::planted));
  const std::int64_t unseen = free.sum.met[none][static_cast<std::size_t>(Subject::planted)];
  CHECK(asked.sum.met[none][static_cast<std::size_t>(Subject::planted)] > unseen);
  // Permission helps whoever comes again: quick answers show more than ones that do not come.
  const std::vector<std::string> again{"cooperation.records.handling_2=1",
                                       "cooperation.requests.refused=0",
                                       "cooperation.requests.answer_days=0"};
  std::vector<std::string> refused = again;
  refused[1] = "cooperation.requests.refused=1";
  const Run quick = run(again, 40), never = run(refused, 40);
  CHECK(shown(quick) > shown(never));
  CHECK(shown(never, Subject::planted) == 0);
  CHECK(of(never, SystemMeasure::refused) > 0);
  CHECK(of(never, SystemMeasure::refused) <= of(never, SystemMeasure::permissions));
  CHECK(of(quick, SystemMeasure::refused) == 0);
  CHECK(of(quick, SystemMeasure::answer_days) == 0);
}

TEST_CASE("a demand on evaluation lets wrong records fall away, and some right ones",
          "[lists][relation]") {
  const std::string wrong = "cooperation.records.wrong=1";
  const Run any = run({wrong}), good = run({wrong, "cooperation.records.minimum_evaluation=B2"});
  CHECK(shown(any, Subject::wrong) > 20);
  CHECK(shown(good, Subject::wrong) < shown(any, Subject::wrong));
  CHECK(shown(good, Subject::planted) < shown(any, Subject::planted));
  CHECK(shown(good, Subject::planted) > 0);
  // Of wrong ones a smaller part stays.
  CHECK(shown(good, Subject::wrong) * shown(any, Subject::ordinary) <
        shown(good, Subject::ordinary) * shown(any, Subject::wrong));
  // Without a demand grades change nothing.
  const Run poor = run({wrong, "cooperation.records.source_a=0", "cooperation.records.source_b=0"});
  CHECK(poor.digests == any.digests);
}

TEST_CASE(
    "a person whom two countries recorded costs a second request, one record in two systems "
    "too",
    "[lists][relation]") {
  const Run once = run({}), twice = run({"cooperation.records.doubled=1"});
  CHECK(of(once, SystemMeasure::second_record) == 0);
  CHECK(of(twice, SystemMeasure::second_record) > 0);
  CHECK(of(twice, SystemMeasure::requests) > of(once, SystemMeasure::requests));
  CHECK(shown(twice, Subject::planted) >= shown(once, Subject::planted));
  CHECK(of(once, SystemMeasure::double_records) == 0);
  CHECK(of(twice, SystemMeasure::double_records) > 0);
  // A record that its own list shows too is told again, and no request.
  CHECK(of(once, SystemMeasure::double_queries) >= of(once, SystemMeasure::channel));

  // Through two channels: where only one system holds records there is one.
  CHECK(of(once, SystemMeasure::channel) > 0);
  scenario::Scenario s = scenario_of({});
  const auto set_shares = [](std::string text) {
    std::size_t place = 0;
    while ((place = text.find("\nshare = ", place)) != std::string::npos) {
      const bool of_all = text.rfind("ALLPOL", place) > text.rfind("[[", place) &&
                          text.rfind("ALLPOL", place) != std::string::npos;
      const std::size_t end = text.find('\n', place + 1);
      text.replace(place, end - place, of_all ? "\nshare = 0" : "\nshare = 1");
      ++place;
    }
    return text;
  };
  s.cooperation.text = set_shares(s.cooperation.text);
  const Run regional = run_of(s);
  CHECK(of(regional, SystemMeasure::requests) > 0);
  CHECK(of(regional, SystemMeasure::channel) == 0);
  CHECK(of(regional, SystemMeasure::double_queries) < of(once, SystemMeasure::double_queries));
}

TEST_CASE("requests that an originator cannot take up wait, and a break changes nothing",
          "[lists][relation]") {
  const Run free = run({});
  CHECK(of(free, SystemMeasure::answered) == of(free, SystemMeasure::requests));
  CHECK(free.backlog.back() == 0);
  const std::vector<std::string> tight{
      "cooperation.requests.capacity=1", "cooperation.records.handling_2=0.5",
      "cooperation.requests.answer_days=0", "cooperation.requests.refused=0"};
  const Run few = run(tight);
  CHECK(few.backlog.back() > 0);
  CHECK(of(few, SystemMeasure::answered) + few.backlog.back() == of(few, SystemMeasure::requests));
  // Six countries, one a day each.
  CHECK(of(few, SystemMeasure::answered) <= 20 * 6);
  CHECK(of(few, SystemMeasure::answer_days) > 0);  // waiting alone
  const Run broken = run_of(scenario_of(tight), 20, 9);
  CHECK(broken.digests == few.digests);
  CHECK(broken.sum.systems == few.sum.systems);
}

TEST_CASE("who is held wrongly after a hit is held until the originator answers",
          "[lists][relation]") {
  // Inspections that find something in anybody: many are held who have nothing with them.
  const std::vector<std::string> base{"risk.lists.name_false_match=0.01",
                                      "control.inspection.specificity=0.5"};
  const auto with = [&](std::string more) {
    std::vector<std::string> set = base;
    set.push_back(std::move(more));
    return run(set);
  };
  const Run at_once = with("cooperation.requests.hold_hours=0"),
            held = with("cooperation.requests.hold_hours=24");
  const HoldTimes times = hold_times(scenario_of(base).control, {}, 1);
  CHECK(of(at_once, Knowledge::wrongly_held) > 0);
  CHECK(of(at_once, Knowledge::wrongly_held_minutes) ==
        times.minutes * of(at_once, Knowledge::wrongly_held));
  CHECK(of(held, Knowledge::wrongly_held) == of(at_once, Knowledge::wrongly_held));
  CHECK(of(held, Knowledge::wrongly_held_minutes) > of(at_once, Knowledge::wrongly_held_minutes));
  CHECK(held.digests == at_once.digests);
  const Run exact = [&] {
    std::vector<std::string> set = base;
    set[1] = "control.inspection.specificity=1";
    return run(set);
  }();
  CHECK(of(exact, Knowledge::wrongly_held) == 0);
}

TEST_CASE("sharing closes the gap between who knew and who could act", "[lists][relation]") {
  // Records of the year's persons are known from its first day and listed at once.
  const std::vector<std::string> fresh{"risk.lists.delay_days=0"};
  const auto gap = [](const Run& r) {
    return static_cast<double>(of(r, Knowledge::gap_days)) /
           static_cast<double>(of(r, Knowledge::gap_crossings));
  };
  const Run shared = run(fresh);
  std::vector<std::string> set = fresh;
  set.push_back("cooperation.records.contributed=1");
  const Run more = run(set);
  CHECK(of(shared, Knowledge::gap_crossings) > 50);
  CHECK(gap(more) < gap(shared));
  // A name and biometrics of the same person: two pieces, which travel together.
  CHECK(of(shared, Knowledge::pooled_crossings) > 0);
  CHECK(of(run({"cooperation.records.pieces=8"}), Knowledge::pooled_crossings) == 0);
  CHECK(of(shared, Knowledge::never_one) <= of(shared, Knowledge::pooled_crossings));
}
