// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/requests.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/archive.hpp"
#include "sim/math.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

constexpr sim::RunKey key{3, 0};

RecordRequest request(std::uint64_t record, std::int32_t asked, std::uint16_t holder = 1,
                      RequestKind kind = RequestKind::confirmation) {
  RecordRequest r;
  r.record = record;
  r.asked = asked;
  r.holder = holder;
  r.asker = 5;
  r.kind = kind;
  return r;
}
std::vector<RecordRequest> requests(std::size_t n, std::int32_t asked, std::uint16_t holder = 1,
                                    RequestKind kind = RequestKind::confirmation) {
  std::vector<RecordRequest> all;
  for (std::uint64_t id = 0; id < n; ++id) all.push_back(request(id, asked, holder, kind));
  return all;
}
RecordKey record_of(const RecordRequest& r) {
  RecordKey k;
  k.id = r.record;
  k.year_or_day = r.year_or_day;
  k.index = r.index;
  return k;
}

}  // namespace

TEST_CASE(
    "without a capacity all requests are taken up at once, and answered after a delay of the "
    "declared mean",
    "[cooperation][statistical]") {
  RequestBook book;
  constexpr std::size_t n = 20'000;
  book.ask(requests(n, 10));
  CHECK(book.serve(9, {0, 6, 0}, key).empty());  // their crossing is tomorrow
  const std::vector<RecordRequest> served = book.serve(10, {0, 6, 0}, key);
  REQUIRE(served.size() == n);
  CHECK(book.waiting().empty());
  double days = 0;
  for (const RecordRequest& r : served) days += r.answer_day - r.asked;
  // Whole days of an exponential x of mean 6: mean 1 / (e^(1/6) - 1) = 5.514, variance
  // e^(1/6) / (e^(1/6) - 1)^2 = 35.9. Six standard errors are 0.254; seen: a mean of 6.3.
  CHECK(std::abs(days / n - 5.514) < 0.254);
  CHECK(RequestBook().serve(1, {0, 6, 0}, key).empty());
}

TEST_CASE(
    "an originator takes up so many a day as it can, first come first served; the others "
    "wait",
    "[cooperation][exact]") {
  RequestBook book;
  book.ask(requests(5, 3));
  const std::vector<RecordRequest> later = requests(1, 4);
  CHECK(book.serve(3, {2, 0, 0}, key).size() == 2);
  CHECK(book.waiting().size() == 3);
  std::vector<RecordRequest> other = {request(9, 4, 2)};
  book.ask(other);
  RecordRequest last = request(99, 4);
  book.ask(std::span(&last, 1));
  // Of country 1 two of day 3, and the one of country 2.
  const std::vector<RecordRequest> served = book.serve(4, {2, 0, 0}, key);
  REQUIRE(served.size() == 3);
  CHECK(std::ranges::count(served, std::uint16_t{1}, &RecordRequest::holder) == 2);
  for (const RecordRequest& r : served) CHECK((r.holder == 2 || r.asked == 3));
  CHECK(book.serve(5, {2, 0, 0}, key).size() == 2);
  CHECK(book.waiting().empty());
}

TEST_CASE("in a scaled run capacity is that share of it, whole over the days",
          "[cooperation][exact]") {
  RequestBook book;
  book.ask(requests(1000, 0));
  std::size_t served = 0;
  for (std::int32_t day = 0; day < 100; ++day)
    served += book.serve(day, {3, 0, 0, 0.1}, key).size();
  CHECK(served == 30);
}

TEST_CASE("the order in which requests come does not matter, nor a break between",
          "[cooperation][property]") {
  std::vector<RecordRequest> all = requests(50, 0);
  for (const RecordRequest& r : requests(50, 0, 2, RequestKind::permission)) all.push_back(r);
  RequestBook a, b;
  a.ask(all);
  std::ranges::reverse(all);
  b.ask(all);
  for (std::int32_t day = 0; day < 5; ++day) {
    const RequestRules rules{7, 2, 0.3};
    CHECK(a.serve(day, rules, key) == b.serve(day, rules, key));
    sim::ByteWriter bytes;
    a.visit(bytes);
    RequestBook loaded;
    sim::ByteReader reader{bytes.bytes};
    loaded.visit(reader);
    a = loaded;
    CHECK(std::ranges::equal(a.waiting(), b.waiting()));
    CHECK(std::ranges::equal(a.permissions(), b.permissions()));
  }
}

TEST_CASE(
    "permission is asked once, holds for the country that asked, after the answer, and never "
    "when it is refused",
    "[cooperation][exact]") {
  RequestBook book;
  const RecordRequest r = request(7, 3, 1, RequestKind::permission);
  CHECK(book.ask(std::span(&r, 1)).size() == 1);
  CHECK_FALSE(book.allowed(record_of(r), 5, 100));
  const RecordRequest again = request(7, 4, 1, RequestKind::permission);
  CHECK(book.ask(std::span(&again, 1)).empty());
  const std::vector<RecordRequest> served = book.serve(3, {0, 2, 0}, key);
  REQUIRE(served.size() == 1);
  const std::int32_t answer = served[0].answer_day;
  CHECK(answer >= 3);
  CHECK_FALSE(book.allowed(record_of(r), 5, answer));
  CHECK(book.allowed(record_of(r), 5, answer + 1));
  CHECK_FALSE(book.allowed(record_of(r), 6, answer + 1));
  CHECK_FALSE(book.allowed(record_of(request(8, 3)), 5, answer + 1));
  CHECK(book.ask(std::span(&again, 1)).empty());

  RequestBook refused;
  refused.ask(std::span(&r, 1));
  CHECK(refused.serve(3, {0, 2, 1}, key)[0].refused == 1);
  CHECK_FALSE(refused.allowed(record_of(r), 5, 1000));
  CHECK(refused.ask(std::span(&again, 1)).empty());
  // A confirmation gives no permission.
  RequestBook confirmed;
  const RecordRequest c = request(7, 3);
  confirmed.ask(std::span(&c, 1));
  CHECK(confirmed.serve(3, {0, 2, 0}, key).size() == 1);
  CHECK_FALSE(confirmed.allowed(record_of(c), 5, 1000));
}

TEST_CASE("the same request through two channels takes two places in the queue",
          "[cooperation][relation]") {
  std::vector<RecordRequest> once = requests(10, 0), twice = once;
  for (RecordRequest r : once) {
    r.system = 1;
    r.repeat = Repeat::channel;
    twice.push_back(r);
  }
  const auto days = [&](const std::vector<RecordRequest>& all) {
    RequestBook book;
    book.ask(all);
    std::int32_t day = 0;
    while (!book.waiting().empty()) (void)book.serve(day++, {2, 0, 0}, key);
    return day;
  };
  CHECK(days(once) == 5);
  CHECK(days(twice) == 10);
}

TEST_CASE("somebody is held until the answer, and not longer than allowed",
          "[cooperation][exact]") {
  const RequestRules rules{0, 2, 0};
  bool shorter = false;
  for (std::uint64_t id = 0; id < 100; ++id) {
    const std::int64_t minutes = hold_minutes(request(id, 3), rules, 24, key);
    CHECK(minutes >= 0);
    CHECK(minutes <= 24 * 60);
    shorter = shorter || minutes < 24 * 60;
    CHECK(hold_minutes(request(id, 3), rules, 0, key) == 0);
    CHECK(hold_minutes(request(id, 3), {0, 0, 0}, 24, key) == 0);
  }
  CHECK(shorter);
}
