// SPDX-License-Identifier: Apache-2.0
// Persons of the day's stream: who becomes a candidate at which post.
#include "models/simulation/day_worker.hpp"
#include "models/simulation/knowledge.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/replays.hpp"

namespace corridor::simulation {
namespace {

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
  const bool scoring = rules_ != nullptr, counted = counts(batch);
  DayCounts& tally = w.tallies.of(!batch.planned.empty()).counts;
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

      if (counted && gate_word(w.words[2][p], k) < c_.gate_rejection_cut && post.lanes[0] == 0 &&
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
      tally.flagged += flag ? 1 : 0;
      const Naming naming{drawn, false, flag, 0, 0, scoring ? w.score[k][i] : 0, tie};
      w.candidates[offset].push_back(
          make_candidate(c_, batch, i, w.person_index[p] % way_bit, k, naming));
    }
  }
  if (!w.special.empty()) add_special_persons(w, batch);
}

void DayStream::add_special_persons(Worker& w, const Batch& batch) const {
  struct Crossing {
    std::size_t person, row;
    std::uint32_t k;
    std::size_t special;  // row of `specials`
    PersonFacts facts;
  };
  std::vector<SpecialPerson> specials;
  std::vector<Crossing> crossings;
  const bool alone = !batch.planned.empty();
  DayTally& tally = w.tallies.of(alone);
  const bool scoring = rules_ != nullptr;
  if (scoring) w.scorer->clear_persons();
  for (const std::size_t p : w.special) {
    const std::size_t i = w.person_row[p];
    const std::uint32_t member = w.person_index[p] % way_bit;
    const bool irregular = batch.way == Way::out && w.words[3][p] < c_.irregular_cut;
    const SpecialPerson& special =
        specials.emplace_back(special_person(c_, batch, i, member, irregular, w.interest[i]));
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      if (batch.post[k][i] == travel::no_post) continue;
      Crossing crossing{p, 0, k, specials.size() - 1, facts_at(c_, batch, i, member, k, special)};
      if (scoring) crossing.row = w.scorer->add_person(i, crossing.facts);
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
    const std::uint32_t member = w.person_index[p] % way_bit;
    const SpecialPerson& special = specials[x.special];
    Naming naming;
    naming.drawn = select_word(w.words[x.k % 2][p], x.k) < post.select_cut;
    naming.tie = tie_word(w.words[(x.k + 1) % 2][p], x.k);
    naming.found = x.facts.found;
    naming.matched = x.facts.matched;
    naming.found_later = x.facts.found_later;
    naming.matched_later = x.facts.matched_later;
    if (scoring) {
      const bool home = post.country == c_.tables.pairs[batch.pair[i]].origin;
      naming.score = w.scorer->person_score(x.row, home, stage_at(post));
      naming.flagged =
          w.scorer->person_refers(x.row, home, stage_at(post)) ||
          flagged(rules_->thresholds[post_index], rules_->bin(naming.score), naming.tie);
    }
    naming.referred = special.irregular && is_noticed(c_, batch.trip[i], batch.departure_day[i],
                                                      member, x.k, post.entry != 0);
    const auto threat = static_cast<std::size_t>(special.threat);
    tally.counts.threats_at_posts[threat] += 1;
    w.threats_by_post[alone ? 1 : 0][post_index * control::n_threats + threat] += 1;
    if (passes_by_insiders(c_, batch, i, member, x.k, special)) continue;
    tally.counts.list_hits += naming.found != 0 ? 1 : 0;
    if (c_.known != nullptr && !special.records.empty()) {
      const PersonFacts& f = x.facts;
      if (f.hit != risk::ListSource::none || f.known)
        ++tally.sharing.met[static_cast<std::size_t>(f.hit)][static_cast<std::size_t>(f.subject)];
      for (std::size_t list = 0; list < risk::n_lists; ++list) {
        if ((f.found >> list & 1U) != 0)
          ++tally.sharing.by_list[list][static_cast<std::size_t>(f.source[list])];
      }
      if (special.threat != Threat::none) {
        add_replays(c_, batch, i, member, x.k, special, tally.sharing);
        const auto known = known_at(c_, batch, i, x.k, special);
        const auto add = [&](auto& to) {
          for (std::size_t what = 0; what < n_knowledge; ++what) to.knowledge[what] += known[what];
        };
        add(tally.sharing);
        tally.places.each(post.country, crosses_regions(c_, batch, i), add);
      }
      add_requests(c_, batch, i, member, x.k, special, f, cooperation::RequestKind::permission,
                   w.requests);
    }
    tally.counts.flagged += naming.flagged ? 1 : 0;
    if (!naming.anything()) continue;
    const auto minute = static_cast<std::uint32_t>(batch.minute[x.k][i]);
    w.candidates[minute / minutes_of_day].push_back(
        make_candidate(c_, batch, i, member, x.k, naming, special));
  }
}

}  // namespace corridor::simulation
