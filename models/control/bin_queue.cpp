// SPDX-License-Identifier: Apache-2.0
#include "models/control/bin_queue.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/control/erlang.hpp"
#include "sim/math.hpp"

namespace corridor::control {
namespace {

constexpr std::size_t delay_cells = 128;
constexpr double cells = delay_cells;
constexpr double quiet = 1e-7;
constexpr double empty = 1e-9;  // fewer persons than this are nobody
constexpr double nearly_all = 1 - 1e-15;
constexpr std::size_t inverse_cells = 384;
constexpr double inverse_reach = 1.5;             // of c + k
constexpr double walk_mean = 0.7978845608028654;  // sqrt(2 / pi): mean of |normal|

/// exp(-x) for x >= 0 from a table, with the bits of IEEE arithmetic alone.
class Decay {
 public:
  Decay() {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      values_[i] = sim::exp(-static_cast<double>(i) / per_unit);
    }
  }
  double operator()(double x) const {
    if (!(x < top)) return 0;
    const double place = x * per_unit;
    const auto i = static_cast<std::size_t>(place);
    // The interval is short: exp(-d) to the second order, from the node below.
    const double d = (place - static_cast<double>(i)) / per_unit;
    return values_[i] * (1 - d * (1 - 0.5 * d * (1 - d * (1.0 / 3))));
  }

