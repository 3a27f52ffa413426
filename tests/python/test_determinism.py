# SPDX-License-Identifier: Apache-2.0
"""The same scenario gives the same bits: other threads, another CPU as the C library sees it, another process."""
import csv
import json
import os

import pytest


def ok(done):
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def year(run_corridor, root, tmp_path_factory):
    """A full year of the small world with a sample of journeys; its folder and digest."""
    folder = tmp_path_factory.mktemp("year")
    result = folder / "year.h5"
    ok(run_corridor("run", root / "scenarios/small.toml", "-o", result, "--sample", "365", "--quiet"))
    return result


def digest(run_corridor, root, folder, *options, env=None):
    result = folder / "run.h5"
    ok(run_corridor("run", root / "scenarios/small.toml", "-o", result, "--force", "--quiet", "--days", "20",
                    *options, env=env))
    return ok(run_corridor("digest", result)).stdout.strip()


def test_digest_does_not_depend_on_the_machine(run_corridor, root, tmp_path):
    reference = digest(run_corridor, root, tmp_path)
    assert len(reference) == 32
    for options in (["--threads", "1"], ["--threads", "4"], ["--set", "run.batch=13"], ["--set", "run.simd=scalar"]):
        assert digest(run_corridor, root, tmp_path, *options) == reference, options
    # A CPU without FMA and AVX2, as far as the C library can tell; and tables that are built under it.
    masked = dict(os.environ, GLIBC_TUNABLES="glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F,-FMA4",
                  XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert digest(run_corridor, root, tmp_path, env=masked) == reference
    assert digest(run_corridor, root, tmp_path, "--seed", "2") != reference  # it can differ


def test_another_process_makes_a_mid_year_journey_again(run_corridor, root, year, tmp_path):
    ok(run_corridor("export", "csv", year, "-o", tmp_path / "csv"))
    with open(tmp_path / "csv/journeys.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if 150 <= int(row["day"]) < 200]
    assert len(rows) >= 40, "no sample: this test would pass without looking"
    for row in rows:
        # Only the scenario and the id; no result, no days before.
        told = json.loads(
            ok(run_corridor("explain", root / "scenarios/small.toml", row["id"], "--json")).stdout)
        assert (told["residence"], told["destination"]) == (row["origin"], row["destination"])
        assert told["mode"] == row["mode"] and told["purpose"] == row["purpose"]
        assert told["party"] == int(row["party"]) and told["nights"] == int(row["nights"])
        assert told["lead_days"] == int(row["lead_days"])
        (way,) = told["ways"]
        assert way["way"] == row["way"] and way["day"] == int(row["day"])
        assert len(way["links"]) == int(row["n_legs"])
        if row["entry_minute"]:
            assert way["crossings"][-1]["minute"] % 1440 == int(row["entry_minute"])
        assert row["id"][:16] in told["trips_of_unit"]
        again = json.loads(ok(run_corridor("explain", year, row["id"], "--json")).stdout)
        # The result holds the same scenario; it alone can say of which days it kept the cuts.
        notes = again.pop("selection_note"), told.pop("selection_note")
        assert notes == ("", "") or ("cuts were kept from day 358" in notes[0] and "stand in a result" in notes[1])
        assert again == told


def test_explain_refuses_what_is_no_journey(run_corridor, root):
    for id, words in (("12", "is no id"), ("ffffffffffffffff", "there is no trip"),
                      ("0000000000000000-out", "there is no trip")):
        done = run_corridor("explain", root / "scenarios/small.toml", id)
        assert done.returncode == 2 and words in done.stderr, done.stderr


def test_a_scaled_run_says_what_it_does_to_waits(run_corridor, root, tmp_path):
    done = run_corridor("run", root / "scenarios/small.toml", "-o", tmp_path / "s.h5", "--days", "3",
                        "--set", "run.scale=0.1")
    assert "times the" in done.stdout and "read no waits" in done.stdout
    done = run_corridor("run", root / "scenarios/small.toml", "-o", tmp_path / "t.h5", "--days", "3")
    assert "read no waits" not in done.stdout
