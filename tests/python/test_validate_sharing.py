# SPDX-License-Identifier: Apache-2.0
"""The parts of ./dev validate on systems of records and on the agenda, from results written by hand."""
import h5py
import numpy as np
import pytest

import communique
import sharing


def texts(*values):
    return np.array([value.encode() for value in values], "S32")


def test_hits_stand_over_the_queries_of_their_system(tmp_path):
    with h5py.File(tmp_path / "run.h5", "w") as file:
        file["places/system"] = texts("regional systems", "system of all")
        file["places/system_measure"] = texts("requests answered", "queries", "days to these answers")
        file["places/list_kind"] = texts("document", "name", "biometric")
        file["places/list_source"] = texts("none", "national", "regional", "international", "bridge")
        file["sharing/systems"] = np.array([[[[7, 1_000_000, 20], [9, 2_000_000, 30]], [[7, 1_000_000, 4], [9, 0, 10]]]])
        met = np.zeros((1, 2, 5, 2), int)
        met[0, 0, 2] = [30, 10]
        met[0, 1, 3] = [200, 100]
        file["sharing/met"] = met
        by_list = np.zeros((1, 2, 3, 5), int)
        by_list[0, 1, 0, 3], by_list[0, 0, 1, 2], by_list[0, 1, 2, 2] = 180, 30, 10
        file["sharing/by_list"] = by_list
        file["daily/threats_found"] = np.array([[[1, 2], [3, 4]]])
    measured = {id: value for id, (value, _) in sharing.measure(tmp_path / "run.h5").items()}
    assert measured.pop("INF-035") == pytest.approx(2 * np.log(5))
    assert measured == {"INF-001": 2e6, "INF-002": 300, "INF-003": 150, "INF-044": 20, "SLT-058": 90}
    assert sharing.tables(tmp_path / "run.h5")[3] == 10


def test_an_input_is_halved_from_what_the_baseline_says_or_its_default(root, corridor):
    assert sharing.value_of(corridor, root, "risk.lists.international_share") == 0.5
    assert sharing.value_of(corridor, root, "risk.lists.document_coverage") == 0.1


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
    page = communique.page(told(*difference), levers)
    assert f"| [records](strategies/records.toml) | moved | 1,234 | {shown} |" in page
    assert page.count(shown) == sum(len(of_point) for _, of_point in communique.AGENDA) + \
        len(communique.JOINT) * len(communique.JOINT_METRICS)
    assert "none" in communique.page(told(0, 0, 0, equal=8), levers)
