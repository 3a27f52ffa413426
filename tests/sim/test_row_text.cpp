// SPDX-License-Identifier: Apache-2.0
#include "sim/row_text.hpp"

#include <catch2/catch.hpp>

using namespace corridor::sim;

namespace {

struct Market {
  std::string country;
  double price = 100;
  std::int64_t users = 0;
};
using Column = Parameter<Market>;
constexpr std::array market_table{
    Column{"market.country", "", "ISO code", Tag::option, "s", 0, 0, &Market::country},
    Column{"market.price_usd_per_kg", "USD/kg", "wholesale price", Tag::assumed, "s", 0, 1e6,
           &Market::price},
    Column{"market.users", "1", "people who use", Tag::assumed, "s", 0, 1e9, &Market::users},
};
static_assert(sound(market_table));

std::string complaints_of(std::string_view text) {
  Complaints complaints;
  const RowText rows(text, "actors.toml", complaints);
  (void)rows.rows(market_table, {"country"}, complaints);
  rows.check_tables({"market", "source"}, complaints);
  try {
    complaints.throw_if_any();
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("rows of a table become structs that know where they stand", "[sim][exact]") {
  Complaints complaints;
  const RowText text(
      "[[market]]\n"
      "country = \"BEL\"\n"
      "price_usd_per_kg = 3\n"
      "[[market]]\n"
      "country = \"NLD\"\n",
      "actors.toml", complaints);
  const auto rows = text.rows(market_table, {"country"}, complaints);
  complaints.throw_if_any();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].value.country == "BEL");
  CHECK(rows[0].value.price == 3);
  CHECK(rows[1].value.price == 100);
  CHECK(rows[0].place_of("price_usd_per_kg").line == 3);
  CHECK(rows[1].place_of("price_usd_per_kg").line == 4);  // not set: where the row stands
  CHECK(text.read("source", {}, {}, complaints).empty());
}

TEST_CASE("everything wrong with rows is said at once, with its place", "[sim][exact]") {
  CHECK(complaints_of("[[market]]\n"
                      "contry = \"BEL\"\n"
                      "price_usd_per_kg = -3\n"
                      "users = \"many\"\n"
                      "[[sorce]]\n") ==
        "actors.toml:1:1: error: [[market]] lacks 'country': ISO code\n"
        "actors.toml:2:1: error: unknown key 'contry' in [[market]]; did you mean 'country'?\n"
        "actors.toml:3:20: error: market.price_usd_per_kg = -3 is outside [0, 1000000]\n"
        "actors.toml:4:9: error: market.users = \"many\" is text; allowed is a whole number in [0, "
        "1000000000]\n"
        "actors.toml:5:3: error: unknown table 'sorce'; did you mean 'source'?\n");
  CHECK(complaints_of("market = 3\n") ==
        "actors.toml:1:10: error: market is a whole number; allowed are rows [[market]] of "
        "'country', 'price_usd_per_kg' and 'users'\n");
  CHECK(complaints_of("[[market]\n").rfind("actors.toml:1:", 0) == 0);
}
