# SPDX-License-Identifier: Apache-2.0
"""./dev, the only door: what it says to a wrong word, and what it would install."""
import os
import shutil
import subprocess

import pytest


def dev(root, *words, **environment):
    return subprocess.run([shutil.which("bash"), str(root / "dev"), *words], cwd=root.parent,
                          env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)


def programs(folder, **scripts):
    """A folder that holds the needed programs and these scripts, to stand as the whole PATH."""
    folder.mkdir()
    for name in ("bash", "env", "dirname", "nproc", "cat", "awk", "grep", "git"):
        (folder / name).symlink_to(shutil.which(name))
    for name, text in scripts.items():
        path = folder / name.replace("_", "-")
        path.write_text("#!/bin/bash\n" + text + "\n")
        path.chmod(0o755)
    return str(folder)


def test_without_a_word_it_tells_all_words_and_fails(root):
    done = dev(root)
    assert done.returncode == 2 and done.stdout == ""
    for word in ("deps", "build", "demo", "test", "bench", "validate", "fuzz", "lint", "format",
                 "docs", "rules", "clean"):
        assert f"\n  {word} " in done.stderr


@pytest.mark.parametrize("words, complaint", [
    (["tests"], "./dev: error: unknown word 'tests'\n"),
    (["lint", "now"], "./dev: error: lint takes no further words, but got: now\n"),
    (["build", "dev", "now"], "./dev: error: build takes at most one word more\n"),
    (["test", "dev", "now"], "./dev: error: test takes at most one word more\n"),
    (["test", "fast"], "./dev: error: test: unknown preset 'fast'; allowed are release, dev, asan and tsan\n"),
    (["fuzz", "-3"], "./dev: error: fuzz: '-3' is not a number of seconds\n")])
def test_a_wrong_call_is_refused(root, words, complaint):
    done = dev(root, *words)
    assert done.returncode != 0 and done.stderr.startswith(complaint)


def test_only_what_is_missing_is_installed_and_never_asked_about(root, tmp_path):
    path = programs(
        tmp_path / "bin", sudo='"$@"',
        dpkg_query='for p in "${@:4}"; do [[ $p == catch2 || $p == libfmt-dev ]] || echo "ii  $p"; done',
        apt_get='echo "apt-get $*; $DEBIAN_FRONTEND"')
    done = dev(root, "deps", PATH=path, DEBIAN_FRONTEND="")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ("apt-get update -q; \n"
                           "apt-get install -y -q --no-install-recommends catch2 libfmt-dev; "
                           "noninteractive\n")


def test_when_nothing_is_missing_nothing_is_called(root, tmp_path):
    path = programs(tmp_path / "bin", dpkg_query='for p in "${@:4}"; do echo "ii  $p"; done',
                    apt_get="exit 9")
    done = dev(root, "deps", PATH=path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_another_system_is_told_what_to_install(root, tmp_path):
    done = dev(root, "deps", PATH=programs(tmp_path / "bin"))
    assert done.returncode == 1
    assert done.stderr.startswith("./dev: error: this is not a Debian system")
    assert "libhdf5-dev" in done.stderr and "CORRIDOR_SKIP_DEPS=1" in done.stderr
    assert dev(root, "deps", PATH=str(tmp_path / "bin"), CORRIDOR_SKIP_DEPS="1").returncode == 0


@pytest.mark.parametrize("words, preset", [([], "release"), (["asan"], "asan"), (["tsan"], "tsan")])
def test_the_tests_and_the_command_of_the_named_preset_are_built(root, tmp_path, words, preset):
    path = programs(tmp_path / "bin", cmake='echo "cmake $*"; [[ $1 == --preset ]]')  # it cannot build
    done = dev(root, "test", *words, PATH=path, CORRIDOR_SKIP_DEPS="1")
    assert done.returncode == 1
    configure, build, *rest = done.stdout.splitlines()
    assert configure == f"cmake --preset {preset}"
    assert build.startswith(f"cmake --build --preset {preset} ")
    assert build.endswith(" --target corridor corridor_tests")
    assert rest == ["the tests could not be built", "0 passed, 1 failed"]


def test_a_build_that_fails_counts_as_a_failed_test(root, tmp_path):
    path = programs(tmp_path / "bin", cmake="exit 3")
    done = dev(root, "test", PATH=path, CORRIDOR_SKIP_DEPS="1")
    assert done.returncode == 3
    assert done.stdout.splitlines()[-1] == "0 passed, 1 failed"
