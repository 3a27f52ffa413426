// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/export_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

#include "models/simulation/csv_table.hpp"
#include "models/simulation/export_actor_csv.hpp"
#include "models/simulation/export_cooperation_csv.hpp"
#include "models/travel/trip_id.hpp"

namespace corridor::simulation {

namespace {

std::string air_links(const ResultReader& result, const Replicates& of) {
  const auto from = result.read_text("/places/air_link_origin"),
             to = result.read_text("/places/air_link_destination");
  const auto persons = sum_months(result, "/monthly/air_link_passengers", of);
  CsvTable table("origin,destination,passengers");
  for (std::size_t i = 0; i < from.size(); ++i)
    table.cell(from[i]).cell(to[i]).mean(persons[i], of.count()).end_row();
  return std::move(table).text();
}

std::string air_links_fit(const ResultReader& result) {
  const auto from = result.read_text("/places/air_link_origin"),
             to = result.read_text("/places/air_link_destination");
  const auto fitted = result.read<std::uint8_t>("/demand/air_link_fitted");
  const auto target = result.read<double>("/demand/air_link_target");
  CsvTable table("origin,destination,fitted,target");
  for (std::size_t i = 0; i < from.size(); ++i)
    table.cell(from[i]).cell(to[i]).cell(std::int64_t{fitted[i]}).real(target[i], 1).end_row();
  return std::move(table).text();
}

std::string airports(const ResultReader& result, const Replicates& of) {
  const auto iata = result.read_text("/places/airport_iata");
  const auto departing = sum_months(result, "/monthly/airport_departing", of),
             arriving = sum_months(result, "/monthly/airport_arriving", of),
             connecting = sum_months(result, "/monthly/airport_connecting", of);
  CsvTable table("iata,departing,arriving,connecting");
  for (std::size_t i = 0; i < iata.size(); ++i)
    table.cell(iata[i])
        .mean(departing[i], of.count())
        .mean(arriving[i], of.count())
        .mean(connecting[i], of.count())
        .end_row();
  return std::move(table).text();
}

std::string country_pairs(const ResultReader& result, const Replicates& of) {
  const auto from = result.read_text("/places/pair_origin"),
             to = result.read_text("/places/pair_destination");
  const auto trips = sum_months(result, "/monthly/pair_trips", of);  // air, land, sea
  CsvTable table("origin,destination,trips,by_air,by_land,by_sea");
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::int64_t air = trips[3 * i], land = trips[3 * i + 1], sea = trips[3 * i + 2];
    table.cell(from[i])
        .cell(to[i])
        .mean(air + land + sea, of.count())
        .mean(air, of.count())
        .mean(land, of.count())
        .mean(sea, of.count())
        .end_row();
  }
  return std::move(table).text();
}

std::string borders(const ResultReader& result, const Replicates& of) {
  const auto a = result.read_text("/places/border_a"), b = result.read_text("/places/border_b");
  const auto over = sum_months(result, "/monthly/border_crossings", of),
             same_day = sum_months(result, "/monthly/same_day_border_crossings", of);
  CsvTable table("a,b,a_to_b,b_to_a,same_day");
  for (std::size_t i = 0; i < a.size(); ++i)
    table.cell(a[i])
        .cell(b[i])
        .mean(over[2 * i], of.count())
        .mean(over[2 * i + 1], of.count())
        .mean(same_day[i], of.count())
        .end_row();
  return std::move(table).text();
}

std::string sea_lanes(const ResultReader& result, const Replicates& of) {
  const auto a = result.read_text("/places/sea_lane_a"), b = result.read_text("/places/sea_lane_b");
  const auto persons = sum_months(result, "/monthly/sea_lane_passengers", of);
  CsvTable table("a,b,passengers");
  for (std::size_t i = 0; i < a.size(); ++i)
    table.cell(a[i]).cell(b[i]).mean(persons[i], of.count()).end_row();
  return std::move(table).text();
}

std::string posts(const ResultReader& result, const Replicates& of) {
  const auto kind = result.read_text("/places/post_kind"),
             country = result.read_text("/places/post_country"),
             place = result.read_text("/places/post_place"),
             direction = result.read_text("/places/post_direction");
  const auto crossing = result.read<std::int64_t>("/places/post_crossing");
  const auto persons = sum_months(result, "/monthly/post_persons", of),
             wait = sum_months(result, "/monthly/post_wait_person_seconds", of),
             overflow = sum_months(result, "/monthly/post_overflow", of),
             selected = sum_months(result, "/monthly/post_selected", of),
             refused = sum_months(result, "/monthly/post_refused", of),
             histogram = sum_months(result, "/monthly/wait_histogram", of);
  const auto upper_s = result.read<double>("/places/wait_upper_s");
  CsvTable table(
      "kind,country,place,direction,crossing,persons,wait_mean_s,wait_p95_s,overflow,selected,"
      "refused");
  for (std::size_t i = 0; i < kind.size(); ++i) {
    const auto bins = std::span(histogram).subspan(i * upper_s.size(), upper_s.size());
    table.cell(kind[i])
        .cell(country[i])
        .cell(place[i])
        .cell(direction[i])
        .cell(crossing[i])
        .mean(persons[i], of.count())
        .real(static_cast<double>(wait[i]) / static_cast<double>(persons[i]), 1)
        .real(wait_quantile(bins, upper_s, 0.95), 1)
        .mean(overflow[i], of.count())
        .mean(selected[i], of.count())
        .mean(refused[i], of.count())
        .end_row();
  }
  return std::move(table).text();
}

std::int64_t sum_of(const std::vector<std::int64_t>& values) {
  std::int64_t sum = 0;
  for (const std::int64_t value : values) sum += value;
  return sum;
}

std::string months(const ResultReader& result, const Replicates& of) {
  const auto labels = result.read_text("/places/month");
  CsvTable table(
      "month,days,air_passengers,air_connecting,border_crossings,same_day_border_crossings,"
      "sea_passengers,trips,post_persons,wait_person_seconds,post_overflow,post_selected,"
      "post_refused");
  for (std::size_t m = 0; m < labels.size(); ++m) {
    const auto month = static_cast<std::int64_t>(m);
    table.cell(labels[m]).mean(covered_days(result, of, month), of.count());
    for (const char* path :
         {"air_link_passengers", "airport_connecting", "border_crossings",
          "same_day_border_crossings", "sea_lane_passengers", "pair_trips", "post_persons",
          "post_wait_person_seconds", "post_overflow", "post_selected", "post_refused"})
      table.mean(sum_of(sum_months(result, std::string("/monthly/") + path, of, month)),
                 of.count());
    table.end_row();
  }
  return std::move(table).text();
}

/// All of /daily, each replicate by itself: columns as the datasets, split ones as name_part.
std::string daily(const ResultReader& result, const Replicates& of) {
  struct Column {
    std::string_view path;
    std::size_t parts;
    bool hash;
  };
  std::vector<Column> columns;
  std::string header = "replicate,day,date";
  for (const StoredArray& array : result.arrays()) {
    const Dataset& row = *array.dataset;
    if (!row.path.starts_with("/daily/") || row.rank < 2) continue;
    const std::string name(row.path.substr(7));
    columns.push_back({row.path, static_cast<std::size_t>(array.dims[2] * array.dims[3]),
                       row.type == sim::ElementType::uint64});
    std::vector<std::string> names{name.substr(0, name.find("_by_"))};
    for (std::size_t d = 2; d < row.rank; ++d) {
      std::vector<std::string> longer;
      for (const std::string& so_far : names)
        for (std::string part :
             result.read_text("/places/" + std::string(simulation::name(row.dims[d])))) {
          std::replace(part.begin(), part.end(), ' ', '_');
          longer.push_back(fmt::format("{}_{}", so_far, part));
        }
      names = std::move(longer);
    }
    for (const std::string& column : names) header += "," + column;
  }
  CsvTable table(header);
  const std::string start = result.provenance().start_date;
  const std::vector<std::int64_t> closed = result.closed();
  for (const std::int64_t r : of.numbers) {
    std::vector<std::vector<std::int64_t>> counts;
    std::vector<std::uint64_t> hashes;
    for (const Column& column : columns) {
      if (column.hash)
        hashes = result.read<std::uint64_t>(column.path, {r});
      else
        counts.push_back(result.read<std::int64_t>(column.path, {r}));
    }
    for (std::int64_t day = 0; day < closed[static_cast<std::size_t>(r)]; ++day) {
      table.cell(r).cell(day).cell(date_of(start, day));
      std::size_t at = 0;
      for (const Column& column : columns) {
        if (column.hash) {
          table.cell(fmt::format("{:016x}", hashes[static_cast<std::size_t>(day)]));
          continue;
        }
        for (std::size_t part = 0; part < column.parts; ++part)
          table.cell(counts[at][static_cast<std::size_t>(day) * column.parts + part]);
        ++at;
      }
      table.end_row();
    }
  }
  return std::move(table).text();
}

std::string label(const std::vector<std::string>& names, std::int64_t row) {
  return row >= 0 && static_cast<std::size_t>(row) < names.size()
             ? names[static_cast<std::size_t>(row)]
             : std::string();
}

std::string journeys(const ResultReader& result, const Replicates& of) {
  const auto iso3 = result.read_text("/places/country_iso3"),
             modes = result.read_text("/places/mode"),
             purposes = result.read_text("/places/purpose"),
             kind = result.read_text("/places/post_kind"),
             country = result.read_text("/places/post_country"),
             place = result.read_text("/places/post_place");
  const auto post = [&](std::int64_t row) {
    return label(place, row).empty()
               ? std::string()
               : label(kind, row) + " " + label(place, row) + " " + label(country, row);
  };
  const std::vector<std::string> ways{"out", "back"};
  const auto outcomes = result.read_text("/places/outcome");
  CsvTable table(
      "replicate,id,way,member,day,origin,destination,mode,purpose,party,nights,lead_days,n_legs,"
      "exit_post,entry_post,entry_minute,selected,outcome");
  for (const std::int64_t r : of.numbers) {
    const auto bytes = [&](const char* name) {
      return result.read<std::uint8_t>(std::string("/journeys/") + name, {r});
    };
    const auto numbers = [&](const char* name) {
      return result.read<std::int32_t>(std::string("/journeys/") + name, {r});
    };
    if (result.length(Dim::row) == 0) continue;
    const auto trip = result.read<std::uint64_t>("/journeys/trip", {r});
    const auto way = bytes("way"), member = bytes("member"), mode = bytes("mode"),
               purpose = bytes("purpose"), party = bytes("party"), n_legs = bytes("n_legs"),
               selected = bytes("selected"), outcome = bytes("outcome");
    const auto day = numbers("day"), origin = numbers("origin"),
               destination = numbers("destination"), nights = numbers("nights"),
               lead = numbers("lead_days"), exit = numbers("exit_post"),
               entry = numbers("entry_post"), minute = numbers("entry_minute");
    for (std::size_t i = 0; i < trip.size(); ++i) {
      if (trip[i] == ~std::uint64_t{0}) continue;  // an unused row
      table.cell(r)
          .cell(travel::to_text(trip[i], static_cast<travel::Way>(way[i]), member[i]))
          .cell(label(ways, way[i]))
          .cell(std::int64_t{member[i]})
          .cell(std::int64_t{day[i]})
          .cell(label(iso3, origin[i]))
          .cell(label(iso3, destination[i]))
          .cell(label(modes, mode[i]))
          .cell(label(purposes, purpose[i]))
          .cell(std::int64_t{party[i]})
          .cell(std::int64_t{nights[i]})
          .cell(std::int64_t{lead[i]})
          .cell(std::int64_t{n_legs[i]})
          .cell(post(exit[i]))
          .cell(post(entry[i]))
          .cell(minute[i] < 0 ? "" : std::to_string(minute[i]))
          .cell(std::int64_t{selected[i]})
          .cell(outcome[i] == 0 ? "passed" : label(outcomes, outcome[i] - 1))
          .end_row();
    }
  }
  return std::move(table).text();
}

/// What these tables are of: they travel without the result.
std::string about(const ResultReader& result, const Replicates& of) {
  const Provenance p = result.provenance();
  CsvTable table("fact,value");
  const auto fact = [&](std::string_view name, std::string_view value) {
    table.cell(name).cell(value).end_row();
  };
  fact("scenario", p.scenario_name);
  fact("scenario_hash", p.scenario_hash);
  fact("world", p.world);
  fact("start_date", p.start_date);
  fact("days", mean_text(covered_days(result, of), of.count()));
  fact("seed", fmt::format("{}", p.seed));
  fact("replicates", fmt::format("{}", of.count()));
  fact("scale", fmt::format("{:g}", p.scale));
  fact("traces", p.traces);
  fact("version", p.version);
  fact("citation", p.citation);
  return std::move(table).text();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> csv_tables(const ResultReader& result,
                                                            const Replicates& of) {
  std::vector<std::pair<std::string, std::string>> tables{
      {"about.csv", about(result, of)},
      {"air_links.csv", air_links(result, of)},
      {"air_links_fit.csv", air_links_fit(result)},
      {"airports.csv", airports(result, of)},
      {"borders.csv", borders(result, of)},
      {"country_pairs.csv", country_pairs(result, of)},
      {"daily.csv", daily(result, of)},
      {"journeys.csv", journeys(result, of)},
      {"months.csv", months(result, of)},
      {"posts.csv", posts(result, of)},
      {"sea_lanes.csv", sea_lanes(result, of)}};
  for (auto& table : actor_csv_tables(result, of)) tables.push_back(std::move(table));
  for (auto& table : cooperation_csv_tables(result, of)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace corridor::simulation
