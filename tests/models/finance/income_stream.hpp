// SPDX-License-Identifier: Apache-2.0
/// \file income_stream.hpp  Groups with a steady synthetic income, day by day, for tests of the
/// room as a whole.
///
/// Each group sells abroad (country 1) for the same sum every day and spends half of it at home
/// (country 0): a fifth on purchases, 15 % on transport, a tenth on wages, 5 % on bribes. All
/// couriers arrive unless `meet` says otherwise.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/finance/finance.hpp"

namespace corridor::test {

using finance::Cents;
inline constexpr std::uint16_t home_country = 0, market_country = 1;

inline const sim::Calendar& finance_calendar() {
  static const sim::Calendar calendar(sim::Date{2019, 1, 1});
  return calendar;
}

inline finance::Group some_group(const std::string& name, Cents opening_usd = 0,
                                 finance::GroupKind kind = finance::GroupKind::trafficking) {
  finance::Group g;
  g.name = name;
  g.kind = kind;
  g.home = home_country;
  g.opening_cash = opening_usd * finance::cents_per_usd;
  return g;
}

inline finance::Actors some_groups(std::size_t n) {
  finance::Actors actors;
  for (std::size_t i = 0; i < n; ++i) {
    // Appended, as `"g" + ...` raises a false alarm of GCC 12.
    std::string name("g");
    name += std::to_string(i);
    actors.groups.push_back(some_group(name));
  }
  return actors;
}

/// What happened over a run.
struct IncomeResult {
  Cents proceeds = 0, frozen = 0, confiscated = 0, restored = 0, laundering_fees = 0;
  double mean_capability = 0, mean_wealth = 0;  ///< over groups and months; wealth in cents
  std::vector<finance::FinanceEvent> events;
  std::vector<finance::GroupMonthRow> months;
  finance::FinanceState end;
};

using Meet = std::function<travel::JourneyEnd(const finance::CashJourney&)>;
inline travel::JourneyEnd all_arrive(const finance::CashJourney&) {
  return travel::JourneyEnd::arrived;
}

/// One day: decide, what couriers meet, income and costs of every group, close.
inline finance::ClosedDay income_day(finance::Finance& finance, std::int32_t day, Cents sales,
                                     const Meet& meet = all_arrive) {
  using finance::Item;
  std::vector<travel::JourneyOutcome> outcomes;
  for (const finance::CashJourney& c : finance.decide(day)) {
    outcomes.push_back(
        {c.journey.person, c.journey.ticket, c.journey.actor, meet(c), day, c.journey.destination});
  }
  for (std::uint32_t g = 0; g < finance.actors().groups.size(); ++g) {
    const auto post = [&](Cents cents, Item item, std::uint16_t country) {
      finance.book(finance::Posting{cents, g, finance::no_group, day, item, country});
    };
    post(sales, Item::sale, market_country);
    post(sales / 5, Item::purchase, finance::no_country);
    post(sales * 3 / 20, Item::transport, finance::no_country);
    post(sales / 10, Item::wages, finance::no_country);
    post(sales / 20, Item::bribe, finance::no_country);
  }
  finance.learn(outcomes);
  return finance.close(day);
}

/// `days` of it, of which the last `counted` are reported.
inline IncomeResult income_run(const finance::FinanceParams& params, std::size_t groups,
                               std::int32_t days, std::int32_t counted, Cents sales = 10'000'000,
                               const Meet& meet = all_arrive, std::uint32_t seed = 1) {
  finance::Finance finance(params, some_groups(groups), finance_calendar(), {seed, 0});
  IncomeResult result;
  for (std::int32_t day = 0; day < days; ++day) {
    const finance::ClosedDay closed = income_day(finance, day, sales, meet);
    if (day < days - counted) continue;
    for (const finance::TransferRow& t : closed.transfers) {
      const Cents c = t.turnover.cents;
      if (t.entry == finance::Entry::sale) result.proceeds += c;
      if (t.entry == finance::Entry::freeze) result.frozen += c;
      if (t.entry == finance::Entry::confiscation) result.confiscated += c;
      if (t.entry == finance::Entry::restitution) result.restored += c;
      if (t.entry == finance::Entry::laundering_fee) result.laundering_fees += c;
    }
    result.events.insert(result.events.end(), closed.events.begin(), closed.events.end());
    result.months.insert(result.months.end(), closed.months.begin(), closed.months.end());
  }
  for (const finance::GroupMonthRow& m : result.months) {
    const double n = static_cast<double>(result.months.size());
    result.mean_capability += m.capability / n;
    result.mean_wealth += static_cast<double>(m.cash + m.cash_abroad + m.on_the_way + m.laundering +
                                              m.bank + m.assets - m.debt) /
                          n;
  }
  result.end = finance.state();
  return result;
}

}  // namespace corridor::test
