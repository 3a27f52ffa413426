# SPDX-License-Identifier: Apache-2.0
"""The docking experiment on the page: NarcoLogic's rules on synthetic networks, and what of its results appears."""
import json
import subprocess

FINDINGS = (("footprint", "footprint grows: nodes used in a year, per 100 events a month", 1),
            ("dispersion", "dispersion grows: entropy of flow, nats per 100 events", 1),
            ("seizures", "more is seized: t per 100 events", 1000),
            ("value", "value per seizure falls: M USD per 100 events", 1e6),
            ("delivery", "delivery goes on: share delivered in the last year at the greatest capacity", 1),
            ("displacement", "regions that rise, peak and fall while another rises, at the greatest capacity", 1))
WORDS = {"appears": "yes", "open": "open", "does not appear": "**no**"}


def run(root, corridor):
    """The full experiment: 30 replicates of 180 months."""
    scenario = root / "scenarios" / "docking" / "narcologic.toml"
    return json.loads(subprocess.run([corridor, "docking", scenario, "--json"], check=True,
                                     stdout=subprocess.PIPE).stdout)


def figure(value):
    size = abs(value)
    return f"{value:.{0 if size >= 99.95 or size == 0 else 1 if size >= 9.995 else 2 if size >= 0.9995 else 3}f}"


def interval(told, unit=1):
    return f"{figure(told['mean'] / unit)} [{figure(told['lower'] / unit)}, {figure(told['upper'] / unit)}]"


def findings_table(result):
    series = result["series"]
    columns = sorted({(one["network"], one["choice"]) for one in series}, reverse=True,
                     key=lambda pair: (pair[0] == "near", pair[1] == "salience"))
    lines = ["| result | adaptation | " + " | ".join(f"{network}, {choice}" for network, choice in columns) + " |",
             "|---|---|" + "---|" * len(columns)]
    for key, title, unit in FINDINGS:
        for adaptation in (True, False):
            cells = []
            for pair in columns:
                one = next(s for s in series
                           if (s["network"], s["choice"]) == pair and s["adaptation"] == adaptation)
                told = one["findings"][key]
                cells.append(f"{WORDS[told['finding']]}: {interval(told['interval'], unit)}")
            lines.append(f"| {title if adaptation else ''} | {'on' if adaptation else 'off'} | " + " | ".join(cells) + " |")
    return lines


def results_table(result):
    results = result["results"]
    lines = ["| result | " + " | ".join(f"{one['network']}, {one['choice']}" for one in results) + " |",
             "|---|" + "---|" * len(results)]

    def row(title, pick):
        lines.append(f"| {title} | " + " | ".join(interval(pick(one)) for one in results) + " |")

    row("R1: displacement ratio, ten busiest nodes watched", lambda one: one["balloon"]["corridor"]["displacement"])
    row("R1: displacement ratio, busiest region watched", lambda one: one["balloon"]["region"]["displacement"])
    for target in ("role", "volume", "random"):
        row(f"R3: pairs still connected, 16 nodes removed by {target}",
            lambda one, target=target: one["targeting"][target]["connected"])
    row("R3: role less volume", lambda one: one["targeting"]["role_less_volume"])
    row("R3: role less random", lambda one: one["targeting"]["role_less_random"])
    for target in ("role", "volume", "random"):
        row(f"R3: delivered after removal by {target}, of delivered without; frozen",
            lambda one, target=target: one["targeting"][target]["delivered_frozen"])
        row(f"R3: the same by {target}, with adaptation",
            lambda one, target=target: one["targeting"][target]["delivered"])
    row("R4: twice the effect of arrests at 40 nodes less that at 80, frozen",
        lambda one: one["arrests"]["concavity_frozen"])
    row("R4: share seized at 80 nodes, frozen", lambda one: one["arrests"]["share_frozen"])
    row("R4: share seized at 80 nodes, with adaptation", lambda one: one["arrests"]["share"])
    return lines


def section(result):
    """Lines of the page."""
    told = result["parameters"]
    return ["## What the docking shows and what it does not", "",
            "NarcoLogic's rules (Magliocca et al. 2019) on synthetic networks of 163 nodes and 1,017 edges, nothing mended: "
            f"{told['docking.replicates']} replicates of {told['docking.months']} months, seed {told['docking.seed']}; "
            "`corridor docking scenarios/docking/narcologic.toml`, [the submodel](odd/trafficking-docking.md). Five capacities "
            "of interdiction from 25 to 125 events a month; in brackets 95 % intervals over replicates. *yes*: the whole interval "
            "lies on the published side of zero; *no*: none of it does; *open*: zero lies within.", "",
            *findings_table(result), "",
            "It shows under which conditions the published patterns follow from these rules: a growing footprint, dispersion and "
            "the rise and fall of regions come with adaptation under salience on either network, and go with it. They are no property "
            "of interdiction as such, nor of every rule of choice: read the cells that say *no* and *open*. More "
            "seizures come with more police with or without adaptation, so they are no sign of it; without it, seizures soon "
            "reach nearly all that is supplied. Where logit spreads the load over most of a network with many legs, reinforced police "
            "find so much of it at 100 events and more that the rest of the network falls idle: footprint and dispersion rise, "
            "then fall. Value per seizure falls where loads are split, and not for certain where few large loads are "
            "moved; it also falls in one setting without adaptation, so it is weak evidence of adaptation.", "",
            "Three further results, on the same networks.", "",
            *results_table(result), "",
            "Pressure on ten nodes is displaced nearly whole. Pressure on a whole region is displaced only where there is a way "
            "round it; in the near network the busiest region is mostly one that every way crosses, and more is seized there than from those "
            "who do not react. Removal by role cuts more ways than by chance and than by volume, by little in the near network. Counted in "
            "deliveries without adaptation, the ranking holds in the near network and not in the far one, where the few nodes that "
            "carry most matter more. None of it survives adaptation: what is delivered after is nearly what would have been. Arrests have diminishing returns where ways have many "
            "legs; in the far network, where they have two or three, the effect is small or open.", "",
            "It does not show that the rules hold in the world. Places, capacities of edges, the beginning of each network and what the rules leave "
            "open are assumed; no seizure, price or movement of the region was fitted or compared (the published series of movements are "
            "NarcoLogic's own fitting data, and need its real nodes). Levels (shares seized, tonnes delivered) are the model's, not estimates; "
            "only signs, and that they vanish, are claimed.", ""]
