// SPDX-License-Identifier: Apache-2.0
#include "models/compare/compare.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "models/compare/compare_text.hpp"
#include "models/compare/ranking.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::compare;

namespace {

const std::string base_file = CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml";

std::string strategy(const std::string& name, const std::string& text) {
  const auto folder = std::filesystem::temp_directory_path() / "corridor_compare";
  std::filesystem::create_directories(folder);
  const auto file = folder / (name + ".toml");
  std::ofstream(file) << text;
  return file.string();
}

std::vector<sim::Override> for_days(int days) {
  return {sim::parse_set("run.days=" + std::to_string(days))};
}

Comparison compare_one(const std::string& text, int days, Options options) {
  const World base = base_world(base_file, for_days(days));
  return compare::compare(base, {alternative(base, strategy("s", text), for_days(days))}, options);
}

constexpr const char* more_documents =
    "name = \"more documents\"\n[[change]]\npath = \"control.documents.irregular\"\nvalue = "
    "0.007\nfrom_day = 3\n";

}  // namespace

TEST_CASE("a strategy that changes nothing is called different in no metric",
          "[compare][relation]") {
  const Comparison c =
      compare_one("name = \"nothing\"\n[budget]\nmusd = 0\n", 6, {.replicates = 3});
  REQUIRE(c.alternatives.size() == 1);
  CHECK(c.alternatives[0].first_different_day == -1);
  CHECK(c.alternatives[0].metrics.size() > 30);
  for (const MetricResult& m : c.alternatives[0].metrics) {
    INFO(metrics()[m.metric].name);
    CHECK_FALSE(m.seeds.different());
    CHECK(m.seeds.equal == m.seeds.pairs);
  }
}

TEST_CASE("a cause moves its metric from its first day on", "[compare][relation]") {
  const Comparison c = compare_one(more_documents, 10, {.replicates = 4});
  const Alternative& alt = c.alternatives[0];
  CHECK(alt.first_different_day == 3);
  const Paired& found = alt.of("found_documents").seeds;
  // Twice as many irregular documents on seven of ten days: with pairs the interval is far from 0.
  CHECK(found.different());
  CHECK(found.difference.estimate > 0.3 * found.base);
  CHECK(found.share_better->estimate == 1);
  CHECK_THROWS_AS(alt.of("nothing"), std::invalid_argument);
}

TEST_CASE("a comparison is the same for any number of threads", "[compare][exact]") {
  Options one{.replicates = 3, .parameter_sets = 2, .threads = 1}, two = one;
  two.threads = 2;
  CHECK(compare_json(compare_one(more_documents, 5, one)) ==
        compare_json(compare_one(more_documents, 5, two)));
}

TEST_CASE("of 40 placebos, the same world under relabelled draws, at most 5 are called different",
          "[compare][statistical]") {
  // Each placebo pairs four replicates with four others of the same world: nothing differs but
  // chance. 95 % intervals call 2 of 40 different; more than 5 has probability 0.014 (binomial).
  // A standard error that were half of what it should be would call about 12.
  const World base = base_world(base_file, for_days(5));
  const simulation::Setup& setup = test::small_setup(base.scenario);
  constexpr std::uint32_t placebos = 40, pairs = 4;
  std::vector<Task> tasks;
  for (std::uint32_t r = 0; r < 2 * placebos * pairs; ++r)
    tasks.push_back({&base.scenario, &setup, r});
  const std::vector<WorldRun> runs = run_worlds(tasks, 0);
  const std::size_t metric = metric_index("found_all");
  int different = 0;
  for (std::size_t i = 0; i < placebos; ++i) {
    std::vector<double> a, b;
    for (std::size_t r = 0; r < pairs; ++r) {
      a.push_back(runs[2 * i * pairs + r].values[metric]);
      b.push_back(runs[(2 * i + 1) * pairs + r].values[metric]);
    }
    different += paired(a, b, Better::more).different() ? 1 : 0;
  }
  CHECK(different <= 5);
}

TEST_CASE(
    "of 40 placebo strategies, which connect other posts alike, at most 5 are called different",
    "[compare][statistical]") {
  // Half of the posts are connected to lists of others in the base, and as many in the mean, drawn
  // anew, in each placebo. Seeds are those of a placebo alone, so the 40 are independent; calls by
  // chance as above. Beside them the same with no post connected, which is no placebo.
  const auto connected = [](const char* share, std::uint32_t draw) {
    return base_world(CORRIDOR_SOURCE_DIR "/scenarios/cooperation-small.toml",
                      {sim::parse_set("run.days=15"), sim::parse_set("risk.planted.wanted=0.003"),
                       sim::parse_set("risk.lists.connected_low=0"),
                       sim::parse_set("risk.lists.connected_lower_middle=0"),
                       sim::parse_set("risk.lists.connected_upper_middle=0"),
                       sim::parse_set("risk.lists.connected_high=0"),
                       sim::parse_set(std::string("cooperation.frontline.share=") + share),
                       sim::parse_set("cooperation.frontline.draw=" + std::to_string(draw))});
  };
  constexpr std::uint32_t placebos = 40, pairs = 4;
  const World base = connected("0.5", 0), nobody = connected("0", 0);
  std::vector<World> worlds;
  for (std::uint32_t k = 1; k <= placebos; ++k) worlds.push_back(connected("0.5", k));
  const simulation::Setup& setup = test::small_setup(base.scenario);
  std::vector<Task> tasks;
  for (std::uint32_t k = 0; k < placebos; ++k) {
    for (std::uint32_t r = k * pairs; r < (k + 1) * pairs; ++r) {
      for (const World* world : {&base, &std::as_const(worlds[k]), &nobody})
        tasks.push_back({&world->scenario, &setup, r});
    }
  }
  const std::vector<WorldRun> runs = run_worlds(tasks, 0);
  const std::size_t metric = metric_index("detections_list");
  int different = 0, without = 0, moved = 0;
  for (std::uint32_t k = 0; k < placebos; ++k) {
    std::vector<double> a, b, c;
    for (std::uint32_t r = k * pairs; r < (k + 1) * pairs; ++r) {
      a.push_back(runs[3 * r].values[metric]);
      b.push_back(runs[3 * r + 1].values[metric]);
      c.push_back(runs[3 * r + 2].values[metric]);
    }
    moved += a != b ? 1 : 0;
    different += paired(a, b, Better::more).different() ? 1 : 0;
    without += paired(a, c, Better::more).different() ? 1 : 0;
  }
  CHECK(moved > 30);
  CHECK(different <= 5);
  CHECK(without > 20);
}

