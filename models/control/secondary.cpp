// SPDX-License-Identifier: Apache-2.0
#include "models/control/secondary.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <tuple>

namespace corridor::control {
namespace {

// Words of the draw of Purpose::review that belongs to one person at one post.
enum Word : std::size_t { inspecting = 0, reviewing = 1, confirming = 2, asking = 3 };

// Index of Purpose::review. A person may come to several posts on one day: the number of the
// crossing is in it.
std::uint16_t review_index(const Candidate& c) {
  return static_cast<std::uint16_t>(std::uint32_t{c.crossing} << 4 | (c.way & 1U) << 3 |
                                    (c.member & 7U));
}

// The second block of the same person: whether officers follow the rules, to which kind he is sent.
constexpr std::uint16_t second_block = 0x1000;
enum SecondWord : std::size_t { following = 0, sending = 1 };
double second_uniform(const Candidate& c, sim::RunKey key, std::int32_t day, SecondWord word) {
  const auto index = static_cast<std::uint16_t>(review_index(c) | second_block);
  return sim::uniform32(sim::draw(key, sim::Purpose::review, c.trip, day, index)[word]);
}

// The draws that give a fraction of a place to the random share belong to a post, not to a trip:
// ids of their own.
constexpr std::uint64_t post_id = 0xffff'ffff'0000'0000ULL;
enum FloorOf : std::uint32_t { reviews = 0, inspections = 32 };  // index: this + hour

auto person(const Candidate& c) { return std::tie(c.trip, c.way, c.member); }

/// How many of `others` and of `drawn` are taken when `capacity` can be: `floor` of it is kept for
/// the drawn, what one kind leaves goes to the other.
struct Taken {
  std::int64_t others = 0, drawn = 0;
};
Taken take(std::int64_t others, std::int64_t drawn, std::int64_t capacity, double floor,
           std::uint32_t word) {
  std::int64_t kept = 0;
  if (drawn > 0 && capacity > 0) {
    const double share = floor * static_cast<double>(capacity);
    kept = static_cast<std::int64_t>(share);
    kept += sim::uniform32(word) < share - static_cast<double>(kept) ? 1 : 0;
    kept = std::min(kept, drawn);
  }
  const std::int64_t first = std::min(others, capacity - kept);
  return {first, std::min(drawn, capacity - first)};
}

constexpr std::uint8_t by_biometrics = 4;  ///< bit of Candidate::found

/// Whether a reviewer confirms what lists say of a candidate. \param u  of the review
bool confirms(const Candidate& c, const SecondarySettings& s, const sim::Block& draw, double u) {
  const bool match = c.matched != 0;
  if (!(u < (match ? s.confirm_match : s.confirm_false))) return false;
  return (c.found & by_biometrics) == 0 ||
         sim::uniform32(draw[confirming]) < (match ? s.second_match : s.second_false);
}

bool reviewer_sends_on(const Candidate& c, const SecondarySettings& s, const sim::Block& draw) {
  if (c.drawn != 0) return true;  // also under another source: the random share stays unbiased
  const double u = sim::uniform32(draw[reviewing]);
  switch (c.source) {
    case Source::list:
      return confirms(c, s, draw, u);
    case Source::rules:
      // Lists that are asked in secondary alone may answer too.
      return u < (c.threat != Threat::none ? s.forward_threat : s.forward_innocent) ||
             (c.found != 0 && confirms(c, s, draw, u));
    case Source::referral:
    case Source::random:
      break;
  }
  return true;
}

/// Whether officers may let him pass without a look: a hit or a flag, unless he is drawn too.
bool may_be_ignored(const Candidate& c) {
  return (c.source == Source::list || c.source == Source::rules) && c.drawn == 0;
}

/// Chance that a reviewer sends him on, over the draws of review.
double chance_sent_on(const Candidate& c, const SecondarySettings& s) {
  if (c.drawn != 0 || c.source == Source::referral || c.source == Source::random) return 1;
  const bool match = c.matched != 0, biometrics = (c.found & by_biometrics) != 0;
  const double confirmed = match ? s.confirm_match : s.confirm_false;
  const double second = biometrics ? (match ? s.second_match : s.second_false) : 1;
  if (c.source == Source::list) return (1 - s.ignored) * confirmed * second;
  // One draw decides on both: a list adds what it confirms beyond what rules alone send on.
  const double forward = c.threat != Threat::none ? s.forward_threat : s.forward_innocent;
  const double more = c.found != 0 ? std::max(0.0, confirmed - forward) * second : 0;
  return (1 - s.ignored) * (forward + more);
}

/// Chance that an inspection of a kind ends with anything but "cleared".
double chance_inspected_finds(const Candidate& c, const SecondarySettings& s, std::size_t kind) {
  if (c.threat == Threat::none) return 1 - s.specificity;
  const double chance =
      (s.kinds ? (*s.kinds)[kind].finds : s.sensitivity)[static_cast<std::size_t>(c.threat)];
  // A list that is asked in secondary alone names him there.
  if (c.source != Source::list && c.matched != 0) return 1 - (1 - chance) * (1 - s.confirm_match);
  return chance;
}

Outcome inspect(const Candidate& c, const SecondarySettings& s, std::size_t kind,
                const sim::Block& draw) {
  if (!(sim::uniform32(draw[inspecting]) < chance_inspected_finds(c, s, kind)))
    return Outcome::cleared;
  if (c.minor != 0) return Outcome::protection;
  switch (c.threat) {
    case Threat::contraband:
    case Threat::cash:
      return Outcome::seized;
    case Threat::wanted:
      return Outcome::detained;
    case Threat::fighter:  // without a record there is suspicion alone
      return c.matched != 0 ? Outcome::detained : Outcome::refused;
    case Threat::documents:
      if (sim::uniform32(draw[asking]) < s.asylum) return Outcome::protection;
      break;
    case Threat::none:
      break;
  }
  return Outcome::refused;
}

std::int32_t carry_after(std::int32_t carry, std::int32_t minutes, std::int64_t begun,
                         std::int64_t server_minutes) {
  return static_cast<std::int32_t>(
      std::max<std::int64_t>(0, carry + minutes * begun - server_minutes));
}

/// Services of `minutes` that can start in `server_minutes`.
std::int64_t starts_in(std::int64_t server_minutes, std::int32_t carry, std::int32_t minutes) {
  return (std::max<std::int64_t>(0, server_minutes - carry) + minutes - 1) / minutes;
}

/// One who stands in an hour's order; stand-ins are not counted.
struct Row {
  Candidate* candidate;
  bool counts;
};
bool row_before(const Row& a, const Row& b) { return before(*a.candidate, *b.candidate); }

void count_inspected(const Candidate& c, const SecondarySettings& s, std::size_t kind,
                     std::int32_t minutes, SecondaryCounts& counts) {
  const auto threat = static_cast<std::size_t>(c.threat);
  // Protection is no detection.
  const bool found = held(c.outcome) && c.outcome != Outcome::protection;
  counts.inspected_with[threat] += 1;
  counts.found_of[threat] += found ? 1 : 0;
  const auto outcome = static_cast<std::size_t>(c.outcome);
  counts.traveller_minutes[outcome] += minutes;
  counts.officer_minutes[outcome] +=
      minutes + (c.outcome == Outcome::protection ? s.protection_minutes : 0);
  if (!s.kinds) return;
  counts.kinds[kind].inspected += 1;
  counts.kinds[kind].found += found && c.threat != Threat::none ? 1 : 0;
  counts.kinds[kind].minutes += minutes;
}

/// Each person once, under the first source. \pre the candidates are in order
std::vector<Row> persons_in_order(std::span<Candidate> candidates) {
  std::vector<Row> rows;
  for (Candidate& c : candidates) rows.push_back({&c, true});
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return person(*a.candidate) < person(*b.candidate);
  });
  const auto same = [](const Row& a, const Row& b) {
    return person(*a.candidate) == person(*b.candidate);
  };
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
  std::sort(rows.begin(), rows.end(), row_before);
  return rows;
}

