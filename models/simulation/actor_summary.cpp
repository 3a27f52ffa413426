// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/scenario/actor_params.hpp"
#include "models/simulation/place_classes.hpp"
#include "models/simulation/result_tables.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::simulation {
namespace {

using Json = nlohmann::ordered_json;

/// Months that the rows of a replicate cover: their numbers.
std::vector<std::int64_t> covered_months(const ResultReader& result, std::int64_t replicate) {
  std::vector<std::int64_t> months;
  const auto days = result.read<std::int64_t>("/monthly/days", {replicate});
  for (std::size_t m = 0; m < days.size(); ++m) {
    if (days[m] > 0) months.push_back(static_cast<std::int64_t>(m));
  }
  return months;
}

class Tables {
 public:
  explicit Tables(const ResultReader& result) : result_(result), all_(all_replicates(result)) {
    for (const std::int64_t r : all_.numbers) months_.push_back(covered_months(result, r));
  }
  [[nodiscard]] double replicates() const { return static_cast<double>(all_.count()); }

  /// Sums over months, means over replicates; hidden_cell cells count nothing.
  std::vector<double> sums(std::string_view path, bool* some_hidden = nullptr) const {
    std::vector<double> out;
    visit<std::int64_t>(path, [&](const std::vector<std::int64_t>& row, bool) {
      out.resize(row.size());
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i] == hidden_cell && some_hidden != nullptr) *some_hidden = true;
        if (row[i] > 0) out[i] += static_cast<double>(row[i]) / replicates();
      }
    });
    return out;
  }
  /// Of the last covered month.
  std::vector<double> last(std::string_view path) const {
    std::vector<double> out;
    visit<std::int64_t>(path, [&](const std::vector<std::int64_t>& row, bool is_last) {
      if (!is_last) return;
      out.resize(row.size());
      for (std::size_t i = 0; i < row.size(); ++i) {
        out[i] += static_cast<double>(row[i]) / replicates();
      }
    });
    return out;
  }
  /// Calls use(row, is the last covered month) for each replicate and covered month.
  template <class T, class Use>
  void visit(std::string_view path, const Use& use) const {
    for (std::size_t r = 0; r < months_.size(); ++r) {
      for (const std::int64_t m : months_[r]) {
        use(result_.read<T>(path, {all_.numbers[r], m}), m == months_[r].back());
      }
    }
  }

 private:
  const ResultReader& result_;
  Replicates all_;
  std::vector<std::vector<std::int64_t>> months_;
};

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  std::size_t n = 0;
  for (const double v : values) {
    if (std::isnan(v)) continue;
    sum += v;
    ++n;
  }
  return n == 0 ? std::nan("") : sum / static_cast<double>(n);
}

std::size_t column(const std::vector<std::string>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) throw ResultError("the result lacks a column '" + std::string(name) + "'");
  return static_cast<std::size_t>(at - names.begin());
}

