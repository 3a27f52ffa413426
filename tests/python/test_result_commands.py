# SPDX-License-Identifier: Apache-2.0
"""corridor info, digest, export and map: what they print, write, and refuse."""
import csv
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

TABLES = {"about.csv", "air_links.csv", "air_links_fit.csv", "airports.csv", "borders.csv", "country_pairs.csv",
          "daily.csv", "journeys.csv", "months.csv", "posts.csv", "sea_lanes.csv"}


@pytest.fixture(scope="module")
def result(run_corridor, root, tmp_path_factory):
    path = tmp_path_factory.mktemp("results") / "small.h5"
    done = run_corridor("run", root / "scenarios/small.toml", "-o", path, "--days", "10", "--sample", "5",
                        "--quiet")
    assert done.returncode == 0, done.stderr
    return path


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_info_and_its_json_twin_agree(run_corridor, result):
    text = run_corridor("info", result)
    twin = json.loads(run_corridor("info", result, "--json").stdout)
    assert text.returncode == 0 and text.stderr == ""
    assert twin["closed_days"] == 10 and twin["complete"] is True
    trips = twin["totals"]["trips_started"]
    assert trips > 1000
    assert f"{trips:,} trips" in text.stdout
    assert sum(twin["trips_by_mode"].values()) == trips
    posts = run_corridor("info", result, "--posts", "2", "--json")
    assert len(json.loads(posts.stdout)["busiest_posts"]) == 2


def test_export_csv_adds_up_to_info(run_corridor, result, tmp_path):
    out = tmp_path / "tables"
    assert run_corridor("export", "csv", result, "-o", out).returncode == 0
    assert {path.name for path in out.iterdir()} == TABLES
    twin = json.loads(run_corridor("info", result, "--json").stdout)
    flown = sum(int(row["passengers"]) for row in table(out / "air_links.csv"))
    assert flown == twin["links"]["air_passengers"]
    pairs = table(out / "country_pairs.csv")
    assert sum(int(row["trips"]) for row in pairs) == twin["totals"]["trips_started"]
    assert all(int(r["trips"]) == int(r["by_air"]) + int(r["by_land"]) + int(r["by_sea"]) for r in pairs)
    airports = table(out / "airports.csv")
    # Who begins to fly ends to fly, except those on their way at the start and end of the run.
    begun = sum(int(row["departing"]) for row in airports)
    ended = sum(int(row["arriving"]) for row in airports)
    assert begun > 0 and ended > 0
    # A flight is one leg; a person's flights are one more than the changes.
    changes = sum(int(row["connecting"]) for row in airports)
    assert changes < flown
    assert len(table(out / "daily.csv")) == 10
    assert len(table(out / "journeys.csv")) <= 5


def test_export_geojson_is_geojson(run_corridor, result, tmp_path):
    out = tmp_path / "flows.geojson"
    assert run_corridor("export", "geojson", result, "-o", out).returncode == 0
    flows = json.loads(out.read_text(encoding="utf-8"))
    kinds = {feature["properties"]["kind"] for feature in flows["features"]}
    assert {"airport", "air_link", "border"} <= kinds
    for feature in flows["features"]:
        assert feature["geometry"]["type"] in {"Point", "LineString", "MultiLineString"}


def test_map_is_an_svg_of_moderate_size(run_corridor, result, tmp_path):
    out = tmp_path / "map.svg"
    assert run_corridor("map", result, "-o", out).returncode == 0
    assert out.stat().st_size < 1_500_000
    svg = ElementTree.parse(out).getroot()
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join(svg.itertext())
    assert "Persons a day" in words and "Every traveller is synthetic" in words
    first = out.read_bytes()
    assert run_corridor("map", result, "-o", out, "--force").returncode == 0
    assert out.read_bytes() == first


def test_digest_does_not_depend_on_threads(run_corridor, root, result, tmp_path):
    other = tmp_path / "one.h5"
    done = run_corridor("run", root / "scenarios/small.toml", "-o", other, "--days", "10", "--sample", "5",
                        "--threads", "1", "--quiet")
    assert done.returncode == 0, done.stderr
    digest = run_corridor("digest", result).stdout
    assert re.fullmatch(r"[0-9a-f]{32}\n", digest)
    assert run_corridor("digest", other).stdout == digest
    twin = json.loads(run_corridor("digest", other, "--json").stdout)
    assert twin == {"digest": digest.strip(), "complete": True, "closed_days": 10, "days": 10}


@pytest.mark.parametrize("command", [["info"], ["digest"], ["export", "csv"], ["export", "geojson"], ["map"]])
def test_a_bad_input_is_refused_and_leaves_nothing(run_corridor, result, tmp_path, command):
    folder = tmp_path / "out"
    folder.mkdir()
    output = ["-o", str(folder / "made")] if len(command) == 2 or command == ["map"] else []
    bad = {
        "missing.h5": (None, "no such file"),
        "empty.h5": (b"", "the file is empty"),
        "text.h5": (b"not a result\n", "not a result file of Corridor"),
        "cut.h5": (result.read_bytes()[:20_000], "cut short"),
        "hdf5.h5": (b"\x89HDF\r\n\x1a\n" + bytes(100), "an HDF5 file, but not a result of Corridor"),
        "new.h5": (re.sub(rb"format \d+\.\d+", b"format 7.0", result.read_bytes(), count=1), "results format 7.0"),
    }
    for name, (content, complaint) in bad.items():
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        done = run_corridor(*command, path, *output)
        assert done.returncode == 2, (name, done.stderr)
        assert done.stderr.startswith(f"{path}: error: {complaint}"), done.stderr
        assert done.stdout == ""
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", [["export", "csv"], ["export", "geojson"], ["map"]])
def test_outputs_are_not_overwritten_or_put_where_they_cannot_be(run_corridor, result, tmp_path, command):
    out = tmp_path / "made"
    assert run_corridor(*command, result, "-o", out).returncode == 0
    again = run_corridor(*command, result, "-o", out)
    assert again.returncode == 2 and "exists already; --force replaces it" in again.stderr
    assert run_corridor(*command, result, "-o", out, "--force").returncode == 0
    nowhere = run_corridor(*command, result, "-o", tmp_path / "no" / "made")
    assert nowhere.returncode == 2 and "does not exist; make it first" in nowhere.stderr
    assert not (tmp_path / "no").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"made"}


@pytest.mark.parametrize("arguments, complaint", [
    (["info"], "no result file is named"),
    (["info", "x.h5", "--posts", "-1"], "--posts must be 0 or more"),
    (["info", "x.h5", "--jsno"], "did you mean '--json'"),
    (["digest"], "no result file is named"),
    (["export"], "say csv, geojson, paxlst or records"),
    (["export", "cvs", "x.h5", "-o", "y"], "did you mean 'csv'"),
    (["export", "csv", "x.h5"], "no output is named"),
    (["map", "x.h5"], "no output is named"),
    (["map", "x.h5", "-o", "y.svg", "--links", "0"], "--links must be 1 or more"),
])
def test_a_wrong_call_says_what_is_wrong(run_corridor, arguments, complaint, tmp_path):
    done = run_corridor(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_replicate_that_is_not_there_is_refused(run_corridor, result, tmp_path):
    done = run_corridor("export", "csv", result, "-o", tmp_path / "t", "--replicate", "3")
    assert done.returncode == 2 and "the file has replicates 0 to 0" in done.stderr
    assert not (tmp_path / "t").exists()
