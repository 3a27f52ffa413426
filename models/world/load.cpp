// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "models/world/folder.hpp"
#include "models/world/table_reader.hpp"
#include "models/world/world.hpp"
#include "sim/names.hpp"
#include "sim/utf8.hpp"

namespace corridor::world {
namespace {

std::string pair_key(const std::string& a, const std::string& b) { return a + '\n' + b; }
std::string pair_text(const std::string& what, const std::string& a, const std::string& b) {
  return fmt::format("{} '{}', '{}'", what, a, b);
}
std::uint64_t pair_number(std::uint32_t a, std::uint32_t b) { return (std::uint64_t{a} << 32) | b; }

/// Reads the tables of one folder in their order, each after those it refers to.
class Loader {
 public:
  explicit Loader(const std::filesystem::path& folder) : folder_(folder) {}

  World load() {
    check_folder(folder_);
    about();
    countries();
    published_totals();
    borders();
    cities();
    airports();
    air_legs();
    ports();
    sea_lanes();
    ties();
    migrants();
    seasons();
    organisations();
    memberships();
    same_day();
    liner_connectivity();
    governance();
    complaints_.throw_if_any();
    world_.data_hash = hash_.hex();
    return std::move(world_);
  }

 private:
  [[nodiscard]] std::string path_of(const std::string& name) const {
    return (folder_ / name).generic_string();
  }

  CsvTable csv(const std::string& name) {
    const std::optional<std::string> bytes = read_bytes(folder_ / name, complaints_);
    if (!bytes) return {};
    hash_.add(name, *bytes);
    return parse_csv(*bytes, path_of(name), complaints_);
  }
  TableReader table(const std::string& name, std::vector<std::string> columns) {
    CsvTable raw = csv(name);
    return {std::move(raw), path_of(name), std::move(columns), complaints_};
  }

  void about() {
    const std::string name = world_files().front();
    const std::optional<std::string> bytes = read_bytes(folder_ / name, complaints_);
    if (!bytes) return;
    hash_.add(name, *bytes);
    const std::string file = path_of(name);
    if (sim::starts_with_mark(*bytes)) {
      complaints_.add(file, 1, 1, std::string(sim::mark_complaint));
      return;
    }
    toml::table root;
    try {
      root = toml::parse(*bytes, file);
    } catch (const toml::parse_error& error) {
      complaints_.add(file, error.source().begin.line, error.source().begin.column,
                      std::string(error.description()));
      return;
    }
    const std::vector<std::string> keys{"name", "real_names", "reference_year"};
    for (const auto& [key, value] : root)
      if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
        complaints_.add(
            file, key.source().begin.line, key.source().begin.column,
            fmt::format("unknown key '{}'{}", key.str(), sim::did_you_mean(key.str(), keys)));
    const auto wrong = [&](const char* key, const std::string& allowed) {
      const toml::node* const node = root.get(key);
      const auto at = node ? node->source().begin : toml::source_position{1, 1};
      complaints_.add(
          file, at.line, at.column,
          fmt::format("{} {}; it must be {}", key, node ? "is wrong" : "is missing", allowed));
    };
    if (const auto text = root["name"].value_exact<std::string>(); text && !text->empty())
      world_.name = *text;
    else
      wrong("name", "a text that is not empty");
    if (const auto real = root["real_names"].value_exact<bool>())
      world_.real_names = *real;
    else
      wrong("real_names", "true or false");
    if (const auto year = root["reference_year"].value_exact<std::int64_t>(); year != 2019)
      wrong("reference_year", "2019, the year of published totals and memberships");
  }

