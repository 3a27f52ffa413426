// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_problem.hpp"

#include <algorithm>
#include <tuple>

namespace corridor::risk {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string joined(const std::vector<RuleProblem>& found) {
  std::string out;
  for (const RuleProblem& problem : found) out += problem.text();
  if (found.size() >= most_problems) {
    out += found.front().file + ": error: more than " + std::to_string(most_problems - 1) +
           " problems; the rest is not shown\n";
  }
  return out;
}

}  // namespace

std::string RuleProblem::text() const {
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line) + ":" + std::to_string(column);
  return out + ": error: " + message + "\n" + excerpt;
}

RuleError::RuleError(std::vector<RuleProblem> found)
    : UserError(joined(found)), found_(std::move(found)) {}

void RuleProblems::add(sim::LinePlace place, std::string code, std::string message) {
  if (found_.size() >= most_problems) return;
  found_.push_back({file_, place.line, place.column, std::move(code), rule_, std::move(message),
                    excerpt(source_, place)});
}

std::vector<RuleProblem> RuleProblems::sorted() const {
  std::vector<RuleProblem> out = found_;
  std::stable_sort(out.begin(), out.end(), [](const RuleProblem& a, const RuleProblem& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return out;
}

void RuleProblems::throw_if_any() const {
  if (!found_.empty()) throw RuleError(sorted());
}

std::string excerpt(std::string_view source, sim::LinePlace place) {
  constexpr std::size_t around = 60;  // characters shown before and after the place
  if (place.line == 0 || place.column == 0) return "";
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) {
    begin = source.find('\n', begin);
    if (begin == source.npos) return "";
    ++begin;
  }
  std::string_view line = source.substr(begin, source.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (begin == 0 && sim::starts_with_mark(line)) line.remove_prefix(3);
  std::vector<std::size_t> starts;  // of the characters
  for (std::size_t i = 0; i < line.size(); ++i)
    if (!continues(line[i])) starts.push_back(i);
  const std::size_t n = starts.size(), at = std::min<std::size_t>(place.column - 1, n);
  starts.push_back(line.size());
  const std::size_t from = at > around ? at - around : 0, to = std::min(n, at + around);
  std::string shown = from > 0 ? "  ..." : "  ", under = from > 0 ? "     " : "  ";
  for (std::size_t i = from; i < to; ++i) {
    const std::string_view character = line.substr(starts[i], starts[i + 1] - starts[i]);
    const auto byte = static_cast<unsigned char>(character[0]);
    const bool control = byte < 0x20 || byte == 0x7f;
    if (character == "\t")
      shown += '\t';
    else
      shown += control || sim::broken_utf8(character).line > 0 ? "?" : character;
    if (i < at) under += character == "\t" ? '\t' : ' ';
  }
  if (to < n) shown += "...";
  return shown + "\n" + under + "^\n";
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t most = 60;  // bytes
  std::size_t end = text.size();
  if (end > most) {
    end = most;
    while (end > 0 && continues(text[end])) --end;
  }
  std::string out = "'";
  for (const char c : text.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  return out + (end < text.size() ? "...'" : "'");
}

}  // namespace corridor::risk
