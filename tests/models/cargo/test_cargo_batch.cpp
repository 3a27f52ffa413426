// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "tests/support/cargo_world.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::cargo;

namespace {

struct Row {
  std::uint16_t origin;
  std::int32_t weight, value;
  std::uint8_t commodity, shipper, seal, documents;
  friend bool operator==(const Row&, const Row&) = default;
};

struct World {
  CargoParams params;
  CargoTables tables = test::small_tables(params);
  CargoMaker maker;
  explicit World(const CargoParams& p, sim::SimdPath path = sim::SimdPath::best,
                 std::uint32_t seed = 4)
      : params(p), maker(tables, p, {seed, 0}, path) {}

  /// Rows `first` to `first + n` of a post and day, made `at_once` at a time.
  [[nodiscard]] std::vector<Row> rows(std::uint32_t post, std::size_t n, bool illicit = false,
                                      std::size_t at_once = CargoBatch::capacity,
                                      std::uint32_t first = 0) const {
    auto b = std::make_unique<CargoBatch>();
    b->post = post;
    b->day = 3;
    b->illicit = illicit;
    std::vector<Row> all;
    while (all.size() < n) {
      b->n = std::min(at_once, n - all.size());
      for (std::size_t i = 0; i < b->n; ++i) {
        b->id[i] = ordinary_id(post, 3, first + static_cast<std::uint32_t>(all.size() + i));
        b->origin[i] = 7;
      }
      maker.make(*b);
      for (std::size_t i = 0; i < b->n; ++i) {
        all.push_back({b->origin[i], b->weight_kg[i], b->value_usd[i], b->commodity[i],
                       b->shipper[i], b->seal[i], b->documents_match[i]});
      }
    }
    return all;
  }
};

/// Share of rows for which something holds.
template <class Is>
double share(const std::vector<Row>& rows, const Is& is) {
  return static_cast<double>(std::count_if(rows.begin(), rows.end(), is)) /
         static_cast<double>(rows.size());
}

constexpr std::size_t many = 200'000;

/// Chernoff at 1e-9 for `many` rows.
bool near(double found, double expected) {
  return std::abs(found - expected) < test::binomial_halfwidth(expected, many, 1e-9);
}

}  // namespace

