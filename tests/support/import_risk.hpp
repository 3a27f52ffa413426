// SPDX-License-Identifier: Apache-2.0
/// \file import_risk.hpp  Where travellers of a place end up, estimated from the traffic of links
/// alone.
///
/// Exit-probability model ("import risk", Klamser et al. 2024, PNAS Nexus): a walker follows links
/// in proportion to their traffic and leaves the network at node n with the share of n's traffic in
/// that of n and its descendants in the tree of shortest effective paths from the origin (effective
/// length 1 - ln P). An estimate of origin-destination flows that shares nothing with the demand
/// model, so that the two can be held side by side.
#pragma once

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <vector>

namespace corridor::test {

struct ImportRisk {
  Eigen::VectorXd risk;  ///< probability of ending at each node; sums to 1, zero at the origin
  Eigen::VectorXd exit;  ///< q(n | origin)
  std::vector<double> length;        ///< effective distance from the origin
  std::vector<Eigen::Index> parent;  ///< in the tree of shortest effective paths
};

/// \param flux symmetric traffic between nodes, zero on the diagonal; every node is reachable.
inline ImportRisk import_risk(const Eigen::MatrixXd& flux, Eigen::Index origin) {
  const Eigen::Index n = flux.rows();
  const Eigen::VectorXd total = flux.rowwise().sum();
  const auto transition = [&](Eigen::Index to, Eigen::Index from) {
    return flux(to, from) / total(from);
  };

  std::vector<double> length(static_cast<std::size_t>(n), std::numeric_limits<double>::infinity());
  std::vector<Eigen::Index> parent(static_cast<std::size_t>(n), -1), order;
  std::vector<bool> done(static_cast<std::size_t>(n), false);
  length[static_cast<std::size_t>(origin)] = 0;
  for (Eigen::Index step = 0; step < n; ++step) {
    Eigen::Index nearest = -1;
    for (Eigen::Index i = 0; i < n; ++i) {
      if (!done[static_cast<std::size_t>(i)] &&
          (nearest < 0 ||
           length[static_cast<std::size_t>(i)] < length[static_cast<std::size_t>(nearest)])) {
        nearest = i;
      }
    }
    done[static_cast<std::size_t>(nearest)] = true;
    order.push_back(nearest);
    for (Eigen::Index i = 0; i < n; ++i) {
      if (flux(i, nearest) <= 0 || done[static_cast<std::size_t>(i)]) continue;
      const double candidate =
          length[static_cast<std::size_t>(nearest)] + 1 - std::log(transition(i, nearest));
      if (candidate < length[static_cast<std::size_t>(i)]) {
        length[static_cast<std::size_t>(i)] = candidate;
        parent[static_cast<std::size_t>(i)] = nearest;
      }
    }
  }
  Eigen::VectorXd below = total;  // of a node and its descendants
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const Eigen::Index up = parent[static_cast<std::size_t>(*it)];
    if (up >= 0) below(up) += below(*it);
  }
  Eigen::VectorXd exit = total.cwiseQuotient(below);
  exit(origin) = 0;
  Eigen::MatrixXd walk(n, n);
  for (Eigen::Index m = 0; m < n; ++m) {
    for (Eigen::Index to = 0; to < n; ++to) walk(to, m) = transition(to, m) * (1 - exit(m));
  }
  const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(n, n);
  Eigen::MatrixXd start = Eigen::MatrixXd::Zero(n, 1);
  start(origin, 0) = 1;
  const Eigen::VectorXd visits = (identity - walk).partialPivLu().solve(start);
  return {exit.cwiseProduct(visits - start.col(0)), exit, length, parent};
}

}  // namespace corridor::test
