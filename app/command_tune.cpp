// SPDX-License-Identifier: Apache-2.0
/// \file command_tune.cpp  corridor tune: weights and thresholds from records whose truth is known.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <limits>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/record_input.hpp"
#include "app/risk_options.hpp"
#include "models/risk/rule_set_json.hpp"
#include "models/risk/rule_set_text.hpp"
#include "models/risk/tune.hpp"
#include "sim/names.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

risk::TuneMethod method_of(const po::variables_map& given) {
  const auto text = given["method"].as<std::string>();
  std::vector<std::string> names;
  for (const auto m :
       {risk::TuneMethod::logistic, risk::TuneMethod::thresholds, risk::TuneMethod::both}) {
    names.emplace_back(name(m));
    if (text == names.back()) return m;
  }
  throw wrong_call("tune", "--method " + text + ": allowed are " + sim::listed(names) +
                               sim::did_you_mean(text, names));
}

/// "ID=N" of each --fixed.
std::map<std::string, std::int32_t> fixed_of(const po::variables_map& given) {
  std::map<std::string, std::int32_t> out;
  if (given.count("fixed") == 0) return out;
  for (const std::string& text : given["fixed"].as<std::vector<std::string>>()) {
    const auto at = text.find('=');
    std::int32_t score = 0;
    const char* last = text.data() + text.size();
    const char* first = at == text.npos ? last : text.data() + at + 1;
    const auto [end, error] = std::from_chars(first, last, score);
    if (at == text.npos || at == 0 || error != std::errc{} || end != last)
      throw wrong_call("tune", "--fixed " + text +
                                   ": write ID=N, N in whole hundredths of log-odds, as in "
                                   "route-high=140");
    if (!out.emplace(text.substr(0, at), score).second)
      throw wrong_call("tune", "--fixed " + text + ": the rule is fixed twice");
  }
  return out;
}

