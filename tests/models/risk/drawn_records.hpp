// SPDX-License-Identifier: Apache-2.0
/// \file drawn_records.hpp  Synthetic records with known likelihood ratios, for tests of back-tests
/// and tuning: booleans s1 to s4 and a number x, independent given the truth.
#pragma once

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "models/risk/feature_file.hpp"
#include "models/risk/record_store.hpp"
#include "models/risk/rule_set_text.hpp"
#include "tests/models/risk/keyed.hpp"

namespace corridor::test {

inline const risk::RecordSchema& drawn_schema() {
  static const risk::RecordSchema schema = [] {
    std::string text = "synthetic = true\nstatement = \"drawn by a test, from nobody\"\n";
    const auto feature = [&](const std::string& name, const std::string& rest,
                             const std::string& legal) {
      text += "[[feature]]\nname = \"" + name + "\"\n" + rest + "\nstage = \"booking\"\n" +
              "legal_class = \"" + legal + "\"\nmeaning = { en = \"m\", fr = \"m\" }\n";
    };
    for (const char* name : {"s1", "s2", "s3", "s4"})
      feature(name, "type = \"boolean\"", "indicator");
    feature("x", "type = \"number\"\nunit = \"1\"\nrange = [0, 100]", "indicator");
    feature("route", "type = \"boolean\"", "assessment");
    text += "[[protected]]\nname = \"group\"\nvalues = [\"a\", \"b\"]\n";
    return risk::parse_feature_file(text, "drawn.toml");
  }();
  return schema;
}

/// P(s_j = 1 | hit), P(s_j = 1 | other), P(x <= 20 | hit); x is uniform on each side of 20.
struct Drawn {
  double prevalence = 0.05;
  std::array<double, 4> hit{0.5, 0.4, 0.2, 0.1}, other{0.2, 0.1, 0.2, 0.3};
  double low_hit = 0.2;
};

/// Records 0 .. n - 1 of a seed, at one post unless `posts` says more, in hours of 500 records;
/// `route` is like s1, drawn apart.
inline risk::RecordStore drawn_records(std::uint32_t seed, std::size_t n, const Drawn& d = {},
                                       std::uint32_t posts = 1) {
  risk::RecordStore store;
  store.n = n;
  store.catalogue = &drawn_schema().catalogue;
  store.columns.resize(store.catalogue->size());
  for (std::size_t f = 0; f < 6; ++f) {
    store.columns[f].width = f == 4 ? 8 : 1;
    store.columns[f].bytes.resize(n * store.columns[f].width);
  }
  store.attributes = drawn_schema().protected_attributes;
  store.protected_values.resize(store.attributes.size());
  for (std::uint32_t p = 0; p < posts; ++p) store.posts.push_back("P" + std::to_string(p));
  store.date = "2026-01-01";
  store.description = "drawn records";
  store.statement = store.catalogue->synthetic_statement();
  for (std::size_t i = 0; i < n; ++i) {
    const auto u = [&](std::uint16_t index) { return keyed_uniform(seed, i, index); };
    const bool hit = u(0) < d.prevalence;
    store.truth.push_back(hit ? 1 : 0);
    for (std::uint16_t j = 0; j < 4; ++j)
      store.columns[j].bytes[i] = std::byte{u(1 + j) < (hit ? d.hit[j] : d.other[j])};
    const bool low = u(5) < (hit ? d.low_hit : 0.2);
    const double x = low ? 20 * u(6) : 20 + 80 * u(6);
    std::memcpy(store.columns[4].bytes.data() + 8 * i, &x, 8);
    store.columns[5].bytes[i] = std::byte{u(7) < (hit ? d.hit[0] : d.other[0])};
    store.post.push_back(static_cast<std::uint32_t>(u(8) * posts));
    store.hour.push_back(static_cast<std::int32_t>(i / 500));
    store.tie.push_back(static_cast<std::uint32_t>(u(9) * 4294967296.0));
    store.stage.push_back(static_cast<std::uint8_t>(risk::Stage::arrival));
    store.unit.push_back(i);
    for (auto& values : store.protected_values)
      values.push_back(static_cast<std::uint8_t>(u(10) * 2));
  }
  return store;
}

inline std::string drawn_rule(const std::string& id, const std::string& when, int score,
                              const std::string& more = "") {
  return "[[rule]]\nid = \"" + id + "\"\nwhen = \"" + when +
         "\"\nscore = " + std::to_string(score) +
         "\nreason = \"r\"\nstage = [\"arrival\"]\npurpose = \"p\"\nbasis = \"b\"\nowner = \"o\"\n"
         "review_by = 2030-12-31\n" +
         more;
}

inline risk::RuleSet drawn_rules(const std::string& rules, const std::string& head = "") {
  return risk::parse_rule_set("[ruleset]\nname = \"drawn\"\nversion = \"1\"\n" +
                                  (head.empty() ? std::string("combine = \"additive\"\n") : head) +
                                  rules,
                              "drawn.toml", drawn_schema().catalogue);
}

}  // namespace corridor::test
