// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/cargo_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "models/risk/rule_set_text.hpp"
#include "models/simulation/day_stream.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/simulation.hpp"
#include "models/travel/gravity.hpp"
#include "sim/error.hpp"

namespace corridor::simulation {
namespace {

using cargo::CargoBatch;
using risk::at;
using risk::Column;
using trafficking::Consignment;

constexpr std::uint32_t unit_rows = 16 * CargoBatch::capacity;

std::size_t mode_number(std::uint32_t post) {
  return static_cast<std::size_t>(cargo::CargoTables::mode_of(post));
}

std::vector<std::string> codes_of(const world::World& world) {
  std::vector<std::string> codes;
  for (const world::Country& c : world.countries) codes.push_back(c.iso3);
  return codes;
}

}  // namespace

CargoSetting cargo_setting(const scenario::Scenario& s) {
  return {s.cargo,     s.risk,       s.calendar(),
          s.run.scale, simd_path(s), static_cast<std::size_t>(s.run.batch)};
}

cargo::CargoTables cargo_tables(const CargoSetting& setting, const world::World& world) {
  const std::vector<double> income = travel::incomes(world);
  const travel::CountryTable distance = travel::effective_distances(world);
  return cargo::build_cargo_tables(world, income, distance.value, setting.params, setting.scale);
}

/// What one thread keeps.
struct CargoStream::Worker {
  std::unique_ptr<CargoBatch> batch = std::make_unique<CargoBatch>();
  std::array<std::uint8_t, CargoBatch::capacity> pair_class{};
  std::vector<std::int32_t> scores = std::vector<std::int32_t>(CargoBatch::capacity);
  std::array<std::uint8_t, CargoBatch::capacity> bin{};
  std::vector<std::uint8_t> refers = std::vector<std::uint8_t>(CargoBatch::capacity);
  risk::TableView table;
  risk::Program::Workspace workspace;
  std::vector<std::uint32_t> histogram;  ///< [bin][post]
  std::vector<control::Candidate> candidates;
  std::array<CargoCounts, cargo::n_modes> counts;
};

CargoStream::CargoStream(CargoSetting setting, const world::World& world, sim::RunKey key,
                         sim::Workers& workers)
    : setting_(std::move(setting)),
      threads_(workers),
      tables_(cargo_tables(setting_, world)),
      maker_(tables_, setting_.params, key, setting_.path),
      settlement_(tables_, setting_.params, key) {
  const cargo::CargoParams& p = setting_.params;
  setting_.batch_rows = std::clamp<std::size_t>(setting_.batch_rows, 1, CargoBatch::capacity);
  pair_class_.assign(tables_.n_countries * tables_.n_countries, 0);
  const std::vector<std::string> codes = codes_of(world);
  const auto mark = [&](std::string_view text, std::string_view parameter, risk::RouteClass value) {
    for (const RoutePair& pair : route_pairs(text, parameter, codes)) mark_pair(pair, value);
  };
  mark(p.elevated_pairs, "cargo.assessment.elevated", risk::RouteClass::elevated);
  mark(p.high_pairs, "cargo.assessment.high", risk::RouteClass::high);
  for (const cargo::CustomsPost& post : tables_.posts) {
    drawn_cut_.push_back(sim::cut32(p.random_floor * post.inspected_share));
  }
  noticed_cut_ = static_cast<std::uint32_t>(p.broken_noticed * 65536);
  alert_cut_ = {sim::threshold32(p.alert_false), sim::threshold32(p.alert_coverage)};
  read_rules();
  for (int w = 0; w < workers.count(); ++w) {
    workers_.push_back(std::make_unique<Worker>());
    workers_.back()->table.columns.resize(risk::n_columns);
    workers_.back()->histogram.resize(tables_.posts.size() * n_score_bins);
  }
}

CargoStream::~CargoStream() = default;

void CargoStream::mark_pair(const RoutePair& pair, risk::RouteClass value) {
  const std::size_t n = tables_.n_countries;
  const auto is = [](std::uint32_t wanted, std::size_t country) {
    return wanted == world::none || wanted == country;
  };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if ((is(pair.a, i) && is(pair.b, j)) || (is(pair.b, i) && is(pair.a, j))) {
        auto& of = pair_class_[j * n + i];
        of = std::max(of, static_cast<std::uint8_t>(value));
      }
    }
  }
}