/// Splits `rows`, which are in order, into those that are taken (returned) and those that are not
/// (`left`), and says where.
std::vector<Row> cut_at(std::span<const Row> rows, std::int64_t capacity, double floor,
                        std::uint32_t word, std::vector<Row>& left, std::uint64_t& cut,
                        std::uint64_t& cut_random) {
  const auto first_random = std::find_if(rows.begin(), rows.end(), [&](const Row& r) {
    return r.candidate->source == Source::random;
  });
  const std::int64_t others = first_random - rows.begin();
  const std::int64_t drawn = rows.end() - first_random;
  const Taken taken = take(others, drawn, capacity, floor, word);
  const auto bound = [&](std::int64_t of, std::int64_t n, std::int64_t from) {
    if (n == of) return Cut::all;
    if (n == 0) return Cut::none;
    return rank_key(*rows[static_cast<std::size_t>(from + n - 1)].candidate);
  };
  cut = bound(others, taken.others, 0);
  cut_random = bound(drawn, taken.drawn, others);
  std::vector<Row> in;
  for (std::int64_t rank = 0; rank < others + drawn; ++rank) {
    const bool takes = rank < others ? rank < taken.others : rank < others + taken.drawn;
    (takes ? in : left).push_back(rows[static_cast<std::size_t>(rank)]);
  }
  return in;
}

}  // namespace

