# SPDX-License-Identifier: Apache-2.0
"""Verification case D3 through the engine: a scenario falls on a published operating point when the coverage of its list
and the quality of its matches are set, and nothing else is."""
import h5py
import numpy as np
import pytest

# Germany, passenger name records, hits and what was confirmed of them: of 1, and per million passengers.
POINTS = {2019: (0.0176, 81.7), 2023: (0.1794, 547.8), 2024: (0.4200, 585.4)}
# The reach of the lists is not in question here, so all posts see all at once; a reviewer looks at every hit and does not
# err, so that what is confirmed is who is meant.
FIXED = {"run.days": 150, "risk.planted.wanted": 0.01, "control.review.confirm_match": 1, "control.review.confirm_false": 0, "risk.lists.name_sensitivity": 1,
         "risk.lists.regional_share": 1, "risk.lists.regional_delay_days": 0, "risk.lists.international_share": 1,
         "risk.lists.international_delay_days": 0, "control.review.per_place": 100, "control.documents.irregular": 0,
         **{f"risk.lists.connected_{c}": 1 for c in ("low", "lower_middle", "upper_middle", "high")}}


@pytest.fixture
def measured(run_corridor, root, tmp_path):
    """measured(seed, coverage, false matches) -> precision of the hits, confirmed per million passes, hits."""

    def call(seed, coverage, false_match):
        values = {**FIXED, "run.seed": seed, "risk.lists.name_coverage": coverage,
                  "risk.lists.name_false_match": false_match}
        path = tmp_path / f"{seed}.h5"
        done = run_corridor("run", root / "scenarios/small.toml", "-o", path, "--quiet", "--force",
                            *(word for key, value in values.items() for word in ("--set", f"{key}={value}")))
        assert done.returncode == 0, done.stderr
        with h5py.File(path) as file:
            outcomes = file["/daily/outcomes"][0].sum(axis=0)[0]  # of source list
            passes = file["/daily/primary_persons"][0].sum()
            names = [name.decode() for name in file["/places/outcome"][:]]
        by_name = dict(zip(names, (int(n) for n in outcomes)))
        hits = outcomes.sum()
        assert by_name["not reviewed"] == 0
        confirmed = hits - by_name["dismissed"]
        return confirmed / hits, 1e6 * confirmed / passes, int(hits)

    return call


@pytest.mark.parametrize("year", POINTS)
def test_list_coverage_and_match_quality_place_a_scenario_on_a_published_point(measured, year):
    """Confirmed are linear in coverage, false hits in the rate of false matches: one run to learn both factors, another
    seed to test. Errors: hits of one travelling unit come together, on out and back, exit and entry and on its trips of
    the year, about 8 passes a time, so the variance is 8 times that of independent passes, in both runs. 4 standard
    errors; and the point of another year is farther away."""
    precision, per_million = POINTS[year]
    coverage, false_match = 0.1, 1e-3
    share, t, _ = measured(11, coverage, false_match)
    f = t / share - t
    t_wanted, f_wanted = per_million, per_million / precision - per_million
    coverage *= t_wanted / t
    false_match *= f_wanted / f
    assert 0 < coverage < 1 and 0 < false_match < 0.1
    found, found_rate, hits = measured(12, coverage, false_match)
    confirmed = found * hits
    assert abs(found_rate / per_million - 1) < 4 * np.sqrt(2 * 8 / confirmed)
    assert abs(found - precision) < 4 * np.sqrt(2 * 8 * precision * (1 - precision) / hits)
    others = [other for y, (other, _) in POINTS.items() if y != year]
    assert all(abs(found - precision) < abs(found - other) for other in others)


def test_without_a_list_nothing_is_confirmed(measured):
    """The cause switched off: who is sent on is drawn at random beside, 0.2 % of the hits; 8 times the variance."""
    share, _, hits = measured(13, 0, 2e-3)
    assert hits > 500 and share < 0.002 + 4 * np.sqrt(8 * 0.002 / hits)
