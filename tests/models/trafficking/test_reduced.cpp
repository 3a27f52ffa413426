// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/reduced.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "models/trafficking/displacement.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/trafficking_actors.hpp"
#include "tests/support/trafficking_metrics.hpp"

using namespace corridor;
using corridor::test::Mean;
using corridor::test::mean_of;
using namespace corridor::trafficking;
using test::change;
using test::correlation;
using test::Footprint;
using test::footprint;
using test::price_series;

namespace {

constexpr sim::Date start{2019, 1, 1};

/// From S to M over A or B, by land and nothing else.
world::World diamond() {
  world::World w;
  w.name = "diamond";
  w.real_names = false;
  const auto country = [&](const char* iso3, double lat, double lon, double people) {
    world::Country c;
    c.iso3 = iso3;
    c.subregion = "All";
    c.lat = lat;
    c.lon = lon;
    c.population = people;
    c.gdp_per_capita_usd = 10'000;
    w.countries.push_back(c);
  };
  country("XAA", 0, 2, 1000);
  country("XAB", 0, -2, 1000);
  country("XAM", 2, 0, 1e7);
  country("XAS", -2, 0, 1000);
  for (const auto& [a, b] : {std::pair{0, 2}, {0, 3}, {1, 2}, {1, 3}}) {
    world::Border border;
    border.a = static_cast<std::uint32_t>(a);
    border.b = static_cast<std::uint32_t>(b);
    border.length_km = 100;
    w.borders.push_back(border);
  }
  return w;
}

std::string diamond_text(const std::string& choice) {
  std::string text =
      "[[substance]]\nname = \"cocaine\"\nsource_price_usd_kg = 1000\nmarkup_usd_kg = 20000\n"
      "distance_exponent = 0\n"
      "[[source]]\nsubstance = \"cocaine\"\nplace = \"XAS\"\nyear = 2019\ntonnes = 30\n"
      "[[market]]\nsubstance = \"cocaine\"\nplace = \"XAM\"\nprevalence = 0.01\n"
      "kg_per_user = 0.5\nelasticity = -0.5\n"
      "[[organisation]]\nname = \"Kittiwake\"\nhome = \"XAS\"\nsubstances = \"cocaine\"\n"
      "rationality = 15\nloss_tolerance = 1\nchoice = \"" +
      choice + "\"\n";
  for (const char* a : {"XAA", "XAB", "XAM", "XAS"})
    for (const char* b : {"XAA", "XAB", "XAM", "XAS"})
      if (a != b)
        text += "[[route_rule]]\norigin = \"" + std::string(a) + "\"\ndestination = \"" + b +
                "\"\nmode = \"parcel\"\nrule = \"closed\"\n";
  for (const char* via : {"XAA", "XAB"}) {
    for (const auto& [a, b] : {std::pair{"XAS", via}, {via, "XAM"}})
      text += "[[route_rule]]\norigin = \"" + std::string(a) + "\"\ndestination = \"" + b +
              "\"\nmode = \"land\"\nrule = \"start\"\norganisation = \"Kittiwake\"\n"
              "substance = \"cocaine\"\n";
  }
  return text;
}

struct Arms {
  double over_a = 0, seized_share = 0;  ///< of the last 20 of 48 months
};

std::shared_ptr<const TraffickingTables> diamond_tables(const std::string& choice,
                                                        bool adaptation) {
  static std::map<std::pair<std::string, bool>, std::shared_ptr<const TraffickingTables>> made;
  auto& tables = made[{choice, adaptation}];
  if (tables) return tables;
  TraffickingParams p;
  p.adaptation = adaptation;
  p.price_response = false;
  p.determinants = 0;
  p.land_capacity = 1e6;
  p.land_lot = 6;
  // Neither cut nor idle: both arms stay, only how they are used changes.
  p.most_cut_edges = 0;
  p.idle_months = 120;
  static const world::World world = diamond();
  tables = std::make_shared<const TraffickingTables>(
      world, p, test::actors_of(diamond_text(choice), p, world));
  return tables;
}

/// \param factor  of the effort in A, from month 16 on
Arms run_diamond(const std::string& choice, bool adaptation, double factor,
                 std::uint32_t replicate) {
  FakeBorder border;
  border.exits = 0;
  border.lost = 0;
  border.hazard.fill(0.2);
  BorderShock shock;
  shock.from_month = 16;
  shock.to_month = 1000;
  shock.country = 0;
  shock.factor = factor;
  border.shocks.push_back(shock);
  const ReducedResult r =
      run_reduced(diamond_tables(choice, adaptation), border, {1009, replicate}, start, 48);
  std::int64_t a = 0, b = 0;
  for (std::size_t m = 28; m < 48; ++m)
    for (const FlowRow& f : r.months[m].flows)
      if (f.origin == 3) (f.destination == 0 ? a : b) += f.sent;
  const GoodsTally &x = r.goods[27][0], &y = r.goods[47][0];
  const auto seized = static_cast<double>(y.seized - x.seized);
  return {static_cast<double>(a) / static_cast<double>(a + b),
          seized / (seized + static_cast<double>(y.delivered - x.delivered))};
}

}  // namespace

