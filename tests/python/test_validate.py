# SPDX-License-Identifier: Apache-2.0
"""The statistics behind docs/validation.md, on inputs whose answers are known."""
import pathlib
import types

import numpy as np
import pandas as pd
import pytest

import backcast
import funnel
import measures
import network
import report
import sharing
import skill
import skills
import targets
import year


def test_correlation_is_that_of_the_textbook():
    # x = 1 2 3 4, y = 2 1 4 3: deviations give sum xy = 3, sum xx = sum yy = 5, so r = 3/5
    assert skill.correlation(np.array([1., 2, 3, 4]), np.array([2., 1, 4, 3])) == pytest.approx(0.6)


def test_a_column_that_does_not_vary_tells_nothing():
    assert skill.correlation(np.array([5., 5, 5]), np.array([1., 2, 3])) == 0


def test_equal_values_share_their_mean_rank():
    assert list(skill.ranks([30, 10, 20, 20])) == [4, 1, 2.5, 2.5]


def test_spearman_sees_only_the_order():
    observed = np.array([1., 10, 100, 1000, 10000])
    assert skill.spearman(np.sqrt(observed), observed) == pytest.approx(1)
    assert skill.spearman(1 / observed, observed) == pytest.approx(-1)


def test_log_pearson_is_blind_to_a_constant_factor_when_numbers_are_large():
    observed = np.array([1e5, 1e6, 1e7, 3e7])
    # log10(1 + x) differs from log10(x) by at most 1e-5 / ln 10 here: r = 1 to about 1e-10
    assert skill.log_pearson(7 * observed, observed) == pytest.approx(1, abs=1e-9)


def test_a_factor_of_two_includes_its_ends():
    assert skill.share_within_factor([50, 200, 49.9, 200.1], [100, 100, 100, 100]) == 0.5


@pytest.mark.parametrize("model, observed", [
    ([1, 2], [1, 2]), ([1, 2, 3], [1, 2]), ([1, 2, float("nan")], [1, 2, 3]),
    ([1, 2, -1], [1, 2, 3]), ([1, 2, 3], [1, 2, 0])])
def test_columns_that_cannot_be_compared_are_refused(model, observed):
    with pytest.raises(ValueError):
        skill.log_pearson(model, observed)


def test_a_model_that_equals_its_baseline_gains_nothing():
    observed = np.array([3., 1, 4, 1, 5, 9, 2, 6])
    model = observed[::-1]
    for function in skill.MEASURES.values():
        assert skill.gain(function, model, model, observed) == (0, 0, 0)


def test_a_perfect_model_beside_noise_gains_surely_and_again_to_the_bit():
    random = np.random.Generator(np.random.Philox(7))
    observed = 10 ** random.uniform(3, 7, 200)
    noise = 10 ** random.uniform(3, 7, 200)
    first = skill.gain(skill.log_pearson, observed, noise, observed)
    assert first == skill.gain(skill.log_pearson, observed, noise, observed)
    value, low, high = first
    # independent columns: r ~ N(0, 1/199), so |r| < 6 / sqrt(199) = 0.43 but for one seed in 5e8
    assert low < value < high and value > 1 - 0.43 and low > 0


# ---- verdicts -----------------------------------------------------------------------------------

def target(**changes):
    row = dict(id="T-1", quantity="q", value=100.0, low=90.0, high=110.0, unit="u", year="2019",
               region="World", source="s", confidence="seen", role="held out", note="")
    return targets.Target(**{**row, **changes})


def test_a_band_includes_its_ends_and_a_miss_says_by_how_much():
    assert targets.verdict(target(), 90) == (True, "met")
    assert targets.verdict(target(), 110) == (True, "met")
    assert targets.verdict(target(), 132) == (False, "misses by 22 (20%) above")
    assert targets.verdict(target(), 45) == (False, "misses by 45 (50%) below")


def test_without_a_band_nothing_is_judged():
    assert targets.verdict(target(low=None, high=None), 120) == (
        None, "1.20 of the published figure")
    assert targets.verdict(target(), None) == (None, "not measured")
    assert targets.verdict(target(), float("nan")) == (None, "not measured")


def test_numbers_are_written_for_people():
    assert [targets.number(x) for x in (0, 0.58, 1.46e9, 5.54e12, 3860, 28125, 0.000703, 16.94)] \
        == ["0", "0.58", "1,460,000,000", "5,540,000,000,000", "3,860", "28,125", "7.03e-04", "16.9"]


def test_the_shipped_table_of_figures_reads_and_each_row_has_one_role(root):
    rows = targets.read_targets(root / "tests/reference/stylised_facts.csv")
    by_id = {row.id: row for row in rows}
    assert len(by_id) == len(rows) > 80
    assert by_id["TRV-070"].value == 1.46e9 and by_id["TRV-070"].role == "input"
    assert by_id["TRV-094"].role == "held out" and by_id["TRV-094"].low == 0.77
    assert not [row.id for row in rows if row.role == "not compared" and not row.note]


