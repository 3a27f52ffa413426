# SPDX-License-Identifier: Apache-2.0
"""The task of scoring.cpp vectorised in numpy, beside the engine: the same columns, rules and scores.

usage: scoring_numpy.py corridor_bench_scoring

Each round times numpy and the engine one after the other, so that both meet the same noise; CPU time. numpy works
once on whole columns and once on runs of rows that stay in the cache, and is given the better of the two. It is
written as one would for speed: narrow types in place, a look-up for sets, no temporary of eight bytes a row. Missing
values never fire a rule: those of bytes are a value that no condition names, those of numbers lie below every bound,
so only upper bounds need a second comparison.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROUNDS = 9
RUN = 32_768


def read_rules(path):
    rules = []
    for line in path.read_text().splitlines():
        kind, *rest = line.split()
        if kind == "rule":
            rules.append((rest[0], np.int16(rest[1]), []))
        else:
            rules[-1][2].append((kind, int(rest[0]), [int(x) for x in rest[1:]]))
    return rules


def prepare(rules, columns):
    """Rules with bounds in the type of the column and sets as tables of 256 truth values."""
    prepared = []
    for join, points, conditions in rules:
        made = []
        for kind, column, values in conditions:
            if kind == "in":
                table = np.zeros(256, bool)
                table[values] = True
                made.append((kind, column, table))
            else:
                made.append((kind, column, [columns[column].dtype.type(v) for v in values]))
        prepared.append((np.logical_or if join == "or" else np.logical_and, points, made))
    return prepared


def holds(kind, x, values):
    if kind == "equal":
        return x == values[0]
    if kind == "in":
        return values[x]
    if kind == "from":
        return x >= values[0]
    if kind == "to":
        result = x <= values[0]
        result &= x > np.iinfo(x.dtype).min
        return result
    result = x >= values[0]
    result &= x <= values[1]
    return result


def score(rules, columns, out, run):
    n = len(out)
    for first in range(0, n, run):
        rows = slice(first, min(first + run, n))
        parts = [c[rows] for c in columns]
        total = np.zeros(rows.stop - first, np.int16)
        for join, points, conditions in rules:
            fires = None
            for kind, column, values in conditions:
                h = holds(kind, parts[column], values)
                fires = h if fires is None else join(fires, h, out=fires)
            total += fires * points
        out[rows] = total


def numpy_rate(rules, columns, out, run):
    begin = time.process_time()
    score(rules, columns, out, run)
    return len(out) / (time.process_time() - begin)


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([binary, "--columns", folder], check=True)
        folder = Path(folder)
        files = sorted((f for f in folder.iterdir() if f.stem.isdigit()), key=lambda f: int(f.stem))
        columns = [np.fromfile(f, f.suffix[1:]) for f in files]
        expected = np.fromfile(folder / "scores.i4", "i4")
        rules = prepare(read_rules(folder / "rules.txt"), columns)
    scores = np.empty_like(expected)
    whole, in_runs, engine, ratio = [], [], [], []
    for _ in range(ROUNDS):
        for rates, run in ((whole, len(scores)), (in_runs, RUN)):
            scores.fill(-1)
            rates.append(numpy_rate(rules, columns, scores, run))
            if not np.array_equal(scores, expected):
                sys.exit("numpy and the engine give different scores")
        engine.append(float(subprocess.run([binary, "--rate"], check=True, capture_output=True, text=True).stdout))
        ratio.append(engine[-1] / max(whole[-1], in_runs[-1]))
    median = statistics.median
    print(f"{'numpy ' + np.__version__ + ', whole columns':<58}{median(whole) / 1e6:.1f} million/s")
    print(f"{'numpy, runs of ' + str(RUN) + ' rows':<58}{median(in_runs) / 1e6:.1f} million/s")
    print(f"{'the engine beside it':<58}{median(engine) / 1e6:.0f} million/s, "
          f"{median(ratio):.1f} times the better of them; same scores")


if __name__ == "__main__":
    main()