bool sent_on(const Candidate& c, const SecondarySettings& settings, sim::RunKey key,
             std::int32_t day) {
  if (settings.ignored > 0 && may_be_ignored(c) &&
      second_uniform(c, key, day, following) < settings.ignored)
    return false;
  return reviewer_sends_on(c, settings,
                           sim::draw(key, sim::Purpose::review, c.trip, day, review_index(c)));
}

std::size_t kind_of(const Candidate& c, const SecondarySettings& settings, sim::RunKey key,
                    std::int32_t day) {
  if (!settings.kinds) return 0;
  return static_cast<std::size_t>(
      kind_of(c.source, second_uniform(c, key, day, sending), *settings.kinds));
}

Outcome finding(const Candidate& c, const SecondarySettings& settings, sim::RunKey key,
                std::int32_t day) {
  return inspect(c, settings, kind_of(c, settings, key, day),
                 sim::draw(key, sim::Purpose::review, c.trip, day, review_index(c)));
}

double chance_held(const Candidate& c, const SecondarySettings& settings, sim::RunKey key,
                   std::int32_t day) {
  if (c.minor != 0) return 0;  // a child is referred to protection
  const double asylum = c.threat == Threat::documents ? settings.asylum : 0;
  return chance_sent_on(c, settings) *
         chance_inspected_finds(c, settings, kind_of(c, settings, key, day)) * (1 - asylum);
}

bool before(const Candidate& a, const Candidate& b) {
  return std::tie(a.source, b.score, a.tie, a.trip, a.way, a.member) <
         std::tie(b.source, a.score, b.tie, b.trip, b.way, b.member);
}

bool before_in_day(const Candidate& a, const Candidate& b) {
  if (a.post != b.post) return a.post < b.post;
  if (a.hour != b.hour) return a.hour < b.hour;
  return before(a, b);
}

std::uint64_t rank_key(const Candidate& c) {
  constexpr std::int32_t most = 1 << 24;
  const std::int32_t score = std::clamp(c.score, 1 - most, most - 1);
  // Source 0 becomes 1, so that no key is Cut::none.
  return (std::uint64_t{static_cast<std::uint8_t>(c.source)} + 1) << 60 |
         static_cast<std::uint64_t>(most - score) << 32 | c.tie;
}

SecondarySettings secondary_settings(const ControlParams& p) {
  const auto whole = [](double minutes) {
    return static_cast<std::int32_t>(std::floor(minutes + 0.5));
  };
  SecondarySettings s;
  s.review_minutes = whole(p.review_minutes);
  s.inspection_minutes = whole(p.secondary_minutes);
  s.protection_minutes = whole(p.protection_minutes);
  s.random_floor = p.random_floor;
  s.forward_threat = p.forward_threat;
  s.forward_innocent = p.forward_innocent;
  s.confirm_match = p.confirm_match;
  s.confirm_false = p.confirm_false;
  s.second_match = p.second_match;
  s.second_false = p.second_false;
  s.sensitivity = {0,
                   p.documents_sensitivity,
                   p.contraband_sensitivity,
                   p.wanted_sensitivity,
                   p.cash_sensitivity,
                   p.fighter_sensitivity};
  s.specificity = p.inspection_specificity;
  s.asylum = p.asylum;
  s.kinds = kinds_of(p);
  return s;
}

std::int32_t reviewers_for(std::int32_t places, const ControlParams& params) {
  return static_cast<std::int32_t>(std::ceil(places * params.reviewers_per_place));
}

std::int64_t SecondaryCounts::total() const {
  return std::accumulate(candidates.begin(), candidates.end(), std::int64_t{0});
}

std::int64_t SecondaryCounts::with(Outcome outcome) const {
  std::int64_t n = 0;
  for (const auto& of_source : outcomes) n += of_source[static_cast<std::size_t>(outcome)];
  return n;
}

std::int64_t SecondaryCounts::inspected() const {
  std::int64_t n = 0;
  for (std::size_t o = 0; o < n_outcomes; ++o) {
    if (control::inspected(static_cast<Outcome>(o))) n += with(static_cast<Outcome>(o));
  }
  return n;
}

std::int64_t starts_in_hour(std::int32_t servers, std::int32_t carry_minutes, std::int32_t minutes,
                            std::int32_t more) {
  return starts_in(std::int64_t{60} * servers + more, carry_minutes, minutes);
}

