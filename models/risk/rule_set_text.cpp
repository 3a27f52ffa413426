// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_set_text.hpp"

#include <algorithm>

#include "models/risk/expression_text.hpp"
#include "models/risk/rule_reader.hpp"
#include "sim/parameter_set.hpp"
#include "sim/safe_file.hpp"

namespace corridor::risk {
namespace {

/// A TOML text; of several lines when it has them.
std::string toml_text(std::string_view text) {
  const bool lines = text.find('\n') != text.npos;
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
  });
  if (!lines || control) return sim::literal(text);
  std::string out = "\"\"\"\n";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"\"\"";
}

class Writer {
 public:
  std::string out;

  void line(const std::string& text) { out += text + "\n"; }
  void text(std::string_view key, std::string_view value) {
    if (!value.empty()) line(std::string(key) + " = " + toml_text(value));
  }
  void names(std::string_view key, const std::vector<std::string>& values) {
    std::string list;
    for (const std::string& value : values)
      list += (list.empty() ? "" : ", ") + sim::literal(std::string_view(value));
    line(std::string(key) + " = [" + list + "]");
  }
  /// A date, or what a program put in its place.
  void date(std::string_view key, std::string_view value) {
    const bool plain = value.size() == 10 && value.find_first_not_of("0123456789-") == value.npos;
    if (!value.empty())
      line(std::string(key) + " = " + (plain ? std::string(value) : sim::literal(value)));
  }
};

void write_head(Writer& w, const RuleSet& set) {
  w.line("[ruleset]");
  w.text("name", set.name);
  w.text("version", set.version);
  w.text("about", set.about);
  w.text("combine", name(set.combine));
  if (set.base != 0) w.line("base = " + std::to_string(set.base));
  if (set.subject != Subject::traveller) w.text("subject", name(set.subject));
  w.text("tuned_on", set.tuned_on);
  w.text("adopted_by", set.adopted_by);
  w.date("adopted_on", set.adopted_on);
  if (!set.parameters.empty()) {
    w.line("let = [");
    for (const RuleParameter& p : set.parameters)
      w.line("  " + sim::literal(std::string_view(to_text(p))) + ",");
    w.line("]");
  }
  if (!set.audit.digest.empty()) {
    w.line("\n[ruleset.audit]");
    w.text("digest", set.audit.digest);
    w.date("date", set.audit.date);
    w.text("records", set.audit.records);
    w.text("strongest", set.audit.strongest);
    if (!set.audit.untold.empty()) w.names("untold", set.audit.untold);
  }
  if (set.groups.empty()) return;
  w.line("\n[ruleset.groups]");
  for (const RuleGroup& g : set.groups) {
    std::string caps;
    if (g.min) caps += "min = " + std::to_string(*g.min);
    if (g.max) caps += (caps.empty() ? "max = " : ", max = ") + std::to_string(*g.max);
    w.line(sim::literal(std::string_view(g.name)) + " = { " + caps + " }");
  }
}

}  // namespace

std::string rule_set_text(const RuleSet& set, const Catalogue& catalogue) {
  Writer w;
  write_head(w, set);
  for (const Rule& r : set.rules) {
    w.line("\n[[rule]]");
    w.text("id", r.id);
    w.text("version", r.version);
    w.text("when", r.when.empty() ? to_text(r.condition, {catalogue, set.parameters, set.subject})
                                  : r.when);
    w.line("score = " + std::to_string(r.score));
    if (r.group >= 0) w.text("group", set.groups.at(static_cast<std::size_t>(r.group)).name);
    if (r.on_missing != OnMissing::no) w.text("on_missing", name(r.on_missing));
    if (r.reason_fr == r.reason_en) {
      w.text("reason", r.reason_en);
    } else {
      w.line("reason.en = " + toml_text(r.reason_en));
      w.line("reason.fr = " + toml_text(r.reason_fr));
    }
    std::vector<std::string> stages;
    for (std::size_t s = 0; s < n_stages; ++s)
      if (r.stages[s]) stages.emplace_back(name(static_cast<Stage>(s)));
    w.names("stage", stages);
    w.text("purpose", r.purpose);
    w.text("basis", r.basis);
    w.text("evidence", r.evidence);
    w.text("owner", r.owner);
    w.date("valid_from", r.valid_from);
    w.date("valid_to", r.valid_to);
    w.date("review_by", r.review_by);
  }
  return w.out;
}

RuleSet parse_rule_set(std::string_view text, const std::string& file_name,
                       const Catalogue& catalogue) {
  RuleProblems problems(file_name, text);
  RuleReading reading = read_rule_file(text, false, catalogue, problems);
  problems.throw_if_any();
  return std::move(reading.set);
}

bool is_json(const std::filesystem::path& path) { return path.extension() == ".json"; }

std::string read_rule_bytes(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > most_rule_file_bytes) {
    RuleProblems problems(path.string(), "");
    problems.add({}, "too-long",
                 "larger than " + std::to_string(most_rule_file_bytes >> 20) +
                     " MiB, which no rule file is");
    problems.throw_if_any();
  }
  const std::vector<std::byte> bytes = sim::read_file(path, most_rule_file_bytes);
  std::string out(bytes.size(), '\0');
  std::transform(bytes.begin(), bytes.end(), out.begin(),
                 [](std::byte b) { return static_cast<char>(b); });
  return out;
}

}  // namespace corridor::risk
