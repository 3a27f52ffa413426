# SPDX-License-Identifier: Apache-2.0
"""The counter of tests counts right, above all when a test program does not end as it should."""
import stat

import run_tests

LISTING = "a, comma\t@/x/test_a.cpp:3\n\"#1 first\"\t@/x/test_a.cpp:9\nother\t@/x/test_b.cpp:1\n"

# A stand-in for a Catch2 program: lists three cases; the second one kills the process.
PROGRAM = """#!/bin/bash
case "$*" in
  *--list-test-names-only*)
    printf 'one\\t@t.cpp:1\\ntwo, or so\\t@t.cpp:2\\nthree\\t@t.cpp:3\\n'; exit 0 ;;
esac
echo '<Catch name="t"><Group name="t">'
IFS=$'\\n'
case "$1" in one,*) echo '<TestCase name="one"><OverallResult success="true"/></TestCase>' ;; esac
case "$1" in *two*) echo '<TestCase name="two, or so">'; kill -9 $$ ;; esac
echo '<TestCase name="three"><OverallResult success="true"/></TestCase></Group></Catch>'
exit STATUS
"""


def program(tmp_path, status=0):
    path = tmp_path / "program"
    path.write_text(PROGRAM.replace("STATUS", str(status)))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_cases_are_listed_by_their_file():
    assert run_tests.list_cases(LISTING) == {
        "/x/test_a.cpp": ["a, comma", "#1 first"], "/x/test_b.cpp": ["other"]}


def test_a_name_with_a_comma_or_a_bracket_selects_itself_only():
    assert run_tests.as_spec(["a, b", "c [d]"]) == r"a\, b,c \[d]"


def test_a_killed_case_fails_and_the_cases_after_it_still_run(tmp_path):
    results = run_tests.run_file(program(tmp_path), ["one", "two, or so", "three"])
    assert [(name, passed) for name, passed, _ in results] == [
        ("one", True), ("two, or so", False), ("three", True)]
    assert "exit status -9" in results[1][2]


def test_the_count_holds_every_listed_case_once(tmp_path):
    assert run_tests.run_cpp(program(tmp_path), 2, lambda text: None) == (2, 1)


def test_a_case_that_is_never_reported_is_a_failure(tmp_path):
    results = run_tests.run_file(program(tmp_path), ["three", "a case that nobody knows"])
    assert [(name, passed) for name, passed, _ in results] == [
        ("three", True), ("a case that nobody knows", False)]


def test_a_program_that_dies_on_its_way_out_fails(tmp_path):
    (_, passed, why), = run_tests.run_file(program(tmp_path, status=3), ["three"])
    assert not passed and "exit status 3" in why


def test_a_program_that_cannot_list_its_cases_is_a_failure(tmp_path):
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/bash\nexit 0\n")
    silent.chmod(0o755)
    assert run_tests.run_cpp(str(silent), 1, lambda text: None) == (0, 1)


def test_a_failed_check_is_shown_with_its_place():
    (name, passed, why), = run_tests.read_report(
        '<Catch><TestCase name="n"><Expression success="false" type="CHECK" filename="f.cpp" '
        'line="7"><Original> a == 2 </Original><Expanded> 1 == 2 </Expanded></Expression>'
        '<OverallResult success="false"/></TestCase></Catch>')
    assert (name, passed, why) == ("n", False, "f.cpp:7: a == 2  ->  1 == 2")


def test_python_cases_are_counted_and_skipped_ones_are_no_passes():
    assert run_tests.count_junit(
        '<testsuites><testsuite><testcase name="a"/><testcase name="b"><failure/></testcase>'
        '<testcase name="c"><skipped/></testcase><testcase name="d"><error/></testcase>'
        '</testsuite></testsuites>') == (1, 2)


def test_python_tests_get_the_command_that_was_built_beside_the_test_program(tmp_path, monkeypatch):
    monkeypatch.setenv("CORRIDOR_BINARY", "/another/corridor")
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_it.py").write_text(
        "import os\n"
        "def test_it():\n"
        f"    assert os.environ['CORRIDOR_BINARY'] == {str(tmp_path / 'corridor')!r}\n")
    assert run_tests.run_python(folder, tmp_path / "corridor_tests", lambda text: None) == (1, 0)
