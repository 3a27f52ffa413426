// SPDX-License-Identifier: Apache-2.0
/// \file fighters_params.hpp  Numbers of the fighters model that are not rows of the actors file:
/// how people set out, what they believe and weigh, what it costs, how they come back, what is
/// known of them.
///
/// Level of policy: cost, perceived risk, rationality, waiting. Round numbers called invented are
/// invented; none is the figure of a named place. Equations: docs/odd/fighters.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter_set.hpp"

namespace corridor::fighters {

struct FightersParams {
  bool on = false;
  double flow = 1;
  // Mobilisation.
  std::string process = "hawkes";
  double branching = 0.5, memory_days = 30, saturation = 0.3, population_exponent = 1;
  // Parties.
  double companion = 0.25, minor = 0.1;
  // Plans.
  double plan_mean_days = 30, give_up = 0.02, retry = 0.7;
  std::int64_t wait_days = 14, most_attempts = 5;
  // Choice.
  double rationality = 1.5, risk_aversion = 5, wait_cost = 3;
  double broken_relief = 0.2, document_relief = 0.3;
  // Perceived risk.
  double prior_risk = 0.1, prior_weight = 10, half_life_days = 90, news = 0.2, own_refusal = 0.3;
  // The road.
  double ticket_usd = 100, ticket_usd_per_km = 0.08, step_usd = 300;
  double layover_mean_days = 3, second_transit = 0.2;
  double means_low_usd = 1000, means_high_usd = 6000, saved_usd = 100;
  // The last step.
  double crossing_per_day = 0.3, turn_back_per_day = 0.01, through_posts = 0.1;
  double round_usd = 200;
  // In the zone.
  double return_per_year = 0.08, relocate_per_year = 0.02, lost_per_year = 0.15;
  double collapse_factor = 3;
  // What home services know.
  double known = 0.6, known_delay_days = 60, birth_date = 0.6, biometric = 0.1, registered = 0.333;
};

namespace fighters_sources {
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view invented = "invented round number, docs/odd/fighters.md";
inline constexpr std::string_view hawkes =
    "assumed; recruitment is focused and localised (Soufan Group 2015), no published estimate";
inline constexpr std::string_view means =
    "FIN-031, 1,000 to 6,000 USD a person (FATF 2015 and reports, from memory)";
inline constexpr std::string_view zone =
    "set by hand so that about a fifth of those who arrived have returned after four years "
    "(FTF-022 to 024)";
inline constexpr std::string_view biometric =
    "INF-017, a tenth of profiles had biometrics (INTERPOL, November 2016)";
inline constexpr std::string_view registered =
    "INF-018, two thirds of profiles stood in no international register (INTERPOL, November 2016)";
}  // namespace fighters_sources

namespace fighters_rows {
using Row = sim::Parameter<FightersParams>;
using sim::Tag;
constexpr Row assumed(std::string_view path, std::string_view unit, std::string_view meaning,
                      double lo, double hi, double FightersParams::*field,
                      std::string_view source = fighters_sources::invented) {
  return {path, unit, meaning, Tag::assumed, source, lo, hi, field};
}
}  // namespace fighters_rows

inline constexpr std::array fighters_table{
    fighters_rows::Row{"fighters.on", "",
                       "whether people set out for the scenario's conflict zones", sim::Tag::option,
                       fighters_sources::choice, 0, 1, &FightersParams::on},
    fighters_rows::Row{"fighters.flow", "1", "multiplies every mobilisation total; swept 0.1 to 3",
                       sim::Tag::option, fighters_sources::choice, 0, 10, &FightersParams::flow},

    fighters_rows::Row{"fighters.mobilisation.process", "",
                       "self-exciting with saturation, or plain Poisson; same expected total",
                       sim::Tag::option, fighters_sources::choice, 0, 0, &FightersParams::process,
                       "hawkes|poisson"},
    fighters_rows::assumed("fighters.mobilisation.branching", "1",
                           "followers whom one departure brings about, expected; hawkes only", 0,
                           0.95, &FightersParams::branching, fighters_sources::hawkes),
    fighters_rows::assumed("fighters.mobilisation.memory_days", "day",
                           "mean time from a departure to one that it brings about", 1, 365,
                           &FightersParams::memory_days, fighters_sources::hawkes),
    fighters_rows::assumed("fighters.mobilisation.saturation", "1",
                           "expected travellers over all who might ever set out; 0 = no limit; "
                           "hawkes only",
                           0, 0.8, &FightersParams::saturation),
    fighters_rows::assumed("fighters.mobilisation.population_exponent", "1",
                           "how a region's total splits by population", 0, 2,
                           &FightersParams::population_exponent),

    fighters_rows::assumed("fighters.party.companion", "1",
                           "chance of each further companion, up to eight people", 0, 0.9,
                           &FightersParams::companion),
    fighters_rows::assumed("fighters.party.minor", "1",
                           "share of parties of two and more with a child", 0, 1,
                           &FightersParams::minor),

    fighters_rows::assumed("fighters.plan.mean_days", "day", "mean time from resolve to readiness",
                           0, 365, &FightersParams::plan_mean_days),
    fighters_rows::Row{"fighters.plan.wait_days", "day", "who waits decides again after",
                       sim::Tag::assumed, fighters_sources::invented, 1, 180,
                       &FightersParams::wait_days},
    fighters_rows::assumed("fighters.plan.give_up", "1", "chance to give up at a decision to wait",
                           0, 1, &FightersParams::give_up),
    fighters_rows::assumed("fighters.plan.retry", "1",
                           "chance to try again after a refusal or a return from the last step", 0,
                           1, &FightersParams::retry),
    fighters_rows::Row{"fighters.plan.most_attempts", "1", "attempts of one party at most",
                       sim::Tag::assumed, fighters_sources::invented, 1, 20,
                       &FightersParams::most_attempts},

    fighters_rows::assumed("fighters.choice.rationality", "1/kUSD",
                           "how exactly utility decides; 0 = evenly among what there is", 0, 20,
                           &FightersParams::rationality),
    fighters_rows::assumed("fighters.choice.risk_aversion", "kUSD",
                           "what certain failure counts as", 0, 100,
                           &FightersParams::risk_aversion),
    fighters_rows::assumed("fighters.choice.wait_cost", "kUSD", "what waiting once counts as", 0,
                           100, &FightersParams::wait_cost),
    fighters_rows::assumed("fighters.choice.broken_relief", "1",
                           "share of perceived risk that a broken journey is believed to save", 0,
                           1, &FightersParams::broken_relief),
    fighters_rows::assumed("fighters.choice.document_relief", "1",
                           "share of perceived risk that a false document is believed to save", 0,
                           1, &FightersParams::document_relief),

    fighters_rows::assumed("fighters.risk.prior", "1", "perceived chance to fail, untaught", 0, 1,
                           &FightersParams::prior_risk),
    fighters_rows::assumed("fighters.risk.prior_weight", "journey",
                           "journeys that the untaught belief weighs as much as", 0.01, 1000,
                           &FightersParams::prior_weight),
    fighters_rows::assumed("fighters.risk.half_life_days", "day",
                           "half of what was heard is forgotten after", 1, 3650,
                           &FightersParams::half_life_days),
    fighters_rows::assumed("fighters.risk.news", "1",
                           "weight of an arrest of people from another country", 0, 1,
                           &FightersParams::news),
    fighters_rows::assumed("fighters.risk.own_refusal", "1",
                           "what a party's own refusal adds to its perceived risk of that gateway",
                           0, 1, &FightersParams::own_refusal),

    fighters_rows::assumed("fighters.road.ticket_usd", "USD", "price of any ticket, plus distance",
                           0, 10000, &FightersParams::ticket_usd),
    fighters_rows::assumed("fighters.road.ticket_usd_per_km", "USD/km", "price of distance", 0, 1,
                           &FightersParams::ticket_usd_per_km),
    fighters_rows::assumed("fighters.road.step_usd", "USD",
                           "last step from a gateway that the actors file gives no cost", 0, 100000,
                           &FightersParams::step_usd),
    fighters_rows::assumed("fighters.road.layover_mean_days", "day",
                           "mean stay between two tickets, beyond the night", 0, 90,
                           &FightersParams::layover_mean_days),
    fighters_rows::assumed("fighters.road.second_transit", "1",
                           "share of broken journeys over two countries of transit", 0, 1,
                           &FightersParams::second_transit),
    fighters_rows::assumed("fighters.means.low_usd", "USD", "least that a person can spend", 1, 1e6,
                           &FightersParams::means_low_usd, fighters_sources::means),
    fighters_rows::assumed("fighters.means.high_usd", "USD", "most that a person can spend", 1, 1e6,
                           &FightersParams::means_high_usd, fighters_sources::means),
    fighters_rows::assumed("fighters.means.saved_usd", "USD",
                           "what a person saves each time that he waits", 0, 1e6,
                           &FightersParams::saved_usd),

    fighters_rows::assumed("fighters.crossing.per_day", "1/day",
                           "hazard of the last step outside posts", 0, 10,
                           &FightersParams::crossing_per_day),
    fighters_rows::assumed("fighters.crossing.turn_back_per_day", "1/day",
                           "hazard to turn back from a gateway", 0.0001, 10,
                           &FightersParams::turn_back_per_day),
    fighters_rows::assumed("fighters.crossing.through_posts", "1",
                           "share of last steps with a ticket through a post, where there is a way",
                           0, 1, &FightersParams::through_posts),
    fighters_rows::assumed("fighters.crossing.round_usd", "USD",
                           "cost of a way into a gateway's country round its posts, beside the "
                           "ticket to a neighbour; taken only with cooperation.patrol.off_post",
                           0, 100000, &FightersParams::round_usd),

    fighters_rows::Row{"fighters.zone.return_per_year", "1/year", "hazard to go home",
                       sim::Tag::calibrated, fighters_sources::zone, 0, 10,
                       &FightersParams::return_per_year},
    fighters_rows::assumed("fighters.zone.relocate_per_year", "1/year", "hazard to go elsewhere", 0,
                           10, &FightersParams::relocate_per_year),
    fighters_rows::assumed("fighters.zone.lost_per_year", "1/year",
                           "hazard to be killed or held in the zone", 0, 10,
                           &FightersParams::lost_per_year),
    fighters_rows::assumed("fighters.zone.collapse_factor", "1",
                           "multiplies these hazards once the zone has closed", 1, 100,
                           &FightersParams::collapse_factor),

    fighters_rows::assumed("fighters.records.known", "1",
                           "share of travellers of whom a home service knows", 0, 1,
                           &FightersParams::known),
    fighters_rows::assumed("fighters.records.delay_days", "day",
                           "mean time from resolve until it knows", 0, 3650,
                           &FightersParams::known_delay_days),
    fighters_rows::assumed("fighters.records.birth_date", "1",
                           "share of those records with a birth date, biometric ones apart", 0, 1,
                           &FightersParams::birth_date),
    fighters_rows::Row{"fighters.records.biometric", "1", "share of those records with biometrics",
                       sim::Tag::observed, fighters_sources::biometric, 0, 1,
                       &FightersParams::biometric},
    fighters_rows::Row{"fighters.records.registered", "1",
                       "share of those records that stand in an international register",
                       sim::Tag::observed, fighters_sources::registered, 0, 1,
                       &FightersParams::registered},
};
static_assert(sim::sound(fighters_table));

}  // namespace corridor::fighters
