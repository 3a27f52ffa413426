// SPDX-License-Identifier: Apache-2.0
// Persons of the day's stream: who becomes a candidate at which post.
#include <algorithm>
#include <bit>

#include "models/simulation/day_worker.hpp"
#include "models/travel/protected.hpp"

namespace corridor::simulation {
namespace {

using control::Source;
using travel::Batch;
using travel::Way;

risk::Stage stage_at(const PostRow& post) {
  return post.entry != 0 ? risk::Stage::arrival : risk::Stage::check_in;
}

}  // namespace

void DayStream::draw_persons(Worker& w, const Batch& batch) const {
  w.n_persons = 0;
  for (std::size_t i = 0; i < batch.n; ++i) {
    for (std::uint32_t m = 0; m < batch.party[i]; ++m) {
      if (((w.absent[i] >> m) & 1) != 0) continue;
      const std::size_t p = w.n_persons++;
      w.person_trip[p] = batch.trip[i];
      w.person_day[p] = batch.departure_day[i];
      w.person_index[p] = static_cast<std::uint16_t>(m | (batch.way == Way::back ? way_bit : 0U));
      w.person_row[p] = static_cast<std::uint16_t>(i);
    }
  }
  sim::draw_batch(c_.path, c_.key, sim::Purpose::person, w.n_persons, w.person_trip.data(),
                  w.person_day.data(), w.person_index.data(),
                  {w.words[0].data(), w.words[1].data(), w.words[2].data(), w.words[3].data()});
  w.special.clear();
  for (std::size_t p = 0; p < w.n_persons; ++p) {
    const bool irregular = batch.way == Way::out && w.words[3][p] < c_.irregular_cut;
    if (irregular || !w.interest[w.person_row[p]].empty()) w.special.push_back(p);
  }
}

void DayStream::add_persons(Worker& w, const Batch& batch) const {
  const std::size_t n_countries = c_.tables.countries.size();
  const bool scoring = rules_ != nullptr;
  auto next_special = w.special.begin();
  for (std::size_t p = 0; p < w.n_persons; ++p) {
    const std::size_t i = w.person_row[p];
    const bool special = next_special != w.special.end() && *next_special == p;
    if (special) ++next_special;
    const bool flags = scoring && w.any_flag[i] && !special;
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
      if ((!drawn && !flags) || special) [[likely]]
        continue;
      const std::uint32_t tie = tie_word(w.words[(k + 1) % 2][p], k);
      const bool flag = flags && (w.refers[k][i] != 0 || flagged(rules_->thresholds[post_index],
                                                                 rules_->bin(w.score[k][i]), tie));
      if (!drawn && !flag) continue;
      w.counts.flagged += flag ? 1 : 0;
      control::Candidate candidate;
      candidate.trip = w.person_trip[p];
      candidate.member = static_cast<std::uint8_t>(w.person_index[p] % way_bit);
      candidate.way = static_cast<std::uint8_t>(batch.way);
      candidate.post = post_index;
      candidate.hour = static_cast<std::uint8_t>(of_day / 60);
      candidate.source = flag ? Source::rules : Source::random;
      candidate.score = scoring ? w.score[k][i] : 0;
      candidate.tie = tie;
      candidate.drawn = drawn ? 1 : 0;
      candidate.minor = is_minor(c_, batch, i, candidate.member) ? 1 : 0;
      w.candidates[offset].push_back(candidate);
    }
  }
  if (!w.special.empty()) add_special_persons(w, batch);
}

