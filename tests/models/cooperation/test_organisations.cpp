// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/organisations.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "models/world/world.hpp"
#include "tests/support/small_world.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

const world::World& archipelago() {
  static const world::World w = world::load_world(corridor::test::small_world_folder());
  return w;
}
const world::World& real_world() {
  static const world::World w = world::load_world(CORRIDOR_SOURCE_DIR "/data");
  return w;
}

struct Read {
  Organisations all;
  std::string complaints;
};
Read read(std::string_view text, const world::World& world, std::int64_t members_year = 2019) {
  sim::Complaints complaints;
  const sim::RowText rows(text, "organisations.toml", complaints);
  Read out{read_organisations(rows, world, members_year, complaints), ""};
  try {
    complaints.throw_if_any();
  } catch (const sim::ScenarioError& error) {
    out.complaints = error.what();
  }
  return out;
}
std::string complaints_of(const std::string& text) { return read(text, archipelago()).complaints; }

std::string file(const std::string& name) {
  std::ifstream in(CORRIDOR_SOURCE_DIR "/scenarios/organisations/" + name);
  std::ostringstream text;
  text << in.rdbuf();
  REQUIRE(in.good());
  return text.str();
}

/// One row; four lines before `more`.
std::string organisation(const std::string& code, const std::string& members,
                         const std::string& more = "") {
  return "[[organisation]]\ncode = \"" + code + "\"\nmembers = \"" + members +
         "\"\nsource = \"invented\"\n" +
         (more.find("powers") == std::string::npos ? "powers = \"databases\"\n" : "") + more;
}
const std::string three = organisation("AA", "XAA XAB") + organisation("BB", "XAC XAF") +
                          organisation("CC", "XAE");  // 15 lines
std::string link_row(const std::string& from, const std::string& to, const std::string& more = "") {
  return "[[link]]\nfrom = \"" + from + "\"\nto = \"" + to + "\"\nsource = \"invented\"\n" + more;
}
const std::string lawful = "basis = \"invented\"\n";

}  // namespace

TEST_CASE("shipped organisations have the members and the powers that their sources say",
          "[cooperation][data][exact]") {
  const Read real = read(file("world.toml"), real_world());
  CHECK(real.complaints.empty());
  const auto of = [&](const char* code) -> const Organisation& {
    const std::uint16_t o = real.all.find(code);
    REQUIRE(o != nobody);
    return real.all.organisations[o];
  };
  CHECK(of("INTERPOL").members.size() == 194);
  CHECK(of("AFRIPOL").members.size() == 55);
  CHECK(of("AIMC").members.size() == 21);
  CHECK(of("AMERIPOL").members.size() == 22);
  CHECK(of("ASEANAPOL").members.size() == 10);
  CHECK(of("EUROPOL").members.size() == 27);
  CHECK(of("FRONTEX").members.size() == 32);
  CHECK(of("GCCPOL").members.size() == 6);
  CHECK(of("SCO").members.size() == 8);
  for (const Organisation& o : real.all.organisations) {
    CHECK(o.has(Power::corps) == (o.code == "FRONTEX"));
    CHECK((!o.has(Power::arrests) || o.kind == OrganisationKind::national));
  }
  CHECK_FALSE(of("FRONTEX").holds_records());
  CHECK_FALSE(of("SCO").holds_records());
  CHECK(real.all.links.empty());
  CHECK(real.all.ordinary[0].refused == 0.00097);
  CHECK(real.all.ordinary[3].refused == 0.000485);

  const Read small = read(file("small.toml"), archipelago());
  CHECK(small.complaints.empty());
  CHECK(small.all.organisations[small.all.find("ALLPOL")].members.size() ==
        archipelago().countries.size());
}

TEST_CASE("a country's code wins over that of an organisation", "[cooperation][exact]") {
  const Read r = read(organisation("AA", "CAN") + organisation("BB", "ASEAN"), real_world());
  CHECK(r.complaints.empty());
  CHECK(r.all.organisations[0].members ==
        std::vector<std::uint16_t>{static_cast<std::uint16_t>(real_world().find_country("CAN"))});
  CHECK(r.all.organisations[1].members.size() == 10);
}

