// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/simulation.hpp"

#define XXH_INLINE_ALL  // the functions come with the header: no library to link
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/control/waits.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/place_classes.hpp"
#include "models/simulation/same_day.hpp"
#include "models/simulation/settle.hpp"
#include "models/simulation/sharing_day.hpp"
#include "models/simulation/sharing_rows.hpp"
#include "models/simulation/stand_ins.hpp"
#include "sim/archive.hpp"

namespace corridor::simulation {
namespace {

/// Sample rows of one day: the sample is spread evenly over the days of the run.
struct Quota {
  std::int64_t first, n;
};
Quota sample_quota(const scenario::RunParams& run, std::int32_t day) {
  const std::int64_t first = run.sample * day / run.days;
  return {first, run.sample * (day + 1) / run.days - first};
}

template <class T>
void hash_in(XXH3_state_t* hash, const std::vector<T>& values) {
  XXH3_128bits_update(hash, values.data(), values.size() * sizeof(T));
}

}  // namespace

travel::CalendarView calendar_view(const sim::Calendar& calendar) {
  return [calendar](std::int32_t day) {
    const sim::Date date = calendar.date(day);
    return travel::DayShape{static_cast<std::uint32_t>(date.month - 1),
                            static_cast<std::uint32_t>(sim::days_in_month(date.year, date.month)),
                            static_cast<std::uint32_t>(calendar.weekday_of(day))};
  };
}

sim::SimdPath simd_path(const scenario::Scenario& scenario) {
  if (scenario.run.simd == "scalar") return sim::SimdPath::scalar;
  if (scenario.run.simd == "sse2") return sim::SimdPath::sse2;
  if (scenario.run.simd == "avx2") {
    if (sim::widest_path() != sim::SimdPath::avx2) {
      throw sim::UserError("run.simd = \"avx2\": this processor has no AVX2; use \"auto\"");
    }
    return sim::SimdPath::avx2;
  }
  return sim::SimdPath::best;
}

StreamParts::StreamParts(const scenario::Scenario& scenario, const Setup& setup, sim::RunKey key,
                         Facts facts)
    : maker(setup.travel, scenario.stream, scenario.signals, key, setup.control.sites(),
            simd_path(scenario)),
      signals(scenario.signals, key, simd_path(scenario)),
      sharing(scenario, setup, key),
      scoring(make_scoring_tables(scenario, setup, facts)),
      context{setup.travel,
              setup.control,
              maker,
              signals,
              scenario.signals,
              scenario.risk,
              sharing.exchange,
              nullptr,
              nullptr,
              nullptr,
              nullptr,
              nullptr,
              scenario.run.scale == 1,
              key} {
  if (sharing.rates.any() || (scoring && scoring->with_history)) {
    years.emplace(setup.travel, scenario.stream,
                  travel::PopulationSetting{key, scenario.run.scale, scenario.stream.weekday_spread,
                                            calendar_view(scenario.calendar())},
                  sharing.rates);
  }
  StreamContext& c = context;
  if (scoring) c.scoring = &*scoring;
  if (years) c.years = &*years;
  const control::ControlParams& p = scenario.control;
  c.path = simd_path(scenario);
  c.batch_rows =
      std::min<std::size_t>(static_cast<std::size_t>(scenario.run.batch), travel::Batch::capacity);
  c.irregular_cut = sim::cut32(p.irregular_documents);
  c.noticed_cut = {sim::cut32(p.exit_sensitivity), sim::cut32(p.primary_sensitivity)};
  c.gate_rejection_cut = static_cast<std::uint32_t>(p.gate_rejection * 65536);
  // Offer a few times more units than the sample takes, so that no day runs short: a mean day has
  // about rows_a_day.
  double units_year = 0;
  for (const travel::BlockRow& block : setup.travel.blocks) units_year += block.units_year;
  const double rows_a_day = 2 * scenario.run.scale * units_year / 365;
  const double wanted =
      static_cast<double>(scenario.run.sample) / static_cast<double>(scenario.run.days) + 1;
  const double share =
      scenario.run.sample == 0 ? 0 : std::min(1.0, 10 * (wanted + 10) / std::max(1.0, rows_a_day));
  c.sample_cut = share >= 1 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(share * 0x1p64);
}

Simulation::Simulation(const scenario::Scenario& scenario, const Setup& setup,
                       std::uint32_t replicate)
    : Simulation(scenario, setup, replicate, std::nullopt, read_actors(scenario)) {}

Simulation::Simulation(const scenario::Scenario& scenario, const Setup& setup,
                       std::uint32_t replicate, State state)
    : Simulation(scenario, setup, replicate, std::move(state), read_actors(scenario)) {}

Simulation::Simulation(const scenario::Scenario& scenario, const Setup& setup,
                       std::uint32_t replicate, std::optional<State> state,
                       std::shared_ptr<const ActorTables> actors)
    : timeline_(scenario),
      scenario_(timeline_.at(state ? state->day : 0)),
      setup_(setup),
      calendar_(scenario.calendar()),
      key_{static_cast<std::uint32_t>(scenario.run.seed), replicate},
      workers_(static_cast<int>(scenario.run.threads)),
      state_(state ? std::move(*state) : State{}) {
  // With changes the values in force may differ from those that the tables were read for.
  make_models(timeline_.days().empty() ? std::move(actors) : read_actors(scenario_));
  if (state) {
    resume_models();
  } else {
    start();
  }
}

void Simulation::make_models(std::shared_ptr<const ActorTables> tables) {
  // In the order in which they refer to one another.
  actors_.reset();
  trips_.reset();
  settlement_.reset();
  stream_.reset();
  parts_.emplace(scenario_, setup_, key_);
  parts_->context.injected = &state_.injected;
  if (parts_->sharing.organisations.from_file) {
    parts_->context.known = &state_.known;
    parts_->context.requests = &state_.requests;
  }
  if (tables && tables->trafficking) parts_->context.insiders = tables->trafficking->insider;
  stream_.emplace(parts_->context, workers_.count());
  settlement_.emplace(parts_->context, scenario_.control, scenario_.run.scale);
  trips_.emplace(parts_->context);
  if (tables) actors_.emplace(scenario_, std::move(tables), trips_->pairs(), key_, workers_);
  planning_.emplace(make_planning(scenario_, setup_, parts_->sharing.organisations,
                                  actors_ ? &*actors_ : nullptr, key_));
}

void Simulation::resume_models() {
  if (actors_) actors_->resume(state_.actors);
  planning_->set_state(state_.planning);
}

bool Simulation::scores_change_on(std::int32_t day) const {
  return std::ranges::any_of(timeline_.changed_on(day), [](const std::string& path) {
    return path == "risk.rules_text" || path.starts_with("risk.assessment.") ||
           path == "risk.retention_days" || path == "risk.history_delay_days";
  });
}

Simulation::~Simulation() = default;

travel::PopulationSetting Simulation::population_setting() const {
  return {key_, scenario_.run.scale, scenario_.stream.weekday_spread, calendar_view(calendar_)};
}

void Simulation::start() {
  const std::size_t posts = setup_.control.posts.size();
  state_.control = control::ControlState(posts);
  for (auto& day : state_.arrivals) day.assign(posts * n_lanes * n_bins, 0);
  for (auto& slot : state_.scores) slot.assign(score_cells(posts), 0);
  constexpr double longest_slot = 10;
  state_.days_of_slot =
      static_cast<std::int32_t>(std::clamp(std::round(1 / scenario_.run.scale), 1.0, longest_slot));
  open_month();
  if (parts_->scoring) burn_in();
  gather_stand_ins();
  make_population(0);
  if (actors_) state_.actors = actors_->start();
  state_.trips_in_progress = persons_abroad_at(parts_->context, *population_, workers_);
}

DayRules Simulation::rules_of(std::int32_t day) const {
  return make_day_rules(*parts_->scoring, sim::text(calendar_.date(day)));
}

void Simulation::burn_in() {
  const DayRules rules = rules_of(0);
  const std::int32_t days = static_cast<std::int32_t>(score_days) * state_.days_of_slot;
  for (std::int32_t day = -days; day < 0; ++day) {
    make_population(day);
    if (parts_->years) parts_->years->make_ready(day, workers_);
    add_scores(day, stream_->score_histogram(*population_, workers_, rules, 1));
  }
}

void Simulation::gather_stand_ins() {
  const std::int32_t days = stand_in_days(scenario_.run.scale);
  if (days == 0) return;
  std::optional<DayRules> rules;
  if (parts_->scoring) {
    rules = rules_of(0);
    find_thresholds(*rules);
  }
  State scratch = state_;
  for (std::int32_t day = -days; day < 0; ++day) {
    make_population(day);
    if (parts_->years) parts_->years->make_ready(day, workers_);
    scratch.day = day;
    stream_->run(*population_, scratch, workers_, rules ? &*rules : nullptr);
    keep_stand_ins(state_, day, scratch.candidates[0], scenario_.run.scale);
    scratch.next_candidates();
  }
  // Whatever a worker found first.
  std::sort(
      state_.stand_ins.begin(), state_.stand_ins.end(), [](const StandIn& a, const StandIn& b) {
        return a.day != b.day ? a.day < b.day : control::before_in_day(a.candidate, b.candidate);
      });
}

void Simulation::add_scores(std::int32_t day, std::vector<std::uint32_t> histogram) {
  sim::drain(std::span(histogram), std::span(state_.scores_of(day)));
}

void Simulation::score_again(const DayRules& rules, std::int32_t yesterday) {
  // One in a hundred, or more where that would be few.
  constexpr double least = 0.01, enough = 200'000;
  double crossings = 0;
  for (const std::uint32_t n : state_.scores_of(yesterday)) crossings += n;
  const double sample = std::clamp(enough / std::max(1.0, crossings), least, 1.0);
  const std::int32_t first = yesterday + 1 - state_.days_of_slot;
  travel::Population population(setup_.travel, population_setting(), first, workers_);
  for (auto& slot : state_.scores) std::fill(slot.begin(), slot.end(), 0);
  for (std::int32_t day = first; day <= yesterday; ++day) {
    if (day > first) population.advance(workers_);
    if (parts_->years) parts_->years->make_ready(day, workers_);
    add_scores(yesterday, stream_->score_histogram(population, workers_, rules, sample));
  }
}

void Simulation::find_thresholds(DayRules& rules) {
  std::vector<std::uint64_t> sum(state_.scores[0].size());
  for (const auto& slot : state_.scores) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += slot[i];
  }
  const double weight = 1 / (scenario_.run.scale * state_.days_of_slot);
  rules.thresholds = thresholds_of(setup_.control.posts, sum, scenario_.risk.flag_rate, weight);
  const auto tail = std::span(sum).subspan(unchecked_cell(setup_.control.posts.size(), 0));
  rules.unchecked =
      threshold_of(std::vector<double>(tail.begin(), tail.end()), scenario_.risk.flag_rate);
}

