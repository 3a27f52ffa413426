// SPDX-License-Identifier: Apache-2.0
/// \file forces.hpp  What organisations add to a post on a day, or take from it: the one way in
/// which plans, assistance, operations and task forces reach the border.
///
///     places    p' = max(0, p + a)        teams of secondary, at the same time
///     reviewers r' = max(0, r + b)
///     chance    s' = s + g (1 - s)        of a review or an inspection to find what is there
///
///     judgement p' = p + j (1 - p)        of a flag (forward_threat) or a hit (confirm_match) that
///     is
///               f' = (1 - j) f             right, and of one that is wrong (forward_innocent,
///                                          confirm_false)
///
/// so g is the share of what was missed that is found now, j the share of wrong judgements that are
/// not made; g = j = 0 and a = b = 0 leave every bit as it was. A joint post has one staff: minutes
/// that its reviewers have left serve inspections (control/secondary.hpp). Nothing here finds
/// anybody: posts do, with what they have.
///
/// Kept simple. Gains of several sources on one post: g = 1 - (1 - g1)(1 - g2). Checked in
/// tests/models/simulation/test_forces.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace corridor::cooperation {

/// What organisations set priorities over.
enum class Concern : std::uint8_t { fighters, drugs, finance, documents };
inline constexpr std::size_t n_concerns = 4;
constexpr std::string_view name(Concern c) {
  constexpr std::array<std::string_view, n_concerns> names{"fighters", "drugs", "finance",
                                                           "documents"};
  return names[static_cast<std::size_t>(c)];
}

/// A chance, raised by the share `gain` of what it misses.
[[nodiscard]] constexpr double raised(double chance, double gain) {
  return chance + gain * (1 - chance);
}
/// A chance of an error, without the share `gain` of it.
[[nodiscard]] constexpr double spared(double chance, double gain) { return chance * (1 - gain); }
/// Adds a second gain to a first.
constexpr void add_gain(double& gain, double more) { gain = raised(gain, more); }

struct PostForces {
  std::int32_t places = 0, reviewers = 0;  ///< more, or fewer
  double review_gain = 0;
  std::array<double, n_concerns> inspection_gain{};
  double flag_gain = 0, hit_gain = 0;  ///< of judgements
  bool joint = false;                  ///< police and immigration work as one
  friend bool operator==(const PostForces&, const PostForces&) = default;
};

struct CustomsForces {
  double inspections_day = 0;  ///< more, or fewer, on average
  double review_gain = 0, inspection_gain = 0, flag_gain = 0;
  friend bool operator==(const CustomsForces&, const CustomsForces&) = default;
};

/// Of one day. Empty = nothing is added anywhere.
struct Forces {
  std::vector<PostForces> posts;       ///< as the posts of travellers
  std::vector<CustomsForces> customs;  ///< as the posts of goods
  [[nodiscard]] PostForces at(std::size_t post) const {
    return posts.empty() ? PostForces{} : posts[post];
  }
  [[nodiscard]] CustomsForces at_customs(std::size_t post) const {
    return customs.empty() ? CustomsForces{} : customs[post];
  }
};

}  // namespace corridor::cooperation
