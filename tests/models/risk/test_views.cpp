// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/risk/engine.hpp"
#include "models/risk/known_features.hpp"
#include "models/risk/reference.hpp"
#include "tests/support/random_tables.hpp"

namespace corridor::risk {
namespace {

constexpr const char* date = "2026-03-01";

/// A table in which what is known stands in every row.
class KnownTable {
 public:
  KnownTable(const TableView& table, const View& known) : view_(table), columns_(known.size()) {
    for (std::size_t i = 0; i < known.size(); ++i) {
      const Known& k = known[i];
      if (k.stored) columns_[i].assign(table.n, *k.stored);
      view_.columns[k.feature].data = k.stored ? columns_[i].data() : nullptr;
    }
  }
  [[nodiscard]] const TableView& view() const { return view_; }

 private:
  TableView view_;
  std::vector<std::vector<std::uint8_t>> columns_;
};

/// Up to three features of which something is known; of bytes also a value.
View a_view(const Catalogue& catalogue) {
  View view;
  for (int i = test::RandomTrees::below(4); i > 0; --i) {
    const auto feature =
        static_cast<std::uint16_t>(test::RandomTrees::below(static_cast<int>(catalogue.size())));
    Known known{feature, std::nullopt};
    if (catalogue[feature].storage == Storage::u8 && test::RandomTrees::below(3) != 0) {
      const int n = catalogue[feature].type == FeatureType::boolean ? 2 : 3;
      known.stored = static_cast<std::uint8_t>(test::RandomTrees::below(n));
    }
    const auto same = [&](const Known& k) { return k.feature == feature; };
    if (std::none_of(view.begin(), view.end(), same)) view.push_back(known);
  }
  return view;
}

struct Scores {
  std::array<std::vector<std::int32_t>, n_stages> score;
  std::array<std::vector<std::uint8_t>, n_stages> refer;
  bool operator==(const Scores&) const = default;

