// SPDX-License-Identifier: Apache-2.0
/// \file compare_text.hpp  A comparison on one page, and the same as JSON.
///
/// The page shows, for each alternative, the metrics in which it differs; the others are named in
/// one line. Without parameter sets it prints no verdict: seeds alone say how much is chance, not
/// whether the model is right. Checked in tests/models/compare/test_compare.cpp.
#pragma once

#include <string>

#include "models/compare/compare.hpp"

namespace corridor::compare {

[[nodiscard]] std::string compare_text(const Comparison& comparison);
[[nodiscard]] std::string compare_json(const Comparison& comparison);

}  // namespace corridor::compare
