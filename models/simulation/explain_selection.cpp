// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/explain_selection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/simulation/settle.hpp"

namespace corridor::simulation {
namespace {

double as_share(std::uint32_t word) { return static_cast<double>(word) * 0x1p-32; }

}  // namespace

Rank rank_of(std::uint64_t key) {
  constexpr std::int32_t most = 1 << 24;
  return {static_cast<control::Source>((key >> 60) - 1),
          most - static_cast<std::int32_t>((key >> 32) & 0x0fff'ffff),
          as_share(static_cast<std::uint32_t>(key))};
}

ExplainedThreshold told_threshold(const DayRules& rules, const PostThreshold& threshold,
                                  std::uint32_t bin, std::uint32_t tie) {
  ExplainedThreshold told;
  told.flagged = flagged(threshold, bin, tie);
  told.tie = as_share(tie);
  told.nobody = threshold.bin >= n_score_bins;
  if (!told.nobody) {
    told.lowest = rules.lowest_of_bin(threshold.bin);
    told.above = rules.lowest_of_bin(threshold.bin + 1);
    told.ties_below = threshold.bin == 0 ? 0 : as_share(threshold.fraction);
  }
  told.place = bin > threshold.bin ? "above" : bin == threshold.bin ? "at" : "below";
  return told;
}

ExplainedCut told_cut(std::uint64_t rank, std::uint64_t last) {
  if (last == control::Cut::all) return {"everybody", "above"};
  if (last == control::Cut::none) return {"nobody", "below"};
  const Rank of = rank_of(last);
  return {fmt::format("{}, score {}, tie {:.4f}", control::name(of.source), of.score, of.tie),
          rank < last    ? "above"
          : rank == last ? "at"
                         : "below"};
}

Selections::Selections(const scenario::Scenario& scenario, const StreamContext& context,
                       std::uint32_t replicate, const ResultReader* result)
    : scenario_(scenario),
      c_(context),
      replicate_(replicate),
      result_(result),
      secondary_(settings_of_posts(context.control, scenario.control, context.key)) {
  if (result == nullptr) return;
  cut_days_ = static_cast<std::int64_t>(result->length(Dim::cut_day));
  first_cut_day_ = scenario.run.days - cut_days_;
  closed_ = result->closed()[replicate];
  event_trips_ = result->read<std::uint64_t>("/events/trip", {replicate_});
  dropped_ = result->read<std::int64_t>("/daily/events_dropped", {replicate_});
}

bool Selections::cuts_known(std::int32_t day) const {
  return result_ != nullptr && day >= first_cut_day_ && day < closed_;
}

bool Selections::holds_known(std::int32_t day) const {
  if (result_ == nullptr || day >= closed_) return false;
  return day < 0 || dropped_[static_cast<std::size_t>(day)] == 0;  // before day 0 nobody is held
}

std::string Selections::note() const {
  if (result_ == nullptr) return "selections stand in a result, not in a scenario";
  constexpr std::string_view others =
      "of other days the reviews with a hit and the outcomes that end a journey are told alone";
  if (cut_days_ == 0) return fmt::format("the run kept no cuts (run.cut_days = 0); {}", others);
  return fmt::format("cuts were kept from day {} to {}; {}", first_cut_day_, closed_ - 1, others);
}

std::string Selections::date(std::int32_t day) const {
  return sim::text(scenario_.calendar().date(day));
}

std::optional<DayRules> Selections::rules(std::int32_t day) const {
  if (c_.scoring == nullptr) return std::nullopt;
  return make_day_rules(*c_.scoring, date(day));
}

bool Selections::tell_event(const travel::Batch& b, std::uint32_t person, std::int32_t day,
                            std::uint32_t post, ExplainedCrossing& told, bool& held) const {
  if (result_ == nullptr) return false;
  for (std::size_t i = 0; i < event_trips_.size(); ++i) {
    if (event_trips_[i] != b.trip[0]) continue;
    const auto row = static_cast<std::int64_t>(i);
    const auto byte = [&](const char* path) {
      return result_->read<std::uint8_t>(path, {replicate_, row})[0];
    };
    const auto number = [&](const char* path) {
      return result_->read<std::int32_t>(path, {replicate_, row})[0];
    };
    if (byte("/events/way") != static_cast<std::uint8_t>(b.way) ||
        byte("/events/member") != person || number("/events/day") != day ||
        number("/events/post") != static_cast<std::int32_t>(post))
      continue;
    const auto outcome = static_cast<control::Outcome>(byte("/events/outcome"));
    told.selection_known = true;
    told.source = control::name(static_cast<control::Source>(byte("/events/source")));
    told.outcome = control::name(outcome);
    held = control::held(outcome);
    return true;
  }
  return false;
}

void Selections::tell(const travel::Batch& b, const DayRules* rules, std::uint32_t person,
                      std::uint32_t k, const PersonCrossing& x, ExplainedCrossing& told,
                      bool& held) const {
  const std::int32_t day = b.day + b.minute[k][0] / 1440;
  // Whoever is held comes nowhere later, on this way or back (settle.hpp).
  if (held) {
    told.selection_known = true;
    told.outcome = "did not come here";
    return;
  }
  if (!x.at.checked) return;
  if (cuts_known(day) && (rules == nullptr || cuts_known(b.day)))
    tell_cuts(b, rules, person, k, x, told, held);
  else
    told.stored_alone = tell_event(b, person, day, x.post, told, held);
}

void Selections::tell_cuts(const travel::Batch& b, const DayRules* rules, std::uint32_t person,
                           std::uint32_t k, const PersonCrossing& x, ExplainedCrossing& told,
                           bool& held) const {
  const std::int32_t day = b.day + b.minute[k][0] / 1440;
  told.selection_known = true;
  std::optional<PostThreshold> threshold;
  if (rules != nullptr) {
    const std::uint64_t packed = result_->read<std::uint64_t>(
        "/cuts/threshold", {replicate_, b.day - first_cut_day_, x.post})[0];
    threshold = {static_cast<std::uint32_t>(packed >> 32), static_cast<std::uint32_t>(packed)};
    if (x.reasons)
      told.threshold = told_threshold(*rules, *threshold, rules->bin(x.reasons->score), x.at.tie);
  }
  const auto candidate = candidate_at(c_, rules, b, person, k, x, threshold);
  if (!candidate) return;
  const auto ranks = result_->read<std::uint64_t>(
      "/cuts/rank", {replicate_, day - first_cut_day_, x.post, candidate->hour});
  control::Cut cut;
  cut.reviewed = ranks[0];
  cut.reviewed_random = ranks[1];
  for (std::size_t kind = 0; 2 * kind + 3 < ranks.size(); ++kind) {
    cut.of_kind(kind, false) = ranks[2 * kind + 2];
    cut.of_kind(kind, true) = ranks[2 * kind + 3];
  }
  const bool random = candidate->source == control::Source::random;
  const std::uint64_t rank = control::rank_key(*candidate);
  told.source = control::name(candidate->source);
  told.hour = candidate->hour;
  told.reviewed = told_cut(rank, random ? cut.reviewed_random : cut.reviewed);
  const auto gains =
      result_->read<double>("/cuts/gain", {replicate_, day - first_cut_day_, x.post});
  const auto spared =
      result_->read<double>("/cuts/spared", {replicate_, day - first_cut_day_, x.post});
  cooperation::PostForces forces;
  forces.flag_gain = spared[0];
  forces.hit_gain = spared[1];
  forces.review_gain = gains[0];
  std::copy(gains.begin() + 1, gains.end(), forces.inspection_gain.begin());
  const control::SecondarySettings settings = settings_with(secondary_[x.post], forces);
  const control::Outcome outcome = outcome_at(*candidate, cut, settings, c_.key, day);
  if (outcome == control::Outcome::no_place || control::inspected(outcome)) {
    const std::size_t kind = control::kind_of(*candidate, settings, c_.key, day);
    told.inspected = told_cut(rank, cut.of_kind(kind, random));
    if (settings.kinds) told.kind = control::name(static_cast<control::SecondaryKind>(kind));
  }
  told.outcome = control::name(outcome);
  held = control::held(outcome);
}

}  // namespace corridor::simulation
