// SPDX-License-Identifier: Apache-2.0
/// \file fighters.hpp  People who set out for a conflict zone of the scenario: what they plan each
/// day, and what they make of what became of it.
///
/// Everybody in it is synthetic. Level of policy: cost, perceived risk, rationality, waiting.
///
/// One day:
///
///     decide(day)   beliefs fade; parties resolve (mobilisation.hpp); whoever's day has come
///                   plans or waits (choice.hpp), takes the next ticket, makes the last step,
///                   leaves the zone
///     learn(..)     what became of the day's tickets: arrived, refused, held, ..; beliefs
///                   (perceived_risk.hpp), records, the next day of each party
///
/// A ticket is a travel::PlannedJourney; each must come back once as a travel::JourneyOutcome, on
/// the same day or later. The order of outcomes within a call does not matter. Money comes as
/// postings of groups 0.. (the network of each zone, `group_name`): what a party spends it first
/// earns (own means), so a group's cash stays where it was.
///
/// | step             | in code                            | from       |
/// |------------------|------------------------------------|------------|
/// | ready after      | Exp(plan_mean_days), whole days    | assumed    |
/// | layover          | 1 + Exp(layover_mean_days) days    | assumed    |
/// | last step, a day | 1 - exp(-(crossing f + turn back)) | assumed    |
/// | stay in the zone | competing hazards, times collapse_factor once closed | calibrated |
///
/// The last step leads over a border outside posts, as a hazard in time (a policy can lower it), or
/// with a ticket through a post. Where posts are feared more than patrols, who knows a way goes
/// round those of the gateway too (choice.hpp): patrols find him with their chance and send him
/// back, a party with a child to protection; what he meets there says nothing of posts. Nobody else
/// is intercepted by a rate: outcomes come from the posts. Limits. A refused party stays where its
/// ticket began. Whoever gave up, returned or relocated does not set out again. Deaths, arrests and
/// trials after the return are left out. Not modelled: age, sex, motive; anything about how to pass
/// a check. Checked in tests/models/fighters.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/fighters/choice.hpp"
#include "models/fighters/fighters_state.hpp"
#include "models/fighters/mobilisation.hpp"
#include "models/finance/posting.hpp"
#include "models/travel/planned_journey.hpp"
#include "sim/calendar.hpp"

namespace corridor::fighters {

enum class Service : std::uint8_t { documents, logistics };

/// What a facilitator offers people of a country, today. Access 0: nobody finds him.
struct FacilitatorOffer {
  std::uint32_t facilitator = 0;
  Service service = Service::documents;
  std::uint16_t country = nowhere;  ///< of origin; nowhere = all
  std::int64_t price_cents = 0;     ///< a person
  double access = 0;                ///< chance that a party knows how to reach him
};

/// What somebody knows of a person; from which records are made.
struct KnownPerson {
  std::uint64_t person = 0;  ///< as PlannedJourney::person
  std::int32_t day = 0;      ///< from which it is known; may lie ahead
  std::uint16_t holder = 0;  ///< country
  Quality quality = Quality::name;
  std::uint8_t registered = 0;  ///< 1: stands in an international register
  std::uint8_t member = 0;      ///< of the party
  friend bool operator==(const KnownPerson&, const KnownPerson&) = default;
};

enum class Event : std::uint8_t {
  resolved,
  began,
  reached_gateway,
  arrived,
  refused,
  held,
  protection,
  no_route,
  turned_back,
  left_zone,
  gave_up,
  returned,
  relocated,
  lost,
  went_round,      ///< posts, over a green border or a coast
  found_by_patrol  ///< there; told beside what became of it
};
inline constexpr std::size_t n_events = 16;
static_assert(static_cast<std::size_t>(Event::found_by_patrol) + 1 == n_events);
[[nodiscard]] std::string_view name(Event e);
struct FighterEvent {
  std::uint64_t person = 0;
  std::int32_t day = 0;
  std::uint16_t origin = 0, country = 0, zone = 0;  ///< country: where it happened
  Event event = Event::resolved;
  std::uint8_t size = 1;
  friend bool operator==(const FighterEvent&, const FighterEvent&) = default;
};

struct Decisions {
  std::vector<travel::PlannedJourney> journeys;
  std::vector<finance::Posting> postings;
  std::vector<KnownPerson> records;
  std::vector<FighterEvent> events;
};
struct Lessons {
  std::vector<KnownPerson> records;
  std::vector<FighterEvent> events;
};
/// What happened since the last close, by country of origin and by gateway (Road::gateways()).
struct MonthCounts {
  std::vector<Counts> origins;
  std::vector<GatewayCounts> gateways;
};

class Fighters {
 public:
  /// \param world must live as long as this
  /// \throws sim::UserError when rows and countries make more than 4,096 streams
  Fighters(const FightersParams& params, const FightersActors& actors, const world::World& world,
           sim::RunKey key, const sim::Calendar& calendar, const HasRoute& has_route);