 private:
  static constexpr double per_unit = 16, top = 24;
  std::array<double, 24 * 16 + 1> values_{};
};

const Decay& decay() {
  static const Decay table;
  return table;
}

/// Root in [0, 1) of  g x + kappa_c x / (1 - x) = r.
double busy_root(double g, double kappa_c, double r) {
  const double b = g + kappa_c + r;
  return 2 * r / (b + std::sqrt(std::max(0.0, b * b - 4 * g * r)));
}

/// Cubic of Hermite at t in [0, 1] between two nodes.
double between(const DelayTables::Node& p, const DelayTables::Node& q, double t) {
  const double rise = q.value - p.value, bend = p.step + q.step - 2 * rise, lean = rise - p.step;
  return p.value + t * (p.step + t * (lean - bend * (1 - t)));
}

/// What follows from a share of time busy.
Busy busy_at(const DelayTables& tables, std::uint16_t officers, double kappa, double x) {
  const DelayTables::Delay d = tables.at(officers, x);
  const double odds = x / (1 - x), per_idle = 1 + odds;  // 1 / (1 - x)
  return {x, d.c, kappa * d.c * odds,
          officers + kappa * (d.slope * odds + d.c * per_idle * per_idle)};
}

/// Solves  G(x) + k x = r.
Busy solve_exactly(const DelayTables& tables, std::uint16_t officers, double kappa, double k,
                   double r) {
  const double c = officers, g = c + k;
  Busy busy;
  const double free = r / g;
  if (free < tables.quiet_below(officers)) {
    busy.x = free;
    busy.slope = c;
    return busy;
  }
  // Newton on x - busy_root(kappa C(x)), between a lower bound (C = 1) and an upper one (C = 0). It
  // starts at the upper one while there is no queue to speak of, else at the lower one.
  double low = busy_root(g, kappa, r), high = std::min(free, 1.0);
  double x = free < 0.8 ? high : low;
  for (int i = 0; i < 50; ++i) {
    const DelayTables::Delay d = tables.at(officers, std::min(x, nearly_all));
    const double q = busy_root(g, kappa * d.c, r), idle = 1 - q;
    const double off = x - q;
    (off < 0 ? low : high) = x;
    const double bend = kappa * d.slope * q * idle / (g * idle * idle + kappa * d.c);
    const double next = x - off / (1 + bend);
    // The error of a step is about the square of the step: this leaves 1e-10 of the idle time.
    if (std::abs(next - x) <= 1e-5 * idle) {
      x = std::clamp(next, low, high);
      break;
    }
    x = next > low && next < high ? next : 0.5 * (low + high);
  }
  return busy_at(tables, officers, kappa, std::min(x, nearly_all));
}

/// The same, from the tables of a service where there are any.
Busy solve(const DelayTables& tables, const DelayTables::Inverse* inverse, std::uint16_t officers,
           double kappa, double k, double r) {
  const double g = officers + k, free = r / g;
  if (inverse == nullptr || free >= inverse_reach || free < tables.quiet_below(officers)) {
    return solve_exactly(tables, officers, kappa, k, r);
  }
  const double place = free * (inverse_cells / inverse_reach);
  const auto i = static_cast<std::size_t>(place);
  const DelayTables::Node* node =
      inverse->nodes.data() + inverse->first[officers] + (k > 0 ? inverse_cells + 1 : 0) + i;
  const double odds = between(node[0], node[1], place - static_cast<double>(i));
  return busy_at(tables, officers, kappa, odds / (1 + odds));
}

/// Seconds until `ahead` persons have been served, from `t` seconds after midnight on.
double drain_s(double ahead, double t, const HourlyOfficers& officers, double service_s) {
  double waited = 0;
  for (int steps = 0; steps < 26 && waited < longest_wait_s; ++steps) {
    const auto hour = static_cast<std::size_t>(t / 3600);
    const double left = 3600 * static_cast<double>(hour + 1) - t;
    const double rate = officers[hour % 24] / service_s;
    if (rate > 0 && ahead <= rate * left) return std::min(waited + ahead / rate, longest_wait_s);
    ahead -= rate * left;
    waited += left;
    t += left;
  }
  return longest_wait_s;
}

/// The spread of single waits of those who come in one bin.
struct Spread {
  double delay = 0;          ///< chance of a wait
  double low = 0, high = 0;  ///< backlog part
  double mean = 0;           ///< of the exponential part
};

/// Adds the persons who wait longer than each edge.
void spread_over(std::array<double, n_wait_bins>& above, double persons, const Spread& s) {
  static constexpr auto edges = wait_bin_edges();
  const Decay& decayed = decay();
  const double waiting = persons * s.delay, width = s.high - s.low;
  const double rate = s.mean > 0 ? 1 / s.mean : 1e30;
  const bool even = width > 1e-6 * (s.high + 1);
  const double per_width = even ? 1 / width : 0;
  for (std::size_t i = 0; i + 1 < n_wait_bins; ++i) {
    const double t = edges[i];
    double longer = 1;  // share of those who wait
    if (t > s.low) {
      if (even) {
        const double to = std::min(t, s.high);
        longer =
            1 - ((to - s.low) - s.mean * (decayed((t - to) * rate) - decayed((t - s.low) * rate))) *
                    per_width;
      } else {
        longer = decayed((t - s.low) * rate);
      }
    }
    const double n = waiting * longer;
    if (n < 1e-5) break;
    above[i] += n;
  }
}

struct Sums {
  double persons = 0, wait = 0, overflow = 0;
  std::array<double, n_wait_bins> above{};  ///< persons who wait longer than the upper edge
};

void count(Sums& sums, double persons, double wait, double wait0, double wait1,
           const Spread& spread, double limit) {
  sums.persons += persons;
  if (!(spread.delay > 0)) return;
  sums.wait += persons * wait;
  const double least = std::min(wait0, wait1), most = std::max(wait0, wait1);
  if (most > limit) {
    sums.overflow += persons * (least >= limit ? 1.0 : (most - limit) / (most - least));
  }
  spread_over(sums.above, persons, spread);
}

/// Whole persons from expected ones, from the longest wait down so that the sum is exact.
LaneDay rounded(const Sums& sums, double phase) {
  LaneDay day;
  day.persons = static_cast<std::int64_t>(std::floor(sums.persons + 0.5));
  day.wait_person_seconds = static_cast<std::int64_t>(sums.wait + phase);
  day.overflow_persons = std::min(day.persons, static_cast<std::int64_t>(sums.overflow + phase));
  std::int64_t over = day.persons;
  for (std::size_t i = 0; i < n_wait_bins; ++i) {
    const auto above = std::min(over, static_cast<std::int64_t>(sums.above[i] + phase));
    day.histogram[i] = over - above;
    over = above;
  }
  return day;
}

}  // namespace

