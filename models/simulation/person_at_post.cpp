// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/person_at_post.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "models/simulation/day_worker.hpp"
#include "models/travel/protected.hpp"

namespace corridor::simulation {

using travel::Batch;
using travel::Way;

namespace {

constexpr std::uint8_t bit(risk::List list) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(list));
}

SpecialPerson::Record record_of(const StreamContext& c, const cooperation::RecordKey& key,
                                risk::List list, bool means_him, cooperation::Subject subject) {
  SpecialPerson::Record r;
  r.list = list;
  r.means_him = means_him;
  r.subject = subject;
  r.key = key;
  r.usable = c.exchange.usable(key, list);
  return r;
}

/// What stands on lists because of a person of interest, and what others recorded of him beside.
void add_records(const StreamContext& c, const PersonOfInterest& p,
                 std::vector<SpecialPerson::Record>& records) {
  if (p.joined != 0) {
    // An error of analysts: his name is in the file that they joined, from then on.
    cooperation::RecordKey file = p.record;
    const double u = c.exchange.joining_draws(file, risk::List::name)[0];
    file.made = file.known = c.exchange.joining().joined(u, file.made);
    file.registered = cooperation::everywhere;
    if (file.made == cooperation::never) return;
    records.push_back(record_of(c, file, risk::List::name, false, p.subject));
    return;
  }
  const auto add = [&](const cooperation::RecordKey& key, risk::List list, bool means_him) {
    records.push_back(record_of(c, key, list, means_him, p.subject));
    if (means_him) return;
    records.back().wrong_word = p.wrong_word;
    records.back().corrected_word = p.corrected_word;
  };
  const auto add_with_second = [&](risk::List list, bool means_him) {
    add(p.record, list, means_him);
    if (const auto second = c.exchange.second_of(p.record, list)) add(*second, list, means_him);
  };
  for (const risk::List list : {risk::List::document, risk::List::name, risk::List::biometric}) {
    if ((p.listed & bit(list)) != 0) add_with_second(list, true);
    if ((p.mistaken & bit(list)) != 0) add_with_second(list, false);
  }
  if ((p.listed & bit(risk::List::name)) == 0 || (p.listed & bit(risk::List::biometric)) != 0)
    return;
  cooperation::RecordKey added = p.record;
  added.made = c.exchange.biometrics_added(sim::uniform32(p.biometric_word), p.record.made);
  if (added.made == cooperation::never) return;
  added.known = added.made;
  records.push_back(record_of(c, added, risk::List::biometric, true, p.subject));
}

std::int32_t day_at(const Batch& b, std::size_t i, std::uint32_t k) {
  return b.day + b.minute[k][i] / static_cast<std::int32_t>(minutes_of_day);
}

/// Whether a record about nobody who is meant stands on that day.
bool stands(const StreamContext& c, const SpecialPerson::Record& r, std::int32_t day) {
  return r.subject != cooperation::Subject::wrong ||
         c.exchange.wrong_stands(sim::uniform32(r.wrong_word), sim::uniform32(r.corrected_word),
                                 day);
}

/// Whether the post's country has permission for the record of who sets out that day.
bool allowed(const StreamContext& c, const Batch& b, std::size_t i, std::uint32_t k,
             const SpecialPerson::Record& r) {
  return r.usable.permission == 0 ||
         (c.requests != nullptr &&
          c.requests->allowed(r.key, c.control.posts[b.post[k][i]].country, b.day));
}