  void countries() {
    enum { iso3, name_en, name_fr, region, subregion, lat, lon, population, gdp };
    TableReader in = table("countries.csv", {"iso3", "name_en", "name_fr", "region", "subregion",
                                             "lat", "lon", "population", "gdp_per_capita_usd"});
    std::vector<std::string> regions;
    for (std::size_t i = 0; i < n_regions; ++i)
      regions.emplace_back(world::name(static_cast<Region>(i)));
    while (in.next()) {
      Country c;
      c.iso3 = in.code(iso3, 3);
      in.unique(iso3, c.iso3, fmt::format("country '{}'", c.iso3));
      c.name_en = in.required_text(name_en);
      c.name_fr = in.required_text(name_fr);
      c.region = static_cast<Region>(in.one_of(region, regions));
      c.subregion = in.required_text(subregion);
      c.lat = in.number(lat, -90, 90);
      c.lon = in.number(lon, -180, 180);
      if (in.text(population).empty())
        in.complain(population, fmt::format("country '{}' has no population", c.iso3));
      else
        c.population = in.number(population, 1, 3e9);
      c.gdp_per_capita_usd = in.number_or_unknown(gdp, 1, 1e6);
      subregions_.add(c.subregion, 0);
      world_.countries.push_back(std::move(c));
    }
    if (!in.readable()) {
      countries_.set_unreadable();
      subregions_.set_unreadable();
    } else if (world_.countries.size() < 2) {
      complaints_.add(path_of("countries.csv"), 0, 0,
                      "fewer than two countries: nobody can travel");
    }
    sort_by(world_.countries, &Country::iso3);
    number(world_.countries, &Country::iso3, countries_);
  }

  void published_totals() {
    enum { iso3, arrivals, departures, source, note };
    TableReader in = table("published_totals.csv",
                           {"iso3", "arrivals_2019", "departures_2019", "source", "note"});
    while (in.next()) {
      const std::uint32_t c = in.reference(iso3, countries_);
      in.unique(iso3, in.text(iso3), fmt::format("country '{}'", in.text(iso3)));
      const double in_year = in.number_or_unknown(arrivals, 1, 3e9);
      const double out_year = in.number_or_unknown(departures, 1, 3e9);
      (void)in.required_text(source);
      if (c == none) continue;
      world_.countries[c].published_arrivals = in_year;
      world_.countries[c].published_departures = out_year;
    }
  }

