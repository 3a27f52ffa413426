// SPDX-License-Identifier: Apache-2.0
/// \file feature_file_text.cpp  A catalogue written as the feature file that would be read as it.
#include <fmt/format.h>

#include <fmt/ranges.h>
#include <vector>

#include "models/risk/feature_file.hpp"

namespace corridor::risk {
namespace {

std::string in_toml(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

std::string values_text(const std::vector<std::string>& values) {
  std::vector<std::string> all;
  for (const std::string& value : values) all.push_back(in_toml(value));
  return fmt::format("values = [{}]\n", fmt::join(all, ", "));
}

}  // namespace

std::string feature_file_text(const RecordSchema& schema, const std::string& statement) {
  std::string out = fmt::format("synthetic = true\nstatement = {}\n", in_toml(statement));
  for (const Feature& f : schema.catalogue.features()) {
    if (f.legal == LegalClass::audit_only || f.subject != Subject::traveller) continue;
    out += fmt::format(
        "\n[[feature]]\nname = {}\ntype = \"{}\"\nstage = \"{}\"\nlegal_class = \"{}\"\n",
        in_toml(f.name), name(f.type), name(f.known_from), name(f.legal));
    if (f.type == FeatureType::number) {
      out += fmt::format("unit = {}\nrange = [{}, {}]\n", in_toml(f.unit), f.lo, f.hi);
      if (f.storage != Storage::f64) out += fmt::format("per_unit = {}\n", f.per_unit);
    }
    if (f.type == FeatureType::category) out += values_text(f.values);
    out += fmt::format("meaning = {{ en = {}, fr = {} }}\n", in_toml(f.meaning_en),
                       in_toml(f.meaning_fr));
  }
  for (const ProtectedAttribute& a : schema.protected_attributes)
    out += fmt::format("\n[[protected]]\nname = {}\n{}", in_toml(a.name), values_text(a.values));
  return out;
}

}  // namespace corridor::risk
