// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/export_actor_csv.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "models/simulation/csv_table.hpp"
#include "models/simulation/place_classes.hpp"

namespace corridor::simulation {
namespace {

constexpr double grams_per_kg = 1000, cents_per_usd = 100;

class ActorTablesOfRun {
 public:
  ActorTablesOfRun(const ResultReader& result, const Replicates& of) : result_(result), of_(of) {
    const auto labels = result.read_text("/places/month");
    for (std::size_t m = 0; m < labels.size(); ++m) {
      const auto month = static_cast<std::int64_t>(m);
      if (covered_days(result, of, month) > 0) months_.emplace_back(month, labels[m]);
    }
    classes_ = names("place_class");
    substances_ = names("substance");
  }

  [[nodiscard]] std::string fighters() const {
    const auto counts = names("fighter_count");
    CsvTable table("month,origin" + columns(counts));
    for (const auto& [month, label] : months_) {
      const auto rows = mean<std::int64_t>("/actors/fighters", month),
                 all = mean<std::int64_t>("/actors/fighters_all", month);
      for (std::size_t c = 0; c <= classes_.size(); ++c) {
        table.cell(label).cell(c < classes_.size() ? classes_[c] : "all");
        for (std::size_t k = 0; k < counts.size(); ++k)
          table.real(c < classes_.size() ? rows[c * counts.size() + k] : all[k], decimals());
        table.end_row();
      }
    }
    return std::move(table).text();
  }

  [[nodiscard]] std::string corridors() const {
    CsvTable table("month,substance,from,to,sent_kg,seized_kg,reported_kg");
    const std::size_t n = classes_.size();
    for (const auto& [month, label] : months_) {
      const auto sent = mean<std::int64_t>("/actors/corridor_sent", month),
                 seized = mean<std::int64_t>("/actors/corridor_seized", month),
                 reported = mean<std::int64_t>("/actors/corridor_reported", month);
      for (std::size_t i = 0; i < sent.size(); ++i) {
        if (sent[i] == 0 && seized[i] == 0 && reported[i] == 0) continue;
        table.cell(label).cell(substances_[i / n / n]).cell(classes_[i / n % n]);
        table.cell(classes_[i % n]);
        for (const double grams : {sent[i], seized[i], reported[i]})
          table.real(grams / grams_per_kg, 3);
        table.end_row();
      }
    }
    return std::move(table).text();
  }

  [[nodiscard]] std::string markets() const {
    CsvTable table("month,substance,market,price_usd_kg,delivered_kg");
    for (const auto& [month, label] : months_) {
      const auto price = mean<double>("/actors/price", month);
      const auto delivered = mean<std::int64_t>("/actors/delivered", month);
      for (std::size_t i = 0; i < price.size(); ++i) {
        table.cell(label).cell(substances_[i / classes_.size()]);
        table.cell(classes_[i % classes_.size()]).real(price[i], 2);
        table.real(delivered[i] / grams_per_kg, 3).end_row();
      }
    }
    return std::move(table).text();
  }

  [[nodiscard]] std::string networks() const {
    const auto measures = names("network_measure");
    CsvTable table("month,substance" + columns(measures) + ",reported_kg");
    for (const auto& [month, label] : months_) {
      const auto network = mean<double>("/actors/network", month);
      const auto reported = mean<std::int64_t>("/actors/reported", month);
      for (std::size_t s = 0; s < substances_.size(); ++s) {
        table.cell(label).cell(substances_[s]);
        for (std::size_t k = 0; k < measures.size(); ++k)
          table.real(network[s * measures.size() + k], 4);
        table.real(reported[s] / grams_per_kg, 3).end_row();
      }
    }
    return std::move(table).text();
  }

  [[nodiscard]] std::string organisations() const {
    const auto organisations = names("organisation"), goods = names("goods_measure"),
               edges = names("edge_measure");
    CsvTable table("month,organisation,substance" + columns(goods, "_kg") + columns(edges) +
                   ",perceived_risk");
    for (const auto& [month, label] : months_) {
      const auto grams = mean<std::int64_t>("/actors/goods", month),
                 network = mean<std::int64_t>("/actors/edges", month);
      const auto risk = mean<double>("/actors/risk", month);
      for (std::size_t i = 0; i < risk.size(); ++i) {
        table.cell(label).cell(organisations[i / substances_.size()]);
        table.cell(substances_[i % substances_.size()]);
        for (std::size_t k = 0; k < goods.size(); ++k)
          table.real(grams[i * goods.size() + k] / grams_per_kg, 3);
        for (std::size_t k = 0; k < edges.size(); ++k)
          table.real(network[i * edges.size() + k], decimals());
        table.real(risk[i], 4).end_row();
      }
    }
    return std::move(table).text();
  }

