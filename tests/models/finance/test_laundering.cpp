// SPDX-License-Identifier: Apache-2.0
#include "models/finance/laundering.hpp"

#include <catch2/catch.hpp>

#include "tests/models/finance/income_stream.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::finance;
using Catch::Detail::Approx;

namespace {

/// A group that launders `cents` through `layers`, and nothing else happens. Reports its books.
struct Laundry {
  FinanceParams params;
  Actors actors = test::some_groups(1);
  FinanceState state;
  std::vector<FinanceEvent> events;
  Desk desk{params, actors, {1, 0}, state, events};

  Laundry(double fee, double seizure, int layers, const char* kind) {
    params.layer_fee = fee;
    params.layer_seizure = seizure;
    params.layers = layers;
    params.recovery = kind;
    state.books = Books(actors.groups, 0, static_cast<std::uint16_t>(layers), 0);
    state.groups.resize(1);
  }
  /// Cents in the bank after all layers.
  Cents run(Cents cents, std::int32_t lots = 1) {
    for (std::int32_t k = 0; k < lots; ++k) {
      state.books.book({cents, 0, no_group, 0, Item::sale});
      begin_laundering(desk, 0, state.books.of(0, AccountKind::cash), cents, 0);
    }
    for (std::int32_t day = 0; day <= params.layer_days * params.layers; ++day) {
      step_laundering(desk, day);
      state.books.ledger().check(day);
    }
    return state.books.balance(0, AccountKind::bank);
  }
  [[nodiscard]] Cents frozen() const { return state.books.balance(0, AccountKind::frozen); }
  [[nodiscard]] Cents fees() const {
    return state.books.ledger().balance(state.books.world(AccountKind::launderers));
  }
};

constexpr Cents ten16 = 10'000'000'000'000'000;  // every digit of the cases is a whole cent

}  // namespace

