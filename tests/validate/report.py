# SPDX-License-Identifier: Apache-2.0
"""docs/validation.md, from what was measured."""
import targets as published

TITLES = {
    "held out": ("Held out", "Not looked at when parameters were chosen. This is the test."),
    "calibration": ("Calibrated", "Parameters were chosen with these figures in view: a miss is a fault of the "
                    "fit, a hit proves little."),
    "input": ("Input", "The figure, or one that implies it, is a parameter or a table: a hit proves that the number "
              "went in and came out again."),
    "data check": ("Data check", "Describes the shipped tables, not the model. Where the published figure is of "
                   "another network and year, a difference is no fault."),
}


def verdict_table(rows, measured):
    lines = ["| id | quantity | region, year | measured | published | band | verdict | remark |",
             "|---|---|---|---:|---:|---|---|---|"]
    for target in rows:
        value, remark = measured.get(target.id, (None, ""))
        met, text = published.verdict(target, value)
        band = "" if target.low is None else \
            f"{published.number(target.low)} to {published.number(target.high)}"
        remarks = "; ".join(part for part in (remark, target.note) if part)
        lines.append(f"| {target.id} | {target.quantity} ({target.unit}) | "
                     f"{', '.join(part for part in (target.region, target.year) if part)} | "
                     f"{published.number(value)} | {published.number(target.value)} | {band} | "
                     f"{'**' + text + '**' if met is False else text} | {remarks} |")
    return lines


def counts(targets, measured):
    lines = ["| role | figures | met | missed | without a band | not measured |", "|---|---:|---:|---:|---:|---:|"]
    for role in TITLES:
        rows = [target for target in targets if target.role == role]
        verdicts = [(published.verdict(target, measured.get(target.id, (None,))[0])) for target in rows]
        unmeasured = sum(text == "not measured" for _, text in verdicts)
        lines.append(f"| {role} | {len(rows)} | {sum(met is True for met, _ in verdicts)} | "
                     f"{sum(met is False for met, _ in verdicts)} | "
                     f"{sum(met is None for met, _ in verdicts) - unmeasured} | {unmeasured} |")
    return lines


def skill_table(rows):
    lines = ["| what | n | measure | model | seats x load factor | skill (95 %) |", "|---|---:|---|---:|---:|---|"]
    for row in rows:
        lines.append(f"| {row.name} | {row.n:,} | {row.measure} | {row.model:.3f} | {row.baseline:.3f} | "
                     f"{row.gain:+.3f} ({row.low:+.3f} to {row.high:+.3f}) |")
    return lines


def page(run, targets, measured, route_rows, airport_rows, country_rows, factors, funnel=()):
    """The whole page. `run` is a list of sentences on the run; `factors` of (margin, factor); `funnel` of lines."""
    lines = ["# Validation", "",
             "Written by `./dev validate`; do not edit by hand. Published figures, their sources, roles and known "
             "faults: [tests/reference](../tests/reference/README.md).", "", *run, "",
             "## In one table", "", *counts(targets, measured), "",
             "\"Misses by\" is the distance to the nearer end of the band, and in brackets its share of that end. "
             "Where the source gives no band, the ratio stands there and nothing is judged.", ""]
    for role, (title, sentence) in TITLES.items():
        rows = [target for target in targets if target.role == role]
        if rows:
            lines += [f"## {title}", "", sentence, "", *verdict_table(rows, measured), ""]
    lines += ["## Observed passengers of routes", "",
              "A part of the routes, chosen by a hash of the two airport codes, is not fitted: their seats never enter "
              "the model (their number of flights does: it is part of what attracts a traveller). Beside the model "
              "stands the baseline seats x load factor (0.82), which knows what the airlines expect; *skill* is what "
              "the model's measure exceeds the baseline's by, with a 95 % bootstrap interval over routes. A negative "
              "skill means that the seats tell more about this route than the model does. On fitted routes the model "
              "was pulled towards the baseline, so no skill is to be expected there. A leg that is flown one way only (one side "
              "of a round over three airports) carries nobody in the model; such routes stand in a group of their own, where "
              "a zero weighs heavily in the log-Pearson measure.", "",
              *skill_table(route_rows), "",
              "## Airports", "",
              "International passengers, arriving and departing, at airports where at least 90 % of the seats go "
              "abroad: the published totals count domestic passengers too, up to a tenth here. Four fifths of the routes of these "
              "airports are fitted, so they are no clean test.", "",
              *skill_table(airport_rows), "",
              "## Country pairs", "",
              "The licence of the published estimates of trips between countries does not allow them here. What is "
              "free is the sum of observed routes by pair of countries: passengers of flight stages, not of journeys, "
              "and by air only.", "",
              *skill_table(country_rows), ""]
    if factors:
        lines += ["## Margins that do not agree", "",
                  "One factor a margin: what the model's own level was multiplied by to meet it.", "",
                  "| margin | factor |", "|---|---:|",
                  *[f"| {margin} | {factor:.4f} |" for margin, factor in factors], ""]
    lines += funnel
    left = [target for target in targets if target.role == "not compared"]
    lines += ["## Not compared", "", *[f"- {target.id} {target.quantity} ({target.region}, {target.year}): "
                                       f"{target.note}." for target in left], ""]
    return "\n".join(lines)
