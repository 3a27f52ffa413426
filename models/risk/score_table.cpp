// SPDX-License-Identifier: Apache-2.0
#include "models/risk/score_table.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

#include "models/risk/engine.hpp"
#include "models/world/csv.hpp"

namespace corridor::risk {
namespace {

/// What a row says of its rules, which many rows say alike.
class RuleWords {
 public:
  RuleWords(const RuleSet& set, std::string date, bool reasons)
      : set_(set), date_(std::move(date)), reasons_(reasons) {}

  /// ",FIRED,REFERRED" and with reasons ",REASONS,REFERRED_BY". \param key  stage, and for each
  /// rule 1 = fires, 2 = unknown
  const std::string& of(const std::string& key) {
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    if (known_.size() >= most_known) known_.clear();
    return known_.emplace(key, make(key)).first->second;
  }

 private:
  static constexpr std::size_t most_known = 1 << 16;

  [[nodiscard]] std::string make(const std::string& key) const {
    const auto stage = static_cast<Stage>(key[0]);
    std::vector<bool> fires, unknown;
    for (const char c : std::string_view(key).substr(1)) {
      fires.push_back(c == 1);
      unknown.push_back(c == 2);
    }
    const Reasons r = risk::reasons(set_, date_, stage, fires, unknown);
    const auto joined = [&](const auto& items, auto&& text) {
      std::string out;
      for (const auto& item : items) out += (out.empty() ? "" : ";") + text(item);
      return out;
    };
    const auto id = [&](std::size_t rule) { return set_.rules[rule].id; };
    std::string out = "," + joined(r.shares, [&](const Share& s) { return id(s.rule); }) + "," +
                      (r.referred.empty() ? "0" : "1");
    if (!reasons_) return out;
    const std::string shares = joined(
        r.shares, [&](const Share& s) { return fmt::format("{}={}", id(s.rule), s.points); });
    out += ",";
    if (r.base != 0) out += fmt::format("(base)={}{}", r.base, shares.empty() ? "" : ";");
    return out + shares + "," + joined(r.referred, id);
  }

  const RuleSet& set_;
  std::string date_;
  bool reasons_;
  std::unordered_map<std::string, std::string> known_;  // looked up, never iterated
};

}  // namespace

double ScoreSummary::median() const {
  const auto at = [&](std::uint64_t rank) {
    std::uint64_t below = 0;
    for (const auto& [score, n] : scores)
      if ((below += n) > rank) return static_cast<double>(score);
    return 0.0;
  };
  return (at((records - 1) / 2) + at(records / 2)) / 2;
}

ScoreSummary score_records(RecordSource& source, const RuleSet& set, bool reasons,
                           const std::function<void(std::string_view)>& append) {
  const std::string date = source.date();
  const Program program(set, source.catalogue(), date);
  Program::Workspace workspace;
  RuleWords words(set, date, reasons);
  ScoreSummary summary;
  summary.statement = source.catalogue().synthetic_statement();
  if (summary.statement.empty()) summary.statement = shipped_statement;
  for (const Rule& rule : set.rules) summary.rules.push_back({rule.id, in_force(rule, date), 0, 0});
  const std::string end = "," + world::csv_field(summary.statement) + "\n";

  std::string text = std::string("id,stage,score,fired,referred") +
                     (reasons ? ",reasons,referred_by" : "") + ",statement\n";
  RecordBlock block;
  FiredMasks masks;
  std::array<std::vector<std::int32_t>, n_stages> scores;
  std::string key(1 + set.rules.size(), '\0');
  while (source.next(block)) {
    const std::size_t n = block.features.n;
    std::array<bool, n_stages> wanted{};
    for (const std::uint8_t stage : block.stage) wanted.at(stage) = true;
    Program::Output out;
    for (std::size_t s = 0; s < n_stages; ++s) {
      scores[s].resize(wanted[s] ? n : 0);
      out.score[s] = scores[s];
    }
    program.score(block.features, out, workspace);
    program.fire(block.features, masks, workspace);
    for (std::size_t row = 0; row < n; ++row) {
      const std::uint8_t stage = block.stage[row];
      key[0] = static_cast<char>(stage);
      bool refer = false;
      for (std::size_t r = 0; r < set.rules.size(); ++r) {
        const Rule& rule = set.rules[r];
        ScoreSummary::OfRule& of = summary.rules[r];
        key[1 + r] = 0;
        if (!of.in_force || !rule.stages[stage]) continue;
        const bool fires = masks.fires(r, row),
                   unknown = ((masks.unknown[r * masks.words() + row / 64] >> (row % 64)) & 1) != 0;
        key[1 + r] = static_cast<char>(fires ? 1 : unknown ? 2 : 0);
        of.fired += fires ? 1 : 0;
        of.unknown += unknown ? 1 : 0;
        refer = refer || (unknown && rule.on_missing == OnMissing::refer);
      }
      const std::int32_t score = scores[stage][row];
      ++summary.scores[score];
      summary.referred += refer ? 1 : 0;
      text += world::csv_field(block.id[row]);
      text += ',';
      text += name(static_cast<Stage>(stage));
      text += ',';
      text += fmt::format_int(score).c_str();
      text += words.of(key);
      text += end;
    }
    summary.records += n;
    append(text);
    text.clear();
  }
  append(text);
  return summary;
}

}  // namespace corridor::risk
