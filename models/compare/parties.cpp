// SPDX-License-Identifier: Apache-2.0
#include "models/compare/parties.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "sim/parallel.hpp"

namespace corridor::compare {
namespace {

using simulation::InfoSource;
using simulation::Knowledge;
using simulation::PlaceMeasure;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr Better more = Better::more, less = Better::less, neither = Better::neither;

double real(std::int64_t n) { return static_cast<double>(n); }
double ratio(double a, double b) { return b > 0 ? a / b : nothing; }
double at_posts(const PartyTotals& t, PlaceMeasure m) {
  return real(t.places.counts[static_cast<std::size_t>(m)]);
}
double knows(const PartyTotals& t, Knowledge what) {
  return real(t.places.knowledge[static_cast<std::size_t>(what)]);
}
template <InfoSource source>
double held(const PartyTotals& t) {
  return real(t.places.held[static_cast<std::size_t>(source)]);
}
/// Expected of rules, referral and draw is known of countries alone.
template <InfoSource source>
double expected(const PartyTotals& t) {
  if (t.far && source > InfoSource::bridge) return nothing;
  return real(t.places.expected[static_cast<std::size_t>(source)]) / 1e6;
}
/// Of organisations alone.
double of_members(const PartyTotals& t, double value) { return t.far ? nothing : value; }
double kg(const PartyTotals& t, std::int64_t grams) {
  return t.goods ? real(grams) / 1000 : nothing;
}
double of_plans(const PartyTotals& t, double value) { return t.plans ? value : nothing; }
template <fighters::Count what>
double persons(const PartyTotals& t) {
  return t.people ? of_members(t, real(t.fighters[fighters::at(what)])) : nothing;
}
double usd(const PartyTotals& t, std::int64_t cents) {
  return t.money ? of_members(t, real(cents) / 100) : nothing;
}

constexpr std::array table{
    PartyMetric{"found", "person", more, true,
                "persons found with something illicit at posts of its members; far: on such "
                "journeys",
                [](const PartyTotals& t) { return at_posts(t, PlaceMeasure::found); }},
    PartyMetric{"found_by_list", "person", more, true, "of these, named by a list",
                [](const PartyTotals& t) { return at_posts(t, PlaceMeasure::by_list); }},
    PartyMetric{"found_by_others", "person", more, true,
                "of these, by a list that is not the country's own",
                [](const PartyTotals& t) { return at_posts(t, PlaceMeasure::by_others); }},
    PartyMetric{
        "gave", "person", neither, true,
        "persons found elsewhere by a record that one of its members made",
        [](const PartyTotals& t) { return of_members(t, at_posts(t, PlaceMeasure::gave)); }},
    PartyMetric{"detections_own", "person", neither, true,
                "persons held there whom their post's own national list names",
                held<InfoSource::own>},
    PartyMetric{"detections_regional", "person", neither, true,
                "persons held there whom a regional system names", held<InfoSource::regional>},
    PartyMetric{"detections_i247", "person", neither, true,
                "persons held there whom the system of all names", held<InfoSource::i247>},
    PartyMetric{"detections_bridge", "person", neither, true,
                "persons held there whom a record that came by a link names",
                held<InfoSource::bridge>},
    PartyMetric{"detections_referral", "person", neither, true,
                "persons held there whom primary referred", held<InfoSource::referral>},
    PartyMetric{"detections_rules", "person", neither, true, "persons held there whom rules named",
                held<InfoSource::rules>},
    PartyMetric{"detections_random", "person", neither, true,
                "persons held there whom the random draw named", held<InfoSource::random>},
    // Over the draws of review and inspection.
    PartyMetric{"expected_own", "person", neither, true, "expected of these by own lists",
                expected<InfoSource::own>},
    PartyMetric{"expected_regional", "person", neither, true, "the same by regional systems",
                expected<InfoSource::regional>},
    PartyMetric{"expected_i247", "person", neither, true, "the same by the system of all",
                expected<InfoSource::i247>},
    PartyMetric{"expected_bridge", "person", neither, true, "the same by links",
                expected<InfoSource::bridge>},
    PartyMetric{"expected_referral", "person", neither, true, "the same by referral",
                expected<InfoSource::referral>},
    PartyMetric{"expected_rules", "person", neither, true, "the same by rules",
                expected<InfoSource::rules>},
    PartyMetric{"expected_random", "person", neither, true, "the same by the random draw",
                expected<InfoSource::random>},
    PartyMetric{"wrongly_stopped", "person", less, true,
                "persons held there with whom nothing was wrong",
                [](const PartyTotals& t) { return at_posts(t, PlaceMeasure::wrongly_stopped); }},
    PartyMetric{
        "wrongly_held_hours", "h", less, false,
        "hours for which persons with nothing illicit were held there after a hit",
        [](const PartyTotals& t) { return knows(t, Knowledge::wrongly_held_minutes) / 60; }},
    PartyMetric{"sharing_gap_days", "day", less, false,
                "mean days from the day on which somebody knew to the day on which its members' "
                "post could be shown it, or the crossing",
                [](const PartyTotals& t) {
                  return ratio(knows(t, Knowledge::gap_days), knows(t, Knowledge::gap_crossings));
                }},
    PartyMetric{"pooled_lead_days", "day", less, false,
                "mean days by which all records together sufficed before those of one system or "
                "country",
                [](const PartyTotals& t) {
                  return ratio(knows(t, Knowledge::pooled_days),
                               knows(t, Knowledge::pooled_crossings));
                }},
    PartyMetric{
        "inspected", "person", less, true, "persons inspected at posts of its members",
        [](const PartyTotals& t) { return of_members(t, at_posts(t, PlaceMeasure::inspected)); }},
    PartyMetric{"officer_hours", "h", less, false,
                "hours of its members' officers in review and inspection",
                [](const PartyTotals& t) {
                  return of_members(t, at_posts(t, PlaceMeasure::officer_minutes) / 60);
                }},
    PartyMetric{
        "requests_received", "request", less, true, "requests about records that its members made",
        [](const PartyTotals& t) { return of_members(t, at_posts(t, PlaceMeasure::asked)); }},
    PartyMetric{"answer_days", "day", less, false,
                "mean days from a crossing to the answer of a member",
                [](const PartyTotals& t) {
                  return of_members(t, ratio(at_posts(t, PlaceMeasure::answer_days),
                                             at_posts(t, PlaceMeasure::answered)));
                }},
    PartyMetric{"queries", "query", neither, false, "queries that its system was asked",
                [](const PartyTotals& t) { return t.has_system ? real(t.queries) : nothing; }},
    PartyMetric{"fighters_arrived", "person", less, true,
                "persons from its members who reached a zone", persons<fighters::Count::arrived>},
    PartyMetric{"fighters_held", "person", more, true,
                "persons from its members held on the way to a zone",
                persons<fighters::Count::held>},
    PartyMetric{"fighters_gave_up", "person", more, true,
                "persons from its members who gave up setting out again",
                persons<fighters::Count::gave_up>},
    PartyMetric{"fighters_delayed", "person", neither, true,
                "persons from its members who waited, and without lessons and policies would have "
                "gone",
                persons<fighters::Count::delayed>},
    PartyMetric{"fighters_diverted", "person", neither, true,
                "persons from its members who took another gateway",
                persons<fighters::Count::diverted>},
    PartyMetric{"sent_kg", "kg", less, false, "far: drugs sent on legs between regions",
                [](const PartyTotals& t) { return t.far ? kg(t, t.sent_grams) : nothing; }},
    PartyMetric{"seized_kg", "kg", neither, false,
                "drugs seized in its members; far: on legs between regions",
                [](const PartyTotals& t) { return kg(t, t.seized_grams); }},
    PartyMetric{"delivered_kg", "kg", less, false, "drugs that reached markets of its members",
                [](const PartyTotals& t) { return of_members(t, kg(t, t.delivered_grams)); }},
    PartyMetric{"passed_kg", "kg", less, false, "far: drugs that got over a leg between regions",
                [](const PartyTotals& t) { return t.far ? kg(t, t.passed_grams) : nothing; }},
    PartyMetric{"assets_usd", "USD", less, false,
                "assets at the end of groups at home in its members",
                [](const PartyTotals& t) { return usd(t, t.assets); }},
    PartyMetric{"frozen_usd", "USD", more, false, "money of these frozen at the end",
                [](const PartyTotals& t) { return usd(t, t.frozen); }},
    PartyMetric{"confiscated_usd", "USD", more, false, "money of these confiscated to date",
                [](const PartyTotals& t) { return usd(t, t.confiscated); }},
    PartyMetric{"officer_days", "officer-day", neither, false,
                "work of its own officers and staff, and of its members' in operations",
                [](const PartyTotals& t) { return of_plans(t, real(t.work.officer_days) / 1000); }},
    PartyMetric{"duplicated_officer_days", "officer-day", less, false,
                "of these, on what another organisation worked on as well",
                [](const PartyTotals& t) { return of_plans(t, real(t.work.duplicated) / 1000); }},
    PartyMetric{"requests_made", "request", neither, false,
                "requests of it to members to move what they have",
                [](const PartyTotals& t) { return of_plans(t, real(t.work.requests)); }},
    PartyMetric{"requests_doubled", "request", less, false,
                "of these, to whom another organisation had asked",
                [](const PartyTotals& t) { return of_plans(t, real(t.work.requests_doubled)); }},
    PartyMetric{"cost_usd", "USD", less, false, "what its plans, meetings and requests cost",
                [](const PartyTotals& t) { return of_plans(t, real(t.work.cost_usd)); }},
    PartyMetric{"cost_of_budget", "1", less, false, "the same over its budget of the run's days",
                [](const PartyTotals& t) {
                  return of_plans(t, ratio(real(t.work.cost_usd), t.budget_usd));
                }},
    PartyMetric{"alignment_threat", "1", more, false,
                "cosine of what it has at targets with who passed there, mean over months",
                [](const PartyTotals& t) { return of_plans(t, t.with_threat / real(t.months)); }},
    PartyMetric{"alignment_one_another", "1", more, false,
                "cosine of what it has at targets with what others have there, mean over months",
                [](const PartyTotals& t) { return of_plans(t, t.with_others / real(t.months)); }},
};

}  // namespace

std::span<const PartyMetric> party_metrics() { return table; }

PartyBook::PartyBook(const cooperation::Organisations& organisations,
                     std::span<const cooperation::Planner> planners,
                     std::vector<std::uint8_t> region, std::int64_t days)
    : region_(std::move(region)) {
  if (!organisations.from_file) return;
  std::size_t system = 0;
  for (const cooperation::Organisation& o : organisations.organisations) {
    using cooperation::OrganisationKind;
    const std::size_t own = o.holds_records() ? system++ : none;
    if (o.kind != OrganisationKind::regional && o.kind != OrganisationKind::global) continue;
    Party party;
    party.members = o.members;
    party.system = own;
    party.totals.has_system = own != none;
    party.totals.budget_usd = 1e6 * o.budget_musd * static_cast<double>(days) / 365;
    const auto plans = std::find_if(planners.begin(), planners.end(),
                                    [&](const auto& p) { return p.code == o.code; });
    if (plans != planners.end()) party.planner = static_cast<std::size_t>(plans - planners.begin());
    codes_.push_back(o.code);
    parties_.push_back(std::move(party));
  }
  codes_.emplace_back(far_party);
  parties_.emplace_back().totals.far = true;
}

void PartyBook::add(const simulation::DayResult& day) {
  const auto& of_country = day.places.of_country;
  for (Party& p : parties_) {
    const auto take = [&](simulation::PlaceRow row) {
      sim::drain(row.all(), p.totals.places.all());
    };
    if (p.totals.far) {
      take(day.places.far);
    } else if (!of_country.empty()) {
      for (const std::uint16_t country : p.members) take(of_country[country]);
    }
    if (p.system != none) {
      p.totals.queries +=
          day.sharing
              .systems[p.system][static_cast<std::size_t>(simulation::SystemMeasure::queries)];
    }
  }
}

void PartyBook::add(const simulation::ActorMonth& month, const simulation::ActorTables& tables) {
  for (Party& p : parties_) {
    PartyTotals& t = p.totals;
    t.goods = tables.trafficking != nullptr;
    t.people = tables.fighters.has_value();
    const auto member = [&](std::size_t country) {
      return std::binary_search(p.members.begin(), p.members.end(), country);
    };
    const auto far = [&](std::size_t a, std::size_t b) { return region_[a] != region_[b]; };
    for (std::size_t c = 0; c < month.fighters.origins.size(); ++c) {
      for (std::size_t k = 0; member(c) && k < fighters::n_counts; ++k)
        t.fighters[k] += month.fighters.origins[c][k];
    }
    for (const trafficking::SeizureRow& s : month.seizures) {
      if (t.far ? far(s.origin, s.destination) : member(s.country)) t.seized_grams += s.grams;
    }
    for (const trafficking::PriceRow& market : month.goods.prices) {
      if (member(market.country)) t.delivered_grams += market.delivered;
    }
    for (const trafficking::FlowRow& f : month.goods.flows) {
      if (!t.far || !far(f.origin, f.destination)) continue;
      t.sent_grams += f.sent;
      t.passed_grams += f.over;
    }
    t.money = !month.money.empty();
    t.assets = t.frozen = t.confiscated = 0;  // levels
    for (const finance::GroupMonthRow& g : month.money) {
      if (!member(tables.finance.groups[g.group].home)) continue;
      t.assets += g.assets;
      t.frozen += g.frozen;
      t.confiscated += g.seized_to_date;
    }
  }
}

void PartyBook::add(std::span<const cooperation::PlannerFigures> month) {
  for (Party& p : parties_) {
    if (p.planner >= month.size()) continue;
    const cooperation::PlannerFigures& f = month[p.planner];
    p.totals.plans = true;
    ++p.totals.months;
    p.totals.work.officer_days += f.sums.officer_days;
    p.totals.work.duplicated += f.sums.duplicated;
    p.totals.work.requests += f.sums.requests;
    p.totals.work.requests_doubled += f.sums.requests_doubled;
    p.totals.work.cost_usd += f.sums.cost_usd;
    p.totals.with_threat += f.with_truth;
    p.totals.with_others += f.with_others;
  }
}

std::vector<double> PartyBook::values() const {
  std::vector<double> values;
  for (const Party& p : parties_) {
    for (const PartyMetric& m : table) values.push_back(m.of(p.totals));
  }
  return values;
}

}  // namespace corridor::compare