void DayStream::add_special_persons(Worker& w, const Batch& batch) const {
  struct Crossing {
    std::size_t person, row;
    std::uint32_t k;
    SpecialPerson special;
    std::uint8_t found;
  };
  std::vector<Crossing> crossings;
  const bool scoring = rules_ != nullptr;
  if (scoring) w.scorer->clear_persons();
  for (const std::size_t p : w.special) {
    const std::size_t i = w.person_row[p];
    const std::uint32_t member = w.person_index[p] % way_bit;
    const bool irregular = batch.way == Way::out && w.words[3][p] < c_.irregular_cut;
    const SpecialPerson special = special_person(c_, batch, i, member, irregular, w.interest[i]);
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      if (batch.post[k][i] == travel::no_post) continue;
      Crossing crossing{p, 0, k, special, 0};
      if ((special.listed | special.mistaken) != 0) {
        crossing.found =
            found_on_lists(c_.key, c_.risk, batch.trip[i], batch.departure_day[i], member,
                           batch.way == Way::back, k, special.listed, special.mistaken);
      }
      if (scoring) {
        crossing.row = w.scorer->add_person(i, {special.document.shown, crossing.found});
      }
      crossings.push_back(crossing);
    }
  }
  if (scoring) {
    w.scorer->score_persons(*rules_);
    // In the distribution these persons stand under their own score, not that of their unit.
    for (const Crossing& x : crossings) {
      const std::size_t i = w.person_row[x.person];
      const std::uint32_t post_index = batch.post[x.k][i];
      const PostRow& post = c_.control.posts[post_index];
      const bool home = post.country == c_.tables.pairs[batch.pair[i]].origin;
      const risk::Stage stage = stage_at(post);
      if (!batch.planned.empty()) continue;  // nor do they stand in it at all
      const std::uint32_t from = rules_->bin(w.score[x.k][i]);
      const std::uint32_t to = rules_->bin(w.scorer->person_score(x.row, home, stage));
      w.histogram[score_cell(c_.control.posts.size(), post_index, from)] -= 1;
      w.histogram[score_cell(c_.control.posts.size(), post_index, to)] += 1;
      w.stage_histogram[static_cast<std::size_t>(stage)][from] -= 1;
      w.stage_histogram[static_cast<std::size_t>(stage)][to] += 1;
    }
    if (rules_->thresholds.empty()) return;  // before the first day
  }

  for (const Crossing& x : crossings) {
    const std::size_t p = x.person, i = w.person_row[p];
    const std::uint32_t post_index = batch.post[x.k][i];
    const PostRow& post = c_.control.posts[post_index];
    const auto minute = static_cast<std::uint32_t>(batch.minute[x.k][i]);
    const std::uint32_t offset = minute / minutes_of_day, of_day = minute % minutes_of_day;
    const bool drawn = select_word(w.words[x.k % 2][p], x.k) < post.select_cut;
    const std::uint32_t tie = tie_word(w.words[(x.k + 1) % 2][p], x.k);
    w.counts.threats_at_posts[static_cast<std::size_t>(x.special.threat)] += 1;
    w.counts.list_hits += x.found != 0 ? 1 : 0;
    bool flag = false;
    std::int32_t score = 0;
    if (scoring) {
      const bool home = post.country == c_.tables.pairs[batch.pair[i]].origin;
      score = w.scorer->person_score(x.row, home, stage_at(post));
      flag = w.scorer->person_refers(x.row, home, stage_at(post)) ||
             flagged(rules_->thresholds[post_index], rules_->bin(score), tie);
    }
    bool referred = false;
    if (x.special.irregular) {
      const auto noticed = sim::draw(c_.key, sim::Purpose::person, w.person_trip[p],
                                     w.person_day[p], w.person_index[p] | noticed_block);
      referred =
          std::rotl(noticed[x.k % 4], static_cast<int>(x.k / 4)) < c_.noticed_cut[post.entry];
    }
    w.counts.flagged += flag ? 1 : 0;
    if (x.found == 0 && !referred && !flag && !drawn) continue;
    control::Candidate candidate;
    candidate.trip = w.person_trip[p];
    candidate.member = static_cast<std::uint8_t>(w.person_index[p] % way_bit);
    candidate.way = static_cast<std::uint8_t>(batch.way);
    candidate.post = post_index;
    candidate.hour = static_cast<std::uint8_t>(of_day / 60);
    candidate.source = source_of(x.found, referred, flag);
    candidate.score = score;
    candidate.tie = tie;
    candidate.threat = x.special.threat;
    candidate.found = x.found;
    candidate.matched = x.found & x.special.listed;
    candidate.drawn = drawn ? 1 : 0;
    candidate.minor = is_minor(c_, batch, i, candidate.member) ? 1 : 0;
    w.candidates[offset].push_back(candidate);
  }
}

