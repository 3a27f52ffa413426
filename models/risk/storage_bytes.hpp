// SPDX-License-Identifier: Apache-2.0
/// \file storage_bytes.hpp  How many bytes a value of a column takes.
#pragma once

#include <cstddef>

#include "models/risk/feature.hpp"

namespace corridor::risk {

[[nodiscard]] constexpr std::size_t bytes_of(Storage s) {
  switch (s) {
    case Storage::u8:
      return 1;
    case Storage::i16:
      return 2;
    case Storage::i32:
      return 4;
    case Storage::f64:
      return 8;
  }
  return 0;
}

}  // namespace corridor::risk
