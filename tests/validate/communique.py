# SPDX-License-Identifier: Apache-2.0
"""scenarios/communique.md: each point of the Dialogue's agenda, its levers, their files, and what they changed in runs.

Every strategy is played in scenarios/cooperation-small.toml, an invented world, under the same seeds, and each lever in
scenarios/laboratory.toml too, which has more of what levers need. Of each lever the page shows the metric that
`corridor levers` says it must move; of joint strategies a few that stand for the whole.
"""
import json
import subprocess

BASE = "scenarios/cooperation-small.toml"
REPLICATES = 8
LABORATORY = "scenarios/laboratory.toml"
IN_LABORATORY = 6  # pairs
AGENDA = (
    ("Front-line officers see what others know, over I-24/7 first", ("frontline-i247",)),
    ("Other systems are linked to it, or to one another", ("architecture-hub", "architecture-mesh", "architecture-both")),
    ("Records are shared, biometrics above all, and put right", ("records", "biometrics", "corrections")),
    ("Plans are shared by a permanent, flexible mechanism, and nobody does what another does", ("plans",)),
    ("Strategies are aligned: cycles and priorities", ("cycles", "priorities")),
    ("Good practice spreads, in planning and at the front line", ("planning-practice", "frontline-practice", "frontline-rules")),
    ("Members assist one another", ("officers", "scanners", "analysts", "training")),
    ("Police and immigration work as one", ("joint-posts",)),
    ("Operations are joint", ("joint-operation", "airport-task-forces", "port-task-forces")),
    ("Finance and assets of fighters and traffickers are a common target", ("fiu-links", "asset-recovery", "common-targets")),
)
JOINT = ("front-line-first", "regional-bridges", "joint-operations-calendar", "follow-the-money")
JOINT_METRICS = ("found_all", "fighters_arrived", "delivered_kg", "cash_usd", "duplicated_officer_days",
                 "inspected_per_found", "officer_hours")


def number(value):
    """Four significant digits at most."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def signed(value):
    return ("+" if value > 0 else "") + number(value)


def change(metric):
    """A difference with its interval, bold where zero is outside."""
    d = metric["difference"]
    if metric["pairs_equal"] == metric["pairs"]:
        return "none"
    text = f"{signed(d['estimate'])} [{signed(d['lower'])}, {signed(d['upper'])}]"
    return f"**{text}**" if d["lower"] > 0 or d["upper"] < 0 else text


def metrics_of(told):
    """{strategy file without its ending: {metric: row}}."""
    return {strategy["file"].removesuffix(".toml"): {row["name"]: row for row in strategy["metrics"]}
            for strategy in told["strategies"]}


def metric_of(lever, levers):
    """The metric that a strategy of one lever must move: its own, or that of the levers that its file joins."""
    return levers.get(lever, levers["architecture-hub"])


def page(told, tried, levers):
    """The text. `told`, `tried`: `corridor compare --json` of all files in the base, of levers in the laboratory;
    `levers`: {id: metric} of `corridor levers`."""
    found, in_laboratory = metrics_of(told), metrics_of(tried)
    lines = ["# The agenda, point by point", "",
             "Written by `./dev validate`; do not edit by hand. Each point of the INTERPOL Dialogue's agenda of 2019 as levers that a "
             "strategy pulls, and what each changed. Runs: [" + BASE.split("/")[-1] + "](cooperation-small.toml), an invented world, "
             f"{told['days']} days, {told['replicates']} pairs of runs under the same seeds; Corridor {told['version']}. A difference is "
             "strategy less base, with its 95 % interval over seeds, bold where zero lies outside. It says what chance alone would "
             "not do in this world with these numbers; how far it depends on what is not known says `corridor compare "
             "--parameter-sets`. Where zero lies inside, this world has too little of what the lever needs "
             "([which is what](../docs/odd/cooperation.md#what-each-lever-needs)); the last column is the difference in the "
             f"[laboratory](laboratory.toml), which has more of it ({tried['days']} days, {tried['replicates']} pairs; some of its "
             "numbers were chosen after a lever had moved nothing). Nothing here is a statement about a real organisation, country "
             "or route.", "",
             "| point | lever, file | metric it must move | base | difference | in the laboratory |", "|---|---|---|---:|---:|---:|"]
    for point, names in AGENDA:
        for i, name in enumerate(names):
            metric = metric_of(name, levers)
            row = found[name][metric]
            lines.append(f"| {point if i == 0 else ''} | [{name}](strategies/{name}.toml) | {metric} | {number(row['base'])} | "
                         f"{change(row)} | {change(in_laboratory[name][metric])} |")
    lines += ["", "Joint strategies pull several levers within a budget:", "",
              "| strategy | cost, million USD | " + " | ".join(JOINT_METRICS) + " |",
              "|---|---:|" + "---:|" * len(JOINT_METRICS)]
    costs = {strategy["file"].removesuffix(".toml"): strategy["cost_musd"] for strategy in told["strategies"]}
    base = found[JOINT[0]]
    lines.append("| base | | " + " | ".join(number(base[metric]["base"]) for metric in JOINT_METRICS) + " |")
    for name in JOINT:
        lines.append(f"| [{name}](strategies/{name}.toml) | {costs[name]:.1f} | " +
                     " | ".join(change(found[name][metric]) for metric in JOINT_METRICS) + " |")
    lines += ["", "Costs are assumed. `corridor levers` lists every lever with unit, cost and metric; to make one line of the table again: "
              f"`corridor compare {BASE} scenarios/strategies/NAME.toml --replicates {REPLICATES}`, and `corridor compare {LABORATORY} ... "
              f"--replicates {IN_LABORATORY}`.", ""]
    return "\n".join(lines)


def write(root, corridor):
    """Runs all and writes the page."""
    levers = {lever["id"]: lever["metric"] for lever in
              json.loads(subprocess.run([corridor, "levers", "--json"], check=True, capture_output=True, text=True).stdout)["levers"]}
    of_levers = [name for _, of_point in AGENDA for name in of_point]

    def compare(base, names, replicates):
        files = [f"scenarios/strategies/{name}.toml" for name in names]
        return json.loads(subprocess.run(
            [corridor, "compare", base, *files, "--replicates", str(replicates), "--json", "--quiet"], cwd=root, check=True,
            capture_output=True, text=True).stdout)

    told, tried = compare(BASE, [*of_levers, *JOINT], REPLICATES), compare(LABORATORY, of_levers, IN_LABORATORY)
    output = root / "scenarios" / "communique.md"
    output.write_text(page(told, tried, levers), encoding="utf-8")
    print(f"wrote {output.relative_to(root)}")
