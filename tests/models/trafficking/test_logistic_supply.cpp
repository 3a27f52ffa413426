// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/logistic_supply.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor::trafficking;

TEST_CASE("J9: supply by year", "[trafficking][logistic_supply][exact]") {
  const struct {
    double year, kg;
  } rows[] = {
      {0, 200}, {1, 423.3524772}, {5, 8468.8760083}, {10, 306029.7205651}, {14, 1562058.2983588}};
  for (const auto& row : rows) {
    CAPTURE(row.year);
    // The published digits are good to 3e-7: at year 5 the formula gives 8468.87600854.
    CHECK(std::abs(logistic_supply(row.year) - row.kg) < 3e-7);
  }
}

TEST_CASE("supply never passes its ceiling and does not overflow, and without growth it stays",
          "[trafficking][logistic_supply][exact]") {
  CHECK(logistic_supply(1e6) == 1'990'000);
  CHECK(std::abs(logistic_supply(7, {16000, 292000, 0}) - 16000) < 1e-9);
  double last = 0;
  for (int y = 0; y < 200; ++y) {
    const double now = logistic_supply(y);
    CHECK((now >= last && now <= 1'990'000));
    last = now;
  }
}
