// SPDX-License-Identifier: Apache-2.0
/// \file personal_names.cpp  Names of columns that say what they hold (personal_data.hpp).
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "models/risk/personal_data.hpp"

namespace corridor::risk {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view person_words[] = {
    "name",     "names",     "surname",      "surnames",   "forename",   "firstname", "lastname",
    "fullname", "givenname", "givennames",   "maidenname", "middlename", "nickname",  "alias",
    "nom",      "noms",      "prenom",       "prenoms",    "patronyme",  "surnom",    "vorname",
    "nachname", "zuname",    "familienname", "nombre",     "nombres",    "apellido",  "apellidos",
    "nome",     "sobrenome", "apelido",      "cognome",    "cognomi",    "naam",      "achternaam",
    "voornaam", "imie",      "nazwisko",     "soyad",      "soyadi",     "soyisim",   "isim"};
constexpr std::string_view date_words[] = {
    "dob",           "birth",      "birthday",   "birthdate",  "birthplace", "birthyear",
    "born",          "naissance",  "ne",         "nee",        "geburt",     "geburtsdatum",
    "geburtstag",    "geburtsort", "nacimiento", "nascimento", "nascita",    "geboorte",
    "geboortedatum", "urodzenia",  "dogum",      "yob"};
constexpr std::string_view country_words[] = {
    "nationality",         "nationalities",      "nationalite",  "nationalites",  "nationalitat",
    "nacionalidad",        "nacionalidade",      "nazionalita",  "nationaliteit", "narodowosc",
    "staatsangehorigkeit", "staatsburgerschaft", "citizenship",  "citizen",       "citoyennete",
    "ciudadania",          "cidadania",          "cittadinanza", "obywatelstwo",  "uyruk",
    "vatandaslik"};
constexpr std::string_view document_words[] = {
    "passport",   "passports",  "passeport",  "reisepass", "pasaporte",     "passaporte",
    "passaporto", "paspoort",   "paszport",   "pasaport",  "docno",         "docnum",
    "docnumber",  "passportno", "ssn",        "aadhaar",   "curp",          "iban",
    "idcard",     "nationalid", "personalid", "idnumber",  "driverlicence", "driverlicense"};
constexpr std::string_view mrz_words[] = {"mrz", "mrz1", "mrz2", "mrz3"};
constexpr std::string_view locator_words[] = {"pnr",        "locator",       "recloc",
                                              "reclocator", "recordlocator", "bookingreference",
                                              "bookingref", "eticket"};
constexpr std::string_view email_words[] = {"email",  "emails", "mail",  "courriel",
                                            "correo", "mel",    "eposta"};
constexpr std::string_view telephone_words[] = {
    "phone",  "phones",    "telephone", "tel", "telefon",  "telefono", "telefone", "telefoon",
    "mobile", "cellphone", "handy",     "gsm", "whatsapp", "msisdn",   "imei",     "imsi"};
constexpr std::string_view address_words[] = {
    "address",   "addresses", "adresse", "adresses", "anschrift", "direccion",   "endereco",
    "indirizzo", "adres",     "street",  "postcode", "zipcode",   "postleitzahl"};
constexpr std::string_view biometric_words[] = {
    "fingerprint", "fingerprints", "photo", "photograph", "portrait",
    "dna",         "faceprint",    "iris",  "empreinte",  "empreintes"};

/// Pairs of neighbouring words that mean more together.
struct Pair {
  std::string_view first, second;
  Personal kind;
};
constexpr std::string_view number_words[] = {"number", "numbers", "no",    "nr",   "num",   "nbr",
                                             "numero", "nummer",  "numer", "code", "serial"};
constexpr std::string_view numbered_things[] = {
    "document", "documents", "doc",      "docs",
    "visa",     "id",        "identity", "identite",
    "card",     "carte",     "ticket",   "permit",
    "licence",  "license",   "dni",      "travel_document",
    "credit",   "account",   "ausweis",  "dokument",
    "documento"};
constexpr Pair pairs[] = {
    {"e", "mail", Personal::email},
    {"record", "locator", Personal::record_locator},
    {"booking", "reference", Personal::record_locator},
    {"booking", "ref", Personal::record_locator},
    {"booking", "code", Personal::record_locator},
    {"reservation", "code", Personal::record_locator},
    {"dossier", "pnr", Personal::record_locator},
    {"id", "card", Personal::document_number},
    {"national", "id", Personal::document_number},
    {"social", "security", Personal::document_number},
    {"place", "birth", Personal::date},
    {"face", "image", Personal::biometrics},
    {"post", "code", Personal::address},
    {"zip", "code", Personal::address},
};

/// Beginnings of words in scripts that do not part them; found anywhere in the name.
struct Fragment {
  std::string_view text;
  Personal kind;
};
constexpr Fragment fragments[] = {
    {"имя", Personal::personal_name},
    {"фамили", Personal::personal_name},
    {"отчеств", Personal::personal_name},
    {"прізвищ", Personal::personal_name},
    {"рожден", Personal::date},
    {"народжен", Personal::date},
    {"гражданств", Personal::country},
    {"национальност", Personal::country},
    {"громадянств", Personal::country},
    {"паспорт", Personal::document_number},
    {"телефон", Personal::telephone},
    {"адрес", Personal::address},
    {"اسم", Personal::personal_name},
    {"لقب", Personal::personal_name},
    {"ميلاد", Personal::date},
    {"جنسية", Personal::country},
    {"جواز", Personal::document_number},
    {"هاتف", Personal::telephone},
    {"عنوان", Personal::address},
    {"姓名", Personal::personal_name},
    {"氏名", Personal::personal_name},
    {"名字", Personal::personal_name},
    {"出生", Personal::date},
    {"生年月日", Personal::date},
    {"国籍", Personal::country},
    {"國籍", Personal::country},
    {"护照", Personal::document_number},
    {"護照", Personal::document_number},
    {"旅券", Personal::document_number},
    {"电话", Personal::telephone},
    {"電話", Personal::telephone},
    {"地址", Personal::address},
    {"住所", Personal::address},
};

bool has(Words words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The letter without its accent, for U+00C0 to U+017F.
char without_accent(unsigned code) {
  // '*' where there is no letter: the signs of multiplication and division.
  constexpr std::string_view latin1 =
      "aaaaaaaceeeeiiiidnooooo*ouuuuyts"   // U+00C0
      "aaaaaaaceeeeiiiidnooooo*ouuuuyty";  // U+00E0
  constexpr std::string_view extended =
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"   // U+0100
      "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // U+0140
  static_assert(latin1.size() == 64 && extended.size() == 128);
  if (code >= 0xC0 && code < 0x100) return latin1[code - 0xC0];
  if (code - 0x100 < extended.size()) return extended[code - 0x100];
  return '*';
}

/// Words of a column's name: lower case, no accents, parted at anything but letters and digits,
/// where a capital follows a small letter, and before digits.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  bool after_small = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const bool small = c >= 'a' && c <= 'z', capital = c >= 'A' && c <= 'Z';
    if (capital && after_small) words.emplace_back();
    if (small) {
      words.back() += static_cast<char>(c);
    } else if (capital) {
      words.back() += static_cast<char>(c + ('a' - 'A'));
    } else if (c >= 0xC3 && c <= 0xC5 && i + 1 < name.size()) {
      const auto next = static_cast<unsigned char>(name[++i]);
      const char plain = without_accent((c & 0x1FU) << 6 | (next & 0x3FU));
      if (plain != '*') words.back() += plain;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
    after_small = small;
  }
  std::erase(words, "");
  return words;
}

std::optional<Personal> kind_of_word(std::string_view word) {
  if (has(person_words, word)) return Personal::personal_name;
  if (has(date_words, word)) return Personal::date;
  if (has(country_words, word)) return Personal::country;
  if (has(document_words, word)) return Personal::document_number;
  if (has(mrz_words, word)) return Personal::mrz;
  if (has(locator_words, word)) return Personal::record_locator;
  if (has(email_words, word)) return Personal::email;
  if (has(telephone_words, word)) return Personal::telephone;
  if (has(address_words, word)) return Personal::address;
  if (has(biometric_words, word)) return Personal::biometrics;
  return std::nullopt;
}

}  // namespace

std::optional<Personal> personal_by_name(std::string_view column) {
  for (const Fragment& f : fragments)
    if (column.find(f.text) != column.npos) return f.kind;
  const std::vector<std::string> words = words_of(column);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto kind = kind_of_word(words[i])) return kind;
    if (i + 1 == words.size()) break;
    const std::string& next = words[i + 1];
    for (const Pair& pair : pairs)
      if (words[i] == pair.first && next == pair.second) return pair.kind;
    if ((has(numbered_things, words[i]) && has(number_words, next)) ||
        (has(number_words, words[i]) && has(numbered_things, next)))
      return Personal::document_number;
    if (const auto kind = kind_of_word(words[i] + next)) return kind;
  }
  return std::nullopt;
}

}  // namespace corridor::risk