/// What analysts make of the records that mean a person: his file is there with the first record of
/// another kind or country than the earliest.
void join_records(const StreamContext& c, SpecialPerson& s) {
  const cooperation::Exchange& exchange = c.exchange;
  if (!exchange.joining().any()) return;
  std::vector<const SpecialPerson::Record*> right;
  for (const SpecialPerson::Record& r : s.records) {
    if (r.means_him) right.push_back(&r);
  }
  if (right.size() < 2) return;
  const auto order = [](const SpecialPerson::Record* r) {
    return std::tuple(r->usable.known, r->key.id, r->key.year_or_day, r->key.index, r->list);
  };
  std::sort(right.begin(), right.end(),
            [&](const auto* a, const auto* b) { return order(a) < order(b); });
  const auto second = std::find_if(right.begin(), right.end(), [&](const auto* r) {
    return r->list != right[0]->list || r->key.holder != right[0]->key.holder;
  });
  if (second == right.end()) return;
  const auto [u, error] = exchange.joining_draws((*second)->key, (*second)->list);
  const std::int32_t day = exchange.joining().joined(u, (*second)->usable.known);
  if (day == cooperation::never || exchange.joining().errs(error, day)) return;
  s.joined = day;
  for (const auto* r : right) s.joined_in |= exchange.systems_of(r->key.holder);
  for (SpecialPerson::Record& r : s.records) {
    if (r.means_him) r.usable = exchange.joined(r.usable, r.list, s.joined_in, s.joined);
  }
}

}  // namespace

bool crosses_regions(const StreamContext& c, const Batch& b, std::size_t i) {
  const auto region = [&](std::size_t k) {
    return c.tables.countries[c.control.posts[b.post[k][i]].country].region;
  };
  std::optional<std::uint8_t> first;
  for (std::size_t k = 0; k < b.n_crossings[i]; ++k) {
    if (b.post[k][i] == travel::no_post) continue;
    if (first && region(k) != *first) return true;
    first = region(k);
  }
  return false;
}

risk::ListSource shown_at(const StreamContext& c, const Batch& b, std::size_t i, std::uint32_t k,
                          const SpecialPerson::Record& r, bool connected) {
  return c.exchange.shows(r.usable, b.post[k][i], day_at(b, i, k), allowed(c, b, i, k, r),
                          connected);
}

std::vector<ShownRecord> shown_records(const StreamContext& c, const Batch& b, std::size_t i,
                                       std::uint32_t k, const SpecialPerson& special) {
  const std::uint32_t post = b.post[k][i];
  const std::int32_t day = day_at(b, i, k);
  std::vector<ShownRecord> shown;
  for (const SpecialPerson::Record& r : special.records) {
    if (!stands(c, r, day)) continue;
    const risk::ListSource source = shown_at(c, b, i, k, r);
    if (source == risk::ListSource::none) continue;
    const std::uint32_t hidden = allowed(c, b, i, k, r) ? 0 : r.usable.permission;
    shown.push_back({r.list, r.means_him, source == risk::ListSource::national,
                     c.exchange.answering(r.usable, post, day) & ~hidden});
  }
  return shown;
}

void add_requests(const StreamContext& c, const Batch& b, std::size_t i, std::uint32_t member,
                  std::uint32_t k, const SpecialPerson& special, const PersonFacts& facts,
                  cooperation::RequestKind kind,
                  std::vector<cooperation::RecordRequest>& requests) {
  const std::uint32_t post = b.post[k][i];
  const std::int32_t day = day_at(b, i, k);
  const bool permission = kind == cooperation::RequestKind::permission;
  std::uint8_t asked = 0;
  for (const SpecialPerson::Record& r : special.records) {
    if (!stands(c, r, day)) continue;
    const risk::ListSource source = c.exchange.shows(r.usable, post, day);
    if (source == risk::ListSource::none || source == risk::ListSource::national) continue;
    const std::uint32_t hidden = allowed(c, b, i, k, r) ? 0 : r.usable.permission;
    const std::uint32_t answers =
        c.exchange.answering(r.usable, post, day) & (permission ? hidden : ~hidden);
    if (answers == 0) continue;
    const std::uint8_t found =
        permission ? found_on_lists(c.key, c.risk, b.trip[i], b.departure_day[i], member,
                                    b.way == Way::back, k, r.means_him ? bit(r.list) : 0,
                                    r.means_him ? 0 : bit(r.list))
                   : static_cast<std::uint8_t>(facts.found | facts.found_later);
    if ((found & bit(r.list)) == 0) continue;
    cooperation::RecordRequest request;
    request.record = r.key.id;
    request.year_or_day = r.key.year_or_day;
    request.asked = day;
    request.index = r.key.index;
    request.holder = r.key.holder;
    request.asker = c.control.posts[post].country;
    request.kind = kind;
    request.alone = !c.whole && travel::is_injected(b.trip[i]) ? 1 : 0;
    request.repeat =
        (asked & bit(r.list)) != 0 ? cooperation::Repeat::record : cooperation::Repeat::none;
    asked |= bit(r.list);
    for (std::uint8_t s = 0; answers >> s != 0; ++s) {
      if ((answers >> s & 1U) == 0) continue;
      request.system = s;
      requests.push_back(request);
      request.repeat = cooperation::Repeat::channel;
    }
  }
}

