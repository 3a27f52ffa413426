// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/state.hpp"

#include <zlib.h>

#include <cstring>
#include <stdexcept>
#include <type_traits>

#include "sim/error.hpp"

namespace corridor::simulation {
namespace {

constexpr std::uint32_t state_version = 3;

/// Visits every member in one order, for saving and loading alike.
template <class Archive, class S>
void archive(Archive& a, S& s) {
  a(s.day);
  a(s.digest);
  a(s.trips_in_progress);
  a(s.still_on_the_road);
  a(s.on_the_road_at_midnight);
  a(s.control.in_system);
  a(s.control.secondary_carry);
  a(s.control.review_carry);
  for (auto& day : s.arrivals) a.sparse(day);
  for (auto& day : s.candidates) a(day);
  a(s.removed);
  a(s.samples);
  for (auto& day : s.scores) a.sparse(day);
  a(s.events);
  auto& m = s.month;
  for (auto* sums :
       {&m.leg_persons, &m.departing, &m.arriving, &m.connecting, &m.border_crossings,
        &m.same_day_crossings, &m.pair_trips, &m.post_persons, &m.post_wait_person_seconds,
        &m.post_overflow, &m.post_selected, &m.post_refused}) {
    a(*sums);
  }
  a(m.wait_histogram);
  a(m.score_histogram);
  a(m.days);
}

struct Writer {
  std::vector<std::byte> bytes;
  /// Places and values of what is not zero: of the arrivals ahead, most are.
  void sparse(const std::vector<std::uint32_t>& values) {
    std::vector<std::uint32_t> at, n;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == 0) continue;
      at.push_back(static_cast<std::uint32_t>(i));
      n.push_back(values[i]);
    }
    (*this)(std::uint64_t{values.size()});
    (*this)(at);
    (*this)(n);
  }
  template <class T>
  void operator()(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto* p = reinterpret_cast<const std::byte*>(&value);
    bytes.insert(bytes.end(), p, p + sizeof value);
  }
  template <class T>
  void operator()(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    (*this)(std::uint64_t{values.size()});
    const auto* p = reinterpret_cast<const std::byte*>(values.data());
    bytes.insert(bytes.end(), p, p + values.size() * sizeof(T));
  }
};

struct Reader {
  std::span<const std::byte> bytes;
  /// As Writer::sparse wrote it.
  void sparse(std::vector<std::uint32_t>& values) {
    std::uint64_t size = 0;
    std::vector<std::uint32_t> at, n;
    (*this)(size);
    (*this)(at);
    (*this)(n);
    if (size > (std::uint64_t{1} << 32) || n.size() != at.size()) {
      throw sim::UserError("the saved state is damaged; run again");
    }
    values.assign(size, 0);
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (at[i] >= size) throw sim::UserError("the saved state is damaged; run again");
      values[at[i]] = n[i];
    }
  }
  void take(void* to, std::size_t n) {
    if (n > bytes.size()) throw sim::UserError("the saved state is cut short");
    if (n > 0) std::memcpy(to, bytes.data(), n);
    bytes = bytes.subspan(n);
  }
  template <class T>
  void operator()(T& value) {
    take(&value, sizeof value);
  }
  template <class T>
  void operator()(std::vector<T>& values) {
    std::uint64_t n = 0;
    (*this)(n);
    if (n > bytes.size() / sizeof(T)) throw sim::UserError("the saved state is cut short");
    values.resize(n);
    take(values.data(), n * sizeof(T));
  }
};

struct Header {
  std::uint32_t version = state_version;
  std::uint32_t reserved = 0;
  std::uint64_t length = 0;
};

}  // namespace

std::vector<std::byte> State::save() const {
  Writer writer;
  archive(writer, *this);
  const Header header{state_version, 0, writer.bytes.size()};
  uLongf size = ::compressBound(writer.bytes.size());
  std::vector<std::byte> out(sizeof header + size);
  std::memcpy(out.data(), &header, sizeof header);
  // Level 1: most of a state is zeros and small numbers, and it is written every day.
  if (::compress2(reinterpret_cast<Bytef*>(out.data() + sizeof header), &size,
                  reinterpret_cast<const Bytef*>(writer.bytes.data()), writer.bytes.size(),
                  1) != Z_OK) {
    throw std::runtime_error("cannot compress the state");
  }
  out.resize(sizeof header + size);
  return out;
}

State State::load(std::span<const std::byte> bytes) {
  Header header;
  if (bytes.size() < sizeof header) throw sim::UserError("the saved state is cut short");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.version != state_version || header.length > (std::uint64_t{1} << 36)) {
    throw sim::UserError("the saved state is of another version of the program; run again");
  }
  std::vector<std::byte> plain(header.length);
  uLongf size = header.length;
  if (::uncompress(reinterpret_cast<Bytef*>(plain.data()), &size,
                   reinterpret_cast<const Bytef*>(bytes.data() + sizeof header),
                   bytes.size() - sizeof header) != Z_OK ||
      size != header.length) {
    throw sim::UserError("the saved state is damaged; run again");
  }
  State state;
  Reader reader{plain};
  archive(reader, state);
  return state;
}

}  // namespace corridor::simulation
