// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/control_tables.hpp"

#include <algorithm>
#include <array>

#include "models/control/posts.hpp"
#include "models/control/regime.hpp"
#include "models/control/staffing.hpp"
#include "models/simulation/expected_persons.hpp"
#include "sim/error.hpp"

namespace corridor::simulation {
namespace {

using control::Direction;

using Storage = ControlArrays<sim::VectorOf>;

std::uint32_t cut_of(double share) {
  return share >= 1 ? 0xffffffffU : static_cast<std::uint32_t>(share * 0x1p32);
}

void add_gates(Storage& s, const world::World& world, const control::PostTable& table,
               const travel::GateNumbers& gates) {
  s.exit_post.assign(gates.count(), travel::no_post);
  s.entry_post.assign(gates.count(), travel::no_post);
  const auto stops = [&](std::uint32_t post) {
    return post != world::none && table.posts()[post].check != control::Check::none
               ? post
               : travel::no_post;
  };
  for (std::uint32_t a = 0; a < world.airports.size(); ++a) {
    s.exit_post[a] = stops(table.airport_post(a, Direction::exit));
    s.entry_post[a] = stops(table.airport_post(a, Direction::entry));
  }
  for (std::uint32_t p = 0; p < world.ports.size(); ++p) {
    s.exit_post[gates.port(p)] = stops(table.port_post(p, Direction::exit));
    s.entry_post[gates.port(p)] = stops(table.port_post(p, Direction::entry));
  }
  for (std::uint32_t b = 0; b < world.borders.size(); ++b) {
    s.crossings.push_back(static_cast<std::uint8_t>(std::max(1U, table.crossings(b))));
    for (std::uint32_t side = 0; side < 2; ++side) {
      const std::uint32_t gate = gates.border(b, side);
      s.exit_post[gate] = stops(table.border_post(b, side, Direction::exit, 0));
      s.entry_post[gate] = stops(table.border_post(b, side, Direction::entry, 0));
    }
  }
}

}  // namespace

ControlTables build_control(const world::World& world, const travel::TravelTables& tables,
                            const travel::StreamParams& stream,
                            const control::ControlParams& params) {
  auto s = std::make_shared<Storage>();
  const control::Regimes regimes(world, params);
  const control::PostTable table(world, regimes, params);
  add_gates(*s, world, table, tables.gates());
  for (std::size_t nationality = 0; nationality < world.countries.size(); ++nationality) {
    for (std::size_t country = 0; country < world.countries.size(); ++country) {
      const bool own =
          regimes.own(static_cast<std::uint32_t>(nationality), static_cast<std::uint32_t>(country));
      s->lane.push_back(
          static_cast<std::uint8_t>(own ? control::Lane::gate : control::Lane::visitor));
    }
  }

  const travel::Sites sites{s->exit_post, s->entry_post, s->crossings};
  const auto same_day =
      stream.same_day ? std::span(world.same_day) : std::span<const world::SameDayFlow>{};
  const auto expected = expected_persons(tables, stream, same_day, sites, table.posts().size());
  const std::size_t n_posts = table.posts().size();
  s->officers.resize(12 * n_posts * control::n_lanes * 24);
  for (std::size_t i = 0; i < n_posts; ++i) {
    const control::Post& post = table.posts()[i];
    const double share = regimes.share(post.check);
    const bool gates_allowed =
        post.kind == control::PlaceKind::air && regimes.may_have_gates(post.country);
    // What is built (gates, places in secondary, which lanes there are) follows the busiest month,
    // staff each month.
    std::array<control::HourlyPersons, 2> busiest{};
    double mean_day = 0;
    for (std::size_t m = 0; m < 12; ++m) {
      const ExpectedPersons& e = expected[m * n_posts + i];
      for (std::size_t h = 0; h < 24; ++h) {
        busiest[0][h] = std::max(busiest[0][h], share * e.entitled[h]);
        busiest[1][h] = std::max(busiest[1][h], share * e.visitors[h]);
        mean_day += share * (e.entitled[h] + e.visitors[h]) / 12;
      }
    }
    const control::Staff built = control::staff_for(busiest[0], busiest[1], gates_allowed, params);
    for (std::size_t m = 0; m < 12; ++m) {
      const ExpectedPersons& e = expected[m * n_posts + i];
      std::array<control::HourlyPersons, control::n_lanes> persons{};
      for (std::size_t h = 0; h < 24; ++h) {
        const double entitled = share * e.entitled[h];
        const double rejected = built.has_gates ? entitled * params.gate_rejection : entitled;
        persons[0][h] = built.has_gates ? entitled : 0;
        persons[1][h] = rejected;
        persons[2][h] = share * e.visitors[h];
      }
      for (std::size_t lane = 0; lane < control::n_lanes; ++lane) {
        // A lane that stands is staffed in quiet months too.
        const bool stands = std::any_of(built.officers[lane].begin(), built.officers[lane].end(),
                                        [](std::uint16_t n) { return n > 0; });
        if (!stands) continue;
        auto hours = control::officers_for(persons[lane], static_cast<control::Lane>(lane), params);
        for (std::uint16_t& n : hours) {
          n = std::max(n, static_cast<std::uint16_t>(params.officers_min));
        }
        std::copy(hours.begin(), hours.end(),
                  &s->officers[((m * n_posts + i) * control::n_lanes + lane) * 24]);
      }
    }
    PostRow row;
    row.place = post.place;
    row.country = static_cast<std::uint16_t>(post.country);
    row.income_class = static_cast<std::uint8_t>(
        control::income_class(world.countries[post.country].gdp_per_capita_usd));
    row.kind = static_cast<std::uint8_t>(post.kind);
    row.entry = post.direction == Direction::entry ? 1 : 0;
    row.crossing = post.crossing;
    row.places = built.secondary_places;
    row.persons = static_cast<float>(mean_day);
    row.check_cut = cut_of(share);
    row.select_cut = cut_of(params.random_share);
    const auto lane = [&](control::Lane wanted) {
      return static_cast<std::uint8_t>(control::open_lane(wanted, built));
    };
    row.lanes[0] =
        built.has_gates ? static_cast<std::uint8_t>(control::Lane::gate) : lane(control::Lane::own);
    row.lanes[1] = lane(control::Lane::own);
    row.lanes[2] = lane(control::Lane::visitor);
    s->posts.push_back(row);
  }

  return sim::view_arrays<ControlTables>(std::shared_ptr<const Storage>(std::move(s)));
}

}  // namespace corridor::simulation
