# SPDX-License-Identifier: Apache-2.0
"""Which input was fitted to which published figure, what was left out of the fit, and what halving an input does.

Inputs are the baseline's: a number of a scenario or a default, or a share of ordinary subjects of records ([[ordinary]] of the file of
organisations; all rows of it are scaled together). Detection follows from them: no row of results is set anywhere.
"""
import dataclasses
import pathlib
import re
import subprocess
import tempfile
import tomllib

import measures
import sharing
import targets as published
from year import Year

DAYS = 10
ORGANISATIONS = "organisations/world.toml"


@dataclasses.dataclass(frozen=True)
class Fit:
    """An input, in the order in which they were fitted: each is fitted with those above at their values."""
    database: str
    input: str
    target: str
    left_out: tuple
    remark: str = ""


FITS = (
    Fit("passenger data", "risk.flag_rate", "PNR-103", ("PNR-101", "PNR-2019-4"), "entered, not fitted"),
    Fit("passenger data", "control.review.forward_innocent", "PNR-104", ("PNR-2023-8",), "PNR-104 over PNR-103, entered; hits of lists are sent on too"),
    Fit("border posts", "control.documents.irregular", "BRD-006", ("BRD-002", "BRD-023"), "BRD-007, the world's band, looked at too"),
    Fit("border posts", "ordinary.wanted", "BRD-008", ("PNR-2023-8",)),
    Fit("SLTD", "ordinary.lost_documents", "SLT-058", ("SLT-059", "SLT-065"),
        "irregular documents that are reported count in it as they are"),
    Fit("SIS, for all regional systems", "ordinary.refused", "INF-044", ("INF-040", "INF-043", "INF-047"),
        "whom ordinary.wanted puts there counts in it as he is"),
    Fit("SIENA", "cooperation.requests.answer_days", "INF-035", ("INF-034",)),
)
# Of all INTERPOL databases together nothing was fitted: INF-001 to INF-003 are left out.
LEFT_OUT_OF_ALL = ("INF-001", "INF-002", "INF-003")

OTHERS = {
    "risk.lists.document_coverage": "share of irregular documents that are reported",
    "risk.lists.name_sensitivity": "chance that a search by name finds him",
    "risk.lists.name_false_match": "chance to be taken for somebody listed",
    "risk.lists.regional_share": "share of records given to regional systems",
    "risk.lists.international_share": "share of records given to the system of all",
    "risk.lists.connected_high": "posts of high income that can ask others",
    "control.review.confirm_match": "chance that a reviewer confirms a right hit",
}


