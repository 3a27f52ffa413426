// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/day_stream.hpp"

#include <algorithm>
#include <bit>
#include <memory>

namespace corridor::simulation {
namespace {

using travel::Batch;
using travel::Way;

constexpr std::size_t day_cells = n_lanes * n_bins;
constexpr std::uint32_t minutes_of_day = 1440;
constexpr std::size_t dense_days = 2;  // later days are rare and kept as a list

// Indices of the Philox blocks of a person (Purpose::person). Bits 0-2: person; bit 3: way.
constexpr std::uint16_t way_bit = 8, noticed_block = 0x100, tie_block = 0x200;

/// A fast keyed hash (the finaliser of SplitMix64, Steele et al. 2014) for what needs no
/// statistics, only spread.
constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

// A person has one word for being drawn and a half word for the gate at the first two crossings; a
// long land journey turns them for those that follow.
constexpr std::uint32_t select_word(std::uint32_t word, std::uint32_t crossing) {
  return std::rotl(word, static_cast<int>(7 * (crossing / 2)));
}
constexpr std::uint32_t gate_word(std::uint32_t word, std::uint32_t crossing) {
  return std::rotl(word, static_cast<int>(16 * (crossing % 2) + 5 * (crossing / 2))) & 0xffff;
}

constexpr std::size_t filter_words = 1024;
constexpr std::size_t filter_bit(std::uint64_t trip) { return mix(trip) % (filter_words * 64); }

}  // namespace

struct DayStream::Worker {
  struct Later {
    std::uint32_t cell;
    std::uint8_t offset;
    std::int32_t persons;
  };
  static constexpr std::size_t max_persons = Batch::capacity * travel::max_party;

  std::unique_ptr<Batch> batch = std::make_unique<Batch>();
  DayCounts counts;
  std::array<std::int64_t, ahead> on_the_road{};
  std::array<std::vector<std::uint32_t>, dense_days> arrivals;
  std::vector<Later> later;
  std::vector<std::uint32_t> leg_persons, departing, arriving, connecting, border_crossings,
      pair_trips;
  std::array<std::vector<control::Candidate>, ahead> candidates;
  std::vector<SampleOffer> samples;
  std::array<std::uint8_t, Batch::capacity> absent{};
  // Persons of a batch.
  std::size_t n_persons = 0;
  std::vector<std::uint64_t> person_trip = std::vector<std::uint64_t>(max_persons);
  std::vector<std::int32_t> person_day = std::vector<std::int32_t>(max_persons);
  std::vector<std::uint16_t> person_index = std::vector<std::uint16_t>(max_persons),
                             person_row = std::vector<std::uint16_t>(max_persons);
  std::array<std::vector<std::uint32_t>, 4> words;

  explicit Worker(const StreamContext& c) {
    for (auto& day : arrivals) day.resize(c.control.posts.size() * day_cells);
    leg_persons.resize(c.tables.legs.size());
    for (auto* airports : {&departing, &arriving, &connecting}) {
      airports->resize(c.tables.gates().n_airports);
    }
    border_crossings.resize(2 * std::size_t{c.tables.gates().n_borders});
    pair_trips.resize(travel::n_modes * c.tables.pairs.size());
    for (auto& column : words) column.resize(max_persons);
  }

  void arrive(std::uint32_t offset, std::uint32_t cell, std::int32_t persons) {
    if (offset < dense_days) {
      arrivals[offset][cell] += static_cast<std::uint32_t>(persons);
    } else {
      later.push_back({cell, static_cast<std::uint8_t>(offset), persons});
    }
  }
};

DayStream::DayStream(const StreamContext& context, int workers) : c_(context) {
  for (int w = 0; w < workers; ++w) workers_.push_back(std::make_shared<Worker>(context));
}

DayFlow DayStream::run(const travel::Population& population, State& state, sim::Workers& workers) {
  find_removed(population, state);
  const auto& work = population.work();
  workers.run(2 * work.size(), [&](std::size_t unit, int w) {
    Worker& worker = *workers_[static_cast<std::size_t>(w)];
    Batch& batch = *worker.batch;
    batch.way = unit < work.size() ? Way::out : Way::back;
    batch.day = population.today();
    batch.n = 0;
    population.list(work[unit % work.size()], batch.way, [&](const travel::CellPiece& cell) {
      for (std::uint32_t number = cell.from; number < cell.to; ++number) {
        const std::size_t i = batch.n++;
        batch.trip[i] = travel::pack({cell.block, cell.departure_day, cell.nights, number});
        batch.departure_day[i] = cell.departure_day;
        batch.block[i] = cell.block;
        batch.nights[i] = static_cast<std::uint16_t>(cell.nights);
        if (batch.n == c_.batch_rows) add_batch(worker, batch);
      }
    });
    add_batch(worker, batch);
  });

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
    flow.samples.insert(flow.samples.end(), w.samples.begin(), w.samples.end());
    w.samples.clear();
    flow.counts += w.counts;
    w.counts = {};
  }
  std::sort(flow.samples.begin(), flow.samples.end(), [](const auto& a, const auto& b) {
    return std::tie(a.hash, a.row.trip, a.row.way) < std::tie(b.hash, b.row.trip, b.row.way);
  });
  return flow;
}

