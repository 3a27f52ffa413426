// SPDX-License-Identifier: Apache-2.0
#include "models/travel/signals.hpp"

#include <algorithm>
#include <cmath>

#include "models/travel/journeys.hpp"

namespace corridor::travel {
namespace {

std::int32_t cut16(double share) {
  return static_cast<std::int32_t>(std::floor(std::min(1.0, share) * 65536 + 0.5));
}

// Half a word, as a signed number: vectors compare those.
std::int32_t sixteen_bits(std::uint32_t word, std::size_t half) {
  return static_cast<std::int32_t>((word >> (16 * half)) & 0xffff);
}
std::uint32_t shows(std::int32_t u, std::int32_t cut) { return u < cut ? 1 : 0; }
/// 0, 1 or 2, by two cumulative cuts of which `inner` is the smaller.
std::uint8_t grade(std::int32_t u, std::int32_t outer, std::int32_t inner) {
  return static_cast<std::uint8_t>(shows(u, outer) + shows(u, inner));
}

}  // namespace

Signals::Signals(const SignalParams& params, sim::RunKey key, sim::SimdPath path)
    : key_(key), path_(path), cuts_{cuts(params, false), cuts(params, true)} {}

Signals::Cuts Signals::cuts(const SignalParams& p, bool illicit) {
  const auto ratio = [illicit](double r) { return illicit ? r : 1.0; };
  Cuts c{};
  const auto rates = indicator_rates(p), ratios = indicator_ratios(p);
  for (std::size_t k = 0; k < n_indicators; ++k)
    c.indicator[k] = cut16(rates[k] * ratio(ratios[k]));
  c.cash = cut16(p.cash_rate * ratio(p.cash_ratio));
  c.transfer = std::min(65536, c.cash + cut16(p.transfer_rate));
  c.low = cut16(p.low_fit_rate * ratio(p.low_fit_ratio));
  c.medium = std::min(65536, c.low + cut16(p.medium_fit_rate));
  return c;
}

void Signals::draw(Batch& batch) const {
  std::fill_n(batch.index.begin(), batch.n, std::uint16_t{0});
  sim::draw_batch(path_, key_, sim::Purpose::signals, batch.n, batch.trip.data(),
                  batch.departure_day.data(), batch.index.data(),
                  {batch.words[12].data(), batch.words[13].data(), batch.words[14].data(),
                   batch.words[15].data()});
  // Everybody as an ordinary trip, column by column; then the few others again.
  const Cuts all = cuts_[0], few = cuts_[1];
  const auto& words = batch.words;
  std::fill_n(batch.indicators.begin(), batch.n, std::uint8_t{0});
  for (std::size_t k = 0; k < n_indicators; ++k) {
    for (std::size_t i = 0; i < batch.n; ++i) {
      batch.indicators[i] |= static_cast<std::uint8_t>(
          shows(sixteen_bits(words[12 + k / 2][i], k % 2), all.indicator[k]) << k);
    }
  }
  for (std::size_t i = 0; i < batch.n; ++i) {
    batch.payment[i] = grade(sixteen_bits(words[7][i], 0), all.transfer, all.cash);
    batch.fit[i] = grade(sixteen_bits(words[7][i], 1), all.medium, all.low);
  }
  for (std::size_t i = 0; i < batch.n; ++i) {
    if (batch.threat[i] == 0) [[likely]]
      continue;
    std::uint32_t shown = 0;
    for (std::size_t k = 0; k < n_indicators; ++k) {
      shown |= shows(sixteen_bits(words[12 + k / 2][i], k % 2), few.indicator[k]) << k;
    }
    batch.indicators[i] = static_cast<std::uint8_t>(shown);
    batch.payment[i] = grade(sixteen_bits(words[7][i], 0), few.transfer, few.cash);
    batch.fit[i] = grade(sixteen_bits(words[7][i], 1), few.medium, few.low);
  }
}

}  // namespace corridor::travel
