// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/organisations.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "models/cooperation/words.hpp"
#include "sim/names.hpp"

namespace corridor::cooperation {
namespace {

using sim::Complaints;
template <class S>
using Row = sim::TextRow<S>;

/// Bits of the words of a text that stand in `known`.
std::uint8_t bits_of(const std::string& text, std::span<const std::string> known,
                     const std::string& key, const std::string& what, const sim::Place& place,
                     Complaints& complaints) {
  std::uint8_t bits = 0;
  for (const std::string& word : words(text)) {
    const auto found = std::find(known.begin(), known.end(), word);
    if (found == known.end()) {
      std::string wrong = key;
      wrong.append(": '").append(word).append("' is no ").append(what);
      wrong.append("; allowed are ").append(sim::listed(known));
      wrong.append(sim::did_you_mean(word, known));
      complaints.add(place, wrong);
    } else {
      bits = static_cast<std::uint8_t>(bits | 1U << (found - known.begin()));
    }
  }
  return bits;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> out;
  for (std::size_t l = 0; l < risk::n_lists; ++l)
    out.emplace_back(risk::name(static_cast<risk::List>(l)));
  return out;
}

std::vector<std::string> power_names() {
  std::vector<std::string> out;
  for (const PowerRow& row : power_table) out.emplace_back(row.code);
  return out;
}

Kinds kinds_of(const std::string& text, const std::string& key, const sim::Place& place,
               Complaints& complaints) {
  const std::vector<std::string> known = kind_names();
  const std::size_t before = words(text).size();
  if (before == 0) complaints.add(place, key + " is empty; allowed are " + sim::listed(known));
  return bits_of(text, known, key, "kind of record", place, complaints);
}

std::vector<std::uint16_t> members_of(const Row<OrganisationRow>& row, const world::World& world,
                                      std::int64_t year, Complaints& complaints) {
  std::set<std::uint16_t> members;
  const sim::Place& place = row.place_of("members");
  for (const std::string& word : words(row.value.members)) {
    if (word == "all") {
      for (std::size_t c = 0; c < world.countries.size(); ++c)
        members.insert(static_cast<std::uint16_t>(c));
      continue;
    }
    if (const std::uint32_t c = world.find_country(word); c != world::none) {
      members.insert(static_cast<std::uint16_t>(c));
      continue;
    }
    const auto found = std::find_if(world.organisations.begin(), world.organisations.end(),
                                    [&](const world::Organisation& o) { return o.code == word; });
    if (found == world.organisations.end()) {
      std::vector<std::string> known, tables;
      for (const world::Organisation& o : world.organisations) tables.push_back(o.code);
      known = tables;
      known.emplace_back("all");
      for (const world::Country& c : world.countries) known.push_back(c.iso3);
      complaints.add(place, "organisation.members: no country and no organisation '" + word +
                                "' in this world's tables; allowed are 'all', codes of countries" +
                                (tables.empty() ? std::string()
                                                : " and of " + sim::listed(tables, tables.size())) +
                                sim::did_you_mean(word, known));
      continue;
    }
    const auto o = static_cast<std::uint32_t>(found - world.organisations.begin());
    for (const world::Membership& m : world.memberships) {
      const bool member = year == 2025 ? m.in_2025 : m.in_2019;
      if (member && m.organisation == o) members.insert(static_cast<std::uint16_t>(m.country));
    }
  }
  if (words(row.value.members).empty()) {
    complaints.add(place,
                   "organisation.members is empty: name countries, an organisation of the "
                   "table of memberships, or \"all\"");
  }
  return {members.begin(), members.end()};
}

OrganisationKind kind_of(const std::string& text) {
  for (const OrganisationKind k : {OrganisationKind::regional, OrganisationKind::global,
                                   OrganisationKind::observer, OrganisationKind::national}) {
    if (name(k) == text) return k;
  }
  return OrganisationKind::regional;  // a wrong one is complained about where rows are read
}

void read_organisation(const Row<OrganisationRow>& row, const world::World& world,
                       std::int64_t members_year, Organisations& all, Complaints& complaints) {
  const OrganisationRow& r = row.value;
  Organisation o;
  o.code = r.code;
  o.name = r.name.empty() ? r.code : r.name;
  o.kind = kind_of(r.kind);
  o.powers = bits_of(r.powers, power_names(), "organisation.powers", "power",
                     row.place_of("powers"), complaints);
  o.kinds = kinds_of(r.kinds, "organisation.kinds", row.place_of("kinds"), complaints);
  o.members = members_of(row, world, members_year, complaints);
  o.share = r.share < 0 ? -1 : r.share;
  o.delay_days = r.delay_days < 0 ? -1 : r.delay_days;
  o.capacity = r.capacity;
  o.officers = r.officers;
  o.cycle_days = static_cast<std::int32_t>(r.cycle_days);
  o.priorities = {r.fighters, r.drugs, r.finance, r.documents};
  o.budget_musd = r.budget_musd;
  o.source = r.source;
  o.place = row.place;
  if (all.find(o.code) != nobody) {
    complaints.add(row.place_of("code"), "organisation.code: '" + o.code + "' stands there twice");
    return;
  }
  if (o.has(Power::arrests) && o.kind != OrganisationKind::national) {
    complaints.add(row.place_of("powers"), "organisation.powers: '" + o.code +
                                               "' cannot have 'arrests': only national officers "
                                               "arrest (kind = \"national\")");
  }
  if (o.officers > 0 && !o.has(Power::corps) && o.kind != OrganisationKind::national) {
    complaints.add(row.place_of("officers"), "organisation.officers: '" + o.code +
                                                 "' has no officers of its own without the power "
                                                 "'corps'");
  }
  all.organisations.push_back(std::move(o));
}

std::uint16_t organisation_of(const std::string& code, const std::string& key,
                              const sim::Place& place, const Organisations& all,
                              Complaints& complaints) {
  const std::uint16_t found = all.find(code);
  if (found == nobody) {
    std::vector<std::string> known;
    for (const Organisation& o : all.organisations) known.push_back(o.code);
    complaints.add(place, key + ": no organisation '" + code + "' in this file" +
                              (known.empty() ? "" : "; it has ") + sim::listed(known) +
                              sim::did_you_mean(code, known));
  }
  return found;
}

LinkMode mode_of(const std::string& text) {
  constexpr std::array<std::string_view, 4> names{"push", "pull", "hit", "none"};
  const auto found = std::find(names.begin(), names.end(), text);
  return static_cast<LinkMode>(found == names.end() ? 0 : found - names.begin());
}

/// "'AA' holds 'name'"
std::string holds(const Organisation& o) {
  std::vector<std::string> kinds;
  for (std::size_t l = 0; l < risk::n_lists; ++l) {
    if ((o.kinds & 1U << l) != 0) kinds.push_back(kind_names()[l]);
  }
  return "'" + o.code + "' holds " + (kinds.empty() ? "none" : sim::listed(kinds));
}

void check_days(const Row<LinkRow>& row, Complaints& complaints) {
  const LinkRow& r = row.value;
  if (r.to_day <= r.from_day) {
    complaints.add(row.place_of("to_day"),
                   "link.to_day = " + std::to_string(r.to_day) +
                       " is not after link.from_day = " + std::to_string(r.from_day));
  } else if (const std::int64_t opens = r.from_day + r.negotiation_days; r.to_day <= opens) {
    complaints.add(row.place_of("to_day"), "link.to_day = " + std::to_string(r.to_day) +
                                               " is not after day " + std::to_string(opens) +
                                               ", on which it opens (from_day + negotiation_days)");
  }
}

/// One way of a row, and where the row stands.
struct PlacedLink {
  Link link;
  sim::Place place;
};

/// What goes the same way twice would count twice: complains of the first such row before this one.
void check_twice(const Row<LinkRow>& row, std::span<const Link> ways,
                 std::span<const PlacedLink> before, Complaints& complaints) {
  for (const PlacedLink& other : before) {
    const Link& o = other.link;
    for (const Link& l : ways) {
      if (l.from != o.from || l.to != o.to || l.mode != o.mode) continue;
      if (l.opens >= o.closes || o.opens >= l.closes || (l.kinds & o.kinds) == 0) continue;
      complaints.add(row.place, "a link of mode '" + row.value.mode + "' between '" +
                                    row.value.from + "' and '" + row.value.to +
                                    "' stands on line " + std::to_string(other.place.line) +
                                    " already, for kinds and days of this one; give them other "
                                    "kinds, days or modes");
      return;
    }
  }
}

/// Reads one row into `all.links`, and into `placed` for those after it.
void read_link(const Row<LinkRow>& row, Organisations& all, std::vector<PlacedLink>& placed,
               Complaints& complaints) {
  const LinkRow& r = row.value;
  const auto end = [&](const std::string& code, const char* key) {
    const std::string path = std::string("link.") + key;
    const std::uint16_t o = organisation_of(code, path, row.place_of(key), all, complaints);
    if (o != nobody && !all.organisations[o].holds_records()) {
      complaints.add(row.place_of(key), path + ": '" + code +
                                            "' holds no records; a link is between regional or "
                                            "global organisations with the power 'databases'");
      return nobody;
    }
    return o;
  };
  Link link;
  link.from = end(r.from, "from");
  link.to = end(r.to, "to");
  link.mode = mode_of(r.mode);
  link.kinds = kinds_of(r.kinds, "link.kinds", row.place_of("kinds"), complaints);
  if (!r.permission.empty()) {
    link.permission = organisation_of(r.permission, "link.permission", row.place_of("permission"),
                                      all, complaints);
  }
  // A wrong word is complained about where rows are read.
  link.evaluation = parse_evaluation(r.evaluation).value_or(any_evaluation);
  link.completeness = r.completeness;
  link.delay_days = r.delay_days;
  link.availability = r.availability;
  link.capacity = r.capacity;
  link.refusal = r.refusal;
  link.answer_days = r.answer_days;
  link.opens = static_cast<std::int32_t>(r.from_day + r.negotiation_days);
  link.closes = static_cast<std::int32_t>(r.to_day);
  link.hypothetical = r.hypothetical;
  check_days(row, complaints);
  if (words(r.basis).empty() && !r.hypothetical && link.mode != LinkMode::none) {
    complaints.add(row.place, "link from '" + r.from + "' to '" + r.to +
                                  "' has no legal basis; name it as 'basis', or say "
                                  "hypothetical = true, which every output prints");
  }
  if (r.capacity > 0 && link.mode != LinkMode::pull) {
    complaints.add(row.place_of("capacity"),
                   "link.capacity: a link of mode '" + r.mode +
                       "' answers no queries; only one of mode 'pull' has a capacity");
  }
  if (link.from == nobody || link.to == nobody) return;
  if (link.from == link.to) {
    complaints.add(row.place_of("to"), "link.to: '" + r.to + "' is linked to itself");
    return;
  }
  const Kinds common = all.organisations[link.from].kinds & all.organisations[link.to].kinds;
  if ((link.kinds & common) == 0 && link.kinds != 0) {
    complaints.add(row.place_of("kinds"), "link.kinds: '" + r.from + "' and '" + r.to +
                                              "' have no such kind of record in common: " +
                                              holds(all.organisations[link.from]) + ", " +
                                              holds(all.organisations[link.to]));
  }
  link.kinds = link.kinds & common;
  std::vector<Link> ways{link};
  std::swap(link.from, link.to);
  if (r.both_ways) ways.push_back(link);
  check_twice(row, ways, placed, complaints);
  for (const Link& way : ways) {
    all.links.push_back(way);
    placed.push_back({way, row.place});
  }
}

/// Complains where organisations wait for one another's permission in a circle.
void check_permissions(const std::vector<Row<LinkRow>>& rows, const Organisations& all,
                       Complaints& complaints) {
  // Whoever takes records by a link asks; edges from who asks to whose permission it needs.
  const auto asked = [&](const std::string& code) {
    std::vector<std::string> out;
    for (const auto& row : rows) {
      if (row.value.permission.empty()) continue;
      if (row.value.to == code || (row.value.both_ways && row.value.from == code))
        out.push_back(row.value.permission);
    }
    return out;
  };
  std::set<std::string> done, told;
  std::vector<std::string> path;
  const std::function<void(const std::string&)> walk = [&](const std::string& code) {
    const auto on_path = std::find(path.begin(), path.end(), code);
    if (on_path != path.end()) {
      if (path.end() - on_path < 2) return;  // whose permission is its own asks nobody
      if (!told.insert(*std::min_element(on_path, path.end())).second) return;
      std::string circle;
      for (auto it = on_path; it != path.end(); ++it) circle += "'" + *it + "' asks ";
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row<LinkRow>& r) {
        return r.value.permission == code;
      });
      complaints.add(row->place_of("permission"),
                     "link.permission: permissions go in a circle: " + circle + "'" + code + "'");
      return;
    }
    if (!done.insert(code).second) return;
    path.push_back(code);
    for (const std::string& next : asked(code)) walk(next);
    path.pop_back();
  };
  for (const Organisation& o : all.organisations) walk(o.code);
}

