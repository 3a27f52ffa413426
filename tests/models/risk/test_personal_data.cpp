// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "models/risk/feature.hpp"
#include "models/risk/personal_data.hpp"
#include "models/travel/trip_id.hpp"

namespace {

using namespace corridor::risk;

std::string kind_of(const std::vector<std::string>& values, Watched watched = Watched::text) {
  PersonalWatch watch(watched);
  std::uint64_t place = 0;
  for (const std::string& value : values) watch.look(value, ++place);
  const auto finding = watch.finding();
  return finding ? std::string(words_for(finding->kind)) : "";
}

template <class F>
std::vector<std::string> many(std::size_t n, F make) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(make(i));
  return out;
}

/// Spread over [0, n) without order.
std::size_t scattered(std::size_t i, std::size_t n) { return (i * 7'919 + 4'242'421) % n; }

}  // namespace

TEST_CASE("names of columns that say they are personal are known in many languages",
          "[risk][exact]") {
  for (const char* name :
       {"name", "Surname", "last_name", "FirstName", "passengerName", "nom", "Prénom",
        "nom_de_famille", "Vorname", "apellidos", "sobrenome", "cognome", "achternaam", "nazwisko",
        "Soyadı", "фамилия", "الاسم", "姓名"})
    CHECK(personal_by_name(name) == Personal::personal_name);
  for (const char* name :
       {"dob", "DOB", "birth_date", "dateOfBirth", "date_de_naissance", "Geburtsdatum",
        "fecha_nacimiento", "birthplace", "дата рождения", "出生日期"})
    CHECK(personal_by_name(name) == Personal::date);
  for (const char* name : {"nationality", "nationalité", "NATIONALITY_CODE", "citizenship",
                           "Staatsangehörigkeit", "nacionalidad", "гражданство", "国籍"})
    CHECK(personal_by_name(name) == Personal::country);
  for (const char* name :
       {"passport", "passport_no", "passeport", "document_number", "doc_no", "docNumber",
        "numero_document", "visa_number", "id_card", "ticket_number", "credit_card_number", "护照"})
    CHECK(personal_by_name(name) == Personal::document_number);
  for (const char* name : {"mrz", "MRZ1", "mrz_line2"})
    CHECK(personal_by_name(name) == Personal::mrz);
  for (const char* name :
       {"pnr", "PNR_locator", "record_locator", "booking_reference", "recordLocator"})
    CHECK(personal_by_name(name) == Personal::record_locator);
  for (const char* name : {"email", "e-mail", "E_Mail", "courriel"})
    CHECK(personal_by_name(name) == Personal::email);
  for (const char* name : {"phone", "tel", "mobile", "téléphone", "телефон"})
    CHECK(personal_by_name(name) == Personal::telephone);
  for (const char* name : {"address", "home_address", "Anschrift", "postcode"})
    CHECK(personal_by_name(name) == Personal::address);
  CHECK(personal_by_name("fingerprint") == Personal::biometrics);
}

TEST_CASE("names of features and of Corridor's own columns are no personal names",
          "[risk][exact]") {
  for (const Feature& f : shipped_catalogue().features()) {
    INFO(f.name);
    if (f.legal == LegalClass::audit_only) continue;
    CHECK_FALSE(personal_by_name(f.name));
  }
  for (const char* name : {"id",        "truth",    "post",
                           "hour",      "stage",    "score",
                           "leads",     "seal",     "documents_match",
                           "telemetry", "renamed",  "number_of_bags",
                           "venomous",  "domestic", "ticket",
                           "visa_kind", "seat_row", "postal",
                           "nights",    "region",   "booking_channel"})
    CHECK_FALSE(personal_by_name(name));
}

TEST_CASE("values that look personal are known for what they are", "[risk][exact]") {
  const std::string document = "numbers of documents, such as passports";
  CHECK(kind_of(many(50, [](auto i) { return fmt::format("AB{:07}", scattered(i, 9'999'999)); })) ==
        document);
  CHECK(kind_of(many(50, [](auto i) { return fmt::format("P{}", 1'234'567 + i); })) == document);
  CHECK(kind_of(many(50, [](auto i) { return fmt::format("{:09}", scattered(i, 999'999'999)); })) ==
        document);
  CHECK(kind_of({"12AB34567", "14CD11223", "09EF99881"}) == document);
  CHECK(kind_of({"C01X00T47", "C01X0006H"}) == document);
  CHECK(kind_of({"AB1234567"}) == document);
  CHECK(kind_of({"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"}) ==
        "machine-readable zones of documents");
  CHECK(kind_of(many(40, [](auto i) {
          return i == 33 ? std::string("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
                         : std::to_string(i);
        })) == "machine-readable zones of documents");
  CHECK(kind_of({"r1", "r2", "r3", "someone@example.org"}) == "e-mail addresses");
  CHECK(kind_of({"r1", "r2", "+33 6 12 34 56 78"}) == "telephone numbers");
  CHECK(kind_of({"06 12 34 56 78", "01.22.33.44.55"}) == "telephone numbers");
  for (const char* date : {"1974-08-12", "12/08/1974", "08/25/1974", "12.08.1974", "19740812",
                           "12AUG74", "12 Aug 1974", "1974-08-12T00:00:00", "1974/8/2"}) {
    INFO(date);
    CHECK(kind_of({date, date, "r3"}) == "dates or places of birth");
  }
  CHECK(kind_of({"X7KQ2M", "PL9DWA", "QWERTY", "Z3RR8T"}) == "locators of bookings");
  CHECK(kind_of({"FRA", "DEU", "ESP", "FRA"}) == "nationalities");
  CHECK(kind_of({"FR", "DE", "ES"}) == "nationalities");
  CHECK(kind_of({"france", "Germany", "Japan"}) == "nationalities");
  CHECK(kind_of({"Anna Müller", "Jean-Luc Dupont", "Maria Da Silva"}) == "names of persons");
  CHECK(kind_of({"MULLER/ANNA MRS", "DUPONT/JEAN MR"}) == "names of persons");
  CHECK(kind_of({"Müller, Anna", "Dupont, J."}) == "names of persons");
  CHECK(kind_of({"anna", "Mohammed", "LIAM"}) == "names of persons");
}

TEST_CASE("ids and posts that are not personal are let through", "[risk][exact]") {
  using corridor::travel::to_text;
  using corridor::travel::Way;
  CHECK(kind_of(many(200, [](auto i) {
          return to_text(0x0010040000500003ULL + 77'777 * i, i % 2 ? Way::out : Way::back,
                         static_cast<std::uint32_t>(i % 8));
        })) == "");
  CHECK(kind_of(many(200, [](auto i) { return std::to_string(i); })) == "");
  CHECK(kind_of(many(200, [](auto i) { return std::to_string(100'000'000 + i); })) == "");
  CHECK(kind_of(many(200, [](auto i) { return fmt::format("R{:07}", i); })) == "");
  CHECK(kind_of(many(200, [](auto i) { return fmt::format("ROW{}", 100 + i); })) == "");
  CHECK(kind_of(many(50, [](auto i) { return fmt::format("r-{:06}", scattered(i, 999'999)); })) ==
        "");
  CHECK(kind_of(many(50, [](auto i) { return fmt::format("trip {}", scattered(i, 999)); })) == "");
  CHECK(kind_of({"a", "b", "c"}) == "");
  CHECK(kind_of({"R0000001"}) == "");
  CHECK(kind_of({}) == "");
  CHECK(kind_of({"", ""}) == "");
}

TEST_CASE("a column of posts is searched as any other, but for posts as Corridor names them",
          "[risk][exact]") {
  CHECK(kind_of({"entry at FRA (DEU)", "exit at CAN (CHN)", "entry at PER (AUS)",
                 "exit at GBDVR (GBR)", "entry at AFG-CHN (CHN)", "exit at XAA-XAF (XAF)"},
                Watched::post) == "");
  CHECK(kind_of({"LHR", "CDG", "FRA", "Dover", "Port of Calais", "gate 7"}, Watched::post) == "");
  CHECK(kind_of({"Anna Muller", "John Smith"}, Watched::post) == "names of persons");
  CHECK(kind_of({"entry at LHR (GBR)", "MULLER/ANNA", "DUPONT/JEAN"}, Watched::post) ==
        "names of persons");
  CHECK(kind_of({"AB1234567", "CD7654321", "EF1111111"}, Watched::post) ==
        "numbers of documents, such as passports");
  CHECK(kind_of({"482919283", "519283746", "610293847"}, Watched::post) ==
        "numbers of documents, such as passports");
  CHECK(kind_of({"FRA", "CAN", "PER"}, Watched::post) == "nationalities");
  // What only looks like one of Corridor's posts is not let through.
  CHECK(kind_of({"entry at John Smith (GBR)", "someone@example.org"}, Watched::post) ==
        "e-mail addresses");
}

TEST_CASE("a few personal values are seen among many others", "[risk][exact]") {
  // One in a hundred, where every other value is an id.
  const auto mixed = [](auto personal, auto id) {
    return many(700, [&](auto i) { return i % 100 == 37 ? personal(i) : id(i); });
  };
  const auto row = [](std::size_t i) { return fmt::format("r-{:06}", scattered(i, 999'999)); };
  const auto numbered = [](std::size_t i) { return fmt::format("R{:07}", i); };
  const auto passport = [](std::size_t i) {
    return fmt::format("AB{:07}", scattered(i, 9'999'999));
  };
  const std::string document = "numbers of documents, such as passports";
  CHECK(kind_of(mixed(passport, row)) == document);
  CHECK(kind_of(mixed(passport, numbered)) == document);
  CHECK(kind_of(mixed([](auto i) { return fmt::format("{:09}", scattered(i, 999'999'999)); },
                      row)) == document);
  CHECK(kind_of(mixed([](auto i) { return fmt::format("06 12 34 {:02} 78", i / 100); }, row)) ==
        "telephone numbers");
  SECTION("and row numbers with a jump or two are not") {
    CHECK(kind_of(many(3000, [](auto i) { return fmt::format("R{:07}", i % 1000); })) == "");
    CHECK(kind_of(many(3000, [](auto i) { return fmt::format("R{:07}", 999'000 + i); })) == "");
  }
}

TEST_CASE("what fills a thousand values is seen in a file of many", "[risk][exact]") {
  const auto file = [](auto personal) {
    return many(9000, [&](auto i) {
      return i >= 3000 && i < 4000 ? personal(i) : fmt::format("r-{:06}", scattered(i, 999'999));
    });
  };
  CHECK(kind_of(file([](auto i) { return fmt::format("{}-08-12", 1950 + i % 50); })) ==
        "dates or places of birth");
  CHECK(kind_of(file([](auto) { return std::string("Anna M\u00fcller"); })) == "names of persons");
  CHECK(kind_of(file([](auto i) { return std::string(i % 2 == 0 ? "FRA" : "DEU"); })) ==
        "nationalities");
  CHECK(kind_of(file([](auto i) { return fmt::format("r-{}", i); })) == "");
}

TEST_CASE("a finding says how many values, and where the first stands", "[risk][exact]") {
  PersonalWatch watch;
  std::uint64_t line = 1;
  for (const char* value : {"one", "AB123456", "", "CD234567", "EF345678"})
    watch.look(value, ++line);
  const auto finding = watch.finding();
  REQUIRE(finding);
  CHECK(finding->values == 3);
  CHECK(finding->of == 4);
  CHECK(finding->first == 3);
}

TEST_CASE("numbers that are all dates are seen, others are not", "[risk][exact]") {
  DateNumberWatch dates, weights, few;
  for (int i = 0; i < 40; ++i) {
    dates.look(19'740'000 + 100 * (i % 12 + 1) + i % 28 + 1, 0);
    weights.look(19'740'000 + 77.0 * i, 0);
  }
  few.look(19'740'812, 0);
  CHECK(dates.finding());
  CHECK_FALSE(weights.finding());
  CHECK_FALSE(few.finding());
}

TEST_CASE("any bytes can be looked at", "[risk][property]") {
  CHECK(rc::check("names and values", [](const std::vector<std::string>& values) {
    (void)kind_of(values);
    for (const std::string& value : values) {
      (void)personal_by_name(value);
    }
  }));
}
