# SPDX-License-Identifier: Apache-2.0
"""A small result file, written by hand, goes through the whole of ./dev validate."""
import h5py
import numpy as np
import pandas as pd
import pytest

import measures
import skills
import year as year_module

MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def texts(*values):
    return np.array([value.encode() for value in values], "S32")


@pytest.fixture
def year(tmp_path):
    """Two countries, three airports; every day alike, but July and August twice as full."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "air_legs.csv").write_text(
        "origin,destination,distance_km,flights_year,seats_year\n"
        "NAN,LHR,1000,10,400\nLHR,NAN,1000,10,400\nLHR,EDI,500,10,1000\nEDI,LHR,500,10,1000\n")
    (data / "organisations.csv").write_text("code,name,free_movement_level\nU,Union,4\n")
    (data / "memberships.csv").write_text("organisation,country,member_2019,member_2025\nU,GBR,1,0\n")
    level = np.repeat([1] * 6 + [2] * 2 + [1] * 4, MONTH_DAYS)
    months = np.array([1] * 6 + [2] * 2 + [1] * 4) * MONTH_DAYS
    with h5py.File(tmp_path / "year.h5", "w") as file:
        def put(path, value):
            file[path] = value

        put("provenance/start_date", np.bytes_("2019-01-01"))
        put("places/month", texts(*[f"2019-{month:02d}" for month in range(1, 13)]))
        put("places/region", texts("europe", "asia_pacific", "americas", "africa", "middle_east"))
        put("places/purpose", texts("leisure", "business", "visiting", "work", "study"))
        put("places/mode", texts("air", "land", "sea"))
        put("places/country_iso3", texts("FJI", "GBR"))
        put("places/country_region", texts("asia_pacific", "europe"))
        put("places/airport_iata", texts("NAN", "LHR", "EDI"))
        put("places/airport_country", texts("FJI", "GBR", "GBR"))
        put("places/air_link_origin", texts("NAN", "LHR", "LHR", "EDI"))
        put("places/air_link_destination", texts("LHR", "NAN", "EDI", "LHR"))
        put("places/pair_origin", texts("FJI", "GBR"))
        put("places/pair_destination", texts("GBR", "FJI"))
        put("places/post_kind", texts("air", "air", "land"))
        put("places/post_country", texts("GBR", "GBR", "GBR"))
        put("places/post_place", texts("LHR", "LHR", "FRA-GBR"))
        put("places/post_direction", texts("entry", "exit", "entry"))
        put("places/border_a", texts("FRA"))
        put("places/border_b", texts("GBR"))
        put("demand/margin", texts("arrivals in europe"))
        put("demand/scale_factor", np.array([1.5]))
        put("demand/air_link_fitted", np.array([0, 0, 0, 0], np.uint8))
        put("daily/closed", np.array([365]))
        put("daily/arrivals_by_region", (level[:, None] * [3, 1, 0, 0, 0])[None])
        put("daily/trips_by_mode", (level[:, None] * [4, 0, 0])[None])
        put("daily/trips_by_purpose", (level[:, None] * [2, 1, 1, 0, 0])[None])
        put("daily/scored", np.full((1, 365), 1000))
        put("daily/threats_found", np.tile([9, 9, 0, 2], (1, 365, 1)))
        put("places/threat", texts("none", "documents", "contraband", "wanted"))
        put("monthly/days", np.array([MONTH_DAYS]))
        put("monthly/air_link_passengers", (months[:, None] * [4, 4, 2, 2])[None])
        put("monthly/pair_trips", (months[:, None, None] * [[[1, 0, 0], [3, 0, 0]]])[None])
        put("monthly/post_persons", (months[:, None] * [1000, 7, 500])[None])
        put("monthly/post_wait_person_seconds", (months[:, None] * [600_000, 7, 0])[None])
        put("monthly/post_selected", (months[:, None] * [20, 0, 0])[None])
        put("monthly/post_refused", (months[:, None] * [1, 0, 0])[None])
        put("monthly/same_day_border_crossings", (months[:, None] * [600])[None])
        put("journeys/trip", np.array([[1, 2, 2**64 - 1]], np.uint64))
        for name in ("origin", "destination", "mode", "n_legs", "nights", "party"):
            put(f"journeys/{name}", np.array([[0, 1, 0]]))
    return year_module.Year(tmp_path / "year.h5", data)


def test_a_hand_made_year_gives_the_figures_that_it_was_made_of(year):
    found = {id: value for id, (value, _) in measures.measure(year).items()}
    person_days = 365 + 31 + 31  # July and August count double
    assert found["TRV-070"] == 4 * person_days
    assert found["TRV-080"] == 0.75 and found["TRV-085"] == 1 and found["TRV-090"] == 0.5
    assert found["TRV-094"] == 0 and found["TRV-095"] == 1 and found["COR-02"] == 0
    assert found["TRV-023"] == 8 * person_days  # domestic legs do not count
    assert found["TRV-024"] == 8000 * person_days
    assert found["TRV-140"] == pytest.approx(2 * 365 / person_days)
    assert found["TRV-141"] == pytest.approx(365 / person_days)
    assert found["TRV-142"] == pytest.approx(124 / person_days)
    assert found["TRV-061"] == 8 * person_days
    assert found["BRD-007"] == 1 / 1200  # 1,500 persons, 300 of them for the day
    assert found["BRD-008"] == 2000  # 2 of 1,000 crossings a day
    assert found["BRD-021"] == 0.02
    assert found["BRD-023"] == 10  # 600 seconds a person


def test_an_unused_row_of_the_sample_is_no_journey(year):
    assert len(year.journeys) == 2


def test_a_median_may_carry_weights():
    assert measures.weighted_median(np.array([7, 1, 3]), np.array([1, 1, 1])) == 3
    assert measures.weighted_median(np.array([7, 1, 3]), np.array([5, 1, 1])) == 7


def test_margins_and_their_factors_are_told(year):
    assert year.factors == [("arrivals in europe", 1.5)]


def test_observed_routes_meet_the_model_by_pair_and_domestic_ones_stay_out(year):
    flows = pd.DataFrame({
        "airport_a": ["LHR", "EDI", "AAA"], "airport_b": ["NAN", "LHR", "LHR"], "year": 2017,
        "months": 12, "passengers_both_ways": [50, 60, 70], "level": "airport",
        "source": "eurostat"})
    table = skills.routes(year, flows)
    assert list(table.index) == [("LHR", "NAN")]
    assert table["observed"].tolist() == [50] and table["passengers"].tolist() == [8 * 427]
    assert table["seats"].tolist() == [800]


def test_a_result_without_a_closed_day_is_refused(tmp_path, year):
    with h5py.File(tmp_path / "year.h5", "r+") as file:
        file["daily/closed"][0] = 0
    with pytest.raises(ValueError, match="no closed day"):
        year_module.Year(tmp_path / "year.h5", tmp_path / "data")
