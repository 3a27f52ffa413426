# SPDX-License-Identifier: Apache-2.0
"""What run and score demand of a set of rules, and what adoption demands of an audit."""
import json

import pytest
from rule_texts import head, rule

KNOWN = rule("known", "earlier_trips >= 5", -5)
CARDS = head() + rule("cash", "payment == 'cash'", 10) + KNOWN
TUNED = head(more='tuned_on = "t.csv; drawn by nobody"\n') + rule("cash", "payment == 'cash'", 10) + KNOWN
INERT = ("'cards' (1) was fitted by a program and adopted by nobody: it is inert until a named person adopts it, with "
         "`corridor rules adopt`\n")
GOODS = head(name="Customs", more='subject = "consignment"\n') + rule("seal", "seal == 'broken'", 10) + \
    rule("papers", "seal == 'intact'", -1)
MADE = ["--synthetic", "drawn by test_rule_use.py, from nobody"]
TABLE = "payment,earlier_trips,group\ncash,1,a\ncard,7,b\n"


@pytest.fixture
def folder(tmp_path):
    for name, text in [("cards.toml", CARDS), ("tuned.toml", TUNED), ("goods.toml", GOODS), ("t.csv", TABLE)]:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def call(run_corridor, folder):
    def refused(*words, status=2):
        before = sorted(path.name for path in folder.iterdir())
        done = run_corridor(*words, cwd=folder)
        assert done.returncode == status, done.stderr + done.stdout
        if status == 2:
            assert sorted(path.name for path in folder.iterdir()) == before
        return done

    return refused


def test_a_fitted_set_is_refused_until_somebody_adopts_it(call, root, folder):
    small = root / "scenarios/small.toml"
    rules = ["--set", "risk.rules=tuned.toml"]
    assert call("run", small, "-o", "x.h5", *rules).stderr == f"tuned.toml: error: {INERT}"
    assert call("validate", small, *rules).stderr == f"tuned.toml: error: {INERT}"
    assert call("score", "--rules", "tuned.toml", "--input", "t.csv", "-o", "x.csv", *MADE).stderr == \
        f"tuned.toml: error: {INERT}"
    # It may be looked at.
    for words in (["rules", "lint", "tuned.toml"], ["rules", "card", "tuned.toml"],
                  ["audit", "t.csv", "--rules", "tuned.toml", *MADE],
                  ["audit", small, "--days", "3", *rules]):
        call(*words, status=0)
    (folder / "mine.toml").write_text(TUNED.replace("tuned_on", 'adopted_by = "A"\nadopted_on = 2026-01-01\ntuned_on'),
                                      encoding="utf-8")
    call("score", "--rules", "mine.toml", "--input", "t.csv", *MADE, status=0)
    call("run", small, "-o", "y.h5", "--days", "1", "--set", "risk.rules=mine.toml", status=0)


def test_rules_are_about_what_is_scored(call, root):
    small = root / "scenarios/small.toml"
    wrong = ("'Customs' is a set of rules about consignments, and travellers are scored here: name rules with subject = "
             '"traveller", which is the default\n')
    for command in (["run", small, "-o", "x.h5"], ["validate", small]):
        assert call(*command, "--set", "risk.rules=goods.toml").stderr == \
            f"--set risk.rules=goods.toml: error: risk.rules: goods.toml: {wrong}"
        assert "and consignments are scored here: name rules with subject = \"consignment\"\n" in \
            call(*command, "--set", "cargo.rules=cards.toml").stderr
    for command in (["score", "--rules", "goods.toml", "--input", small], ["audit", small, "--rules", "goods.toml"],
                    ["backtest", "--champion", "goods.toml", "--challenger", "goods.toml", "--input", small]):
        assert call(*command).stderr == f"corridor: error: {small}: error: {wrong}" or \
            call(*command).stderr == f"{small}: error: {wrong}"
    for command in (["score", "--rules", "goods.toml", "--input", "t.csv"], ["audit", "t.csv", "--rules", "goods.toml"]):
        assert call(*command, *MADE).stderr == (
            "t.csv:1:1: error: the records are about travellers, and the rules about consignments: name rules with "
            'subject = "traveller"\n')


def test_what_lint_calls_an_error_is_a_warning_where_a_set_is_used(call, root, folder):
    (folder / "odd.toml").write_text(CARDS + rule("all", "lead_days >= 0", 1), encoding="utf-8")
    told = "odd.toml: warning: rule 'all' is true of every record whose data are known: it singles out nobody " \
        "[always-true]\n"
    (folder / "t.csv").write_text("payment,earlier_trips,lead_days\ncash,1,3\n", encoding="utf-8")
    assert call("score", "--rules", "odd.toml", "--input", "t.csv", *MADE, status=0).stderr == told
    run = call("run", root / "scenarios/small.toml", "-o", "x.h5", "--days", "1", "--quiet", "--set",
               "risk.rules=odd.toml", status=0)
    assert run.stderr == told