bool has_irregular_documents(const StreamContext& c, std::uint64_t trip, std::int32_t departure_day,
                             std::uint32_t member) {
  return sim::draw(c.key, sim::Purpose::person, trip, departure_day,
                   static_cast<std::uint16_t>(member))[3] < c.irregular_cut;
}

bool is_noticed(const StreamContext& c, std::uint64_t trip, std::int32_t departure_day,
                std::uint32_t member, std::uint32_t k, bool entry) {
  const auto index = static_cast<std::uint16_t>(member | noticed_block);
  const sim::Block noticed = sim::draw(c.key, sim::Purpose::person, trip, departure_day, index);
  return std::rotl(noticed[k % 4], static_cast<int>(k / 4)) < c.noticed_cut[entry ? 1 : 0];
}

bool is_minor(const StreamContext& c, const Batch& batch, std::size_t i, std::uint32_t member) {
  return travel::protected_person(c.signal_params, c.key, batch, i, member).age ==
         travel::AgeBand::minor;
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
  p.referred = b.way == Way::out && own[3] < c.irregular_cut &&
               is_noticed(c, trip, day, member, k, post.entry != 0);
  return p;
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
    s.document =
        irregular_document(c.key, c.risk, b.trip[i], b.departure_day[i], member, b.nationality[i]);
    if (s.document.listed) {
      s.records.push_back(record_of(c, s.document.record, risk::List::document, true,
                                    cooperation::Subject::documents));
    }
  }
  for (const PersonOfInterest& p : interest) {
    if (p.member_word % b.party[i] != member) continue;
    // What somebody carries rides on the way out; who is sought is sought on both.
    if (b.way == Way::out || control::stays(p.threat)) s.threat = std::max(s.threat, p.threat);
    add_records(c, p, s.records);
  }
  join_records(c, s);
  return s;
}

PersonFacts facts_at(const StreamContext& c, const Batch& b, std::size_t i, std::uint32_t member,
                     std::uint32_t k, const SpecialPerson& special) {
  PersonFacts facts;
  facts.document = special.document.shown;
  const std::int32_t day = day_at(b, i, k);
  if (special.records.empty()) return facts;
  struct Seen {
    std::uint8_t list;
    risk::ListSource source;
    cooperation::Subject subject;
  };
  std::vector<Seen> seen;
  const bool all_at_primary = c.exchange.asks_at_primary(day);
  std::uint8_t listed = 0, mistaken = 0, at_primary = 0, all = 0;
  for (const SpecialPerson::Record& r : special.records) {
    if (!stands(c, r, day)) continue;
    const risk::ListSource source = shown_at(c, b, i, k, r);
    if (source == risk::ListSource::none) {
      if (r.means_him && day >= r.usable.known && !c.exchange.expired(r.usable, day)) {
        facts.known = true;
        facts.subject = std::min(facts.subject, r.subject);
      }
      continue;
    }
    seen.push_back({bit(r.list), source, r.subject});
    (r.means_him ? listed : mistaken) |= bit(r.list);
    all |= bit(r.list);
    // What its own country holds a post sees at primary in any case.
    if (!all_at_primary && source != risk::ListSource::national) continue;
    at_primary |= bit(r.list);
    risk::ListSource& nearest = facts.source[static_cast<std::size_t>(r.list)];
    nearest = nearest == risk::ListSource::none ? source : std::min(nearest, source);
  }
  if (all != 0) {
    const std::uint8_t found = found_on_lists(c.key, c.risk, b.trip[i], b.departure_day[i], member,
                                              b.way == Way::back, k, listed, mistaken);
    facts.found = found & at_primary;
    facts.matched = facts.found & listed;
    facts.found_later = found & static_cast<std::uint8_t>(~at_primary);
    facts.matched_later = facts.found_later & listed;
    for (const Seen& s : seen) {
      if ((s.list & found) == 0) continue;
      // The first class that is found counts, and the nearest source that shows it.
      if (facts.hit == risk::ListSource::none || s.subject < facts.subject) {
        facts.hit = s.source;
        facts.subject = s.subject;
      } else if (s.subject == facts.subject) {
        facts.hit = std::min(facts.hit, s.source);
      }
    }
  }
  return facts;
}

