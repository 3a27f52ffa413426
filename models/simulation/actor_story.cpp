// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "models/scenario/actor_params.hpp"
#include "models/simulation/summary.hpp"
#include "models/trafficking/consignment.hpp"
#include "models/travel/injected.hpp"

namespace corridor::simulation {
namespace {

using Kind = ActorName::Kind;
using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<Kind, std::string_view>, 4> words{
    {{Kind::fighter, "fighter"},
     {Kind::consignment, "consignment"},
     {Kind::courier_of_cash, "cash-courier"},
     {Kind::money, "money"}}};

std::string_view word_of(Kind kind) {
  return std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == kind; })
      ->second;
}

std::optional<std::uint64_t> number(std::string_view digits, int base) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
    return std::nullopt;
  return value;
}

/// What an event is about, from the beginning of its name.
bool is_of_journey(std::string_view what) { return what.starts_with("journey "); }
bool is_of_fighter(std::string_view what) {
  return what.starts_with("fighter") || what.starts_with("record");
}
bool is_of_goods(std::string_view what) {
  return what.starts_with("consignment") || what.starts_with("seizure") ||
         what.starts_with("report");
}

bool concerns(const ActorName& name, std::string_view what, std::uint64_t id) {
  if (is_of_journey(what)) {
    const travel::InjectedId trip = travel::unpack_injected(id);
    switch (name.kind) {
      case Kind::fighter:
        return trip.actor == travel::Actor::fighter && trip.person == name.number;
      case Kind::consignment:
        return trip.actor == travel::Actor::drug_courier && trip.person == name.number;
      case Kind::courier_of_cash:
        return trip.actor == travel::Actor::cash_courier && trip.person == name.number;
      case Kind::money:
        return false;
    }
  }
  switch (name.kind) {
    case Kind::fighter:
      return is_of_fighter(what) && id == name.number;
    case Kind::consignment:
      return is_of_goods(what) && id == trafficking::consignment_id(name.number);
    case Kind::courier_of_cash:
      return false;
    case Kind::money:
      return what.starts_with("money") && id == name.number;
  }
  return false;
}

std::string amount_text(std::string_view what, std::int64_t amount) {
  if (is_of_goods(what)) return fmt::format("{:.2f} kg", static_cast<double>(amount) / 1000);
  if (what.starts_with("money"))
    return fmt::format("{} USD", grouped(static_cast<double>(amount) / 100));
  return amount == 1 ? "1 person" : fmt::format("{} persons", amount);
}

}  // namespace

std::optional<ActorName> parse_actor_name(std::string_view text) {
  for (const auto& [kind, word] : words) {
    if (!text.starts_with(word) || text.size() <= word.size() || text[word.size()] != '/') continue;
    const auto value = number(text.substr(word.size() + 1), 10);
    if (!value) return std::nullopt;
    return ActorName{kind, *value};
  }
  const auto trip = number(text.substr(0, 16), 16);
  if (text.size() < 16 || !trip) return std::nullopt;
  constexpr std::uint64_t of_goods = trafficking::consignment_id(0);
  constexpr std::uint64_t numbers = std::uint64_t{1} << 40;  // consignment.hpp
  if (text.size() == 16 && (*trip & of_goods) == of_goods && *trip - of_goods < numbers)
    return ActorName{Kind::consignment, *trip - of_goods};
  if (!travel::is_injected(*trip)) return std::nullopt;
  const travel::InjectedId id = travel::unpack_injected(*trip);
  switch (id.actor) {
    case travel::Actor::fighter:
      return ActorName{Kind::fighter, id.person};
    case travel::Actor::drug_courier:
      return ActorName{Kind::consignment, id.person};
    case travel::Actor::cash_courier:
      return ActorName{Kind::courier_of_cash, id.person};
    default:
      return std::nullopt;
  }
}

std::string text(const ActorName& name) {
  return fmt::format("{}/{}", word_of(name.kind), name.number);
}

ActorStory actor_story(const ResultReader& result, std::int64_t replicate, const ActorName& name) {
  const std::string file = result.path().string();
  if (result.length(Dim::actor_event) == 0) {
    throw ResultError(
        file + ": error: " + text(name) +
        ": this result keeps no journeys of fighters and couriers and no goods one by one: it "
        "shows them by class of place (docs/ethics.md). A run of an invented world keeps them; so "
        "does disclosure.traces = \"full\", which every output then says");
  }
  const auto names = result.read_text("/places/actor_event_kind");
  const auto countries = result.read_text("/places/country_iso3");
  const auto groups = result.read_text("/places/money_group");
  const auto kind = result.read<std::uint8_t>("/actors/event_kind", {replicate});
  const auto day = result.read<std::int32_t>("/actors/event_day", {replicate});
  const auto id = result.read<std::uint64_t>("/actors/event_id", {replicate});
  const auto from = result.read<std::int32_t>("/actors/event_origin", {replicate}),
             to = result.read<std::int32_t>("/actors/event_destination", {replicate}),
             who = result.read<std::int32_t>("/actors/event_who", {replicate});
  const auto amount = result.read<std::int64_t>("/actors/event_amount", {replicate});
  const std::string start = result.provenance().start_date;
  const auto name_in = [](const std::vector<std::string>& list, std::int32_t i) {
    return i < 0 || static_cast<std::size_t>(i) >= list.size() ? std::string()
                                                               : list[static_cast<std::size_t>(i)];
  };
  ActorStory story;
  story.name = name;
  for (std::size_t i = 0; i < kind.size(); ++i) {
    if (kind[i] >= names.size() || !concerns(name, names[kind[i]], id[i])) continue;
    const std::string& what = names[kind[i]];
    story.events.push_back({day[i], date_of(start, day[i]), what, name_in(countries, from[i]),
                            name_in(countries, to[i]),
                            is_of_fighter(what) ? std::string() : name_in(groups, who[i]),
                            amount_text(what, amount[i])});
  }
  for (const std::int64_t dropped :
       result.read<std::int64_t>("/actors/events_dropped", {replicate})) {
    story.truncated = story.truncated || dropped > 0;
  }
  if (story.events.empty()) {
    throw ResultError(file + ": error: no event of " + text(name) + " in replicate " +
                      std::to_string(replicate) +
                      (story.truncated ? "; the result had no room for all events: run.actor_events"
                                       : "; numbers are those of /actors/event_id"));
  }
  return story;
}

std::string ActorStory::text() const {
  std::string out = fmt::format("{} (synthetic; read from the result's events)\n{}\n",
                                simulation::text(name), scenario::full_traces_note);
  for (const Event& e : events) {
    std::string where = e.from;
    if (!e.to.empty()) where += (where.empty() ? "at " : " > ") + e.to;
    std::string line =
        fmt::format("  {}  {:<28} {:<14} {:>14}  {}", e.date, e.what, where, e.amount, e.who);
    line.resize(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  if (truncated) out += "The result had no room for all events; later ones may be missing.\n";
  return out;
}

Json ActorStory::json() const {
  Json list = Json::array();
  for (const Event& e : events) {
    list.push_back({{"day", e.day},
                    {"date", e.date},
                    {"what", e.what},
                    {"from", e.from},
                    {"to", e.to},
                    {"who", e.who},
                    {"amount", e.amount}});
  }
  return {{"name", simulation::text(name)},
          {"synthetic", true},
          {"traces", "full"},
          {"events", list},
          {"truncated", truncated}};
}

}  // namespace corridor::simulation