TEST_CASE("R1: pressure on one arm moves goods to the other and gains less for it",
          "[trafficking][reduced][statistical]") {
  // Twelve replicates, paired by seed; a sign is claimed when a mean is 4 standard errors from 0
  // (11 degrees of freedom: a false alarm in 900 for one-sided normal data of unknown spread).
  for (const std::string choice : {"salience", "logit", "expected"}) {
    std::vector<double> moved, ratio;
    for (std::uint32_t i = 0; i < 12; ++i) {
      const Arms before = run_diamond(choice, true, 1, i), after = run_diamond(choice, true, 3, i);
      const double naive = run_diamond(choice, false, 3, i).seized_share -
                           run_diamond(choice, false, 1, i).seized_share;
      moved.push_back(before.over_a - after.over_a);
      ratio.push_back(displacement_ratio(naive, after.seized_share - before.seized_share));
    }
    const Mean m = mean_of(moved), r = mean_of(ratio);
    INFO(choice << ": moved " << m.value << " +- " << m.error << ", displacement ratio " << r.value
                << " +- " << r.error);
    CHECK(m.value > 4 * m.error);
    CHECK(r.value > 4 * r.error);
  }
}

TEST_CASE("R1: without adaptation the same goods leave by the same arm, whatever is seized",
          "[trafficking][reduced][relation]") {
  for (const std::string choice : {"salience", "logit"}) {
    CHECK(run_diamond(choice, false, 1, 0).over_a == run_diamond(choice, false, 3, 0).over_a);
    CHECK(run_diamond(choice, false, 3, 0).seized_share >
          run_diamond(choice, false, 1, 0).seized_share);
  }
}

TEST_CASE("M3 and N4: the reduced run conserves goods and repeats to the bit",
          "[trafficking][reduced][exact]") {
  const auto tables = test::small_tables();
  const ReducedResult a = run_reduced(tables, {}, {5, 0}, start, 24);
  const ReducedResult b = run_reduced(tables, {}, {5, 0}, start, 24);
  REQUIRE(a.seizures.size() == b.seizures.size());
  for (std::size_t i = 0; i < a.seizures.size(); ++i) {
    CHECK(a.seizures[i].consignment == b.seizures[i].consignment);
    CHECK(a.seizures[i].published == b.seizures[i].published);
  }
  std::int64_t seized = 0;
  for (const SeizureRow& row : a.seizures) seized += row.grams;
  std::int64_t told = 0;
  for (const GoodsTally& g : a.goods.back()) told += g.seized;
  CHECK(seized == told);
}

TEST_CASE("no border, no seizure: everything that is sent arrives",
          "[trafficking][reduced][relation]") {
  FakeBorder open;
  open.hazard.fill(0);
  open.lost = 0;
  const ReducedResult r = run_reduced(test::small_tables(), open, {5, 0}, start, 12);
  CHECK(r.seizures.empty());
  for (const GoodsTally& g : r.goods.back()) {
    CHECK(g.seized == 0);
    CHECK(g.lost == 0);
    CHECK(g.delivered > 0);
  }
}

