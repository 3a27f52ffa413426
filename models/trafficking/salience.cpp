// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/salience.hpp"

#include <cmath>
#include <stdexcept>

namespace corridor::trafficking {
namespace {

struct Payoffs {
  double arrives = 0, lost = 0;
};

Payoffs payoffs(const RouteOffer& o) {
  if (!(std::isfinite(o.gain) && std::isfinite(o.cost) && std::isfinite(o.quantity) &&
        o.quantity >= 0))
    throw std::invalid_argument("an offer has a gain, cost or quantity that is not allowed");
  if (!(o.risk >= 0 && o.risk <= 1))
    throw std::invalid_argument("an offer has a risk outside [0, 1]");
  return {(o.gain - o.cost) * o.quantity, -o.cost * o.quantity};
}

double salience(double x, double y) { return std::abs(x - y) / (std::abs(x) + std::abs(y) + 1); }

}  // namespace

std::vector<double> salience_values(std::span<const RouteOffer> offers, double local_thinker) {
  if (!(local_thinker > 0 && local_thinker <= 1))
    throw std::invalid_argument("the local thinker's weight is outside (0, 1]");
  std::vector<Payoffs> all;
  all.reserve(offers.size());
  Payoffs sum;
  for (const RouteOffer& o : offers) {
    all.push_back(payoffs(o));
    sum.arrives += all.back().arrives;
    sum.lost += all.back().lost;
  }
  std::vector<double> values;
  values.reserve(offers.size());
  const double others = static_cast<double>(offers.size()) - 1;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const Payoffs own = all[i];
    const Payoffs reference =
        others > 0 ? Payoffs{(sum.arrives - own.arrives) / others, (sum.lost - own.lost) / others}
                   : Payoffs{};
    const double arrives = salience(own.arrives, reference.arrives);
    const double lost = salience(own.lost, reference.lost);
    // Only the ratio of the two weights matters: rank 1 over rank 2 is 1 / d.
    const double p_arrives = (1 - offers[i].risk) * (arrives < lost ? local_thinker : 1);
    const double p_lost = offers[i].risk * (lost < arrives ? local_thinker : 1);
    values.push_back((p_arrives * own.arrives + p_lost * own.lost) / (p_arrives + p_lost));
  }
  return values;
}

std::vector<double> expected_values(std::span<const RouteOffer> offers) {
  std::vector<double> values;
  values.reserve(offers.size());
  for (const RouteOffer& o : offers) {
    const Payoffs own = payoffs(o);
    values.push_back((1 - o.risk) * own.arrives + o.risk * own.lost);
  }
  return values;
}

}  // namespace corridor::trafficking
