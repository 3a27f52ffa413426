// SPDX-License-Identifier: Apache-2.0
#include "models/control/bin_queue.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "models/control/erlang.hpp"
#include "tests/models/control/queue_support.hpp"

using namespace corridor;
using namespace corridor::control;
using test::Arrivals;
using test::delay_tables;
using test::even_arrivals;
using test::even_officers;

namespace {

constexpr double no_limit = 1e9;

struct SteadyDay {
  LaneDay day;
  std::array<BinTrace, n_bins> trace;
};

/// The fifth day of one and the same day.
SteadyDay steady_day(std::uint32_t per_bin, std::uint16_t officers, Service service) {
  SteadyDay result;
  double in_system = 0;
  for (int day = 0; day < 5; ++day) {
    result.day = run_lane(delay_tables(), {service, no_limit, 1}, even_arrivals(per_bin),
                          even_officers(officers), in_system, 0.5, result.trace);
  }
  return result;
}

Arrivals some_arrivals(int most) {
  Arrivals a;
  for (auto& n : a) n = static_cast<std::uint32_t>(*rc::gen::inRange(0, most));
  return a;
}

HourlyOfficers some_officers(int least, int most) {
  HourlyOfficers o;
  for (auto& c : o) c = static_cast<std::uint16_t>(*rc::gen::inRange(least, most));
  return o;
}

}  // namespace

