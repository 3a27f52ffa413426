// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cstring>
#include <map>
#include <set>

#include "models/risk/engine.hpp"
#include "models/risk/rule_set_text.hpp"
#include "models/simulation/run_records.hpp"
#include "models/simulation/single_person.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

const std::vector<std::string> settings{"run.scale=0.5",
                                        "control.documents.irregular=0.03",
                                        "risk.rules=" CORRIDOR_SOURCE_DIR
                                        "/scenarios/rules/additive.toml",
                                        "risk.planted.contraband=0.002",
                                        "risk.planted.wanted=0.001",
                                        "risk.lists.name_coverage=0.5",
                                        "risk.lists.name_false_match=0.001",
                                        "risk.lists.biometric_coverage=0.5",
                                        "risk.lists.document_coverage=0.5",
                                        "risk.assessment.high=XAA-XAC",
                                        "risk.assessment.title=t",
                                        "risk.assessment.source=s",
                                        "risk.assessment.date=2019-01-01",
                                        "risk.assessment.expires=2019-12-31"};

/// All records of a source, row by row, as one text a row: equal texts, equal records.
struct Rows {
  std::vector<std::string> text;
  std::set<std::string> ids;
  std::map<std::string, double> weight;
  std::size_t hits = 0;
};
std::string row_text(const risk::RecordBlock& b, std::size_t r) {
  std::string s = b.id[r];
  const auto add = [&](auto v) { s += "," + std::to_string(v); };
  const risk::Catalogue& catalogue = risk::shipped_catalogue();
  for (std::size_t c = 0; c < b.features.columns.size(); ++c) {
    const risk::ColumnView& column = b.features.columns[c];
    if (column.data == nullptr) continue;
    if (catalogue[c].storage == risk::Storage::u8) {
      add(column.as<std::uint8_t>()[r]);
    } else {
      add(column.as<std::int16_t>()[r]);
    }
  }
  add(b.truth[r]), add(b.kind[r]), add(b.post[r]), add(b.hour[r]), add(b.tie[r]), add(b.drawn[r]);
  add(b.stage[r]);
  for (const auto& values : b.protected_values) add(values[r]);
  return s;
}
Rows all_rows(RunRecords& records) {
  Rows rows;
  records.rewind();
  for (risk::RecordBlock b; records.next(b);) {
    REQUIRE(b.id.size() == b.features.n);
    for (std::size_t r = 0; r < b.features.n; ++r) {
      rows.text.push_back(row_text(b, r));
      rows.ids.insert(b.id[r]);
      rows.hits += b.truth[r];
      if (!b.weight.empty()) rows.weight[b.id[r]] = b.weight[r];
    }
  }
  return rows;
}
RunRecordOptions on_days(std::int32_t first, std::int32_t last, double share) {
  RunRecordOptions o;
  o.first_day = first;
  o.last_day = last;
  o.share = share;
  return o;
}

}  // namespace

TEST_CASE("records of a day have the scores of the stream", "[simulation][risk][exact]") {
  const auto s = test::small_scenario(settings);
  const Setup& setup = test::small_setup(s);
  const std::int32_t day = 40;
  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  StreamParts parts(s, setup, key);
  sim::Workers workers(2);
  parts.years->make_ready(day, workers);
  const travel::Population population(
      setup.travel,
      travel::PopulationSetting{key, s.run.scale, s.stream.weekday_spread,
                                calendar_view(s.calendar())},
      day, workers);
  const DayRules rules = make_day_rules(*parts.scoring, sim::text(s.calendar().date(day)));
  DayStream stream(parts.context, workers.count());
  const double share = GENERATE(1.0, 0.25);
  const auto streamed = stream.score_histogram(population, workers, rules, share);

  std::vector<std::uint32_t> made(streamed.size(), 0);
  RunRecords records(s, setup, on_days(day, day, share));
  risk::Program::Workspace workspace;
  std::size_t n_different = 0;
  for (risk::RecordBlock b; records.next(b);) {
    const std::size_t n = b.features.n;
    for (const auto c :
         {risk::Column::document, risk::Column::list_kind, risk::Column::list_certainty,
          risk::Column::list_source, risk::Column::biometric_hit}) {
      const auto* own = b.features.columns[risk::at(c)].as<std::uint8_t>();
      for (std::size_t r = 0; r < n; ++r) n_different += own[r] != 0 ? 1 : 0;
    }
    std::array<std::vector<std::int32_t>, risk::n_stages> scores;
    risk::Program::Output out;
    for (std::size_t stage = 0; stage < risk::n_stages; ++stage) {
      scores[stage].resize(n);
      out.score[stage] = scores[stage];
    }
    rules.persons->score(b.features, out, workspace);
    for (std::size_t r = 0; r < n; ++r) {
      ++made[score_cell(setup.control.posts.size(), b.post[r], rules.bin(scores[b.stage[r]][r]))];
    }
  }
  for (std::uint32_t& n : made) n = static_cast<std::uint32_t>(n / share);
  CHECK(made == streamed);
  CHECK(n_different > 10);  // otherwise nobody was special
}

