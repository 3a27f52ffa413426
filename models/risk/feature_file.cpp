// SPDX-License-Identifier: Apache-2.0
#include "models/risk/feature_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "models/risk/personal_data.hpp"
#include "models/risk/unlawful_names.hpp"
#include "sim/names.hpp"
#include "sim/toml_text.hpp"
#include "sim/utf8.hpp"

namespace corridor::risk {
namespace {

/// Names of an enumeration, in its order.
template <class E, std::size_t N>
std::vector<std::string> names_of(const std::array<E, N>& all) {
  std::vector<std::string> out;
  for (const E e : all) out.emplace_back(name(e));
  return out;
}
constexpr std::array types{FeatureType::number, FeatureType::boolean, FeatureType::category};
constexpr std::array stages{Stage::booking, Stage::check_in, Stage::arrival};
constexpr std::array classes{LegalClass::journey,    LegalClass::document,   LegalClass::history,
                             LegalClass::list,       LegalClass::assessment, LegalClass::indicator,
                             LegalClass::consignment};
constexpr std::array subjects{Subject::traveller, Subject::consignment};

/// Words of the rule language and columns that tables have beside features.
constexpr std::string_view reserved[] = {
    "and",   "or",    "not", "in",    "between", "of",       "true",     "false", "missing",
    "min",   "max",   "abs", "log1p", "let",     "id",       "truth",    "post",  "hour",
    "stage", "score", "tie", "fired", "reasons", "referred", "statement"};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

class Reader {
 public:
  Reader(const std::string& file, sim::Complaints& complaints)
      : file_(file), complaints_(complaints) {}

  RecordSchema read(const toml::table& root) {
    only_keys(root, "the top level", {"synthetic", "statement", "feature", "protected"});
    const toml::node* synthetic = root.get("synthetic");
    if (!synthetic || !synthetic->is_boolean() || !synthetic->as_boolean()->get())
      complain(synthetic ? at(*synthetic) : top(),
               "synthetic = true is missing: say so if the records are synthetic; " +
                   std::string(not_for_real_persons));
    std::string statement = text(root, top(), "", "statement", most_statement_characters,
                                 "who made the records and how; it stands in every output");
    std::vector<Feature> features;
    for (const toml::table* table : tables(root, "feature"))
      if (std::optional<Feature> f = feature(*table)) features.push_back(std::move(*f));
    RecordSchema schema;
    for (const toml::table* table : tables(root, "protected"))
      if (std::optional<ProtectedAttribute> a = attribute(*table))
        schema.protected_attributes.push_back(std::move(*a));
    if (!root.contains("feature")) complain(top(), "no [[feature]]; a catalogue has at least one");
    if (features.size() + schema.protected_attributes.size() > most_features)
      complain(top(),
               fmt::format("{} features; at most {} are allowed", features.size(), most_features));
    for (const ProtectedAttribute& a : schema.protected_attributes) {
      Feature f;
      f.name = a.name;
      f.type = FeatureType::category;
      f.unit = "-";
      f.legal = LegalClass::audit_only;
      f.meaning_en = "protected: the audit alone reads it";
      f.meaning_fr = "protégé : réservé à l'audit";
      f.values = a.values;
      features.push_back(std::move(f));
    }
    schema.catalogue = Catalogue(std::move(features), std::move(statement), file_);
    return schema;
  }

 private:
  [[nodiscard]] sim::Place top() const { return {file_, 1, 1}; }
  [[nodiscard]] sim::Place at(const toml::node& node) const {
    return sim::toml_place(file_, node.source());
  }
  void complain(const sim::Place& place, std::string what) {
    complaints_.add(place, std::move(what));
  }

  void only_keys(const toml::table& table, const std::string& where,
                 const std::vector<std::string>& known) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (std::ranges::find(known, name) == known.end())
        complain(
            sim::toml_place(file_, key.source()),
            fmt::format("unknown key '{}' in {}{}", name, where,
                        sim::nearest_name(name, known) ? sim::did_you_mean(name, known)
                                                       : "; known here: " + sim::listed(known)));
    }
  }

  std::vector<const toml::table*> tables(const toml::table& root, const std::string& key) {
    const toml::node* node = root.get(key);
    if (!node) return {};
    std::vector<const toml::table*> out;
    const toml::array* array = node->as_array();
    bool all = array != nullptr;
    if (array)
      for (const toml::node& item : *array) {
        if (item.is_table()) out.push_back(item.as_table());
        all = all && item.is_table();
      }
    if (!all) complain(at(*node), fmt::format("{0} must be tables [[{0}]]", key));
    return out;
  }

