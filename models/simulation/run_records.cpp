// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/run_records.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/risk/feature_file.hpp"
#include "models/simulation/day_worker.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/travel/protected.hpp"

namespace corridor::simulation {
namespace {

using travel::Batch;
using travel::Way;

constexpr std::size_t least_rows = 4096;      // of a block, but for the last
constexpr std::uint32_t blocks_at_once = 64;  // blocks of pairs
constexpr double pilot_trips = 2000;
constexpr std::int32_t default_days = 7;

/// Where each protected attribute of the simulation stands in the schema.
enum class Attribute : std::uint8_t { group, age_band, sex, region };

}  // namespace

/// Where listing stands, and what it needs.
struct RunRecords::Lister {
  std::optional<travel::Population> population;
  std::optional<DayRules> rules;  // of no rules: what a day says of features
  std::array<InterestLookup, 2> interest;
  std::unique_ptr<Batch> batch = std::make_unique<Batch>();
  std::array<std::uint32_t, Batch::capacity> place{};
  std::array<std::int16_t, Batch::capacity> earlier{};
  std::array<std::span<const PersonOfInterest>, Batch::capacity> riders;
  BatchScorer scorer;
  Way way = Way::out;
  std::uint32_t block = 0;
  bool done = false;

  struct Row {
    std::size_t unit = 0;
    std::optional<std::size_t> person;  // row of a person who differs from his unit
    std::uint32_t member = 0, crossing = 0;
    PersonAtPost at;
    Threat threat = Threat::none;
  };
  std::vector<Row> rows;

