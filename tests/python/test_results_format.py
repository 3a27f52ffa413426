# SPDX-License-Identifier: Apache-2.0
"""The page docs/results-format.md against a file that the command has written."""
import re
import subprocess

import h5py
import numpy
import pytest


@pytest.fixture(scope="module")
def small_result(run_corridor, root, tmp_path_factory):
    """A short run of the small world with two replicates and a sample of journeys."""
    path = tmp_path_factory.mktemp("results") / "small.h5"
    done = run_corridor("run", root / "scenarios/small.toml", "-o", path, "--days", "33",
                        "--replicates", "2", "--sample", "20", "--quiet")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs/results-format.md").read_text(encoding="utf-8")


def documented(page):
    rows = re.findall(r"^\| (/\S+) \| (\S+) \| ([^|]*) \| ([^|]*) \| ([^|]+) \| (yes|no) \| [\d.]+ \|$",
                      page, re.M)
    assert rows, "no table found: this test would pass without looking"
    return {path: (kind, dims, unit, meaning) for path, kind, dims, unit, meaning, _ in rows}


def written(path):
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            kind = "text" if item.dtype.kind == "S" else item.dtype.name
            found["/" + name] = (kind, *(item.attrs[key].decode() if isinstance(item.attrs[key], bytes)
                                         else item.attrs[key] for key in ("dimensions", "unit", "meaning")))

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def test_a_real_file_matches_the_document_exactly(small_result, page):  # nothing missing, nothing extra
    assert written(small_result) == documented(page)


def test_the_dimensions_have_one_length_each(small_result, page):
    lengths = {}
    with h5py.File(small_result) as file:
        for path, (_, dims, _, _) in documented(page).items():
            names = [] if dims == "-" else dims.split(", ")
            assert len(names) == file[path].ndim, path
            for name, length in zip(names, file[path].shape):
                assert lengths.setdefault(name, length) == length, (path, name)
    assert lengths["replicate"] == 2 and lengths["day"] == 33 and lengths["month"] == 2
    assert lengths["row"] == 20 and lengths["way"] == 2 and lengths["mode"] == 3


def test_every_array_is_contiguous_and_nothing_is_compressed_or_dated(small_result, page):
    with h5py.File(small_result) as file:
        assert file.id.get_create_plist().get_version()[0] == 0  # superblock of the earliest format
        for path in documented(page):
            assert file[path].chunks is None and file[path].compression is None, path


def test_a_finished_run_leaves_nothing_unwritten(small_result, page):
    with h5py.File(small_result) as file:
        assert file["/provenance/complete"][()] == 1
        assert (file["/daily/closed"][...] == 33).all()
        assert (file["/monthly/days"][...] == [31, 2]).all()
        for path, (kind, dims, _, _) in documented(page).items():
            if path.startswith(("/daily", "/monthly")) and kind.startswith("int"):
                assert (file[path][...] >= 0).all(), path
            if kind == "float64":
                assert not numpy.isnan(file[path][...]).any(), path


def test_the_daily_and_monthly_tables_tell_the_same_story(small_result):
    with h5py.File(small_result) as file:
        for replicate in range(2):
            trips = file["/daily/trips_by_mode"][replicate].sum(axis=0)
            assert (trips == file["/monthly/pair_trips"][replicate].sum(axis=(0, 1))).all()
            assert trips.sum() == file["/daily/trips_started"][replicate].sum()
            persons = file["/monthly/post_persons"][replicate].sum()
            assert persons == file["/daily/primary_persons"][replicate].sum()
            assert persons == file["/monthly/wait_histogram"][replicate].sum(dtype=numpy.int64)


def test_h5dump_reads_it_and_it_names_no_machine(small_result):
    done = subprocess.run(["h5dump", str(small_result)], stdout=subprocess.PIPE, check=True)
    assert b"trips_started" in done.stdout
    folder = str(small_result.parent).encode()
    assert folder not in small_result.read_bytes()


def test_changing_values_in_place_changes_the_digest(small_result, run_corridor, tmp_path):
    copy = tmp_path / "copy.h5"
    copy.write_bytes(small_result.read_bytes())
    before = run_corridor("digest", copy).stdout
    assert re.fullmatch(r"[0-9a-f]{32}\n", before)
    with h5py.File(copy, "r+") as file:
        file["/daily/trips_started"][0, 3] += 1
    after = run_corridor("digest", copy)
    assert after.returncode == 0, after.stderr
    assert after.stdout != before
    with h5py.File(copy, "r+") as file:
        file["/daily/trips_started"][0, 3] -= 1
        file["/provenance/wall_s"][()] = 5
    assert run_corridor("digest", copy).stdout == before


def test_a_copy_with_another_structure_is_refused(small_result, run_corridor, tmp_path):
    copy = tmp_path / "copy.h5"
    copy.write_bytes(small_result.read_bytes())
    with h5py.File(copy, "r+") as file:
        del file["/daily/units"]
    done = run_corridor("info", copy)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{copy}: error: damaged, or changed by another program")
