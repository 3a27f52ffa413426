// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/mobilisation.hpp"

#include <algorithm>
#include <cmath>

#include "sim/math.hpp"
#include "sim/samplers.hpp"

namespace corridor::fighters {
namespace {

// Ids of streams and of countries stand above those of people, which are below 2^40.
constexpr std::uint64_t stream_id = std::uint64_t{1} << 40;
constexpr std::uint64_t country_id = std::uint64_t{1} << 41;

/// First and second moments of (x, n) from day to day, third cumulants left out.
struct Moments {
  double x = 0, n = 0;            // means
  double xx = 0, xn = 0, nn = 0;  // variance, covariance, variance

  void step(double base, const Excitation& how) {
    const double r = how.keep, g = how.branching * (1 - r);
    double a = 1, c = 0;  // how the intensity answers to x and to n
    double intensity = base + x;
    if (how.pool > 0) {
      a = std::max(0.0, 1 - n / how.pool);
      c = -(base + x) / how.pool;
      intensity = std::max(0.0, (base + x) * a - xn / how.pool);
    }
    const double p = r + g * a, q = g * c;  // x' = p x + q n + g e
    const double s = a, t = 1 + c;          // n' = s x + t n + e
    const double new_xx = p * p * xx + 2 * p * q * xn + q * q * nn + g * g * intensity;
    const double new_xn = p * s * xx + (p * t + q * s) * xn + q * t * nn + g * intensity;
    const double new_nn = s * s * xx + 2 * s * t * xn + t * t * nn + intensity;
    xx = new_xx;
    xn = new_xn;
    nn = new_nn;
    x = r * x + g * intensity;
    n += intensity;
  }
};

double expected_total(std::span<const double> shape, double base, const Excitation& how) {
  Moments m;
  for (const double h : shape) m.step(base * h, how);
  return m.n;
}

}  // namespace

double mean_party(double companion) {
  double sum = 0, chance = 1;
  for (int k = 0; k < most_in_party; ++k, chance *= companion) sum += chance;
  return sum;
}

std::vector<PathPoint> expected_path(std::span<const double> shape, double base,
                                     const Excitation& how) {
  std::vector<PathPoint> out;
  out.reserve(shape.size());
  Moments m;
  for (const double h : shape) {
    m.step(base * h, how);
    out.push_back({m.x, m.n});
  }
  return out;
}

double base_for_total(std::span<const double> shape, double total, const Excitation& how) {
  if (total <= 0) return 0;
  if (how.pool <= 0) return total / expected_total(shape, 1, how);
  double low = 0, high = total;
  for (int k = 0; k < 60 && expected_total(shape, high, how) < total; ++k) high *= 2;
  // False position with Illinois' halving: the total grows with the base.
  double f_low = -total, f_high = expected_total(shape, high, how) - total;
  int side = 0;
  double base = high;
  for (int k = 0; k < 60; ++k) {
    base = (low * f_high - high * f_low) / (f_high - f_low);
    const double f = expected_total(shape, base, how) - total;
    if (std::abs(f) <= 1e-12 * total) break;
    if (f > 0) {
      high = base;
      f_high = f;
      if (side == 1) f_low /= 2;
      side = 1;
    } else {
      low = base;
      f_low = f;
      if (side == -1) f_high /= 2;
      side = -1;
    }
  }
  return base;
}

std::vector<double> country_shares(const Mobilisation& row, std::size_t row_number,
                                   const world::World& world, double population_exponent,
                                   sim::RunKey key) {
  std::vector<double> weight;
  double sum = 0;
  for (const std::uint16_t c : row.countries) {
    const sim::Block b = sim::draw(key, sim::Purpose::mobilisation,
                                   country_id | std::uint64_t{row_number} << 16 | c, 0);
    const double u = sim::uniform53(sim::bits64(b[0], b[1])) + 0x1p-54;
    weight.push_back(sim::pow(world.countries[c].population, population_exponent) *
                     sim::exp(row.concentration * sim::normal_quantile(u)));
    sum += weight.back();
  }
  for (double& w : weight) w /= sum;
  return weight;
}

std::vector<double> shape_of(const Mobilisation& row) {
  std::vector<double> shape;
  double sum = 0;
  for (std::int64_t d = row.from; d <= row.to; ++d) {
    const double z = static_cast<double>(d - row.peak) / (row.bell ? row.width_days : 1);
    shape.push_back(row.bell ? sim::exp(-0.5 * z * z) : 1.0);
    sum += shape.back();
  }
  for (double& h : shape) h /= sum;
  return shape;
}

Mobiliser::Mobiliser(const FightersParams& params, const FightersActors& actors,
                     const world::World& world, sim::RunKey key, const sim::Date& start)
    : key_(key), exciting_(params.process == "hawkes") {
  const std::int64_t day_0 = sim::day_number(start);
  const double party = mean_party(params.companion);
  for (std::size_t i = 0; i < actors.mobilisation.size(); ++i) {
    const Mobilisation& row = actors.mobilisation[i];
    shapes_.push_back(shape_of(row));
    first_day_.push_back(row.from - day_0);
    const std::vector<double> shares =
        country_shares(row, i, world, params.population_exponent, key);
    for (std::size_t k = 0; k < row.countries.size(); ++k) {
      Stream s;
      s.row = static_cast<std::uint16_t>(i);
      s.country = row.countries[k];
      s.total = s.base = params.flow * row.total * shares[k] / party;
      if (exciting_) {
        s.how.branching = params.branching;
        s.how.keep = 1 - 1 / params.memory_days;
        if (params.saturation > 0) s.how.pool = s.total / params.saturation;
        s.base = base_for_total(shapes_[i], s.total, s.how);
        const std::int64_t gone = std::min(-first_day_[i], row.to - row.from + 1);
        if (gone > 0) {
          s.at_start = expected_path(std::span(shapes_[i]).first(static_cast<std::size_t>(gone)),
                                     s.base, s.how)
                           .back();
        }
      }
      streams_.push_back(s);
    }
  }
}

double Mobiliser::shape(std::size_t row, std::int32_t day) const {
  const std::int64_t at = day - first_day_[row];
  const auto size = static_cast<std::int64_t>(shapes_[row].size());
  return at >= 0 && at < size ? shapes_[row][static_cast<std::size_t>(at)] : 0.0;
}

double Mobiliser::intensity(std::size_t stream, std::int32_t day, double excitation,
                            double parties) const {
  const Stream& s = streams_[stream];
  const std::int64_t at = day - first_day_[s.row];
  if (at < 0 || at >= static_cast<std::int64_t>(shapes_[s.row].size())) return 0;
  const double base = s.base * shape(s.row, day);
  if (!exciting_) return base;
  const double left = s.how.pool > 0 ? std::max(0.0, 1 - parties / s.how.pool) : 1.0;
  return (base + excitation) * left;
}

std::uint32_t Mobiliser::draw(std::size_t stream, std::int32_t day, double intensity) const {
  const Stream& s = streams_[stream];
  return sim::poisson(intensity, key_, sim::Purpose::mobilisation,
                      stream_id | std::uint64_t{s.row} << 16 | s.country, day);
}

}  // namespace corridor::fighters