void CargoStream::read_rules() {
  const cargo::CargoParams& p = setting_.params;
  if (p.rules_text.empty()) return;
  const std::string file = p.rules.empty() ? "cargo.rules_text" : p.rules;
  ScoringTables t;
  t.rules = risk::parse_rule_set(p.rules_text, file, risk::shipped_catalogue());
  if (const std::string wrong = risk::subject_complaint(t.rules, risk::Subject::consignment);
      !wrong.empty()) {
    throw sim::UserError(fmt::format("{}: error: {}", file, wrong));
  }
  t.assessment_date = setting_.risk.assessment_date;
  t.assessment_expires = setting_.risk.assessment_expires;
  with_refers_ = std::any_of(t.rules.rules.begin(), t.rules.rules.end(), [](const risk::Rule& r) {
    return r.on_missing == risk::OnMissing::refer;
  });
  scoring_ = std::move(t);
}

DayRules CargoStream::rules_of(std::int32_t day) const {
  return make_day_rules(*scoring_, sim::text(setting_.calendar.date(day)));
}

CargoState CargoStream::start(std::int32_t day) {
  CargoState state;
  state.day = day;
  for (auto& of_day : state.scores) of_day.assign(tables_.posts.size() * n_score_bins, 0);
  state.review_carry.assign(tables_.posts.size(), 0);
  state.inspection_carry.assign(tables_.posts.size(), 0);
  if (scoring_) {
    rules_ = rules_of(day);
    fill_scores(state, day);
  }
  return state;
}

void CargoStream::fill_scores(CargoState& state, std::int32_t day) {
  for (std::int32_t d = day - static_cast<std::int32_t>(score_days); d < day; ++d) {
    stream(d, false);
    drain_scores(state.scores_of(d));
  }
}

void CargoStream::drain_scores(std::vector<std::uint32_t>& into) {
  std::fill(into.begin(), into.end(), 0);
  for (const auto& w : workers_) {
    sim::drain(std::span(w->histogram), std::span(into));
    w->counts = {};
  }
}

void CargoStream::find_thresholds(const CargoState& state) {
  const std::size_t n_posts = tables_.posts.size();
  std::vector<std::uint64_t> sum(n_posts * n_score_bins, 0);
  for (const auto& of_day : state.scores) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += of_day[i];
  }
  std::vector<ThresholdAim> aims;
  for (std::uint32_t p = 0; p < n_posts; ++p) {
    aims.push_back(
        {static_cast<std::uint8_t>(cargo::CargoTables::mode_of(p)),
         std::min(1.0, setting_.params.flags_per_inspection * tables_.posts[p].inspected_share)});
  }
  rules_->thresholds = thresholds_of(aims, sum);
}

void CargoStream::stream(std::int32_t day, bool select) {
  struct Unit {
    std::uint32_t post, first, n;
  };
  std::vector<Unit> units;
  for (std::uint32_t p = 0; p < tables_.posts.size(); ++p) {
    const std::uint32_t n = maker_.count(p, day);
    workers_.front()->counts[mode_number(p)].consignments += std::llround(n * tables_.posts[p].lot);
    for (std::uint32_t first = 0; first < n; first += unit_rows) {
      units.push_back({p, first, std::min(unit_rows, n - first)});
    }
  }
  // Small posts are many: several units are handed out at a time.
  constexpr std::size_t chunk = 8;
  threads_.run((units.size() + chunk - 1) / chunk, [&](std::size_t of, int w) {
    Worker& worker = *workers_[static_cast<std::size_t>(w)];
    CargoBatch& batch = *worker.batch;
    batch.day = day;
    batch.illicit = false;
    for (std::size_t u = of * chunk; u < std::min(units.size(), (of + 1) * chunk); ++u) {
      const Unit& unit = units[u];
      batch.post = unit.post;
      for (std::uint32_t done = 0; done < unit.n;) {
        batch.n = std::min<std::size_t>(setting_.batch_rows, unit.n - done);
        for (std::size_t i = 0; i < batch.n; ++i) {
          batch.id[i] =
              cargo::ordinary_id(unit.post, day, unit.first + done + static_cast<std::uint32_t>(i));
        }
        maker_.make(batch);
        score(worker);
        add_ordinary(worker, select);
        done += static_cast<std::uint32_t>(batch.n);
      }
    }
  });
}

