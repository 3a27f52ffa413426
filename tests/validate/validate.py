# SPDX-License-Identifier: Apache-2.0
"""Compares a simulated year with published figures and writes docs/validation.md; plays the agenda and writes scenarios/communique.md.

Runs scenarios/baseline.toml (365 days, every traveller) unless results/baseline.h5 was made by this very program from these
very inputs, then measures and writes the page.
"""
import argparse
import hashlib
import pathlib
import subprocess
import sys

import backcast
import communique
import docking
import fits
import funnel
import illicit
import measures
import network
import report
import sharing
import skills
import targets
from year import Year, read_csv

SAMPLE = 200_000  # journeys kept whole, for what only they tell: nights, parties, transfers


def fingerprint(root, corridor):
    """Hash of all that a result depends on: the program, the scenarios, the data."""
    digest = hashlib.sha256()
    inputs = [corridor, *sorted((root / "scenarios").rglob("*.toml")),
              *sorted(path for path in (root / "data").rglob("*") if path.is_file())]
    for path in inputs:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def call(*command):
    print("+ " + " ".join(map(str, command)), file=sys.stderr, flush=True)
    subprocess.run([str(word) for word in command], check=True)


def made(root, corridor, name, settings):
    """The result of the full year of a scenario, made now unless it is there already."""
    result = root / "results" / f"{name}.h5"
    key = result.with_suffix(".inputs")
    wanted = fingerprint(root, corridor) + " " + " ".join(settings)
    if result.is_file() and key.is_file() and key.read_text() == wanted:
        print(f"{result.relative_to(root)} was made from these inputs: used again")
        return result
    result.parent.mkdir(exist_ok=True)
    words = [word for setting in settings for word in ("--set", setting)]
    call(corridor, "run", root / "scenarios" / f"{name}.toml", "-o", result, "--force", *words)
    key.write_text(wanted)
    return result


def sentences(year):
    told = year.provenance
    return [f"Scenario *{told['scenario_name']}*, {year.days} days, every traveller (scale {told['scale']:g}), seed "
            f"{told['seed']}, replicate 0; Corridor {told['version']}, data {told['data_hash'][:12]}. With "
            "more than a billion trips the chance error of a world total is below one part in ten thousand; where "
            "a figure comes from sampled journeys, its remark says from how many."]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--corridor", type=pathlib.Path, required=True)
    arguments.add_argument("--result", type=pathlib.Path, help="an existing result of the full year, full traces")
    chosen = arguments.parse_args()
    root = pathlib.Path(__file__).resolve().parents[2]
    corridor = chosen.corridor.resolve()
    result = chosen.result or made(root, corridor, "baseline",
                                   ["run.scale=1", f"run.sample={SAMPLE}", *illicit.SETTINGS])
    year, hidden = Year(result, root / "data"), illicit.IllicitYear(result, root / "data")
    reference = root / "tests" / "reference"
    rows = targets.read_targets(reference / "stylised_facts.csv")
    sharing_rows = targets.read_targets(reference / "sharing_facts.csv")
    inputs = fits.Inputs(root, corridor)
    measured = measures.measure(year)
    measured.update((id, (float(value), "")) for id, value
                    in network.describe(year.legs, year.airport_country).items())
    of_systems = {**sharing.measure(result), **sharing.passenger_data(year), **sharing.of_inputs(year, inputs, root / "data")}
    routes = skills.routes(year, read_csv(reference / "airport_pair_flows.csv"))
    page = report.page(sentences(year), rows, measured, skills.route_rows(routes),
                       skills.airport_rows(year, read_csv(reference / "airport_passengers.csv")),
                       skills.country_pair_rows(year, routes), year.factors,
                       funnel.section(year, read_csv(reference / "pnr_funnels.csv")) +
                       illicit.section(hidden, [row for row in targets.read_targets(reference / "illicit_facts.csv")
                                                if row.id in illicit.MEASURED],
                                       report.verdict_table, report.counts) +
                       sharing.section(of_systems, sharing_rows, report.verdict_table, report.counts) +
                       fits.section(result, inputs, {row.id: row for row in [*rows, *sharing_rows]}, {**measured, **of_systems},
                                    fits.halving(root, corridor, inputs)) +
                       docking.section(docking.run(root, corridor)) +
                       backcast.section(root))
    output = root / "docs" / "validation.md"
    output.write_text(page, encoding="utf-8")
    print(f"wrote {output.relative_to(root)}")
    print("\n".join(report.counts(rows, measured)))
    communique.write(root, corridor)
    return 0


if __name__ == "__main__":
    sys.exit(main())
