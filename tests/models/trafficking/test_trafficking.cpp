// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/trafficking.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <stdexcept>

#include "sim/archive.hpp"
#include "tests/support/trafficking_actors.hpp"

using namespace corridor;
using namespace corridor::trafficking;

namespace {

constexpr sim::Date start{2019, 1, 1};

/// Everything arrives the day after it was sent.
std::vector<ConsignmentOutcome> all_pass(const DayPlan& plan) {
  std::vector<ConsignmentOutcome> out;
  for (const Consignment& c : plan.consignments) {
    ConsignmentOutcome o;
    o.id = c.id;
    o.day = c.day;
    o.country = c.destination;
    out.push_back(o);
  }
  return out;
}

std::vector<std::byte> bytes(TraffickingState state) {
  sim::ByteWriter writer;
  state.visit(writer);
  return writer.bytes;
}

/// Days [from, to) where every third consignment is seized; months end every 30 days.
void run(Trafficking& model, std::int32_t from, std::int32_t to) {
  for (std::int32_t day = from; day < to; ++day) {
    const DayPlan plan = model.decide(day);
    std::vector<ConsignmentOutcome> outcomes = all_pass(plan);
    for (ConsignmentOutcome& o : outcomes)
      if (o.id % 3 == 0) o.end = ConsignmentEnd::seized;
    (void)model.learn(outcomes);
    if (day % 30 == 29) (void)model.month(day);
  }
}

}  // namespace

TEST_CASE("M3: grams are conserved every day, exactly", "[trafficking][exact]") {
  // decide and month check the identity themselves and throw; the last state is added up here.
  Trafficking model(test::small_tables(), {1, 0}, start);
  run(model, 0, 360);
  const TraffickingState& s = model.state();
  for (std::size_t k = 0; k < s.goods.size(); ++k) {
    std::int64_t held = 0;
    for (const auto& row : s.stocks) held += row.substance == k ? row.grams : 0;
    for (const auto& row : s.offers) held += row.substance == k ? row.grams : 0;
    for (const auto& row : s.transit) held += row.substance == k ? row.grams : 0;
    const GoodsTally& g = s.goods[k];
    CHECK(g.produced == g.delivered + g.seized + g.lost + held);
    CHECK(g.delivered > 0);
    CHECK(g.seized > 0);
  }
  // 360 of 365 days of 8 t pure at a purity of 0.7.
  CHECK(s.goods[0].produced == Approx(8e6 / 0.7 * 360 / 365).margin(2));
}

TEST_CASE("missing grams stop the run and say how many", "[trafficking][exact]") {
  Trafficking model(test::small_tables(), {1, 0}, start);
  run(model, 0, 40);
  TraffickingState state = model.state();
  state.goods[1].delivered += 5;
  model.set_state(state);
  const GoodsTally g = state.goods[1];
  try {
    model.check_goods(40);
    FAIL("nothing was said");
  } catch (const std::logic_error& error) {
    CHECK(error.what() == "goods of heroin on day 40: opening stock and production are " +
                              std::to_string(g.produced) +
                              " g, but delivered, seized, lost, in stock and on the way are " +
                              std::to_string(g.produced + 5) + " g");
  }
}

TEST_CASE("consignments are on open edges, with ids of their own", "[trafficking][property]") {
  Trafficking model(test::small_tables(), {1, 0}, start);
  std::set<std::uint64_t> ids;
  for (std::int32_t day = 0; day < 120; ++day) {
    const DayPlan plan = model.decide(day);
    for (const Consignment& c : plan.consignments) {
      CHECK((c.id & injected_bit) != 0);
      CHECK((c.id & goods_bit) != 0);
      CHECK(ids.insert(c.id).second);
      CHECK(consignment_number(c.id) >> (count_bits + substance_bits) == c.organisation);
      CHECK(c.grams > 0);
      CHECK(c.day == day);
      const auto edge = model.tables().graph.find(c.origin, c.destination, c.mode);
      REQUIRE(edge != world::none);
      CHECK(!model.tables().graph.edges()[edge].closed);
    }
    (void)model.learn(all_pass(plan));
  }
  CHECK(ids.size() > 50);
}

TEST_CASE("couriers are planned journeys with the number of their consignment",
          "[trafficking][exact]") {
  Trafficking model(test::small_tables(), {1, 0}, start);
  std::size_t couriers = 0;
  for (std::int32_t day = 0; day < 180; ++day) {
    const DayPlan plan = model.decide(day);
    std::map<std::uint64_t, const Consignment*> by_number;
    for (const Consignment& c : plan.consignments)
      if (c.mode == CargoMode::air_courier) by_number[consignment_number(c.id)] = &c;
    REQUIRE(plan.journeys.size() == by_number.size());
    for (const travel::PlannedJourney& j : plan.journeys) {
      REQUIRE(by_number.contains(j.person));
      const Consignment& c = *by_number[j.person];
      CHECK(j.actor == travel::Actor::drug_courier);
      CHECK(j.origin == c.origin);
      CHECK(j.destination == c.destination);
      CHECK(j.day == day);
      CHECK(j.person < std::uint64_t{1} << 40);
      ++couriers;
    }
    (void)model.learn(all_pass(plan));
  }
  CHECK(couriers > 0);
}

