// SPDX-License-Identifier: Apache-2.0
#include "models/risk/shared_parts.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace corridor::risk {
namespace {

constexpr std::size_t most_parts = 64;

void meet(const Node& node, Reads& r) {
  if (node.op == Op::feature) {
    const auto f = static_cast<std::uint16_t>(node.index);
    if (r.count == Reads::Count::none) r = {Reads::Count::one, f};
    if (r.feature != f) r.count = Reads::Count::several;
  }
  for (const Node& a : node.arguments) {
    if (r.count == Reads::Count::several) return;
    meet(a, r);
  }
}

/// Trees with the same text are the same tree.
struct Candidate {
  std::vector<const Node*> nodes;
  std::size_t length = 0;
};
using Candidates = std::map<std::string, Candidate>;

struct Walk {
  const Catalogue& catalogue;
  Candidates candidates;

  /// Passes over a block that a tree takes, roughly, counted up to `enough`.
  [[nodiscard]] std::size_t cost(const Node& node, std::size_t enough) const {
    const Reads r = reads(node);
    if (r.count == Reads::Count::none) return 0;
    if (r.count == Reads::Count::one && catalogue[r.feature].storage == Storage::u8) return 1;
    if (node.arguments.empty()) return 1;
    std::size_t sum = node.op == Op::at_least ? node.arguments.size() : 0;
    for (const Node& a : node.arguments) {
      if (sum >= enough) break;
      sum += cost(a, enough - sum);
    }
    return sum;
  }

  std::string visit(const Node& node) {
    std::string text(1, static_cast<char>(node.op));
    text += static_cast<char>(node.type);
    const auto append = [&](const auto& number) {
      char bytes[sizeof number];
      std::memcpy(bytes, &number, sizeof number);
      text.append(bytes, sizeof number);
    };
    append(node.value);
    append(node.index);
    append(static_cast<std::uint32_t>(node.codes.size()));
    for (const std::uint8_t c : node.codes) append(c);
    append(static_cast<std::uint32_t>(node.arguments.size()));
    for (const Node& a : node.arguments) text += visit(a);
    if (node.type == ValueType::boolean && cost(node, 2) >= 2) {
      Candidate& c = candidates[text];
      c.nodes.push_back(&node);
      c.length = text.size();
    }
    return text;
  }
};

void bury(const Node& node, std::set<const Node*>& dead) {
  for (const Node& a : node.arguments) {
    dead.insert(&a);
    bury(a, dead);
  }
}

}  // namespace

Reads reads(const Node& node) {
  Reads r;
  meet(node, r);
  return r;
}

void collect_features(const Node& node, std::set<std::uint16_t>& out) {
  if (node.op == Op::feature) out.insert(static_cast<std::uint16_t>(node.index));
  for (const Node& a : node.arguments) collect_features(a, out);
}

SharedParts::SharedParts(const RuleSet& set, const Catalogue& catalogue, std::string_view date) {
  Walk walk{catalogue, {}};
  for (const Rule& rule : set.rules) {
    if (in_force(rule, date)) walk.visit(rule.condition);
  }
  std::vector<const Candidate*> order;
  for (const auto& [text, candidate] : walk.candidates) {
    if (candidate.nodes.size() > 1) order.push_back(&candidate);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Candidate* a, const Candidate* b) { return a->length > b->length; });
  std::set<const Node*> dead;  // inside a part that is not worked out here again
  for (const Candidate* c : order) {
    std::vector<const Node*> alive;
    std::copy_if(c->nodes.begin(), c->nodes.end(), std::back_inserter(alive),
                 [&](const Node* n) { return !dead.contains(n); });
    if (alive.size() < 2 || n_ == most_parts) continue;
    for (const Node* n : alive) part_[n] = static_cast<std::uint16_t>(n_);
    for (std::size_t i = 1; i < alive.size(); ++i) bury(*alive[i], dead);
    ++n_;
  }
}

std::optional<std::uint16_t> SharedParts::find(const Node& node) const {
  const auto found = part_.find(&node);
  if (found == part_.end()) return std::nullopt;
  return found->second;
}

}  // namespace corridor::risk
