// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/single_person.hpp"

#include <array>

#include "models/travel/protected.hpp"

namespace corridor::simulation {

using control::Source;

std::vector<PersonCrossing> person_crossings(const StreamContext& c, const DayRules* rules,
                                             std::string_view date, const travel::Batch& b,
                                             std::uint32_t member, std::int16_t earlier,
                                             std::span<const PersonOfInterest> interest) {
  const bool irregular = b.way == travel::Way::out &&
                         has_irregular_documents(c, b.trip[0], b.departure_day[0], member);
  const SpecialPerson special = special_person(c, b, 0, member, irregular, interest);
  std::optional<BatchScorer> scorer;
  if (rules != nullptr) {
    scorer.emplace(*c.scoring);
    scorer->score_units(*rules, b, std::span(&earlier, 1));
  }
  std::vector<PersonCrossing> crossings;
  for (std::uint32_t k = 0; k < b.n_crossings[0]; ++k) {
    PersonCrossing x;
    x.post = b.post[k][0];
    const PostRow& post = c.control.posts[x.post];
    x.at = person_at_post(c, b, 0, member, k);
    x.special = special;
    if ((special.listed | special.mistaken) != 0) {
      x.found = found_on_lists(c.key, c.risk, b.trip[0], b.departure_day[0], member,
                               b.way == travel::Way::back, k, special.listed, special.mistaken);
    }
    x.home = post.country == c.tables.pairs[b.pair[0]].origin;
    x.stage = post.entry != 0 ? risk::Stage::arrival : risk::Stage::check_in;
    if (scorer) {
      const std::size_t row = scorer->add_person(0, {special.document.shown, x.found});
      scorer->score_persons(*rules);
      x.refers = scorer->person_refers(row, x.home, x.stage);
      x.reasons = risk::evaluate(c.scoring->rules, risk::shipped_catalogue(), date, x.stage,
                                 scorer->person_features(x.home), row);
    }
    crossings.push_back(x);
  }
  return crossings;
}

std::optional<control::Candidate> candidate_at(const StreamContext& c, const DayRules* rules,
                                               const travel::Batch& b, std::uint32_t member,
                                               std::uint32_t k, const PersonCrossing& x,
                                               std::optional<PostThreshold> threshold) {
  if (!x.at.checked) return std::nullopt;
  const std::int32_t score = x.reasons ? x.reasons->score : 0;
  const bool flag = rules != nullptr && threshold &&
                    (x.refers || flagged(*threshold, rules->bin(score), x.at.tie));
  if (x.found == 0 && !x.at.referred && !flag && !x.at.drawn) return std::nullopt;
  control::Candidate candidate;
  candidate.trip = b.trip[0];
  candidate.member = static_cast<std::uint8_t>(member);
  candidate.way = static_cast<std::uint8_t>(b.way);
  candidate.post = x.post;
  candidate.hour = static_cast<std::uint8_t>(b.minute[k][0] % 1440 / 60);
  candidate.source = source_of(x.found, x.at.referred, flag);
  candidate.score = score;
  candidate.tie = x.at.tie;
  candidate.threat = x.special.threat;
  candidate.found = x.found;
  candidate.matched = x.found & x.special.listed;
  candidate.drawn = x.at.drawn ? 1 : 0;
  candidate.minor = is_minor(c, b, 0, member) ? 1 : 0;
  return candidate;
}

control::Outcome outcome_at(const control::Candidate& candidate, const control::Cut& cut,
                            const control::SecondarySettings& settings, sim::RunKey key,
                            std::int32_t day) {
  const std::uint64_t rank = control::rank_key(candidate);
  const bool random = candidate.source == Source::random;
  if (rank > (random ? cut.reviewed_random : cut.reviewed)) return control::Outcome::not_reviewed;
  if (!control::sent_on(candidate, settings, key, day)) return control::Outcome::dismissed;
  if (rank > (random ? cut.inspected_random : cut.inspected)) return control::Outcome::no_place;
  return control::finding(candidate, settings, key, day);
}

}  // namespace corridor::simulation
