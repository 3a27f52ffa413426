// SPDX-License-Identifier: Apache-2.0
/// \file finance.cpp  What the ledger costs: a posting, and a closed day (bench/README.md).

#include <fmt/format.h>

#include <iostream>

#include "bench/stopwatch.hpp"
#include "models/finance/finance.hpp"

namespace corridor::bench {
namespace {

finance::Finance of_groups(std::size_t n) {
  finance::Actors actors;
  actors.groups.resize(n);
  return {finance::FinanceParams{}, actors, sim::Calendar({2019, 1, 1}), {1, 0}};
}

/// Nanoseconds of CPU a posting: sales and wages of `n` groups in ten countries in turn.
double posting_ns(std::size_t n) {
  constexpr std::uint32_t postings = 1'000'000;
  finance::Finance f = of_groups(n);
  const double begin = cpu_seconds();
  for (std::uint32_t i = 0; i < postings; ++i) {
    f.book(finance::Posting{1 + i % 1000, static_cast<std::uint32_t>(i / 2 % n), finance::no_group,
                            0, i % 2 == 0 ? finance::Item::sale : finance::Item::wages,
                            static_cast<std::uint16_t>(i / 2 % 10)});
  }
  const double end = cpu_seconds();
  (void)f.close(0);
  return 1e9 * (end - begin) / postings;
}

/// Milliseconds of CPU a year of days of `n` groups who earn in five countries.
double year_ms(std::size_t n) {
  finance::Finance f = of_groups(n);
  const double begin = cpu_seconds();
  for (std::int32_t day = 0; day < 365; ++day) {
    for (const finance::CashJourney& c : f.decide(day)) {
      const travel::JourneyOutcome home{
          c.journey.person, 0, c.journey.actor, travel::JourneyEnd::arrived, day, 0};
      f.learn({&home, 1});
    }
    for (std::uint32_t g = 0; g < n; ++g) {
      for (std::uint16_t country = 1; country <= 5; ++country) {
        f.book(
            finance::Posting{1'000'000, g, finance::no_group, day, finance::Item::sale, country});
      }
      f.book(finance::Posting{2'000'000, g, finance::no_group, day, finance::Item::wages});
    }
    (void)f.close(day);
  }
  return 1e3 * (cpu_seconds() - begin);
}

}  // namespace
}  // namespace corridor::bench

int main() {
  for (const std::size_t n : {10UL, 40UL, 160UL}) {
    std::cout << fmt::format("{:>4} groups: {:>5.1f} ns a posting, {:>7.1f} ms a year\n", n,
                             corridor::bench::posting_ns(n), corridor::bench::year_ms(n));
  }
  return 0;
}
