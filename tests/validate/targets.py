# SPDX-License-Identifier: Apache-2.0
"""Published figures and the verdict on a measured one."""
import csv
import dataclasses
import math

ROLES = ("held out", "calibration", "input", "data check", "not compared")


@dataclasses.dataclass(frozen=True)
class Target:
    id: str
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    year: str
    region: str
    source: str
    confidence: str
    role: str
    note: str


def read_targets(path):
    """All rows of a table of published figures. ValueError names the line of a bad one."""
    targets, seen = [], set()
    with open(path, encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            place = f"{path}:{line}: error: "
            for name in ("value", "low", "high"):
                try:
                    row[name] = float(row[name]) if row[name] else None
                except ValueError:
                    raise ValueError(place + f"{name} '{row[name]}' is no number") from None
            if row["role"] not in ROLES:
                raise ValueError(place + f"role '{row['role']}' is none of {', '.join(ROLES)}")
            if row["id"] in seen:
                raise ValueError(place + f"{row['id']} stands there twice")
            if (row["low"] is None) != (row["high"] is None) or \
                    row["low"] is not None and not row["low"] <= row["high"]:
                raise ValueError(place + "a band needs two ends, the lower one first")
            seen.add(row["id"])
            targets.append(Target(**row))
    return targets


def verdict(target, measured):
    """(met, text): met is True or False, or None where there is no band to judge by."""
    if measured is None or not math.isfinite(measured):
        return None, "not measured"
    if target.low is not None:
        if target.low <= measured <= target.high:
            return True, "met"
        edge = target.low if measured < target.low else target.high
        side = "below" if measured < target.low else "above"
        return False, f"misses by {number(abs(measured - edge))}{share_of(edge, measured)} {side}"
    if target.value:
        return None, f"{measured / target.value:.2f} of the published figure"
    return None, "no figure to judge by"


def share_of(edge, measured):
    return f" ({abs(measured - edge) / abs(edge):.0%})" if edge else ""


def number(value):
    """Three significant digits, thousands apart, no exponent below 10^15; whole numbers stay whole."""
    if value is None or not math.isfinite(value):
        return ""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        digits = max(0, math.floor(math.log10(abs(value))) - 2)
        whole = round(value) if float(value).is_integer() and abs(value) < 1e5 else \
            round(value / 10 ** digits) * 10 ** digits
        return f"{whole:,.0f}"
    return f"{value:.3g}" if abs(value) >= 1e-3 else f"{value:.2e}"