TEST_CASE("an id tells post and day, and is neither a trip's nor an injected one",
          "[cargo][exact]") {
  for (const std::int32_t day : {-7, 0, 364, 9999}) {
    for (const std::uint32_t post : {0U, 17U, 4095U}) {
      const std::uint64_t id = ordinary_id(post, day, 123'456);
      CHECK(post_of(id) == post);
      CHECK(day_of(id) == day);
      CHECK(id >> 62 == 1);
      CHECK(id != ordinary_id(post, day, count_number));
    }
  }
  CHECK(trafficking::consignment_id(5) >> 62 == 3);
}

TEST_CASE("a consignment is a function of its id alone, on every instruction set",
          "[cargo][exact]") {
  const World world(test::small_trade());
  const std::uint32_t post = world.tables.post(0, Mode::container);
  const std::vector<Row> rows = world.rows(post, 3000);
  CHECK(world.rows(post, 3000, false, 7) == rows);
  CHECK(world.rows(post, 1, false, 1, 2999)[0] == rows[2999]);
  for (const auto path : {sim::SimdPath::scalar, sim::SimdPath::sse2}) {
    CHECK(World(test::small_trade(), path).rows(post, 3000) == rows);
  }
  CHECK(World(test::small_trade(), sim::SimdPath::best, 5).rows(post, 3000) != rows);
}

TEST_CASE("posts list as many rows as are expected, like a Poisson draw", "[cargo][statistical]") {
  const World world(test::small_trade());
  for (const Mode mode : {Mode::container, Mode::parcel}) {
    const std::uint32_t post = world.tables.post(0, mode);
    std::vector<double> n;
    for (std::int32_t day = 0; day < 4000; ++day) n.push_back(world.maker.count(post, day));
    const auto m = test::moments(n);
    const double mean = world.tables.posts[post].rows_day;
    CHECK(std::abs(m.mean - mean) < m.tolerance());
    // Variance of a sample variance of near-normal draws: 2 sigma^4 / n; four deviations, and the
    // excess of a Poisson kurtosis of 1/mean.
    CHECK(std::abs(m.deviation * m.deviation / mean - 1) <
          4 * std::sqrt((2 + 1 / mean) / static_cast<double>(n.size())));
  }
}

TEST_CASE("what ordinary consignments show has the margins that are declared",
          "[cargo][statistical]") {
  const CargoParams p = test::small_trade();
  const World world(p);
  const std::uint32_t post = world.tables.post(0, Mode::container);
  const std::vector<Row> rows = world.rows(post, many);
  const std::array<double, n_commodities> goods{
      p.food_share,      p.raw_share,     p.chemical_share, p.manufactured_share,
      p.machinery_share, p.textile_share, p.waste_share,    0.08};
  for (std::size_t k = 0; k < n_commodities; ++k) {
    CHECK(near(share(rows, [&](const Row& r) { return r.commodity == k; }), goods[k]));
  }
  const auto shipper = [&](Shipper s) {
    return share(rows, [&](const Row& r) { return r.shipper == static_cast<std::uint8_t>(s); });
  };
  CHECK(near(shipper(Shipper::unknown), p.unknown_rate));
  CHECK(near(shipper(Shipper::fresh), p.new_rate));
  CHECK(near(shipper(Shipper::authorised), p.authorised_rate));
  CHECK(near(share(rows, [](const Row& r) { return r.seal == 1; }), p.replaced_rate));
  CHECK(near(share(rows, [](const Row& r) { return r.seal == 2; }), p.broken_rate));
  CHECK(near(share(rows, [](const Row& r) { return r.documents == 0; }), p.mismatch_rate));
  // Half of them above each median; the grid of quantiles has 2^-12.
  const auto half = [](double found) { return std::abs(found - 0.5) < 0.5 / 4096 + 0.01; };
  CHECK(half(share(rows, [&](const Row& r) { return r.weight > p.container_kg; })));
  CHECK(half(share(rows, [&](const Row& r) { return r.value > p.container_usd_kg * r.weight; })));
  CHECK(std::all_of(rows.begin(), rows.end(), [&](const Row& r) {
    return r.weight >= 1 && r.weight <= p.heaviest_kg && r.value >= 0;
  }));

  // Origins as the flows say.
  const CustomsPost& at = world.tables.posts[post];
  std::map<std::uint16_t, double> found;
  for (const Row& r : rows) found[r.origin] += 1.0 / many;
  std::map<std::uint16_t, double> expected;
  for (std::uint32_t k = 0; k < at.n_origins; ++k) {
    const sim::AliasEntry& slot = world.tables.alias[at.first_origin + k];
    const double stays = slot.threshold * 0x1p-32 / at.n_origins;
    expected[world.tables.origin[at.first_origin + k]] += stays;
    expected[world.tables.origin[at.first_origin + slot.alias]] += 1.0 / at.n_origins - stays;
  }
  for (const auto& [origin, part] : expected) CHECK(near(found[origin], part));
  CHECK(found.size() == expected.size());
}

TEST_CASE("air cargo and parcels have no seal", "[cargo][exact]") {
  const World world(test::small_trade());
  for (const Mode mode : {Mode::air_cargo, Mode::parcel}) {
    for (const Row& r : world.rows(world.tables.post(0, mode), 100)) {
      CHECK(r.seal == missing_value);
    }
  }
}

TEST_CASE("illicit consignments show signals as much likelier as is declared",
          "[cargo][statistical]") {
  const CargoParams p = test::small_trade();
  const World world(p);
  const std::vector<Row> rows = world.rows(world.tables.post(0, Mode::container), many, true);
  const auto shipper = [&](Shipper s) {
    return share(rows, [&](const Row& r) { return r.shipper == static_cast<std::uint8_t>(s); });
  };
  CHECK(near(share(rows, [](const Row& r) { return r.commodity == 0; }),
             p.food_share * p.food_ratio));
  // Other goods keep their proportions.
  CHECK(near(share(rows, [](const Row& r) { return r.commodity == 4; }),
             p.machinery_share * (1 - p.food_share * p.food_ratio) / (1 - p.food_share)));
  CHECK(near(shipper(Shipper::unknown), p.unknown_rate * p.unknown_ratio));
  CHECK(near(shipper(Shipper::fresh), p.new_rate * p.new_ratio));
  CHECK(near(shipper(Shipper::authorised), p.authorised_rate * p.authorised_ratio));
  CHECK(near(share(rows, [](const Row& r) { return r.seal == 1; }),
             p.replaced_rate * p.replaced_ratio));
  CHECK(
      near(share(rows, [](const Row& r) { return r.seal == 2; }), p.broken_rate * p.broken_ratio));
  CHECK(near(share(rows, [](const Row& r) { return r.documents == 0; }),
             p.mismatch_rate * p.mismatch_ratio));
  // The lowest values of a kilogram: the grid of 2^-12 and the rounding to dollars blur the edge.
  const double low = p.container_usd_kg * std::exp(p.value_sigma * -1.6449);
  const double found =
      share(rows, [&](const Row& r) { return r.value < low * static_cast<double>(r.weight); });
  CHECK(std::abs(found - p.low_value_rate * p.low_value_ratio) <
        test::binomial_halfwidth(0.1, many, 1e-9) + 2.0 / 4096 + 0.001);
  // Nobody's origin is drawn: it is given.
  CHECK(std::all_of(rows.begin(), rows.end(), [](const Row& r) { return r.origin == 7; }));
}

TEST_CASE("with every ratio at 1 an illicit consignment cannot be told from any other, bit for bit",
          "[cargo][relation]") {
  CargoParams p = test::small_trade();
  test::hide_illicit(p);
  const World world(p);
  for (const Mode mode : {Mode::container, Mode::parcel}) {
    const std::uint32_t post = world.tables.post(0, mode);
    std::vector<Row> ordinary = world.rows(post, 5000), illicit = world.rows(post, 5000, true);
    for (Row& r : ordinary) r.origin = 7;
    CHECK(ordinary == illicit);
  }
}

TEST_CASE("a higher ratio only adds consignments that show the signal", "[cargo][relation]") {
  CargoParams p = test::small_trade();
  const World low(p);
  p.mismatch_ratio = 10;
  p.unknown_ratio = 20;
  const World high(p);
  const std::uint32_t post = low.tables.post(0, Mode::container);
  const auto a = low.rows(post, 20'000, true), b = high.rows(post, 20'000, true);
  std::size_t more = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].documents == 0) REQUIRE(b[i].documents == 0);
    if (a[i].shipper == 0) REQUIRE(b[i].shipper == 0);
    more += a[i].documents != b[i].documents ? 1 : 0;
  }
  CHECK(more > 0);
}
