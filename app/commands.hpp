// SPDX-License-Identifier: Apache-2.0
/// \file commands.hpp  The commands of `corridor`: one row and one file app/command_NAME.cpp each.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace corridor::app {

/// Each takes the words after its name and returns the exit status; user errors are thrown.
int command_run(const std::vector<std::string>& args);
int command_validate(const std::vector<std::string>& args);
int command_schema(const std::vector<std::string>& args);
int command_info(const std::vector<std::string>& args);
int command_digest(const std::vector<std::string>& args);
int command_explain(const std::vector<std::string>& args);
int command_export(const std::vector<std::string>& args);
int command_map(const std::vector<std::string>& args);
int command_compare(const std::vector<std::string>& args);
int command_estimate(const std::vector<std::string>& args);
int command_levers(const std::vector<std::string>& args);
int command_features(const std::vector<std::string>& args);
int command_rules(const std::vector<std::string>& args);
int command_score(const std::vector<std::string>& args);
int command_audit(const std::vector<std::string>& args);
int command_backtest(const std::vector<std::string>& args);
int command_tune(const std::vector<std::string>& args);
int command_docking(const std::vector<std::string>& args);
int command_backcast(const std::vector<std::string>& args);

struct Command {
  std::string_view name, help;
  int (*run)(const std::vector<std::string>& args);
};

inline constexpr std::array commands{
    Command{"run", "simulate a scenario and write a result file", command_run},
    Command{"validate", "check scenario files and report everything that is wrong",
            command_validate},
    Command{"schema", "print the parameters of a scenario: JSON Schema or Markdown",
            command_schema},
    Command{"info", "summarise a result file", command_info},
    Command{"digest", "print a hash of all results of a file", command_digest},
    Command{"explain", "make one journey again from its id and tell it", command_explain},
    Command{"export", "write a result file's tables as CSV or GeoJSON, or passenger lists",
            command_export},
    Command{"map", "draw a result file's flows on a map", command_map},
    Command{"compare", "run a base and its alternatives under the same seeds and tell what differs",
            command_compare},
    Command{"estimate", "tell what analysts would have believed of hidden worlds, and the truth",
            command_estimate},
    Command{"levers", "print the levers of joint strategy, their costs and what they must move",
            command_levers},
    Command{"features", "print what risk rules can read, and what they cannot", command_features},
    Command{"rules", "check a file of risk rules, or make a page to sign of it", command_rules},
    Command{"score", "score a table of synthetic records by a set of rules", command_score},
    Command{"audit", "tell what a set of rules finds, at what cost, and whom it selects",
            command_audit},
    Command{"backtest", "compare two sets of rules on the same records: a replay",
            command_backtest},
    Command{"tune", "fit weights and thresholds of rules to records, and test them on others",
            command_tune},
    Command{"docking", "run NarcoLogic's rules on a synthetic network and judge what appears",
            command_docking},
    Command{"backcast",
            "calibrate trafficking on figures up to a year and forecast the years after",
            command_backcast},
};

}  // namespace corridor::app
