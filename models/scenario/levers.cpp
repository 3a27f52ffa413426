// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/levers.hpp"

#include <algorithm>
#include <array>

namespace corridor::scenario {
namespace {

constexpr Direction up = Direction::up, down = Direction::down;

constexpr std::array catalogue{
    Lever{"frontline-i247", "cooperation.frontline.share", "1", 20, 0, 1, "detections_list", up,
          "share of the posts without access to I-24/7 that get it",
          "part des postes sans accès à I-24/7 qui l'obtiennent"},
    Lever{"architecture-hub", "cooperation.hub.share", "1", 10, 0, 1, "detections_list", up,
          "share of regional systems linked to I-24/7, each under its own governance; whole links",
          "part des systèmes régionaux reliés à I-24/7, chacun selon ses propres règles ; liens "
          "entiers"},
    Lever{
        "architecture-mesh", "cooperation.mesh.share", "1", 10, 0, 1, "detections_list", up,
        "share of the pairs of regional systems with a bridge between them; whole bridges",
        "part des paires de systèmes régionaux reliées par une passerelle ; passerelles entières"},
    Lever{"records", "cooperation.records.contributed", "1", 5, 0, 1, "detections_list", up,
          "share of the records kept at home that are given to others",
          "part des données gardées chez soi qui sont données aux autres"},
    Lever{"biometrics", "cooperation.records.biometrics", "1", 15, 0, 1, "detections_list", up,
          "share of the records without biometrics to which they are added",
          "part des données sans biométrie qui en reçoivent"},
    Lever{"corrections", "cooperation.records.corrected", "1", 2, 0, 1, "wrongly_named", down,
          "share of wrong records that are found and taken out",
          "part des données fausses qui sont trouvées et retirées"},
    Lever{"plans", "cooperation.plans.shared", "1", 1, 0, 1, "duplicated_officer_days", down,
          "share of organisations that show one another their plans",
          "part des organisations qui se montrent leurs plans"},
    Lever{"cycles", "cooperation.cycle.aligned", "1", 1, 0, 1, "duplicated_officer_days", down,
          "share of organisations that plan on the same day; alone it moves little: it acts on "
          "plans that "
          "are shared",
          "part des organisations qui planifient le même jour ; seule, elle agit peu : elle agit "
          "sur des "
          "plans partagés"},
    Lever{"priorities", "cooperation.priorities.adapted", "1", 1, 0, 1, "aims_one_another", up,
          "how far priorities follow the shared picture",
          "mesure dans laquelle les priorités suivent le tableau partagé"},
    Lever{"planning-practice", "cooperation.practice.planning", "1", 1, 0, 1, "aims_threat", up,
          "chance a meeting that better planning practice spreads",
          "probabilité, par réunion, qu'une meilleure pratique de planification se transmette"},
    Lever{"frontline-practice", "cooperation.practice.frontline", "1", 1, 0, 1, "found_all", up,
          "chance a meeting that better front-line practice spreads",
          "probabilité, par réunion, qu'une meilleure pratique de terrain se transmette"},
    Lever{"frontline-rules", "cooperation.practice.rules", "1", 1, 0, 1, "inspected_per_found",
          down, "chance a meeting that better rules for whom to stop spread",
          "probabilité, par réunion, que de meilleures règles de ciblage se transmettent"},
    Lever{"officers", "cooperation.assistance.officers", "person", 0.1, 0, 200, "reviewed", up,
          "officers lent to posts of other countries", "agents prêtés aux postes d'autres pays"},
    Lever{"scanners", "cooperation.assistance.scanners", "1", 0.5, 0, 40, "customs_inspected", up,
          "scanners lent to customs posts of other countries",
          "scanners prêtés aux postes de douane d'autres pays"},
    Lever{"analysts", "cooperation.assistance.analysts", "person", 0.1, 0, 100, "detections_list",
          up, "analysts who join what several records say of one person",
          "analystes qui rapprochent ce que plusieurs données disent d'une même personne"},
    Lever{"training", "cooperation.assistance.training", "1", 10, 0, 0.5, "found_all", up,
          "share of what review and inspection miss that trained officers find",
          "part de ce qui échappe au contrôle que des agents formés trouvent"},
    Lever{"joint-posts", "cooperation.joint_posts.share", "1", 5, 0, 1, "detections_list", up,
          "share of posts where police and immigration work as one",
          "part des postes où police et immigration travaillent ensemble"},
    Lever{"joint-operation", "", "person", 0.1, 0, 20, "found_all", up,
          "rows [[operation]]: window, places, threats, participants and surge; officers come from "
          "elsewhere, so that more of them can find fewer in all",
          "lignes [[operation]] : période, lieux, menaces, participants et renforts ; les agents "
          "viennent "
          "d'ailleurs, plus nombreux ils peuvent en trouver moins en tout"},
    Lever{"fiu-links", "cooperation.finance.fiu_links", "1", 3, 0, 1, "frozen_usd", up,
          "share of pairs of financial intelligence units that answer one another",
          "part des paires de cellules de renseignement financier qui se répondent"},
    Lever{"asset-recovery", "cooperation.finance.asset_recovery", "1", 3, 0, 1, "confiscated_usd",
          up, "share of freezing orders that offices abroad carry out",
          "part des ordres de gel que les bureaux étrangers exécutent"},
    Lever{"common-targets", "cooperation.finance.common_targets", "1", 2, 0, 1,
          "facilitators_arrested", up,
          "share of facilitators who are a common target of several polices",
          "part des facilitateurs qui sont la cible commune de plusieurs polices"},
    Lever{"airport-task-forces", "cooperation.task_forces.airports", "1", 10, 0, 1,
          "found_contraband", up, "share of hub airports with a task force",
          "part des grands aéroports dotés d'une cellule commune"},
    Lever{"port-task-forces", "cooperation.task_forces.ports", "1", 10, 0, 1, "customs_inspected",
          up, "share of customs posts at hub ports with a task force",
          "part des douanes des grands ports dotées d'une cellule commune"},
};

}  // namespace

std::span<const Lever> levers() { return catalogue; }

const Lever* find_lever(std::string_view id) {
  const auto at = std::ranges::find(catalogue, id, &Lever::id);
  return at == catalogue.end() ? nullptr : &*at;
}

const Lever* lever_of_path(std::string_view path) {
  if (path.empty()) return nullptr;
  const auto at = std::ranges::find(catalogue, path, &Lever::path);
  return at == catalogue.end() ? nullptr : &*at;
}

std::vector<std::string> lever_ids() {
  std::vector<std::string> ids;
  for (const Lever& lever : catalogue) ids.emplace_back(lever.id);
  return ids;
}

}  // namespace corridor::scenario
