// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/pieces.hpp"

#include <algorithm>
#include <vector>

namespace corridor::cooperation {
namespace {

constexpr std::uint64_t pieces_id = std::uint64_t{10} << 56;  // no other record has such an id

/// Each country once.
std::vector<std::uint16_t> once(std::span<const std::uint16_t> way) {
  std::vector<std::uint16_t> countries(way.begin(), way.end());
  std::ranges::sort(countries);
  countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
  return countries;
}

}  // namespace

RecordKey Pieces::piece(std::uint16_t organisation, std::uint16_t country) const {
  RecordKey record;
  record.id = pieces_id | std::uint64_t{organisation} << 16 | country;
  record.holder = country;
  constexpr std::uint16_t piece_index = 2;  // beside those of records and links
  const sim::Block draw = sim::draw(key_, sim::Purpose::record_link, record.id, 0, piece_index);
  if (!(sim::uniform32(draw[0]) < known_)) return record;
  record.known = record.made = keyed_delay(delay_days_, draw[1]);
  return record;
}

std::int64_t Pieces::seen(std::uint16_t organisation, std::span<const std::uint16_t> way,
                          std::uint16_t at, std::int32_t day) const {
  std::int64_t n = 0;
  for (const std::uint16_t country : once(way)) {
    const RecordKey record = piece(organisation, country);
    if (record.made == never) continue;
    n += exchange_->known_in(exchange_->usable(record, risk::List::name), at, day) ? 1 : 0;
  }
  return n;
}

std::int32_t Pieces::pooled_day(std::uint16_t organisation,
                                std::span<const std::uint16_t> way) const {
  std::vector<std::int32_t> days;
  for (const std::uint16_t country : once(way)) days.push_back(piece(organisation, country).made);
  std::ranges::sort(days);
  return std::ssize(days) < needed_ ? never : days[static_cast<std::size_t>(needed_ - 1)];
}

double Pieces::alert(std::uint16_t organisation, std::span<const std::uint16_t> way,
                     std::uint16_t at, std::int32_t day) const {
  return seen(organisation, way, at, day) >= needed_ ? alerted_ : 0;
}

}  // namespace corridor::cooperation