void Simulation::open_month() {
  planning_->open_month();
  state_.planning = planning_->state();
  const travel::TravelTables& t = setup_.travel;
  const std::size_t posts = setup_.control.posts.size();
  const travel::GateNumbers gates = t.gates();
  MonthSums& m = state_.month;
  m = {};
  m.leg_persons.resize(t.legs.size());
  m.departing.resize(gates.n_airports);
  m.arriving.resize(gates.n_airports);
  m.connecting.resize(gates.n_airports);
  m.border_crossings.resize(2 * std::size_t{gates.n_borders});
  m.same_day_crossings.resize(gates.n_borders);
  m.pair_trips.resize(travel::n_modes * t.pairs.size());
  for (auto* sums : {&m.post_persons, &m.post_wait_person_seconds, &m.post_overflow,
                     &m.post_selected, &m.post_refused, &m.alone_selected, &m.alone_refused}) {
    sums->resize(posts);
  }
  m.wait_histogram.resize(posts * control::n_wait_bins);
  m.score_histogram.resize(risk::n_stages * n_score_bins);
}

const std::vector<std::int64_t>& Simulation::looked_up(std::int32_t day) const {
  return parts_->sharing.exchange.asks_at_primary(day) ? state_.month.post_persons
                                                       : state_.month.post_selected;
}

