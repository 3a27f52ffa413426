// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <bit>
#include <cmath>
#include <memory>

#include "models/travel/journeys.hpp"
#include "models/travel/signals.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::travel;

namespace {

/// Shares of rows that show each thing: x1..x8, cash, low fit, two one-ways, late.
struct Shown {
  std::array<double, 12> share{};
  std::size_t n = 0;
};

Shown shown(const SignalParams& params, bool illicit, std::uint32_t seed = 3) {
  const auto& w = test::small_world();
  const test::AllGates gates(w.tables);
  const JourneyMaker maker(w.tables, w.stream_params, params, {seed, 0}, gates.sites(),
                           sim::SimdPath::best);
  const Signals signals(params, {seed, 0}, sim::SimdPath::best);
  auto b = std::make_unique<Batch>();
  Shown s;
  for (std::uint32_t round = 0; round < 120; ++round) {
    b->n = Batch::capacity;
    b->way = Way::out;
    b->day = 5;
    for (std::size_t i = 0; i < b->n; ++i) {
      const auto block = static_cast<std::uint32_t>((round * 7 + i) % w.tables.blocks.size());
      const std::uint32_t nights = bands[w.tables.blocks[block].band].first_night;
      b->trip[i] = pack({block, 5, nights, static_cast<std::uint32_t>(round * 16 + i / 64)});
      b->departure_day[i] = 5;
      b->block[i] = block;
      b->nights[i] = static_cast<std::uint16_t>(nights);
      b->threat[i] = illicit ? 1 : 0;
    }
    maker.make(*b);
    signals.draw(*b);
    for (std::size_t i = 0; i < b->n; ++i) {
      for (std::size_t k = 0; k < 8; ++k) s.share[k] += (b->indicators[i] >> k) & 1;
      s.share[8] += static_cast<Payment>(b->payment[i]) == Payment::cash ? 1 : 0;
      s.share[9] += static_cast<Fit>(b->fit[i]) == Fit::low ? 1 : 0;
      s.share[10] += b->ticket[i];
      s.share[11] += b->lead_days[i] <= params.short_lead_days ? 1 : 0;
    }
    s.n += b->n;
  }
  for (double& x : s.share) x /= static_cast<double>(s.n);
  return s;
}

}  // namespace

TEST_CASE("ordinary and illicit bookings show signals at the rates and ratios that are declared",
          "[signals][statistical]") {
  // 122,880 rows, some of them the same trip twice: tolerance for half as many, Chernoff at 1e-9.
  const SignalParams p;
  const StreamParams stream;
  const Shown ordinary = shown(p, false), illicit = shown(p, true);
  const auto near = [&](double share, double expected) {
    return std::abs(share - expected) < test::binomial_halfwidth(expected, ordinary.n / 2, 1e-9);
  };
  const auto rates = indicator_rates(p), ratios = indicator_ratios(p);
  for (std::size_t k = 0; k < 8; ++k) {
    CAPTURE(k);
    CHECK(near(ordinary.share[k], rates[k]));
    CHECK(near(illicit.share[k], rates[k] * ratios[k]));
  }
  CHECK(near(ordinary.share[8], p.cash_rate));
  CHECK(near(illicit.share[8], p.cash_rate * p.cash_ratio));
  CHECK(near(ordinary.share[9], p.low_fit_rate));
  CHECK(near(illicit.share[9], p.low_fit_rate * p.low_fit_ratio));
  CHECK(near(ordinary.share[10], stream.one_way_share));
  CHECK(near(illicit.share[10], stream.one_way_share * p.one_way_ratio));
  // The rate of late bookings is that of the lead times; the ratio is what is declared.
  CHECK(illicit.share[11] / ordinary.share[11] == Approx(p.short_lead_ratio).epsilon(0.1));
}

TEST_CASE("with every ratio at 1 an illicit booking cannot be told from any other, bit for bit",
          "[signals][relation]") {
  SignalParams p;
  p.cash_ratio = p.low_fit_ratio = p.one_way_ratio = p.agency_ratio = p.short_lead_ratio = 1;
  p.x1_ratio = p.x2_ratio = p.x3_ratio = p.x4_ratio = p.x5_ratio = p.x6_ratio = p.x7_ratio =
      p.x8_ratio = 1;
  CHECK(shown(p, true).share == shown(p, false).share);
}
