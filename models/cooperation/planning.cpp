// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/planning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "models/cooperation/coverage.hpp"
#include "models/cooperation/planning_draws.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace corridor::cooperation {
namespace {

std::int64_t thousandths(double x) { return static_cast<std::int64_t>(std::floor(1000 * x + 0.5)); }

}  // namespace

Planning::Planning(Ground ground, std::vector<Planner> planners, Operations operations,
                   sim::RunKey key)
    : ground_(std::move(ground)),
      planners_(std::move(planners)),
      operations_(std::move(operations)),
      key_(key),
      weight_(n_targets()),
      posts_of_(n_targets()) {
  constexpr double minutes_a_day = 24 * 60;
  for (std::uint32_t p = 0; p < ground_.posts.size(); ++p) {
    const std::size_t t = target_of(ground_.posts[p].country, ground_.posts[p].kind);
    weight_.at(t) += ground_.posts[p].places;
    posts_of_[t].push_back(p);
  }
  for (std::uint32_t p = 0; p < ground_.customs.size(); ++p) {
    const std::size_t t = target_of(ground_.customs[p].country, TargetKind::customs);
    weight_.at(t) +=
        ground_.customs[p].inspections_day * ground_.inspection_minutes_goods / minutes_a_day;
    posts_of_[t].push_back(p);
  }
  const std::size_t n = planners_.size();
  state_.month.resize(n);
  state_.truth.resize(n_targets() * n_concerns);
  state_.shock_answered.assign(operations_.shocks.size(), -1);
  state_.national.resize(3 * ground_.n_countries);
  state_.national_by.assign(ground_.n_countries, -1);
  state_.learned.resize(ground_.n_countries);
  state_.rules_learned.resize(ground_.n_countries);
  if (n == 0) return;
  state_.shock_before.resize(operations_.shocks.size() * n * n_targets());
  is_member_.resize(n * ground_.n_countries);
  state_.seen.resize(n * n_targets() * n_concerns);
  state_.forecast.resize(n * n_targets() * n_concerns);
  state_.aim.resize(n * n_targets());
  state_.now.resize(n * n_targets());
  state_.next.resize(n * n_targets());
  state_.shown.resize(n * n_targets());
  state_.worked.resize(n * n_targets());
  state_.next_from.assign(n, -1);
  state_.next_made.assign(n, -1);
  state_.now_made.assign(n, -1);
  state_.in_group.resize(n);
  state_.plans_well.resize(n);
  for (std::size_t p = 0; p < n; ++p) {
    // Before anything was seen, where most works already.
    std::vector<double> usual(n_targets());
    for (const std::uint16_t country : planners_[p].members) {
      is_member_.at(p * ground_.n_countries + country) = 1;
      for (std::size_t k = 0; k < n_target_kinds; ++k) {
        const std::size_t t = country * n_target_kinds + k;
        usual[t] = weight_[t];
      }
    }
    const std::vector<double> shares = in_proportion(usual, planners_[p].officers);
    std::copy(shares.begin(), shares.end(), row(state_.now, p).begin());
  }
}

std::int32_t Planning::cycle_length(const Planner& planner, const CooperationParams& levers) {
  return planner.cycle_days > 0 ? planner.cycle_days : static_cast<std::int32_t>(levers.cycle_days);
}

double Planning::uniform(std::uint64_t id, std::int32_t day, std::uint16_t index) const {
  return sim::uniform32(sim::draw(key_, sim::Purpose::planning, id, day, index)[0]);
}

void Planning::tell(PlanningEventKind kind, std::int32_t day, std::size_t planner,
                    std::int32_t country, std::int64_t amount) {
  events_.push_back({amount, day, planner == nobody_plans ? -1 : static_cast<std::int32_t>(planner),
                     country, kind});
}

Forces Planning::begin(std::int32_t day, const CooperationParams& levers,
                       const PlanningParams& setting) {
  events_.clear();
  state_.loans.note(day, levers);
  if (!planners_.empty()) {
    tell_betrayals(day, setting);
    if (state_.works_well.empty()) start_practice(setting);
    carry_out(day);
    hold_meetings(day, levers, setting);
    for (std::size_t p = 0; p < planners_.size(); ++p) {
      if (plans_today(p, day, levers)) cycle(p, day, levers, setting);
    }
  }
  note_shocks(day, setting);
  ForceMeans means(ground_);
  add_assistance(means, ground_, state_.loans, levers, setting, day);
  deploy(means, day, setting);
  return rounded(means, ground_, key_, day);
}

