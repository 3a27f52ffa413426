// SPDX-License-Identifier: Apache-2.0
/// \file paxlst.hpp  Passenger lists as UN/EDIFACT PAXLST D.12B: one interchange a flight.
///
/// Source. The WCO/IATA/ICAO guide to PAXLST (Appendix IIA of the API Guidelines), directory D.12B
/// of UN/EDIFACT, syntax ISO 9735 version 4, character set UNOA.
///
///     UNA UNB UNG { UNH BGM RFF NAD COM TDT [DTM] LOC DTM LOC DTM
///                   { NAD ATT DTM GEI LOC.. NAT RFF RFF RFF DOC DTM LOC }* CNT UNT }* UNE UNZ
///
/// | element | here |
/// |---|---|
/// | UNB 0035 | always 1: a test. UNB 0026 is APIS; the recipient does not exist |
/// | UNB, UNG | sender ZZSYNAIR, recipient TRAINPIU, both qualified ZZ (mutually defined) |
/// | UNH S010 | 01:C first .. NN:F last, at most 100 persons each; the only one is 01:F |
/// | NAD 3035 | FL, or DDU: flies on without entry control at the arrival airport |
/// | GEI | 4+174: nothing on the list has been verified |
/// | LOC 22, 174 | entry control of the journey (none within open borders), residence |
/// | LOC 178, 179 | start and end of the journey, one way |
/// | CNT 42 | passengers of the whole flight, in every part |
/// | UNT, UNE, UNZ | segments UNH to UNT; messages; groups |
///
/// The directory makes a DTM mandatory after TDT (until D.13A), which the guide's examples never
/// carry: `strict_directory` adds it. Not written: bags (MEA, FTX), addresses, crew, visas.
/// Checked in tests/models/simulation/test_paxlst.cpp (escaping, parts, a whole interchange) and,
/// by an independent reader, in tests/python/test_paxlst.py.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/calendar.hpp"

namespace corridor::simulation {

/// Upper case, letters of Latin scripts transliterated as ICAO Doc 9303-3 does for travel documents
/// (Ä AE, Ø OE, ß SS, ...). \throws sim::UserError naming the first character that UNOA has no
/// place for, or when the text is not UTF-8.
[[nodiscard]] std::string unoa_text(std::string_view text);

/// With `?` before each of `' + : ?`.
[[nodiscard]] std::string edifact_escaped(std::string_view text);

/// Writes segments and counts them.
class SegmentWriter {
 public:
  using Composite = std::vector<std::string_view>;
  /// \param end after each segment: "" (nothing but UNOA) or "\n" (for reading).
  explicit SegmentWriter(std::string_view end) : end_(end) {}
  /// One element a composite, one component a text; each passes unoa_text and is escaped.
  void segment(std::string_view tag, const std::vector<Composite>& elements);
  /// Segments since begin_count().
  [[nodiscard]] std::size_t count() const { return count_; }
  void begin_count() { count_ = 0; }
  /// The service string advice, which is no segment and is not counted.
  void advice();
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string_view end_;
  std::string text_;
  std::size_t count_ = 0;
};

/// A minute of a local calendar.
struct LocalTime {
  sim::Date date;
  std::int32_t minute = 0;  ///< of the day
};

struct PaxlstPerson {
  std::string surname, given;
  bool transit = false;
  char sex = 'U';
  sim::Date birth, expiry;
  std::string clearance;  ///< empty: none
  std::string residence, start, end, nationality;
  std::string locator, reference, seat, document;
};

struct PaxlstFlight {
  std::string number;  ///< carrier and number: "ZZ0123"
  std::string origin, destination;
  LocalTime departs, arrives, prepared;
  std::string reference;  ///< of the interchange, at most 14 characters
};

struct PaxlstStyle {
  bool strict_directory = false;
  bool lines = false;  ///< a line feed after each segment
};

inline constexpr std::size_t paxlst_part = 100, paxlst_max_parts = 99;

/// Persons of each message of a list of n: 100, ..., and the rest; one empty message for none.
/// \throws sim::UserError when there are more than 99 parts, as their number has two digits.
[[nodiscard]] std::vector<std::size_t> paxlst_parts(std::size_t n);

/// "PAX001": reference of the part, from 0.
[[nodiscard]] std::string paxlst_message_reference(std::size_t part);

/// \throws sim::UserError as unoa_text and paxlst_parts.
[[nodiscard]] std::string paxlst_interchange(const PaxlstFlight& flight,
                                             std::span<const PaxlstPerson> persons,
                                             PaxlstStyle style);

}  // namespace corridor::simulation