TEST_CASE("members are those of the year that is asked for", "[cooperation][data][exact]") {
  const std::string text = organisation("II", "INTERPOL") + organisation("EE", "EUROPOL") +
                           organisation("SS", "SCO") + organisation("AA", "ASEANAPOL") +
                           organisation("CC", "GBR FRA");
  const Read then = read(text, real_world()), later = read(text, real_world(), 2025);
  CHECK((then.complaints + later.complaints).empty());
  // Shanghai's was joined by two, EUROPOL left by one; countries by name are members in any year.
  constexpr std::array<std::size_t, 5> of_2019{194, 27, 8, 10, 2}, of_2025{196, 26, 10, 10, 2};
  for (std::size_t i = 0; i < of_2019.size(); ++i) {
    CHECK(then.all.organisations[i].members.size() == of_2019[i]);
    CHECK(later.all.organisations[i].members.size() == of_2025[i]);
  }
}

TEST_CASE("what is wrong with an organisation is said with its place and what is allowed",
          "[cooperation][exact]") {
  CHECK(complaints_of(organisation("AA", "XAA XAQ")) ==
        "organisations.toml:3:11: error: organisation.members: no country and no organisation "
        "'XAQ' in this world's tables; allowed are 'all', codes of countries and of 'NPA' and "
        "'EFC'; did you mean 'XAA'?\n");
  CHECK(complaints_of(organisation("AA", " ")) ==
        "organisations.toml:3:11: error: organisation.members is empty: name countries, an "
        "organisation of the table of memberships, or \"all\"\n");
  CHECK(complaints_of(three + organisation("BB", "XAD")) ==
        "organisations.toml:17:8: error: organisation.code: 'BB' stands there twice\n");
  CHECK(complaints_of(organisation("AA", "XAA", "powers = \"databses\"\n")) ==
        "organisations.toml:5:10: error: organisation.powers: 'databses' is no power; allowed are "
        "'coordinates', 'databases', 'corps' and 'arrests'; did you mean 'databases'?\n");
  CHECK(complaints_of(organisation("AA", "XAA", "powers = \"databases arrests\"\n")) ==
        "organisations.toml:5:10: error: organisation.powers: 'AA' cannot have 'arrests': only "
        "national officers arrest (kind = \"national\")\n");
  CHECK(complaints_of(organisation("AA", "XAA", "officers = 5\n")) ==
        "organisations.toml:6:12: error: organisation.officers: 'AA' has no officers of its own "
        "without the power 'corps'\n");
}

TEST_CASE("what is wrong with a link is said with its place and what is allowed",
          "[cooperation][exact]") {
  CHECK(complaints_of(three + link_row("AA", "BB", lawful)).empty());
  CHECK(complaints_of(three + link_row("AA", "BX", lawful)) ==
        "organisations.toml:18:6: error: link.to: no organisation 'BX' in this file; it has 'AA', "
        "'BB' and 'CC'; did you mean 'BB'?\n");
  CHECK(complaints_of(three + link_row("AA", "AA", lawful)) ==
        "organisations.toml:18:6: error: link.to: 'AA' is linked to itself\n");
  CHECK(complaints_of(three + link_row("AA", "BB")) ==
        "organisations.toml:16:1: error: link from 'AA' to 'BB' has no legal basis; name it as "
        "'basis', or say hypothetical = true, which every output prints\n");
  const Read tried = read(three + link_row("AA", "BB", "hypothetical = true\n"), archipelago());
  CHECK(tried.complaints.empty());
  CHECK(tried.all.hypothetical());
  CHECK(complaints_of(organisation("AA", "XAA", "kinds = \"name\"\n") + organisation("BB", "XAB") +
                      link_row("AA", "BB", lawful + "kinds = \"document biometric\"\n")) ==
        "organisations.toml:17:9: error: link.kinds: 'AA' and 'BB' have no such kind of record in "
        "common: 'AA' holds 'name', 'BB' holds 'document', 'name' and 'biometric'\n");
  CHECK(complaints_of(three + link_row("AA", "BB", lawful + "from_day = 30\nto_day = 30\n")) ==
        "organisations.toml:22:10: error: link.to_day = 30 is not after link.from_day = 30\n");
  const std::string days = lawful + "from_day = 10\nnegotiation_days = 20\nto_day = ";
  CHECK(complaints_of(three + link_row("AA", "BB", days + "30\n")) ==
        "organisations.toml:23:10: error: link.to_day = 30 is not after day 30, on which it opens "
        "(from_day + negotiation_days)\n");
  CHECK(complaints_of(three + link_row("AA", "BB", days + "31\n")).empty());
  CHECK(complaints_of(organisation("AA", "XAA", "powers = \"coordinates\"\n") +
                      organisation("BB", "XAB") + link_row("AA", "BB", lawful)) ==
        "organisations.toml:12:8: error: link.from: 'AA' holds no records; a link is between "
        "regional or global organisations with the power 'databases'\n");
}

