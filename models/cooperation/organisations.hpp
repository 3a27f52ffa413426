// SPDX-License-Identifier: Apache-2.0
/// \file organisations.hpp  Organisations of police and border guards, their members and powers,
/// the links between their systems, and the ordinary subjects of records: the rows of
/// `cooperation.file`.
///
/// `[[organisation]]` names an organisation, its members and what it may do; `[[link]]` carries
/// records from the system of one to that of another; `[[ordinary]]` says how many people who are
/// neither fighters nor couriers stand on lists. A scenario can add, merge or leave out any.
/// Without a file there is one system a region (UN Tourism) and one of all (`usual_organisations`).
///
/// Powers come from one table (`power_table`): an organisation moves only what it owns. Nobody but
/// national officers arrests. Members are codes of countries, codes of organisations of the world's
/// table of memberships (data/memberships.csv: members at the end of `cooperation.members_year`,
/// 2019 or 2025), or "all"; a word that is both (CAN) is the country.
///
/// Complaints come with their place: unknown members, powers, kinds and organisations, an
/// organisation named twice, a link of a system to itself or to who holds none, a link of no common
/// kind, one without a legal basis that is not called hypothetical, an end before the start, and
/// permissions that go in a circle. Checked in tests/models/cooperation/test_organisations.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/cooperation/quality.hpp"
#include "models/risk/risk_params.hpp"
#include "models/world/world.hpp"
#include "sim/row_text.hpp"

namespace corridor::cooperation {

/// Kinds of records, as bits in the order of risk::List.
using Kinds = std::uint8_t;
inline constexpr Kinds all_kinds = 0b111;

enum class OrganisationKind : std::uint8_t { regional, global, observer, national };
[[nodiscard]] std::string_view name(OrganisationKind kind);

enum class Power : std::uint8_t { coordinates, databases, corps, arrests };
struct PowerRow {
  Power power;
  std::string_view code, meaning, source;
};
inline constexpr std::array power_table{
    PowerRow{Power::coordinates, "coordinates",
             "calls meetings, writes plans, asks members; moves nothing of theirs",
             "INTERPOL Constitution, articles 26 and 32; AFRIPOL Statute (African Union, 2017), "
             "article 4"},
    PowerRow{Power::databases, "databases", "holds records that members give, and answers queries",
             "INTERPOL Rules on the Processing of Data; Regulation (EU) 2016/794, article 18"},
    PowerRow{Power::corps, "corps", "has officers of its own whom it can send, where a host agrees",
             "Regulation (EU) 2019/1896, article 54"},
    PowerRow{Power::arrests, "arrests", "stops, searches and arrests: national officers alone",
             "Regulation (EU) 2016/794, article 4(5): no coercive measures; national law"},
};
constexpr std::uint8_t bit(Power p) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(p));
}

struct OrganisationRow {
  std::string code, name, kind = "regional", members, powers, kinds = "document name biometric";
  double share = -1, delay_days = -1, capacity = 0;
  std::int64_t officers = 0, cycle_days = 0;
  double budget_musd = 0, fighters = 1, drugs = 1, finance = 1, documents = 1;
  std::string source;
};
struct LinkRow {
  std::string from, to, mode = "push", kinds = "document name biometric", basis, permission,
                        evaluation = "X4";
  double completeness = 1, delay_days = 1, availability = 1, capacity = 0, refusal = 0,
         answer_days = 0;
  std::int64_t from_day = 0, to_day = 1'000'000, negotiation_days = 0;
  bool both_ways = true, hypothetical = false;
  std::string source;
};
struct OrdinaryRow {
  std::string income = "all";
  double lost_documents = 0, wanted = 0, refused = 0;
  std::string source;
};

inline constexpr std::string_view organisations_file = "the file of organisations, with source";

