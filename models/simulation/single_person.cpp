// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/single_person.hpp"

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
    x.facts = facts_at(c, b, 0, member, k, special);
    x.home = post.country == c.tables.pairs[b.pair[0]].origin;
    x.stage = post.entry != 0 ? risk::Stage::arrival : risk::Stage::check_in;
    if (scorer) {
      const std::size_t row = scorer->add_person(0, x.facts);
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
  Naming naming{x.at.drawn, x.at.referred, false, x.facts.found, x.facts.matched, 0, x.at.tie};
  naming.found_later = x.facts.found_later;
  naming.matched_later = x.facts.matched_later;
  if (x.reasons) naming.score = x.reasons->score;
  naming.flagged = rules != nullptr && threshold &&
                   (x.refers || flagged(*threshold, rules->bin(naming.score), x.at.tie));
  if (!naming.anything() || passes_by_insiders(c, b, 0, member, k, x.special)) return std::nullopt;
  return make_candidate(c, b, 0, member, k, naming, x.special);
}

control::Outcome outcome_at(const control::Candidate& candidate, const control::Cut& cut,
                            const control::SecondarySettings& settings, sim::RunKey key,
                            std::int32_t day) {
  const std::uint64_t rank = control::rank_key(candidate);
  const bool random = candidate.source == Source::random;
  if (rank > (random ? cut.reviewed_random : cut.reviewed)) return control::Outcome::not_reviewed;
  if (!control::sent_on(candidate, settings, key, day)) return control::Outcome::dismissed;
  if (rank > cut.of_kind(control::kind_of(candidate, settings, key, day), random))
    return control::Outcome::no_place;
  return control::finding(candidate, settings, key, day);
}

}  // namespace corridor::simulation
