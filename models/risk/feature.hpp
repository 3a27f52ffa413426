// SPDX-License-Identifier: Apache-2.0
/// \file feature.hpp  What a rule can read: name, type, unit, stage from which it is known, legal
/// class, meaning in English and French.
///
/// One catalogue describes the records of the simulation (`shipped_catalogue`); another can be read
/// from a file for tables of synthetic records. The scoring engine reads only features whose legal
/// class is lawful for scoring: `audit_only` ones (nationality, residence, sex, age band, the
/// synthetic protected group) are listed so that a rule that names them gets a clear refusal, and
/// they have no column that the engine could be given.
///
/// Legal basis of the line between them: Directive (EU) 2016/681 (PNR), Article 6(4): criteria are
/// targeted, proportionate and specific and are in no circumstances based on race or ethnic origin,
/// political opinion, religion or belief, union membership, health, sexual life or orientation.
/// Nationality, residence, birthplace, sex and age are refused beyond that, by design.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corridor::risk {

enum class FeatureType : std::uint8_t { number, boolean, category };
constexpr std::string_view name(FeatureType t) {
  switch (t) {
    case FeatureType::number:
      return "number";
    case FeatureType::boolean:
      return "boolean";
    case FeatureType::category:
      return "category";
  }
  return "?";
}

/// When something becomes known; a later stage knows all that an earlier one does.
enum class Stage : std::uint8_t { booking, check_in, arrival };
inline constexpr std::size_t n_stages = 3;
constexpr std::string_view name(Stage s) {
  switch (s) {
    case Stage::booking:
      return "booking";
    case Stage::check_in:
      return "check-in";
    case Stage::arrival:
      return "arrival";
  }
  return "?";
}

/// What kind of fact a feature is, as far as the law asks. All but `audit_only` may be scored.
enum class LegalClass : std::uint8_t {
  journey,     ///< booking and itinerary of the journey itself (PNR Directive, annex I)
  document,    ///< state of the travel document
  history,     ///< earlier crossings, within the limit of retention
  list,        ///< hits on lists of persons and documents
  assessment,  ///< class of route in a dated, sourced threat assessment
  indicator,   ///< abstract indicators, without meaning in the world
  consignment,
  audit_only  ///< protected: never scored, read by the audit alone
};
constexpr std::string_view name(LegalClass c) {
  switch (c) {
    case LegalClass::journey:
      return "journey";
    case LegalClass::document:
      return "document";
    case LegalClass::history:
      return "history";
    case LegalClass::list:
      return "list";
    case LegalClass::assessment:
      return "assessment";
    case LegalClass::indicator:
      return "indicator";
    case LegalClass::consignment:
      return "consignment";
    case LegalClass::audit_only:
      return "audit-only";
  }
  return "?";
}

/// What a record is about. A rule reads features of one subject only.
enum class Subject : std::uint8_t { traveller, consignment };
constexpr std::string_view name(Subject s) {
  return s == Subject::traveller ? "traveller" : "consignment";
}

/// How a column is stored, and which value stands for "missing".
enum class Storage : std::uint8_t {
  u8,   ///< boolean 0, 1; category: row of `values`; missing 255
  i16,  ///< number = stored / per_unit; missing -32768
  i32,  ///< number = stored / per_unit; missing -2147483648
  f64   ///< number as it is; missing NaN
};
inline constexpr std::uint8_t missing_u8 = 255;
inline constexpr std::int16_t missing_i16 = INT16_MIN;
inline constexpr std::int32_t missing_i32 = INT32_MIN;

struct Feature {
  std::string name;  ///< [a-z][a-z0-9_]*, at most 40 characters
  FeatureType type = FeatureType::number;
  std::string unit;  ///< "day", "person", "1"; "-" for booleans and categories
  Stage known_from = Stage::booking;
  LegalClass legal = LegalClass::journey;
  Subject subject = Subject::traveller;
  std::string meaning_en, meaning_fr;
  std::vector<std::string> values;  ///< of a category: at most 250 names
  double lo = 0, hi = 0;            ///< of a number: what it can be; both allowed
  std::int32_t per_unit = 1;        ///< of an integer column: 100 = stored in hundredths
  Storage storage = Storage::u8;
  /// Which part of the world knows it: false = the same at every post; true = only the agency that
  /// holds the data (missing elsewhere).
  bool agency_dependent = false;
};

/// "[0, 400] day": what a number can be, for messages.
[[nodiscard]] std::string range_text(const Feature& feature);

/// Features by number and name; the numbers are those of the columns of a table.
class Catalogue {
 public:
  Catalogue() = default;
  /// \param synthetic_statement printed in every output that rests on this catalogue; "" for the
  /// shipped one, whose records are made by the simulator
  /// \param file  of --features; "" for the shipped one
  explicit Catalogue(std::vector<Feature> features, std::string synthetic_statement = "",
                     std::string file = "");

  [[nodiscard]] std::span<const Feature> features() const { return features_; }
  [[nodiscard]] const Feature& operator[](std::size_t i) const { return features_[i]; }
  [[nodiscard]] std::size_t size() const { return features_.size(); }
  [[nodiscard]] std::optional<std::uint16_t> find(std::string_view feature) const;
  [[nodiscard]] std::vector<std::string> names() const;  ///< for messages: sim/names.hpp
  [[nodiscard]] const std::string& synthetic_statement() const { return synthetic_statement_; }
  /// The command that lists it, for messages: "`corridor features`", with --features FILE for
  /// another than the shipped one.
  [[nodiscard]] std::string listed_by() const;

 private:
  std::vector<Feature> features_;
  std::string synthetic_statement_, file_;
};

/// The features of the simulation's records, in the order of `TravellerColumn` and
/// `ConsignmentColumn` (feature_columns.hpp).
[[nodiscard]] const Catalogue& shipped_catalogue();

}  // namespace corridor::risk
