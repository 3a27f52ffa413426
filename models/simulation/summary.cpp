// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "models/scenario/hypothetical_links.hpp"
#include "models/scenario/risk_checks.hpp"
#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {

namespace {

/// Daily counts that may be added over days, in the order in which they are told.
constexpr std::array<std::string_view, 23> added{"trips_started",
                                                 "trips_finished",
                                                 "trips_refused",
                                                 "journeys",
                                                 "units",
                                                 "crossings_entry",
                                                 "crossings_exit",
                                                 "same_day_crossings",
                                                 "primary_persons",
                                                 "wait_person_seconds",
                                                 "overflow_persons",
                                                 "candidates",
                                                 "secondary_selected",
                                                 "secondary_cleared",
                                                 "secondary_refused",
                                                 "secondary_turned_away",
                                                 "scored",
                                                 "flagged",
                                                 "scored_unchecked",
                                                 "flagged_unchecked",
                                                 "list_hits",
                                                 "reviewed",
                                                 "events_dropped"};
constexpr std::array<std::string_view, 3> levels{"trips_in_progress", "persons_abroad",
                                                 "travelling"};

std::string daily(std::string_view name) { return "/daily/" + std::string(name); }

double over(std::int64_t sum, std::int64_t count) {
  return static_cast<double>(sum) / static_cast<double>(count);
}

std::vector<NamedValue> named(const std::vector<std::string>& names,
                              const std::vector<std::int64_t>& sums, std::int64_t count) {
  std::vector<NamedValue> values;
  for (std::size_t i = 0; i < names.size(); ++i) values.push_back({names[i], over(sums[i], count)});
  return values;
}

/// What posts counted in covered months, summed over the replicates.
struct PostSums {
  std::vector<std::int64_t> persons, wait, overflow, selected, refused, histogram;
  std::vector<double> upper_s;
  explicit PostSums(const ResultReader& result, const Replicates& of)
      : persons(sum_months(result, "/monthly/post_persons", of)),
        wait(sum_months(result, "/monthly/post_wait_person_seconds", of)),
        overflow(sum_months(result, "/monthly/post_overflow", of)),
        selected(sum_months(result, "/monthly/post_selected", of)),
        refused(sum_months(result, "/monthly/post_refused", of)),
        histogram(sum_months(result, "/monthly/wait_histogram", of)),
        upper_s(result.read<double>("/places/wait_upper_s")) {}
  [[nodiscard]] std::span<const std::int64_t> histogram_of(std::size_t post) const {
    return std::span(histogram).subspan(post * upper_s.size(), upper_s.size());
  }
};

/// Posts taken together: by mode, by region, all.
class Group {
 public:
  explicit Group(std::size_t bins) : histogram_(bins, 0) {}
  void add(const PostSums& sums, std::size_t post, bool entry) {
    (entry ? entry_ : exit_) += sums.persons[post];
    wait_ += sums.wait[post];
    const auto from = sums.histogram_of(post);
    for (std::size_t i = 0; i < from.size(); ++i) histogram_[i] += from[i];
  }
  [[nodiscard]] CrossingFigures figures(std::string name, const std::vector<double>& upper_s,
                                        std::int64_t count) const {
    return {std::move(name), over(entry_, count), over(exit_, count), over(wait_, entry_ + exit_),
            wait_quantile(histogram_, upper_s, 0.95)};
  }

 private:
  std::int64_t entry_ = 0, exit_ = 0, wait_ = 0;
  std::vector<std::int64_t> histogram_;
};

void add_posts(Summary& s, const ResultReader& result, const Replicates& all, std::size_t n_posts) {
  const PostSums sums(result, all);
  const auto kind = result.read_text("/places/post_kind"),
             country = result.read_text("/places/post_country"),
             place = result.read_text("/places/post_place"),
             direction = result.read_text("/places/post_direction");
  const auto crossing = result.read<std::int64_t>("/places/post_crossing");
  const auto iso3 = result.read_text("/places/country_iso3"),
             country_region = result.read_text("/places/country_region"),
             modes = result.read_text("/places/mode"), regions = result.read_text("/places/region");
  std::map<std::string, std::string> region_of;
  for (std::size_t i = 0; i < iso3.size(); ++i) region_of[iso3[i]] = country_region[i];

  const std::size_t bins = sums.upper_s.size();
  Group everywhere(bins);
  std::map<std::string, Group> by_mode, by_region;
  for (const std::string& mode : modes) by_mode.emplace(mode, bins);
  for (const std::string& region : regions) by_region.emplace(region, bins);
  for (std::size_t p = 0; p < kind.size(); ++p) {
    const bool entry = direction[p] == "entry";
    everywhere.add(sums, p, entry);
    if (const auto at = by_mode.find(kind[p]); at != by_mode.end()) at->second.add(sums, p, entry);
    if (const auto at = by_region.find(region_of[country[p]]); at != by_region.end())
      at->second.add(sums, p, entry);
  }
  s.crossings = everywhere.figures("all", sums.upper_s, all.count());
  for (const std::string& mode : modes)
    s.crossings_by_mode.push_back(by_mode.at(mode).figures(mode, sums.upper_s, all.count()));
  for (const std::string& region : regions)
    s.crossings_by_region.push_back(
        by_region.at(region).figures(region, sums.upper_s, all.count()));

  for (const double edge : sums.upper_s)
    if (std::isfinite(edge)) s.longest_wait_s = edge;
  std::vector<std::size_t> order(kind.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t p) { return sums.persons[p]; });
  for (const std::size_t p : order) {
    if (s.top_posts.size() == n_posts || sums.persons[p] == 0) break;
    s.top_posts.push_back({kind[p], place[p], country[p], direction[p], crossing[p],
                           over(sums.persons[p], all.count()), over(sums.overflow[p], all.count()),
                           over(sums.selected[p], all.count()), over(sums.refused[p], all.count()),
                           over(sums.wait[p], sums.persons[p]),
                           wait_quantile(sums.histogram_of(p), sums.upper_s, 0.95)});
  }
}

