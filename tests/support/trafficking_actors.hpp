// SPDX-License-Identifier: Apache-2.0
/// \file trafficking_actors.hpp  Actors and tables of the trafficking tests: the archipelago's, or
/// a text of the test's own, and what is wrong with one.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "models/trafficking/reduced.hpp"

namespace corridor::test {

inline const world::World& archipelago() {
  static const world::World world =
      world::load_world(CORRIDOR_SOURCE_DIR "/scenarios/worlds/archipelago");
  return world;
}

inline std::string actors_text(const std::string& name) {
  std::ifstream in(std::string(CORRIDOR_SOURCE_DIR) + "/scenarios/actors/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline trafficking::TraffickingActors actors_of(const std::string& text,
                                                const trafficking::TraffickingParams& params = {},
                                                const world::World& world = archipelago(),
                                                int year = 2019) {
  sim::Complaints complaints;
  const sim::RowText rows(text, "actors.toml", complaints);
  auto out = trafficking::read_trafficking_actors(rows, world, params, year, complaints);
  complaints.throw_if_any();
  return out;
}

/// The whole text of what is wrong, without its last line end, or nothing.
inline std::string wrong_with(const std::string& text,
                              const trafficking::TraffickingParams& params = {}, int year = 2019) {
  try {
    (void)actors_of(text, params, archipelago(), year);
  } catch (const sim::ScenarioError& error) {
    std::string told = error.what();
    if (!told.empty() && told.back() == '\n') told.pop_back();
    return told;
  }
  return "";
}

inline std::shared_ptr<const trafficking::TraffickingTables> small_tables(
    const trafficking::TraffickingParams& params = {},
    const std::string& text = actors_text("small.toml")) {
  return std::make_shared<const trafficking::TraffickingTables>(archipelago(), params,
                                                                actors_of(text, params));
}

/// `text` with the only place where `was` stands replaced.
inline std::string edited(std::string text, const std::string& was, const std::string& becomes) {
  const std::size_t at = text.find(was);
  if (at == text.npos || text.find(was, at + 1) != text.npos)
    return "'" + was + "' is not there once";
  return text.replace(at, was.size(), becomes);
}

}  // namespace corridor::test