void add_goods(ActorSummary& s, const ResultReader& result, const Tables& tables) {
  const auto substances = result.read_text("/places/substance");
  if (substances.empty()) return;
  const auto measures = result.read_text("/places/goods_measure");
  const auto network_names = result.read_text("/places/network_measure");
  const std::size_t n_organisations = result.length(Dim::organisation);
  const auto flows = tables.sums("/actors/goods"), stocks = tables.last("/actors/goods"),
             reported = tables.sums("/actors/reported");
  for (std::size_t k = 0; k < substances.size(); ++k) {
    SubstanceFigures f;
    f.name = substances[k];
    const auto of = [&](const std::vector<double>& all, std::string_view measure) {
      double grams = 0;
      for (std::size_t o = 0; o < n_organisations && !all.empty(); ++o) {
        grams += all[(o * substances.size() + k) * measures.size() + column(measures, measure)];
      }
      return grams / 1000;
    };
    f.bought_kg = of(flows, "bought");
    f.delivered_kg = of(flows, "delivered");
    f.seized_kg = of(flows, "seized");
    f.lost_kg = of(flows, "lost");
    // Results of before this measure are read too.
    const bool knows_sent = std::find(measures.begin(), measures.end(), "sent") != measures.end();
    f.sent_kg = knows_sent ? of(flows, "sent") : std::nan("");
    f.stock_kg = of(stocks, "stock") + of(stocks, "on the way");
    f.reported_kg = reported.empty() ? 0 : reported[k] / 1000;

    const std::size_t n_classes = result.length(Dim::place_class);
    std::vector<double> first, last, nodes, entropy, churn, displacement;
    bool begun = false;
    tables.visit<double>("/actors/price", [&](const std::vector<double>& row, bool is_last) {
      const auto from = row.begin() + static_cast<std::ptrdiff_t>(k * n_classes);
      const double mean = mean_of({from, from + static_cast<std::ptrdiff_t>(n_classes)});
      if (!begun) first.push_back(mean);
      if (is_last) last.push_back(mean);
      begun = !is_last;
    });
    tables.visit<double>("/actors/network", [&](const std::vector<double>& row, bool is_last) {
      const auto value = [&](std::string_view name) {
        return row[k * network_names.size() + column(network_names, name)];
      };
      if (is_last) {
        nodes.push_back(value("active nodes"));
        entropy.push_back(value("entropy"));
      }
      churn.push_back(value("churn"));
      displacement.push_back(value("displacement"));
    });
    f.first_price = mean_of(first);
    f.last_price = mean_of(last);
    f.active_nodes = mean_of(nodes);
    f.entropy = mean_of(entropy);
    f.churn = mean_of(churn);
    f.displacement = mean_of(displacement);
    s.substances.push_back(std::move(f));
  }
}

void add_corridors(ActorSummary& s, const ResultReader& result, const Tables& tables,
                   std::size_t most) {
  const auto substances = result.read_text("/places/substance");
  const auto classes = result.read_text("/places/place_class");
  if (substances.empty()) return;
  const auto sent = tables.sums("/actors/corridor_sent", &s.some_hidden),
             seized = tables.sums("/actors/corridor_seized", &s.some_hidden);
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (sent[i] <= 0) continue;
    const std::size_t n = classes.size();
    s.corridors.push_back({substances[i / n / n], classes[i / n % n], classes[i % n],
                           sent[i] / 1000, seized[i] / 1000});
  }
  std::stable_sort(s.corridors.begin(), s.corridors.end(),
                   [](const auto& a, const auto& b) { return a.sent_kg > b.sent_kg; });
  if (s.corridors.size() > most) s.corridors.resize(most);
}

void add_money(ActorSummary& s, const ResultReader& result, const Tables& tables) {
  const auto groups = result.read_text("/places/money_group");
  const auto measures = result.read_text("/places/money_measure");
  const auto now = tables.last("/actors/money"), flows = tables.sums("/actors/money");
  if (now.empty()) return;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto usd = [&](const std::vector<double>& all, std::string_view measure) {
      return all[g * measures.size() + column(measures, measure)] / 100;
    };
    MoneyFigures& m = s.money;
    const double cash = usd(now, "cash") + usd(now, "cash abroad") + usd(now, "on the way");
    m.cash += cash;
    m.laundered += usd(now, "bank") + usd(now, "laundering");
    m.assets += usd(now, "assets");
    m.frozen += usd(now, "frozen");
    m.confiscated += usd(now, "confiscated to date");
    m.restored += usd(now, "restored to date");
    m.revenue += usd(flows, "revenue");
    m.costs += usd(flows, "costs");
    m.cash_by_group.push_back({groups[g], cash});
  }
}

std::string row(std::string_view what, double value, std::string_view unit) {
  return fmt::format("    {:<31} {:>16} {}\n", what, grouped(value), unit);
}

double value_of(const std::vector<ActorValue>& values, std::string_view name) {
  for (const ActorValue& v : values) {
    if (v.name == name) return v.value;
  }
  return 0;
}

