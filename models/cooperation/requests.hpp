// SPDX-License-Identifier: Apache-2.0
/// \file requests.hpp  What posts ask of those who made a record: its content, where that needs
/// permission (H2), and whether a hit is right.
///
/// Model. A hit on a record of another country is a request to that country, its originator:
///
///   confirmation   a reviewer asks about a record that he sees; one request for each system that
///                  answered with it, since each has an office of its own (the second is the same
///                  request through another channel), and one more for a second record of the same
///                  person by somebody else
///   permission     a system answers that there is a record with handling code H2, and no more;
///                  asked once by a country for a record and system
///
/// Requests about crossings of day d wait in the queue of their originator, in the order of d, then
/// of a keyed draw. Of those with d <= v it takes on day v so many as it has capacity for,
///
///     n(v) = floor((v + 1) C s) - floor(v C s)     C a day, s the scale of the run; C = 0: all
///
/// and answers each on day  a = v + D,  D exponential with mean answer_days, whole days, keyed by
/// record and asking country. With chance `refused` it refuses permission, for good. Permission
/// holds for the country that asked, for all who set out after day a. Backlog is who still waits at
/// the end of the day.
///
/// A value that is saved with the run's state; equal for any order in which requests come. All
/// numbers are assumed. Limits. Originators treat all alike; a permission is not taken back; who
/// waits does not give up; offices do not tell one another that the same was asked. Checked in
/// tests/models/cooperation/test_requests.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "models/cooperation/record_key.hpp"
#include "sim/random.hpp"

namespace corridor::cooperation {

enum class RequestKind : std::uint8_t { confirmation, permission };
/// Why it is asked although the same was asked already.
enum class Repeat : std::uint8_t { none, channel, record };

struct RecordRequest {
  std::uint64_t record = 0;
  std::int32_t year_or_day = 0;
  std::int32_t asked = 0;
  std::int32_t answer_day = never;  ///< never: not yet
  std::uint16_t index = 0;
  std::uint16_t holder = 0, asker = 0;  ///< countries
  RequestKind kind = RequestKind::confirmation;
  Repeat repeat = Repeat::none;
  std::uint8_t system = 0;
  std::uint8_t refused = 0;
  std::uint8_t alone = 0;  ///< 1: about somebody who stands for himself alone in a scaled run
  std::uint8_t unused = 0;
  friend auto operator<=>(const RecordRequest&, const RecordRequest&) = default;
};
static_assert(sizeof(RecordRequest) == 32 &&
              std::has_unique_object_representations_v<RecordRequest>);

/// What an originator does on a day.
struct RequestRules {
  std::int64_t capacity = 0;  ///< a day; 0: as many as come
  double answer_days = 0, refused = 0;
  double scale = 1;
};

class RequestBook {
 public:
  /// Takes in the requests of a day. \param requests  in any order \returns those that are new:
  /// permission is asked once
  std::vector<RecordRequest> ask(std::span<const RecordRequest> requests);
  /// What originators take up on a day, with the day of each answer. \pre each day once, ascending
  std::vector<RecordRequest> serve(std::int32_t day, const RequestRules& rules, sim::RunKey key);
  /// Whether a country may use an H2 record, for who sets out on a day.
  [[nodiscard]] bool allowed(const RecordKey& record, std::uint16_t asker, std::int32_t day) const;
  [[nodiscard]] std::span<const RecordRequest> waiting() const { return waiting_; }
  /// Those that were asked, in the order of their records.
  [[nodiscard]] std::span<const RecordRequest> permissions() const { return permissions_; }

  template <class A>
  void visit(A& a) {
    a(waiting_);
    a(permissions_);
  }

 private:
  std::vector<RecordRequest> waiting_;      ///< sorted
  std::vector<RecordRequest> permissions_;  ///< sorted by record, asker and system
};

/// Minutes that somebody is held until the originator has answered, at most so many hours.
[[nodiscard]] std::int64_t hold_minutes(const RecordRequest& request, const RequestRules& rules,
                                        double most_hours, sim::RunKey key);

}  // namespace corridor::cooperation