void CargoStream::score(Worker& worker) const {
  if (!rules_) return;
  const CargoBatch& b = *worker.batch;
  auto& columns = worker.table.columns;
  worker.table.n = b.n;
  columns[at(Column::weight_kg)].data = b.weight_kg.data();
  columns[at(Column::value_usd)].data = b.value_usd.data();
  columns[at(Column::commodity_class)].data = b.commodity.data();
  columns[at(Column::shipper_history)].data = b.shipper.data();
  columns[at(Column::seal)].data = b.seal.data();
  columns[at(Column::documents_match)].data = b.documents_match.data();
  columns[at(Column::port_pair_class)].data = nullptr;
  if (rules_->assessment_in_force) {
    const std::uint8_t* of_origin =
        &pair_class_[cargo::CargoTables::country_of(b.post) * tables_.n_countries];
    for (std::size_t i = 0; i < b.n; ++i) worker.pair_class[i] = of_origin[b.origin[i]];
    columns[at(Column::port_pair_class)].data = worker.pair_class.data();
  }
  constexpr auto stage = static_cast<std::size_t>(risk::Stage::arrival);
  risk::Program::Output out;
  out.score[stage] = std::span(worker.scores).first(b.n);
  if (with_refers_) out.refer[stage] = std::span(worker.refers).first(b.n);
  rules_->persons->score(worker.table, out, worker.workspace);
}

std::optional<control::Candidate> CargoStream::candidate(const Worker& worker, std::size_t i,
                                                         std::uint64_t alert_cut) const {
  const CargoBatch& b = *worker.batch;
  control::Candidate c;
  c.trip = b.id[i];
  c.post = b.post;
  c.tie = b.chance[1][i];
  bool flag = false;
  if (rules_) {
    c.score = worker.scores[i];
    flag = flagged(rules_->thresholds[b.post], rules_->bin(c.score), c.tie) ||
           (with_refers_ && worker.refers[i] != 0);
  }
  if (b.chance[3][i] < alert_cut) {
    c.found = std::uint8_t{1} << static_cast<unsigned>(risk::List::name);
    if (b.illicit) c.matched = c.found;
  }
  const bool referred = b.seal[i] == static_cast<std::uint8_t>(cargo::Seal::broken) &&
                        (b.chance[2][i] & 0xffff) < noticed_cut_;
  c.drawn = b.chance[0][i] < drawn_cut_[b.post] ? 1 : 0;
  if (c.found == 0 && !referred && !flag && c.drawn == 0) return std::nullopt;
  c.source = source_of(c.found, referred, flag);
  return c;
}

void CargoStream::add_ordinary(Worker& worker, bool select) const {
  const CargoBatch& b = *worker.batch;
  CargoCounts& counts = worker.counts[mode_number(b.post)];
  counts.rows += static_cast<std::int64_t>(b.n);
  std::uint32_t flag_bin = n_score_bins;
  if (rules_) {
    const std::size_t n_posts = tables_.posts.size();
    for (std::size_t i = 0; i < b.n; ++i) {
      worker.bin[i] = static_cast<std::uint8_t>(rules_->bin(worker.scores[i]));
      ++worker.histogram[score_cell(n_posts, b.post, worker.bin[i])];
    }
    counts.scored += static_cast<std::int64_t>(b.n);
    if (select) flag_bin = std::max(1U, rules_->thresholds[b.post].bin);
  }
  if (!select) return;
  const bool refers = rules_ && with_refers_;
  for (std::size_t i = 0; i < b.n; ++i) {
    // Few rows may be candidates; which ones are is said in one place.
    const bool may = b.chance[0][i] < drawn_cut_[b.post] || worker.bin[i] >= flag_bin ||
                     b.seal[i] == static_cast<std::uint8_t>(cargo::Seal::broken) ||
                     b.chance[3][i] < alert_cut_[0] || (refers && worker.refers[i] != 0);
    if (!may) continue;
    const auto c = candidate(worker, i, alert_cut_[0]);
    if (!c) continue;
    counts.flagged += c->source == control::Source::rules ? 1 : 0;
    worker.candidates.push_back(*c);
  }
}

