// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/settle.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <numeric>
#include <tuple>

#include "models/control/staffing.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/stand_ins.hpp"

namespace corridor::simulation {
namespace {

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

/// Day on which a trip comes back; of one that never does, one that has been.
std::int32_t return_day(const StreamContext& c, std::uint64_t id) {
  if (travel::is_injected(id)) return injected_trip(c, id).return_day();
  const travel::TripId trip = travel::unpack(id);
  return trip.day + static_cast<std::int32_t>(trip.nights);
}

/// Minutes of a post that inspections of before still take.
control::Carry carry_of(const control::ControlState& state, std::uint32_t post) {
  control::Carry carry{state.review_carry[post], state.secondary_carry[post]};
  for (std::size_t k = 1; k < control::n_kinds && !state.other_kinds_carry.empty(); ++k)
    carry.of_kind(k) = state.other_kinds_carry[post * (control::n_kinds - 1) + k - 1];
  return carry;
}
void keep_carry(control::Carry carry, control::ControlState& state, std::uint32_t post) {
  state.review_carry[post] = carry.review;
  state.secondary_carry[post] = carry.inspection;
  for (std::size_t k = 1; k < control::n_kinds && !state.other_kinds_carry.empty(); ++k)
    state.other_kinds_carry[post * (control::n_kinds - 1) + k - 1] = carry.of_kind(k);
}

auto person(const control::Candidate& c) { return std::tie(c.trip, c.way, c.member); }

/// Order in which a day is settled: hour, post; within these the order of the cut.
bool settled_before(const control::Candidate& a, const control::Candidate& b) {
  if (a.hour != b.hour) return a.hour < b.hour;
  return control::before_in_day(a, b);
}

}  // namespace

Settlement::Settlement(const StreamContext& context, const control::ControlParams& params,
                       double scale)
    : c_(context),
      scale_(scale),
      queue_(queue_settings(params, scale)),
      secondary_(settings_of_posts(context.control, params, context.key)),
      params_(params),
      delays_(context.control.officers,
              std::array{queue_[0].service, queue_[1].service, queue_[2].service}) {}

std::vector<EventRow> Settlement::run(State& state, std::uint32_t month_of_year,
                                      DayTallies& tallies, sim::Workers& workers,
                                      const cooperation::Forces& forces, DayCuts* cuts) const {
  if (!secondary_.empty() && secondary_[0].kinds)
    state.control.other_kinds_carry.resize((control::n_kinds - 1) * c_.control.posts.size());
  if (cuts != nullptr) cuts->assign(c_.control.posts.size(), {});
  // In a total order, so that nothing depends on which worker found a candidate first.
  std::vector<control::Candidate> today = std::exchange(state.candidates[0], {});
  std::sort(today.begin(), today.end(), settled_before);
  std::vector<control::Candidate> others = stand_ins_of(state, scale_, c_.key);
  std::sort(others.begin(), others.end(), settled_before);

  Gone gone;
  auto next = today.begin();
  auto next_other = others.begin();
  const auto of_hour = [](auto& it, auto end, std::uint8_t hour) {
    const auto from = it;
    while (it != end && it->hour == hour) ++it;
    return std::span(from, it);
  };
  for (std::uint8_t hour = 0; hour < 24; ++hour) {
    std::vector<Group> groups =
        groups_of(state, of_hour(next, today.end(), hour), of_hour(next_other, others.end(), hour),
                  forces, gone, tallies);
    settle_hour(groups, state.day, workers);
    close_hour(groups, hour, state, tallies, gone, cuts);
  }
  for (auto& day : state.candidates) {
    std::erase_if(day, [&](const control::Candidate& c) { return left_out(c, gone, tallies); });
  }
  const auto known = static_cast<std::ptrdiff_t>(state.removed.size());
  std::sort(gone.persons.begin(), gone.persons.end());
  state.removed.insert(state.removed.end(), gone.persons.begin(), gone.persons.end());
  std::inplace_merge(state.removed.begin(), state.removed.begin() + known, state.removed.end());
  // Those behind whom nobody is missing any more.
  settle_queues(state, month_of_year, tallies.ordinary.counts, workers);

  std::vector<control::Candidate>& settled = state.candidates[0];
  settled = std::move(gone.settled);
  std::sort(settled.begin(), settled.end(), control::before_in_day);
  note_samples(state);
  std::vector<EventRow> events;
  for (const bool entry : {false, true}) {
    for (const control::Candidate& c : settled) {
      if ((c_.control.posts[c.post].entry != 0) == entry && control::is_event(c))
        events.push_back({c, state.day});
    }
  }
  return events;
}

bool Settlement::left_out(const control::Candidate& c, const Gone& gone, DayTallies& tallies) {
  if (gone.crossings.empty() || !gone.crossings.contains({c.trip, c.way, c.member, c.crossing}))
    return false;
  DayCounts& counts = tallies.of_trip(c.trip).counts;
  counts.flagged -= c.flagged;
  counts.list_hits -= c.source == control::Source::list ? 1 : 0;
  return true;
}

std::vector<Settlement::Group> Settlement::groups_of(const State& state,
                                                     std::span<const control::Candidate> of_hour,
                                                     std::span<const control::Candidate> others,
                                                     const cooperation::Forces& forces,
                                                     const Gone& gone, DayTallies& tallies) const {
  std::vector<Group> groups;
  auto c = of_hour.begin();
  auto o = others.begin();
  for (std::uint32_t p = 0; p < c_.control.posts.size(); ++p) {
    const auto first = c;
    while (c != of_hour.end() && c->post == p) ++c;
    const auto first_other = o;
    while (o != others.end() && o->post == p) ++o;
    const control::Carry carry = carry_of(state.control, p);
    if (first == c && first_other == o && carry.none()) continue;
    Group group;
    std::copy_if(first, c, std::back_inserter(group.candidates),
                 [&](const control::Candidate& here) { return !left_out(here, gone, tallies); });
    group.stand_ins = {first_other, o};
    group.before = carry;
    group.post = p;
    group.forces = forces.at(p);
    groups.push_back(std::move(group));
  }
  return groups;
}

void Settlement::settle_hour(std::vector<Group>& groups, std::int32_t day,
                             sim::Workers& workers) const {
  std::vector<std::size_t> todo(groups.size());
  std::iota(todo.begin(), todo.end(), std::size_t{0});
  while (!todo.empty()) {
    constexpr std::size_t chunk = 32;
    workers.run((todo.size() + chunk - 1) / chunk, [&](std::size_t unit, int) {
      for (std::size_t i = unit * chunk; i < std::min(todo.size(), (unit + 1) * chunk); ++i) {
        settle_group(groups[todo[i]], day);
      }
    });
    todo = without_the_held(groups);
  }
}

void Settlement::settle_group(Group& group, std::int32_t day) const {
  const PostRow& post = c_.control.posts[group.post];
  const control::Capacity capacity =
      capacity_with({control::reviewers_for(post.places, params_), post.places}, group.forces);
  for (control::Candidate& c : group.candidates) c.outcome = control::Outcome::not_reviewed;
  group.after = group.before;
  control::Apart apart{travel::is_injected, {}};
  group.counts = control::settle_secondary(
      group.candidates, capacity, group.after, settings_at(group.post, group.forces), c_.key, day,
      &group.cut, group.stand_ins, c_.whole ? nullptr : &apart);
  group.alone = apart.counts;
}

control::SecondarySettings Settlement::settings_at(std::uint32_t post,
                                                   const cooperation::PostForces& forces) const {
  return settings_with(secondary_[post], forces);
}

cooperation::Concern concern_of(control::Threat threat) {
  using cooperation::Concern;
  switch (threat) {
    case control::Threat::contraband:
      return Concern::drugs;
    case control::Threat::cash:
      return Concern::finance;
    case control::Threat::wanted:
    case control::Threat::fighter:
      return Concern::fighters;
    case control::Threat::documents:
    case control::Threat::none:
      break;
  }
  return Concern::documents;
}

std::vector<control::SecondarySettings> settings_of_posts(const ControlTables& control,
                                                          const control::ControlParams& params,
                                                          sim::RunKey key) {
  const control::SecondarySettings everywhere = control::secondary_settings(params);
  const control::Standings standings = control::standings_of(params);
  std::vector<control::SecondarySettings> of_posts;
  for (std::uint32_t p = 0; p < control.posts.size(); ++p) {
    of_posts.push_back(
        control::settings_at(everywhere, standings[control.posts[p].income_class], key, p));
  }
  return of_posts;
}

control::Capacity capacity_with(control::Capacity capacity, const cooperation::PostForces& forces) {
  return {std::max(0, capacity.reviewers + forces.reviewers),
          std::max(0, capacity.places + forces.places), forces.joint};
}

control::SecondarySettings settings_with(const control::SecondarySettings& settings,
                                         const cooperation::PostForces& forces) {
  control::SecondarySettings s = settings;
  using cooperation::raised;
  using cooperation::spared;
  s.forward_threat = raised(raised(s.forward_threat, forces.review_gain), forces.flag_gain);
  s.forward_innocent = spared(s.forward_innocent, forces.flag_gain);
  s.confirm_match = raised(s.confirm_match, forces.hit_gain);
  s.confirm_false = spared(s.confirm_false, forces.hit_gain);
  for (std::size_t t = 1; t < control::n_threats; ++t) {
    const auto concern = static_cast<std::size_t>(concern_of(static_cast<control::Threat>(t)));
    const double gain = forces.inspection_gain[concern];
    s.sensitivity[t] = raised(s.sensitivity[t], gain);
    if (!s.kinds) continue;
    for (control::KindSettings& kind : *s.kinds) kind.finds[t] = raised(kind.finds[t], gain);
  }
  return s;
}

std::vector<std::size_t> Settlement::without_the_held(std::vector<Group>& groups) {
  using Person = std::tuple<std::uint64_t, std::uint8_t, std::uint8_t>;
  std::vector<Person> held;
  for (const Group& g : groups) {
    for (const control::Candidate& c : g.candidates) {
      if (control::held(c.outcome)) held.push_back(person(c));
    }
  }
  std::sort(held.begin(), held.end());
  struct Stop {
    const control::Candidate* candidate;
    std::size_t group;
  };
  std::vector<Stop> stops;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const control::Candidate& c : groups[g].candidates) {
      if (std::binary_search(held.begin(), held.end(), Person(person(c)))) stops.push_back({&c, g});
    }
  }
  std::sort(stops.begin(), stops.end(), [](const Stop& a, const Stop& b) {
    return std::tuple_cat(person(*a.candidate), std::tie(a.candidate->crossing)) <
           std::tuple_cat(person(*b.candidate), std::tie(b.candidate->crossing));
  });
  // Of each person, in the order of his way: whatever comes after the first hold does not happen.
  std::vector<std::pair<std::size_t, control::Candidate>> too_late;
  bool stopped = false;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const control::Candidate& c = *stops[i].candidate;
    if (i == 0 || person(c) != person(*stops[i - 1].candidate)) stopped = false;
    if (stopped) too_late.emplace_back(stops[i].group, c);
    stopped = stopped || control::held(c.outcome);
  }
  std::vector<std::size_t> changed;
  for (const auto& [group, candidate] : too_late) {
    std::erase(groups[group].candidates, candidate);
    groups[group].left_out.push_back(candidate);
    changed.push_back(group);
  }
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

