# SPDX-License-Identifier: Apache-2.0
"""What every Python test may ask for: the project's folder and its command."""
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "validate")]


@pytest.fixture(scope="session")
def root():
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def corridor():
    """The command under test: $CORRIDOR_BINARY, or what ./dev build has made. Never skipped."""
    path = pathlib.Path(os.environ.get("CORRIDOR_BINARY", ROOT / "build/release/bin/corridor"))
    assert path.is_file(), f"{path} is missing: run ./dev build, or set CORRIDOR_BINARY"
    return path


@pytest.fixture(scope="session")
def run_corridor(corridor):
    """Calls the command: run_corridor("info", file) -> CompletedProcess with text output."""

    def call(*arguments, **options):
        options.setdefault("timeout", 300)
        return subprocess.run([str(corridor), *map(str, arguments)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    return call
