// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/day_stream.hpp"

#include <algorithm>
#include <bit>
#include <memory>

#include "models/simulation/day_worker.hpp"

namespace corridor::simulation {
namespace {

using travel::Batch;
using travel::Way;

}  // namespace

void InterestLookup::set(std::vector<PersonOfInterest> persons) {
  persons_ = std::move(persons);
  filter_.set(persons_);
}

std::span<const PersonOfInterest> InterestLookup::of(std::uint64_t trip) const {
  const auto less = [](const PersonOfInterest& p, std::uint64_t t) { return p.trip < t; };
  const auto first = std::lower_bound(persons_.begin(), persons_.end(), trip, less);
  auto last = first;
  while (last != persons_.end() && last->trip == trip) ++last;
  return {first, last};
}

DayStream::DayStream(const StreamContext& context, int workers) : c_(context) {
  for (int w = 0; w < workers; ++w) workers_.push_back(std::make_shared<Worker>(context));
}

void DayStream::list(const travel::Population& population, sim::Workers& workers,
                     std::uint64_t hash_cut, const std::function<void(Worker&, Batch&)>& use) {
  const auto& work = population.work();
  workers.run(2 * work.size() + 2, [&](std::size_t unit, int w) {
    Worker& worker = *workers_[static_cast<std::size_t>(w)];
    if (unit >= 2 * work.size()) {
      list_injected(worker, unit % 2 == 0 ? Way::out : Way::back, population.today(), use);
      return;
    }
    Batch& batch = *worker.batch;
    batch.way = unit < work.size() ? Way::out : Way::back;
    batch.day = population.today();
    batch.n = 0;
    const InterestLookup& interest = interest_[static_cast<std::size_t>(batch.way)];
    population.list(work[unit % work.size()], batch.way, [&](const travel::CellPiece& cell) {
      for (std::uint32_t number = cell.from; number < cell.to; ++number) {
        const std::size_t i = batch.n;
        const std::uint64_t trip =
            travel::pack({cell.block, cell.departure_day, cell.nights, number});
        if (hash_cut != everybody && sample_hash(c_.key, trip) > hash_cut) continue;
        batch.trip[i] = trip;
        batch.departure_day[i] = cell.departure_day;
        batch.block[i] = cell.block;
        batch.nights[i] = static_cast<std::uint16_t>(cell.nights);
        batch.threat[i] = 0;
        worker.place[i] = cell.place + number;
        worker.interest[i] = {};
        if (interest.may_hold(trip)) {
          worker.interest[i] = interest.of(trip);
          batch.threat[i] = threat_of(worker.interest[i]);
        }
        if (++batch.n == c_.batch_rows) {
          use(worker, batch);
          batch.n = 0;
        }
      }
    });
    if (batch.n > 0) use(worker, batch);
    batch.n = 0;
  });
}

void DayStream::list_injected(Worker& worker, Way way, std::int32_t day,
                              const std::function<void(Worker&, Batch&)>& use) const {
  if (c_.injected == nullptr) return;
  Batch& batch = *worker.batch;
  batch.way = way;
  batch.day = day;
  batch.n = 0;
  std::vector<travel::InjectedTrip> planned;
  std::vector<PersonOfInterest> interest;
  std::vector<std::size_t> first;  // entry of `interest` per row
  const auto flush = [&] {
    batch.planned = planned;
    for (std::size_t i = 0; i < batch.n; ++i) {
      const std::size_t end = i + 1 < batch.n ? first[i + 1] : interest.size();
      worker.interest[i] = std::span(interest).subspan(first[i], end - first[i]);
    }
    if (batch.n > 0) use(worker, batch);
    batch.planned = {};
    batch.n = 0;
    planned.clear();
    interest.clear();
    first.clear();
  };
  for (const travel::InjectedTrip& trip : *c_.injected) {
    const bool today =
        way == Way::out ? trip.departure_day == day : trip.nights > 0 && trip.return_day() == day;
    if (!today) continue;
    put_injected(batch, batch.n, trip);
    worker.place[batch.n] = 0;
    planned.push_back(trip);
    first.push_back(interest.size());
    add_interest(c_, trip, interest);
    if (++batch.n == c_.batch_rows) flush();
  }
  flush();
}

const travel::InjectedTrip& injected_trip(const StreamContext& c, std::uint64_t trip) {
  if (c.injected != nullptr) {
    const auto found = std::lower_bound(
        c.injected->begin(), c.injected->end(), trip,
        [](const travel::InjectedTrip& row, std::uint64_t id) { return row.trip < id; });
    if (found != c.injected->end() && found->trip == trip) return *found;
  }
  throw std::logic_error("an injected trip is not known");
}

namespace {

/// Whether biometrics are added to a record of a fighter.
std::uint32_t biometric_word(sim::RunKey key, std::uint64_t id, std::int32_t day) {
  constexpr std::uint16_t biometric_index = 0xf000;  // beyond those of pairs of systems
  return sim::draw(key, sim::Purpose::record_link, id, day, biometric_index)[0];
}

}  // namespace

void add_interest(const StreamContext& c, const travel::InjectedTrip& trip,
                  std::vector<PersonOfInterest>& interest) {
  PersonOfInterest p;
  p.trip = trip.trip;
  p.departure_day = trip.departure_day;
  p.return_day = trip.return_day();
  p.threat = static_cast<Threat>(trip.threat);
  p.irregular = trip.irregular;
  const travel::InjectedId id = travel::unpack_injected(trip.trip);
  p.subject = id.actor == travel::Actor::fighter ? cooperation::Subject::fighter
                                                 : cooperation::Subject::courier;
  if (c.known == nullptr) {
    p.record.holder = trip.nationality;
    p.record.known = p.record.made = cooperation::long_ago;
    p.record.registered = cooperation::everywhere;
    for (std::uint32_t member = 0; member < trip.party; ++member) {
      if (member > 0 && trip.known[member] == 0) continue;
      p.member_word = member;
      p.listed = trip.known[member];
      p.biometric_word = biometric_word(c.key, id.person, static_cast<std::int32_t>(member));
      interest.push_back(p);
      p.irregular = 0;
    }
    return;
  }
  interest.push_back(p);
  if (id.actor != travel::Actor::fighter) return;
  p.irregular = 0;
  auto r = std::lower_bound(
      c.known->begin(), c.known->end(), id.person,
      [](const KnownRecord& record, std::uint64_t person) { return record.person < person; });
  for (; r != c.known->end() && r->person == id.person; ++r) {
    p.member_word = r->member;
    p.listed = r->kinds;
    p.record = record_key(*r);
    p.biometric_word = biometric_word(c.key, p.record.id, r->day);
    interest.push_back(p);
  }
}

void DayStream::find_interesting(std::int32_t day) {
  if (c_.years == nullptr) return;
  for (const Way way : {Way::out, Way::back}) {
    interest_[static_cast<std::size_t>(way)].set(c_.years->on(day, way));
  }
}

DayFlow DayStream::run(const travel::Population& population, State& state, sim::Workers& workers,
                       const DayRules* rules) {
  rules_ = rules;
  find_removed(population, state);
  find_interesting(population.today());
  list(population, workers, everybody,
       [this](Worker& worker, Batch& batch) { add_batch(worker, batch); });

  DayFlow flow;
  const auto add = [](std::vector<std::uint32_t>& part, auto& total) {
    sim::drain(std::span(part), std::span(total));
  };
  MonthSums& month = state.month;
  for (const auto& shared : workers_) {
    Worker& w = *shared;
    for (std::size_t d = 0; d < dense_days; ++d) {
      add(w.arrivals[d], state.arrivals[d]);
    }
    for (const Worker::Later& l : w.later) {
      state.arrivals[l.offset][l.cell] += static_cast<std::uint32_t>(l.persons);
    }
    w.later.clear();
    add(w.leg_persons, month.leg_persons);
    add(w.departing, month.departing);
    add(w.arriving, month.arriving);
    add(w.connecting, month.connecting);
    add(w.border_crossings, month.border_crossings);
    add(w.pair_trips, month.pair_trips);
    for (std::size_t d = 0; d < ahead; ++d) {
      auto& all = state.candidates[d];
      all.insert(all.end(), w.candidates[d].begin(), w.candidates[d].end());
      w.candidates[d].clear();
    }
    sim::drain(std::span(w.on_the_road), std::span(state.still_on_the_road));
    if (rules != nullptr) {
      sim::drain(std::span(w.histogram), std::span(state.scores_of(population.today())));
      for (std::size_t stage = 0; stage < risk::n_stages; ++stage) {
        sim::drain(std::span(w.stage_histogram[stage]),
                   std::span(month.score_histogram).subspan(stage * n_score_bins, n_score_bins));
      }
    }
    flow.samples.insert(flow.samples.end(), w.samples.begin(), w.samples.end());
    w.samples.clear();
    flow.tallies.take(w.tallies);
    flow.requests.insert(flow.requests.end(), w.requests.begin(), w.requests.end());
    w.requests.clear();
    for (std::size_t k = 0; k < w.threats_by_post.size(); ++k) {
      flow.threats_by_post[k].resize(w.threats_by_post[k].size());
      sim::drain(std::span(w.threats_by_post[k]), std::span(flow.threats_by_post[k]));
    }
  }
  std::sort(flow.samples.begin(), flow.samples.end(), [](const auto& a, const auto& b) {
    return std::tie(a.hash, a.row.trip, a.row.way) < std::tie(b.hash, b.row.trip, b.row.way);
  });
  return flow;
}

std::vector<std::uint32_t> DayStream::score_histogram(const travel::Population& population,
                                                      sim::Workers& workers, const DayRules& rules,
                                                      double share) {
  rules_ = &rules;
  filter_.clear();
  find_interesting(population.today());
  const std::uint64_t cut = sample_cut(share);
  list(population, workers, cut, [this](Worker& worker, Batch& batch) {
    make_batch(worker, batch);
    spot_checks(batch);
    score_batch(worker, batch);
    draw_persons(worker, batch);
    if (!worker.special.empty()) add_special_persons(worker, batch);
  });
  std::vector<std::uint32_t> histogram(score_cells(c_.control.posts.size()), 0);
  for (const auto& w : workers_) {
    sim::drain(std::span(w->histogram), std::span(histogram));
    w->stage_histogram = {};
    DayTallies none;
    none.take(w->tallies);
    for (auto& threats : w->threats_by_post) std::fill(threats.begin(), threats.end(), 0);
    w->requests.clear();
  }
  if (share < 1) {
    for (std::uint32_t& n : histogram) n = static_cast<std::uint32_t>(n / share);
  }
  return histogram;
}

void DayStream::make_batch(Worker& worker, Batch& batch) const {
  c_.maker.make(batch);
  worker.absent.fill(0);
  std::copy_n(batch.party.begin(), batch.n, worker.present.begin());
  if (rules_ == nullptr) return;
  c_.signals.draw(batch);
  if (!c_.scoring->with_history) return;
  if (!batch.planned.empty()) {  // nobody knows earlier trips of theirs
    std::fill_n(worker.earlier.begin(), batch.n, std::int16_t{0});
    return;
  }
  for (std::size_t i = 0; i < batch.n; ++i) {
    worker.earlier[i] = worker.history.earlier(c_, batch, i, worker.place[i]);
  }
}

std::int16_t earlier_trips(const StreamContext& c, const Batch& batch, std::size_t i,
                           std::uint32_t place) {
  const std::int32_t day = batch.departure_day[i];
  const travel::SlotClasses& slots = c.years->slots(c.tables.blocks[batch.block[i]].pool, day);
  const std::int32_t of_year = day - travel::year_of(day) * travel::days_of_year;
  return earlier_trips(slots, slots.day_first(of_year) + place, of_year, c.risk);
}

std::int16_t earlier_trips(const travel::SlotClasses& slots, std::uint64_t slot,
                           std::int32_t of_year, const risk::RiskParams& risk) {
  return static_cast<std::int16_t>(
      slots.earlier_trips(slot, of_year - static_cast<std::int32_t>(risk.retention_days),
                          of_year - static_cast<std::int32_t>(risk.history_delay_days) + 1));
}

void DayStream::spot_checks(Batch& batch) const {
  // Whether a unit is checked at a crossing at all.
  for (std::size_t i = 0; i < batch.n; ++i) {
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      if (std::rotl(batch.words[11][i], static_cast<int>(11 * k)) >
          c_.control.posts[batch.post[k][i]].check_cut) {
        batch.post[k][i] = travel::no_post;
      }
    }
  }
}

