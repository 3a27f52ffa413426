# SPDX-License-Identifier: Apache-2.0
"""corridor score: tables of synthetic records in, scores out; whatever is bad is refused and leaves nothing."""
import csv
import json
import random
import signal
import subprocess
import time

import h5py
import numpy as np
import pytest
from rule_texts import head, rule

HEAD = head(version="2026.1", more="base = 3\n")
ANY = '["booking", "check-in", "arrival"]'


CARDS = HEAD + "[ruleset.groups]\npay = { max = 20 }\n" + \
    rule("late-cash", "lead_days <= 2 and payment == 'cash'", 15, ANY, 'group = "pay"') + \
    rule("cash", "payment == 'cash'", 10, '["arrival"]', 'group = "pay"\non_missing = "refer"') + \
    rule("regular", "earlier_trips >= 5", -5, '["arrival"]', "valid_to = 2026-06-30")

FEATURES = """synthetic = true
statement = "drawn by a test, from nobody"
[[feature]]
name = "speed"
type = "number"
unit = "km/h"
stage = "booking"
legal_class = "indicator"
range = [0, 200]
meaning = { en = "speed", fr = "vitesse" }
[[feature]]
name = "kind"
type = "category"
stage = "booking"
legal_class = "indicator"
values = ["slow, or so", "fast"]
meaning = { en = "kind", fr = "genre" }
[[protected]]
name = "group"
values = ["a", "b"]
"""
SPEED = HEAD + rule("fast", "speed > 99.5 or kind == 'fast'", 7, ANY) + rule("slow", "speed < 10", -2, ANY)


MADE = "drawn by test_score.py, from nobody"


