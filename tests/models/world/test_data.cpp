// SPDX-License-Identifier: Apache-2.0
// The tables that the program ships. Counts are of these very tables: they move when the data move,
// and then on purpose.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "models/world/world.hpp"

namespace {

using corridor::world::none;
using corridor::world::World;

const World& shipped() {
  static const World world =
      corridor::world::load_world(std::filesystem::path(CORRIDOR_SOURCE_DIR) / "data");
  return world;
}

/// The undirected network of airports: a pair is joined when a leg goes either way.
struct Network {
  std::vector<double> km, international_km;
  std::vector<std::size_t> degree;  // ascending
  std::set<std::pair<std::uint32_t, std::uint32_t>> country_pairs;
};

Network network(const World& world) {
  Network net;
  net.degree.resize(world.airports.size());
  for (std::size_t i = 0; i < world.air_legs.size(); ++i) {
    const auto& leg = world.air_legs[i];
    if (leg.reverse != none && leg.reverse < i) continue;  // its pair has been counted
    ++net.degree[leg.origin];
    ++net.degree[leg.destination];
    net.km.push_back(leg.distance_km);
    const std::uint32_t a = world.airports[leg.origin].country;
    const std::uint32_t b = world.airports[leg.destination].country;
    if (a == b) continue;
    net.international_km.push_back(leg.distance_km);
    net.country_pairs.insert(std::minmax(a, b));
  }
  std::sort(net.degree.begin(), net.degree.end());
  return net;
}

double mean(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}
double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

}  // namespace

