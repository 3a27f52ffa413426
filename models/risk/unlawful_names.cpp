// SPDX-License-Identifier: Apache-2.0
#include "models/risk/unlawful_names.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "models/risk/rule_problem.hpp"

namespace corridor::risk {
namespace {

/// A word that ends in '*' stands for all that begin with it.
constexpr std::array<std::string_view, 49> sensitive{
    "religi*",   "faith",       "belief*", "croyance*", "church*",   "mosque*",       "muslim*",
    "islam*",    "christian*",  "jew*",    "hindu*",    "buddh*",    "sikh*",         "halal",
    "kosher",    "race",        "racial*", "ethnic*",   "ethni*",    "tribe*",        "tribal",
    "caste*",    "skin*",       "roma",    "politic*",  "opinion*",  "party_member*", "union",
    "syndicat*", "health*",     "sante",   "disab*",    "handicap*", "medic*",        "illness*",
    "disease*",  "pregnan*",    "hiv",     "vaccin*",   "sexual*",   "orientation",   "gay",
    "lesbian*",  "homosexual*", "lgbt*",   "genetic*",  "dna",       "wheelchair*",   "meal*"};
constexpr std::array<std::string_view, 24> by_design{
    "nationalit*", "nation",    "citizen*", "passport_country", "resid*",
    "birth*",      "born",      "sex",      "gender*",          "sexe",
    "genre",       "age",       "ages",     "elder*",           "minor*",
    "immigra*",    "migrant*",  "foreign*", "refugee*",         "asylum*",
    "diaspora*",   "language*", "langue*",  "citoyen*"};
constexpr std::array<std::string_view, 12> places{"countr*", "pays",    "nations",  "region*",
                                                  "contin*", "origin*", "homeland", "provenance",
                                                  "iso2",    "iso3",    "state",    "destination*"};
constexpr std::array<std::string_view, 20> personal{
    "name",     "names",     "surname*", "forename*", "firstname",   "lastname", "nom",
    "prenom*",  "passport*", "mrz",      "email*",    "mail",        "phone*",   "telephone*",
    "address*", "locator*",  "pnr",      "iban",      "card_number", "identity"};

bool matches(std::string_view word, std::string_view pattern) {
  if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
  return word == pattern;
}

template <class List>
bool any(const std::vector<std::string>& words, const List& list) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view pattern) { return matches(word, pattern); });
  });
}

/// The parts between '_', and the whole, in small letters.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out(1);
  std::string whole;
  for (const char c : name.substr(0, 200)) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    whole += small;
    if (small == '_')
      out.emplace_back();
    else
      out.back() += small;
  }
  out.push_back(whole);
  return out;
}

}  // namespace

bool look_like_countries(std::span<const std::string> texts) {
  return !texts.empty() && std::all_of(texts.begin(), texts.end(), [](const std::string& text) {
    return (text.size() == 2 || text.size() == 3) &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  });
}

std::optional<UnlawfulName> unlawful_name(std::string_view name,
                                          std::span<const std::string> texts) {
  const std::vector<std::string> words = words_of(name);
  if (any(words, sensitive)) {
    return UnlawfulName{
        "unlawful",
        in_quotes(name) +
            " cannot be scored: criteria are in no circumstances based on race or "
            "ethnic origin, political opinion, religion or belief, union membership, "
            "health, sexual life or orientation (Directive (EU) 2016/681, Article 6(4))"};
  }
  const bool countries = look_like_countries(texts);
  if (countries && !any(words, by_design)) {
    return UnlawfulName{"country-list",
                        in_quotes(name) +
                            " with a list of countries cannot be scored: geography enters only as "
                            "the class of a route in a dated, sourced threat assessment "
                            "(route_class)"};
  }
  if (any(words, by_design)) {
    return UnlawfulName{
        countries ? "country-list" : "unlawful",
        in_quotes(name) +
            " cannot be scored: nationality, residence, birthplace, sex and age are reserved for "
            "the audit, so that criteria stay targeted, proportionate and specific (Directive (EU) "
            "2016/681, Article 6(4))"};
  }
  if (any(words, places)) {
    return UnlawfulName{"unlawful",
                        in_quotes(name) +
                            " cannot be scored: geography enters only as the class of a route in a "
                            "dated, sourced threat assessment (route_class)"};
  }
  if (any(words, personal)) {
    return UnlawfulName{"personal", in_quotes(name) +
                                        " would identify a person: this tool is not for real "
                                        "persons, and no rule reads who somebody is"};
  }
  return std::nullopt;
}

}  // namespace corridor::risk
