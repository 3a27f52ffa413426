// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace corridor::simulation {

std::string_view name(Dim dim) {
  switch (dim) {
    case Dim::replicate:
      return "replicate";
    case Dim::day:
      return "day";
    case Dim::month:
      return "month";
    case Dim::country:
      return "country";
    case Dim::region:
      return "region";
    case Dim::purpose:
      return "purpose";
    case Dim::mode:
      return "mode";
    case Dim::airport:
      return "airport";
    case Dim::air_link:
      return "air_link";
    case Dim::border:
      return "border";
    case Dim::way:
      return "way";
    case Dim::sea_lane:
      return "sea_lane";
    case Dim::port:
      return "port";
    case Dim::post:
      return "post";
    case Dim::pair:
      return "pair";
    case Dim::wait_bin:
      return "wait_bin";
    case Dim::row:
      return "row";
    case Dim::margin:
      return "margin";
    case Dim::source:
      return "source";
    case Dim::outcome:
      return "outcome";
    case Dim::threat:
      return "threat";
    case Dim::stage:
      return "stage";
    case Dim::score_bin:
      return "score_bin";
    case Dim::event:
      return "event";
    case Dim::cut_day:
      return "cut_day";
    case Dim::hour:
      return "hour";
    case Dim::cut:
      return "cut";
    case Dim::substance:
      return "substance";
    case Dim::organisation:
      return "organisation";
    case Dim::cargo_mode:
      return "cargo_mode";
    case Dim::place_class:
      return "place_class";
    case Dim::fighter_count:
      return "fighter_count";
    case Dim::goods_measure:
      return "goods_measure";
    case Dim::edge_measure:
      return "edge_measure";
    case Dim::network_measure:
      return "network_measure";
    case Dim::cargo_measure:
      return "cargo_measure";
    case Dim::money_group:
      return "money_group";
    case Dim::money_measure:
      return "money_measure";
    case Dim::actor_event:
      return "actor_event";
    case Dim::actor_event_kind:
      return "actor_event_kind";
    case Dim::planner:
      return "planner";
    case Dim::planner_measure:
      return "planner_measure";
    case Dim::planning_event:
      return "planning_event";
    case Dim::planning_event_kind:
      return "planning_event_kind";
    case Dim::shock:
      return "shock";
    case Dim::gain:
      return "gain";
    case Dim::judgement:
      return "judgement";
    case Dim::list_source:
      return "list_source";
    case Dim::subject:
      return "subject";
    case Dim::replay:
      return "replay";
    case Dim::system_pair:
      return "system_pair";
    case Dim::pair_measure:
      return "pair_measure";
    case Dim::post_class:
      return "post_class";
    case Dim::system:
      return "system";
    case Dim::system_measure:
      return "system_measure";
    case Dim::knowledge:
      return "knowledge";
    case Dim::list_kind:
      return "list_kind";
    case Dim::secondary_kind:
      return "secondary_kind";
    case Dim::kind_measure:
      return "kind_measure";
    case Dim::between_measure:
      return "between_measure";
  }
  return "?";
}