/// "-" in the first month, before which there is nothing to compare with.
std::string share(double value) { return std::isnan(value) ? "-" : fmt::format("{:.2f}", value); }

}  // namespace

ActorSummary summarise_actors(const ResultReader& result, std::size_t most_corridors) {
  ActorSummary s;
  s.traces = result.provenance().traces;
  s.any = result.length(Dim::money_measure) > 0;
  if (!s.any) return s;
  const Tables tables(result);
  const auto counts = result.read_text("/places/fighter_count");
  const auto fighters = tables.sums("/actors/fighters_all", &s.fighters_hidden);
  for (std::size_t k = 0; k < counts.size(); ++k) {
    s.fighters.push_back({counts[k], fighters.empty() ? 0 : fighters[k]});
  }
  if (!counts.empty()) {
    s.fighters.push_back(
        {"intercepted", value_of(s.fighters, "refused") + value_of(s.fighters, "held")});
  }
  add_goods(s, result, tables);
  add_corridors(s, result, tables, most_corridors);
  add_money(s, result, tables);
  const auto measures = result.read_text("/places/cargo_measure");
  const auto cargo = tables.sums("/actors/cargo");
  for (std::size_t k = 0; k < measures.size(); ++k) {
    double sum = 0;
    for (std::size_t i = k; i < cargo.size(); i += measures.size()) sum += cargo[i];
    s.customs.push_back({measures[k], sum});
  }
  return s;
}

std::string actor_text(const ActorSummary& s) {
  if (!s.any) return "";
  std::string text;
  if (!s.fighters.empty()) {
    text += "\nFighters (synthetic; numbers and ways are those of the scenario)\n";
    if (s.fighters_hidden) text += "    months of fewer than ten people are left out of each sum\n";
    const double attempted = value_of(s.fighters, "attempted");
    for (const ActorValue& v : s.fighters) {
      text += fmt::format("    {:<31} {:>16} persons", v.name, grouped(v.value));
      if (!s.fighters_hidden && attempted > 0 && v.name != "mobilised" && v.name != "attempted") {
        text += fmt::format("  {:.1f} for 100 attempts", 100 * v.value / attempted);
      }
      text += "\n";
    }
  }
  for (const SubstanceFigures& f : s.substances) {
    text += fmt::format("\n{} (synthetic organisations)\n", f.name);
    text += row("taken over from producers", f.bought_kg, "kg");
    if (!std::isnan(f.sent_kg))
      text += row("sent over borders", f.sent_kg, "kg, each crossing counted");
    text += row("delivered to markets", f.delivered_kg, "kg");
    text += fmt::format("    {:<31} {:>16} kg, {:.1f} % of seized and delivered\n", "seized",
                        grouped(f.seized_kg), 100 * f.seized_share());
    text += row("of that in the statistics", f.reported_kg, "kg");
    text += row("stock and on the way", f.stock_kg, "kg");
    text +=
        fmt::format("    {:<31} {:>16} USD/kg, from {} in the first month\n",
                    "wholesale price, last month", grouped(f.last_price), grouped(f.first_price));
    text +=
        fmt::format("    {:<31} {:>16} countries, entropy {:.2f}, churn a month {}\n",
                    "footprint, last month", grouped(f.active_nodes), f.entropy, share(f.churn));
    text += fmt::format("    {:<31} {:>16} of what is sent changes its corridor a month\n",
                        "displacement index", share(f.displacement));
  }
  if (!s.corridors.empty()) {
    text += fmt::format(
        "\nCorridors by class of place (largest; {})\n",
        s.some_hidden ? "cells of fewer than ten cases a month are left out" : "all cells");
    for (const CorridorFigures& c : s.corridors) {
      text += fmt::format("    {:<11} {:<29} > {:<29} {:>11} kg, {} seized\n", c.substance, c.from,
                          c.to, grouped(c.sent_kg), grouped(c.seized_kg));
    }
  }
  if (!s.customs.empty()) {
    text += "\nCustoms\n";
    text += row("consignments", value_of(s.customs, "consignments"), "");
    text += row("inspected, in lots", value_of(s.customs, "inspected"), "");
    text += fmt::format("    {:<31} {:>16}, {} inspected, {} seized, {} passed with insiders\n",
                        "illicit among them", grouped(value_of(s.customs, "illicit")),
                        grouped(value_of(s.customs, "illicit inspected")),
                        grouped(value_of(s.customs, "illicit seized")),
                        grouped(value_of(s.customs, "by insiders")));
  }
  text += "\nMoney of groups\n";
  text += row("revenue", s.money.revenue, "USD");
  text += row("costs", s.money.costs, "USD");
  text += row("cash, last month", s.money.cash, "USD");
  for (const ActorValue& v : s.money.cash_by_group) text += row("  " + v.name, v.value, "USD");
  text += row("laundered and on the way there", s.money.laundered, "USD");
  text += row("assets", s.money.assets, "USD");
  text += row("frozen, last month", s.money.frozen, "USD");
  text += fmt::format("    {:<31} {:>16} USD, and {} given back\n", "recovered (confiscated)",
                      grouped(s.money.confiscated), grouped(s.money.restored));
  text += fmt::format("    {}\n", s.traces == "full"
                                      ? scenario::full_traces_note
                                      : "traces: by class of place, in cells of ten or more");
  return text;
}