void CargoStream::add_illicit(std::int32_t day, std::span<const Consignment> illicit,
                              const InsiderShares& insiders, std::span<const double> alerted,
                              CargoDay& result) {
  Worker& worker = *workers_.front();
  CargoBatch& b = *worker.batch;
  b.day = day;
  b.illicit = true;
  b.n = 1;
  for (std::size_t i = 0; i < illicit.size(); ++i) {
    const Consignment& c = illicit[i];
    if (static_cast<std::size_t>(c.mode) >= cargo::n_modes) {
      throw std::invalid_argument("CargoStream: a courier by air is a traveller");
    }
    if (c.origin >= tables_.n_countries || c.destination >= tables_.n_countries) {
      throw std::invalid_argument("CargoStream: a consignment's country is not in the world");
    }
    CargoCounts& counts = result.modes[static_cast<std::size_t>(c.mode)];
    counts.illicit += 1;
    counts.grams += c.grams;
    if (!tables_.controlled(c.origin, c.destination)) {
      counts.uncontrolled += 1;
      continue;
    }
    b.post = tables_.post(c.destination, c.mode);
    b.id[0] = c.id;
    b.origin[0] = c.origin;
    maker_.make(b);
    score(worker);
    const double insider = insiders[static_cast<std::size_t>(tables_.posts[b.post].income_class)];
    if ((b.chance[2][0] >> 16) < insider * 65536) {
      counts.by_insiders += 1;
      continue;
    }
    const double usual = setting_.params.alert_coverage;
    const bool named = !alerted.empty() && alerted[i] > 0;
    const std::uint64_t cut =
        named ? sim::threshold32(usual + (1 - usual) * alerted[i]) : alert_cut_[1];
    if (auto found = candidate(worker, 0, cut)) {
      found->threat = control::Threat::contraband;
      counts.candidates += 1;
      counts.flagged += found->source == control::Source::rules ? 1 : 0;
      candidates_.push_back(*found);
    }
  }
}

void CargoStream::tell(std::span<const Consignment> illicit, CargoDay& result) const {
  std::vector<std::size_t> by_id(illicit.size());
  std::iota(by_id.begin(), by_id.end(), std::size_t{0});
  std::sort(by_id.begin(), by_id.end(),
            [&](std::size_t a, std::size_t b) { return illicit[a].id < illicit[b].id; });
  for (const Consignment& c : illicit) {
    result.outcomes.push_back(
        {c.id, result.day, 0, c.destination, trafficking::ConsignmentEnd::delivered});
  }
  for (const control::Candidate& c : candidates_) {
    CargoEvent event{c, result.day, 0};
    if (c.threat == control::Threat::contraband) {
      const auto place =
          std::lower_bound(by_id.begin(), by_id.end(), c.trip,
                           [&](std::size_t row, std::uint64_t id) { return illicit[row].id < id; });
      const Consignment& of = illicit[*place];
      CargoCounts& counts = result.modes[static_cast<std::size_t>(of.mode)];
      counts.inspected += control::inspected(c.outcome) ? 1 : 0;
      if (c.outcome == control::Outcome::seized) {
        event.grams = of.grams;
        counts.seized += 1;
        counts.grams_seized += of.grams;
        result.outcomes[*place].end = trafficking::ConsignmentEnd::seized;
        result.outcomes[*place].grams = of.grams;
      }
    }
    if (control::is_event(c)) result.events.push_back(event);
  }
}

CargoDay CargoStream::run(std::int32_t day, std::span<const Consignment> illicit, CargoState& state,
                          const InsiderShares& insiders, const cooperation::Forces& forces,
                          std::span<const double> alerted) {
  if (day != state.day) throw std::logic_error("a day of trade must be the state's");
  if (scoring_) {
    rules_ = rules_of(day);
    if (!rules_->scores_as(rules_of(day - 1))) fill_scores(state, day);
    find_thresholds(state);
  }
  CargoDay result;
  result.day = day;
  stream(day, true);
  candidates_.clear();
  for (const auto& w : workers_) {
    candidates_.insert(candidates_.end(), w->candidates.begin(), w->candidates.end());
    w->candidates.clear();
    for (std::size_t m = 0; m < cargo::n_modes; ++m) result.modes[m] += w->counts[m];
  }
  drain_scores(state.scores_of(day));
  add_illicit(day, illicit, insiders, alerted, result);
  settlement_.run(candidates_, state, result.modes, threads_, forces);
  tell(illicit, result);
  ++state.day;
  return result;
}

void CargoCounts::operator+=(const CargoCounts& o) {
  rows += o.rows;
  consignments += o.consignments;
  scored += o.scored;
  flagged += o.flagged;
  secondary += o.secondary;
  illicit += o.illicit;
  uncontrolled += o.uncontrolled;
  by_insiders += o.by_insiders;
  candidates += o.candidates;
  inspected += o.inspected;
  seized += o.seized;
  grams += o.grams;
  grams_seized += o.grams_seized;
}

CargoCounts CargoDay::total() const {
  CargoCounts all;
  for (const CargoCounts& mode : modes) all += mode;
  return all;
}

}  // namespace corridor::simulation
