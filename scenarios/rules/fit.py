# SPDX-License-Identifier: Apache-2.0
"""Fits logistic.toml anew, and renews what the adopted sets keep of their audit: `./dev rules`, after a change of the
simulation, of screening.toml or of the additive card. Usage: fit.py CORRIDOR, in the root of the tree."""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = Path("scenarios/rules")
SCENARIO = "scenarios/screening.toml"
# What the start of the fit says otherwise than the additive card. The routes' weights are not fitted, but given.
START = [('name = "Additive card"', 'name = "Logistic set"'),
         ('about = "Training example with invented round scores over journey, document and list features"',
          'about = "Training example: weights in hundredths of log-odds, fitted to invented journeys"'),
         ('adopted_by = "Training cell (fictitious)"\nadopted_on = 2019-01-01\n', "")]
TUNE = ["--method", "logistic", "--days", "60..172", "--share", "1", "--fixed", "route-elevated=20", "--fixed",
        "route-high=40"]
AUDIT = re.compile(r"\[ruleset\.audit\]\n(?:\w+ = .*\n)+\n?")

HEADER = """\
# A logistic set: scores are hundredths of log-odds, so that the total T stands for the chance
# 1 / (1 + exp(-T/100)) in the world of the journeys that it was fitted to. The training cell, which is
# fictitious, adopted it with `corridor rules adopt`, as it did the additive card.
#
# Written by `corridor tune` and `rules adopt`; made again by `./dev rules`:
#   corridor tune --rules START --input {scenario} {tune}
# START is additive.toml with another name and about, and without its adoption. The weights of
# the two routes are not fitted but given, and invented.
#
# Scenario {scenario}: seed {seed}, hash {hash},
#   digest of its results {digest}
# Trained on {train} records with {train_hits} hits; {held} held out, with {held_hits} hits
# At a capacity of 2 % of the records held out: {before} hits found by the additive card, {after} by this set
#
# Invented all the same: the journeys and their signals are, and the weights restate them.

"""


def main(corridor):
    def run(*words):
        done = subprocess.run([corridor, *map(str, words)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return done.stdout

    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name in ("list-only.toml", "additive.toml"):
            text = (RULES / name).read_text(encoding="utf-8")
            by, on = (re.search(rf'^{key} = "?(.*?)"?$', text, re.M)[1] for key in ("adopted_by", "adopted_on"))
            run("rules", "adopt", RULES / name, "--by", by, "--on", on, "--records", SCENARIO, "-o", scratch / name)
            audit = AUDIT.search((scratch / name).read_text(encoding="utf-8"))[0].rstrip("\n") + "\n\n"
            text = AUDIT.sub("", text).replace("[ruleset.groups]", audit + "[ruleset.groups]", 1)
            (RULES / name).write_text(text, encoding="utf-8")

        start = AUDIT.sub("", (RULES / "additive.toml").read_text(encoding="utf-8"))
        for old, new in START:
            if old not in start:
                sys.exit(f"additive.toml does not say any more: {old}")
            start = start.replace(old, new)
        (scratch / "start.toml").write_text(start, encoding="utf-8")
        told = json.loads(run("tune", "--rules", scratch / "start.toml", "--input", SCENARIO, *TUNE, "--json", "-o",
                              scratch / "logistic.toml"))
        run("run", SCENARIO, "-o", scratch / "run.h5", "--quiet")
        info = json.loads(run("info", scratch / "run.h5", "--json"))
        hits = told["held_out"]["all"]["hits"]
        header = HEADER.format(
            scenario=SCENARIO, tune=" ".join(TUNE), seed=info["seed"], hash=info["scenario_hash"],
            digest=run("digest", scratch / "run.h5").split()[0], train=told["train"]["records"],
            train_hits=told["train"]["hits"], held=told["held_out_part"]["records"],
            held_hits=told["held_out_part"]["hits"], before=hits["both"] + hits["champion_only"],
            after=hits["both"] + hits["challenger_only"])
        run("rules", "adopt", scratch / "logistic.toml", "--by", by, "--on", on, "--records", SCENARIO, "-o",
            scratch / "adopted.toml")
        fitted = (scratch / "adopted.toml").read_text(encoding="utf-8")
        (RULES / "logistic.toml").write_text(header + fitted, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
