// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_set_json.hpp"

#include <nlohmann/json.hpp>

#include "models/risk/expression_text.hpp"
#include "models/risk/rule_reader.hpp"
#include "models/risk/rule_set_text.hpp"

namespace corridor::risk {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& table, const char* key, std::string_view text) {
  if (!text.empty()) table[key] = text;
}

Json head_of(const RuleSet& set) {
  Json head = Json::object();
  put(head, "name", set.name);
  put(head, "version", set.version);
  put(head, "about", set.about);
  put(head, "combine", name(set.combine));
  if (set.base != 0) head["base"] = set.base;
  if (set.subject != Subject::traveller) put(head, "subject", name(set.subject));
  put(head, "tuned_on", set.tuned_on);
  put(head, "adopted_by", set.adopted_by);
  put(head, "adopted_on", set.adopted_on);
  if (!set.audit.digest.empty())
    head["audit"] = {{"digest", set.audit.digest},
                     {"date", set.audit.date},
                     {"records", set.audit.records},
                     {"strongest", set.audit.strongest}};
  if (!set.audit.untold.empty()) head["audit"]["untold"] = set.audit.untold;
  for (const RuleParameter& p : set.parameters) head["let"].push_back(to_text(p));
  for (const RuleGroup& g : set.groups) {
    Json caps = Json::object();
    if (g.min) caps["min"] = *g.min;
    if (g.max) caps["max"] = *g.max;
    head["groups"][g.name] = std::move(caps);
  }
  return head;
}

Json json_of(const Rule& r, const RuleSet& set, const Catalogue& catalogue) {
  Json out = Json::object();
  put(out, "id", r.id);
  put(out, "version", r.version);
  put(out, "when",
      r.when.empty() ? to_text(r.condition, {catalogue, set.parameters, set.subject}) : r.when);
  out["score"] = r.score;
  if (r.group >= 0) put(out, "group", set.groups.at(static_cast<std::size_t>(r.group)).name);
  if (r.on_missing != OnMissing::no) put(out, "on_missing", name(r.on_missing));
  if (r.reason_fr == r.reason_en)
    put(out, "reason", r.reason_en);
  else
    out["reason"] = {{"en", r.reason_en}, {"fr", r.reason_fr}};
  out["stage"] = Json::array();
  for (std::size_t s = 0; s < n_stages; ++s)
    if (r.stages[s]) out["stage"].push_back(name(static_cast<Stage>(s)));
  put(out, "purpose", r.purpose);
  put(out, "basis", r.basis);
  put(out, "evidence", r.evidence);
  put(out, "owner", r.owner);
  put(out, "valid_from", r.valid_from);
  put(out, "valid_to", r.valid_to);
  put(out, "review_by", r.review_by);
  return out;
}

}  // namespace

std::string rule_set_json(const RuleSet& set, const Catalogue& catalogue) {
  Json out = Json::object();
  out["ruleset"] = head_of(set);
  out["rule"] = Json::array();
  for (const Rule& r : set.rules) out["rule"].push_back(json_of(r, set, catalogue));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

RuleSet parse_rule_set_json(std::string_view text, const std::string& file_name,
                            const Catalogue& catalogue) {
  RuleProblems problems(file_name, text);
  RuleReading reading = read_rule_file(text, true, catalogue, problems);
  problems.throw_if_any();
  return std::move(reading.set);
}

RuleSet load_rule_set(const std::filesystem::path& path, const Catalogue& catalogue) {
  const std::string bytes = read_rule_bytes(path);
  return is_json(path) ? parse_rule_set_json(bytes, path.string(), catalogue)
                       : parse_rule_set(bytes, path.string(), catalogue);
}

}  // namespace corridor::risk