TEST_CASE("a steady inflow waits as Erlang says", "[control][queue][exact]") {
  // C comes from a cubic between nodes 1/128 apart. Its relative error is below 1e-6 for these
  // numbers of officers, and the transient of five days is below that: its slowest rate here is
  // that of c = 11, e-folding in about 1,300 s.
  for (const auto c : std::initializer_list<std::uint16_t>{11, 12, 13, 14, 15}) {
    CAPTURE(c);
    const SteadyDay steady = steady_day(150, c, {60, 1});  // 600 an hour
    const double wait = mean_wait_s(c, 10, 60);
    CHECK(std::abs(steady.trace.back().mean_wait_s / wait - 1) < 1e-6);
    CHECK(std::abs(steady.trace.back().in_system - (10 + wait / 6)) < 1e-5);
    CHECK(std::abs(static_cast<double>(steady.day.wait_person_seconds) / 14'400 - wait) <
          1e-6 * wait + 1.0 / 14'400);
  }
  SECTION("and the check can fail: one officer more is seen") {
    CHECK(std::abs(steady_day(150, 12, {60, 1}).trace.back().mean_wait_s / mean_wait_s(11, 10, 60) -
                   1) > 0.1);
  }
}

TEST_CASE("single waits of a steady inflow follow Erlang's tail", "[control][queue][exact]") {
  // 14,400 persons; each bin is cut to whole persons (below 1), the table of exp(-x) errs by less
  // than 1e-6.
  for (const auto c : std::initializer_list<std::uint16_t>{11, 12, 15}) {
    const SteadyDay steady = steady_day(150, c, {60, 1});
    static constexpr auto edges = wait_bin_edges();
    std::int64_t below = 0;
    for (std::size_t i = 0; i + 1 < n_wait_bins; ++i) {
      below += steady.day.histogram[i];
      const double expected = 14'400 * (1 - wait_tail(c, 10, 60, edges[i]));
      CAPTURE(c, edges[i]);
      CHECK(std::abs(static_cast<double>(below) - expected) < 1.1);
    }
  }
}

TEST_CASE(
    "A4: with one officer the spread of service lengthens the wait as Pollaczek and Khinchine say",
    "[control][queue][exact]") {
  // 12 in 900 s at 60 s: load 0.8; Wq = 2 (1 + cv^2) S.
  for (const double cv2 : {0.0, 0.25, 1.0, 4.0}) {
    const double wait = steady_day(12, 1, {60, std::sqrt(cv2)}).trace.back().mean_wait_s;
    CHECK(std::abs(wait / 60 - 2 * (1 + cv2)) <
          1e-4);  // the slowest, cv^2 = 4, is still 1e-5 from its end
  }
}

TEST_CASE("an overloaded lane grows by what comes beyond what can be served",
          "[control][queue][relation]") {
  // A3: 600 an hour, 9 officers of 60 an hour each. From the second hour on idle time is below 1e-3
  // of the officers.
  std::array<BinTrace, n_bins> trace;
  double in_system = 0;
  run_lane(delay_tables(), {{60, 1}, no_limit, 1}, even_arrivals(150), even_officers(9), in_system,
           0.5, trace);
  for (std::size_t bin = 8; bin < n_bins; ++bin) {
    CHECK(std::abs(trace[bin].in_system - trace[bin - 1].in_system - 15) < 0.15);
    // In the middle of the bin, Lq persons are ahead, of whom 9 leave a minute.
    const double waiting = 0.5 * (trace[bin].in_system + trace[bin - 1].in_system) - 9;
    const double fluid = waiting / 9 * 60;
    if (fluid < 8 * 3600) CHECK(std::abs(trace[bin].mean_wait_s / fluid - 1) < 0.02);
  }
}

TEST_CASE("nobody is lost or made between arrival and end of service",
          "[control][queue][property]") {
  CHECK(rc::check("arrived = served + change of who is there", [] {
    const Arrivals arrivals = some_arrivals(*rc::gen::element(2, 20, 400));
    const HourlyOfficers officers = some_officers(0, *rc::gen::element(2, 10, 60));
    const double weight = *rc::gen::element(1.0, 100.0);
    const Service service{*rc::gen::inRange(5, 200) * 1.0, *rc::gen::inRange(0, 8) / 4.0};
    double in_system = *rc::gen::inRange(0, 1000), before = in_system;
    std::array<BinTrace, n_bins> trace;
    const LaneDay day = run_lane(delay_tables(), {service, 3600, weight}, arrivals, officers,
                                 in_system, *rc::gen::inRange(0, 8) / 8.0, trace);
    double came = before, gone = in_system;
    for (std::size_t i = 0; i < n_bins; ++i) {
      came += weight * arrivals[i];
      gone += trace[i].served;
      RC_ASSERT(trace[i].in_system >= 0);
      RC_ASSERT(trace[i].served >= -1e-9);
      RC_ASSERT(trace[i].mean_wait_s >= 0 && trace[i].mean_wait_s <= longest_wait_s);
      RC_ASSERT(trace[i].served <= officers[i / 4] * bin_s / service.mean_s * (1 + 1e-12) + 1e-9);
    }
    RC_ASSERT(std::abs(came - gone) <= 1e-9 * (came + 1));  // 96 additions of numbers below `came`
    const std::int64_t persons = std::accumulate(arrivals.begin(), arrivals.end(), std::int64_t{0});
    RC_ASSERT(day.persons == persons);
    RC_ASSERT(std::accumulate(day.histogram.begin(), day.histogram.end(), std::int64_t{0}) ==
              persons);
    for (const auto n : day.histogram) RC_ASSERT(n >= 0);
    RC_ASSERT(day.overflow_persons >= 0 && day.overflow_persons <= persons);
    RC_ASSERT(day.wait_person_seconds >= 0);
  }));
}

TEST_CASE("more officers never leave more persons behind", "[control][queue][property]") {
  CHECK(rc::check("monotone", [] {
    const Arrivals arrivals = some_arrivals(100);
    const auto c = static_cast<std::uint16_t>(*rc::gen::inRange(1, 20));
    double with_c = 50, with_more = 50;
    std::array<BinTrace, n_bins> fewer, more;
    run_lane(delay_tables(), {{60, 1}, no_limit, 1}, arrivals, even_officers(c), with_c, 0, fewer);
    run_lane(delay_tables(), {{60, 1}, no_limit, 1}, arrivals,
             even_officers(static_cast<std::uint16_t>(c + 1)), with_more, 0, more);
    // The split into backlog and random part moves with the officers, within one bin's random part
    // at most.
    double sum_fewer = 0, sum_more = 0;
    for (std::size_t i = 0; i < n_bins; ++i) {
      sum_fewer += fewer[i].persons * fewer[i].mean_wait_s;
      sum_more += more[i].persons * more[i].mean_wait_s;
    }
    RC_ASSERT(sum_more <= sum_fewer + 1e-9);
  }));
}

TEST_CASE("without officers everybody waits", "[control][queue][exact]") {
  SECTION("for ever, which is counted as a day") {
    double in_system = 0;
    const LaneDay day = run_lane(delay_tables(), {{60, 1}, 7200, 1}, even_arrivals(2),
                                 even_officers(0), in_system, 0.5);
    CHECK(in_system == 192);
    CHECK(day.histogram.back() == 192);
    CHECK(day.wait_person_seconds == 192 * 86'400);
    CHECK(day.overflow_persons == 192);
  }
  SECTION("or until officers come") {
    // One person in the first bin of hour 0, one officer from hour 6 on: the wait is 6 h less 450 s
    // on average.
    Arrivals arrivals{};
    arrivals[0] = 1;
    HourlyOfficers officers = even_officers(1);
    for (std::size_t h = 0; h < 6; ++h) officers[h] = 0;
    double in_system = 0;
    std::array<BinTrace, n_bins> trace;
    const LaneDay day =
        run_lane(delay_tables(), {{60, 1}, 7200, 1}, arrivals, officers, in_system, 0.5, trace);
    // Between the bin's ends the person itself joins those ahead: half a service of 60 s is added
    // to the mean.
    CHECK(trace[0].mean_wait_s == Approx(6 * 3600 - 450 + 30).margin(1e-9));
    CHECK(day.overflow_persons == 1);
    CHECK(in_system < 1e-6);
  }
}

TEST_CASE("an empty lane costs no wait and no state", "[control][queue][exact]") {
  double in_system = 0;
  const LaneDay day = run_lane(delay_tables(), {{60, 1}, 7200, 1}, even_arrivals(0),
                               even_officers(3), in_system, 0.9);
  CHECK(day.persons == 0);
  CHECK(in_system == 0);
  CHECK(std::accumulate(day.histogram.begin(), day.histogram.end(), std::int64_t{0}) == 0);
}

TEST_CASE("who waits at midnight is still there after it", "[control][queue][relation]") {
  Arrivals late{};
  late[95] = 500;
  double in_system = 0;
  run_lane(delay_tables(), {{60, 1}, 7200, 1}, late, even_officers(5), in_system, 0.5);
  CHECK(in_system > 400);
  std::array<BinTrace, n_bins> trace;
  run_lane(delay_tables(), {{60, 1}, 7200, 1}, even_arrivals(1), even_officers(5), in_system, 0.5,
           trace);
  // 425 and more are ahead, and five officers serve five a minute.
  CHECK(trace[0].mean_wait_s > 60 * 60);
  CHECK(trace[0].served == Approx(75).margin(0.5));
  CHECK(trace[95].mean_wait_s < 1);
}

TEST_CASE("a person who counts for a hundred makes the queue of a hundred",
          "[control][queue][relation]") {
  Arrivals one{}, hundred{};
  for (std::size_t i = 20; i < 60; ++i) {
    one[i] = static_cast<std::uint32_t>(i % 3);
    hundred[i] = 100 * one[i];
  }
  double a = 0, b = 0;
  std::array<BinTrace, n_bins> trace_a, trace_b;
  const LaneDay day =
      run_lane(delay_tables(), {{60, 1}, 7200, 100}, one, even_officers(7), a, 0.5, trace_a);
  const LaneDay all =
      run_lane(delay_tables(), {{60, 1}, 7200, 1}, hundred, even_officers(7), b, 0.5, trace_b);
  CHECK(a == b);
  for (std::size_t i = 0; i < n_bins; ++i) CHECK(trace_a[i].mean_wait_s == trace_b[i].mean_wait_s);
  CHECK(100 * day.persons == all.persons);
  CHECK(std::abs(100 * day.wait_person_seconds - all.wait_person_seconds) <= 100);
}

TEST_CASE("rounding to whole persons is unbiased over phases", "[control][queue][exact]") {
  // Three persons a day at one officer: delays are rare, so a fixed rounding would never count one.
  Arrivals arrivals{};
  arrivals[40] = 2;
  arrivals[70] = 1;
  std::int64_t waiting = 0;
  double in_system = 0;
  constexpr int days = 20'000;
  for (int day = 0; day < days; ++day) {
    in_system = 0;
    const LaneDay d = run_lane(delay_tables(), {{90, 1}, 7200, 1}, arrivals, even_officers(1),
                               in_system, rounding_phase(17, 2, day));
    waiting += 3 - d.histogram[0];
  }
  std::array<double, 3> expected{};
  for (int k = 0; k < 3;
       ++k) {  // one phase just below 1 - u counts when the expectation is above u: bisect it
    double low = 0, high = 1;
    for (int i = 0; i < 40; ++i) {
      const double phase = 0.5 * (low + high);
      in_system = 0;
      const LaneDay d = run_lane(delay_tables(), {{90, 1}, 7200, 1}, arrivals, even_officers(1),
                                 in_system, phase);
      (3 - d.histogram[0] > k ? high : low) = phase;
    }
    expected[static_cast<std::size_t>(k)] = 1 - high;
  }
  const double mean = expected[0] + expected[1] + expected[2];
  // A golden-ratio sequence of n points has a discrepancy below (1 + ln n) / n * 2 (Niederreiter
  // 1992): 1.1e-3 a cut.
  CHECK(std::abs(static_cast<double>(waiting) / days - mean) < 3 * 1.1e-3);
  CHECK(mean > 0.01);
}

TEST_CASE("posts in another order give the same, in that order", "[control][queue][relation]") {
  std::vector<Arrivals> posts;
  for (std::uint32_t p = 0; p < 8; ++p) posts.push_back(even_arrivals(3 * p));
  std::vector<double> forward(8), backward(8);
  for (std::size_t p = 0; p < 8; ++p) {
    run_lane(delay_tables(), {{60, 1}, 7200, 1}, posts[p], even_officers(2), forward[p], 0.5);
  }
  for (std::size_t p = 8; p-- > 0;) {
    run_lane(delay_tables(), {{60, 1}, 7200, 1}, posts[p], even_officers(2), backward[p], 0.5);
  }
  CHECK(forward == backward);
}

TEST_CASE("equal crossings with equal arrivals have equal days", "[control][queue][relation]") {
  double a = 3, b = 3;
  const Arrivals arrivals = even_arrivals(25);
  const LaneDay x =
      run_lane(delay_tables(), {{60, 1}, 7200, 1}, arrivals, even_officers(2), a, 0.25);
  const LaneDay y =
      run_lane(delay_tables(), {{60, 1}, 7200, 1}, arrivals, even_officers(2), b, 0.25);
  CHECK(a == b);
  CHECK(x.histogram == y.histogram);
  CHECK(x.wait_person_seconds == y.wait_person_seconds);
}

TEST_CASE("the interpolated chance of a delay is Erlang's", "[control][queue][exact]") {
  // Cubic of Hermite over h = 1/128: the error is below max|C''''| h^4 / 384; the steepest, c = 60,
  // stays below 3e-6.
  for (const auto c : std::initializer_list<std::uint16_t>{1, 2, 9, 60}) {
    for (int i = 0; i < 1000; ++i) {
      const double x = (i + 0.37) / 1000;
      CHECK(std::abs(delay_tables().at(c, x).c - erlang_c(c, c * x)) < 3e-6);
    }
  }
  CHECK_THROWS_AS(DelayTables(std::vector<std::uint16_t>{1001}), std::invalid_argument);
}

TEST_CASE("tables of the inverse give the days of the solved equation",
          "[control][queue][relation]") {
  // z = x / (1 - x) by a cubic of Hermite, 384 cells over [0, 1.5 (c + k)]. z bends over a width W
  // of sqrt(kappa (c + k)) persons. 60 gates at 15 s serve 3,600 in a bin: W = 45 and a cell is 14,
  // a third of W, which leaves (1 / 3)^4 / 384 = 3e-5 of z where it bends most; z is 1 / 10 of the
  // persons there or less. All else is finer. An error of the length stays with the lane until it
  // has drained: 1e-5 of the 300 persons that may be left is 3e-3.
  std::vector<std::uint16_t> officers(60);
  for (std::uint16_t i = 0; i < 60; ++i) officers[i] = static_cast<std::uint16_t>(i + 1);
  const std::array<Service, 3> services{{{15, 0.3}, {30, 0.7}, {90, 0.7}}};
  const DelayTables fast(officers, services);
  REQUIRE(fast.inverse(services[1]) != nullptr);
  REQUIRE(delay_tables().inverse(services[1]) == nullptr);
  CHECK(rc::check("same", [&] {
    const Service service = services[static_cast<std::size_t>(*rc::gen::inRange(0, 3))];
    const HourlyOfficers staff = some_officers(1, 61);
    Arrivals arrivals;
    for (std::size_t i = 0; i < n_bins; ++i) {
      arrivals[i] = static_cast<std::uint32_t>(staff[i / 4] * bin_s / service.mean_s *
                                               *rc::gen::inRange(0, 12) / 10);
    }
    double a = 0, b = 0;
    std::array<BinTrace, n_bins> exact, quick;
    run_lane(delay_tables(), {service, 7200, 1}, arrivals, staff, a, 0.5, exact);
    run_lane(fast, {service, 7200, 1}, arrivals, staff, b, 0.5, quick);
    for (std::size_t i = 0; i < n_bins; ++i) {
      RC_ASSERT(std::abs(quick[i].mean_wait_s - exact[i].mean_wait_s) <=
                1e-5 * exact[i].mean_wait_s + 3e-3 * service.mean_s);
      RC_ASSERT(std::abs(quick[i].in_system - exact[i].in_system) <=
                1e-5 * exact[i].in_system + 3e-3);
    }
  }));
}

TEST_CASE("control's state is a value", "[control][queue][exact]") {
  ControlState state(3);
  state.in_system[4] = 2.5;
  state.secondary_carry[1] = 30;
  ControlState copy = state;
  CHECK(copy == state);
  copy.in_system[4] = 2;
  CHECK(!(copy == state));
  CHECK(state.in_system.size() == 9);
}
