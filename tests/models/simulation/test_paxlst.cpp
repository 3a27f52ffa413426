// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "models/simulation/paxlst.hpp"
#include "sim/error.hpp"

using namespace corridor::simulation;
using corridor::sim::Date;
using corridor::sim::UserError;

namespace {

using Segment = std::vector<std::vector<std::string>>;

/// Reads segments, elements and components back, by the characters that UNA announces; written
/// apart from the writer.
std::vector<Segment> segments_of(const std::string& text) {
  REQUIRE(text.substr(0, 9) == "UNA:+.? '");
  std::vector<Segment> segments;
  Segment segment{{""}};
  bool released = false;
  for (const char c : text.substr(9)) {
    if (released || (c != '?' && c != '+' && c != ':' && c != '\'')) {
      if (c != '\n' || released) segment.back().back() += c;
      released = false;
    } else if (c == '?') {
      released = true;
    } else if (c == ':') {
      segment.back().emplace_back();
    } else if (c == '+') {
      segment.push_back({""});
    } else {
      segments.push_back(segment);
      segment = {{""}};
    }
  }
  CHECK_FALSE(released);
  CHECK(segment == Segment{{""}});
  return segments;
}

PaxlstFlight flight() {
  PaxlstFlight f;
  f.number = "ZZ0123";
  f.origin = "QAL";
  f.destination = "QES";
  f.departs = {{2026, 3, 2}, 9 * 60 + 30};
  f.arrives = {{2026, 3, 2}, 22 * 60 + 10};
  f.prepared = {{2026, 3, 1}, 10 * 60 + 15};
  f.reference = "260302000007";
  return f;
}

PaxlstPerson person(int number = 1) {
  PaxlstPerson p;
  p.surname = "SYNONE";
  p.given = "ALPHA";
  p.sex = 'F';
  p.birth = {1990, 1, 1};
  p.expiry = {2031, 1, 1};
  p.clearance = "QES";
  p.residence = p.nationality = "XAA";
  p.start = "QAL";
  p.end = "QES";
  p.locator = "SYN001";
  p.reference = fmt::format("ZZ0123{:04}", number);
  p.seat = "14C";
  p.document = "SY0000000001";
  return p;
}

}  // namespace

TEST_CASE("an interchange has the layout of the guide, segment for segment",
          "[simulation][paxlst][golden]") {
  PaxlstPerson transit = person(2);
  transit.surname = "SYNTWO";
  transit.given = "BRAVO";
  transit.transit = true;
  transit.sex = 'M';
  transit.clearance = "";
  transit.end = "QEO";
  const std::vector persons{person(), transit};
  const std::string expected =
      "UNA:+.? '\n"
      "UNB+UNOA:4+ZZSYNAIR:ZZ+TRAINPIU:ZZ+260301:1015+260302000007++APIS++++1'\n"
      "UNG+PAXLST+ZZSYNAIR:ZZ+TRAINPIU:ZZ+260301:1015+1+UN+D:12B'\n"
      "UNH+PAX001+PAXLST:D:12B:UN:IATA+ZZ0123/260302/0930+01:F'\n"
      "BGM+745'\n"
      "RFF+TN:SYN260302ZZ0123QAL:::1'\n"
      "NAD+MS+++SYNTHETIC DESK'\n"
      "COM+000 555 0100:TE+000 555 0101:FX'\n"
      "TDT+20+ZZ0123+++ZZ'\n"
      "LOC+125+QAL'\n"
      "DTM+189:2603020930:201'\n"
      "LOC+87+QES'\n"
      "DTM+232:2603022210:201'\n"
      "NAD+FL+++SYNONE:ALPHA'\n"
      "ATT+2++F'\n"
      "DTM+329:900101'\n"
      "GEI+4+174'\n"
      "LOC+22+QES'\n"
      "LOC+174+XAA'\n"
      "LOC+178+QAL'\n"
      "LOC+179+QES'\n"
      "NAT+2+XAA'\n"
      "RFF+AVF:SYN001'\n"
      "RFF+ABO:ZZ01230001'\n"
      "RFF+SEA:14C'\n"
      "DOC+P:110:111+SY0000000001'\n"
      "DTM+36:310101'\n"
      "LOC+91+XAA'\n"
      "NAD+DDU+++SYNTWO:BRAVO'\n"
      "ATT+2++M'\n"
      "DTM+329:900101'\n"
      "GEI+4+174'\n"
      "LOC+174+XAA'\n"
      "LOC+178+QAL'\n"
      "LOC+179+QEO'\n"
      "NAT+2+XAA'\n"
      "RFF+AVF:SYN001'\n"
      "RFF+ABO:ZZ01230002'\n"
      "RFF+SEA:14C'\n"
      "DOC+P:110:111+SY0000000001'\n"
      "DTM+36:310101'\n"
      "LOC+91+XAA'\n"
      "CNT+42:2'\n"
      "UNT+41+PAX001'\n"
      "UNE+1+1'\n"
      "UNZ+1+260302000007'\n";
  CHECK(paxlst_interchange(flight(), persons, {.lines = true}) == expected);

  SECTION("without lines it holds nothing but UNOA") {
    std::string joined = expected;
    joined.erase(std::remove(joined.begin(), joined.end(), '\n'), joined.end());
    CHECK(paxlst_interchange(flight(), persons, {}) == joined);
  }
  SECTION("the strict directory has a DTM after TDT, which is counted") {
    const auto strict =
        segments_of(paxlst_interchange(flight(), persons, {.strict_directory = true}));
    CHECK(strict.size() == 46);
    CHECK(strict[7] == Segment{{"TDT"}, {"20"}, {"ZZ0123"}, {""}, {""}, {"ZZ"}});
    CHECK(strict[8] == Segment{{"DTM"}, {"189", "2603020930", "201"}});
    CHECK(strict[43] == Segment{{"UNT"}, {"42"}, {"PAX001"}});
  }
}

