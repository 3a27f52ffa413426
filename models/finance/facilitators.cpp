// SPDX-License-Identifier: Apache-2.0
#include "models/finance/facilitators.hpp"

#include <algorithm>

namespace corridor::finance {
namespace {

std::int64_t in_custody(const FinanceState& state, std::uint32_t row) {
  return std::count_if(state.arrested.begin(), state.arrested.end(),
                       [&](const Arrested& a) { return a.facilitator == row; });
}

bool serves(const Actors& actors, sim::RunKey key, std::uint32_t row, std::uint32_t group) {
  const Facilitator& f = actors.facilitators[row];
  if (!std::binary_search(f.serves.begin(), f.serves.end(), group)) return false;
  return actors.groups[group].kind == f.own_kind || is_shared(f, row, key);
}

}  // namespace

bool is_shared(const Facilitator& facilitator, std::uint32_t row, sim::RunKey key) {
  return uniform(key, Decision::shared, row, 0) < facilitator.share_probability;
}

std::int64_t capacity_of(const Actors& actors, const FinanceState& state, std::uint32_t row) {
  const Facilitator& f = actors.facilitators[row];
  return f.capacity * (f.people - in_custody(state, row)) / f.people;
}

std::optional<Offer> offer(const Actors& actors, const FinanceState& state, sim::RunKey key,
                           std::uint32_t group, Service service, Cents cents) {
  std::optional<Offer> best;
  const std::size_t n_groups = actors.groups.size();
  for (std::uint32_t row = 0; row < actors.facilitators.size(); ++row) {
    const Facilitator& f = actors.facilitators[row];
    if (f.service != service || !serves(actors, key, row, group)) continue;
    std::int64_t used = 0;
    for (std::size_t g = 0; g < n_groups; ++g) used += state.services[row * n_groups + g];
    if (used >= capacity_of(actors, state, row)) continue;
    const Cents fee = f.fee + share_of(cents, f.fee_share);
    if (!best || fee < best->fee) best = Offer{row, fee};
  }
  return best;
}

void count_service(const Desk& desk, std::uint32_t row, std::uint32_t group) {
  if (group < desk.actors.groups.size()) {
    ++desk.state.services[row * desk.actors.groups.size() + group];
  }
}

bool arrest(const Desk& desk, std::uint32_t row, std::int32_t day) {
  const std::int64_t before = in_custody(desk.state, row);
  if (before >= desk.actors.facilitators[row].people) return false;
  const std::uint64_t id = std::uint64_t{row} << 32 | static_cast<std::uint64_t>(before);
  const double u = desk.uniform(Decision::replacement, id, day);
  desk.state.arrested.push_back(
      {row, day + exponential_days(desk.params.facilitator_replacement_days, u)});
  desk.events.push_back({row, 0, day, no_group, EventKind::arrested, no_country});
  return true;
}

void replace_arrested(const Desk& desk, std::int32_t day) {
  std::vector<Arrested> still;
  for (const Arrested& a : desk.state.arrested) {
    if (a.replaced > day) {
      still.push_back(a);
    } else {
      desk.events.push_back({a.facilitator, 0, day, no_group, EventKind::replaced, no_country});
    }
  }
  desk.state.arrested = std::move(still);
}

void arrest_some(const Desk& desk, std::int32_t day) {
  for (std::uint32_t row = 0; row < desk.actors.facilitators.size(); ++row) {
    if (desk.uniform(Decision::arrest, row, day) < desk.params.facilitator_arrest) {
      arrest(desk, row, day);
    }
  }
}

}  // namespace corridor::finance
