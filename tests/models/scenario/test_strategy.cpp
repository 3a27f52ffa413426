// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/strategy.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "models/scenario/timeline.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::scenario;

namespace {

namespace fs = std::filesystem;

/// Strategy files in a folder of their own.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / "corridor_strategies") {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

std::string complaints_of(const std::string& text) {
  sim::Complaints complaints;
  (void)read_strategy(text, "s.toml", complaints);
  try {
    complaints.throw_if_any();
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

std::string complaints_together(const std::vector<std::string>& texts,
                                const std::vector<std::string>& set = {}) {
  Folder folder;
  std::vector<std::string> all = set;
  std::string files;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string file =
        folder.write(std::string(1, static_cast<char>('a' + i)) + ".toml", texts[i]);
    files += (files.empty() ? "" : ",") + file;
  }
  if (!texts.empty()) all.push_back("strategy.files=" + files);
  try {
    (void)test::small_scenario(all);
  } catch (const ScenarioError& error) {
    std::string what = error.what();
    const std::string there = (fs::temp_directory_path() / "corridor_strategies").string() + "/";
    for (std::size_t at = what.find(there); at != what.npos; at = what.find(there))
      what.erase(at, there.size());
    return what;
  }
  return "";
}

}  // namespace

TEST_CASE("a strategy is read with its changes, operations, shocks and budget",
          "[scenario][exact]") {
  sim::Complaints complaints;
  const Strategy s = read_strategy(
      "name = \"Front line first\"\n"
      "about = \"Posts ask\"\n"
      "[budget]\n"
      "musd = 30\n"
      "[[change]]\n"
      "lever = \"frontline-i247\"\n"
      "value = 1\n"
      "from_day = 30\n"
      "[[change]]\n"
      "path = \"risk.flag_rate\"\n"
      "value = 0.02\n"
      "to_day = 9\n"
      "[[operation]]\n"
      "from_day = 5\n"
      "to_day = 12\n"
      "participants = \"NPA SPA\"\n"
      "officers = 100\n"
      "deconflict = true\n"
      "[[shock]]\n"
      "kind = \"gateway-closed\"\n"
      "from_day = 50\n"
      "target = \"north gate\"\n",
      "s.toml", complaints);
  complaints.throw_if_any();
  CHECK(s.name == "Front line first");
  CHECK(s.about == "Posts ask");
  CHECK(s.budget_musd == 30);
  REQUIRE(s.changes.size() == 2);
  CHECK(s.changes[0].path == "cooperation.frontline.share");
  CHECK(std::get<double>(s.changes[0].value) == 1);  // a whole number stands for a real one
  CHECK(s.changes[0].from_day == 30);
  CHECK(s.changes[0].holds(3000));
  CHECK_FALSE(s.changes[1].holds(10));
  REQUIRE(s.operations.size() == 1);
  CHECK(s.operations[0].value.officers == 100);
  CHECK(s.operations[0].value.deconflict);
  REQUIRE(s.shocks.size() == 1);
  CHECK(s.shocks[0].value.target == "north gate");
  // 20 million a year and unit, from day 30 to day 394; 100 officers on 8 days, 0.1 million a year.
  CHECK(cost_musd(s, 395) == Approx(20 + 100 * 0.1 * 8 / 365).epsilon(1e-12));
  CHECK(cost_musd(s, 5) == 0);
}

TEST_CASE("everything wrong with a strategy is said at once, with its place and what is allowed",
          "[scenario][exact]") {
  CHECK(complaints_of("[[change]]\n"
                      "lever = \"frontline-i24\"\n"
                      "value = 1\n"
                      "[[change]]\n"
                      "path = \"risk.flag_rat\"\n"
                      "value = 1\n"
                      "[[change]]\n"
                      "path = \"control.staffing.level\"\n"
                      "value = 1\n"
                      "[[change]]\n"
                      "path = \"run.days\"\n"
                      "value = 1\n"
                      "[[change]]\n"
                      "lever = \"records\"\n"
                      "value = 1.5\n"
                      "from_day = 9\n"
                      "to_day = 3\n"
                      "[[change]]\n"
                      "value = 1\n"
                      "[[change]]\n"
                      "lever = \"records\"\n"
                      "path = \"risk.flag_rate\"\n"
                      "[[change]]\n"
                      "lever = \"joint-operation\"\n"
                      "value = 1\n"
                      "[[operation]]\n"
                      "from_day = 3\n"
                      "[[shock]]\n"
                      "kind = \"gate-closed\"\n"
                      "from_day = 1\n"
                      "target = \"x\"\n"
                      "[[chnge]]\n") ==
        "s.toml:2:9: error: unknown lever 'frontline-i24'; did you mean 'frontline-i247'?\n"
        "s.toml:5:8: error: unknown parameter 'risk.flag_rat'; did you mean 'risk.flag_rate'?\n"
        "s.toml:8:8: error: control.staffing.level cannot change within a run: posts and their "
        "staff are made before day 0\n"
        "s.toml:11:8: error: run.days cannot change within a run: a strategy changes what is under "
        "control, risk, cooperation, finance, fighters and trafficking\n"
        "s.toml:15:9: error: cooperation.records.contributed = 1.5 is outside [0, 1]\n"
        "s.toml:17:10: error: change.to_day = 3 lies before from_day = 9\n"
        "s.toml:18:1: error: [[change]] lacks 'lever' or 'path': what is changed\n"
        "s.toml:20:1: error: [[change]] lacks 'value'\n"
        "s.toml:20:1: error: [[change]] has both 'lever' and 'path'; give one of them\n"
        "s.toml:24:9: error: lever 'joint-operation' is rows [[operation]]: it has no value\n"
        "s.toml:26:1: error: [[operation]] lacks 'to_day': last day of the operation\n"
        "s.toml:26:1: error: [[operation]] lacks 'participants': organisations whose members' "
        "officers take part, separated by spaces; all = every one that plans\n"
        "s.toml:26:1: error: [[operation]] lacks 'officers': officers whom the participants send "
        "in all\n"
        "s.toml:29:8: error: shock.kind = \"gate-closed\" is not one of 'gateway-closed', "
        "'route-opened', 'new-substance' and 'new-conflict-zone'; did you mean "
        "'gateway-closed'?\n"
        "s.toml:32:3: error: unknown table 'chnge'; did you mean 'change'?\n");
  CHECK(complaints_of("nam = \"x\"\nbudget = 3\nabout = 3\n") ==
        "s.toml:1:1: error: unknown key 'nam'; did you mean 'name'?\n"
        "s.toml:2:10: error: budget is a whole number; allowed is one table [budget] of 'musd' and "
        "'source'\n"
        "s.toml:3:9: error: about is a whole number; allowed is text in quotes\n");
}

TEST_CASE("an operation or a shock that ends before it begins is refused", "[scenario][exact]") {
  CHECK(
      complaints_of("[[operation]]\nfrom_day = 9\nto_day = 3\nparticipants = \"SPA\"\nofficers = "
                    "1\n[[shock]]\nkind = \"new-substance\"\ntarget = \"x\"\nfrom_day = 9\nto_day "
                    "= 8\n[[shock]]\nkind = \"route-opened\"\n") ==
      "s.toml:3:10: error: operation.to_day = 3 lies before from_day = 9\n"
      "s.toml:10:10: error: shock.to_day = 8 lies before from_day = 9\n"
      "s.toml:11:1: error: [[shock]] lacks 'from_day': first day of the shock\n"
      "s.toml:11:1: error: [[shock]] lacks 'target': what it happens to: the name of a row of the "
      "actors file\n");
}

TEST_CASE("strategies that cannot be played together are refused, with both places",
          "[scenario][exact]") {
  const std::string first =
      "[[change]]\nlever = \"records\"\nvalue = 0.5\nfrom_day = 10\nto_day = 20\n";
  CHECK(complaints_together({first,
                             "[[change]]\npath = \"cooperation.records.contributed\"\nvalue "
                             "= 1.0\nfrom_day = 20\n"}) ==
        "b.toml:1:1: error: cooperation.records.contributed changes from day 20, and at "
        "a.toml:1:1 on days 10 to 20: one parameter has one value a day\n");
  CHECK(complaints_together({first,
                             "[[change]]\nlever = \"records\"\nvalue = 1.0\nfrom_day = "
                             "21\n"})
            .empty());
}

TEST_CASE("a strategy that costs more than its budget is refused", "[scenario][exact]") {
  const std::string text =
      "[budget]\nmusd = 19\n[[change]]\nlever = \"frontline-i247\"\nvalue = 1\n";
  CHECK(complaints_together({text}, {"run.days=365"}) ==
        "a.toml:2:8: error: the levers cost 20 million USD over 365 days, more than budget.musd = "
        "19\n");
  CHECK(complaints_together({text}, {"run.days=300"}).empty());
  CHECK(complaints_together({text}, {"run.days=300", "cooperation.budget_musd=19.5"}) ==
        "a.toml:3:1: error: on day 0 the levers and operations in force cost 20 million USD a "
        "year, more than cooperation.budget_musd = 19.5\n");
}

TEST_CASE("a budget that is met exactly is kept", "[scenario][exact]") {
  // 3 * 0.1 is a little more than 0.3 in binary.
  const std::string change = "[[change]]\nlever = \"officers\"\nvalue = 3\n";
  CHECK(complaints_together({"[budget]\nmusd = 0.3\n" + change}, {"run.days=365"}).empty());
  CHECK_FALSE(
      complaints_together({"[budget]\nmusd = 0.29999\n" + change}, {"run.days=365"}).empty());
  CHECK(complaints_together({change}, {"cooperation.budget_musd=0.3"}).empty());
  CHECK_FALSE(complaints_together({change}, {"cooperation.budget_musd=0.29999"}).empty());
}

TEST_CASE("a year's budget holds for everything in force, on the dearest day",
          "[scenario][exact]") {
  const auto over = [](const std::string& place, int day, int cost) {
    return place + ": error: on day " + std::to_string(day) +
           " the levers and operations in force cost " + std::to_string(cost) +
           " million USD a year, more than cooperation.budget_musd = 19.5\n";
  };
  const std::string limit = "cooperation.budget_musd=19.5", of_limit = "--set " + limit;
  const std::string base = "cooperation.frontline.share=1";  // 20 million
  CHECK(complaints_together({}, {limit, base}) == over(of_limit, 0, 20));
  // Half of it in its place, as long as that holds; then the scenario's own is back.
  const std::string half = "[[change]]\nlever = \"frontline-i247\"\nvalue = 0.5\nto_day = 9\n";
  CHECK(complaints_together({half}, {limit, base, "run.days=10"}).empty());
  CHECK(complaints_together({half}, {limit, base, "run.days=11"}) == over(of_limit, 10, 20));
  const std::string operation =
      "[[operation]]\nfrom_day = 5\nto_day = 8\nparticipants = \"NPA\"\nofficers = ";
  CHECK(complaints_together({operation + "200\n"}, {limit}) == over("a.toml:1:1", 5, 20));
  CHECK(complaints_together({operation + "195\n"}, {limit}).empty());
  CHECK(complaints_together({half + operation + "100\n"}, {limit, base, "run.days=10"}) ==
        over("a.toml:1:1", 5, 20));
  const auto file = [](const std::string& text) {
    return "cooperation.text=" + sim::literal(std::string_view(text));
  };
  CHECK(complaints_together({}, {limit, file(operation + "200\n")}) ==
        over("cooperation.text:1:1", 5, 20));
  CHECK(complaints_together({}, {limit, file(operation + "195\n")}).empty());
}

TEST_CASE("two operations with the same officers and a surge above what exists are refused",
          "[scenario][exact]") {
  const auto operation = [](const char* name, int from, int to, const char* who, int officers) {
    return "[[operation]]\nname = \"" + std::string(name) +
           "\"\nfrom_day = " + std::to_string(from) + "\nto_day = " + std::to_string(to) +
           "\nparticipants = \"" + who + "\"\nofficers = " + std::to_string(officers) + "\n";
  };
  CHECK(complaints_together(
            {operation("one", 5, 15, "NPA SPA", 10) + operation("two", 10, 20, "SPA", 10)}) ==
        "a.toml:11:16: error: operation 'two' (on days 10 to 20) takes officers of SPA, who are in "
        "operation 'one' at a.toml:1:1 (on days 5 to 15)\n");
  CHECK(complaints_together(
            {operation("one", 5, 15, "SPA", 10) + operation("two", 16, 20, "SPA", 10)})
            .empty());
  CHECK(complaints_together({operation("one", 5, 15, "SPA", 3000)}) ==
        "a.toml:6:12: error: operation 'one' makes 3000 officers away at once, more than the "
        "cooperation.surge_officers = 2000 who can be spared\n");
  // In whatever order they stand: the one that begins later tells.
  const auto two = [&](bool later_first) {
    const std::string early = operation("early", 5, 15, "NPA", 1500),
                      late = operation("late", 10, 20, "SPA", 1500);
    return complaints_together({later_first ? late + early : early + late});
  };
  CHECK(two(false) ==
        "a.toml:12:12: error: operation 'late' makes 3000 officers away at once, more than the "
        "cooperation.surge_officers = 2000 who can be spared\n");
  CHECK(two(true) ==
        "a.toml:6:12: error: operation 'late' makes 3000 officers away at once, more than the "
        "cooperation.surge_officers = 2000 who can be spared\n");
  CHECK(complaints_together(
            {operation("one", 5, 15, "NPA", 1500) + operation("two", 5, 20, "SPA", 1500)}) ==
        "a.toml:12:12: error: operation 'two' makes 3000 officers away at once, more than the "
        "cooperation.surge_officers = 2000 who can be spared\n");
}

TEST_CASE("operations of the organisations' file take of the same officers", "[scenario][exact]") {
  const auto operation = [](const char* who) {
    return "[[operation]]\nname = \"" + std::string(who) +
           "'s\"\nfrom_day = 5\nto_day = 9\nofficers = 1500\nparticipants = \"" + who + "\"\n";
  };
  const auto file = [&](const std::string& text) {
    return "cooperation.text=" + sim::literal(std::string_view(text));
  };
  const std::string many =
      ": error: operation 'SPA's' makes 3000 officers away at once, more than the "
      "cooperation.surge_officers = 2000 who can be spared\n";
  CHECK(complaints_together({operation("SPA")}, {file(operation("NPA"))}) == "a.toml:5:12" + many);
  CHECK(complaints_together({}, {file(operation("NPA") + operation("SPA"))}) ==
        "cooperation.text:11:12" + many);
  CHECK(complaints_together({}, {file(operation("NPA"))}).empty());
}

TEST_CASE("values that a strategy leaves in force must fit together", "[scenario][exact]") {
  CHECK(complaints_together({"[[change]]\npath = \"risk.documents.invalid\"\nvalue = 0.6\n"
                             "[[change]]\npath = \"risk.documents.inconsistent\"\nvalue = 0.6\n"
                             "from_day = 3\n"}) ==
        "a.toml:6:9: error: risk.documents.inconsistent + risk.documents.invalid is more than 1\n");
}

TEST_CASE("a scenario holds its strategies, so that its text gives them again",
          "[scenario][exact]") {
  Folder folder;
  const std::string file = folder.write(
      "a.toml", "name = \"A\"\n[[change]]\nlever = \"records\"\nvalue = 0.25\nfrom_day = 3\n");
  const Scenario s = test::small_scenario({"strategy.files=" + file}),
                 plain = test::small_scenario();
  CHECK(s.strategy.files == "a.toml");
  REQUIRE(s.strategy_files.size() == 1);
  CHECK(s.hash != plain.hash);
  const Scenario again = parse_scenario(s.text, "result.h5");
  CHECK(again.hash == s.hash);
  CHECK(again.text == s.text);
  CHECK(Timeline(again).at(3).cooperation.records_contributed == 0.25);
  CHECK(Timeline(again).strategies()[0].name == "A");
}

TEST_CASE("a strategy file that is not there is an error that says where it was looked for",
          "[scenario][exact]") {
  CHECK_THROWS_WITH(test::small_scenario({"strategy.files=nowhere/a.toml"}),
                    "--set strategy.files=nowhere/a.toml: error: strategy.files: no file "
                    "'nowhere/a.toml'; a path on the command line is relative to the working "
                    "folder\n");
}
