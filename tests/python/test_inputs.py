# SPDX-License-Identifier: Apache-2.0
"""What a command reads: never written over, whatever the output is called, and told when it is not there."""
import json
import os
import shutil

import pytest

READ = "is read by this very command; name another file to write\n"


@pytest.fixture
def folder(root, tmp_path):
    """A scenario with a base and a world of its own."""
    shutil.copytree(root / "scenarios/worlds/archipelago", tmp_path / "world")
    text = (root / "scenarios/small.toml").read_text(encoding="utf-8")
    assert '"worlds/archipelago"' in text
    (tmp_path / "base.toml").write_text(text.replace('"worlds/archipelago"', '"world"'), encoding="utf-8")
    (tmp_path / "top.toml").write_text('base = "base.toml"\n[run]\ndays = 2\n', encoding="utf-8")
    (tmp_path / "link.toml").symlink_to("base.toml")
    os.link(tmp_path / "top.toml", tmp_path / "second-name.toml")
    return tmp_path


def content(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("output", ["top.toml", "base.toml", "link.toml", "second-name.toml", "./world/../top.toml",
                                    "world/air_legs.csv", "world/world.toml"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_run_does_not_write_over_its_scenario_its_base_or_its_world(run_corridor, folder, output, force):
    before = content(folder)
    done = run_corridor("run", "top.toml", "-o", output, *force, "--quiet", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{output}: error: {READ}")
    assert content(folder) == before
    # Beside them it may write.
    if force:
        assert run_corridor("run", "top.toml", "-o", "world/new.h5", "--quiet", cwd=folder).returncode == 0


@pytest.mark.parametrize("output", ["actors.toml", "cargo.toml", "organisations.toml", "strategy.toml", "top.toml"])
@pytest.mark.parametrize("command", [["run", "top.toml"], ["compare", "base.toml", "top.toml"]])
def test_what_a_scenario_takes_in_is_never_written_over(run_corridor, root, folder, command, output):
    taken_in = {"actors.toml": "actors/small.toml", "cargo.toml": "rules/cargo.toml",
                "organisations.toml": "organisations/small.toml", "strategy.toml": "strategies/frontline-i247.toml"}
    for name, shipped in taken_in.items():
        shutil.copy(root / "scenarios" / shipped, folder / name)
    (folder / "top.toml").write_text(
        'base = "base.toml"\n[run]\ndays = 2\n[actors]\nfile = "actors.toml"\n[trafficking]\non = true\n'
        '[cargo]\nrules = "cargo.toml"\n[cooperation]\nfile = "organisations.toml"\n'
        '[strategy]\nfiles = "strategy.toml"\n', encoding="utf-8")
    before = content(folder)
    done = run_corridor(*command, "-o", output, "--force", "--quiet", cwd=folder)
    assert (done.returncode, done.stderr) == (2, f"{output}: error: {READ}")
    assert content(folder) == before


def test_records_are_not_written_over_the_rules_that_score_them(run_corridor, root, folder):
    shutil.copy(root / "scenarios/rules/additive.toml", folder / "rules.csv")
    (folder / "top.toml").write_text('base = "base.toml"\n[run]\ndays = 2\n[risk]\nrules = "rules.csv"\n',
                                     encoding="utf-8")
    before = content(folder)
    done = run_corridor("export", "records", "top.toml", "-o", "rules.csv", "--force", cwd=folder)
    assert (done.returncode, done.stderr) == (2, f"rules.csv: error: {READ}")
    assert content(folder) == before


@pytest.mark.parametrize("command, output, told", [
    (["map"], "daily.csv", "daily.csv"),
    (["export", "geojson"], "daily.csv", "daily.csv"),
    (["export", "csv"], ".", "./daily.csv")])  # a table would get the name of the result
def test_no_export_writes_over_the_result_that_it_reads(run_corridor, folder, command, output, told):
    assert run_corridor("run", "top.toml", "-o", "daily.csv", "--quiet", cwd=folder).returncode == 0
    before = content(folder)
    for force in ([], ["--force"]):
        done = run_corridor(*command, "daily.csv", "-o", output, *force, cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{told}: error: {READ}")
        assert content(folder) == before
    assert run_corridor("info", "daily.csv", cwd=folder).returncode == 0


def test_a_place_of_the_data_that_is_no_folder_is_told(run_corridor, root, tmp_path):
    scenario = root / "scenarios/baseline.toml"
    file = tmp_path / "file"
    file.write_text("")
    for wrong in (tmp_path / "nowhere", file):
        for command in (["validate", scenario], ["run", scenario, "-o", tmp_path / "x.h5"]):
            done = run_corridor(*command, env={**os.environ, "CORRIDOR_DATA": str(wrong)})
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr == (f"CORRIDOR_DATA: error: '{wrong}' is no folder; "
                                   "name the folder of the world's tables, or unset it\n")
    assert not (tmp_path / "x.h5").exists()


def test_a_folder_of_the_data_without_the_tables_is_told_table_by_table(run_corridor, root, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run_corridor("validate", root / "scenarios/baseline.toml",
                        env={**os.environ, "CORRIDOR_DATA": str(empty)})
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines[0] == (f"{empty}/world.toml: error: cannot be read: No such file or directory; "
                        "a world needs every one of its tables")
    assert len(lines) == 17
    # Only the shipped world lies there: a scenario with its own world does not look.
    assert run_corridor("validate", root / "scenarios/small.toml",
                        env={**os.environ, "CORRIDOR_DATA": str(empty)}).returncode == 0


@pytest.mark.parametrize("output", ["rules/additive.toml", "rules/cargo.toml", "actors/small.toml", "actors/./small.toml"])
def test_a_run_does_not_write_over_the_rules_and_actors_that_it_takes_in(run_corridor, root, tmp_path, output):
    shutil.copytree(root / "scenarios", tmp_path / "scenarios")
    folder = tmp_path / "scenarios"
    before = content(folder)
    done = run_corridor("run", "actors-small.toml", "--days", "2", "--set", 'risk.rules="rules/additive.toml"',
                        "-o", output, "--force", "--quiet", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{output}: error: {READ}")
    assert content(folder) == before


def small_with(root, tmp_path, table, shipped, change):
    """actors-small.toml with a changed copy of one of the files that it can take in."""
    text = (root / "scenarios" / shipped).read_text(encoding="utf-8")
    (tmp_path / "file.toml").write_text(change(text), encoding="utf-8")
    (tmp_path / "s.toml").write_text(f'base = "{root}/scenarios/actors-small.toml"\n[{table}]\nfile = "file.toml"\n',
                                     encoding="utf-8")


def test_a_wrong_file_of_organisations_is_told_without_a_run(run_corridor, root, tmp_path):
    small_with(root, tmp_path, "cooperation", "organisations/small.toml",
               lambda text: text.replace('"XAC XAF"', '"XAC XZF"'))
    done = run_corridor("validate", "s.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("file.toml:31:11: error: organisation.members: no country and no organisation 'XZF' in this "
                           "world's tables; allowed are 'all', codes of countries and of 'NPA' and 'EFC'; did you mean 'XAF'?\n")


def test_a_network_in_which_nothing_can_flow_is_a_warning_that_names_the_cut(run_corridor, root, tmp_path):
    def closed(text):
        start, end = text.index("[[route_rule]]"), text.index("# Fighters of the small")
        rules = "".join(f'[[route_rule]]\norigin = "XAF"\ndestination = "{place}"\nmode = "any"\nrule = "closed"\n\n'
                        for place in ("XAA", "XAB", "XAC", "XAD", "XAE"))
        return text[:start] + rules + text[end:]

    small_with(root, tmp_path, "actors", "actors/small.toml", closed)
    done = run_corridor("validate", "s.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "ok s.toml: 365 days from 2019-01-01, Archipelago, 6 countries\n")
    cut = ("nothing of 'cocaine' can flow out of 'XAF': the cut is 'XAF-XAA by container', 'XAF-XAC by container', "
           "'XAF-XAD by container', 'XAF-XAE by container', 'XAF-XAA by air_cargo', 'XAF-XAB by air_cargo' and 14 more")
    assert done.stderr == f"warning: {cut}\n"
    told = json.loads(run_corridor("validate", "s.toml", "--json", cwd=tmp_path).stdout)
    assert told[0]["warnings"] == [cut]
    # With the usual rules all flows.
    assert run_corridor("validate", root / "scenarios/actors-small.toml").stderr == ""


def test_a_start_over_a_closed_border_is_refused(run_corridor, root, tmp_path):
    small_with(root, tmp_path, "actors", "actors/small.toml",
               lambda text: text + '\n[[route_rule]]\norigin = "XAF"\ndestination = "XAA"\nmode = "land"\nrule = "closed"\n')
    done = run_corridor("validate", "s.toml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2, "file.toml:74:15: error: the way from 'XAF' to 'XAA' by land is over a border that a rule closes\n")
