// SPDX-License-Identifier: Apache-2.0
/// \file result_reader.hpp  Reads a result file, finished or not, also while a run still writes it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/layout.hpp"
#include "models/simulation/provenance.hpp"
#include "models/simulation/result_shape.hpp"
#include "models/simulation/seal.hpp"
#include "sim/element_type.hpp"
#include "sim/safe_file.hpp"

namespace corridor::simulation {

/// Where one array lies in the file.
struct StoredArray {
  const Dataset* dataset = nullptr;
  std::array<std::uint64_t, 5> dims{1, 1, 1, 1, 1};  ///< the first `dataset->rank` hold
  std::uint64_t offset = 0, element_bytes = 0;
  [[nodiscard]] std::uint64_t count() const {
    return dims[0] * dims[1] * dims[2] * dims[3] * dims[4];
  }
  [[nodiscard]] std::uint64_t bytes() const { return count() * element_bytes; }
};

/// Element number `index` (missing trailing indices are 0) and the number of elements from there to
/// the end of the block that all indices but the last select. \throws std::out_of_range
struct Selection {
  std::uint64_t first = 0, room = 0, step = 1;  ///< step: elements of one row below the last index
};
[[nodiscard]] Selection select(const StoredArray& array, std::span<const std::int64_t> index);

class ResultReader {
 public:
  /// \throws ResultError when there is no such file or it is not a result this version can read.
  explicit ResultReader(const std::filesystem::path& path);

  [[nodiscard]] const std::filesystem::path& path() const { return file_.path(); }
  [[nodiscard]] std::uint64_t length(Dim dim) const {
    return length_[static_cast<std::size_t>(dim)];
  }
  /// In the order of layout().
  [[nodiscard]] std::span<const StoredArray> arrays() const { return arrays_; }
  /// \throws std::invalid_argument when layout() has no such path.
  [[nodiscard]] const StoredArray& array(std::string_view path) const;

  /// A whole array, or the block that the leading indices select: read("/daily/units",
  /// {replicate}).
  template <class T>
  [[nodiscard]] std::vector<T> read(std::string_view path,
                                    std::initializer_list<std::int64_t> index = {}) const {
    const StoredArray& from = typed(path, sim::element_type<T>());
    std::uint64_t first = 0, n = from.count();
    if (index.size() > 0) {
      const Selection block = select(from, std::span(index.begin(), index.size()));
      first = block.first;
      n = block.step;
    }
    std::vector<T> values(static_cast<std::size_t>(n));
    fetch(from, first, std::as_writable_bytes(std::span(values)));
    return values;
  }
  /// One number: read_one<std::int64_t>("/provenance/seed").
  template <class T>
  [[nodiscard]] T read_one(std::string_view path,
                           std::initializer_list<std::int64_t> index = {}) const {
    const std::vector<T> values = read<T>(path, index);
    return values.at(0);
  }
  [[nodiscard]] std::vector<std::string> read_text(std::string_view path) const;
  /// The bytes of elements [first, first + bytes / element_bytes).
  void fetch(const StoredArray& from, std::uint64_t first, std::span<std::byte> bytes) const;

  [[nodiscard]] Provenance provenance() const;
  [[nodiscard]] MachineFacts machine() const;
  /// The labels of all rows, as they were given when the file was made.
  [[nodiscard]] RunShape shape() const;
  [[nodiscard]] bool complete() const;
  /// Closed days of each replicate.
  [[nodiscard]] std::vector<std::int64_t> closed() const;
  /// Days that the rows of a month cover; 0 when they are not written, or hold days that are not
  /// closed yet.
  [[nodiscard]] std::int64_t month_days(std::int64_t replicate, std::int64_t month) const;

 private:
  [[nodiscard]] const StoredArray& typed(std::string_view path, sim::ElementType type) const;

  sim::File file_;
  std::vector<StoredArray> arrays_;
  std::array<std::uint64_t, n_dims> length_{};
  std::vector<MonthSpan> months_;
};

/// Calls f(path, field) for every fact of a Provenance (texts, numbers).
template <class P, class F>
void for_each_fact(P& p, F&& f) {
  f("/provenance/version", p.version);
  f("/provenance/commit", p.commit);
  f("/provenance/command", p.command);
  f("/provenance/scenario_name", p.scenario_name);
  f("/provenance/scenario", p.scenario);
  f("/provenance/scenario_hash", p.scenario_hash);
  f("/provenance/world", p.world);
  f("/provenance/data_hash", p.data_hash);
  f("/provenance/start_date", p.start_date);
  f("/provenance/citation", p.citation);
  f("/provenance/traces", p.traces);
  f("/provenance/seed", p.seed);
  f("/provenance/random_contract", p.random_contract);
  f("/provenance/scale", p.scale);
}

}  // namespace corridor::simulation