TEST_CASE("the shipped world loads with the counts that its page states", "[world][data][exact]") {
  const World& world = shipped();
  CHECK(world.real_names);
  CHECK(world.countries.size() == 246);
  CHECK(world.borders.size() == 329);
  CHECK(world.cities.size() == 4'347);
  CHECK(world.airports.size() == 3'860);
  CHECK(world.air_legs.size() == 55'199);
  CHECK(world.ports.size() == 725);
  CHECK(world.sea_lanes.size() == 1'302);
  CHECK(world.ties.size() == 5'051);
  CHECK(world.migrants.size() == 4'418);
  CHECK(world.seasons.size() == 53);
  CHECK(world.organisations.size() == 30);
  CHECK(world.memberships.size() == 581);
  CHECK(std::ranges::count_if(world.memberships, &corridor::world::Membership::in_2019) == 564);
  CHECK(std::ranges::count_if(world.memberships, &corridor::world::Membership::in_2025) == 575);
  CHECK(world.same_day.size() == 6);
}

TEST_CASE("the air network has the shape of the world's", "[world][data]") {
  // Rows NET of the stylised facts are of 2014 routes; this schedule is of 2020 and larger. They
  // describe the input, so they check that the tables were carried over whole, not any model.
  const World& world = shipped();
  const Network net = network(world);
  const double n = static_cast<double>(world.airports.size());

  SECTION("exact counts of the tables") {
    CHECK(net.km.size() == 28'125);
    CHECK(net.international_km.size() == 14'912);
    CHECK(net.country_pairs.size() == 2'812);
    CHECK(net.degree.back() == 314);  // FRA, a leg either way
    CHECK(2.0 * static_cast<double>(net.km.size()) / n == Approx(14.57).margin(0.005));
  }
  SECTION(
      "within the bands of NET-003, 004, 005, 007, 010, 012, 013, 020 to 023, 027, 028 and 030") {
    std::set<std::uint32_t> served;
    for (const auto& airport : world.airports) served.insert(airport.country);
    CHECK(served.size() >= 215);
    CHECK(served.size() <= 235);
    const double pairs = static_cast<double>(net.km.size());
    const double international = static_cast<double>(net.international_km.size());
    CHECK(international / pairs == Approx(0.53).margin(0.05));
    CHECK(net.country_pairs.size() >= 2'100);
    CHECK(net.country_pairs.size() <= 2'900);
    const std::size_t middle = net.degree[net.degree.size() / 2];
    CHECK(middle >= 2);
    CHECK(middle <= 4);
    const auto ones = std::count(net.degree.begin(), net.degree.end(), std::size_t{1});
    const double share_of_ones = static_cast<double>(ones) / n;
    CHECK(share_of_ones >= 0.18);
    CHECK(share_of_ones <= 0.30);
    const auto top = [&](std::size_t airports) {
      const auto from = net.degree.end() - static_cast<std::ptrdiff_t>(airports);
      return static_cast<double>(std::accumulate(from, net.degree.end(), std::size_t{0})) /
             (2 * pairs);
    };
    CHECK(top(386) == Approx(0.615).margin(0.055));
    CHECK(top(38) == Approx(0.155).margin(0.035));
    CHECK(mean(net.km) == Approx(1775).margin(175));
    CHECK(median(net.km) == Approx(1160).margin(110));
    CHECK(mean(net.international_km) == Approx(2550).margin(250));
    CHECK(median(net.international_km) == Approx(1775).margin(175));
    const auto share = [&](double lo, double hi) {
      return static_cast<double>(std::count_if(net.international_km.begin(),
                                               net.international_km.end(),
                                               [&](double km) { return km >= lo && km < hi; })) /
             international;
    };
    CHECK(share(0, 500) == Approx(0.07).margin(0.02));
    CHECK(share(500, 1'500) == Approx(0.34).margin(0.04));
    CHECK(share(4'000, 1e9) == Approx(0.165).margin(0.035));
  }
}

TEST_CASE("the world's totals are near what is published", "[world][data]") {
  const World& world = shipped();
  double people = 0, flights = 0, seats = 0, migrants = 0;
  for (const auto& country : world.countries) people += country.population;
  for (const auto& leg : world.air_legs) {
    flights += leg.flights_year;
    seats += leg.seats_year;
  }
  for (const auto& stock : world.migrants) migrants += stock.persons;
  // 2019, with bands of 3 %: UN World Population Prospects 2019, 7.7 billion; the schedule's own
  // totals (data/README.md) 34.7 million flights and 5.0 billion seats; UN DESA, 258.9 million
  // migrants in pairs of 1,000 or more.
  CHECK(people == Approx(7.7e9).epsilon(0.03));
  CHECK(flights == Approx(34.7e6).epsilon(0.03));
  CHECK(seats == Approx(5.0e9).epsilon(0.03));
  CHECK(migrants == Approx(258.9e6).epsilon(0.03));
}

TEST_CASE("regions follow UN Tourism, not the continents", "[world][data][exact]") {
  const World& world = shipped();
  const auto region = [&](const char* iso3) {
    return std::string(name(world.countries.at(world.find_country(iso3)).region));
  };
  for (const char* const iso3 : {"EGY", "LBY", "SAU", "IRQ", "PSE", "YEM"})
    CHECK(region(iso3) == "middle_east");
  for (const char* const iso3 : {"ISR", "TUR", "CYP", "KAZ", "GEO", "RUS"})
    CHECK(region(iso3) == "europe");
  for (const char* const iso3 : {"IRN", "AFG", "AUS", "CHN"}) CHECK(region(iso3) == "asia_pacific");
  for (const char* const iso3 : {"SDN", "MAR", "ZAF"}) CHECK(region(iso3) == "africa");
  for (const char* const iso3 : {"USA", "GRL", "BRA"}) CHECK(region(iso3) == "americas");
}

TEST_CASE("open-border areas of 2019 are those of the treaties", "[world][data][exact]") {
  const World& world = shipped();
  const auto area = world.open_border_areas();
  const auto same = [&](const char* a, const char* b) {
    return area[world.find_country(a)] == area[world.find_country(b)];
  };
  CHECK(same("FRA", "DEU"));
  CHECK(same("FRA", "CHE"));
  CHECK(same("ITA", "SMR"));
  CHECK(same("GBR", "IRL"));
  CHECK(same("NIC", "GTM"));
  CHECK(same("RUS", "BLR"));
  CHECK_FALSE(same("FRA", "GBR"));
  CHECK_FALSE(same("HRV", "SVN"));  // Croatia joined in 2023
  CHECK_FALSE(same("SEN", "GMB"));  // ECOWAS: no visa, but checks
}

TEST_CASE("every country but seven small islands has a way out", "[world][data]") {
  const World& world = shipped();
  std::set<std::uint32_t> reached;
  for (const auto& leg : world.air_legs) {
    const std::uint32_t a = world.airports[leg.origin].country;
    const std::uint32_t b = world.airports[leg.destination].country;
    if (a != b) reached.insert({a, b});
  }
  for (const auto& border : world.borders) reached.insert({border.a, border.b});
  for (const auto& lane : world.sea_lanes)
    reached.insert({world.ports[lane.a].country, world.ports[lane.b].country});
  std::string out_of_reach;
  for (std::uint32_t c = 0; c < world.countries.size(); ++c)
    if (!reached.contains(c)) out_of_reach += world.countries[c].iso3 + " ";
  CHECK(out_of_reach == "ALA ATF IOT NIU PCN SGS TKL ");
}