@pytest.fixture
def score(run_corridor, tmp_path):
    """score(table, rules=..., more arguments): the table may be text, bytes or a path."""

    def call(table, *arguments, rules=CARDS, date="2026-01-01"):
        (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
        if isinstance(table, (str, bytes)):
            path = tmp_path / "t.csv"
            path.write_bytes(table if isinstance(table, bytes) else table.encode())
            table = path
        declared = () if "--features" in arguments else ("--synthetic", MADE)
        return run_corridor("score", "--rules", tmp_path / "rules.toml", "--input", table, "--date", date,
                            *declared, *arguments, cwd=tmp_path)

    return call


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLE = ("payment,id,lead_days,earlier_trips,stage\n"
         'cash,"r,""1""",1,7,arrival\n'
         ",r2,1,,arrival\n"
         "card,r3,100,0,booking\n"
         "cash,0010040000500003-out.1,2,0,booking\n")


def test_one_row_out_for_each_row_in_with_shares_that_add_up(score, tmp_path):
    done = score(TABLE, "-o", "out.csv", "--reasons")
    assert done.returncode == 0, done.stderr
    out = rows(tmp_path / "out.csv")
    assert [r["id"] for r in out] == ['r,"1"', "r2", "r3", "0010040000500003-out.1"]
    assert [int(r["score"]) for r in out] == [18, 3, 3, 18]
    assert [r["fired"] for r in out] == ["late-cash;cash;regular", "", "", "late-cash"]
    assert [r["referred"] for r in out] == ["0", "1", "0", "0"]
    assert [r["referred_by"] for r in out] == ["", "cash", "", ""]
    for r in out:
        assert sum(int(share.rpartition("=")[2]) for share in r["reasons"].split(";")) == int(r["score"])
        assert r["statement"] == MADE
    assert f"t.csv: synthetic records, 5 columns; {MADE}\n" in done.stdout
    assert f"Statement of the records: {MADE}\n" in done.stdout
    assert "lowest 3, median 10.5, highest 18" in done.stdout
    assert "wrote out.csv" in done.stdout


def test_the_json_twin_says_what_the_text_says(score):
    twin = json.loads(score(TABLE, "--json").stdout)
    assert twin["records"] == 4 and twin["referred"] == 1 and twin["output"] is None
    assert twin["scores"] == {"lowest": 3, "median": 10.5, "highest": 18}
    assert [(r["id"], r["fired"], r["unknown"], r["in_force"]) for r in twin["rules"]] == [
        ("late-cash", 2, 1, True), ("cash", 1, 1, True), ("regular", 1, 1, True)]
    later = json.loads(score(TABLE, "--json", date="2026-07-01").stdout)
    assert later["rules"][2]["in_force"] is False and later["scores"]["highest"] == 23
    at_booking = json.loads(score(TABLE, "--json", "--stage", "booking").stdout)
    assert [r["fired"] for r in at_booking["rules"]] == [2, 0, 0]


def test_another_catalogue_brings_its_statement_into_every_output(score, tmp_path):
    (tmp_path / "f.toml").write_text(FEATURES, encoding="utf-8")
    table = 'group,kind,speed\na,"slow, or so",99.75\nb,fast,\n,"slow, or so",9.999\n'
    done = score(table, "--features", "f.toml", "-o", "out.csv", rules=SPEED)
    assert done.returncode == 0, done.stderr
    out = rows(tmp_path / "out.csv")
    assert [(r["id"], r["score"], r["fired"]) for r in out] == \
        [("1", "10", "fast"), ("2", "10", "fast"), ("3", "1", "slow")]
    assert {r["statement"] for r in out} == {"drawn by a test, from nobody"}
    assert "drawn by a test, from nobody" in done.stdout
    twin = score(table, "--features", "f.toml", "--json", rules=SPEED)
    assert json.loads(twin.stdout)["statement"] == "drawn by a test, from nobody"


def test_a_catalogue_must_say_that_it_is_synthetic(score, tmp_path):
    (tmp_path / "f.toml").write_text(FEATURES.replace("synthetic = true\n", ""), encoding="utf-8")
    done = score("speed\n1\n", "--features", "f.toml", "-o", "out.csv", rules=SPEED)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr == ("f.toml:1:1: error: synthetic = true is missing: say so if the records are synthetic; "
                           "Corridor is not for real persons: it reads synthetic records only, and no option "
                           "changes that\n")
    assert not (tmp_path / "out.csv").exists()


def records(n, seed=1):
    draw = random.Random(seed)
    return [(f"r-{i}", draw.choice(["", "cash", "card"]), draw.choice(["", "0", "1", "2", "3", "400"]),
             draw.choice(["", "4", "5"])) for i in range(n)]


def as_csv(table):
    return "id,payment,lead_days,earlier_trips\n" + "".join(",".join(row) + "\n" for row in table)


def test_hdf5_and_csv_of_the_same_records_get_the_same_scores(score, tmp_path):
    table = records(10_000)
    with h5py.File(tmp_path / "t.h5", "w") as file:
        group = file.create_group("records")
        group.create_dataset("id", data=[r[0] for r in table], dtype=h5py.string_dtype())
        group["payment"] = np.array([r[1].encode() for r in table])
        lead = group.create_dataset("lead_days", data=np.array([int(r[2] or -1) for r in table], "int16"),
                                    chunks=(999,), compression="gzip")
        lead.attrs["_FillValue"] = np.int16(-1)
        trips = group.create_dataset("earlier_trips", data=np.array([float(r[3] or "nan") for r in table], "float32"))
        trips.attrs["_FillValue"] = np.float32("nan")
        group["x1"] = np.ones(len(table), bool)
    assert score(as_csv(table), "-o", "csv.csv", "--reasons").returncode == 0
    done = score(tmp_path / "t.h5", "-o", "h5.csv", "--reasons")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "h5.csv").read_bytes() == (tmp_path / "csv.csv").read_bytes()
    assert len(rows(tmp_path / "h5.csv")) == 10_000