DelayTables::DelayTables(std::span<const std::uint16_t> officers, std::span<const Service> services)
    : first_(most_officers + 1, missing), quiet_(most_officers + 1, 0) {
  for (const std::uint16_t c : officers) {
    if (c > most_officers) {
      throw std::invalid_argument("DelayTables: a lane has at most 1000 officers");
    }
    if (c == 0 || first_[c] != missing) continue;
    first_[c] = static_cast<std::uint32_t>(nodes_.size());
    const double servers = c;
    for (std::size_t i = 0; i <= delay_cells; ++i) {
      const double x = static_cast<double>(i) / cells, load = servers * x;
      if (i == 0) {
        nodes_.push_back({0, c == 1 ? 1 / cells : 0});
        continue;
      }
      if (i == delay_cells) {
        // dC/dx at x = 1: C = B / (1 - x (1 - B)) has value 1 and slope (1 - B) / B there, as dB
        // drops out.
        const double b = erlang_b(c, servers);
        nodes_.push_back({1, (1 - b) / b / cells});
        continue;
      }
      // dB/da = B (c / a - 1 + B), Jagerman (1974); C = B / D, D = 1 - x (1 - B).
      const double b = erlang_b(c, load), slope_b = servers * b * (servers / load - 1 + b);
      const double d = 1 - x * (1 - b), slope_d = -(1 - b) + x * slope_b;
      nodes_.push_back({b / d, (slope_b * d - b * slope_d) / (d * d) / cells});
    }
    double x = 0;
    while (x + 1 / cells < 1 && at(c, x + 1 / cells).c < quiet) x += 1 / cells;
    quiet_[c] = x;
  }
  for (const Service& service : services) add_inverse(service);
}

void DelayTables::add_inverse(const Service& service) {
  if (inverse(service) != nullptr) return;
  Inverse table{service, std::vector<std::uint32_t>(most_officers + 1, missing), {}};
  const double kappa = 0.5 * (1 + service.cv * service.cv);
  for (std::uint16_t c = 1; c <= most_officers; ++c) {
    if (!has(c)) continue;
    table.first[c] = static_cast<std::uint32_t>(table.nodes.size());
    for (const double k : {0.0, c * bin_s / service.mean_s}) {
      const double step = (c + k) * inverse_reach / inverse_cells;
      for (std::size_t i = 0; i <= inverse_cells; ++i) {
        const Busy busy = solve_exactly(*this, c, kappa, k, step * static_cast<double>(i));
        const double per_idle = 1 / (1 - busy.x);
        table.nodes.push_back({busy.x * per_idle, step * per_idle * per_idle / (busy.slope + k)});
      }
    }
  }
  inverses_.push_back(std::move(table));
}

const DelayTables::Inverse* DelayTables::inverse(const Service& service) const {
  for (const Inverse& table : inverses_) {
    if (table.service.mean_s == service.mean_s && table.service.cv == service.cv) return &table;
  }
  return nullptr;
}

DelayTables::Delay DelayTables::at(std::uint16_t officers, double x) const {
  const double place = x * cells;
  const auto i = std::min(static_cast<std::size_t>(place), delay_cells - 1);
  const double t = place - static_cast<double>(i);
  const Node& p = nodes_[first_[officers] + i];
  const Node& q = nodes_[first_[officers] + i + 1];
  // Cubic of Hermite between the nodes.
  const double rise = q.value - p.value, bend = p.step + q.step - 2 * rise, lean = rise - p.step;
  return {p.value + t * (p.step + t * (lean - bend * (1 - t))),
          cells * (p.step + t * (2 * lean - bend * (2 - 3 * t)))};  // as between(), and its slope
}

