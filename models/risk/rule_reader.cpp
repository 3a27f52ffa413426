// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_reader.hpp"

#include <algorithm>

#include "models/risk/expression_text.hpp"
#include "models/risk/rule_table_reader.hpp"
#include "sim/names.hpp"

namespace corridor::risk {
namespace {

using Kind = DocumentValue::Kind;

constexpr std::int32_t largest_cap = 1'000'000;

template <class E>
std::vector<std::string> names_of(std::initializer_list<E> all) {
  std::vector<std::string> out;
  for (const E e : all) out.emplace_back(name(e));
  return out;
}

/// "[A-Za-z0-9][A-Za-z0-9._-]*", at most 60 bytes
bool is_id(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !text.empty() && text.size() <= 60 && plain(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}
constexpr std::string_view id_form = "letters, digits, '.', '_' and '-', at most 60";

class Reader {
 public:
  Reader(std::string_view source, const Catalogue& catalogue, RuleProblems& problems)
      : source_(source), catalogue_(catalogue), problems_(problems) {}

  RuleReading read(const DocumentValue& root) {
    RuleTableReader whole(root, "the file", problems_);
    whole.only_keys({"ruleset", "rule"});
    if (const DocumentValue* head = whole.value("ruleset", true)) {
      if (head->kind == Kind::table)
        read_head(*head);
      else
        problems_.add(head->place, "value", "ruleset must be a table [ruleset]");
    }
    const DocumentValue* rules = whole.value("rule", true);
    if (!rules) return std::move(out_);
    if (rules->kind != Kind::list) {
      problems_.add(rules->place, "value", "rule must be a list of tables [[rule]]");
      return std::move(out_);
    }
    if (rules->items.size() > most_rules)
      problems_.add(rules->items[most_rules].place, "too-many",
                    std::to_string(rules->items.size()) + " rules; allowed are " +
                        std::to_string(most_rules));
    for (std::size_t i = 0; i < std::min(rules->items.size(), most_rules); ++i) {
      const DocumentValue& rule = rules->items[i];
      if (rule.kind == Kind::table)
        read_rule(rule, i + 1);
      else
        problems_.add(rule.place, "value", "a rule must be a table [[rule]]");
    }
    problems_.of_rule("");
    check_untold();
    const auto lowers = [](const Rule& r) { return r.score < 0; };
    if (std::none_of(out_.set.rules.begin(), out_.set.rules.end(), lowers))
      problems_.add(whole.value("ruleset", false) ? whole.value("ruleset", false)->place
                                                  : sim::LinePlace{1, 1},
                    "no-exonerating",
                    "no exonerating rule: at least one rule must lower the score (a negative "
                    "score), so that what speaks for a person counts too");
    return std::move(out_);
  }

 private:
  void read_head(const DocumentValue& table) {
    RuleTableReader head(table, "[ruleset]", problems_);
    head.only_keys({"name", "version", "about", "combine", "base", "subject", "tuned_on",
                    "adopted_by", "adopted_on", "audit", "let", "groups"});
    RuleSet& set = out_.set;
    set.name = head.text("name", true);
    set.version = head.text("version", true);
    set.about = head.text("about", false);
    if (const auto row = head.choice(
            "combine", names_of({Combine::additive, Combine::noisy_or, Combine::logistic}), true)) {
      set.combine = static_cast<Combine>(*row);
      combine_known_ = true;
    }
    set.base = head.whole("base", -10'000, 10'000, false).value_or(0);
    if (const auto row =
            head.choice("subject", names_of({Subject::traveller, Subject::consignment}), false))
      set.subject = static_cast<Subject>(*row);
    set.tuned_on = head.text("tuned_on", false);
    set.adopted_by = head.text("adopted_by", false);
    set.adopted_on = head.date("adopted_on", false);
    if (const DocumentEntry* by = table.find("adopted_by"); by && !table.find("adopted_on"))
      problems_.add(by->place, "no-adopted_on", "adopted_by without adopted_on: name the day too");
    if (const DocumentEntry* on = table.find("adopted_on"); on && !table.find("adopted_by"))
      problems_.add(on->place, "no-adopted_by",
                    "adopted_on without adopted_by: name the person who answers for the set");
    if (const DocumentValue* audit = head.value("audit", false)) {
      read_audit(*audit);
      if (!table.find("adopted_by"))
        problems_.add(
            audit->place, "no-adopted_by",
            "an audit without adopted_by: it is kept with the name of the person who took "
            "the set on");
    }
    for (const DocumentValue* text : head.texts("let", false)) read_parameter(*text);
    if (const DocumentValue* groups = head.value("groups", false)) read_groups(*groups);
  }

  void read_parameter(const DocumentValue& text) {
    std::vector<ExpressionProblem> found;
    std::optional<RuleParameter> made = parse_parameter(text.text, found);
    tell(text, found);
    if (!made) return;
    if (catalogue_.find(made->name))
      problems_.add(text.place, "duplicate-name",
                    in_quotes(made->name) + " is the name of a feature; a parameter needs another");
    else if (std::any_of(out_.set.parameters.begin(), out_.set.parameters.end(),
                         [&](const RuleParameter& p) { return p.name == made->name; }))
      problems_.add(text.place, "duplicate-name",
                    "there is another parameter " + in_quotes(made->name));
    else
      out_.set.parameters.push_back(std::move(*made));
  }

  void read_audit(const DocumentValue& table) {
    if (table.kind != Kind::table) {
      problems_.add(table.place, "value", "audit must be a table, as `rules adopt` writes it");
      return;
    }
    RuleTableReader audit(table, "audit", problems_);
    audit.only_keys({"digest", "date", "records", "strongest", "untold"});
    AdoptionAudit& out = out_.set.audit;
    out.digest = audit.text("digest", true);
    if (!out.digest.empty() &&
        (out.digest.size() != 32 ||
         out.digest.find_first_not_of("0123456789abcdef") != std::string::npos))
      problems_.add(table.find("digest")->value.place, "value",
                    "a digest is 32 hexadecimal digits");
    out.date = audit.date("date", true);
    out.records = audit.text("records", true);
    out.strongest = audit.text("strongest", true);
    untold_ = audit.texts("untold", false);
    for (const DocumentValue* rule : untold_) out.untold.push_back(rule->text);
  }

  /// What the audit could not tell is said of rules that there are.
  void check_untold() {
    std::vector<std::string> ids;
    for (const Rule& rule : out_.set.rules) ids.push_back(rule.id);
    for (const DocumentValue* rule : untold_)
      if (std::find(ids.begin(), ids.end(), rule->text) == ids.end())
        problems_.add(rule->place, "unknown-name",
                      "untold names the rule " + in_quotes(rule->text) +
                          ", which the set does not" + " have" +
                          sim::did_you_mean(rule->text, ids));
  }

  void read_groups(const DocumentValue& groups) {
    if (groups.kind != Kind::table) {
      problems_.add(groups.place, "value",
                    "groups must be a table, as in itinerary = { max = 30 }");
      return;
    }
    for (const DocumentEntry& entry : groups.entries) {
      RuleGroup group;
      group.name = entry.key;
      if (!is_id(entry.key))
        problems_.add(entry.place, "value",
                      "the name of a group consists of " + std::string(id_form));
      if (entry.value.kind != Kind::table) {
        problems_.add(entry.value.place, "value",
                      "a group is a table, as in itinerary = { max = 30 }");
        continue;
      }
      RuleTableReader reader(entry.value, "group " + in_quotes(entry.key), problems_);
      reader.only_keys({"min", "max"});
      group.min = reader.whole("min", -largest_cap, 0, false);
      group.max = reader.whole("max", 0, largest_cap, false);
      if (entry.value.entries.empty())
        problems_.add(entry.place, "value",
                      "group " + in_quotes(entry.key) + " has neither max nor min");
      out_.set.groups.push_back(std::move(group));
    }
  }

  void read_rule(const DocumentValue& table, std::size_t number) {
    Rule rule;
    rule.line = table.place.line;
    rule.column = table.place.column;
    const DocumentEntry* id = table.find("id");
    const bool named = id && id->value.kind == Kind::text && is_id(id->value.text);
    rule.id = named ? id->value.text : "";
    problems_.of_rule(named ? rule.id : "#" + std::to_string(number));
    RuleTableReader reader(
        table, named ? "rule " + in_quotes(rule.id) : "rule " + std::to_string(number), problems_);
    reader.only_keys({"id", "version", "when", "score", "group", "on_missing", "reason", "stage",
                      "purpose", "basis", "evidence", "owner", "valid_from", "valid_to",
                      "review_by"});
    if (!reader.text("id", true).empty() && !named)
      problems_.add(id->value.place, "value", "an id consists of " + std::string(id_form));
    if (named)
      for (const Rule& other : out_.set.rules)
        if (other.id == rule.id)
          problems_.add(id->value.place, "duplicate-id",
                        "there is another rule " + in_quotes(rule.id) + ", in line " +
                            std::to_string(other.line));
    rule.version = reader.text("version", false);
    read_stages(reader, rule);
    bool sound = read_condition(reader, rule);
    const std::int32_t most =
        combine_known_ && out_.set.combine == Combine::noisy_or ? 999 : 10'000;
    const auto score = reader.whole("score", -most, most, true);
    rule.score = score.value_or(0);
    sound = sound && score && rule.stages != std::array<bool, n_stages>{};
    read_group(reader, rule);
    if (const auto row = reader.choice(
            "on_missing", names_of({OnMissing::no, OnMissing::yes, OnMissing::refer}), false))
      rule.on_missing = static_cast<OnMissing>(*row);
    read_reason(reader, rule);
    rule.purpose = reader.text("purpose", true);
    rule.basis = reader.text("basis", true);
    rule.evidence = reader.text("evidence", false);
    rule.owner = reader.text("owner", true);
    rule.valid_from = reader.date("valid_from", false);
    rule.valid_to = reader.date("valid_to", false);
    rule.review_by = reader.date("review_by", true);
    if (!rule.valid_from.empty() && !rule.valid_to.empty() && rule.valid_to < rule.valid_from)
      problems_.add(table.find("valid_to")->value.place, "date",
                    "valid_to " + rule.valid_to + " is before valid_from " + rule.valid_from);
    out_.set.rules.push_back(std::move(rule));
    out_.sound.push_back(sound);
  }

  void read_stages(RuleTableReader& reader, Rule& rule) {
    const std::vector<std::string> names =
        names_of({Stage::booking, Stage::check_in, Stage::arrival});
    for (const DocumentValue* text : reader.texts("stage", true)) {
      const auto at = std::find(names.begin(), names.end(), text->text);
      if (at == names.end()) {
        reader.complain_choice(*text, "stage", names);
        continue;
      }
      bool& counts = rule.stages[static_cast<std::size_t>(at - names.begin())];
      if (counts) problems_.add(text->place, "value", in_quotes(text->text) + " stands twice");
      counts = true;
    }
  }

  /// Whether there is a condition.
  bool read_condition(RuleTableReader& reader, Rule& rule) {
    const DocumentValue* when = reader.value("when", true);
    if (!when || !reader.is_text(*when, "when")) return false;
    rule.when = when->text;
    const std::vector<sim::LinePlace> places =
        when->text.size() <= most_expression_bytes
            ? text_places(source_, *when)
            : std::vector<sim::LinePlace>(when->text.size() + 1, when->place);
    std::vector<ExpressionProblem> found;
    std::optional<Node> made = parse_expression(
        when->text, {catalogue_, out_.set.parameters, out_.set.subject}, found,
        [&](std::size_t offset) { return places[std::min(offset, places.size() - 1)]; });
    for (ExpressionProblem& p : found)
      problems_.add(places[std::min(p.offset, places.size() - 1)], std::move(p.code),
                    std::move(p.message));
    if (!made) return false;
    rule.condition = std::move(*made);
    for (std::size_t s = 0; s < n_stages; ++s) {
      if (!rule.stages[s]) continue;
      std::vector<bool> told(catalogue_.size());
      check_stage(rule.condition, static_cast<Stage>(s), told);
      break;
    }
    return true;
  }

  void check_stage(const Node& node, Stage first, std::vector<bool>& told) {
    if (node.op == Op::feature && !told[node.index]) {
      const Feature& feature = catalogue_[node.index];
      if (feature.known_from > first) {
        told[node.index] = true;
        problems_.add({node.line, node.column}, "stage",
                      feature.name + " is known from " + std::string(name(feature.known_from)) +
                          " on, and this rule counts at " + std::string(name(first)));
      }
    }
    for (const Node& argument : node.arguments) check_stage(argument, first, told);
  }

  void read_group(RuleTableReader& reader, Rule& rule) {
    std::vector<std::string> names;
    for (const RuleGroup& group : out_.set.groups) names.push_back(group.name);
    if (const auto row = reader.choice("group", names, false))
      rule.group = static_cast<std::int32_t>(*row);
  }

  void read_reason(RuleTableReader& reader, Rule& rule) {
    const DocumentValue* reason = reader.value("reason", true);
    if (!reason) return;
    if (reason->kind == Kind::text) {
      rule.reason_en = rule.reason_fr = reader.text("reason", true);
    } else if (reason->kind == Kind::table) {
      RuleTableReader texts(*reason, "reason", problems_);
      texts.only_keys({"en", "fr"});
      rule.reason_en = texts.text("en", true);
      rule.reason_fr = reason->find("fr") ? texts.text("fr", true) : rule.reason_en;
    } else {
      problems_.add(reason->place, "value",
                    "reason is " + std::string(kind_name(reason->kind)) +
                        "; allowed is text, or { en = \"...\", fr = \"...\" }");
    }
  }

  void tell(const DocumentValue& text, std::vector<ExpressionProblem>& found) {
    if (found.empty()) return;
    const std::vector<sim::LinePlace> places = text_places(source_, text);
    for (ExpressionProblem& p : found)
      problems_.add(places[std::min(p.offset, places.size() - 1)], std::move(p.code),
                    std::move(p.message));
  }

  std::string_view source_;
  const Catalogue& catalogue_;
  RuleProblems& problems_;
  RuleReading out_;
  std::vector<const DocumentValue*> untold_;  ///< of the audit: rules that are not read yet
  bool combine_known_ = false;
};

}  // namespace

RuleReading read_rules(const DocumentValue& root, std::string_view source,
                       const Catalogue& catalogue, RuleProblems& problems) {
  return Reader(source, catalogue, problems).read(root);
}

RuleReading read_rule_file(std::string_view bytes, bool json, const Catalogue& catalogue,
                           RuleProblems& problems) {
  if (bytes.size() > most_rule_file_bytes) {
    problems.add({}, "too-long",
                 "larger than " + std::to_string(most_rule_file_bytes >> 20) +
                     " MiB, which no rule file is");
    return {};
  }
  if (const sim::LinePlace bad = sim::broken_utf8(bytes); bad.line > 0) {
    problems.add(bad, "encoding", "not UTF-8; save the file as UTF-8 text");
    return {};
  }
  if (sim::starts_with_mark(bytes)) {
    problems.add({1, 1}, "encoding", std::string(sim::mark_complaint));
    return {};
  }
  const std::size_t before = problems.size();
  const DocumentValue root =
      json ? read_json_document(bytes, problems) : read_toml_document(bytes, problems);
  if (root.kind != Kind::table) {
    if (problems.size() == before)
      problems.add({1, 1}, "value", "a rule file is a table with 'ruleset' and 'rule'");
    return {};
  }
  return read_rules(root, bytes, catalogue, problems);
}

}  // namespace corridor::risk
