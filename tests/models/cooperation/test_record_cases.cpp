// SPDX-License-Identifier: Apache-2.0
// Published cases about records and look-ups: the weakest entry point (K3), noise of name matches
// (K5), and how many there are by two lists (K6).
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/cooperation/exchange.hpp"
#include "models/trafficking/logit.hpp"
#include "sim/math.hpp"
#include "sim/rare_set.hpp"
#include "tests/support/organisations.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::cooperation;
using risk::List;
using risk::ListSource;

namespace {

constexpr sim::RunKey key{5, 0};

/// Two systems of which country 0 is a member, with independent lists of these shares; countries 1
/// and 2 are members of one each, country 3 of both.
Organisations two_lists(double first, double second) {
  using corridor::test::system_of;
  return corridor::test::organisations_of(
      {system_of("AA", {0, 1, 3}, first, 0), system_of("BB", {0, 2, 3}, second, 0)});
}
RecordKey record(std::uint64_t id) {
  RecordKey r;
  r.id = id;
  r.known = r.made = 0;
  return r;
}

/// How many of n records the posts of countries 0 to 3 are shown, as shares; country 4 is a member
/// of nothing.
constexpr std::size_t n_posts = 5;
std::vector<double> coverage(const Organisations& organisations) {
  std::vector<PostSite> posts;
  for (std::uint16_t c = 0; c < n_posts; ++c) posts.push_back({c, 1, 1});
  const std::vector<Era> eras{{0, {}}};
  const Exchange exchange(organisations, n_posts, posts, {}, eras, key);
  constexpr std::size_t n = 2000;
  std::vector<double> share(n_posts, 0);
  for (std::uint64_t id = 0; id < n; ++id) {
    const UsableDays days = exchange.usable(record(id), List::name);
    for (std::uint32_t p = 0; p < n_posts; ++p)
      share[p] += exchange.shows(days, p, 10) != ListSource::none ? 1 : 0;
  }
  for (double& s : share) s /= n;
  return share;
}

struct Estimate {
  double n = 0, variance = 0;
};
/// Chapman (1951); variance Seber (1970).
Estimate chapman(double n1, double n2, double both) {
  return {(n1 + 1) * (n2 + 1) / (both + 1) - 1,
          (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) * (both + 1) * (both + 2))};
}

}  // namespace

TEST_CASE(
    "who sees the coverage of entry points comes by the weakest; who does not is found by "
    "their mean; who sees it half between",
    "[lists][exact]") {
  // K3. Posts of five countries; what they are shown follows from who is a member of what.
  const std::vector<double> covered = coverage(two_lists(0.6, 0.3));
  const double least = std::ranges::min(covered), most = std::ranges::max(covered);
  REQUIRE(least == 0);  // the country outside
  REQUIRE(most == 1);   // the one that made the records
  const auto detection = [](const std::vector<double>& p, double rationality) {
    std::vector<double> worth;
    for (const double x : p) worth.push_back(-x);
    const std::vector<double> share = trafficking::logit_shares(worth, rationality);
    return std::inner_product(p.begin(), p.end(), share.begin(), 0.0);
  };
  const double mean = std::accumulate(covered.begin(), covered.end(), 0.0) / n_posts;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  CHECK(detection(covered, 0) == Approx(mean).epsilon(1e-12));
  CHECK(detection(covered, infinite) == least);
  double before = mean;
  for (const double rationality : {1.0, 5.0, 25.0}) {
    CHECK(detection(covered, rationality) < before);
    CHECK(detection(covered, rationality) > least);
    before = detection(covered, rationality);
  }
  // Fuller lists elsewhere change nothing for who sees it, and the mean for who does not.
  const std::vector<double> fuller = coverage(two_lists(0.9, 0.9));
  CHECK(detection(fuller, infinite) == least);
  CHECK(detection(fuller, 0) > mean);
}

TEST_CASE("false hits are travellers times records times the chance of a pair",
          "[lists][statistical]") {
  // K5. The chance of a traveller with so many records, none of which means him.
  const auto rate = [](double pair, double records) {
    return 1 - sim::exp(records * sim::log1p(-pair));
  };
  CHECK(rate(1e-6, 1e5) == Approx(0.0951626272).epsilon(1e-9));
  CHECK(1e6 * rate(1e-9, 1e5) == Approx(100).epsilon(1e-3));
  const auto hits = [&](std::uint64_t travellers, double records) {
    return sim::RareSet(key, sim::Purpose::person_of_interest, std::uint64_t{77} << 40, 1,
                        travellers, rate(1e-9, records))
        .members()
        .size();
  };
  // One in a million by Chernoff's bound: 100 +- 53, and 400 +- 102: four times, not two or eight.
  const std::size_t base = hits(1'000'000, 1e5), both = hits(2'000'000, 2e5);
  CHECK(std::abs(static_cast<double>(base) - 100) <
        1e6 * test::binomial_halfwidth(1e-4, 1'000'000, 1e-6));
  CHECK(std::abs(static_cast<double>(both) - 400) <
        2e6 * test::binomial_halfwidth(2e-4, 2'000'000, 1e-6));
  // The same travellers with a longer list: some more, nobody less.
  CHECK(hits(1'000'000, 2e5) >= base);
  CHECK(hits(1'000'000, 0) == 0);
}

TEST_CASE("two independent lists tell how many there are; a link between them hides some",
          "[lists][statistical]") {
  // K6.
  const Estimate known = chapman(200, 150, 30);
  CHECK(known.n == Approx(978.0645161).epsilon(1e-9));
  CHECK(known.variance == Approx(20133.988033).epsilon(1e-9));
  CHECK(200.0 * 150 / 30 == 1000);

  constexpr std::size_t n = 20'000;
  const auto estimate = [&](const Organisations& organisations) {
    const std::vector<Era> eras{{0, {}}};
    const Exchange exchange(organisations, 4, {}, {}, eras, key);
    double first = 0, second = 0, both = 0;
    for (std::uint64_t id = 0; id < n; ++id) {
      const UsableDays days = exchange.usable(record(id), List::name);
      const bool a = days.at[0] <= 10, b = days.at[1] <= 10;
      first += a ? 1 : 0;
      second += b ? 1 : 0;
      both += a && b ? 1 : 0;
    }
    return chapman(first, second, both);
  };
  Organisations lists = two_lists(0.2, 0.15);
  const Estimate apart = estimate(lists);
  // Five standard errors: a false alarm in 1.7 million.
  CHECK(std::abs(apart.n - n) < 5 * std::sqrt(apart.variance));
  // Half of the first list is copied to the second: positive dependence, fewer than there are.
  Link link;
  link.from = 0;
  link.to = 1;
  link.closes = never;
  link.completeness = 0.5;
  lists.links = {link};
  const Estimate linked = estimate(lists);
  CHECK(linked.n + 5 * std::sqrt(linked.variance) < n);
}