inline constexpr std::array organisation_table{
    sim::Parameter<OrganisationRow>{"organisation.code", "", "short name", sim::Tag::option,
                                    organisations_file, 0, 0, &OrganisationRow::code},
    sim::Parameter<OrganisationRow>{"organisation.name", "", "name in full", sim::Tag::option,
                                    organisations_file, 0, 0, &OrganisationRow::name},
    sim::Parameter<OrganisationRow>{
        "organisation.kind", "", "whom it serves; observers neither give nor ask", sim::Tag::option,
        organisations_file, 0, 0, &OrganisationRow::kind, "regional|global|observer|national"},
    sim::Parameter<OrganisationRow>{
        "organisation.members", "",
        "codes of countries, or of organisations of the table of memberships, or \"all\"",
        sim::Tag::observed, organisations_file, 0, 0, &OrganisationRow::members},
    sim::Parameter<OrganisationRow>{"organisation.powers", "",
                                    "of coordinates, databases, corps, arrests", sim::Tag::observed,
                                    organisations_file, 0, 0, &OrganisationRow::powers},
    sim::Parameter<OrganisationRow>{
        "organisation.kinds", "", "records that its system holds: of document, name, biometric",
        sim::Tag::assumed, organisations_file, 0, 0, &OrganisationRow::kinds},
    sim::Parameter<OrganisationRow>{
        "organisation.share", "1",
        "share of records that members give to it; -1 = as risk.lists says for its kind",
        sim::Tag::assumed, organisations_file, -1, 1, &OrganisationRow::share},
    sim::Parameter<OrganisationRow>{
        "organisation.delay_days", "day", "mean days until they can be found there; -1 likewise",
        sim::Tag::assumed, organisations_file, -1, 3650, &OrganisationRow::delay_days},
    sim::Parameter<OrganisationRow>{"organisation.capacity", "1/day",
                                    "queries that its system answers a day; 0 = as many as come",
                                    sim::Tag::assumed, organisations_file, 0, 1e12,
                                    &OrganisationRow::capacity},
    sim::Parameter<OrganisationRow>{"organisation.officers", "person",
                                    "officers of its own that it can send", sim::Tag::assumed,
                                    organisations_file, 0, 1e6, &OrganisationRow::officers},
    sim::Parameter<OrganisationRow>{"organisation.budget_musd", "million USD", "budget a year",
                                    sim::Tag::assumed, organisations_file, 0, 1e6,
                                    &OrganisationRow::budget_musd},
    sim::Parameter<OrganisationRow>{
        "organisation.cycle_days", "day", "days of its planning cycle; 0 = cooperation.cycle.days",
        sim::Tag::assumed, organisations_file, 0, 3650, &OrganisationRow::cycle_days},
    sim::Parameter<OrganisationRow>{"organisation.fighters", "1", "its priority for fighters",
                                    sim::Tag::assumed, organisations_file, 0, 1e3,
                                    &OrganisationRow::fighters},
    sim::Parameter<OrganisationRow>{"organisation.drugs", "1", "its priority for drugs",
                                    sim::Tag::assumed, organisations_file, 0, 1e3,
                                    &OrganisationRow::drugs},
    sim::Parameter<OrganisationRow>{"organisation.finance", "1", "its priority for cash",
                                    sim::Tag::assumed, organisations_file, 0, 1e3,
                                    &OrganisationRow::finance},
    sim::Parameter<OrganisationRow>{"organisation.documents", "1",
                                    "its priority for irregular documents", sim::Tag::assumed,
                                    organisations_file, 0, 1e3, &OrganisationRow::documents},
    sim::Parameter<OrganisationRow>{"organisation.source", "", "where this is from",
                                    sim::Tag::option, organisations_file, 0, 0,
                                    &OrganisationRow::source},
};
inline constexpr std::array link_table{
    sim::Parameter<LinkRow>{"link.from", "", "code of whose system gives", sim::Tag::option,
                            organisations_file, 0, 0, &LinkRow::from},
    sim::Parameter<LinkRow>{"link.to", "", "code of whose system takes", sim::Tag::option,
                            organisations_file, 0, 0, &LinkRow::to},
    sim::Parameter<LinkRow>{
        "link.mode", "",
        "push: copies; pull: asked on the day; hit: answers that there is a record, its content "
        "follows when the originator agrees; none: nothing",
        sim::Tag::option, organisations_file, 0, 0, &LinkRow::mode, "push|pull|hit|none"},
    sim::Parameter<LinkRow>{"link.kinds", "", "kinds of records that it carries", sim::Tag::assumed,
                            organisations_file, 0, 0, &LinkRow::kinds},
    sim::Parameter<LinkRow>{"link.completeness", "1", "share of records that it carries",
                            sim::Tag::assumed, organisations_file, 0, 1, &LinkRow::completeness},
    sim::Parameter<LinkRow>{"link.delay_days", "day", "mean days that a record takes over it",
                            sim::Tag::assumed, organisations_file, 0, 3650, &LinkRow::delay_days},
    sim::Parameter<LinkRow>{"link.availability", "1", "share of days on which it is up",
                            sim::Tag::assumed, organisations_file, 0.01, 1, &LinkRow::availability},
    sim::Parameter<LinkRow>{"link.capacity", "1/day",
                            "queries that it answers a day (mode pull); 0 = as many as come",
                            sim::Tag::assumed, organisations_file, 0, 1e12, &LinkRow::capacity},
    sim::Parameter<LinkRow>{"link.evaluation", "",
                            "poorest source and information of records that it carries; X4 = any",
                            sim::Tag::option, organisations_file, 0, 0, &LinkRow::evaluation,
                            "A1|A2|A3|A4|B1|B2|B3|B4|C1|C2|C3|C4|X1|X2|X3|X4"},
    sim::Parameter<LinkRow>{"link.refusal", "1", "share of records whose originator refuses",
                            sim::Tag::assumed, organisations_file, 0, 1, &LinkRow::refusal},
    sim::Parameter<LinkRow>{"link.answer_days", "day",
                            "mean days until the originator answers a request (mode hit)",
                            sim::Tag::assumed, organisations_file, 0, 3650, &LinkRow::answer_days},
    sim::Parameter<LinkRow>{"link.permission", "",
                            "code of the organisation under whose rules what it carries needs the "
                            "originator's permission, as H2 does",
                            sim::Tag::option, organisations_file, 0, 0, &LinkRow::permission},
    sim::Parameter<LinkRow>{"link.basis", "", "legal basis on which records pass",
                            sim::Tag::observed, organisations_file, 0, 0, &LinkRow::basis},
    sim::Parameter<LinkRow>{"link.hypothetical", "",
                            "whether it has no legal basis; every output says so", sim::Tag::option,
                            organisations_file, 0, 1, &LinkRow::hypothetical},
    sim::Parameter<LinkRow>{"link.both_ways", "", "whether it carries the other way too",
                            sim::Tag::option, organisations_file, 0, 1, &LinkRow::both_ways},
    sim::Parameter<LinkRow>{"link.from_day", "day", "day on which it is agreed", sim::Tag::option,
                            organisations_file, -1e6, 1e6, &LinkRow::from_day},
    sim::Parameter<LinkRow>{"link.to_day", "day", "first day on which it is gone", sim::Tag::option,
                            organisations_file, -1e6, 1e6, &LinkRow::to_day},
    sim::Parameter<LinkRow>{"link.negotiation_days", "day", "days from then until it opens",
                            sim::Tag::assumed, organisations_file, 0, 3650,
                            &LinkRow::negotiation_days},
    sim::Parameter<LinkRow>{"link.source", "", "where this is from", sim::Tag::option,
                            organisations_file, 0, 0, &LinkRow::source},
};
inline constexpr std::array ordinary_table{
    sim::Parameter<OrdinaryRow>{"ordinary.income", "", "class of income of their countries",
                                sim::Tag::option, organisations_file, 0, 0, &OrdinaryRow::income,
                                "all|low|lower middle|upper middle|high"},
    sim::Parameter<OrdinaryRow>{
        "ordinary.lost_documents", "1",
        "share of travelling units of whom one travels on a document that was reported lost",
        sim::Tag::assumed, organisations_file, 0, 0.1, &OrdinaryRow::lost_documents},
    sim::Parameter<OrdinaryRow>{"ordinary.wanted", "1",
                                "share of whom one is wanted for another crime", sim::Tag::assumed,
                                organisations_file, 0, 0.1, &OrdinaryRow::wanted},
    sim::Parameter<OrdinaryRow>{"ordinary.refused", "1",
                                "share of whom one was refused entry before", sim::Tag::assumed,
                                organisations_file, 0, 0.1, &OrdinaryRow::refused},
    sim::Parameter<OrdinaryRow>{"ordinary.source", "", "where this is from", sim::Tag::option,
                                organisations_file, 0, 0, &OrdinaryRow::source},
};
static_assert(sim::sound(organisation_table) && sim::sound(link_table) &&
              sim::sound(ordinary_table));