TEST_CASE("R10: seizures step with production, differences by differences, without shortage",
          "[trafficking][reduced][statistical]") {
  // Nine yearly steps of production of very different size. Each of sixteen groups of four
  // replicates gives a correlation of the differences; their mean is above 0 when it is 4 standard
  // errors from it (15 degrees of freedom: a false alarm in 1,700 for normal data of unknown
  // spread).
  const std::vector<double> steps{4, 4.5, 6.5, 7, 9.5, 10, 13, 13.5, 17, 17.5};
  const auto tables_of = [&](bool grows) {
    std::string rows;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      rows += (i == 0 ? std::string() : "[[source]]\nsubstance = \"cocaine\"\n") +
              "place = \"XAF\"\nyear = " + std::to_string(2019 + static_cast<int>(i)) +
              "\ntonnes = " + std::to_string(grows ? steps[i] : 4) + "\n";
    }
    const std::string was = "place = \"XAF\"\nyear = 2018\ntonnes = 8\n";
    return test::small_tables({}, test::edited(test::actors_text("small.toml"), was, rows));
  };
  struct Years {
    std::vector<double> made, seized, sold;
  };
  const auto years_of = [&](const auto& tables, std::uint32_t group) {
    Years years;
    for (auto* of : {&years.made, &years.seized, &years.sold}) of->resize(steps.size());
    for (std::uint32_t i = 0; i < 4; ++i) {
      const ReducedResult r = run_reduced(tables, {}, {3001, 4 * group + i}, start,
                                          12 * static_cast<int>(steps.size()));
      for (std::size_t y = 0; y < steps.size(); ++y) {
        const GoodsTally last = y == 0 ? GoodsTally{} : r.goods[12 * y - 1][0];
        const GoodsTally& now = r.goods[12 * y + 11][0];
        years.made[y] += static_cast<double>(now.produced - last.produced);
        years.seized[y] += static_cast<double>(now.seized - last.seized);
        years.sold[y] += static_cast<double>(now.delivered - last.delivered);
      }
    }
    return years;
  };
  const auto differences = [](const std::vector<double>& v) {
    std::vector<double> d;
    for (std::size_t y = 1; y < v.size(); ++y) d.push_back(v[y] - v[y - 1]);
    return d;
  };
  const auto growing = tables_of(true), flat = tables_of(false);
  std::vector<double> on, off;
  for (std::uint32_t group = 0; group < 16; ++group) {
    const Years with = years_of(growing, group), without = years_of(flat, group);
    // The first year fills the way.
    for (std::size_t y = 2; y < steps.size(); ++y) CHECK(with.sold[y] > 0.9 * with.sold[y - 1]);
    CHECK(with.seized.back() > 2 * with.seized[1]);
    on.push_back(correlation(differences(with.made), differences(with.seized)));
    // Switched off: production stays, and seizures know nothing of the steps that are not made.
    off.push_back(correlation(differences(with.made), differences(without.seized)));
  }
  const Mean r = mean_of(on), none = mean_of(off);
  INFO("on " << r.value << " +- " << r.error << ", off " << none.value << " +- " << none.error);
  CHECK(r.value > 4 * r.error);
  CHECK(std::abs(none.value) < 4 * none.error);
  std::vector<double> gained;
  for (std::size_t g = 0; g < on.size(); ++g) gained.push_back(on[g] - off[g]);
  CHECK(mean_of(gained).value > 4 * mean_of(gained).error);
}

TEST_CASE("R2: more interdiction widens the footprint, and not without adaptation",
          "[trafficking][reduced][statistical]") {
  // One organisation on the world's graph, 24 months; edges used in the last twelve, three seeds,
  // paired. Without adaptation nothing is opened or given up; what is lost on the way is missing
  // on the legs behind, so the footprint can only shrink.
  const world::World world = world::load_world(CORRIDOR_SOURCE_DIR "/data");
  std::string text = test::actors_text("world.toml");
  const std::size_t second = text.find("[[organisation]]", text.find("[[organisation]]") + 1);
  text = text.substr(0, second);
  for (const bool adaptation : {true, false}) {
    TraffickingParams p;
    p.adaptation = adaptation;
    const auto tables =
        std::make_shared<const TraffickingTables>(world, p, test::actors_of(text, p, world));
    for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
      std::vector<std::size_t> edges;
      for (const double factor : {0.2, 2.0}) {
        FakeBorder border;
        for (double& h : border.hazard) h *= factor;
        const ReducedResult r = run_reduced(tables, border, {2, replicate}, start, 24);
        edges.push_back(footprint(std::span(r.months).subspan(12), 0).edges);
      }
      INFO(adaptation << " " << edges[0] << " " << edges[1]);
      if (adaptation) CHECK(edges[1] > edges[0]);
      if (!adaptation) CHECK(edges[1] <= edges[0]);
    }
  }
}

TEST_CASE("costs that ratchet keep rising under losses; costs on their base do not",
          "[trafficking][reduced][relation]") {
  const auto highest = [](const std::string& costs) {
    TraffickingParams p;
    p.costs = costs;
    FakeBorder border;
    border.hazard.fill(1);
    const ReducedResult r = run_reduced(test::small_tables(p), border, {5, 0}, start, 36);
    double most = 0;
    for (const RouteRow& row : r.state.routes) most = std::max(most, row.cost_factor);
    return most;
  };
  const double based = highest("base"), ratcheted = highest("ratchet");
  // r <= 15/15.5: the premium stays below (0.968 / 0.43)^2.
  CHECK(based > 1);
  CHECK(based < 5.07);
  CHECK(ratcheted > 100);
}

