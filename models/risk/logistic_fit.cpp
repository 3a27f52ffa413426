// SPDX-License-Identifier: Apache-2.0
#include "models/risk/logistic_fit.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <bit>
#include <cmath>

#include "models/risk/argument.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

constexpr double runaway = 30;  // log-odds beyond which nothing is learnt: p < 1e-13

double real(std::int64_t v) { return static_cast<double>(v); }

/// hits * eta - rows * ln(1 + exp(eta)), without overflow.
double term(std::int64_t hits, std::int64_t rows, double eta) {
  const double softplus = std::max(eta, 0.0) + sim::log1p(sim::exp(-std::abs(eta)));
  return real(hits) * eta - real(rows) * softplus;
}

/// Position 0 is the intercept, position j + 1 the coefficient of rule j.
class Problem {
 public:
  Problem(const FiredPatterns& patterns, const LogisticOptions& options)
      : patterns_(patterns), options_(options), size_(patterns.n_rules + 1) {
    for (std::size_t p = 0; p < patterns.size(); ++p) {
      starts_.push_back(positions_.size());
      positions_.push_back(0);
      for (std::size_t w = 0; w < patterns.words(); ++w) {
        for (std::uint64_t b = patterns.bits[p * patterns.words() + w]; b != 0; b &= b - 1) {
          positions_.push_back(static_cast<std::uint32_t>(
              64 * w + static_cast<std::size_t>(std::countr_zero(b)) + 1));
        }
      }
    }
    starts_.push_back(positions_.size());
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] int sign(std::size_t at) const {
    return at == 0 || options_.signs.empty() ? 0 : static_cast<int>(options_.signs[at - 1]);
  }
  [[nodiscard]] bool fixed(std::size_t at) const {
    return at > 0 && !options_.fixed.empty() && options_.fixed[at - 1].has_value();
  }
  [[nodiscard]] double ridge(std::size_t at) const { return at == 0 ? 0 : options_.ridge; }

  [[nodiscard]] double likelihood(const std::vector<double>& b) const {
    double sum = 0;
    for (std::size_t p = 0; p < patterns_.size(); ++p) {
      sum += term(patterns_.hits[p], patterns_.rows[p], eta(p, b));
    }
    return sum;
  }
  [[nodiscard]] double objective(const std::vector<double>& b) const {
    double penalty = 0;
    for (std::size_t j = 1; j < size_; ++j) {
      if (!fixed(j)) penalty += b[j] * b[j];
    }
    return likelihood(b) - 0.5 * options_.ridge * penalty;
  }
  /// Gradient of the objective, and its negative curvature (lower triangle).
  void derive(const std::vector<double>& b, Eigen::VectorXd& gradient,
              Eigen::MatrixXd& curvature) const {
    const auto n = static_cast<Eigen::Index>(size_);
    gradient.setZero(n);
    curvature.setZero(n, n);
    for (std::size_t p = 0; p < patterns_.size(); ++p) {
      const double probability = 1 / (1 + sim::exp(-eta(p, b))), rows = real(patterns_.rows[p]);
      const double residual = real(patterns_.hits[p]) - rows * probability;
      const double weight = rows * probability * (1 - probability);
      for (std::size_t i = starts_[p]; i < starts_[p + 1]; ++i) {
        gradient[positions_[i]] += residual;
        for (std::size_t j = starts_[p]; j <= i; ++j) {
          curvature(positions_[i], positions_[j]) += weight;
        }
      }
    }
    for (std::size_t j = 1; j < size_; ++j) {
      const auto at = static_cast<Eigen::Index>(j);
      gradient[at] -= options_.ridge * b[j];
      curvature(at, at) += options_.ridge;
    }
  }

 private:
  [[nodiscard]] double eta(std::size_t pattern, const std::vector<double>& b) const {
    double sum = 0;
    for (std::size_t i = starts_[pattern]; i < starts_[pattern + 1]; ++i) sum += b[positions_[i]];
    return sum;
  }

  const FiredPatterns& patterns_;
  const LogisticOptions& options_;
  std::size_t size_;
  std::vector<std::size_t> starts_;       // [pattern] into positions_
  std::vector<std::uint32_t> positions_;  // of the intercept and of the rules that fired
};

