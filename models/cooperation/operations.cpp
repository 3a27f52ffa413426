// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/operations.hpp"

#include <algorithm>
#include <numeric>

#include "models/cooperation/words.hpp"
#include "sim/names.hpp"

namespace corridor::cooperation {
namespace {

using sim::Complaints;
using Row = sim::TextRow<Operation>;

constexpr std::array<std::string_view, 4> incomes{"low", "lower-middle", "upper-middle", "high"};

class Resolver {
 public:
  Resolver(const OperationsSetting& setting, Complaints& complaints)
      : s_(setting), complaints_(complaints), has_posts_(setting.ground.n_targets(), false) {
    for (const PostPlace& p : s_.ground.posts) has_posts_[target_of(p.country, p.kind)] = true;
    for (const CustomsPlace& p : s_.ground.customs) {
      if (p.inspections_day > 0) has_posts_[target_of(p.country, TargetKind::customs)] = true;
    }
  }

  [[nodiscard]] PlannedOperation operation(const Row& row) {
    const Operation& o = row.value;
    PlannedOperation out;
    out.name = o.name;
    out.from_day = static_cast<std::int32_t>(o.from_day);
    out.to_day = static_cast<std::int32_t>(o.to_day);
    out.officers = static_cast<double>(o.officers);
    out.deconflict = o.deconflict;
    out.targets = targets(row);
    out.concerns = concerns(row);
    out.participants = participants(row);
    if (!out.participants.empty() && !out.targets.empty()) check_officers(row, out);
    return out;
  }

 private:
  [[nodiscard]] std::vector<std::uint32_t> targets(const Row& row) {
    std::vector<bool> in(has_posts_.size(), false);
    for (const std::string& word : words(row.value.places)) add_place(row, word, in);
    std::vector<std::uint32_t> out;
    for (std::uint32_t t = 0; t < in.size(); ++t) {
      if (in[t] && has_posts_[t]) out.push_back(t);
    }
    if (out.empty()) {
      complaints_.add(row.place_of("places"),
                      "operation.places: there is no post at '" + row.value.places + "'");
    }
    return out;
  }

  void add_place(const Row& row, const std::string& word, std::vector<bool>& in) {
    const std::size_t slash = word.find('/');
    std::string where = slash == word.npos ? word : word.substr(slash + 1);
    std::vector<bool> kinds{true, true, true, false};  // posts of travellers
    if (slash != word.npos) {
      std::vector<std::string> known;
      for (std::size_t k = 0; k < n_target_kinds; ++k) {
        known.emplace_back(name(static_cast<TargetKind>(k)));
        kinds[k] = known.back() == word.substr(0, slash);
      }
      if (std::find(known.begin(), known.end(), word.substr(0, slash)) == known.end()) {
        complaints_.add(row.place_of("places"), "operation.places: '" + word.substr(0, slash) +
                                                    "' is no kind of post; allowed are " +
                                                    sim::listed(known));
      }
    }
    std::vector<std::string> known{"all"};
    bool found = where == "all";
    std::vector<bool> countries(s_.world.countries.size(), found);
    const auto match = [&](const std::string& name, auto&& is_in) {
      known.push_back(name);
      if (name != where) return;
      found = true;
      for (std::size_t c = 0; c < countries.size(); ++c) countries[c] = is_in(c);
    };
    for (std::size_t r = 0; r < world::n_regions; ++r) {
      match(std::string(world::name(static_cast<world::Region>(r))), [&](std::size_t c) {
        return static_cast<std::size_t>(s_.world.countries[c].region) == r;
      });
    }
    for (std::size_t i = 0; i < incomes.size(); ++i) {
      match(std::string(incomes[i]), [&](std::size_t c) { return s_.ground.income_class[c] == i; });
    }
    for (const Planner& p : s_.planners) {
      match(p.code, [&](std::size_t c) {
        return std::binary_search(p.members.begin(), p.members.end(),
                                  static_cast<std::uint16_t>(c));
      });
    }
    for (std::size_t i = 0; i < s_.world.countries.size(); ++i) {
      match(s_.world.countries[i].iso3, [&](std::size_t c) { return c == i; });
    }
    if (!found) {
      complaints_.add(row.place_of("places"),
                      "operation.places: '" + where +
                          "' is no region, class of income, organisation or country of this world" +
                          sim::did_you_mean(where, known));
    }
    for (std::size_t t = 0; t < in.size(); ++t) {
      if (countries[country_of(t)] && kinds[t % n_target_kinds]) in[t] = true;
    }
  }

