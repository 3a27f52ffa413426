// SPDX-License-Identifier: Apache-2.0
#include "sim/archive.hpp"

#include <catch2/catch.hpp>

using namespace corridor;

namespace {

struct Value {
  std::int32_t day = 0;
  std::vector<double> sums;
  std::string name;
  std::vector<std::uint32_t> counts;

  template <class A>
  void visit(A& a) {
    a(day);
    a(sums);
    a(name);
    a.sparse(counts);
  }
  friend bool operator==(const Value&, const Value&) = default;
};

std::vector<std::byte> saved(Value value) {
  sim::ByteWriter out;
  value.visit(out);
  return out.bytes;
}

Value loaded(std::span<const std::byte> bytes) {
  sim::ByteReader in{bytes};
  Value value;
  value.visit(in);
  CHECK(in.bytes.empty());
  return value;
}

}  // namespace

TEST_CASE("a value that was saved is loaded as it was", "[archive][exact]") {
  const Value value{-3, {1.5, -0.0, 1e300}, "Bélonie", {0, 0, 7, 0, 1, 0}};
  CHECK(loaded(saved(value)) == value);
  CHECK(loaded(saved({})) == Value{});
}

TEST_CASE("a value that is cut short at any byte is refused", "[archive][errors]") {
  const auto bytes = saved({5, {1, 2}, "ab", {0, 4, 0}});
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    CHECK_THROWS_WITH(loaded(std::span(bytes).first(n)), "the saved state is cut short");
  }
}

TEST_CASE("a place beyond the end of a sparse list is refused", "[archive][errors]") {
  sim::ByteWriter out;
  out(std::uint64_t{3});
  out(std::vector<std::uint32_t>{3});
  out(std::vector<std::uint32_t>{1});
  sim::ByteReader in{out.bytes};
  std::vector<std::uint32_t> counts;
  CHECK_THROWS_WITH(in.sparse(counts), "the saved state is damaged; run again");
}
