# SPDX-License-Identifier: Apache-2.0
"""How often systems of records are asked and answer in the year, beside published counts (tests/reference/sharing_facts.csv).

Which inputs were fitted to which of these rows, and what halving them does: fits.py.
"""
import dataclasses
import math

import h5py
import numpy as np

import funnel
import targets as published
from year import memberships_2019, plain, read_csv

NEARER = "shown by that system and by no nearer one"
INCOME_LIMITS = (1035, 4045, 12535)  # USD a head: models/control/regime.hpp
INCOME_CLASSES = ("low", "lower_middle", "upper_middle", "high")


@dataclasses.dataclass(frozen=True)
class Answers:
    """What systems of records did in a run."""
    days: int
    queries: dict  # by class of system
    requests: dict  # to originators, by class of system
    query_ms: float
    hits: dict  # by source: persons at posts
    kinds: dict  # by (kind of record, source)
    found: float  # persons found, with whatever
    answer_days: float  # mean of whole days from a crossing to the answer

    def per_million(self, source, *kinds):
        """Hits of these kinds for each million queries of the system that is the source; of all kinds without any."""
        of = {"international": "system of all", "regional": "regional systems"}[source]
        hits = sum(self.kinds[kind, source] for kind in kinds) if kinds else self.hits[source]
        return 1e6 * hits / self.queries[of]

    @property
    def of_others(self):
        return self.hits["regional"] + self.hits["international"] + self.hits["bridge"]


def answers(result):
    with h5py.File(result, "r") as file:
        places = {name: list(plain(file[f"places/{name}"]))
                  for name in ("system", "system_measure", "list_source", "list_kind")}
        systems = dict(zip(places["system_measure"], file["sharing/systems"][0].sum(axis=0).T))
        met = file["sharing/met"][0].sum(axis=(0, 2))
        by_list = file["sharing/by_list"][0].sum(axis=0)
        found = float(file["daily/threats_found"][0].sum())
        days = int(file["daily/closed"][0])
    kinds = {(kind, source): float(by_list[k][s]) for k, kind in enumerate(places["list_kind"])
             for s, source in enumerate(places["list_source"])}
    of_systems = {name: dict(zip(places["system"], map(float, systems[name]))) for name in ("queries", "requests")}
    return Answers(days, of_systems["queries"], of_systems["requests"], float(systems["milliseconds of queries"].sum()),
                   dict(zip(places["list_source"], map(float, met))), kinds, found,
                   float(systems["days to these answers"].sum() / systems["requests answered"].sum()))


def measure(result):
    """{id: (value, remark)} of the systems."""
    told = answers(result)
    a_year = 365 / told.days
    persons = told.kinds["name", "regional"] + told.kinds["biometric", "regional"]
    documents = told.per_million("international", "document")
    # Answers fall on whole days: the mean of floor(D) is 1 / (exp(1 / m) - 1), m that of an exponential D.
    mean = 1 / math.log1p(1 / told.answer_days)
    return {
        "INF-001": (told.queries["system of all"] * a_year, "crossings of borders alone"),
        "INF-002": (told.hits["international"] * a_year, NEARER),
        "INF-003": (told.per_million("international"), NEARER),
        "INF-007": (told.query_ms / 1000 / sum(told.queries.values()), ""),
        "INF-034": (told.requests["regional systems"] * a_year, "requests to originators through all regional systems"),
        "INF-035": (mean * math.log(5), f"80 % of an exponential time with a mean of {mean:.2f} days; all originators"),
        "INF-040": (told.queries["regional systems"] * a_year, "all regional systems; crossings of borders alone"),
        "INF-043": (persons * a_year, "all regional systems"),
        "INF-044": (told.per_million("regional", "name", "biometric"), "all regional systems"),
        "INF-047": (told.per_million("regional"), "all regional systems, documents too"),
        "SLT-058": (documents, NEARER),
        "SLT-059": (documents, NEARER),
    }


def passenger_data(year):
    """{id: (value, remark)} of automated processing and review."""
    counts = funnel.simulated(year)
    if counts is None:
        return {}
    scored, flagged = counts["scored"], counts["flags of the rules"]
    candidates = counts["candidates by list or rules"]
    return {
        "PNR-101": (flagged / (flagged + counts["list hits"]), "flags of the rules"),
        "PNR-103": (candidates / scored, "persons named by lists or rules"),
        "PNR-104": (counts["sent on"] / scored, ""),
        "PNR-2019-4": (candidates / scored, "persons named by lists or rules"),
        "PNR-2023-8": (1e6 * counts["detained or seized"] / scored, "detained or seized after hits and flags"),
    }


def concentration(persons, incomes, connected, heaviest=4):
    """Share of the heaviest countries in what connected posts ask.

    `persons` at posts and `incomes` a head by country; `connected`: share of posts by class of income, from low to high."""
    asked = {country: n * connected[income_class(incomes[country])] for country, n in persons.items()}
    return sum(sorted(asked.values(), reverse=True)[:heaviest]) / sum(asked.values())


def income_class(usd_a_head):
    return sum(usd_a_head > limit for limit in INCOME_LIMITS) if usd_a_head > 0 else len(INCOME_LIMITS)


def of_inputs(year, value, data):
    """{id: (value, remark)} of what inputs say. `value`: of a parameter by its name."""
    countries = read_csv(data / "countries.csv")
    persons = {}
    for country, n in zip(year.places["post_country"], year.monthly["post_persons"].sum(axis=0)):
        persons[country] = persons.get(country, 0.0) + float(n)
    connected = [value(f"risk.lists.connected_{name}") for name in INCOME_CLASSES]
    members = memberships_2019(data)
    return {
        "SLT-065": (concentration(persons, dict(zip(countries["iso3"], countries["gdp_per_capita_usd"].fillna(0))), connected),
                    "expected: persons at posts times the share connected of their class of income"),
        "INF-008": (float(np.sum(members["organisation"] == "INTERPOL")), ""),
        "INF-017": (value("fighters.records.biometric"), ""),
        "INF-018": (1 - value("fighters.records.registered"), ""),
        "SEC-002": (-value("fighters.choice.rationality") * value("fighters.choice.risk_aversion"),
                    "fighters' rationality times risk aversion: weight of the chance that is feared; organisations: -5 or -6"),
    }


def section(measured, rows, table, counts):
    """Lines of the page. `measured` has what measure, passenger_data and of_inputs say."""
    compared = [row for row in rows if row.role != "not compared"]
    order = [role for role in published.ROLES if role != "not compared"]
    lines = ["## Systems of records, passenger data, attackers", "",
             "How often posts ask systems of records and what these show them, what automated processing of passenger data yields, and how "
             "attackers weigh what they fear, in the same year. What was fitted to which row and how the fits were made stands in the next "
             "part.", "",
             *counts(compared, measured), "", *table(sorted(compared, key=lambda row: order.index(row.role)), measured), "",
             "Not compared:", "", "| rows | what | why |", "|---|---|---|"]
    lines += [f"| {row.id} | {row.quantity} | {row.note} |" for row in rows if row.role == "not compared"]
    return [*lines, ""]
