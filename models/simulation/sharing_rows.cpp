// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/sharing_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "models/risk/feature_columns.hpp"
#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {
namespace {

std::vector<std::string> source_names() {
  return {"none", "national", "regional", "international", "bridge"};
}
constexpr std::size_t n_pair_measures = 2;

}  // namespace

RowsOf system_rows(const cooperation::Organisations& organisations, bool real_names) {
  RowsOf out;
  if (real_names) out.names = {"regional systems", "system of all"};
  for (const cooperation::Organisation& o : organisations.organisations) {
    if (!o.holds_records()) continue;
    const bool of_all = o.kind == cooperation::OrganisationKind::global;
    out.row.push_back(real_names ? (of_all ? 1 : 0) : out.names.size());
    if (!real_names) out.names.push_back(o.code);
  }
  return out;
}

RowsOf pair_rows(const cooperation::Organisations& organisations, bool real_names) {
  std::vector<const cooperation::Organisation*> systems;
  for (const cooperation::Organisation& o : organisations.organisations) {
    if (o.holds_records()) systems.push_back(&o);
  }
  RowsOf out;
  if (real_names) out.names = {"between regional systems", "with the system of all"};
  for (std::size_t b = 1; b < systems.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      const bool with_all = systems[a]->kind == cooperation::OrganisationKind::global ||
                            systems[b]->kind == cooperation::OrganisationKind::global;
      out.row.push_back(real_names ? (with_all ? 1 : 0) : out.names.size());
      if (!real_names) out.names.push_back(systems[a]->code + " - " + systems[b]->code);
    }
  }
  return out;
}

void add_sharing_names(RunShape& shape, const cooperation::Organisations& organisations,
                       bool real_names) {
  shape.list_source = source_names();
  for (std::size_t s = 0; s < cooperation::n_subjects; ++s)
    shape.subject.emplace_back(name(static_cast<cooperation::Subject>(s)));
  shape.replay = {"no sharing", "as it is", "full sharing"};
  shape.system_pair = pair_rows(organisations, real_names).names;
  shape.pair_measure = {"lost without", "gained with"};
  for (const char* kind : {"air", "land", "sea"}) {
    for (const char* income : {"low", "lower middle", "upper middle", "high"})
      shape.post_class.push_back(fmt::format("{}, {} income", kind, income));
  }
  shape.system = system_rows(organisations, real_names).names;
  for (std::size_t m = 0; m < n_system_measures; ++m)
    shape.system_measure.emplace_back(name(static_cast<SystemMeasure>(m)));
  for (std::size_t k = 0; k < n_knowledge; ++k)
    shape.knowledge.emplace_back(name(static_cast<Knowledge>(k)));
  for (std::size_t l = 0; l < risk::n_lists; ++l)
    shape.list_kind.emplace_back(risk::name(static_cast<risk::List>(l)));
}

std::vector<std::int64_t> link_rows(const SharingCounts& counts, const RowsOf& pairs) {
  std::vector<std::int64_t> rows(pairs.names.size() * n_pair_measures, 0);
  for (std::size_t p = 0; p < pairs.row.size(); ++p) {
    rows[pairs.row[p] * n_pair_measures] += counts.lost_without[p];
    rows[pairs.row[p] * n_pair_measures + 1] += counts.gained_with[p];
  }
  return rows;
}

std::vector<std::int64_t> system_counts(const SharingCounts& counts, const RowsOf& systems) {
  std::vector<std::int64_t> rows(systems.names.size() * n_system_measures, 0);
  for (std::size_t s = 0; s < systems.row.size(); ++s) {
    for (std::size_t m = 0; m < n_system_measures; ++m)
      rows[systems.row[s] * n_system_measures + m] += counts.systems[s][m];
  }
  return rows;
}

