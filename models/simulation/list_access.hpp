// SPDX-License-Identifier: Apache-2.0
/// \file list_access.hpp  Who can see which record at which post on which day.
///
/// Model. A record about a person (on the list of names, of biometrics or of documents) is made by
/// one country, on one day. It stands
///   - on the national list of that country, from the day on which it is made: its posts see it;
///   - with probability `regional_share` on the list of its region (UN Tourism), after a keyed
///     exponential delay of mean `regional_delay_days`;
///   - with probability `international_share` on the list of the whole world, after a delay of mean
///     `international_delay_days`.
/// The last two are seen at posts that are connected: each post by a keyed draw with a probability
/// that follows the income class of its country. A post names the nearest list that shows the
/// record: national, regional, international.
///
///     usable(record, list) = day made + delay(list);     seen at post p on day d:
///     d >= usable(record, list)  and  (p's country made it, or p is connected and the list covers
///     it)
///
/// All numbers are invented. A record's days are computed once, when the record is made
/// (`usable_days`); whether a post sees it is one comparison a list (`shows`). Models of records
/// and links between organisations take the place of this file, behind these two questions.
///
/// Kept simple. The country of residence makes the records of planted persons, and those for which
/// others are mistaken; that of nationality the reports of documents. Whether a post is connected
/// does not change. Checked in tests/models/simulation/test_list_access.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "models/risk/feature_columns.hpp"
#include "models/risk/risk_params.hpp"
#include "models/simulation/control_tables.hpp"
#include "models/travel/tables.hpp"
#include "sim/random.hpp"

namespace corridor::simulation {

inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();
/// The day on which a record was made that is older than every run.
inline constexpr std::int32_t long_ago = -1'000'000;

/// Since when a record can be found, by whose list.
struct UsableDays {
  std::int32_t national = never, regional = never, international = never;
  std::uint16_t holder = 0;  ///< country that made it
  friend bool operator==(const UsableDays&, const UsableDays&) = default;
};

/// \param made  day on which it stands on the national list. \param id, year_or_day, index  of the
/// record: its draws
[[nodiscard]] UsableDays usable_days(sim::RunKey key, const risk::RiskParams& risk,
                                     std::uint16_t holder, std::int32_t made, std::uint64_t id,
                                     std::int32_t year_or_day, std::uint16_t index);

/// An exponential delay of so many days on average, in whole days.
[[nodiscard]] std::int32_t keyed_delay(double mean_days, std::uint32_t word);

class ListAccess {
 public:
  ListAccess(std::span<const PostRow> posts, std::span<const travel::CountryRow> countries,
             const risk::RiskParams& risk, sim::RunKey key);

  /// Whose list shows a record at a post on a day: the nearest that does, or none.
  [[nodiscard]] risk::ListSource shows(const UsableDays& record, std::uint32_t post,
                                       std::int32_t day) const;
  [[nodiscard]] bool connected(std::uint32_t post) const { return posts_[post].connected; }

 private:
  struct Post {
    std::uint16_t country;
    std::uint8_t region;
    bool connected;
  };
  std::vector<Post> posts_;
  std::vector<std::uint8_t> region_;  ///< per country
};

}  // namespace corridor::simulation
