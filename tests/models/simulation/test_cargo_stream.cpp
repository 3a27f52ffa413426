// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <memory>

#include "models/risk/reference.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/archive.hpp"
#include "tests/support/cargo_world.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

std::vector<std::byte> bytes(CargoState& state) {
  sim::ByteWriter out;
  state.visit(out);
  return out.bytes;
}

/// What a run of some days leaves: everything that is told.
struct Told {
  std::vector<control::Candidate> candidates;
  std::vector<trafficking::ConsignmentOutcome> outcomes;
  std::vector<CargoEvent> events;
  std::int64_t rows = 0;
  std::vector<std::byte> state;
  friend bool operator==(const Told&, const Told&) = default;
};

constexpr std::uint32_t seed = 11;

/// \param illicit_a_day  handed in each day
Told run(const CargoSetting& setting, int threads, int days, std::size_t illicit_a_day,
         const InsiderShares& insiders = {}) {
  sim::Workers workers(threads);
  CargoStream stream(setting, test::islands(), {seed, 0}, workers);
  CargoState state = stream.start(0);
  Told told;
  for (std::int32_t day = 0; day < days; ++day) {
    const auto illicit = test::illicit_of(stream.tables(), day, illicit_a_day);
    const CargoDay d = stream.run(day, illicit, state, insiders);
    told.candidates.insert(told.candidates.end(), stream.candidates().begin(),
                           stream.candidates().end());
    told.outcomes.insert(told.outcomes.end(), d.outcomes.begin(), d.outcomes.end());
    told.events.insert(told.events.end(), d.events.begin(), d.events.end());
    told.rows += d.total().rows;
  }
  told.state = bytes(state);
  return told;
}