SharingSummary summarise_sharing(const ResultReader& result) {
  SharingSummary s;
  s.any = result.length(Dim::replay) > 0;
  if (!s.any) return s;
  s.sources = result.read_text("/places/list_source");
  s.subjects = result.read_text("/places/subject");
  s.replays = result.read_text("/places/replay");
  s.pairs = result.read_text("/places/system_pair");
  const Replicates all = all_replicates(result);
  const auto sums = [&](std::string_view path) {
    std::vector<double> out;
    for (const std::int64_t n : sum_days(result, path, all))
      out.push_back(static_cast<double>(n) / static_cast<double>(all.count()));
    return out;
  };
  s.met = sums("/sharing/met");
  s.held = sums("/sharing/held");
  s.let_go = sums("/sharing/let_go");
  s.protection = sums("/sharing/protection");
  s.replay = sums("/sharing/replay");
  s.links = sums("/sharing/links");
  s.post_classes = result.read_text("/places/post_class");
  s.posts = sums("/sharing/posts");
  s.systems = result.read_text("/places/system");
  s.system_measures = result.read_text("/places/system_measure");
  s.knowing = result.read_text("/places/knowledge");
  s.of_systems = sums("/sharing/systems");
  s.knowledge = sums("/sharing/knowledge");
  // What waits is a level: that of the last closed day.
  const auto closed = result.read<std::int64_t>("/daily/closed");
  constexpr auto backlog = static_cast<std::size_t>(SystemMeasure::backlog);
  for (std::size_t i = 0; i < s.systems.size(); ++i)
    s.of_systems[i * n_system_measures + backlog] = 0;
  for (const std::int64_t r : all.numbers) {
    const std::int64_t last = closed[static_cast<std::size_t>(r)] - 1;
    if (last < 0) continue;
    const auto rows = result.read<std::int64_t>("/sharing/systems", {r, last});
    for (std::size_t i = backlog; i < rows.size(); i += n_system_measures)
      s.of_systems[i] += static_cast<double>(rows[i]) / static_cast<double>(all.count());
  }
  return s;
}

double SharingSummary::of_all(SystemMeasure m) const {
  double sum = 0;
  for (std::size_t i = static_cast<std::size_t>(m); i < of_systems.size(); i += n_system_measures)
    sum += of_systems[i];
  return sum;
}

namespace {

/// A mean of sums; "none" when there is nothing to take it of.
std::string mean_text(double sum, double n) {
  return n > 0 ? fmt::format("{:.4g}", sum / n) : "none";
}

/// What connects somebody, by what replays lose without it and gain with it, the most first.
std::string ranked(const std::vector<std::string>& names, const std::vector<double>& table,
                   std::string_view with) {
  const auto sum = [&](std::size_t p) {
    return std::accumulate(&table[p * n_pair_measures], &table[(p + 1) * n_pair_measures], 0.0);
  };
  std::vector<std::size_t> order;
  for (std::size_t p = 0; p < names.size(); ++p) {
    if (sum(p) > 0) order.push_back(p);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sum(a) > sum(b); });
  std::string text;
  for (const std::size_t p : order) {
    text += fmt::format("    {:<31} {:>16.6g} lost without, {:.6g} gained {}\n", names[p],
                        table[p * n_pair_measures], table[p * n_pair_measures + 1], with);
  }
  return text;
}

std::string systems_text(const SharingSummary& s) {
  std::string text = "What systems were asked, and originators of records in turn\n";
  text += fmt::format("    {:<34}", "");
  for (const std::string& system : s.systems) text += fmt::format(" {:>16}", system);
  text += fmt::format(" {:>16}\n", "all");
  const auto line = [&](std::string_view what, auto value) {
    text += fmt::format("    {:<34}", what);
    for (std::size_t i = 0; i <= s.systems.size(); ++i) text += fmt::format(" {:>16}", value(i));
    text += "\n";
  };
  const auto of = [&](std::size_t i, SystemMeasure m) {
    return i == s.systems.size()
               ? s.of_all(m)
               : s.of_systems[i * n_system_measures + static_cast<std::size_t>(m)];
  };
  for (std::size_t m = 0; m < n_system_measures; ++m) {
    const auto measure = static_cast<SystemMeasure>(m);
    if (measure == SystemMeasure::query_ms) {
      line("seconds a query, mean", [&](std::size_t i) {
        return mean_text(of(i, measure) / 1000, of(i, SystemMeasure::queries));
      });
    } else if (measure == SystemMeasure::answer_days) {
      line("days to an answer, mean", [&](std::size_t i) {
        return mean_text(of(i, measure), of(i, SystemMeasure::answered));
      });
    } else {
      line(s.system_measures[m],
           [&](std::size_t i) { return fmt::format("{:.6g}", of(i, measure)); });
    }
  }
  const auto knows = [&](Knowledge k) { return s.knowledge[static_cast<std::size_t>(k)]; };
  text += fmt::format(
      "Who knew: of {:.6g} crossings of persons known somewhere, {} days on average until who "
      "could "
      "act knew\n"
      "    all records together sufficed at {:.6g} crossings, {} days before one system's; at "
      "{:.6g} "
      "no one system's did\n"
      "    wrongly held after a hit: {:.6g} persons, {:.6g} hours\n",
      knows(Knowledge::gap_crossings),
      mean_text(knows(Knowledge::gap_days), knows(Knowledge::gap_crossings)),
      knows(Knowledge::pooled_crossings),
      mean_text(knows(Knowledge::pooled_days), knows(Knowledge::pooled_crossings)),
      knows(Knowledge::never_one), knows(Knowledge::wrongly_held),
      knows(Knowledge::wrongly_held_minutes) / 60);
  return text;
}

}  // namespace

