// SPDX-License-Identifier: Apache-2.0
/// \file cargo_batch.hpp  Consignments in columns: what one is made of, from its id.
///
/// An ordinary row's id says where and when it meets customs:
///
///     bit 62 = goods, bit 63 = 0, bits 61..50 post, bits 49..32 day + 2^17, bits 31..0 number
///
/// so it lies beside trips (no bit 62) and injected consignments (bit 63). How many rows a post has
/// on a day is a Poisson draw under the id whose number is all ones.
///
/// Draws of Purpose::consignment; other models that draw for a consignment keep below index 256:
///
///     index 256: [0] origin, [1] commodity, shipper, [2] seal, documents, [3] weight, value
///     index 257: [0] drawn at random, [1] tie, [2] broken seal noticed, insider, [3] alert
///
/// (two 16-bit halves, low first, where two are named). What the papers show:
///
///     weight = min(median_m exp(sigma_w z), heaviest)      value = weight * median_m exp(sigma_v
///     z)
///
/// with z a normal quantile on a grid of 2^12, and categories by cuts of 2^16: an ordinary
/// consignment shows a signal when u < q, an illicit one when u < min(1, r q), with the same u
/// (travel/signals.hpp, the same mathematics). What a ratio takes or leaves is intact seals and
/// regular shippers; of goods that are not food it leaves the proportions. Low values are the
/// lowest q of the values of a kilogram; for an illicit one the share r q of its draws is mapped
/// there (sim::tilted). Air cargo and parcels have no seal: missing. Given the truth all of this is
/// independent.
///
/// Kept simple. A lot shows one consignment's papers; the papers do not depend on origin, shipper
/// or season, and the declared weight not on what is hidden. Checked in
/// tests/models/cargo/test_cargo_batch.cpp: a pure function of the id, margins, ratios; ratios of 1
/// hide the illicit bit for bit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/cargo/cargo_tables.hpp"
#include "sim/random.hpp"

namespace corridor::cargo {

/// Values of categories, in the order of the catalogue (risk/catalogue.cpp); 255 = missing.
enum class Commodity : std::uint8_t {
  food,
  raw_material,
  chemical,
  manufactured,
  machinery,
  textile,
  waste,
  mixed
};
inline constexpr std::size_t n_commodities = 8;
enum class Shipper : std::uint8_t { unknown, fresh, regular, authorised };
inline constexpr std::size_t n_shippers = 4;
enum class Seal : std::uint8_t { intact, replaced, broken };
inline constexpr std::size_t n_seals = 3;
inline constexpr std::uint8_t missing_value = 255;

inline constexpr std::uint16_t papers_index = 256, chance_index = 257;
inline constexpr std::uint32_t count_number = 0xffff'ffff;

constexpr std::uint64_t ordinary_id(std::uint32_t post, std::int32_t day, std::uint32_t number) {
  return trafficking::goods_bit | std::uint64_t{post} << 50 |
         (static_cast<std::uint64_t>(day + (1 << 17)) & 0x3ffff) << 32 | number;
}
constexpr std::uint32_t post_of(std::uint64_t id) {
  return static_cast<std::uint32_t>(id >> 50) & 0xfff;
}
constexpr std::int32_t day_of(std::uint64_t id) {
  return static_cast<std::int32_t>((id >> 32) & 0x3ffff) - (1 << 17);
}

/// Rows of one post and day.
struct CargoBatch {
  static constexpr std::size_t capacity = 1024;
  std::size_t n = 0;
  std::uint32_t post = 0;
  std::int32_t day = 0;
  bool illicit = false;  ///< all rows; then `origin` is given
  // Given.
  std::array<std::uint64_t, capacity> id;
  // Made.
  std::array<std::uint16_t, capacity> origin;  ///< country
  std::array<std::int32_t, capacity> weight_kg, value_usd;
  std::array<std::uint8_t, capacity> commodity, shipper, seal, documents_match;
  std::array<std::array<std::uint32_t, capacity>, 4> papers, chance;  ///< words of the draws
};

class CargoMaker {
 public:
  /// \throws std::invalid_argument when a country or a post has no number in an id
  CargoMaker(const CargoTables& tables, const CargoParams& params, sim::RunKey key,
             sim::SimdPath path);

  /// Rows of a post on a day.
  [[nodiscard]] std::uint32_t count(std::uint32_t post, std::int32_t day) const;
  /// Makes rows [0, n) from their ids.
  void make(CargoBatch& batch) const;

 private:
  static constexpr std::size_t quantiles = 4096;
  /// Cuts of 2^16 of one truth.
  struct Cuts {
    std::array<std::uint32_t, n_commodities - 1> commodity{};  ///< value: cuts that u reaches
    std::array<std::uint32_t, n_shippers - 1> shipper{};
    std::uint32_t broken = 0, replaced = 0;  ///< u < broken; else u < replaced
    std::uint32_t mismatch = 0;
  };
  [[nodiscard]] static Cuts cuts(const CargoParams& params, bool illicit);

  const CargoTables& tables_;
  sim::RunKey key_;
  sim::SimdPath path_;
  std::array<Cuts, 2> cuts_;                                  ///< ordinary, illicit
  std::array<std::vector<std::int32_t>, n_modes> weight_kg_;  ///< [quantile]
  std::array<std::vector<float>, n_modes> usd_kg_;            ///< [quantile]
  std::uint32_t low_cut_ = 0;
  double low_ratio_ = 1;
};

}  // namespace corridor::cargo
