// SPDX-License-Identifier: Apache-2.0
/// \file border.hpp  Drives the fighters model alone: a world, its actors, and a border that stops
/// people with given chances in the place of the stream and its posts.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "models/fighters/fighters.hpp"
#include "models/world/world.hpp"

namespace corridor::fighters::test {

/// Of a text, without complaints.
inline FightersActors actors_of(std::string_view text, const world::World& world) {
  sim::Complaints complaints;
  const sim::RowText rows(text, "actors.toml", complaints);
  FightersActors actors = read_fighters_actors(rows, world, complaints);
  complaints.throw_if_any();
  return actors;
}

/// Zone ZED is bordered by three gateways; people come from H1 and H2, which are far off; T1 and T2
/// are countries to change in. Everything is joined with everything by tickets, ZED by none.
struct TestWorld {
  world::World world;
  TestWorld() {
    world.name = "Test";
    world.real_names = false;
    const auto add = [&](const char* code, double lat, double lon, double population,
                         const char* subregion) {
      world::Country c;
      c.iso3 = c.name_en = c.name_fr = code;
      c.subregion = subregion;
      c.lat = lat;
      c.lon = lon;
      c.population = population;
      c.gdp_per_capita_usd = 20'000;
      world.countries.push_back(c);
    };
    add("GA1", 0, 1, 1e6, "Rim");
    add("GA2", 0, -1, 1e6, "Rim");
    add("GA3", 1, 0, 1e6, "Rim");
    add("H1A", 20, 0, 1e6, "Home");
    add("H2A", -20, 0, 3e6, "Home");
    add("T1A", 0, 20, 1e6, "Transit");
    add("T2A", 0, -20, 1e6, "Transit");
    add("ZED", 0, 0, 1e6, "Zone");
    for (const std::uint32_t g : {0u, 1u, 2u}) world.borders.push_back({g, 7, 100, 0, 0});
  }
  [[nodiscard]] static HasRoute routes() {
    return [](std::uint32_t a, std::uint32_t b) { return a != 7 && b != 7; };
  }
};

inline std::string test_actors(double total, int days = 365) {
  return "[[conflict_zone]]\nname = \"Zed\"\ncountry = \"ZED\"\nsource = \"invented\"\n"
         "[[mobilisation]]\nregion = \"Home\"\ntotal = " +
         std::to_string(total) + "\nfrom = 2020-01-01\nto = " +
         sim::text(sim::date_of(sim::day_number({2020, 1, 1}) + days - 1)) +
         "\nconcentration = 0\nsource = \"invented\"\n";
}

/// What becomes of a ticket: the chance to be refused and to be held, by destination and day.
struct Chances {
  double refused = 0, held = 0;
};
using Border = std::function<Chances(const travel::PlannedJourney&)>;

/// An outcome for each journey, drawn with the person's own key.
inline std::vector<travel::JourneyOutcome> outcomes(
    const std::vector<travel::PlannedJourney>& journeys, const Border& border, sim::RunKey key) {
  std::vector<travel::JourneyOutcome> out;
  for (const travel::PlannedJourney& j : journeys) {
    const Chances c = border ? border(j) : Chances{};
    const auto b = sim::draw(key, sim::Purpose::review, j.person, j.day, j.ticket);
    const double u = sim::uniform32(b[0]);
    const auto end = u < c.refused            ? travel::JourneyEnd::refused
                     : u < c.refused + c.held ? travel::JourneyEnd::detained
                                              : travel::JourneyEnd::arrived;
    out.push_back({j.person, j.ticket, j.actor, end, j.day, j.destination});
  }
  return out;
}

/// Sum of everything that a run gave.
struct Run {
  Counts total{};
  std::vector<GatewayCounts> gateways;
  std::vector<Decisions> days;
  std::vector<FighterEvent> learned;
  std::vector<KnownPerson> records;
};

/// Runs days [first, last); checks every day that everybody is somewhere and every attempt too.
inline void drive(Fighters& model, std::int32_t first, std::int32_t last, sim::RunKey key,
                  const Border& border, Run& run, std::span<const FacilitatorOffer> offers = {}) {
  run.gateways.resize(model.road().gateways().size());
  for (std::int32_t day = first; day < last; ++day) {
    Decisions d = model.decide(day, offers);
    const auto lessons = model.learn(outcomes(d.journeys, border, key));
    const MonthCounts month = model.close_month();
    for (const Counts& c : month.origins) {
      for (std::size_t k = 0; k < n_counts; ++k) run.total[k] += c[k];
    }
    for (std::size_t g = 0; g < run.gateways.size(); ++g) {
      run.gateways[g].attempted += month.gateways[g].attempted;
      run.gateways[g].arrived += month.gateways[g].arrived;
      run.gateways[g].stopped += month.gateways[g].stopped;
    }
    run.learned.insert(run.learned.end(), lessons.events.begin(), lessons.events.end());
    run.records.insert(run.records.end(), d.records.begin(), d.records.end());
    run.records.insert(run.records.end(), lessons.records.begin(), lessons.records.end());
    run.days.push_back(std::move(d));
    const Census c = model.census();
    const auto n = [&](Count what) { return std::uint64_t{run.total[at(what)]}; };
    REQUIRE(c.all() == n(Count::mobilised));
    REQUIRE(n(Count::attempted) == c.under_way + n(Count::arrived) + n(Count::refused) +
                                       n(Count::held) + n(Count::protected_) +
                                       n(Count::turned_back) + n(Count::no_route));
    REQUIRE(c.returned == n(Count::returned));
    REQUIRE(c.lost == n(Count::lost));
    REQUIRE(c.gave_up == n(Count::gave_up));
    REQUIRE(c.held == n(Count::held) + n(Count::held_back));
  }
}

}  // namespace corridor::fighters::test