void Settlement::add(const control::SecondaryCounts& s, std::uint32_t post, DayTally& tally) const {
  using control::Outcome;
  DayCounts& counts = tally.counts;
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
  for (std::size_t k = 0; k < control::n_kinds; ++k) tally.kinds[k] += s.kinds[k];
  PlaceRow& place = tally.places.of_country[c_.control.posts[post].country];
  place.of(PlaceMeasure::inspected) += s.inspected();
  place.of(PlaceMeasure::officer_minutes) +=
      std::accumulate(s.officer_minutes.begin(), s.officer_minutes.end(), std::int64_t{0});
  for (std::size_t i = 0; i < control::n_sources; ++i) {
    tally.expected[i] += s.expected[i];
    // Of lists by whose they are (sharing_day.hpp).
    if (const auto named = named_by(static_cast<control::Source>(i)))
      place.expected[static_cast<std::size_t>(*named)] += s.expected[i];
  }
}

void Settlement::close_hour(std::vector<Group>& groups, std::uint8_t hour, State& state,
                            DayTallies& tallies, Gone& gone, DayCuts* cuts) const {
  auto batch = std::make_unique<travel::Batch>();
  for (Group& g : groups) {
    keep_carry(g.after, state.control, g.post);
    add(g.counts, g.post, tallies.ordinary);
    state.month.post_selected[g.post] += g.counts.inspected();
    state.month.post_refused[g.post] += g.counts.with(control::Outcome::refused);
    if (!c_.whole) {
      add(g.alone, g.post, tallies.alone);
      state.month.alone_selected[g.post] += g.alone.inspected();
      state.month.alone_refused[g.post] += g.alone.with(control::Outcome::refused);
    }
    if (cuts != nullptr) (*cuts)[g.post][hour] = g.cut;
    for (const control::Candidate& c : g.candidates) {
      if (control::held(c.outcome)) remove_party(c, state, tallies, *batch, gone);
      gone.settled.push_back(c);
    }
  }
  // Those of this hour whom remove() has named by now.
  for (const Group& g : groups) {
    for (const control::Candidate& c : g.left_out) left_out(c, gone, tallies);
  }
}

