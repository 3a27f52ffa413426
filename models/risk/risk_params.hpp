// SPDX-License-Identifier: Apache-2.0
/// \file risk_params.hpp  Which rules score, how thresholds follow, what is kept how long; lists of
/// persons and documents; and the persons whom a scenario plants until other models bring them.
///
/// Lists here are stand-ins with a coverage, a sensitivity, a rate of false matches, and shares and
/// delays of what others see of them where no organisation says otherwise; the planted persons are
/// units that carry something or are sought. They enter the simulation through
/// models/simulation/persons_of_interest.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter.hpp"

namespace corridor::risk {

struct RiskParams {
  std::string rules;
  std::string rules_text;
  std::string scope = "border-checks";
  double flag_rate = 0.006;
  std::int64_t retention_days = 183;
  std::int64_t history_delay_days = 1;
  // The threat assessment behind `route_class`.
  std::string assessment_title, assessment_source, assessment_date, assessment_expires;
  std::string high_routes, elevated_routes;
  // Planted persons.
  double contraband = 0;
  double wanted = 0;
  // Lists.
  double document_coverage = 0, document_sensitivity = 0.95, document_false_match = 0;
  double name_coverage = 0, name_sensitivity = 0.8, name_false_match = 0;
  double list_delay_days = 0;
  double document_age_days = 180, document_delay_days = 14;
  // Who sees them.
  double regional_share = 0.5, regional_delay_days = 2;
  double international_share = 0.5, international_delay_days = 7;
  double connected_low = 0.2, connected_lower_middle = 0.4, connected_upper_middle = 0.6,
         connected_high = 0.9;
  double inconsistent_documents = 0.3, invalid_documents = 0.1;
  double biometric_coverage = 0, biometric_sensitivity = 0.97, biometric_false_match = 0;
};

namespace risk_sources {
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view invented = "invented round number, docs/odd/risk.md";
inline constexpr std::string_view flags =
    "0.59 % of passengers flagged automatically: evaluation of the PNR Directive, "
    "SWD(2020) 128 (one year, most states)";
inline constexpr std::string_view retention =
    "Directive (EU) 2016/681, Article 12: data are masked after six months";
inline constexpr std::string_view assessment = "dated and sourced by the scenario";
}  // namespace risk_sources

inline constexpr auto list_share = [](std::string_view path, std::string_view meaning,
                                      double RiskParams::*field) {
  return sim::Parameter<RiskParams>{path, "1", meaning, sim::Tag::assumed, risk_sources::invented,
                                    0,    1,   field};
};

inline constexpr auto list_days = [](std::string_view path, std::string_view meaning,
                                     double RiskParams::*field) {
  return sim::Parameter<RiskParams>{path, "day", meaning, sim::Tag::assumed, risk_sources::invented,
                                    0,    3650,  field};
};

inline constexpr std::array risk_table{
    sim::Parameter<RiskParams>{"risk.rules", "", "rule file that scores; empty = none",
                               sim::Tag::option, risk_sources::choice, 0, 0, &RiskParams::rules},
    sim::Parameter<RiskParams>{
        "risk.rules_text", "",
        "the rules themselves; filled from risk.rules, so that a result holds what scored it",
        sim::Tag::option, risk_sources::choice, 0, 0, &RiskParams::rules_text},
    sim::Parameter<RiskParams>{
        "risk.scope", "",
        "journeys that are scored: those with a border check, or all; without a check at booking "
        "only, counted and never selected",
        sim::Tag::option, risk_sources::choice, 0, 0, &RiskParams::scope, "border-checks|all"},
    sim::Parameter<RiskParams>{
        "risk.flag_rate", "1",
        "share of a post's travellers that rules may flag; sets the threshold of each day",
        sim::Tag::observed, risk_sources::flags, 0, 1, &RiskParams::flag_rate},
    sim::Parameter<RiskParams>{"risk.retention_days", "day",
                               "how long earlier trips may influence a score; 0 = not at all",
                               sim::Tag::observed, risk_sources::retention, 0, 365,
                               &RiskParams::retention_days},
    sim::Parameter<RiskParams>{
        "risk.history_delay_days", "day", "days until a trip is in the history that is looked up",
        sim::Tag::assumed, risk_sources::invented, 0, 365, &RiskParams::history_delay_days},
    sim::Parameter<RiskParams>{"risk.assessment.title", "", "title of the threat assessment",
                               sim::Tag::option, risk_sources::assessment, 0, 0,
                               &RiskParams::assessment_title},
    sim::Parameter<RiskParams>{"risk.assessment.source", "", "who answers for the assessment",
                               sim::Tag::option, risk_sources::assessment, 0, 0,
                               &RiskParams::assessment_source},
    sim::Parameter<RiskParams>{"risk.assessment.date", "", "date of the assessment, YYYY-MM-DD",
                               sim::Tag::option, risk_sources::assessment, 0, 0,
                               &RiskParams::assessment_date},
    sim::Parameter<RiskParams>{"risk.assessment.expires", "",
                               "last day on which it may be used, YYYY-MM-DD; then the class is "
                               "missing",
                               sim::Tag::option, risk_sources::assessment, 0, 0,
                               &RiskParams::assessment_expires},
    sim::Parameter<RiskParams>{
        "risk.assessment.high", "", "routes of class high: pairs of countries like \"ARA-BEL\"",
        sim::Tag::option, risk_sources::assessment, 0, 0, &RiskParams::high_routes},
    sim::Parameter<RiskParams>{"risk.assessment.elevated", "",
                               "routes of class elevated: pairs of countries", sim::Tag::option,
                               risk_sources::assessment, 0, 0, &RiskParams::elevated_routes},
    list_share("risk.planted.contraband",
               "share of travelling units of whom one carries contraband", &RiskParams::contraband),
    list_share("risk.planted.wanted", "share of travelling units of whom one is sought",
               &RiskParams::wanted),
    list_share("risk.lists.document_coverage",
               "share of irregular documents that are on the list of documents",
               &RiskParams::document_coverage),
    list_share("risk.lists.document_sensitivity",
               "chance that a search finds a document that is listed",
               &RiskParams::document_sensitivity),
    list_share("risk.lists.document_false_match",
               "share of travelling units of whom one document is mistaken for a listed one",
               &RiskParams::document_false_match),
    list_share("risk.lists.name_coverage", "share of planted persons who are on the list of names",
               &RiskParams::name_coverage),
    list_share("risk.lists.name_sensitivity", "chance that a search by name finds who is listed",
               &RiskParams::name_sensitivity),
    list_share("risk.lists.name_false_match",
               "share of travelling units of whom one is mistaken for somebody listed by name",
               &RiskParams::name_false_match),
    list_share("risk.lists.biometric_coverage",
               "share of planted persons whose biometrics are held",
               &RiskParams::biometric_coverage),
    list_share("risk.lists.biometric_sensitivity",
               "chance that a biometric search finds who is held",
               &RiskParams::biometric_sensitivity),
    list_share("risk.lists.biometric_false_match",
               "share of travelling units of whom one is mistaken for somebody by biometrics",
               &RiskParams::biometric_false_match),
    sim::Parameter<RiskParams>{"risk.lists.delay_days", "day",
                               "mean days until a planted person's record can be found "
                               "(exponential, from the year's first day on)",
                               sim::Tag::assumed, risk_sources::invented, 0, 3650,
                               &RiskParams::list_delay_days},
    list_days("risk.lists.document_age_days",
              "mean days between the loss of a document and its irregular use",
              &RiskParams::document_age_days),
    list_days("risk.lists.document_delay_days",
              "mean days between the loss of a document and its report on the national list",
              &RiskParams::document_delay_days),
    list_share("risk.lists.regional_share",
               "share of records that the country which made them gives to its region's list",
               &RiskParams::regional_share),
    list_days("risk.lists.regional_delay_days", "mean days until they can be found there",
              &RiskParams::regional_delay_days),
    list_share("risk.lists.international_share",
               "share of records that the country which made them gives to the list of all",
               &RiskParams::international_share),
    list_days("risk.lists.international_delay_days", "mean days until they can be found there",
              &RiskParams::international_delay_days),
    list_share("risk.lists.connected_low",
               "share of posts in countries of low income that can ask lists of others",
               &RiskParams::connected_low),
    list_share("risk.lists.connected_lower_middle", "the same at lower middle income",
               &RiskParams::connected_lower_middle),
    list_share("risk.lists.connected_upper_middle", "the same at upper middle income",
               &RiskParams::connected_upper_middle),
    list_share("risk.lists.connected_high", "the same at high income", &RiskParams::connected_high),
    list_share("risk.documents.inconsistent",
               "chance that data show an irregular document as inconsistent",
               &RiskParams::inconsistent_documents),
    list_share("risk.documents.invalid", "chance that data show an irregular document as invalid",
               &RiskParams::invalid_documents),
};

/// The kinds of lists, in the order of their bits.
enum class List : std::uint8_t { document, name, biometric };
inline constexpr std::size_t n_lists = 3;
constexpr std::string_view name(List l) {
  switch (l) {
    case List::document:
      return "document";
    case List::name:
      return "name";
    case List::biometric:
      return "biometric";
  }
  return "?";
}

/// Share of posts that can ask lists of others, by class of income from low to high.
[[nodiscard]] constexpr std::array<double, 4> connected_shares(const RiskParams& p) {
  return {p.connected_low, p.connected_lower_middle, p.connected_upper_middle, p.connected_high};
}

struct ListRates {
  double coverage = 0, sensitivity = 0, false_match = 0;
};
[[nodiscard]] constexpr std::array<ListRates, n_lists> list_rates(const RiskParams& p) {
  return {{{p.document_coverage, p.document_sensitivity, p.document_false_match},
           {p.name_coverage, p.name_sensitivity, p.name_false_match},
           {p.biometric_coverage, p.biometric_sensitivity, p.biometric_false_match}}};
}

}  // namespace corridor::risk