LaneDay run_lane(const DelayTables& tables, const QueueSettings& settings,
                 std::span<const std::uint32_t, n_bins> arrivals, const HourlyOfficers& officers,
                 double& in_system, double phase, std::span<BinTrace> trace) {
  const double service_s = settings.service.mean_s;
  const double kappa = 0.5 * (1 + settings.service.cv * settings.service.cv);
  const DelayTables::Inverse* inverse = tables.inverse(settings.service);
  double length = in_system;
  std::uint32_t any = 0;
  for (const std::uint32_t n : arrivals) any |= n;
  if (any == 0 && length < empty && trace.empty()) return {};
  Sums sums;
  Busy busy;
  bool known = false;  // whether `busy` belongs to `length` and the officers of this bin
  for (std::size_t bin = 0; bin < n_bins; ++bin) {
    const double persons = arrivals[bin];
    if (persons == 0 && length < empty) {
      if (!trace.empty()) trace[bin] = {0, 0, 0, length};
      length = 0;
      known = false;
      continue;
    }
    const std::uint16_t c = officers[bin / 4];
    const double start = bin_s * static_cast<double>(bin), end = start + bin_s;
    const double coming = persons * settings.weight, all = length + coming;

    if (c == 0) {
      // Nobody is served. Everybody waits for the next hour with officers, behind all who are
      // there.
      const double wait0 = drain_s(length, start, officers, service_s),
                   wait1 = drain_s(all, end, officers, service_s);
      count(sums, persons, 0.5 * (wait0 + wait1), wait0, wait1,
            {1, std::min(wait0, wait1), std::max(wait0, wait1), 0}, settings.overflow_wait_s);
      length = all;
      known = false;
      if (!trace.empty()) trace[bin] = {persons, 0.5 * (wait0 + wait1), length, 0};
      continue;
    }

    const double servers = c, k = servers * bin_s / service_s;
    if (bin % 4 == 0 && bin > 0 && officers[bin / 4 - 1] != c) known = false;
    const Busy before = known ? busy : solve(tables, inverse, c, kappa, 0, length);
    busy = solve(tables, inverse, c, kappa, k, all);
    known = true;
    double after = std::max(0.0, all - k * busy.x);

    if (before.delay == 0 && busy.delay == 0) {  // nobody waits
      sums.persons += persons;
      if (!trace.empty()) trace[bin] = {persons, 0, after, all - after};
      length = after;
      continue;
    }

    // The random part of the queue, and the backlog beyond it.
    const double load = coming / k;
    double steady_waiting = walk_mean * std::sqrt(2 * kappa * k), steady_length = 0;
    if (load < 1) {
      const double chance = load > 0 ? tables.at(c, load).c : 0.0;
      steady_waiting = kappa * chance * load / (1 - load);
      steady_length = servers * load + steady_waiting;
    }
    const double relax = busy.slope / (busy.slope + k);
    double weight0 = relax / (1 + relax);  // of the bin's start in its mean
    if (busy.waiting > steady_waiting * (1 + 1e-9)) {
      const double backlog = 1 - steady_waiting / busy.waiting;
      const double corrected =
          std::max(after - k * (1 - busy.x) * backlog, std::min(after, steady_length));
      if (corrected < after * (1 - 1e-6)) {
        after = corrected;
        busy = solve(tables, inverse, c, kappa, 0, after);
      }
    }
    const double waiting = weight0 * before.waiting + (1 - weight0) * busy.waiting;
    double backlog = 0;
    if (waiting > steady_waiting) {
      backlog = 1 - steady_waiting / waiting;
      if (load < 1 && after < length) {
        // A backlog that ends within the bin fills only that part of it.
        const double until_end = (length - steady_length) / (k * (1 - load));
        weight0 = std::max(weight0, 0.5 * backlog * std::clamp(until_end, 0.0, 1.0));
      }
    }
    const double wait0 =
        before.x > 0 ? drain_s(before.waiting / before.x, start, officers, service_s) : 0.0;
    const double wait1 =
        busy.x > 0 ? drain_s(busy.waiting / busy.x, end, officers, service_s) : 0.0;
    const double wait = weight0 * wait0 + (1 - weight0) * wait1;
    Spread spread;
    spread.delay = std::max(weight0 * before.delay + (1 - weight0) * busy.delay, 1e-12);
    const double centre = backlog * wait / spread.delay,
                 half = weight0 * backlog * std::abs(wait1 - wait0) / spread.delay;
    spread.low = std::max(0.0, centre - half);
    spread.high = centre + half;
    spread.mean = (1 - backlog) * wait / spread.delay;
    count(sums, persons, wait, wait0, wait1, spread, settings.overflow_wait_s);
    if (!trace.empty()) trace[bin] = {persons, wait, after, all - after};
    length = after;
  }
  in_system = length;
  return rounded(sums, phase);
}

double rounding_phase(std::uint32_t post, std::uint32_t lane, std::int32_t day) {
  // SplitMix64's finaliser (Steele, Lea, Flood 2014) spreads lanes; the golden ratio spreads the
  // days of a lane.
  std::uint64_t z = (std::uint64_t{post} * n_lanes + lane + 1) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  z = (z ^ (z >> 31)) +
      static_cast<std::uint64_t>(static_cast<std::int64_t>(day)) * 0x9E3779B97F4A7C15ULL;
  return static_cast<double>(z >> 11) * 0x1p-53;
}

}  // namespace corridor::control
