// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/quality.hpp"

#include <algorithm>

#include "sim/samplers.hpp"

namespace corridor::cooperation {
namespace {

constexpr std::size_t n_grades = 4;
constexpr std::string_view sources = "ABCX", informations = "1234";

// Blocks of a record: its quality, and what its double is like. Beyond those of links (below
// 0x1000).
constexpr std::uint16_t quality_block = 0x1000, double_block = 0x1400;
/// Index of a second record, which no first one has.
constexpr std::uint16_t second_index = 4;

/// Shares of the grades from best to worst, each of those that are left.
using Grades = std::array<double, n_grades - 1>;

/// The grade of a uniform draw. \param tilt  how much likelier with each step
std::uint8_t grade(const Grades& shares, double tilt, double u) {
  std::array<double, n_grades> weight{};
  double left = 1, factor = 1, sum = 0;
  for (std::size_t g = 0; g < n_grades; ++g) {
    const double share = g + 1 < n_grades ? left * shares[g] : left;
    left -= share;
    weight[g] = share * factor;
    factor *= tilt;
    sum += weight[g];
  }
  double below = 0;
  for (std::size_t g = 0; g + 1 < n_grades; ++g) {
    below += weight[g];
    if (u * sum < below) return static_cast<std::uint8_t>(g);
  }
  return n_grades - 1;
}

}  // namespace

std::optional<Evaluation> parse_evaluation(std::string_view text) {
  if (text.size() != 2) return std::nullopt;
  const std::size_t source = sources.find(text[0]), information = informations.find(text[1]);
  if (source == std::string_view::npos || information == std::string_view::npos)
    return std::nullopt;
  return Evaluation{static_cast<std::uint8_t>(source), static_cast<std::uint8_t>(information)};
}

std::string text(Evaluation e) { return {sources[e.source], informations[e.information]}; }

Quality quality_of(const RecordKey& r, const CooperationParams& p, sim::RunKey key) {
  const sim::Block own = sim::draw(key, sim::Purpose::record_link, r.id, r.year_or_day,
                                   static_cast<std::uint16_t>(r.index | quality_block));
  const double tilt = r.wrong ? p.records_wrong_tilt : 1;
  Quality q;
  q.evaluation.source = grade({p.records_source_a, p.records_source_b, p.records_source_c}, tilt,
                              sim::uniform32(own[0]));
  q.evaluation.information =
      grade({p.records_information_1, p.records_information_2, p.records_information_3}, tilt,
            sim::uniform32(own[1]));
  // Raising a share only makes more records so.
  const double u = sim::uniform32(own[2]);
  const double h3 = p.records_handling_3, h2 = h3 + (1 - h3) * p.records_handling_2,
               h1 = h2 + (1 - h2) * p.records_handling_1;
  q.handling = u < h3   ? Handling::withheld
               : u < h2 ? Handling::permission
               : u < h1 ? Handling::police_only
                        : Handling::free;
  q.doubled = sim::uniform32(own[3]) < p.records_doubled;
  return q;
}

RecordKey second_record(const RecordKey& r, std::size_t n_countries, double delay_days,
                        sim::RunKey key) {
  const sim::Block own = sim::draw(key, sim::Purpose::record_link, r.id, r.year_or_day,
                                   static_cast<std::uint16_t>(r.index | double_block));
  RecordKey second = r;
  second.index = static_cast<std::uint16_t>(r.index | second_index);
  // Any country but the first, all alike.
  const auto others = static_cast<double>(n_countries - 1);
  const auto other =
      std::min(n_countries - 2, static_cast<std::size_t>(sim::uniform32(own[0]) * others));
  second.holder = static_cast<std::uint16_t>(other < r.holder ? other : other + 1);
  if (r.made != long_ago) {
    second.known = std::min(r.known, r.made) + keyed_delay(delay_days, own[1]);
    second.made = second.known + keyed_delay(delay_days, own[2]);
  }
  if (r.registered != everywhere) second.registered = -1;
  return second;
}

}  // namespace corridor::cooperation
