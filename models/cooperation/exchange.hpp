// SPDX-License-Identifier: Apache-2.0
/// \file exchange.hpp  Which record can be found at which post from which day on.
///
/// Model. A record about a person is made by one country. It is known there from one day on, and
/// stands on the national list from another. Its country gives it to the systems of organisations
/// that it is a member of, by a keyed draw u; links carry it from system to system:
///
///     given(r, s)   = max(made, e) + delay_s(r), e the first day of the first era, still open when
///                     the record is made, in which  u(r, s) < share_s + (1 - share_s) contributed
///     carried(r, l) = day(r, from l) -> first day on which l is open and up, + delay_l(r),
///                     where u(r, l) < completeness and the originator does not refuse
///     day(r, s)     = min(given(r, s), min over links l into s of carried(r, l))
///
/// so a record's days are shortest paths over at most sixteen systems. A link that is asked (pull)
/// copies nothing: it answers on days on which it is up. One that says hit or no hit answers when
/// the originator has; what was given once stays given, until it expires.
///
/// A post sees what stands on its own country's list. When it is connected it asks the systems that
/// its country is a member of (income classes: risk.lists.connected_*; lever: frontline.share). A
/// joint post asks with the police: their list of the day, and their systems as far as its scope
/// goes. It names the nearest source: national, regional, international, bridge (a record that
/// reached the system by a link).
///
/// With a file of organisations records have a quality (quality.hpp): H1 travels no link, H3 goes
/// to no system, a link carries and a post is shown nothing worse than the evaluation that it
/// demands.
///
/// Queries. Whoever passes a connected post at primary (or, where only secondary asks, who is
/// inspected) is looked up in each system that the post asks; a system that takes records by a pull
/// link asks the other in turn. With q expected queries a day (of the mean day of the year, so a
/// function of dated values alone) and a capacity of c,
///
///     load = q / c,   share answered = min(1, 1 / load),   u(record, system, post, day) < share
///     seconds = min( service / (1 - load), longest ),  longest where load >= 1
///
/// so what a full system does not answer is not shown there that day; c = 0 answers all.
///
/// Time. A strategy is a list of dated changes that is known before the run starts: parameters are
/// a function of the day (`Era`), and days of records are pure functions of record and eras. The
/// same u serves all eras, so raising a share only adds. Links of a lever open negotiation_days
/// after it is pulled, and stay as long as it is.
///
/// All numbers are invented unless the file of organisations says otherwise. Without a file
/// and levers: one list a region and one of all. Kept simple: whoever takes a record gives it on;
/// a record of a document, a name or biometrics moves as one with its kind. Checked in
/// tests/models/cooperation/test_exchange.cpp, test_sharing_bounds.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "models/cooperation/cooperation_params.hpp"
#include "models/cooperation/joining.hpp"
#include "models/cooperation/organisations.hpp"
#include "models/cooperation/quality.hpp"
#include "models/risk/feature_columns.hpp"
#include "models/risk/risk_params.hpp"
#include "sim/random.hpp"

namespace corridor::cooperation {

/// Parameters from a day on, until the next era.
struct Era {
  std::int32_t from_day = std::numeric_limits<std::int32_t>::min();
  CooperationParams params;
};

/// Since when a record can be found, by whose list.
struct UsableDays {
  std::uint16_t holder = 0;
  std::int32_t known = never, national = never;
  std::array<std::int32_t, most_systems> at;   ///< day per system
  std::array<std::uint16_t, most_systems> by;  ///< link by which it came, or `nobody`
  std::uint64_t id = 0;                        ///< of the record: its draws
  Evaluation evaluation;
  Handling handling = Handling::free;
  std::uint32_t permission = 0;  ///< bit per system: what it has needs the originator's permission
  UsableDays() {
    at.fill(never);
    by.fill(nobody);
  }
};

/// A post, as far as it matters who asks.
struct PostSite {
  std::uint16_t country = 0;
  double connected = 0;    ///< chance that it can ask lists of others
  std::uint64_t size = 0;  ///< persons, or what follows them: tells hubs
  double persons = 0;      ///< whom it can expect on a mean day: they are looked up
  double inspected = 0;    ///< of them, in secondary
};

/// A stretch of days on which a link carries, and how.
struct Opening {
  std::int32_t opens = 0, closes = never;
  double completeness = 1, delay_days = 0, availability = 1;
};
/// A link between two systems, one way.
struct Channel {
  std::uint16_t from = 0, to = 0;  ///< systems
  LinkMode mode = LinkMode::push;
  Kinds kinds = all_kinds;
  Evaluation least = any_evaluation;  ///< it carries nothing worse
  double refusal = 0, answer_days = 0, capacity = 0;
  bool of_lever = false, hypothetical = false, permission = false;
  std::vector<Opening> open;
};

class Exchange {
 public:
  struct System {
    std::uint16_t organisation = 0;
    bool global = false;
    Kinds kinds = all_kinds;
    double share = 0, delay_days = 0;
    double capacity = 0;     ///< queries a day; 0: as many as come
    std::uint16_t draw = 0;  ///< 0: words of the record's own block
  };

