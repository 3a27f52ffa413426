// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <stdexcept>

#include "models/risk/feature.hpp"
#include "models/risk/feature_columns.hpp"

namespace corridor::risk {
namespace {

using enum Stage;
using enum LegalClass;

Feature number(std::string name, std::string unit, Stage stage, LegalClass legal, double lo,
               double hi, std::int32_t per_unit, std::string en, std::string fr) {
  Feature f;
  f.name = std::move(name);
  f.type = FeatureType::number;
  f.unit = std::move(unit);
  f.known_from = stage;
  f.legal = legal;
  f.meaning_en = std::move(en);
  f.meaning_fr = std::move(fr);
  f.lo = lo;
  f.hi = hi;
  f.per_unit = per_unit;
  f.storage = hi * per_unit <= INT16_MAX && lo * per_unit > INT16_MIN ? Storage::i16 : Storage::i32;
  return f;
}
Feature category(std::string name, Stage stage, LegalClass legal, std::vector<std::string> values,
                 std::string en, std::string fr) {
  Feature f;
  f.name = std::move(name);
  f.type = FeatureType::category;
  f.unit = "-";
  f.known_from = stage;
  f.legal = legal;
  f.meaning_en = std::move(en);
  f.meaning_fr = std::move(fr);
  f.values = std::move(values);
  return f;
}
Feature boolean(std::string name, Stage stage, LegalClass legal, std::string en, std::string fr) {
  Feature f = category(std::move(name), stage, legal, {}, std::move(en), std::move(fr));
  f.type = FeatureType::boolean;
  return f;
}
Feature abstract(int i, Stage stage) {
  const std::string digit = std::to_string(i);
  return boolean("x" + digit, stage, LegalClass::indicator,
                 "abstract indicator " + digit + ", without meaning in the world",
                 "indicateur abstrait " + digit + ", sans signification dans le monde");
}
Feature of_consignment(Feature f) {
  f.subject = Subject::consignment;
  return f;
}
Feature of_agency(Feature f) {
  f.agency_dependent = true;
  return f;
}

std::vector<Feature> shipped() {
  return {
      number("lead_days", "day", booking, journey, 0, 400, 1, "days from booking to departure",
             "jours entre la réservation et le départ"),
      number("nights", "day", booking, journey, 1, 364, 1, "nights away, as booked",
             "nuitées à l'étranger, selon la réservation"),
      category("ticket", booking, journey, {"return", "two-one-ways"},
               "a return ticket, or two one-way tickets",
               "billet aller-retour, ou deux allers simples"),
      category("channel", booking, journey, {"direct", "agency"}, "who sold the ticket",
               "qui a vendu le billet"),
      category("payment", booking, journey, {"card", "transfer", "cash"},
               "how the ticket was paid for", "moyen de paiement du billet"),
      number("party", "person", booking, journey, 1, 8, 1, "persons who travel together",
             "personnes voyageant ensemble"),
      number("legs", "1", booking, journey, 1, 3, 1,
             "flights, ferries or border stages of this way",
             "vols, traversées ou étapes terrestres de ce trajet"),
      category("mode", booking, journey, {"air", "land", "sea"}, "main mode of the trip",
               "mode principal du voyage"),
      category("way", booking, journey, {"out", "back"}, "way out or way back", "aller ou retour"),
      category("purpose", booking, journey, {"leisure", "business", "visiting", "work", "study"},
               "declared purpose of the trip", "motif déclaré du voyage"),
      number("detour", "1", booking, journey, 1, 300, 100,
             "length of the itinerary over the great circle between its ends",
             "longueur de l'itinéraire rapportée à l'orthodromie entre ses extrémités"),
      number("itinerary_share", "%", booking, journey, 0, 100, 10,
             "share of the travellers between the two countries who take this itinerary",
             "part des voyageurs entre les deux pays qui prennent cet itinéraire"),
      number("connection_minutes", "min", booking, journey, 0, 5760, 1,
             "longest wait between two legs; 0 without a connection",
             "plus longue correspondance ; 0 sans correspondance"),
      category("itinerary_fit", booking, journey, {"high", "medium", "low"},
               "how well the itinerary fits the declared purpose",
               "adéquation de l'itinéraire au motif déclaré"),
      of_agency(number("earlier_trips", "1", booking, history, 0, 60, 1,
                       "earlier trips of the travelling unit within the limit of retention",
                       "voyages antérieurs de l'unité dans la limite de conservation")),
      category("route_class", booking, assessment, {"ordinary", "elevated", "high"},
               "class of the route in the threat assessment that is in force",
               "classe de la route dans l'évaluation de la menace en vigueur"),
      category("document", check_in, LegalClass::document, {"valid", "inconsistent", "invalid"},
               "state of the travel document as far as data show it",
               "état du document de voyage tel que les données le montrent"),
      category("list_kind", check_in, list, {"none", "document", "name"},
               "kind of list on which the person or document is found",
               "type de fichier où figure la personne ou le document"),
      category("list_certainty", check_in, list, {"none", "possible", "certain"},
               "certainty of the hit", "certitude de la concordance"),
      category("list_source", check_in, list,
               {"none", "national", "regional", "international", "bridge"}, "whose list it is",
               "origine du fichier"),
      boolean("biometric_hit", arrival, list, "a biometric search answers with a person sought",
              "une recherche biométrique désigne une personne recherchée"),
      abstract(1, booking),
      abstract(2, booking),
      abstract(3, booking),
      abstract(4, booking),
      abstract(5, check_in),
      abstract(6, check_in),
      abstract(7, arrival),
      abstract(8, arrival),
      of_consignment(number("weight_kg", "kg", booking, consignment, 0, 1e7, 1,
                            "declared gross weight", "poids brut déclaré")),
      of_consignment(number("value_usd", "USD", booking, consignment, 0, 1e9, 1, "declared value",
                            "valeur déclarée")),
      of_consignment(category("commodity_class", booking, consignment,
                              {"food", "raw-material", "chemical", "manufactured", "machinery",
                               "textile", "waste", "mixed"},
                              "class of the declared goods", "classe des marchandises déclarées")),
      of_consignment(category("shipper_history", booking, consignment,
                              {"unknown", "new", "regular", "authorised"},
                              "what is known of the shipper", "antécédents de l'expéditeur")),
      of_consignment(category("port_pair_class", booking, assessment,
                              {"ordinary", "elevated", "high"},
                              "class of the pair of ports in the threat assessment in force",
                              "classe de la paire de ports dans l'évaluation en vigueur")),
      of_consignment(category("seal", arrival, consignment, {"intact", "replaced", "broken"},
                              "state of the seal", "état du scellé")),
      of_consignment(boolean("documents_match", check_in, consignment,
                             "manifest, declaration and bill of lading agree",
                             "manifeste, déclaration et connaissement concordent")),
      category("nationality", booking, audit_only, {}, "nationality: the audit alone reads it",
               "nationalité : réservée à l'audit"),
      category("residence", booking, audit_only, {},
               "country of residence: the audit alone reads its region",
               "pays de résidence : l'audit seul en lit la région"),
      category("birthplace", booking, audit_only, {}, "place of birth: never read",
               "lieu de naissance : jamais lu"),
      category("sex", booking, audit_only, {"female", "male"}, "sex: the audit alone reads it",
               "sexe : réservé à l'audit"),
      category("age_band", booking, audit_only, {"0-17", "18-29", "30-59", "60+"},
               "age: the audit alone reads its band", "âge : l'audit seul en lit la tranche"),
      category("group", booking, audit_only, {"a", "b"},
               "synthetic protected attribute: the audit alone reads it",
               "attribut protégé synthétique : réservé à l'audit"),
  };
}

}  // namespace

std::string range_text(const Feature& f) {
  return fmt::format("[{}, {}]{}", f.lo, f.hi, f.unit == "1" ? "" : " " + f.unit);
}

Catalogue::Catalogue(std::vector<Feature> features, std::string synthetic_statement,
                     std::string file)
    : features_(std::move(features)),
      synthetic_statement_(std::move(synthetic_statement)),
      file_(std::move(file)) {}

std::string Catalogue::listed_by() const {
  return file_.empty() ? "`corridor features`" : "`corridor features --features " + file_ + "`";
}

std::optional<std::uint16_t> Catalogue::find(std::string_view feature) const {
  for (std::size_t i = 0; i < features_.size(); ++i) {
    if (features_[i].name == feature) return static_cast<std::uint16_t>(i);
  }
  return std::nullopt;
}

std::vector<std::string> Catalogue::names() const {
  std::vector<std::string> all;
  for (const Feature& f : features_) all.push_back(f.name);
  return all;
}

const Catalogue& shipped_catalogue() {
  static const Catalogue catalogue = [] {
    Catalogue made(shipped());
    if (made.size() != n_columns) throw std::logic_error("catalogue: a column has no row");
    return made;
  }();
  return catalogue;
}

}  // namespace corridor::risk
