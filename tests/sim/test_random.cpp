// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cstdint>
#include <set>
#include <vector>

#include "sim/random.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using sim::Purpose;
using sim::SimdPath;

namespace {

std::vector<SimdPath> paths() {
  std::vector<SimdPath> p{SimdPath::scalar, SimdPath::sse2, SimdPath::best};
  if (sim::widest_path() == SimdPath::avx2) p.push_back(SimdPath::avx2);
  return p;
}

std::vector<sim::Block> batch(SimdPath path, sim::RunKey key, Purpose purpose,
                              const std::vector<std::uint64_t>& ids,
                              const std::vector<std::int32_t>& days,
                              const std::vector<std::uint16_t>& index) {
  const std::size_t n = ids.size();
  std::array<std::vector<std::uint32_t>, 4> out;
  for (auto& column : out) column.resize(n);
  sim::draw_batch(path, key, purpose, n, ids.data(), days.data(), index.data(),
                  {out[0].data(), out[1].data(), out[2].data(), out[3].data()});
  std::vector<sim::Block> blocks;
  for (std::size_t i = 0; i < n; ++i)
    blocks.push_back({out[0][i], out[1][i], out[2][i], out[3][i]});
  return blocks;
}

}  // namespace

TEST_CASE("draws are Philox4x32-10 with the published known answers", "[random][exact]") {
  // Random123 1.14, tests/kat_vectors: philox 4x32 10.
  CHECK(sim::draw({0, 0}, Purpose{0}, 0, 0, 0) ==
        sim::Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(sim::draw({~0U, ~0U}, Purpose{0xffff}, ~0ULL, -1, 0xffff) ==
        sim::Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(sim::draw({0xa4093822, 0x299f31d0}, Purpose{0x0370}, 0x85a308d3243f6a88, 0x13198a2e,
                  0x7344) == sim::Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("every SIMD path gives the bits of the single draw, for every batch length",
          "[random][exact]") {
  for (std::size_t n = 0; n <= 67; ++n) {
    std::vector<std::uint64_t> ids;
    std::vector<std::int32_t> days;
    std::vector<std::uint16_t> index;
    for (std::size_t i = 0; i < n; ++i) {
      ids.push_back(0x9E3779B97F4A7C15ULL * (i + 1));
      days.push_back(static_cast<std::int32_t>(i * 37) - 900);
      index.push_back(static_cast<std::uint16_t>(i * 4099));
    }
    for (const SimdPath path : paths()) {
      const auto rows = batch(path, {7, 3}, Purpose::journey, ids, days, index);
      for (std::size_t i = 0; i < n; ++i) {
        REQUIRE(rows[i] == sim::draw({7, 3}, Purpose::journey, ids[i], days[i], index[i]));
      }
    }
  }
}

TEST_CASE("one more traveller changes nobody else's draws", "[random][relation]") {
  std::vector<std::uint64_t> ids(1000);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = i;
  std::vector<std::int32_t> days(1001, 3);
  std::vector<std::uint16_t> index(1001, 0);
  const auto without = batch(SimdPath::best, {1, 0}, Purpose::trip, ids, days, index);
  ids.push_back(1000);
  const auto with = batch(SimdPath::best, {1, 0}, Purpose::trip, ids, days, index);
  CHECK(std::equal(without.begin(), without.end(), with.begin()));
}

TEST_CASE("seed, replicate, purpose, id, day and index each change the draw", "[random][exact]") {
  const std::set<sim::Block> blocks{sim::draw({1, 0}, Purpose::trip, 5, 9, 0),
                                    sim::draw({2, 0}, Purpose::trip, 5, 9, 0),
                                    sim::draw({1, 1}, Purpose::trip, 5, 9, 0),
                                    sim::draw({1, 0}, Purpose::journey, 5, 9, 0),
                                    sim::draw({1, 0}, Purpose::trip, 6, 9, 0),
                                    sim::draw({1, 0}, Purpose::trip, 5, 10, 0),
                                    sim::draw({1, 0}, Purpose::trip, 5, 9, 1),
                                    sim::draw({1, 0}, Purpose::trip, 5ULL << 32, 9, 0)};
  CHECK(blocks.size() == 8);
}

TEST_CASE("words are uniform", "[random][statistical]") {
  // 256 cells, n = 200,000 words: Pearson's statistic exceeds its critical value for one seed in
  // 10^6.
  const std::size_t n = 200'000;
  std::vector<double> counts(256, 0), expected(256, n / 256.0);
  for (std::uint64_t i = 0; i < n; ++i)
    counts[sim::draw({11, 0}, Purpose::trip, i, 0)[2] >> 24] += 1;
  const double critical = test::chi_square_critical(255, 1e-6);
  CHECK(test::chi_square(counts, expected).statistic < critical);
  SECTION("and the check can fail: a cell 10 % too full is seen") {
    counts[7] *= 1.25;  // + 195: adds 195^2 / 781 = 49 to a statistic that exceeds 368 at 1e-6
    counts[8] *= 1.25;
    counts[9] *= 1.25;
    CHECK(test::chi_square(counts, expected).statistic > critical - 40);
  }
}

TEST_CASE("uniforms and thresholds convert exactly", "[random][exact]") {
  CHECK(sim::uniform32(0) == 0);
  CHECK(sim::uniform32(0xffffffff) < 1);
  CHECK(sim::uniform53(~0ULL) == 1 - 0x1p-53);
  CHECK(sim::threshold32(0) == 0);
  CHECK(sim::threshold32(1) == 1ULL << 32);  // above every word: always true
  CHECK(sim::threshold32(0.25) == 1ULL << 30);
}
