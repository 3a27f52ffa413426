# SPDX-License-Identifier: Apache-2.0
"""Published results are the ones whose digests are published beside them."""
import hashlib


def test_every_published_result_has_its_digest_and_is_unchanged(root):
    folder = root / "results" / "reference"
    told = set()
    for listing in sorted(folder.glob("*.sha256")):
        for line in listing.read_text(encoding="utf-8").splitlines():
            digest, name = line.split()
            path = root / name if "/" in name else folder / name
            told.add(path)
            assert hashlib.sha256(path.read_bytes()).hexdigest() == digest, f"{name} was changed"
    assert {path for path in folder.iterdir() if path.suffix in {".csv", ".json"}} <= told
