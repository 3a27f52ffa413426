// SPDX-License-Identifier: Apache-2.0
#include "models/control/regime.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace corridor::control {

std::vector<std::string> country_codes(std::string_view list) {
  std::vector<std::string> codes;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view code = list.substr(0, comma);
    while (!code.empty() && code.front() == ' ') code.remove_prefix(1);
    while (!code.empty() && code.back() == ' ') code.remove_suffix(1);
    if (code.size() != 3 ||
        !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
      throw std::invalid_argument("control.regime.carrier_data_countries: '" + std::string(code) +
                                  "' is not a country code; allowed are codes of three capital "
                                  "letters separated by commas");
    }
    codes.emplace_back(code);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return codes;
}

Regimes::Regimes(const world::World& world, const ControlParams& params)
    : area_(world.open_border_areas()),
      carrier_data_(world.countries.size()),
      spot_share_(params.spot_share) {
  for (const std::string& code : country_codes(params.carrier_data_countries)) {
    const std::uint32_t country = world.find_country(code);
    if (country != world::none) carrier_data_[country] = 1;
  }
  for (const world::Country& c : world.countries) {
    const double income = c.gdp_per_capita_usd;
    poor_.push_back(income > 0 && income <= params.spot_max_income_usd);
    gates_.push_back(income >= params.gates_min_income_usd);
  }
}

ExitControl Regimes::exit_control(PlaceKind kind, std::uint32_t country) const {
  if (carrier_data_[country] == 0) return ExitControl::officer;
  return kind == PlaceKind::land ? ExitControl::none : ExitControl::carrier_data;
}

Check Regimes::check(PlaceKind kind, Direction direction, std::uint32_t country,
                     std::uint32_t other) const {
  if (open(country, other)) return Check::none;
  if (direction == Direction::exit && exit_control(kind, country) != ExitControl::officer) {
    return Check::none;
  }
  const bool spot = kind == PlaceKind::land && poor_[country] != 0 && poor_[other] != 0;
  return spot ? Check::spot : Check::full;
}

double Regimes::share(Check check) const {
  switch (check) {
    case Check::none:
      return 0;
    case Check::spot:
      return spot_share_;
    case Check::full:
      return 1;
  }
  return 0;
}

}  // namespace corridor::control
