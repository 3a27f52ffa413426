// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/backcast.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "models/trafficking/reports.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"

namespace corridor::trafficking {
namespace {

/// Model and border of one set.
struct Case {
  std::shared_ptr<TraffickingTables> tables;
  FakeBorder border;
};

Case make_case(const Backcast& backcast, const world::World& world, const AdmissibleSet& set) {
  TraffickingParams params;
  TraffickingActors actors = backcast.actors;
  for (Organisation& o : actors.organisations) o.how = set.choice;
  double use = 1, elsewhere = 1, effort = 0.3;
  Case out;
  for (std::size_t i = 0; i < backcast.ranges.size(); ++i) {
    const BackcastRange& r = backcast.ranges[i];
    const double v = set.values[i];
    if (r.parameter == "effort") effort = v;
    if (r.parameter == "effort_growth") out.border.growth = v;
    if (r.parameter == "elsewhere") elsewhere = v;
    if (r.parameter == "exits") out.border.exits = v;
    if (r.parameter == "spread") out.border.spread = v;
    if (r.parameter == "use") use = v;
    if (r.parameter == "market_shift") params.market_shift = v;
    if (r.parameter == "liner_weight") params.liner_weight = v;
    if (r.parameter == "supply_growth") params.supply_growth = v;
    if (r.parameter != "pull") continue;
    const auto to = static_cast<std::uint16_t>(world.find_country(r.place));
    for (std::size_t from = 0; from < world.countries.size(); ++from) {
      EdgeRule rule;
      rule.origin = static_cast<std::uint16_t>(from);
      rule.destination = to;
      rule.mode = static_cast<std::uint8_t>(CargoMode::container);
      rule.attraction = v;
      actors.edge_rules.push_back(rule);
    }
  }
  out.tables = std::make_shared<TraffickingTables>(world, params, std::move(actors));
  for (const std::uint16_t c : backcast.area) out.tables->demand[0][c] *= use;
  out.border.hazard.fill(1);
  out.border.effort.assign(world.countries.size(), effort * elsewhere);
  for (const std::uint16_t c : backcast.area) out.border.effort[c] = effort;
  return out;
}

bool within(const std::vector<std::uint16_t>& sorted, std::uint16_t c) {
  return std::binary_search(sorted.begin(), sorted.end(), c);
}

double uniform(sim::RunKey key, std::int64_t set, std::uint16_t index) {
  const sim::Block block =
      sim::draw(key, sim::Purpose::tuning, static_cast<std::uint64_t>(set), 0, index);
  return sim::uniform53(sim::bits64(block[0], block[1])) + 0x1p-54;
}

/// A value in its range's own scale, from 0 to 1, and back.
double from_unit(const BackcastRange& r, double u) {
  if (r.scale == "log") return r.low * sim::exp(u * sim::log(r.high / r.low));
  return r.low + u * (r.high - r.low);
}
double to_unit(const BackcastRange& r, double v) {
  if (r.scale == "log") return sim::log(v / r.low) / sim::log(r.high / r.low);
  return (v - r.low) / (r.high - r.low);
}

double reflected(double u) {
  u = std::abs(u);
  u -= 2 * std::floor(u / 2);
  return u > 1 ? 2 - u : u;
}

/// The nearest sets, half of each choice, nearest first.
std::vector<AdmissibleSet> nearest(std::vector<AdmissibleSet> sets, std::size_t kept) {
  std::stable_sort(sets.begin(), sets.end(), [](const AdmissibleSet& x, const AdmissibleSet& y) {
    return x.distance < y.distance;
  });
  std::vector<AdmissibleSet> out;
  std::array<std::size_t, 3> taken{};
  for (AdmissibleSet& s : sets) {
    std::size_t& n = taken[static_cast<std::size_t>(s.choice)];
    if (n >= kept / 2) continue;
    ++n;
    out.push_back(std::move(s));
  }
  return out;
}

/// The next set: anywhere in the first round, later around one of the best of its choice.
AdmissibleSet next_set(const Backcast& backcast, const std::vector<AdmissibleSet>& best,
                       std::int64_t number) {
  const sim::RunKey key{static_cast<std::uint32_t>(backcast.plan.seed), 0};
  AdmissibleSet out;
  out.choice = number % 2 == 0 ? Choice::salience : Choice::logit;
  std::vector<const AdmissibleSet*> parents;
  for (const AdmissibleSet& s : best)
    if (s.choice == out.choice) parents.push_back(&s);
  const AdmissibleSet* parent = nullptr;
  if (!parents.empty())
    parent = parents[static_cast<std::size_t>(uniform(key, number, 100) *
                                              static_cast<double>(parents.size()))];
  for (std::size_t i = 0; i < backcast.ranges.size(); ++i) {
    const BackcastRange& r = backcast.ranges[i];
    double u = uniform(key, number, static_cast<std::uint16_t>(i));
    if (parent != nullptr) {
      double mean = 0, spread = 0;
      for (const AdmissibleSet* p : parents)
        mean += to_unit(r, p->values[i]) / static_cast<double>(parents.size());
      for (const AdmissibleSet* p : parents) {
        const double d = to_unit(r, p->values[i]) - mean;
        spread += d * d / static_cast<double>(parents.size());
      }
      u = reflected(to_unit(r, parent->values[i]) + std::sqrt(spread) * sim::normal_quantile(u));
    }
    out.values.push_back(from_unit(r, u));
  }
  return out;
}

void measure(const Backcast& backcast, const world::World& world, AdmissibleSet& set) {
  const BackcastYears years = run_backcast(backcast, world, set, 0, backcast.plan.calibrated_to);
  const std::vector<std::string> places = share_places(backcast);
  double sum = 0;
  set.at_targets.clear();
  for (const BackcastTarget& t : backcast.targets) {
    const auto y = static_cast<std::size_t>(t.year - backcast.plan.start_year);
    const auto place = std::find(places.begin(), places.end(), t.place);
    const double share = place == places.end()
                             ? 1
                             : years.shares[static_cast<std::size_t>(place - places.begin())][y];
    const double model = t.what == "share" ? share : share * years.tonnes[y];
    set.at_targets.push_back(model);
    const double miss =
        t.what == "share" ? model - t.value : sim::log(std::max(model, 1e-3)) - sim::log(t.value);
    sum += (miss / t.sd) * (miss / t.sd);
  }
  set.distance =
      std::sqrt(sum / static_cast<double>(std::max<std::size_t>(backcast.targets.size(), 1)));
}

/// Linear interpolation between order statistics. \pre sorted, not empty
double percentile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto i = static_cast<std::size_t>(at);
  if (i + 1 >= sorted.size()) return sorted.back();
  return sorted[i] + (at - static_cast<double>(i)) * (sorted[i + 1] - sorted[i]);
}

BackcastRow summary(std::string what, std::string place, std::int64_t year, bool is_forecast,
                    std::vector<double> values) {
  BackcastRow row;
  row.what = std::move(what);
  row.place = std::move(place);
  row.year = year;
  row.forecast = is_forecast;
  row.runs = values.size();
  for (const double v : values) row.mean += v / static_cast<double>(values.size());
  std::sort(values.begin(), values.end());
  row.p10 = percentile(values, 0.1);
  row.p50 = percentile(values, 0.5);
  row.p90 = percentile(values, 0.9);
  return row;
}

}  // namespace