std::string error_of(const CargoSetting& setting) {
  sim::Workers one(1);
  try {
    CargoStream stream(setting, test::islands(), {1, 0}, one);
  } catch (const sim::UserError& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("trade is the same for any number of threads, batch length and instruction set",
          "[cargo][exact]") {
  CargoSetting setting = test::small_setting();
  setting.params.alert_false = 0.01;
  const Told told = run(setting, 1, 4, 40);
  CHECK(told.candidates.size() > 100);
  CHECK(told.events.size() > 50);
  CHECK(run(setting, 3, 4, 40) == told);
  setting.batch_rows = 7;
  CHECK(run(setting, 2, 4, 40) == told);
  setting.batch_rows = 1;
  setting.path = sim::SimdPath::scalar;
  CHECK(run(setting, 2, 4, 40) == told);
}

TEST_CASE("as many consignments meet customs as are expected", "[cargo][statistical]") {
  for (const double scale : {1.0, 0.1}) {
    CargoSetting setting = test::small_setting();
    setting.params.rules_text.clear();
    setting.scale = scale;
    sim::Workers workers(2);
    CargoStream stream(setting, test::islands(), {seed, 0}, workers);
    CargoState state = stream.start(0);
    constexpr int days = 20;
    std::array<CargoCounts, cargo::n_modes> found;
    for (std::int32_t day = 0; day < days; ++day) {
      const CargoDay d = stream.run(day, {}, state);
      for (std::size_t m = 0; m < cargo::n_modes; ++m) found[m] += d.modes[m];
    }
    const cargo::CargoParams& p = setting.params;
    const std::array volumes{p.containers_year, p.air_shipments_year, p.parcels_year,
                             p.land_loads_year};
    for (std::size_t m = 0; m < cargo::n_modes; ++m) {
      double expected = 0, weight = 0, consignments = 0;
      for (std::size_t i = m; i < stream.tables().posts.size(); i += cargo::n_modes) {
        const cargo::CustomsPost& post = stream.tables().posts[i];
        expected += days * post.rows_day;
        consignments += days * post.rows_day * post.lot;
        weight += days * post.rows_day * post.lot * post.lot;
      }
      // Sums of Poisson counts: 4.5 deviations, 7e-6 a check.
      CHECK(std::abs(static_cast<double>(found[m].rows) - expected) < 4.5 * std::sqrt(expected));
      CHECK(std::abs(static_cast<double>(found[m].consignments) - consignments) <
            4.5 * std::sqrt(weight) + days);  // and rounding once a day
      CHECK(consignments == Approx(volumes[m] * days / 365).epsilon(1e-9));
    }
  }
}

TEST_CASE("without illicit consignments the ordinary ones are the same, bit for bit (case N3)",
          "[cargo][relation]") {
  const CargoSetting setting = test::small_setting();
  sim::Workers workers(2);
  CargoStream with(setting, test::islands(), {seed, 0}, workers);
  CargoStream without(setting, test::islands(), {seed, 0}, workers);
  CargoState a = with.start(0), b = without.start(0);
  const std::uint32_t touched =
      with.tables().post(test::islands().find_country("XAC"), cargo::Mode::container);
  std::size_t changed = 0;
  for (std::int32_t day = 0; day < 6; ++day) {
    // Many at one post, so that they take the places of others there.
    auto illicit = test::illicit_of(with.tables(), day, 300);
    std::erase_if(illicit, [&](const trafficking::Consignment& c) {
      return with.tables().post(c.destination, c.mode) != touched;
    });
    REQUIRE(illicit.size() > 10);
    with.run(day, illicit, a);
    without.run(day, {}, b);
    std::vector<control::Candidate> ordinary;
    for (const control::Candidate& c : with.candidates()) {
      if (c.threat == control::Threat::none) ordinary.push_back(c);
    }
    // The same are candidates; elsewhere they also end the same.
    REQUIRE(ordinary.size() == without.candidates().size());
    for (std::size_t i = 0; i < ordinary.size(); ++i) {
      control::Candidate c = ordinary[i];
      const control::Candidate& other = without.candidates()[i];
      if (c.post == touched) {
        changed += c.outcome != other.outcome ? 1 : 0;
        c.outcome = other.outcome;
      }
      REQUIRE(c == other);
    }
    CHECK(a.scores == b.scores);
  }
  CHECK(changed > 0);
}

TEST_CASE("a state of customs that is saved and loaded goes on to the same bits",
          "[cargo][exact]") {
  const CargoSetting setting = test::small_setting();
  sim::Workers workers(2);
  CargoStream stream(setting, test::islands(), {seed, 0}, workers);
  CargoState state = stream.start(0);
  for (std::int32_t day = 0; day < 3; ++day) {
    stream.run(day, test::illicit_of(stream.tables(), day, 20), state);
  }
  const std::vector<std::byte> saved = bytes(state);
  CargoState loaded;
  sim::ByteReader in{saved};
  loaded.visit(in);
  CHECK(bytes(loaded) == saved);
  CargoStream other(setting, test::islands(), {seed, 0}, workers);
  for (std::int32_t day = 3; day < 6; ++day) {
    const auto illicit = test::illicit_of(stream.tables(), day, 20);
    const CargoDay a = stream.run(day, illicit, state), b = other.run(day, illicit, loaded);
    CHECK(a.outcomes == b.outcomes);
    CHECK(a.events == b.events);
  }
  CHECK(bytes(state) == bytes(loaded));
}

TEST_CASE("scores are those of the reference interpreter, row by row", "[cargo][exact]") {
  const CargoSetting setting = test::small_setting();
  const risk::Catalogue& catalogue = risk::shipped_catalogue();
  const risk::RuleSet rules =
      risk::parse_rule_set(setting.params.rules_text, "cargo.toml", catalogue);
  sim::Workers workers(1);
  CargoStream stream(setting, test::islands(), {seed, 0}, workers);
  CargoState state = stream.start(0);
  const auto illicit = test::illicit_of(stream.tables(), 0, 400);
  stream.run(0, illicit, state);

  auto b = std::make_unique<cargo::CargoBatch>();
  risk::TableView table;
  table.n = 1;
  table.columns.resize(risk::n_columns);
  std::uint8_t pair_class = 0;
  const auto score = [&]() {
    b->n = 1;
    b->day = 0;
    stream.maker().make(*b);
    pair_class = stream.pair_class(b->origin[0], cargo::CargoTables::country_of(b->post));
    const auto put = [&](risk::Column c, const void* data) { table.columns[at(c)].data = data; };
    put(risk::Column::weight_kg, b->weight_kg.data());
    put(risk::Column::value_usd, b->value_usd.data());
    put(risk::Column::commodity_class, b->commodity.data());
    put(risk::Column::shipper_history, b->shipper.data());
    put(risk::Column::port_pair_class, &pair_class);
    put(risk::Column::seal, b->seal.data());
    put(risk::Column::documents_match, b->documents_match.data());
    return risk::evaluate(rules, catalogue, "2019-01-01", risk::Stage::arrival, table, 0).score;
  };
  // Every ordinary row, by what the day's histogram holds.
  const std::size_t n_posts = stream.tables().posts.size();
  std::vector<std::uint32_t> histogram(n_posts * n_score_bins, 0);
  for (std::uint32_t post = 0; post < n_posts; ++post) {
    const std::uint32_t n = stream.maker().count(post, 0);
    for (std::uint32_t k = 0; k < n; ++k) {
      b->post = post;
      b->illicit = false;
      b->id[0] = cargo::ordinary_id(post, 0, k);
      ++histogram[score_cell(n_posts, post, stream.day_rules()->bin(score()))];
    }
  }
  CHECK(histogram == state.scores_of(0));
  // And candidates, illicit ones among them.
  std::size_t n_illicit = 0;
  for (const control::Candidate& c : stream.candidates()) {
    b->post = c.post;
    b->id[0] = c.trip;
    b->illicit = c.threat != control::Threat::none;
    if (b->illicit) {
      b->origin[0] = illicit[c.trip & 0xfffff].origin;
      ++n_illicit;
    }
    REQUIRE(score() == c.score);
  }
  CHECK(n_illicit > 20);
}

TEST_CASE("when rules come into force the seven days before are scored under them",
          "[cargo][relation]") {
  CargoSetting later = test::small_setting();
  std::string& text = later.params.rules_text;
  const std::string from = "valid_from = 2019-01-01";
  text.replace(text.find(from), from.size(), "valid_from = 2019-01-04");
  sim::Workers workers(2);
  CargoStream changing(later, test::islands(), {seed, 0}, workers);
  CargoStream always(test::small_setting(), test::islands(), {seed, 0}, workers);
  CargoState a = changing.start(0), b = always.start(0);
  for (std::int32_t day = 0; day < 3; ++day) {
    changing.run(day, {}, a);
    always.run(day, {}, b);
    CHECK(a.scores != b.scores);
  }
  changing.run(3, {}, a);
  always.run(3, {}, b);
  CHECK(a.scores == b.scores);
  CHECK(changing.day_rules()->thresholds == always.day_rules()->thresholds);
}

TEST_CASE("an assessment counts until its last day", "[cargo][relation]") {
  CargoSetting setting = test::small_setting();
  setting.risk.assessment_expires = "2019-01-02";
  sim::Workers workers(1);
  CargoStream stream(setting, test::islands(), {seed, 0}, workers);
  CargoState state = stream.start(0);
  for (const bool counts : {true, true, false}) {
    stream.run(state.day, {}, state);
    CHECK(stream.day_rules()->assessment_in_force == counts);
  }
  setting.params.high_pairs = setting.params.elevated_pairs = "";
  CargoStream none(setting, test::islands(), {seed, 0}, workers);
  CargoState other = none.start(0);
  const auto before = other.scores;
  none.run(0, {}, other);
  none.run(1, {}, other);
  none.run(2, {}, other);
  // On the third day nobody has a class any more, and nobody had one where no pair is named.
  CHECK(other.scores_of(2) == state.scores_of(2));
  CHECK(before != stream.start(0).scores);
}

TEST_CASE("trade refuses what it cannot carry", "[cargo][errors]") {
  CargoSetting setting = test::small_setting();
  setting.params.high_pairs = "XAE-XAX";
  CHECK(error_of(setting) ==
        "cargo.assessment.high: no country 'XAX' in this world; did you mean 'XAA'?");
  setting = test::small_setting();
  std::ifstream in(CORRIDOR_SOURCE_DIR "/scenarios/rules/additive.toml");
  std::ostringstream text;
  text << in.rdbuf();
  setting.params.rules = "additive.toml";
  setting.params.rules_text = text.str();
  CHECK(
      error_of(setting) ==
      "additive.toml: error: 'Additive card' is a set of rules about travellers, and consignments "
      "are scored here: name rules with subject = \"consignment\"");

  sim::Workers one(1);
  CargoStream stream(test::small_setting(), test::islands(), {1, 0}, one);
  CargoState state = stream.start(0);
  auto illicit = test::illicit_of(stream.tables(), 0, 1);
  CHECK_THROWS_AS(stream.run(1, illicit, state), std::logic_error);
  illicit[0].mode = cargo::Mode::air_courier;
  CHECK_THROWS_AS(stream.run(0, illicit, state), std::invalid_argument);
  illicit[0].mode = cargo::Mode::land;
  illicit[0].destination = 6;
  CHECK_THROWS_AS(stream.run(0, illicit, state), std::invalid_argument);
}
