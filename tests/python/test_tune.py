# SPDX-License-Identifier: Apache-2.0
"""corridor backtest, tune and rules adopt: from records to a set that a person answers for."""
import json
import random
import re

import pytest
from rule_texts import head, rule

OLD = head(version="2026.1", more='let = ["late = 40 in 0..60"]\n') + \
    rule("late", "lead_days <= late", 10) + rule("known", "earlier_trips >= 5", -5)
NEW = OLD + rule("cash", "payment == 'cash'", 12)
REGIONS = ["europe", "africa"]
MADE = ["--synthetic", "drawn by test_tune.py, from nobody"]
DATE = ["--date", "2026-01-01", *MADE]
REPLAY = ("Replay: both sets see the same records. The adversary does not react to the rules, and nobody travels "
          "differently because of them.")


def records(seed, n=8000, truth=True):
    """Hits book late, pay in cash and are seldom known."""
    draw = random.Random(seed)
    lines = ["id,payment,lead_days,earlier_trips,post,hour,sex,age_band,residence_region,group" + (",truth" if truth else "")]
    for i in range(n):
        hit = draw.random() < 0.03
        cash = draw.random() < (0.5 if hit else 0.1)
        lead = draw.randint(0, 9) if draw.random() < (0.6 if hit else 0.1) else draw.randint(10, 200)
        trips = draw.randint(5, 20) if draw.random() < (0.1 if hit else 0.4) else draw.randint(0, 4)
        row = f"r-{i},{'cash' if cash else 'card'},{lead},{trips},{draw.choice(['Hill', 'Bay'])},{i // 400},"
        protected = [draw.choice(values) for values in (["female", "male"], ["18-29", "30-59"], REGIONS, "ab")]
        lines.append(row + ",".join(protected) + (f",{int(hit)}" if truth else ""))
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path):
    for name, text in [("old.toml", OLD), ("new.toml", NEW), ("t.csv", records(1)), ("fresh.csv", records(2))]:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_backtest_tells_gains_and_losses_and_that_it_is_a_replay(run_corridor, folder):
    call = ["backtest", "--champion", "old.toml", "--challenger", "new.toml", "--input", "t.csv", *DATE,
            "--capacity", "0.05"]
    done = run_corridor(*call, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert REPLAY in done.stdout and "assumptions of the scenario" in done.stdout
    assert "capacity 5 % at each post in each hour" in done.stdout
    twin = json.loads(run_corridor(*call, "--json", cwd=folder).stdout)
    assert twin["kind"] == "replay" and twin["notes"][0] == REPLAY
    assert twin["all"]["outcome"] == "more hits"
    assert twin["all"]["hits"]["challenger_only"] > twin["all"]["hits"]["champion_only"]
    assert [by["attribute"] for by in twin["by"]] == ["post", "group", "age_band", "sex", "residence_region"]
    for by in twin["by"]:
        assert sum(row["records"]["challenger_only"] for row in by["rows"]) == twin["all"]["records"]["challenger_only"]
    recalls = [row["challenger"]["recall"] for row in twin["curve"]]
    assert recalls == sorted(recalls) and 0.05 in [row["capacity"] for row in twin["curve"]]
    assert twin["rules"][0]["id"] == "cash" and twin["rules"][0]["alone"]["flips"] > 0
    assert run_corridor(*call, "-o", "out.txt", cwd=folder).stdout == ""
    assert (folder / "out.txt").read_text(encoding="utf-8") == done.stdout


def test_a_set_against_itself_is_the_same(run_corridor, folder):
    twin = json.loads(run_corridor("backtest", "--champion", "old.toml", "--challenger", "old.toml", "--input", "t.csv",
                                   *DATE, "--json", cwd=folder).stdout)
    assert twin["all"]["outcome"] == "the same selection" and twin["all"]["p_value"] == 1
    assert twin["all"]["recall_difference"]["estimate"] == 0
    assert all(row["hits_gained"] == row["hits_lost"] == 0 for row in twin["curve"])


def test_tuned_rules_are_inert_until_a_person_adopts_them(run_corridor, folder):
    call = ["tune", "--rules", "new.toml", "--input", "t.csv", "--fresh", "fresh.csv", *DATE, "--capacity", "0.05"]
    done = run_corridor(*call, "-o", "tuned.toml", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "cards (2026.1) -> cards (2026.1-tuned-1), method both" in done.stdout
    assert "thresholds: 61 variants tried of 61" in done.stdout
    assert "The result is inert: nobody has adopted it." in done.stdout and REPLAY in done.stdout
    text = (folder / "tuned.toml").read_text(encoding="utf-8")
    assert 'version = "2026.1-tuned-1"' in text and 'combine = "logistic"' in text and "adopted_by" not in text
    twin = json.loads(run_corridor(*call, "--json", cwd=folder).stdout)
    assert twin["rule_set"]["adopted_by"] is None
    assert twin["thresholds"]["variants_tried"] == len(twin["thresholds"]["tried"]) == 61
    assert twin["fresh"]["kind"] == "replay"
    # ln(0.5/0.1) - ln(0.5/0.9), in hundredths; errors are about 15: within 4 of them.
    cash = next(r for r in twin["rules"] if r["id"] == "cash")
    assert abs(cash["new_score"] - 219.7) < 4 * cash["standard_error"] < 100
    known = next(r for r in twin["rules"] if r["id"] == "known")
    assert known["new_score"] < 0

    adopted = run_corridor("rules", "adopt", "tuned.toml", "--by", "A. Person", "--on", "2026-02-01", "--records",
                           "t.csv", *MADE, "-o", "adopted.toml", cwd=folder)
    assert adopted.returncode == 0, adopted.stderr
    assert adopted.stdout.startswith(
        "cards (2026.1-tuned-1): adopted by A. Person on 2026-02-01; adopted by nobody before\nproxies: rule '")
    after = (folder / "adopted.toml").read_text(encoding="utf-8")
    audit = re.search(r'\n\[ruleset.audit\]\ndigest = "[0-9a-f]{32}"\ndate = 2026-02-01\nrecords = "t.csv: synthetic '
                      r'records, 11 columns; drawn by test_tune.py, from nobody"\nstrongest = "rule \'.*\' with \w+: '
                      r"Cramer's V .*, limit 0.1\"\n", after)
    assert audit
    assert after.replace(audit[0], "").replace('adopted_by = "A. Person"\nadopted_on = 2026-02-01\n', "") == text
    again = run_corridor("tune", "--rules", "adopted.toml", "--input", "t.csv", *DATE, "--method", "logistic", "-o",
                         "again.json", cwd=folder)
    assert again.returncode == 0, again.stderr
    second = json.loads((folder / "again.json").read_text(encoding="utf-8"))["ruleset"]
    assert second["version"] == "2026.1-tuned-2" and "adopted_by" not in second
    assert second["about"].count("Tuned: ") == 1


def test_a_set_with_errors_is_not_adopted(run_corridor, folder):
    (folder / "bad.toml").write_text(NEW.replace("payment == 'cash'", "lead_days < 0"), encoding="utf-8")
    done = run_corridor("rules", "adopt", "bad.toml", "--by", "A. Person", "--on", "2026-02-01", "--records", "t.csv",
                        *MADE, "-o", "x.toml", cwd=folder)
    assert done.returncode == 2 and done.stdout == "" and not (folder / "x.toml").exists()
    assert done.stderr.endswith("bad.toml: error: a set with errors cannot be adopted; nothing was written\n")


def test_a_proxy_is_refused_by_lint_and_not_adopted(run_corridor, folder):
    """Cash is what group b pays: lint says so when it is given records, and says that it does not know when it is not."""
    text = (folder / "t.csv").read_text(encoding="utf-8").splitlines()
    proxy = [text[0]] + [row[:-3] + ("b" if "cash" in row else "a") + row[-2:] for row in text[1:]]
    (folder / "proxy.csv").write_text("\n".join(proxy) + "\n", encoding="utf-8")
    lint = run_corridor("rules", "lint", "new.toml", "--date", "2026-01-01", cwd=folder)
    assert lint.returncode == 0, lint.stdout
    assert "Proxies of protected attributes were not checked; --records TABLE, RUN.h5 or SCENARIO.toml" in lint.stdout
    call = ["rules", "lint", "new.toml", "--date", "2026-01-01", *MADE, "--records"]
    lint = run_corridor(*call, "t.csv", cwd=folder)
    assert lint.returncode == 0, lint.stdout
    assert "Proxies were looked for over 8000 records (t.csv: synthetic records, 11 columns; drawn by" in lint.stdout
    lint = run_corridor(*call, "proxy.csv", cwd=folder)
    complaint = ("new.toml:26:1: error: rule 'cash' is a proxy of group: Cramer's V (lower end of its interval) 0.978 "
                 "over 8000 records, above the limit 0.100 [proxy]\n")
    assert lint.returncode == 2 and complaint in lint.stdout
    twin = json.loads(run_corridor(*call, "proxy.csv", "--json", cwd=folder).stdout)
    assert twin["proxies"]["strongest"].startswith("rule 'cash' with group: Cramer's V 1 ")
    assert run_corridor(*call, "proxy.csv", "--association-limit", "1", cwd=folder).returncode == 0
    adopt = ["rules", "adopt", "new.toml", "--by", "A. Person", "--on", "2026-02-01", *MADE, "-o", "x.toml", "--records"]
    done = run_corridor(*adopt, "proxy.csv", cwd=folder)
    assert done.returncode == 2 and done.stdout == "" and not (folder / "x.toml").exists()
    assert complaint in done.stderr
    assert done.stderr.endswith("new.toml: error: a set with a proxy cannot be adopted; nothing was written\n")
    # Records without protected attributes cannot tell, which is no pass.
    fields = [row.split(",") for row in text]
    kept = [i for i, name in enumerate(fields[0]) if name not in ("sex", "age_band", "residence_region", "group")]
    (folder / "bare.csv").write_text("\n".join(",".join(row[i] for i in kept) for row in fields) + "\n",
                                     encoding="utf-8")
    done = run_corridor(*adopt, "bare.csv", cwd=folder)
    assert done.returncode == 2 and not (folder / "x.toml").exists()
    assert done.stderr.endswith("new.toml: error: these records tell nothing about protected attributes, so proxies "
                                "cannot be looked for; nothing was written\n")


def test_lint_and_card_take_another_catalogue(run_corridor, folder):
    (folder / "f.toml").write_text(
        'synthetic = true\nstatement = "drawn by a test"\n[[feature]]\nname = "speed"\ntype = "number"\nunit = "km/h"\n'
        'stage = "booking"\nlegal_class = "indicator"\nrange = [0, 200]\nmeaning = { en = "speed", fr = "vitesse" }\n',
        encoding="utf-8")
    (folder / "s.toml").write_text(head(version="2026.1", more='let = ["fast = 40 in 0..60"]\n') +
                                   rule("fast", "speed > fast", 5) + rule("slow", "speed < 5", -5), encoding="utf-8")
    assert "unknown feature 'speed'" in run_corridor("rules", "lint", "s.toml", cwd=folder).stdout
    lint = run_corridor("rules", "lint", "s.toml", "--features", "f.toml", cwd=folder)
    assert lint.returncode == 0, lint.stdout
    card = run_corridor("rules", "card", "s.toml", "--features", "f.toml", cwd=folder)
    assert card.returncode == 0, card.stderr
    assert "Records: drawn by a test\n" in card.stdout


def test_a_run_is_tuned_on_and_tested_with_other_seeds(run_corridor, root, folder):
    done = run_corridor("tune", "--rules", root / "scenarios/rules/logistic.toml", "--input",
                        root / "scenarios/small.toml", "--fresh-seeds", "2", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    twin = json.loads(done.stdout)
    assert "seed 2" in twin["fresh"]["input"] and "seed 3" in twin["fresh"]["input"]
    assert twin["thresholds"]["retested_on"] == "fresh"
    kept = {r["id"]: r for r in twin["rules"] if r["state"] == "kept: reads a threat assessment"}
    assert set(kept) == {"route-elevated", "route-high"}
    assert all(r["old_score"] == r["new_score"] and r["standard_error"] is None for r in kept.values())


@pytest.mark.parametrize("arguments, complaint", [
    (["backtest", "--challenger", "new.toml", "--input", "t.csv"], "no champion is named: --champion RULES"),
    (["backtest", "--champion", "old.toml", "--challenger", "new.toml"],
     "no records are named: --input TABLE, RUN.h5 or SCENARIO.toml"),
    (["backtest", "--champion", "old.toml", "--challenger", "new.toml", "--input", "t.csv", "--capacity", "nan"],
     "--capacity nan: a share lies between 0 and 1, as in 0.02"),
    (["backtest", "--champion", "old.toml", "--challenger", "new.toml", "--input", "t.csv", "--days", "1..2"],
     "--days is for results and scenarios"),
    (["backtest", "--champion", "old.toml", "--challenger", "new.toml", "--input", "t.csv", "-o", "old.toml",
      "--force"], "is read by this very command"),
    (["tune", "--input", "t.csv"], "no rules are named: --rules RULES"),
    (["tune", "--rules", "new.toml", "--input", "t.csv", "--method", "logistics"], "did you mean 'logistic'"),
    (["tune", "--rules", "new.toml", "--input", "t.csv", "--penalty", "-1"], "--penalty -1: allowed is 0 or more"),
    (["tune", "--rules", "new.toml", "--input", "t.csv", "--holdout", "1"], "--holdout 1: a share lies between"),
    (["tune", "--rules", "new.toml", "--input", "t.csv", "--fixed", "cash"], "--fixed cash: write ID=N"),
    (["tune", "--rules", "new.toml", "--input", "t.csv", "--fresh", "t.csv"], "is the input itself: fresh records"),
    (["tune", "--rules", "new.toml", "--input", "t.csv", "--fresh-seeds", "2"],
     "--fresh-seeds is for results and scenarios"),
    (["tune", "--rules", "new.toml", "--input", "none.csv", "--date", "2026-01-01"],
     "error: the records have no truth (column 'truth'): nothing can be tuned"),
    (["tune", "--rules", "new.toml", "--input", "few.csv", "--date", "2026-01-01"], "not enough data to tell: "),
    (["rules", "adopt", "new.toml", "--by", "A. Person"], "adopt needs --by NAME, --on YYYY-MM-DD, --records FILE (a table, RUN.h5"),
    (["rules", "adopt", "new.toml", "--by", " ", "--on", "2026-02-01", "--records", "t.csv", "-o", "x.toml"], "--by is empty"),
    (["rules", "adopt", "new.toml", "--by", "A", "--on", "2026-02-30", "--records", "t.csv", "-o", "x.toml"],
     "--on '2026-02-30' is no date that exists; write YYYY-MM-DD"),
    (["rules", "lint", "new.toml", "--by", "A"], "--by is an option of rules adopt"),
    (["rules", "lint", "new.toml", "--days", "1"], "--days is for the records of --records"),
    (["rules", "card", "new.toml", "--records", "t.csv"], "--records is no option of rules card"),
])
def test_what_is_wrong_is_said_and_nothing_is_written(run_corridor, folder, arguments, complaint):
    (folder / "none.csv").write_text(records(3, 500, truth=False), encoding="utf-8")
    (folder / "few.csv").write_text(records(3, 200), encoding="utf-8")
    before = sorted(path.name for path in folder.iterdir())
    tables = any(argument.endswith(".csv") for argument in arguments) and "card" not in arguments
    done = run_corridor(*arguments, *(MADE if tables else []), cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    assert complaint in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == before
