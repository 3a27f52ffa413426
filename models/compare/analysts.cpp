// SPDX-License-Identifier: Apache-2.0
#include "models/compare/analysts.hpp"

#include <algorithm>
#include <cmath>

#include "models/risk/estimates.hpp"
#include "models/simulation/provenance.hpp"
#include "models/travel/trip_id.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"

namespace corridor::compare {
namespace {

using control::Candidate;
using simulation::ActorEventKind;

constexpr std::array<RowInfo, n_rows> infos{{
    {"seized_cases", "case", "seizures until the cut-off", "reported seizures"},
    {"seized_kg", "kg", "drugs seized until the cut-off", "reported seizures"},
    {"document_passes", "crossing", "passes of irregular documents", "the random share"},
    {"right_hits", "hit", "reviewed hits that mean the person", "hits and their reviews"},
    {"fighter_parties", "party", "parties that made up their minds to go", "two lists"},
    {"fighter_parties_low", "party", "the same", "two lists that go together", true},
}};

std::uint8_t detail(fighters::Event e) { return static_cast<std::uint8_t>(e); }

std::int64_t common(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  return std::ranges::count_if(a, [&](std::uint64_t x) { return b.contains(x); });
}

TwoLists two_lists(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  return {std::ssize(a), std::ssize(b), common(a, b)};
}

/// First day whose seizures are left to the statistics of the next year.
std::int64_t cut_off(std::int64_t days, const AnalystRates& rates) {
  return days - std::llround(rates.report_delay_days);
}

}  // namespace

AnalystRates rates_of(const scenario::Scenario& s) {
  return {s.trafficking.reported,  s.trafficking.report_twice, s.trafficking.report_delay_days,
          s.control.confirm_match, s.control.confirm_false,    s.control.documents_sensitivity};
}

const RowInfo& info(Row row) { return infos[static_cast<std::size_t>(row)]; }

bool Believed::covers(Row row) const {
  if (!estimate.defined) return false;
  return info(row).lower_bound ? estimate.lower <= truth : estimate.contains(truth);
}

AnalystBook::AnalystBook(std::vector<double> draw_chance, std::int64_t days)
    : draw_chance_(std::move(draw_chance)), days_(days) {}

void AnalystBook::add(const simulation::DayResult& day) {
  passes_ += day.counts.primary_persons;
  document_passes_ +=
      day.counts.threats_at_posts[static_cast<std::size_t>(control::Threat::documents)];
  constexpr std::uint8_t by_biometrics = 1U << static_cast<unsigned>(risk::List::biometric);
  std::set<std::uint64_t> by_list;
  for (const simulation::EventRow& event : day.events) {
    const Candidate& c = event.candidate;
    if (control::held(c.outcome) && c.drawn != 0 && c.threat == control::Threat::documents)
      drawn_documents_.push_back(draw_chance_[c.post]);
    // A second confirmation of biometrics, and the random share, go their own ways.
    if (c.source == control::Source::list && (c.found & by_biometrics) == 0 && c.drawn == 0) {
      ++hits_;
      sent_on_ += c.outcome != control::Outcome::dismissed ? 1 : 0;
      right_ += c.matched != 0 ? 1 : 0;
    }
    if (travel::is_injected(c.trip) && control::held(c.outcome) && c.found != 0)
      by_list.insert(travel::unpack_injected(c.trip).person);
  }
  std::set<std::uint64_t> resolved_today;
  for (const simulation::ActorEvent& e : day.actor_events) {
    if (e.kind == ActorEventKind::fighter) {
      if (e.detail == detail(fighters::Event::resolved)) resolved_today.insert(e.id);
      if (e.detail == detail(fighters::Event::refused) || e.detail == detail(fighters::Event::held))
        (by_list.contains(e.id) ? listed_ : stopped_).insert(e.id);
    }
    // A home service opens its file when a party makes up its mind; posts open theirs later.
    if (e.kind == ActorEventKind::record && resolved_today.contains(e.id)) filed_.insert(e.id);
  }
  resolved_.merge(resolved_today);
}

void AnalystBook::add(std::span<const trafficking::SeizureRow> seizures) {
  seizures_.insert(seizures_.end(), seizures.begin(), seizures.end());
}

std::array<Believed, n_rows> AnalystBook::rows(const AnalystRates& rates) const {
  std::array<Believed, n_rows> all;
  const auto row = [&](Row r) -> Believed& { return all[static_cast<std::size_t>(r)]; };

  const std::int64_t until = cut_off(days_, rates);
  std::vector<ReportRow> reports, cases;
  for (const trafficking::SeizureRow& s : seizures_) {
    if (s.day >= until) continue;
    row(Row::seized_cases).truth += 1;
    row(Row::seized_kg).truth += s.grams / 1000.0;
    if (s.published < 0 || s.published >= days_) continue;
    const double left = static_cast<double>(days_ - s.day);
    const double in_time =
        rates.report_delay_days > 0 ? 1 - sim::exp(-left / rates.report_delay_days) : 1;
    for (std::int32_t k = 0; k < s.times; ++k) {
      reports.push_back({s.grams / 1000.0, in_time});
      cases.push_back({1, in_time});
    }
  }
  row(Row::seized_cases).estimate = seized_of_reports(cases, rates.reported, rates.twice);
  row(Row::seized_kg).estimate = seized_of_reports(reports, rates.reported, rates.twice);

  std::vector<risk::stats::Inspected> inspected;
  double least = 1;
  for (const double chance : draw_chance_) least = chance > 0 ? std::min(least, chance) : least;
  // The many who were drawn and had nothing with them weigh nothing: one stands for them.
  inspected.push_back({least * rates.documents_found, false});
  for (const double chance : drawn_documents_)
    inspected.push_back({chance * rates.documents_found, true});
  const auto share = risk::stats::inverse_propensity_share(inspected, passes_).share;
  const auto passes = static_cast<double>(passes_);
  row(Row::document_passes) = {
      static_cast<double>(document_passes_),
      {share.estimate * passes, share.lower * passes, share.upper * passes, share.defined}};

  row(Row::right_hits) = {
      static_cast<double>(right_),
      right_hits({sent_on_, hits_}, rates.confirms_right, rates.confirms_wrong)};

  std::set<std::uint64_t> any = stopped_;
  any.insert(listed_.begin(), listed_.end());
  const auto parties = static_cast<double>(resolved_.size());
  row(Row::fighter_parties) = {parties, chapman(two_lists(filed_, stopped_))};
  row(Row::fighter_parties_low) = {parties, chapman(two_lists(filed_, any))};
  return all;
}

std::int64_t HiddenWorlds::estimated(Row row, bool audited) const {
  return std::ranges::count_if(worlds, [&](const HiddenWorld& w) {
    return (audited ? w.audited : w.believed)[static_cast<std::size_t>(row)].estimate.defined;
  });
}

std::int64_t HiddenWorlds::covered(Row row, bool audited) const {
  return std::ranges::count_if(worlds, [&](const HiddenWorld& w) {
    return (audited ? w.audited : w.believed)[static_cast<std::size_t>(row)].covers(row);
  });
}

HiddenWorlds hidden_worlds(const World& base, std::int64_t n, int threads,
                           const std::function<void(const CompareProgress&)>& progress,
                           const std::function<bool()>& stop) {
  if (base.scenario.run.scale != 1)
    throw sim::UserError("hidden worlds are run at scale 1; run.scale = " +
                         sim::literal(sim::Value{base.scenario.run.scale}));
  const ParameterSets sets = parameter_sets(base.scenario, {}, n);
  if (sets.values.empty())
    throw sim::UserError("no parameter set around " + base.file + " is admissible");
  const simulation::Setup setup = simulation::make_setup(base.scenario);
  std::vector<double> draw_chance;
  constexpr double two_32 = 4294967296.0;
  for (const simulation::PostRow& post : setup.control.posts)
    draw_chance.push_back(static_cast<double>(post.select_cut) / two_32);
  HiddenWorlds result;
  result.base = base.name;
  result.base_hash = base.scenario.hash;
  result.world = setup.world_name;
  result.version = simulation::program_version();
  result.seed = base.scenario.run.seed;
  result.days = base.scenario.run.days;
  result.drawn = sets.drawn;
  result.worlds.resize(sets.values.size());
  const AnalystRates of_base = rates_of(base.scenario);
  std::vector<scenario::Scenario> hidden;
  std::vector<AnalystBook> books(sets.values.size(), AnalystBook(draw_chance, result.days));
  std::vector<Task> tasks;
  for (const auto& values : sets.values)
    hidden.push_back(with_set(base.scenario, sets.factors, values).value());
  for (std::size_t k = 0; k < hidden.size(); ++k) {
    tasks.push_back(
        {&hidden[k],
         &setup,
         static_cast<std::uint32_t>(k),
         {[&book = books[k]](const simulation::DayResult& day) { book.add(day); },
          [&book = books[k]](const simulation::ActorMonth& month) { book.add(month.seizures); }}});
  }
  (void)run_worlds(
      tasks, threads,
      [&](std::size_t done) {
        if (progress) progress({done, tasks.size()});
      },
      stop);
  for (std::size_t k = 0; k < hidden.size(); ++k) {
    const AnalystRates own = rates_of(hidden[k]);
    result.worlds[k] = {books[k].rows(own), books[k].rows(of_base)};
  }
  return result;
}

}  // namespace corridor::compare
