// SPDX-License-Identifier: Apache-2.0
#include "models/control/event_queue.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "models/control/erlang.hpp"
#include "tests/models/control/queue_support.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;
using test::poisson_instants;

namespace {

/// Means of batches of 10,000 persons after as many to warm up.
std::vector<double> batch_waits(const std::vector<Visit>& visits) {
  constexpr std::size_t size = 10'000;
  std::vector<double> means;
  for (std::size_t first = size; first + size <= visits.size(); first += size) {
    double sum = 0;
    for (std::size_t i = first; i < first + size; ++i) sum += visits[i].wait_s();
    means.push_back(sum / size);
  }
  return means;
}

}  // namespace

TEST_CASE("A3: person by person, a hall of 600 an hour waits as Erlang says",
          "[control][events][statistical]") {
  // 40 batches of 10,000 persons: |mean - target| <= 4 s / sqrt(40), s the standard deviation of
  // one batch.
  for (const int c : {11, 12, 13, 14, 15}) {
    CAPTURE(c);
    const auto visits = run_events(poisson_instants(1.0 / 6, 410'000, {3, 1}), c, {60, 1}, {4, 1});
    const auto m = test::moments(batch_waits(visits));
    REQUIRE(m.n == 40);
    CHECK(std::abs(m.mean - mean_wait_s(c, 10, 60)) <= m.tolerance());
    // and the check can fail: the waits of one officer more or fewer are far outside
    CHECK(std::abs(m.mean - mean_wait_s(c + 1, 10, 60)) > m.tolerance());
  }
}

TEST_CASE("A4: one officer, services of any spread: Pollaczek and Khinchine",
          "[control][events][statistical]") {
  // Load 0.8 of one officer with S = 60 s: Wq = 2 (1 + cv^2) S; batch means of 10,000, 4 s /
  // sqrt(n).
  for (const int stages : {0, 1, 4}) {
    CAPTURE(stages);
    const double cv2 = stages == 0 ? 0 : 1.0 / stages;
    const auto visits =
        run_events(poisson_instants(0.8 / 60, 510'000, {5, 2}), 1, {60, stages}, {6, 2});
    const auto m = test::moments(batch_waits(visits));
    CHECK(std::abs(m.mean - 120 * (1 + cv2)) <= m.tolerance());
    CHECK(m.tolerance() < 0.2 * 120 * (1 + cv2));
  }
}

TEST_CASE("A5: the integral of who is there equals the sum of their stays",
          "[control][events][property]") {
  CHECK(rc::check("Little, on any path that starts and ends empty", [] {
    auto gaps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 120));
    std::vector<double> arrivals;
    double now = 0;
    for (const int gap : gaps) arrivals.push_back(now += gap);
    const auto visits =
        run_events(arrivals, *rc::gen::inRange(1, 4), {60, *rc::gen::inRange(0, 3)}, {9, 9});
    std::vector<std::pair<double, int>> events;
    double stays = 0;
    for (const Visit& v : visits) {
      events.emplace_back(v.arrival_s, 1);
      events.emplace_back(v.end_s, -1);
      stays += v.end_s - v.arrival_s;
    }
    std::sort(events.begin(), events.end());
    double integral = 0, last = 0;
    int there = 0;
    for (const auto& [t, step] : events) {
      integral += there * (t - last);
      there += step;
      last = t;
    }
    RC_ASSERT(there == 0);
    RC_ASSERT(std::abs(integral - stays) <=
              1e-12 * (1 + last) * static_cast<double>(1 + events.size()));
  }));
}

TEST_CASE("first come, first served, by no more officers than there are",
          "[control][events][property]") {
  CHECK(rc::check("order and capacity", [] {
    auto gaps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 60));
    std::vector<double> arrivals;
    double now = 0;
    for (const int gap : gaps) arrivals.push_back(now += gap);
    HourlyOfficers officers;
    for (auto& c : officers) c = static_cast<std::uint16_t>(*rc::gen::inRange(0, 4));
    officers[5] = 1;
    const auto visits = run_events(arrivals, officers, {60, 1}, {9, 9});
    for (std::size_t i = 0; i < visits.size(); ++i) {
      RC_ASSERT(visits[i].start_s >= visits[i].arrival_s);
      if (i > 0) RC_ASSERT(visits[i].start_s >= visits[i - 1].start_s);
      // At the moment of starting, no more than the officers on duty are at desks.
      const auto hour = static_cast<std::size_t>(visits[i].start_s / 3600) % 24;
      std::uint16_t busy = 1;
      for (std::size_t j = 0; j < i; ++j)
        busy = static_cast<std::uint16_t>(busy + (visits[j].end_s > visits[i].start_s));
      RC_ASSERT(busy <= officers[hour]);
    }
  }));
}

TEST_CASE("officers who never change are the same by hour and at all times",
          "[control][events][relation]") {
  const auto arrivals = poisson_instants(0.1, 5000, {1, 1});
  const auto a = run_events(arrivals, 7, {60, 2}, {2, 2});
  const auto b = run_events(arrivals, test::even_officers(7), {60, 2}, {2, 2});
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(a[i].start_s == b[i].start_s);
}

TEST_CASE("A6: two officers behind one line beat two lines, person by person",
          "[control][events][relation]") {
  const auto arrivals = poisson_instants(1.6 / 60, 100'000, {1, 3});
  std::vector<double> odd, even;
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    (sim::draw({1, 4}, sim::Purpose::person, i, 0)[0] % 2 == 0 ? even : odd).push_back(arrivals[i]);
  }
  const auto sum = [](const std::vector<Visit>& visits) {
    double s = 0;
    for (const Visit& v : visits) s += v.wait_s();
    return s;
  };
  const double one_line = sum(run_events(arrivals, 2, {60, 0}, {2, 2}));
  CHECK(one_line <
        sum(run_events(odd, 1, {60, 0}, {2, 2})) + sum(run_events(even, 1, {60, 0}, {2, 2})));
}

TEST_CASE("services have the stated mean and spread", "[control][events][statistical]") {
  for (const int stages : {1, 2, 3, 16}) {
    std::vector<double> s(40'000), squares;
    for (std::size_t i = 0; i < s.size(); ++i) s[i] = service_s({60, stages}, {8, 1}, i);
    for (const double x : s) squares.push_back((x - 60) * (x - 60));
    const auto mean = test::moments(s), variance = test::moments(squares);
    CHECK(std::abs(mean.mean - 60) <= mean.tolerance());
    CHECK(std::abs(variance.mean - 3600.0 / stages) <= variance.tolerance());
  }
  CHECK(service_s({60, 0}, {8, 1}, 3) == 60);
}

TEST_CASE("queues without officers or with arrivals out of order are refused",
          "[control][events][errors]") {
  const std::vector<double> fine{1, 2}, wrong{2, 1};
  CHECK_THROWS_AS(run_events(fine, 0, {60, 1}, {1, 1}), std::invalid_argument);
  CHECK_THROWS_AS(run_events(wrong, 1, {60, 1}, {1, 1}), std::invalid_argument);
  CHECK_THROWS_AS(run_events(fine, HourlyOfficers{}, {60, 1}, {1, 1}), std::invalid_argument);
}
