// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/sharing_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/risk/feature_columns.hpp"
#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {
namespace {

std::vector<std::string> source_names() {
  return {"none", "national", "regional", "international", "bridge"};
}
constexpr std::size_t n_pair_measures = 2;

double sum_of(const std::vector<double>& table, std::size_t row, std::size_t width) {
  double sum = 0;
  for (std::size_t i = 0; i < width; ++i) sum += table[row * width + i];
  return sum;
}

}  // namespace

PairRows pair_rows(const cooperation::Organisations& organisations, bool real_names) {
  std::vector<const cooperation::Organisation*> systems;
  for (const cooperation::Organisation& o : organisations.organisations) {
    if (o.holds_records()) systems.push_back(&o);
  }
  PairRows out;
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
}

std::vector<std::int64_t> link_rows(const SharingCounts& counts, const PairRows& pairs) {
  std::vector<std::int64_t> rows(pairs.names.size() * n_pair_measures, 0);
  for (std::size_t p = 0; p < pairs.row.size(); ++p) {
    rows[pairs.row[p] * n_pair_measures] += counts.lost_without[p];
    rows[pairs.row[p] * n_pair_measures + 1] += counts.gained_with[p];
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
  return s;
}

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
  std::vector<std::size_t> order;
  for (std::size_t p = 0; p < s.pairs.size(); ++p) {
    if (sum_of(s.links, p, n_pair_measures) > 0) order.push_back(p);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return sum_of(s.links, a, n_pair_measures) > sum_of(s.links, b, n_pair_measures);
  });
  for (const std::size_t p : order) {
    text += fmt::format("    {:<31} {:>16.6g} lost without, {:.6g} gained with one more link\n",
                        s.pairs[p], s.links[p * n_pair_measures], s.links[p * n_pair_measures + 1]);
  }
  return text;
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
  for (std::size_t p = 0; p < s.pairs.size(); ++p) {
    json["links"][s.pairs[p]] = {{"lost_without", s.links[p * n_pair_measures]},
                                 {"gained_with", s.links[p * n_pair_measures + 1]}};
  }
  return json;
}

}  // namespace corridor::simulation
