// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/sharing_day.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <memory>

namespace corridor::simulation {

using cooperation::RecordRequest;

namespace {

/// One who was held, and whose the nearest list is that named him.
void add_held(const control::Candidate& x, risk::ListSource hit, std::optional<InfoSource> source,
              PlaceRow& row) {
  if (source) ++row.held[static_cast<std::size_t>(*source)];
  if (x.threat == control::Threat::none) {
    ++row.of(PlaceMeasure::wrongly_stopped);
    return;
  }
  ++row.of(PlaceMeasure::found);
  if (x.matched == 0) return;
  ++row.of(PlaceMeasure::by_list);
  if (hit != risk::ListSource::national) ++row.of(PlaceMeasure::by_others);
}

/// The first of the requests whose record means him.
const RecordRequest* about(const SpecialPerson& special, std::span<const RecordRequest> requests) {
  for (const RecordRequest& request : requests) {
    for (const SpecialPerson::Record& r : special.records) {
      if (r.means_him && r.key.id == request.record && r.key.year_or_day == request.year_or_day &&
          r.key.index == request.index && r.key.holder == request.holder)
        return &request;
    }
  }
  return nullptr;
}

}  // namespace

cooperation::RequestRules request_rules(const cooperation::CooperationParams& p, double scale) {
  return {p.requests_capacity, p.requests_answer_days, p.requests_refused, scale};
}

HoldTimes hold_times(const control::ControlParams& control,
                     const cooperation::CooperationParams& params, double scale) {
  const control::SecondarySettings s = control::secondary_settings(control);
  return {s.review_minutes + s.inspection_minutes, params.requests_hold_hours,
          request_rules(params, scale)};
}

void count_doubles(std::vector<ShownRecord> shown, std::uint8_t found, SharingCounts& counts) {
  std::erase_if(shown, [&](const ShownRecord& r) {
    return (found >> static_cast<unsigned>(r.list) & 1U) == 0;
  });
  // Its own list is asked first.
  std::stable_sort(shown.begin(), shown.end(),
                   [](const ShownRecord& a, const ShownRecord& b) { return a.own && !b.own; });
  std::uint32_t answered = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const ShownRecord& r = shown[i];
    answered |= r.systems;
    const bool second = std::any_of(
        shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const ShownRecord& e) { return e.list == r.list && e.means_him == r.means_him; });
    if (second && r.systems != 0) {
      const auto system = static_cast<std::size_t>(std::countr_zero(r.systems));
      ++counts.of(system, SystemMeasure::double_records);
    }
  }
  for (std::size_t s = 0; answered >> s != 0; ++s) {
    const std::uint32_t bit = 1U << s;
    // The first system that shows a record tells it, unless its own list did.
    const bool tells = std::ranges::any_of(shown, [&](const ShownRecord& r) {
      return !r.own && (r.systems & (bit | (bit - 1))) == bit;
    });
    if ((answered & bit) != 0 && !tells) ++counts.of(s, SystemMeasure::double_queries);
  }
}

