// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/recorder.hpp"
#include "models/simulation/actor_rows.hpp"
#include "models/simulation/planning_rows.hpp"
#include "models/simulation/sharing.hpp"
#include "models/simulation/sharing_rows.hpp"

#include <algorithm>
#include <cmath>

#include "models/control/secondary_kinds.hpp"
#include "sim/random.hpp"

namespace corridor::simulation {
namespace {

void write_day(ResultFile& file, std::int64_t r, const DayResult& day) {
  const DayCounts& c = day.counts;
  const std::int64_t d = day.day;
  const auto one = [&](std::string_view path, std::int64_t value) {
    file.write_one<std::int64_t>(path, {r, d}, value);
  };
  one("/daily/trips_started", c.trips_started);
  one("/daily/trips_finished", c.trips_finished);
  one("/daily/trips_in_progress", c.trips_in_progress);
  one("/daily/trips_refused", c.trips_refused);
  one("/daily/persons_abroad", c.persons_abroad);
  one("/daily/travelling", c.travelling);
  one("/daily/journeys", c.journeys);
  one("/daily/units", c.units);
  one("/daily/crossings_entry", c.crossings_entry);
  one("/daily/crossings_exit", c.crossings_exit);
  one("/daily/same_day_crossings", c.same_day_crossings);
  one("/daily/primary_persons", c.primary_persons);
  one("/daily/wait_person_seconds", c.wait_person_seconds);
  one("/daily/overflow_persons", c.overflow_persons);
  one("/daily/candidates", c.candidates);
  one("/daily/secondary_selected", c.secondary_selected);
  one("/daily/secondary_cleared", c.secondary_cleared);
  one("/daily/secondary_refused", c.secondary_refused);
  one("/daily/secondary_turned_away", c.secondary_turned_away);
  file.write<std::int64_t>("/daily/trips_by_mode", {r, d}, std::span(c.trips_by_mode));
  file.write<std::int64_t>("/daily/trips_by_purpose", {r, d}, std::span(c.trips_by_purpose));
  file.write<std::int64_t>("/daily/arrivals_by_region", {r, d}, std::span(c.arrivals_by_region));
  one("/daily/scored", c.scored);
  one("/daily/flagged", c.flagged);
  one("/daily/scored_unchecked", c.scored_unchecked);
  one("/daily/flagged_unchecked", c.flagged_unchecked);
  one("/daily/list_hits", c.list_hits);
  one("/daily/reviewed", c.reviewed);
  one("/daily/events_dropped", c.events_dropped);
  const auto many = [&](std::string_view path, std::span<const std::int64_t> values) {
    file.write<std::int64_t>(path, {r, d}, values);
  };
  many("/daily/candidates_by_source", c.candidates_by_source);
  std::vector<std::int64_t> outcomes;
  for (const auto& of_source : c.outcomes)
    outcomes.insert(outcomes.end(), of_source.begin(), of_source.end());
  many("/daily/outcomes", outcomes);
  many("/daily/traveller_minutes", c.traveller_minutes);
  many("/daily/officer_minutes", c.officer_minutes);
  many("/daily/threats_at_posts", c.threats_at_posts);
  many("/daily/threats_inspected", c.threats_inspected);
  many("/daily/threats_found", c.threats_found);
  file.write_one<std::uint64_t>("/daily/digest", {r, d}, day.digest);
}

void write_kinds(ResultFile& file, std::int64_t r, const DayResult& day) {
  DayKinds kinds = day.kinds;
  file.write<std::int64_t>("/daily/secondary_kinds", {r, day.day}, all_of(kinds));
}

void write_sharing(ResultFile& file, std::int64_t r, const DayResult& day, const RowsOf& systems) {
  const SharingCounts& c = day.sharing;
  const auto table = [&](std::string_view path, const SharingCounts::Table& rows) {
    std::vector<std::int64_t> values;
    for (const auto& row : rows) values.insert(values.end(), row.begin(), row.end());
    file.write<std::int64_t>(path, {r, day.day}, values);
  };
  table("/sharing/met", c.met);
  table("/sharing/held", c.held);
  table("/sharing/let_go", c.let_go);
  table("/sharing/protection", c.protection);
  file.write<std::int64_t>("/sharing/replay", {r, day.day}, std::span(c.replay));
  if (!day.links.empty()) file.write<std::int64_t>("/sharing/links", {r, day.day}, day.links);
  file.write<std::int64_t>("/sharing/posts", {r, day.day}, day.posts);
  if (!systems.names.empty())
    file.write<std::int64_t>("/sharing/systems", {r, day.day}, system_counts(c, systems));
  file.write<std::int64_t>("/sharing/knowledge", {r, day.day}, std::span(c.knowledge));
  std::vector<std::int64_t> by_list;
  for (const auto& row : c.by_list) by_list.insert(by_list.end(), row.begin(), row.end());
  file.write<std::int64_t>("/sharing/by_list", {r, day.day}, by_list);
}

void write_events(ResultFile& file, std::int64_t r, const DayResult& day) {
  if (day.events.empty()) return;
  const auto column = [&]<class T>(std::string_view path, T, auto value) {
    std::vector<T> values;
    for (const EventRow& e : day.events) values.push_back(static_cast<T>(value(e.candidate)));
    file.write(path, {r, day.first_event}, values);
  };
  constexpr std::uint8_t byte = 0;
  constexpr std::int32_t number = 0;
  using control::Candidate;
  column("/events/trip", std::uint64_t{0}, [](const Candidate& c) { return c.trip; });
  column("/events/way", byte, [](const Candidate& c) { return c.way; });
  column("/events/member", byte, [](const Candidate& c) { return c.member; });
  column("/events/day", number, [&](const Candidate&) { return day.day; });
  column("/events/hour", byte, [](const Candidate& c) { return c.hour; });
  column("/events/post", number, [](const Candidate& c) { return c.post; });
  column("/events/source", byte, [](const Candidate& c) { return c.source; });
  column("/events/score", number, [](const Candidate& c) { return c.score; });
  column("/events/found", byte, [](const Candidate& c) { return c.found; });
  column("/events/matched", byte, [](const Candidate& c) { return c.matched; });
  column("/events/outcome", byte, [](const Candidate& c) { return c.outcome; });
}

void write_cuts(ResultFile& file, std::int64_t r, std::int64_t cut_day, const DayResult& day,
                std::size_t n_kinds) {
  std::vector<std::uint64_t> thresholds, ranks;
  for (const PostThreshold& t : day.thresholds)
    thresholds.push_back(std::uint64_t{t.bin} << 32 | t.fraction);
  // Without rules nobody is flagged.
  thresholds.resize(day.cuts.size(), std::uint64_t{n_score_bins} << 32);
  for (const auto& post : day.cuts) {
    for (const control::Cut& c : post) {
      ranks.push_back(c.reviewed);
      ranks.push_back(c.reviewed_random);
      for (std::size_t k = 0; k < n_kinds; ++k) {
        ranks.push_back(c.of_kind(k, false));
        ranks.push_back(c.of_kind(k, true));
      }
    }
  }
  file.write("/cuts/threshold", {r, cut_day}, thresholds);
  file.write("/cuts/rank", {r, cut_day}, ranks);
  std::vector<double> gains(day.cuts.size() * (1 + cooperation::n_concerns), 0),
      spared(day.cuts.size() * 2, 0);
  for (std::size_t p = 0; p < day.forces.size(); ++p) {
    double* row = &gains[p * (1 + cooperation::n_concerns)];
    row[0] = day.forces[p].review_gain;
    spared[2 * p] = day.forces[p].flag_gain;
    spared[2 * p + 1] = day.forces[p].hit_gain;
    std::copy(day.forces[p].inspection_gain.begin(), day.forces[p].inspection_gain.end(), row + 1);
  }
  file.write("/cuts/gain", {r, cut_day}, gains);
  file.write("/cuts/spared", {r, cut_day}, spared);
}

void write_month(ResultFile& file, std::int64_t r, std::int64_t month, const MonthSums& m,
                 std::size_t n_air_legs) {
  const auto rows = [&](std::string_view path, const std::vector<std::int64_t>& values) {
    file.write(path, {r, month}, values);
  };
  const std::span<const std::int64_t> legs(m.leg_persons);
  file.write("/monthly/air_link_passengers", {r, month}, legs.first(n_air_legs));
  std::vector<std::int64_t> lanes;
  for (std::size_t i = n_air_legs; i + 1 < legs.size(); i += 2) {
    lanes.push_back(legs[i] + legs[i + 1]);
  }
  rows("/monthly/sea_lane_passengers", lanes);
  rows("/monthly/airport_departing", m.departing);
  rows("/monthly/airport_arriving", m.arriving);
  rows("/monthly/airport_connecting", m.connecting);
  rows("/monthly/border_crossings", m.border_crossings);
  rows("/monthly/same_day_border_crossings", m.same_day_crossings);
  rows("/monthly/pair_trips", m.pair_trips);
  rows("/monthly/post_persons", m.post_persons);
  rows("/monthly/post_wait_person_seconds", m.post_wait_person_seconds);
  rows("/monthly/post_overflow", m.post_overflow);
  rows("/monthly/post_selected", m.post_selected);
  rows("/monthly/post_refused", m.post_refused);
  file.write("/monthly/wait_histogram", {r, month}, m.wait_histogram);
  rows("/monthly/score_histogram", m.score_histogram);
  file.close_month(r, month, m.days);
}

void write_actor_events(ResultFile& file, std::int64_t r, const DayResult& day) {
  file.write_one<std::int64_t>("/actors/events_dropped", {r, day.day}, day.actor_events_dropped);
  if (day.actor_events.empty()) return;
  const auto column = [&]<class T>(std::string_view path, T, auto value) {
    std::vector<T> values;
    for (const ActorEvent& e : day.actor_events) values.push_back(static_cast<T>(value(e)));
    file.write(path, {r, day.first_actor_event}, values);
  };
  constexpr std::int32_t number = 0;
  column("/actors/event_kind", std::uint8_t{0},
         [](const ActorEvent& e) { return event_code(e.kind, e.detail); });
  column("/actors/event_day", number, [](const ActorEvent& e) { return e.day; });
  column("/actors/event_id", std::uint64_t{0}, [](const ActorEvent& e) { return e.id; });
  column("/actors/event_origin", number, [](const ActorEvent& e) { return e.origin; });
  column("/actors/event_destination", number, [](const ActorEvent& e) { return e.destination; });
  column("/actors/event_who", number, [](const ActorEvent& e) { return e.who; });
  column("/actors/event_amount", std::int64_t{0}, [](const ActorEvent& e) { return e.amount; });
}

void write_planning_events(ResultFile& file, std::int64_t r, const DayResult& day, bool places) {
  if (day.planning_events.empty()) return;
  const auto column = [&]<class T>(std::string_view path, T, auto value) {
    std::vector<T> values;
    for (const cooperation::PlanningEvent& e : day.planning_events)
      values.push_back(static_cast<T>(value(e)));
    file.write(path, {r, day.first_planning_event}, values);
  };
  using Event = cooperation::PlanningEvent;
  constexpr std::int32_t number = 0;
  column("/cooperation/event_kind", std::uint8_t{0}, [](const Event& e) { return e.kind; });
  column("/cooperation/event_day", number, [](const Event& e) { return e.day; });
  column("/cooperation/event_planner", number, [](const Event& e) { return e.planner; });
  column("/cooperation/event_country", number,
         [&](const Event& e) { return places ? e.country : -1; });
  column("/cooperation/event_amount", std::int64_t{0}, [](const Event& e) { return e.amount; });
}

void write_actor_month(ResultFile& file, std::int64_t r, std::int64_t month, const ActorArrays& a) {
  const auto rows = [&](std::string_view path, const auto& values) {
    if (!values.empty()) file.write(path, {r, month}, values);
  };
  rows("/actors/fighters", a.fighters);
  rows("/actors/fighters_all", a.fighters_all);
  rows("/actors/goods", a.goods);
  rows("/actors/edges", a.edges);
  rows("/actors/risk", a.risk);
  rows("/actors/corridor_sent", a.corridor_sent);
  rows("/actors/corridor_seized", a.corridor_seized);
  rows("/actors/corridor_reported", a.corridor_reported);
  rows("/actors/reported", a.reported);
  rows("/actors/delivered", a.delivered);
  rows("/actors/price", a.price);
  rows("/actors/network", a.network);
  rows("/actors/cargo", a.cargo);
  rows("/actors/money", a.money);
}

void write_samples(ResultFile& file, std::int64_t r, std::span<const SampleRow> samples) {
  for (const SampleRow& s : samples) {
    const std::int64_t row = s.row;
    file.write_one<std::uint64_t>("/journeys/trip", {r, row}, s.trip);
    const auto byte = [&](std::string_view path, std::uint8_t value) {
      file.write_one<std::uint8_t>(path, {r, row}, value);
    };
    const auto number = [&](std::string_view path, std::int32_t value) {
      file.write_one<std::int32_t>(path, {r, row}, value);
    };
    byte("/journeys/way", s.way);
    byte("/journeys/member", s.member);
    number("/journeys/day", s.day);
    number("/journeys/origin", s.origin);
    number("/journeys/destination", s.destination);
    byte("/journeys/mode", s.mode);
    byte("/journeys/purpose", s.purpose);
    byte("/journeys/party", s.party);
    number("/journeys/nights", s.nights);
    number("/journeys/lead_days", s.lead_days);
    byte("/journeys/n_legs", s.n_legs);
    number("/journeys/exit_post", s.exit_post);
    number("/journeys/entry_post", s.entry_post);
    number("/journeys/entry_minute", s.entry_minute);
    byte("/journeys/selected", s.selected);
    byte("/journeys/outcome", s.outcome);
  }
}

}  // namespace

RunShape run_shape(const scenario::Scenario& scenario, const Setup& setup,
                   const ActorTables* actors) {
  RunShape shape = setup.shape;
  shape.replicates = scenario.run.replicates;
  shape.days = scenario.run.days;
  shape.sample_rows = scenario.run.sample;
  shape.event_rows = scenario.run.events;
  shape.cut_days = std::min(scenario.run.cut_days, scenario.run.days);
  if (const auto scoring = make_scoring_tables(scenario, setup)) {
    const DayRules rules = make_day_rules(*scoring, scenario.run.start);
    for (std::size_t b = 0; b < n_score_bins; ++b)
      shape.score_bin_lower[b] = rules.lowest_of_bin(static_cast<std::uint32_t>(b));
  }
  if (control::kinds_of(scenario.control)) add_kind_names(shape);
  if (actors != nullptr) add_actor_names(shape, *actors, scenario.run.actor_events);
  add_planner_names(shape, planner_names(scenario, setup),
                    actors != nullptr ? std::span<const cooperation::PlannedShock>(actors->shocks)
                                      : std::span<const cooperation::PlannedShock>{},
                    scenario.run.actor_events);
  if (!scenario.cooperation.text.empty())
    add_sharing_names(shape, read_cooperation(scenario, setup), setup.real_names);
  shape.month.clear();
  for (const MonthSpan& m : months_of(scenario.run.start, scenario.run.days)) {
    shape.month.push_back(m.label);
  }
  return shape;
}

Provenance provenance_of(const scenario::Scenario& scenario, const Setup& setup,
                         std::string command) {
  Provenance p;
  p.command = std::move(command);
  p.scenario_name = scenario.name;
  p.scenario = scenario.text;
  p.scenario_hash = scenario.hash;
  p.world = setup.world_name;
  p.data_hash = setup.data_hash;
  p.start_date = scenario.run.start;
  p.citation = citation(setup.real_names);
  p.seed = scenario.run.seed;
  p.random_contract = sim::random_contract;
  p.scale = scenario.run.scale;
  p.real_names = setup.real_names;
  p.traces = scenario::full_traces(scenario.actors, setup.real_names) ? "full" : "class";
  return p;
}

RunEnd record(const scenario::Scenario& scenario, const Setup& setup, ResultFile& file,
              const std::function<void(const Progress&)>& progress,
              const std::function<bool()>& stop, const std::shared_ptr<const ActorTables>& actors) {
  const auto begin = std::chrono::steady_clock::now();
  const std::int64_t days = scenario.run.days;
  const std::vector<MonthSpan> months = months_of(scenario.run.start, days);
  const std::vector<std::int64_t> closed(file.closed().begin(), file.closed().end());
  Progress p;
  p.replicates = scenario.run.replicates;
  p.days = days * p.replicates;
  for (const std::int64_t d : closed) p.days_done += d;

  std::optional<RowsOf> sharing;  // to which row each system is added
  if (!scenario.cooperation.text.empty())
    sharing = system_rows(read_cooperation(scenario, setup), setup.real_names);

  const bool kinds = control::kinds_of(scenario.control).has_value();
  std::int64_t weighted_journeys = 0;
  MachineFacts facts;
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const auto tell_machine = [&] {
    facts.wall_s = seconds();
    facts.journeys_per_s = static_cast<double>(p.simulated_journeys) / std::max(1e-9, facts.wall_s);
    file.set_machine(facts);
  };
  for (std::int64_t r = 0; r < p.replicates; ++r) {
    p.replicate = r;
    std::int64_t day = closed[static_cast<std::size_t>(r)];
    if (day == days) continue;
    // The checkpoint is that of the replicate which was being run; the others begin anew or are
    // done.
    const auto replicate = static_cast<std::uint32_t>(r);
    std::optional<State> begun;
    if (day > 0) begun = State::load(file.checkpoint());
    Simulation simulation(scenario, setup, replicate, std::move(begun), actors);
    facts.simd = std::string(sim::name(
        simd_path(scenario) == sim::SimdPath::best ? sim::widest_path() : simd_path(scenario)));
    facts.threads = simulation.threads();
    std::size_t month = 0;
    while (months[month].first_day + months[month].n_days <= day) ++month;
    for (; day < days; ++day) {
      const DayResult result = simulation.step(static_cast<std::int32_t>(day));
      write_day(file, r, result);
      if (kinds) write_kinds(file, r, result);
      if (actors)
        file.write<std::int64_t>("/actors/between_posts", {r, day}, result.between_posts.all());
      write_samples(file, r, simulation.samples());
      write_events(file, r, result);
      if (sharing) write_sharing(file, r, result, *sharing);
      write_actor_events(file, r, result);
      write_planning_events(file, r, result,
                            scenario::full_traces(scenario.actors, setup.real_names));
      const std::int64_t cut_day = day - (days - std::min(scenario.run.cut_days, days));
      if (cut_day >= 0) write_cuts(file, r, cut_day, result, kinds ? control::n_kinds : 1);
      weighted_journeys += result.counts.journeys;
      p.simulated_journeys =
          std::llround(static_cast<double>(weighted_journeys) * scenario.run.scale);
      ++p.days_done;
      p.seconds = seconds();
      const bool stopping = stop();
      const bool month_ends = day + 1 == months[month].first_day + months[month].n_days || stopping;
      if (month_ends) {
        if (const std::optional<ActorMonth> acted = simulation.actor_month()) {
          write_actor_month(file, r, static_cast<std::int64_t>(month),
                            actor_arrays(*acted, *actors));
        }
        const std::vector<double> planners = planner_array(simulation.planner_month());
        if (!planners.empty()) {
          file.write("/cooperation/planning", {r, static_cast<std::int64_t>(month)}, planners);
          const std::vector<std::int32_t> answers = simulation.planning().answer_days();
          if (!answers.empty()) file.write("/cooperation/answer_days", {r}, answers);
        }
        write_month(file, r, static_cast<std::int64_t>(month), simulation.month(),
                    setup.travel.n_air_legs());
      }
      if (day + 1 == months[month].first_day + months[month].n_days) {
        simulation.open_month();
        ++month;
      }
      file.close_day(r, day, simulation.state().save());
      progress(p);
      if (stopping && p.days_done < p.days) {
        tell_machine();
        return RunEnd::interrupted;
      }
    }
  }
  tell_machine();
  file.finish();
  return RunEnd::complete;
}

}  // namespace corridor::simulation
