// SPDX-License-Identifier: Apache-2.0
/// \file choice.hpp  Which gateway, by a direct or a broken journey, with true or false documents,
/// or waiting: a logit, drawn so that what changes one option moves only those who took it.
///
/// Model. With money in kUSD,
///
///     U_wait = -W
///     U_gbd  = -( C_b + S_g + D d  +  A p (1 - B b) (1 - R d)  +  s_g )
///     chosen = argmax ( rho U_k + e_k ),   e_k = -ln(-ln u_k),   u_k keyed
///
/// so that P_k = exp(rho U_k) / sum exp(rho U). g gateway; b = 1 for a broken journey, d = 1 for a
/// false document; C fare, S last step, D price of the document, p perceived risk of g (with what
/// the party itself met added), s the announced policy. Left out are options without a ticket,
/// those that cost more than the means, closed gateways, and documents that nobody offers.
///
/// Round the posts. A gateway can also be reached over a green border or a coast, from a country
/// beside it (road.hpp), by the share `off_post` of parties who know a way (keyed, for good):
///
///     U_g,round = -( C' + S_g + R' + A q + s_g ),   q = p0 + c (1 - p0)
///
/// C' ticket to that country, R' `round_usd`, p0 the untaught belief, c the chance that patrols
/// find who crosses there, which is known. It is there only while posts are feared more, p > q: so
/// not before anybody was stopped, and not where patrols are as good as posts. off_post = 0: as
/// without.
///
/// | symbol | in code                        | unit   | domain   | from    |
/// |--------|--------------------------------|--------|----------|---------|
/// | rho    | rationality                    | 1/kUSD | [0, 20]  | assumed |
/// | A, W   | risk_aversion, wait_cost       | kUSD   | [0, 100] | assumed |
/// | B, R   | broken_relief, document_relief | 1      | [0, 1]   | assumed |
///
/// The same choice with untaught beliefs and without policies, under the same e_k, is what the
/// party would have done: where the two differ the party was moved (`diverted`) or held back
/// (`delayed`). Raising the perceived risk of a gateway moves only parties who had taken it.
/// Source. McFadden (1974); Gumbel noise as the utility that is not seen. Limits. More options for
/// the same gateway make it more likely (independence of irrelevant alternatives); with rho = 0 all
/// that there is is taken alike, and nothing believed matters.
/// Checked in tests/models/fighters/test_choice.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "models/fighters/actors.hpp"
#include "sim/random.hpp"

namespace corridor::fighters {

/// 0 waits; then for each gateway of the zone direct, direct with a false document, broken, broken
/// with a false document; then for each gateway round its posts.
inline constexpr std::size_t first_round = 1 + 4 * most_gateways;
inline constexpr std::size_t n_options = first_round + most_gateways;
constexpr std::size_t option(std::size_t gateway, bool broken, bool document) {
  return 1 + 4 * gateway + (broken ? 2u : 0u) + (document ? 1u : 0u);
}
struct Option {
  std::size_t gateway;
  bool broken, document;
  bool round = false;  ///< its posts
};
constexpr Option option_of(std::size_t k) {
  if (k >= first_round) return {k - first_round, false, false, true};
  return {(k - 1) / 4, ((k - 1) & 2) != 0, ((k - 1) & 1) != 0};
}

inline constexpr double not_there = -std::numeric_limits<double>::infinity();
using Utilities = std::array<double, n_options>;

/// \param noise  one e_k each. Options that are `not_there` are never taken; 0 is always there.
[[nodiscard]] std::size_t best_option(const Utilities& utility, double rationality,
                                      const Utilities& noise);

/// e_k of one decision, the same whatever the utilities are.
[[nodiscard]] Utilities choice_noise(sim::RunKey key, std::uint64_t person, std::int32_t day);

/// -(C + S + D + A p (1 - ..) + s) of one option, in kUSD.
struct Cost {
  double usd = 0;     ///< fare, last step, document
  double risk = 0;    ///< perceived, in [0, 1]
  double signal = 0;  ///< kUSD
};
[[nodiscard]] double utility(const FightersParams& params, const Cost& cost, bool broken,
                             bool document);

/// True when a helper's price is worth what it replaces: logit of the two costs, u keyed uniform.
[[nodiscard]] bool takes_offer(double rationality, double price_usd, double own_usd, double u);

}  // namespace corridor::fighters