void count_hits(const StreamContext& c, std::span<const EventRow> events,
                const std::function<control::SecondarySettings(std::uint32_t)>& settings,
                const HoldTimes& times, DayTallies& tallies,
                std::vector<RecordRequest>& confirmations) {
  const auto batch = std::make_unique<travel::Batch>();
  for (const EventRow& event : events) {
    const control::Candidate& x = event.candidate;
    DayTally& tally = tallies.of_trip(x.trip);
    SharingCounts& counts = tally.sharing;
    PlaceCounts& places = tally.places;
    const bool held = control::held(x.outcome),
               referred = x.outcome == control::Outcome::protection;
    const auto way = static_cast<travel::Way>(x.way);
    const SpecialPerson special = make_again(c, *batch, x.trip, way, x.member).special;
    const PersonFacts facts = facts_at(c, *batch, 0, x.member, x.crossing, special);
    const bool about_him = facts.subject != cooperation::Subject::wrong &&
                           facts.subject != cooperation::Subject::mistaken;
    const auto named = named_by(x.source);
    const auto told = told_by(about_him && x.found != 0 ? facts.hit : risk::ListSource::none);
    const auto source = told ? told : named;
    const auto here = [&](auto&& use) {
      places.each(c.control.posts[x.post].country, crosses_regions(c, *batch, 0), use);
    };
    if (held && !referred) here([&](PlaceRow& row) { add_held(x, facts.hit, source, row); });
    if (x.found == 0) continue;
    auto& table = referred ? counts.protection : held ? counts.held : counts.let_go;
    ++table[static_cast<std::size_t>(facts.hit)][static_cast<std::size_t>(facts.subject)];
    count_doubles(shown_records(c, *batch, 0, x.crossing, special),
                  static_cast<std::uint8_t>(facts.found | facts.found_later), counts);
    if (told && control::had_his_chance(x.outcome)) {
      const std::int64_t chance =
          control::millionths(control::chance_held(x, settings(x.post), c.key, event.day));
      counts.expected[static_cast<std::size_t>(facts.hit)] += chance;
      here([&](PlaceRow& row) { row.expected[static_cast<std::size_t>(*told)] += chance; });
      if (named) {  // settlement counted him there
        counts.told_expected[static_cast<std::size_t>(x.source)] += chance;
        places.of_country[c.control.posts[x.post].country]
            .expected[static_cast<std::size_t>(*named)] -= chance;
      }
    }
    if (told && held && !referred && named) ++counts.told_held[static_cast<std::size_t>(x.source)];
    const std::size_t before = confirmations.size();
    add_requests(c, *batch, 0, x.member, x.crossing, special, facts,
                 cooperation::RequestKind::confirmation, confirmations);
    const bool asks = confirmations.size() > before;
    if (!held || referred) continue;
    if (x.threat != control::Threat::none) {
      if (const auto* right = about(special, std::span(confirmations).subspan(before)))
        ++places.of_country[right->holder].of(PlaceMeasure::gave);
      continue;
    }
    std::int64_t minutes = times.minutes;
    if (asks) minutes += hold_minutes(confirmations[before], times.rules, times.most_hours, c.key);
    const auto wrongly = [&](auto& to) {
      ++to.knowledge[static_cast<std::size_t>(Knowledge::wrongly_held)];
      to.knowledge[static_cast<std::size_t>(Knowledge::wrongly_held_minutes)] += minutes;
    };
    wrongly(counts);
    here(wrongly);
  }
}

void count_queries(const cooperation::Exchange& exchange, std::int32_t day,
                   std::span<const std::int64_t> persons,
                   const cooperation::CooperationParams& params, SharingCounts& counts) {
  std::array<std::int64_t, cooperation::most_systems> queries{};
  for (std::uint32_t p = 0; p < persons.size(); ++p) {
    if (persons[p] > 0) exchange.add_queries(p, day, persons[p], queries);
  }
  for (std::size_t s = 0; s < exchange.systems().size(); ++s) {
    const double load = exchange.load(s, day), n = static_cast<double>(queries[s]);
    const double seconds =
        load < 1 ? std::min(params.queries_service_s / (1 - load), params.queries_longest_s)
                 : params.queries_longest_s;
    counts.of(s, SystemMeasure::queries) += queries[s];
    counts.of(s, SystemMeasure::unanswered) +=
        std::llround(n * (1 - cooperation::Exchange::answered_share(load)));
    counts.of(s, SystemMeasure::query_ms) += std::llround(1000 * n * seconds);
  }
}

void count_requests(std::span<const RecordRequest> asked, std::int32_t day,
                    const cooperation::RequestRules& rules, sim::RunKey key,
                    cooperation::RequestBook& book, DayTallies& tallies) {
  const auto counts_of = [&](const RecordRequest& r) -> SharingCounts& {
    return tallies.of(r.alone != 0).sharing;
  };
  const auto holder_of = [&](const RecordRequest& r) -> PlaceRow& {
    return tallies.of(r.alone != 0).places.of_country[r.holder];
  };
  for (const RecordRequest& r : book.ask(asked)) {
    SharingCounts& counts = counts_of(r);
    ++holder_of(r).of(PlaceMeasure::asked);
    ++counts.of(r.system, SystemMeasure::requests);
    if (r.kind == cooperation::RequestKind::permission)
      ++counts.of(r.system, SystemMeasure::permissions);
    if (r.repeat == cooperation::Repeat::channel) ++counts.of(r.system, SystemMeasure::channel);
    if (r.repeat == cooperation::Repeat::record)
      ++counts.of(r.system, SystemMeasure::second_record);
  }
  for (const RecordRequest& r : book.serve(day, rules, key)) {
    SharingCounts& counts = counts_of(r);
    ++counts.of(r.system, SystemMeasure::answered);
    counts.of(r.system, SystemMeasure::answer_days) += r.answer_day - r.asked;
    counts.of(r.system, SystemMeasure::refused) += r.refused;
    PlaceRow& holder = holder_of(r);
    ++holder.of(PlaceMeasure::answered);
    holder.of(PlaceMeasure::answer_days) += r.answer_day - r.asked;
  }
  for (const RecordRequest& r : book.waiting()) ++counts_of(r).of(r.system, SystemMeasure::backlog);
}

}  // namespace corridor::simulation