  /// \param eras  in ascending order, the first from long before the run. \param posts  may be
  /// empty
  Exchange(const Organisations& organisations, std::size_t n_countries,
           std::span<const PostSite> posts, const risk::RiskParams& risk, std::span<const Era> eras,
           sim::RunKey key);

  /// A record's days, of one kind.
  [[nodiscard]] UsableDays usable(const RecordKey& record, risk::List kind) const {
    return days_of(record, kind, nullptr);
  }
  /// The same without the links between two systems, and with links both ways between two that have
  /// none (as the levers make them, open from day 0). \pre a < b
  [[nodiscard]] UsableDays usable_without(const RecordKey& record, risk::List kind, std::uint16_t a,
                                          std::uint16_t b) const;
  [[nodiscard]] UsableDays usable_with(const RecordKey& record, risk::List kind, std::uint16_t a,
                                       std::uint16_t b) const;
  /// Whether a link joins two systems, at any time; whether a record came by one of these.
  [[nodiscard]] bool linked(std::uint16_t a, std::uint16_t b) const;
  [[nodiscard]] bool passed(const UsableDays& record, std::uint16_t a, std::uint16_t b) const;

  /// Whose list shows a record when a post asks on a day: the nearest that does, or none.
  /// \param allowed  whether the originator has given the post's country permission
  /// \param connected  as if the post could ask all systems of its country
  [[nodiscard]] risk::ListSource shows(const UsableDays& record, std::uint32_t post,
                                       std::int32_t day, bool allowed = true,
                                       bool connected = false) const;
  /// Systems that show a record when a post asks on a day: a bit each, whatever its own list does.
  [[nodiscard]] std::uint32_t answering(const UsableDays& record, std::uint32_t post,
                                        std::int32_t day, bool connected = false) const;
  /// First day on which a post that asks as it does on a day could have been shown a record; never.
  [[nodiscard]] std::int32_t first_shown(const UsableDays& record, std::uint32_t post,
                                         std::int32_t day) const;
  /// The record of another country about the same person, if there is one.
  [[nodiscard]] std::optional<RecordKey> second_of(const RecordKey& record, risk::List kind) const;
  /// Systems that a post asks on a day: a bit each.
  [[nodiscard]] std::uint32_t asks(std::uint32_t post, std::int32_t day,
                                   bool connected = false) const;
  /// Adds the queries of so many persons who are looked up at a post: of each system that it asks,
  /// and of those that these ask in turn.
  void add_queries(std::uint32_t post, std::int32_t day, std::int64_t persons,
                   std::span<std::int64_t> queries) const;
  /// Records that together tell who somebody is.
  [[nodiscard]] std::size_t pieces(std::int32_t day) const {
    return static_cast<std::size_t>(eras_[era_of(day)].params.records_pieces);
  }
  /// Expected queries over capacity of a system on a day; 0 where it has no capacity.
  [[nodiscard]] double load(std::size_t system, std::int32_t day) const {
    return eras_[era_of(day)].load[system];
  }
  /// Share of queries that are answered: below 1 where there are more than capacity.
  [[nodiscard]] static double answered_share(double load) { return load > 1 ? 1 / load : 1; }
  /// Whether police of a country know a record on a day: their own, or one that stands in a system
  /// of which it is a member and that shows it without the originator's permission.
  [[nodiscard]] bool known_in(const UsableDays& record, std::uint16_t country,
                              std::int32_t day) const;
  /// Whether a record expired before a day.
  [[nodiscard]] bool expired(const UsableDays& record, std::int32_t day) const {
    const std::int32_t days = eras_[era_of(day)].expiry_days;
    return days > 0 && record.national != long_ago && day >= std::int64_t{record.national} + days;
  }
  /// Whether posts ask lists of others at primary on a day, not only in secondary.
  [[nodiscard]] bool asks_at_primary(std::int32_t day) const {
    return eras_[era_of(day)].at_primary;
  }
  /// Whether a post can ask lists of others on a day.
  [[nodiscard]] bool connected(std::uint32_t post, std::int32_t day) const {
    return (access(post, day) & (regional_access | global_access)) != 0;
  }

