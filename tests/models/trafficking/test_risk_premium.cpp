// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/risk_premium.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/trafficking/perceived_risk.hpp"

using namespace corridor::trafficking;

namespace {
double risk_after(int events) {
  std::array<std::uint8_t, risk_window_months> window{};
  for (int i = 0; i < events; ++i) window[static_cast<std::size_t>(i)] = 1;
  return perceived_risk(window);
}
}  // namespace

TEST_CASE("J2: the premium begins with the fifth event in 13 months",
          "[trafficking][risk_premium][exact]") {
  CHECK(next_premium(1, risk_after(4)) == 1);
  CHECK(std::abs(next_premium(1, risk_after(5)) - 1.0366657083) < 6e-11);
  CHECK(std::abs(next_premium(1, risk_after(6)) - 1.1568082721) < 6e-11);
  CHECK(std::abs(next_premium(1, risk_after(8)) - 1.4451504252) < 6e-11);
}

TEST_CASE("under the same risk the premium settles at its square over the tolerated one",
          "[trafficking][risk_premium][exact]") {
  double m = 1;
  for (int t = 0; t < 200; ++t) m = next_premium(m, 0.86);
  CHECK(std::abs(m - 4) < 1e-12);
  for (int t = 0; t < 200; ++t) m = next_premium(m, 0.2);
  CHECK(m == 1);
}
