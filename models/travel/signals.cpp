// SPDX-License-Identifier: Apache-2.0
#include "models/travel/signals.hpp"

#include <algorithm>
#include <cmath>

#include "models/travel/journeys.hpp"

namespace corridor::travel {
namespace {

std::uint32_t cut16(double share) {
  return static_cast<std::uint32_t>(std::floor(std::min(1.0, share) * 65536 + 0.5));
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
  c.transfer = std::min(65536U, c.cash + cut16(p.transfer_rate));
  c.low = cut16(p.low_fit_rate * ratio(p.low_fit_ratio));
  c.medium = std::min(65536U, c.low + cut16(p.medium_fit_rate));
  return c;
}

void Signals::draw(Batch& batch) const {
  std::fill_n(batch.index.begin(), batch.n, std::uint16_t{0});
  sim::draw_batch(path_, key_, sim::Purpose::signals, batch.n, batch.trip.data(),
                  batch.departure_day.data(), batch.index.data(),
                  {batch.words[12].data(), batch.words[13].data(), batch.words[14].data(),
                   batch.words[15].data()});
  for (std::size_t i = 0; i < batch.n; ++i) {
    const Cuts& c = cuts_[batch.threat[i] != 0 ? 1 : 0];
    std::uint32_t shown = 0;
    for (std::size_t k = 0; k < n_indicators; ++k) {
      const std::uint32_t u = (batch.words[12 + k / 2][i] >> (16 * (k % 2))) & 0xffff;
      shown |= static_cast<std::uint32_t>(u < c.indicator[k]) << k;
    }
    batch.indicators[i] = static_cast<std::uint8_t>(shown);
    const std::uint32_t pay = batch.words[7][i] & 0xffff, fit = batch.words[7][i] >> 16;
    batch.payment[i] = static_cast<std::uint8_t>(static_cast<std::uint32_t>(pay < c.transfer) +
                                                 static_cast<std::uint32_t>(pay < c.cash));
    batch.fit[i] = static_cast<std::uint8_t>(static_cast<std::uint32_t>(fit < c.medium) +
                                             static_cast<std::uint32_t>(fit < c.low));
  }
}

}  // namespace corridor::travel
