# SPDX-License-Identifier: Apache-2.0
"""The parts of ./dev validate on systems of records and on the agenda, from results written by hand."""
import tomllib

import h5py
import numpy as np
import pytest

import communique
import fits
import report
import sharing
import targets


def texts(*values):
    return np.array([value.encode() for value in values], "S32")


@pytest.fixture
def answered(tmp_path):
    """A run of two days by hand."""
    with h5py.File(tmp_path / "run.h5", "w") as file:
        file["places/system"] = texts("regional systems", "system of all")
        file["places/system_measure"] = texts("requests answered", "queries", "days to these answers", "milliseconds of queries", "requests")
        file["places/list_kind"] = texts("document", "name", "biometric")
        file["places/list_source"] = texts("none", "national", "regional", "international", "bridge")
        file["sharing/systems"] = np.array([[[[7, 1_000_000, 20, 4e8, 7], [9, 2_000_000, 30, 8e8, 9]],
                                             [[7, 1_000_000, 4, 4e8, 7], [9, 0, 10, 0, 9]]]])
        met = np.zeros((1, 2, 5, 2), int)
        met[0, 0, 2] = [30, 10]
        met[0, 1, 3] = [200, 100]
        file["sharing/met"] = met
        by_list = np.zeros((1, 2, 3, 5), int)
        by_list[0, 1, 0, 3], by_list[0, 0, 1, 2], by_list[0, 1, 2, 2], by_list[0, 1, 1, 3] = 180, 30, 10, 100
        file["sharing/by_list"] = by_list
        file["daily/threats_found"] = np.array([[[1, 2], [3, 4]]])
        file["daily/closed"] = np.array([2])
    return tmp_path / "run.h5"


def test_hits_stand_over_the_queries_of_their_system(answered):
    measured = {id: value for id, (value, _) in sharing.measure(answered).items()}
    a_year = 365 / 2
    assert measured == {"INF-001": 2e6 * a_year, "INF-002": 300 * a_year, "INF-003": 150, "INF-007": 0.4,
                        "INF-034": 14 * a_year, "INF-035": measured["INF-035"], "INF-040": 2e6 * a_year, "INF-043": 40 * a_year, "INF-044": 20,
                        "INF-047": 20, "SLT-058": 90, "SLT-059": 90}
    told = sharing.answers(answered)
    assert told.found == 10 and told.of_others == 340 and told.requests == {"regional systems": 14, "system of all": 18}


def test_answers_on_whole_days_tell_the_mean_of_the_time_that_was_drawn(answered):
    # 64 days for 32 requests: mean of floor(D) is 2 = 1 / (e^(1/m) - 1), so e^(1/m) = 1.5; 80 % of D lie below m ln 5
    assert sharing.measure(answered)["INF-035"][0] == pytest.approx(np.log(5) / np.log(1.5))


def test_the_heaviest_users_are_those_with_most_persons_at_connected_posts():
    persons = {"A": 100, "B": 80, "C": 50, "D": 10, "E": 10, "F": 1000}
    incomes = {"A": 50_000, "B": 5_000, "C": 2_000, "D": 0, "E": 13_000, "F": 500}
    # A 90, B 48, C 20, D and E 9 each, F 0 of 1,000: nobody there can ask
    assert sharing.concentration(persons, incomes, [0, 0.4, 0.6, 0.9]) == pytest.approx((90 + 48 + 20 + 9) / 176)


def expanded(id):
    """The ids of a row: "SLT-001..003" stands for three."""
    first, _, last = id.partition("..")
    stem, number = first.rsplit("-", 1)
    width = len(number)
    return [f"{stem}-{n:0{width}d}" for n in range(int(number), int(last or number) + 1)]


def test_every_published_row_on_records_borders_and_attackers_has_exactly_one_role(root):
    rows = [row for name in ("stylised_facts.csv", "sharing_facts.csv")
            for row in targets.read_targets(root / "tests" / "reference" / name)
            if row.id.split("-")[0] in ("SLT", "INF", "PNR", "BRD", "SEC")]
    found = [id for row in rows for id in expanded(row.id)]
    spans = {"SLT": [(1, 36), (50, 67)], "BRD": [(1, 29)], "SEC": [(1, 4)], "PNR": [(101, 109)],
             "INF": [(1, 18), (20, 23), (30, 38), (40, 50), (60, 63)]}
    wanted = [f"{stem}-{n:03d}" for stem, ranges in spans.items() for first, last in ranges for n in range(first, last + 1)]
    wanted += [f"PNR-{year}-{n}" for year, last in ((2019, 6), (2020, 6), (2023, 8), (2024, 8)) for n in range(1, last + 1)]
    assert sorted(found) == sorted(wanted)
    assert not [row.id for row in rows if ".." in row.id and row.role != "not compared"]
    assert not [row.id for row in rows if row.role == "not compared" and not row.note]


def test_every_fit_has_a_row_to_be_judged_by_and_rows_that_were_left_out(root):
    rows = {row.id: row for name in ("stylised_facts.csv", "sharing_facts.csv")
            for row in targets.read_targets(root / "tests" / "reference" / name)}
    for fit in fits.FITS:
        assert rows[fit.target].role in ("calibration", "input") and rows[fit.target].low is not None
        assert all(rows[id].role == "held out" for id in fit.left_out)
        assert fit.left_out
    assert all(rows[id].role == "held out" for id in fits.LEFT_OUT_OF_ALL)
    told = {"SLT", "INF", "PNR"}
    fitted = {fit.target for fit in fits.FITS} | {"BRD-007"}
    assert {row.id for row in rows.values() if row.role == "calibration" and row.id[:3] in told | {"BRD"}} <= fitted


