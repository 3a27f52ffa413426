// SPDX-License-Identifier: Apache-2.0
#include "sim/parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <stdexcept>

namespace corridor::sim {

struct Workers::Arena {
  // Without it TBB keeps to the number of cores, and says so on the error stream.
  std::unique_ptr<tbb::global_control> limit;
  tbb::task_arena arena;
  explicit Arena(int threads) : arena(threads) {
    if (threads > 0) {
      limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                    static_cast<std::size_t>(threads));
    }
  }
};

Workers::Workers(int threads) {
  if (threads < 0 || threads > 4096) throw std::invalid_argument("threads outside 0..4096");
  constexpr int all = tbb::task_arena::automatic;
  arena_ = std::make_unique<Arena>(threads == 0 ? int{all} : threads);
  arena_->arena.initialize();
}

Workers::~Workers() = default;

int Workers::count() const { return arena_->arena.max_concurrency(); }

void Workers::run(std::size_t n, const std::function<void(std::size_t, int)>& work) {
  arena_->arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, n, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t unit = range.begin(); unit != range.end(); ++unit) {
            work(unit, tbb::this_task_arena::current_thread_index());
          }
        },
        tbb::simple_partitioner{});
  });
}

}  // namespace corridor::sim