bool Planning::plans_today(std::size_t planner, std::int32_t day,
                           const CooperationParams& levers) const {
  const std::int32_t length = cycle_length(planners_[planner], levers);
  const bool aligned = uniform(draws::alignment | planner, 0) < levers.cycle_aligned;
  const auto phase =
      aligned ? 0 : static_cast<std::int32_t>(uniform(draws::phase | planner, 0) * length);
  return day > 0 && (day + phase) % length == 0;
}

void Planning::look_back(std::size_t planner, const PlanningParams& setting) {
  const std::size_t cells = n_targets() * n_concerns;
  const auto seen = std::span(state_.seen).subspan(planner * cells, cells);
  const auto forecast = std::span(state_.forecast).subspan(planner * cells, cells);
  std::vector<double> now(seen.begin(), seen.end());
  const bool any_seen = std::any_of(seen.begin(), seen.end(), [](auto n) { return n > 0; });
  double memory = 0;
  if (state_.plans_well[planner] != 0) {
    memory = any_seen ? setting.memory * alignment(forecast, now) : setting.memory;
  }
  for (std::size_t i = 0; i < cells; ++i) {
    forecast[i] = memory * forecast[i] + (1 - memory) * now[i];
  }
  std::fill(seen.begin(), seen.end(), 0);
}

std::vector<double> Planning::own_values(std::size_t planner, std::span<const double> forecast,
                                         const Mandate& of) const {
  std::array<double, n_concerns> sum{};
  std::vector<double> value(n_targets(), 0);
  const auto each = [&](auto&& use) {
    for (const std::uint16_t country : planners_[planner].members) {
      for (std::size_t k = 0; k < n_target_kinds; ++k) {
        const std::size_t t = country * n_target_kinds + k;
        if (weight_[t] > 0) use(t);
      }
    }
  };
  each([&](std::size_t t) {
    for (std::size_t c = 0; c < n_concerns; ++c) sum[c] += forecast[t * n_concerns + c];
  });
  each([&](std::size_t t) {
    for (std::size_t c = 0; c < n_concerns; ++c) {
      if (of[c] && sum[c] > 0) {
        value[t] += planners_[planner].priorities[c] * forecast[t * n_concerns + c] / sum[c];
      }
    }
  });
  return value;
}

Worth Planning::aims(std::size_t planner, const CooperationParams& levers) const {
  const bool grouped = state_.in_group[planner] != 0 && state_.plans_well[planner] != 0;
  const double together = levers.priorities_adapted;
  std::vector<double> all(n_targets() * n_concerns, 0);
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    for (std::size_t i = 0; i < all.size(); ++i) all[i] += forecast(p)[i];
  }
  const auto part = [&](const Mandate& of, double shared) {
    std::vector<double> value = own_values(planner, forecast(planner), of);
    if (!(shared > 0)) return value;
    const std::vector<double> of_all = own_values(planner, all, of);
    for (std::size_t t = 0; t < value.size(); ++t)
      value[t] = (1 - shared) * value[t] + shared * of_all[t];
    return value;
  };
  return {part(mandate(), grouped ? std::max(together, 0.5) : together),
          part(without(mandate()), together)};
}

std::vector<double> Planning::in_mandate(std::size_t planner) const {
  std::vector<double> part(n_targets(), 1);
  const Mandate inside_it = mandate();
  if (inside_it == all_concerns) return part;
  const auto& w = planners_[planner].priorities;
  double inside = 0, all = 0;
  for (std::size_t c = 0; c < n_concerns; ++c) {
    all += w[c];
    inside += inside_it[c] ? w[c] : 0;
  }
  const std::vector<double> in = own_values(planner, forecast(planner), inside_it),
                            of_all = own_values(planner, forecast(planner));
  for (std::size_t t = 0; t < part.size(); ++t) {
    // Where nothing was seen: by its priorities.
    part[t] = of_all[t] > 0 ? in[t] / of_all[t] : all > 0 ? inside / all : 0;
  }
  return part;
}

Worth Planning::left_by_others(std::size_t planner, std::int32_t day,
                               const CooperationParams& levers, const PlanningParams& setting,
                               Worth worth) const {
  if (state_.in_group[planner] == 0) return worth;
  std::vector<double> others(n_targets(), 0);
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    if (p == planner || !see(planner, p)) continue;
    const bool today = p < planner && plans_today(p, day, levers);
    const std::vector<double> part = today ? in_mandate(p) : std::vector<double>(n_targets(), 1);
    const auto shows = row(today ? state_.next : state_.shown, p);
    for (std::size_t t = 0; t < others.size(); ++t) others[t] += part[t] * shows[t];
  }
  for (std::size_t t = 0; t < others.size(); ++t)
    worth.inside[t] *= std::max(0.0, 1 - others[t] / setting.team_officers);
  return worth;
}

