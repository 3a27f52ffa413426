// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/command.hpp"

namespace fs = std::filesystem;
using corridor::test::Command;

namespace {

const std::string rules = std::string(CORRIDOR_SOURCE_DIR) + "/scenarios/rules/";

}  // namespace

TEST_CASE("features lists what can be scored and what cannot, for people and programs",
          "[command][risk][exact]") {
  Command c;
  REQUIRE(c.run("features") == 0);
  CHECK(
      c.out.find("\nlead_days          number    day     booking   journey      traveller    days "
                 "from booking to departure [0..400]\n") != std::string::npos);
  CHECK(c.out.find("\nnationality        category  -       booking   audit-only   traveller    ") !=
        std::string::npos);
  REQUIRE(c.run("features --lang fr") == 0);
  CHECK(c.out.find("jours entre la réservation et le départ") != std::string::npos);
  REQUIRE(c.run("features --json") == 0);
  const auto json = nlohmann::json::parse(c.out);
  CHECK(json["features"].size() == 42);
  CHECK(json["features"][0]["stage"] == "booking");
  CHECK(json["features"][41]["scored"] == false);
  CHECK(c.run("features --lang de") == 2);
  CHECK(c.err ==
        "corridor features: error: --lang 'de'; allowed are en and fr\n"
        "Try 'corridor features --help'.\n");
}

TEST_CASE("rules lint exits with 2 when there are errors, and with 0 otherwise",
          "[command][risk][exact]") {
  Command c;
  CHECK(c.run("rules lint '" + rules + "additive.toml' --date 2026-06-01") == 0);
  CHECK(c.out.find("0 errors, 0 warnings") != std::string::npos);
  CHECK(c.run("rules lint '" + rules + "additive.toml' --date 2031-01-01 --json") == 0);
  CHECK(nlohmann::json::parse(c.out)["warnings"] == 16);  // every review is past
  CHECK(c.run("rules lint '" + rules + "unlawful.toml' --date 2026-06-01") == 2);
  CHECK(c.out.find("nationality is reserved for the audit and cannot be scored [reserved]\n") !=
        std::string::npos);
  CHECK(c.err.empty());
  CHECK(c.run("rules lint nothing.toml") == 2);
  CHECK(c.err.find("nothing.toml") != std::string::npos);
  CHECK(c.run("rules lint x.toml --date 2026-02-30") == 2);
  CHECK(c.err ==
        "corridor rules: error: --date '2026-02-30' is no date that exists; write YYYY-MM-DD\n"
        "Try 'corridor rules --help'.\n");
  CHECK(c.run("rules lnt x.toml") == 2);
  CHECK(c.err ==
        "corridor rules: error: unknown word 'lnt'; did you mean 'lint'?\n"
        "Try 'corridor rules --help'.\n");
}

TEST_CASE("rules card writes a page, whole or not at all", "[command][risk][exact]") {
  Command c;
  CHECK(c.run("rules card '" + rules + "additive.toml' --date 2026-06-01 -o card.md") == 0);
  CHECK(c.content("card.md").starts_with("# Rule card: Additive card, version 1.0\n"));
  CHECK(c.run("rules card '" + rules + "additive.toml' --lang fr -o card.md") == 2);
  CHECK(c.err == "card.md: error: exists already; --force replaces it\n");
  CHECK(c.run("rules card '" + rules + "additive.toml' --lang fr -o card.md --force") == 0);
  CHECK(c.content("card.md").starts_with("# Fiche de règles : Additive card, version 1.0\n"));
  CHECK(c.run("rules card '" + rules + "unlawful.toml' -o bad.txt") == 2);
  CHECK(c.err.find("nationality is reserved for the audit and cannot be scored\n  when = "
                   "\"nationality in {'AAA', 'BBB'}\"\n          ^\n") != std::string::npos);
  CHECK_FALSE(fs::exists(c.folder / "bad.txt"));
  CHECK(c.run("rules card '" + rules + "additive.toml' --json --date 2026-06-01") == 0);
  CHECK(nlohmann::json::parse(c.out)["rule"][1]["condition"] ==
        "“how the ticket was paid for”: 'cash'");
}