TEST_CASE("a link that stands there twice would carry twice, and is refused",
          "[cooperation][exact]") {
  const std::string two = three + link_row("AA", "BB", lawful + "kinds = \"name\"\n");
  const auto second = [&](const std::string& more, const char* from = "AA", const char* to = "BB") {
    return complaints_of(two + link_row(from, to, lawful + more));
  };
  CHECK(second("") ==
        "organisations.toml:22:1: error: a link of mode 'push' between 'AA' and 'BB' stands on "
        "line 16 already, for kinds and days of this one; give them other kinds, days or modes\n");
  CHECK(second("both_ways = false\n", "BB", "AA") ==
        "organisations.toml:22:1: error: a link of mode 'push' between 'BB' and 'AA' stands on "
        "line 16 already, for kinds and days of this one; give them other kinds, days or modes\n");
  CHECK(second("", "AA", "CC").empty());
  CHECK(second("kinds = \"document biometric\"\n").empty());
  CHECK(second("mode = \"pull\"\n").empty());
  // One after the other: the first is gone on the day on which the second opens.
  const std::string first = three + link_row("AA", "BB", lawful + "to_day = 30\n");
  CHECK(complaints_of(first + link_row("AA", "BB", lawful + "from_day = 30\n")).empty());
  CHECK_FALSE(complaints_of(first + link_row("AA", "BB", lawful + "from_day = 29\n")).empty());
}

TEST_CASE("what a link demands of records, and its capacity, are checked", "[cooperation][exact]") {
  CHECK(complaints_of(three + link_row("AA", "BB", lawful + "evaluation = \"E5\"\n")) ==
        "organisations.toml:21:14: error: link.evaluation = \"E5\" is not one of 'A1', 'A2', 'A3', "
        "'A4', 'B1', 'B2', 'B3', 'B4', 'C1', 'C2', 'C3', 'C4', 'X1', 'X2', 'X3' and 'X4'\n");
  CHECK(complaints_of(three + link_row("AA", "BB", lawful + "capacity = 100\n")) ==
        "organisations.toml:21:12: error: link.capacity: a link of mode 'push' answers no queries; "
        "only one of mode 'pull' has a capacity\n");
  const Read r = read(organisation("AA", "XAA", "capacity = 250\n") + organisation("BB", "XAB") +
                          link_row("AA", "BB",
                                   lawful + "mode = \"pull\"\ncapacity = 100\nevaluation = "
                                            "\"B2\"\n"),
                      archipelago());
  CHECK(r.complaints.empty());
  CHECK(r.all.organisations[0].capacity == 250);
  CHECK(r.all.organisations[1].capacity == 0);
  REQUIRE(r.all.links.size() == 2);
  for (const Link& link : r.all.links) {
    CHECK(link.capacity == 100);
    CHECK(link.evaluation == Evaluation{1, 1});
  }
}

TEST_CASE("permissions that wait for one another in a circle are an error",
          "[cooperation][exact]") {
  const std::string one_way = lawful + "both_ways = false\n";
  CHECK(complaints_of(three + link_row("AA", "BB", one_way + "permission = \"AA\"\n") +
                      link_row("BB", "CC", one_way + "permission = \"BB\"\n"))
            .empty());
  CHECK(complaints_of(three + link_row("AA", "BB", one_way + "permission = \"CC\"\n") +
                      link_row("BB", "CC", one_way + "permission = \"BB\"\n")) ==
        "organisations.toml:29:14: error: link.permission: permissions go in a circle: 'BB' asks "
        "'CC' asks 'BB'\n");
}

TEST_CASE("without a file there is a list a region and one of all", "[cooperation][exact]") {
  const std::vector<std::uint8_t> region{0, 0, 3};
  const Organisations usual = usual_organisations(region);
  CHECK_FALSE(usual.from_file);
  CHECK(usual.organisations.size() == world::n_regions + 1);
  CHECK(usual.organisations[0].members == std::vector<std::uint16_t>{0, 1});
  CHECK(usual.organisations[3].members == std::vector<std::uint16_t>{2});
  CHECK(usual.organisations.back().members == std::vector<std::uint16_t>{0, 1, 2});
  for (const Organisation& o : usual.organisations) CHECK(o.holds_records());
}
