// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/scorer.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "models/risk/rule_set_text.hpp"
#include "models/simulation/route_facts.hpp"

namespace corridor::simulation {
namespace {

using risk::at;
using risk::Column;
using travel::Batch;

constexpr std::array stages{risk::Stage::booking, risk::Stage::check_in, risk::Stage::arrival};

/// What stands in the columns of units: nothing speaks against them.
constexpr std::array<std::pair<Column, std::uint8_t>, 5> of_every_unit{
    {{Column::document, static_cast<std::uint8_t>(risk::Document::valid)},
     {Column::list_kind, static_cast<std::uint8_t>(risk::ListKind::none)},
     {Column::list_certainty, static_cast<std::uint8_t>(risk::Certainty::none)},
     {Column::list_source, static_cast<std::uint8_t>(risk::ListSource::none)},
     {Column::biometric_hit, std::uint8_t{0}}}};

bool reads(const risk::Node& node, std::size_t feature) {
  return (node.op == risk::Op::feature && node.index == feature) ||
         std::any_of(node.arguments.begin(), node.arguments.end(),
                     [&](const risk::Node& n) { return reads(n, feature); });
}

bool reads(const risk::RuleSet& set, Column column) {
  return std::any_of(set.rules.begin(), set.rules.end(),
                     [&](const risk::Rule& rule) { return reads(rule.condition, at(column)); });
}

bool is_text(Column c) { return risk::shipped_catalogue()[at(c)].storage == risk::Storage::u8; }

void fill_facts(ScoringTables& tables, const travel::TravelTables& t,
                std::span<const travel::Place> places, const travel::PairRow& pair) {
  if (!tables.share.empty()) {
    const std::vector<std::int16_t> shares = itinerary_shares(t, pair);
    std::copy(shares.begin(), shares.end(), tables.share.begin() + pair.first_option);
  }
  for (std::uint32_t o = 0; o < pair.n_options && !tables.detour.empty(); ++o) {
    tables.detour[pair.first_option + o] =
        itinerary_detour(t, places, t.options[pair.first_option + o]);
  }
}

/// Longest wait between two legs of a scheduled journey; 0 without a connection.
std::int16_t connection_minutes(const travel::TravelTables& t, const Batch& b, std::size_t i) {
  if (b.n_links[i] < 2 || b.mode[i] == static_cast<std::uint8_t>(travel::Mode::land)) return 0;
  int longest = 0;
  for (std::uint32_t k = 1; k < b.n_links[i]; ++k) {
    const int arrives = b.link_minute[k - 1][i] + t.legs[b.link[k - 1][i]].minutes;
    longest = std::max(longest, b.link_minute[k][i] - arrives);
  }
  return static_cast<std::int16_t>(std::min(longest, 5760));
}

/// History is known at home alone.
risk::TableView as_seen(risk::TableView table, bool home) {
  if (!home) table.columns[at(Column::earlier_trips)].data = nullptr;
  return table;
}

/// Fills what the columns that are read need.
void look_up_facts(ScoringTables& t, const risk::RiskParams& p, const Setup& setup, Facts facts) {
  const travel::TravelTables& travel = setup.travel;
  if (t.read[at(Column::detour)]) t.detour.resize(travel.options.size());
  if (t.read[at(Column::itinerary_share)]) t.share.resize(travel.options.size());
  if (facts == Facts::all && !(t.detour.empty() && t.share.empty())) {
    const std::vector<travel::Place> places = gate_places(setup.shape);
    for (const travel::PairRow& pair : travel.pairs) fill_facts(t, travel, places, pair);
  }
  t.route_class = route_classes(travel, setup.shape, p.high_routes, p.elevated_routes);
  t.assessment_date = p.assessment_date;
  t.assessment_expires = p.assessment_expires;
  t.with_history = t.read[at(Column::earlier_trips)];
}

}  // namespace

void add_facts(ScoringTables& tables, const Setup& setup, std::uint32_t pair) {
  fill_facts(tables, setup.travel, gate_places(setup.shape), setup.travel.pairs[pair]);
}

std::optional<ScoringTables> make_scoring_tables(const scenario::Scenario& scenario,
                                                 const Setup& setup, Facts facts) {
  const risk::RiskParams& p = scenario.risk;
  if (p.rules_text.empty()) return std::nullopt;
  ScoringTables t;
  t.travel = &setup.travel;
  const std::string file = p.rules.empty() ? "risk.rules_text" : p.rules;
  t.rules = risk::parse_rule_set(p.rules_text, file, risk::shipped_catalogue());
  if (const std::string wrong = risk::subject_complaint(t.rules, risk::Subject::traveller);
      !wrong.empty()) {
    throw sim::UserError(file + ": error: " + wrong);
  }
  for (std::size_t c = 0; c < risk::n_columns; ++c) {
    t.read[c] = reads(t.rules, static_cast<Column>(c));
  }
  look_up_facts(t, p, setup, facts);
  return t;
}

ScoringTables make_feature_tables(const scenario::Scenario& scenario, const Setup& setup) {
  ScoringTables t;
  t.travel = &setup.travel;
  for (std::size_t c = 0; c < risk::n_columns; ++c) {
    const risk::Feature& feature = risk::shipped_catalogue()[c];
    t.read[c] = feature.subject == risk::Subject::traveller &&
                feature.legal != risk::LegalClass::audit_only;
  }
  look_up_facts(t, scenario.risk, setup, Facts::all);
  return t;
}

DayRules make_day_rules(const ScoringTables& tables, std::string_view date) {
  DayRules day;
  day.assessment_in_force = !tables.assessment_expires.empty() &&
                            std::string_view(tables.assessment_date) <= date &&
                            date <= std::string_view(tables.assessment_expires);
  const auto program = [&](risk::View known) {
    const auto missing = [](Column c) {
      return risk::Known{static_cast<std::uint16_t>(at(c)), std::nullopt};
    };
    if (!day.assessment_in_force) known.push_back(missing(Column::route_class));
    std::vector<risk::View> views{known};
    known.push_back(missing(Column::earlier_trips));
    if (tables.with_history) views.push_back(known);
    return std::make_shared<risk::Program>(tables.rules, risk::shipped_catalogue(), date, views);
  };
  risk::View units;
  for (const auto& [column, stored] : of_every_unit) {
    units.push_back({static_cast<std::uint16_t>(at(column)), stored});
  }
  day.units = program(units);
  day.persons = program({});
  for (const risk::Rule& rule : tables.rules.rules) {
    day.in_force.push_back(risk::in_force(rule, date));
  }
  day.base = day.persons->base();
  std::int32_t highest = 1;  // above the base
  for (const risk::Stage stage : stages) {
    highest = std::max(highest, day.persons->highest(stage) - day.base);
  }
  constexpr auto above = static_cast<std::int32_t>(n_score_bins) - 1;
  day.bin_width = std::max(1, (highest + above - 1) / above);
  day.bin_of.resize(static_cast<std::size_t>(highest) + 1);
  for (std::int32_t s = 1; s <= highest; ++s) {
    day.bin_of[static_cast<std::size_t>(s)] =
        static_cast<std::uint8_t>(1 + (s - 1) / day.bin_width);
  }
  return day;
}

PostThreshold threshold_of(std::span<const double> histogram, double flag_rate) {
  double total = 0;
  for (const double n : histogram) total += n;
  if (total == 0) return {};  // nobody to compare with: nobody is flagged
  const double allowed = flag_rate * total;
  if (allowed <= 0)
    return {};  // a rate of 0 flags nobody, not even who scores as nobody did before
  double above = 0;
  for (std::size_t b = n_score_bins - 1; b >= 1; --b) {
    const double here = histogram[b];
    if (above + here > allowed) {
      return {static_cast<std::uint32_t>(b),
              static_cast<std::uint32_t>((allowed - above) / here * 0x1p32)};
    }
    above += here;
  }
  return {0, 0};  // whoever scores above the base is flagged
}

std::vector<PostThreshold> thresholds_of(std::span<const ThresholdAim> posts,
                                         std::span<const std::uint64_t> histogram, double weight) {
  constexpr std::size_t n_kinds = 4;
  std::array<std::array<std::uint64_t, n_score_bins>, n_kinds> all{};
  std::array<double, n_kinds> total{};
  for (std::size_t p = 0; p < posts.size(); ++p) {
    for (std::size_t b = 0; b < n_score_bins; ++b) {
      all[posts[p].kind][b] += histogram[score_cell(posts.size(), p, b)];
      total[posts[p].kind] += static_cast<double>(histogram[score_cell(posts.size(), p, b)]);
    }
  }
  std::vector<PostThreshold> thresholds(posts.size());
  std::array<double, n_score_bins> here{};
  for (std::size_t p = 0; p < posts.size(); ++p) {
    const std::size_t kind = posts[p].kind;
    if (total[kind] == 0) continue;
    for (std::size_t b = 0; b < n_score_bins; ++b) {
      here[b] = weight * static_cast<double>(histogram[score_cell(posts.size(), p, b)]) +
                prior_persons * static_cast<double>(all[kind][b]) / total[kind];
    }
    thresholds[p] = threshold_of(here, posts[p].flag_rate);
  }
  return thresholds;
}

std::vector<PostThreshold> thresholds_of(std::span<const PostRow> posts,
                                         std::span<const std::uint64_t> histogram, double flag_rate,
                                         double weight) {
  std::vector<ThresholdAim> aims;
  for (const PostRow& post : posts) aims.push_back({post.entry, flag_rate});
  return thresholds_of(aims, histogram, weight);
}

BatchScorer::BatchScorer(const ScoringTables& tables) : tables_(tables) {
  for (std::size_t c = 0; c < risk::n_columns; ++c) {
    if (tables.read[c]) filled_.push_back(static_cast<std::uint16_t>(c));
  }
  unit_table_.columns.resize(risk::n_columns);
  for (const auto& [column, stored] : of_every_unit) {
    if (!tables.read[at(column)]) continue;
    units_.u8[at(column)].assign(Batch::capacity, stored);
    unit_table_.columns[at(column)].data = units_.u8[at(column)].data();
  }
  remarkable_.resize(Batch::capacity);
}

/// Columns whose storage is that of the batch are not copied.
void BatchScorer::fill(const DayRules& rules, const Batch& b,
                       std::span<const std::int16_t> earlier) {
  unit_table_.n = b.n;
  const auto as_it_is = [&](Column c, const auto* column) {
    if (tables_.read[at(c)]) unit_table_.columns[at(c)].data = column;
  };
  as_it_is(Column::lead_days, b.lead_days.data());
  as_it_is(Column::nights, b.nights.data());
  as_it_is(Column::ticket, b.ticket.data());
  as_it_is(Column::channel, b.channel.data());
  as_it_is(Column::payment, b.payment.data());
  as_it_is(Column::mode, b.mode.data());
  as_it_is(Column::purpose, b.purpose.data());
  as_it_is(Column::itinerary_fit, b.fit.data());
  as_it_is(Column::earlier_trips, earlier.data());

  const std::size_t n = b.n;
  const auto put = [&](Column c, auto& columns, auto value) {
    if (!tables_.read[at(c)]) return;
    auto& column = columns[at(c)];
    column.resize(Batch::capacity);
    auto* const to = column.data();
    unit_table_.columns[at(c)].data = to;
    using Stored = std::remove_pointer_t<decltype(to)>;
    for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<Stored>(value(i));
  };
  const travel::TravelTables& t = *tables_.travel;
  auto& u8 = units_.u8;
  auto& i16 = units_.i16;
  put(Column::party, i16, [&](std::size_t i) { return b.party[i]; });
  put(Column::legs, i16, [&](std::size_t i) { return b.n_links[i]; });
  put(Column::way, u8, [&](std::size_t) { return b.way; });
  put(Column::detour, i16,
      [detour = tables_.detour.data(), &b](std::size_t i) { return detour[b.option[i]]; });
  put(Column::itinerary_share, i16,
      [share = tables_.share.data(), &b](std::size_t i) { return share[b.option[i]]; });
  put(Column::connection_minutes, i16, [&](std::size_t i) { return connection_minutes(t, b, i); });
  if (rules.assessment_in_force) {
    put(Column::route_class, u8, [&](std::size_t i) { return tables_.route_class[b.pair[i]]; });
  } else {
    unit_table_.columns[at(Column::route_class)].data = nullptr;
  }
  for (std::size_t k = 0; k < travel::n_indicators; ++k) {
    put(static_cast<Column>(at(Column::x1) + k), u8,
        [&](std::size_t i) { return (b.indicators[i] >> k) & 1; });
  }
}

void BatchScorer::run(const risk::Program& program, const risk::TableView& table, Scores& scores) {
  std::array<risk::Program::Output, 2> out;
  const std::size_t elsewhere = tables_.with_history ? 1 : 0;
  for (const risk::Stage stage : stages) {
    const auto s = static_cast<std::size_t>(stage);
    const auto want = [&](std::size_t view) {
      const std::size_t total = program.total(view, stage);
      auto& value = scores.value[total];
      if (value.size() < table.n) value.resize(table.n);
      out[view].score[s] = std::span(value).first(table.n);
      auto& refer = scores.refer[total];
      if (!program.may_refer(view, stage)) return refer.clear();
      if (refer.size() < table.n) refer.resize(table.n);
      out[view].refer[s] = std::span(refer).first(table.n);
    };
    want(0);
    // Elsewhere nobody asks for the stage of booking: it is told for the unit as a whole.
    if (stage != risk::Stage::booking) want(elsewhere);
    scores.total[1][s] = static_cast<std::uint8_t>(program.total(0, stage));
    scores.total[0][s] = static_cast<std::uint8_t>(program.total(elsewhere, stage));
  }
  program.score(table, std::span(out).first(elsewhere + 1), workspace_);
}

void BatchScorer::mark_remarkable(std::int32_t base) {
  const std::size_t n = unit_table_.n;
  std::fill_n(remarkable_.begin(), n, std::uint8_t{0});
  std::uint8_t* marks = remarkable_.data();
  std::uint32_t done = 0;
  for (const bool home : {true, false}) {
    for (const risk::Stage stage : stages) {
      const std::size_t total = unit_.total[home ? 1 : 0][static_cast<std::size_t>(stage)];
      if ((!home && stage == risk::Stage::booking) || ((done >> total) & 1) != 0) continue;
      done |= 1U << total;
      const std::int32_t* value = unit_.value[total].data();
      for (std::size_t i = 0; i < n; ++i) marks[i] |= static_cast<std::uint8_t>(value[i] > base);
      const std::vector<std::uint8_t>& refer = unit_.refer[total];
      for (std::size_t i = 0; i < n && !refer.empty(); ++i) marks[i] |= refer[i];
    }
  }
}

void BatchScorer::score_units(const DayRules& rules, const Batch& batch,
                              std::span<const std::int16_t> earlier) {
  fill(rules, batch, earlier);
  run(*rules.units, unit_table_, unit_);
  mark_remarkable(rules.base);
  n_persons_ = 0;
}

std::size_t BatchScorer::add_person(std::size_t i, const PersonFacts& facts) {
  const std::size_t row = n_persons_++;
  const auto put = [&](Column c, auto value) {
    if (tables_.read[at(c)]) persons_.u8[at(c)][row] = static_cast<std::uint8_t>(value);
  };
  for (const std::uint16_t c : filled_) {
    const risk::ColumnView& unit = unit_table_.columns[c];
    if (unit.data == nullptr) continue;
    const auto copy = [&]<class T>(std::vector<T>& column) {
      if (column.size() <= row) column.resize(2 * row + 64);
      column[row] = unit.as<T>()[i];
    };
    is_text(static_cast<Column>(c)) ? copy(persons_.u8[c]) : copy(persons_.i16[c]);
  }
  put(Column::document, facts.document);
  const auto found = [&](risk::List list) {
    return ((facts.found >> static_cast<unsigned>(list)) & 1) != 0;
  };
  if (found(risk::List::document)) {
    put(Column::list_kind, risk::ListKind::document);
    put(Column::list_certainty, risk::Certainty::certain);
    put(Column::list_source, facts.source[static_cast<std::size_t>(risk::List::document)]);
  } else if (found(risk::List::name)) {
    put(Column::list_kind, risk::ListKind::name);
    put(Column::list_certainty, risk::Certainty::possible);
    put(Column::list_source, facts.source[static_cast<std::size_t>(risk::List::name)]);
  }
  put(Column::biometric_hit, found(risk::List::biometric));
  return row;
}

void BatchScorer::score_persons(const DayRules& rules) {
  if (n_persons_ > 0) run(*rules.persons, person_table(), person_);
}

risk::TableView BatchScorer::person_table() const {
  risk::TableView table = unit_table_;
  table.n = n_persons_;
  for (const std::uint16_t c : filled_) {
    if (table.columns[c].data == nullptr) continue;
    table.columns[c].data = is_text(static_cast<Column>(c))
                                ? static_cast<const void*>(persons_.u8[c].data())
                                : static_cast<const void*>(persons_.i16[c].data());
  }
  return table;
}

risk::TableView BatchScorer::unit_features(bool home) const { return as_seen(unit_table_, home); }
risk::TableView BatchScorer::person_features(bool home) const {
  return as_seen(person_table(), home);
}

}  // namespace corridor::simulation