BackcastYears run_backcast(const Backcast& backcast, const world::World& world,
                           const AdmissibleSet& set, std::uint32_t replicate, std::int64_t to) {
  const BackcastPlan& plan = backcast.plan;
  const Case the_case = make_case(backcast, world, set);
  const auto years = static_cast<std::size_t>(to - plan.start_year + 1);
  const sim::Date start{static_cast<int>(plan.start_year), 1, 1};
  const ReducedResult run = run_reduced(the_case.tables, the_case.border,
                                        {static_cast<std::uint32_t>(plan.seed), replicate}, start,
                                        static_cast<std::int32_t>(12 * years));
  BackcastYears out;
  out.tonnes.assign(years, 0);
  const std::vector<std::string> places = share_places(backcast);
  out.shares.assign(places.size(), std::vector<double>(years, 0));
  const std::int64_t first = sim::day_number(start);
  for (std::size_t y = 0; y < years; ++y) {
    const int year = static_cast<int>(plan.start_year) + static_cast<int>(y);
    const auto day = [&](int of) {
      return static_cast<std::int32_t>(sim::day_number({of, 1, 1}) - first);
    };
    std::vector<SeizureRow> rows;
    for (const SeizureRow& row : run.seizures) {
      if (!within(backcast.area, row.country)) continue;
      if (year >= plan.leave_year && within(backcast.leavers, row.country)) continue;
      rows.push_back(row);
    }
    const std::int32_t today = day(year + 2);  // a year after the year's end
    const auto grams = [&](const std::vector<SeizureRow>& of) {
      return static_cast<double>(reported_grams(of, day(year), day(year + 1), today));
    };
    const double all = grams(rows);
    out.tonnes[y] = all / 1e6;
    for (std::size_t p = 0; p < places.size(); ++p) {
      const std::uint32_t country = world.find_country(places[p]);
      std::vector<SeizureRow> here;
      for (const SeizureRow& row : rows)
        if (row.country == country) here.push_back(row);
      out.shares[p][y] = all > 0 ? grams(here) / all : 0;
    }
  }
  return out;
}