@pytest.mark.parametrize("line, complaint", [
    ("A,q,x,,,u,,,s,seen,input,", "value 'x' is no number"),
    ("A,q,1,,,u,,,s,seen,guess,", "role 'guess' is none of"),
    ("A,q,1,2,,u,,,s,seen,input,", "a band needs two ends"),
    ("A,q,1,3,2,u,,,s,seen,input,", "a band needs two ends"),
    ("A,q,1,,,u,,,s,seen,input,\nA,q,1,,,u,,,s,seen,input,", "A stands there twice")])
def test_a_bad_row_is_named_with_its_line(tmp_path, line, complaint):
    path = tmp_path / "t.csv"
    path.write_text("id,quantity,value,low,high,unit,year,region,source,confidence,role,note\n" +
                    line + "\n")
    with pytest.raises(ValueError, match=rf"t\.csv:[23]: error: .*{complaint}"):
        targets.read_targets(path)


# ---- measures -----------------------------------------------------------------------------------

LINKS = pd.DataFrame({
    "origin": ["AAA", "BBB", "AAA", "CCC"], "destination": ["BBB", "AAA", "CCC", "AAA"],
    "passengers": [10, 20, 5, 7], "seats_year": [100, 100, 50, 50], "fitted": [0, 0, 1, 1],
    "international": [True, True, False, False], "distance_km": [300.0, 300, 900, 900]})


def test_both_directions_of_a_route_are_one_pair():
    pairs = measures.both_ways(LINKS)
    assert list(pairs.index) == [("AAA", "BBB"), ("AAA", "CCC")]
    assert list(pairs["passengers"]) == [30, 12] and list(pairs["seats"]) == [200, 100]
    assert list(pairs["fitted"]) == [0, 1] and list(pairs["international"]) == [True, False]


def test_an_airport_counts_arrivals_and_departures_abroad_only():
    airports = measures.airport_international(LINKS)
    assert airports["passengers"].to_dict() == {"AAA": 30, "BBB": 30}


def test_months_are_compared_per_day():
    # 31 and 28 days with the same passengers a day: no season at all
    assert measures.monthly_extremes([310, 280], [31, 28]) == (1, 1)
    peak, trough = measures.monthly_extremes([620, 280], [31, 28])
    assert (peak, trough) == (pytest.approx(20 / (900 / 59)), pytest.approx(10 / (900 / 59)))


def test_open_areas_join_where_memberships_overlap():
    organisations = pd.DataFrame({"code": ["U", "V", "W"], "free_movement_level": [4, 4, 3]})
    memberships = pd.DataFrame({
        "organisation": ["U", "U", "V", "V", "W", "W"],
        "country": ["BBB", "AAA", "CCC", "BBB", "AAA", "DDD"]})
    areas = year.open_areas(organisations, memberships)
    assert areas["AAA"] == areas["BBB"] == areas["CCC"]
    assert "DDD" not in areas


def test_the_observation_nearest_to_2019_is_taken_and_a_month_counts_twelvefold():
    flows = pd.DataFrame({
        "airport_a": ["AAA", "AAA", "AAA"], "airport_b": ["BBB", "BBB", "CCC"],
        "year": [2024, 2019, 2024], "months": [1, 12, 1], "passengers_both_ways": [5, 70, 6],
        "level": ["airport", "city", "airport"], "source": ["bts_t100", "bitre", "bts_t100"]})
    assert skills.observed_pairs(flows)["observed"].to_dict() == {
        ("AAA", "BBB"): 70, ("AAA", "CCC"): 72}


def test_comparisons_of_fewer_than_ten_are_left_out():
    table = pd.DataFrame({"passengers": range(1, 12), "seats": range(1, 12), "observed": range(1, 12)})
    assert skills.compare("few", table[:9]) == []
    rows = skills.compare("enough", table)
    assert [row.measure for row in rows] == list(skill.MEASURES)
    assert rows[0].n == 11 and rows[2].model == 1


# ---- network ------------------------------------------------------------------------------------

def test_gini_of_equal_numbers_is_zero_and_of_one_owner_is_one_less_its_share():
    assert network.gini([2, 2, 2]) == 0
    assert network.gini([0, 0, 0, 8]) == 0.75


def test_a_small_network_is_described_right():
    country = {"AAA": "X", "BBB": "Y", "CCC": "X"}
    found = network.describe(LINKS, country)
    assert (found["NET-001"], found["NET-002"], found["NET-003"]) == (3, 2, 2)
    assert found["NET-004"] == 0.5 and found["NET-005"] == 1
    assert found["NET-006"] == pytest.approx(4 / 3) and found["NET-009"] == 2
    assert (found["NET-022"], found["NET-024"]) == (300, 900)


# ---- page ---------------------------------------------------------------------------------------

