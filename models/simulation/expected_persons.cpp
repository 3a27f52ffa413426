// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/expected_persons.hpp"

#include "models/simulation/same_day.hpp"

namespace corridor::simulation {
namespace {

using travel::Mode;
using travel::no_post;
using travel::TravelTables;

/// When a leg's passengers pass a post: before its departure, or after its arrival on the way out
/// of or into a country.
enum Event : std::size_t { before, after_exit, after_entry, n_events };

struct Classes {
  double entitled = 0, visitors = 0;
};

class Planner {
 public:
  Planner(const TravelTables& t, const travel::StreamParams& params, const travel::Sites& sites,
          std::size_t n_posts)
      : t_(t), params_(params), sites_(sites), n_posts_(n_posts), season_(t.pairs.size(), 0) {
    for (const travel::BlockRow& block : t.blocks) {
      for (std::uint32_t e = 0; e < block.n_entries; ++e) {
        season_[t.entry_pair[block.first_entry + e]] = block.season;
      }
    }
  }

  std::vector<ExpectedPersons> run(std::span<const world::SameDayFlow> same_day) {
    std::vector<ExpectedPersons> all;
    for (month_ = 0; month_ < 12; ++month_) {
      posts_.assign(n_posts_, {});
      legs_.assign(n_events * t_.legs.size(), {});
      for (std::size_t p = 0; p < t_.pairs.size(); ++p) add_pair(p);
      for (std::size_t leg = 0; leg < t_.legs.size(); ++leg) spread_leg(leg);
      for (const world::SameDayFlow& flow : same_day) add_same_day(flow);
      all.insert(all.end(), posts_.begin(), posts_.end());
    }
    return all;
  }

 private:
  /// Splits persons a day by what they are at a post of `country`.
  [[nodiscard]] Classes split(const travel::PairRow& pair, std::uint32_t country,
                              double persons) const {
    const double native = pair.native_share * 0x1p-32;
    const double foreign = (1 - native) * t_.countries[pair.origin].foreign_share * 0x1p-32;
    const std::size_t n = t_.countries.size();
    double entitled = 0;
    if (t_.open[pair.origin * n + country] != 0) entitled += 1 - native - foreign;
    if (t_.open[pair.destination * n + country] != 0) entitled += native;
    return {persons * entitled, persons * (1 - entitled)};
  }

  void add_pair(std::size_t index) {
    const travel::PairRow& pair = t_.pairs[index];
    const double season = 12 * t_.season_share[season_[index] * 12U + month_];
    for (std::uint32_t o = pair.first_option; o < pair.first_option + pair.n_options; ++o) {
      const double a_day = season * static_cast<double>(t_.option_weight[o]) / 365;
      const travel::OptionRow& option = t_.options[o];
      if (option.mode == static_cast<std::uint8_t>(Mode::land)) {
        add_land(pair, option, a_day);
      } else if (option.home_gate != world::none) {
        add_scheduled(pair, option, a_day);
      }
    }
  }

  void add_event(std::size_t leg, Event event, const Classes& c) {
    Classes& sum = legs_[n_events * leg + event];
    sum.entitled += c.entitled;
    sum.visitors += c.visitors;
  }

  void add_scheduled(const travel::PairRow& pair, const travel::OptionRow& option, double a_day) {
    const Classes home = split(pair, pair.origin, a_day),
                  away = split(pair, pair.destination, a_day);
    // Out: exit at home before the exit link, entry away after the entry link.
    if (option.exit_link == 0) {
      add_event(option.link[0], before, home);
    } else {
      add_event(option.link[option.exit_link - 1], after_exit, home);
    }
    add_event(option.link[option.entry_link], after_entry, away);
    // Back: the mirror.
    const auto back = [&](std::uint32_t k) { return t_.legs[option.link[k]].reverse; };
    if (option.entry_link + 1 == option.n_links) {
      add_event(back(option.entry_link), before, away);
    } else {
      add_event(back(option.entry_link + 1U), after_exit, away);
    }
    add_event(back(option.exit_link), after_entry, home);
  }

  void spread_leg(std::size_t index) {
    const travel::LegRow& leg = t_.legs[index];
    const std::uint32_t exit_before = sites_.exit_post[leg.origin];
    const std::uint32_t exit_after = sites_.exit_post[leg.destination];
    const std::uint32_t entry_after = sites_.entry_post[leg.destination];
    const auto check_in = static_cast<std::uint32_t>(params_.check_in_minutes);
    for (std::uint32_t d = 0; d < leg.n_departures; ++d) {
      const std::uint32_t departs = t_.departures[leg.first_departure + d];
      // The middle of the time in which JourneyMaker lets them come.
      put(exit_before, departs + 1440 - check_in * 3 / 4, index, before, leg.n_departures);
      put(exit_after, departs + leg.minutes + 20U, index, after_exit, leg.n_departures);
      put(entry_after, departs + leg.minutes + 20U, index, after_entry, leg.n_departures);
    }
  }