BackcastResult forecast(const Backcast& backcast, const world::World& world, int threads,
                        const std::function<void(std::int64_t, std::int64_t)>& told) {
  const BackcastPlan& plan = backcast.plan;
  BackcastResult out;
  sim::Workers workers(threads);
  const std::int64_t all = plan.sets * plan.rounds + plan.kept / 2 * 2 * plan.replicates;
  std::atomic<std::int64_t> done{0};
  const auto tell = [&] {
    const std::int64_t now = ++done;
    if (told) told(now, all);
  };
  std::vector<AdmissibleSet> best;
  for (std::int64_t round = 0; round < plan.rounds; ++round) {
    std::vector<AdmissibleSet> sets(static_cast<std::size_t>(plan.sets));
    workers.run(sets.size(), [&](std::size_t i, int) {
      sets[i] = next_set(backcast, best, round * plan.sets + static_cast<std::int64_t>(i));
      measure(backcast, world, sets[i]);
      tell();
    });
    if (round == 0) {
      std::vector<double> distances;
      for (const AdmissibleSet& s : sets) distances.push_back(s.distance);
      std::sort(distances.begin(), distances.end());
      out.first_distance = percentile(distances, 0.5);
    }
    sets.insert(sets.begin(), best.begin(), best.end());
    best = nearest(std::move(sets), static_cast<std::size_t>(plan.kept));
  }
  out.admissible = std::move(best);
  std::vector<BackcastYears> runs(out.admissible.size() *
                                  static_cast<std::size_t>(plan.replicates));
  workers.run(runs.size(), [&](std::size_t i, int) {
    const auto n = static_cast<std::size_t>(plan.replicates);
    // Replicate 0 was seen when sets were chosen: the forecast has seeds of its own.
    runs[i] = run_backcast(backcast, world, out.admissible[i / n],
                           static_cast<std::uint32_t>(1 + i % n), plan.forecast_to);
    tell();
  });
  const std::vector<std::string> places = share_places(backcast);
  for (std::int64_t year = plan.start_year + 1; year <= plan.forecast_to; ++year) {
    const auto y = static_cast<std::size_t>(year - plan.start_year);
    const bool is_forecast = year > plan.calibrated_to;
    std::vector<double> tonnes;
    for (const BackcastYears& r : runs) tonnes.push_back(r.tonnes[y]);
    out.rows.push_back(summary("tonnes", "area", year, is_forecast, std::move(tonnes)));
    for (std::size_t p = 0; p < places.size(); ++p) {
      std::vector<double> shares;
      for (const BackcastYears& r : runs) shares.push_back(r.shares[p][y]);
      out.rows.push_back(summary("share", places[p], year, is_forecast, std::move(shares)));
    }
  }
  return out;
}

}  // namespace corridor::trafficking