void DayStream::add_batch(Worker& worker, Batch& batch) const {
  if (batch.n == 0) return;
  c_.maker.make(batch);
  worker.n_persons = 0;
  for (std::size_t i = 0; i < batch.n; ++i) {
    std::uint32_t absent = 0;
    if (batch.way == Way::back && !filter_.empty()) {
      const std::size_t bit = filter_bit(batch.trip[i]);
      if (((filter_[bit / 64] >> (bit % 64)) & 1) != 0) absent = absent_members(batch.trip[i]);
    }
    // Spot checks: whether this unit is checked at a crossing at all.
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      (batch.entry[k][i] ? worker.counts.crossings_entry : worker.counts.crossings_exit) +=
          batch.party[i] - std::popcount(absent);
      if (std::rotl(batch.words[11][i], static_cast<int>(11 * k)) >
          c_.control.posts[batch.post[k][i]].check_cut) {
        batch.post[k][i] = travel::no_post;
      }
    }
    const auto persons = static_cast<std::uint32_t>(batch.party[i] - std::popcount(absent));
    add_unit(worker, batch, i, persons, absent);
    for (std::uint32_t m = 0; m < batch.party[i]; ++m) {
      if (((absent >> m) & 1) != 0) continue;
      const std::size_t p = worker.n_persons++;
      worker.person_trip[p] = batch.trip[i];
      worker.person_day[p] = batch.departure_day[i];
      worker.person_index[p] =
          static_cast<std::uint16_t>(m | (batch.way == Way::back ? way_bit : 0U));
      worker.person_row[p] = static_cast<std::uint16_t>(i);
    }
  }
  add_persons(worker, batch);
  batch.n = 0;
}

void DayStream::add_unit(Worker& worker, const Batch& batch, std::size_t i, std::uint32_t persons,
                         std::uint32_t absent) const {
  const travel::TravelTables& t = c_.tables;
  const travel::PairRow& pair = t.pairs[batch.pair[i]];
  const std::uint32_t n = batch.n_links[i];
  DayCounts& counts = worker.counts;
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

void DayStream::add_persons(Worker& w, const Batch& batch) const {
  sim::draw_batch(c_.path, c_.key, sim::Purpose::person, w.n_persons, w.person_trip.data(),
                  w.person_day.data(), w.person_index.data(),
                  {w.words[0].data(), w.words[1].data(), w.words[2].data(), w.words[3].data()});
  const std::size_t n_countries = c_.tables.countries.size();
  for (std::size_t p = 0; p < w.n_persons; ++p) {
    const std::size_t i = w.person_row[p];
    const bool irregular = batch.way == Way::out && w.words[3][p] < c_.irregular_cut;
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      const std::uint32_t post_index = batch.post[k][i];
      if (post_index == travel::no_post) continue;
      const PostRow& post = c_.control.posts[post_index];
      const auto minute = static_cast<std::uint32_t>(batch.minute[k][i]);
      const std::uint32_t offset = minute / minutes_of_day, of_day = minute % minutes_of_day;

      if (gate_word(w.words[2][p], k) < c_.gate_rejection_cut && post.lanes[0] == 0 &&
          c_.control.lane[batch.nationality[i] * n_countries + post.country] == 0) {
        w.arrive(offset, static_cast<std::uint32_t>(arrival_cell(post_index, 0, of_day)), -1);
        w.arrive(offset,
                 static_cast<std::uint32_t>(arrival_cell(post_index, post.lanes[1], of_day)), 1);
      }

      const bool drawn = select_word(w.words[k % 2][p], k) < post.select_cut;
      if (!drawn && !irregular) [[likely]]
        continue;
      bool referred = false;
      if (irregular) {
        const auto noticed = sim::draw(c_.key, sim::Purpose::person, w.person_trip[p],
                                       w.person_day[p], w.person_index[p] | noticed_block);
        referred = std::rotl(noticed[k % 4], static_cast<int>(k / 4)) < c_.noticed_cut[post.entry];
      }
      if (!drawn && !referred) continue;
      const auto tie = sim::draw(c_.key, sim::Purpose::person, w.person_trip[p], w.person_day[p],
                                 w.person_index[p] | tie_block);
      control::Candidate candidate;
      candidate.trip = w.person_trip[p];
      candidate.member = static_cast<std::uint8_t>(w.person_index[p] % way_bit);
      candidate.way = static_cast<std::uint8_t>(batch.way);
      candidate.post = post_index;
      candidate.hour = static_cast<std::uint8_t>(of_day / 60);
      candidate.source = referred ? control::Source::referral : control::Source::random;
      candidate.tie = std::rotl(tie[k % 4], static_cast<int>(k / 4));
      candidate.irregular = irregular;
      w.candidates[offset].push_back(candidate);
    }
  }
}