TEST_CASE("pairing wins where a strategy leaves most draws as they are", "[compare][relation]") {
  const Comparison c = compare_one(more_documents, 8, {.replicates = 6});
  // Waits follow from arrivals, which no strategy of this kind moves.
  CHECK(c.alternatives[0].of("wait_mean_s").seeds.variance_ratio > 100);
}

TEST_CASE("with seeds alone the page has no verdict; with parameter sets it has one a metric",
          "[compare][exact]") {
  Options options{.replicates = 2, .metrics = {"found_documents"}};
  const std::string seeds = compare_text(compare_one(more_documents, 6, options));
  CHECK(seeds.find("headline") == std::string::npos);
  CHECK(seeds.find("depends") == std::string::npos);
  CHECK(seeds.find("told apart") == std::string::npos);
  CHECK(seeds.find("what is not known was not varied: --parameter-sets N does, and then says how "
                   "surely\n") != std::string::npos);
  options.parameter_sets = 8;
  const Comparison c = compare_one(more_documents, 6, options);
  const Headline& h = *c.alternatives[0].of("found_documents").headline;
  CHECK(h.sets == 8);
  CHECK(h.verdict == Verdict::more);
  CHECK(h.lower > 0);
  CHECK(compare_text(c).find("over 8 parameter sets: more\n") != std::string::npos);
  const std::vector<Ranking> all = rankings(c);
  REQUIRE(all.size() == 1);
  CHECK(all[0].first[0].estimate == 1);
  CHECK(all[0].harm[0].estimate == 0);
  CHECK(all[0].base_first.estimate == 0);
}

TEST_CASE("the order of two strategies has the chance of their own difference",
          "[compare][exact]") {
  // Both do nearly the same to the base, so between them hardly anything is left to chance.
  const World base = base_world(base_file, for_days(8));
  const auto with = [&](const char* share) {
    return alternative(base,
                       strategy(std::string("s") + share,
                                "name = \"s\"\n[[change]]\npath = "
                                "\"control.documents.irregular\"\nvalue = " +
                                    std::string(share) + "\nfrom_day = 3\n"),
                       for_days(8));
  };
  const Comparison c =
      compare::compare(base, {with("0.0070"), with("0.0071")},
                       {.replicates = 6, .parameter_sets = 3, .metrics = {"found_documents"}});
  const MetricResult &a = c.alternatives[0].of("found_documents"),
                     &b = c.alternatives[1].of("found_documents");
  const Ranking ranking = rankings(c).at(0);
  REQUIRE(ranking.orders.size() == 1);
  std::vector<double> difference;
  for (std::size_t k = 0; k < a.by_set.size(); ++k) difference.push_back(a.by_set[k] - b.by_set[k]);
  const double variance = paired(b.of_seed, a.of_seed, Better::neither).variance;
  CHECK(variance < (a.seeds.variance + b.seeds.variance) / 4);
  CHECK(ranking.orders[0].headline.replicates_needed == headline(difference, *c.sets,
                                                                 static_cast<std::uint32_t>(c.seed),
                                                                 variance, c.set_replicates)
                                                            .replicates_needed);
}

TEST_CASE("in a world with real names counts below ten are not shown", "[compare][exact]") {
  Comparison c = compare_one(more_documents, 4, {.replicates = 2});
  CHECK_FALSE(c.real_names);
  for (MetricResult& m : c.alternatives[0].metrics) m.hidden = metrics()[m.metric].cases;
  const std::string text = compare_text(c), json = compare_json(c);
  CHECK(text.find("not shown, fewer than ten: inspected, wrongly_stopped, protection, ") !=
        std::string::npos);
  CHECK(json.find("\"hidden\": \"fewer than ten\"") != std::string::npos);
}

TEST_CASE("a scenario of another world cannot be compared", "[compare][exact]") {
  const World base = base_world(base_file, for_days(3));
  CHECK_THROWS_AS(alternative(base, CORRIDOR_SOURCE_DIR "/scenarios/baseline.toml", for_days(3)),
                  sim::UserError);
  CHECK_THROWS_WITH(chosen_metrics({"found_al"}),
                    "unknown metric 'found_al'; did you mean 'found_all'?");
}

TEST_CASE("whoever stops a comparison gets no half of one", "[compare][exact]") {
  const World base = base_world(base_file, for_days(30));
  CHECK_THROWS_AS(compare::compare(base, {base}, {.replicates = 2}, {}, [] { return true; }),
                  Interrupted);
}
