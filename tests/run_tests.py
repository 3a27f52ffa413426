# SPDX-License-Identifier: Apache-2.0
"""Runs every test, C++ and Python, and ends with the line `N passed, N failed`.

The cases of one C++ test file share a process, files run side by side. A case counts as passed only
when the binary has reported it as passed: one that crashes, hangs or is never reached is a failure,
and the cases after it run in a new process.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SECONDS_PER_FILE = 1200  # against hangs only; a file of tests takes seconds


def list_cases(listing):
    """{source file: [test case, ...]} from Catch2's `--list-test-names-only --verbosity high`."""
    files = {}
    for line in listing.splitlines():
        match = re.match(r"^(.*)\t@(.*):\d+$", line)
        if not match:
            continue
        name = match.group(1)
        if name.startswith('"#') and name.endswith('"'):
            name = name[1:-1]  # Catch2 quotes a name that would read as a tag
        files.setdefault(match.group(2), []).append(name)
    return files


def as_spec(names):
    """The test specification that selects exactly these names."""
    return ",".join(re.sub(r'([\\,\[])', r"\\\1", name) for name in names)


def read_report(text):
    """[(case, passed, complaint)] of a Catch2 XML report, which may end anywhere."""
    parser = ElementTree.XMLPullParser(["start", "end"])
    found, case = [], None
    try:
        parser.feed(text)
        for event, element in parser.read_events():
            if element.tag == "TestCase":
                if event == "start":
                    case = element.get("name")
                    found.append((case, False, "the test did not end"))
                else:
                    result = element.find("OverallResult")
                    if result is not None:
                        passed = result.get("success") == "true"
                        found[-1] = (case, passed, "" if passed else complaint(element))
    except ElementTree.ParseError:
        pass  # cut short by a crash: what was read so far stands
    return found


def complaint(case):
    lines = []
    for tag in ("Expression", "Exception", "FatalErrorCondition", "Failure"):
        for element in case.iter(tag):
            if element.get("success") == "true":
                continue
            place = f"{element.get('filename')}:{element.get('line')}: "
            original, expanded = element.find("Original"), element.find("Expanded")
            if original is not None:
                lines.append(place + f"{(original.text or '').strip()}  ->  "
                             f"{(expanded.text or '').strip()}")
            text = (element.text or "").strip()
            if text:
                lines.append(place + text)
    return "\n".join(lines[:20])


def run_file(binary, names):
    """[(case, passed, complaint)] for all `names`, each exactly once."""
    left, results = list(names), []
    while left:
        try:
            done = subprocess.run([binary, as_spec(left), "--reporter", "xml"],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, timeout=SECONDS_PER_FILE)
            report, end = done.stdout, f"exit status {done.returncode}"
            errors, status = done.stderr, done.returncode
        except subprocess.TimeoutExpired as late:
            report, end = late.stdout or b"", f"no end within {SECONDS_PER_FILE} s"
            errors, status = late.stderr or b"", None
        found = [r for r in read_report(report.decode("utf-8", "replace")) if r[0] in left]
        if not found:
            tail = errors.decode("utf-8", "replace")[-2000:]
            results += [(name, False, f"never ran ({end}) {tail}") for name in left]
            break
        name, passed, why = found[-1]
        if why == "the test did not end":
            found[-1] = (name, False, f"{why} ({end})\n{errors.decode('utf-8', 'replace')[-2000:]}")
        elif status != 0 and all(r[1] for r in found):  # say, a crash on the way out
            found[-1] = (name, False, f"every case passed, but the program ended with {end}")
        results += found
        reported = {r[0] for r in found}
        left = [name for name in left if name not in reported]
    return results


def run_cpp(binary, jobs, show):
    listing = subprocess.run([binary, "--list-test-names-only", "--verbosity", "high"],
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    files = list_cases(listing.stdout)
    if sum(map(len, files.values())) != len(listing.stdout.splitlines()) or not files:
        show("FAILED: the list of C++ tests could not be read:\n" + listing.stdout[-2000:])
        return 0, 1
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        waiting = {pool.submit(run_file, binary, cases): file for file, cases in files.items()}
        for future in concurrent.futures.as_completed(waiting):
            results = future.result()
            bad = [r for r in results if not r[1]]
            passed += len(results) - len(bad)
            failed += len(bad)
            file = os.path.relpath(waiting[future])
            show(f"{'FAILED' if bad else 'ok':6} {file}: {len(results) - len(bad)} of {len(results)}")
            for name, _, why in bad:
                show(f"  failed: {name}\n" + "".join(f"    {line}\n" for line in why.splitlines()))
    return passed, failed


def run_python(folder, binary, show):
    command = pathlib.Path(binary).resolve().parent / "corridor"  # built together, tested together
    environment = {**os.environ, "CORRIDOR_BINARY": str(command)}
    with tempfile.TemporaryDirectory() as scratch:
        report = pathlib.Path(scratch) / "report.xml"
        subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                        f"--junitxml={report}", str(folder)], stdin=subprocess.DEVNULL, env=environment)
        try:
            return count_junit(report.read_text(encoding="utf-8"))
        except (OSError, ElementTree.ParseError) as error:
            show(f"FAILED: pytest left no report: {error}")
            return 0, 1


def count_junit(text):
    """(passed, failed); a case that was skipped is neither."""
    passed = failed = 0
    for case in ElementTree.fromstring(text).iter("testcase"):
        outcome = {child.tag for child in case}
        if outcome & {"failure", "error"}:
            failed += 1
        elif "skipped" not in outcome:
            passed += 1
    return passed, failed


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--binary", required=True, help="the Catch2 test program")
    arguments.add_argument("--python", required=True, help="the folder of pytest tests")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = arguments.parse_args()

    def show(text):
        print(text, flush=True)

    counts = [run_cpp(chosen.binary, chosen.jobs, show),
              run_python(chosen.python, chosen.binary, show)]
    passed, failed = (sum(column) for column in zip(*counts))
    show(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
