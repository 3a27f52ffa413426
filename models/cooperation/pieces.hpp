// SPDX-License-Identifier: Apache-2.0
/// \file pieces.hpp  What several countries know together of an organisation that sends goods: an
/// alert at customs.
///
/// Model. On the way of a consignment of organisation o lie the countries W: those where such goods
/// are made, where this leg begins and ends, and for which it is meant. The police of each, c, may
/// hold a piece about o (who ships, by which way, for whom), and one piece names nobody:
///
///     piece(o, c)    where u(o, c) < known, from day Exp(delay_days) on        u, delay keyed
///     seen(b, day)   countries c of W whose piece the police of b know on that day: their own, or
///                    one that stands in a system of which b is a member (exchange.hpp)
///     alert at b     seen >= needed: the share `alerted` of o's consignments meets an alert there
///
/// A piece is a record by name: its country gives it to its systems, links carry it on with their
/// completeness and delay, so whether customs are alerted follows from coverage, links and lag. The
/// alert then takes its turn among the candidates of the post: review and inspection decide.
///
/// | symbol              | unit | domain    | default | from                  |
/// |---------------------|------|-----------|---------|-----------------------|
/// | known               | 1    | [0, 1]    | 0       | assumed; 0 = no piece |
/// | delay_days          | day  | [0, 3650] | 60      | assumed               |
/// | needed              | 1    | 1 to 4    | 3       | choice                |
/// | alerted             | 1    | [0, 1]    | 0.5     | assumed               |
///
/// All invented. Kept simple: pieces are about organisations, do not age, and what posts
/// find adds none; customs ask through their country's police, whether or not posts of travellers
/// are connected; nobody is named wrongly. Everything is a pure function of record and dated
/// parameters: it needs no state. Checked in tests/models/cooperation/test_pieces.cpp and
/// tests/models/compare/test_architecture.cpp.
#pragma once

#include <cstdint>
#include <span>

#include "models/cooperation/exchange.hpp"

namespace corridor::cooperation {

class Pieces {
 public:
  /// Nobody knows anything.
  Pieces() = default;
  /// \param exchange  must outlive this
  Pieces(const CooperationParams& params, const Exchange& exchange, sim::RunKey key)
      : known_(params.pieces_known),
        delay_days_(params.pieces_delay_days),
        alerted_(params.pieces_alerted),
        needed_(params.pieces_needed),
        exchange_(&exchange),
        key_(key) {}

  [[nodiscard]] bool any() const { return known_ > 0; }
  /// The piece of a country about an organisation; `made` is never where it holds none.
  [[nodiscard]] RecordKey piece(std::uint16_t organisation, std::uint16_t country) const;
  /// Pieces of the countries of a way (repeats count once) that the police of `at` know on a day.
  [[nodiscard]] std::int64_t seen(std::uint16_t organisation, std::span<const std::uint16_t> way,
                                  std::uint16_t at, std::int32_t day) const;
  /// Day from which all countries of a way together know enough, or never.
  [[nodiscard]] std::int32_t pooled_day(std::uint16_t organisation,
                                        std::span<const std::uint16_t> way) const;
  /// Chance that an alert meets a consignment at the customs of `at`: `alerted`, or 0.
  [[nodiscard]] double alert(std::uint16_t organisation, std::span<const std::uint16_t> way,
                             std::uint16_t at, std::int32_t day) const;

 private:
  double known_ = 0, delay_days_ = 0, alerted_ = 0;
  std::int64_t needed_ = 1;
  const Exchange* exchange_ = nullptr;
  sim::RunKey key_;
};

}  // namespace corridor::cooperation
