// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario_text.hpp"
#include "sim/toml_guard.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <unistd.h>

#include <fstream>

using namespace corridor::sim;
namespace fs = std::filesystem;

namespace {

struct Params {
  std::int64_t days = 30;
  double capacity = 12, hit_rate = 0.5;
  bool open = true;
  std::string lane = "fast", start = "2019-01-01";
};
using Row = Parameter<Params>;
constexpr std::array table{
    Row{"run.days", "day", "m", Tag::option, "s", 1, 3660, &Params::days},
    Row{"run.start", "date", "m", Tag::option, "s", 0, 0, &Params::start},
    Row{"control.secondary.capacity", "1/h", "m", Tag::assumed, "s", 0, 10000, &Params::capacity},
    Row{"control.secondary.hit_rate", "1", "m", Tag::assumed, "s", 0, 1, &Params::hit_rate},
    Row{"control.open", "", "m", Tag::option, "s", 0, 1, &Params::open},
    Row{"control.lane", "", "m", Tag::option, "s", 0, 0, &Params::lane, "fast|slow"},
};

const ParameterSet& rows() {
  static const ParameterSet set = [] {
    ParameterSet s;
    s.add(table);
    return s;
  }();
  return set;
}

/// Settings of a text; throws what is wrong with it.
ScenarioText read(std::string_view text, const std::vector<Override>& overrides = {}) {
  Complaints complaints;
  ScenarioText out = read_scenario_text(text, "west.toml", rows(), overrides, complaints);
  complaints.throw_if_any();
  return out;
}

/// All complaints about a text, "" when there are none.
std::string complaints_of(std::string_view text, const std::vector<Override>& overrides = {}) {
  try {
    (void)read(text, overrides);
    return "";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

/// An empty folder that is the working folder while it lives.
class Scratch {
 public:
  Scratch() : before_(fs::current_path()) {
    std::string name = (fs::temp_directory_path() / "corridor-scenario-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no scratch folder");
    folder_ = name;
    fs::current_path(folder_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }
  static void write(const fs::path& path, std::string_view text) {
    if (path.has_parent_path()) fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

 private:
  fs::path before_, folder_;
};

ScenarioText read_file(const fs::path& path) {
  Complaints complaints;
  ScenarioText out = read_scenario_file(path, rows(), {}, complaints);
  complaints.throw_if_any();
  return out;
}

std::string complaints_of_file(const fs::path& path) {
  try {
    (void)read_file(path);
    return "";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

template <class T>
T value(const ScenarioText& text, const std::string& path) {
  return std::get<T>(text.settings.at(path).value);
}

}  // namespace

TEST_CASE("a scenario text gives the values that it sets, with their places", "[scenario][exact]") {
  const ScenarioText text = read(
      "name = 'West'\nabout = \"a test\"\n[run]\ndays = 7\nstart = 2020-02-29\n"
      "[control]\nopen = false\nsecondary = { capacity = 3, hit_rate = 0.25 }\n");
  CHECK(text.name == "West");
  CHECK(text.about == "a test");
  CHECK(text.settings.size() == 5);
  CHECK(value<std::int64_t>(text, "run.days") == 7);
  CHECK(value<std::string>(text, "run.start") ==
        "2020-02-29");  // a TOML date is taken for its text
  CHECK(value<bool>(text, "control.open") == false);
  CHECK(value<double>(text, "control.secondary.capacity") == 3.0);  // a whole number for a real one
  CHECK(text.settings.at("run.days").place.line == 4);
  CHECK(text.settings.at("run.days").place.column == 8);
  CHECK(read("").name == "west.toml");
}

TEST_CASE("a bad scenario is reported whole, each complaint with its place", "[scenario][errors]") {
  // Users read this text, so the whole text is the expectation.
  CHECK(complaints_of("days = 30\n[control.secondary]\ncapasity = 12\nhit_rate = 1.4\n") ==
        "west.toml:1:1: error: unknown key 'days' at the top level; did you mean 'run.days'?\n"
        "west.toml:3:1: error: unknown key 'capasity' in [control.secondary]; did you mean "
        "'capacity'?\n"
        "west.toml:4:12: error: control.secondary.hit_rate = 1.4 is outside [0, 1]\n");
  CHECK(complaints_of("[run]\ndays = '30'\nstart = '2019-02-29'\n[contrl]\nx = 1\n") ==
        "west.toml:2:8: error: run.days = \"30\" is text; allowed is a whole number in [1, 3660]\n"
        "west.toml:3:9: error: run.start = \"2019-02-29\" is not a date: 2019-02 has 28 days\n"
        "west.toml:4:2: error: unknown table 'contrl' at the top level; did you mean 'control'?\n");
  CHECK(complaints_of("control = 3\n[run]\ndays = [1, 2]\nstart = 12:00:00\nweather = 1\n") ==
        "west.toml:1:11: error: control is a whole number; allowed is a table [control] of 'lane', "
        "'open' and 'secondary'\n"
        "west.toml:3:8: error: run.days is an array; allowed is a whole number in [1, 3660]\n"
        "west.toml:4:9: error: run.start is a time; allowed is YYYY-MM-DD in quotes, as in "
        "\"2019-01-01\"\n"
        "west.toml:5:1: error: unknown key 'weather' in [run]; known here: 'days' and 'start'\n");
}

TEST_CASE("not a number and infinity are refused", "[scenario][errors]") {
  CHECK(
      complaints_of("[control.secondary]\nhit_rate = nan\ncapacity = -inf\n") ==
      "west.toml:2:12: error: control.secondary.hit_rate = nan is not a finite number; allowed is "
      "a number in [0, 1]\n"
      "west.toml:3:12: error: control.secondary.capacity = -inf is not a finite number; allowed "
      "is a number in [0, 10000]\n");
}

TEST_CASE("what is not TOML is refused where it stops being TOML", "[scenario][errors]") {
  CHECK(
      complaints_of("[run]\ndays = 1\ndays = 2\n") ==
      "west.toml:3:8: error: not TOML: key-value pair: cannot redefine existing integer 'days'\n");
  CHECK(
      complaints_of("[run]\nstart = 2019-02-30\n") ==
      "west.toml:2:19: error: not TOML: date: expected day between 1 and 28 (inclusive), saw 30\n");
  CHECK(complaints_of("name = \"caf\xC3\xA9\"\nabout = \"\xE9t\xE9\"\n") ==
        "west.toml:2:10: error: not UTF-8; save the file as UTF-8 text\n");
  CHECK(complaints_of("# \xC3\xA9\nname = \"\xC3\xA9\"\n\xC3\xA9t\xC3\xA9 = 1\n") ==
        "west.toml:3:1: error: not TOML: outside quotes and comments only ASCII characters are "
        "allowed\n");
  CHECK(complaints_of("name = '''\xC3\xA9'''''\nabout = \"\"\"\"\xC3\xA9\"\"\"\"\n").empty());
  CHECK(complaints_of("\xEF\xBB\xBFname = 'west'\n") ==
        "west.toml:1:1: error: a byte order mark; save the file as UTF-8 without it\n");
}

TEST_CASE("a quoted key with dots is not a path", "[scenario][errors]") {
  CHECK(complaints_of("\"run.days\" = 3\n") ==
        "west.toml:1:1: error: unknown key 'run.days' at the top level; known here: 'about', "
        "'base', 'control', 'name' and 'run'\n");
}

TEST_CASE("a key that is deeper than any real one is refused before it is read",
          "[scenario][errors]") {
  std::string key = "a";
  for (std::size_t i = 1; i < most_key_parts; ++i) key += " . 'b'";
  CHECK(complaints_of(key + " = 1").find("unknown table 'a'") != std::string::npos);
  CHECK(complaints_of("# dots in comments ....................\n" + key + " . c = 1") ==
        "west.toml:2:93: error: a key of more than 16 parts\n");
  CHECK(complaints_of("about = '''....................\n....................'''").empty());
  CHECK(complaints_of("about = \"\\\"....................\"").empty());
}

TEST_CASE("name, about and base must be text, and a stored text has no base",
          "[scenario][errors]") {
  CHECK(complaints_of("name = 1\nabout = [2]\nbase = \"x.toml\"\n") ==
        "west.toml:1:8: error: name is a whole number; allowed is text in quotes\n"
        "west.toml:2:9: error: about is an array; allowed is text in quotes\n"
        "west.toml:3:8: error: base cannot stand here: this text has no folder to find it from\n");
}

TEST_CASE("values from the command line win and are checked by the same rows",
          "[scenario][exact]") {
  const ScenarioText text =
      read("[run]\ndays = 7\n[control]\nlane = 'fast'\n",
           {parse_set("run.days=9"), parse_set("control.lane=slow"),
            parse_set("control.secondary.hit_rate=1"), parse_set("run.start=\"2019-03-01\""),
            Override{"run.days", "11", "--days 11"}});
  CHECK(value<std::int64_t>(text, "run.days") == 11);  // of several, the last
  CHECK(value<std::string>(text, "control.lane") == "slow");
  CHECK(value<double>(text, "control.secondary.hit_rate") == 1.0);
  CHECK(value<std::string>(text, "run.start") == "2019-03-01");

  CHECK(complaints_of("[run]\ndays = 0\n",
                      {parse_set("control.secondary.hit_rate=1.4"), parse_set("run.dyas=3"),
                       parse_set("run.days"), parse_set("run.days=soon"),
                       parse_set("control.lane="), parse_set("run.days=1\nx=2"),
                       parse_set("run.days=[1]"), Override{"run.days", "0", "--days 0"}}) ==
        "--set control.secondary.hit_rate=1.4: error: control.secondary.hit_rate = 1.4 is outside "
        "[0, 1]\n"
        "--set run.dyas=3: error: unknown parameter 'run.dyas'; did you mean 'run.days'?\n"
        "--set run.days: error: no '='; write PATH=VALUE, as in --set run.days=30\n"
        "--set run.days=soon: error: run.days = 'soon' cannot be understood; allowed is a whole "
        "number in [1, 3660]\n"
        "--set control.lane=: error: control.lane = \"\" is not one of 'fast' and 'slow'\n"
        "--set run.days=1\nx=2: error: run.days = '1\\u000ax=2' cannot be understood; allowed is a "
        "whole number in [1, 3660]\n"
        "--set run.days=[1]: error: run.days = '[1]' cannot be understood; allowed is a whole "
        "number in [1, 3660]\n"
        "--days 0: error: run.days = 0 is outside [1, 3660]\n"
        "west.toml:2:8: error: run.days = 0 is outside [1, 3660]\n");
}

TEST_CASE("a file inherits from its base, relative to itself, and what it sets wins",
          "[scenario][exact]") {
  const Scratch scratch;
  Scratch::write("far/base.toml", "name = 'base'\n[run]\ndays = 5\nstart = '2018-01-01'\n");
  Scratch::write("mid.toml", "base = 'far/base.toml'\n[run]\ndays = 6\n[control]\nopen = false\n");
  Scratch::write("west.toml", "base = './mid.toml'\n[control]\nlane = 'slow'\n");
  const ScenarioText text = read_file("west.toml");
  CHECK(text.name == "west");  // a name is not inherited
  CHECK(value<std::int64_t>(text, "run.days") == 6);
  CHECK(value<std::string>(text, "run.start") == "2018-01-01");
  CHECK(value<bool>(text, "control.open") == false);
  CHECK(text.settings.at("run.start").place.file == "far/base.toml");
  CHECK(text.settings.at("run.start").folder == "far");
}

TEST_CASE("complaints about a file and its bases come together", "[scenario][errors]") {
  const Scratch scratch;
  Scratch::write("base.toml", "[run]\ndays = 0\n");
  Scratch::write("west.toml", "base = 'base.toml'\n[run]\ndyas = 3\n");
  CHECK(complaints_of_file("west.toml") ==
        "west.toml:3:1: error: unknown key 'dyas' in [run]; did you mean 'days'?\n"
        "base.toml:2:8: error: run.days = 0 is outside [1, 3660]\n");
}

TEST_CASE("a circle of bases is an error that names the circle", "[scenario][errors]") {
  const Scratch scratch;
  Scratch::write("start.toml", "base = 'a.toml'\n");
  Scratch::write("a.toml", "base = 'sub/b.toml'\n");
  Scratch::write("sub/b.toml", "\nbase = '../a.toml'\n");
  CHECK(complaints_of_file("start.toml") ==
        "sub/b.toml:2:8: error: base = \"../a.toml\" closes a circle: a.toml -> sub/b.toml -> "
        "a.toml\n");
  Scratch::write("self.toml", "base = 'self.toml'\n");
  CHECK(complaints_of_file("self.toml") ==
        "self.toml:1:8: error: base = \"self.toml\" closes a circle: self.toml -> self.toml\n");
}

TEST_CASE("files that cannot be read are named, with the nearest that can", "[scenario][errors]") {
  const Scratch scratch;
  Scratch::write("baseline.toml", "");
  Scratch::write("west.toml", "base = 'basline.toml'\n");
  Scratch::write("odd.toml", "base = ''\n");
  fs::create_directory("folder.toml");
  CHECK(complaints_of_file("west.toml") ==
        "west.toml:1:8: error: base = \"basline.toml\": basline.toml: no such file; did you mean "
        "'baseline.toml'?\n");
  CHECK(complaints_of_file("wset.toml") ==
        "wset.toml: error: no such file; did you mean 'west.toml'?\n");
  CHECK(complaints_of_file("folder.toml") ==
        "folder.toml: error: is a folder, not a scenario file\n");
  CHECK(complaints_of_file("odd.toml") ==
        "odd.toml:1:8: error: base = \"\" is not the name of a file\n");
  CHECK(complaints_of_file("/dev/zero") ==
        "/dev/zero: error: is larger than 1 MiB, which no scenario is\n");
}

TEST_CASE("the error carries each complaint with its place as data", "[scenario][errors]") {
  try {
    (void)read("[run]\ndays = 0\n", {parse_set("x")});
    FAIL("nothing was thrown");
  } catch (const ScenarioError& error) {
    REQUIRE(error.found().size() == 2);
    CHECK(error.found()[0].file == "--set x");
    CHECK(error.found()[0].line == 0);
    CHECK(error.found()[1].file == "west.toml");
    CHECK(error.found()[1].line == 2);
    CHECK(error.found()[1].column == 8);
    CHECK(error.found()[1].message == "run.days = 0 is outside [1, 3660]");
  }
}

TEST_CASE("any bytes are either read or refused with a place inside them", "[scenario][property]") {
  const auto piece = [] {
    return rc::gen::element<std::string>("[", "]", "run", "days", ".", " = ", "1", "\n", "'", "\"",
                                         "#", "{", "}", ",", "nan", "control", "secondary",
                                         "2019-02-29", "\xC3", "\xA9", "\\", "base", "-", "_",
                                         "\"\"\"", "\t", "\r\n");
  };
  CHECK(rc::check([&] {
    std::string text;
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece()))
      text += part;
    try {
      for (const auto& [path, setting] : read(text).settings) RC_ASSERT(rows().find(path));
    } catch (const ScenarioError& error) {
      RC_ASSERT(!error.found().empty());
      const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
      for (const Complaint& c : error.found()) RC_ASSERT(c.line >= 1 && c.line <= lines);
    }
  }));
}