TEST_CASE(
    "a courier who found no ticket leaves the goods where they were; a detained one loses them",
    "[trafficking][exact]") {
  Trafficking model(test::small_tables(), {1, 0}, start);
  bool no_route = false, detained = false;
  for (std::int32_t day = 0; day < 200 && !(no_route && detained); ++day) {
    const DayPlan plan = model.decide(day);
    std::vector<ConsignmentOutcome> goods;
    std::vector<travel::JourneyOutcome> couriers;
    for (const ConsignmentOutcome& o : all_pass(plan)) {
      const auto number = consignment_number(o.id);
      const bool flies = std::any_of(plan.journeys.begin(), plan.journeys.end(),
                                     [&](const auto& j) { return j.person == number; });
      if (!flies) {
        goods.push_back(o);
        continue;
      }
      travel::JourneyOutcome j;
      j.person = number;
      j.actor = travel::Actor::drug_courier;
      j.day = day;
      j.country = o.country;
      j.end = no_route ? travel::JourneyEnd::detained : travel::JourneyEnd::no_route;
      couriers.push_back(j);
    }
    (void)model.learn(goods);
    for (const auto& j : couriers) {
      const auto before = model.state().goods;
      const auto on_way = model.state().transit.size();
      const auto rows = model.learn({}, std::span(&j, 1));
      CHECK(model.state().transit.size() == on_way - 1);
      std::int64_t more = 0;
      for (std::size_t s = 0; s < before.size(); ++s)
        more += model.state().goods[s].seized - before[s].seized;
      if (j.end == travel::JourneyEnd::no_route) {
        CHECK(rows.empty());
        CHECK(more == 0);
        no_route = true;
      } else {
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].mode == CargoMode::air_courier);
        CHECK(rows[0].grams == more);
        detained = true;
      }
      model.check_goods(day);
    }
  }
  CHECK(no_route);
  CHECK(detained);
}

TEST_CASE("an outcome is heard once, and those of unknown ids not at all", "[trafficking][exact]") {
  Trafficking model(test::small_tables(), {1, 0}, start);
  DayPlan plan;
  std::int32_t day = 0;
  while (plan.consignments.empty()) plan = model.decide(day++);
  ConsignmentOutcome o = all_pass(plan).front();
  o.end = ConsignmentEnd::seized;
  const std::vector<ConsignmentOutcome> twice{o, o};
  CHECK(model.learn(twice).size() == 1);
  CHECK(model.learn(twice).empty());
  o.id = consignment_id(consignment_number(500, 0, 1));
  CHECK(model.learn(std::span(&o, 1)).empty());
  model.check_goods(day);
}

TEST_CASE("a saved state goes on with the same bits", "[trafficking][exact]") {
  const auto tables = test::small_tables();
  Trafficking whole(tables, {3, 0}, start);
  run(whole, 0, 300);
  Trafficking first(tables, {3, 0}, start);
  run(first, 0, 140);
  const std::vector<std::byte> saved = bytes(first.state());
  TraffickingState loaded;
  sim::ByteReader reader{saved};
  loaded.visit(reader);
  CHECK(reader.bytes.empty());
  Trafficking second(tables, {3, 0}, start);
  second.set_state(loaded);
  run(second, 140, 300);
  CHECK(bytes(second.state()) == bytes(whole.state()));
}

TEST_CASE("another seed sends otherwise, the same seed the same", "[trafficking][exact]") {
  const auto tables = test::small_tables();
  Trafficking a(tables, {3, 0}, start), b(tables, {3, 0}, start), c(tables, {4, 0}, start);
  run(a, 0, 90);
  run(b, 0, 90);
  run(c, 0, 90);
  CHECK(bytes(a.state()) == bytes(b.state()));
  CHECK(bytes(a.state()) != bytes(c.state()));
}