void Planning::cycle(std::size_t planner, std::int32_t day, const CooperationParams& levers,
                     const PlanningParams& setting) {
  look_back(planner, setting);
  Worth worth = aims(planner, levers);
  const std::vector<double> aim = worth.all();
  std::copy(aim.begin(), aim.end(), row(state_.aim, planner).begin());
  worth = left_by_others(planner, day, levers, setting, std::move(worth));
  const std::vector<double> value = worth.all();
  PlannerMonth& month = state_.month[planner];
  ++month.cycles;
  const double officers = planners_[planner].officers;
  std::vector<double> plan =
      state_.plans_well[planner] != 0
          ? in_proportion(zero_sum_coverage(value, officers / setting.team_officers), officers)
          : in_proportion(value, officers);
  const bool known = std::any_of(value.begin(), value.end(), [](double v) { return v > 0; });
  tell(PlanningEventKind::cycle, day, planner, -1,
       std::count_if(plan.begin(), plan.end(), [](double x) { return x >= 0.5; }));
  if (!known) return;  // nothing was seen, or others do it: as before
  work_on(planner, worth, setting);
  const std::int32_t length = cycle_length(planners_[planner], levers);
  std::copy(plan.begin(), plan.end(), row(state_.next, planner).begin());
  state_.next_made[planner] = day;
  state_.next_from[planner] =
      day + std::min(static_cast<std::int32_t>(setting.move_days), length - 1);
  if (planners_[planner].asks) ask_members(planner, day, worth, setting);
}

void Planning::work_on(std::size_t planner, const Worth& worth, const PlanningParams& setting) {
  std::vector<double> value = worth.all();
  const auto worked = [&](std::size_t p) {
    return std::span(state_.worked).subspan(p * n_targets(), n_targets());
  };
  const auto mine = worked(planner);
  std::fill(mine.begin(), mine.end(), std::uint8_t{0});
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < n_targets(); ++t) {
    bool fellow = false;
    for (std::size_t p = 0; p < planners_.size(); ++p) {
      fellow = fellow || (p != planner && see(planner, p) && worked(p)[t] != 0);
    }
    if (fellow) value[t] = worth.outside[t];  // that it sees nothing of
    if (value[t] > 0) order.push_back(t);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return value[a] > value[b]; });
  order.resize(std::min(order.size(), static_cast<std::size_t>(setting.packages)));
  PlannerMonth& month = state_.month[planner];
  for (const std::size_t t : order) {
    mine[t] = 1;
    month.officer_days += thousandths(setting.package_days);
    month.queries += thousandths(setting.package_queries);
    month.records += thousandths(setting.package_records);
    month.cost_usd += static_cast<std::int64_t>(setting.package_days * setting.cost_officer_day);
    for (std::size_t p = 0; p < planners_.size(); ++p) {
      if (p == planner || worked(p)[t] == 0) continue;
      month.duplicated += thousandths(setting.same_work * setting.package_days);
      month.queries_doubled += thousandths(setting.same_work * setting.package_queries);
      month.records_doubled += thousandths(setting.same_work * setting.package_records);
      break;
    }
  }
}

void Planning::ask_members(std::size_t planner, std::int32_t day, const Worth& worth,
                           const PlanningParams& setting) {
  const std::vector<double> value = worth.all();
  for (const std::uint16_t country : planners_[planner].members) {
    bool doubled = false, follows = false;
    for (std::size_t p = 0; p < planners_.size(); ++p) {
      if (p == planner || !member(p, country)) continue;
      const bool asked =
          state_.national_by[country] == static_cast<std::int32_t>(p) ||
          std::any_of(state_.requests.begin(), state_.requests.end(),
                      [&](const Request& r) { return r.country == country && r.planner == p; });
      (see(planner, p) ? follows : doubled) |= asked;
    }
    std::array<double, 3> here{};
    int kinds = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t t = country * n_target_kinds + k;
      // In a group one asks for all, as far as its mandate goes.
      const double worth_here = follows ? worth.outside[t] : value[t];
      here[k] = state_.worked[planner * n_targets() + t] != 0 ? worth_here : 0;
      kinds += weight_[t] > 0 ? 1 : 0;
    }
    const std::vector<double> want = in_proportion(here, 1);
    if (kinds < 2 || std::accumulate(want.begin(), want.end(), 0.0) == 0) continue;
    doubled = doubled || follows;
    PlannerMonth& month = state_.month[planner];
    ++month.requests;
    month.requests_doubled += doubled ? 1 : 0;
    month.cost_usd += static_cast<std::int64_t>(setting.cost_request);
    tell(PlanningEventKind::request, day, planner, country, doubled ? 1 : 0);
    const sim::Block b =
        sim::draw(key_, sim::Purpose::planning, draws::consent | planner << 20 | country, day);
    if (!(sim::uniform32(b[0]) < setting.consent)) {
      tell(PlanningEventKind::consent, day, planner, country, -1);
      continue;
    }
    const auto delay = static_cast<std::int32_t>(
        std::floor(-setting.consent_days * sim::log(1 - sim::uniform32(b[1]))));
    ++month.consents;
    tell(PlanningEventKind::consent, day, planner, country, delay);
    state_.requests.push_back(
        {{want[0], want[1], want[2]}, day + delay, static_cast<std::uint16_t>(planner), country});
  }
}