void DayStream::add_batch(Worker& worker, Batch& batch) const {
  make_batch(worker, batch);
  for (std::size_t i = 0; i < batch.n; ++i) {
    std::uint32_t absent = 0;
    if (batch.way == Way::back && filter_.may_hold(batch.trip[i])) {
      absent = absent_members(batch.trip[i]);
    }
    if (absent != 0) [[unlikely]] {
      worker.absent[i] = static_cast<std::uint8_t>(absent);
      worker.present[i] = static_cast<std::uint8_t>(batch.party[i] - std::popcount(absent));
    }
    for (std::uint32_t k = 0; counts(batch) && k < batch.n_crossings[i]; ++k) {
      DayCounts& tally = worker.tallies.ordinary.counts;
      (batch.entry[k][i] ? tally.crossings_entry : tally.crossings_exit) += worker.present[i];
    }
  }
  spot_checks(batch);
  if (rules_ != nullptr) score_batch(worker, batch);

  for (std::size_t i = 0; counts(batch) && i < batch.n; ++i) {
    add_unit(worker, batch, i, worker.present[i], worker.absent[i]);
  }
  draw_persons(worker, batch);
  add_persons(worker, batch);
}

void DayStream::add_unit(Worker& worker, const Batch& batch, std::size_t i, std::uint32_t persons,
                         std::uint32_t absent) const {
  const travel::TravelTables& t = c_.tables;
  const travel::PairRow& pair = t.pairs[batch.pair[i]];
  const std::uint32_t n = batch.n_links[i];
  DayCounts& counts = worker.tallies.ordinary.counts;
  counts.units += 1;
  if (batch.way == Way::out) {
    counts.trips_started += persons;
    counts.trips_by_mode[batch.mode[i]] += persons;
    counts.trips_by_purpose[batch.purpose[i]] += persons;
    counts.arrivals_by_region[t.countries[pair.destination].region] += persons;
    worker.pair_trips[travel::n_modes * std::size_t{batch.pair[i]} + batch.mode[i]] += persons;
    const auto nights_on_the_road =
        static_cast<std::uint32_t>(batch.end_minute[i]) / minutes_of_day;
    for (std::uint32_t d = 0; d < std::min<std::uint32_t>(nights_on_the_road, ahead); ++d) {
      worker.on_the_road[d] += persons;
    }
  } else {
    counts.trips_finished += persons;
  }

  if (batch.mode[i] == static_cast<std::uint8_t>(travel::Mode::land)) {
    std::uint16_t country = batch.way == Way::out ? pair.origin : pair.destination;
    for (std::uint32_t k = 0; k < n; ++k) {
      const std::uint32_t border = batch.link[k][i];
      const std::uint32_t side = t.border_ends[2 * border] == country ? 0 : 1;
      worker.border_crossings[2 * border + side] += persons;
      country = t.border_ends[2 * border + 1 - side];
    }
  } else {
    for (std::uint32_t k = 0; k < n; ++k) worker.leg_persons[batch.link[k][i]] += persons;
    if (batch.mode[i] == static_cast<std::uint8_t>(travel::Mode::air)) {
      worker.departing[t.legs[batch.link[0][i]].origin] += persons;
      worker.arriving[t.legs[batch.link[n - 1][i]].destination] += persons;
      for (std::uint32_t k = 1; k < n; ++k) {
        worker.connecting[t.legs[batch.link[k][i]].origin] += persons;
      }
    }
  }

  const std::size_t n_countries = t.countries.size();
  for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
    const std::uint32_t post_index = batch.post[k][i];
    if (post_index == travel::no_post) continue;
    const PostRow& post = c_.control.posts[post_index];
    const std::uint32_t lane =
        post.lanes[c_.control.lane[batch.nationality[i] * n_countries + post.country]];
    const auto minute = static_cast<std::uint32_t>(batch.minute[k][i]);
    worker.arrive(
        minute / minutes_of_day,
        static_cast<std::uint32_t>(arrival_cell(post_index, lane, minute % minutes_of_day)),
        static_cast<std::int32_t>(persons));
  }

  const std::uint64_t hash = mix(
      batch.trip[i] ^ mix(sim::bits64(c_.key.seed, c_.key.replicate) +
                          (batch.way == Way::out ? 0x9E3779B97F4A7C15ULL : 0x3C6EF372FE94F82AULL)));
  if (hash < c_.sample_cut && absent == 0) {
    SampleOffer offer{hash, {}};
    SampleRow& row = offer.row;
    row.trip = batch.trip[i];
    row.day = batch.day;
    row.origin = pair.origin;
    row.destination = pair.destination;
    row.nights = batch.nights[i];
    row.lead_days = batch.lead_days[i];
    row.way = static_cast<std::uint8_t>(batch.way);
    row.member = static_cast<std::uint8_t>(hash % batch.party[i]);
    row.mode = batch.mode[i];
    row.purpose = batch.purpose[i];
    row.party = batch.party[i];
    row.n_legs = batch.n_links[i];
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      const auto post = static_cast<std::int32_t>(batch.post[k][i]);
      if (batch.post[k][i] == travel::no_post) continue;
      if (batch.entry[k][i]) {
        row.entry_post = post;
        row.entry_minute = batch.minute[k][i] % static_cast<std::int32_t>(minutes_of_day);
      } else if (row.exit_post < 0) {
        row.exit_post = post;
      }
    }
    worker.samples.push_back(offer);
  }
}

