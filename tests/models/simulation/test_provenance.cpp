// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/provenance.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using corridor::simulation::public_command;

TEST_CASE("a stored command line names no folder, whoever typed it", "[results][exact]") {
  using Words = std::vector<std::string>;
  CHECK(public_command(Words{"/opt/x/bin/corridor", "run", "scenarios/small.toml", "-o",
                             "/srv/anna/run.h5"}) == "corridor run small.toml -o run.h5");
  CHECK(public_command(Words{"./corridor", "run", "a.toml", "--output=/srv/anna/run.h5",
                             "-o/srv/b.h5"}) == "corridor run a.toml --output=run.h5 -ob.h5");
  CHECK(public_command(
            Words{"corridor", "run", "a.toml", "--set", "world.data=/srv/anna/my data/"}) ==
        "corridor run a.toml --set 'world.data=my data'");
  CHECK(public_command(Words{"corridor", "run", "a.toml", "--set=world.data=../anna/w", "--days",
                             "30"}) == "corridor run a.toml --set=world.data=w --days 30");
  CHECK(public_command(Words{"corridor", "run", "../"}) == "corridor run ..");
}
