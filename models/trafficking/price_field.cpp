// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/price_field.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

constexpr double unknown_income = 3000;

/// Sum of squared misses in logs, and their derivatives by (ln k, g, h).
struct Misses {
  Eigen::VectorXd residual;
  Eigen::MatrixXd slope;
};

Misses misses(double source_price, std::span<const PricePoint> points, const Eigen::Vector3d& at) {
  const auto n = static_cast<Eigen::Index>(points.size());
  Misses out{Eigen::VectorXd(n), Eigen::MatrixXd(n, 3)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const PricePoint& p = points[static_cast<std::size_t>(i)];
    const double log_km = sim::log(p.km / 1000), log_income = sim::log(p.income_usd / 10'000);
    const double added = sim::exp(at[0] + at[1] * log_km + at[2] * log_income);
    const double price = source_price + added;
    const double weight = added / price;  // d ln p / d (exponent)
    out.residual[i] = sim::log(p.usd_kg) - sim::log(price);
    out.slope(i, 0) = weight;
    out.slope(i, 1) = weight * log_km;
    out.slope(i, 2) = weight * log_income;
  }
  return out;
}

}  // namespace

double field_price(double source_price, double markup, double distance_exponent,
                   double income_exponent, double km, double income_usd) {
  return source_price + markup * sim::pow(std::max(km, 1.0) / 1000, distance_exponent) *
                            sim::pow(income_usd / 10'000, income_exponent);
}

PriceFit fit_prices(double source_price, std::span<const PricePoint> points) {
  if (points.size() < 3) throw std::invalid_argument("a fit of three numbers needs three prices");
  for (const PricePoint& p : points) {
    if (!(p.km > 0 && p.income_usd > 0 && p.usd_kg > 0 && source_price >= 0)) {
      throw std::invalid_argument("prices, distances and incomes of a fit are above 0");
    }
  }
  Eigen::Vector3d at(sim::log(4000.0), 1, 0.3);
  PriceFit fit;
  Misses now = misses(source_price, points, at);
  for (; fit.rounds < 200; ++fit.rounds) {
    const Eigen::Vector3d step =
        (now.slope.transpose() * now.slope).ldlt().solve(now.slope.transpose() * now.residual);
    double scale = 1;
    Misses then = misses(source_price, points, at + step);
    while (!(then.residual.squaredNorm() <= now.residual.squaredNorm()) && scale > 1e-9) {
      scale /= 2;
      then = misses(source_price, points, at + scale * step);
    }
    if (!(then.residual.squaredNorm() <= now.residual.squaredNorm())) break;
    at += scale * step;
    now = std::move(then);
    if (scale * step.norm() < 1e-12) break;
  }
  fit.markup_usd_kg = sim::exp(at[0]);
  fit.distance_exponent = at[1];
  fit.income_exponent = at[2];
  fit.rms_log = std::sqrt(now.residual.squaredNorm() / static_cast<double>(points.size()));
  for (const PricePoint& p : points) {
    fit.predicted.push_back(field_price(source_price, fit.markup_usd_kg, fit.distance_exponent,
                                        fit.income_exponent, p.km, p.income_usd));
  }
  return fit;
}

std::vector<double> base_prices(const TraffickingActors& actors, const world::World& world,
                                std::size_t substance) {
  const Substance& s = actors.substances[substance];
  std::vector<double> out(world.countries.size(), 0);
  for (std::size_t c = 0; c < out.size(); ++c) {
    const world::Country& here = world.countries[c];
    double km = std::numeric_limits<double>::infinity();
    bool made_here = false;
    for (const Source& source : actors.sources) {
      if (source.substance_row != substance) continue;
      const world::Country& there = world.countries[source.country];
      made_here = made_here || source.country == c;
      km = std::min(km, world::great_circle_km(here.lat, here.lon, there.lat, there.lon));
    }
    const double income = here.gdp_per_capita_usd > 0 ? here.gdp_per_capita_usd : unknown_income;
    out[c] = made_here || !std::isfinite(km)
                 ? s.source_price_usd_kg
                 : field_price(s.source_price_usd_kg, s.markup_usd_kg, s.distance_exponent,
                               s.income_exponent, km, income);
    const std::uint32_t market = actors.market_of[substance][c];
    if (market != world::none && actors.markets[market].price_usd_kg > 0) {
      out[c] = actors.markets[market].price_usd_kg;
    }
  }
  return out;
}

double relative_price(double delivered_kg, double demand_kg, double elasticity) {
  if (!(demand_kg > 0)) return 1;
  if (!(delivered_kg > 0)) return 4;
  return std::clamp(sim::pow(delivered_kg / demand_kg, 1 / elasticity), 0.25, 4.0);
}

}  // namespace corridor::trafficking
