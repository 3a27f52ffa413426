// SPDX-License-Identifier: Apache-2.0
/// \file result_shape.hpp  What a result file counts: the lengths of all dimensions and the names
/// of their rows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/layout.hpp"
#include "models/travel/demand.hpp"
#include "models/world/world.hpp"

namespace corridor::simulation {

/// Column by column; columns of one kind have one length. The names are those of the datasets in
/// /places and /demand.
struct RunShape {
  std::int64_t replicates = 1, days = 0, sample_rows = 0, event_rows = 0, cut_days = 0,
               actor_event_rows = 0, planning_event_rows = 0;
  std::vector<std::string> month;  ///< "2019-01", ...: the calendar months that the days touch
  std::vector<std::string> region, purpose, mode;
  std::vector<std::string> country_iso3, country_name, country_region;
  std::vector<double> country_lat, country_lon;
  std::vector<std::string> airport_iata, airport_country;
  std::vector<double> airport_lat, airport_lon;
  std::vector<std::string> air_link_origin, air_link_destination;  ///< as World::air_legs
  std::vector<std::string> border_a, border_b;
  std::vector<double> border_lat, border_lon;
  std::vector<std::string> port_locode, port_country;
  std::vector<double> port_lat, port_lon;
  std::vector<std::string> sea_lane_a, sea_lane_b;
  std::vector<std::string> post_kind, post_country, post_place, post_direction;
  std::vector<std::int64_t> post_crossing;
  std::vector<double> post_lat, post_lon;
  std::vector<std::string> pair_origin, pair_destination;
  std::vector<double> wait_upper_s;
  std::vector<std::string> source, outcome, threat, stage;
  std::vector<std::int64_t> score_bin_lower;
  // Of actors: empty without them.
  std::vector<double> place_class_lat, place_class_lon;
  std::vector<std::string> substance, organisation, cargo_mode, place_class, fighter_count,
      goods_measure, edge_measure, network_measure, cargo_measure, money_group, money_measure,
      actor_event_kind;
  // Of organisations: empty without them.
  std::vector<std::string> planner, planner_measure, planning_event_kind, shock;
  std::vector<std::string> secondary_kind, kind_measure;  ///< empty with one kind of secondary
  std::vector<std::string> between_measure;               ///< empty without actors
  // Of organisations: empty without a file of them.
  std::vector<std::string> list_source, subject, replay, system_pair, pair_measure, post_class,
      system, system_measure, knowledge, list_kind;
  std::vector<std::string> margin;
  std::vector<double> scale_factor;
  std::vector<std::uint8_t> air_link_fitted;
  std::vector<double> air_link_target;