def test_the_page_tells_misses_and_what_was_not_measured():
    rows = [target(id="T-1"), target(id="T-2"), target(id="T-3", role="input"),
            target(id="T-4", role="not compared", note="another year")]
    page = report.page(["A run."], rows, {"T-1": (100.0, ""), "T-2": (120.0, "odd")},
                       [skills.Row("routes", 12, "Spearman", 0.9, 0.8, 0.1, 0.05, 0.15)], [], [],
                       [("arrivals in europe", 1.25)])
    assert "| held out | 2 | 1 | 1 | 0 | 0 |" in page
    assert "| input | 1 | 0 | 0 | 0 | 1 |" in page
    assert "**misses by 10 (9%) above** | odd |" in page
    assert "| routes | 12 | Spearman | 0.900 | 0.800 | +0.100 (+0.050 to +0.150) |" in page
    assert "| arrivals in europe | 1.2500 |" in page
    assert "- T-4 q (World, 2019): another year." in page


def test_the_funnel_adds_up_and_is_left_out_where_nothing_is_scored():
    outcome = ["not reviewed", "dismissed", "no place", "cleared", "refused", "detained", "seized", "protection"]
    rows = np.zeros((2, 4, 8), dtype=int)
    rows[:, 0] = [0, 5, 0, 1, 2, 1, 0, 1]   # list
    rows[:, 1] = [9, 9, 9, 9, 9, 9, 9, 9]   # referral: not part of the funnel
    rows[:, 2] = [10, 40, 3, 6, 0, 0, 1, 0]  # rules
    year = types.SimpleNamespace(
        daily={"scored": np.array([5_000, 5_000]), "list_hits": np.array([10, 10]), "flagged": np.array([60, 60]),
               "outcomes": rows, "threats_found": np.array([[0, 2, 1, 1], [0, 2, 1, 1]])},
        places={"source": ["list", "referral", "rules", "random"], "outcome": outcome,
                "threat": ["none", "documents", "contraband", "wanted"]})
    counts = funnel.simulated(year)
    assert counts["candidates by list or rules"] == 2 * (10 + 60)
    assert counts["reviewed"] == 2 * (10 + 50)
    assert counts["sent on"] == 2 * (5 + 10)
    assert counts["refused, detained or seized"] == 2 * (3 + 1)
    assert counts["detained or seized"] == 2 * (1 + 1)
    assert counts["referred to protection"] == 2
    assert counts["contraband or person sought, found"] == 4
    told = {id: value for id, (value, _) in sharing.passenger_data(year).items()}
    assert told == {"PNR-101": 120 / 140, "PNR-103": 0.014, "PNR-104": 0.003, "PNR-2019-4": 0.014, "PNR-2023-8": 400}
    published = pd.DataFrame({"country": ["X"], "year": [2019], "passengers": [2e6], "hits": [1000],
                              "forwarded": [100], "arrests": [float("nan")]})
    text = "\n".join(funnel.section(year, published))
    assert "| X 2019 | 500 | 50.0 | 0.1000 |  |" in text
    assert "| scored | 10,000 | 1,000,000.0 |" in text
    year.daily["scored"] = np.zeros(2)
    assert funnel.section(year, published) == []


def fact(id, region, year, value):
    return {"id": id, "quantity": "cocaine seized", "region": region, "year": str(year), "value": str(value)}


def test_a_line_needs_three_known_years():
    assert backcast.line({2016: 10.0, 2018: 30.0}, 2020) is None
    assert backcast.line({2016: 10.0, 2017: 20.0, 2018: 30.0}, 2020) == pytest.approx(50)


def test_a_forecast_is_compared_with_what_its_time_could_know():
    facts = [fact("DRG-030", "EU", 2017, 10), fact("DRG-031", "EU", 2018, 20), fact("DRG-032", "EU", 2019, 30),
             fact("DRG-034", "EU", 2020, 35), fact("DRG-032-BE", "Belgium", 2018, 5), fact("DRG-034-BE", "Belgium", 2020, 14)]
    row = {"what": "tonnes", "place": "area", "year": "2020", "role": "forecast", "p10": "20", "p50": "38", "p90": "50"}
    share = {**row, "what": "share", "place": "BEL", "p10": "0.1", "p50": "0.2", "p90": "0.3"}
    later = {**row, "year": "2021"}
    compared = backcast.compare([row, share, later, {**row, "role": "calibration"}], facts)
    assert [(one["published"], one["persistence"], one["trend"]) for one in compared] == [
        (35, 30, pytest.approx(40)), (pytest.approx(0.4), 0.25, None)]
    scores = backcast.scores(compared)
    assert scores["tonnes", "area"]["model"] == 3 and scores["tonnes", "area"]["within"] == 1
    assert scores["share", "BEL"]["within"] == 0
    assert backcast.verdict(scores["tonnes", "area"]) == "beats persistence, beats the line"
    assert backcast.verdict(scores["share", "BEL"]) == "**does not beat** persistence"


def test_the_published_forecast_is_the_committed_one():
    assert backcast.digests_hold(pathlib.Path(__file__).resolve().parents[2])