TEST_CASE("a list is cut into parts of at most 100 persons, first 01:C, last NN:F",
          "[simulation][paxlst][exact]") {
  using Sizes = std::vector<std::size_t>;
  CHECK(paxlst_parts(0) == Sizes{0});
  CHECK(paxlst_parts(1) == Sizes{1});
  CHECK(paxlst_parts(99) == Sizes{99});
  CHECK(paxlst_parts(100) == Sizes{100});
  CHECK(paxlst_parts(101) == Sizes{100, 1});
  CHECK(paxlst_parts(200) == Sizes{100, 100});
  CHECK(paxlst_parts(250) == Sizes{100, 100, 50});
  CHECK(paxlst_parts(9900).size() == 99);
  CHECK_THROWS_AS(paxlst_parts(9901), UserError);
  CHECK_THROWS_WITH(paxlst_parts(9901),
                    "a flight of 9901 passengers is more than the 99 messages of 100 that a PAXLST "
                    "sequence can number");

  const std::vector<std::vector<std::vector<std::string>>> sequences{
      {{"01", "F"}}, {{"01", "F"}}, {{"01", "C"}, {"02", "F"}}, {{"01", "C"}, {"02"}, {"03", "F"}}};
  std::size_t which = 0;
  for (const std::size_t n : {99U, 100U, 101U, 250U}) {
    CAPTURE(n);
    std::vector<PaxlstPerson> persons;
    for (std::size_t i = 0; i < n; ++i) persons.push_back(person(static_cast<int>(i) + 1));
    const auto segments = segments_of(paxlst_interchange(flight(), persons, {}));
    std::vector<std::vector<std::string>> seen;
    std::size_t message = 0, here = 0, start = 0, all = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const Segment& s = segments[i];
      if (s[0][0] == "UNH") {
        CHECK(s[1][0] == paxlst_message_reference(message));
        seen.push_back(s[4]);
        start = i;
        here = 0;
      } else if (s[0][0] == "NAD" && s[1][0] != "MS") {
        ++here;
        ++all;
      } else if (s[0][0] == "CNT") {
        CHECK(s[1] == std::vector<std::string>{"42", std::to_string(n)});  // of the whole flight
      } else if (s[0][0] == "UNT") {
        CHECK(s[1][0] == std::to_string(i - start + 1));
        CHECK(s[2][0] == paxlst_message_reference(message));
        CHECK(here == paxlst_parts(n)[message]);
        ++message;
      } else if (s[0][0] == "UNE") {
        CHECK(s[1][0] == std::to_string(message));
      }
    }
    CHECK(all == n);
    CHECK(seen == sequences[which++]);
  }
}

TEST_CASE("release characters stand before ' + : ? and nowhere else",
          "[simulation][paxlst][exact]") {
  CHECK(edifact_escaped("O'NEIL+SON:A?") == "O?'NEIL?+SON?:A??");
  CHECK(edifact_escaped("A-B C.D") == "A-B C.D");
  CHECK(edifact_escaped("").empty());
}

TEST_CASE("whatever stands in a component is read back as it was",
          "[simulation][paxlst][property]") {
  CHECK(rc::check("escaping is undone by reading", [] {
    static const std::string unoa = "ABCXYZ019 .,-()/=+:?'!\"%&*;<>";
    const auto text = *rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::elementOf(unoa)));
    RC_PRE(!text.empty());
    SegmentWriter writer(*rc::gen::element<std::string_view>("", "\n"));
    writer.advice();
    SegmentWriter::Composite composite(text.begin(), text.end());
    writer.segment("FTX", {{"AAA"}, composite, {}, composite});
    RC_ASSERT(writer.count() == 1U);
    const auto read = segments_of(std::move(writer).text());
    RC_ASSERT(read.size() == 1U);
    RC_ASSERT(read[0] == (Segment{{"FTX"}, {"AAA"}, text, {""}, text}));
  }));
}

TEST_CASE("texts are upper case and transliterated as travel documents are, or refused",
          "[simulation][paxlst][exact]") {
  CHECK(unoa_text("synalo Bé") == "SYNALO BE");
  CHECK(unoa_text("Müller-Größe Ångström Æsir Øre þing ÿ") ==
        "MUELLER-GROESSE AANGSTROEM AESIR OERE THING Y");
  CHECK(unoa_text("ŁÓDŹ Čapek İnce ĳ Œuvre Šibenik žar Școală") ==
        "LODZ CAPEK INCE IJ OEUVRE SIBENIK ZAR SCOALA");
  CHECK(unoa_text("O’Neil") == "O'NEIL");
  for (const char* wrong : {"a@b", "x_y", "#", "\t", "×", "÷", "ƀ", "漢", "Ж", "{", "^"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(unoa_text(wrong), UserError);
  }
  CHECK_THROWS_WITH(unoa_text("a@b"),
                    "'a@b': character U+0040 cannot stand in a passenger list (UNOA: A to Z, "
                    "digits, blank and .,-()/=+:?'!\"%&*;<>)");
  CHECK_THROWS_WITH(unoa_text("\xC3"), "a text of the passenger list is not UTF-8");
}