  explicit Lister(const ScoringTables& tables) : scorer(tables) {}
};

RunRecords::RunRecords(const scenario::Scenario& scenario, const Setup& setup,
                       RunRecordOptions options)
    : scenario_(scenario::Timeline(scenario).at(
          options.last_day.value_or(static_cast<std::int32_t>(scenario.run.days - 1)))),
      setup_(setup),
      options_(options),
      key_{static_cast<std::uint32_t>(scenario.run.seed), options.replicate},
      parts_(scenario_, setup, key_, Facts::none),
      tables_(make_feature_tables(scenario_, setup)),
      workers_(static_cast<int>(scenario.run.threads)),
      at_(std::make_unique<Lister>(tables_)) {
  const auto days = static_cast<std::int32_t>(scenario.run.days);
  if (options.replicate >= scenario.run.replicates)
    throw sim::UserError(fmt::format("there is no replicate {}: the run has replicates 0 to {}",
                                     options.replicate, scenario.run.replicates - 1));
  last_ = options.last_day.value_or(days - 1);
  first_ = options.first_day.value_or(std::max(0, last_ - default_days + 1));
  if (!(first_ >= 0 && first_ <= last_ && last_ < days))
    throw sim::UserError(fmt::format("days {}..{} are not days of the run, which has days 0 to {}",
                                     first_, last_, days - 1));
  if (options.share && !(*options.share > 0 && *options.share <= 1))
    throw sim::UserError(
        fmt::format("the share {} of the trips is outside (0, 1]", *options.share));
  if (!parts_.years) {
    parts_.years.emplace(
        setup.travel, scenario.stream,
        travel::PopulationSetting{key_, scenario.run.scale, scenario.stream.weekday_spread,
                                  calendar_view(scenario.calendar())},
        parts_.sharing.rates);
  }
  parts_.context.scoring = &tables_;
  parts_.context.years = &*parts_.years;
  for (std::size_t c = 0; c < risk::n_columns; ++c) {
    if (tables_.read[c]) columns_.push_back(static_cast<std::uint16_t>(c));
  }
  const RunShape& shape = setup.shape;
  for (std::size_t p = 0; p < setup.control.posts.size(); ++p) {
    posts_.push_back(fmt::format("{} at {} ({})", shape.post_direction[p], shape.post_place[p],
                                 shape.post_country[p]));
  }
  to_day(first_);
  share_ = options.share ? *options.share : measured_share();
}

RunRecords::~RunRecords() = default;

const risk::Catalogue& RunRecords::catalogue() const { return risk::shipped_catalogue(); }

const std::vector<risk::ProtectedAttribute>& RunRecords::protected_attributes() const {
  static const std::vector<risk::ProtectedAttribute> attributes = [] {
    std::vector<risk::ProtectedAttribute> all;
    for (const char* name : {"group", "age_band", "sex", "residence_region"}) {
      const auto& given = risk::shipped_schema().protected_attributes;
      all.push_back(*std::ranges::find(given, name, &risk::ProtectedAttribute::name));
    }
    return all;
  }();
  return attributes;
}

std::string RunRecords::date() const { return sim::text(scenario_.calendar().date(last_)); }

std::string RunRecords::description() const {
  return fmt::format(
      "synthetic records of scenario '{}', days {} to {}, {:.4g} % of the trips, seed {}, "
      "replicate {}",
      scenario_.name, first_, last_, 100 * share_, scenario_.run.seed, options_.replicate);
}

void RunRecords::to_day(std::int32_t day) {
  Lister& at = *at_;
  if (at.population && at.population->today() == day - 1) {
    at.population->advance(workers_);
  } else if (!at.population || at.population->today() != day) {
    at.population.emplace(
        setup_.travel,
        travel::PopulationSetting{key_, scenario_.run.scale, scenario_.stream.weekday_spread,
                                  calendar_view(scenario_.calendar())},
        day, workers_);
  }
  parts_.years->make_ready(day, workers_);
  for (const Way way : {Way::out, Way::back}) {
    at.interest[static_cast<std::size_t>(way)].set(parts_.years->on(day, way));
  }
  at.rules = make_day_rules(tables_, sim::text(scenario_.calendar().date(day)));
  at.way = Way::out;
  at.block = 0;
  at.done = false;
}

double RunRecords::measured_share() {
  double units_year = 0;
  for (const travel::BlockRow& block : setup_.travel.blocks) units_year += block.units_year;
  const double trips_a_day = 2 * scenario_.run.scale * units_year / 365;
  share_ = std::min(1.0, pilot_trips / std::max(1.0, trips_a_day));
  double records = 0;
  const std::int32_t last = std::exchange(last_, first_);
  for (risk::RecordBlock block; next(block);) records += static_cast<double>(block.features.n);
  last_ = last;
  to_day(first_);
  const double all = records / share_ * (last_ - first_ + 1);
  return all <= options_.about ? 1.0 : options_.about / all;
}

void RunRecords::rewind() { to_day(first_); }

bool RunRecords::next(risk::RecordBlock& block) {
  Lister& at = *at_;
  clear();
  const auto n_blocks = static_cast<std::uint32_t>(setup_.travel.blocks.size());
  while (n_ < least_rows && !at.done) {
    const std::uint32_t to = std::min(n_blocks, at.block + blocks_at_once);
    list_blocks(at.block, to);
    at.block = to;
    if (to < n_blocks) continue;
    at.block = 0;
    if (at.way == Way::out) {
      at.way = Way::back;
    } else if (at.population->today() < last_) {
      to_day(at.population->today() + 1);
    } else {
      at.done = true;
    }
  }
  block_.features.n = n_;
  block_.features.columns.assign(risk::n_columns, {});
  for (const std::uint16_t c : columns_) {
    block_.features.columns[c].data = risk::shipped_catalogue()[c].storage == risk::Storage::u8
                                          ? static_cast<const void*>(u8_[c].data())
                                          : static_cast<const void*>(i16_[c].data());
  }
  block = block_;
  return n_ > 0;
}

void RunRecords::clear() {
  n_ = 0;
  for (const std::uint16_t c : columns_) {
    u8_[c].clear();
    i16_[c].clear();
  }
  block_ = {};
  block_.protected_values.resize(protected_attributes().size());
}

void RunRecords::list_blocks(std::uint32_t from, std::uint32_t to) {
  Lister& at = *at_;
  Batch& batch = *at.batch;
  batch.way = at.way;
  batch.day = at.population->today();
  batch.n = 0;
  const InterestLookup& interest = at.interest[static_cast<std::size_t>(at.way)];
  const std::uint64_t cut = sample_cut(share_);
  at.population->list({from, to, 0, 1}, at.way, [&](const travel::CellPiece& cell) {
    for (std::uint32_t number = cell.from; number < cell.to; ++number) {
      const std::uint64_t trip =
          travel::pack({cell.block, cell.departure_day, cell.nights, number});
      const bool sampled = cut == everybody || sample_hash(key_, trip) <= cut;
      if (!sampled && !options_.keep_interest) continue;
      const auto riders =
          interest.may_hold(trip) ? interest.of(trip) : std::span<const PersonOfInterest>{};
      if (!sampled && riders.empty()) continue;
      const std::size_t i = batch.n;
      batch.trip[i] = trip;
      batch.departure_day[i] = cell.departure_day;
      batch.block[i] = cell.block;
      batch.nights[i] = static_cast<std::uint16_t>(cell.nights);
      at.place[i] = cell.place + number;
      at.riders[i] = riders;
      batch.threat[i] = threat_of(riders);
      if (++batch.n == Batch::capacity) {
        add_batch();
        batch.n = 0;
      }
    }
  });
  if (batch.n > 0) add_batch();
  batch.n = 0;
}

void RunRecords::add_batch() {
  Lister& at = *at_;
  Batch& batch = *at.batch;
  const StreamContext& c = parts_.context;
  c.maker.make(batch);
  c.signals.draw(batch);
  for (std::size_t i = 0; i < batch.n; ++i) {
    at.earlier[i] = earlier_trips(c, batch, i, at.place[i]);
  }
  at.scorer.score_units(*at.rules, batch, at.earlier);
  at.rows.clear();
  for (std::size_t i = 0; i < batch.n; ++i) {
    for (std::uint32_t k = 0; k < batch.n_crossings[i]; ++k) {
      for (std::uint32_t m = 0; m < batch.party[i]; ++m) {
        Lister::Row row{i, std::nullopt, m, k, person_at_post(c, batch, i, m, k), Threat::none};
        if (!row.at.checked) break;  // the whole unit is not
        const bool irregular = batch.way == Way::out &&
                               has_irregular_documents(c, batch.trip[i], batch.departure_day[i], m);
        if (irregular || !at.riders[i].empty()) {
          const SpecialPerson special = special_person(c, batch, i, m, irregular, at.riders[i]);
          row.person = at.scorer.add_person(i, facts_at(c, batch, i, m, k, special));
          row.threat = special.threat;
        }
        at.rows.push_back(row);
      }
    }
  }
  add_records();
}

void RunRecords::add_records() {
  Lister& at = *at_;
  const Batch& batch = *at.batch;
  const risk::TableView units = at.scorer.unit_features(true);
  const risk::TableView persons = at.scorer.person_features(true);
  for (const std::uint16_t c : columns_) {
    const bool is_u8 = risk::shipped_catalogue()[c].storage == risk::Storage::u8;
    for (const Lister::Row& row : at.rows) {
      const risk::ColumnView& column = (row.person ? persons : units).columns[c];
      const std::size_t from = row.person ? *row.person : row.unit;
      const PostRow& post = setup_.control.posts[batch.post[row.crossing][row.unit]];
      // History is known to the country of residence alone.
      const bool hidden = column.data == nullptr ||
                          (c == risk::at(risk::Column::earlier_trips) &&
                           post.country != setup_.travel.pairs[batch.pair[row.unit]].origin);
      if (is_u8) {
        u8_[c].push_back(hidden ? risk::missing_u8 : column.as<std::uint8_t>()[from]);
      } else {
        i16_[c].push_back(hidden ? risk::missing_i16 : column.as<std::int16_t>()[from]);
      }
    }
  }
  for (const Lister::Row& row : at.rows) {
    const std::size_t i = row.unit;
    const std::uint32_t post = batch.post[row.crossing][i];
    const std::int32_t minute = batch.day * 1440 + batch.minute[row.crossing][i];
    block_.id.push_back(
        fmt::format("{}.{}", travel::to_text(batch.trip[i], batch.way, row.member), row.crossing));
    block_.truth.push_back(row.threat != Threat::none ? 1 : 0);
    block_.kind.push_back(static_cast<std::uint8_t>(row.threat));
    block_.post.push_back(post);
    block_.hour.push_back(minute / 60);
    block_.tie.push_back(row.at.tie);
    block_.drawn.push_back(row.at.drawn ? 1 : 0);
    block_.stage.push_back(static_cast<std::uint8_t>(
        setup_.control.posts[post].entry != 0 ? risk::Stage::arrival : risk::Stage::check_in));
    if (options_.keep_interest) {
      block_.weight.push_back(at.riders[i].empty() ? 1 / share_ : 1);
    }
    const travel::ProtectedPerson person =
        travel::protected_person(scenario_.signals, key_, batch, i, row.member);
    const auto put = [&](Attribute a, std::uint8_t value) {
      block_.protected_values[static_cast<std::size_t>(a)].push_back(value);
    };
    put(Attribute::group, person.group);
    put(Attribute::age_band, static_cast<std::uint8_t>(person.age));
    put(Attribute::sex, person.sex);
    const std::uint16_t home = setup_.travel.pairs[batch.pair[i]].origin;
    put(Attribute::region, setup_.travel.countries[home].region);
  }
  n_ += at.rows.size();
}

}  // namespace corridor::simulation
