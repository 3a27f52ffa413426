// SPDX-License-Identifier: Apache-2.0
/// \file docking_params.hpp  What the docking experiment runs: NarcoLogic's constants, the options
/// that mend it, the synthetic network, and the levels that are compared. A table of its own: no
/// other scenario has these rows.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter.hpp"
#include "sim/parameter_set.hpp"

namespace corridor::trafficking {

struct DockingParams {
  // The experiment.
  std::int64_t seed = 1, replicates = 30, months = 180;
  double lowest_capacity = 25, highest_capacity = 125;
  // The network.
  std::string network = "near";  ///< or "far": a setting of the experiment, no row
  double primary_reach_km = 800, shortest_leg_km = 100;
  std::string closed_regions;
  double route_capacity_kg = 32000;
  std::int64_t initial_nodes = 8;
  // Supply and money.
  double supply_initial = 200, supply_ceiling = 1'990'000, supply_rate = 0.75;
  double pacific_share = 0.72;
  double source_price = 4500, price_per_km = 4.46;
  double cost_land = 371, cost_coast = 160, cost_air = 3486;
  double bribe_share = 0.3;
  // Organisations.
  std::string choice = "salience";
  double local_thinker = 0.5, rationality = 1;
  bool traffickers_adapt = true;
  double risk_weight = 1;
  double premium_learning = 0.3558, tolerated_risk = 0.43;
  double loss_tolerance = 0.0455;
  std::int64_t new_nodes = 8;
  // Police.
  bool police_learn = true;
  std::string capacity_rule = "reinforcing";
  double capacity = 125;  ///< most edges a month; a setting of the experiment, no row
  double interdiction_learning = 0.6, target_share = 0.3417;
  double seizure_scale = 0;
  std::string focus_region;
  // What mends the rules.
  bool costs_recover = false;
  double random_share = 0;
  double price_response = 0;
  bool hold_stock = false;
  bool transit_month = false;
};

namespace docking_sources {
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view invented = "invented, docs/odd/trafficking-docking.md";
inline constexpr std::string_view paper =
    "Magliocca et al. (2019), PNAS 116:7784; constant of the published program";
inline constexpr std::string_view batch =
    "Magliocca et al. (2024), IISE Transactions 56:282; constant of the published program";
inline constexpr std::string_view bordalo =
    "Bordalo, Gennaioli, Shleifer (2012) by Magliocca et al. (2019)";
}  // namespace docking_sources

using DockingRow = sim::Parameter<DockingParams>;

inline constexpr std::array docking_table{
    DockingRow{"docking.seed", "", "seed of all draws", sim::Tag::option, docking_sources::choice,
               0, 4294967295, &DockingParams::seed},
    DockingRow{"docking.replicates", "", "networks and courses of chance, each with all settings",
               sim::Tag::option, docking_sources::batch, 2, 1000, &DockingParams::replicates},
    DockingRow{"docking.months", "month", "length of a run", sim::Tag::option,
               docking_sources::paper, 24, 600, &DockingParams::months},
    DockingRow{"docking.levels.lowest", "events/month", "least capacity of the five compared",
               sim::Tag::option, docking_sources::choice, 1, 1000, &DockingParams::lowest_capacity},
    DockingRow{"docking.levels.highest", "events/month",
               "greatest capacity of the five compared, which lie at equal distances",
               sim::Tag::option, docking_sources::paper, 1, 1000, &DockingParams::highest_capacity},
    DockingRow{"docking.network.primary_reach_km", "km", "longest first leg of the near network",
               sim::Tag::assumed, docking_sources::invented, 0, 20000,
               &DockingParams::primary_reach_km},
    DockingRow{"docking.network.shortest_leg_km", "km", "shortest onward leg of the near network",
               sim::Tag::assumed, docking_sources::invented, 0, 1000,
               &DockingParams::shortest_leg_km},
    DockingRow{"docking.network.closed_regions", "",
               "regions into which nothing can be moved, as in \"Panama, Costa Rica\"",
               sim::Tag::option, docking_sources::choice, 0, 0, &DockingParams::closed_regions},
    DockingRow{"docking.network.route_capacity_kg", "kg/month", "most that an edge carries",
               sim::Tag::assumed, docking_sources::batch, 0, 1e9,
               &DockingParams::route_capacity_kg},
    DockingRow{"docking.network.initial_nodes", "",
               "nodes that each organisation uses at first, chosen as it expands",
               sim::Tag::assumed, docking_sources::invented, 1, 160, &DockingParams::initial_nodes},
    DockingRow{"docking.supply.initial", "kg/year", "supply of the first year",
               sim::Tag::calibrated, docking_sources::paper, 1e-3, 1e9,
               &DockingParams::supply_initial},
    DockingRow{"docking.supply.ceiling", "kg/year", "supply that growth tends to",
               sim::Tag::calibrated, docking_sources::paper, 1e-3, 1e9,
               &DockingParams::supply_ceiling},
    DockingRow{"docking.supply.rate", "1/year", "rate at which supply grows at first",
               sim::Tag::calibrated, docking_sources::paper, 0, 10, &DockingParams::supply_rate},
    DockingRow{"docking.supply.pacific_share", "1",
               "share of the supply that the organisation of the Pacific side moves",
               sim::Tag::observed, "consolidated counterdrug database, 2015: 0.28 Caribbean", 0, 1,
               &DockingParams::pacific_share},
    DockingRow{"docking.prices.source", "USD/kg", "price at the source", sim::Tag::observed,
               docking_sources::paper, 0, 1e6, &DockingParams::source_price},
    DockingRow{"docking.prices.per_km", "USD/kg/km", "what a kilometre adds to the price",
               sim::Tag::calibrated, docking_sources::paper, 0, 1000, &DockingParams::price_per_km},
    DockingRow{"docking.costs.land", "USD/kg", "by land (up to 500 km), source to market",
               sim::Tag::calibrated, docking_sources::paper, 0, 1e6, &DockingParams::cost_land},
    DockingRow{"docking.costs.coast", "USD/kg", "by boat (both ends within 20 km of a coast)",
               sim::Tag::calibrated, docking_sources::paper, 0, 1e6, &DockingParams::cost_coast},
    DockingRow{"docking.costs.air", "USD/kg", "by air (beyond 500 km)", sim::Tag::calibrated,
               docking_sources::paper, 0, 1e6, &DockingParams::cost_air},
    DockingRow{"docking.costs.bribes", "1", "share of a positive margin that goes to bribes",
               sim::Tag::calibrated, docking_sources::paper, 0, 1, &DockingParams::bribe_share},
    DockingRow{"docking.choice.rule", "",
               "how routes are valued: salience, expected (value), or logit over expected value",
               sim::Tag::option, docking_sources::paper, 0, 0, &DockingParams::choice,
               "salience|expected|logit"},
    DockingRow{"docking.choice.local_thinker", "1", "how much less the second state counts",
               sim::Tag::calibrated, docking_sources::bordalo, 0.01, 1,
               &DockingParams::local_thinker},
    DockingRow{"docking.choice.rationality", "kg/1000 USD",
               "logit: how sharply expected value per kilogram decides", sim::Tag::assumed,
               docking_sources::invented, 0, 1000, &DockingParams::rationality},
    DockingRow{"docking.traffickers.adapt", "",
               "whether perceived risk, premium and the choice of nodes follow events",
               sim::Tag::option, docking_sources::paper, 0, 0, &DockingParams::traffickers_adapt},
    DockingRow{"docking.traffickers.risk_weight", "1",
               "weight of a month over that of the next one", sim::Tag::calibrated,
               docking_sources::paper, 0, 1.05, &DockingParams::risk_weight},
    DockingRow{"docking.traffickers.premium_learning", "1", "how fast the risk premium follows",
               sim::Tag::calibrated, docking_sources::paper, 0, 1,
               &DockingParams::premium_learning},
    DockingRow{"docking.traffickers.tolerated_risk", "1", "perceived risk without a premium",
               sim::Tag::calibrated, docking_sources::paper, 0.01, 1,
               &DockingParams::tolerated_risk},
    DockingRow{"docking.traffickers.loss_tolerance", "1",
               "loss that is borne, as a share of the largest value on one edge",
               sim::Tag::calibrated, docking_sources::paper, 0, 10, &DockingParams::loss_tolerance},
    DockingRow{"docking.traffickers.new_nodes", "1/month", "most nodes that are taken on at once",
               sim::Tag::calibrated, docking_sources::paper, 0, 160, &DockingParams::new_nodes},
    DockingRow{"docking.police.learn", "", "whether police follow success, with eyes and means",
               sim::Tag::option, docking_sources::paper, 0, 0, &DockingParams::police_learn},
    DockingRow{"docking.police.capacity_rule", "",
               "reinforcing pays success with means, compensating its absence; fixed does neither. "
               "The most is "
               "the experiment's level, the least a sixth of it, rounded up",
               sim::Tag::option, docking_sources::paper, 0, 0, &DockingParams::capacity_rule,
               "reinforcing|compensating|fixed"},
    DockingRow{"docking.police.learning", "1", "how fast police follow", sim::Tag::calibrated,
               docking_sources::paper, 0, 1, &DockingParams::interdiction_learning},
    DockingRow{"docking.police.target_share", "1", "share of the flow that police aim to seize",
               sim::Tag::calibrated, docking_sources::paper, 0.001, 1,
               &DockingParams::target_share},
    DockingRow{
        "docking.police.seizure_scale", "1",
        "0: all that passes an edge that is looked at is seized; k: with chance min(k p, 1), p "
        "of the node, 0.312 on average",
        sim::Tag::option, docking_sources::batch, 0, 20, &DockingParams::seizure_scale},
    DockingRow{"docking.police.focus_region", "",
               "region whose incoming edges are all looked at, beside the capacity; empty = none",
               sim::Tag::option, docking_sources::choice, 0, 0, &DockingParams::focus_region},
    DockingRow{"docking.mended.costs_recover", "",
               "transport costs base cost x premium, and falls with it; else premiums pile up",
               sim::Tag::option, docking_sources::choice, 0, 0, &DockingParams::costs_recover},
    DockingRow{"docking.mended.random_share", "1", "share of the capacity that looks anywhere",
               sim::Tag::option, docking_sources::choice, 0, 1, &DockingParams::random_share},
    DockingRow{"docking.mended.price_response", "1",
               "elasticity of price margins to the share delivered last month, negated; 0 = none",
               sim::Tag::assumed, docking_sources::invented, 0, 5, &DockingParams::price_response},
    DockingRow{"docking.mended.hold_stock", "", "stock waits where no route is worth taking",
               sim::Tag::option, docking_sources::choice, 0, 0, &DockingParams::hold_stock},
    DockingRow{"docking.mended.transit_month", "",
               "each leg takes a month; else stock may cross the whole network within one",
               sim::Tag::option, docking_sources::choice, 0, 0, &DockingParams::transit_month},
};
static_assert(sim::sound(docking_table));

}  // namespace corridor::trafficking