  /// Text that must be there and not be empty.
  std::string text(const toml::table& table, const sim::Place& place, const std::string& of,
                   const std::string& key, std::size_t most, const std::string& what) {
    const toml::node* node = table.get(key);
    if (!node) {
      complain(place, fmt::format("{}{} is missing: {}", of, key, what));
      return "";
    }
    const auto* words = node->as_string();
    if (!words) {
      complain(at(*node), fmt::format("{}{} is {}; allowed is text in quotes", of, key,
                                      sim::toml_kind(*node)));
      return "";
    }
    const std::string& value = words->get();
    if (value.find_first_not_of(" \t\n") == value.npos)
      complain(at(*node), fmt::format("{}{} is empty: {}", of, key, what));
    else if (characters(value) > most || has_control(value))
      complain(at(*node),
               fmt::format("{}{} must be one line of at most {} characters", of, key, most));
    return value;
  }

  /// One of an enumeration's names.
  template <class E, std::size_t N>
  std::optional<E> choice(const toml::table& table, const sim::Place& place, const std::string& of,
                          const std::string& key, const std::array<E, N>& all) {
    const std::vector<std::string> known = names_of(all);
    const toml::node* node = table.get(key);
    if (!node) {
      complain(place, fmt::format("{}{} is missing; allowed are {}", of, key, sim::listed(known)));
      return std::nullopt;
    }
    const auto* words = node->as_string();
    for (std::size_t i = 0; words && i < N; ++i)
      if (words->get() == known[i]) return all[i];
    complain(at(*node),
             fmt::format("{}{} = {}; allowed are {}{}", of, key,
                         words ? "'" + words->get() + "'" : std::string(sim::toml_kind(*node)),
                         sim::listed(known), words ? sim::did_you_mean(words->get(), known) : ""));
    return std::nullopt;
  }

  /// A name that a rule can read and a table can have.
  std::string column_name(const toml::table& table, bool is_feature) {
    const sim::Place place = at(table);
    const std::string what = is_feature ? "[[feature]] " : "[[protected]] ";
    std::string name = text(table, place, what, "name", 40, "what the column is called");
    if (name.empty()) return name;
    const sim::Place here = at(*table.get("name"));
    const auto wrong = [&](const std::string& why) {
      complain(here, fmt::format("{}'{}' {}", what, name, why));
    };
    if (const auto kind = personal_by_name(name))
      wrong(fmt::format("is called like {}; {}", words_for(*kind), not_for_real_persons));
    else if (const auto unlawful = unlawful_name(name); is_feature && unlawful)
      complain(here, what + unlawful->message +
                         "; an attribute for the audit alone is a "
                         "[[protected]] one");
    else if (!std::ranges::all_of(name,
                                  [](char c) {
                                    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                                           c == '_';
                                  }) ||
             name[0] < 'a')
      wrong("is not a name: small letters, digits and _, a letter first");
    else if (std::ranges::find(reserved, name) != std::end(reserved))
      wrong("is a word of the rule language or of tables; choose another");
    else if (std::ranges::find(names_, name) != names_.end())
      wrong("is there twice");
    else
      names_.push_back(name);
    return name;
  }

  std::vector<std::string> values(const toml::table& table, const std::string& of) {
    const toml::node* node = table.get("values");
    if (!node) {
      complain(at(table), of + "values is missing: the names of what it can be");
      return {};
    }
    std::vector<std::string> out;
    PersonalWatch watch;
    const toml::array* array = node->as_array();
    for (std::size_t i = 0; array && i < array->size(); ++i) {
      const toml::node& item = *array->get(i);
      const auto* words = item.as_string();
      if (!words || words->get().empty() || characters(words->get()) > 40 ||
          has_control(words->get()) || words->get().find_first_of("'\"") != std::string::npos) {
        complain(at(item), of + "values are texts of 1 to 40 characters without quotes in them");
        continue;
      }
      if (std::ranges::find(out, words->get()) != out.end())
        complain(at(item), fmt::format("{}value '{}' is there twice", of, words->get()));
      out.push_back(words->get());
      watch.look(out.back(), 0);
    }
    if (!array || array->size() < 2 || array->size() > 250)
      complain(at(*node), of + "values must be an array of 2 to 250 texts");
    else if (const auto found = watch.finding())
      complain(at(*node), fmt::format("{}{} of {} values look like {}; {}", of, found->values,
                                      found->of, words_for(found->kind), not_for_real_persons));
    return out;
  }

  std::optional<double> real(const toml::node& node) {
    if (const auto* v = node.as_integer()) return static_cast<double>(v->get());
    if (const auto* v = node.as_floating_point(); v && std::isfinite(v->get())) return v->get();
    return std::nullopt;
  }

