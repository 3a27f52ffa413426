// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/reduced.hpp"

#include <algorithm>
#include <map>

#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

/// Found or not, as the border of one run and month has it.
class Border {
 public:
  Border(const FakeBorder& border, const CargoGraph& graph, sim::RunKey key)
      : border_(border), graph_(graph), key_(key) {}

  void begin_month(std::int32_t month, int year) {
    const std::size_t n = graph_.n_countries();
    effort_.assign(n_cargo_modes * n, 0);
    const double grown = sim::pow(1 + border_.growth, month / 12.0);
    for (std::size_t c = 0; c < n; ++c) {
      double e = grown * (border_.effort.empty() ? 1 : border_.effort[c]);
      if (border_.spread > 0) {
        const sim::Block block = sim::draw(key_, sim::Purpose::interdiction,
                                           (std::uint64_t{1} << 40) | c, year, /*index=*/2);
        const double u = sim::uniform53(sim::bits64(block[0], block[1])) + 0x1p-54;
        e *= sim::exp(border_.spread * sim::normal_quantile(u));
      }
      for (std::size_t m = 0; m < n_cargo_modes; ++m) {
        double factor = 1;
        for (const BorderShock& shock : border_.shocks) {
          if (month < shock.from_month || month >= shock.to_month) continue;
          if (shock.country != world::none && shock.country != c) continue;
          if (shock.mode != any_cargo_mode && shock.mode != m) continue;
          factor *= shock.factor;
        }
        effort_[m * n + c] = border_.hazard[m] * e * factor;
      }
    }
  }

  [[nodiscard]] ConsignmentOutcome outcome(const Consignment& c) const {
    const std::size_t n = graph_.n_countries(), m = static_cast<std::size_t>(c.mode);
    const sim::Block block = sim::draw(key_, sim::Purpose::interdiction, c.id, 0, /*index=*/0);
    const CargoEdge& edge = graph_.edges()[graph_.find(c.origin, c.destination, c.mode)];
    const double share = edge.unchecked ? border_.unchecked : 1;
    const double leaving = share * border_.exits * effort_[m * n + c.origin];
    const double entering = share * effort_[m * n + c.destination];
    ConsignmentOutcome out;
    out.id = c.id;
    out.grams = c.grams;
    if (sim::uniform32(block[0]) < 1 - sim::exp(-leaving)) {
      out.end = ConsignmentEnd::seized;
      out.country = c.origin;
      out.day = c.day;
    } else if (sim::uniform32(block[1]) < 1 - sim::exp(-entering)) {
      out.end = ConsignmentEnd::seized;
      out.country = c.destination;
      out.day = c.day + edge.days;
    } else {
      out.end = sim::uniform32(block[2]) < border_.lost ? ConsignmentEnd::lost
                                                        : ConsignmentEnd::delivered;
      out.country = c.destination;
      out.day = c.day + edge.days;
    }
    if (out.end == ConsignmentEnd::delivered) out.grams = 0;
    return out;
  }

 private:
  const FakeBorder& border_;
  const CargoGraph& graph_;
  sim::RunKey key_;
  std::vector<double> effort_;
};

/// Runs whole months from `day` on. \returns the outcomes that are still to be heard
std::vector<ConsignmentOutcome> run_months(Trafficking& model, const FakeBorder& border,
                                           sim::RunKey key, sim::Date start, std::int32_t day,
                                           std::int32_t months, ReducedResult& into) {
  const sim::Calendar calendar(start);
  Border posts(border, model.tables().graph, key);
  std::map<std::int32_t, std::vector<ConsignmentOutcome>> due;
  for (std::int32_t month = 0; month < months; ++month) {
    const sim::Date date = calendar.date(day);
    posts.begin_month(month, date.year);
    into.first_day.push_back(day);
    const std::int32_t length = sim::days_in_month(date.year, date.month) - (date.day - 1);
    for (const std::int32_t end = day + length; day < end; ++day) {
      const DayPlan plan = model.decide(day);
      for (const Consignment& c : plan.consignments) {
        const ConsignmentOutcome o = posts.outcome(c);
        due[o.day].push_back(o);
      }
      while (!due.empty() && due.begin()->first <= day) {
        const std::vector<SeizureRow> seized = model.learn(due.begin()->second);
        into.seizures.insert(into.seizures.end(), seized.begin(), seized.end());
        due.erase(due.begin());
      }
    }
    into.months.push_back(model.month(day - 1));
    into.goods.push_back(model.state().goods);
  }
  std::vector<ConsignmentOutcome> left;
  for (const auto& [when, outcomes] : due)
    left.insert(left.end(), outcomes.begin(), outcomes.end());
  return left;
}

}  // namespace

ReducedResult run_reduced(std::shared_ptr<const TraffickingTables> tables, const FakeBorder& border,
                          sim::RunKey key, sim::Date start, std::int32_t months) {
  Trafficking model(std::move(tables), key, start);
  ReducedResult out;
  (void)run_months(model, border, key, start, 0, months, out);
  out.state = model.state();
  return out;
}

Trafficking warm_start(std::shared_ptr<const TraffickingTables> tables, const FakeBorder& border,
                       sim::RunKey key, sim::Date start, std::int32_t months) {
  const std::int64_t first = sim::day_number(start);
  const int before = start.year * 12 + start.month - 1 - months;
  const std::int64_t begin = sim::day_number({before / 12, before % 12 + 1, start.day});
  Trafficking model(std::move(tables), key, start);
  ReducedResult unused;
  (void)model.learn(run_months(model, border, key, start, static_cast<std::int32_t>(begin - first),
                               months, unused));
  TraffickingState state = model.state();
  for (std::size_t s = 0; s < state.goods.size(); ++s) {
    const GoodsTally& g = state.goods[s];
    state.goods[s] =
        GoodsTally{.opening = g.opening + g.produced - g.delivered - g.seized - g.lost};
  }
  std::fill(state.tallies.begin(), state.tallies.end(), MonthTally{});
  std::fill(state.market_loss.begin(), state.market_loss.end(), 0);
  for (RouteRow& r : state.routes) r.over = r.seized = 0;
  state.months = 0;
  model.set_state(std::move(state));
  return model;
}

}  // namespace corridor::trafficking