void Simulation::close_exchange(std::int32_t day, DayFlow& flow, std::span<const EventRow> events,
                                const cooperation::Forces& forces,
                                std::vector<std::int64_t> before) {
  if (parts_->context.known == nullptr) return;
  count_hits(
      parts_->context, events,
      [&](std::uint32_t post) { return settlement_->settings_at(post, forces.at(post)); },
      hold_times(scenario_.control, scenario_.cooperation, scenario_.run.scale), flow.tallies,
      flow.requests);
  const std::vector<std::int64_t>& after = looked_up(day);
  for (std::size_t p = 0; p < before.size(); ++p) before[p] = after[p] - before[p];
  count_queries(parts_->sharing.exchange, day, before, scenario_.cooperation,
                flow.tallies.ordinary.sharing);
  count_requests(flow.requests, day, request_rules(scenario_.cooperation, scenario_.run.scale),
                 key_, state_.requests, flow.tallies);
}

void Simulation::keep_records() {
  const std::vector<fighters::KnownPerson> records = actors_->take_records();
  if (parts_->context.known != nullptr) add_known(records, state_.known);
}

std::optional<ActorMonth> Simulation::actor_month() const {
  if (!actors_) return std::nullopt;
  return actors_->month(state_.day - 1, state_.actors);
}

