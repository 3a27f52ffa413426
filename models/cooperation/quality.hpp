// SPDX-License-Identifier: Apache-2.0
/// \file quality.hpp  How good a record is and who may use it: evaluation, handling code, and
/// whether somebody else recorded the same person.
///
/// Model. A record r of a name or of biometrics that a country makes has, by a keyed block of its
/// own (Purpose::record_link, indices from 0x1000 on; the same in all worlds under one seed),
///
///   - a source evaluated A (reliable), B, C, or X (cannot be judged), and information evaluated 1
///     (certain), 2, 3, or 4 (unconfirmed), the two apart:
///
///         right records   p_A = a, p_B = (1 - a) b, p_C = (1 - a)(1 - b) c, p_X the rest
///         wrong ones      q_g = p_g t^g / sum_h p_h t^h,  g = 0 .. 3 from A to X, t = wrong_tilt
///
///     so that with t = 1 evaluation tells nothing of whether a record is right;
///   - a handling code: H3 with chance h3, of the rest H2 with h2, of the rest H1 with h1, else H0;
///   - with chance d a double: a second record of the same person by another country, known there
///     an exponential time (risk.lists.delay_days) later, with draws of its own.
///
/// | code | what it means here                                                              |
/// |------|---------------------------------------------------------------------------------|
/// | H0   | may be used and passed on                                                       |
/// | H1   | police only: shown to posts, carried by no link                                 |
/// | H2   | only with the originator's permission: a hit without content (requests.hpp)     |
/// | H3   | conditions that forbid it: given to no system; its own country's posts alone    |
///
/// The pattern is public: the grades A, B, C, X and 1 to 4 are those of Regulation (EU) 2016/794,
/// article 29, and its article 19(2) lets whoever gives information restrict its use, for which
/// Europol's handling codes H0 to H3 stand; here they are reduced to what changes who can find
/// whom. Rates are those of the era in which a record is made. All numbers are assumed.
///
/// Limits. Reports of lost documents are statements of who issued them: they have no evaluation
/// (A1), no handling code and no double. Who evaluates is always the originator, and never wrong
/// about itself. A rate drawn by record, not by country. Checked in
/// tests/models/cooperation/test_quality.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "models/cooperation/cooperation_params.hpp"
#include "models/cooperation/record_key.hpp"
#include "sim/random.hpp"

namespace corridor::cooperation {

/// From best to worst: A, B, C, X and 1 to 4.
struct Evaluation {
  std::uint8_t source = 0, information = 0;
  /// Whether one that demands `least` does not take this.
  [[nodiscard]] constexpr bool worse_than(Evaluation least) const {
    return source > least.source || information > least.information;
  }
  friend bool operator==(Evaluation, Evaluation) = default;
};
inline constexpr Evaluation any_evaluation{3, 3};
/// "B2"; \returns nothing of another text.
[[nodiscard]] std::optional<Evaluation> parse_evaluation(std::string_view text);
[[nodiscard]] std::string text(Evaluation evaluation);

enum class Handling : std::uint8_t { free, police_only, permission, withheld };
[[nodiscard]] constexpr std::string_view name(Handling h) {
  constexpr std::array<std::string_view, 4> names{"H0", "H1", "H2", "H3"};
  return names[static_cast<std::size_t>(h)];
}

struct Quality {
  Evaluation evaluation;
  Handling handling = Handling::free;
  bool doubled = false;
};

/// \pre the record is of a name or of biometrics. \param params  of the day on which it is made
[[nodiscard]] Quality quality_of(const RecordKey& record, const CooperationParams& params,
                                 sim::RunKey key);

/// The second record of a doubled one: another country's, later by a keyed delay. \pre at least two
/// countries
[[nodiscard]] RecordKey second_record(const RecordKey& record, std::size_t n_countries,
                                      double delay_days, sim::RunKey key);

}  // namespace corridor::cooperation
