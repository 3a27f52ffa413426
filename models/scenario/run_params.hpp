// SPDX-License-Identifier: Apache-2.0
/// \file run_params.hpp  How long, from when, how often and with what seed a scenario runs.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sim/parameter.hpp"
#include "sim/parameter_set.hpp"

namespace corridor::scenario {

struct RunParams {
  std::int64_t days = 365;
  std::string start = "2019-01-01";
  std::int64_t seed = 1;
  std::int64_t replicates = 1;
  double scale = 1;
  std::int64_t sample = 1000;
  std::int64_t events = 100'000;
  std::int64_t actor_events = 100'000;
  std::int64_t cut_days = 7;
  std::int64_t threads = 0;
  std::int64_t batch = 4096;
  std::string simd = "auto";
};

inline constexpr std::array run_table{
    sim::Parameter<RunParams>{"run.days", "day", "days to simulate, from day 0", sim::Tag::option,
                              "choice", 1, 3660, &RunParams::days},
    sim::Parameter<RunParams>{"run.start", "date", "date of day 0 (UTC), from 1900 to 2199",
                              sim::Tag::option,
                              "choice: 2019 is the year of the data and of the published totals", 0,
                              0, &RunParams::start},
    sim::Parameter<RunParams>{"run.seed", "", "seed of every draw", sim::Tag::option, "choice", 0,
                              4294967295, &RunParams::seed},
    sim::Parameter<RunParams>{"run.replicates", "", "runs that differ in their draws alone",
                              sim::Tag::option, "choice", 1, 1000, &RunParams::replicates},
    sim::Parameter<RunParams>{"run.scale", "1",
                              "share of ordinary travelling units kept, each counting for 1/scale",
                              sim::Tag::option, "choice", 1e-6, 1, &RunParams::scale},
    sim::Parameter<RunParams>{"run.sample", "journey",
                              "journeys that are written down one by one in the result",
                              sim::Tag::option, "choice", 0, 1e6, &RunParams::sample},
    sim::Parameter<RunParams>{
        "run.events", "person",
        "room for reviews with a hit and outcomes other than \"cleared\", one by one, a replicate",
        sim::Tag::option, "choice", 0, 1e8, &RunParams::events},
    sim::Parameter<RunParams>{
        "run.actor_events", "event",
        "room for what actors do, one by one, a replicate; used where traces are full",
        sim::Tag::option, "choice", 0, 1e8, &RunParams::actor_events},
    sim::Parameter<RunParams>{"run.cut_days", "day",
                              "last days of the run of which the cuts of each post and hour are "
                              "kept, to tell why somebody was selected",
                              sim::Tag::option, "choice", 0, 3660, &RunParams::cut_days},
    sim::Parameter<RunParams>{"run.threads", "",
                              "threads; 0 = one for each processor core; no result depends on it",
                              sim::Tag::option, "choice", 0, 1024, &RunParams::threads},
    sim::Parameter<RunParams>{"run.batch", "row",
                              "rows of a batch; no result depends on it, only speed",
                              sim::Tag::option, "choice", 1, 1048576, &RunParams::batch},
    sim::Parameter<RunParams>{
        "run.simd", "", "vector instructions; no result depends on them, only speed",
        sim::Tag::option, "choice", 0, 0, &RunParams::simd, "auto|scalar|sse2|avx2"},
};
static_assert(sim::sound(run_table));

/// Whether results depend on this parameter: threads, batches and vector instructions change speed
/// alone, and the names of rule and strategy files say nothing that their texts do not.
constexpr bool matters_to_results(std::string_view path) {
  return path != "run.threads" && path != "run.batch" && path != "run.simd" &&
         path != "risk.rules" && path != "strategy.files";
}

}  // namespace corridor::scenario
