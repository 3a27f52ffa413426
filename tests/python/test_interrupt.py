# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C and TERM in commands that have no orderly end: status 130, a message, nothing left behind."""
import signal
import subprocess
import time

import pytest
from rule_texts import head, rule

RULES = head() + rule("cash", "payment == 'cash'", 10) + rule("known", "earlier_trips >= 5", -5)
# Half a year of journeys, which no command reads in moments.
LONG = ["--days", "0..179", "--share", "1"]
SCENARIO = "screening.toml"


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("words", [
    ["export", "records", SCENARIO, "-o", "out.csv", *LONG],
    ["score", "--rules", "r.toml", "--input", SCENARIO, "-o", "out.csv", *LONG],
    ["audit", SCENARIO, "--rules", "r.toml", "-o", "out.txt", *LONG],
    ["backtest", "--champion", "r.toml", "--challenger", "r.toml", "--input", SCENARIO, "-o", "out.txt", *LONG],
    ["tune", "--rules", "r.toml", "--input", SCENARIO, "--method", "logistic", "-o", "out.toml", *LONG],
    ["rules", "lint", "r.toml", "--records", SCENARIO, *LONG],
    ["rules", "adopt", "r.toml", "--by", "A", "--on", "2026-01-01", "--records", SCENARIO, "-o", "out.toml", *LONG],
], ids=str.split("export score audit backtest tune lint adopt"))
def test_an_interrupt_ends_at_once_with_a_message_and_leaves_nothing(corridor, root, tmp_path, words, sent):
    (tmp_path / "r.toml").write_text(RULES, encoding="utf-8")
    words = [str(root / "scenarios" / word) if word == SCENARIO else word for word in words]
    before = sorted(path.name for path in tmp_path.iterdir())
    with subprocess.Popen([str(corridor), *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        deadline = time.monotonic() + 60
        writes = words[0] in ("export", "score")
        while writes and not (tmp_path / "out.csv.new").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        if not writes:
            time.sleep(0.5)
        process.send_signal(sent)
        out, error = process.communicate(timeout=60)
    assert process.returncode == 130, error
    assert error == "interrupted: nothing was written\n" and out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == before