/// The curvature of the free coefficients, scaled to a diagonal of 1, factorised.
class FreeSystem {
 public:
  FreeSystem(const Eigen::MatrixXd& curvature, const std::vector<bool>& free) {
    for (std::size_t j = 0; j < free.size(); ++j) {
      if (free[j]) positions_.push_back(static_cast<Eigen::Index>(j));
    }
    const auto n = static_cast<Eigen::Index>(positions_.size());
    scale_.resize(n);
    Eigen::MatrixXd m(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
      const double diagonal = curvature(at(i), at(i));
      scale_[i] = diagonal > 0 ? 1 / std::sqrt(diagonal) : 0;
    }
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j <= i; ++j) {
        m(i, j) = m(j, i) = scale_[i] * scale_[j] * curvature(at(i), at(j));
      }
    }
    factors_.compute(m);
  }

  /// False when some combination of the free coefficients changes nothing.
  [[nodiscard]] bool regular() const {
    return factors_.info() == Eigen::Success && (factors_.vectorD().array() > 1e-10).all();
  }
  [[nodiscard]] Eigen::VectorXd solve(const Eigen::VectorXd& full) const {
    Eigen::VectorXd right(scale_.size());
    for (Eigen::Index i = 0; i < right.size(); ++i) right[i] = scale_[i] * full[at(i)];
    const Eigen::VectorXd x = factors_.solve(right);
    Eigen::VectorXd step = Eigen::VectorXd::Zero(full.size());
    for (Eigen::Index i = 0; i < x.size(); ++i) step[at(i)] = scale_[i] * x[i];
    return step;
  }

 private:
  [[nodiscard]] Eigen::Index at(Eigen::Index i) const {
    return positions_[static_cast<std::size_t>(i)];
  }

  std::vector<Eigen::Index> positions_;
  Eigen::VectorXd scale_;
  Eigen::LDLT<Eigen::MatrixXd> factors_;
};

void check(const FiredPatterns& p, const LogisticOptions& o) {
  demand(o.ridge >= 0 && std::isfinite(o.ridge), "a ridge must be finite and at least 0");
  demand(o.signs.empty() || o.signs.size() == p.n_rules, "signs must be as many as rules");
  demand(o.fixed.empty() || o.fixed.size() == p.n_rules, "fixed weights must be as many as rules");
  demand(o.most_iterations >= 1, "a fit needs at least one iteration");
  demand(o.tolerance > 0, "a tolerance must be above 0");
  for (std::size_t j = 0; j < o.fixed.size(); ++j) {
    if (!o.fixed[j]) continue;
    demand(std::isfinite(*o.fixed[j]), "a fixed weight must be finite");
    demand(o.signs.empty() || static_cast<int>(o.signs[j]) * *o.fixed[j] >= 0,
           "a fixed weight goes against its sign");
  }
}

/// The state of the search; see "Method" in the header.
class Search {
 public:
  Search(const Problem& problem, double tolerance, std::vector<double> start)
      : problem_(problem), tolerance_(tolerance), b_(std::move(start)), free_(problem.size()) {
    for (std::size_t j = 0; j < free_.size(); ++j) free_[j] = !problem.fixed(j);
  }

  /// One Newton step; true when the optimum is reached.
  bool advance() {
    problem_.derive(b_, gradient_, curvature_);
    Eigen::VectorXd step = newton_step();
    step_size_ = step.cwiseAbs().maxCoeff();
    if (step_size_ <= tolerance_) return !let_one_go();
    move(step);
    return false;
  }

  [[nodiscard]] const std::vector<double>& weights() const { return b_; }
  [[nodiscard]] double step_size() const { return step_size_; }
  [[nodiscard]] bool held(std::size_t j) const { return !free_[j] && !problem_.fixed(j); }
  [[nodiscard]] bool ran_away() const {
    return std::any_of(b_.begin(), b_.end(), [](double v) { return !(std::abs(v) <= runaway); });
  }
  [[nodiscard]] double largest_gradient() const {
    double largest = 0;
    for (std::size_t j = 0; j < free_.size(); ++j) {
      if (free_[j]) largest = std::max(largest, std::abs(gradient(j)));
    }
    return largest;
  }
  /// sqrt of the diagonal of the inverse curvature; 0 where not free, or when it is singular.
  [[nodiscard]] std::vector<double> errors() const {
    std::vector<double> e(free_.size(), 0);
    const FreeSystem system(curvature_, free_);
    if (!system.regular()) return e;
    for (std::size_t j = 0; j < free_.size(); ++j) {
      if (!free_[j]) continue;
      Eigen::VectorXd unit = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(free_.size()));
      unit[static_cast<Eigen::Index>(j)] = 1;
      e[j] = std::sqrt(system.solve(unit)[static_cast<Eigen::Index>(j)]);
    }
    return e;
  }

 private:
  [[nodiscard]] double gradient(std::size_t j) const {
    return gradient_[static_cast<Eigen::Index>(j)];
  }

  /// The step of the free coefficients; those at 0 that it would push to the wrong side are held.
  Eigen::VectorXd newton_step() {
    for (;;) {
      const FreeSystem system(curvature_, free_);
      if (!system.regular()) {
        throw FitError(
            "cannot fit: some rules always fire together, never, or always, and cannot be told "
            "apart; use a ridge above 0");
      }
      Eigen::VectorXd step = system.solve(gradient_);
      bool blocked = false;
      for (std::size_t j = 0; j < free_.size(); ++j) {
        const int sign = problem_.sign(j);
        if (!free_[j] || sign == 0 || b_[j] != 0) continue;
        if (sign * step[static_cast<Eigen::Index>(j)] >= 0) continue;
        free_[j] = false;
        blocked = true;
      }
      if (!blocked) return step;
    }
  }

  /// Of the held, frees the one that gains most; false when none would gain.
  bool let_one_go() {
    std::size_t best = 0;
    double most = 0;
    for (std::size_t j = 1; j < free_.size(); ++j) {
      if (!held(j)) continue;
      // The gain is about gradient^2 / (2 curvature); the step gradient / curvature must count.
      const double pull = problem_.sign(j) * gradient(j);
      const double curvature =
          curvature_(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(j));
      if (pull <= 0 || pull <= 100 * tolerance_ * curvature) continue;
      if (pull * pull / curvature > most) {
        most = pull * pull / curvature;
        best = j;
      }
    }
    if (best != 0) free_[best] = true;
    return best != 0;
  }

  void move(const Eigen::VectorXd& step) {
    double length = 1;
    std::size_t stopped_by = 0;  // 0 = none: the intercept has no sign
    for (std::size_t j = 1; j < free_.size(); ++j) {
      const double s = step[static_cast<Eigen::Index>(j)];
      if (!free_[j] || problem_.sign(j) == 0 || problem_.sign(j) * (b_[j] + s) >= 0) continue;
      if (-b_[j] / s < length) {
        length = -b_[j] / s;
        stopped_by = j;
      }
    }
    const double before = problem_.objective(b_), slope = gradient_.dot(step);
    const double noise = 1e-13 * std::abs(before);  // rounding of the sum
    std::vector<double> tried(b_.size());
    for (int halvings = 0;; ++halvings) {
      for (std::size_t j = 0; j < b_.size(); ++j) {
        tried[j] = b_[j] + length * step[static_cast<Eigen::Index>(j)];
      }
      if (stopped_by != 0) tried[stopped_by] = 0;
      if (halvings == 60 || problem_.objective(tried) >= before + 1e-4 * length * slope - noise) {
        break;
      }
      length *= 0.5;
      stopped_by = 0;
    }
    b_ = tried;
    if (stopped_by != 0) free_[stopped_by] = false;
  }

  const Problem& problem_;
  double tolerance_;
  std::vector<double> b_;
  std::vector<bool> free_;
  Eigen::VectorXd gradient_;
  Eigen::MatrixXd curvature_;
  double step_size_ = 0;
};

}  // namespace

