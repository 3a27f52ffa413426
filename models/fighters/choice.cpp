// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/choice.hpp"

#include "models/fighters/draws.hpp"
#include "sim/math.hpp"

namespace corridor::fighters {

std::size_t best_option(const Utilities& utility, double rationality, const Utilities& noise) {
  std::size_t best = 0;
  double most = rationality * utility[0] + noise[0];
  for (std::size_t k = 1; k < n_options; ++k) {
    if (utility[k] == not_there) continue;  // before the product: 0 times infinity is no number
    const double value = rationality * utility[k] + noise[k];
    if (value > most) {
      best = k;
      most = value;
    }
  }
  return best;
}

Utilities choice_noise(sim::RunKey key, std::uint64_t person, std::int32_t day) {
  Utilities noise{};
  for (std::size_t k = 0; k < n_options; k += 4) {
    const auto index = static_cast<std::uint16_t>(draws::options + k / 4);
    const sim::Block b = sim::draw(key, sim::Purpose::fighter_choice, person, day, index);
    for (std::size_t i = 0; i < 4 && k + i < n_options; ++i) {
      noise[k + i] = -sim::log(-sim::log((b[i] + 0.5) * 0x1p-32));
    }
  }
  return noise;
}

double utility(const FightersParams& params, const Cost& cost, bool broken, bool document) {
  const double believed = cost.risk * (broken ? 1 - params.broken_relief : 1) *
                          (document ? 1 - params.document_relief : 1);
  return -(cost.usd / 1000 + params.risk_aversion * believed + cost.signal);
}

bool takes_offer(double rationality, double price_usd, double own_usd, double u) {
  return u < 1 / (1 + sim::exp(rationality * (price_usd - own_usd) / 1000));
}

}  // namespace corridor::fighters