risk::TuneOptions options_of(const po::variables_map& given) {
  risk::TuneOptions options;
  options.method = method_of(given);
  options.capacity = share_option("tune", given, "capacity");
  options.holdout = share_option("tune", given, "holdout");
  options.penalty = given["penalty"].as<double>();
  if (!(options.penalty >= 0 && options.penalty < 1e12))
    throw wrong_call("tune", fmt::format("--penalty {}: allowed is 0 or more", options.penalty));
  options.budget = static_cast<int>(*whole_option("tune", given, "budget", 1, 100'000));
  options.seed = static_cast<std::uint32_t>(
      *whole_option("tune", given, "seed", 0, std::numeric_limits<std::uint32_t>::max()));
  options.fixed = fixed_of(given);
  return options;
}

/// Before the records are read, which may take long.
void check_fixed(const risk::TuneOptions& options, const risk::RuleSet& rules) {
  std::vector<std::string> ids;
  for (const risk::Rule& rule : rules.rules) ids.push_back(rule.id);
  for (const auto& [id, score] : options.fixed)
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      throw wrong_call("tune", fmt::format("--fixed {}={}: the set has no rule '{}'{}", id, score,
                                           id, sim::did_you_mean(id, ids)));
  if (!options.fixed.empty() && options.method == risk::TuneMethod::thresholds)
    throw wrong_call("tune", "--fixed is for weights, and --method thresholds fits none");
}

/// What the records do not allow is said with their name.
risk::Tuning tuned(const risk::RuleSet& rules, const risk::RecordStore& records,
                   const risk::RecordStore* fresh, const risk::TuneOptions& options,
                   const std::string& place) {
  try {
    return risk::tune(rules, records, fresh, options);
  } catch (const risk::stats::FitError& error) {
    throw sim::UserError(place + error.what());
  }
}

/// Options that the method does not look at.
void refuse_idle(const po::variables_map& given) {
  const auto method = method_of(given);
  const auto refuse = [&](const char* option, const char* why) {
    if (!given[option].defaulted()) throw wrong_call("tune", fmt::format("--{} {}", option, why));
  };
  if (method == risk::TuneMethod::thresholds)
    refuse("penalty", "is for weights, and --method thresholds fits none");
  if (method == risk::TuneMethod::logistic)
    refuse("budget", "is for thresholds, and --method logistic searches none");
  refuse_idle_force("tune", given);
}

}  // namespace

int command_tune(const std::vector<std::string>& args) {
  Call call;
  call.name = "tune";
  call.usage = "--rules RULES --input FILE [--method M] [-o RULES_OUT] [options]";
  call.about =
      "Fits the weights of a set of rules, and searches its parameters within their ranges, on "
      "synthetic records whose truth is known; tests the result on records that were held out, and "
      "on fresh ones. Prints what changed; -o writes the new set, which is inert until a person "
      "adopts it (corridor rules adopt).";
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  call.options.add_options()("rules", text("RULES"), "the set of rules (TOML or JSON)");
  add_input_options(call.options);
  call.options.add_options()("method",
                             po::value<std::string>()->default_value("both")->value_name("M"),
                             "logistic (weights), thresholds (parameters), or both")(
      "penalty", po::value<double>()->default_value(1, "1")->value_name("L"),
      "ridge of the fit, 1/log-odds^2")(
      "holdout", po::value<double>()->default_value(0.3, "0.3")->value_name("SHARE"),
      "share of the records (by who travels together) held out")(
      "capacity", po::value<double>()->default_value(0.02, "0.02")->value_name("SHARE"),
      "share of the records that can be looked at")(
      "budget", po::value<std::int64_t>()->default_value(200)->value_name("N"),
      "variants of the parameters to try, the present one included")(
      "seed", po::value<std::int64_t>()->default_value(1)->value_name("N"),
      "of the split and of the variants")(
      "fixed", po::value<std::vector<std::string>>()->composing()->value_name("ID=N"),
      "weight of a rule that is not fitted, in hundredths of log-odds; may be repeated")(
      "fresh", text("FILE"), "records that have no part in tuning, to test the result on")(
      "fresh-seeds", po::value<std::int64_t>()->value_name("N"),
      "of a run: test the result on the journeys of N other seeds, those that follow its own")(
      "json", "print the report as JSON")("output,o", text("RULES_OUT"),
                                          "where to write the new set (TOML, or JSON by its name)")(
      "force", "replace a file that exists");
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("rules") == 0) throw wrong_call("tune", "no rules are named: --rules RULES");
  const std::filesystem::path rule_file = (*given)["rules"].as<std::string>();
  refuse_idle(*given);
  const risk::TuneOptions options = options_of(*given);
  const RecordInput input = record_input("tune", *given);
  std::filesystem::path fresh_file, output;
  if (given->count("fresh") > 0) {
    fresh_file = (*given)["fresh"].as<std::string>();
    std::error_code error;
    if (std::filesystem::equivalent(fresh_file, input.call.file, error))
      throw wrong_call("tune", "--fresh " + fresh_file.string() +
                                   " is the input itself: fresh records have no part in tuning");
  }
  std::uint32_t fresh_seeds = 0;
  if (const auto n = whole_option("tune", *given, "fresh-seeds", 1, 100)) {
    fresh_seeds = static_cast<std::uint32_t>(*n);
    if (!input.run)
      throw wrong_call("tune", "--fresh-seeds is for results and scenarios; name a table, --fresh");
    if (!fresh_file.empty()) throw wrong_call("tune", "give --fresh or --fresh-seeds, not both");
  }
  if (given->count("output") > 0) {
    output = (*given)["output"].as<std::string>();
    check_output(output, given->count("force") > 0, input.files({rule_file, fresh_file}));
  }
  const risk::Catalogue& catalogue = input.schema->catalogue;
  const risk::RuleSet rules = risk::load_rule_set(rule_file, catalogue);
  check_fixed(options, rules);
  const std::vector<const risk::RuleSet*> sets{&rules};
  const risk::RecordStore records = input.read(input.call.file, sets);
  std::optional<risk::RecordStore> fresh;
  if (!fresh_file.empty()) fresh = input.read(fresh_file, sets);
  for (std::uint32_t k = 1; k <= fresh_seeds; ++k) {
    risk::RecordStore more = input.read(input.call.file, sets, k);
    if (fresh)
      risk::append_apart(*fresh, more);
    else
      fresh = std::move(more);
  }
  const risk::Tuning result = tuned(rules, records, fresh ? &*fresh : nullptr, options,
                                    input.call.file.string() + ": error: ");
  if (!output.empty()) {
    risk::check(result.set, catalogue);
    const std::string bytes = risk::is_json(output) ? risk::rule_set_json(result.set, catalogue)
                                                    : risk::rule_set_text(result.set, catalogue);
    sim::replace_file(output, {std::as_bytes(std::span(bytes))});
  }
  std::cout << (given->count("json") > 0 ? result.json() : result.text());
  if (given->count("json") == 0)
    std::cout << (output.empty() ? "The new set was not written; -o FILE writes it.\n"
                                 : "wrote " + output.string() + "\n");
  return 0;
}

}  // namespace corridor::app