TEST_CASE("N3: another organisation in another substance changes nobody else's consignments",
          "[trafficking][relation]") {
  const std::string text = test::actors_text("small.toml");
  const std::string more = text +
                           "\n[[organisation]]\nname = \"Turnstone\"\nhome = \"XAE\"\n"
                           "substances = \"heroin\"\ncorridors = 2\n";
  Trafficking one(test::small_tables({}, text), {1, 0}, start);
  Trafficking two(test::small_tables({}, more), {1, 0}, start);
  std::size_t compared = 0;
  for (std::int32_t day = 0; day < 200; ++day) {
    const DayPlan a = one.decide(day), b = two.decide(day);
    std::vector<Consignment> x, y;
    for (const Consignment& c : a.consignments)
      if (c.substance == 0 && c.organisation == 0) x.push_back(c);
    for (const Consignment& c : b.consignments)
      if (c.substance == 0 && c.organisation == 0) y.push_back(c);
    CHECK(x == y);
    compared += x.size();
    for (auto* m : {&one, &two}) {
      std::vector<ConsignmentOutcome> outcomes = all_pass(m == &one ? a : b);
      for (ConsignmentOutcome& o : outcomes)
        if (o.id % 5 == 0) o.end = ConsignmentEnd::seized;
      (void)m->learn(outcomes);
      if (day % 30 == 29) (void)m->month(day);
    }
  }
  CHECK(compared > 100);
}

TEST_CASE("without money nothing is bought; half of it buys half at first",
          "[trafficking][relation]") {
  const auto tables = test::small_tables();
  const auto bought = [&](double share) {
    Trafficking model(tables, {1, 0}, start);
    const std::vector<double> shares(tables->actors.organisations.size(), share);
    model.set_capability(shares);
    for (std::int32_t day = 0; day < 7; ++day) (void)model.decide(day);
    std::int64_t sum = 0;
    for (const MonthTally& t : model.state().tallies) sum += t.bought;
    return sum;
  };
  CHECK(bought(0) == 0);
  CHECK(static_cast<double>(bought(0.5)) == Approx(static_cast<double>(bought(1)) / 2).margin(10));
}

TEST_CASE("postings are those of what was done", "[trafficking][exact]") {
  Trafficking model(test::small_tables(), {1, 0}, start);
  std::int64_t purchases = 0, sales = 0;
  double bought_usd = 0;
  for (std::int32_t day = 0; day < 120; ++day) {
    const DayPlan plan = model.decide(day);
    for (const finance::Posting& p : plan.postings) {
      CHECK(p.cents > 0);
      CHECK(p.day == day);
      CHECK(p.group < 2);
      if (p.item == finance::Item::purchase) purchases += p.cents;
      if (p.item == finance::Item::sale) sales += p.cents;
    }
    (void)model.learn(all_pass(plan));
  }
  for (std::size_t o = 0; o < 2; ++o)
    for (std::size_t s = 0; s < 2; ++s)
      bought_usd += static_cast<double>(model.state().tallies[o * 2 + s].bought) / 1000 *
                    model.tables().actors.substances[s].source_price_usd_kg;
  // One rounding to whole cents a purchase.
  CHECK(static_cast<double>(purchases) / 100 == Approx(bought_usd).epsilon(1e-6));
  CHECK(sales > purchases);
}

TEST_CASE("what nobody can sell is not bought", "[trafficking][relation]") {
  // All ways out of the producer are closed, and it uses nothing itself.
  std::string text = test::actors_text("small.toml");
  for (const char* to : {"XAA", "XAB", "XAC", "XAD", "XAE"})
    text += "\n[[route_rule]]\norigin = \"XAF\"\ndestination = \"" + std::string(to) +
            "\"\nrule = \"closed\"\n";
  text +=
      "\n[[market]]\nsubstance = \"cocaine\"\nplace = \"XAF\"\nprevalence = 0\n"
      "kg_per_user = 0\nelasticity = -1\n";
  const std::size_t begin = text.find("[[route_rule]]");
  text.erase(begin, text.find("[[route_rule]]", begin + 1) - begin);  // the start over the border
  const auto tables = test::small_tables({}, text);
  CHECK(tables->actors.warnings.size() == 1);
  Trafficking model(tables, {1, 0}, start);
  run(model, 0, 90);
  CHECK(model.state().goods[0].delivered == 0);
  CHECK(model.state().goods[0].produced > 0);
  CHECK(model.state().tallies[0].bought == 0);
  for (const StockRow& row : model.state().stocks) CHECK(row.substance == 1);
}

TEST_CASE("insiders follow the class of a country, and can be none", "[trafficking][exact]") {
  TraffickingParams p;
  CHECK(corruption_class(1.4, true) == 1);
  CHECK(corruption_class(0.3, true) == 2);
  CHECK(corruption_class(0, true) == 3);
  CHECK(corruption_class(-0.6, true) == 4);
  CHECK(corruption_class(-1.1, true) == 5);
  CHECK(corruption_class(2, false) == 3);
  CHECK(insider_risk(p, 1) == 0);
  const auto tables = test::small_tables(p);
  const auto at = [](const char* iso3) { return test::archipelago().find_country(iso3); };
  CHECK(tables->insider[at("XAA")] == p.insider_1);
  CHECK(tables->insider[at("XAE")] == p.insider_5);
  CHECK(tables->insider[at("XAF")] == p.insider_3);  // no estimate
}
