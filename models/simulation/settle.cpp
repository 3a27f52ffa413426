// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/settle.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "models/control/staffing.hpp"
#include "models/simulation/person_at_post.hpp"

namespace corridor::simulation {
namespace {

// Days of fractional places belong to posts: ids that no trip has.
constexpr std::uint64_t place_id = 0xffff'fffe'0000'0000ULL;

std::array<control::QueueSettings, n_lanes> queue_settings(const control::ControlParams& params,
                                                           double scale) {
  std::array<control::QueueSettings, n_lanes> settings;
  for (std::size_t lane = 0; lane < n_lanes; ++lane) {
    settings[lane] = {control::service_of(static_cast<control::Lane>(lane), params),
                      60 * params.overflow_wait_minutes, 1 / scale};
  }
  return settings;
}

/// Result of a candidate in the words of the sample (docs/results-format.md).
std::uint8_t sample_outcome(control::Outcome outcome) {
  return static_cast<std::uint8_t>(static_cast<std::uint8_t>(outcome) + 1);
}

void note_samples(State& state) {
  for (SampleRow& s : state.samples) {
    for (const control::Candidate& c : state.candidates[0]) {
      if (c.trip != s.trip || c.way != s.way || c.member != s.member) continue;
      if (s.outcome > sample_outcome(control::Outcome::cleared)) continue;  // did not go on
      if (control::inspected(c.outcome)) s.selected = 1;
      s.outcome = std::max(s.outcome, sample_outcome(c.outcome));
    }
  }
}

void add(const control::SecondaryCounts& s, DayCounts& counts) {
  using control::Outcome;
  counts.candidates += s.total();
  counts.reviewed += s.reviewed();
  counts.secondary_selected += s.inspected();
  counts.secondary_cleared += s.with(Outcome::cleared);
  counts.secondary_refused += s.with(Outcome::refused);
  counts.secondary_turned_away += s.with(Outcome::not_reviewed) + s.with(Outcome::no_place);
  for (std::size_t i = 0; i < control::n_sources; ++i) {
    counts.candidates_by_source[i] += s.candidates[i];
    for (std::size_t o = 0; o < control::n_outcomes; ++o) counts.outcomes[i][o] += s.outcomes[i][o];
  }
  for (std::size_t o = 0; o < control::n_outcomes; ++o) {
    counts.traveller_minutes[o] += s.traveller_minutes[o];
    counts.officer_minutes[o] += s.officer_minutes[o];
  }
  for (std::size_t t = 0; t < control::n_threats; ++t) {
    counts.threats_inspected[t] += s.inspected_with[t];
    counts.threats_found[t] += s.found_of[t];
  }
}

/// What is written down: reviews with a hit, and whatever did not end with "cleared".
bool is_event(const control::Candidate& c) {
  return control::held(c.outcome) || (c.found != 0 && c.outcome != control::Outcome::not_reviewed);
}

}  // namespace

Settlement::Settlement(const StreamContext& context, const control::ControlParams& params,
                       double scale)
    : c_(context),
      scale_(scale),
      queue_(queue_settings(params, scale)),
      secondary_(control::secondary_settings(params)),
      params_(params),
      delays_(context.control.officers,
              std::array{queue_[0].service, queue_[1].service, queue_[2].service}) {}

std::vector<EventRow> Settlement::run(State& state, std::uint32_t month_of_year, DayCounts& counts,
                                      sim::Workers& workers, DayCuts* cuts) const {
  std::vector<EventRow> events;
  if (cuts != nullptr) cuts->assign(c_.control.posts.size(), {});
  auto batch = std::make_unique<travel::Batch>();
  std::vector<Refusal> refused;
  Gone gone;
  for (const bool entry : {false, true}) {
    refused.clear();
    gone.crossings.clear();
    settle_posts(entry, state, month_of_year, counts, refused, events, workers, cuts);
    for (const Refusal& refusal : refused) remove(refusal, entry, state, counts, *batch, gone);
    for (auto& day : state.candidates) {
      std::erase_if(day, [&](const control::Candidate& c) {
        return c.way == 0 && gone.crossings.contains({c.trip, c.post, c.member});
      });
    }
  }
  const auto known = static_cast<std::ptrdiff_t>(state.removed.size());
  state.removed.insert(state.removed.end(), gone.persons.begin(), gone.persons.end());
  std::inplace_merge(state.removed.begin(), state.removed.begin() + known, state.removed.end());
  note_samples(state);
  return events;
}

void Settlement::settle_posts(bool entry, State& state, std::uint32_t month_of_year,
                              DayCounts& counts, std::vector<Refusal>& refused,
                              std::vector<EventRow>& events, sim::Workers& workers,
                              DayCuts* cuts) const {
  // In a total order, so that nothing depends on which worker found a candidate first.
  auto& candidates = state.candidates[0];
  std::sort(candidates.begin(), candidates.end(), control::before_in_day);
  const auto n_posts = static_cast<std::uint32_t>(c_.control.posts.size());
  std::vector<std::size_t> first(n_posts + 1U, 0);
  for (const control::Candidate& c : candidates) ++first[c.post + 1U];
  for (std::uint32_t p = 0; p < n_posts; ++p) first[p + 1] += first[p];

  std::vector<DayCounts> parts(static_cast<std::size_t>(workers.count()));
  constexpr std::uint32_t chunk = 32;
  workers.run((n_posts + chunk - 1) / chunk, [&](std::size_t unit, int worker) {
    const auto begin = static_cast<std::uint32_t>(unit) * chunk;
    for (std::uint32_t p = begin; p < std::min(n_posts, begin + chunk); ++p) {
      if ((c_.control.posts[p].entry != 0) != entry) continue;
      settle_post(p, state, month_of_year,
                  std::span(candidates).subspan(first[p], first[p + 1] - first[p]),
                  parts[static_cast<std::size_t>(worker)], cuts == nullptr ? nullptr : &(*cuts)[p]);
    }
  });
  for (const DayCounts& part : parts) counts += part;

  for (const control::Candidate& c : candidates) {
    const bool here = (c_.control.posts[c.post].entry != 0) == entry;
    if (!here) continue;
    if (control::held(c.outcome) && c.way == 0) refused.push_back({c.trip, c.post, c.member});
    if (is_event(c)) events.push_back({c, state.day});
  }
}

void Settlement::settle_post(std::uint32_t index, State& state, std::uint32_t month_of_year,
                             std::span<control::Candidate> candidates, DayCounts& counts,
                             std::array<control::Cut, 24>* cuts) const {
  const PostRow& post = c_.control.posts[index];
  MonthSums& month = state.month;
  for (std::uint32_t lane = 0; lane < n_lanes; ++lane) {
    const std::size_t row = std::size_t{index} * n_lanes + lane;
    const std::span<const std::uint32_t, n_bins> arrivals(&state.arrivals[0][row * n_bins], n_bins);
    double& in_system = state.control.in_system[row];
    if (in_system == 0 &&
        std::all_of(arrivals.begin(), arrivals.end(), [](std::uint32_t n) { return n == 0; })) {
      continue;
    }
    control::HourlyOfficers officers;
    const auto hours = c_.control.hours(month_of_year, index, lane);
    std::copy(hours.begin(), hours.end(), officers.begin());
    const control::LaneDay day =
        control::run_lane(delays_, queue_[lane], arrivals, officers, in_system,
                          control::rounding_phase(index, lane, state.day));
    counts.primary_persons += day.persons;
    counts.wait_person_seconds += day.wait_person_seconds;
    counts.overflow_persons += day.overflow_persons;
    month.post_persons[index] += day.persons;
    month.post_wait_person_seconds[index] += day.wait_person_seconds;
    month.post_overflow[index] += day.overflow_persons;
    for (std::size_t b = 0; b < control::n_wait_bins; ++b) {
      month.wait_histogram[index * control::n_wait_bins + b] +=
          static_cast<std::int32_t>(day.histogram[b]);
    }
  }

  control::Carry carry{state.control.review_carry[index], state.control.secondary_carry[index]};
  if (candidates.empty() && carry.review == 0 && carry.inspection == 0) return;
  control::Capacity capacity{control::reviewers_for(post.places, params_), post.places};
  if (scale_ < 1) {
    const sim::Block b = sim::draw(c_.key, sim::Purpose::review, place_id | index, state.day);
    const auto part = [&](std::int32_t whole, std::uint32_t word) {
      return static_cast<std::int32_t>(std::floor(whole * scale_ + sim::uniform32(word)));
    };
    capacity = {part(capacity.reviewers, b[1]), part(capacity.places, b[0])};
  }
  control::SecondaryCounts day;
  std::size_t at = 0;
  for (std::uint8_t hour = 0; hour < 24; ++hour) {
    std::size_t end = at;
    while (end < candidates.size() && candidates[end].hour == hour) ++end;
    day += control::settle_secondary(candidates.subspan(at, end - at), capacity, carry, secondary_,
                                     c_.key, state.day, cuts == nullptr ? nullptr : &(*cuts)[hour]);
    at = end;
  }
  state.control.review_carry[index] = carry.review;
  state.control.secondary_carry[index] = carry.inspection;
  add(day, counts);
  month.post_selected[index] += day.inspected();
  month.post_refused[index] += day.with(control::Outcome::refused);
}

void Settlement::remove(const Refusal& refusal, bool entry, State& state, DayCounts& counts,
                        travel::Batch& batch, Gone& gone) const {
  const travel::TripId trip = travel::unpack(refusal.trip);
  const auto member = static_cast<std::uint8_t>(refusal.member);
  const Removed person{trip.day + static_cast<std::int32_t>(trip.nights), refusal.trip, member};
  if (std::binary_search(state.removed.begin(), state.removed.end(), person)) return;
  if (!gone.persons.insert(person).second) return;
  counts.trips_refused += 1;

  make_single(
      c_, batch, refusal.trip, travel::Way::out,
      c_.years == nullptr ? std::vector<PersonOfInterest>{} : c_.years->on_trip(refusal.trip));
  std::uint32_t k = 0;
  while (k < batch.n_crossings[0] && batch.post[k][0] != refusal.post) ++k;
  for (++k; k < batch.n_crossings[0]; ++k) {
    const auto minute = static_cast<std::uint32_t>(batch.minute[k][0]);
    const std::int32_t offset = batch.day + static_cast<std::int32_t>(minute / 1440) - state.day;
    const std::uint32_t post = batch.post[k][0];
    // Of today, only entries are still ahead, and only while exits are settled.
    if (offset < 0 || (offset == 0 && (entry || c_.control.posts[post].entry == 0))) continue;
    (batch.entry[k][0] ? counts.crossings_entry : counts.crossings_exit) -= 1;
    const PersonAtPost p = person_at_post(c_, batch, 0, member, k);
    if (!p.checked) continue;
    const auto ahead_days = static_cast<std::size_t>(offset);
    --state.arrivals[ahead_days][arrival_cell(post, p.lane, minute % 1440)];
    gone.crossings.insert({refusal.trip, post, member});
  }
  const std::int32_t nights_on_the_road = batch.end_minute[0] / 1440;
  for (std::int32_t d = 0; d < nights_on_the_road; ++d) {
    const std::int32_t offset = batch.day + d - state.day;
    if (offset >= 0 && offset < static_cast<std::int32_t>(ahead)) {
      --state.still_on_the_road[static_cast<std::size_t>(offset)];
    }
  }
}

}  // namespace corridor::simulation