LogisticFit fit_logistic(const FiredPatterns& patterns, const LogisticOptions& options) {
  check(patterns, options);
  LogisticFit fit;
  for (std::size_t p = 0; p < patterns.size(); ++p) {
    fit.rows += patterns.rows[p];
    fit.hits += patterns.hits[p];
  }
  if (fit.rows == 0) throw FitError("cannot fit: there are no rows");
  if (fit.hits == 0 || fit.hits == fit.rows) {
    throw FitError(fmt::format("cannot fit: {} of {} rows are hits; a fit needs rows of both kinds",
                               fit.hits, fit.rows));
  }
  const Problem problem(patterns, options);
  std::vector<double> start(problem.size(), 0);
  start[0] = sim::log(real(fit.hits) / real(fit.rows - fit.hits));
  fit.null_log_likelihood = term(fit.hits, fit.rows, start[0]);
  for (std::size_t j = 1; j < problem.size(); ++j) {
    if (problem.fixed(j)) start[j] = *options.fixed[j - 1];
  }
  Search search(problem, options.tolerance, start);
  while (!fit.converged && fit.iterations < options.most_iterations) {
    ++fit.iterations;
    fit.converged = search.advance();
    fit.largest_step = search.step_size();
    if (!fit.converged && options.ridge == 0 && search.ran_away()) {
      fit.separated = true;
      break;
    }
  }
  const std::vector<double>& b = search.weights();
  const std::vector<double> errors = search.errors();
  fit.intercept = b[0];
  fit.intercept_error = errors[0];
  fit.coefficient.assign(b.begin() + 1, b.end());
  fit.standard_error.assign(errors.begin() + 1, errors.end());
  for (std::size_t j = 1; j < problem.size(); ++j) fit.held.push_back(search.held(j));
  fit.largest_gradient = search.largest_gradient();
  fit.log_likelihood = problem.likelihood(b);
  return fit;
}

double log_likelihood(const FiredPatterns& patterns, double intercept,
                      const std::vector<double>& coefficient) {
  demand(coefficient.size() == patterns.n_rules, "weights must be as many as rules");
  const LogisticOptions options;
  std::vector<double> b{intercept};
  b.insert(b.end(), coefficient.begin(), coefficient.end());
  return Problem(patterns, options).likelihood(b);
}

WholeScores whole_scores(const LogisticFit& fit, const FiredPatterns& patterns) {
  WholeScores w;
  const auto whole = [&](double log_odds) {
    const double hundredths = std::round(100 * log_odds);
    const double kept = std::clamp(hundredths, -10'000.0, 10'000.0);
    w.clipped = w.clipped || kept != hundredths;
    return static_cast<std::int32_t>(kept);
  };
  w.base = whole(fit.intercept);
  std::vector<double> rounded;
  for (const double c : fit.coefficient) {
    w.score.push_back(whole(c));
    rounded.push_back(w.score.back() / 100.0);
  }
  w.log_likelihood = log_likelihood(patterns, w.base / 100.0, rounded);
  return w;
}

}  // namespace corridor::risk::stats
