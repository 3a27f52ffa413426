# SPDX-License-Identifier: Apache-2.0
"""How often systems of records are asked and answer in the year, beside published counts, and what halving an input does.

Nothing here was fitted: shares of records, connections and ordinary subjects are assumed.
"""
import math
import pathlib
import subprocess
import tempfile
import tomllib

import h5py

import targets as published
from year import plain

DAYS = 10
HALVED = {
    "risk.lists.document_coverage": "share of irregular documents that are reported",
    "risk.lists.name_sensitivity": "chance that a search by name finds him",
    "risk.lists.name_false_match": "chance to be taken for somebody listed",
    "risk.lists.international_share": "share of records given to the system of all",
    "risk.lists.connected_high": "posts of high income that can ask others",
    "control.review.confirm_match": "chance that a reviewer confirms a right hit",
    "control.documents.irregular": "share of persons whose documents are irregular (fitted to BRD-006 and BRD-007)",
}


def tables(result):
    """({system class: queries}, {source: hits}, {(kind of record, source): found}, persons found, days to an answer)."""
    with h5py.File(result, "r") as file:
        places = {name: list(plain(file[f"places/{name}"]))
                  for name in ("system", "system_measure", "list_source", "list_kind")}
        systems = dict(zip(places["system_measure"], file["sharing/systems"][0].sum(axis=0).T))
        asked = systems["queries"]
        met = file["sharing/met"][0].sum(axis=(0, 2))
        by_list = file["sharing/by_list"][0].sum(axis=0)
        found = float(file["daily/threats_found"][0].sum())
    kinds = {(kind, source): float(by_list[k][s]) for k, kind in enumerate(places["list_kind"])
             for s, source in enumerate(places["list_source"])}
    answer_days = float(systems["days to these answers"].sum() / systems["requests answered"].sum())
    return (dict(zip(places["system"], map(float, asked))), dict(zip(places["list_source"], map(float, met))), kinds, found,
            answer_days)


def measure(result):
    """{id: (value, remark)}."""
    queries, hits, kinds, _, answer_days = tables(result)
    of_all, regional = queries["system of all"], queries["regional systems"]
    return {
        "INF-001": (of_all, "crossings of borders alone"),
        "INF-002": (hits["international"], "shown by that system and by no nearer one"),
        "INF-003": (1e6 * hits["international"] / of_all, "shown by that system and by no nearer one"),
        "INF-035": (answer_days * math.log(5), f"80 % of an exponential time with the mean of {answer_days:.2f} days"),
        "INF-044": (1e6 * (kinds["name", "regional"] + kinds["biometric", "regional"]) / regional, "all regional systems"),
        "SLT-058": (1e6 * kinds["document", "international"] / of_all, "shown by that system and by no nearer one"),
    }


def halving(root, corridor):
    """Rows of (parameter, meaning, hits of own lists, of others' lists, found), each over what it is with the input as it is."""
    def run(folder, *settings):
        result = pathlib.Path(folder) / "half.h5"
        words = [word for setting in settings for word in ("--set", setting)]
        subprocess.run([str(corridor), "run", str(root / "scenarios" / "baseline.toml"), "-o", str(result), "--force", "--quiet",
                        "--set", f"run.days={DAYS}", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, hits, _, found, _ = tables(result)
        return hits, found

    rows = []
    with tempfile.TemporaryDirectory() as folder:
        whole, all_found = run(folder)
        for parameter, meaning in HALVED.items():
            hits, found = run(folder, f"{parameter}={value_of(corridor, root, parameter) / 2:.6g}")
            rows.append((parameter, meaning, hits["national"] / whole["national"], of_others(hits) / of_others(whole),
                         found / all_found))
    return rows


def of_others(hits):
    return hits["regional"] + hits["international"] + hits["bridge"]


def value_of(corridor, root, parameter):
    """The value of a number of the baseline."""
    table, value = parameter.split("."), None
    for name in ("baseline.toml", "travellers.toml"):
        here = tomllib.loads((root / "scenarios" / name).read_text(encoding="utf-8"))
        for key in table:
            here = here.get(key) if isinstance(here, dict) else None
        if here is not None:
            return float(here)
    for line in subprocess.run([str(corridor), "schema", "--markdown"], check=True, capture_output=True, text=True).stdout.splitlines():
        if line.startswith("## ["):
            section = line[4:-1]
        if line.startswith("| `") and section + "." + line.split("`")[1] == parameter:
            value = float(line.split("|")[4].strip().strip("`"))
    return value


def section(result, root, corridor, table, counts):
    """Lines of the page."""
    rows = published.read_targets(root / "tests" / "reference" / "sharing_facts.csv")
    compared = [row for row in rows if row.role != "not compared"]
    measured = measure(result)
    lines = ["## Systems of records", "",
             "How often posts ask systems of records and what these show them, in the same year. Shares of records, connections and "
             "ordinary subjects are assumed and nothing was fitted to these rows, so each is held out.", "",
             *counts(compared, measured), "", *table(compared, measured), "",
             f"What halving an input does: hits of lists and persons found in {DAYS} days of the baseline, as a share of those with the "
             "input as it is (same seed).", "",
             "| input, halved | meaning | hits of own lists | hits of others' lists | found, all |", "|---|---|---:|---:|---:|"]
    lines += [f"| `{name}` | {meaning} | {own:.2f} | {others:.2f} | {found:.3f} |" for name, meaning, own, others, found
              in halving(root, corridor)]
    lines += ["", "Of customs one input was fitted, `cargo.alerts.coverage` to DRG-033 (213 t reported in the EU): without alerts the EU reports "
              "90 t, at 0.25 190 t, so half of the fitted 0.32 gives some 150 t. Left out of that fit: DRG-012, DRG-042, DRG-049 and the TRN "
              "rows above ([odd/cargo.md](odd/cargo.md)).", "", "Not compared: " + "; ".join(f"{row.id} {row.quantity}: {row.note}" for row in rows if row.role == "not compared") + ".", ""]
    return lines
