// SPDX-License-Identifier: Apache-2.0
/// \file seal.hpp  The first 8192 bytes of a result file: what it is, and a check of its structure.
///
/// The structure of a result file (everything but the contents of its arrays) never changes after
/// the file is made, so it can be sealed. A reader compares before it hands the file to the HDF5
/// library: a file that is cut short, damaged or not ours gets a clear message instead of whatever
/// the library makes of it.
///
/// | bytes        | content                                                                   |
/// |--------------|---------------------------------------------------------------------------|
/// | 0..511       | text: "Corridor result file, format 2.0" and how to read it, zero-padded  |
/// | 512..519     | "CORRSEAL"                                                                |
/// | 520..527     | length of the file                                                        |
/// | 528..535     | number n of ranges that hold array contents                               |
/// | 16 each      | offset and length of a range, ascending                                   |
/// | 8160..8175   | XXH3-128 of all bytes from 8192 on that are in no range                   |
/// | 8176..8191   | XXH3-128 of bytes 0..8175                                                 |
///
/// Little-endian. HDF5 calls these bytes a user block; h5dump, h5py and others step over them.
/// Checked in tests/models/simulation/test_result_file.cpp.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sim/error.hpp"
#include "sim/safe_file.hpp"

namespace corridor::simulation {

/// A result file that cannot be used; the message says why and what to do.
class ResultError : public sim::UserError {
 public:
  using UserError::UserError;
};

inline constexpr std::uint64_t seal_bytes = 8192;

/// Offset and length of array contents.
using Range = std::pair<std::uint64_t, std::uint64_t>;

/// Seals a file whose structure is finished. \throws sim::FileError, std::length_error
void seal(sim::File& file, std::vector<Range> contents);

/// \throws ResultError when the file is not a result, of another major version, cut short or
/// damaged.
void check_seal(const sim::File& file);

}  // namespace corridor::simulation
