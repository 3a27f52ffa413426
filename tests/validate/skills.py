# SPDX-License-Identifier: Apache-2.0
"""The model beside the baseline "seats x load factor": observed routes, airports and country pairs."""
import dataclasses

import numpy as np

import measures
import skill

PREFERENCE = ("bitre", "eurostat", "bts_t100")  # the nearest to 2019 first, when two report a pair
MOSTLY_ABROAD = 0.9  # share of international seats from which an airport's total is compared


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    n: int
    measure: str
    model: float
    baseline: float
    gain: float
    low: float
    high: float


def compare(name, table):
    """A row for each measure; `table` has columns passengers, seats, observed."""
    table = table[(table["observed"] > 0) & (table["seats"] > 0)]
    if len(table) < 10:
        return []
    model, observed = table["passengers"], table["observed"]
    baseline = table["seats"] * measures.LOAD_FACTOR
    rows = []
    for label, function in skill.MEASURES.items():
        gained, low, high = skill.gain(function, model, baseline, observed)
        rows.append(Row(name, len(table), label, function(model, observed),
                        function(baseline, observed), gained, low, high))
    return rows


def observed_pairs(flows):
    """One observation a year for each pair (a, b): from the preferred source, scaled to 12 months."""
    flows = flows.assign(observed=flows["passengers_both_ways"] * 12 / flows["months"],
                         order=flows["source"].map(PREFERENCE.index))
    flows = flows.sort_values(["airport_a", "airport_b", "order"])
    flows = flows.drop_duplicates(["airport_a", "airport_b"])
    return flows.set_index(["airport_a", "airport_b"]).rename_axis(["a", "b"])


def routes(year, flows):
    """The observed international routes that the network has, with the model's passengers."""
    pairs = measures.both_ways(year.links)
    pairs = pairs[pairs["international"]]
    table = observed_pairs(flows)[["observed", "source"]].join(pairs, how="inner")
    table["passengers"] *= 365 / year.days
    return table


def route_rows(table):
    """Routes flown both ways by source, and how it looks with those that are flown one way only."""
    rows, both = [], table[table["ways"] == 2]
    for fitted, label in ((0, "not fitted"), (1, "fitted")):
        part = both[both["fitted"] == fitted]
        rows += compare(f"routes {label}, all sources", part)
        for source in PREFERENCE:
            rows += compare(f"routes {label}, {source}", part[part["source"] == source])
        if fitted == 0:
            rows += compare("routes not fitted, with those flown one way only",
                            table[table["fitted"] == 0])
    return rows


def country_pair_rows(year, table):
    """Observed routes flown both ways, added up by pair of countries: stages, not journeys."""
    table = table[table["ways"] == 2]
    airports = np.array([list(pair) for pair in table.index])
    ends = np.sort(np.vectorize(year.airport_country.get)(airports), axis=1)
    table = table.assign(country_a=ends[:, 0], country_b=ends[:, 1])
    rows = []
    for label, part in (("country pairs, routes not fitted", table[table["fitted"] == 0]),
                        ("country pairs, all observed routes", table)):
        rows += compare(label, part.groupby(["country_a", "country_b"])[
            ["passengers", "seats", "observed"]].sum())
    return rows


def airport_rows(year, published):
    """Airports by kind of published figure; only those with next to no domestic seats."""
    seats = year.links.groupby("origin")["seats_year"].sum()
    abroad = year.links[year.links["international"]].groupby("origin")["seats_year"].sum()
    share = (abroad / seats).fillna(0)
    model = measures.airport_international(year.links).rename(columns={"seats_year": "seats"})
    model["passengers"] *= 365 / year.days
    model = model[model.index.map(share).fillna(0).to_numpy() >= MOSTLY_ABROAD]
    rows = []
    for kind, label in (("total", "airports, published totals 2019"),
                        ("route_sum", "airports, sums of reported routes 2017")):
        observed = published[published["kind"] == kind].set_index("iata")["passengers"]
        rows += compare(label, model.join(observed.rename("observed"), how="inner"))
    return rows
