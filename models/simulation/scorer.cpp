// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/scorer.hpp"

#include <algorithm>
#include <cmath>

#include "models/risk/rule_set_text.hpp"
#include "models/simulation/route_facts.hpp"

namespace corridor::simulation {
namespace {

using risk::at;
using risk::Column;
using travel::Batch;

constexpr std::array stages{risk::Stage::booking, risk::Stage::check_in, risk::Stage::arrival};

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
  if (b.mode[i] == static_cast<std::uint8_t>(travel::Mode::land)) return 0;
  int longest = 0;
  for (std::uint32_t k = 1; k < b.n_links[i]; ++k) {
    const int arrives = b.link_minute[k - 1][i] + t.legs[b.link[k - 1][i]].minutes;
    longest = std::max(longest, b.link_minute[k][i] - arrives);
  }
  return static_cast<std::int16_t>(std::min(longest, 5760));
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
  t.with_refers = std::any_of(t.rules.rules.begin(), t.rules.rules.end(), [](const risk::Rule& r) {
    return r.on_missing == risk::OnMissing::refer;
  });
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
  t.rules = risk::parse_rule_set(p.rules_text, p.rules.empty() ? "risk.rules_text" : p.rules,
                                 risk::shipped_catalogue());
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
  day.program = std::make_shared<risk::Program>(tables.rules, risk::shipped_catalogue(), date);
  for (const risk::Rule& rule : tables.rules.rules) {
    day.in_force.push_back(risk::in_force(rule, date));
  }
  day.base = day.program->base();
  std::int32_t highest = 1;  // above the base
  for (const risk::Stage stage : stages) {
    highest = std::max(highest, day.program->highest(stage) - day.base);
  }
  constexpr auto above = static_cast<std::int32_t>(n_score_bins) - 1;
  day.bin_width = std::max(1, (highest + above - 1) / above);
  day.bin_of.resize(static_cast<std::size_t>(highest) + 1);
  for (std::int32_t s = 1; s <= highest; ++s) {
    day.bin_of[static_cast<std::size_t>(s)] =
        static_cast<std::uint8_t>(1 + (s - 1) / day.bin_width);
  }
  day.assessment_in_force = !tables.assessment_expires.empty() &&
                            std::string_view(tables.assessment_date) <= date &&
                            date <= std::string_view(tables.assessment_expires);
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

std::vector<PostThreshold> thresholds_of(std::span<const PostRow> posts,
                                         std::span<const std::uint64_t> histogram, double flag_rate,
                                         double weight) {
  // All exit posts, all entry posts.
  std::array<std::array<std::uint64_t, n_score_bins>, 2> all{};
  std::array<double, 2> total{};
  for (std::size_t p = 0; p < posts.size(); ++p) {
    for (std::size_t b = 0; b < n_score_bins; ++b) {
      all[posts[p].entry][b] += histogram[score_cell(posts.size(), p, b)];
      total[posts[p].entry] += static_cast<double>(histogram[score_cell(posts.size(), p, b)]);
    }
  }
  std::vector<PostThreshold> thresholds(posts.size());
  std::array<double, n_score_bins> here{};
  for (std::size_t p = 0; p < posts.size(); ++p) {
    const std::size_t side = posts[p].entry;
    if (total[side] == 0) continue;
    for (std::size_t b = 0; b < n_score_bins; ++b) {
      here[b] = weight * static_cast<double>(histogram[score_cell(posts.size(), p, b)]) +
                prior_persons * static_cast<double>(all[side][b]) / total[side];
    }
    thresholds[p] = threshold_of(here, flag_rate);
  }
  return thresholds;
}

BatchScorer::BatchScorer(const ScoringTables& tables) : tables_(tables) {
  for (std::size_t c = 0; c < risk::n_columns; ++c) {
    if (tables.read[c]) filled_.push_back(static_cast<std::uint16_t>(c));
  }
  unit_.two_views = person_.two_views = tables.with_history;
}

void BatchScorer::fill(const DayRules& rules, const Batch& b,
                       std::span<const std::int16_t> earlier) {
  const std::size_t n = b.n;
  n_units_ = n;
  assessment_in_force_ = rules.assessment_in_force;
  const auto text = [&](Column c, auto value) {
    if (!tables_.read[at(c)]) return;
    auto& column = units_.u8[at(c)];
    column.resize(Batch::capacity);
    for (std::size_t i = 0; i < n; ++i) column[i] = static_cast<std::uint8_t>(value(i));
  };
  const auto number = [&](Column c, auto value) {
    if (!tables_.read[at(c)]) return;
    auto& column = units_.i16[at(c)];
    column.resize(Batch::capacity);
    for (std::size_t i = 0; i < n; ++i) column[i] = static_cast<std::int16_t>(value(i));
  };
  const travel::TravelTables& t = *tables_.travel;
  number(Column::lead_days, [&](std::size_t i) { return b.lead_days[i]; });
  number(Column::nights, [&](std::size_t i) { return b.nights[i]; });
  text(Column::ticket, [&](std::size_t i) { return b.ticket[i]; });
  text(Column::channel, [&](std::size_t i) { return b.channel[i]; });
  text(Column::payment, [&](std::size_t i) { return b.payment[i]; });
  number(Column::party, [&](std::size_t i) { return b.party[i]; });
  number(Column::legs, [&](std::size_t i) { return b.n_links[i]; });
  text(Column::mode, [&](std::size_t i) { return b.mode[i]; });
  text(Column::way, [&](std::size_t) { return b.way; });
  text(Column::purpose, [&](std::size_t i) { return b.purpose[i]; });
  number(Column::detour, [&](std::size_t i) { return tables_.detour[b.option[i]]; });
  number(Column::itinerary_share, [&](std::size_t i) { return tables_.share[b.option[i]]; });
  number(Column::connection_minutes, [&](std::size_t i) { return connection_minutes(t, b, i); });
  text(Column::itinerary_fit, [&](std::size_t i) { return b.fit[i]; });
  number(Column::earlier_trips, [&](std::size_t i) { return earlier[i]; });
  text(Column::route_class, [&](std::size_t i) { return tables_.route_class[b.pair[i]]; });
  text(Column::document, [](std::size_t) { return risk::Document::valid; });
  text(Column::list_kind, [](std::size_t) { return risk::ListKind::none; });
  text(Column::list_certainty, [](std::size_t) { return risk::Certainty::none; });
  text(Column::list_source, [](std::size_t) { return risk::ListSource::none; });
  text(Column::biometric_hit, [](std::size_t) { return 0; });
  for (std::size_t k = 0; k < travel::n_indicators; ++k) {
    text(static_cast<Column>(at(Column::x1) + k),
         [&](std::size_t i) { return (b.indicators[i] >> k) & 1; });
  }
}

risk::TableView BatchScorer::view(const Columns& columns, std::size_t n, bool home) const {
  risk::TableView table;
  table.n = n;
  table.columns.resize(risk::n_columns);
  for (const std::uint16_t c : filled_) {
    if (c == at(Column::earlier_trips) && !home) continue;
    if (c == at(Column::route_class) && !assessment_in_force_) continue;
    table.columns[c].data = is_text(static_cast<Column>(c))
                                ? static_cast<const void*>(columns.u8[c].data())
                                : static_cast<const void*>(columns.i16[c].data());
  }
  return table;
}

void BatchScorer::run(const DayRules& rules, const Columns& columns, std::size_t n,
                      Scores& scores) {
  for (const bool home : {false, true}) {
    if (home && !scores.two_views) break;
    risk::Program::Output out;
    for (std::size_t s = 0; s < risk::n_stages; ++s) {
      // Elsewhere nobody asks for the stage of booking: it is told for the unit as a whole.
      if (scores.two_views && !home && s == static_cast<std::size_t>(risk::Stage::booking))
        continue;
      auto& value = scores.value[home ? 1 : 0][s];
      auto& refer = scores.refer[home ? 1 : 0][s];
      if (value.size() < n) value.resize(n);
      if (tables_.with_refers && refer.size() < n) refer.resize(n);
      out.score[s] = std::span(value).first(n);
      if (tables_.with_refers) out.refer[s] = std::span(refer).first(n);
    }
    rules.program->score(view(columns, n, home), out, workspace_);
  }
}

void BatchScorer::score_units(const DayRules& rules, const Batch& batch,
                              std::span<const std::int16_t> earlier) {
  fill(rules, batch, earlier);
  run(rules, units_, n_units_, unit_);
  n_persons_ = 0;
}

std::size_t BatchScorer::add_person(std::size_t i, const PersonFacts& facts) {
  const std::size_t row = n_persons_++;
  const auto put = [&](Column c, auto value) {
    if (tables_.read[at(c)]) persons_.u8[at(c)][row] = static_cast<std::uint8_t>(value);
  };
  for (const std::uint16_t c : filled_) {
    if (is_text(static_cast<Column>(c))) {
      if (persons_.u8[c].size() <= row) persons_.u8[c].resize(2 * row + 64);
      persons_.u8[c][row] = units_.u8[c][i];
    } else {
      if (persons_.i16[c].size() <= row) persons_.i16[c].resize(2 * row + 64);
      persons_.i16[c][row] = units_.i16[c][i];
    }
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
  if (n_persons_ > 0) run(rules, persons_, n_persons_, person_);
}

risk::TableView BatchScorer::unit_features(bool home) const { return view(units_, n_units_, home); }
risk::TableView BatchScorer::person_features(bool home) const {
  return view(persons_, n_persons_, home);
}

}  // namespace corridor::simulation