TEST_CASE("a record has the features, tie, threat and draws of its person at the post",
          "[simulation][risk][exact]") {
  const auto s = test::small_scenario(settings);
  const Setup& setup = test::small_setup(s);
  const std::int32_t day = 33;
  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  StreamParts parts(s, setup, key);
  sim::Workers workers(1);
  parts.years->make_ready(day, workers);
  const DayRules rules = make_day_rules(*parts.scoring, sim::text(s.calendar().date(day)));
  RunRecords records(s, setup, on_days(day, day, 0.3));
  auto batch = std::make_unique<travel::Batch>();
  std::size_t looked = 0, special = 0, returning = 0;
  const std::size_t history = risk::at(risk::Column::earlier_trips);
  for (risk::RecordBlock b; records.next(b);) {
    for (std::size_t r = 0; r < b.features.n; ++r) {
      if (b.truth[r] == 0 && r % 7 != 0) continue;
      const auto dot = b.id[r].rfind('.');
      const auto name = travel::parse_journey_name(b.id[r].substr(0, dot));
      REQUIRE(name);
      const auto k = static_cast<std::uint32_t>(std::stoul(b.id[r].substr(dot + 1)));
      const auto interest = parts.years->on_trip(name->trip);
      make_single(parts.context, *batch, name->trip, name->way, interest);
      // The history of the record itself where it is known; else any: it must not be seen.
      std::int16_t earlier = b.features.columns[history].as<std::int16_t>()[r];
      if (earlier == risk::missing_i16) earlier = 3;
      const auto crossings = person_crossings(parts.context, &rules, "2019-02-01", *batch,
                                              name->person, earlier, interest);
      const PersonCrossing& x = crossings.at(k);
      REQUIRE(x.at.checked);
      CHECK(x.post == b.post[r]);
      CHECK(x.at.tie == b.tie[r]);
      CHECK(x.at.drawn == (b.drawn[r] != 0));
      CHECK(x.stage == static_cast<risk::Stage>(b.stage[r]));
      CHECK(static_cast<std::uint8_t>(x.special.threat) == b.kind[r]);
      CHECK((x.special.threat != Threat::none) == (b.truth[r] != 0));
      CHECK((b.features.columns[history].as<std::int16_t>()[r] != risk::missing_i16) == x.home);
      CHECK(b.hour[r] == day * 24 + batch->minute[k][0] / 60);
      const risk::Reasons reasons =
          risk::evaluate(parts.scoring->rules, risk::shipped_catalogue(),
                         sim::text(s.calendar().date(day)), x.stage, b.features, r);
      CHECK(reasons.score == x.reasons->score);
      REQUIRE(reasons.shares.size() == x.reasons->shares.size());
      ++looked;
      special += x.special.threat != Threat::none || !x.special.records.empty() ? 1 : 0;
      returning += name->way == travel::Way::back ? 1 : 0;
    }
  }
  CHECK(looked > 200);
  CHECK(special > 5);
  CHECK(returning > 50);
}

TEST_CASE("a share of the records is some of all records, and the same again",
          "[simulation][risk][relation]") {
  const auto s = test::small_scenario(settings);
  const Setup& setup = test::small_setup(s);
  RunRecords all(s, setup, on_days(20, 22, 1));
  RunRecords some(s, setup, on_days(20, 22, 0.25));
  const Rows a = all_rows(all), b = all_rows(some), again = all_rows(some);
  CHECK(b.text == again.text);
  const std::set<std::string> texts(a.text.begin(), a.text.end());
  CHECK(texts.size() == a.text.size());  // no record twice
  CHECK(a.ids.size() == a.text.size());
  for (const std::string& row : b.text) REQUIRE(texts.count(row) == 1);
  // Trips are in with probability 1/4; records come in trips of at most 8 persons times 6
  // crossings, on average about 5: the standard error of the share is below
  // sqrt(0.25 * 0.75 * 48 / n).
  const double n = static_cast<double>(a.text.size());
  const double share = static_cast<double>(b.text.size()) / n;
  CHECK(std::abs(share - 0.25) < 4 * std::sqrt(0.25 * 0.75 * 48 / n));

  SECTION("days are added one after the other") {
    Rows by_day;
    for (std::int32_t day = 20; day <= 22; ++day) {
      RunRecords one(s, setup, on_days(day, day, 0.25));
      const Rows rows = all_rows(one);
      by_day.text.insert(by_day.text.end(), rows.text.begin(), rows.text.end());
    }
    CHECK(by_day.text == b.text);
  }
  SECTION("threads change nothing") {
    auto sets = settings;
    sets.emplace_back("run.threads=3");
    const auto other = test::small_scenario(sets);
    RunRecords records(other, setup, on_days(20, 22, 0.25));
    CHECK(all_rows(records).text == b.text);
  }
  SECTION("persons of interest are kept, with the weight that makes the sums right") {
    RunRecordOptions o = on_days(20, 22, 0.25);
    o.keep_interest = true;
    RunRecords kept(s, setup, o);
    const Rows k = all_rows(kept);
    CHECK(k.hits > b.hits);
    CHECK(k.hits <= a.hits);
    for (const std::string& row : k.text) REQUIRE(texts.count(row) == 1);
    std::size_t ones = 0, fours = 0;
    for (const auto& [id, weight] : k.weight) {
      REQUIRE((weight == 1 || weight == 4));
      (weight == 1 ? ones : fours) += 1;
    }
    CHECK(ones > 20);
    // Horvitz-Thompson: the sum of weights is the number of all records, within 4 standard errors
    // as above.
    const double total = static_cast<double>(ones) + 4 * static_cast<double>(fours);
    CHECK(std::abs(total / n - 1) < 16 * std::sqrt(0.25 * 0.75 * 48 / n));
  }
}

