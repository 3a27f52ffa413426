// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/known_records.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace corridor;
using namespace corridor::simulation;

namespace {

fighters::KnownPerson known(std::uint64_t person, std::int32_t day, std::uint8_t member,
                            fighters::Quality quality = fighters::Quality::name) {
  fighters::KnownPerson k;
  k.person = person;
  k.day = day;
  k.holder = 3;
  k.quality = quality;
  k.registered = 1;
  k.member = member;
  return k;
}

}  // namespace

TEST_CASE("records that come day by day stay sorted by person", "[simulation][exact]") {
  std::vector<KnownRecord> all;
  add_known(std::vector{known(9, 5, 0), known(2, 7, 1, fighters::Quality::biometric)}, all);
  add_known(std::vector{known(5, 1, 0), known(2, 3, 0)}, all);
  REQUIRE(all.size() == 4);
  CHECK(std::is_sorted(all.begin(), all.end()));
  CHECK(all[0].person == 2);
  CHECK(all[0].member == 0);
  CHECK(all[0].kinds == 0b010);
  CHECK(all[1].member == 1);
  CHECK(all[1].kinds == 0b110);
}

TEST_CASE("records of a person, of those with him and of others have draws of their own",
          "[simulation][exact]") {
  std::vector<KnownRecord> all;
  std::vector<fighters::KnownPerson> records;
  for (const std::uint64_t person : {std::uint64_t{0}, (std::uint64_t{1} << 40) - 1}) {
    for (std::uint8_t member = 0; member < travel::max_party; ++member) {
      records.push_back(known(person, 4, member));
    }
  }
  add_known(records, all);
  std::set<std::uint64_t> ids;
  for (const KnownRecord& r : all) {
    const cooperation::RecordKey key = record_key(r);
    ids.insert(key.id);
    CHECK(key.id >> 56 == 9);
    CHECK(key.holder == 3);
    CHECK(key.made == 4);
    CHECK(key.registered == 1);
  }
  CHECK(ids.size() == records.size());
}