struct Organisation {
  std::string code, name;
  OrganisationKind kind = OrganisationKind::regional;
  std::uint8_t powers = 0;  ///< bit(Power)
  Kinds kinds = all_kinds;
  std::vector<std::uint16_t> members;  ///< countries, ascending
  double share = -1, delay_days = -1;  ///< below 0: as risk.lists says for its kind
  double capacity = 0;                 ///< queries a day; 0 = as many as come
  std::int64_t officers = 0;
  std::int32_t cycle_days = 0;                   ///< 0 = cooperation.cycle.days
  std::array<double, 4> priorities{1, 1, 1, 1};  ///< over fighters, drugs, finance, documents
  double budget_musd = 0;
  std::string source;
  sim::Place place;

  [[nodiscard]] bool has(Power p) const { return (powers & bit(p)) != 0; }
  /// Whether it has a system that members give to and ask.
  [[nodiscard]] bool holds_records() const {
    return has(Power::databases) &&
           (kind == OrganisationKind::regional || kind == OrganisationKind::global);
  }
};

enum class LinkMode : std::uint8_t { push, pull, hit, none };
inline constexpr std::uint16_t nobody = 0xffff;

/// One way, between the systems of two organisations.
struct Link {
  std::uint16_t from = 0, to = 0;  ///< organisations
  std::uint16_t permission = nobody;
  LinkMode mode = LinkMode::push;
  Kinds kinds = all_kinds;
  Evaluation evaluation = any_evaluation;  ///< what is worse it does not carry
  double completeness = 1, delay_days = 0, availability = 1, capacity = 0, refusal = 0,
         answer_days = 0;
  std::int32_t opens = 0, closes = 0;  ///< first day, and first day after
  bool hypothetical = false;
};

