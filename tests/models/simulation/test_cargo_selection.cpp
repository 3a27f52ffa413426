// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/support/cargo_world.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

constexpr std::uint32_t seed = 12;

struct Trial {
  sim::Workers workers{2};
  CargoStream stream;
  CargoState state;
  explicit Trial(const CargoSetting& setting)
      : stream(setting, test::islands(), {seed, 0}, workers), state(stream.start(0)) {}
  explicit Trial(const cargo::CargoParams& params) : Trial(test::small_setting(params)) {}

  CargoDay day(std::size_t illicit, const InsiderShares& insiders = {}) {
    return stream.run(state.day, test::illicit_of(stream.tables(), state.day, illicit), state,
                      insiders);
  }
};

/// Five in a hundred can be inspected, and reviewers cannot tell who carries.
cargo::CargoParams roomy() {
  cargo::CargoParams p = test::small_trade();
  p.share_low = p.share_middle = p.share_high = 0.05;
  p.forward_threat = p.forward_innocent = 0.5;
  return p;
}

/// Illicit containers inspected, and what chance alone would give: where n of N rows of a post and
/// day are illicit and K are inspected, a hypergeometric number of mean K n / N.
struct Drawn {
  double found = 0, expected = 0, variance = 0;
};
Drawn inspected_of(const cargo::CargoParams& params, int days) {
  CargoSetting setting = test::small_setting(params);
  setting.risk.assessment_expires = "2018-12-31";  // illicit routes are not those of trade
  Trial t(setting);
  Drawn sum;
  for (int d = 0; d < days; ++d) {
    const auto illicit = test::illicit_of(t.stream.tables(), d, 400);
    t.stream.run(d, illicit, t.state);
    for (std::uint32_t post = 0; post < t.stream.tables().posts.size(); post += cargo::n_modes) {
      const auto here = static_cast<double>(
          std::count_if(illicit.begin(), illicit.end(), [&](const trafficking::Consignment& c) {
            return t.stream.tables().post(c.destination, c.mode) == post;
          }));
      const double rows = here + t.stream.maker().count(post, d);
      if (rows < 2) continue;
      double inspected = 0;
      for (const control::Candidate& c : t.stream.candidates()) {
        if (c.post != post || !control::inspected(c.outcome)) continue;
        inspected += 1;
        sum.found += c.threat != control::Threat::none ? 1 : 0;
      }
      const double share = here / rows;
      sum.expected += inspected * share;
      sum.variance += inspected * share * (1 - share) * (rows - inspected) / (rows - 1);
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("no more is inspected than teams can begin, and nobody is counted twice (case M4)",
          "[cargo][exact]") {
  Trial t(test::small_trade());
  std::int64_t turned_away = 0;
  for (int d = 0; d < 10; ++d) {
    const CargoDay day = t.day(60);
    std::set<std::uint64_t> ids;
    for (const control::Candidate& c : t.stream.candidates()) ids.insert(c.trip);
    CHECK(ids.size() == t.stream.candidates().size());
    std::int64_t candidates = 0, illicit = 0, seized = 0, grams = 0;
    for (const CargoCounts& c : day.modes) {
      CHECK(c.secondary.inspected() <= c.secondary.inspection_capacity);
      CHECK(c.secondary.reviewed() <= c.secondary.review_capacity);
      std::int64_t by_outcome = 0;
      for (std::size_t o = 0; o < control::n_outcomes; ++o) {
        by_outcome += c.secondary.with(static_cast<control::Outcome>(o));
      }
      CHECK(by_outcome == c.secondary.total());
      CHECK(c.candidates + c.by_insiders + c.uncontrolled <= c.illicit);
      CHECK(c.seized <= c.inspected);
      CHECK(c.inspected <= c.candidates);
      candidates += c.secondary.total();
      illicit += c.illicit;
      seized += c.seized;
      grams += c.grams_seized;
      turned_away += c.secondary.with(control::Outcome::no_place) +
                     c.secondary.with(control::Outcome::not_reviewed);
    }
    CHECK(candidates == static_cast<std::int64_t>(t.stream.candidates().size()));
    CHECK(illicit == 60);
    // Outcomes: one for each, all grams of what is seized, nothing of what is not.
    CHECK(day.outcomes.size() == 60);
    const auto handed_in = test::illicit_of(t.stream.tables(), d, 60);
    std::int64_t told = 0, told_grams = 0;
    for (std::size_t i = 0; i < handed_in.size(); ++i) {
      const trafficking::ConsignmentOutcome& o = day.outcomes[i];
      CHECK(o.id == handed_in[i].id);
      CHECK(o.day == d);
      CHECK(o.country == handed_in[i].destination);
      const bool is_seized = o.end == trafficking::ConsignmentEnd::seized;
      CHECK(o.grams == (is_seized ? handed_in[i].grams : 0));
      told += is_seized ? 1 : 0;
      told_grams += o.grams;
    }
    CHECK(told == seized);
    CHECK(told_grams == grams);
    std::int64_t event_grams = 0;
    for (const CargoEvent& e : day.events) event_grams += e.grams;
    CHECK(event_grams == grams);
  }
  CHECK(turned_away > 0);  // capacity binds, otherwise nothing was tried
}

TEST_CASE("in the mean a post can inspect its share of what comes", "[cargo][statistical]") {
  const cargo::CargoParams p = test::small_trade();
  const cargo::CargoTables tables = test::small_tables(p);
  const CargoSettlement settlement(tables, p, {seed, 0});
  constexpr int days = 4000;
  for (std::uint32_t post = 0; post < tables.posts.size(); ++post) {
    double hours = 0;
    for (int d = 0; d < days; ++d) hours += settlement.capacity(post, d).places;
    const double expected = tables.posts[post].rows_day * tables.posts[post].inspected_share *
                            p.inspection_minutes / 60;
    // Each day adds an inspection of two hours or not: deviation at most 1.
    CHECK(std::abs(hours / days - expected) < 4.5 / std::sqrt(days));
  }
}

TEST_CASE("selection finds what shows, and with ratios of 1 it is no better than chance (R5)",
          "[cargo][statistical]") {
  cargo::CargoParams p = roomy();
  const Drawn shown = inspected_of(p, 60);
  CHECK(shown.found > 2 * shown.expected);
  // The cause switched off: nothing tells rows of a post apart. 4.5 deviations, 7e-6.
  test::hide_illicit(p);
  const Drawn hidden = inspected_of(p, 60);
  CHECK(hidden.expected > 200);
  CHECK(std::abs(hidden.found - hidden.expected) < 4.5 * std::sqrt(hidden.variance));
}

TEST_CASE("a post flags the share of its consignments that it is told to", "[cargo][statistical]") {
  const cargo::CargoParams p = test::small_trade();
  Trial t(p);
  constexpr std::uint32_t days = 20;
  std::vector<double> flagged(t.stream.tables().posts.size()), rows(flagged.size());
  for (std::uint32_t d = 0; d < days; ++d) {
    t.day(0);
    for (std::uint32_t post = 0; post < rows.size(); ++post) {
      rows[post] += t.stream.maker().count(post, static_cast<std::int32_t>(d));
    }
    for (const control::Candidate& c : t.stream.candidates()) {
      flagged[c.post] += c.source == control::Source::rules ? 1 : 0;
    }
  }
  std::size_t checked = 0;
  for (std::size_t post = 0; post < rows.size(); post += cargo::n_modes) {
    const double share = p.flags_per_inspection * t.stream.tables().posts[post].inspected_share;
    if (rows[post] < 3000) continue;
    ++checked;
    // Counts of these days, and thresholds of seven days each, in which no day weighs more than
    // one: both are Poisson. Those who are drawn, alerted or referred first are missing: up to 0.1
    // of the share; so is what 500 others weigh in the seven days.
    const double expected = share * rows[post];
    const double weight = 500 / (500 + 7 * rows[post] / days);
    CHECK(std::abs(flagged[post] - expected) <
          4.5 * std::sqrt(2 * expected) + (0.1 + weight) * expected);
  }
  CHECK(checked >= 2);
}

TEST_CASE("the random share finds illicit consignments at the rate at which they pass",
          "[cargo][statistical]") {
  // Nothing but the random draw selects: its places are all there are.
  cargo::CargoParams p = test::small_trade();
  p.broken_noticed = 0;
  p.flags_per_inspection = 0;
  p.share_low = p.share_middle = p.share_high = 0.05;
  p.sensitivity = 1;
  Trial t(p);
  double rows = 0, illicit = 0, inspected = 0, with = 0;
  for (int d = 0; d < 100; ++d) {
    const CargoCounts c = t.day(800).modes[0];
    rows += static_cast<double>(c.rows);
    illicit += static_cast<double>(c.illicit);
    inspected += static_cast<double>(c.secondary.inspected());
    with += static_cast<double>(c.inspected);
  }
  // 0.5 % of all are drawn, and there is room for them: with ~ Binomial(inspected, share).
  const double share = illicit / (rows + illicit);
  CHECK(inspected > 1000);
  CHECK(std::abs(with / inspected - share) < 4.5 * std::sqrt(share * (1 - share) / inspected));
  CHECK(inspected == Approx(0.005 * (rows + illicit)).epsilon(4.5 / std::sqrt(inspected)));
}

TEST_CASE("insiders keep illicit consignments out of selection, as often as is said",
          "[cargo][relation]") {
  const cargo::CargoParams p = roomy();
  // By class of post: half the time in the middle one, always in the high one.
  const InsiderShares shares{0, 0.5, 1};
  Trial with(p), without(p), zero(p);
  std::array<double, 3> kept{}, all{};
  for (int d = 0; d < 10; ++d) {
    const CargoDay a = with.day(600, shares), b = without.day(600),
                   c = zero.day(600, InsiderShares{});
    CHECK(b.outcomes == c.outcomes);
    const auto handed_in = test::illicit_of(with.stream.tables(), d, 600);
    std::set<std::uint64_t> candidates, others;
    for (const control::Candidate& x : with.stream.candidates()) candidates.insert(x.trip);
    for (const control::Candidate& x : without.stream.candidates()) others.insert(x.trip);
    for (std::size_t i = 0; i < handed_in.size(); ++i) {
      const trafficking::Consignment& x = handed_in[i];
      const cargo::CargoTables& tables = with.stream.tables();
      const auto of =
          static_cast<std::size_t>(tables.posts[tables.post(x.destination, x.mode)].income_class);
      if (shares[of] == 1) CHECK(a.outcomes[i].end == trafficking::ConsignmentEnd::delivered);
      if (others.count(x.id) == 0) {
        CHECK(candidates.count(x.id) == 0);  // insiders never make a candidate
        continue;
      }
      all[of] += 1;
      kept[of] += candidates.count(x.id) == 0 ? 1 : 0;
    }
  }
  CHECK(all[1] > 100);
  CHECK(all[2] > 100);
  CHECK(kept[0] == 0);
  CHECK(kept[2] == all[2]);
  CHECK(std::abs(kept[1] / all[1] - 0.5) <
        test::binomial_halfwidth(0.5, static_cast<std::size_t>(all[1]), 1e-6));
}

TEST_CASE("an alert names illicit consignments under lists; without coverage there are none",
          "[cargo][relation]") {
  cargo::CargoParams p = roomy();
  p.alert_coverage = 1;
  p.alert_false = 0.01;
  p.confirm_match = 1;
  p.confirm_false = 0;
  p.sensitivity = 1;
  Trial alerted(p);
  p.alert_coverage = p.alert_false = 0;
  Trial silent(p);
  const CargoDay a = alerted.day(60), b = silent.day(60);
  std::size_t named = 0, mistaken = 0;
  for (const control::Candidate& c : alerted.stream.candidates()) {
    if (c.threat != control::Threat::none) {
      CHECK(c.source == control::Source::list);
      CHECK(c.matched != 0);
      ++named;
    } else if (c.source == control::Source::list) {
      CHECK(c.matched == 0);
      // Drawn at random beside, a consignment is inspected whatever the reviewer thinks.
      if (c.drawn == 0) CHECK_FALSE(control::inspected(c.outcome));
      ++mistaken;
    }
  }
  CHECK(named == 60);
  CHECK(mistaken > 10);
  CHECK(a.total().seized > b.total().seized);
  for (const control::Candidate& c : silent.stream.candidates()) {
    CHECK(c.source != control::Source::list);
  }
}

TEST_CASE("over a border without customs, and past blind inspectors, everything is delivered",
          "[cargo][relation]") {
  cargo::CargoParams p = roomy();
  p.sensitivity = 0;
  Trial t(p);
  const auto within = std::vector<trafficking::Consignment>{
      {trafficking::consignment_id(1), 0, 500,
       static_cast<std::uint16_t>(test::islands().find_country("XAA")),
       static_cast<std::uint16_t>(test::islands().find_country("XAB"))}};
  auto illicit = test::illicit_of(t.stream.tables(), 0, 100);
  illicit.push_back(within[0]);
  const CargoDay day = t.stream.run(0, illicit, t.state);
  CHECK(day.total().uncontrolled == 1);
  CHECK(day.total().inspected > 0);
  CHECK(day.total().grams_seized == 0);
  CHECK(std::all_of(day.outcomes.begin(), day.outcomes.end(), [](const auto& o) {
    return o.end == trafficking::ConsignmentEnd::delivered && o.grams == 0;
  }));
}

TEST_CASE("without rules nothing is flagged, and the rest goes on", "[cargo][relation]") {
  Trial t(test::small_trade());
  CargoSetting setting = test::small_setting();
  setting.params.rules_text.clear();
  CargoStream plain(setting, test::islands(), {seed, 0}, t.workers);
  CargoState state = plain.start(0);
  const CargoDay day = plain.run(0, {}, state);
  CHECK(day.total().flagged == 0);
  CHECK(day.total().scored == 0);
  CHECK(day.total().rows == t.day(0).total().rows);
  CHECK(day.total().secondary.candidates[static_cast<std::size_t>(control::Source::random)] > 0);
}
