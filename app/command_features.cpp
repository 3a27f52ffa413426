// SPDX-License-Identifier: Apache-2.0
/// \file command_features.cpp  corridor features: what a rule can read, and what it cannot.

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/record_input.hpp"
#include "app/risk_options.hpp"
#include "models/risk/feature.hpp"
#include "models/risk/feature_file.hpp"

namespace corridor::app {
namespace {

using Json = nlohmann::ordered_json;

/// "0..400", or the values of a category.
std::string allowed(const risk::Feature& f) {
  if (f.type == risk::FeatureType::number)
    return risk::number_text(f.lo) + ".." + risk::number_text(f.hi);
  std::string out;
  for (const std::string& value : f.values) out += (out.empty() ? "" : " ") + value;
  return out;
}

std::string table(const risk::Catalogue& catalogue, risk::Language language) {
  std::size_t of_name = 19, of_unit = 8;
  for (const risk::Feature& f : catalogue.features()) {
    of_name = std::max(of_name, f.name.size() + 1);
    of_unit = std::max(of_unit, f.unit.size() + 1);
  }
  std::string out;
  if (const std::string& statement = catalogue.synthetic_statement(); !statement.empty())
    out = std::string(risk::in(language, "synthetic records: ", "données synthétiques : ")) +
          statement + "\n\n";
  out += fmt::format("{:<{}}{:<10}{:<{}}{:<10}{:<13}{:<13}{}\n", "feature", of_name, "type", "unit",
                     of_unit, "from", "class", "subject", "meaning and values");
  for (const risk::Feature& f : catalogue.features()) {
    out += fmt::format("{:<{}}{:<10}{:<{}}{:<10}{:<13}{:<13}{}", f.name, of_name, name(f.type),
                       f.unit, of_unit, name(f.known_from), name(f.legal), name(f.subject),
                       risk::in(language, f.meaning_en, f.meaning_fr));
    if (const std::string values = allowed(f); !values.empty()) out += " [" + values + "]";
    out += "\n";
  }
  return out +
         std::string(risk::in(
             language, "\naudit-only: a rule that names it is refused; the audit alone reads it.\n",
             "\naudit-only : une règle qui la nomme est refusée ; l'audit seul la lit.\n"));
}

Json json(const risk::Catalogue& catalogue) {
  Json features = Json::array();
  for (const risk::Feature& f : catalogue.features()) {
    Json row = {{"name", f.name},
                {"type", name(f.type)},
                {"unit", f.unit},
                {"stage", name(f.known_from)},
                {"legal_class", name(f.legal)},
                {"subject", name(f.subject)},
                {"scored", f.legal != risk::LegalClass::audit_only},
                {"agency_dependent", f.agency_dependent},
                {"meaning_en", f.meaning_en},
                {"meaning_fr", f.meaning_fr}};
    if (f.type == risk::FeatureType::category) row["values"] = f.values;
    if (f.type == risk::FeatureType::number) {
      row["lowest"] = f.lo;
      row["highest"] = f.hi;
    }
    features.push_back(std::move(row));
  }
  return {{"synthetic_statement", catalogue.synthetic_statement()}, {"features", features}};
}

}  // namespace

int command_features(const std::vector<std::string>& args) {
  Call call{"features",
            "[--features FILE] [--lang en|fr] [--json]",
            "Prints what rules can read: name, type, unit, the stage from which it is known, legal "
            "class and\n"
            "meaning. What is audit-only cannot be scored.",
            {},
            {},
            {}};
  call.options.add_options()("features", po::value<std::string>()->value_name("FILE"),
                             "another catalogue than the shipped one (TOML)")(
      "lang", po::value<std::string>()->default_value("en")->value_name("L"),
      "language of the meanings: en or fr")("json", "the same as JSON");
  const auto given = parse_call(call, args);
  if (!given) return 0;
  const risk::Language language = language_option("features", *given);
  const risk::RecordSchema schema = named_schema(*given);
  const risk::Catalogue& catalogue = schema.catalogue;
  std::cout << (given->count("json") > 0 ? json(catalogue).dump(2) + "\n"
                                         : table(catalogue, language));
  return 0;
}

}  // namespace corridor::app