  void put(std::uint32_t post, std::uint32_t minute, std::size_t leg, Event event, double parts) {
    if (post == no_post) return;
    const Classes& c = legs_[n_events * leg + event];
    const std::size_t hour = minute % 1440 / 60;
    posts_[post].entitled[hour] += c.entitled / parts;
    posts_[post].visitors[hour] += c.visitors / parts;
  }

  void add_land(const travel::PairRow& pair, const travel::OptionRow& option, double a_day) {
    for (const bool out : {true, false}) {
      std::uint32_t country = out ? pair.origin : pair.destination;
      const auto shift = static_cast<std::int32_t>(4 * t_.countries[country].lon);
      for (std::uint32_t k = 0; k < option.n_links; ++k) {
        const std::uint32_t border = option.link[out ? k : option.n_links - 1U - k];
        const std::uint32_t side = t_.border_ends[2 * border] == country ? 0 : 1;
        const std::uint32_t other = t_.border_ends[2 * border + 1 - side];
        const auto minutes = static_cast<std::int32_t>(option.land_minutes[k]) - shift;
        at_border(border, side, country, other, pair, a_day, minutes);
        country = other;
      }
    }
  }

  void at_border(std::uint32_t border, std::uint32_t side, std::uint32_t from, std::uint32_t to,
                 const travel::PairRow& pair, double a_day, std::int32_t minutes) {
    const travel::GateNumbers gates = t_.gates();
    const std::uint32_t exit_post = sites_.exit_post[gates.border(border, side)];
    const std::uint32_t entry_post = sites_.entry_post[gates.border(border, 1 - side)];
    const double k = sites_.crossings[border];
    const auto spread = [&](std::uint32_t first, const Classes& c) {
      if (first == no_post) return;
      constexpr std::uint32_t step = 8;  // every eighth quantile of the hours is enough for a plan
      for (std::uint32_t q = step / 2; q < travel::hour_slots; q += step) {
        const auto hour = static_cast<std::size_t>((t_.land_hours[q] + minutes + 4320) % 1440 / 60);
        for (std::uint32_t i = 0; i < sites_.crossings[border]; ++i) {
          ExpectedPersons& post = posts_[first + i * sites_.crossing_stride];
          post.entitled[hour] += c.entitled / k * step / travel::hour_slots;
          post.visitors[hour] += c.visitors / k * step / travel::hour_slots;
        }
      }
    };
    spread(exit_post, split(pair, from, a_day));
    spread(entry_post, split(pair, to, a_day));
  }

  void add_same_day(const world::SameDayFlow& flow) {
    const double lon = static_cast<double>(t_.countries[flow.a].lon);
    for (const bool out : {true, false}) {
      const auto routes = same_day_routes(t_, sites_, out ? flow.a : flow.b, out ? flow.b : flow.a);
      const double a_day = flow.crossings_year / 365 / 2 / static_cast<double>(routes.size());
      for (const SameDayRoute& route : routes) {
        for (std::uint32_t h = 0; h < 24; ++h) {
          const double persons = a_day * same_day_share(h, lon);
          if (route.exit_post != no_post) posts_[route.exit_post].entitled[h] += persons;
          if (route.entry_post != no_post) {
            posts_[route.entry_post].entitled[h] += persons / 2;
            posts_[route.entry_post].visitors[h] += persons / 2;
          }
        }
      }
    }
  }

  const TravelTables& t_;
  const travel::StreamParams& params_;
  const travel::Sites& sites_;
  std::size_t n_posts_;
  std::vector<std::uint8_t> season_;  ///< per pair
  std::size_t month_ = 0;
  std::vector<ExpectedPersons> posts_;  ///< of the month
  std::vector<Classes> legs_;           ///< [leg][event], persons a day of the month
};

}  // namespace

std::vector<ExpectedPersons> expected_persons(const travel::TravelTables& tables,
                                              const travel::StreamParams& params,
                                              std::span<const world::SameDayFlow> same_day,
                                              const travel::Sites& sites, std::size_t n_posts) {
  return Planner(tables, params, sites, n_posts).run(same_day);
}

}  // namespace corridor::simulation
