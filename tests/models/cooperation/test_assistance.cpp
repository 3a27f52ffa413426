// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/assistance.hpp"

#include <catch2/catch.hpp>

#include "tests/support/small_ground.hpp"

using namespace corridor::cooperation;
using corridor::test::small_ground;

namespace {

ForceMeans means_of(const Ground& ground, const Loans& loans, const CooperationParams& levers,
                    std::int32_t day) {
  ForceMeans means(ground);
  add_assistance(means, ground, loans, levers, {}, day);
  return means;
}

}  // namespace

TEST_CASE("neutral levers add nothing at all", "[cooperation][exact]") {
  const Ground ground = small_ground();
  Loans loans;
  loans.note(0, {});
  CHECK(loans.rows.empty());
  const Forces forces = rounded(means_of(ground, loans, {}, 0), ground, {7, 0}, 0);
  CHECK(forces.posts.empty());
  CHECK(forces.customs.empty());
}

TEST_CASE("what is lent arrives after its travel, and leaves when the lever falls",
          "[cooperation][exact]") {
  CooperationParams levers;
  levers.assistance_officers = 30;
  levers.assistance_travel_days = 14;
  Loans loans;
  loans.note(10, levers);
  loans.note(11, levers);
  CHECK(loans.rows.size() == 1);
  CHECK(loans.at_work(Aid::officers, 23) == 0);
  CHECK(loans.at_work(Aid::officers, 24) == 30);
  levers.assistance_officers = 40;
  loans.note(30, levers);
  CHECK(loans.at_work(Aid::officers, 43) == 30);
  CHECK(loans.at_work(Aid::officers, 44) == 40);
  levers.assistance_officers = 35;  // who came last leaves first
  loans.note(50, levers);
  CHECK(loans.at_work(Aid::officers, 50) == 35);
  levers.assistance_officers = 0;
  loans.note(51, levers);
  CHECK(loans.rows.empty());
}

TEST_CASE("lent officers stand at posts of lower income, and all of them do",
          "[cooperation][exact]") {
  const Ground ground = small_ground();
  CooperationParams levers;
  levers.assistance_officers = 30;
  levers.assistance_travel_days = 0;
  Loans loans;
  loans.note(0, levers);
  const ForceMeans means = means_of(ground, loans, levers, 0);
  double positions = 0;
  for (std::size_t p = 0; p < ground.posts.size(); ++p) {
    const double here = means.posts[p].places + means.posts[p].reviewers;
    CHECK((here > 0) == ground.posts[p].lower_income);
    positions += here;
  }
  CHECK(positions == Approx(30.0 / PlanningParams{}.officers_per_position));
  // Whole places on average: 20,000 keyed draws of a fraction have an error below 0.5 / 141.
  double sum = 0;
  for (std::int32_t day = 0; day < 5000; ++day) {
    for (const PostForces& post : rounded(means, ground, {7, 0}, day).posts) {
      sum += post.places + post.reviewers;
    }
  }
  CHECK(sum / 5000 == Approx(6).margin(4 * 0.5 / 35));
}

TEST_CASE("scanners serve the largest customs of lower income first; none is served twice",
          "[cooperation][exact]") {
  const Ground ground = small_ground();
  CooperationParams levers;
  levers.assistance_scanners = 1;
  levers.assistance_travel_days = 0;
  Loans loans;
  loans.note(0, levers);
  ForceMeans means = means_of(ground, loans, levers, 0);
  CHECK(means.customs[0].inspection_gain == 0);             // of high income
  CHECK(means.customs[1].inspection_gain == Approx(0.25));  // 40 a day: half is served
  CHECK(means.customs[2].inspection_gain == 0);
  levers.assistance_scanners = 100;
  loans.note(1, levers);
  means = means_of(ground, loans, levers, 1);
  CHECK(means.customs[1].inspection_gain == Approx(0.5));
  CHECK(means.customs[2].inspection_gain == Approx(0.5));
}

TEST_CASE("a course is applied once it is learned, and half of it is forgotten after its half-life",
          "[cooperation][exact]") {
  CooperationParams levers;
  levers.assistance_training = 0.4;
  levers.assistance_travel_days = 5;
  levers.learning_days = 10;
  Loans loans;
  loans.note(0, levers);
  CHECK(loans.trained(14, 180) == 0);
  CHECK(loans.trained(15, 180) == Approx(0.4));
  levers.learning_days = 0;
  loans.rows.clear();
  loans.note(0, levers);
  CHECK(loans.trained(4, 180) == 0);
  CHECK(loans.trained(5, 180) == Approx(0.4));
  CHECK(loans.trained(185, 180) == Approx(0.2));
  const Ground ground = small_ground();
  const ForceMeans means = means_of(ground, loans, levers, 5);
  for (std::size_t p = 0; p < ground.posts.size(); ++p) {
    const double gain = ground.posts[p].lower_income ? 0.4 : 0;
    CHECK(means.posts[p].review_gain == Approx(gain));
    CHECK(means.posts[p].inspection_gain[0] == Approx(gain));
  }
}

TEST_CASE("task forces stand at hubs alone, and look for drugs and cash", "[cooperation][exact]") {
  const Ground ground = small_ground();
  CooperationParams levers;
  levers.task_forces_airports = 0.5;
  levers.task_forces_ports = 1;
  const ForceMeans means = means_of(ground, {}, levers, 0);
  for (std::size_t p = 0; p < ground.posts.size(); ++p) {
    const bool hub = ground.posts[p].hub_rank >= 0;
    CHECK((means.posts[p].places > 0) == hub);
    CHECK(means.posts[p].inspection_gain[static_cast<std::size_t>(Concern::drugs)] ==
          (hub ? 0.3 : 0));
    CHECK(means.posts[p].inspection_gain[static_cast<std::size_t>(Concern::fighters)] == 0);
  }
  CHECK(means.customs[0].inspections_day == 4);
  CHECK(means.customs[1].inspections_day == 0);
}