  /// \pre day = state().day + 1. Journeys and records come in the order of people.
  [[nodiscard]] Decisions decide(std::int32_t day, std::span<const FacilitatorOffer> offers = {});
  /// \throws std::invalid_argument when an outcome belongs to no ticket on its way
  Lessons learn(std::span<const travel::JourneyOutcome> outcomes);
  [[nodiscard]] MonthCounts close_month();

  /// From today on. \param patrol  chance that patrols between posts stop who would cross there: it
  /// slows the last step and sends so many more of it to posts. \param off_post  share of parties
  /// who know a way round the posts of a gateway (choice.hpp). 0 changes nothing.
  void set_between_posts(double patrol, double off_post) {
    patrol_ = patrol;
    off_post_ = off_post;
  }
  /// What people were told of today, by country: a gateway there is believed to be so much more
  /// dangerous, as the share of what one would have passed. Empty = nothing.
  void set_warnings(std::vector<double> by_country) { warnings_ = std::move(by_country); }

  [[nodiscard]] const FightersState& state() const { return state_; }
  void set_state(FightersState state);
  [[nodiscard]] Census census() const { return fighters::census(state_); }

  [[nodiscard]] const Road& road() const { return road_; }
  /// Perceived chance to fail at a gateway (of Road::gateways()), among people of a country.
  [[nodiscard]] double perceived_risk(std::uint16_t country, std::uint16_t gateway) const;

 private:
  struct Today;  // decide's working set (fighters_steps.cpp)

  void fade();
  void mobilise(Today& today);
  void resolve(Today& today, std::size_t stream, std::uint32_t number);
  void move_on(Today& today, Party& p);
  void plan(Today& today, Party& p);
  void begin(Today& today, Party& p, const Option& chosen);
  void make_step(Today& today, Party& p);
  void leave_zone(Today& today, Party& p);
  void head_back(Today& today, Party& p);
  void take_ticket(Today& today, Party& p);
  /// Over a green border or a coast into the gateway's country, on one day.
  void go_round(Today& today, Party& p);
  void pay(Today& today, const Party& p, double usd, finance::Item item,
           std::uint32_t other = finance::no_group) const;
  void enter_zone(Party& p, std::int32_t day);
  [[nodiscard]] Utilities utilities(const Today& today, const Party& p, bool moved) const;
  /// Of the way round the posts of a gateway; `not_there` unless they are feared more. \param cost
  /// with the perceived risk and the policy there
  [[nodiscard]] double utility_round(const Party& p, const GatewaySite& site,
                                     std::uint16_t zone_country, Cost cost) const;
  [[nodiscard]] std::uint16_t choose_zone(const Party& p, std::int32_t day,
                                          std::uint16_t avoid) const;
  [[nodiscard]] bool open(std::size_t zone, std::int32_t day) const;

  void arrived(Party& p, const travel::JourneyOutcome& o, Lessons& lessons);
  void stopped(Party& p, const travel::JourneyOutcome& o, Lessons& lessons);
  void believe(const Party& p, std::uint16_t gateway, bool failed, bool news);
  void fail(Party& p, std::int32_t day, std::vector<FighterEvent>& events);

  void count(const Party& p, Count what);
  static void end(Party& p, Fate fate);
  /// What a home service comes to hold of a member by itself; nothing of a child, who is the last.
  [[nodiscard]] std::optional<KnownPerson> record_of(const Party& p, std::uint32_t member) const;
  [[nodiscard]] std::array<std::uint8_t, travel::max_party> known_bits(const Party& p,
                                                                       std::int32_t day) const;
  static void tell(const Party& p, Event event, std::int32_t day, std::uint16_t country,
                   std::vector<FighterEvent>& events);

  FightersParams params_;
  FightersActors actors_;
  sim::RunKey key_;
  std::int64_t day_0_;
  Mobiliser mobiliser_;
  double patrol_ = 0, off_post_ = 0;
  std::vector<double> warnings_;
  Road road_, whole_road_;  ///< without and with the pairs that were found closed
  FightersState state_;
};

}  // namespace corridor::fighters