bool is_minor(const StreamContext& c, const Batch& batch, std::size_t i, std::uint32_t member) {
  return travel::protected_person(c.signal_params, c.key, batch, i, member).age ==
         travel::AgeBand::minor;
}

SpecialPerson special_person(const StreamContext& c, const Batch& b, std::size_t i,
                             std::uint32_t member, bool irregular,
                             std::span<const PersonOfInterest> interest) {
  SpecialPerson s;
  s.irregular = irregular;
  for (const PersonOfInterest& p : interest) {
    s.irregular = s.irregular || (p.irregular != 0 && p.member_word % b.party[i] == member);
  }
  if (s.irregular) {
    s.threat = Threat::documents;
    s.document = irregular_document(c.key, c.risk, b.trip[i], b.departure_day[i], member);
    if (s.document.listed) s.listed |= 1U << static_cast<unsigned>(risk::List::document);
  }
  for (const PersonOfInterest& p : interest) {
    if (p.member_word % b.party[i] != member) continue;
    // What somebody carries rides on the way out; who is sought is sought on both.
    if (b.way == Way::out || stays(p.threat)) s.threat = std::max(s.threat, p.threat);
    if (b.day >= p.known_from) s.listed |= p.listed;
    s.mistaken |= p.mistaken;
  }
  return s;
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
  p.tie = tie_word(own[(k + 1) % 2], k);
  if (b.way == Way::out && own[3] < c.irregular_cut) {
    const auto noticed = sim::draw(c.key, sim::Purpose::person, trip, day, index | noticed_block);
    p.referred = std::rotl(noticed[k % 4], static_cast<int>(k / 4)) < c.noticed_cut[post.entry];
  }
  return p;
}

void make_single(const StreamContext& c, Batch& batch, std::uint64_t trip, Way way,
                 std::span<const PersonOfInterest> interest) {
  if (travel::is_injected(trip)) {
    make_injected(c, batch, injected_trip(c, trip), way);
    return;
  }
  const travel::TripId id = travel::unpack(trip);
  batch.n = 1;
  batch.way = way;
  batch.planned = {};
  batch.day = way == Way::out ? id.day : id.day + static_cast<std::int32_t>(id.nights);
  batch.trip[0] = trip;
  batch.departure_day[0] = id.day;
  batch.block[0] = id.block;
  batch.nights[0] = static_cast<std::uint16_t>(id.nights);
  batch.threat[0] = 0;
  for (const PersonOfInterest& p : interest) {
    batch.threat[0] = std::max(batch.threat[0], static_cast<std::uint8_t>(p.threat));
  }
  c.maker.make(batch);
  c.signals.draw(batch);
}

void put_injected(Batch& batch, std::size_t i, const travel::InjectedTrip& trip) {
  batch.trip[i] = trip.trip;
  batch.departure_day[i] = trip.departure_day;
  batch.block[i] = trip.block;
  batch.nights[i] = trip.nights;
  batch.threat[i] = trip.threat;
}

void make_injected(const StreamContext& c, Batch& batch, const travel::InjectedTrip& trip,
                   Way way) {
  batch.n = 1;
  batch.way = way;
  batch.day = way == Way::out ? trip.departure_day : trip.return_day();
  put_injected(batch, 0, trip);
  batch.planned = std::span(&trip, 1);
  c.maker.make(batch);
  c.signals.draw(batch);
}

bool has_irregular_documents(const StreamContext& c, std::uint64_t trip, std::int32_t departure_day,
                             std::uint32_t member) {
  return sim::draw(c.key, sim::Purpose::person, trip, departure_day,
                   static_cast<std::uint16_t>(member))[3] < c.irregular_cut;
}

}  // namespace corridor::simulation