  explicit Scores(std::size_t n) {
    for (auto& s : score) s.assign(n, -77);
    for (auto& r : refer) r.assign(n, 77);
  }
  Program::Output output() {
    Program::Output out;
    for (std::size_t s = 0; s < n_stages; ++s) {
      out.score[s] = score[s];
      out.refer[s] = refer[s];
    }
    return out;
  }
};

Scores by_reference(const RuleSet& set, const Catalogue& catalogue, const TableView& table) {
  Scores v(table.n);
  for (std::size_t row = 0; row < table.n; ++row) {
    for (std::size_t s = 0; s < n_stages; ++s) {
      const Reasons r = evaluate(set, catalogue, date, static_cast<Stage>(s), table, row);
      v.score[s][row] = r.score;
      v.refer[s][row] = r.referred.empty() ? 0 : 1;
    }
  }
  return v;
}

}  // namespace

TEST_CASE("a condition in which something is known is as true as it was, and reads it no more",
          "[risk][property]") {
  const Catalogue& catalogue = test::random_catalogue();
  CHECK(rc::check("folded == condition", [&] {
    const RuleSet set = test::RandomTrees{}.a_set(8);
    const View known = a_view(catalogue);
    const test::RandomTable random(catalogue, 23, *rc::gen::inRange<std::uint32_t>(0, 1000));
    const KnownTable table(random.view(), known);
    for (const Rule& rule : set.rules) {
      const Node short_form = folded(rule.condition, set, catalogue, known);
      for (std::size_t row = 0; row < table.view().n; ++row) {
        // On the table as it was drawn: what is known is not looked up.
        RC_ASSERT(truth(short_form, set, catalogue, random.view(), row) ==
                  truth(rule.condition, set, catalogue, table.view(), row));
      }
    }
  }));
}

TEST_CASE("one pass for two views gives what a pass for each gives", "[risk][property]") {
  const Catalogue& catalogue = test::random_catalogue();
  Program::Workspace workspace;
  CHECK(rc::check("views == reference", [&] {
    const RuleSet set = test::RandomTrees{}.a_set(*rc::gen::element(8, 10'000));
    const auto n = *rc::gen::element<std::size_t>(0, 1, 33, 64, 257);
    const test::RandomTable random(catalogue, n, *rc::gen::inRange<std::uint32_t>(0, 1000));
    const std::array<View, 2> views{a_view(catalogue), a_view(catalogue)};
    const Program program(set, catalogue, date, views);
    std::array<Scores, 2> got{Scores(n), Scores(n)};
    const std::array<Program::Output, 2> out{got[0].output(), got[1].output()};
    program.score(random.view(), out, workspace);
    for (std::size_t v = 0; v < 2; ++v) {
      const KnownTable table(random.view(), views[v]);
      RC_ASSERT(got[v] == by_reference(set, catalogue, table.view()));
      // A full pass over a table that says so itself, with a program that knows nothing.
      Scores full(n);
      Program(set, catalogue, date).score(table.view(), full.output(), workspace);
      RC_ASSERT(got[v] == full);
    }
    // Totals with one number are one total, and what may not refer does not.
    for (std::size_t a = 0; a < 2 * n_stages; ++a) {
      const auto stage = static_cast<Stage>(a % n_stages);
      const std::size_t same = program.total(a / n_stages, stage);
      RC_ASSERT(same <= a);
      RC_ASSERT(got[a / n_stages].score[a % n_stages] ==
                got[same / n_stages].score[same % n_stages]);
      RC_ASSERT(got[a / n_stages].refer[a % n_stages] ==
                got[same / n_stages].refer[same % n_stages]);
      if (!program.may_refer(a / n_stages, stage)) {
        RC_ASSERT(got[a / n_stages].refer[a % n_stages] == std::vector<std::uint8_t>(n, 0));
      }
    }
  }));
}

TEST_CASE("any part of the totals may be asked for, alone or with others", "[risk][property]") {
  const Catalogue& catalogue = test::random_catalogue();
  Program::Workspace workspace;
  CHECK(rc::check("parts == whole", [&] {
    const RuleSet set = test::RandomTrees{}.a_set(*rc::gen::element(8, 10'000));
    const std::size_t n = 70;
    const test::RandomTable random(catalogue, n, *rc::gen::inRange<std::uint32_t>(0, 1000));
    const std::array<View, 2> views{a_view(catalogue), a_view(catalogue)};
    const Program program(set, catalogue, date, views);
    std::array<Scores, 2> whole{Scores(n), Scores(n)}, part = whole, expected = whole;
    program.score(random.view(), std::array{whole[0].output(), whole[1].output()}, workspace);
    std::array<Program::Output, 2> some;
    for (std::size_t v = 0; v < 2; ++v) {
      for (std::size_t s = 0; s < n_stages; ++s) {
        if (test::RandomTrees::below(2) == 0) {
          some[v].score[s] = part[v].score[s];
          expected[v].score[s] = whole[v].score[s];
        }
        if (test::RandomTrees::below(2) == 0) {
          some[v].refer[s] = part[v].refer[s];
          expected[v].refer[s] = whole[v].refer[s];
        }
      }
    }
    program.score(random.view(), some, workspace);
    RC_ASSERT(part == expected);
  }));
}

TEST_CASE("stages with the same rules and views that see alike share a total", "[risk][exact]") {
  const Catalogue catalogue({test::boolean_feature("x"),
                             test::number_feature("trips", Storage::i16),
                             test::category_feature("list", 3)});
  const Node x = test::feature(catalogue, 0);
  const Node often = test::truth(Op::greater_equal, {test::feature(catalogue, 1), test::number(4)});
  const Node listed = test::among(Op::equal, test::feature(catalogue, 2), {1});
  RuleSet set =
      test::rule_set({test::rule(x, 10), test::rule(often, -20), test::rule(listed, 100)});
  set.rules[1].stages = set.rules[2].stages = {false, true, true};
  set.rules[2].on_missing = OnMissing::refer;
  // Both know that nobody is on a list; the second does not know the trips.
  const std::array<View, 2> views{View{{2, std::uint8_t{0}}},
                                  View{{2, std::uint8_t{0}}, {1, std::nullopt}}};
  const Program program(set, catalogue, date, views);
  CHECK(program.total(0, Stage::booking) == 0);
  CHECK(program.total(0, Stage::check_in) == 1);
  CHECK(program.total(0, Stage::arrival) == 1);
  for (const Stage stage : {Stage::booking, Stage::check_in, Stage::arrival}) {
    CHECK(program.total(1, stage) == 0);  // x alone, as at booking
    CHECK_FALSE(program.may_refer(0, stage));
  }
  CHECK(
      std::vector<std::uint16_t>(program.features_read().begin(), program.features_read().end()) ==
      std::vector<std::uint16_t>{0, 1});
  // What a record can get at most does not depend on what is known of it.
  CHECK(program.highest(Stage::arrival) == 110);
  // Unknown to both: referred, and then stages differ.
  const Program open(set, catalogue, date, std::array{View{{2, std::nullopt}}});
  CHECK(open.may_refer(0, Stage::arrival));
  CHECK_FALSE(open.may_refer(0, Stage::booking));
}

TEST_CASE("views that are none, too many or wrong are refused", "[risk][exact]") {
  const Catalogue catalogue({test::boolean_feature("x"), test::number_feature("n", Storage::i16)});
  const RuleSet set = test::rule_set({test::rule(test::feature(catalogue, 0), 1)});
  CHECK_THROWS_WITH(Program(set, catalogue, date, std::span<const View>{}),
                    "a program has one or two views");
  CHECK_THROWS_WITH(Program(set, catalogue, date, std::array<View, 3>{}),
                    "a program has one or two views");
  CHECK_THROWS_WITH(Program(set, catalogue, date, std::array{View{{1, std::uint8_t{3}}}}),
                    "a value is known of feature 'n', which is not stored in a byte");
  const Program one(set, catalogue, date);
  Program::Workspace workspace;
  CHECK_THROWS_WITH(one.score({0, {{}, {}}}, std::array<Program::Output, 2>{}, workspace),
                    "more outputs than views");
}

}  // namespace corridor::risk
