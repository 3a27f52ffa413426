// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>

#include "models/risk/record_table.hpp"
#include "models/risk/record_writer.hpp"
#include "models/world/complaints.hpp"

namespace {

using namespace corridor::risk;

TableOptions options(std::vector<std::uint16_t> required = {}, std::size_t rows = 4096) {
  TableOptions o;
  o.date = "2026-01-01";
  o.required = std::move(required);
  o.block_rows = rows;
  return o;
}

std::uint16_t feature(const char* name) { return *shipped_catalogue().find(name); }

/// Reads all of it: the complaints, or how many records there are.
std::string outcome(const std::string& bytes, TableOptions o = options()) {
  try {
    const auto source = read_record_text(bytes, "t.csv", shipped_schema(), std::move(o));
    RecordBlock block;
    std::size_t n = 0;
    while (source->next(block)) n += block.features.n;
    return std::to_string(n) + " records";
  } catch (const corridor::world::DataError& error) {
    return error.what();
  }
}

const std::string refusal =
    "; Corridor is not for real persons: it reads synthetic records only, and no option changes "
    "that\n";

}  // namespace

TEST_CASE("columns are found by name in any order, and empty fields are missing", "[risk][exact]") {
  const auto source = read_record_text(
      "detour,payment,id,x1,lead_days,truth,post,hour,stage,group,sex\n"
      "1.25,cash,\"a,\"\"b\"\"\",1,3,1,Dover,-5,booking,b,female\n"
      ",,r2,,,,,,arrival,,\n"
      "300,card,r3,false,400,0,Dover,7,check-in,a,male\n",
      "t.csv", shipped_schema(), options());
  RecordBlock b;
  REQUIRE(source->next(b));
  REQUIRE(b.features.n == 3);
  REQUIRE(b.features.columns.size() == shipped_catalogue().size());
  const auto* detour = b.features.columns[feature("detour")].as<std::int16_t>();
  CHECK(detour[0] == 125);
  CHECK(detour[1] == missing_i16);
  CHECK(detour[2] == 30'000);
  const auto* payment = b.features.columns[feature("payment")].as<std::uint8_t>();
  CHECK((payment[0] == 2 && payment[1] == missing_u8 && payment[2] == 0));
  const auto* x1 = b.features.columns[feature("x1")].as<std::uint8_t>();
  CHECK((x1[0] == 1 && x1[1] == missing_u8 && x1[2] == 0));
  CHECK(b.features.columns[feature("nights")].data == nullptr);
  CHECK(b.id == std::vector<std::string>{"a,\"b\"", "r2", "r3"});
  CHECK(b.truth == std::vector<std::uint8_t>{1, unknown_truth, 0});
  CHECK(b.post == std::vector<std::uint32_t>{0, unknown_post, 0});
  CHECK(source->posts() == std::vector<std::string>{"Dover"});
  CHECK(b.hour == std::vector<std::int32_t>{-5, unknown_hour, 7});
  CHECK(b.stage == std::vector<std::uint8_t>{0, 2, 1});
  CHECK(b.protected_values[0] == std::vector<std::uint8_t>{1, unknown_value, 0});
  CHECK(b.protected_values[1].empty());
  CHECK(b.protected_values[2] == std::vector<std::uint8_t>{0, unknown_value, 1});
  CHECK_FALSE(source->next(b));
  source->rewind();
  REQUIRE(source->next(b));
  CHECK(b.features.n == 3);
}

TEST_CASE("records without ids are numbered, over blocks, and ties depend on the id alone",
          "[risk][exact]") {
  const auto source = read_record_text("x1\n1\n0\n1\n", "t.csv", shipped_schema(), options({}, 2));
  const auto named = read_record_text("x1,id\n0,3\n", "t.csv", shipped_schema(), options());
  RecordBlock a, b;
  REQUIRE(source->next(a));
  CHECK(a.id == std::vector<std::string>{"1", "2"});
  CHECK(a.tie[0] != a.tie[1]);
  CHECK(a.stage == std::vector<std::uint8_t>{2, 2});
  REQUIRE(source->next(a));
  CHECK(a.id == std::vector<std::string>{"3"});
  REQUIRE(named->next(b));
  CHECK(a.tie == b.tie);
}

TEST_CASE("an option sets the stage of every record", "[risk][exact]") {
  TableOptions o = options();
  o.stage = Stage::booking;
  const auto source = read_record_text("x1,stage\n1,arrival\n", "t.csv", shipped_schema(), o);
  RecordBlock b;
  REQUIRE(source->next(b));
  CHECK(b.stage == std::vector<std::uint8_t>{0});
}

TEST_CASE("a value that cannot be is a complaint with its place", "[risk][errors]") {
  CHECK(outcome("lead_days\n401\n-1\n2.5\nabc\nnan\ninf\n1e999\n") ==
        "t.csv:2:1: error: lead_days = 401 is outside [0, 400] day\n"
        "t.csv:3:1: error: lead_days = -1 is outside [0, 400] day\n"
        "t.csv:4:1: error: lead_days = 2.5 is not a whole number\n"
        "t.csv:5:1: error: lead_days = 'abc' is not a number; allowed is [0, 400] day\n"
        "t.csv:6:1: error: lead_days = nan is not a finite number; allowed is [0, 400] day\n"
        "t.csv:7:1: error: lead_days = inf is not a finite number; allowed is [0, 400] day\n"
        "t.csv:8:1: error: lead_days = '1e999' is not a number; allowed is [0, 400] day\n");
  CHECK(outcome("id,detour\nr1,1.234\n") ==
        "t.csv:2:4: error: detour = 1.234 is finer than 1/100, in which it is counted; round it\n");
  CHECK(outcome("payment,x1\ncassh,2\n") ==
        "t.csv:2:1: error: payment = 'cassh' is none of 'card', 'transfer' and 'cash'; did you "
        "mean 'cash'?\n"
        "t.csv:2:7: error: x1 = 2 is neither 0 nor 1\n");
  CHECK(outcome("x1,truth,hour,stage\nyes,2,1.5,gate\n,no,x,\n") ==
        "t.csv:2:1: error: x1 = 'yes' is none of '0', '1', 'false', 'true'\n"
        "t.csv:2:5: error: truth = 2 is neither 0 nor 1\n"
        "t.csv:2:7: error: hour = 1.5 is not a whole number in [-1e8, 1e8]\n"
        "t.csv:2:11: error: stage = 'gate' is none of 'booking', 'check-in' and 'arrival'\n"
        "t.csv:3:2: error: truth = 'no' is neither 0 nor 1\n"
        "t.csv:3:5: error: hour = 'x' is not a whole number\n"
        "t.csv:3:7: error: stage is empty; allowed are 'booking', 'check-in' and 'arrival'\n");
  CHECK(outcome("id,x1\n,1\n") == "t.csv:2:1: error: id is empty\n");
}

TEST_CASE("a table that is not well-formed is refused as a whole", "[risk][errors]") {
  CHECK(outcome("") ==
        "t.csv:1:1: error: the file is empty; a line with the names of the columns is due\n");
  CHECK(outcome("x1,x2\n1,0\n1\n1,1,1\n") ==
        "t.csv:3:1: error: the row has 1 fields, the header has 2\n"
        "t.csv:4:1: error: the row has 3 fields, the header has 2\n");
  CHECK(outcome("x1,x2\n1,0\r\n1,0\n") ==
        "t.csv:2:4: error: this line ends in CR LF, those before it in LF; use one of them "
        "throughout\n");
  CHECK(outcome("\xEF\xBB\xBFx1\n1\n") ==
        "t.csv:1:1: error: a byte order mark; save the file as UTF-8 without it\n");
  CHECK(outcome("x1,x1\n1,1\n") == "t.csv:1:4: error: column 'x1' is there twice\n");
  CHECK(outcome("x1,\"x2\n") == "t.csv:1:4: error: the quote that begins here is never closed\n");
  CHECK(outcome("x1\n") == "0 records");
  CHECK(outcome("x1\r\n1\r\n") == "1 records");
}

TEST_CASE("a column that the rules read must be there, and no other than known ones",
          "[risk][errors]") {
  CHECK(outcome("x1\n1\n", options({feature("x2"), feature("x1")})) ==
        "t.csv:1:1: error: column 'x2' is missing; the rules in use read it\n");
  CHECK(outcome("x1,led_days\n1,3\n") ==
        "t.csv:1:4: error: unknown column 'led_days'; did you mean 'lead_days'?; columns are the "
        "features that `corridor features` lists, id, truth, post, hour, stage and protected "
        "attributes\n");
}

TEST_CASE("what looks personal is refused by name and by value", "[risk][errors]") {
  CHECK(outcome("x1,passport_number\n1,\n") ==
        "t.csv:1:4: error: column 'passport_number' is called like numbers of documents, such as "
        "passports" +
            refusal);
  CHECK(outcome("x1,nationality\n1,FRA\n").find("called like nationalities" + refusal) !=
        std::string::npos);
  std::string ids = "id,x1\n", reference = "ref,x1\n", row_numbers = "id,x1\n";
  for (int i = 0; i < 100; ++i) {
    const std::string number = "AB" + std::to_string(1'234'567 + 77'777 * i) + ",1\n";
    ids += number;
    reference += number;
    row_numbers += "0010040000500003-out." + std::to_string(i % 8) + ",1\n";
  }
  const std::string found =
      "100 of 100 values look like numbers of documents, such as passports" + refusal;
  CHECK(outcome(ids) == "t.csv:2:1: error: column 'id': " + found);
  CHECK(outcome(reference).find("t.csv:2:1: error: column 'ref': " + found) != std::string::npos);
  CHECK(outcome(row_numbers) == "100 records");
  // In a later block too.
  CHECK(outcome("x1,post\n1,Dover\n0,Dover\n1,someone@example.org\n", options({}, 2)) ==
        "t.csv:4:3: error: column 'post': 1 of 3 values look like e-mail addresses" + refusal);
  CHECK(outcome("value_usd\n19740812\n19801231\n20010520\n") ==
        "t.csv:2:1: error: column 'value_usd': 3 of 3 values look like dates or places of birth" +
            refusal);
}

TEST_CASE("all complaints come at once, also those beyond the block", "[risk][errors]") {
  CHECK(outcome("x1\n2\n1\n1\n3\n1\n", options({}, 2)) ==
        "t.csv:2:1: error: x1 = 2 is neither 0 nor 1\n"
        "t.csv:5:1: error: x1 = 3 is neither 0 nor 1\n");
}

TEST_CASE("blocks of any length give the same records, and they survive being written",
          "[risk][property]") {
  CHECK(rc::check("round trip", [] {
    const std::vector<std::string> detours{"", "1", "1.01", "300", "2.5"},
        weights{"", "0", "10000000", "77"}, payments{"", "cash", "card"}, flags{"", "0", "1"},
        posts{"", "Dover", "a,\"b"};
    const auto any = [](const std::vector<std::string>& of) { return *rc::gen::elementOf(of); };
    std::string bytes = "id,payment,detour,x1,weight_kg,truth,post,hour,stage,group\n";
    const auto n = *rc::gen::inRange(0, 20);
    for (int i = 0; i < n; ++i) {
      std::string post = any(posts);
      if (post == "a,\"b") post = "\"a,\"\"b\"";
      bytes += "r" + std::to_string(i) + "," + any(payments) + "," + any(detours) + "," +
               any(flags) + "," + any(weights) + "," + any(flags) + "," + post + "," +
               std::to_string(i - 5) + ",check-in," + any({"", "a", "b"}) + "\n";
    }
    const auto written = [&](const std::string& from, std::size_t rows) {
      const auto source = read_record_text(from, "t.csv", shipped_schema(), options({}, rows));
      std::string out;
      RC_ASSERT(write_records(*source, [&](std::string_view text) { out += text; }) ==
                static_cast<std::uint64_t>(n));
      return out;
    };
    const std::string once = written(bytes, 4096);
    RC_ASSERT(written(bytes, static_cast<std::size_t>(*rc::gen::inRange(1, 7))) == once);
    RC_ASSERT(written(once, 3) == once);
  }));
}
