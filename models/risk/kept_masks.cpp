// SPDX-License-Identifier: Apache-2.0
/// \file kept_masks.cpp  Scores and selection counts from masks that were kept.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "models/risk/engine.hpp"
#include "models/risk/kernels.hpp"
#include "models/risk/score_plan.hpp"

namespace corridor::risk {
namespace {

constexpr std::size_t block_words = 32;
constexpr std::size_t block_rows = 64 * block_words;

/// Sums over one block of rows, of 16 or 32 bits.
struct Adder {
  const Kernels& kernels;
  const FiredMasks& masks;
  std::size_t stage;

  void operator()(const std::vector<PlannedRule>& rules, std::size_t word, std::size_t n,
                  std::int16_t* sum) const {
    each(rules, word, [&](const std::uint64_t* bits, std::int32_t points) {
      kernels.add_bits16(bits, n, static_cast<std::int16_t>(points), sum);
    });
  }
  void operator()(const std::vector<PlannedRule>& rules, std::size_t word, std::size_t n,
                  std::int32_t* sum) const {
    each(rules, word, [&](const std::uint64_t* bits, std::int32_t points) {
      kernels.add_bits32(bits, n, points, sum);
    });
  }
  void capped(const std::int16_t* part, std::int32_t least, std::int32_t most,
              std::int16_t* sum) const {
    const auto narrow = [](std::int32_t x) {
      return static_cast<std::int16_t>(std::clamp<std::int32_t>(x, INT16_MIN, INT16_MAX));
    };
    kernels.add_capped16(part, block_rows, narrow(least), narrow(most), sum);
  }
  void capped(const std::int32_t* part, std::int32_t least, std::int32_t most,
              std::int32_t* sum) const {
    kernels.add_capped32(part, block_rows, least, most, sum);
  }
  void total(const std::int16_t* sum, std::size_t n, std::int32_t* out) const {
    kernels.total16(sum, n, out);
  }
  void total(const std::int32_t* sum, std::size_t n, std::int32_t* out) const {
    std::copy_n(sum, n, out);
  }

 private:
  template <class Function>
  void each(const std::vector<PlannedRule>& rules, std::size_t word, Function f) const {
    for (const PlannedRule& r : rules) {
      if (r.stages[stage] && r.points != 0) {
        f(masks.fired.data() + r.rule * masks.words() + word, r.points);
      }
    }
  }
};

template <class Sum>
void rescore_as(const ScorePlan& plan, const Adder& add, std::span<std::int32_t> scores) {
  std::array<Sum, block_rows> sum, part;
  for (std::size_t first = 0; first < scores.size(); first += block_rows) {
    const std::size_t n = std::min(block_rows, scores.size() - first);
    const std::size_t word = first / 64, words = (n + 63) / 64;
    sum.fill(static_cast<Sum>(plan.base));
    add(plan.ungrouped, word, words, sum.data());
    for (const PlannedGroup& g : plan.groups) {
      part.fill(0);
      add(g.rules, word, words, part.data());
      add.capped(part.data(), g.least, g.most, sum.data());
    }
    add.total(sum.data(), n, scores.data() + first);
  }
}

}  // namespace

void rescore(const RuleSet& set, std::string_view date, Stage stage, const FiredMasks& masks,
             std::span<std::int32_t> scores, sim::SimdPath path) {
  if (scores.size() != masks.n_rows || set.rules.size() != masks.n_rules) {
    throw std::invalid_argument("rescore: the masks are of another table or another rule set");
  }
  const ScorePlan plan(set, date);
  const Adder add{kernels(path), masks, static_cast<std::size_t>(stage)};
  if (plan.fits_16_bits) {
    rescore_as<std::int16_t>(plan, add, scores);
  } else {
    rescore_as<std::int32_t>(plan, add, scores);
  }
}

void count_at_least(std::span<const std::int32_t> scores, std::int32_t lowest,
                    std::span<std::int64_t> counts) {
  std::fill(counts.begin(), counts.end(), 0);
  if (counts.empty()) return;
  // Bin 0 holds what lies below `lowest`, the last bin what reaches its end and beyond. Neighbours
  // are often equal, so each takes a histogram of its own: no waiting for the count just written.
  constexpr std::size_t ways = 4, chunk = 1024;
  const std::size_t bins = counts.size() + 1;
  const std::int64_t least = std::int64_t{lowest} - 1;
  const std::int64_t most = std::int64_t{lowest} + static_cast<std::int64_t>(counts.size()) - 1;
  const auto bin_of = [&](std::int32_t x) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(x, least, most) - least);
  };
  std::vector<std::int64_t> histogram(ways * bins, 0);
  const bool in_32_bits = least >= INT32_MIN && most <= INT32_MAX;
  const Kernels& k = kernels(sim::SimdPath::best);
  std::array<std::uint32_t, chunk> bin;
  for (std::size_t first = 0; first < scores.size(); first += chunk) {
    const std::size_t n = std::min(chunk, scores.size() - first);
    if (in_32_bits) {
      k.clamp_from(scores.data() + first, n, static_cast<std::int32_t>(least),
                   static_cast<std::int32_t>(most), bin.data());
    } else {
      for (std::size_t i = 0; i < n; ++i) {
        bin[i] = static_cast<std::uint32_t>(bin_of(scores[first + i]));
      }
    }
    std::size_t i = 0;
    for (; i + ways <= n; i += ways) {
      ++histogram[bin[i]];
      ++histogram[bins + bin[i + 1]];
      ++histogram[2 * bins + bin[i + 2]];
      ++histogram[3 * bins + bin[i + 3]];
    }
    for (; i < n; ++i) ++histogram[bin[i]];
  }
  std::int64_t at_least = 0;
  for (std::size_t i = counts.size(); i-- > 0;) {
    for (std::size_t way = 0; way < ways; ++way) at_least += histogram[way * bins + i + 1];
    counts[i] = at_least;
  }
}

}  // namespace corridor::risk
