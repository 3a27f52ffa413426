// SPDX-License-Identifier: Apache-2.0
/// \file bin_queue.hpp  The fast queue: waits in one lane of one post over the 96 bins of a day.
///
/// Model. Pointwise-stationary fluid flow. The state is L, the mean number of persons in the lane,
/// waiting and served. It fixes how busy the c officers are, as in the steady queue that has this L
/// (x: share of time busy):
///
///     G(x) = c x + kappa C(c, c x) x / (1 - x) = L,          kappa = (1 + cv^2) / 2
///
/// Over a bin of T seconds with A arrivals and k = c T / S persons that could be served,
/// implicitly:
///
///     L' = L + A - k x',   G(x') = L'
///
/// so a steady inflow ends at Erlang-C (Pollaczek-Khinchine for c = 1) and an overload grows by A -
/// k. Idle time goes with the random part of the queue alone: where the queue is longer than
/// arrivals of the bin explain in the steady state (Lq*, or 0.8 sqrt(2 kappa k), the mean of a
/// reflected random walk after one bin, in overload), the share delta = 1 - Lq* / Lq is a backlog,
/// and officers with a backlog do not idle. Waits. A person who comes at time t waits until Lq(t) /
/// x persons more have been served, at the officers of the hours that follow; no wait is longer
/// than a day. Between the ends of a bin the expected wait moves linearly for a backlog, and
/// towards the end value as fast as the queue relaxes otherwise. Single waits: none with chance 1 -
/// p (p = C), else a backlog part, spread evenly between its values at both ends of the bin, plus
/// an exponential part.
///
/// | symbol | in code     | unit   | domain       | origin |
/// |--------|-------------|--------|--------------|----------------------------------------------------------|
/// | T      | bin_s       | s      | 900          | issue: 15 minutes, UTC | | S, cv  | Service |
/// s, 1   | > 0, >= 0    | control.service.* (BRD-017..019, recall; cv assumed)      | | c      |
/// officers    | 1      | 0 .. 1000    | staffing.hpp                                             |
/// | L      | in_system   | person | >= 0         | state, carried past midnight |
///
/// Sources. Rider (1976), JACM 23(3), 481-496, and Wang, Tipper and Banerjee (1996), IEEE/ACM ToN
/// 4(3), 369-382 (fluid flow with G); Lee and Longton (1959), Operational Research Quarterly 10(1),
/// 56-71 (kappa for several servers); the split into backlog and random part is ours. exp(-x) is
/// read from a table (error below 1e-6). Limits. c = 0: nobody is served, everybody waits for the
/// next hour with officers. cv = 1 and steady: Erlang-C. Not modelled. Bunching inside a bin:
/// arrivals are even over it, so waits of a lane that a single flight fills within minutes come out
/// too short (test_queues_compared.cpp measures by how much). Chance in the number of arrivals from
/// bin to bin is in A and again, as steady chance, in G: at loads above 0.9 waits come out somewhat
/// long. Checked in tests/models/control/test_bin_queue.cpp and test_queues_compared.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/control/staffing.hpp"
#include "models/control/waits.hpp"

namespace corridor::control {

inline constexpr std::size_t n_bins = 96;
inline constexpr double bin_s = 900;
inline constexpr double longest_wait_s = 86'400;
inline constexpr std::uint16_t most_officers = 1000;

/// How busy officers are, and what follows from it.
struct Busy {
  double x = 0;        ///< share of time
  double delay = 0;    ///< chance of a wait
  double waiting = 0;  ///< persons before service
  double slope = 0;    ///< dG/dx
};

/// Erlang's C over the share of time busy, for the numbers of officers that occur. Shared by all
/// lanes and threads. For the services that are named, the inverse of G(x) + k x is tabulated too,
/// which makes run_lane several times faster and moves lengths by less than 1e-5 of themselves and
/// 3e-3 persons (test_bin_queue.cpp).
class DelayTables {
 public:
  /// \throws std::invalid_argument when a number is above most_officers.
  explicit DelayTables(std::span<const std::uint16_t> officers,
                       std::span<const Service> services = {});
  struct Delay {
    double c, slope;  ///< C(officers, officers * x) and dC/dx
  };
  /// \pre officers was given, 0 <= x < 1.
  [[nodiscard]] Delay at(std::uint16_t officers, double x) const;
  [[nodiscard]] bool has(std::uint16_t officers) const {
    return officers < first_.size() && first_[officers] != missing;
  }
  /// Below this share of time busy a delay has a chance under 1e-7.
  [[nodiscard]] double quiet_below(std::uint16_t officers) const { return quiet_[officers]; }

  struct Node {
    double value, step;  ///< value, and slope times the distance of nodes
  };
  /// x / (1 - x) over r in [0, 1.5 (c + k)], where G(x) + k x = r; for k = 0 and for the k of a
  /// bin.
  struct Inverse {
    Service service;
    std::vector<std::uint32_t>
        first;  ///< per number of officers: nodes of k = 0, then those of a bin
    std::vector<Node> nodes;
  };
  /// \returns nullptr when this service was not named.
  [[nodiscard]] const Inverse* inverse(const Service& service) const;

 private:
  static constexpr std::uint32_t missing = 0xffffffff;
  void add_inverse(const Service& service);
  std::vector<std::uint32_t> first_;
  std::vector<double> quiet_;
  std::vector<Node> nodes_;
  std::vector<Inverse> inverses_;
};

/// Integers, in simulated persons.
struct LaneDay {
  std::int64_t persons = 0;
  std::int64_t wait_person_seconds = 0;
  std::int64_t overflow_persons = 0;
  std::array<std::int64_t, n_wait_bins> histogram{};
};

/// One bin, for those who look closer.
struct BinTrace {
  double persons = 0, mean_wait_s = 0, in_system = 0,
         served = 0;  ///< in_system: at the end of the bin
};

struct QueueSettings {
  Service service;
  double overflow_wait_s = 7200;
  double weight = 1;  ///< persons that a simulated person stands for in the queue
};

/// Runs a lane over a day: a pure function but for the state.
/// \param arrivals   simulated persons per bin
/// \param in_system  persons in the lane at midnight, in and out (weighted)
/// \param phase      in [0, 1): where the rounding of expected counts to whole persons starts. With
/// phases spread evenly
///                   the sums over lanes and days are unbiased.
/// \param trace      empty, or 96 rows that are filled
/// \pre `tables` has all numbers of officers.
LaneDay run_lane(const DelayTables& tables, const QueueSettings& settings,
                 std::span<const std::uint32_t, n_bins> arrivals, const HourlyOfficers& officers,
                 double& in_system, double phase, std::span<BinTrace> trace = {});

/// A phase for a lane and a day, spread evenly (golden-ratio rotation over a hash of the lane).
[[nodiscard]] double rounding_phase(std::uint32_t post, std::uint32_t lane, std::int32_t day);

/// What control carries from one day to the next, flat, so that it can be copied, saved and loaded.
struct ControlState {
  std::vector<double> in_system;              ///< [post][lane]
  std::vector<std::int32_t> secondary_carry;  ///< [post], place-minutes taken beyond midnight
  std::vector<std::int32_t> review_carry;     ///< [post], reviewers' minutes taken beyond midnight
  /// [post][2], as secondary_carry of the second and third kind of secondary; empty with one kind.
  std::vector<std::int32_t> other_kinds_carry;
  ControlState() = default;
  explicit ControlState(std::size_t posts)
      : in_system(posts * n_lanes), secondary_carry(posts), review_carry(posts) {}
  friend bool operator==(const ControlState&, const ControlState&) = default;
};

}  // namespace corridor::control
