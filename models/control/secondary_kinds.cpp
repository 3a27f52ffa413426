// SPDX-License-Identifier: Apache-2.0
#include "models/control/secondary_kinds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/control/secondary.hpp"

namespace corridor::control {
namespace {

/// Parts of one; alike where all are 0.
std::array<double, n_kinds> parts(const Kinds& kinds, double KindSettings::*weight) {
  std::array<double, n_kinds> part{};
  double sum = 0;
  for (std::size_t k = 0; k < n_kinds; ++k) sum += part[k] = kinds[k].*weight;
  for (double& p : part) p = sum > 0 ? p / sum : 1.0 / n_kinds;
  return part;
}

}  // namespace

std::optional<Kinds> kinds_of(const ControlParams& p) {
  if (p.secondary_kinds != "three") return std::nullopt;
  const auto whole = [](double minutes) {
    return static_cast<std::int32_t>(std::floor(minutes + 0.5));
  };
  return Kinds{
      {{p.identity_share,
        p.rules_to_identity,
        whole(p.identity_minutes),
        {0, p.identity_documents, p.identity_contraband, p.identity_wanted, p.identity_cash,
         p.identity_fighter}},
       {p.goods_share,
        p.rules_to_goods,
        whole(p.goods_minutes),
        {0, p.goods_documents, p.goods_contraband, p.goods_wanted, p.goods_cash, p.goods_fighter}},
       {p.interview_share,
        p.rules_to_interview,
        whole(p.interview_minutes),
        {0, p.interview_documents, p.interview_contraband, p.interview_wanted, p.interview_cash,
         p.interview_fighter}}}};
}

SecondaryKind kind_of(Source source, double u, const Kinds& kinds) {
  if (source == Source::list || source == Source::referral) return SecondaryKind::identity;
  const auto part =
      parts(kinds, source == Source::rules ? &KindSettings::of_rules : &KindSettings::share);
  std::size_t last = 0;
  double up_to = 0;
  for (std::size_t k = 0; k < n_kinds; ++k) {
    if (!(part[k] > 0)) continue;
    last = k;
    up_to += part[k];
    if (u < up_to) break;
  }
  return static_cast<SecondaryKind>(last);
}

std::array<std::int32_t, n_kinds> minutes_of(std::int32_t minutes, const Kinds& kinds) {
  const auto part = parts(kinds, &KindSettings::share);
  std::array<std::int32_t, n_kinds> whole{};
  std::array<double, n_kinds> rest{};
  for (std::size_t k = 0; k < n_kinds; ++k) {
    const double exact = minutes * part[k];
    whole[k] = static_cast<std::int32_t>(exact);
    rest[k] = exact - whole[k];
  }
  std::array<std::size_t, n_kinds> order{0, 1, 2};
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
  std::int32_t left = minutes - std::accumulate(whole.begin(), whole.end(), 0);
  for (const std::size_t k : order) {
    if (left <= 0) break;
    ++whole[k];
    --left;
  }
  return whole;
}

}  // namespace corridor::control
