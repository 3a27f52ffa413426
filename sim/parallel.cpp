// SPDX-License-Identifier: Apache-2.0
#include "sim/parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <stdexcept>
#include <vector>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace corridor::sim {
namespace {

/// Tells ThreadSanitizer what TBB promises, for it cannot see the atomics inside that library:
/// units see what was written before run(), who called run() sees what units wrote, and a worker's
/// number goes from one thread to another only between units. Nothing is suppressed: units of two
/// workers that touch the same memory are still found. In other builds this is nothing.
class HandOver {
 public:
  explicit HandOver([[maybe_unused]] int workers) {
#ifdef __SANITIZE_THREAD__
    worker_.resize(static_cast<std::size_t>(workers));
    __tsan_release(&begin_);
#endif
  }
  void unit_begins([[maybe_unused]] int worker) {
#ifdef __SANITIZE_THREAD__
    __tsan_acquire(&begin_);
    __tsan_acquire(&worker_[static_cast<std::size_t>(worker)]);
#endif
  }
  void unit_ends([[maybe_unused]] int worker) {
#ifdef __SANITIZE_THREAD__
    __tsan_release(&worker_[static_cast<std::size_t>(worker)]);
    __tsan_release(&end_);
#endif
  }
  ~HandOver() {
#ifdef __SANITIZE_THREAD__
    __tsan_acquire(&end_);
#endif
  }
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;

 private:
#ifdef __SANITIZE_THREAD__
  std::vector<char> worker_;  // only the addresses matter
  char begin_ = 0, end_ = 0;
#endif
};

/// One unit, from its beginning to its end or its exception.
struct Turn {
  HandOver& hand_over;
  int worker;
  Turn(HandOver& given, int number) : hand_over(given), worker(number) {
    hand_over.unit_begins(worker);
  }
  ~Turn() { hand_over.unit_ends(worker); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

}  // namespace

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
  HandOver hand_over(count());
  arena_->arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, n, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          const int worker = tbb::this_task_arena::current_thread_index();
          const Turn turn(hand_over, worker);
          for (std::size_t unit = range.begin(); unit != range.end(); ++unit) work(unit, worker);
        },
        tbb::simple_partitioner{});
  });
}

}  // namespace corridor::sim
