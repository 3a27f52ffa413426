// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/requests.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/samplers.hpp"

namespace corridor::cooperation {
namespace {

/// What is drawn for a request: its place in the queue, how long its answer takes, whether it is
/// refused. The same through every channel. The index is beyond those of links, qualities
/// and queries.
sim::Block block_of(const RecordRequest& r, sim::RunKey key) {
  constexpr std::uint32_t request_index = 0x8000;
  return sim::draw(key, sim::Purpose::record_link, r.record, r.asked,
                   static_cast<std::uint16_t>(request_index | r.asker));
}

auto permission_of(const RecordRequest& r) {
  return std::tie(r.record, r.year_or_day, r.index, r.asker, r.system);
}
bool before(const RecordRequest& a, const RecordRequest& b) {
  return permission_of(a) < permission_of(b);
}

}  // namespace

std::vector<RecordRequest> RequestBook::ask(std::span<const RecordRequest> requests) {
  std::vector<RecordRequest> sorted(requests.begin(), requests.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<RecordRequest> taken;
  for (const RecordRequest& r : sorted) {
    if (r.kind == RequestKind::permission) {
      const auto at = std::lower_bound(permissions_.begin(), permissions_.end(), r, before);
      if (at != permissions_.end() && permission_of(*at) == permission_of(r)) continue;
      permissions_.insert(at, r);
    }
    taken.push_back(r);
  }
  waiting_.insert(waiting_.end(), taken.begin(), taken.end());
  std::sort(waiting_.begin(), waiting_.end());
  return taken;
}

std::vector<RecordRequest> RequestBook::serve(std::int32_t day, const RequestRules& rules,
                                              sim::RunKey key) {
  const double a_day = static_cast<double>(rules.capacity) * rules.scale;
  const auto most = static_cast<std::int64_t>(std::floor((day + 1.0) * a_day)) -
                    static_cast<std::int64_t>(std::floor(day * a_day));
  struct Place {
    std::uint16_t holder;
    std::int32_t asked;
    std::uint32_t word;
    std::size_t row;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> queue;
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    const RecordRequest& r = waiting_[i];
    if (r.asked <= day) queue.push_back({r.holder, r.asked, block_of(r, key)[0], i});
  }
  std::sort(queue.begin(), queue.end());
  std::vector<RecordRequest> served;
  std::vector<std::uint8_t> gone(waiting_.size(), 0);
  std::int64_t taken = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (i == 0 || queue[i].holder != queue[i - 1].holder) taken = 0;
    if (rules.capacity > 0 && taken == most) continue;
    ++taken;
    gone[queue[i].row] = 1;
    RecordRequest r = waiting_[queue[i].row];
    const sim::Block own = block_of(r, key);
    r.answer_day = day + keyed_delay(rules.answer_days, own[1]);
    r.refused = r.kind == RequestKind::permission && sim::uniform32(own[2]) < rules.refused ? 1 : 0;
    served.push_back(r);
    if (r.kind != RequestKind::permission) continue;
    const auto at = std::lower_bound(permissions_.begin(), permissions_.end(), r, before);
    *at = r;
  }
  std::size_t row = 0;
  std::erase_if(waiting_, [&](const RecordRequest&) { return gone[row++] != 0; });
  return served;
}

bool RequestBook::allowed(const RecordKey& record, std::uint16_t asker, std::int32_t day) const {
  RecordRequest first;
  first.record = record.id;
  first.year_or_day = record.year_or_day;
  first.index = record.index;
  first.asker = asker;
  for (auto at = std::lower_bound(permissions_.begin(), permissions_.end(), first, before);
       at != permissions_.end() &&
       std::tie(at->record, at->year_or_day, at->index, at->asker) ==
           std::tie(first.record, first.year_or_day, first.index, first.asker);
       ++at) {
    if (at->refused == 0 && at->answer_day < day) return true;
  }
  return false;
}

std::int64_t hold_minutes(const RecordRequest& request, const RequestRules& rules,
                          double most_hours, sim::RunKey key) {
  const double days =
      sim::exponential(rules.answer_days, sim::uniform32(block_of(request, key)[1]));
  return static_cast<std::int64_t>(std::min(60 * most_hours, 1440 * days));
}

}  // namespace corridor::cooperation
