// SPDX-License-Identifier: Apache-2.0
/// \file backcast.hpp  A blind back-cast: calibrated on published figures up to a year, it
/// forecasts the years after, before anybody compares.
///
/// Method. The reduced model (reduced.hpp) has a few parameters that nobody knows; each has a range
/// (`[[range]]`). In `rounds` rounds sets of parameters are drawn: in the first uniformly over the
/// ranges, in the later ones around the best so far (normal with the standard deviation of the kept
/// ones, reflected at the ends). Each set runs once from the start to the last year of calibration;
/// its distance from the targets (`[[target]]`) is
///
///     D = sqrt( mean over targets of ((model - published) / sd)^2 )
///
/// in logs for tonnes, as it is for shares. Half of the sets choose by salience, half by logit; of
/// each the nearest `kept / 2` are admissible. The forecast runs every admissible set with
/// `replicates` seeds to the last year of forecast: percentiles over all of them are its bands.
/// Nothing after the last year of calibration is read: the reader refuses a source or target of a
/// later year. What is compared is what statistics say (reports.hpp), read one year after the
/// year's end.
///
/// | parameter     | what it sets |
/// |---------------|-------------------------------------------------------------------------------|
/// | effort        | hazard of a consignment on arrival in the area, all modes | | effort_growth |
/// growth of effort a year                                                        | | elsewhere |
/// effort in other countries, over that in the area                               | | exits | share
/// of effort at exits                                                       | | spread        |
/// standard deviation of the log of effort by country and year                    | | use | factor
/// on what a user in the area takes                                        | | market_shift  |
/// trafficking.market_shift                                                       | | liner_weight
/// | trafficking.liner_weight                                                       | |
/// supply_growth | growth of supply a year after the last source                                  |
/// | pull          | attraction of containers into `place` |
///
/// Source: approximate Bayesian computation by rejection (Beaumont et al. 2002) in its simplest
/// form. Limits: bands hold what the ranges hold; parameters do not change after calibration; `sd`
/// of a target is a judgement. Checked in tests/models/trafficking/test_backcast.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/trafficking/reduced.hpp"

namespace corridor::trafficking {

struct BackcastPlan {
  std::string name, area, leavers;  ///< countries with commas; `leavers` from `leave_year` on not
  std::int64_t start_year = 2015, calibrated_to = 2019, forecast_to = 2023, leave_year = 9999;
  std::int64_t sets = 100, rounds = 3, kept = 16, replicates = 4, seed = 1;
};

struct BackcastTarget {
  std::string id, what = "tonnes", place, reference;  ///< place: `area` or a country
  std::int64_t year = 0;
  double value = 0, sd = 0.2;
};

struct BackcastRange {
  std::string parameter, place, scale = "linear";
  double low = 0, high = 1;
};

struct Backcast {
  BackcastPlan plan;
  std::vector<BackcastTarget> targets;
  std::vector<BackcastRange> ranges;
  TraffickingActors actors;
  std::vector<std::uint16_t> area, leavers;
};

/// Reads [[backcast]], [[target]], [[range]] and the actors of the same text. \param file_name  how
/// complaints call it
[[nodiscard]] Backcast read_backcast(const sim::RowText& text, const std::string& file_name,
                                     const world::World& world, sim::Complaints& complaints);

/// A set of parameters, in the order of the ranges, and how far it is from the targets.
struct AdmissibleSet {
  std::vector<double> values;
  Choice choice = Choice::salience;
  double distance = 0;
  std::vector<double> at_targets;  ///< what the model gave for each target
};

/// Yearly figures of one run.
struct BackcastYears {
  std::vector<double> tonnes;               ///< of the area, by year from the start
  std::vector<std::vector<double>> shares;  ///< [country][year], countries of the targets
};

struct BackcastRow {
  std::string what, place;  ///< tonnes or share
  std::int64_t year = 0;
  bool forecast = false;
  double mean = 0, p10 = 0, p50 = 0, p90 = 0;
  std::size_t runs = 0;
};

struct BackcastResult {
  std::vector<AdmissibleSet> admissible;
  double first_distance = 0;  ///< median of the first round
  std::vector<BackcastRow> rows;
};

/// Countries of which shares are told: those that targets name.
[[nodiscard]] std::vector<std::string> share_places(const Backcast& backcast);

/// One run of a set. \param to  last year
[[nodiscard]] BackcastYears run_backcast(const Backcast& backcast, const world::World& world,
                                         const AdmissibleSet& set, std::uint32_t replicate,
                                         std::int64_t to);

/// Calibrates and forecasts. \param told  runs done, runs in all
[[nodiscard]] BackcastResult forecast(
    const Backcast& backcast, const world::World& world, int threads,
    const std::function<void(std::int64_t, std::int64_t)>& told = {});

/// The rows, and the admissible sets, as CSV.
[[nodiscard]] std::string backcast_csv(const BackcastResult& result);
[[nodiscard]] std::string sets_csv(const Backcast& backcast, const BackcastResult& result);

}  // namespace corridor::trafficking