def test_adoption_wants_an_audit_that_could_tell(call, folder):
    adopt = ["rules", "adopt", "cards.toml", "--by", "A. Person", "--on", "2026-01-01", "--records", "few.csv", *MADE,
             "-o", "mine.toml"]
    (folder / "few.csv").write_text("payment,earlier_trips,group\n" + "cash,1,a\ncard,7,a\ncash,7,b\ncard,1,b\n",
                                    encoding="utf-8")
    assert call(*adopt).stderr.endswith(
        "cards.toml: error: these records tell nothing about protected attributes, so proxies cannot be looked for; "
        "nothing was written\n")
    # Enough for one rule, which fires on half of them, and not for the other, which never does.
    lines = [f"{'cash' if i % 2 else 'card'},1,{'ab'[i // 2 % 2]},{['female', 'male'][i // 4 % 2]},"
             f"{['18-29', '30-59'][i // 8 % 2]},{['europe', 'africa'][i // 16 % 2]}\n" for i in range(4096)]
    names = "payment,earlier_trips,group,sex,age_band,residence_region\n"
    (folder / "few.csv").write_text(names + "".join(lines), encoding="utf-8")
    assert call(*adopt).stderr.endswith(
        "cards.toml: error: not enough data to tell whether 'known' is a proxy (4096 records): name other records, or "
        "take what cannot be told on by name, --untold known; nothing was written\n")
    (folder / "blank.csv").write_text(names + "".join(line.rpartition(",")[0] + ",\n" for line in lines),
                                      encoding="utf-8")
    assert ("whether 'cash' and 'known' are proxies (4096 records, which tell nothing of 'residence_region')"
            in call(*[word.replace("few", "blank") for word in adopt]).stderr)
    assert "--untold cahs: the set has no rule 'cahs'; did you mean 'cash'?" in call(*adopt, "--untold", "cahs").stderr
    assert ("--untold names 'cash', of which these records can tell: leave it out; nothing was written\n"
            in call(*adopt, "--untold", "known,cash").stderr)
    told = json.loads(call(*adopt, "--untold", "known", "--json", status=0).stdout)
    assert told["audit"]["untold"] == ["known"] and told["adopted_by"] == "A. Person"
    assert 'untold = ["known"]\n' in (folder / "mine.toml").read_text(encoding="utf-8")
    assert "not enough data to tell, taken on by name: known" in \
        " ".join(call("rules", "card", "mine.toml", status=0).stdout.split())


def test_a_result_is_scored_as_its_scenario_and_known_by_what_is_in_it(call, root, folder):
    call("run", root / "scenarios/small.toml", "-o", "x.h5", "--days", "3", "--quiet", status=0)
    (folder / "odd.csv").write_bytes((folder / "x.h5").read_bytes())
    for file in ("x.h5", "odd.csv"):
        done = call("score", "--rules", "cards.toml", "--input", file, "-o", "s.csv", "--force", status=0)
        assert "synthetic records of scenario 'small', days 0 to 2" in done.stdout
    assert (folder / "s.csv").read_text(encoding="utf-8").count("\n") > 1000
    for options in (["--synthetic", "x"], ["--features", "f.toml"], ["--stage", "arrival"]):
        assert f"{options[0]} is for tables" in call("score", "--rules", "cards.toml", "--input", "x.h5", *options).stderr
    assert call("score", "--rules", "cards.toml", "--input", "gone.csv").stderr == "gone.csv: error: no such file\n"
    assert call("audit", "gone.csv").stderr == "gone.csv: error: no such file\n"
    assert call("audit", ".").stderr == ".: error: a folder, not a table\n"
    assert call("export", "records", "x.h5", "-o", "r.h5").stderr == (
        "r.h5: error: records are written as CSV; name a file that ends in .csv\n")
    done = call("export", "records", "x.h5", "-o", "r.csv", "--set", "run.seed=2", status=0)
    assert "wrote " in done.stderr and "seed 2" in (folder / "r.features.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("words, complaint", [
    (["score", "--rules", "cards.toml", "--input", "t.csv", *MADE, "--force"], "--force is for the file of -o"),
    (["score", "--rules", "cards.toml", "--input", "t.csv", *MADE, "--reasons"], "--reasons is for the file of -o"),
    (["audit", "t.csv", "--rules", "cards.toml", *MADE, "--force"], "--force is for the file of -o"),
    (["audit", "t.csv", "--rules", "cards.toml", *MADE, "--capacity", "1e12"],
     "--capacity 1000000000000: allowed is a share below 1 of the records, or a whole number of records from 1 to "
     "1000000000"),
    (["audit", "t.csv", "--rules", "cards.toml", *MADE, "--capacity", "3"], "--capacity 3: there are 2 records"),
    (["backtest", "--champion", "cards.toml", "--challenger", "cards.toml", "--input", "t.csv", *MADE, "--force"],
     "--force is for the file of -o"),
    (["tune", "--rules", "cards.toml", "--input", "t.csv", *MADE, "--seed", "-1"],
     "--seed -1: allowed is a whole number from 0 to 4294967295"),
    (["tune", "--rules", "cards.toml", "--input", "t.csv", *MADE, "--fixed", "cahs=3"],
     "--fixed cahs=3: the set has no rule 'cahs'; did you mean 'cash'?"),
    (["tune", "--rules", "cards.toml", "--input", "t.csv", *MADE, "--method", "thresholds", "--penalty", "2"],
     "--penalty is for weights, and --method thresholds fits none"),
    (["tune", "--rules", "cards.toml", "--input", "t.csv", *MADE, "--method", "logistic", "--budget", "9"],
     "--budget is for thresholds, and --method logistic searches none"),
    (["tune", "--rules", "cards.toml", "--input", "t.csv", *MADE],
     "t.csv: error: the records have no truth (column 'truth'): nothing can be tuned"),
    (["rules", "lint", "cards.toml", "--lang", "fr"], "--lang is an option of rules card"),
    (["rules", "card", "cards.toml", "--json", "--markdown"], "--json and --markdown exclude each other"),
    (["rules", "card", "cards.toml", "--untold", "cash"], "--untold is an option of rules adopt"),
    (["export", "csv", "t.csv", "-o", "x", "--set", "run.days=1"], "--set is for records, not for csv"),
])
def test_options_that_would_do_nothing_or_lie_outside_are_refused(call, words, complaint):
    assert complaint in call(*words).stderr