void DayStream::find_removed(const travel::Population& population, const State& state) {
  const auto returns_before = [](const Removed& r, std::int32_t day) { return r.return_day < day; };
  const auto first = std::lower_bound(state.removed.begin(), state.removed.end(),
                                      population.today(), returns_before);
  const auto last =
      std::lower_bound(first, state.removed.end(), population.today() + 1, returns_before);
  removed_today_ = {first, last};
  filter_.assign(removed_today_.empty() ? 0 : filter_words, 0);
  for (const Removed& r : removed_today_) {
    const std::size_t bit = filter_bit(r.trip);
    filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
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

PersonAtPost person_at_post(const StreamContext& c, const Batch& b, std::size_t i,
                            std::uint32_t member, std::uint32_t k) {
  const PostRow& post = c.control.posts[b.post[k][i]];
  const auto index =
      static_cast<std::uint16_t>(member | (b.way == Way::back ? way_bit : std::uint16_t{0}));
  const std::uint64_t trip = b.trip[i];
  const std::int32_t day = b.departure_day[i];
  const sim::Block own = sim::draw(c.key, sim::Purpose::person, trip, day, index);
  PersonAtPost p;
  p.checked = std::rotl(b.words[11][i], static_cast<int>(11 * k)) <= post.check_cut;
  if (!p.checked) return p;
  p.lane = post.lanes[c.control.lane[b.nationality[i] * c.tables.countries.size() + post.country]];
  if (p.lane == 0 && gate_word(own[2], k) < c.gate_rejection_cut) p.lane = post.lanes[1];
  p.drawn = select_word(own[k % 2], k) < post.select_cut;
  if (b.way == Way::out && own[3] < c.irregular_cut) {
    const auto noticed = sim::draw(c.key, sim::Purpose::person, trip, day, index | noticed_block);
    p.referred = std::rotl(noticed[k % 4], static_cast<int>(k / 4)) < c.noticed_cut[post.entry];
  }
  return p;
}

void make_single(const StreamContext& c, Batch& batch, std::uint64_t trip, Way way) {
  const travel::TripId id = travel::unpack(trip);
  batch.n = 1;
  batch.way = way;
  batch.day = way == Way::out ? id.day : id.day + static_cast<std::int32_t>(id.nights);
  batch.trip[0] = trip;
  batch.departure_day[0] = id.day;
  batch.block[0] = id.block;
  batch.nights[0] = static_cast<std::uint16_t>(id.nights);
  c.maker.make(batch);
}

bool has_irregular_documents(const StreamContext& c, std::uint64_t trip, std::int32_t departure_day,
                             std::uint32_t member) {
  return sim::draw(c.key, sim::Purpose::person, trip, departure_day,
                   static_cast<std::uint16_t>(member))[3] < c.irregular_cut;
}

}  // namespace corridor::simulation
