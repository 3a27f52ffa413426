// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/hypothetical_links.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace corridor::scenario;

namespace {

bool tries(const std::string& text) { return tries_hypothetical_links(parse_scenario(text, "s")); }

const std::string one_link = "[[link]]\\nfrom = \\\"A\\\"\\nto = \\\"B\\\"\\n";

}  // namespace

TEST_CASE("links without a legal basis are told, wherever they come from",
          "[scenario][cooperation][exact]") {
  CHECK_FALSE(tries(""));
  CHECK(tries("[cooperation]\nbridge.hypothetical = true\n"));
  CHECK_FALSE(tries("[cooperation]\ntext = \"" + one_link + "\"\n"));
  CHECK(tries("[cooperation]\ntext = \"" + one_link + "hypothetical = true\\n\"\n"));
  CHECK(tries(
      "[strategy]\ntext = '''[[strategy]]\nfile = \"s.toml\"\ntext = \"\"\"name = "
      "\"s\"\n[[change]]\n"
      "path = \"cooperation.bridge.hypothetical\"\nvalue = true\nfrom_day = 3\n\"\"\"\n'''\n"));
}
