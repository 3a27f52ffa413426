# SPDX-License-Identifier: Apache-2.0
"""corridor explain of a scored result: thresholds, ties and cuts, and what is left when these are gone."""
import json

import h5py
import pytest


@pytest.fixture(scope="module")
def results(run_corridor, root, tmp_path_factory):
    """The same run with the cuts of all its days, and with none; reviewers and places are scarce, and some posts
    judge better."""
    folder = tmp_path_factory.mktemp("explain")
    for name, days in (("cuts", 12), ("none", 0)):
        done = run_corridor("run", root / "scenarios/screening.toml", "-o", folder / f"{name}.h5", "--quiet", "--days",
                            "12", "--set", f"run.cut_days={days}", "--set", "risk.flag_rate=0.05", "--set",
                            "control.secondary.rate=0.002", "--set", "cooperation.joint_posts.share=0.5", "--set",
                            "cooperation.joint_posts.judgement_gain=0.9")
        assert done.returncode == 0, done.stderr
    return folder


def stored(path):
    """(journey id, source, outcome, score) of each event."""
    with h5py.File(path) as file:
        rows = {name: file[f"/events/{name}"][0] for name in
                ("trip", "way", "member", "day", "post", "source", "outcome", "score")}
        sources, outcomes = ([n.decode() for n in file[f"/places/{k}"][:]] for k in ("source", "outcome"))
    used = rows["trip"] != 2**64 - 1
    return [(f"{int(t):016x}-{'out' if w == 0 else 'back'}.{m}", sources[s], outcomes[o], int(score))
            for t, w, m, s, o, score, u in zip(rows["trip"], rows["way"], rows["member"], rows["source"],
                                               rows["outcome"], rows["score"], used) if u]


def crossings(run_corridor, path, name):
    done = run_corridor("explain", path, name, "--json")
    assert done.returncode == 0, done.stderr
    return [c for way in json.loads(done.stdout)["ways"] for c in way["crossings"]]


def test_an_outcome_is_told_with_the_threshold_the_tie_and_the_cut(run_corridor, results):
    events = stored(results / "cuts.h5")
    assert len(events) > 40
    held = 0
    for name, source, outcome, score in events[::len(events) // 20]:
        told = [c for c in crossings(run_corridor, results / "cuts.h5", name)
                if c.get("source") == source and c.get("outcome") == outcome and c["score"] == score]
        assert told, name
        crossing = told[0]
        threshold = crossing["threshold"]
        assert crossing["stored_alone"] is False
        if threshold["place"] != "at":
            assert threshold["flagged"] == (threshold["place"] == "above")
        else:
            assert threshold["flagged"] == (threshold["tie"] < threshold["ties_below"])
        if not threshold["nobody"]:
            assert (crossing["score"] >= threshold["above"]) == (threshold["place"] == "above")
        assert crossing["reviewed"]["place"] in ("above", "at") or crossing["reviewed"]["last"] == "everybody"
        if outcome in ("refused", "detained", "seized", "protection"):
            held += 1
            assert crossing["inspected"]["place"] in ("above", "at")
    assert held > 0
    text = run_corridor("explain", results / "cuts.h5", events[0][0]).stdout
    assert "    threshold of the post: " in text and ", the tie draw 0." in text
    assert "      reviewed from " in text


def test_where_the_cuts_are_gone_outcomes_are_told_as_they_were_stored(run_corridor, results):
    events = stored(results / "none.h5")
    assert events == stored(results / "cuts.h5")
    for name, source, outcome, _ in events[::len(events) // 10]:
        told = [c for c in crossings(run_corridor, results / "none.h5", name) if c.get("stored_alone")]
        assert (source, outcome) in [(c["source"], c["outcome"]) for c in told], name
        assert all("threshold" not in c and "reviewed" not in c for c in told)
    texts = [run_corridor("explain", results / "none.h5", name).stdout for name, *_ in events[:20]]
    text = next(text for text in texts if "run.cut_days" in text)
    assert " (as stored; thresholds and cuts of that day were not kept)\n" in text
    assert ("the run kept no cuts (run.cut_days = 0); of other days the reviews with a hit and the outcomes that end a "
            "journey are told alone") in text
