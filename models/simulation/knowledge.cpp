// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/knowledge.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace corridor::simulation {
namespace {

using cooperation::long_ago;
using cooperation::never;

/// Days of pieces: the first of each kind and country.
class Pieces {
 public:
  void add(risk::List list, std::uint16_t holder, std::int32_t day) {
    if (day == never) return;
    const auto [at, added] = days_.try_emplace({list, holder}, day);
    if (!added) at->second = std::min(at->second, day);
  }
  /// Day on which there are so many; never.
  [[nodiscard]] std::int32_t have(std::size_t n) const {
    if (days_.size() < n) return never;
    std::vector<std::int32_t> days;
    for (const auto& [piece, day] : days_) days.push_back(day);
    std::sort(days.begin(), days.end());
    return days[n - 1];
  }

 private:
  std::map<std::pair<risk::List, std::uint16_t>, std::int32_t> days_;
};

}  // namespace

PooledMoment pooled_moment(std::span<const SpecialPerson::Record> records, std::size_t pieces) {
  Pieces all;
  std::array<Pieces, cooperation::most_systems> systems;
  std::map<std::uint16_t, Pieces> countries;
  for (const SpecialPerson::Record& r : records) {
    if (!r.means_him) continue;
    all.add(r.list, r.usable.holder, r.usable.known);
    countries[r.usable.holder].add(r.list, r.usable.holder, r.usable.national);
    for (std::size_t s = 0; s < systems.size(); ++s)
      systems[s].add(r.list, r.usable.holder, r.usable.at[s]);
  }
  PooledMoment moment;
  moment.all = all.have(pieces);
  for (const Pieces& p : systems) moment.one = std::min(moment.one, p.have(pieces));
  for (const auto& [country, p] : countries) moment.one = std::min(moment.one, p.have(pieces));
  return moment;
}

std::array<std::int64_t, n_knowledge> known_at(const StreamContext& c, const travel::Batch& b,
                                               std::size_t i, std::uint32_t k,
                                               const SpecialPerson& special) {
  std::array<std::int64_t, n_knowledge> row{};
  const auto of = [&](Knowledge what) -> std::int64_t& {
    return row[static_cast<std::size_t>(what)];
  };
  const std::uint32_t post = b.post[k][i];
  const std::int32_t day = b.day + b.minute[k][i] / 1440;
  std::int32_t known = never, acted = day;
  for (const SpecialPerson::Record& r : special.records) {
    if (!r.means_him) continue;
    known = std::min(known, r.usable.known);
    if (shown_at(c, b, i, k, r) != risk::ListSource::none)
      acted = std::min(acted, c.exchange.first_shown(r.usable, post, day));
  }
  if (known != long_ago && known <= day) {
    of(Knowledge::gap_crossings) = 1;
    of(Knowledge::gap_days) = std::max(0, acted - known);
  }
  const PooledMoment moment = pooled_moment(special.records, c.exchange.pieces(day));
  if (moment.all == long_ago || moment.all > day) return row;
  of(Knowledge::pooled_crossings) = 1;
  of(Knowledge::pooled_days) = std::max(0, std::min(moment.one, day) - moment.all);
  of(Knowledge::never_one) = moment.one > day ? 1 : 0;
  return row;
}

}  // namespace corridor::simulation
