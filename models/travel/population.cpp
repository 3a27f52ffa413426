// SPDX-License-Identifier: Apache-2.0
#include "models/travel/population.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/error.hpp"

namespace corridor::travel {
namespace {

// Departures by weekday (Monday first) over the mean, per band of nights; assumption A-19 of
// docs/odd.md.
constexpr std::array<std::array<double, 7>, n_bands> weekday_factor{{
    {0.85, 0.75, 0.85, 1.15, 1.55, 1.10, 0.75},
    {0.95, 0.85, 0.90, 0.95, 1.10, 1.30, 0.95},
    {0.95, 0.90, 0.95, 1.00, 1.10, 1.10, 1.00},
    {0.95, 0.90, 0.95, 1.00, 1.10, 1.10, 1.00},
}};

// The uniform over nights has an index of its own; the Poisson draw uses 0, 1, ...
constexpr std::uint16_t nights_index = 0xffff;

constexpr double rows_of_unit = 8192;

}  // namespace

double expected_departures(const TravelTables& t, const PopulationSetting& setting,
                           std::uint32_t block, DayShape shape) {
  const BlockRow& b = t.blocks[block];
  const double month = t.season_share[b.season * 12U + shape.month];
  const double weekday = 1 + setting.weekday_spread * (weekday_factor[b.band][shape.weekday] - 1);
  return setting.scale * b.units_year * month / shape.days_in_month * weekday;
}

DayCount draw_count(const TravelTables& t, const PopulationSetting& setting, std::uint32_t block,
                    std::int32_t day, DayShape shape) {
  const double mean = expected_departures(t, setting, block, shape);
  DayCount c;
  c.n = sim::poisson(mean, setting.key, sim::Purpose::cell_count, block, day);
  if (c.n >= max_in_cell) {
    throw sim::UserError("more than " + std::to_string(max_in_cell) +
                         " trips of one block on day " + std::to_string(day) +
                         "; lower travel.demand.world_trips or set run.scale");
  }
  if (c.n > 0) {
    c.u = sim::draw(setting.key, sim::Purpose::cell_count, block, day, nights_index)[0];
  }
  return c;
}

Population::Population(const TravelTables& tables, PopulationSetting setting, std::int32_t today,
                       sim::Workers& workers)
    : tables_(tables), setting_(std::move(setting)), today_(today) {
  std::uint32_t next = 0;
  for (const BlockRow& block : tables.blocks) {
    ring_first_.push_back(next);
    next += ring_length(block.band);
  }
  ring_.resize(next);
  for (std::int32_t day = today - static_cast<std::int32_t>(bands.back().longest()); day <= today;
       ++day) {
    fill(day, workers, today - day > static_cast<std::int32_t>(bands[n_bands - 2].longest()));
  }

  // Neighbouring blocks together, large blocks in parts: units of about the same work, all below an
  // airport's day.
  double rows = 0;
  WorkUnit unit;
  const auto flush = [&](std::uint32_t upto) {
    unit.last = upto;
    if (unit.last > unit.first) work_.push_back(unit);
    unit.first = upto;
    rows = 0;
  };
  for (std::uint32_t b = 0; b < tables.blocks.size(); ++b) {
    const double a_day = setting_.scale * tables.blocks[b].units_year / 365 + 1;
    if (a_day > rows_of_unit) {
      flush(b);
      const auto parts = static_cast<std::uint32_t>(std::ceil(a_day / rows_of_unit));
      for (std::uint32_t part = 0; part < parts; ++part) work_.push_back({b, b + 1, part, parts});
      unit.first = b + 1;
    } else {
      rows += a_day;
      if (rows > rows_of_unit) flush(b + 1);
    }
  }
  flush(static_cast<std::uint32_t>(tables.blocks.size()));
}

void Population::advance(sim::Workers& workers) {
  ++today_;
  fill(today_, workers, false);
}

void Population::fill(std::int32_t day, sim::Workers& workers, bool only_long) {
  const DayShape shape = setting_.calendar(day);
  constexpr std::size_t chunk = 512;
  const std::size_t n = tables_.blocks.size();
  workers.run((n + chunk - 1) / chunk, [&](std::size_t c, int) {
    for (std::size_t b = c * chunk; b < std::min(n, (c + 1) * chunk); ++b) {
      const std::uint32_t band = tables_.blocks[b].band;
      if (only_long && band + 1 < n_bands) continue;
      const std::uint32_t length = ring_length(band);
      ring_[ring_first_[b] + static_cast<std::uint32_t>(day - epoch) % length] =
          draw_count(tables_, setting_, static_cast<std::uint32_t>(b), day, shape);
    }
  });
  for (std::size_t b = 1; b < n; ++b) {
    if (tables_.blocks[b].pool != tables_.blocks[b - 1].pool) continue;
    const auto of = [&](std::size_t block) -> DayCount& {
      const std::uint32_t length = ring_length(tables_.blocks[block].band);
      return ring_[ring_first_[block] + static_cast<std::uint32_t>(day - epoch) % length];
    };
    of(b).before = of(b - 1).before + of(b - 1).n;
  }
}

}  // namespace corridor::travel
