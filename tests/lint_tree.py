# SPDX-License-Identifier: Apache-2.0
"""Cheap truths about the tree: licence lines, no paths of a machine, links that lead somewhere."""
import pathlib
import re
import subprocess
import sys

SOURCE = {".cpp", ".hpp", ".py", ".sh", ".cmake"}
SOURCE_NAMES = {"CMakeLists.txt", "dev", "run"}
NO_TEXT = {".png", ".h5", ".bin"}


def project_files(root):
    """Tracked and new files of the project, relative to `root`."""
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=root, check=True,
                            stdout=subprocess.PIPE).stdout.decode().split("\0")
    return sorted({pathlib.Path(name) for name in listed if name and (root / name).is_file()})


def without_licence(path, text):
    """A complaint when a source file does not say its licence in its first three lines."""
    if path.suffix not in SOURCE and path.name not in SOURCE_NAMES:
        return []
    if any("SPDX-License-Identifier: Apache-2.0" in line for line in text.splitlines()[:3]):
        return []
    return [f"{path}:1: error: no line 'SPDX-License-Identifier: Apache-2.0' in the first three"]


def machine_paths(path, text, root):
    """Complaints about home folders, and about the very folder that this checkout lies in."""
    own = [str(folder) for folder in (root, root.parent) if len(folder.parts) > 1]
    own = [re.escape(folder) for folder in own if folder not in ("/tmp", "/usr", "/opt", "/srv")]
    pattern = re.compile(r"(?<![\w.:/-])(?:" + "|".join(own + [r"/(?:home|root|Users)(?=/)"]) +
                         r")(?![\w-])/")
    return [f"{path}:{number}: error: a path of a machine: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def heading_anchors(text):
    """The anchors that a Markdown page offers: its headings, in the spelling of web hosts."""
    anchors = set()
    for heading in re.findall(r"^#+ +(.*)$", text, re.M):
        plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).strip()
        anchors.add(plain.replace(" ", "-"))
    return anchors | set(re.findall(r'<a (?:id|name)="([^"]+)"', text))


def broken_links(path, text, root):
    """Complaints about links inside the project that lead nowhere."""
    if path.suffix != ".md":
        return []
    complaints, fenced = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if fenced:
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            page = (root / path).parent / name if name else root / path
            if not page.exists():
                complaints.append(f"{path}:{number}: error: the link '{target}' leads nowhere")
            elif anchor and page.suffix == ".md" and \
                    anchor not in heading_anchors(page.read_text(encoding="utf-8")):
                complaints.append(f"{path}:{number}: error: no heading '#{anchor}' in {name or path}")
    return complaints


def missing_tests(path, text, root):
    """Complaints about tests that a source says it is checked in, and that are not there."""
    if path.suffix not in SOURCE:
        return []
    return [f"{path}:{number}: error: there is no {name}" for number, line in enumerate(text.splitlines(), 1)
            for name in re.findall(r"(?<![\w./])tests/[\w/]+\.(?:cpp|hpp|py)\b", line)
            if not (root / name).is_file()]


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    files = project_files(root)
    complaints = [] if files else ["error: git lists no files here"]
    for path in files:
        if path.suffix in NO_TEXT:
            continue
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if path.suffix in SOURCE | {".md", ".toml", ".csv"}:
                complaints.append(f"{path}: error: not UTF-8")
            continue
        complaints += without_licence(path, text) + machine_paths(path, text, root)
        complaints += broken_links(path, text, root) + missing_tests(path, text, root)
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
