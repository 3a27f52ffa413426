// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/paxlst.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/error.hpp"
#include "sim/utf8.hpp"

namespace corridor::simulation {
namespace {

constexpr std::string_view unoa_marks = " .,-()/=+:?'!\"%&*;<>";
constexpr std::string_view sender = "ZZSYNAIR", recipient = "TRAINPIU", defined = "ZZ";

/// Doc 9303-3, section 6.A; U+00C0 to U+00FE, capitals and small letters in step.
constexpr std::array<std::string_view, 32> latin_1{
    "A", "A", "A", "A", "AE", "AA", "AE", "C", "E",  "E", "E", "E", "I",  "I", "I",  "I",
    "D", "N", "O", "O", "O",  "O",  "OE", "",  "OE", "U", "U", "U", "UE", "Y", "TH", ""};
/// U+0100 to U+017F: the last of each run of characters that are written alike.
constexpr std::array<std::pair<char32_t, std::string_view>, 24> latin_a{
    {{0x105, "A"}, {0x10D, "C"},  {0x111, "D"}, {0x11B, "E"},  {0x123, "G"}, {0x127, "H"},
     {0x131, "I"}, {0x133, "IJ"}, {0x135, "J"}, {0x137, "K"},  {0x138, "Q"}, {0x142, "L"},
     {0x149, "N"}, {0x14B, "N"},  {0x151, "O"}, {0x153, "OE"}, {0x159, "R"}, {0x161, "S"},
     {0x167, "T"}, {0x173, "U"},  {0x175, "W"}, {0x178, "Y"},  {0x17E, "Z"}, {0x17F, "S"}}};

/// The well-formed character at `at`, which moves past it.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  char32_t c = first & (0x3FU >> more);
  for (int i = 0; i < more; ++i) c = (c << 6) | (byte(at++) & 0x3FU);
  return c;
}

std::string_view transliterated(char32_t c) {
  switch (c) {
    case 0xDF:
    case 0x1E9E:
      return "SS";
    case 0xFF:
      return "Y";
    case 0x218:
    case 0x219:
      return "S";
    case 0x21A:
    case 0x21B:
      return "T";
    case 0x2019:
      return "'";
    default:
      break;
  }
  if (c >= 0xC0 && c < 0xFF) return latin_1.at((c - 0xC0) % 32);
  if (c < 0x100 || c > latin_a.back().first) return "";
  return std::find_if(latin_a.begin(), latin_a.end(),
                      [&](const auto& row) { return c <= row.first; })
      ->second;
}

std::string yymmdd(const sim::Date& d) {
  return fmt::format("{:02}{:02}{:02}", d.year % 100, d.month, d.day);
}
std::string hhmm(std::int32_t minute) {
  return fmt::format("{:02}{:02}", minute / 60, minute % 60);
}
std::string date_time(const LocalTime& t) { return yymmdd(t.date) + hhmm(t.minute); }

void write_person(SegmentWriter& w, const PaxlstPerson& p) {
  const std::string_view sex(&p.sex, 1);
  const std::string birth = yymmdd(p.birth), expiry = yymmdd(p.expiry);
  w.segment("NAD", {{p.transit ? "DDU" : "FL"}, {}, {}, {p.surname, p.given}});
  w.segment("ATT", {{"2"}, {}, {sex}});
  w.segment("DTM", {{"329", birth}});
  w.segment("GEI", {{"4"}, {"174"}});
  if (!p.clearance.empty()) w.segment("LOC", {{"22"}, {p.clearance}});
  w.segment("LOC", {{"174"}, {p.residence}});
  w.segment("LOC", {{"178"}, {p.start}});
  w.segment("LOC", {{"179"}, {p.end}});
  w.segment("NAT", {{"2"}, {p.nationality}});
  w.segment("RFF", {{"AVF", p.locator}});
  w.segment("RFF", {{"ABO", p.reference}});
  w.segment("RFF", {{"SEA", p.seat}});
  w.segment("DOC", {{"P", "110", "111"}, {p.document}});
  w.segment("DTM", {{"36", expiry}});
  w.segment("LOC", {{"91"}, {p.nationality}});
}

}  // namespace

std::string unoa_text(std::string_view text) {
  if (sim::broken_utf8(text).line != 0)
    throw sim::UserError("a text of the passenger list is not UTF-8");
  std::string upper;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c >= 'a' && c <= 'z') {
      upper += static_cast<char>(c - 'a' + 'A');
    } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (c < 0x80 && unoa_marks.find(static_cast<char>(c)) != std::string_view::npos)) {
      upper += static_cast<char>(c);
    } else if (const std::string_view latin = transliterated(c); !latin.empty()) {
      upper += latin;
    } else {
      throw sim::UserError(
          fmt::format("'{}': character U+{:04X} cannot stand in a passenger list (UNOA: A to Z, "
                      "digits, blank and .,-()/=+:?'!\"%&*;<>)",
                      text, static_cast<std::uint32_t>(c)));
    }
  }
  return upper;
}

