// SPDX-License-Identifier: Apache-2.0
#include "sim/names.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace corridor::sim;

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps", "[names][exact]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("capasity", "capacity") == 1);
  CHECK(edit_distance("dyas", "days") == 1);       // one swap, not two replacements
  CHECK(edit_distance("kitten", "sitting") == 3);  // the textbook's example
  CHECK(edit_distance("ca", "abc") == 3);          // restricted: a swapped pair is not edited again
}

TEST_CASE(
    "edit distance is a symmetric count between the lengths' difference and the longer length",
    "[names][property]") {
  CHECK(rc::check([] {
    const auto letters = rc::gen::container<std::string>(rc::gen::inRange('a', 'e'));
    const std::string a = *letters, b = *letters;
    const std::size_t d = edit_distance(a, b), longer = std::max(a.size(), b.size());
    RC_ASSERT(d == edit_distance(b, a));
    RC_ASSERT((d == 0) == (a == b));
    RC_ASSERT(d <= longer);
    RC_ASSERT(d >= longer - std::min(a.size(), b.size()));
    RC_ASSERT(edit_distance(a + "z", b + "z") == d);
  }));
}

TEST_CASE("the nearest name is the closest, without case, and nothing when none is close",
          "[names][exact]") {
  const std::vector<std::string> known{"capacity", "days", "seed", "scale"};
  CHECK(nearest_name("capasity", known) == "capacity");
  CHECK(nearest_name("Days", known) == "days");
  CHECK(nearest_name("sed", known) == "seed");
  CHECK_FALSE(nearest_name("weather", known).has_value());
  CHECK_FALSE(nearest_name(std::string(100'000, 'x'), known).has_value());
  CHECK_FALSE(nearest_name("days", {}).has_value());
  CHECK(did_you_mean("capasity", known) == "; did you mean 'capacity'?");
  CHECK(did_you_mean("weather", known).empty());
}

TEST_CASE("a list of names reads as a sentence and is cut when it is long", "[names][exact]") {
  const std::vector<std::string> one{"a"}, two{"a", "b"}, five{"a", "b", "c", "d", "e"};
  CHECK(listed({}).empty());
  CHECK(listed(one) == "'a'");
  CHECK(listed(two) == "'a' and 'b'");
  CHECK(listed(five, 4) == "'a', 'b', 'c', 'd' and 'e'");  // "and 1 more" would save nothing
  CHECK(listed(five, 3) == "'a', 'b', 'c' and 2 more");
}