  [[nodiscard]] std::string groups() const {
    const auto groups = names("money_group"), measures = names("money_measure");
    CsvTable table("month,group" + columns(measures, "_usd"));
    for (const auto& [month, label] : months_) {
      const auto cents = mean<std::int64_t>("/actors/money", month, false);
      for (std::size_t g = 0; g < groups.size(); ++g) {
        table.cell(label).cell(groups[g]);
        for (std::size_t k = 0; k < measures.size(); ++k)
          table.real(cents[g * measures.size() + k] / cents_per_usd, 2);
        table.end_row();
      }
    }
    return std::move(table).text();
  }

  [[nodiscard]] std::string events() const {
    const auto kinds = names("actor_event_kind"), countries = names("country_iso3"),
               groups = names("money_group");
    const auto name_in = [](const std::vector<std::string>& list, std::int32_t i) {
      const bool there = i >= 0 && static_cast<std::size_t>(i) < list.size();
      return there ? list[static_cast<std::size_t>(i)] : std::string();
    };
    CsvTable table("replicate,day,date,what,id,origin,destination,who,amount");
    const std::string start = result_.provenance().start_date;
    for (const std::int64_t r : of_.numbers) {
      const auto kind = result_.read<std::uint8_t>("/actors/event_kind", {r});
      const auto day = result_.read<std::int32_t>("/actors/event_day", {r});
      const auto id = result_.read<std::uint64_t>("/actors/event_id", {r});
      const auto from = result_.read<std::int32_t>("/actors/event_origin", {r}),
                 to = result_.read<std::int32_t>("/actors/event_destination", {r}),
                 who = result_.read<std::int32_t>("/actors/event_who", {r});
      const auto amount = result_.read<std::int64_t>("/actors/event_amount", {r});
      for (std::size_t i = 0; i < kind.size(); ++i) {
        if (kind[i] >= kinds.size()) continue;  // an unused row
        table.cell(r).cell(std::int64_t{day[i]}).cell(date_of(start, day[i]));
        table.cell(kinds[kind[i]]).cell(fmt::format("{:016x}", id[i]));
        table.cell(name_in(countries, from[i])).cell(name_in(countries, to[i]));
        // A fighter's row holds his zone there, which is no group.
        table.cell(kinds[kind[i]].starts_with("fighter") ? "" : name_in(groups, who[i]));
        table.cell(amount[i]).end_row();
      }
    }
    return std::move(table).text();
  }

 private:
  [[nodiscard]] std::vector<std::string> names(const std::string& dimension) const {
    return result_.read_text("/places/" + dimension);
  }
  /// Of counts: whole for one replicate.
  [[nodiscard]] int decimals() const { return of_.count() == 1 ? 0 : 3; }

  /// A month's block, mean over the replicates; not a number where one of them hides it.
  template <class T>
  [[nodiscard]] std::vector<double> mean(std::string_view path, std::int64_t month,
                                         bool may_hide = true) const {
    std::vector<double> out;
    for (const std::int64_t r : of_.numbers) {
      const std::vector<T> row = result_.read<T>(path, {r, month});
      out.resize(row.size());
      for (std::size_t i = 0; i < row.size(); ++i) {
        const auto value = static_cast<double>(row[i]);
        out[i] += may_hide && value == static_cast<double>(hidden_cell)
                      ? std::numeric_limits<double>::quiet_NaN()
                      : value / static_cast<double>(of_.count());
      }
    }
    return out;
  }

  const ResultReader& result_;
  const Replicates& of_;
  std::vector<std::pair<std::int64_t, std::string>> months_;  ///< that rows cover
  std::vector<std::string> classes_, substances_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> actor_csv_tables(const ResultReader& result,
                                                                  const Replicates& of) {
  std::vector<std::pair<std::string, std::string>> tables;
  if (result.length(Dim::money_measure) == 0) return tables;
  const ActorTablesOfRun run(result, of);
  if (result.length(Dim::fighter_count) > 0) tables.emplace_back("fighters.csv", run.fighters());
  if (result.length(Dim::substance) > 0) {
    tables.emplace_back("corridors.csv", run.corridors());
    tables.emplace_back("markets.csv", run.markets());
    tables.emplace_back("networks.csv", run.networks());
    tables.emplace_back("organisations.csv", run.organisations());
  }
  tables.emplace_back("groups.csv", run.groups());
  if (result.length(Dim::actor_event) > 0) tables.emplace_back("actor_events.csv", run.events());
  return tables;
}

}  // namespace corridor::simulation
