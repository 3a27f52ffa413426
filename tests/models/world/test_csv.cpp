// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "models/world/csv.hpp"

namespace {

using corridor::world::Complaints;
using corridor::world::csv_line;
using corridor::world::CsvTable;
using corridor::world::parse_csv;
using corridor::world::valid_utf8_prefix;

/// What is wrong with these bytes, as a user reads it.
std::string complaints_about(const std::string& bytes) {
  Complaints complaints;
  (void)parse_csv(bytes, "t.csv", complaints);
  return complaints.text();
}

std::vector<std::string> texts(const CsvTable& table) {
  std::vector<std::string> out;
  for (const auto& field : table.fields) out.push_back(field.text);
  return out;
}

/// A text of whole characters, rich in those that mean something in CSV and in those of several
/// bytes.
std::string any_text() {
  static const std::vector<std::string> characters{
      "a", "Z", "0", ",", "\"", "\n", "\r\n", "\r", "\t", " ", "é", "ß", "中", "\xF0\x9F\x9B\x82",
      "."};
  std::string out;
  for (const std::size_t k : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, characters.size())))
    out += characters[k];
  return out;
}

}  // namespace

TEST_CASE("a table is read with the place of each field", "[csv][exact]") {
  Complaints complaints;
  const CsvTable table =
      parse_csv("name,persons\r\nGenève,1\n\"a, \"\"b\"\"\nc\",2", "t.csv", complaints);
  CHECK(complaints.count() == 0);
  REQUIRE(table.n_rows() == 2);
  CHECK(texts(table) == std::vector<std::string>{"Genève", "1", "a, \"b\"\nc", "2"});
  CHECK(table.row(0)[1].line == 2);
  CHECK(table.row(0)[1].column == 8);  // characters, not bytes: e with its accent is one
  CHECK(table.row(1)[1].line == 4);    // the quoted field before it holds a line end
  CHECK(table.row(1)[1].column == 4);
}

TEST_CASE("each kind of bad table is a complaint with its place", "[csv][errors]") {
  CHECK(complaints_about("") ==
        "t.csv:1:1: error: the file is empty; a line with the names of the columns is due\n");
  CHECK(complaints_about("\xEF\xBB\xBF"
                         "a,b\n1,2\n") ==
        "t.csv:1:1: error: a byte order mark; save the file as UTF-8 without it\n");
  CHECK(complaints_about("a,b\n1,Gen\xE8ve\n") ==
        "t.csv:2:6: error: byte 0xe8 is not UTF-8; save the file as UTF-8\n");
  CHECK(complaints_about("a,b\n1,2,3\n4\n5,6\n") ==
        "t.csv:2:1: error: the row has 3 fields, the header has 2\n"
        "t.csv:3:1: error: the row has 1 fields, the header has 2\n");
  CHECK(complaints_about("a,b\n\n1,2\n") == "t.csv:2:1: error: empty line\n");
  CHECK(complaints_about("a,b\n1,2\"3\n") ==
        "t.csv:2:4: error: a quote inside a field that does not begin with one\n");
  CHECK(complaints_about("a,b\n1,\"2\"3\n") ==
        "t.csv:2:6: error: text after the closing quote; a comma or the end of the line is due\n");
  CHECK(complaints_about("a,b\n1,\"2\n3,4\n") ==
        "t.csv:2:3: error: the quote that begins here is never closed\n");
  CHECK(complaints_about("a,b\n1,2\r3\n") == "t.csv:2:4: error: control character 0x0d\n");
  CHECK(complaints_about(std::string("a,b\n1,\0\n", 8)) ==
        "t.csv:2:3: error: control character 0x00\n");
  CHECK(complaints_about("a,,a\n") ==
        "t.csv:1:3: error: a column without a name\n"
        "t.csv:1:4: error: column 'a' is there twice\n");
}

TEST_CASE("a bad row is left out and the rows after it are read", "[csv][exact]") {
  Complaints complaints;
  const CsvTable table = parse_csv("a,b\n1,2\n3\n4,\"5\"x\n6,7\n", "t.csv", complaints);
  CHECK(complaints.count() == 2);
  CHECK(texts(table) == std::vector<std::string>{"1", "2", "6", "7"});
}

TEST_CASE("beyond fifty complaints the others are counted", "[csv][errors]") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 60; ++i) bytes += "1\n";
  const std::string text = complaints_about(bytes);
  CHECK(std::count(text.begin(), text.end(), '\n') == 51);
  CHECK(text.ends_with("t.csv:51:1: error: the row has 1 fields, the header has 2\nand 10 more\n"));
}

TEST_CASE("what is written as CSV is read back to the byte", "[csv][property]") {
  CHECK(rc::check("any table of any texts", [] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
    const auto rows = *rc::gen::inRange<std::size_t>(0, 6);
    std::vector<std::string> header, fields;
    for (std::size_t k = 0; k < columns; ++k) header.push_back(std::to_string(k) + any_text());
    std::string bytes = csv_line(header);
    for (std::size_t i = 0; i < rows; ++i) {
      std::vector<std::string> row;
      for (std::size_t k = 0; k < columns; ++k) row.push_back(any_text());
      bytes += csv_line(row);
      fields.insert(fields.end(), row.begin(), row.end());
    }
    Complaints complaints;
    const CsvTable table = parse_csv(bytes, "t.csv", complaints);
    RC_ASSERT(complaints.text() == "");
    RC_ASSERT(texts(table) == fields);
    for (std::size_t k = 0; k < columns; ++k) RC_ASSERT(table.header[k].text == header[k]);
  }));
}

