// SPDX-License-Identifier: Apache-2.0
/// \file secondary_kinds.hpp  Kinds of secondary inspection: who one is, what one carries, what one
/// is up to; each with its part of a post's time, its minutes and what it finds.
///
/// With `control.secondary.kinds = "three"` the P minutes of inspection that a post has in an hour
/// are split between the kinds k in proportion to their shares w_k, in whole minutes by largest
/// remainders (a lower number first):
///
///     P_k = P w_k / sum w,     sum_k P_k = P
///
/// and each kind serves its own candidates alone, in the usual order, with the usual floor for
/// random draws and its own minutes left over from before (secondary.hpp). So a post with one place
/// has all kinds, each a part of the hour. Who is sent where depends on what named him, never on
/// the truth:
///
///     list, referral   identity
///     rules            k with chance v_k / sum v, v = control.*.of_rules
///     random           k with chance w_k / sum w, in proportion to places
///
/// the last two keyed by person, post and day. An inspection of kind k finds threat t with s_kt.
/// Whoever finds no place in his kind goes on, as without kinds. Where all w (or v) are 0 the kinds
/// are alike.
///
/// | symbol | in code                 | unit | domain | default and origin                  |
/// |--------|-------------------------|------|--------|-------------------------------------|
/// | w, v   | share, of_rules         | 1    | [0, 1] | control.*.share, .of_rules, assumed |
/// | -      | KindSettings::minutes   | min  | >= 1   | control.*.minutes, assumed          |
/// | s      | KindSettings::finds     | 1    | [0, 1] | control.*.documents ..., assumed    |
///
/// Limits. Nobody is sent from one kind to the next; what a rule was about does not decide where
/// its flags go, since scores are kept and reasons are not. Customs have one kind. Checked in
/// tests/models/control/test_secondary_kinds.cpp: parts of time, who goes where, alike kinds as
/// one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "models/control/control_params.hpp"
#include "models/control/threat.hpp"

namespace corridor::control {

enum class Source : std::uint8_t;

enum class SecondaryKind : std::uint8_t { identity, goods, interview };
inline constexpr std::size_t n_kinds = 3;
constexpr std::string_view name(SecondaryKind k) {
  constexpr std::array<std::string_view, n_kinds> names{"identity", "goods", "interview"};
  return names[static_cast<std::size_t>(k)];
}

struct KindSettings {
  double share = 1, of_rules = 1;
  std::int32_t minutes = 45;
  std::array<double, n_threats> finds{0, 1, 1, 1, 1, 1};  ///< by threat
};
using Kinds = std::array<KindSettings, n_kinds>;

/// Nothing while there is one kind for everything. Minutes are rounded to whole ones.
[[nodiscard]] std::optional<Kinds> kinds_of(const ControlParams& params);

/// Where a candidate of a source is sent. \param u  uniform, his own
[[nodiscard]] SecondaryKind kind_of(Source source, double u, const Kinds& kinds);

/// Splits whole minutes between the kinds.
[[nodiscard]] std::array<std::int32_t, n_kinds> minutes_of(std::int32_t minutes,
                                                           const Kinds& kinds);

/// What a kind did: persons, and minutes of officers in its inspections.
struct KindCounts {
  std::int64_t sent_on = 0, inspected = 0, found = 0, minutes = 0;
  void operator+=(const KindCounts& other) {
    sent_on += other.sent_on;
    inspected += other.inspected;
    found += other.found;
    minutes += other.minutes;
  }
  friend bool operator==(const KindCounts&, const KindCounts&) = default;
};
inline constexpr std::array<std::string_view, 4> kind_measures{"sent on", "inspected", "found",
                                                               "officer minutes"};

}  // namespace corridor::control