TEST_CASE("no column that the engine reads is a protected attribute, and all others are filled",
          "[simulation][risk][exact]") {
  const auto s = test::small_scenario();
  RunRecords records(s, test::small_setup(s), on_days(10, 10, 0.1));
  risk::RecordBlock b;
  REQUIRE(records.next(b));
  for (std::size_t c = 0; c < risk::n_columns; ++c) {
    const risk::Feature& f = risk::shipped_catalogue()[c];
    INFO(f.name);
    const bool scored =
        f.legal != risk::LegalClass::audit_only && f.subject == risk::Subject::traveller;
    CHECK((b.features.columns[c].data != nullptr) == scored);
  }
}

TEST_CASE("without a share, about as many records are made as were asked for",
          "[simulation][risk][statistical]") {
  const auto s = test::small_scenario(settings);
  const Setup& setup = test::small_setup(s);
  RunRecordOptions o;
  o.about = 3000;
  RunRecords records(s, setup, o);
  CHECK(records.last_day() == 364);
  CHECK(records.first_day() == 358);
  CHECK(records.date() == "2019-12-31");
  const auto n = static_cast<double>(all_rows(records).text.size());
  // Weekdays differ by some tens of percent, and the pilot of one day has its own error.
  CHECK(n > 1500);
  CHECK(n < 6000);
  o.about = 1e9;
  CHECK(RunRecords(s, setup, o).share() == 1);
}

TEST_CASE("the random share of a run's records is uniform over protected values (case O4)",
          "[simulation][risk][statistical]") {
  const auto s = test::small_scenario(
      {"run.scale=0.5", "control.secondary.random_share=0.2", "travel.signals.group_cash_ratio=3"});
  const Setup& setup = test::small_setup(s);
  RunRecords records(s, setup, on_days(50, 53, 1));
  std::map<std::pair<std::size_t, std::uint8_t>, std::array<double, 2>> counts;
  double drawn = 0, n = 0;
  for (risk::RecordBlock b; records.next(b);) {
    for (std::size_t r = 0; r < b.features.n; ++r) {
      n += 1;
      drawn += b.drawn[r];
      for (std::size_t a = 0; a < b.protected_values.size(); ++a) {
        auto& cell = counts[{a, b.protected_values[a][r]}];
        cell[0] += 1;
        cell[1] += b.drawn[r];
      }
    }
  }
  REQUIRE(n > 5000);
  const double share = drawn / n;
  // Each attribute's chi-square has at most 4 degrees of freedom; 23.5 is exceeded with 1e-4.
  for (std::size_t a = 0; a < 4; ++a) {
    double chi2 = 0;
    for (const auto& [cell, count] : counts) {
      if (cell.first != a) continue;
      const double expected = count[0] * share;
      chi2 += (count[1] - expected) * (count[1] - expected) / (expected * (1 - share));
    }
    INFO("attribute " << a);
    CHECK(chi2 < 23.5);
  }
}

TEST_CASE("records of days, shares and replicates that are not there are refused",
          "[simulation][risk][errors]") {
  const auto s = test::small_scenario();
  const Setup& setup = test::small_setup(s);
  const auto complaint = [&](const RunRecordOptions& o) -> std::string {
    try {
      const RunRecords records(s, setup, o);
    } catch (const sim::UserError& error) {
      return error.what();
    }
    return "";
  };
  CHECK(complaint(on_days(360, 365, 1)) ==
        "days 360..365 are not days of the run, which has days 0 to 364");
  CHECK(complaint(on_days(9, 8, 1)) ==
        "days 9..8 are not days of the run, which has days 0 to 364");
  CHECK(complaint(on_days(1, 1, 0)) == "the share 0 of the trips is outside (0, 1]");
  CHECK(complaint(on_days(1, 1, std::nan(""))) == "the share nan of the trips is outside (0, 1]");
  RunRecordOptions o;
  o.replicate = 1;
  CHECK(complaint(o) == "there is no replicate 1: the run has replicates 0 to 0");
}
