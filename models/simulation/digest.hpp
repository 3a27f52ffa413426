// SPDX-License-Identifier: Apache-2.0
/// \file digest.hpp  One hash over all that a run computed, so that two results can be compared in
/// a line.
///
/// XXH3-128 over the datasets of layout() that are `in_digest`, in that order; of each: its path, a
/// zero byte, the name of its type, a zero byte, its rank and lengths as 64-bit numbers, the bytes
/// of an element, then its contents. Provenance and timings are left out. Of a file that is not
/// complete, days that are not closed and months that are not covered by closed days count as not
/// written, whatever lies there. Checked in tests/models/simulation/test_digest.cpp: one element of
/// each dataset changed changes the digest.
#pragma once

#include <string>

#include "models/simulation/result_reader.hpp"

namespace corridor::simulation {

/// 32 hex digits. \throws ResultError
[[nodiscard]] std::string digest(const ResultReader& result);

}  // namespace corridor::simulation