void Simulation::make_population(std::int32_t day) {
  if (population_ && population_->today() == day - 1) {
    population_->advance(workers_);
  } else if (!population_ || population_->today() != day) {
    population_.emplace(setup_.travel, population_setting(), day, workers_);
  }
}

DayResult Simulation::step(std::int32_t day, std::span<const travel::PlannedJourney> plans) {
  if (day != state_.day) throw std::logic_error("a step must be of the state's day");
  if (timeline_.changes_on(day)) {
    scenario_ = timeline_.at(day);
    make_models(read_actors(scenario_));
    resume_models();
  }
  make_population(day);

  // Samples of four days ago have met all their posts.
  std::erase_if(state_.samples, [&](const SampleRow& s) {
    return s.day + static_cast<std::int32_t>(ahead) <= day;
  });
  if (parts_->years) parts_->years->make_ready(day, workers_);
  std::optional<DayRules> rules;
  if (parts_->scoring) {
    rules = rules_of(day);
    if (day > 0 && (!rules->scores_as(rules_of(day - 1)) || scores_change_on(day))) {
      score_again(*rules, day - 1);
      if (parts_->years) parts_->years->make_ready(day, workers_);
    }
    find_thresholds(*rules);
    if (day % state_.days_of_slot == 0) {
      auto& slot = state_.scores_of(day);
      std::fill(slot.begin(), slot.end(), 0);
    }
  }
  std::vector<travel::PlannedJourney> departing(plans.begin(), plans.end());
  if (actors_) {
    actors_->help(scenario_.cooperation, scenario_.planning, parts_->sharing.exchange);
    if (scenario_.planning.leak_chance > 0) {
      actors_->warn(planning_->warnings(day, scenario_.planning));
    }
    const std::vector<travel::PlannedJourney> decided = actors_->decide(day, state_.actors);
    departing.insert(departing.end(), decided.begin(), decided.end());
    keep_records();
  }
  const std::vector<travel::JourneyOutcome> impossible = trips_->add(departing, state_);
  DayFlow flow = stream_->run(*population_, state_, workers_, rules ? &*rules : nullptr);
  // An id names whoever acts, so by class of place no row tells of his journey.
  const bool one_by_one = !actors_ || actors_->tables().full_traces;
  const Quota quota = sample_quota(scenario_.run, day);
  if (!one_by_one) {
    std::erase_if(flow.samples, [](const auto& s) { return travel::is_injected(s.row.trip); });
  }
  for (std::int64_t i = 0; i < quota.n && i < static_cast<std::int64_t>(flow.samples.size()); ++i) {
    SampleRow row = flow.samples[static_cast<std::size_t>(i)].row;
    row.row = quota.first + i;
    state_.samples.push_back(row);
  }

  DayResult result;
  result.day = day;
  DayCounts& c = flow.tallies.ordinary.counts;
  if (scenario_.stream.same_day) {
    c.same_day_crossings = add_same_day(setup_.same_day, setup_.travel, setup_.control, key_,
                                        scenario_.run.scale, state_);
  }
  const bool keep_cuts = day >= scenario_.run.days - scenario_.run.cut_days;
  cooperation::Forces forces = planning_->begin(day, scenario_.cooperation, scenario_.planning);
  join_posts(forces, parts_->sharing.exchange, setup_.control, scenario_, key_, day);
  const std::vector<std::int64_t> looked_up_before = looked_up(day);
  result.events =
      settlement_->run(state_, static_cast<std::uint32_t>(calendar_.month_of(day)), flow.tallies,
                       workers_, forces, keep_cuts ? &result.cuts : nullptr);
  close_exchange(day, flow, result.events, forces, looked_up_before);
  if (keep_cuts) result.forces = forces.posts;
  result.outcomes = trips_->close(day, result.events, state_, c);
  result.outcomes.insert(result.outcomes.end(), impossible.begin(), impossible.end());
  if (actors_) {
    result.actor_events = actors_->learn(day, result.outcomes, state_.actors, forces);
    result.between_posts = actors_->between_posts_today();
    keep_records();
    result.facilitators_arrested =
        std::ranges::count_if(result.actor_events, [](const ActorEvent& e) {
          return e.kind == ActorEventKind::money &&
                 e.detail == static_cast<std::uint8_t>(finance::EventKind::arrested);
        });
    const std::int64_t most = one_by_one ? scenario_.run.actor_events : 0;
    const auto left = static_cast<std::size_t>(most - state_.actor_events);
    if (result.actor_events.size() > left) {
      result.actor_events_dropped = static_cast<std::int64_t>(result.actor_events.size() - left);
      result.actor_events.resize(left);
    }
    result.first_actor_event = state_.actor_events;
    state_.actor_events += static_cast<std::int64_t>(result.actor_events.size());
  }
  if (!one_by_one) {
    std::erase_if(result.events,
                  [](const EventRow& e) { return travel::is_injected(e.candidate.trip); });
  }
  tell_organisations(day, flow);
  if (!planning_->planners().empty()) {
    const auto events = planning_->events();
    const auto free = static_cast<std::size_t>(scenario_.run.actor_events - state_.planning_events);
    result.planning_events.assign(
        events.begin(),
        events.begin() + static_cast<std::ptrdiff_t>(std::min(events.size(), free)));
  }
  result.first_planning_event = state_.planning_events;
  state_.planning_events += static_cast<std::int64_t>(result.planning_events.size());
  const auto room = static_cast<std::size_t>(scenario_.run.events - state_.events);
  if (result.events.size() > room) {
    c.events_dropped = static_cast<std::int64_t>(result.events.size() - room);
    result.events.resize(room);
  }
  result.first_event = state_.events;
  state_.events += static_cast<std::int64_t>(result.events.size());
  if (rules) result.thresholds = rules->thresholds;

  state_.trips_in_progress += c.trips_started - c.trips_finished - c.trips_refused;
  c.trips_in_progress = state_.trips_in_progress;
  c.persons_abroad = c.trips_in_progress - state_.still_on_the_road[0];
  c.journeys = c.trips_started + c.trips_finished;
  c.travelling = c.journeys + state_.on_the_road_at_midnight;
  state_.on_the_road_at_midnight = state_.still_on_the_road[0];
  state_.month.days += 1;

  // The chain: yesterday's digest, today's counts and the state that tomorrow starts from.
  XXH3_state_t* hash = XXH3_createState();
  XXH3_128bits_reset(hash);
  XXH3_128bits_update(hash, state_.digest.data(), sizeof state_.digest);
  XXH3_128bits_update(hash, &c, sizeof c);
  if (!flow.tallies.whole)
    XXH3_128bits_update(hash, &flow.tallies.alone.counts, sizeof flow.tallies.alone.counts);
  hash_in(hash, state_.control.in_system);
  hash_in(hash, state_.control.secondary_carry);
  hash_in(hash, state_.control.review_carry);
  hash_in(hash, state_.control.other_kinds_carry);
  hash_in(hash, state_.scores_of(day));
  for (const auto& arrivals : state_.arrivals) hash_in(hash, arrivals);
  hash_in(hash, state_.month.leg_persons);
  hash_in(hash, state_.month.pair_trips);
  hash_in(hash, state_.month.wait_histogram);
  for (const Removed& r : state_.removed) {
    const std::array<std::uint64_t, 3> row{static_cast<std::uint64_t>(r.return_day), r.trip,
                                           r.member};
    XXH3_128bits_update(hash, row.data(), sizeof row);
  }
  hash_in(hash, state_.injected);
  if (actors_) {
    sim::ByteWriter bytes;
    state_.actors.visit(bytes);
    hash_in(hash, bytes.bytes);
  }
  if (!planning_->planners().empty() || !state_.planning.loans.rows.empty()) {
    sim::ByteWriter bytes;
    state_.planning.visit(bytes);
    hash_in(hash, bytes.bytes);
  }
  hash_in(hash, state_.known);
  for (const auto& requests : {state_.requests.waiting(), state_.requests.permissions()})
    XXH3_128bits_update(hash, requests.data(), requests.size_bytes());
  const XXH128_hash_t digest = XXH3_128bits_digest(hash);
  XXH3_freeState(hash);
  state_.digest = {digest.low64, digest.high64};
  result.digest = digest.low64;

  // Tomorrow: what was ahead comes a day nearer.
  std::rotate(state_.arrivals.begin(), state_.arrivals.begin() + 1, state_.arrivals.end());
  std::fill(state_.arrivals.back().begin(), state_.arrivals.back().end(), 0);
  keep_stand_ins(state_, day, state_.candidates[0], scenario_.run.scale);
  state_.next_candidates();
  std::rotate(state_.still_on_the_road.begin(), state_.still_on_the_road.begin() + 1,
              state_.still_on_the_road.end());
  state_.still_on_the_road.back() = 0;
  std::erase_if(state_.removed, [&](const Removed& r) { return r.return_day <= day; });
  ++state_.day;

  static_cast<DayTally&>(result) = flow.tallies.told(scenario_.run.scale);
  if (parts_->context.known == nullptr) result.places = {};
  if (parts_->context.known != nullptr) {
    result.links =
        link_rows(result.sharing, pair_rows(parts_->sharing.organisations, setup_.real_names));
    for (const auto& of_class : result.sharing.posts)
      result.posts.insert(result.posts.end(), of_class.begin(), of_class.end());
    if (setup_.real_names) {
      state_.held_back.resize(result.links.size() + result.posts.size());
      const std::span waiting(state_.held_back);
      hold_back_small(result.links, waiting.first(result.links.size()));
      hold_back_small(result.posts, waiting.subspan(result.links.size()));
    }
  }
  return result;
}