void DayStream::find_removed(const travel::Population& population, const State& state) {
  const auto returns_before = [](const Removed& r, std::int32_t day) { return r.return_day < day; };
  const auto first = std::lower_bound(state.removed.begin(), state.removed.end(),
                                      population.today(), returns_before);
  const auto last =
      std::lower_bound(first, state.removed.end(), population.today() + 1, returns_before);
  removed_today_ = {first, last};
  filter_.set(removed_today_);
}

std::uint32_t DayStream::absent_members(std::uint64_t trip) const {
  std::uint32_t absent = 0;
  auto it = std::lower_bound(removed_today_.begin(), removed_today_.end(), trip,
                             [](const Removed& r, std::uint64_t t) { return r.trip < t; });
  for (; it != removed_today_.end() && it->trip == trip; ++it) absent |= 1U << it->member;
  return absent;
}

std::int64_t persons_abroad_at(const StreamContext& c, const travel::Population& population,
                               sim::Workers& workers) {
  std::vector<std::int64_t> persons(static_cast<std::size_t>(workers.count()), 0);
  std::vector<std::unique_ptr<Batch>> batches;
  for (int w = 0; w < workers.count(); ++w) batches.push_back(std::make_unique<Batch>());
  constexpr std::uint32_t chunk = 64;
  const auto n_blocks = static_cast<std::uint32_t>(c.tables.blocks.size());
  workers.run((n_blocks + chunk - 1) / chunk, [&](std::size_t unit, int w) {
    Batch& batch = *batches[static_cast<std::size_t>(w)];
    const auto flush = [&] {
      c.maker.make_parties(batch);
      for (std::size_t i = 0; i < batch.n; ++i)
        persons[static_cast<std::size_t>(w)] += batch.party[i];
      batch.n = 0;
    };
    batch.n = 0;
    const std::uint32_t first = static_cast<std::uint32_t>(unit) * chunk;
    for (std::uint32_t b = first; b < std::min(n_blocks, first + chunk); ++b) {
      const travel::BlockRow& block = c.tables.blocks[b];
      const travel::Band& band = travel::bands[block.band];
      for (std::uint32_t k = 0; k < band.n_values; ++k) {
        const auto nights = static_cast<std::int32_t>(band.night(k));
        for (std::int32_t day = population.today() - nights; day < population.today(); ++day) {
          const travel::DayCount count = population.count(b, day);
          const std::uint32_t n = travel::cell_begin(c.tables, block, count, k + 1) -
                                  travel::cell_begin(c.tables, block, count, k);
          for (std::uint32_t number = 0; number < n; ++number) {
            batch.trip[batch.n] =
                travel::pack({b, day, static_cast<std::uint32_t>(nights), number});
            batch.departure_day[batch.n] = day;
            batch.block[batch.n] = b;
            if (++batch.n == Batch::capacity) flush();
          }
        }
      }
    }
    flush();
  });
  std::int64_t sum = 0;
  for (std::int64_t& p : persons) sim::drain(std::span(&p, 1), std::span(&sum, 1));
  return sum;
}

}  // namespace corridor::simulation
