// SPDX-License-Identifier: Apache-2.0
/// \file analysts.hpp  What analysts would have believed of a world that they cannot see, beside
/// what it was.
///
/// A *book* is kept along a run. It writes down what reaches analysts, and apart from it the truth,
/// which only a simulator knows. At the end each row is an estimate with its 95 % interval:
///
///     row                  truth                                   from what is seen
///     seized_cases         seizures until the cut-off              rows of the statistics
///     seized_kg            drugs seized until the cut-off          the same (estimators.hpp)
///     document_passes      passes of irregular documents           those found in random draws
///     right_hits           reviewed hits that mean the person      hits, and how many were sent on
///     fighter_parties      parties that made up their minds        files of home services; parties
///                                                                  stopped without a list
///     fighter_parties_low  the same                                the same; parties stopped by
///                                                                  anything
///
/// Cut-off: seizures of the last days, as many as the mean delay of reports, are left to the next
/// year. Parties are the units of two lists, since who travels together is found together (its
/// overdispersion).
///
/// What is biased, and why. fighter_parties: a party that a list stops
/// cannot be stopped otherwise, so those with a file are stopped without one a little less often,
/// and the estimate is too high by about the share that lists stop. fighter_parties_low: lists stop
/// those with a file, so both lists go together, and the estimate is a lower bound.
/// document_passes: the truth counts passes of who is then held at a post before on the same day.
/// All three are small against their intervals in the shipped worlds
/// (tests/models/compare/test_analysts.cpp).
///
/// Rates. Analysts need to know how complete statistics are, how well inspection and review work:
/// `AnalystRates`. Taken from the world itself they are those of an audit without error; taken from
/// the base they are what one believes without an audit. Estimates under the second miss.
///
/// Worlds. `hidden_worlds` draws admissible parameter sets (parameter_sets.hpp) and asks all of
/// this of each. Kept simple: whole runs at scale 1; a random draw that found no place in secondary
/// counts as found nothing.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/compare/compare.hpp"
#include "models/compare/estimators.hpp"
#include "models/simulation/setup.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::compare {

struct AnalystRates {
  double reported = 1, twice = 0, report_delay_days = 0;
  double confirms_right = 1, confirms_wrong = 0;
  double documents_found = 1;  ///< sensitivity of an inspection
};
[[nodiscard]] AnalystRates rates_of(const scenario::Scenario& scenario);

enum class Row : std::uint8_t {
  seized_cases,
  seized_kg,
  document_passes,
  right_hits,
  fighter_parties,
  fighter_parties_low
};
inline constexpr std::size_t n_rows = 6;
struct RowInfo {
  std::string_view name, unit, meaning, from;
  bool lower_bound = false;  ///< claims only that the truth lies above its lower end
};
[[nodiscard]] const RowInfo& info(Row row);

/// What one run gave: the truth, and what is estimated under some rates.
struct Believed {
  double truth = 0;
  risk::stats::Estimate estimate;
  /// Whether what the row claims is true; never of one without anything to estimate from.
  [[nodiscard]] bool covers(Row row) const;
};

class AnalystBook {
 public:
  /// \param posts  chance of each that the random draw names a person
  AnalystBook(std::vector<double> draw_chance, std::int64_t days);

  void add(const simulation::DayResult& day);
  void add(std::span<const trafficking::SeizureRow> seizures);
  [[nodiscard]] std::array<Believed, n_rows> rows(const AnalystRates& rates) const;

 private:
  std::vector<double> draw_chance_;
  std::int64_t days_;
  std::int64_t passes_ = 0, document_passes_ = 0;
  std::vector<double> drawn_documents_;  ///< chance of the draw of each that was found
  std::int64_t hits_ = 0, sent_on_ = 0, right_ = 0;
  std::set<std::uint64_t> resolved_, filed_, stopped_, listed_;  ///< parties
  std::vector<trafficking::SeizureRow> seizures_;
};

struct HiddenWorld {
  std::array<Believed, n_rows> audited, believed;  ///< under its own rates; under the base's
};
struct HiddenWorlds {
  std::string base, base_hash, world, version;
  std::int64_t seed = 0, days = 0, drawn = 0;
  std::vector<HiddenWorld> worlds;
  /// In how many worlds there was something to estimate a row from; in how many of these its claim
  /// held.
  [[nodiscard]] std::int64_t estimated(Row row, bool audited) const;
  [[nodiscard]] std::int64_t covered(Row row, bool audited) const;
};
/// \param n  worlds, each with one replicate of its own. \throws Interrupted, sim::UserError
[[nodiscard]] HiddenWorlds hidden_worlds(
    const World& base, std::int64_t n, int threads = 0,
    const std::function<void(const CompareProgress&)>& progress = {},
    const std::function<bool()>& stop = {});

[[nodiscard]] std::string hidden_worlds_text(const HiddenWorlds& worlds);
[[nodiscard]] std::string hidden_worlds_json(const HiddenWorlds& worlds);

}  // namespace corridor::compare
