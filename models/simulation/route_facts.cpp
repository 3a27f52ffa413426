// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/route_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "models/risk/feature.hpp"
#include "models/risk/feature_columns.hpp"
#include "models/travel/sphere.hpp"
#include "sim/error.hpp"
#include "sim/names.hpp"

namespace corridor::simulation {

std::vector<travel::Place> gate_places(const RunShape& shape) {
  std::vector<travel::Place> places;
  for (std::size_t i = 0; i < shape.airport_lat.size(); ++i)
    places.push_back(travel::place(shape.airport_lat[i], shape.airport_lon[i]));
  for (std::size_t i = 0; i < shape.port_lat.size(); ++i)
    places.push_back(travel::place(shape.port_lat[i], shape.port_lon[i]));
  return places;
}

std::int16_t itinerary_detour(const travel::TravelTables& t, std::span<const travel::Place> places,
                              const travel::OptionRow& option) {
  if (option.mode == static_cast<std::uint8_t>(travel::Mode::land) || option.n_links == 0)
    return risk::missing_i16;
  double km = 0;
  for (std::uint32_t k = 0; k < option.n_links; ++k) {
    const travel::LegRow& leg = t.legs[option.link[k]];
    km += travel::arc_km(places[leg.origin], places[leg.destination]);
  }
  const double direct =
      travel::arc_km(places[t.legs[option.link[0]].origin],
                     places[t.legs[option.link[option.n_links - 1U]].destination]);
  if (!(direct > 1)) return risk::missing_i16;
  return static_cast<std::int16_t>(
      std::clamp(std::floor(100 * km / direct + 0.5), 100.0, 30'000.0));
}

std::vector<std::int16_t> itinerary_shares(const travel::TravelTables& t,
                                           const travel::PairRow& pair) {
  double sum = 0;
  for (std::uint32_t o = 0; o < pair.n_options; ++o) sum += t.option_weight[pair.first_option + o];
  std::vector<std::int16_t> shares;
  for (std::uint32_t o = 0; o < pair.n_options; ++o) {
    const double share = sum > 0 ? t.option_weight[pair.first_option + o] / sum : 0;
    shares.push_back(static_cast<std::int16_t>(std::floor(1000 * share + 0.5)));
  }
  return shares;
}

std::vector<RoutePair> route_pairs(std::string_view text, std::string_view parameter,
                                   const std::vector<std::string>& countries) {
  std::vector<RoutePair> pairs;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const std::size_t dash = word.find('-');
    const auto country = [&](const std::string& code) -> std::uint32_t {
      if (code == "*") return world::none;
      const auto it = std::find(countries.begin(), countries.end(), code);
      if (it == countries.end()) {
        throw sim::UserError(fmt::format("{}: no country '{}' in this world{}", parameter, code,
                                         sim::did_you_mean(code, countries)));
      }
      return static_cast<std::uint32_t>(it - countries.begin());
    };
    if (dash == std::string::npos) {
      throw sim::UserError(fmt::format(
          "{}: '{}' is no pair of countries; allowed are pairs like \"ARA-BEL\" or \"ARA-*\", "
          "separated by spaces",
          parameter, word));
    }
    pairs.push_back({country(word.substr(0, dash)), country(word.substr(dash + 1))});
  }
  return pairs;
}

std::vector<std::uint8_t> route_classes(const travel::TravelTables& t, const RunShape& shape,
                                        std::string_view high, std::string_view elevated) {
  std::vector<std::uint8_t> classes(t.pairs.size(), 0);
  const auto mark = [&](std::string_view text, std::string_view parameter, risk::RouteClass value) {
    for (const RoutePair& route : route_pairs(text, parameter, shape.country_iso3)) {
      const auto is = [](std::uint32_t wanted, std::uint16_t country) {
        return wanted == world::none || wanted == country;
      };
      for (std::size_t p = 0; p < t.pairs.size(); ++p) {
        const travel::PairRow& pair = t.pairs[p];
        if ((is(route.a, pair.origin) && is(route.b, pair.destination)) ||
            (is(route.b, pair.origin) && is(route.a, pair.destination))) {
          classes[p] = std::max(classes[p], static_cast<std::uint8_t>(value));
        }
      }
    }
  };
  mark(elevated, "risk.assessment.elevated", risk::RouteClass::elevated);
  mark(high, "risk.assessment.high", risk::RouteClass::high);
  return classes;
}

}  // namespace corridor::simulation