  /// Length of a dimension. \throws std::invalid_argument when columns of that kind differ in
  /// length.
  [[nodiscard]] std::uint64_t length(Dim dim) const;
};

/// Everything but the run's own lengths, `month`, the posts and the bins of waits, which control
/// and the run know.
[[nodiscard]] RunShape shape_of(const world::World& world, const travel::Demand& demand);

/// Names of sources, outcomes, threats and stages, and bins of scores without rules.
void add_selection_names(RunShape& shape);

/// Names of the kinds of secondary and of what they count.
void add_kind_names(RunShape& shape);

/// Adds one post; its place on the map is that of the airport, port or border.
/// \param kind "air", "land" or "sea"; \param place a row of the airports, borders or ports
/// \param direction "entry" or "exit"
void add_post(RunShape& shape, std::string_view kind, std::string_view country, std::uint32_t place,
              std::string_view direction, std::int64_t crossing);

/// The calendar months that `days` days from `start_date` (YYYY-MM-DD) touch, and the first day of
/// each.
struct MonthSpan {
  std::string label;
  std::int64_t first_day = 0, n_days = 0;  ///< within the run
};
[[nodiscard]] std::vector<MonthSpan> months_of(std::string_view start_date, std::int64_t days);

/// Date of a day as YYYY-MM-DD. \throws std::invalid_argument when `start_date` is not a date.
[[nodiscard]] std::string date_of(std::string_view start_date, std::int64_t day);

/// Calls f(path, column) for every column; `Shape` is RunShape or const RunShape.
template <class Shape, class F>
void for_each_column(Shape& s, F&& f) {
  f("/places/month", s.month);
  f("/places/region", s.region);
  f("/places/purpose", s.purpose);
  f("/places/mode", s.mode);
  f("/places/country_iso3", s.country_iso3);
  f("/places/country_name", s.country_name);
  f("/places/country_region", s.country_region);
  f("/places/country_lat", s.country_lat);
  f("/places/country_lon", s.country_lon);
  f("/places/airport_iata", s.airport_iata);
  f("/places/airport_country", s.airport_country);
  f("/places/airport_lat", s.airport_lat);
  f("/places/airport_lon", s.airport_lon);
  f("/places/air_link_origin", s.air_link_origin);
  f("/places/air_link_destination", s.air_link_destination);
  f("/places/border_a", s.border_a);
  f("/places/border_b", s.border_b);
  f("/places/border_lat", s.border_lat);
  f("/places/border_lon", s.border_lon);
  f("/places/port_locode", s.port_locode);
  f("/places/port_country", s.port_country);
  f("/places/port_lat", s.port_lat);
  f("/places/port_lon", s.port_lon);
  f("/places/sea_lane_a", s.sea_lane_a);
  f("/places/sea_lane_b", s.sea_lane_b);
  f("/places/post_kind", s.post_kind);
  f("/places/post_country", s.post_country);
  f("/places/post_place", s.post_place);
  f("/places/post_direction", s.post_direction);
  f("/places/post_crossing", s.post_crossing);
  f("/places/post_lat", s.post_lat);
  f("/places/post_lon", s.post_lon);
  f("/places/pair_origin", s.pair_origin);
  f("/places/pair_destination", s.pair_destination);
  f("/places/wait_upper_s", s.wait_upper_s);
  f("/places/source", s.source);
  f("/places/outcome", s.outcome);
  f("/places/threat", s.threat);
  f("/places/stage", s.stage);
  f("/places/score_bin_lower", s.score_bin_lower);
  f("/places/substance", s.substance);
  f("/places/organisation", s.organisation);
  f("/places/cargo_mode", s.cargo_mode);
  f("/places/place_class", s.place_class);
  f("/places/place_class_lat", s.place_class_lat);
  f("/places/place_class_lon", s.place_class_lon);
  f("/places/fighter_count", s.fighter_count);
  f("/places/goods_measure", s.goods_measure);
  f("/places/edge_measure", s.edge_measure);
  f("/places/network_measure", s.network_measure);
  f("/places/cargo_measure", s.cargo_measure);
  f("/places/money_group", s.money_group);
  f("/places/money_measure", s.money_measure);
  f("/places/actor_event_kind", s.actor_event_kind);
  f("/places/planner", s.planner);
  f("/places/planner_measure", s.planner_measure);
  f("/places/planning_event_kind", s.planning_event_kind);
  f("/places/shock", s.shock);
  f("/places/list_source", s.list_source);
  f("/places/subject", s.subject);
  f("/places/replay", s.replay);
  f("/places/system_pair", s.system_pair);
  f("/places/pair_measure", s.pair_measure);
  f("/places/post_class", s.post_class);
  f("/places/system", s.system);
  f("/places/system_measure", s.system_measure);
  f("/places/knowledge", s.knowledge);
  f("/places/list_kind", s.list_kind);
  f("/places/secondary_kind", s.secondary_kind);
  f("/places/kind_measure", s.kind_measure);
  f("/places/between_measure", s.between_measure);
  f("/demand/margin", s.margin);
  f("/demand/scale_factor", s.scale_factor);
  f("/demand/air_link_fitted", s.air_link_fitted);
  f("/demand/air_link_target", s.air_link_target);
}

}  // namespace corridor::simulation
