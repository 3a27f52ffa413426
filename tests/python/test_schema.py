# SPDX-License-Identifier: Apache-2.0
"""`corridor schema` is a JSON Schema that accepts what the program accepts and refuses what it refuses."""
import datetime
import json
import tomllib

import jsonschema
import pytest


@pytest.fixture(scope="module")
def validator(run_corridor):
    done = run_corridor("schema")
    assert done.returncode == 0 and done.stderr == ""
    schema = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def as_json(text):
    """TOML as an editor's schema sees it: dates are text."""
    def plain(value):
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        return value.isoformat() if isinstance(value, datetime.date) else value
    return plain(tomllib.loads(text))


def test_every_shipped_scenario_satisfies_the_schema(validator, root, run_corridor):
    files = sorted((root / "scenarios").glob("*.toml"))
    assert len(files) >= 3, "no scenarios found: this test would pass without looking"
    for file in files:
        validator.validate(as_json(file.read_text(encoding="utf-8")))
    done = run_corridor("validate", *files)
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["ok"] * len(files)


@pytest.mark.parametrize("text", [
    "days = 3", "[run]\ndays = 0", "[run]\ndays = 2.5", "[run]\ndays = '3'", "[run]\nsimd = 'avx3'",
    "[run]\nscale = 1.5", "[travel.nights]\nsigmo = 1", "run = 3", "[travel.same_day]\nenabled = 1",
    "name = 3", "[runs]\ndays = 3"])
def test_schema_and_program_refuse_the_same(validator, run_corridor, tmp_path, text):
    assert not validator.is_valid(as_json(text))
    file = tmp_path / "bad.toml"
    file.write_text(text)
    done = run_corridor("validate", file)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith(f"{file}:")


@pytest.mark.parametrize("text", [
    "", "name = 'x'\nabout = 'y'", "[run]\ndays = 3", "[run]\nscale = 1", "[run]\nstart = 2020-02-29",
    "run.days = 3\nrun.simd = 'scalar'", "[travel.same_day]\nenabled = false"])
def test_schema_and_program_accept_the_same(validator, run_corridor, tmp_path, text):
    assert validator.is_valid(as_json(text))
    file = tmp_path / "good.toml"
    file.write_text(text)
    done = run_corridor("validate", file)
    assert done.returncode == 0, done.stderr


def test_defaults_lie_inside_their_own_limits(validator):
    def leaves(node):
        for inner in node.get("properties", {}).values():
            if inner["type"] == "object":
                yield from leaves(inner)
            elif "default" in inner:
                yield inner
    rows = list(leaves(validator.schema))
    assert len(rows) > 50
    for row in rows:
        jsonschema.Draft202012Validator(row).validate(row["default"])
