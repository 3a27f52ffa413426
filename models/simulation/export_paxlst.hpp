// SPDX-License-Identifier: Apache-2.0
/// \file export_paxlst.hpp  Passenger lists of a result's flights, for training systems, with the
/// truth kept beside.
///
/// A result holds its scenario, so its passengers can be listed again (flight_lists.hpp). One file
/// a flight, `DATE_NUMBER_FROM-TO.edi`; `truth.csv`, one row a passenger; `README.txt`, which says
/// that all is synthetic.
///
///     number     ZZ and 1 + the day's departures of the airport that stand before it in the
///                table of links: the same every day
///     clock      UTC + round(longitude / 15 degrees) hours; no borders, no summer time
///     prepared   24 hours before departure, UTC
///     order      by surname, given name, trip, member
///
/// Only flights between two countries have lists, only those with passengers. Dates of file names
/// and of the choice are UTC, as everywhere in results; dates in messages are local. Checked in
/// tests/models/simulation/test_export_paxlst.cpp and tests/python/test_paxlst.py.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/simulation/paxlst.hpp"
#include "models/simulation/result_reader.hpp"

namespace corridor::simulation {

/// Which flights. With neither link nor airport: the link with most passengers on that day.
struct PaxlstChoice {
  std::string day;                      ///< "59" or "2019-03-01"; empty: the middle of the run
  std::string link;                     ///< "AAA-BBB"
  std::string airport;                  ///< every international departure of it
  std::optional<std::int64_t> flights;  ///< only the first so many, by time of departure
  std::int64_t replicate = 0;
  PaxlstStyle style;
};

struct PaxlstExport {
  std::vector<std::pair<std::string, std::string>> files;  ///< name and contents
  std::int64_t flights = 0, passengers = 0;
};

/// \throws sim::UserError when the choice does not fit the run, the world's data are not those of
/// the run, or nobody flies on what was chosen.
[[nodiscard]] PaxlstExport export_paxlst(const ResultReader& result, const PaxlstChoice& choice);

/// Hours that a place's clock is before UTC.
[[nodiscard]] std::int32_t clock_hours(double longitude);

}  // namespace corridor::simulation
