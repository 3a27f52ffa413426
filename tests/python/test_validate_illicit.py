# SPDX-License-Identifier: Apache-2.0
"""Figures of those who hide in the crowd: from invented reports by hand, and from a run of the small world."""
import math

import pandas as pd
import pytest

import illicit
import report
import targets


def reports(*rows):
    return pd.DataFrame(rows, columns=["origin", "destination", "amount"])


def test_a_link_is_a_pair_with_enough_reported_of_it():
    told = reports(("A", "B", 60), ("A", "B", 40), ("B", "A", 500), ("A", "C", 99), ("C", "C", 900))
    nodes, links, density, mutual = illicit.network(told)
    assert (nodes, links, density, mutual) == (2, 2, 1.0, 1.0)


def test_links_within_a_set_count_its_silent_members():
    told = reports(("A", "B", 100), ("B", "D", 100))
    nodes, links, density, mutual = illicit.network(told, within={"A", "B", "C"})
    assert (nodes, links, mutual) == (2, 1, 0.0)
    assert density == pytest.approx(1 / 6)


def test_no_reports_are_no_network():
    nodes, links, density, mutual = illicit.network(reports())
    assert (nodes, links) == (0, 0) and math.isnan(density) and math.isnan(mutual)


def test_every_figure_has_its_published_row(root):
    rows = {row.id: row for row in targets.read_targets(root / "tests/reference/illicit_facts.csv")}
    assert set(illicit.MEASURED) <= set(rows)
    assert all(rows[id].role != "not compared" for id in illicit.MEASURED)


def test_a_run_of_the_small_world_gives_the_section(root, tmp_path, run_corridor):
    result = tmp_path / "run.h5"
    done = run_corridor("run", root / "scenarios/actors-small.toml", "--set", "run.days=90", "--quiet", "-o", result)
    assert done.returncode == 0, done.stderr
    year = illicit.IllicitYear(result, root / "scenarios/worlds/archipelago")
    seized = year.of_goods("seizure", "cocaine")
    assert seized["amount"].sum() == year.goods_of("cocaine", "seized")  # events and sums are the same truth
    measured = illicit.measure(year)
    assert set(measured) == set(illicit.MEASURED)
    attempts = measured["FTF-050"][0] * year.legs
    assert attempts == pytest.approx(year.fighters_of("attempted")) and attempts > 0
    rows = [row for row in targets.read_targets(root / "tests/reference/illicit_facts.csv") if row.id in measured]
    page = "\n".join(illicit.section(year, rows, report.verdict_table, report.counts))
    assert "| TRN-031 |" in page and "nan" not in page