  /// Analysts, and what they join: when, and that from then on a record stands in systems of its
  /// maker and of those who made the others. \param makers  countries' systems_of, together
  [[nodiscard]] const Joining& joining() const { return joining_; }
  [[nodiscard]] UsableDays joined(UsableDays record, risk::List kind, std::uint32_t makers,
                                  std::int32_t day) const;
  /// Chances of a person's file, by the record that makes it two: when, and whether with error.
  [[nodiscard]] std::array<double, 2> joining_draws(const RecordKey& record, risk::List kind) const;

  /// Day on which biometrics are added to a record that had none: never, or from then on.
  /// \param u  of the record
  [[nodiscard]] std::int32_t biometrics_added(double u, std::int32_t made) const;
  /// Highest share of wrong records of all eras, and whether one of them stands on a day.
  /// \param u  below 1: of the record, among that share. \param corrected  of the record too
  [[nodiscard]] double most_wrong() const { return most_wrong_; }
  [[nodiscard]] bool wrong_stands(double u, double corrected, std::int32_t day) const;

  [[nodiscard]] std::span<const System> systems() const { return systems_; }
  [[nodiscard]] std::span<const Channel> channels() const { return channels_; }
  /// Systems that a country gives to and asks: a bit each.
  [[nodiscard]] std::uint32_t systems_of(std::uint16_t country) const { return member_[country]; }
  [[nodiscard]] bool hypothetical() const { return hypothetical_; }
  /// Whether police and immigration work as one at a post on a day.
  [[nodiscard]] bool joint_post(std::uint32_t post, std::int32_t day) const {
    return (access(post, day) & joint) != 0;
  }
  /// Days in [from, to) on which anything here changes, ascending.
  [[nodiscard]] std::vector<std::int32_t> change_days(std::int32_t from, std::int32_t to) const;

 private:
  enum Access : std::uint8_t { regional_access = 1, global_access = 2, joint = 4 };
  struct EraParts {
    std::int32_t from = 0, to = never;
    bool at_primary = true;
    double contributed = 0, biometrics = 0, wrong = 0, corrected = 0;
    std::int32_t expiry_days = 0;
    CooperationParams params;           ///< by which records are evaluated and handled
    Evaluation least = any_evaluation;  ///< of what posts are shown
    std::vector<std::uint8_t> access;   ///< per post
    std::vector<double> load;           ///< per system
    std::vector<double> link_load;      ///< per channel
  };
  [[nodiscard]] std::size_t era_of(std::int32_t day) const {
    std::size_t e = eras_.size() - 1;
    while (e > 0 && day < eras_[e].from) --e;
    return e;
  }
  [[nodiscard]] std::uint8_t access(std::uint32_t post, std::int32_t day) const {
    return eras_[era_of(day)].access[post];
  }
  /// A change of links that is tried: between systems a and b.
  struct Trial {
    std::uint16_t a, b;
    bool add;
  };
  [[nodiscard]] UsableDays days_of(const RecordKey& record, risk::List kind,
                                   const Trial* trial) const;
  void add_systems(const Organisations& organisations, std::size_t n_countries,
                   const risk::RiskParams& risk);
  void add_channels(const Organisations& organisations);
  void add_lever_channels(std::span<const Era> eras, double CooperationParams::*share,
                          std::vector<std::pair<std::uint16_t, std::uint16_t>> pairs);
  void add_access(std::span<const PostSite> posts, std::span<const Era> eras);
  void add_loads(std::span<const PostSite> posts);
  [[nodiscard]] bool pulls(const Channel& channel, std::int32_t day) const;
  [[nodiscard]] std::int32_t given(const RecordKey& record, const System& system,
                                   std::uint16_t s) const;
  [[nodiscard]] std::int32_t carried(const RecordKey& record, const Channel& channel,
                                     std::int32_t day) const;
  [[nodiscard]] bool up(const Channel& channel, const Opening& opening, std::int32_t day) const;

  sim::RunKey key_;
  std::vector<System> systems_;
  std::uint32_t global_ = 0;            ///< bits of global systems
  std::vector<std::uint32_t> member_;   ///< per country
  std::vector<std::uint16_t> country_;  ///< per post
  std::vector<Channel> channels_;
  std::vector<EraParts> eras_;
  bool with_quality_ = false;  ///< with a file of organisations alone
  double second_delay_days_ = 0;
  Joining joining_;
  Opening bridge_;  ///< as the first era's levers would make it
  double most_wrong_ = 0;
  bool hypothetical_ = false;
};

}  // namespace corridor::cooperation
