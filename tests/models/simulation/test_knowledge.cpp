// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/knowledge.hpp"

#include <catch2/catch.hpp>

using namespace corridor;
using namespace corridor::simulation;
using cooperation::never;
using risk::List;

namespace {

/// A record that its country knows from a day on and lists from another, and days at systems 0, 1.
SpecialPerson::Record record(List list, std::uint16_t holder, std::int32_t known,
                             std::int32_t national, std::int32_t at_0 = never,
                             std::int32_t at_1 = never) {
  SpecialPerson::Record r;
  r.list = list;
  r.usable.holder = holder;
  r.usable.known = known;
  r.usable.national = national;
  r.usable.at[0] = at_0;
  r.usable.at[1] = at_1;
  return r;
}

}  // namespace

TEST_CASE(
    "all records together suffice when the last piece is known, one system's when it holds as "
    "many",
    "[lists][exact]") {
  // A name that country 0 knows from day 10, biometrics that country 1 knows from day 20.
  std::vector<SpecialPerson::Record> records{record(List::name, 0, 10, 12, 15),
                                             record(List::biometric, 1, 20, 22, never, 25)};
  PooledMoment m = pooled_moment(records, 2);
  CHECK(m.all == 20);
  CHECK(m.one == never);  // neither system holds both, nor does a country
  // One piece is enough: the first country's list.
  m = pooled_moment(records, 1);
  CHECK(m.all == 10);
  CHECK(m.one == 12);
  CHECK(pooled_moment(records, 3).all == never);
  // A link brings the second to system 0.
  records[1].usable.at[0] = 31;
  CHECK(pooled_moment(records, 2).one == 31);
  // The same piece twice is one piece: the earlier.
  records.push_back(record(List::name, 0, 5, 6, 7));
  CHECK(pooled_moment(records, 3).all == never);
  CHECK(pooled_moment(records, 2).all == 20);
  CHECK(pooled_moment(records, 1).all == 5);
  // Two countries' records of one kind are two pieces.
  records.push_back(record(List::name, 2, 8, 9));
  CHECK(pooled_moment(records, 2).all == 8);
  // Who is taken for somebody tells nothing.
  for (SpecialPerson::Record& r : records) r.means_him = false;
  CHECK(pooled_moment(records, 1).all == never);
}
