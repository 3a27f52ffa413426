// SPDX-License-Identifier: Apache-2.0
/// \file test_tandem.cpp  Case A7: primary and secondary in tandem, with thinning in between.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/control/event_queue.hpp"
#include "tests/models/control/queue_support.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

constexpr double hour = 3600;
constexpr double batch = 500 * hour;
constexpr std::size_t n_batches = 40;

/// A change of how many are in a queue.
struct Step {
  double at;
  int queue, change;
};

/// Of each batch after the first: mean persons in either queue, and the share of time in which both
/// are empty.
struct Batches {
  std::vector<double> first, second, empty;
};
Batches batches_of(const std::vector<Visit>& primary, const std::vector<Visit>& secondary) {
  std::vector<Step> steps;
  const auto add = [&](const std::vector<Visit>& visits, int queue) {
    for (const Visit& v : visits) {
      steps.push_back({v.arrival_s, queue, 1});
      steps.push_back({v.end_s, queue, -1});
    }
  };
  add(primary, 0);
  add(secondary, 1);
  for (std::size_t b = 1; b <= n_batches + 1; ++b) {
    steps.push_back({batch * static_cast<double>(b), 0, 0});  // so that no span crosses an edge
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.at < b.at; });
  Batches out{std::vector<double>(n_batches), std::vector<double>(n_batches),
              std::vector<double>(n_batches)};
  std::array<int, 2> there{};
  double before = 0;
  for (const Step& s : steps) {
    const double middle = (before + s.at) / 2;
    const auto b = static_cast<std::size_t>(middle / batch);
    if (b >= 1 && b <= n_batches) {
      const double share = (s.at - before) / batch;
      out.first[b - 1] += share * there[0];
      out.second[b - 1] += share * there[1];
      out.empty[b - 1] += there[0] == 0 && there[1] == 0 ? share : 0;
    }
    there[static_cast<std::size_t>(s.queue)] += s.change;
    before = s.at;
  }
  return out;
}

/// Variance over mean of counts in windows of ten hours.
double dispersion(const std::vector<double>& instants) {
  std::vector<double> counts(static_cast<std::size_t>(n_batches * 50));
  for (const double t : instants) {
    const auto w = static_cast<std::size_t>(t / (10 * hour));
    if (w < counts.size()) ++counts[w];
  }
  const auto m = test::moments(counts);
  return m.deviation * m.deviation / m.mean;
}

}  // namespace

TEST_CASE("A7: of a tandem with thinning each queue is as if it were alone",
          "[control][events][statistical]") {
  // 9 an hour at a desk that serves 12; one in twenty goes on to a desk that serves 1 an hour.
  const double last = batch * static_cast<double>(n_batches + 1);
  std::vector<double> arrivals = test::poisson_instants(9 / hour, 200'000, {7, 1});
  REQUIRE(arrivals.back() > last);
  const std::vector<Visit> primary = run_events(arrivals, 1, {hour / 12, 1}, {7, 2});
  std::vector<double> sent, every_twentieth;
  for (std::size_t i = 0; i < primary.size(); ++i) {
    const auto w = sim::draw({7, 3}, sim::Purpose::review, i, 0);
    if (sim::uniform32(w[0]) < 0.05) sent.push_back(primary[i].end_s);
    if (i % 20 == 0) every_twentieth.push_back(primary[i].end_s);
  }
  const std::vector<Visit> secondary = run_events(sent, 1, {hour, 1}, {7, 4});
  const Batches b = batches_of(primary, secondary);

  // Means of 40 batches of 500 hours (queues forget within some five hours): 4 s / sqrt(40).
  const auto close = [](const std::vector<double>& of, double expected) {
    const auto m = test::moments(of);
    INFO(m.mean << " +- " << m.tolerance() << ", expected " << expected);
    CHECK(std::abs(m.mean - expected) <= m.tolerance());
    CHECK(m.tolerance() < 0.2 * expected);
  };
  close(b.first, 3);
  close(b.second, 0.45 / 0.55);
  close(b.empty, 0.25 * 0.55);

  // Those who are sent on come as a Poisson process of 0.45 an hour: over 2,000 windows of ten
  // hours the dispersion is 1 with standard deviation sqrt(2 / 2000).
  CHECK(std::abs(dispersion(sent) - 1) < 4 * std::sqrt(2.0 / 2000));
  const double n = 0.45 * last / hour;
  const auto in_time = std::count_if(sent.begin(), sent.end(), [&](double t) { return t < last; });
  CHECK(std::abs(static_cast<double>(in_time) - n) < 4 * std::sqrt(n));
  // It can fail: if every twentieth went on, they would come too evenly.
  CHECK(dispersion(every_twentieth) < 0.5);
}
