// SPDX-License-Identifier: Apache-2.0
/// \file operations.hpp  Joint operations, and shocks that test how fast organisations answer: the
/// rows of dated_rows.hpp, with their names resolved.
///
/// An operation is a window of days in which officers of the participants' members stand at posts
/// of named places, taken from their other posts, which are short of them for so long. Its places
/// are all, regions of UN Tourism, classes of income (`low`, `lower-middle`, `upper-middle`,
/// `high`), countries, or organisations (their members); before a slash may stand a kind of post:
/// `air/africa`, `customs/all`. Its threats are those whose inspections common targeting makes
/// better. Without deconfliction part of what it does at a target where organisations are at work,
/// or where another operation is that its participants do not see, is the same work.
///
/// A shock is dated and changes the world for those who hide, not for organisations: they learn of
/// it by what they find. It has targets: those to which it turns people or goods, where an action
/// counts as an answer (shock_answers.cpp).
///
/// Complaints come with their place: unknown places, threats, participants; a participant without
/// posts to take officers from; officers beyond what is there. Checked in
/// tests/models/cooperation/test_operations.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/cooperation/dated_rows.hpp"
#include "models/cooperation/forces.hpp"
#include "models/cooperation/ground.hpp"
#include "models/cooperation/organisations.hpp"
#include "models/world/world.hpp"
#include "sim/row_text.hpp"

namespace corridor::cooperation {

/// An organisation, as far as it plans.
struct Planner {
  std::string code;
  std::vector<std::uint16_t> members;  ///< countries, ascending
  double officers = 0;                 ///< of its own, which it can send
  bool asks = true;                    ///< it asks members to move what they have
  std::array<double, n_concerns> priorities{1, 1, 1, 1};
  std::int32_t cycle_days = 0;  ///< 0 = cooperation.cycle.days
  double insider = 0;           ///< mean risk of an insider over its members
};

struct PlannedOperation {
  std::string name;
  std::int32_t from_day = 0, to_day = 0;  ///< first and last
  std::vector<std::uint32_t> targets;     ///< ascending; with posts
  std::array<bool, n_concerns> concerns{};
  std::vector<std::uint16_t> participants;  ///< planners
  double officers = 0;
  bool deconflict = false;
  [[nodiscard]] bool on(std::int32_t day) const { return day >= from_day && day <= to_day; }
};

struct PlannedShock {
  std::int32_t from_day = 0, to_day = 0;
  std::string kind, target;            ///< as the row has them
  std::vector<std::uint32_t> targets;  ///< to which it turns people or goods, ascending
  std::int32_t country = -1;           ///< where it happens; -1 = nowhere in particular
};

struct Operations {
  std::vector<PlannedOperation> operations;
  std::vector<PlannedShock> shocks;
};

/// Who plans: regional and global organisations, with what they own. Observers and national police
/// do not: what is national follows by consent.
[[nodiscard]] constexpr bool plans(OrganisationKind kind) {
  return kind == OrganisationKind::regional || kind == OrganisationKind::global;
}
[[nodiscard]] std::vector<Planner> planners_of(const Organisations& organisations);
/// Codes of those who do not.
[[nodiscard]] std::vector<std::string> not_planning(const Organisations& organisations);
/// Why a code names nobody who plans, and who does. \pre `planners` has not got it
[[nodiscard]] std::string complaint_about_planner(const std::string& code,
                                                  std::span<const std::string> planners,
                                                  std::span<const std::string> others);

/// What the rows of an operation need to be resolved.
struct OperationsSetting {
  const world::World& world;
  const Ground& ground;
  std::span<const Planner> planners;
  double officers_per_position = 5;
  std::span<const std::string> others = {};  ///< codes of organisations that do not plan
};

/// What is wrong is added to `complaints`, and what is returned then lacks it.
[[nodiscard]] std::vector<PlannedOperation> resolve_operations(
    std::span<const sim::TextRow<Operation>> rows, const OperationsSetting& setting,
    sim::Complaints& complaints);

}  // namespace corridor::cooperation