def test_a_table_larger_than_the_memory_that_is_allowed_is_scored(corridor, score, tmp_path):
    # 60 MB of records with 200 MB of address space, most of which is the program and its libraries;
    # reading the table whole into fields would take more than a GB.
    chunk = "".join(f"r-{i},cash,1,{'7' if i % 2 else ''},{'Dover' * 10}\n" for i in range(20_000))
    with open(tmp_path / "big.csv", "w", encoding="utf-8") as file:
        file.write("id,payment,lead_days,earlier_trips,post\n")
        for _ in range(45):
            file.write(chunk)
    assert score(TABLE).returncode == 0  # writes rules.toml
    done = subprocess.run(["sh", "-c", 'ulimit -v 200000 && exec "$0" "$@"', str(corridor), "score", "--rules",
                           "rules.toml", "--input", "big.csv", "--date", "2026-01-01", "--synthetic", MADE, "-o", "out.csv",
                           "--json"],
                          cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["records"] == 900_000


REFUSED = "; Corridor is not for real persons: it reads synthetic records only, and no option changes that\n"
GOOD = "id,payment,lead_days,earlier_trips\nr1,cash,1,2\n"


@pytest.mark.parametrize("table, complaint", [
    ("", "t.csv:1:1: error: the file is empty; a line with the names of the columns is due\n"),
    (GOOD + "r2,cash,1\n", "t.csv:3:1: error: the row has 3 fields, the header has 4\n"),
    (GOOD + "r2,cash,nan,2\n",
     "t.csv:3:9: error: lead_days = nan is not a finite number; allowed is [0, 400] day\n"),
    (GOOD + "r2,cash,inf,2\n",
     "t.csv:3:9: error: lead_days = inf is not a finite number; allowed is [0, 400] day\n"),
    (GOOD + "r2,cash,401,2\n", "t.csv:3:9: error: lead_days = 401 is outside [0, 400] day\n"),
    (GOOD + "r2,cash,two,2\n", "t.csv:3:9: error: lead_days = 'two' is not a number; allowed is [0, 400] day\n"),
    (GOOD + "r2,gold,1,2\n", "t.csv:3:4: error: payment = 'gold' is none of 'card', 'transfer' and 'cash'\n"),
    (GOOD + "r2,cash,1,2\r\n",
     "t.csv:3:12: error: this line ends in CR LF, those before it in LF; use one of them throughout\n"),
    ("\ufeff" + GOOD, "t.csv:1:1: error: a byte order mark; save the file as UTF-8 without it\n"),
    (GOOD + 'r2,"cash,1,2\n', "t.csv:3:4: error: the quote that begins here is never closed\n"),
    (GOOD + 'r2,ca"sh,1,2\n', "t.csv:3:6: error: a quote inside a field that does not begin with one\n"),
    (GOOD.encode() + b"r\xe9,cash,1,2\n", "t.csv:3:2: error: byte 0xe9 is not UTF-8; save the file as UTF-8\n"),
    ("id,payment,lead_days\nr1,cash,1\n",
     "t.csv:1:1: error: column 'earlier_trips' is missing; the rules in use read it\n"),
    ("id,payment,lead_days,earlier_trips,lead_day\nr1,cash,1,2,3\n",
     "t.csv:1:36: error: unknown column 'lead_day'; did you mean 'lead_days'?; columns are the features that "
     "`corridor features` lists, id, truth, post, hour, stage and protected attributes\n"),
    (GOOD.replace("id,", "passport_number,"),
     "t.csv:1:1: error: column 'passport_number' is called like numbers of documents, such as passports" + REFUSED),
    ("id,payment,lead_days,earlier_trips\n" + "".join(f"{c}{7654321 + 7919 * i},cash,1,2\n" for i, c in
                                                      enumerate(["AB", "C", "XK"] * 30)),
     "t.csv:2:1: error: column 'id': 90 of 90 values look like numbers of documents, such as passports" + REFUSED),
    ("id,payment,lead_days,earlier_trips\nAnna Svensson,cash,1,2\nBo Ek,cash,1,2\n",
     "t.csv:2:1: error: column 'id': 2 of 2 values look like names of persons" + REFUSED),
])
def test_a_bad_table_is_refused_and_leaves_nothing(score, tmp_path, table, complaint):
    out = tmp_path / "folder"
    out.mkdir()
    done = score(table, "-o", out / "out.csv")
    assert done.returncode == 2
    assert done.stderr.replace(str(tmp_path) + "/", "") == complaint
    assert done.stdout == ""
    assert list(out.iterdir()) == []


def test_an_error_far_down_leaves_an_older_file_as_it_was(score, tmp_path):
    (tmp_path / "out.csv").write_text("older", encoding="utf-8")
    done = score(as_csv(records(20_000)) + "r,cash,500,1\n", "-o", "out.csv", "--force")
    assert done.returncode == 2
    assert "t.csv:20002:8: error: lead_days = 500 is outside [0, 400] day\n" in done.stderr
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "older"
    assert not (tmp_path / "out.csv.new").exists()


def h5(path, **columns):
    with h5py.File(path, "w") as file:
        for name, values in columns.items():
            file[name] = values
    return path


def test_a_bad_hdf5_table_is_refused(score, tmp_path):
    cash = np.array([b"cash", b"cash", b"gold"])
    done = score(h5(tmp_path / "t.h5", lead_days=[1.0, float("nan"), 500], payment=cash, earlier_trips=[1, 2, 3],
                    passport=[1, 2, 3]))
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.replace(str(tmp_path) + "/", "") == (
        "t.h5:/passport: error: column 'passport' is called like numbers of documents, such as passports" + REFUSED +
        "t.h5:/lead_days[1]: error: lead_days = nan; a missing value is declared by the attribute _FillValue\n"
        "t.h5:/lead_days[2]: error: lead_days = 500 is outside [0, 400] day\n"
        "t.h5:/payment[2]: error: payment = 'gold' is none of 'card', 'transfer' and 'cash'\n")
    for file, complaint in [
            (h5(tmp_path / "a.h5", lead_days=[1, 2], payment=cash), "a.h5:/payment: error: 3 rows, but 'lead_days' has 2\n"),
            (h5(tmp_path / "b.h5", lead_days=np.zeros((2, 2))),
             "b.h5:/lead_days: error: a column has one dimension; this dataset has another number\n"),
            (h5(tmp_path / "c.h5"), "c.h5: error: there are no columns: one dataset of one dimension each is due\n"),
            (h5(tmp_path / "d.h5", **{"a/lead_days": [1], "b/lead_days": [1]}),
             "d.h5: error: the columns stand in a group; name it, one of 'a' and 'b'\n")]:
        done = score(file)
        assert done.returncode == 2
        assert done.stderr.replace(str(tmp_path) + "/", "") == complaint
    cut = tmp_path / "cut.h5"
    cut.write_bytes((tmp_path / "t.h5").read_bytes()[:3000])
    done = score(cut)
    assert done.returncode == 2 and "not an HDF5 file, or damaged" in done.stderr


@pytest.mark.parametrize("arguments, complaint", [
    (["--input", "t.csv"], "no rules are named: --rules RULES"),
    (["--rules", "rules.toml"], "no records are named: --input TABLE, RUN.h5 or SCENARIO.toml"),
    (["--rules", "rules.toml", "--input", "no.csv"], "no.csv: error: no such file"),
    (["--rules", "no.toml", "--input", "t.csv"], "no.toml: "),
    (["--rules", "rules.toml", "--input", "t.csv", "--date", "2026-02-30"], "--date '2026-02-30' is no date that exists; write YYYY-MM-DD"),
    (["--rules", "rules.toml", "--input", "t.csv", "--stage", "checkin"], "did you mean 'check-in'"),
    (["--rules", "rules.toml", "--input", "t.csv", "-o", "t.csv", "--force"], "is read by this very command"),
    (["--rules", "rules.toml", "--input", "t.csv", "-o", "rules.toml", "--force"], "is read by this very command"),
    (["--rules", "rules.toml", "--input", "t.csv", "-o", "t2.csv"], "exists already; --force replaces it"),
    (["--rules", "rules.toml", "--input", "."], "a folder, not a table"),
    (["--rules", "rules.toml", "--input", "t.csv", "--features", "f.toml"],
     "--synthetic and --features exclude each other"),
    (["--rules", "rules.toml", "--input", "t.csv", "--synthetic", " "],
     "--synthetic must be one line of 1 to 300 characters: who made the records and how"),
    (["--rules", "rules.toml", "--input", "t.csv", "--featurs", "f"], "did you mean '--features'"),
])
def test_a_wrong_call_says_what_is_wrong(run_corridor, tmp_path, arguments, complaint):
    (tmp_path / "rules.toml").write_text(CARDS, encoding="utf-8")
    (tmp_path / "t.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "t2.csv").write_text("", encoding="utf-8")
    declared = () if arguments[-2] == "--synthetic" else ("--synthetic", MADE)
    done = run_corridor("score", *declared, *arguments, cwd=tmp_path)
    assert done.returncode == 2 and complaint in done.stderr


def test_a_table_that_nobody_declares_is_refused(run_corridor, tmp_path):
    """A catalogue with --features, or beside the table, or --synthetic: somebody says that these are no real persons."""
    (tmp_path / "rules.toml").write_text(SPEED, encoding="utf-8")
    (tmp_path / "t.csv").write_text("speed,kind\n100,fast\n", encoding="utf-8")
    call = ["score", "--rules", "rules.toml", "--input", "t.csv", "-o", "out.csv"]
    done = run_corridor(*call, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == "" and not (tmp_path / "out.csv").exists()
    assert done.stderr == (
        "corridor score: error: nobody says that the records of t.csv are synthetic: name their catalogue (--features "
        'FILE), or say who made them and how (--synthetic "STATEMENT"); Corridor is not for real persons: it reads '
        "synthetic records only, and no option changes that\nTry 'corridor score --help'.\n")
    (tmp_path / "t.features.toml").write_text(FEATURES, encoding="utf-8")
    done = run_corridor(*call, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Statement of the records: drawn by a test, from nobody\n" in done.stdout
    done = run_corridor(*call, "--force", "--synthetic", "drawn again", cwd=tmp_path)
    assert done.returncode == 2 and "t.features.toml says already who made the records" in done.stderr


def test_an_interrupt_ends_at_once_and_leaves_nothing(corridor, score, tmp_path):
    assert score(TABLE).returncode == 0  # writes rules.toml
    with open(tmp_path / "big.csv", "w", encoding="utf-8") as file:
        header, chunk = as_csv(records(50_000)).split("\n", 1)
        file.write(header + "\n" + chunk * 150)
    with subprocess.Popen([str(corridor), "score", "--rules", "rules.toml", "--input", "big.csv", "--date",
                           "2026-01-01", "--synthetic", MADE, "-o", "out.csv"], cwd=tmp_path, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as process:
        for _ in range(600):
            if (tmp_path / "out.csv.new").exists():
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
    assert process.returncode == 130, error
    assert error == "interrupted: nothing was written\n" and out == ""
    assert not (tmp_path / "out.csv").exists() and not (tmp_path / "out.csv.new").exists()


def test_features_prints_another_catalogue_with_its_statement(run_corridor, tmp_path):
    (tmp_path / "f.toml").write_text(FEATURES, encoding="utf-8")
    done = run_corridor("features", "--features", "f.toml", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith("synthetic records: drawn by a test, from nobody\n")
    assert "speed              number    km/h" in done.stdout
    twin = json.loads(run_corridor("features", "--features", "f.toml", "--json", cwd=tmp_path).stdout)
    assert twin["synthetic_statement"] == "drawn by a test, from nobody"
    assert [(f["name"], f["scored"]) for f in twin["features"]] == [("speed", True), ("kind", True), ("group", False)]
    (tmp_path / "f.toml").write_text(FEATURES.replace('"speed"\n', '"passport"\n'), encoding="utf-8")
    done = run_corridor("features", "--features", "f.toml", cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("f.toml:4:8: error: [[feature]] 'passport' is called like numbers of documents")
