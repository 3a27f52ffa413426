# SPDX-License-Identifier: Apache-2.0
"""Rule files: which one a run reads and who adopted it, and what a bad one gets: exit 2, its place, nothing written."""
import json

import pytest

RULE = """[[rule]]
id = "{}"
when = "{}"
score = {}
reason = "Because"
stage = ["arrival"]
purpose = "p"
basis = "b"
owner = "o"
review_by = 2030-12-31
"""
HEAD = '[ruleset]\nname = "cards"\nversion = "1"\ncombine = "additive"\n'
KNOWN = RULE.format("known", "earlier_trips >= 5", -5)


def rules(when="lead_days <= 2", name="cards"):
    return HEAD.replace("cards", name) + RULE.format("late", when, 10) + KNOWN


@pytest.fixture
def world(root, tmp_path):
    """A scenario in a folder of its own, with rules beside it; commands run one level above."""
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "s.toml").write_text(f'base = "{root}/scenarios/small.toml"\n[run]\ndays = 1\n'
                                   '[risk]\nrules = "r.toml"\n', encoding="utf-8")
    (folder / "r.toml").write_text(rules(name="beside"), encoding="utf-8")
    return tmp_path


def test_a_run_says_which_rules_it_read_and_that_nobody_adopted_them(run_corridor, world):
    done = run_corridor("run", "there/s.toml", "-o", "x.h5", cwd=world)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("rules: there/r.toml: beside (1), adopted by nobody\n")
    info = run_corridor("info", "x.h5", cwd=world).stdout
    assert "    rules: r.toml: beside (1), adopted by nobody\n" in info
    assert json.loads(run_corridor("info", "x.h5", "--json", cwd=world).stdout)["rules"] == \
        "r.toml: beside (1), adopted by nobody"
    (world / "adopted.toml").write_text(rules().replace(
        '"additive"\n', '"additive"\nadopted_by = "A. Person"\nadopted_on = 2026-01-31\n'), encoding="utf-8")
    done = run_corridor("run", "there/s.toml", "-o", "y.h5", "--set", "risk.rules=adopted.toml", cwd=world)
    assert done.stdout.startswith("rules: adopted.toml: cards (1), adopted by A. Person on 2026-01-31\n")
    assert run_corridor("run", "there/s.toml", "-o", "z.h5", "--quiet", cwd=world).stdout == ""
    assert "rules:" not in run_corridor("run", "there/s.toml", "-o", "n.h5", "--set", "risk.rules=", cwd=world).stdout
    # A result can be looked at under other rules, too.
    audit = run_corridor("audit", "x.h5", "--set", "risk.rules=adopted.toml", cwd=world)
    assert audit.stdout.startswith("Audit of rule set 'cards', version 1, adopted by A. Person on 2026-01-31"), audit.stderr


def test_a_path_of_set_is_relative_to_the_working_folder_and_to_nothing_else(run_corridor, world):
    def refused(*arguments):
        done = run_corridor("validate", "there/s.toml", *arguments, cwd=world)
        assert done.returncode == 2 and done.stdout == ""
        return done.stderr

    assert refused("--set", "risk.rules=r.toml") == (
        "--set risk.rules=r.toml: error: risk.rules: no file 'r.toml'; a path on the command line is relative to the "
        "working folder; did you mean 'there/r.toml'?\n")
    # Rules that came with the program are found by their own path alone.
    assert refused("--set", "risk.rules=rules/additive.toml") == (
        "--set risk.rules=rules/additive.toml: error: risk.rules: no file 'rules/additive.toml'; a path on the command "
        "line is relative to the working folder\n")
    assert run_corridor("validate", "there/s.toml", "--set", "risk.rules=there/r.toml", cwd=world).returncode == 0
    (world / "r.toml").write_text(rules(name="here"), encoding="utf-8")
    assert refused("--set", "risk.rules=r.toml") == (
        "--set risk.rules=r.toml: error: risk.rules: 'r.toml' is in the working folder, and 'there/r.toml' beside the "
        "scenario says something else; write the whole path of the one that is meant\n")
    assert run_corridor("validate", "there/s.toml", "--set", f"risk.rules={world}/r.toml", cwd=world).returncode == 0
    (world / "r.toml").write_bytes((world / "there" / "r.toml").read_bytes())
    assert run_corridor("validate", "there/s.toml", "--set", "risk.rules=r.toml", cwd=world).returncode == 0
    # What a file says is relative to that file.
    (world / "there" / "r.toml").unlink()
    assert refused() == ("there/s.toml:5:9: error: risk.rules: no file 'there/r.toml'; a path is relative to the file "
                         "that says it\n")


@pytest.mark.parametrize("text, complaint", [
    (rules("nights == 'low'"),
     "r.toml:7:19: error: nights is a number and cannot be compared with the text 'low'\n"
     "  when = \"nights == 'low'\"\n                    ^\n"),
    (rules("sqrt(nights) > 3"), "r.toml:7:9: error: unknown function 'sqrt'"),
    (rules("lead_days > 100000"),
     'r.toml:7:21: error: 100000 is outside what lead_days can be; allowed is [0, 400] day\n'
     '  when = "lead_days > 100000"\n                      ^\n'),
    (rules("nights / 0 > 3"), "r.toml:7:18: error: this can be nothing but 0, and a division by 0 is always missing\n"),
    (rules("(" * 10_000 + "x1" + ")" * 10_000), "r.toml:7:8: error: the condition has 20002 bytes; allowed are 16384\n"),
    (rules("(" * 5_000 + "x1" + ")" * 5_000), "r.toml:7:73: error: "),
    (rules("x" * 1_000_000), "r.toml:7:8: error: the condition has 1000000 bytes; allowed are 16384\n"),
    (rules("document == 'valid"), "r.toml:7:21: error: this quote is never closed; a text ends with ' on the same line\n"),
    (rules().replace('"lead_days <= 2"', '"lead_days <= 2'), "r.toml:7:"),
    (rules("departure_country in {'FRA', 'DEU', 'ESP'}"), "r.toml:7:9: error: "),
    (rules() + KNOWN, "r.toml:26:6: error: there is another rule 'known', in line 15\n"),
    ("\ufeff" + rules(), "r.toml:1:1: error: a byte order mark; save the file as UTF-8 without it\n"),
    ("", "r.toml:1:1: error: the file has no ruleset"),
    (rules().replace("score = 10", "score = 99999"), "r.toml:8:9: error: score = 99999; allowed is a whole number in "),
], ids=str.split("type function range division parentheses depth large quote toml-quote countries duplicate mark empty score"))
def test_a_bad_rule_file_is_refused_with_its_place(run_corridor, tmp_path, text, complaint):
    (tmp_path / "r.toml").write_text(text, encoding="utf-8")
    (tmp_path / "t.csv").write_text("lead_days,earlier_trips\n1,1\n", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    for call in (["score", "--rules", "r.toml", "--input", "t.csv", "--synthetic", "a test", "-o", "out.csv"],
                 ["rules", "card", "r.toml", "-o", "card.md"]):
        done = run_corridor(*call, cwd=tmp_path)
        assert done.returncode == 2 and done.stdout == ""
        assert complaint in done.stderr
    lint = run_corridor("rules", "lint", "r.toml", cwd=tmp_path)
    assert lint.returncode == 2 and complaint.split("\n")[0] in lint.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == before
