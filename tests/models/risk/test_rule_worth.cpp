// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <limits>

#include "models/risk/report_json.hpp"
#include "models/risk/rule_worth.hpp"

using namespace corridor::risk;

TEST_CASE("a rule is worth it when its ratio exceeds the break-even", "[risk][exact]") {
  // 40 hits among 20 000; the weakest stop made now finds one in a hundred: odds 1/99 against
  // 40/19 960, so the ratio must exceed (1/99) (499) = 5.0404.
  const auto worth = [](std::int64_t hits, std::int64_t others, bool raises = true) {
    return rule_worth({hits, 40}, {others, 19'960}, raises, 0.01, 0.95);
  };
  REQUIRE(worth(20, 998).needed);
  CHECK(worth(20, 998).needed->ratio == Approx(499.0 / 99));
  CHECK(worth(20, 998).ratio.estimate == Approx(10));
  CHECK(worth(20, 998).worth_it() == true);
  CHECK(worth(20, 998).text() == "worth it if the ratio exceeds 5.04; 10 (7.29 to 13.7): it does");
  CHECK(worth(4, 1996).worth_it() == false);
  CHECK(worth(4, 1996).text() ==
        "worth it if the ratio exceeds 5.04; 1 (0.394 to 2.54): it does not");
  CHECK(worth(2, 200).worth_it() == std::nullopt);
  CHECK(worth(2, 200).text().ends_with(": cannot be told"));
  CHECK(worth(0, 0).text() == "worth it if the ratio exceeds 5.04; never fired");
  CHECK(worth(5, 0).worth_it() == true);  // it fires on hits alone
  // What lowers the score asks for no stop.
  CHECK_FALSE(worth(2, 998, false).needed);
  CHECK(worth(2, 998, false).text() == "1 (0.259 to 3.87)");
}

TEST_CASE("the rate at the cut is the mean of the isotonic rates there", "[risk][exact]") {
  const corridor::risk::stats::ScoreTally t{{9, 5, 2}, {1, 1, 0}, {1, 3, 4}};
  const std::vector<std::int32_t> cuts{9, 5, 5, 2};
  CHECK(rate_at_cut(t, cuts) == Approx((0.5 + 0.25 + 0.25 + 0) / 4));
  CHECK(rate_at_cut(t, {}) == 0);
}

TEST_CASE("no p-value is nothing", "[risk][exact]") {
  CHECK(text_p(0) == "< 0.0001");
  CHECK(text_p(0.00009) == "< 0.0001");
  CHECK(text_p(0.0123) == "0.0123");
  CHECK(is_p(1) == "= 1.0000");
  CHECK(is_p(1e-300) == "< 0.0001");
}