std::string edifact_escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\'' || c == '+' || c == ':' || c == '?') safe += '?';
    safe += c;
  }
  return safe;
}

void SegmentWriter::segment(std::string_view tag, const std::vector<Composite>& elements) {
  text_ += tag;
  for (const Composite& element : elements) {
    text_ += '+';
    for (std::size_t i = 0; i < element.size(); ++i) {
      if (i > 0) text_ += ':';
      text_ += edifact_escaped(unoa_text(element[i]));
    }
  }
  text_ += '\'';
  text_ += end_;
  ++count_;
}

void SegmentWriter::advice() {
  text_ += "UNA:+.? '";
  text_ += end_;
}

std::vector<std::size_t> paxlst_parts(std::size_t n) {
  if (n > paxlst_part * paxlst_max_parts) {
    throw sim::UserError(fmt::format(
        "a flight of {} passengers is more than the {} messages of {} that a PAXLST sequence "
        "can number",
        n, paxlst_max_parts, paxlst_part));
  }
  std::vector<std::size_t> parts;
  for (; n > paxlst_part; n -= paxlst_part) parts.push_back(paxlst_part);
  parts.push_back(n);
  return parts;
}

std::string paxlst_message_reference(std::size_t part) { return fmt::format("PAX{:03}", part + 1); }

std::string paxlst_interchange(const PaxlstFlight& f, std::span<const PaxlstPerson> persons,
                               PaxlstStyle style) {
  SegmentWriter w(style.lines ? "\n" : "");
  const std::string date = yymmdd(f.prepared.date), time = hhmm(f.prepared.minute);
  const std::string departs = date_time(f.departs), arrives = date_time(f.arrives);
  const std::string access =
      fmt::format("{}/{}/{}", f.number, yymmdd(f.departs.date), hhmm(f.departs.minute));
  const std::string transaction =
      fmt::format("SYN{}{}{}", yymmdd(f.departs.date), f.number, f.origin);
  const std::string total = std::to_string(persons.size());
  const std::vector<std::size_t> parts = paxlst_parts(persons.size());

  w.advice();
  w.segment("UNB", {{"UNOA", "4"},
                    {sender, defined},
                    {recipient, defined},
                    {date, time},
                    {f.reference},
                    {},
                    {"APIS"},
                    {},
                    {},
                    {},
                    {"1"}});
  w.segment("UNG", {{"PAXLST"},
                    {sender, defined},
                    {recipient, defined},
                    {date, time},
                    {"1"},
                    {"UN"},
                    {"D", "12B"}});
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const std::string reference = paxlst_message_reference(part);
    const std::string number = fmt::format("{:02}", part + 1);
    SegmentWriter::Composite sequence{number};
    if (part + 1 == parts.size()) {
      sequence.emplace_back("F");
    } else if (part == 0) {
      sequence.emplace_back("C");
    }
    w.begin_count();
    w.segment("UNH", {{reference}, {"PAXLST", "D", "12B", "UN", "IATA"}, {access}, sequence});
    w.segment("BGM", {{"745"}});
    w.segment("RFF", {{"TN", transaction, "", "", "1"}});
    w.segment("NAD", {{"MS"}, {}, {}, {"SYNTHETIC DESK"}});
    w.segment("COM", {{"000 555 0100", "TE"}, {"000 555 0101", "FX"}});
    w.segment("TDT", {{"20"}, {f.number}, {}, {}, {"ZZ"}});
    if (style.strict_directory) w.segment("DTM", {{"189", departs, "201"}});
    w.segment("LOC", {{"125"}, {f.origin}});
    w.segment("DTM", {{"189", departs, "201"}});
    w.segment("LOC", {{"87"}, {f.destination}});
    w.segment("DTM", {{"232", arrives, "201"}});
    for (const PaxlstPerson& person : persons.subspan(part * paxlst_part, parts[part]))
      write_person(w, person);
    w.segment("CNT", {{"42", total}});
    const std::string count = std::to_string(w.count() + 1);
    w.segment("UNT", {{count}, {reference}});
  }
  const std::string messages = std::to_string(parts.size());
  w.segment("UNE", {{messages}, {"1"}});
  w.segment("UNZ", {{"1"}, {f.reference}});
  return std::move(w).text();
}

}  // namespace corridor::simulation