void read_ordinary(const std::vector<Row<OrdinaryRow>>& rows, Organisations& all,
                   Complaints& complaints) {
  constexpr std::array<std::string_view, n_income_classes> classes{"low", "lower middle",
                                                                   "upper middle", "high"};
  std::set<std::string> seen;
  // Rows of all first: a class of its own wins.
  for (const bool of_all : {true, false}) {
    for (const auto& row : rows) {
      const OrdinaryRow& r = row.value;
      if ((r.income == "all") != of_all) continue;
      if (!seen.insert(r.income).second) {
        complaints.add(row.place_of("income"),
                       "ordinary.income: '" + r.income + "' stands there twice");
      }
      for (std::size_t k = 0; k < n_income_classes; ++k) {
        if (of_all || classes[k] == r.income)
          all.ordinary[k] = {r.lost_documents, r.wanted, r.refused};
      }
    }
  }
}

}  // namespace

std::string_view name(OrganisationKind kind) {
  constexpr std::array<std::string_view, 4> names{"regional", "global", "observer", "national"};
  return names[static_cast<std::size_t>(kind)];
}

std::uint16_t Organisations::find(std::string_view code) const {
  for (std::size_t o = 0; o < organisations.size(); ++o) {
    if (organisations[o].code == code) return static_cast<std::uint16_t>(o);
  }
  return nobody;
}