@pytest.fixture
def inputs(root, corridor):
    return fits.Inputs(root, corridor)


def test_the_value_of_an_input_is_what_the_baseline_says_or_its_default(inputs):
    assert inputs("risk.lists.international_share") == 0.5  # a default
    assert inputs("risk.lists.document_coverage") == 0.1  # of travellers.toml
    assert inputs("cooperation.requests.answer_days") == 2.61  # of baseline.toml
    assert inputs("ordinary.lost_documents") == 0.0005  # of its file of organisations
    assert all(inputs(name) > 0 for name in (*(fit.input for fit in fits.FITS), *fits.OTHERS))


def test_halving_a_share_of_ordinary_subjects_halves_it_in_every_row_and_nothing_else(inputs, root, tmp_path):
    assert inputs.halved("cooperation.requests.answer_days", tmp_path) == "cooperation.requests.answer_days=1.305"
    name, path = inputs.halved("ordinary.wanted", tmp_path).split("=")
    assert name == "cooperation.file"
    with open(path, "rb") as file:
        half = tomllib.load(file)
    whole = tomllib.loads((root / "scenarios" / fits.ORGANISATIONS).read_text(encoding="utf-8"))
    assert [row["wanted"] for row in half["ordinary"]] == [row["wanted"] / 2 for row in whole["ordinary"]]
    for row in (*half["ordinary"], *whole["ordinary"]):
        del row["wanted"]
    assert half == whole


def test_the_table_of_fits_shows_what_was_reached_and_what_was_left_out(root, inputs):
    rows = {row.id: row for name in ("stylised_facts.csv", "sharing_facts.csv")
            for row in targets.read_targets(root / "tests" / "reference" / name)}
    table = "\n".join(fits.fit_table(inputs, rows, {"SLT-058": (81.34, ""), "SLT-059": (81.34, ""), "SLT-065": (0.6, "")}))
    assert ("| SLTD | `ordinary.lost_documents` | 0.0005 | SLT-058 SLTD hits per million searches | 83 | 81.3 (0.98) | "
            "**SLT-059 81.3 for 93: misses by 3.66 (4%) below**; SLT-065 0.6 for 0.62: met |") in table
    assert "| not measured |" in table  # of those that the run does not tell
    half = fits.Half("ordinary.lost_documents", {"SLT-058": 57.0}, 0.75, 0.5, 0.9994)
    lines = fits.half_table(inputs, {"SLT-058": 81.0}, [half, fits.Half("risk.lists.connected_high", {}, 1, 0.7, 1)])
    assert lines[2] == "| `ordinary.lost_documents` | 0.0005 | SLT-058 | 81 | 57 | 0.75 | 0.50 | 0.999 |"
    assert lines[3] == ("| `risk.lists.connected_high`: posts of high income that can ask others | 0.9 | - | - | - | 1.00 | 0.70 | "
                        "1.000 |")


def test_rows_that_are_not_compared_stand_on_the_page_with_their_reason(root):
    rows = targets.read_targets(root / "tests" / "reference" / "sharing_facts.csv")
    page = sharing.section({}, rows, report.verdict_table, report.counts)
    for row in rows:
        shown = [line for line in page if line.startswith(f"| {row.id} |")]
        assert len(shown) == 1 and (row.note in shown[0])


def told(estimate, lower, upper, equal=0):
    def row(name):
        return {"name": name, "base": 1234.5, "pairs": 8, "pairs_equal": equal,
                "difference": {"estimate": estimate, "lower": lower, "upper": upper}}
    names = {name for _, of_point in communique.AGENDA for name in of_point} | set(communique.JOINT)
    rows = [row(name) for name in ("moved", *communique.JOINT_METRICS)]
    return {"days": 365, "replicates": 8, "version": "0", "strategies": [
        {"file": f"{name}.toml", "cost_musd": 1.5, "metrics": rows} for name in sorted(names)]}


@pytest.mark.parametrize("difference, shown", [
    ((2, 1, 3), "**+2 [+1, +3]**"), ((2, -1, 5), "+2 [-1, +5]"), ((-2, -3, -1), "**-2 [-3, -1]**")])
def test_the_agenda_shows_the_metric_of_each_lever_bold_where_it_moved(difference, shown):
    levers = {name: "moved" for _, of_point in communique.AGENDA for name in of_point}
    tried = told(5, 4, 6)
    page = communique.page(told(*difference), tried, levers)
    assert f"| [records](strategies/records.toml) | moved | 1,234 | {shown} | **+5 [+4, +6]** |" in page
    n_levers = sum(len(of_point) for _, of_point in communique.AGENDA)
    assert page.count(shown) == n_levers + len(communique.JOINT) * len(communique.JOINT_METRICS)
    assert page.count("**+5 [+4, +6]**") == n_levers
    assert "none" in communique.page(told(0, 0, 0, equal=8), tried, levers)