TEST_CASE("what is kept after n layers (case L1), to the cent", "[finance][exact]") {
  // ((1 - f)(1 - s))^n of 10^16 cents, worked out by hand in whole cents.
  const std::array<Cents, 4> a{9'405'000'000'000'000, 8'845'402'500'000'000, 8'319'101'051'250'000,
                               7'824'114'538'700'625};
  const std::array<Cents, 4> b{8'624'000'000'000'000, 7'437'337'600'000'000, 6'413'959'946'240'000,
                               5'531'399'057'637'376};
  for (int n = 1; n <= 4; ++n) {
    const auto i = static_cast<std::size_t>(n - 1);
    Laundry x(0.05, 0.01, n, "share"), y(0.12, 0.02, n, "share");
    CHECK(x.run(ten16) == a[i]);
    CHECK(y.run(ten16) == b[i]);
    CHECK(x.frozen() + x.fees() == ten16 - a[i]);
    CHECK(kept_after_layers(0.05, 0.01, n) ==
          Approx(static_cast<double>(a[i]) / 1e16).epsilon(1e-14));
    CHECK(kept_after_layers(0.12, 0.02, n) ==
          Approx(static_cast<double>(b[i]) / 1e16).epsilon(1e-14));
  }
  CHECK(kept_after_layers(0.05, 0.01, 4) == Approx(0.7824114539).margin(5e-11));
  CHECK(kept_after_layers(0.12, 0.02, 4) == Approx(0.5531399058).margin(5e-11));
}

TEST_CASE("what is found in n layers (case L2), to the cent", "[finance][exact]") {
  // The case gives s = 0.0073876; to seven digits it is 0.0073878, which the default takes. The
  // share found is 0.0219995 with the one and 0.0220001 with the other.
  CHECK(seizure_for(0.022, 3) == Approx(0.0073876).margin(2e-7));
  CHECK(FinanceParams{}.layer_seizure == Approx(seizure_for(0.022, 3)).margin(5e-8));
  CHECK(found_in_layers(seizure_for(0.022, 3), 3) == Approx(0.022).epsilon(1e-13));
  for (const double s : {0.0073876, 0.0073878}) {
    Laundry x(0, s, 3, "share");
    x.run(ten16);
    // Each of three roundings leaves less than a cent; 1e-15 is the closed form's own error.
    const double expected = 1e16 * found_in_layers(s, 3);
    CHECK(std::abs(static_cast<double>(x.frozen()) - expected) < 3 + 1e16 * 1e-15);
    CHECK(static_cast<double>(x.frozen()) / 1e16 == Approx(0.022).margin(1e-6));
    CHECK(static_cast<double>(share_of(x.frozen(), 0.5)) / 1e16 == Approx(0.011).margin(5e-7));
  }
}

TEST_CASE("a chain of legs that lose breaks even at the product of their ratios (case L3)",
          "[finance][exact]") {
  CHECK(break_even_price_ratio(0.1, 0.5) == Approx(1.5 / 0.9).epsilon(1e-15));
  double ratio = 1;
  for (int leg = 0; leg < 3; ++leg) ratio *= break_even_price_ratio(0.1);
  CHECK(ratio == Approx(1.3717421125).margin(5e-11));
  CHECK(ratio == Approx(1 / 0.729).epsilon(1e-14));
  // In the ledger: 1,000 kg bought at 729 cents; after three legs 729 kg are left, sold at 1,000.
  Books books(test::some_groups(1).groups, 0, 0, 0);
  books.book({729 * 1000, 0, no_group, 0, Item::sale});  // to begin with
  books.book({729 * 1000, 0, no_group, 0, Item::purchase});
  books.book({1000 * 729, 0, no_group, 0, Item::sale});
  CHECK(books.balance(0, AccountKind::cash) == 729 * 1000);
  CHECK(1000.0 / 729.0 == Approx(ratio).epsilon(1e-14));
}

TEST_CASE("odd sums lose nothing to rounding", "[finance][exact]") {
  for (const Cents cents : {Cents{1}, Cents{19}, Cents{333}, Cents{99'999'999'999}}) {
    Laundry x(0.05, 0.01, 3, "share");
    const Cents bank = x.run(cents);
    CHECK(bank + x.fees() + x.frozen() == cents);
    CHECK(x.state.lots.empty());
  }
}

TEST_CASE("without fee and seizure all of it arrives, after n times the days of a layer",
          "[finance][exact]") {
  Laundry x(0, 0, 3, "case");
  x.state.books.book({500, 0, no_group, 0, Item::sale});
  begin_laundering(x.desk, 0, x.state.books.of(0, AccountKind::cash), 500, 0);
  for (std::int32_t day = 0; day < 90; ++day) step_laundering(x.desk, day);
  CHECK(x.state.books.balance(0, AccountKind::bank) == 0);
  CHECK(x.state.lots.at(0).layer == 3);
  step_laundering(x.desk, 90);
  CHECK(x.state.books.balance(0, AccountKind::bank) == 500);
  CHECK(x.events.empty());
}

TEST_CASE("lots are found at the rate that the layers say", "[finance][statistical]") {
  // n and alpha are chosen; e = binomial_halfwidth(0.271, 20000, 1e-9) = 0.0204. A rate of s that
  // is off by 20 % moves the share found by 0.044 and is seen as surely.
  constexpr std::int32_t n = 20'000;
  Laundry x(0, 0.1, 3, "case");
  x.run(100, n);
  const double p = found_in_layers(0.1, 3), e = test::binomial_halfwidth(p, n, 1e-9);
  CHECK(std::abs(static_cast<double>(x.frozen()) / (100.0 * n) - p) < e);
  CHECK(x.events.size() == static_cast<std::size_t>(x.frozen() / 100));
  CHECK(found_in_layers(0.12, 3) - p > 2 * e);  // the check can fail
}

TEST_CASE("a higher chance of being found only adds lots that are found", "[finance][relation]") {
  Laundry low(0, 0.05, 3, "case"), high(0, 0.1, 3, "case");
  low.run(100, 2000);
  high.run(100, 2000);
  CHECK(high.frozen() > low.frozen());
  const auto found = [](const Laundry& x) {
    std::vector<std::uint64_t> lots;
    for (const FinanceEvent& e : x.events) lots.push_back(e.id & 0xffff'ffff'ffff);
    std::sort(lots.begin(), lots.end());
    return lots;
  };
  const auto few = found(low), many = found(high);
  CHECK(std::includes(many.begin(), many.end(), few.begin(), few.end()));
}