bool Organisations::hypothetical() const {
  return std::any_of(links.begin(), links.end(), [](const Link& l) { return l.hypothetical; });
}

Organisations read_organisations(const sim::RowText& text, const world::World& world,
                                 std::int64_t members_year, Complaints& complaints) {
  Organisations all;
  all.from_file = true;
  for (const auto& row :
       text.rows(organisation_table, {"code", "members", "powers", "source"}, complaints)) {
    read_organisation(row, world, members_year, all, complaints);
  }
  const auto links = text.rows(link_table, {"from", "to", "source"}, complaints);
  std::vector<PlacedLink> placed;
  for (const auto& row : links) read_link(row, all, placed, complaints);
  check_permissions(links, all, complaints);
  read_ordinary(text.rows(ordinary_table, {"source"}, complaints), all, complaints);

  std::size_t systems = 0, global = 0;
  for (const Organisation& o : all.organisations) {
    systems += o.holds_records() ? 1 : 0;
    global += o.holds_records() && o.kind == OrganisationKind::global ? 1 : 0;
    if (systems > most_systems) {
      complaints.add(o.place,
                     "more than " + std::to_string(most_systems) + " organisations hold records");
      break;
    }
    if (global > 1) {
      complaints.add(o.place, "'" + o.code +
                                  "' is a second global organisation that holds records; "
                                  "at most one does");
      break;
    }
  }
  return all;
}

Organisations usual_organisations(std::span<const std::uint8_t> region) {
  Organisations all;
  const auto add = [&](std::string code, OrganisationKind kind) {
    Organisation& o = all.organisations.emplace_back();
    o.code = std::move(code);
    o.name = o.code;
    o.kind = kind;
    o.powers = bit(Power::databases);
    return &o;
  };
  for (std::size_t r = 0; r < world::n_regions; ++r) {
    Organisation* o = add("list of " + std::string(world::name(static_cast<world::Region>(r))),
                          OrganisationKind::regional);
    for (std::size_t c = 0; c < region.size(); ++c) {
      if (region[c] == r) o->members.push_back(static_cast<std::uint16_t>(c));
    }
  }
  Organisation* world_list = add("list of all", OrganisationKind::global);
  world_list->members.resize(region.size());
  std::iota(world_list->members.begin(), world_list->members.end(), std::uint16_t{0});
  return all;
}

}  // namespace corridor::cooperation
