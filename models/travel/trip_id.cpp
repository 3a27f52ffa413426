// SPDX-License-Identifier: Apache-2.0
#include "models/travel/trip_id.hpp"

#include <fmt/format.h>

#include <charconv>

namespace corridor::travel {

std::string to_text(std::uint64_t trip, Way way, std::uint32_t person) {
  return fmt::format("{:016x}-{}.{}", trip, way == Way::out ? "out" : "back", person);
}

std::optional<JourneyName> parse_journey_name(std::string_view text) {
  JourneyName name;
  if (text.size() < 16) return std::nullopt;
  const char* digits_end = text.data() + 16;
  const auto id = std::from_chars(text.data(), digits_end, name.trip, 16);
  if (id.ec != std::errc{} || id.ptr != digits_end) return std::nullopt;
  text.remove_prefix(16);
  if (text.starts_with("-out")) {
    name.way_given = true;
    text.remove_prefix(4);
  } else if (text.starts_with("-back")) {
    name.way = Way::back;
    name.way_given = true;
    text.remove_prefix(5);
  }
  if (!text.empty()) {
    if (!name.way_given || text.size() != 2 || text[0] != '.' || text[1] < '0' || text[1] > '7') {
      return std::nullopt;
    }
    name.person = static_cast<std::uint32_t>(text[1] - '0');
  }
  return name;
}

}  // namespace corridor::travel