SecondaryCounts settle_secondary(std::span<Candidate> candidates, Capacity capacity, Carry& carry,
                                 const SecondarySettings& s, sim::RunKey key, std::int32_t day,
                                 Cut* cut, std::span<const Candidate> stand_ins, Apart* apart) {
  const bool ready =
      s.review_minutes >= 1 && s.inspection_minutes >= 1 &&
      (!s.kinds || std::all_of(s.kinds->begin(), s.kinds->end(),
                               [](const KindSettings& k) { return k.minutes >= 1; }));
  if (!ready) {
    throw std::invalid_argument("settle_secondary: a service takes at least a minute");
  }
  SecondaryCounts counts;
  const auto counts_of = [&](const Candidate& c) -> SecondaryCounts& {
    return apart != nullptr && apart->who(c.trip) ? apart->counts : counts;
  };
  if (apart != nullptr) apart->counts = {};
  counts.review_capacity = starts_in_hour(capacity.reviewers, carry.review, s.review_minutes);
  std::sort(candidates.begin(), candidates.end(), before);
  std::vector<Row> rows = persons_in_order(candidates);
  std::vector<Candidate> others(stand_ins.begin(), stand_ins.end());
  if (!others.empty()) {
    for (Candidate& c : others) rows.push_back({&c, false});
    std::stable_sort(rows.begin(), rows.end(), row_before);
  }
  const auto floor_word = [&](FloorOf what, std::size_t kind) {
    if (rows.empty()) return 0U;
    const Candidate& any = *rows[0].candidate;
    return sim::draw(key, sim::Purpose::review, post_id | any.post, day,
                     static_cast<std::uint16_t>(what + any.hour))[kind];
  };
  Cut where;
  std::vector<Row> left;
  std::array<std::vector<Row>, n_kinds> on;  // by kind; the first where there is one
  const std::vector<Row> reviewed =
      cut_at(rows, counts.review_capacity, s.random_floor, floor_word(reviews, 0), left,
             where.reviewed, where.reviewed_random);
  for (const Row& row : reviewed) {
    if (sent_on(*row.candidate, s, key, day)) {
      on[kind_of(*row.candidate, s, key, day)].push_back(row);
    } else {
      row.candidate->outcome = Outcome::dismissed;
    }
  }
  std::int32_t left_over = 0;
  if (capacity.one_staff) {
    left_over = static_cast<std::int32_t>(std::max<std::int64_t>(
        0, std::int64_t{60} * capacity.reviewers - carry.review -
               s.review_minutes * static_cast<std::int64_t>(reviewed.size())));
  }
  const std::int32_t in_all = 60 * capacity.places + left_over;
  const auto minutes_of_kind =
      s.kinds ? minutes_of(in_all, *s.kinds) : std::array<std::int32_t, n_kinds>{in_all, 0, 0};
  for (std::size_t k = 0; k < (s.kinds ? n_kinds : 1); ++k) {
    const std::int32_t minutes = s.kinds ? (*s.kinds)[k].minutes : s.inspection_minutes;
    std::int32_t& taken = carry.of_kind(k);
    const std::int64_t starts = starts_in(minutes_of_kind[k], taken, minutes);
    counts.inspection_capacity += starts;
    left.clear();
    const std::vector<Row> inside =
        cut_at(on[k], starts, s.random_floor, floor_word(inspections, k), left,
               where.of_kind(k, false), where.of_kind(k, true));
    taken =
        carry_after(taken, minutes, static_cast<std::int64_t>(inside.size()), minutes_of_kind[k]);
    for (const Row& row : left) row.candidate->outcome = Outcome::no_place;
    for (const Row& row : on[k]) {
      if (s.kinds && row.counts) ++counts_of(*row.candidate).kinds[k].sent_on;
    }
    for (const Row& row : inside) {
      Candidate& c = *row.candidate;
      c.outcome = finding(c, s, key, day);
      if (row.counts) count_inspected(c, s, k, minutes, counts_of(c));
    }
  }

  for (const Row& row : rows) {
    if (!row.counts) continue;
    const Candidate& c = *row.candidate;
    SecondaryCounts& of = counts_of(c);
    const auto source = static_cast<std::size_t>(c.source);
    const auto outcome = static_cast<std::size_t>(c.outcome);
    of.candidates[source] += 1;
    of.outcomes[source][outcome] += 1;
    if (had_his_chance(c.outcome)) of.expected[source] += millionths(chance_held(c, s, key, day));
    const std::int64_t minutes = c.outcome == Outcome::not_reviewed ? 0 : s.review_minutes;
    of.traveller_minutes[outcome] += minutes;
    of.officer_minutes[outcome] += minutes;
  }
  carry.review =
      carry_after(carry.review, s.review_minutes, static_cast<std::int64_t>(reviewed.size()),
                  std::int64_t{60} * capacity.reviewers);
  if (cut != nullptr) *cut = where;
  return counts;
}

}  // namespace corridor::control