namespace {

using enum ElementType;

constexpr bool digested = true, left_out = false;

constexpr Dataset make(std::string_view path, ElementType type, std::initializer_list<Dim> dims,
                       std::string_view unit, bool in_digest, std::string_view meaning) {
  Dataset row{.path = path,
              .type = type,
              .dims = {},
              .rank = static_cast<std::uint8_t>(dims.size()),
              .unit = unit,
              .meaning = meaning,
              .in_digest = in_digest};
  std::copy(dims.begin(), dims.end(), row.dims.begin());
  return row;
}

constexpr Dataset fact(std::string_view path, ElementType type, std::string_view unit,
                       std::string_view meaning) {
  return make(path, type, {}, unit, left_out, meaning);
}
constexpr Dataset place(std::string_view path, ElementType type, Dim dim, std::string_view unit,
                        std::string_view meaning) {
  return make(path, type, {dim}, unit, digested, meaning);
}
constexpr Dataset daily(std::string_view path, std::string_view unit, std::string_view meaning) {
  return make(path, int64, {Dim::replicate, Dim::day}, unit, digested, meaning);
}
constexpr Dataset daily_by(std::string_view path, Dim dim, std::string_view unit,
                           std::string_view meaning) {
  return make(path, int64, {Dim::replicate, Dim::day, dim}, unit, digested, meaning);
}
constexpr Dataset monthly(std::string_view path, std::initializer_list<Dim> of,
                          std::string_view unit, std::string_view meaning,
                          ElementType type = int64) {
  Dataset row = make(path, type, {Dim::replicate, Dim::month}, unit, digested, meaning);
  for (const Dim dim : of) row.dims[row.rank++] = dim;
  return row;
}
constexpr Dataset journey(std::string_view path, ElementType type, std::string_view unit,
                          std::string_view meaning) {
  return make(path, type, {Dim::replicate, Dim::row}, unit, digested, meaning);
}

constexpr Dataset event(std::string_view path, ElementType type, std::string_view unit,
                        std::string_view meaning) {
  return make(path, type, {Dim::replicate, Dim::event}, unit, digested, meaning);
}

constexpr Dataset actor_event(std::string_view path, ElementType type, std::string_view unit,
                              std::string_view meaning) {
  return make(path, type, {Dim::replicate, Dim::actor_event}, unit, digested, meaning);
}

constexpr Dataset planning_event(std::string_view path, ElementType type, std::string_view unit,
                                 std::string_view meaning) {
  return make(path, type, {Dim::replicate, Dim::planning_event}, unit, digested, meaning);
}

constexpr Dataset since(std::string_view version, Dataset row) {
  row.since = version;
  return row;
}

constexpr std::array table{
    // What was run, and on what.
    fact("/provenance/results_format", text, "-", "version of this layout, major.minor"),
    fact("/provenance/version", text, "-", "version of Corridor"),
    fact("/provenance/commit", text, "-", "source revision of the build, or 'unknown'"),
    fact("/provenance/command", text, "-", "command line; files without their folders"),
    fact("/provenance/scenario_name", text, "-", "name of the scenario"),
    fact("/provenance/scenario", text, "-", "effective scenario text (TOML), complete"),
    fact("/provenance/scenario_hash", text, "-", "hash of all values that reach a result"),
    fact("/provenance/world", text, "-", "name of the world"),
    fact("/provenance/real_names", uint8, "-", "1 = real places, 0 = an invented world"),
    fact("/provenance/data_hash", text, "-", "hash of the world's data tables"),
    fact("/provenance/start_date", text, "-", "date of day 0 (UTC), YYYY-MM-DD"),
    fact("/provenance/seed", int64, "-", "seed: with the replicate, the key of every draw"),
    fact("/provenance/scale", float64, "1", "share of the ordinary units that were simulated"),
    fact("/provenance/random_contract", int64, "-", "version of the contract on random draws"),
    fact("/provenance/citation", text, "-", "what to cite, and whose data stand behind it"),
    fact("/provenance/simd", text, "-", "instruction set of the batch generator"),
    fact("/provenance/threads", int64, "1", "threads of the last part of the run"),
    fact("/provenance/wall_s", float64, "s", "wall time of all parts of the run"),
    fact("/provenance/journeys_per_s", float64, "1/s", "simulated journeys over wall time"),
    fact("/provenance/complete", uint8, "-", "1 = every day is closed and the file is finished"),

    // The rows that the other tables count.
    place("/places/month", text, Dim::month, "-", "calendar month, YYYY-MM"),
    place("/places/region", text, Dim::region, "-", "region of UN Tourism"),
    place("/places/purpose", text, Dim::purpose, "-", "purpose of a trip"),
    place("/places/mode", text, Dim::mode, "-", "mode of a trip"),
    place("/places/country_iso3", text, Dim::country, "-", "ISO 3166-1 alpha-3 code"),
    place("/places/country_name", text, Dim::country, "-", "English name"),
    place("/places/country_region", text, Dim::country, "-", "region of UN Tourism"),
    place("/places/country_lat", float64, Dim::country, "degree", "latitude of a central point"),
    place("/places/country_lon", float64, Dim::country, "degree", "longitude of a central point"),
    place("/places/airport_iata", text, Dim::airport, "-", "IATA code"),
    place("/places/airport_country", text, Dim::airport, "-", "ISO 3166-1 alpha-3 code"),
    place("/places/airport_lat", float64, Dim::airport, "degree", "latitude"),
    place("/places/airport_lon", float64, Dim::airport, "degree", "longitude"),
    place("/places/air_link_origin", text, Dim::air_link, "-", "IATA code of the origin"),
    place("/places/air_link_destination", text, Dim::air_link, "-", "IATA code of the destination"),
    place("/places/border_a", text, Dim::border, "-", "country on one side"),
    place("/places/border_b", text, Dim::border, "-", "country on the other side"),
    place("/places/border_lat", float64, Dim::border, "degree", "latitude of its middle"),
    place("/places/border_lon", float64, Dim::border, "degree", "longitude of its middle"),
    place("/places/port_locode", text, Dim::port, "-", "UN/LOCODE"),
    place("/places/port_country", text, Dim::port, "-", "ISO 3166-1 alpha-3 code"),
    place("/places/port_lat", float64, Dim::port, "degree", "latitude"),
    place("/places/port_lon", float64, Dim::port, "degree", "longitude"),
    place("/places/sea_lane_a", text, Dim::sea_lane, "-", "port at one end"),
    place("/places/sea_lane_b", text, Dim::sea_lane, "-", "port at the other end"),
    place("/places/post_kind", text, Dim::post, "-", "air, land or sea"),
    place("/places/post_country", text, Dim::post, "-", "country whose officers work there"),
    place("/places/post_place", text, Dim::post, "-", "airport, port, or border (AAA-BBB)"),
    place("/places/post_direction", text, Dim::post, "-", "entry or exit"),
    place("/places/post_crossing", int64, Dim::post, "-", "number of the crossing on its border"),
    place("/places/post_lat", float64, Dim::post, "degree", "latitude"),
    place("/places/post_lon", float64, Dim::post, "degree", "longitude"),
    place("/places/pair_origin", text, Dim::pair, "-", "country of residence"),
    place("/places/pair_destination", text, Dim::pair, "-", "country that is visited"),
    place("/places/wait_upper_s", float64, Dim::wait_bin, "s",
          "upper edge of a bin of waits; the last may be infinite"),
    place("/places/source", text, Dim::source, "-", "why somebody is a candidate"),
    place("/places/outcome", text, Dim::outcome, "-", "what became of a candidate"),
    place("/places/threat", text, Dim::threat, "-", "what is illicit about a person"),
    place("/places/stage", text, Dim::stage, "-", "stage at which a journey is scored"),
    place("/places/score_bin_lower", int64, Dim::score_bin, "point",
          "lowest score of a bin; bin 0 holds the base and all below"),

    place("/places/substance", text, Dim::substance, "-", "what is trafficked"),
    place("/places/organisation", text, Dim::organisation, "-", "an invented organisation"),
    place("/places/cargo_mode", text, Dim::cargo_mode, "-", "how goods cross a border"),
    place("/places/place_class", text, Dim::place_class, "-",
          "class of place: region of UN Tourism and income"),
    place("/places/place_class_lat", float64, Dim::place_class, "degree",
          "latitude of the middle of a class, by people: for maps"),
    place("/places/place_class_lon", float64, Dim::place_class, "degree", "longitude of it"),
    place("/places/fighter_count", text, Dim::fighter_count, "-", "what fighters are counted by"),
    place("/places/goods_measure", text, Dim::goods_measure, "-", "what goods are weighed by"),
    place("/places/edge_measure", text, Dim::edge_measure, "-",
          "what networks of organisations are counted by"),
    place("/places/network_measure", text, Dim::network_measure, "-",
          "what the network of a substance is measured by"),
    place("/places/cargo_measure", text, Dim::cargo_measure, "-", "what customs count"),
    place("/places/money_group", text, Dim::money_group, "-", "a group that holds money"),
    place("/places/actor_event_kind", text, Dim::actor_event_kind, "-",
          "what happened: kind and detail"),
    place("/places/list_source", text, Dim::list_source, "-", "whose list answers"),
    place("/places/subject", text, Dim::subject, "-", "whom a hit is about, in truth"),
    place("/places/replay", text, Dim::replay, "-", "policies of sharing that are replayed"),
    place("/places/system_pair", text, Dim::system_pair, "-",
          "two systems; classes of pairs where names are real"),
    place("/places/pair_measure", text, Dim::pair_measure, "-", "what is counted of a pair"),
    place("/places/money_measure", text, Dim::money_measure, "-",
          "an account, or a sum of entries"),

    since("3.2", place("/places/secondary_kind", text, Dim::secondary_kind, "-",
                       "kind of secondary inspection; none where there is one for everything")),
    since("3.2",
          place("/places/kind_measure", text, Dim::kind_measure, "-", "what is counted of a kind")),
    since("3.2", place("/places/between_measure", text, Dim::between_measure, "-",
                       "what is counted between posts")),

    // How the demand met its margins.
    place("/demand/margin", text, Dim::margin, "-", "a published margin"),
    place("/demand/scale_factor", float64, Dim::margin, "1",
          "factor on the model's own level that meets the margin"),
    place("/demand/air_link_fitted", uint8, Dim::air_link, "-",
          "1 = its target was used; 0 = domestic or held out"),
    place("/demand/air_link_target", float64, Dim::air_link, "person/year",
          "seats times load factor; 0 = domestic"),

    // One row a day.
    make("/daily/closed", int64, {Dim::replicate}, "day", digested,
         "closed days; rows from here on do not count yet"),
    daily("/daily/trips_started", "trip", "trips that set out, one a person"),
    daily("/daily/trips_finished", "trip", "trips whose way back ended"),
    daily("/daily/trips_in_progress", "trip", "trips on their way or abroad at the end of the day"),
    daily("/daily/trips_refused", "trip",
          "trips that ended at a post: refused, held, or protection"),
    daily("/daily/persons_abroad", "person",
          "persons in the visited country at the end of the day"),
    daily("/daily/travelling", "person", "persons on the road during the day"),
    daily("/daily/journeys", "journey", "ways out and ways back, one a person"),
    daily("/daily/units", "unit", "travelling units that set out or turned back"),
    daily("/daily/crossings_entry", "crossing", "passes through an entry post"),
    daily("/daily/crossings_exit", "crossing", "passes through an exit post"),
    daily("/daily/same_day_crossings", "crossing",
          "same-day and commuter passes, not in the above"),
    daily("/daily/primary_persons", "person", "persons through primary inspection or an e-gate"),
    daily("/daily/wait_person_seconds", "person*s", "waits at primary, summed over persons"),
    daily("/daily/overflow_persons", "person", "persons whose expected wait exceeds the limit"),
    daily("/daily/candidates", "person", "candidates for secondary inspection"),
    daily("/daily/secondary_selected", "person", "candidates that got a place in secondary"),
    daily("/daily/secondary_cleared", "person", "inspected and cleared"),
    daily("/daily/secondary_refused", "person", "inspected and refused"),
    daily("/daily/secondary_turned_away", "person", "candidates not inspected for lack of places"),
    daily("/daily/scored", "crossing", "passes through a post that rules scored"),
    daily("/daily/flagged", "crossing", "of those, above the day's threshold of the post"),
    daily("/daily/scored_unchecked", "journey",
          "ways that no post checks, scored at booking (scope = \"all\")"),
    daily("/daily/flagged_unchecked", "journey",
          "of those, above the day's threshold of such ways; nobody is selected"),
    daily("/daily/list_hits", "crossing", "passes at which a list answered"),
    daily("/daily/reviewed", "person", "candidates whom a person reviewed"),
    daily("/daily/events_dropped", "person", "rows that found no place in /events"),
    daily_by("/daily/candidates_by_source", Dim::source, "person", "candidates, each once"),
    make("/daily/outcomes", int64, {Dim::replicate, Dim::day, Dim::source, Dim::outcome}, "person",
         digested, "candidates by source and outcome"),
    daily_by("/daily/traveller_minutes", Dim::outcome, "min",
             "travellers' time at review and in "
             "secondary, by outcome"),
    daily_by("/daily/officer_minutes", Dim::outcome, "min", "officers' time for the same"),
    daily_by("/daily/threats_at_posts", Dim::threat, "crossing",
             "passes of persons whom an interest concerns, by what is illicit about them"),
    daily_by("/daily/threats_inspected", Dim::threat, "person", "inspected, by what is illicit"),
    daily_by("/daily/threats_found", Dim::threat, "person",
             "inspections that found something, protection left out"),
    since("3.2", make("/daily/secondary_kinds", int64,
                      {Dim::replicate, Dim::day, Dim::secondary_kind, Dim::kind_measure},
                      "person or min", digested, "what each kind of secondary did")),
    daily_by("/daily/trips_by_mode", Dim::mode, "trip", "trips that set out, by main mode"),
    daily_by("/daily/trips_by_purpose", Dim::purpose, "trip", "trips that set out, by purpose"),
    daily_by("/daily/arrivals_by_region", Dim::region, "trip", "arrivals in the visited region"),
    make("/daily/digest", uint64, {Dim::replicate, Dim::day}, "-", digested,
         "chained hash of all that happened up to the day's end"),

    // One row a calendar month, written when the month closes or the run ends.
    monthly("/monthly/days", {}, "day", "days that the month's rows cover; -1 = not written"),
    monthly("/monthly/air_link_passengers", {Dim::air_link}, "person", "persons flown, one way"),
    monthly("/monthly/airport_departing", {Dim::airport}, "person",
            "persons who begin to fly here"),
    monthly("/monthly/airport_arriving", {Dim::airport}, "person", "persons who end to fly here"),
    monthly("/monthly/airport_connecting", {Dim::airport}, "person", "persons who change flights"),
    monthly("/monthly/border_crossings", {Dim::border, Dim::way}, "crossing",
            "overnight travellers over the border: a to b, b to a"),
    monthly("/monthly/same_day_border_crossings", {Dim::border}, "crossing",
            "same-day and commuter crossings, both ways"),
    monthly("/monthly/sea_lane_passengers", {Dim::sea_lane}, "person", "persons, both ways"),
    monthly("/monthly/pair_trips", {Dim::pair, Dim::mode}, "trip", "trips that set out"),
    monthly("/monthly/post_persons", {Dim::post}, "person", "persons through primary or an e-gate"),
    monthly("/monthly/post_wait_person_seconds", {Dim::post}, "person*s",
            "waits at primary, summed over persons"),
    monthly("/monthly/post_overflow", {Dim::post}, "person",
            "persons whose expected wait exceeds the limit"),
    monthly("/monthly/post_selected", {Dim::post}, "person", "persons inspected in secondary"),
    monthly("/monthly/post_refused", {Dim::post}, "person", "persons refused"),
    monthly("/monthly/wait_histogram", {Dim::post, Dim::wait_bin}, "person", "persons by wait",
            int32),
    monthly("/monthly/score_histogram", {Dim::stage, Dim::score_bin}, "crossing",
            "passes by score; stage booking: ways with a check (scope = \"all\": all ways), once "
            "each"),

    // Reviews with a hit, and outcomes other than "cleared", one by one.
    event("/events/trip", uint64, "-", "id of the trip; all bits set = an unused row"),
    event("/events/way", uint8, "-", "0 = out, 1 = back"),
    event("/events/member", uint8, "-", "number of the person in the travelling unit"),
    event("/events/day", int32, "day", "day on which the post is passed"),
    event("/events/hour", uint8, "h", "hour of the UTC day"),
    event("/events/post", int32, "-", "a row of the posts"),
    event("/events/source", uint8, "-", "a row of /places/source"),
    event("/events/score", int32, "point", "score at this post"),
    event("/events/found", uint8, "-", "lists that answered: 1 documents, 2 names, 4 biometrics"),
    event("/events/matched", uint8, "-", "of those, the ones that mean this person"),
    event("/events/outcome", uint8, "-", "a row of /places/outcome"),

    // Where posts cut, on the last days of the run.
    make("/cuts/threshold", uint64, {Dim::replicate, Dim::cut_day, Dim::post}, "-", digested,
         "flagged: bin of the score above the high half, or equal and tie below the low half"),
    make("/cuts/rank", uint64, {Dim::replicate, Dim::cut_day, Dim::post, Dim::hour, Dim::cut}, "-",
         digested,
         "last rank that was reviewed, reviewed of those drawn at random, inspected, inspected of "
         "those drawn at random, the last two for each kind of secondary; 0 = nobody, all bits set "
         "= "
         "everybody"),

    // Those who hide in the crowd: lengths of 0 when the scenario has no actors. By class of place
    // -2 stands for what may not be shown (docs/ethics.md).
    monthly("/actors/fighters", {Dim::place_class, Dim::fighter_count}, "person",
            "fighters by class of origin, in the month"),
    monthly("/actors/fighters_all", {Dim::fighter_count}, "person", "the same of all origins"),
    monthly("/actors/goods", {Dim::organisation, Dim::substance, Dim::goods_measure}, "gram",
            "goods of an organisation: flows of the month, stocks at its end"),
    monthly("/actors/edges", {Dim::organisation, Dim::substance, Dim::edge_measure}, "1",
            "network of an organisation at the end of the month; opened and cut in it"),
    monthly("/actors/risk", {Dim::organisation, Dim::substance}, "1",
            "perceived risk, mean over active edges", float64),
    monthly("/actors/corridor_sent", {Dim::substance, Dim::place_class, Dim::place_class}, "gram",
            "sent over a border from class to class"),
    monthly("/actors/corridor_seized", {Dim::substance, Dim::place_class, Dim::place_class}, "gram",
            "of that seized: the truth"),
    monthly("/actors/corridor_reported", {Dim::substance, Dim::place_class, Dim::place_class},
            "gram", "seizures of the month as statistics will hold them: reported, some twice"),
    monthly("/actors/reported", {Dim::substance}, "gram", "the same over all corridors"),
    monthly("/actors/delivered", {Dim::substance, Dim::place_class}, "gram",
            "delivered to markets"),
    monthly("/actors/price", {Dim::substance, Dim::place_class}, "USD/kg",
            "wholesale price, mean over countries by demand; NaN = no market", float64),
    monthly("/actors/network", {Dim::substance, Dim::network_measure}, "1",
            "countries that goods passed: how many, entropy of flow, change from the month before",
            float64),
    monthly("/actors/cargo", {Dim::cargo_mode, Dim::cargo_measure}, "1 or gram",
            "trade and customs"),
    monthly("/actors/money", {Dim::money_group, Dim::money_measure}, "cent",
            "accounts at the end of the month, sums of entries in it"),
    actor_event("/actors/event_kind", uint8, "-",
                "what happened, a row of /places/actor_event_kind; 255 = an unused row"),
    actor_event("/actors/event_day", int32, "day", "when"),
    actor_event("/actors/event_id", uint64, "-", "trip, person, consignment or case"),
    actor_event("/actors/event_origin", int32, "-", "a row of country_iso3; -1 = none"),
    actor_event("/actors/event_destination", int32, "-", "a row of country_iso3; -1 = none"),
    actor_event("/actors/event_who", int32, "-", "a row of money_group; -1 = none"),
    actor_event("/actors/event_amount", int64, "gram, cent or person", "how much"),
    make("/actors/events_dropped", int64, {Dim::replicate, Dim::day}, "event", digested,
         "rows that found no place in /actors/event_*"),
    since("3.2", daily_by("/actors/between_posts", Dim::between_measure, "1 or gram",
                          "who and what went round posts, over green borders and coasts, and what "
                          "patrols found of it")),
    // Organisations: lengths of 0 when the scenario has none.
    since("3.1", place("/places/planner", text, Dim::planner, "-",
                       "organisation that plans, by its code")),
    since("3.1", place("/places/planner_measure", text, Dim::planner_measure, "-",
                       "what is told of an organisation and month")),
    since("3.1", place("/places/planning_event_kind", text, Dim::planning_event_kind, "-",
                       "what organisations do")),
    since("3.1", monthly("/cooperation/planning", {Dim::planner, Dim::planner_measure}, "1",
                         "what an organisation did in the month; costs in USD", float64)),
    since("3.1", planning_event("/cooperation/event_kind", uint8, "-",
                                "what happened, a row of /places/planning_event_kind; 255 = an "
                                "unused row")),
    since("3.1", planning_event("/cooperation/event_day", int32, "day", "when")),
    since("3.1", planning_event("/cooperation/event_planner", int32, "-",
                                "a row of /places/planner; -1 = none, or several")),
    since("3.1", planning_event("/cooperation/event_country", int32, "-",
                                "a row of country_iso3; -1 = none, or not shown")),
    since("3.1", planning_event("/cooperation/event_amount", int64, "1",
                                "targets, who met, days, officers: by kind")),
    since("3.2", place("/places/shock", text, Dim::shock, "-",
                       "shock to those who hide, to which organisations may answer")),
    since("3.2",
          make("/cooperation/answer_days", int32, {Dim::replicate, Dim::shock}, "day", digested,
               "days from the shock to the first aligned action; -1 = none, or not yet")),
    since("3.1", make("/cuts/gain", float64, {Dim::replicate, Dim::cut_day, Dim::post, Dim::gain},
                      "1", digested,
                      "share of what review, and inspection of fighters, drugs, cash, documents "
                      "miss that organisations made it find")),
    since("3.3", make("/cuts/spared", float64,
                      {Dim::replicate, Dim::cut_day, Dim::post, Dim::judgement}, "1", digested,
                      "share of wrong judgements of flags and of hits that better rules and joint "
                      "posts spared")),
    fact("/provenance/traces", text, "-",
         "what is shown of illicit journeys and goods: class of place, or full"),

    // What lists did, when the scenario has a file of organisations.
    make("/sharing/met", int64, {Dim::replicate, Dim::day, Dim::list_source, Dim::subject},
         "crossing", digested,
         "persons at posts on whom a list answered, by the nearest; none = somebody knew, and no "
         "list showed it there"),
    make("/sharing/held", int64, {Dim::replicate, Dim::day, Dim::list_source, Dim::subject},
         "person", digested, "reviewed with such a hit and held, protection apart"),
    make("/sharing/let_go", int64, {Dim::replicate, Dim::day, Dim::list_source, Dim::subject},
         "person", digested, "reviewed with such a hit and not held"),
    since("3.2",
          make("/sharing/protection", int64,
               {Dim::replicate, Dim::day, Dim::list_source, Dim::subject}, "person", digested,
               "reviewed with such a hit and referred to protection: no detection")),
    daily_by("/sharing/replay", Dim::replay, "crossing",
             "persons with something illicit whom lists would name there, adversaries and queues "
             "as they were"),
    make("/sharing/links", int64, {Dim::replicate, Dim::day, Dim::system_pair, Dim::pair_measure},
         "crossing", digested,
         "the same: lost without the link between two systems, gained with one more; where names "
         "are real a count is told on the day on which ten have come together"),
    since("3.3", place("/places/post_class", text, Dim::post_class, "-",
                       "kind of post, and income of its country")),
    since("3.3",
          make("/sharing/posts", int64,
               {Dim::replicate, Dim::day, Dim::post_class, Dim::pair_measure}, "crossing", digested,
               "the same: lost if posts of the class could not ask lists of others, gained "
               "if all could; where names are real likewise ten at a time")),
    since("3.2", place("/places/system", text, Dim::system, "-",
                       "a system that posts ask; classes of systems where names are real")),
    since("3.2", place("/places/system_measure", text, Dim::system_measure, "-",
                       "what is counted of a system")),
    since("3.2", place("/places/knowledge", text, Dim::knowledge, "-",
                       "what is counted of who knew what of those who passed")),
    since("3.2", make("/sharing/systems", int64,
                      {Dim::replicate, Dim::day, Dim::system, Dim::system_measure}, "1", digested,
                      "queries of systems, requests to originators of records that they show, what "
                      "was answered; requests waiting: at the end of the day")),
    since("3.2", daily_by("/sharing/knowledge", Dim::knowledge, "1",
                          "who knew before who could act, and who was held wrongly")),
    since("3.2", place("/places/list_kind", text, Dim::list_kind, "-", "a kind of record")),
    since("3.2",
          make("/sharing/by_list", int64,
               {Dim::replicate, Dim::day, Dim::list_kind, Dim::list_source}, "person", digested,
               "found at primary by records of this kind, by the nearest source that showed "
               "one; who is found by two kinds counts in both")),

    // A sample of journeys, when the scenario asks for one.
    journey("/journeys/trip", uint64, "-", "id of the trip; all bits set = an unused row"),
    journey("/journeys/way", uint8, "-", "0 = out, 1 = back"),
    journey("/journeys/member", uint8, "-", "number of the person in the travelling unit"),
    journey("/journeys/day", int32, "day", "day on which this way sets out"),
    journey("/journeys/origin", int32, "-", "country of residence, a row of country_iso3"),
    journey("/journeys/destination", int32, "-", "visited country, a row of country_iso3"),
    journey("/journeys/mode", uint8, "-", "a row of /places/mode"),
    journey("/journeys/purpose", uint8, "-", "a row of /places/purpose"),
    journey("/journeys/party", uint8, "person", "persons in the travelling unit"),
    journey("/journeys/nights", int32, "day", "nights abroad"),
    journey("/journeys/lead_days", int32, "day", "days from booking to departure"),
    journey("/journeys/n_legs", uint8, "-", "legs of this way"),
    journey("/journeys/exit_post", int32, "-", "a row of the posts; -1 = none"),
    journey("/journeys/entry_post", int32, "-", "a row of the posts; -1 = none"),
    journey("/journeys/entry_minute", int32, "min", "minute of the UTC day of entry; -1 = none"),
    journey("/journeys/selected", uint8, "-", "1 = selected for secondary inspection"),
    journey("/journeys/outcome", uint8, "-", "0 = no candidate, else 1 + a row of /places/outcome"),
};

constexpr bool sound() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].meaning.empty() || table[i].unit.empty()) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (table[i].path == table[j].path) return false;
  }
  return true;
}
static_assert(sound(), "a dataset without a meaning or unit, or a path that is there twice");

}  // namespace

std::span<const Dataset> layout() { return table; }

const Dataset* find_dataset(std::string_view path) {
  static const std::vector<const Dataset*> sorted = [] {
    std::vector<const Dataset*> rows;
    for (const Dataset& row : table) rows.push_back(&row);
    std::ranges::sort(rows, {}, &Dataset::path);
    return rows;
  }();
  const auto at = std::ranges::lower_bound(sorted, path, {}, &Dataset::path);
  return at != sorted.end() && (*at)->path == path ? *at : nullptr;
}

std::string layout_as_markdown() {
  std::string page =
      "| dataset | type | dimensions | unit | meaning | digest | since |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const Dataset& row : table) {
    std::string dims;
    for (const Dim dim : row.shape()) {
      if (!dims.empty()) dims += ", ";
      dims += name(dim);
    }
    page += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", row.path, sim::name(row.type),
                        dims.empty() ? "-" : dims, row.unit, row.meaning,
                        row.in_digest ? "yes" : "no", row.since);
  }
  return page;
}

}  // namespace corridor::simulation