void Planning::carry_out(std::int32_t day) {
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    if (state_.next_from[p] < 0 || state_.next_from[p] > day) continue;
    const auto next = row(state_.next, p);
    std::copy(next.begin(), next.end(), row(state_.now, p).begin());
    state_.next_from[p] = -1;
    state_.now_made[p] = state_.next_made[p];
  }
  for (const Request& r : state_.requests) {
    if (r.from_day > day) continue;
    std::copy(r.want.begin(), r.want.end(), &state_.national[3 * std::size_t{r.country}]);
    state_.national_by[r.country] = r.planner;
  }
  std::erase_if(state_.requests, [&](const Request& r) { return r.from_day <= day; });
}

void Planning::learn(std::int32_t day, std::span<const Detection> found,
                     std::span<const std::int64_t> truth, const PlanningParams& setting) {
  for (std::size_t i = 0; i < truth.size(); ++i) state_.truth[i] += truth[i];
  for (const Detection& d : found) {
    for (std::size_t p = 0; p < planners_.size(); ++p) {
      if (!member(p, country_of(d.target))) continue;
      if (!(uniform(d.id, day, static_cast<std::uint16_t>(draws::report + p)) < setting.reported)) {
        continue;
      }
      const std::size_t concern = static_cast<std::size_t>(d.concern);
      state_.seen[(p * n_targets() + d.target) * n_concerns + concern] += d.times;
      state_.month[p].seen += d.times;
    }
  }
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    double officers = 0;
    for (const double x : row(state_.now, p)) {
      officers += x;
      state_.month[p].target_days += x >= 0.5 ? 1 : 0;
    }
    state_.month[p].officer_days += thousandths(officers);
    state_.month[p].cost_usd +=
        static_cast<std::int64_t>(std::floor(officers * setting.cost_officer_day + 0.5));
  }
  ++state_.days;
}

std::vector<PlannerFigures> Planning::month(const PlanningParams& setting) const {
  std::vector<std::vector<double>> at;
  for (std::size_t p = 0; p < planners_.size(); ++p) at.push_back(allocation(p, setting));
  const std::vector<double> truth(state_.truth.begin(), state_.truth.end());
  std::vector<PlannerFigures> out;
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    PlannerFigures f;
    f.sums = state_.month[p];
    f.targets = state_.days > 0 ? static_cast<double>(f.sums.target_days) / state_.days : 0;
    f.with_truth = alignment(at[p], own_values(p, truth));
    for (std::size_t q = 0; q < planners_.size(); ++q) {
      if (q != p) f.with_others += alignment(at[p], at[q]);
    }
    f.with_others = planners_.size() > 1 ? f.with_others / static_cast<double>(planners_.size() - 1)
                                         : std::numeric_limits<double>::quiet_NaN();
    f.aims_truth = alignment(row(state_.aim, p), own_values(p, truth));
    f.aims_others = aims_with_others(p);
    out.push_back(f);
  }
  return out;
}

double Planning::aims_with_others(std::size_t planner) const {
  double sum = 0;
  int n = 0;
  for (std::size_t q = 0; q < planners_.size(); ++q) {
    if (q == planner) continue;
    std::vector<double> mine, theirs;  // in countries that both are of
    for (std::size_t t = 0; t < n_targets(); ++t) {
      if (!member(planner, country_of(t)) || !member(q, country_of(t))) continue;
      mine.push_back(row(state_.aim, planner)[t]);
      theirs.push_back(row(state_.aim, q)[t]);
    }
    if (mine.empty()) continue;
    sum += alignment(mine, theirs);
    ++n;
  }
  return n == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / n;
}

void Planning::open_month() {
  state_.month.assign(planners_.size(), {});
  std::fill(state_.truth.begin(), state_.truth.end(), 0);
  state_.days = 0;
}

void Planning::set_state(PlanningState state) {
  if (state.now.size() != state_.now.size() || state.truth.size() != state_.truth.size() ||
      state.month.size() != state_.month.size() ||
      state.shock_answered.size() != state_.shock_answered.size()) {
    throw sim::UserError("the saved state is of other organisations; run again");
  }
  state_ = std::move(state);
}

}  // namespace corridor::cooperation