Json actor_json(const ActorSummary& s) {
  Json json = Json::object();
  if (!s.any) return json;
  const auto number = [](double v) { return std::isnan(v) ? Json(nullptr) : Json(v); };
  const auto object = [&](const std::vector<ActorValue>& values) {
    Json out = Json::object();
    for (const ActorValue& v : values) out[v.name] = number(v.value);
    return out;
  };
  json["traces"] = s.traces;
  json["fighters"] = object(s.fighters);
  json["fighters_hide_small_cells"] = s.fighters_hidden;
  Json substances = Json::object();
  for (const SubstanceFigures& f : s.substances) {
    substances[f.name] = {{"bought_kg", number(f.bought_kg)},
                          {"sent_kg", number(f.sent_kg)},
                          {"delivered_kg", number(f.delivered_kg)},
                          {"seized_kg", number(f.seized_kg)},
                          {"seized_share", number(f.seized_share())},
                          {"reported_kg", number(f.reported_kg)},
                          {"lost_kg", number(f.lost_kg)},
                          {"stock_kg", number(f.stock_kg)},
                          {"first_price_usd_kg", number(f.first_price)},
                          {"last_price_usd_kg", number(f.last_price)},
                          {"active_nodes", number(f.active_nodes)},
                          {"entropy", number(f.entropy)},
                          {"churn", number(f.churn)},
                          {"displacement", number(f.displacement)}};
  }
  json["substances"] = substances;
  Json corridors = Json::array();
  for (const CorridorFigures& c : s.corridors) {
    corridors.push_back({{"substance", c.substance},
                         {"from", c.from},
                         {"to", c.to},
                         {"sent_kg", number(c.sent_kg)},
                         {"seized_kg", number(c.seized_kg)}});
  }
  json["corridors"] = corridors;
  json["corridors_hide_small_cells"] = s.some_hidden;
  json["customs"] = object(s.customs);
  json["money_usd"] = {{"revenue", number(s.money.revenue)},
                       {"costs", number(s.money.costs)},
                       {"cash", number(s.money.cash)},
                       {"laundered", number(s.money.laundered)},
                       {"assets", number(s.money.assets)},
                       {"frozen", number(s.money.frozen)},
                       {"confiscated", number(s.money.confiscated)},
                       {"restored", number(s.money.restored)},
                       {"cash_by_group", object(s.money.cash_by_group)}};
  return json;
}

}  // namespace corridor::simulation
