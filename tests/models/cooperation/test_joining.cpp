// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/joining.hpp"

#include <catch2/catch.hpp>

#include "models/cooperation/exchange.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

CooperationParams with(double analysts, double rate = 0.001) {
  CooperationParams p;
  p.assistance_analysts = analysts;
  p.assistance_travel_days = 14;
  p.analyst_rate = rate;
  p.analyst_error = 0.1;
  return p;
}

Joining joining(const std::vector<std::pair<std::int32_t, CooperationParams>>& stretches) {
  Joining j;
  for (const auto& [from, params] : stretches) j.add(from, params);
  return j;
}

constexpr std::int32_t start = std::numeric_limits<std::int32_t>::min();
const double median = 0.5;  // its file needs an exposure of ln 2 = 0.693

}  // namespace

TEST_CASE("analysts work once they have travelled, and leave when the lever falls",
          "[cooperation][exact]") {
  const Joining j = joining({{start, with(0)}, {30, with(100)}, {60, with(150)}, {70, with(120)}});
  CHECK(j.any());
  CHECK(j.analysts(43) == 0);
  CHECK(j.analysts(44) == 100);
  CHECK(j.analysts(69) == 100);
  CHECK(j.analysts(73) == 100);
  CHECK(j.analysts(74) == 120);  // of the 50 who were sent on day 60, 30 had left again
  const Joining from_start = joining({{start, with(100)}});
  CHECK(from_start.analysts(13) == 0);  // as all that is lent: nobody travels before day 0
  CHECK(from_start.analysts(14) == 100);
  CHECK_FALSE(joining({{start, with(0)}}).any());
}

TEST_CASE(
    "a file is joined when the work on it is done: its day is exponential, and never without "
    "analysts",
    "[cooperation][exact]") {
  // 100 analysts at 0.001 a day: 0.1 a day from day 44 on, so ln 2 takes 7 days.
  const Joining j = joining({{start, with(0)}, {30, with(100)}});
  CHECK(j.joined(median, long_ago) == 51);
  CHECK(j.joined(median, 44) == 51);
  CHECK(j.joined(median, 100) == 107);  // known later, joined later
  CHECK(j.joined(median, never) == never);
  CHECK(joining({{start, with(0)}}).joined(median, 0) == never);
  CHECK(joining({{start, with(100, 0)}}).joined(median, 0) == never);
  // They leave on day 48 with 0.4 done; those who come on day 94 do the rest: 0.293, 3 days.
  const Joining away = joining({{start, with(0)}, {30, with(100)}, {48, with(0)}, {80, with(100)}});
  CHECK(away.joined(median, 0) == 97);
}

TEST_CASE("more analysts join no file later, and a change joins none before its day otherwise",
          "[cooperation][property]") {
  for (int i = 0; i < 200; ++i) {
    const double u = (i + 0.5) / 200;
    const std::int32_t few = joining({{start, with(50)}}).joined(u, 10),
                       many = joining({{start, with(50)}, {40, with(200)}}).joined(u, 10),
                       none = joining({{start, with(50)}, {40, with(0)}}).joined(u, 10);
    CHECK(many <= few);
    CHECK(none >= few);
    if (few <= 40) {
      CHECK(many == few);
      CHECK(none == few);
    }
  }
}

TEST_CASE("a share of joined files is joined with somebody else's", "[cooperation][exact]") {
  const Joining j = joining({{start, with(100)}});
  CHECK(j.errs(0.05, 20));
  CHECK_FALSE(j.errs(0.1, 20));
  CHECK(j.most_error() == 0.1);
  CHECK(joining({{start, with(0)}}).most_error() == 0);
}

TEST_CASE("a joined record stands in the systems of all who made one, where these hold its kind",
          "[cooperation][exact]") {
  Organisations all;
  const auto add = [&](OrganisationKind kind, std::vector<std::uint16_t> members, Kinds kinds) {
    Organisation o;
    o.kind = kind;
    o.members = std::move(members);
    o.powers = bit(Power::databases);
    o.kinds = kinds;
    o.share = 0;  // nobody gives anything
    o.delay_days = 0;
    all.organisations.push_back(o);
  };
  add(OrganisationKind::global, {0, 1, 2}, all_kinds);
  add(OrganisationKind::regional, {0}, 0b011);  // documents and names
  add(OrganisationKind::regional, {1}, all_kinds);
  all.from_file = true;
  const Era era;
  const risk::RiskParams risk;
  const Exchange exchange(all, 3, {}, risk, std::span(&era, 1), {7, 0});
  RecordKey record;
  record.id = 5;
  record.holder = 0;
  record.known = record.made = 20;
  const UsableDays apart = exchange.usable(record, risk::List::biometric);
  CHECK(apart.at[0] == never);
  const std::uint32_t makers = exchange.systems_of(0) | exchange.systems_of(1);
  const UsableDays joined = exchange.joined(apart, risk::List::biometric, makers, 50);
  CHECK(joined.at[0] == 50);
  CHECK(joined.at[1] == never);  // holds no biometrics
  CHECK(joined.at[2] == 50);
  CHECK(joined.national == 20);
  // Not before it stands on the list of who made it; and nothing without a join.
  CHECK(exchange.joined(apart, risk::List::biometric, makers, 10).at[0] == 20);
  CHECK(exchange.joined(apart, risk::List::biometric, makers, never).at[0] == never);
}