void Settlement::settle_queues(State& state, std::uint32_t month_of_year, DayCounts& counts,
                               sim::Workers& workers) const {
  std::vector<DayCounts> parts(static_cast<std::size_t>(workers.count()));
  const auto n_posts = static_cast<std::uint32_t>(c_.control.posts.size());
  constexpr std::uint32_t chunk = 32;
  workers.run((n_posts + chunk - 1) / chunk, [&](std::size_t unit, int worker) {
    const auto begin = static_cast<std::uint32_t>(unit) * chunk;
    for (std::uint32_t p = begin; p < std::min(n_posts, begin + chunk); ++p) {
      settle_queue(p, state, month_of_year, parts[static_cast<std::size_t>(worker)]);
    }
  });
  for (const DayCounts& part : parts) counts += part;
}

void Settlement::settle_queue(std::uint32_t index, State& state, std::uint32_t month_of_year,
                              DayCounts& counts) const {
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
}

void Settlement::remove_party(const control::Candidate& held, State& state, DayTallies& tallies,
                              travel::Batch& batch, Gone& gone) const {
  if (!travel::is_injected(held.trip) || held.way != 0) {
    remove(held, state, tallies, batch, gone);
    return;
  }
  // Other models' parties travel as one: where one is held, all stop.
  const bool stopped = std::any_of(gone.persons.begin(), gone.persons.end(),
                                   [&](const Removed& person) { return person.trip == held.trip; });
  if (stopped) return;
  control::Candidate member = held;
  for (member.member = 0; member.member < injected_trip(c_, held.trip).party; ++member.member) {
    remove(member, state, tallies, batch, gone);
  }
}