  void borders() {
    enum { a, b, length, lat, lon };
    TableReader in = table("borders.csv", {"a", "b", "length_km", "lat", "lon"});
    while (in.next()) {
      Border x;
      x.a = in.reference(a, countries_);
      x.b = in.reference(b, countries_);
      in.ordered(a, b);
      in.unique(a, pair_key(in.text(a), in.text(b)), pair_text("border", in.text(a), in.text(b)));
      x.length_km = in.number(length, 0.01, 20'000);
      x.lat = in.number(lat, -90, 90);
      x.lon = in.number(lon, -180, 180);
      joined_.insert(pair_number(x.a, x.b));
      joins_known_ = joins_known_ && in.sound();
      world_.borders.push_back(x);
    }
    joins_known_ = joins_known_ && in.readable();
  }

  void cities() {
    enum { country, lat, lon, population };
    TableReader in = table("cities.csv", {"country", "lat", "lon", "population"});
    while (in.next()) {
      City x;
      x.country = in.reference(country, countries_);
      x.lat = in.number(lat, -90, 90);
      x.lon = in.number(lon, -180, 180);
      x.population = in.number(population, 1, 1e9);
      in.unique(country,
                in.text(country) + '\n' + pair_key(in.text(lat), in.text(lon)) + '\n' +
                    in.text(population),
                fmt::format("this city of '{}'", in.text(country)));
      world_.cities.push_back(x);
    }
  }

  void airports() {
    enum { iata, name, country, lat, lon };
    TableReader in = table("airports.csv", {"iata", "name", "country", "lat", "lon"});
    while (in.next()) {
      Airport x;
      x.iata = in.code(iata, 3, true);
      in.unique(iata, x.iata, fmt::format("airport '{}'", x.iata));
      x.name = in.required_text(name);
      x.country = in.reference(country, countries_);
      x.lat = in.number(lat, -90, 90);
      x.lon = in.number(lon, -180, 180);
      if (!in.sound()) unsound_airports_.insert(x.iata);
      world_.airports.push_back(std::move(x));
    }
    if (!in.readable()) airports_.set_unreadable();
    sort_by(world_.airports, &Airport::iata);
    number(world_.airports, &Airport::iata, airports_);
  }

  void air_legs() {
    enum { origin, destination, distance, flights, seats };
    TableReader in = table("air_legs.csv",
                           {"origin", "destination", "distance_km", "flights_year", "seats_year"});
    while (in.next()) {
      AirLeg x;
      x.origin = in.reference(origin, airports_);
      x.destination = in.reference(destination, airports_);
      if (in.text(origin) == in.text(destination))
        in.complain(destination, fmt::format("a leg from '{}' to itself", in.text(origin)));
      in.unique(origin, pair_key(in.text(origin), in.text(destination)),
                pair_text("leg", in.text(origin), in.text(destination)));
      x.distance_km = in.number(distance, 0.1, 20'100);
      x.flights_year = in.number(flights, 1, 1e6);
      x.seats_year = in.number(seats, 1, 1e9);
      if (in.sound() && !unsound_airports_.contains(in.text(origin)) &&
          !unsound_airports_.contains(in.text(destination)) && x.origin != none &&
          x.destination != none) {
        const Airport& from = world_.airports[x.origin];
        const Airport& to = world_.airports[x.destination];
        const double km = great_circle_km(from.lat, from.lon, to.lat, to.lon);
        if (!(std::abs(km - x.distance_km) <= 1 + 0.01 * km))
          in.complain(distance,
                      fmt::format("distance_km = {}, but '{}' and '{}' are {:.1f} km apart "
                                  "(1 % + 1 km is allowed)",
                                  in.text(distance), in.text(origin), in.text(destination), km));
      }
      world_.air_legs.push_back(x);
    }
    std::vector<AirLeg>& legs = world_.air_legs;
    const auto key = [](const AirLeg& leg) { return pair_number(leg.origin, leg.destination); };
    std::sort(legs.begin(), legs.end(),
              [&](const AirLeg& x, const AirLeg& y) { return key(x) < key(y); });
    for (AirLeg& leg : legs) {
      const std::uint64_t wanted = pair_number(leg.destination, leg.origin);
      const auto it = std::lower_bound(
          legs.begin(), legs.end(), wanted,
          [&](const AirLeg& other, std::uint64_t value) { return key(other) < value; });
      if (it != legs.end() && key(*it) == wanted)
        leg.reverse = static_cast<std::uint32_t>(it - legs.begin());
    }
  }

  void ports() {
    enum { locode, name, country, lat, lon };
    TableReader in = table("ports.csv", {"locode", "name", "country", "lat", "lon"});
    while (in.next()) {
      Port x;
      x.locode = in.code(locode, 5, true);
      in.unique(locode, x.locode, fmt::format("port '{}'", x.locode));
      x.name = in.required_text(name);
      x.country = in.reference(country, countries_);
      x.lat = in.number(lat, -90, 90);
      x.lon = in.number(lon, -180, 180);
      if (!in.sound()) unsound_ports_.insert(x.locode);
      world_.ports.push_back(std::move(x));
    }
    if (!in.readable()) ports_.set_unreadable();
    sort_by(world_.ports, &Port::locode);
    number(world_.ports, &Port::locode, ports_);
  }

  void sea_lanes() {
    enum { a, b, distance };
    TableReader in = table("sea_lanes.csv", {"a", "b", "distance_km"});
    while (in.next()) {
      SeaLane x;
      x.a = in.reference(a, ports_);
      x.b = in.reference(b, ports_);
      in.ordered(a, b);
      in.unique(a, pair_key(in.text(a), in.text(b)), pair_text("lane", in.text(a), in.text(b)));
      x.distance_km = in.number(distance, 0.1, 40'000);
      if (in.sound() && x.a != none && x.b != none && !unsound_ports_.contains(in.text(a)) &&
          !unsound_ports_.contains(in.text(b))) {
        const Port& p = world_.ports[x.a];
        const Port& q = world_.ports[x.b];
        const double km = great_circle_km(p.lat, p.lon, q.lat, q.lon);
        if (p.country == q.country)
          in.complain(b, fmt::format("both ports lie in '{}'; a lane joins two countries",
                                     world_.countries[p.country].iso3));
        else if (!(x.distance_km >= 0.99 * km - 1))
          in.complain(distance,
                      fmt::format("distance_km = {}, but '{}' and '{}' are {:.1f} km apart",
                                  in.text(distance), in.text(a), in.text(b), km));
        joined_.insert(pair_number(std::min(p.country, q.country), std::max(p.country, q.country)));
      }
      joins_known_ = joins_known_ && in.sound() && x.a != none && x.b != none;
      world_.sea_lanes.push_back(x);
    }
    joins_known_ = joins_known_ && in.readable() && !ports_.unreadable();
  }

  void ties() {
    enum { a, b, language, colonial };
    TableReader in = table("ties.csv", {"a", "b", "common_language", "colonial_link"});
    while (in.next()) {
      CountryTie x;
      x.a = in.reference(a, countries_);
      x.b = in.reference(b, countries_);
      in.ordered(a, b);
      in.unique(a, pair_key(in.text(a), in.text(b)), pair_text("pair", in.text(a), in.text(b)));
      x.common_language = in.flag(language);
      x.colonial_link = in.flag(colonial);
      if (in.sound() && !x.common_language && !x.colonial_link)
        in.complain(
            a, fmt::format("'{}', '{}' have no tie; leave the row out", in.text(a), in.text(b)));
      world_.ties.push_back(x);
    }
  }

  void migrants() {
    enum { origin, destination, persons };
    TableReader in = table("migrants.csv", {"origin", "destination", "persons"});
    while (in.next()) {
      MigrantStock x;
      x.origin = in.reference(origin, countries_);
      x.destination = in.reference(destination, countries_);
      if (in.text(origin) == in.text(destination))
        in.complain(destination, fmt::format("migrants from '{}' to itself", in.text(origin)));
      in.unique(origin, pair_key(in.text(origin), in.text(destination)),
                pair_text("pair", in.text(origin), in.text(destination)));
      x.persons = in.number(persons, 1, 3e9);
      world_.migrants.push_back(x);
    }
  }

  void seasons() {
    enum { a, b, january };
    TableReader in = table("seasons.csv", {"group_a", "group_b", "jan", "feb", "mar", "apr", "may",
                                           "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
    while (in.next()) {
      SeasonProfile x;
      (void)in.reference(a, subregions_);
      (void)in.reference(b, subregions_);
      x.group_a = in.text(a);
      x.group_b = in.text(b);
      if (x.group_b < x.group_a) in.ordered(a, b);
      in.unique(a, pair_key(x.group_a, x.group_b), pair_text("pair", x.group_a, x.group_b));
      double sum = 0;
      for (std::size_t month = 0; month < 12; ++month)
        sum += x.share[month] = in.number(january + month, 0, 1);
      if (in.sound() && !(std::abs(sum - 1) <= season_rounding))
        in.complain(january, fmt::format("the shares of the months sum to {:.5f}, not to 1", sum));
      else
        for (double& share : x.share) share /= sum;  // what is left is the rounding of the table
      world_.seasons.push_back(std::move(x));
    }
  }

  void organisations() {
    enum { code, name, level };
    TableReader in = table("organisations.csv", {"code", "name", "free_movement_level"});
    while (in.next()) {
      Organisation x;
      x.code = in.required_text(code);
      in.unique(code, x.code, fmt::format("organisation '{}'", x.code));
      x.name = in.required_text(name);
      const double value = in.number(level, 0, 4);
      x.free_movement_level = static_cast<int>(value);
      if (in.sound() && x.free_movement_level != value)
        in.complain(level, fmt::format("free_movement_level = {} is not one of 0, 1, 2, 3, 4",
                                       in.text(level)));
      organisations_.add(x.code, static_cast<std::uint32_t>(world_.organisations.size()));
      world_.organisations.push_back(std::move(x));
    }
    if (!in.readable()) organisations_.set_unreadable();
  }

  void memberships() {
    enum { organisation, country, member_2019, member_2025 };
    TableReader in =
        table("memberships.csv", {"organisation", "country", "member_2019", "member_2025"});
    while (in.next()) {
      Membership x;
      x.organisation = in.reference(organisation, organisations_);
      x.country = in.reference(country, countries_);
      in.unique(organisation, pair_key(in.text(organisation), in.text(country)),
                fmt::format("country '{}' of '{}'", in.text(country), in.text(organisation)));
      x.in_2019 = in.flag(member_2019);
      x.in_2025 = in.flag(member_2025);
      if (!x.in_2019 && !x.in_2025)
        in.complain(member_2019, "a member in neither year; leave the row out");
      world_.memberships.push_back(x);
    }
  }

  void same_day() {
    enum { a, b, crossings, source };
    TableReader in = table("same_day.csv", {"a", "b", "crossings_year", "source"});
    while (in.next()) {
      SameDayFlow x;
      x.a = in.reference(a, countries_);
      x.b = in.reference(b, countries_);
      in.ordered(a, b);
      in.unique(a, pair_key(in.text(a), in.text(b)), pair_text("pair", in.text(a), in.text(b)));
      x.crossings_year = in.number(crossings, 1, 1e10);
      x.source = in.required_text(source);
      if (in.sound() && joins_known_ && x.a != none && x.b != none &&
          !joined_.contains(pair_number(x.a, x.b)))
        in.complain(a, fmt::format("no border and no sea lane joins '{}' and '{}'", in.text(a),
                                   in.text(b)));
      world_.same_day.push_back(std::move(x));
    }
  }

  void liner_connectivity() {
    enum { iso3, lsci };
    TableReader in = table("liner_connectivity.csv", {"iso3", "lsci_2019"});
    while (in.next()) {
      const std::uint32_t c = in.reference(iso3, countries_);
      in.unique(iso3, in.text(iso3), fmt::format("country '{}'", in.text(iso3)));
      const double value = in.number(lsci, 0.01, 10'000);
      if (c != none) world_.countries[c].liner_connectivity = value;
    }
  }

  void governance() {
    enum { iso3, corruption };
    TableReader in = table("governance.csv", {"iso3", "control_of_corruption_2019"});
    while (in.next()) {
      const std::uint32_t c = in.reference(iso3, countries_);
      in.unique(iso3, in.text(iso3), fmt::format("country '{}'", in.text(iso3)));
      const double value = in.number(corruption, -5, 5);
      if (c == none) continue;
      world_.countries[c].control_of_corruption = value;
      world_.countries[c].corruption_known = true;
    }
  }

  template <class Row>
  static void sort_by(std::vector<Row>& rows, std::string Row::*code) {
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Row& x, const Row& y) { return x.*code < y.*code; });
  }
  template <class Row>
  static void number(const std::vector<Row>& rows, std::string Row::*code, CodeIndex& index) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      index.add(rows[i].*code, static_cast<std::uint32_t>(i));
  }

  /// Twelve shares, each rounded to five decimals, and as much again.
  static constexpr double season_rounding = 12 * 1e-5;

  std::filesystem::path folder_;
  World world_;
  Complaints complaints_;
  FolderHash hash_;
  CodeIndex countries_{"country"}, airports_{"airport"}, ports_{"port"};
  CodeIndex organisations_{"organisation"}, subregions_{"subregion"};
  std::set<std::string> unsound_airports_, unsound_ports_;  // their places are not to be trusted
  std::set<std::uint64_t> joined_;                          // pairs of countries
  bool joins_known_ = true;                                 // no bad row can be what joins a pair
};

}  // namespace

World load_world(const std::filesystem::path& folder) { return Loader(folder).load(); }

}  // namespace corridor::world
