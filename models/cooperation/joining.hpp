// SPDX-License-Identifier: Apache-2.0
/// \file joining.hpp  Analysts join what several records say of one person.
///
/// Model. Somebody about whom two records tell the truth, of different kind or from different
/// countries, has a file that analysts can join once both are known, on day k. With n(t) analysts
/// at work and each joining any given file with chance `analyst_rate` a day, the file is joined on
///
///     J = the first day d with   sum over t in [k, d) of analyst_rate n(t)  >=  -ln(1 - u)
///
/// u keyed by the record that makes it two; so J is exponential with mean 1 / (rate n) where n does
/// not change, and more analysts only make it earlier. n(t) follows the lever as all assistance
/// does (assistance.hpp): who is lent works `travel_days` later, who came last leaves first, so
///
///     n(t) = min of the lever over [t - travel_days, t],  0 before day 0.
///
/// Two pieces that agree are evidence that may circulate: from J on each of the person's records
/// that its maker can share stands in every system of which a maker of one of them is a member and
/// that holds its kind, whatever share its country gives. Posts still ask what they are connected
/// to; links carry on what they carried before.
///
/// Error. With chance `analyst_error` (keyed) a file is joined with somebody else's: it gains
/// nothing, and he is named. Such innocents are a rare set of travellers (persons_of_interest.hpp),
/// in number `analyst_error` times those of whom planted records of two kinds exist; each stands by
/// name from a J of his own on, in the systems of his country.
///
/// | symbol        | unit | domain | default | where it comes from   |
/// |---------------|------|--------|---------|-----------------------|
/// | analyst_rate  | 1/day| [0, 1] | 0.0001  | invented round number |
/// | analyst_error | 1    | [0, 1] | 0.05    | invented round number |
///
/// A pure function of records and dated values, as all of the exchange is: no state; without
/// analysts nothing changes. Kept simple: a file is never taken apart again; how many files there
/// are does not slow anybody; errors about fighters' files name nobody beside the rare set. Checked
/// in tests/models/cooperation/test_joining.cpp and test_lever_effects.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/cooperation/cooperation_params.hpp"

namespace corridor::cooperation {

class Joining {
 public:
  /// Parameters that hold from a day on. \pre in ascending order, the first from long before day 0
  void add(std::int32_t from_day, const CooperationParams& params);

  /// Whether there are analysts at any time.
  [[nodiscard]] bool any() const;
  /// Highest analyst_error of all times with analysts.
  [[nodiscard]] double most_error() const;
  /// Analysts at work on a day.
  [[nodiscard]] double analysts(std::int32_t day) const;
  /// Day J of a file that can be joined from a day on, or `never`. \param u  in [0, 1)
  [[nodiscard]] std::int32_t joined(double u, std::int32_t known) const;
  /// Whether a file that is joined on a day is joined with somebody else's. \param u  in [0, 1)
  [[nodiscard]] bool errs(double u, std::int32_t joined) const;

 private:
  struct Stretch {
    std::int32_t from = 0;
    double analysts = 0, rate = 0, error = 0;
    std::int32_t travel_days = 0;
  };
  [[nodiscard]] const Stretch& at(std::int32_t day) const;
  /// Days on which the number at work may change, ascending.
  [[nodiscard]] std::vector<std::int32_t> turns() const;
  std::vector<Stretch> stretches_;
};

}  // namespace corridor::cooperation
