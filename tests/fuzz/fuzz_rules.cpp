// SPDX-License-Identifier: Apache-2.0
/// \file fuzz_rules.cpp  Any bytes as a rule file, TOML or JSON: read, or refused with complaints;
/// what is read survives both of its texts; lint has an answer in any case.

// See fuzz_scenario.cpp: the parser is compiled here, instrumented and without its assertions.
#define TOML_IMPLEMENTATION
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "models/risk/lint.hpp"
#include "models/risk/rule_card.hpp"
#include "models/risk/rule_set_json.hpp"
#include "models/risk/rule_set_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace corridor::risk;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const bool json = bytes.starts_with("{") || bytes.starts_with("[1");
  const Catalogue& catalogue = shipped_catalogue();
  const LintReport report = lint_bytes(bytes, "fuzz", json, catalogue, {"2026-06-01", 50});
  if (report.text().empty() || report.json().empty()) std::abort();
  try {
    const RuleSet set = json ? parse_rule_set_json(bytes, "fuzz", catalogue)
                             : parse_rule_set(bytes, "fuzz", catalogue);
    check(set, catalogue);
    const std::string text = rule_set_text(set, catalogue);
    const RuleSet again = parse_rule_set(text, "fuzz", catalogue);
    const RuleSet other = parse_rule_set_json(rule_set_json(set, catalogue), "fuzz", catalogue);
    if (!(again == set) || !(other == set) || rule_set_text(again, catalogue) != text) std::abort();
    for (const Language language : {Language::english, Language::french})
      if (rule_card(set, catalogue, report, language, CardForm::markdown).empty()) std::abort();
  } catch (const RuleError& error) {
    if (error.found().empty() || report.count(Severity::error) == 0) std::abort();
    for (const RuleProblem& problem : error.found())
      if (problem.message.empty() || problem.code.empty()) std::abort();
  }
  return 0;
}
