// SPDX-License-Identifier: Apache-2.0
#include "models/compare/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/control/waits.hpp"
#include "models/simulation/result_tables.hpp"

namespace corridor::compare {
namespace {

using control::Outcome;
using control::Source;
using control::Threat;
using fighters::Count;
using simulation::Knowledge;
using simulation::SystemMeasure;

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr Better more = Better::more, less = Better::less, neither = Better::neither;

double real(std::int64_t n) { return static_cast<double>(n); }
double ratio(double a, double b) { return b > 0 ? a / b : none; }

/// Persons who did not go on after an inspection that a source asked for; protection is no gain.
double monthly_mean(const Totals& t, double sum) {
  return ratio(sum, static_cast<double>(t.planner_months));
}

/// Reviews of innocents whom a wrong record or analysts named, or who are taken for somebody.
double wrongly_named(const Totals& t) {
  if (!t.organisations) return none;
  double n = 0;
  for (const cooperation::Subject who :
       {cooperation::Subject::wrong, cooperation::Subject::mistaken}) {
    const auto c = static_cast<std::size_t>(who);
    for (const auto* table : {&t.sharing.held, &t.sharing.let_go, &t.sharing.protection}) {
      for (const auto& of_source : *table) n += real(of_source[c]);
    }
  }
  return n;
}

double held_by(const Totals& t, Source source) {
  double n = 0;
  for (const Outcome o : {Outcome::refused, Outcome::detained, Outcome::seized})
    n += real(t.counts.outcomes[static_cast<std::size_t>(source)][static_cast<std::size_t>(o)]);
  return n;
}
double found(const Totals& t, Threat threat) {
  return real(t.counts.threats_found[static_cast<std::size_t>(threat)]);
}
double found_all(const Totals& t) {
  double n = 0;
  for (std::size_t k = 0; k < control::n_threats; ++k) {
    if (static_cast<Threat>(k) != Threat::none) n += real(t.counts.threats_found[k]);
  }
  return n;
}
double inspected_of(const Totals& t, Source source) {
  double n = 0;
  for (std::size_t o = 0; o < control::n_outcomes; ++o) {
    if (control::inspected(static_cast<Outcome>(o)))
      n += real(t.counts.outcomes[static_cast<std::size_t>(source)][o]);
  }
  return n;
}
double inspected(const Totals& t) {
  double n = 0;
  for (std::size_t s = 0; s < control::n_sources; ++s) n += inspected_of(t, static_cast<Source>(s));
  return n;
}
double sum(std::span<const std::int64_t> values) {
  return real(std::accumulate(values.begin(), values.end(), std::int64_t{0}));
}
double person(const Totals& t, Count what) {
  return t.people ? real(t.fighters[fighters::at(what)]) : none;
}
double kg(const Totals& t, std::int64_t grams) { return t.goods ? real(grams) / 1000 : none; }
double usd(const Totals& t, std::int64_t cents) { return t.actors ? real(cents) / 100 : none; }
/// Over all systems.
double of_systems(const Totals& t, simulation::SystemMeasure what) {
  if (!t.organisations) return none;
  double n = 0;
  for (const auto& of_system : t.sharing.systems)
    n += real(of_system[static_cast<std::size_t>(what)]);
  return n;
}
double knows(const Totals& t, simulation::Knowledge what) {
  return t.organisations ? real(t.sharing.knowledge[static_cast<std::size_t>(what)]) : none;
}
/// Persons held after a hit that means them, by the nearest list that showed it.
double held_by_list_of(const Totals& t, risk::ListSource source) {
  if (!t.organisations) return none;
  double n = 0;
  const auto& held = t.sharing.held[static_cast<std::size_t>(source)];
  for (std::size_t c = 0; c < held.size(); ++c) {
    const auto who = static_cast<cooperation::Subject>(c);
    if (who != cooperation::Subject::wrong && who != cooperation::Subject::mistaken)
      n += real(held[c]);
  }
  return n;
}
/// Of whom a list told counts as list, whoever named him. \param told  of those whom others named
double by_information(double named, Source source,
                      std::span<const std::int64_t, control::n_sources> told) {
  if (source == Source::list) return named + sum(told);
  return named - real(told[static_cast<std::size_t>(source)]);
}
double held_of(const Totals& t, Source source) {
  return by_information(held_by(t, source), source, t.sharing.told_held);
}
double expected_of(const Totals& t, Source source) {
  return by_information(real(t.expected[static_cast<std::size_t>(source)]), source,
                        t.sharing.told_expected) /
         1e6;
}
double expected_by_list_of(const Totals& t, risk::ListSource source) {
  if (!t.organisations) return none;
  return real(t.sharing.expected[static_cast<std::size_t>(source)]) / 1e6;
}
double goods(const Totals& t, double n) { return t.goods ? n : none; }

constexpr std::array table{
    // What it costs everybody.
    Metric{"crossings", "person", neither, false, "persons at primary inspection",
           [](const Totals& t) { return real(t.counts.primary_persons); }},
    Metric{"wait_mean_s", "s", less, false, "mean wait at posts",
           [](const Totals& t) {
             return ratio(real(t.counts.wait_person_seconds), real(t.counts.primary_persons));
           }},
    Metric{"wait_p95_s", "s", less, false, "wait that 95 of 100 persons do not exceed (by bins)",
           [](const Totals& t) {
             const auto edges = control::wait_bin_edges();
             return simulation::wait_quantile(t.waits, edges, 0.95);
           }},
    Metric{"overflow", "person", less, false, "persons beyond the longest queue that staff allows",
           [](const Totals& t) { return real(t.counts.overflow_persons); }},
    Metric{"candidates", "person", neither, false, "persons named for secondary",
           [](const Totals& t) { return real(t.counts.candidates); }},
    Metric{"reviewed", "person", neither, false, "persons whose case an officer looked at",
           [](const Totals& t) { return real(t.counts.reviewed); }},
    Metric{"inspected", "person", less, true, "persons inspected", inspected},
    Metric{"officer_hours", "h", less, false, "hours of officers in review and inspection",
           [](const Totals& t) { return sum(t.counts.officer_minutes) / 60; }},
    Metric{"traveller_hours", "h", less, false, "hours of travellers in review and inspection",
           [](const Totals& t) { return sum(t.counts.traveller_minutes) / 60; }},
    Metric{"wrongly_stopped", "person", less, true, "persons held with whom nothing was wrong",
           [](const Totals& t) { return found(t, Threat::none); }},
    Metric{"wrongly_named", "person", less, true,
           "persons reviewed because a wrong record names them, or they are taken for somebody",
           wrongly_named},
    Metric{"inspected_per_found", "person", less, false, "persons inspected for each one found",
           [](const Totals& t) { return ratio(inspected(t), found_all(t)); }},
    Metric{"protection", "person", neither, true, "persons referred to protection",
           [](const Totals& t) {
             double n = 0;
             for (const auto& of_source : t.counts.outcomes)
               n += real(of_source[static_cast<std::size_t>(Outcome::protection)]);
             return n;
           }},
    Metric{"trips_refused", "trip", neither, false, "trips that ended at a post",
           [](const Totals& t) { return real(t.counts.trips_refused); }},
    // What posts find.
    Metric{"detections_list", "person", more, true,
           "persons held of whom a list told, at primary or in secondary",
           [](const Totals& t) { return held_of(t, Source::list); }},
    Metric{"detections_referral", "person", neither, true,
           "persons held whom primary referred, and no list told of",
           [](const Totals& t) { return held_of(t, Source::referral); }},
    Metric{"detections_rules", "person", neither, true,
           "persons held whom rules named, and no list told of",
           [](const Totals& t) { return held_of(t, Source::rules); }},
    Metric{"detections_random", "person", neither, true,
           "persons held whom the random draw named, and no list told of",
           [](const Totals& t) { return held_of(t, Source::random); }},
    Metric{"detections_own", "person", neither, true,
           "persons held whom a record on their post's own national list names",
           [](const Totals& t) { return held_by_list_of(t, risk::ListSource::national); }},
    Metric{"detections_regional", "person", neither, true,
           "persons held whom a record of a regional system names",
           [](const Totals& t) { return held_by_list_of(t, risk::ListSource::regional); }},
    Metric{"detections_i247", "person", neither, true,
           "persons held whom a record of the system of all names",
           [](const Totals& t) { return held_by_list_of(t, risk::ListSource::international); }},
    Metric{"detections_bridge", "person", neither, true,
           "persons held whom a record that came by a link between systems names",
           [](const Totals& t) { return held_by_list_of(t, risk::ListSource::bridge); }},
    // The same over the draws of review and inspection, of those who had their chance of them.
    Metric{"expected_list", "person", more, true,
           "persons of whom a list told, expected to be held",
           [](const Totals& t) { return expected_of(t, Source::list); }},
    Metric{"expected_referral", "person", neither, true,
           "persons whom primary referred, expected to be held",
           [](const Totals& t) { return expected_of(t, Source::referral); }},
    Metric{"expected_rules", "person", neither, true,
           "persons whom rules named, expected to be held",
           [](const Totals& t) { return expected_of(t, Source::rules); }},
    Metric{"expected_random", "person", neither, true,
           "persons whom the random draw named, expected to be held",
           [](const Totals& t) { return expected_of(t, Source::random); }},
    Metric{"expected_own", "person", neither, true,
           "persons expected to be held whom their post's own national list names",
           [](const Totals& t) { return expected_by_list_of(t, risk::ListSource::national); }},
    Metric{"expected_regional", "person", neither, true,
           "persons expected to be held whom a regional system names",
           [](const Totals& t) { return expected_by_list_of(t, risk::ListSource::regional); }},
    Metric{"expected_i247", "person", neither, true,
           "persons expected to be held whom the system of all names",
           [](const Totals& t) { return expected_by_list_of(t, risk::ListSource::international); }},
    Metric{"expected_bridge", "person", neither, true,
           "persons expected to be held whom a record that came by a link names",
           [](const Totals& t) { return expected_by_list_of(t, risk::ListSource::bridge); }},
    Metric{"list_hits", "hit", neither, true, "hits of lists at posts",
           [](const Totals& t) { return real(t.counts.list_hits); }},
    Metric{"found_all", "person", more, true, "persons found with a threat", found_all},
    Metric{"found_documents", "person", more, true, "persons found with irregular documents",
           [](const Totals& t) { return found(t, Threat::documents); }},
    Metric{"found_contraband", "person", more, true, "persons found with contraband",
           [](const Totals& t) { return found(t, Threat::contraband); }},
    Metric{"found_wanted", "person", more, true, "wanted persons found",
           [](const Totals& t) { return found(t, Threat::wanted); }},
    Metric{"found_cash", "person", more, true, "persons found with undeclared cash",
           [](const Totals& t) { return found(t, Threat::cash); }},
    Metric{"found_fighters", "person", more, true, "fighters found at posts",
           [](const Totals& t) { return found(t, Threat::fighter); }},
    // Fighters.
    Metric{"fighters_attempted", "person", neither, true, "persons who set out for a zone",
           [](const Totals& t) { return person(t, Count::attempted); }},
    Metric{"fighters_arrived", "person", less, true, "persons who reached a zone",
           [](const Totals& t) { return person(t, Count::arrived); }},
    Metric{"fighters_held", "person", more, true, "persons held on the way to a zone",
           [](const Totals& t) { return person(t, Count::held); }},
    Metric{"fighters_refused", "person", neither, true, "persons refused on the way to a zone",
           [](const Totals& t) { return person(t, Count::refused); }},
    Metric{"fighters_gave_up", "person", more, true, "persons who gave up setting out again",
           [](const Totals& t) { return person(t, Count::gave_up); }},
    Metric{"fighters_delayed", "person", neither, true,
           "persons who waited, and without lessons and policies would have gone",
           [](const Totals& t) { return person(t, Count::delayed); }},
    Metric{"fighters_diverted", "person", neither, true, "persons who took another gateway",
           [](const Totals& t) { return person(t, Count::diverted); }},
    // Goods.
    Metric{"bought_kg", "kg", less, false, "drugs that organisations bought",
           [](const Totals& t) { return kg(t, t.bought_grams); }},
    Metric{"delivered_kg", "kg", less, false, "drugs that reached their market",
           [](const Totals& t) { return kg(t, t.delivered_grams); }},
    Metric{"seized_kg", "kg", neither, false, "drugs seized",
           [](const Totals& t) { return kg(t, t.seized_grams); }},
    Metric{"seized_share", "1", more, false, "seized of what was seized or delivered",
           [](const Totals& t) {
             return goods(t, ratio(real(t.seized_grams), real(t.seized_grams + t.delivered_grams)));
           }},
    Metric{"reported_kg", "kg", neither, false, "drugs seized as statistics hold them",
           [](const Totals& t) { return kg(t, t.reported_grams); }},
    Metric{"stock_kg", "kg", neither, false, "drugs in stock or on the way at the end",
           [](const Totals& t) { return kg(t, t.stock_grams); }},
    Metric{"active_edges", "1", neither, false, "links that organisations use in the last month",
           [](const Totals& t) { return goods(t, real(t.active_edges)); }},
    Metric{"displacement", "1", neither, false,
           "share of what is sent that moved to other corridors between classes of place since the "
           "month before, mean over months and substances",
           [](const Totals& t) { return goods(t, ratio(t.displacement, real(t.displacements))); }},
    Metric{"customs_inspected", "row", less, false,
           "rows of goods inspected at customs (a row stands for containers of its flow: "
           "docs/odd/cargo.md)",
           [](const Totals& t) { return goods(t, real(t.customs.secondary.inspected())); }},
    Metric{"customs_illicit_inspected", "case", neither, true, "illicit consignments inspected",
           [](const Totals& t) { return goods(t, real(t.customs.inspected)); }},
    Metric{"customs_illicit_seized", "case", more, true, "illicit consignments seized at customs",
           [](const Totals& t) { return goods(t, real(t.customs.seized)); }},
    // Money.
    Metric{"cash_usd", "USD", less, false, "cash of all groups at the end",
           [](const Totals& t) { return usd(t, t.cash); }},
    Metric{"laundered_usd", "USD", less, false, "laundered money of all groups at the end",
           [](const Totals& t) { return usd(t, t.laundered); }},
    Metric{"assets_usd", "USD", less, false, "assets of all groups at the end",
           [](const Totals& t) { return usd(t, t.assets); }},
    Metric{"frozen_usd", "USD", more, false, "money frozen at the end",
           [](const Totals& t) { return usd(t, t.frozen); }},
    Metric{"confiscated_usd", "USD", more, false, "money confiscated to date",
           [](const Totals& t) { return usd(t, t.confiscated); }},
    Metric{"restored_usd", "USD", neither, false, "money given back after freezing, to date",
           [](const Totals& t) { return usd(t, t.restored); }},
    Metric{"revenue_usd", "USD", less, false, "what groups earned",
           [](const Totals& t) { return usd(t, t.revenue); }},
    Metric{"facilitators_arrested", "person", more, true, "arrests of facilitators' people",
           [](const Totals& t) { return t.actors ? real(t.facilitators_arrested) : none; }},
    Metric{"duplicated_officer_days", "officer-day", less, false,
           "work of organisations on what another worked on as well",
           [](const Totals& t) { return t.planners ? t.duplicated_officer_days : none; }},
    Metric{"planner_requests", "request", neither, false,
           "requests of organisations to members to move what they have",
           [](const Totals& t) { return t.planners ? real(t.planner_requests) : none; }},
    Metric{"planner_requests_doubled", "request", less, false,
           "of these, to a country that another, whose plans it does not see, had asked",
           [](const Totals& t) { return t.planners ? real(t.planner_requests_doubled) : none; }},
    Metric{"plans_betrayed", "plan", less, false,
           "plans and operations of which an insider told those who hide",
           [](const Totals& t) { return t.planners ? real(t.plans_betrayed) : none; }},
    Metric{
        "staff_queries_doubled", "query", less, false,
        "queries of organisations' staff about what another's asked about as well",
        [](const Totals& t) { return t.planners ? real(t.staff_queries_doubled) / 1000 : none; }},
    Metric{
        "staff_records_doubled", "record", less, false,
        "records of organisations' staff that another's made as well",
        [](const Totals& t) { return t.planners ? real(t.staff_records_doubled) / 1000 : none; }},
    Metric{"planning_cost_usd", "USD", less, false,
           "what plans, meetings and requests of organisations cost",
           [](const Totals& t) { return t.planners ? real(t.planning_cost_usd) : none; }},
    Metric{"alignment_threat", "1", more, false,
           "cosine of what organisations have at targets with who passed there, mean",
           [](const Totals& t) { return monthly_mean(t, t.alignment_threat); }},
    Metric{"alignment_one_another", "1", more, false,
           "cosine of what organisations have at targets with what others have there, mean",
           [](const Totals& t) { return t.alignment_others.mean(); }},
    // What sharing costs, and what it comes to.
    Metric{"queries", "query", neither, false, "queries of posts and systems to systems",
           [](const Totals& t) { return of_systems(t, SystemMeasure::queries); }},
    Metric{"requests", "request", neither, false,
           "requests to who made a record: for permission, or whether a hit is right",
           [](const Totals& t) { return of_systems(t, SystemMeasure::requests); }},
    Metric{"double_requests", "request", less, false,
           "of these, the same through a second channel or about a second record of the person",
           [](const Totals& t) {
             return of_systems(t, SystemMeasure::channel) +
                    of_systems(t, SystemMeasure::second_record);
           }},
    Metric{"double_records", "record", less, false,
           "at reviewed hits, records shown beyond the first of one kind about the person",
           [](const Totals& t) { return of_systems(t, SystemMeasure::double_records); }},
    Metric{"double_queries", "query", less, false,
           "at reviewed hits, queries of systems that showed only what the post had been shown",
           [](const Totals& t) { return of_systems(t, SystemMeasure::double_queries); }},
    Metric{"answer_days", "day", less, false, "mean days from a crossing to the answer",
           [](const Totals& t) {
             return ratio(of_systems(t, SystemMeasure::answer_days),
                          of_systems(t, SystemMeasure::answered));
           }},
    Metric{"requests_waiting", "request", less, false, "requests that wait at the end",
           [](const Totals& t) { return of_systems(t, SystemMeasure::backlog); }},
    Metric{"sharing_gap_days", "day", less, false,
           "mean days from the day on which somebody knew to the day on which the post could be "
           "shown it, or the crossing",
           [](const Totals& t) {
             return ratio(knows(t, Knowledge::gap_days), knows(t, Knowledge::gap_crossings));
           }},
    Metric{"pooled_lead_days", "day", less, false,
           "mean days by which all records together sufficed before those of one system or country",
           [](const Totals& t) {
             return ratio(knows(t, Knowledge::pooled_days), knows(t, Knowledge::pooled_crossings));
           }},
    Metric{"pooled_alone_share", "1", less, false,
           "share of these crossings at which no one system's records sufficed",
           [](const Totals& t) {
             return ratio(knows(t, Knowledge::never_one), knows(t, Knowledge::pooled_crossings));
           }},
    Metric{"wrongly_held_hours", "h", less, false,
           "hours for which persons with nothing illicit were held after a hit",
           [](const Totals& t) { return knows(t, Knowledge::wrongly_held_minutes) / 60; }},
    Metric{"inspected_per_hit", "person", less, false,
           "persons inspected whom a list named, for each of them held",
           [](const Totals&
                  t) { return ratio(inspected_of(t, Source::list), held_by(t, Source::list)); }},
    Metric{"hours_per_found", "h", less, false,
           "hours of officers in review and inspection for each person found",
           [](const Totals& t) { return ratio(sum(t.counts.officer_minutes) / 60, found_all(t)); }},
    Metric{"aims_threat", "1", more, false,
           "cosine of what organisations aim at with who passed there, mean",
           [](const Totals& t) { return monthly_mean(t, t.aims_threat); }},
    Metric{"aims_one_another", "1", more, false,
           "cosine of what organisations aim at with what others aim at in countries of both, mean",
           [](const Totals& t) { return t.aims_others.mean(); }},
    Metric{"answer_to_shock_days", "day", less, false,
           "days from a shock to the first aligned action, mean; to the end when there is none",
           [](const Totals& t) { return ratio(real(t.answer_days), real(t.shocks)); }},
};

}  // namespace

std::string_view name(Better better) {
  switch (better) {
    case Better::more:
      return "more";
    case Better::less:
      return "less";
    case Better::neither:
      return "neither";
  }
  return "?";
}

double MonthlyMean::mean() const { return ratio(sum, static_cast<double>(months)); }

void Totals::add(const simulation::DayResult& day) {
  counts += day.counts;
  for (std::size_t i = 0; i < expected.size(); ++i) expected[i] += day.expected[i];
  for (auto& of_system : sharing.systems)
    of_system[static_cast<std::size_t>(SystemMeasure::backlog)] = 0;
  simulation::SharingCounts of_day = day.sharing;
  sim::drain(of_day.all(), sharing.all());
  facilitators_arrested += day.facilitators_arrested;
}

void Totals::add(std::span<const cooperation::PlannerFigures> month) {
  if (month.empty()) return;
  planners = true;
  ++planner_months;
  // Of organisations that have another to be compared with; in some months none has.
  double aims = 0, n_aims = 0, others = 0, n_others = 0;
  for (const cooperation::PlannerFigures& p : month) {
    const auto n = static_cast<double>(month.size());
    aims_threat += p.aims_truth / n;
    if (!std::isnan(p.aims_others)) {
      aims += p.aims_others;
      ++n_aims;
    }
    if (!std::isnan(p.with_others)) {
      others += p.with_others;
      ++n_others;
    }
    planning_cost_usd += p.sums.cost_usd;
    staff_queries_doubled += p.sums.queries_doubled;
    staff_records_doubled += p.sums.records_doubled;
    duplicated_officer_days += static_cast<double>(p.sums.duplicated) / 1000;
    planner_requests += p.sums.requests;
    planner_requests_doubled += p.sums.requests_doubled;
    plans_betrayed += p.sums.betrayed;
    alignment_threat += p.with_truth / n;
  }
  if (n_aims > 0) aims_others.add(aims / n_aims);
  if (n_others > 0) alignment_others.add(others / n_others);
}

void Totals::add(const cooperation::Planning& planning, std::int64_t days) {
  if (planning.planners().empty()) return;
  const std::vector<std::int32_t> answers = planning.answer_days();
  for (std::size_t s = 0; s < answers.size(); ++s) {
    const std::int64_t begun = planning.operations().shocks[s].from_day;
    if (begun >= days) continue;
    ++shocks;
    answer_days += answers[s] >= 0 ? answers[s] : days - begun;
  }
}

void Totals::add(const simulation::MonthSums& month) {
  for (std::size_t i = 0; i < month.wait_histogram.size(); ++i)
    waits[i % control::n_wait_bins] += month.wait_histogram[i];
}

void Totals::add(const simulation::ActorMonth& month, const simulation::ActorTables& tables) {
  actors = true;
  goods = tables.trafficking != nullptr;
  people = tables.fighters.has_value();
  if (people) {
    fighters.resize(fighters::n_counts);
    for (const fighters::Counts& of_country : month.fighters.origins) {
      for (std::size_t k = 0; k < fighters::n_counts; ++k) fighters[k] += of_country[k];
    }
  }
  stock_grams = active_edges = 0;
  for (const trafficking::OrganisationRow& r : month.goods.organisations) {
    bought_grams += r.tally.bought;
    delivered_grams += r.tally.delivered;
    seized_grams += r.tally.seized;
    lost_grams += r.tally.lost;
    stock_grams += r.stock + r.on_the_way;
    active_edges += r.active_edges;
  }
  for (const trafficking::FlowRow& f : month.goods.flows) sent_grams += f.sent;
  if (goods) {
    for (const double moved : simulation::displacements(month, tables)) {
      if (std::isnan(moved)) continue;
      displacement += moved;
      ++displacements;
    }
  }
  for (const trafficking::SeizureRow& s : month.seizures) {
    if (s.published >= 0) reported_grams += std::int64_t{s.grams} * s.times;
  }
  for (const simulation::CargoCounts& mode : month.cargo) customs += mode;
  cash = laundered = assets = frozen = confiscated = restored = 0;
  for (const finance::GroupMonthRow& g : month.money) {
    cash += g.cash + g.cash_abroad + g.on_the_way;
    laundered += g.bank + g.laundering;
    assets += g.assets;
    frozen += g.frozen;
    confiscated += g.seized_to_date;
    restored += g.restored_to_date;
    revenue += g.revenue;
  }
}

std::span<const Metric> metrics() { return table; }

std::size_t metric_index(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(table, name, &Metric::name) - table.begin());
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const Metric& m : table) names.emplace_back(m.name);
  return names;
}

std::vector<double> values_of(const Totals& totals) {
  std::vector<double> values;
  for (const Metric& m : table) values.push_back(m.of(totals));
  return values;
}

}  // namespace corridor::compare
