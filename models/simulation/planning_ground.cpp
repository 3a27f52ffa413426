// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/planning_ground.hpp"

#include <algorithm>
#include <map>

#include "models/control/regime.hpp"

namespace corridor::simulation {
namespace {

using cooperation::TargetKind;

static_assert(static_cast<int>(TargetKind::air) == static_cast<int>(control::PlaceKind::air) &&
              static_cast<int>(TargetKind::land) == static_cast<int>(control::PlaceKind::land) &&
              static_cast<int>(TargetKind::sea) == static_cast<int>(control::PlaceKind::sea));

/// A tenth of so many, at least one of any.
std::size_t tenth(std::size_t n) { return (n + 9) / 10; }

/// Officers of all lanes, hours and months.
std::int64_t staff_of(const ControlTables& control, std::uint32_t post) {
  std::int64_t sum = 0;
  for (std::uint32_t month = 0; month < 12; ++month) {
    for (std::uint32_t lane = 0; lane < control::n_lanes; ++lane) {
      for (const std::uint16_t n : control.hours(month, post, lane)) sum += n;
    }
  }
  return sum;
}

std::int32_t rank_airports(const ControlTables& control, cooperation::Ground& ground) {
  std::map<std::uint32_t, std::int64_t> staff;
  for (std::uint32_t p = 0; p < ground.posts.size(); ++p) {
    if (ground.posts[p].kind == TargetKind::air) {
      staff[ground.posts[p].place] += staff_of(control, p);
    }
  }
  std::vector<std::pair<std::int64_t, std::uint32_t>> order;
  for (const auto& [place, n] : staff) order.emplace_back(-n, place);
  std::sort(order.begin(), order.end());
  order.resize(tenth(order.size()));
  for (cooperation::PostPlace& post : ground.posts) {
    if (post.kind != TargetKind::air) continue;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
      if (order[rank].second == post.place) post.hub_rank = static_cast<std::int32_t>(rank);
    }
  }
  return static_cast<std::int32_t>(order.size());
}

std::int32_t rank_ports(cooperation::Ground& ground) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t p = 0; p < ground.customs.size(); ++p) {
    const cooperation::CustomsPlace& post = ground.customs[p];
    if (post.sea && post.inspections_day > 0) order.emplace_back(-post.inspections_day, p);
  }
  std::sort(order.begin(), order.end());
  order.resize(tenth(order.size()));
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    ground.customs[order[rank].second].hub_rank = static_cast<std::int32_t>(rank);
  }
  return static_cast<std::int32_t>(order.size());
}

}  // namespace

cooperation::Ground planning_ground(const ControlTables& control,
                                    const control::ControlParams& params, std::size_t n_countries,
                                    const cargo::CargoTables* customs,
                                    const cargo::CargoParams& goods, double scale) {
  cooperation::Ground ground;
  ground.n_countries = n_countries;
  ground.income_class.assign(n_countries, 0);
  for (const PostRow& row : control.posts) ground.income_class[row.country] = row.income_class;
  ground.reviewers_per_place = params.reviewers_per_place;
  ground.inspection_minutes_goods = goods.inspection_minutes;
  ground.goods_scale = scale;
  for (const PostRow& row : control.posts) {
    ground.posts.push_back({row.country, TargetKind{row.kind}, row.places, -1, row.place,
                            row.income_class + 1U < control::n_income_classes});
  }
  ground.n_hub_airports = rank_airports(control, ground);
  if (customs == nullptr) return ground;
  for (std::uint32_t p = 0; p < customs->posts.size(); ++p) {
    const cargo::CustomsPost& post = customs->posts[p];
    ground.customs.push_back({cargo::CargoTables::country_of(p),
                              post.rows_day * post.inspected_share / scale, -1,
                              cargo::CargoTables::mode_of(p) == cargo::Mode::container,
                              post.income_class != cargo::IncomeClass::high});
  }
  ground.n_hub_ports = rank_ports(ground);
  return ground;
}

}  // namespace corridor::simulation
