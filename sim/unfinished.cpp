// SPDX-License-Identifier: Apache-2.0
#include "sim/unfinished.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <string>

namespace corridor::sim {
namespace {

enum class State : int { free, filling, held };
struct Row {
  std::atomic<State> state{State::free};
  std::array<char, 4096> path{};
};
static_assert(std::atomic<State>::is_always_lock_free);
std::array<Row, 32> rows;

}  // namespace

Unfinished::Unfinished(const std::filesystem::path& path) : row_(rows.size()) {
  const std::string& text = path.native();
  for (std::size_t i = 0; i < rows.size() && text.size() < rows[i].path.size(); ++i) {
    State expected = State::free;
    if (!rows[i].state.compare_exchange_strong(expected, State::filling)) continue;
    std::ranges::copy(text, rows[i].path.begin());
    rows[i].path[text.size()] = '\0';
    rows[i].state = State::held;
    row_ = i;
    return;
  }
}

Unfinished::~Unfinished() {
  if (row_ < rows.size()) rows[row_].state = State::free;
}

void remove_unfinished() noexcept {
  for (const Row& row : rows)
    if (row.state == State::held) ::unlink(row.path.data());
}

}  // namespace corridor::sim