TEST_CASE("prices fall when more is delivered than users take, and stay when they do not answer",
          "[trafficking][reduced][relation]") {
  const auto price = [](bool answers) {
    TraffickingParams p;
    p.price_response = answers;
    std::string text = test::actors_text("small.toml");
    text = test::edited(text, "tonnes = 8\n", "tonnes = 60\n");
    const ReducedResult r = run_reduced(test::small_tables(p, text), {}, {5, 0}, start, 24);
    const auto xaa = static_cast<std::uint16_t>(test::archipelago().find_country("XAA"));
    return price_series(r.months, 0, xaa);
  };
  const std::vector<double> answering = price(true), fixed = price(false);
  CHECK(answering.back() < 0.6 * answering.front());
  CHECK(fixed.back() == fixed.front());
}

TEST_CASE("rumour: what others lose changes what an organisation fears, and nothing at weight 0",
          "[trafficking][reduced][relation]") {
  const auto fear = [](double rumour) {
    TraffickingParams p;
    p.rumour = rumour;
    FakeBorder border;
    border.hazard.fill(0.5);
    const ReducedResult r = run_reduced(test::small_tables(p), border, {5, 0}, start, 13);
    double sum = 0;
    for (const RouteRow& row : r.state.routes)
      if (row.substance == 0 && row.organisation == 1) sum += row.losses[12];
    return sum;
  };
  CHECK(fear(0.5) != fear(0));
}

TEST_CASE("a warm start has full ways, tried networks and settled prices, and conserves goods",
          "[trafficking][reduced][exact]") {
  const auto tables = test::small_tables();
  Trafficking warm = warm_start(tables, {}, {5, 0}, start, 12);
  CHECK(warm.state().months == 0);
  CHECK(!warm.state().transit.empty());
  for (const TransitRow& row : warm.state().transit) CHECK(row.over == 1);
  bool learnt = false;
  for (const RouteRow& row : warm.state().routes) learnt = learnt || row.risk != tables->prior_risk;
  CHECK(learnt);
  for (const GoodsTally& g : warm.state().goods) {
    CHECK(g.opening > 0);
    CHECK(g.produced == 0);
    CHECK(g.delivered == 0);
  }
  warm.check_goods(0);
  // What is on the way arrives within days; from a cold start nothing does.
  std::int64_t arrived = 0;
  for (std::int32_t day = 0; day < 20; ++day)
    for (const DeliveryRow& row : warm.decide(day).deliveries) arrived += row.grams;
  CHECK(arrived > 0);
  Trafficking again = warm_start(tables, {}, {5, 0}, start, 12);
  CHECK(again.state().sent == warm_start(tables, {}, {5, 0}, start, 12).state().sent);
}

TEST_CASE("reported networks of the shipped world are what the page says of them",
          "[trafficking][reduced][golden]") {
  // docs/odd/trafficking.md: cocaine under salience, 2016 and 2017, links with a reported seizure.
  const world::World world = world::load_world(CORRIDOR_SOURCE_DIR "/data");
  const TraffickingParams p;
  const auto tables = std::make_shared<const TraffickingTables>(
      world, p, test::actors_of(test::actors_text("world.toml"), p, world, 2015));
  const ReducedResult r = run_reduced(tables, {}, {1, 0}, {2015, 1, 1}, 36);
  std::vector<Footprint> reported;
  for (std::size_t year = 1; year < 3; ++year) {
    MonthRows links;
    for (const SeizureRow& row : r.seizures) {
      const bool then = row.day >= r.first_day[12 * year] && row.day < r.first_day[12 * year] + 365;
      if (!then || row.published < 0 || row.grams < 100) continue;
      FlowRow flow;
      flow.origin = row.origin;
      flow.destination = row.destination;
      flow.substance = row.substance;
      flow.sent = row.grams;
      links.flows.push_back(flow);
    }
    reported.push_back(footprint(std::span(&links, 1), 0));
  }
  CHECK(reported[0].nodes == 147);
  CHECK(reported[1].nodes == 157);
  CHECK(reported[1].edges == 709);
  CHECK(reported[1].density == Approx(0.029).margin(0.0005));
  CHECK(change(reported[0], reported[1]).jaccard == Approx(0.50).margin(0.005));
  CHECK(change(reported[0], reported[1]).surviving == Approx(0.70).margin(0.005));
}
