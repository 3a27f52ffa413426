// SPDX-License-Identifier: Apache-2.0
#include "models/travel/protected.hpp"

#include <algorithm>

namespace corridor::travel {
namespace {

constexpr double child_of_family = 0.8, child_alone = 0.03;
constexpr double young_share = 0.25, middle_share = 0.55;

}  // namespace

ProtectedPerson protected_person(const SignalParams& params, sim::RunKey key, const Batch& batch,
                                 std::size_t i, std::uint32_t member) {
  const auto purpose = static_cast<TripPurpose>(batch.purpose[i]);
  const bool family = batch.party[i] >= 3 && member >= 2 &&
                      (purpose == TripPurpose::leisure || purpose == TripPurpose::visit);
  const auto draw = [&](std::uint32_t index) {
    return sim::draw(key, sim::Purpose::protected_attributes, batch.trip[i], batch.departure_day[i],
                     static_cast<std::uint16_t>(index));
  };
  const sim::Block own = draw(member);
  ProtectedPerson p;
  p.sex = static_cast<std::uint8_t>(own[0] >> 31);
  const double adult = sim::uniform32(own[2]);
  if (sim::uniform32(own[1]) < (family ? child_of_family : child_alone)) {
    p.age = AgeBand::minor;
  } else if (adult < young_share) {
    p.age = AgeBand::young;
  } else {
    p.age = adult < young_share + middle_share ? AgeBand::middle : AgeBand::old;
  }
  constexpr std::uint32_t unit_index = 0x100;  // beyond every member
  double share = params.group_rate;
  if (static_cast<Payment>(batch.payment[i]) == Payment::cash) share *= params.group_cash_ratio;
  if (static_cast<Channel>(batch.channel[i]) == Channel::agency) share *= params.group_agency_ratio;
  p.group = sim::uniform32(draw(unit_index)[0]) < std::min(1.0, share) ? 1 : 0;
  return p;
}

}  // namespace corridor::travel
