# SPDX-License-Identifier: Apache-2.0
"""The real command, killed at random moments and resumed, ends with the digest of an undisturbed run."""
import json
import random
import resource
import signal
import subprocess
import time

import pytest

KILLS = 50
OPTIONS = ["--days", "120", "--sample", "20", "--threads", "1", "--quiet"]


@pytest.fixture(scope="module")
def undisturbed(run_corridor, root, tmp_path_factory):
    """(digest, seconds) of a run that nobody kills."""
    path = tmp_path_factory.mktemp("whole") / "run.h5"
    start = time.monotonic()
    done = run_corridor("run", root / "scenarios/small.toml", "-o", path, *OPTIONS)
    assert done.returncode == 0, done.stderr
    return run_corridor("digest", path).stdout, time.monotonic() - start


def start(corridor, root, path):
    """Goes on with the run where there is one, else begins it."""
    arguments = (["run", "--resume", str(path), "--threads", "1", "--quiet"] if path.exists() else
                 ["run", str(root / "scenarios/small.toml"), "-o", str(path), *OPTIONS])
    return subprocess.Popen([str(corridor), *arguments], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def check_partial(run_corridor, path):
    """h5dump reads it, its closed days are whole, and the command knows how far it is. -> closed days"""
    for dataset in ("/daily/closed", "/daily/trips_started", "/daily/digest", "/monthly/pair_trips"):
        subprocess.run(["h5dump", "-d", dataset, str(path)], stdout=subprocess.DEVNULL, check=True)
    told = run_corridor("info", path, "--json")
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_fifty_kills_and_resumes_end_with_the_undisturbed_digest(run_corridor, corridor, root, undisturbed,
                                                                 tmp_path):
    digest, seconds = undisturbed
    moments = random.Random(2019)
    path = tmp_path / "run.h5"
    kills, finished_runs, furthest = 0, 0, 0
    while kills < KILLS:
        process = start(corridor, root, path)
        # Up to a third of a whole run: set-up, simulation, flushes and checkpoints are all hit.
        try:
            process.wait(timeout=moments.uniform(0.0, seconds / 3))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        _, errors = process.communicate()
        if process.returncode == -signal.SIGKILL:
            kills += 1
        else:
            assert process.returncode == 0, errors
        if not path.exists():
            continue
        told = check_partial(run_corridor, path)
        assert told["closed_days"] >= furthest - 1, "closed days were lost"
        furthest = max(furthest, told["closed_days"])
        if told["complete"]:
            assert run_corridor("digest", path).stdout == digest
            finished_runs += 1
            furthest = 0
            path.unlink()
            for left in tmp_path.iterdir():
                left.unlink()
    if not path.exists() or not json.loads(run_corridor("info", path, "--json").stdout)["complete"]:
        last = start(corridor, root, path)
        _, errors = last.communicate()
        assert last.returncode == 0, errors
    assert run_corridor("digest", path).stdout == digest


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_closes_its_day_and_goes_on(run_corridor, corridor, root, undisturbed, tmp_path, sent):
    digest, seconds = undisturbed
    path = tmp_path / "run.h5"
    process = start(corridor, root, path)
    time.sleep(seconds * 0.6)
    process.send_signal(sent)
    _, errors = process.communicate()
    assert process.returncode in (130, 0), errors
    if process.returncode == 130 and path.exists():
        assert b"--resume" in errors
        told = check_partial(run_corridor, path)
        assert told["covered_days"] == told["closed_days"]  # links and posts reach as far as the days
    while not path.exists() or not json.loads(run_corridor("info", path, "--json").stdout)["complete"]:
        again = start(corridor, root, path)
        _, errors = again.communicate()
        assert again.returncode == 0, errors
    assert run_corridor("digest", path).stdout == digest


def test_a_disk_without_room_is_reported_and_nothing_is_left(corridor, root, tmp_path):
    """A limit on the length of files refuses writes as a full disk does, without a mount."""
    def small_disk():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run([str(corridor), "run", str(root / "scenarios/small.toml"), "-o",
                           str(tmp_path / "run.h5"), *OPTIONS], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300,
                          preexec_fn=small_disk)
    assert done.returncode == 2, done.stderr
    assert "there is not that much room; nothing was written" in done.stderr
    assert list(tmp_path.iterdir()) == []
