// SPDX-License-Identifier: Apache-2.0
// Scores of the day's stream: what units are scored with, and where each score is counted.
#include "models/simulation/day_worker.hpp"

namespace corridor::simulation {

using travel::Batch;

std::int16_t HistoryLookup::earlier(const StreamContext& c, const Batch& batch, std::size_t i,
                                    std::uint32_t place) {
  const std::int32_t day = batch.departure_day[i];
  const std::uint32_t pool = c.tables.blocks[batch.block[i]].pool;
  if (pool != pool_) {
    for (Day& known : days_) known.day = INT32_MIN;
    pool_ = pool;
  }
  Day& known = days_[static_cast<std::uint32_t>(day) % days_.size()];
  if (known.day != day) {
    const travel::SlotClasses& slots = c.years->slots(pool, day);
    const std::int32_t of_year = day - travel::year_of(day) * travel::days_of_year;
    known.day = day;
    known.first_slot = slots.day_first(of_year);
    known.trips = {slots, known.first_slot,
                   of_year - static_cast<std::int32_t>(c.risk.retention_days),
                   of_year - static_cast<std::int32_t>(c.risk.history_delay_days) + 1};
  }
  return static_cast<std::int16_t>(known.trips.of(known.first_slot + place));
}

void DayStream::score_batch(Worker& w, const Batch& batch) const {
  w.scorer->score_units(*rules_, batch, w.earlier);
  const bool all = c_.risk.scope == "all";
  // Thresholds follow from ordinary travellers, so that other models' people change nothing
  // elsewhere: these are scored and stand in no distribution.
  const std::uint32_t weight = batch.planned.empty() ? 1 : 0;
  std::array<std::array<const std::int32_t*, 2>, 2> scores{};  // [home][entry]
  for (const bool home : {false, true}) {
    scores[home] = {w.scorer->unit_scores(home, risk::Stage::check_in),
                    w.scorer->unit_scores(home, risk::Stage::arrival)};
  }
  // Everybody is counted in bin 0 first, without asking; few have to be moved.
  std::uint32_t* bin_0 = w.histogram.data() + score_cell(c_.control.posts.size(), 0, 0);
  std::int64_t scored = 0, at_entry = 0, booked = 0;
  std::size_t n_remarkable = 0;
  for (std::size_t i = 0; i < batch.n; ++i) {
    const std::uint16_t origin = c_.tables.pairs[batch.pair[i]].origin;
    const std::uint32_t persons = w.present[i];
    bool checked = false;
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      const std::uint32_t index = batch.post[k][i];
      if (index == travel::no_post) continue;
      const PostRow& post = c_.control.posts[index];
      w.score[k][i] = scores[post.country == origin ? 1 : 0][post.entry][i];
      bin_0[index] += weight * persons;
      scored += persons;
      at_entry += post.entry != 0 ? persons : 0;
      checked = true;
    }
    booked += checked || all ? persons : 0;
    if (all && !checked && weight != 0) score_unchecked(w, batch, i);
    w.any_flag[i] = false;
    w.remarkable[n_remarkable] = static_cast<std::uint16_t>(i);
    n_remarkable += w.scorer->is_plain(i) ? 0 : 1;
  }
  w.tallies.of(!batch.planned.empty()).counts.scored += scored;
  const std::array<std::int64_t, risk::n_stages> by_stage{booked, scored - at_entry, at_entry};
  for (std::size_t stage = 0; stage < risk::n_stages; ++stage) {
    w.stage_histogram[stage][0] += weight * by_stage[stage];
  }
  for (std::size_t r = 0; r < n_remarkable; ++r) score_remarkable(w, batch, w.remarkable[r], all);
}

void DayStream::score_unchecked(Worker& w, const Batch& batch, std::size_t i) const {
  // No post sees them: a booking is flagged as a whole, and nobody is selected.
  const std::uint32_t persons = w.present[i];
  const std::uint32_t bin = rules_->bin(w.scorer->unit_score(i, true, risk::Stage::booking));
  w.histogram[unchecked_cell(c_.control.posts.size(), bin)] += persons;
  w.tallies.ordinary.counts.scored_unchecked += persons;
  const auto tie = static_cast<std::uint32_t>(mix(sample_hash(c_.key, batch.trip[i])));
  if (flagged(rules_->unchecked, bin, tie)) w.tallies.ordinary.counts.flagged_unchecked += persons;
}

void DayStream::score_remarkable(Worker& w, const Batch& batch, std::size_t i, bool all) const {
  const DayRules& rules = *rules_;
  const std::uint16_t origin = c_.tables.pairs[batch.pair[i]].origin;
  const std::uint32_t persons = batch.planned.empty() ? w.present[i] : 0;
  const auto move = [&](risk::Stage stage, std::uint32_t bin) {
    auto& bins = w.stage_histogram[static_cast<std::size_t>(stage)];
    bins[0] -= persons;
    bins[bin] += persons;
  };
  const std::size_t n_posts = c_.control.posts.size();
  bool any = false, checked = all;
  for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
    const std::uint32_t index = batch.post[k][i];
    if (index == travel::no_post) continue;
    checked = true;
    const PostRow& post = c_.control.posts[index];
    const risk::Stage stage = post.entry != 0 ? risk::Stage::arrival : risk::Stage::check_in;
    const bool refers = w.scorer->unit_refers(i, post.country == origin, stage);
    const std::uint32_t bin = rules.bin(w.score[k][i]);
    w.histogram[score_cell(n_posts, index, 0)] -= persons;
    w.histogram[score_cell(n_posts, index, bin)] += persons;
    move(stage, bin);
    w.refers[k][i] = refers ? 1 : 0;
    if (rules.thresholds.empty()) continue;  // before the first day nobody is selected
    any = any || refers || (bin > 0 && bin >= rules.thresholds[index].bin);
  }
  w.any_flag[i] = any;
  if (checked) {
    move(risk::Stage::booking, rules.bin(w.scorer->unit_score(i, true, risk::Stage::booking)));
  }
}

}  // namespace corridor::simulation
