# SPDX-License-Identifier: Apache-2.0
"""How often systems of records are asked and answer in the year, beside published counts, and what halving an input does.

Nothing here was fitted: shares of records, connections and ordinary subjects are assumed.
"""
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
}


def tables(result):
    """({system class: queries}, {source: hits}, persons found) of all days of a result's replicate 0."""
    with h5py.File(result, "r") as file:
        places = {name: list(plain(file[f"places/{name}"]))
                  for name in ("system", "system_measure", "list_source")}
        asked = file["sharing/systems"][0].sum(axis=0)[:, places["system_measure"].index("queries")]
        met = file["sharing/met"][0].sum(axis=(0, 2))
        found = float(file["daily/threats_found"][0].sum())
    return dict(zip(places["system"], map(float, asked))), dict(zip(places["list_source"], map(float, met))), found


def measure(result):
    """{id: (value, remark)}."""
    queries, hits, _ = tables(result)
    of_all, regional = queries["system of all"], queries["regional systems"]
    return {
        "INF-001": (of_all, "crossings of borders alone"),
        "INF-002": (hits["international"], "shown by that system and by no nearer one"),
        "INF-003": (1e6 * hits["international"] / of_all, "shown by that system and by no nearer one"),
        "INF-044": (1e6 * hits["regional"] / regional, "all regional systems"),
    }


def halving(root, corridor):
    """Rows of (parameter, meaning, hits of own lists, of others' lists, found), each over what it is with the input as it is."""
    def run(folder, *settings):
        result = pathlib.Path(folder) / "half.h5"
        words = [word for setting in settings for word in ("--set", setting)]
        subprocess.run([str(corridor), "run", str(root / "scenarios" / "baseline.toml"), "-o", str(result), "--force", "--quiet",
                        "--set", f"run.days={DAYS}", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return tables(result)[1:]

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
             "ordinary subjects are assumed and nothing was fitted, so each row is held out.", "",
             *counts(compared, measured), "", *table(compared, measured), "",
             f"What halving an input does: hits of lists and persons found in {DAYS} days of the baseline, as a share of those with the "
             "input as it is (same seed).", "",
             "| input, halved | meaning | hits of own lists | hits of others' lists | found, all |", "|---|---|---:|---:|---:|"]
    lines += [f"| `{name}` | {meaning} | {own:.2f} | {others:.2f} | {found:.3f} |" for name, meaning, own, others, found
              in halving(root, corridor)]
    lines += ["", "Not compared: " + "; ".join(f"{row.id} {row.quantity}: {row.note}" for row in rows if row.role == "not compared") + ".", ""]
    return lines
