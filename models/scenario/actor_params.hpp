// SPDX-License-Identifier: Apache-2.0
/// \file actor_params.hpp  Who hides in the crowd: the file of actors, and how much of them results
/// show.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "sim/parameter.hpp"

namespace corridor::scenario {

struct ActorParams {
  std::string file;
  std::string text;
  double facilitator_access = 0.3;
  std::string traces = "auto";
};

inline constexpr std::array actor_table{
    sim::Parameter<ActorParams>{"actors.file", "",
                                "file of organisations, markets, zones and facilitators; empty = "
                                "none",
                                sim::Tag::option, "choice", 0, 0, &ActorParams::file},
    sim::Parameter<ActorParams>{
        "actors.text", "",
        "the actors themselves; filled from actors.file, so that a result holds who acted",
        sim::Tag::option, "choice", 0, 0, &ActorParams::text},
    sim::Parameter<ActorParams>{
        "actors.facilitator_access", "1",
        "chance that travellers to a zone know how to reach a facilitator who would serve them",
        sim::Tag::assumed, "invented round number", 0, 1, &ActorParams::facilitator_access},
    sim::Parameter<ActorParams>{"disclosure.traces", "",
                                "what results show of illicit journeys and goods: by class of "
                                "place in cells of ten or more, or one by one; auto = one by one "
                                "where names are invented",
                                sim::Tag::option, "docs/ethics.md", 0, 0, &ActorParams::traces,
                                "auto|class|full"},
};

/// Whether results may show illicit journeys and goods one by one.
[[nodiscard]] inline bool full_traces(const ActorParams& params, bool real_names) {
  return params.traces == "full" || (params.traces == "auto" && !real_names);
}

/// What every output says of a run that does.
inline constexpr std::string_view full_traces_note =
    "traces: full: illicit journeys and goods are shown one by one";

}  // namespace corridor::scenario