class Inputs:
    """Values of the baseline."""

    def __init__(self, root, corridor):
        self.scenarios, self.corridor = root / "scenarios", corridor
        self.files = [tomllib.loads((self.scenarios / name).read_text(encoding="utf-8"))
                      for name in ("baseline.toml", "travellers.toml")]
        self.organisations = (self.scenarios / ORGANISATIONS).read_text(encoding="utf-8")
        self.defaults = {}
        schema = subprocess.run([str(corridor), "schema", "--markdown"], check=True, capture_output=True, text=True).stdout
        for line in schema.splitlines():
            if line.startswith("## ["):
                section = line[4:-1]
            elif line.startswith("| `"):
                cells = line.split("|")
                self.defaults[section + "." + line.split("`")[1]] = cells[4].strip().strip("`")

    def __call__(self, name):
        table, key = name.split(".", 1)
        if table == "ordinary":
            rows = tomllib.loads(self.organisations)["ordinary"]
            return float(next(row[key] for row in rows if row["income"] == "all"))
        for file in self.files:
            here = file
            for part in name.split("."):
                here = here.get(part) if isinstance(here, dict) else None
            if here is not None:
                return float(here)
        return float(self.defaults[name])

    def halved(self, name, folder):
        """The setting that halves an input."""
        table, key = name.split(".", 1)
        if table != "ordinary":
            return f"{name}={self(name) / 2:.6g}"
        path = pathlib.Path(folder) / "organisations.toml"
        text = re.sub(rf"^({key} *= *)([0-9.e-]+)", lambda found: f"{found[1]}{float(found[2]) / 2:.6g}", self.organisations,
                      flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
        return f"cooperation.file={path}"


@dataclasses.dataclass(frozen=True)
class Half:
    input: str
    of_rows: dict  # value of a row with the input halved, by id
    own: float  # each over what it is with the input as it is
    others: float
    found: float


def halving(root, corridor, inputs):
    """(values of rows with all inputs as they are, [Half]), from short runs with the same seed."""
    def run(folder, *settings):
        result = pathlib.Path(folder) / "half.h5"
        words = [word for setting in settings for word in ("--set", setting)]
        subprocess.run([str(corridor), "run", str(root / "scenarios" / "baseline.toml"), "-o", str(result), "--force", "--quiet",
                        "--set", f"run.days={DAYS}", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        year, found = Year(result, root / "data"), {}
        measures.borders(year, found)
        values = {id: value for id, (value, _) in {**found, **sharing.measure(result), **sharing.passenger_data(year)}.items()}
        return values, sharing.answers(result)

    halves = []
    with tempfile.TemporaryDirectory() as folder:
        whole_values, whole = run(folder)
        for name in (*(fit.input for fit in FITS), *OTHERS):
            values, told = run(folder, inputs.halved(name, folder))
            halves.append(Half(name, values, told.hits["national"] / whole.hits["national"], told.of_others / whole.of_others,
                               told.found / whole.found))
    return whole_values, halves


def told_verdict(row, measured):
    """A row with its value and verdict, in a few words."""
    value = measured.get(row.id, (None,))[0]
    met, text = published.verdict(row, value)
    text = f"{row.id} {published.number(value)} for {published.number(row.value)}: {text}"
    return f"**{text}**" if met is False else text


def fit_table(inputs, rows, measured):
    lines = ["| database | input | value | fitted to | published | reached | left out of the fit | remark |",
             "|---|---|---:|---|---:|---:|---|---|"]
    for fit in FITS:
        row = rows[fit.target]
        value = measured.get(fit.target, (None,))[0]
        reached = "not measured" if value is None else f"{published.number(value)} ({value / row.value:.2f})"
        left = "; ".join(told_verdict(rows[id], measured) for id in fit.left_out) or "-"
        lines.append(f"| {fit.database} | `{fit.input}` | {inputs(fit.input):g} | {fit.target} {row.quantity} | "
                     f"{published.number(row.value)} | {reached} | {left} | {fit.remark} |")
    left = "; ".join(told_verdict(rows[id], measured) for id in LEFT_OUT_OF_ALL)
    lines.append(f"| INTERPOL, all databases | - | - | - | - | - | {left} | nothing fitted |")
    return lines


def half_table(inputs, as_is, halves):
    lines = ["| input, halved | value | its row | as it is | halved | hits of own lists | hits of others' lists | found, all |",
             "|---|---:|---|---:|---:|---:|---:|---:|"]
    targets = {fit.input: fit.target for fit in FITS}
    for half in halves:
        id = targets.get(half.input)
        own_row = f"{id} | {published.number(as_is[id])} | {published.number(half.of_rows[id])}" if id else "- | - | -"
        meaning = "" if id else f": {OTHERS[half.input]}"
        lines.append(f"| `{half.input}`{meaning} | {inputs(half.input):g} | {own_row} | {half.own:.2f} | {half.others:.2f} | "
                     f"{half.found:.3f} |")
    return lines


def of_all_databases(inputs, rows, measured, told):
    """Why all INTERPOL databases together stay below what is published, and what it would take."""
    here, aim = measured["INF-003"][0], rows["INF-003"].value
    names = told.per_million("international", "name", "biometric")
    asked = 1e6 * told.requests["system of all"] / told.queries["system of all"]
    return (f"Nothing was fitted to INF-003. Of its {here:.0f} hits in a million here {names:.0f} are on names and biometrics, most of the rest "
            f"on documents, which SLT-058 holds. More subjects alone would have to be {(aim - here + names) / names:.1f} times as many; "
            "the same subjects stand in regional systems and are arrested, so INF-044 and BRD-008 would be missed above by as much, and more hits "
            "would be sent on than PNR-104 allows. Giving all records to the system of all instead of "
            f"{inputs('risk.lists.international_share'):g} would show at most {1 / inputs('risk.lists.international_share'):.1f} times as many. What is published counts police inside countries too, who ask about whom they suspect, and vehicles; here whoever "
            "crosses a border is looked up once in all databases, and nobody else. A rate below the published one is to be expected. Counted another "
            "way, by requests to originators (whatever nearer list showed him too, and only who was still on his way), the rate is "
            f"{asked:.0f}.")


def section(result, inputs, rows, measured, halved):
    """Lines of the page. `rows`, `measured`: by id, of all tables; `halved`: what halving returns."""
    return ["## Fitted inputs", "",
            "Every input that was fitted to a published figure on systems of records, passenger data and border posts, from the first fitted to "
            "the last, each with those above it at their values; hits follow from coverage, quality and lag. *Reached*: in the year above, and over "
            "what is published. *Left out*: not looked at in the fit. Where it shares its model's rate with the target (SLT-059) that "
            "tests little; SLT-065, INF-047 and the PNR rows test more.", "",
            *fit_table(inputs, rows, measured), "", of_all_databases(inputs, rows, measured, sharing.answers(result)), "",
            "Of ordinary subjects the row for all countries stands here; low income has its own in "
            f"[{pathlib.PurePath(ORGANISATIONS).name}](../scenarios/{ORGANISATIONS}), in a fixed proportion to it, which is assumed. "
            "All else of records stays assumed: shares given, connections, sensitivity, delays.", "",
            f"What halving an input does, in {DAYS} days of the baseline, all with the same seed: the row that it was fitted to, and hits of lists and "
            "persons found as a share of those with the input as it is. These are days of January, so what stands there *as it is* differs from the "
            "year's value above; a hit rate does not halve where other inputs add to it.", "",
            *half_table(inputs, *halved), "",
            "Of customs one input was fitted, `cargo.alerts.coverage` to DRG-033 (213 t reported in the EU): without alerts the EU reports "
            "90 t, at 0.25 190 t, so half of the fitted 0.32 gives some 150 t. Left out of that fit: DRG-012, DRG-042, DRG-049 and the TRN "
            "rows above ([odd/cargo.md](odd/cargo.md)).", ""]