bool passes_by_insiders(const StreamContext& c, const Batch& b, std::size_t i, std::uint32_t member,
                        std::uint32_t k, const SpecialPerson& special) {
  const std::uint64_t trip = b.trip[i];
  if (c.insiders.empty() || special.threat != Threat::contraband || !travel::is_injected(trip) ||
      travel::unpack_injected(trip).actor != travel::Actor::drug_courier) {
    return false;
  }
  constexpr std::uint32_t first_index = 0x200;  // beyond those of reports
  const std::uint32_t index = first_index | k << 4 | (b.way == Way::back ? way_bit : 0U) | member;
  const sim::Block draw = sim::draw(c.key, sim::Purpose::interdiction, trip, b.departure_day[i],
                                    static_cast<std::uint16_t>(index));
  return sim::uniform32(draw[0]) < c.insiders[c.control.posts[b.post[k][i]].country];
}

control::Candidate make_candidate(const StreamContext& c, const Batch& b, std::size_t i,
                                  std::uint32_t member, std::uint32_t k, const Naming& naming,
                                  const SpecialPerson& special) {
  const auto minute = static_cast<std::uint32_t>(b.minute[k][i]);
  control::Candidate candidate;
  candidate.trip = b.trip[i];
  candidate.member = static_cast<std::uint8_t>(member);
  candidate.way = static_cast<std::uint8_t>(b.way);
  candidate.post = b.post[k][i];
  candidate.hour = static_cast<std::uint8_t>(minute % minutes_of_day / 60);
  candidate.source = source_of(naming.found, naming.referred, naming.flagged);
  candidate.score = naming.score;
  candidate.tie = naming.tie;
  candidate.threat = special.threat;
  candidate.found = naming.found | naming.found_later;
  candidate.matched = naming.matched | naming.matched_later;
  candidate.drawn = naming.drawn ? 1 : 0;
  candidate.minor = is_minor(c, b, i, member) ? 1 : 0;
  candidate.crossing = static_cast<std::uint8_t>(k);
  candidate.flagged = naming.flagged ? 1 : 0;
  return candidate;
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
  batch.threat[0] = threat_of(interest);
  c.maker.make(batch);
  c.signals.draw(batch);
}

PersonAgain make_again(const StreamContext& c, Batch& batch, std::uint64_t trip, Way way,
                       std::uint32_t member) {
  PersonAgain again;
  if (travel::is_injected(trip)) {
    add_interest(c, injected_trip(c, trip), again.interest);
  } else if (c.years != nullptr) {
    again.interest = c.years->on_trip(trip);
  }
  make_single(c, batch, trip, way, again.interest);
  const bool irregular =
      way == Way::out && has_irregular_documents(c, trip, batch.departure_day[0], member);
  again.special = special_person(c, batch, 0, member, irregular, again.interest);
  return again;
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

}  // namespace corridor::simulation
