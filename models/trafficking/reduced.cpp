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

}  // namespace

void continue_reduced(Trafficking& model, const FakeBorder& border, sim::RunKey key,
                      sim::Date start, std::int32_t months, ReducedResult& into) {
  const CargoGraph& graph = model.tables().graph;
  const sim::Calendar calendar(start);
  Border posts(border, graph, key);
  std::map<std::int32_t, std::vector<ConsignmentOutcome>> due;
  std::int32_t day = 0;
  for (std::int32_t month = 0; month < months; ++month) {
    const sim::Date date = calendar.date(day);
    posts.begin_month(month, date.year);
    into.first_day.push_back(day);
    const std::int32_t length = sim::days_in_month(date.year, date.month) - (date.day - 1);
    for (std::int32_t end = day + length; day < end; ++day) {
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
  into.state = model.state();
}

ReducedResult run_reduced(std::shared_ptr<const TraffickingTables> tables, const FakeBorder& border,
                          sim::RunKey key, sim::Date start, std::int32_t months) {
  Trafficking model(std::move(tables), key, start);
  ReducedResult out;
  continue_reduced(model, border, key, start, months, out);
  return out;
}

}  // namespace corridor::trafficking
