// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <memory>

#include "models/travel/protected.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::travel;

namespace {

struct Shares {
  double male = 0, minor = 0, group_b = 0;
};

Shares shares(const SignalParams& p, std::uint32_t party, std::uint32_t member, Payment payment,
              Channel channel, std::size_t n) {
  auto b = std::make_unique<Batch>();
  b->n = 1;
  b->purpose[0] = static_cast<std::uint8_t>(TripPurpose::leisure);
  b->party[0] = static_cast<std::uint8_t>(party);
  b->payment[0] = static_cast<std::uint8_t>(payment);
  b->channel[0] = static_cast<std::uint8_t>(channel);
  Shares s;
  for (std::size_t i = 0; i < n; ++i) {
    b->trip[0] = 1000 + i;
    const ProtectedPerson x = protected_person(p, {8, 0}, *b, 0, member);
    s.male += x.sex;
    s.minor += x.age == AgeBand::minor ? 1 : 0;
    s.group_b += x.group;
  }
  for (double* v : {&s.male, &s.minor, &s.group_b}) *v /= static_cast<double>(n);
  return s;
}

}  // namespace

TEST_CASE("sex, age and group come at their rates, and proxies raise the group alone",
          "[protected][statistical]") {
  constexpr std::size_t n = 40'000;
  const SignalParams p;
  const auto near = [](double share, double expected) {
    return std::abs(share - expected) < test::binomial_halfwidth(expected, n, 1e-9);
  };
  const Shares plain = shares(p, 1, 0, Payment::card, Channel::direct, n);
  CHECK(near(plain.male, 0.5));
  CHECK(near(plain.minor, 0.03));
  CHECK(near(plain.group_b, p.group_rate));
  const Shares proxy = shares(p, 1, 0, Payment::cash, Channel::agency, n);
  CHECK(near(proxy.group_b, p.group_rate * p.group_cash_ratio * p.group_agency_ratio));
  CHECK(proxy.male == plain.male);
  CHECK(proxy.minor == plain.minor);
  CHECK(near(shares(p, 4, 3, Payment::card, Channel::direct, n).minor, 0.8));
}

TEST_CASE("a unit is of one group, whoever is asked", "[protected][exact]") {
  auto b = std::make_unique<Batch>();
  b->n = 1;
  b->party[0] = 4;
  for (std::uint64_t trip = 0; trip < 300; ++trip) {
    b->trip[0] = trip;
    const auto group = protected_person({}, {1, 0}, *b, 0, 0).group;
    for (std::uint32_t m = 1; m < 4; ++m)
      REQUIRE(protected_person({}, {1, 0}, *b, 0, m).group == group);
  }
}
