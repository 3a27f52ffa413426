// SPDX-License-Identifier: Apache-2.0
#include "sim/utf8.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace corridor::sim;

TEST_CASE("well-formed UTF-8 passes, from one to four bytes", "[utf8][exact]") {
  CHECK(broken_utf8("").line == 0);
  CHECK(broken_utf8("plain\n").line == 0);
  CHECK(broken_utf8("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x9B\x82 \xED\x9F\xBF \xF4\x8F\xBF\xBF").line ==
        0);
}

TEST_CASE("ill-formed bytes are found where they stand, columns counted in characters",
          "[utf8][exact]") {
  CHECK(broken_utf8("a\xFF") == LinePlace{1, 2});
  CHECK(broken_utf8("\xC3\xA9\n\xC3\xA9\xC3\xA9\x80") == LinePlace{2, 3});
  // Overlong forms, a surrogate, beyond U+10FFFF, cut short.
  for (const std::string bad :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xF0\x9F\x9B", "\xC3"}) {
    CAPTURE(bad.size());
    CHECK(broken_utf8("ok " + bad) == LinePlace{1, 4});
  }
}
