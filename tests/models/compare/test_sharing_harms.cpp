// SPDX-License-Identifier: Apache-2.0
/// \file test_sharing_harms.cpp  Two shipped comparisons that do not say what one would like: more
/// sharing that finds less, and an operation that seizes more and stops nothing.
#include <catch2/catch.hpp>

#include "models/compare/experiment.hpp"

using namespace corridor;
using namespace corridor::compare;

namespace {

Experiment experiment(const std::string& file, const std::vector<std::string>& set = {}) {
  std::vector<sim::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  return load_experiment(CORRIDOR_SOURCE_DIR "/scenarios/experiments/" + file, overrides);
}

Comparison run(Experiment e, std::int64_t replicates) {
  e.options.replicates = replicates;
  return compare::compare(e.base, e.alternatives, e.options);
}

risk::stats::Estimate difference(const Comparison& c, std::string_view metric) {
  return c.alternatives.at(0).of(metric).seeds.difference;
}

}  // namespace

TEST_CASE("more sharing does harm where half of the records are wrong and reviewers are few",
          "[compare][relation]") {
  // Each interval holds the mean difference with 95 %: without an effect it lies on the stated side
  // in 1 of 40 cases.
  const Comparison harm = run(experiment("sharing-harms.toml"), 4);
  const risk::stats::Estimate all = difference(harm, "found_all");
  INFO("found " << all.estimate << " [" << all.lower << ", " << all.upper << "]");
  CHECK(all.upper < 0);
  // Lists find more, and what officers refer is not looked at any more.
  CHECK(difference(harm, "detections_list").lower > 0);
  CHECK(difference(harm, "detections_referral").upper < 0);
  // Without wrong records nothing is lost, and with people to look at everything more is found.
  const risk::stats::Estimate right = difference(
      run(experiment("sharing-harms.toml", {"cooperation.records.wrong=0"}), 4), "found_all");
  INFO("without wrong records " << right.lower << " to " << right.upper);
  CHECK(right.upper > 0);
  CHECK(right.estimate > all.estimate / 4);
  CHECK(difference(run(experiment("sharing-harms.toml",
                                  {"control.review.minutes=15", "control.review.per_place=0.5"}),
                       5),
                   "found_all")
            .lower > 0);
}

TEST_CASE(
    "one operation raises reported seizures and deliveries do not fall, and the comparison says so",
    "[compare][relation]") {
  // Of bought goods what is seized is not delivered; where traffickers replace it, what they buy
  // rises by as much, and deliveries stay. Over 6 pairs the half widths are some 150 kg, so a fall
  // by what is seized more (about 300 kg) would be seen, and without adaptation it is.
  const Comparison adaptive = run(experiment("one-operation.toml"), 6);
  CHECK(difference(adaptive, "reported_kg").lower > 0);
  CHECK(difference(adaptive, "bought_kg").lower > 0);
  const risk::stats::Estimate delivered = difference(adaptive, "delivered_kg");
  INFO("delivered " << delivered.lower << " to " << delivered.upper << " kg");
  CHECK(delivered.upper > 0);
  CHECK(delivered.lower > -difference(adaptive, "seized_kg").estimate);
  CHECK_FALSE(adaptive.alternatives[0].of("delivered_kg").seeds.different());

  const Comparison rigid =
      run(experiment("one-operation.toml", {"trafficking.adaptation=false"}), 4);
  CHECK(difference(rigid, "reported_kg").lower > 0);
  CHECK(difference(rigid, "delivered_kg").upper < 0);
  CHECK(difference(rigid, "bought_kg").estimate == Approx(0).margin(1));
}