void Simulation::tell_organisations(std::int32_t day, const DayFlow& flow) {
  const std::size_t n_countries = setup_.travel.countries.size();
  const double weight = 1 / scenario_.run.scale;
  std::vector<std::int64_t> truth =
      truth_of(flow.threats_by_post, weight, setup_.control, n_countries);
  std::span<const control::Candidate> goods;
  if (actors_ && actors_->customs() != nullptr) {
    goods = actors_->customs_candidates();
    for (const trafficking::Consignment& c : actors_->goods_of_day()) {
      const std::size_t target =
          cooperation::target_of(c.destination, cooperation::TargetKind::customs);
      ++truth[target * cooperation::n_concerns +
              static_cast<std::size_t>(cooperation::Concern::drugs)];
    }
  }
  planning_->learn(day, detections_of(state_.candidates[0], goods, weight, setup_.control), truth,
                   scenario_.planning);
  state_.planning = planning_->state();
}

MonthSums Simulation::month() const {
  MonthSums m = state_.month;
  const double weight = 1 / scenario_.run.scale;
  if (weight == 1) return m;
  for (std::int32_t& n : m.wait_histogram) {
    n = static_cast<std::int32_t>(std::floor(n * weight + 0.5));
  }
  for (auto* sums :
       {&m.leg_persons, &m.departing, &m.arriving, &m.connecting, &m.border_crossings,
        &m.same_day_crossings, &m.pair_trips, &m.post_persons, &m.post_wait_person_seconds,
        &m.post_overflow, &m.post_selected, &m.post_refused, &m.score_histogram}) {
    for (std::int64_t& n : *sums) {
      n = static_cast<std::int64_t>(std::floor(static_cast<double>(n) * weight + 0.5));
    }
  }
  sim::drain(std::span(m.alone_selected), std::span(m.post_selected));
  sim::drain(std::span(m.alone_refused), std::span(m.post_refused));
  return m;
}

}  // namespace corridor::simulation
