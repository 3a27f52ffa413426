// SPDX-License-Identifier: Apache-2.0
// What countries know together of who sends goods.
#include "models/cooperation/pieces.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor;
using namespace corridor::cooperation;

namespace {

constexpr sim::RunKey key{5, 0};
constexpr std::uint16_t maker = 0, transit = 1, market = 2;
const std::vector<std::uint16_t> way{maker, transit, market, maker};
constexpr std::uint16_t n_organisations = 400;

/// Three countries, each the only member of its region; one system of all.
Organisations regions(double share) {
  Organisations all;
  all.from_file = true;
  for (std::uint16_t c = 0; c < 4; ++c) {
    Organisation o;
    o.code = o.name = "S" + std::to_string(c);
    o.kind = c < 3 ? OrganisationKind::regional : OrganisationKind::global;
    o.powers = bit(Power::databases);
    o.share = c < 3 ? share : 0;
    o.delay_days = 0;
    o.members = c < 3 ? std::vector<std::uint16_t>{c} : std::vector<std::uint16_t>{0, 1, 2};
    all.organisations.push_back(o);
  }
  return all;
}

CooperationParams levers() {
  CooperationParams p;
  p.pieces_known = 0.8;
  p.pieces_delay_days = 20;
  p.bridge_negotiation_days = 0;
  p.bridge_completeness = 1;
  p.bridge_delay_days = 0;
  p.bridge_availability = 1;
  return p;
}
Exchange exchange_of(const CooperationParams& p, double share = 1) {
  return {regions(share), 3, {}, risk::RiskParams{}, std::vector<Era>{{0, p}}, key};
}

/// Organisations of which customs of the market are alerted on a day.
std::int64_t alerted(const Pieces& pieces, std::int32_t day, std::uint16_t at = market) {
  std::int64_t n = 0;
  for (std::uint16_t o = 0; o < n_organisations; ++o)
    n += pieces.alert(o, way, at, day) > 0 ? 1 : 0;
  return n;
}

}  // namespace

TEST_CASE("no country and no region alone ever holds enough; all together do",
          "[cooperation][relation]") {
  CooperationParams p = levers();
  const Exchange apart = exchange_of(p);
  const Pieces alone(p, apart, key);
  for (const std::uint16_t at : {maker, transit, market}) CHECK(alerted(alone, 10'000, at) == 0);

  for (double CooperationParams::*lever :
       {&CooperationParams::hub_share, &CooperationParams::mesh_share}) {
    CooperationParams linked = levers();
    linked.*lever = 1;
    const Exchange e = exchange_of(linked);
    const Pieces together(linked, e, key);
    // A piece of each of three countries: 0.8^3 of 400 in the mean, 204.8; standard deviation 10.
    const std::int64_t n = alerted(together, 10'000);
    CHECK(std::abs(static_cast<double>(n) - 204.8) < 4 * 10);
    // Not before the day on which all of it together suffices.
    for (std::uint16_t o = 0; o < n_organisations; ++o) {
      const std::int32_t day = together.pooled_day(o, way);
      if (day == never) {
        CHECK(together.alert(o, way, market, 10'000) == 0);
      } else {
        CHECK(together.alert(o, way, market, day) == p.pieces_alerted);
        CHECK(together.alert(o, way, market, day - 1) == 0);
      }
    }
    // Two of three regions are not enough.
    CooperationParams half = linked;
    half.*lever = 0.34;
    const Exchange some = exchange_of(half);
    CHECK(alerted(Pieces(half, some, key), 10'000) == 0);
  }
}

TEST_CASE("what is not given is not known elsewhere, and what nobody holds nobody learns",
          "[cooperation][relation]") {
  CooperationParams p = levers();
  p.mesh_share = 1;
  const Exchange silent = exchange_of(p, 0);
  CHECK(alerted(Pieces(p, silent, key), 10'000) == 0);
  p.pieces_known = 0;
  const Exchange open = exchange_of(p);
  const Pieces none(p, open, key);
  CHECK_FALSE(none.any());
  CHECK(alerted(none, 10'000) == 0);
  CHECK(none.piece(3, maker).made == never);
}

TEST_CASE("a higher chance, fewer pieces needed and faster links only add alerts",
          "[cooperation][property]") {
  CooperationParams p = levers();
  p.mesh_share = 1;
  p.bridge_delay_days = 40;
  const Exchange e = exchange_of(p);
  const Pieces usual(p, e, key);
  CooperationParams known = p, needed = p, fast = p;
  known.pieces_known = 0.9;
  needed.pieces_needed = 2;
  fast.bridge_delay_days = 0;
  const Exchange of_fast = exchange_of(fast);
  for (const Pieces& other :
       {Pieces(known, e, key), Pieces(needed, e, key), Pieces(fast, of_fast, key)}) {
    std::int64_t more = 0;
    for (std::uint16_t o = 0; o < n_organisations; ++o) {
      for (const std::int32_t day : {20, 60, 200}) {
        const bool before = usual.alert(o, way, market, day) > 0;
        const bool now = other.alert(o, way, market, day) > 0;
        CHECK((!before || now));
        more += !before && now ? 1 : 0;
      }
    }
    CHECK(more > 0);
  }
}

TEST_CASE("one country is one piece, however often it lies on the way", "[cooperation][exact]") {
  CooperationParams p = levers();
  p.pieces_known = 1;
  p.pieces_delay_days = 0;
  p.mesh_share = 1;
  const Exchange e = exchange_of(p);
  const Pieces pieces(p, e, key);
  const std::vector<std::uint16_t> twice{maker, market, maker, market};
  CHECK(pieces.seen(0, twice, market, 0) == 2);
  CHECK(pieces.seen(0, way, market, 0) == 3);
  CHECK(pieces.pooled_day(0, twice) == never);
  CHECK(pieces.pooled_day(0, way) == 0);
}
