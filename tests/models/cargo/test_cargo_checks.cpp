// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/cargo/cargo_checks.hpp"
#include "sim/error.hpp"

using namespace corridor;

namespace {

/// What is said about a text that sets parameters of trade.
std::string complaint(const std::string& text) {
  sim::ParameterSet set;
  set.add(cargo::cargo_table);
  sim::Complaints complaints;
  const sim::ScenarioText read = sim::read_scenario_text(text, "x.toml", set, {}, complaints);
  cargo::CargoParams p;
  sim::assign(p, cargo::cargo_table, [&](std::string_view path) -> const sim::Value* {
    const auto found = read.settings.find(path);
    return found == read.settings.end() ? nullptr : &found->second.value;
  });
  cargo::check_cargo(read, p, complaints);
  try {
    complaints.throw_if_any();
  } catch (const sim::UserError& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("shares and ratios of trade that add up to more than certainty are refused",
          "[cargo][errors]") {
  CHECK(complaint("").empty());
  CHECK(complaint("[cargo.signals]\nmismatch_rate = 0.5\nmismatch_ratio = 2\n").empty());
  CHECK(complaint("[cargo.signals]\nmismatch_rate = 0.5\nmismatch_ratio = 3\n") ==
        "x.toml:3:18: error: cargo.signals.mismatch_ratio * cargo.signals.mismatch_rate = 1.5 is "
        "more than 1: illicit consignments cannot show it so often\n");
  CHECK(complaint("[cargo.signals]\nunknown_rate = 0.7\n") ==
        "x.toml:2:16: error: cargo.signals.unknown_rate + cargo.signals.new_rate + "
        "cargo.signals.authorised_rate = 1.1 is more than 1: ordinary consignments cannot show it "
        "so often\n");
  CHECK(complaint("[cargo.goods]\nwaste_share = 0.2\n") ==
        "x.toml:2:15: error: cargo.goods.food_share + cargo.goods.raw_share + "
        "cargo.goods.chemical_share + cargo.goods.manufactured_share + "
        "cargo.goods.machinery_share + cargo.goods.textile_share + cargo.goods.waste_share = 1.1 "
        "is more than 1: ordinary consignments cannot show it so often\n");
  CHECK(complaint("[cargo.customs]\nlow_income_usd = 20000\n") ==
        "x.toml:2:18: error: cargo.customs.low_income_usd = 20000.0 is more than "
        "cargo.customs.high_income_usd = 12536.0\n");
}
