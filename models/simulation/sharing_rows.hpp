// SPDX-License-Identifier: Apache-2.0
/// \file sharing_rows.hpp  What lists did, in results: rows of /sharing and their names, and the
/// part of `corridor info` about them.
///
/// In a world with real names systems, and pairs of them, are summed by class: regional systems and
/// the system of all; between regional systems, and with the system of all. Checked in
/// tests/models/simulation/test_sharing.cpp.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "models/cooperation/organisations.hpp"
#include "models/simulation/result_reader.hpp"
#include "models/simulation/result_shape.hpp"
#include "models/simulation/sharing_counts.hpp"

namespace corridor::simulation {

/// To which row each of several things is added, and the names of the rows. Of /places/system_pair:
/// of each pair of systems (pair_number).
struct RowsOf {
  std::vector<std::size_t> row;
  std::vector<std::string> names;
};
/// Rows of /places/system: of each system, and the names of the rows.
[[nodiscard]] RowsOf system_rows(const cooperation::Organisations& organisations, bool real_names);
[[nodiscard]] RowsOf pair_rows(const cooperation::Organisations& organisations, bool real_names);

/// Names of the rows; without a file of organisations they stay empty.
void add_sharing_names(RunShape& shape, const cooperation::Organisations& organisations,
                       bool real_names);

/// [pair row][pair_measure] of a day.
[[nodiscard]] std::vector<std::int64_t> link_rows(const SharingCounts& counts, const RowsOf& pairs);

/// [system row][system_measure] of a day.
[[nodiscard]] std::vector<std::int64_t> system_counts(const SharingCounts& counts,
                                                      const RowsOf& systems);

struct SharingSummary {
  bool any = false;
  std::vector<std::string> sources, subjects, replays, pairs, systems, system_measures, knowing;
  std::vector<double> met, held, let_go, protection;  ///< [source][subject]
  std::vector<double> replay;                         ///< [replay]
  std::vector<double> links;                          ///< [pair][lost without, gained with]
  std::vector<std::string> post_classes;
  std::vector<double> posts;       ///< [class of post][lost without, gained with]
  std::vector<double> of_systems;  ///< [system][measure]; of what waits, at the end
  std::vector<double> knowledge;   ///< [Knowledge]
  [[nodiscard]] double of_all(SystemMeasure measure) const;
};
[[nodiscard]] SharingSummary summarise_sharing(const ResultReader& result);
[[nodiscard]] std::string sharing_text(const SharingSummary& summary);
[[nodiscard]] nlohmann::ordered_json sharing_json(const SharingSummary& summary);

}  // namespace corridor::simulation
