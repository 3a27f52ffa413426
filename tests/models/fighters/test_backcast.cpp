// SPDX-License-Identifier: Apache-2.0
/// \file test_backcast.cpp  The years 2013 to 2017 with the shipped actors and a border that lets
/// all pass, beside published figures; the table of docs/odd/fighters.md holds exactly these rows.
///
/// What was put in or set by hand must lie in its band; what was not is reported, met or missed.
/// One seed: chance moves a total of 40,000 people, in parties of 1.3 with followers, by about 1 %.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "models/fighters/fighters.hpp"
#include "tests/models/fighters/border.hpp"

using namespace corridor;
using namespace corridor::fighters;

namespace {

Counts sum(const std::vector<Counts>& by_country) {
  Counts out{};
  for (const Counts& c : by_country) {
    for (std::size_t k = 0; k < n_counts; ++k) out[k] += c[k];
  }
  return out;
}

std::string text_of(const std::string& path) {
  std::ifstream in(CORRIDOR_SOURCE_DIR "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  REQUIRE(in.good());
  return text.str();
}

const world::World& real_world() {
  static const world::World w = world::load_world(CORRIDOR_SOURCE_DIR "/data");
  return w;
}

/// What the five years came to.
struct Past {
  std::vector<std::uint32_t> month = std::vector<std::uint32_t>(60, 0);  ///< arrivals
  double mid_2014 = 0, end_2015 = 0, october_2017 = 0;                   ///< arrived by then
  double arrived = 0, returned = 0, attempted = 0, spent_usd = 0;
  double main_gateway = 0;                   ///< share of attempts of 2015 and 2016
  double share_west = 0, share_central = 0;  ///< returned among those who arrived
};

Past run(const std::string& process) {
  const world::World& w = real_world();
  const auto actors =
      fighters::test::actors_of(text_of("scenarios/actors/backcast-2013-2017.toml"), w);
  const std::uint32_t zone = w.find_country("SYR"), main = w.find_country("TUR");
  const sim::Calendar calendar({2013, 1, 1});
  FightersParams p;
  p.on = true;
  p.process = process;
  Fighters model(p, actors, w, {1, 0}, calendar,
                 [&](std::uint32_t a, std::uint32_t b) { return a != zone && b != zone; });
  Past past;
  std::vector<Counts> all(w.countries.size(), Counts{});
  double gateway = 0, gateways = 0;
  for (std::int32_t day = 0; day < 1826; ++day) {
    const Decisions d = model.decide(day);
    model.learn(fighters::test::outcomes(d.journeys, {}, {1, 0}));
    for (const auto& q : d.postings) {
      if (q.item != finance::Item::own_means) past.spent_usd += static_cast<double>(q.cents) / 100;
    }
    const MonthCounts m = model.close_month();
    for (std::size_t c = 0; c < all.size(); ++c) {
      for (std::size_t k = 0; k < n_counts; ++k) all[c][k] += m.origins[c][k];
    }
    const std::uint32_t today = sum(m.origins)[at(Count::arrived)];
    past.month[static_cast<std::size_t>(calendar.month_index(day))] += today;
    past.arrived += today;
    const int year = calendar.date(day).year;
    for (std::size_t g = 0; g < m.gateways.size(); ++g) {
      if (year != 2015 && year != 2016) continue;
      gateways += m.gateways[g].attempted;
      if (model.road().gateways()[g].country == main) gateway += m.gateways[g].attempted;
    }
    const sim::Date date = calendar.date(day);
    if (date == sim::Date{2014, 6, 30}) past.mid_2014 = past.arrived;
    if (date == sim::Date{2015, 12, 31}) past.end_2015 = past.arrived;
    if (date == sim::Date{2017, 10, 31}) past.october_2017 = past.arrived;
  }
  past.main_gateway = gateway / gateways;
  const Counts total = sum(all);
  past.returned = total[at(Count::returned)];
  past.attempted = total[at(Count::attempted)];
  const auto share = [&](std::size_t row) {
    double there = 0, back = 0;
    for (const std::uint16_t c : actors.mobilisation[row].countries) {
      there += all[c][at(Count::arrived)];
      back += all[c][at(Count::returned)];
    }
    return back / there;
  };
  past.share_central = share(2);
  past.share_west = share(3);
  return past;
}

struct Target {
  std::string id, quantity, role;
  double published, low, high;  ///< 0 to 0: the source gives no band
  double (*measured)(const Past&);
  bool share = false;
};

const std::vector<Target>& targets() {
  static const std::vector<Target> t{
      {"FTF-001", "travelled by June 2014", "compared", 12'000, 0, 0,
       [](const Past& p) { return p.mid_2014; }},
      {"FTF-002", "travelled by December 2015", "compared", 29'000, 27'000, 31'000,
       [](const Past& p) { return p.end_2015; }},
      {"FTF-003", "travelled by October 2017", "implied by the totals", 40'000, 0, 0,
       [](const Past& p) { return p.october_2017; }},
      {"FTF-024", "returned among those who arrived", "calibrated", 0.178, 0.15, 0.3,
       [](const Past& p) { return p.returned / p.arrived; }, true},
      {"FTF-026", "the same, western Europe", "input (return_factor)", 0.3, 0.25, 0.32,
       [](const Past& p) { return p.share_west; }, true},
      {"FTF-028", "the same, Central Asia", "input (return_factor)", 0.1, 0.08, 0.12,
       [](const Past& p) { return p.share_central; }, true},
      {"FTF-030", "arrivals in the month of the peak", "calibrated (shape)", 2'000, 1'000, 2'000,
       [](const Past& p) { return double(*std::max_element(p.month.begin(), p.month.end())); }},
      {"FTF-031", "arrivals in September 2016", "calibrated (shape)", 50, 50, 200,
       [](const Past& p) { return double(p.month[44]); }},
      {"FTF-032", "attempts by one adjacent state, 2015-16", "calibrated (costs)", 0.9, 0.8, 0.95,
       [](const Past& p) { return p.main_gateway; }, true},
      {"FIN-031", "USD spent for each person who attempted", "input (means)", 3'500, 1'000, 6'000,
       [](const Past& p) { return p.spent_usd / p.attempted; }},
  };
  return t;
}

std::string number(double x, bool share) {
  if (share) {
    const auto thousandths = std::to_string(std::lround(x * 1000) + 1000);
    return "0." + thousandths.substr(1);
  }
  std::string digits = std::to_string(std::lround(x));
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), ",");
  return digits;
}
std::string band(const Target& t) {
  return t.high == 0 ? "-" : number(t.low, t.share) + " to " + number(t.high, t.share);
}
std::string verdict(const Target& t, double x) {
  if (t.high == 0) return number(100 * x / t.published, false) + " % of it";
  if (x >= t.low && x <= t.high) return "met";
  const double by = x < t.low ? t.low - x : x - t.high;
  return "misses by " + number(by, t.share) + (x < t.low ? " below" : " above");
}

}  // namespace

TEST_CASE("the back-cast of 2013 to 2017 beside published figures is what its page says",
          "[fighters][golden]") {
  const Past hawkes = run("hawkes"), poisson = run("poisson");
  const std::string page = text_of("docs/odd/fighters.md");
  for (const Target& t : targets()) {
    const double x = t.measured(hawkes), y = t.measured(poisson);
    std::string row = "|";
    for (const std::string& cell :
         {t.id, t.quantity, t.role, number(x, t.share), number(y, t.share),
          number(t.published, t.share), band(t), verdict(t, x)}) {
      row += " " + cell + " |";
    }
    CAPTURE(row);
    CHECK(page.find(row) != page.npos);
  }
}
