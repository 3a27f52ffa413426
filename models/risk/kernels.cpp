// SPDX-License-Identifier: Apache-2.0
#include "models/risk/kernels.hpp"

#include <algorithm>
#include <stdexcept>

namespace corridor::risk {

const Kernels& kernels(sim::SimdPath path) {
  if (path == sim::SimdPath::best) path = sim::widest_path();
  if (path == sim::SimdPath::scalar) return scalar_kernels;
  if (path == sim::SimdPath::sse2) return sse2_kernels;
  if (sim::widest_path() != sim::SimdPath::avx2) {
    throw std::invalid_argument("this CPU has no AVX2; choose sse2, scalar or best");
  }
  return avx2_kernels;
}

ByteTable::ByteTable(const std::array<std::uint8_t, 256>& truth_values) : truth(truth_values) {
  const auto known_end = truth.end() - 1;  // 255 = missing
  const auto yes = static_cast<std::size_t>(std::count(truth.begin(), known_end, 2));
  const auto no = static_cast<std::size_t>(std::count(truth.begin(), known_end, 0));
  rest = truth[254];
  last = truth[255] ^ rest;
  for (std::size_t x = 0; x < 16; ++x) first[x] = truth[x] ^ rest;
  unknown = truth[255] == 1 ? 1 : 0;
  for (std::size_t x = 0; x < 256; ++x) {
    auto& row = (x < 128 ? low : high)[x % 16];
    if (truth[x] == 2) row = static_cast<std::uint8_t>(row | 1U << (x / 16 % 8));
  }
  const auto only = [&](std::uint8_t value) {
    code = static_cast<std::uint8_t>(std::find(truth.begin(), known_end, value) - truth.begin());
  };
  if (unknown == 1 && yes == 1 && no == 254) {
    form = Form::equal;
    only(2);
  } else if (unknown == 1 && no == 1 && yes == 254) {
    form = Form::not_equal;
    only(0);
  } else if (std::all_of(truth.begin() + 16, known_end, [&](auto t) { return t == rest; })) {
    form = Form::small;
  } else if (yes + no == 255) {
    form = Form::set;
  }
}

}  // namespace corridor::risk
