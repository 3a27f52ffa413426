// SPDX-License-Identifier: Apache-2.0
/// \file parallel.hpp  Units of work over threads, and sums that do not depend on who did them.
///
/// Work is cut into units that are smaller than an airport; a unit writes only into its worker's
/// own tallies. `Tally` is the one place where workers' sums meet: integers, so any split gives the
/// same bits. Between processes (MPI) the same interface is to be met by an allreduce of the same
/// integers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace corridor::sim {

/// A fixed number of threads. Units are handed out in any order.
class Workers {
 public:
  /// \param threads 1.. ; 0 takes all that the machine has.
  explicit Workers(int threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  [[nodiscard]] int count() const;
  /// Calls work(unit, worker) once for each unit in [0, n); 0 <= worker < count(). An exception of
  /// a unit is thrown here after the others have ended.
  void run(std::size_t n, const std::function<void(std::size_t unit, int worker)>& work);

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;
};

/// Adds one worker's counters to the total and sets them to zero. Between threads, and later
/// between processes, sums meet here and nowhere else: they are integers, so order and split cannot
/// matter. \pre part and total have the same length.
template <class Count, std::size_t n, class Total, std::size_t m>
void drain(std::span<Count, n> part, std::span<Total, m> total) {
  for (std::size_t i = 0; i < part.size(); ++i) {
    total[i] += static_cast<Total>(part[i]);
    part[i] = 0;
  }
}

}  // namespace corridor::sim
