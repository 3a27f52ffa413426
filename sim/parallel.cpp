// SPDX-License-Identifier: Apache-2.0
#include "sim/parallel.hpp"

#include <algorithm>
#include <stdexcept>

#ifdef __SANITIZE_THREAD__
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#else
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace corridor::sim {

#ifdef __SANITIZE_THREAD__

// ThreadSanitizer does not see the atomics inside the distribution's TBB, so that every value which
// a unit reads would look like a race. Here plain threads hand out the units in its place: all that
// units share is checked, and nothing is suppressed.
struct Workers::Arena {
  int threads;
  explicit Arena(int given) : threads(given) {}
};

Workers::Workers(int threads) {
  if (threads < 0 || threads > 4096) throw std::invalid_argument("threads outside 0..4096");
  const int all = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  arena_ = std::make_unique<Arena>(threads == 0 ? all : threads);
}

int Workers::count() const { return arena_->threads; }

void Workers::run(std::size_t n, const std::function<void(std::size_t, int)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex first;
  std::exception_ptr error;
  std::vector<std::thread> threads;
  for (int worker = 0; worker < count(); ++worker) {
    threads.emplace_back([&, worker] {
      // Relaxed: taking a unit must not order what units do, or a race between them would be
      // hidden.
      for (std::size_t unit; (unit = next.fetch_add(1, std::memory_order_relaxed)) < n;) {
        try {
          work(unit, worker);
        } catch (...) {
          const std::lock_guard lock(first);
          if (!error) error = std::current_exception();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (error) std::rethrow_exception(error);
}

#else

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

#endif

Workers::~Workers() = default;

}  // namespace corridor::sim
