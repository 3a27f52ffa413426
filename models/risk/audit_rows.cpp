// SPDX-License-Identifier: Apache-2.0
#include "models/risk/audit_rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace corridor::risk {

std::uint64_t hash_of_id(std::string_view id) {
  std::uint64_t h = 0xCBF29CE484222325ULL;  // FNV-1a, then the finaliser of SplitMix64
  for (const char c : id) h = (h ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ULL;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBULL;
  return h ^ (h >> 31);
}

AuditRows::AuditRows(const RuleSet& set, const Catalogue& catalogue, std::string date,
                     std::size_t n_attributes)
    : values(n_attributes),
      set_(set),
      date_(std::move(date)),
      program_(set, catalogue, date_),
      words_((set.rules.size() + 63) / 64) {
  for (const Rule& rule : set.rules) in_force_.push_back(risk::in_force(rule, date_));
}

void AuditRows::add(const RecordBlock& block) {
  const std::size_t n = block.features.n;
  for (const double w : block.weight) {
    if (w != block.weight.front())
      throw std::invalid_argument("audit: records of different weights");
  }
  Program::Output out;
  for (std::size_t s = 0; s < n_stages; ++s) {
    const bool wanted =
        std::ranges::find(block.stage, static_cast<std::uint8_t>(s)) != block.stage.end();
    block_scores_[s].resize(wanted ? n : 0);
    block_refers_[s].resize(wanted ? n : 0);
    out.score[s] = block_scores_[s];
    out.refer[s] = block_refers_[s];
  }
  program_.score(block.features, out, workspace_);
  program_.fire(block.features, masks_, workspace_);
  hours_known = hours_known && !block.hour.empty();
  draws_known = draws_known && !block.drawn.empty();
  std::vector<std::uint64_t> bits(words_);
  std::string key(1 + words_ * sizeof(std::uint64_t), '\0');
  for (std::size_t row = 0; row < n; ++row) {
    const std::uint8_t stage = block.stage[row];
    std::ranges::fill(bits, 0);
    for (std::size_t r = 0; r < set_.rules.size(); ++r) {
      if (in_force_[r] && set_.rules[r].stages[stage] && masks_.fires(r, row))
        bits[r / 64] |= std::uint64_t{1} << (r % 64);
    }
    key[0] = static_cast<char>(stage);
    const auto* bytes = reinterpret_cast<const char*>(bits.data());
    std::copy_n(bytes, words_ * sizeof(std::uint64_t), key.begin() + 1);
    const auto [found, fresh] =
        pattern_number_.try_emplace(key, static_cast<std::uint32_t>(pattern_stage_.size()));
    if (fresh) add_pattern(bits, stage);

    const std::uint64_t hash = hash_of_id(block.id[row]);
    score.push_back(block_scores_[stage][row]);
    referred += block_refers_[stage][row];
    tie.push_back((std::uint64_t{block.tie[row]} << 32) | (hash & 0xffffffffU));
    truth.push_back(block.truth.empty() ? unknown_truth : block.truth[row]);
    hour.push_back(block.hour.empty() ? unknown_hour : block.hour[row]);
    hours_known = hours_known && hour.back() != unknown_hour;
    drawn.push_back(block.drawn.empty() ? 0 : block.drawn[row]);
    draw.push_back(hash);
    pattern.push_back(found->second);
    for (std::size_t a = 0; a < values.size(); ++a) {
      const bool known = a < block.protected_values.size() && !block.protected_values[a].empty();
      values[a].push_back(known ? block.protected_values[a][row] : unknown_value);
    }
  }
}

void AuditRows::add_pattern(const std::vector<std::uint64_t>& bits, std::uint8_t stage) {
  pattern_bits_.insert(pattern_bits_.end(), bits.begin(), bits.end());
  pattern_stage_.push_back(stage);
}

std::int64_t AuditRows::leave_out_unknown() {
  std::vector<std::size_t> keep;
  for (std::size_t i = 0; i < size(); ++i) {
    if (truth[i] != unknown_truth) keep.push_back(i);
  }
  if (keep.empty() || keep.size() == size()) return 0;
  const auto left_out = static_cast<std::int64_t>(size() - keep.size());
  const auto thin = [&](auto& column) {
    for (std::size_t j = 0; j < keep.size(); ++j) column[j] = column[keep[j]];
    column.resize(keep.size());
  };
  thin(score), thin(hour), thin(tie), thin(truth), thin(drawn), thin(draw), thin(pattern);
  for (auto& column : values) thin(column);
  return left_out;
}

FiredMasks AuditRows::pattern_masks() const {
  FiredMasks masks;
  masks.n_rows = n_patterns();
  masks.n_rules = set_.rules.size();
  masks.fired.assign(masks.n_rules * masks.words(), 0);
  masks.unknown.assign(masks.fired.size(), 0);
  for (std::size_t p = 0; p < n_patterns(); ++p) {
    for (std::size_t r = 0; r < masks.n_rules; ++r) {
      if (fires(p, r)) masks.fired[r * masks.words() + p / 64] |= std::uint64_t{1} << (p % 64);
    }
  }
  return masks;
}

std::vector<std::int32_t> AuditRows::scores_of_patterns(const RuleSet& other,
                                                        const FiredMasks& masks) const {
  std::vector<std::int32_t> all(n_patterns()), of_stage(n_patterns());
  for (std::size_t s = 0; s < n_stages; ++s) {
    rescore(other, date_, static_cast<Stage>(s), masks, of_stage);
    for (std::size_t p = 0; p < n_patterns(); ++p) {
      if (pattern_stage_[p] == s) all[p] = of_stage[p];
    }
  }
  return all;
}

}  // namespace corridor::risk
