// SPDX-License-Identifier: Apache-2.0
#include "models/risk/record_selection.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace corridor::risk {

Selector::Selector(const RecordStore& store, std::vector<std::int32_t> scores)
    : store_(store), scores_(std::move(scores)), order_(store.n) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(store_.post[a], store_.hour[a], scores_[b], store_.tie[a], a) <
           std::tuple(store_.post[b], store_.hour[b], scores_[a], store_.tie[b], b);
  });
}

bool Selector::has_posts(const RecordStore& store) {
  return std::any_of(store.post.begin(), store.post.end(),
                     [](std::uint32_t p) { return p != unknown_post; });
}
bool Selector::has_hours(const RecordStore& store) {
  return std::any_of(store.hour.begin(), store.hour.end(),
                     [](std::int32_t h) { return h != unknown_hour; });
}

Selection Selector::select(double share) const {
  Selection out;
  out.selected.assign(store_.n, 0);
  // A whole number that comes out a hair too small, as 0.07 * 100 may, is still that number.
  const auto opened = [&](std::size_t n) {
    return std::min(n, static_cast<std::size_t>(share * static_cast<double>(n) + 1e-9));
  };
  std::size_t seen = 0;
  for (std::size_t first = 0, last = 0; first < order_.size(); first = last) {
    const std::uint32_t post = store_.post[order_[first]];
    const std::int32_t hour = store_.hour[order_[first]];
    if (first == 0 || store_.post[order_[first - 1]] != post) seen = 0;
    while (last < order_.size() && store_.post[order_[last]] == post &&
           store_.hour[order_[last]] == hour)
      ++last;
    const std::size_t people = last - first;
    const std::size_t places = std::min(people, opened(seen + people) - opened(seen));
    seen += people;
    if (places == 0) continue;
    ++out.cells;
    out.places += static_cast<std::int64_t>(places);
    const std::int32_t cut = scores_[order_[first + places - 1]];
    out.cuts.push_back(cut);
    for (std::size_t i = first; i < last && scores_[order_[i]] >= cut; ++i) {
      const bool in = i < first + places;
      out.selected[order_[i]] = in ? 1 : 0;
      if (scores_[order_[i]] != cut) continue;
      ++out.tied;
      out.tied_in += in ? 1 : 0;
    }
  }
  return out;
}

}  // namespace corridor::risk