  void number(const toml::table& table, const std::string& of, Feature& f) {
    f.unit = text(table, at(table), of, "unit", 20, "\"day\", \"kg\"; \"1\" for a pure number");
    f.storage = Storage::f64;
    const toml::node* range = table.get("range");
    const toml::array* ends = range ? range->as_array() : nullptr;
    const auto lo = ends && ends->size() == 2 ? real(*ends->get(0)) : std::nullopt;
    const auto hi = ends && ends->size() == 2 ? real(*ends->get(1)) : std::nullopt;
    if (!lo || !hi || !(*lo < *hi) || !(std::abs(*lo) <= 1e15 && std::abs(*hi) <= 1e15)) {
      complain(range ? at(*range) : at(table),
               of + "range must be [lowest, highest], two numbers within 1e15 of 0");
      return;
    }
    f.lo = *lo;
    f.hi = *hi;
    const toml::node* per_unit = table.get("per_unit");
    if (!per_unit) return;
    const auto* n = per_unit->as_integer();
    if (!n || n->get() < 1 || n->get() > 1'000'000) {
      complain(at(*per_unit), of + "per_unit must be a whole number in [1, 1000000]");
      return;
    }
    f.per_unit = static_cast<std::int32_t>(n->get());
    const double most = std::max(std::abs(f.lo), std::abs(f.hi)) * f.per_unit;
    if (most > std::numeric_limits<std::int32_t>::max())
      complain(at(*per_unit), of + "range times per_unit is beyond 2147483647; leave per_unit out");
    f.storage = most <= std::numeric_limits<std::int16_t>::max() ? Storage::i16 : Storage::i32;
  }

  std::optional<Feature> feature(const toml::table& table) {
    only_keys(table, "[[feature]]",
              {"name", "type", "unit", "stage", "legal_class", "subject", "meaning", "values",
               "range", "per_unit"});
    const std::size_t so_far = names_.size();
    Feature f;
    f.name = column_name(table, true);
    const std::string of = f.name.empty() ? "[[feature]] " : f.name + ": ";
    const auto type = choice(table, at(table), of, "type", types);
    const auto stage = choice(table, at(table), of, "stage", stages);
    const auto legal = choice(table, at(table), of, "legal_class", classes);
    const auto subject = table.contains("subject")
                             ? choice(table, at(table), of, "subject", subjects)
                             : std::optional(Subject::traveller);
    const toml::node* meaning = table.get("meaning");
    if (const toml::table* words = meaning ? meaning->as_table() : nullptr) {
      only_keys(*words, "meaning", {"en", "fr"});
      f.meaning_en =
          text(*words, at(*words), of + "meaning.", "en", 200, "what it means, in English");
      f.meaning_fr =
          text(*words, at(*words), of + "meaning.", "fr", 200, "what it means, in French");
    } else {
      complain(meaning ? at(*meaning) : at(table),
               of + "meaning must be { en = \"...\", fr = \"...\" }");
    }
    if (!type || !stage || !legal || !subject) return std::nullopt;
    f.type = *type;
    f.known_from = *stage;
    f.legal = *legal;
    f.subject = *subject;
    f.unit = "-";
    const auto none_of = [&](std::initializer_list<const char*> keys) {
      for (const char* key : keys)
        if (const toml::node* node = table.get(key))
          complain(at(*node), fmt::format("{}a {} has no {}", of, name(*type), key));
    };
    if (*type == FeatureType::number) {
      none_of({"values"});
      number(table, of, f);
    } else if (*type == FeatureType::category) {
      none_of({"range", "per_unit", "unit"});
      f.values = values(table, of);
    } else {
      none_of({"values", "range", "per_unit", "unit"});
    }
    if (names_.size() == so_far) return std::nullopt;  // its name was complained of
    return f;
  }

  std::optional<ProtectedAttribute> attribute(const toml::table& table) {
    only_keys(table, "[[protected]]", {"name", "values"});
    ProtectedAttribute a;
    a.name = column_name(table, false);
    a.values = values(table, a.name.empty() ? "[[protected]] " : a.name + ": ");
    return a;
  }

  const std::string& file_;
  sim::Complaints& complaints_;
  std::vector<std::string> names_;
};

}  // namespace

bool is_statement(std::string_view text) {
  return text.find_first_not_of(" \t\n") != text.npos &&
         characters(text) <= most_statement_characters && !has_control(text) &&
         sim::broken_utf8(text).line == 0;
}

const RecordSchema& shipped_schema() {
  static const RecordSchema schema = [] {
    const Catalogue& catalogue = shipped_catalogue();
    RecordSchema made{catalogue, {}};
    for (const char* name : {"group", "age_band", "sex"})
      made.protected_attributes.push_back({name, catalogue[*catalogue.find(name)].values});
    made.protected_attributes.push_back(
        {"residence_region", {"europe", "asia_pacific", "americas", "africa", "middle_east"}});
    return made;
  }();
  return schema;
}

RecordSchema parse_feature_file(std::string_view text, const std::string& name) {
  sim::Complaints complaints;
  RecordSchema schema;
  if (const auto root = sim::parse_toml(text, name, complaints))
    schema = Reader(name, complaints).read(*root);
  complaints.throw_if_any();
  return schema;
}

RecordSchema load_feature_file(const std::filesystem::path& path) {
  std::string bytes;
  try {
    bytes = sim::read_toml_bytes(path, "feature");
  } catch (const std::string& why) {
    sim::Complaints complaints;
    complaints.add({path.string(), 0, 0}, why);
    complaints.throw_if_any();
  }
  return parse_feature_file(bytes, path.string());
}

}  // namespace corridor::risk
