// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/result_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "models/control/secondary.hpp"
#include "models/cooperation/forces.hpp"
#include "models/risk/feature.hpp"
#include "models/simulation/score_bins.hpp"
#include "models/travel/tables.hpp"
#include "sim/calendar.hpp"

namespace corridor::simulation {

namespace {

sim::Calendar calendar_from(std::string_view start_date) {
  const std::optional<sim::Date> start = sim::parse_date(start_date);
  if (!start)
    throw std::invalid_argument("'" + std::string(start_date) + "' is not a date YYYY-MM-DD");
  return sim::Calendar(*start);
}

}  // namespace

std::string date_of(std::string_view start_date, std::int64_t day) {
  return sim::text(calendar_from(start_date).date(day));
}

std::vector<MonthSpan> months_of(std::string_view start_date, std::int64_t days) {
  const sim::Calendar calendar = calendar_from(start_date);
  std::vector<MonthSpan> months;
  std::int64_t day = 0;
  while (day < days) {
    const sim::Date date = calendar.date(day);
    const std::int64_t left = sim::days_in_month(date.year, date.month) - date.day + 1;
    const std::int64_t n = std::min(days - day, left);
    months.push_back({calendar.month_label(day), day, n});
    day += n;
  }
  return months;
}

std::uint64_t RunShape::length(Dim dim) const {
  if (dim == Dim::replicate) return static_cast<std::uint64_t>(replicates);
  if (dim == Dim::day) return static_cast<std::uint64_t>(days);
  if (dim == Dim::row) return static_cast<std::uint64_t>(sample_rows);
  if (dim == Dim::event) return static_cast<std::uint64_t>(event_rows);
  if (dim == Dim::actor_event) return static_cast<std::uint64_t>(actor_event_rows);
  if (dim == Dim::planning_event) return static_cast<std::uint64_t>(planning_event_rows);
  if (dim == Dim::gain) return 1 + cooperation::n_concerns;
  if (dim == Dim::judgement) return 2;
  if (dim == Dim::cut_day) return static_cast<std::uint64_t>(cut_days);
  if (dim == Dim::hour) return 24;
  if (dim == Dim::cut) return 2 + 2 * std::max<std::size_t>(1, secondary_kind.size());
  if (dim == Dim::way) return 2;
  std::optional<std::uint64_t> length;
  for_each_column(*this, [&](std::string_view path, const auto& column) {
    const Dataset* row = find_dataset(path);
    if (row == nullptr || row->rank != 1 || row->dims[0] != dim) return;
    if (length && *length != column.size())
      throw std::invalid_argument(fmt::format("{} has {} rows, but other columns of its kind {}",
                                              path, column.size(), *length));
    length = column.size();
  });
  if (!length) throw std::logic_error("no column gives the length of a dimension");
  return *length;
}

RunShape shape_of(const world::World& world, const travel::Demand& demand) {
  RunShape s;
  for (std::size_t i = 0; i < world::n_regions; ++i)
    s.region.emplace_back(name(static_cast<world::Region>(i)));
  for (std::size_t i = 0; i < travel::n_purposes; ++i)
    s.purpose.emplace_back(travel::name(static_cast<travel::TripPurpose>(i)));
  s.mode = {"air", "land", "sea"};
  add_selection_names(s);
  for (const world::Country& c : world.countries) {
    s.country_iso3.push_back(c.iso3);
    s.country_name.push_back(c.name_en);
    s.country_region.emplace_back(name(c.region));
    s.country_lat.push_back(c.lat);
    s.country_lon.push_back(c.lon);
  }
  const auto iso3 = [&](std::uint32_t country) { return world.countries.at(country).iso3; };
  for (const world::Airport& a : world.airports) {
    s.airport_iata.push_back(a.iata);
    s.airport_country.push_back(iso3(a.country));
    s.airport_lat.push_back(a.lat);
    s.airport_lon.push_back(a.lon);
  }
  for (const world::AirLeg& leg : world.air_legs) {
    s.air_link_origin.push_back(world.airports.at(leg.origin).iata);
    s.air_link_destination.push_back(world.airports.at(leg.destination).iata);
  }
  for (const world::Border& b : world.borders) {
    s.border_a.push_back(iso3(b.a));
    s.border_b.push_back(iso3(b.b));
    s.border_lat.push_back(b.lat);
    s.border_lon.push_back(b.lon);
  }
  for (const world::Port& p : world.ports) {
    s.port_locode.push_back(p.locode);
    s.port_country.push_back(iso3(p.country));
    s.port_lat.push_back(p.lat);
    s.port_lon.push_back(p.lon);
  }
  for (const world::SeaLane& lane : world.sea_lanes) {
    s.sea_lane_a.push_back(world.ports.at(lane.a).locode);
    s.sea_lane_b.push_back(world.ports.at(lane.b).locode);
  }
  for (const travel::PairDemand& pair : demand.pairs) {
    s.pair_origin.push_back(iso3(pair.origin));
    s.pair_destination.push_back(iso3(pair.destination));
  }
  for (const travel::ScaleFactor& factor : demand.scale_factors) {
    s.margin.push_back(factor.margin);
    s.scale_factor.push_back(factor.factor);
  }
  s.air_link_fitted = demand.leg_fitted;
  s.air_link_target = demand.leg_target;
  return s;
}

void add_selection_names(RunShape& s) {
  for (std::size_t i = 0; i < control::n_sources; ++i)
    s.source.emplace_back(control::name(static_cast<control::Source>(i)));
  for (std::size_t i = 0; i < control::n_outcomes; ++i)
    s.outcome.emplace_back(control::name(static_cast<control::Outcome>(i)));
  for (std::size_t i = 0; i < control::n_threats; ++i)
    s.threat.emplace_back(control::name(static_cast<control::Threat>(i)));
  for (std::size_t i = 0; i < risk::n_stages; ++i)
    s.stage.emplace_back(risk::name(static_cast<risk::Stage>(i)));
  s.score_bin_lower.resize(n_score_bins);
  for (std::size_t b = 0; b < n_score_bins; ++b)
    s.score_bin_lower[b] = static_cast<std::int64_t>(b);
}

void add_kind_names(RunShape& s) {
  for (std::size_t k = 0; k < control::n_kinds; ++k)
    s.secondary_kind.emplace_back(control::name(static_cast<control::SecondaryKind>(k)));
  s.kind_measure.assign(control::kind_measures.begin(), control::kind_measures.end());
}

void add_post(RunShape& s, std::string_view kind, std::string_view country, std::uint32_t place,
              std::string_view direction, std::int64_t crossing) {
  if (kind == "air") {
    s.post_place.push_back(s.airport_iata.at(place));
    s.post_lat.push_back(s.airport_lat.at(place));
    s.post_lon.push_back(s.airport_lon.at(place));
  } else if (kind == "sea") {
    s.post_place.push_back(s.port_locode.at(place));
    s.post_lat.push_back(s.port_lat.at(place));
    s.post_lon.push_back(s.port_lon.at(place));
  } else if (kind == "land") {
    s.post_place.push_back(s.border_a.at(place) + "-" + s.border_b.at(place));
    s.post_lat.push_back(s.border_lat.at(place));
    s.post_lon.push_back(s.border_lon.at(place));
  } else {
    throw std::invalid_argument("a post is of kind air, land or sea, not '" + std::string(kind) +
                                "'");
  }
  s.post_kind.emplace_back(kind);
  s.post_country.emplace_back(country);
  s.post_direction.emplace_back(direction);
  s.post_crossing.push_back(crossing);
}

}  // namespace corridor::simulation