double total(const ResultReader& result, std::string_view path, const Replicates& all) {
  const std::vector<std::int64_t> sums = sum_months(result, path, all);
  return over(std::accumulate(sums.begin(), sums.end(), std::int64_t{0}), all.count());
}

}  // namespace

Summary summarise(const ResultReader& result, std::size_t n_posts) {
  const Replicates all = all_replicates(result);
  Summary s;
  s.file = result.path().filename().string();
  s.provenance = result.provenance();
  s.machine = result.machine();
  try {
    const scenario::Scenario scenario = scenario::parse_scenario(s.provenance.scenario, s.file);
    s.rules = scenario::rules_line(scenario);
    s.hypothetical = scenario::tries_hypothetical_links(scenario);
  } catch (const sim::UserError&) {
    // A scenario of another version: what else the result says can still be told.
  }
  s.complete = result.complete();
  s.replicates = all.count();
  s.days = static_cast<std::int64_t>(result.length(Dim::day));
  s.closed_days = closed_days(result, all);
  s.covered_days = covered_days(result, all) / all.count();
  if (s.closed_days > 0) {
    s.first_date = date_of(s.provenance.start_date, 0);
    s.last_date = date_of(s.provenance.start_date, s.closed_days - 1);
  }
  // Every replicate up to the same day, so that means compare like with like.
  for (const std::string_view name : added) {
    double lowest = 0, highest = 0;
    std::int64_t sum = 0;
    for (const std::int64_t r : all.numbers) {
      const std::int64_t one = sum_days(result, daily(name), {{r}}, 0, s.closed_days).at(0);
      const auto value = static_cast<double>(one);
      lowest = r == 0 ? value : std::min(lowest, value);
      highest = r == 0 ? value : std::max(highest, value);
      sum += one;
    }
    s.totals.push_back({std::string(name), over(sum, all.count())});
    s.totals_min.push_back(lowest);
    s.totals_max.push_back(highest);
  }
  for (const std::string_view name : levels) {
    const std::int64_t last = std::max<std::int64_t>(s.closed_days - 1, 0);
    s.levels.push_back(
        {std::string(name),
         over(sum_days(result, daily(name), all, last, s.closed_days).at(0), all.count())});
  }
  const auto split = [&](std::string_view names, std::string_view of) {
    return named(result.read_text(names), sum_days(result, of, all, 0, s.closed_days), all.count());
  };
  s.trips_by_mode = split("/places/mode", "/daily/trips_by_mode");
  s.trips_by_purpose = split("/places/purpose", "/daily/trips_by_purpose");
  s.arrivals_by_region = split("/places/region", "/daily/arrivals_by_region");
  s.candidates_by_source = split("/places/source", "/daily/candidates_by_source");
  s.officer_minutes = split("/places/outcome", "/daily/officer_minutes");
  s.threats_at_posts = split("/places/threat", "/daily/threats_at_posts");
  s.threats_inspected = split("/places/threat", "/daily/threats_inspected");
  s.threats_found = split("/places/threat", "/daily/threats_found");
  s.between_posts = split("/places/between_measure", "/actors/between_posts");
  const std::vector<std::string> kinds = result.read_text("/places/secondary_kind"),
                                 measures = result.read_text("/places/kind_measure");
  const auto of_kinds = sum_days(result, "/daily/secondary_kinds", all, 0, s.closed_days);
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const auto first = of_kinds.begin() + static_cast<std::ptrdiff_t>(k * measures.size());
    s.secondary_kinds.emplace_back(
        kinds[k], named(measures, {first, first + static_cast<std::ptrdiff_t>(measures.size())},
                        all.count()));
  }
  const std::vector<std::string> outcomes = result.read_text("/places/outcome");
  const auto by_source = sum_days(result, "/daily/outcomes", all, 0, s.closed_days);
  for (std::size_t o = 0; o < outcomes.size(); ++o) {
    std::int64_t sum = 0;
    for (std::size_t i = o; i < by_source.size(); i += outcomes.size()) sum += by_source[i];
    s.outcomes.push_back({outcomes[o], over(sum, all.count())});
  }
  for (const MonthSpan& month : months_of(s.provenance.start_date, s.closed_days)) {
    const auto of = [&](std::string_view path) {
      return over(
          sum_days(result, path, all, month.first_day, month.first_day + month.n_days).at(0),
          all.count());
    };
    s.months.push_back({month.label, static_cast<double>(month.n_days), of("/daily/trips_started"),
                        of("/daily/crossings_entry"), of("/daily/crossings_exit"),
                        of("/daily/same_day_crossings")});
  }
  add_posts(s, result, all, n_posts);
  s.air_passengers = total(result, "/monthly/air_link_passengers", all);
  s.air_connecting = total(result, "/monthly/airport_connecting", all);
  s.border_crossings = total(result, "/monthly/border_crossings", all);
  s.same_day_border_crossings = total(result, "/monthly/same_day_border_crossings", all);
  s.sea_passengers = total(result, "/monthly/sea_lane_passengers", all);
  s.actors = summarise_actors(result);
  s.cooperation = summarise_cooperation(result);
  s.sharing = summarise_sharing(result);
  const auto margins = result.read_text("/demand/margin");
  const auto factors = result.read<double>("/demand/scale_factor");
  for (std::size_t i = 0; i < margins.size(); ++i)
    s.scale_factors.push_back({margins[i], factors[i]});
  return s;
}

}  // namespace corridor::simulation
