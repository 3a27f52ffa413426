// SPDX-License-Identifier: Apache-2.0
/// \file command_backtest.cpp  corridor backtest: champion against challenger on the same records.

#include <iostream>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/record_input.hpp"
#include "app/risk_options.hpp"
#include "models/risk/backtest.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {

int command_backtest(const std::vector<std::string>& args) {
  Call call;
  call.name = "backtest";
  call.usage = "--champion RULES --challenger RULES --input FILE [--capacity SHARE] [options]";
  call.about =
      "Two sets of rules on the same synthetic records under the same capacity, post by post and "
      "hour by hour where the records say where and when: what is gained, what is lost, by post, "
      "by protected group and by rule, and the curve over capacities. A replay: the adversary does "
      "not react.";
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  call.options.add_options()("champion", text("RULES"), "the rules in use (TOML or JSON)")(
      "challenger", text("RULES"), "the rules that would replace them");
  add_input_options(call.options);
  call.options.add_options()(
      "capacity", po::value<double>()->default_value(0.02, "0.02")->value_name("SHARE"),
      "share of the records that can be looked at")("json", "the same as JSON")(
      "output,o", text("FILE"), "write it into this file")("force", "replace a file that exists");
  const auto given = parse_call(call, args);
  if (!given) return 0;
  for (const char* side : {"champion", "challenger"})
    if (given->count(side) == 0)
      throw wrong_call("backtest", std::string("no ") + side + " is named: --" + side + " RULES");
  const std::filesystem::path champion_file = (*given)["champion"].as<std::string>(),
                              challenger_file = (*given)["challenger"].as<std::string>();
  risk::BacktestOptions options;
  options.capacity = share_option("backtest", *given, "capacity");
  refuse_idle_force("backtest", *given);
  const RecordInput input = record_input("backtest", *given);
  std::filesystem::path output;
  if (given->count("output") > 0) {
    output = (*given)["output"].as<std::string>();
    check_output(output, given->count("force") > 0, input.files({champion_file, challenger_file}));
  }
  const risk::RuleSet champion = risk::load_rule_set(champion_file, input.schema->catalogue),
                      challenger = risk::load_rule_set(challenger_file, input.schema->catalogue);
  const risk::RecordStore store = input.read(input.call.file, {&champion, &challenger});
  const risk::Backtest result = risk::backtest(champion, challenger, store, options);
  const std::string out = given->count("json") > 0 ? result.json() : result.text();
  if (output.empty())
    std::cout << out;
  else
    sim::replace_file(output, {std::as_bytes(std::span(out))});
  return 0;
}

}  // namespace corridor::app