TEST_CASE("a first field that looks like a byte order mark is read back", "[csv][exact]") {
  const std::vector<std::string> fields{"\xEF\xBB\xBFname", "b"};
  Complaints complaints;
  const CsvTable table = parse_csv(csv_line(fields), "t.csv", complaints);
  CHECK(complaints.text() == "");
  REQUIRE(table.header.size() == 2);
  CHECK(table.header[0].text == fields[0]);
}

TEST_CASE("any bytes at all are a whole table or a complaint", "[csv][property]") {
  CHECK(rc::check("arbitrary bytes", [] {
    static const std::string likely = "a,1\"\r\n\xC3\xA9\xEF";  // plain bytes alone never come near
    std::string bytes;
    for (const int c : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 300)))
      bytes += c < 256 ? static_cast<char>(c) : likely[static_cast<std::size_t>(c) % likely.size()];
    Complaints complaints;
    const CsvTable table = parse_csv(bytes, "t.csv", complaints);
    if (table.header.empty()) {
      RC_ASSERT(complaints.count() > 0u);
    } else {
      RC_ASSERT(table.fields.size() == table.n_rows() * table.header.size());
    }
  }));
}

TEST_CASE("UTF-8 is told from what only looks like it", "[csv][exact]") {
  // RFC 3629, section 4: the first and last of each row, and their neighbours outside.
  for (const char* const good :
       {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    CHECK(valid_utf8_prefix(good) == std::string(good).size());
  for (const char* const bad :
       {"\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE1\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"})
    CHECK(valid_utf8_prefix(std::string("ok") + bad) == 2);
}

namespace {

using corridor::world::CsvField;
using corridor::world::CsvReader;
using corridor::world::CsvRules;

/// Rows and complaints of bytes that arrive in pieces of `n`, as one text.
std::string read_in_pieces(const std::string& bytes, std::size_t n, CsvRules rules = {}) {
  Complaints complaints;
  std::size_t at = 0;
  CsvReader reader(
      [&](std::span<char> piece) {
        const std::size_t got = bytes.copy(piece.data(), std::min(n, piece.size()), at);
        at += got;
        return got;
      },
      "t.csv", complaints, rules);
  std::string out;
  const auto add = [&](const std::vector<CsvField>& fields) {
    for (const CsvField& f : fields)
      out += std::to_string(f.line) + ":" + std::to_string(f.column) + " " + f.text + "|";
    out += "\n";
  };
  add(reader.header());
  std::vector<CsvField> row;
  while (reader.next(row)) add(row);
  return out + complaints.text();
}

}  // namespace

TEST_CASE("a table read in pieces is the same for any size of the pieces", "[csv][property]") {
  CHECK(rc::check("any bytes", [] {
    static const std::vector<std::string> parts{
        "a",     ",",  "\"",           "\n",   "\r\n", "\r", "é", "\xC3", "\xF0\x9F\x9B\x82",
        "1,2\n", "\"", "\xEF\xBB\xBF", "x,y\n"};
    std::string bytes = *rc::gen::element<std::string>("a,b\n", "", "a,b\r\n");
    for (const std::size_t k : *rc::gen::container<std::vector<std::size_t>>(
             rc::gen::inRange<std::size_t>(0, parts.size())))
      bytes += parts[k];
    const CsvRules rules{.mixed_line_ends = *rc::gen::arbitrary<bool>(), .most_row_bytes = 20};
    const std::string whole = read_in_pieces(bytes, bytes.size() + 1, rules);
    for (const std::size_t n : {1U, 2U, 3U, 5U})
      RC_ASSERT(read_in_pieces(bytes, n, rules) == whole);
  }));
}

TEST_CASE("a table larger than the window is read whole", "[csv][exact]") {
  std::string bytes = "a,b\n";
  std::size_t rows = 0;
  for (; bytes.size() < 300'000; ++rows) bytes += "é" + std::to_string(rows) + ",\"x,\ny\"\n";
  const std::string text = read_in_pieces(bytes, 1'000'000);
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '|')) == 2 * (rows + 1));
  CHECK(text == read_in_pieces(bytes, 777));
}

TEST_CASE("where it is asked for, mixed line ends and endless rows are refused", "[csv][errors]") {
  const CsvRules strict{.mixed_line_ends = false, .most_row_bytes = 12};
  const auto about = [&](const std::string& bytes) {
    const std::string text = read_in_pieces(bytes, 100, strict);
    return text.substr(text.find("t.csv"));
  };
  CHECK(about("a,b\n1,2\r\n3,4\n5,6\r\n") ==
        "t.csv:2:4: error: this line ends in CR LF, those before it in LF; use one of them "
        "throughout\n");
  CHECK(about("a,b\r\n1,2\n") ==
        "t.csv:2:4: error: this line ends in LF, those before it in CR LF; use one of them "
        "throughout\n");
  CHECK(about("a,b\n1,\"2345678901234567890\n") ==
        "t.csv:2:14: error: a row of more than 12 bytes; is a quote not closed?\n");
  // A line end inside quotes belongs to the field.
  CHECK(read_in_pieces("a,b\r\n\"1\n2\",3\r\n", 100, strict) == "1:1 a|1:3 b|\n2:1 1\n2|3:4 3|\n");
}
