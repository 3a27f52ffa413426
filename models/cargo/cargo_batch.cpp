// SPDX-License-Identifier: Apache-2.0
#include "models/cargo/cargo_batch.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::cargo {
namespace {

std::uint32_t cut16(double share) {
  return static_cast<std::uint32_t>(std::floor(std::clamp(share, 0.0, 1.0) * 65536 + 0.5));
}

constexpr std::uint32_t low(std::uint32_t word) { return word & 0xffff; }
constexpr std::uint32_t high(std::uint32_t word) { return word >> 16; }

/// How many of the cuts u reaches.
template <std::size_t n>
std::uint8_t reached(const std::array<std::uint32_t, n>& cuts, std::uint32_t u) {
  std::uint32_t value = 0;
  for (const std::uint32_t cut : cuts) value += static_cast<std::uint32_t>(u >= cut);
  return static_cast<std::uint8_t>(value);
}

bool has_seal(Mode mode) { return mode == Mode::container || mode == Mode::land; }

}  // namespace

CargoMaker::CargoMaker(const CargoTables& tables, const CargoParams& p, sim::RunKey key,
                       sim::SimdPath path)
    : tables_(tables),
      key_(key),
      path_(path),
      cuts_{cuts(p, false), cuts(p, true)},
      low_cut_(cut16(p.low_value_rate)),
      low_ratio_(p.low_value_ratio) {
  if (tables.posts.size() > 0x1000) {
    throw std::invalid_argument("CargoMaker: an id holds 4,096 customs posts");
  }
  const std::array<double, n_modes> kg{p.container_kg, p.air_kg, p.parcel_kg, p.land_kg};
  const std::array<double, n_modes> usd{p.container_usd_kg, p.air_usd_kg, p.parcel_usd_kg,
                                        p.land_usd_kg};
  for (std::size_t q = 0; q < quantiles; ++q) {
    const double z = sim::normal_quantile((static_cast<double>(q) + 0.5) / quantiles);
    const double weight = sim::exp(p.weight_sigma * z), value = sim::exp(p.value_sigma * z);
    for (std::size_t m = 0; m < n_modes; ++m) {
      weight_kg_[m].push_back(
          static_cast<std::int32_t>(std::max(1.0, std::min(kg[m] * weight, p.heaviest_kg) + 0.5)));
      usd_kg_[m].push_back(static_cast<float>(usd[m] * value));
    }
  }
}

CargoMaker::Cuts CargoMaker::cuts(const CargoParams& p, bool illicit) {
  const auto shown = [illicit](double rate, double ratio) {
    return std::min(1.0, illicit ? rate * ratio : rate);
  };
  Cuts c;
  const double food = shown(p.food_share, p.food_ratio);
  const double others = p.food_share < 1 ? (1 - food) / (1 - p.food_share) : 0;
  const std::array<double, n_commodities - 2> shares{p.raw_share,          p.chemical_share,
                                                     p.manufactured_share, p.machinery_share,
                                                     p.textile_share,      p.waste_share};
  double sum = food;
  c.commodity[0] = cut16(sum);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    sum += others * shares[k];
    c.commodity[k + 1] = cut16(sum);
  }
  const double unknown = shown(p.unknown_rate, p.unknown_ratio);
  const double fresh = shown(p.new_rate, p.new_ratio);
  c.shipper = {cut16(unknown), cut16(unknown + fresh),
               cut16(1 - shown(p.authorised_rate, p.authorised_ratio))};
  const double broken = shown(p.broken_rate, p.broken_ratio);
  c.broken = cut16(broken);
  c.replaced = cut16(broken + shown(p.replaced_rate, p.replaced_ratio));
  c.mismatch = cut16(shown(p.mismatch_rate, p.mismatch_ratio));
  return c;
}

std::uint32_t CargoMaker::count(std::uint32_t post, std::int32_t day) const {
  return sim::poisson(tables_.posts[post].rows_day, key_, sim::Purpose::consignment,
                      ordinary_id(post, day, count_number), day);
}

void CargoMaker::make(CargoBatch& b) const {
  std::array<std::int32_t, CargoBatch::capacity> days;
  std::array<std::uint16_t, CargoBatch::capacity> index;
  std::fill_n(days.begin(), b.n, b.day);
  const auto draw = [&](std::uint16_t which, auto& words) {
    std::fill_n(index.begin(), b.n, which);
    sim::draw_batch(path_, key_, sim::Purpose::consignment, b.n, b.id.data(), days.data(),
                    index.data(),
                    {words[0].data(), words[1].data(), words[2].data(), words[3].data()});
  };
  draw(papers_index, b.papers);
  draw(chance_index, b.chance);

  const CustomsPost& post = tables_.posts[b.post];
  if (!b.illicit) {
    for (std::size_t i = 0; i < b.n; ++i) {
      b.origin[i] = tables_.origin[post.first_origin + sim::pick(&tables_.alias[post.first_origin],
                                                                 post.n_origins, b.papers[0][i])];
    }
  }
  const Cuts c = cuts_[b.illicit ? 1 : 0];
  const Mode mode = CargoTables::mode_of(b.post);
  for (std::size_t i = 0; i < b.n; ++i) {
    b.commodity[i] = reached(c.commodity, low(b.papers[1][i]));
    b.shipper[i] = reached(c.shipper, high(b.papers[1][i]));
    const std::uint32_t seal = low(b.papers[2][i]);
    b.seal[i] = static_cast<std::uint8_t>(static_cast<std::uint32_t>(seal < c.replaced) +
                                          static_cast<std::uint32_t>(seal < c.broken));
    b.documents_match[i] = high(b.papers[2][i]) >= c.mismatch ? 1 : 0;
  }
  if (!has_seal(mode)) std::fill_n(b.seal.begin(), b.n, missing_value);

  const std::int32_t* weight = weight_kg_[static_cast<std::size_t>(mode)].data();
  const float* usd = usd_kg_[static_cast<std::size_t>(mode)].data();
  const double ratio = b.illicit ? low_ratio_ : 1;
  for (std::size_t i = 0; i < b.n; ++i) {
    std::uint32_t dear = high(b.papers[3][i]);
    if (ratio != 1) dear = sim::tilted(dear, 65536, low_cut_, ratio);
    b.weight_kg[i] = weight[low(b.papers[3][i]) >> 4];
    b.value_usd[i] = static_cast<std::int32_t>(
        std::min(1e9F, static_cast<float>(b.weight_kg[i]) * usd[dear >> 4]));
  }
}

}  // namespace corridor::cargo
