// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/perceived_risk.hpp"

#include <rapidcheck.h>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace corridor::trafficking;

namespace {
constexpr double digits = 6e-11;  // the published digits end after ten decimals
using Window = std::array<std::uint8_t, risk_window_months>;
}  // namespace

TEST_CASE("J1: risk that is perceived after k events in 13 months",
          "[trafficking][perceived_risk][exact]") {
  const struct {
    int k;
    double risk;
  } rows[] = {{0, 0.1290322581}, {1, 0.1935483871}, {2, 0.2580645161},
              {3, 0.3225806452}, {6, 0.5161290323}, {13, 0.9677419355}};
  for (const auto& row : rows) {
    CAPTURE(row.k);
    Window events{};
    for (int i = 0; i < row.k; ++i) events[static_cast<std::size_t>(12 - i)] = 1;
    CHECK(std::abs(perceived_risk(events) - row.risk) < digits);
  }
}

TEST_CASE("J1: with memory that fades, a new event weighs more than an old one",
          "[trafficking][perceived_risk][exact]") {
  Window events{};
  CHECK(std::abs(perceived_risk(events, 0.9) - 0.2008408368) < digits);
  events.front() = 1;
  CHECK(std::abs(perceived_risk(events, 0.9) - 0.3012612552) < digits);
  events = {};
  events.back() = 1;
  CHECK(std::abs(perceived_risk(events, 0.9) - 0.2292025290) < digits);
}

TEST_CASE("a further event never lowers perceived risk, which stays between 0 and 1",
          "[trafficking][perceived_risk][property]") {
  CHECK(rc::check([](std::vector<bool> happened) {
    std::vector<std::uint8_t> events(happened.begin(), happened.end());
    const double weight = *rc::gen::inRange(0, 106) / 100.0;
    const double before = perceived_risk(events, weight);
    RC_ASSERT(before > 0 && before < 1);
    for (std::uint8_t& e : events) {
      const std::uint8_t old = e;
      e = 1;
      RC_ASSERT(perceived_risk(events, weight) >= before);
      e = old;
    }
  }));
}

TEST_CASE("several losses of one month count as one, and without months there is the prior",
          "[trafficking][perceived_risk][exact]") {
  Window one{}, three{};
  one[4] = 1;
  three[4] = 3;
  CHECK(perceived_risk(one) == perceived_risk(three));
  CHECK(perceived_risk(std::span<const std::uint8_t>{}) == 0.8);
}

TEST_CASE("shares of losses between none and all lie between no event and an event each month",
          "[trafficking][perceived_risk][exact]") {
  const std::vector<double> none(13, 0), all(13, 1), tenth(13, 0.1);
  const std::vector<std::uint8_t> no_event(13, 0), events(13, 1);
  CHECK(perceived_risk_of_losses(none) == perceived_risk(no_event));
  CHECK(perceived_risk_of_losses(all) == perceived_risk(events));
  CHECK(perceived_risk_of_losses(tenth) == Approx((1.3 + 2) / 15.5).epsilon(1e-12));
}
