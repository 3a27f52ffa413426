// SPDX-License-Identifier: Apache-2.0
#include "models/control/secondary.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

namespace corridor::control {
namespace {

// Indices of Purpose::review. A person may be inspected at several posts of one day: post and way
// are in the index.
std::uint16_t review_index(const Candidate& c) {
  return static_cast<std::uint16_t>((c.post & 0xfff) << 4 | (c.way & 1U) << 3 | (c.member & 7U));
}

// The draw that gives a fraction of a place to the random share belongs to a post, not to a trip:
// ids of its own.
constexpr std::uint64_t post_id = 0xffff'ffff'0000'0000ULL;

auto person(const Candidate& c) { return std::tie(c.trip, c.way, c.member); }

}  // namespace

bool before(const Candidate& a, const Candidate& b) {
  return std::tie(a.source, b.score, a.tie, a.trip, a.way, a.member) <
         std::tie(b.source, a.score, b.tie, b.trip, b.way, b.member);
}

bool before_in_day(const Candidate& a, const Candidate& b) {
  if (a.post != b.post) return a.post < b.post;
  if (a.hour != b.hour) return a.hour < b.hour;
  return before(a, b);
}

SecondarySettings secondary_settings(const ControlParams& params) {
  return {static_cast<std::int32_t>(std::floor(params.secondary_minutes + 0.5)),
          params.random_floor, params.review_sensitivity, params.review_specificity};
}

void SecondaryCounts::operator+=(const SecondaryCounts& other) {
  candidates += other.candidates;
  selected += other.selected;
  cleared += other.cleared;
  refused += other.refused;
  turned_away += other.turned_away;
  capacity += other.capacity;
  for (std::size_t s = 0; s < n_sources; ++s) selected_by[s] += other.selected_by[s];
}

std::int64_t secondary_capacity(std::int32_t places, std::int32_t carry_minutes,
                                std::int32_t minutes) {
  const std::int64_t free = std::max<std::int64_t>(0, std::int64_t{60} * places - carry_minutes);
  return (free + minutes - 1) / minutes;
}

SecondaryCounts settle_secondary(std::span<Candidate> candidates, std::int32_t places,
                                 std::int32_t& carry_minutes, const SecondarySettings& settings,
                                 sim::RunKey key, std::int32_t day) {
  if (!(settings.minutes >= 1)) {
    throw std::invalid_argument("settle_secondary: an inspection takes at least a minute");
  }
  SecondaryCounts counts;
  counts.capacity = secondary_capacity(places, carry_minutes, settings.minutes);
  std::sort(candidates.begin(), candidates.end(), before);

  // Each person once, under the first source.
  std::vector<std::size_t> rows(candidates.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return person(candidates[a]) != person(candidates[b])
               ? person(candidates[a]) < person(candidates[b])
               : a < b;
  });
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [&](std::size_t a, std::size_t b) {
                           return person(candidates[a]) == person(candidates[b]);
                         }),
             rows.end());
  std::sort(rows.begin(), rows.end());
  counts.candidates = static_cast<std::int64_t>(rows.size());

  const auto drawn =
      static_cast<std::int64_t>(std::count_if(rows.begin(), rows.end(), [&](std::size_t i) {
        return candidates[i].source == Source::random;
      }));
  const std::int64_t others = counts.candidates - drawn;
  std::int64_t kept = 0;  // places that only the random share may take
  if (drawn > 0 && counts.capacity > 0) {
    const double share = settings.random_floor * static_cast<double>(counts.capacity);
    kept = static_cast<std::int64_t>(share);
    const auto word = sim::draw(key, sim::Purpose::review, post_id | candidates[rows[0]].post, day,
                                candidates[rows[0]].hour)[0];
    kept += sim::uniform32(word) < share - static_cast<double>(kept) ? 1 : 0;
    kept = std::min(kept, drawn);
  }
  const std::int64_t first = std::min(others, counts.capacity - kept);
  const std::int64_t second = std::min(drawn, counts.capacity - first);

  for (std::int64_t rank = 0; rank < counts.candidates; ++rank) {
    if (!(rank < first || (rank >= others && rank < others + second))) continue;
    Candidate& c = candidates[rows[static_cast<std::size_t>(rank)]];
    const double refusal = c.irregular ? settings.sensitivity : 1 - settings.specificity;
    const auto word = sim::draw(key, sim::Purpose::review, c.trip, day, review_index(c))[0];
    const bool refused = sim::uniform32(word) < refusal;
    c.outcome = refused ? Outcome::refused : Outcome::cleared;
    (refused ? counts.refused : counts.cleared) += 1;
    counts.selected += 1;
    counts.selected_by[static_cast<std::size_t>(c.source)] += 1;
  }
  counts.turned_away = counts.candidates - counts.selected;
  const std::int64_t taken =
      carry_minutes + settings.minutes * counts.selected - std::int64_t{60} * places;
  carry_minutes = static_cast<std::int32_t>(std::max<std::int64_t>(0, taken));
  return counts;
}

}  // namespace corridor::control