/// How many people who are neither fighters nor couriers stand on lists, as shares of travelling
/// units, by class of income of their country of residence.
struct OrdinaryRates {
  double lost_documents = 0, wanted = 0, refused = 0;
};
inline constexpr std::size_t n_income_classes = 4;

struct Organisations {
  std::vector<Organisation> organisations;
  std::vector<Link> links;  ///< both ways of a row stand side by side
  std::array<OrdinaryRates, n_income_classes> ordinary{};
  bool from_file = false;

  /// \returns index or `nobody`
  [[nodiscard]] std::uint16_t find(std::string_view code) const;
  /// Whether anything stands there without a legal basis; every output says so then.
  [[nodiscard]] bool hypothetical() const;
};

inline constexpr std::size_t most_systems = 16;  ///< organisations that hold records

/// Reads these rows; what is wrong is added to `complaints`, and what is returned then lacks it.
/// \param members_year  2019 or 2025: of which year members named by an organisation are
[[nodiscard]] Organisations read_organisations(const sim::RowText& text, const world::World& world,
                                               std::int64_t members_year,
                                               sim::Complaints& complaints);

/// One system a region and one of all: what there is without a file. \param region  per country
[[nodiscard]] Organisations usual_organisations(std::span<const std::uint8_t> region);

}  // namespace corridor::cooperation