void Settlement::remove(const control::Candidate& held, State& state, DayTallies& tallies,
                        travel::Batch& batch, Gone& gone) const {
  DayCounts& counts = tallies.of_trip(held.trip).counts;
  const auto way = static_cast<travel::Way>(held.way);
  const bool injected = travel::is_injected(held.trip), counted = c_.whole || !injected;
  const auto [interest, special] = make_again(c_, batch, held.trip, way, held.member);
  for (std::uint32_t k = held.crossing + 1U; k < batch.n_crossings[0]; ++k) {
    const auto minute = static_cast<std::uint32_t>(batch.minute[k][0]);
    const std::int32_t offset = batch.day + static_cast<std::int32_t>(minute / 1440) - state.day;
    if (counted) (batch.entry[k][0] ? counts.crossings_entry : counts.crossings_exit) -= 1;
    const PersonAtPost p = person_at_post(c_, batch, 0, held.member, k);
    if (!p.checked) continue;
    if (counted) {
      --state.arrivals[static_cast<std::size_t>(offset)]
                      [arrival_cell(batch.post[k][0], p.lane, minute % 1440)];
    }
    gone.crossings.insert({held.trip, held.way, held.member, static_cast<std::uint8_t>(k)});
    counts.scored -= c_.scoring != nullptr ? 1 : 0;
    if (special.irregular || !interest.empty()) {
      counts.threats_at_posts[static_cast<std::size_t>(special.threat)] -= 1;
    }
  }
  // Who is held on the way back has made his trip.
  if (way == travel::Way::back) return;
  gone.persons.push_back({return_day(c_, held.trip), held.trip, held.member});
  counts.trips_refused += counted ? 1 : 0;
  const std::int32_t nights_on_the_road = counted ? batch.end_minute[0] / 1440 : 0;
  for (std::int32_t d = 0; d < nights_on_the_road; ++d) {
    const std::int32_t offset = batch.day + d - state.day;
    if (offset >= 0 && offset < static_cast<std::int32_t>(ahead)) {
      --state.still_on_the_road[static_cast<std::size_t>(offset)];
    }
  }
}

}  // namespace corridor::simulation
