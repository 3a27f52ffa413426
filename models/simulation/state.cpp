// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/state.hpp"

#include <zlib.h>

#include <cstring>
#include <stdexcept>

#include "sim/archive.hpp"
#include "sim/error.hpp"

namespace corridor::simulation {
namespace {

constexpr std::uint32_t state_version = 9;

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
  a(s.control.other_kinds_carry);
  for (auto& day : s.arrivals) a.sparse(day);
  for (auto& day : s.candidates) a(day);
  a(s.stand_ins);
  a(s.removed);
  a(s.injected);
  a(s.samples);
  for (auto& day : s.scores) a.sparse(day);
  a(s.days_of_slot);
  a(s.events);
  a(s.actor_events);
  s.actors.visit(a);
  s.planning.visit(a);
  a(s.planning_events);
  a(s.known);
  s.requests.visit(a);
  a(s.held_back);
  auto& m = s.month;
  for (auto* sums :
       {&m.leg_persons, &m.departing, &m.arriving, &m.connecting, &m.border_crossings,
        &m.same_day_crossings, &m.pair_trips, &m.post_persons, &m.post_wait_person_seconds,
        &m.post_overflow, &m.post_selected, &m.post_refused, &m.alone_selected, &m.alone_refused}) {
    a(*sums);
  }
  a(m.wait_histogram);
  a(m.score_histogram);
  a(m.days);
}

struct Header {
  std::uint32_t version = state_version;
  std::uint32_t reserved = 0;
  std::uint64_t length = 0;
};

}  // namespace

std::vector<std::byte> State::save() const {
  sim::ByteWriter writer;
  archive(writer, const_cast<State&>(*this));  // a writer only reads
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
  sim::ByteReader reader{plain};
  archive(reader, state);
  return state;
}

}  // namespace corridor::simulation
