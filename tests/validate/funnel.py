# SPDX-License-Identifier: Apache-2.0
"""The funnel of a scored year beside published funnels of passenger information units: an illustration, no test.

What the simulator flags is set by a parameter (risk.flag_rate), what it finds by invented likelihood ratios, so
nothing here is evidence. The shape is the point: how many are looked at for each one that is found.
"""
SOURCES = ("list", "referral", "rules", "random")
REVIEWED = ("dismissed", "no place", "cleared", "refused", "detained", "seized", "protection")
FOUND = ("refused", "detained", "seized")


def simulated(year):
    """{stage: persons of the year}, or None where nothing was scored."""
    if "scored" not in year.daily or year.daily["scored"].sum() == 0:
        return None
    outcomes = year.daily["outcomes"].sum(axis=0)
    source = {name: i for i, name in enumerate(year.places["source"])}
    outcome = {name: i for i, name in enumerate(year.places["outcome"])}
    advance = [source["list"], source["rules"]]

    def persons(names, rows):
        return int(sum(outcomes[row][outcome[name]] for row in rows for name in names))

    threat = {name: i for i, name in enumerate(year.places["threat"])}
    found = year.daily["threats_found"].sum(axis=0)
    return {
        "scored": int(year.daily["scored"].sum()),
        "list hits": int(year.daily["list_hits"].sum()),
        "flags of the rules": int(year.daily["flagged"].sum()),
        "candidates by list or rules": int(sum(outcomes[row].sum() for row in advance)),
        "reviewed": persons(REVIEWED, advance),
        "sent on": persons(tuple(name for name in REVIEWED if name != "dismissed"), advance),
        "refused, detained or seized": persons(FOUND, advance),
        "detained or seized": persons(("detained", "seized"), advance),
        "referred to protection": persons(("protection",), advance),
        "contraband or person sought, found": int(found[threat["contraband"]] + found[threat["wanted"]]),
    }


def section(year, published):
    """Lines of the page. `published` is the table of tests/reference/pnr_funnels.csv."""
    counts = simulated(year)
    if counts is None:
        return []
    scored = counts["scored"]
    lines = ["## The funnel of risk scoring", "",
             "An illustration, not a test: the share that is flagged is a parameter, what an illicit booking shows is invented, "
             "and so are those who hide in the crowd. It shows how many are looked at for each one found.", "",
             "| stage | persons a year | per million crossings scored |", "|---|---:|---:|"]
    lines += [f"| {name} | {n:,} | {1e6 * n / scored:,.1f} |" for name, n in counts.items()]
    lines += ["", "Beside it, what one passenger information unit published. Its hits are of databases and patterns, per "
              "million passengers; the years count different things.", "",
              "| unit | hits | forwarded after review | share forwarded | arrests |", "|---|---:|---:|---:|---:|"]
    for row in published.itertuples():
        million = row.passengers / 1e6
        arrests = "" if row.arrests != row.arrests else f"{row.arrests / million:,.1f}"
        lines.append(f"| {row.country} {row.year} | {row.hits / million:,.0f} | {row.forwarded / million:,.1f} | "
                     f"{row.forwarded / row.hits:.4f} | {arrests} |")
    sent, flagged = counts["sent on"], counts["candidates by list or rules"]
    lines += [f"| Corridor, baseline | {1e6 * flagged / scored:,.0f} | {1e6 * sent / scored:,.1f} | {sent / flagged:.4f} | "
              f"{1e6 * counts['refused, detained or seized'] / scored:,.1f} held |", ""]
    return lines