  [[nodiscard]] std::array<bool, n_concerns> concerns(const Row& row) {
    std::array<bool, n_concerns> out{};
    std::vector<std::string> known;
    for (std::size_t c = 0; c < n_concerns; ++c) known.emplace_back(name(static_cast<Concern>(c)));
    for (const std::string& word : words(row.value.threats)) {
      if (word == "all") {
        out.fill(true);
        continue;
      }
      const auto at = std::find(known.begin(), known.end(), word);
      if (at == known.end()) {
        complaints_.add(row.place_of("threats"),
                        "operation.threats: '" + word + "' is no threat; allowed are 'all', " +
                            sim::listed(known) + sim::did_you_mean(word, known));
        continue;
      }
      out[static_cast<std::size_t>(at - known.begin())] = true;
    }
    return out;
  }

  [[nodiscard]] std::vector<std::uint16_t> participants(const Row& row) {
    std::vector<std::uint16_t> out;
    std::vector<std::string> known;
    for (const Planner& p : s_.planners) known.push_back(p.code);
    for (const std::string& word : words(row.value.participants)) {
      if (word == "all" && !known.empty()) {
        out.resize(known.size());
        std::iota(out.begin(), out.end(), std::uint16_t{0});
        continue;
      }
      const auto at = std::find(known.begin(), known.end(), word);
      if (at == known.end()) {
        complaints_.add(
            row.place_of("participants"),
            "operation.participants: " + complaint_about_planner(word, known, s_.others));
        continue;
      }
      out.push_back(static_cast<std::uint16_t>(at - known.begin()));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    if (words(row.value.participants).empty()) {
      complaints_.add(row.place, "operation.participants is empty: name who sends officers");
    }
    return out;
  }

  [[nodiscard]] bool takes_from(const PlannedOperation& o, std::uint16_t country) const {
    return std::any_of(o.participants.begin(), o.participants.end(), [&](std::uint16_t p) {
      const std::vector<std::uint16_t>& members = s_.planners[p].members;
      return std::binary_search(members.begin(), members.end(), country);
    });
  }
  [[nodiscard]] bool sends(const PlannedOperation& o, const PostPlace& p) const {
    return takes_from(o, p.country) &&
           !std::binary_search(o.targets.begin(), o.targets.end(), target_of(p.country, p.kind));
  }
  [[nodiscard]] bool share_countries(const PlannedOperation& a, const PlannedOperation& b) const {
    for (std::size_t c = 0; c < s_.ground.n_countries; ++c) {
      const auto country = static_cast<std::uint16_t>(c);
      if (takes_from(a, country) && takes_from(b, country)) return true;
    }
    return false;
  }
  [[nodiscard]] double officers_at(const PostPlace& p) const {
    return p.places * (1 + s_.ground.reviewers_per_place) * s_.officers_per_position;
  }
  [[nodiscard]] bool covers_all_posts(const PlannedOperation& o) const {
    const auto any = [&](auto&& of) { return std::ranges::any_of(s_.ground.posts, of); };
    return any([&](const PostPlace& p) { return takes_from(o, p.country); }) &&
           !any([&](const PostPlace& p) { return sends(o, p); });
  }
  /// Officers come from posts of members outside the targets.
  void check_officers(const Row& row, const PlannedOperation& o) {
    if (covers_all_posts(o)) {
      const std::string which = row.at.contains("places") ? "'" + row.value.places + "' covers"
                                                          : "without it an operation covers";
      complaints_.add(row.place_of("places"),
                      "operation.places: " + which +
                          " every post of its participants' members, and officers come from posts "
                          "outside its places; name some of the regions, classes of income, "
                          "organisations and countries, or a kind of post before a slash, as in "
                          "'air/all'");
      return;
    }
    double there = 0;
    for (const PostPlace& p : s_.ground.posts) there += sends(o, p) ? officers_at(p) : 0;
    if (o.officers <= there) return;
    complaints_.add(row.place_of("officers"),
                    "operation.officers = " + std::to_string(row.value.officers) +
                        ": members of its participants have " +
                        std::to_string(static_cast<std::int64_t>(there)) +
                        " in secondary outside its places; it can take no more");
  }

  const OperationsSetting& s_;
  Complaints& complaints_;
  std::vector<bool> has_posts_;

 public:
  /// Operations that are on when one begins, and take officers from the same countries, take no
  /// more together than there are.
  void check_together(const Row& row, const PlannedOperation& made,
                      std::span<const PlannedOperation> others) {
    std::vector<const PlannedOperation*> at_once{&made};
    std::string names;
    for (const PlannedOperation& other : others) {
      // Of those that begin on one day the last one tells of it.
      const bool before = other.from_day < made.from_day || &other < &made;
      if (&other == &made || !before || !other.on(made.from_day) || !share_countries(made, other))
        continue;
      at_once.push_back(&other);
      names += (names.empty() ? "'" : ", '") + other.name + "'";
    }
    if (at_once.size() == 1) return;
    double wanted = 0;
    for (const PlannedOperation* o : at_once) wanted += o->officers;
    double there = 0;
    for (const PostPlace& p : s_.ground.posts) {
      if (std::any_of(at_once.begin(), at_once.end(),
                      [&](const PlannedOperation* o) { return sends(*o, p); }))
        there += officers_at(p);
    }
    if (wanted <= there) return;
    complaints_.add(row.place_of("officers"),
                    "operation.officers = " + std::to_string(row.value.officers) + ": with " +
                        names + " on the same days " +
                        std::to_string(static_cast<std::int64_t>(wanted)) +
                        " officers of the same countries are away, who have " +
                        std::to_string(static_cast<std::int64_t>(there)) +
                        " in secondary outside their places; they can take no more");
  }
};

}  // namespace

std::vector<Planner> planners_of(const Organisations& organisations) {
  std::vector<Planner> out;
  for (const Organisation& o : organisations.organisations) {
    if (!plans(o.kind)) continue;
    out.push_back({o.code, o.members, static_cast<double>(o.officers), o.has(Power::coordinates),
                   o.priorities, o.cycle_days});
  }
  return out;
}

std::vector<std::string> not_planning(const Organisations& organisations) {
  std::vector<std::string> codes;
  for (const Organisation& o : organisations.organisations) {
    if (!plans(o.kind)) codes.push_back(o.code);
  }
  return codes;
}

std::string complaint_about_planner(const std::string& code, std::span<const std::string> planners,
                                    std::span<const std::string> others) {
  std::string wrong = "there is no organisation '" + code + "'";
  if (std::ranges::find(others, code) != others.end()) wrong = "'" + code + "' does not plan";
  if (planners.empty()) return wrong + "; no organisation that plans is in cooperation.file";
  return wrong + "; those who plan are " + sim::listed(planners) +
         sim::did_you_mean(code, planners);
}

std::vector<PlannedOperation> resolve_operations(std::span<const Row> rows,
                                                 const OperationsSetting& setting,
                                                 Complaints& complaints) {
  Resolver resolver(setting, complaints);
  std::vector<PlannedOperation> out;
  std::vector<const Row*> kept;
  for (const Row& row : rows) {
    PlannedOperation made = resolver.operation(row);
    for (const PlannedOperation& other : out) {
      const bool together = made.from_day <= other.to_day && other.from_day <= made.to_day;
      const auto same = std::find_first_of(made.participants.begin(), made.participants.end(),
                                           other.participants.begin(), other.participants.end());
      if (!together || same == made.participants.end()) continue;
      complaints.add(row.place_of("participants"),
                     "operation.participants: officers of '" + setting.planners[*same].code +
                         "' are in operation '" + other.name + "' on the same days");
    }
    if (made.to_day < made.from_day) {
      complaints.add(row.place_of("to_day"), "operation.to_day is before operation.from_day");
    }
    // Nobody sent, nothing done.
    if (made.participants.empty() || made.targets.empty() || !(made.officers > 0)) continue;
    out.push_back(std::move(made));
    kept.push_back(&row);
  }
  for (std::size_t i = 0; i < out.size(); ++i) resolver.check_together(*kept[i], out[i], out);
  return out;
}

}  // namespace corridor::cooperation
