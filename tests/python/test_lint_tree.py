# SPDX-License-Identifier: Apache-2.0
"""The checks of the tree see what they are there for."""
import pathlib

import lint_tree

LICENCE = "# SPDX-License-Identifier: Apache-2.0\n"


def test_a_source_without_its_licence_line_is_named():
    assert lint_tree.without_licence(pathlib.Path("a.cpp"), "int x;\n") == [
        "a.cpp:1: error: no line 'SPDX-License-Identifier: Apache-2.0' in the first three"]
    assert lint_tree.without_licence(pathlib.Path("a.py"), LICENCE) == []
    assert lint_tree.without_licence(pathlib.Path("a.csv"), "a,b\n") == []


def test_a_home_folder_or_the_checkout_itself_is_a_path_of_a_machine():
    root = pathlib.Path("/build/area/checkout")
    home = "/".join(["", "home", "somebody", "x"])  # in pieces, or this file would be found too
    text = f"see /usr/share/x\nsee {home}\nsee {root}/sim\n/daily/closed https://x.org/home/a/b\n"
    assert [complaint.split(": error")[0]
            for complaint in lint_tree.machine_paths(pathlib.Path("a.md"), text, root)] == [
                "a.md:2", "a.md:3"]


def test_links_are_followed_to_pages_and_headings(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/b.md").write_text("# One heading, two words\n")
    text = ("[good](docs/b.md#one-heading-two-words) [web](https://example.org/)\n"
            "[no page](docs/c.md) `[code](x.md)`\n"
            "```\n[fenced](y.md)\n```\n"
            "[no heading](docs/b.md#three)\n")
    assert lint_tree.broken_links(pathlib.Path("a.md"), text, tmp_path) == [
        "a.md:2: error: the link 'docs/c.md' leads nowhere",
        "a.md:6: error: no heading '#three' in docs/b.md"]


def test_a_test_that_a_source_names_is_there(tmp_path):
    (tmp_path / "tests/sim").mkdir(parents=True)
    there = "/".join(["tests", "sim", "test_a.cpp"])  # in pieces, or these files would be found too
    (tmp_path / there).write_text("")
    missing = "/".join(["tests", "sim", "test_b.cpp"])
    text = f"/// Checked in {there} and\n/// {missing}: all of it.\n"
    assert lint_tree.missing_tests(pathlib.Path("sim/a.hpp"), text, tmp_path) == [
        f"sim/a.hpp:2: error: there is no {missing}"]
    assert lint_tree.missing_tests(pathlib.Path("a.md"), text, tmp_path) == []