std::string sharing_text(const SharingSummary& s) {
  if (!s.any) return "";
  std::string text =
      "\nWho was on lists at posts, by whose list answered (none: known somewhere, not seen "
      "there)\n" +
      fmt::format("    {:<20}", "");
  for (const std::string& source : s.sources) text += fmt::format(" {:>13}", source);
  text += fmt::format(" {:>8} {:>8}\n", "held", "let go");
  const std::size_t n = s.subjects.size();
  for (std::size_t c = 0; c < n; ++c) {
    text += fmt::format("    {:<20}", s.subjects[c]);
    double held = 0, let_go = 0;
    for (std::size_t k = 0; k < s.sources.size(); ++k) {
      text += fmt::format(" {:>13.6g}", s.met[k * n + c]);
      held += s.held[k * n + c];
      let_go += s.let_go[k * n + c];
    }
    text += fmt::format(" {:>8.6g} {:>8.6g}\n", held, let_go);
  }
  text +=
      "Replay: persons with something illicit whom lists would name there; adversaries and queues "
      "stand still\n";
  for (std::size_t k = 0; k < s.replays.size(); ++k)
    text += fmt::format("    {:<31} {:>16.6g} crossings\n", s.replays[k], s.replay[k]);
  return text + ranked(s.pairs, s.links, "with one more link") +
         ranked(s.post_classes, s.posts, "if all such posts could ask") + systems_text(s);
}

nlohmann::ordered_json sharing_json(const SharingSummary& s) {
  nlohmann::ordered_json json;
  const std::size_t n = s.subjects.size();
  const auto table = [&](const std::vector<double>& values) {
    nlohmann::ordered_json out;
    for (std::size_t k = 0; k < s.sources.size(); ++k) {
      for (std::size_t c = 0; c < n; ++c) out[s.sources[k]][s.subjects[c]] = values[k * n + c];
    }
    return out;
  };
  json["met"] = table(s.met);
  json["held"] = table(s.held);
  json["let_go"] = table(s.let_go);
  json["protection"] = table(s.protection);
  for (std::size_t k = 0; k < s.replays.size(); ++k) json["replay"][s.replays[k]] = s.replay[k];
  const auto pairs = [&](const char* key, const std::vector<std::string>& names,
                         const std::vector<double>& values) {
    for (std::size_t p = 0; p < names.size(); ++p) {
      json[key][names[p]] = {{"lost_without", values[p * n_pair_measures]},
                             {"gained_with", values[p * n_pair_measures + 1]}};
    }
  };
  pairs("links", s.pairs, s.links);
  pairs("posts", s.post_classes, s.posts);
  for (std::size_t i = 0; i < s.systems.size(); ++i) {
    for (std::size_t m = 0; m < n_system_measures; ++m)
      json["systems"][s.systems[i]][s.system_measures[m]] = s.of_systems[i * n_system_measures + m];
  }
  for (std::size_t k = 0; k < n_knowledge; ++k) json["knowledge"][s.knowing[k]] = s.knowledge[k];
  return json;
}

}  // namespace corridor::simulation
