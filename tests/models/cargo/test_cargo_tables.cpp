// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>

#include "tests/support/cargo_world.hpp"

using namespace corridor;
using namespace corridor::cargo;

namespace {

constexpr std::array modes{Mode::container, Mode::air_cargo, Mode::parcel, Mode::land};

/// Consignments a day from each country to each: read back from the posts' alias tables.
std::vector<double> flows(const CargoTables& t, Mode mode) {
  std::vector<double> flow(t.n_countries * t.n_countries, 0);
  for (std::size_t j = 0; j < t.n_countries; ++j) {
    const CustomsPost& post = t.posts[t.post(j, mode)];
    for (std::uint32_t k = 0; k < post.n_origins; ++k) {
      const sim::AliasEntry& slot = t.alias[post.first_origin + k];
      const double stays = slot.threshold * 0x1p-32;
      const auto origin = [&](std::uint32_t o) { return t.origin[post.first_origin + o]; };
      const double each = post.rows_day * post.lot / post.n_origins;
      flow[origin(k) * t.n_countries + j] += each * stays;
      flow[origin(slot.alias) * t.n_countries + j] += each * (1 - stays);
    }
  }
  return flow;
}

std::uint32_t country(const char* code) { return test::islands().find_country(code); }

}  // namespace

TEST_CASE("the flows of each mode add up to its volume, at any scale", "[cargo][exact]") {
  const CargoParams p = test::small_trade();
  const std::array volumes{p.containers_year, p.air_shipments_year, p.parcels_year,
                           p.land_loads_year};
  for (const double scale : {1.0, 0.01}) {
    const CargoTables t = test::small_tables(p, scale);
    for (const Mode mode : modes) {
      double sum = 0;
      for (std::size_t j = 0; j < t.n_countries; ++j) {
        const CustomsPost& post = t.posts[t.post(j, mode)];
        sum += 365 * post.rows_day * post.lot;
      }
      INFO(name(mode));
      CHECK(sum == Approx(volumes[static_cast<std::size_t>(mode)]).epsilon(1e-12));
    }
  }
}

TEST_CASE("flows between two pairs of countries stand as gravity says", "[cargo][exact]") {
  const CargoParams p = test::small_trade();
  const CargoTables t = test::small_tables(p);
  const auto income = travel::incomes(test::islands());
  const auto distance = travel::effective_distances(test::islands());
  const std::vector<double> containers = flows(t, Mode::container), air = flows(t, Mode::air_cargo);
  const auto weight = [&](std::uint32_t i, std::uint32_t j, bool by_sea) {
    double w = std::pow(distance.at(i, j), p.distance_exponent);
    for (const std::uint32_t c : {i, j}) {
      const world::Country& of = test::islands().countries[c];
      w *= std::pow(of.population * income[c], p.gdp_exponent);
      if (!by_sea) continue;
      w *= of.liner_connectivity > 0 ? std::pow(of.liner_connectivity / 100, p.liner_exponent)
                                     : p.landlocked_factor;
    }
    return w;
  };
  const std::size_t n = t.n_countries;
  const std::uint32_t a = country("XAA"), b = country("XAB"), c = country("XAC"),
                      e = country("XAE");
  // Alias tables resolve 2^-32 of a slot.
  for (const auto& [i, j] : {std::pair{a, c}, {c, a}, {b, c}, {e, c}, {e, b}}) {
    CHECK(containers[i * n + j] / containers[c * n + e] ==
          Approx(weight(i, j, true) / weight(c, e, true)).epsilon(1e-6));
    CHECK(air[i * n + j] / air[c * n + e] ==
          Approx(weight(i, j, false) / weight(c, e, false)).epsilon(1e-6));
  }
}

TEST_CASE("there are no customs within a country or a union, and no land way without a border",
          "[cargo][exact]") {
  const CargoTables t = test::small_tables(test::small_trade());
  const std::size_t n = t.n_countries;
  const std::uint32_t a = country("XAA"), b = country("XAB"), d = country("XAD"),
                      c = country("XAC"), f = country("XAF");
  CHECK_FALSE(t.controlled(a, b));
  CHECK_FALSE(t.controlled(d, b));
  CHECK(t.controlled(a, c));
  for (const Mode mode : modes) {
    const std::vector<double> flow = flows(t, mode);
    for (const auto& [i, j] : {std::pair{a, a}, {a, b}, {b, d}}) CHECK(flow[i * n + j] == 0);
  }
  const std::vector<double> land = flows(t, Mode::land);
  std::size_t used = 0;
  for (const double x : land) used += x > 0 ? 1 : 0;
  CHECK(used == 6);  // XAA-XAC, XAA-XAF, XAB-XAC, both ways; XAA-XAB lies inside the union
  CHECK(land[a * n + f] > 0);
  CHECK(land[f * n + c] == 0);
}

TEST_CASE("whoever is in two unions joins them; unknown codes are passed over", "[cargo][exact]") {
  world::World w;
  w.countries.resize(6);
  for (const char* code : {"ONE", "TWO"}) w.organisations.push_back({code, code, 0});
  w.memberships = {{0, 0}, {0, 1}, {1, 1}, {1, 2}, {1, 3}};
  CHECK(customs_areas(w, "") == std::vector<std::uint16_t>{0, 1, 2, 3, 4, 5});
  CHECK(customs_areas(w, "ONE,XYZ") == std::vector<std::uint16_t>{0, 0, 2, 3, 4, 5});
  const auto both = customs_areas(w, " ONE , TWO");
  CHECK(both[0] == both[3]);
  CHECK(both[1] == both[2]);
  CHECK(both[4] != both[5]);
}

TEST_CASE("a post lists no more rows than it takes, and containers one by one", "[cargo][exact]") {
  CargoParams p = test::small_trade();
  const CargoTables t = test::small_tables(p);
  p.rows_inspected_day = 1e9;
  const CargoTables whole = test::small_tables(p);
  for (std::size_t i = 0; i < t.posts.size(); ++i) {
    const CustomsPost& post = t.posts[i];
    const bool container = CargoTables::mode_of(static_cast<std::uint32_t>(i)) == Mode::container;
    CHECK((container ? post.lot == 1 : post.rows_day * post.inspected_share <= 1 + 1e-12));
    CHECK(post.lot == std::floor(post.lot));
    CHECK(whole.posts[i].lot == 1);
    CHECK(whole.posts[i].rows_day == Approx(post.rows_day * post.lot).epsilon(1e-12));
  }
}

TEST_CASE("the class of customs follows income, and decides what can be inspected",
          "[cargo][exact]") {
  CargoParams p = test::small_trade();
  p.low_income_usd = 12'000;
  p.high_income_usd = 30'000;
  p.parcel_factor = 1000;
  const CargoTables t = test::small_tables(p);
  const auto post = [&](const char* code, Mode mode) {
    return t.posts[t.post(country(code), mode)];
  };
  CHECK(post("XAA", Mode::container).income_class == IncomeClass::high);
  CHECK(post("XAC", Mode::container).income_class == IncomeClass::middle);
  CHECK(post("XAE", Mode::container).income_class == IncomeClass::low);
  CHECK(post("XAA", Mode::container).inspected_share == p.share_high);
  CHECK(post("XAC", Mode::land).inspected_share == p.share_middle * p.land_factor);
  CHECK(post("XAE", Mode::parcel).inspected_share == 1);  // no more than all
}
