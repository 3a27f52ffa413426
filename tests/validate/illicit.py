# SPDX-License-Identifier: Apache-2.0
"""Drugs, fighters and money of the year on the page: every traveller, every container.

Networks are those of reported seizures, as published ones are: a link is a pair of countries (sent from, seized in) with
100 g or more reported. So the run keeps events one by one (disclosure.traces = "full"); the page shows sums alone.
"""
import h5py
import numpy as np
import pandas as pd

from year import memberships_2019, plain, read_csv

LEAST_GRAMS = 100
SETTINGS = ["disclosure.traces=full", "run.actor_events=4000000"]
GOODS_NUMBER = (1 << 62) - 1
MEASURED = ("DRG-012", "DRG-026", "DRG-042", "DRG-046", "DRG-049", "DRG-054", "TRN-030", "TRN-031", "TRN-032", "TRN-033",
            "TRN-036", "TRN-037", "TRN-040", "FTF-050", "FIN-012", "FIN-013")


class IllicitYear:
    """Replicate 0 of a run with actors and full traces."""

    def __init__(self, result, data):
        with h5py.File(result, "r") as file:
            self.provenance = {name: plain(item) for name, item in file["provenance"].items()}
            self.days = int(file["daily/closed"][0])
            places = {name: plain(item) for name, item in file["places"].items()}
            actors = {name: item[0] for name, item in file["actors"].items()}
            written = file["monthly/days"][0] > 0
            self.legs = float(file["monthly/air_link_passengers"][0].sum())
            self.dropped = int(actors["events_dropped"].sum())
        self.substances = list(places["substance"])
        kinds = list(places["actor_event_kind"]) + [""] * (256 - len(places["actor_event_kind"]))
        used = actors["event_kind"] != 255
        country = np.append(places["country_iso3"], "")  # -1 = none
        self.events = pd.DataFrame({
            "kind": [kinds[k] for k in actors["event_kind"][used]],
            "day": actors["event_day"][used], "id": actors["event_id"][used],
            "origin": country[actors["event_origin"][used]],
            "destination": country[actors["event_destination"][used]],
            "amount": actors["event_amount"][used]})
        self.measures = {name: list(places[name]) for name in
                         ("goods_measure", "money_measure", "fighter_count", "place_class", "money_group")}
        self.goods, self.money = actors["goods"][written], actors["money"][written]
        self.fighters, self.price = actors["fighters_all"][written], actors["price"][written]
        countries = read_csv(data / "countries.csv")
        self.subregion = dict(zip(countries["iso3"], countries["subregion"]))
        self.region = dict(zip(countries["iso3"], countries["region"]))
        members = memberships_2019(data)
        self.union = set(members["country"][members["organisation"] == "EU"])

    def of_goods(self, kind, substance):
        """Events of a kind ("report", "seizure") of a substance, with the mode in a column."""
        rows = self.events[self.events["kind"].str.startswith(kind + ":")].copy()
        number = rows["id"].to_numpy(np.uint64) & np.uint64(GOODS_NUMBER)
        rows = rows[(number >> np.uint64(26)) & np.uint64(15) == self.substances.index(substance)]
        return rows.assign(mode=rows["kind"].str.split(": ").str[1])

    def goods_of(self, substance, measure):
        """Grams of a year, or at its end for stocks, over all organisations."""
        return float(self.goods[:, :, self.substances.index(substance), self.measures["goods_measure"].index(measure)]
                     .sum())

    def money_of(self, measure, last=False):
        """Cents over all groups."""
        values = self.money[:, :, self.measures["money_measure"].index(measure)].sum(axis=1)
        return float(values[-1] if last else values.sum())

    def fighters_of(self, count):
        return float(self.fighters[:, self.measures["fighter_count"].index(count)].sum())


def network(reports, within=None):
    """(countries, links, density, reciprocity) of reported seizures, within a set of countries or in all."""
    grams = reports.groupby(["origin", "destination"])["amount"].sum()
    links = {pair for pair, sum_ in grams.items() if sum_ >= LEAST_GRAMS and pair[0] != pair[1]}
    if within is not None:
        links = {(a, b) for a, b in links if a in within and b in within}
    nodes = {place for pair in links for place in pair}
    n = len(within) if within is not None else len(nodes)
    density = len(links) / (n * (n - 1)) if n > 1 else float("nan")
    mutual = sum((b, a) in links for a, b in links) / len(links) if links else float("nan")
    return len(nodes), len(links), density, mutual


def ratio(a, b):
    return a / b if b else float("nan")


def measure(year):
    """{id: (value, remark)}."""
    cocaine = year.of_goods("report", "cocaine")
    tonnes = cocaine["amount"].sum() / 1e6
    nodes, links, density, mutual = network(cocaine)
    h_nodes, h_links, _, _ = network(year.of_goods("report", "heroin"))
    european = {c for c, region in year.region.items() if region == "europe"}
    europe = cocaine[cocaine["destination"].isin(year.union)]
    by_place = europe.groupby("destination")["amount"].sum()
    containers = cocaine[cocaine["mode"] == "container"]["amount"]
    america = cocaine.assign(part=cocaine["destination"].map(year.subregion)).groupby("part")["amount"].sum()
    seized, delivered = (year.goods_of("cocaine", name) for name in ("seized", "delivered"))
    proceeds = year.money_of("revenue")
    confiscated = year.money_of("confiscated to date", last=True)
    provisional = year.money_of("frozen", last=True) + confiscated + year.money_of("restored to date", last=True)
    attempts = year.fighters_of("attempted")
    europeans = network(cocaine, within=european)
    return {
        "DRG-012": (tonnes, f"of {seized / 1e6:,.0f} t seized; {ratio(seized, seized + delivered):.0%} of what was "
                            "seized or delivered (prior 30 to 90 %)"),
        "DRG-026": (ratio(america.get("South America", 0), america.get("Northern America", 0) +
                          america.get("Central America", 0)), "North America with Central America and Mexico"),
        "DRG-042": (ratio(sum(by_place.get(c, 0) for c in ("BEL", "ESP", "NLD")), by_place.sum()), ""),
        "DRG-046": (ratio(europe[europe["mode"] == "container"]["amount"].sum(), europe["amount"].sum()), ""),
        "DRG-049": (containers.mean() / 1000, f"of {len(containers):,} reports"),
        "DRG-054": (cocaine["amount"].mean() / 1000, f"of {len(cocaine):,} reports; without police inland"),
        "TRN-030": (nodes, ""),
        "TRN-031": (links, ""),
        "TRN-032": (density, "within active countries"),
        "TRN-033": (mutual, ""),
        "TRN-036": (h_nodes, ""),
        "TRN-037": (h_links, ""),
        "TRN-040": (europeans[2], f"{len(european)} countries and territories"),
        "FTF-050": (ratio(attempts, year.legs), f"{attempts:,.0f} attempts"),
        "FIN-012": (ratio(provisional, proceeds), ""),
        "FIN-013": (ratio(confiscated, proceeds), "within the year; verdicts take longer"),
    }


def section(year, rows, table, counts):
    """Lines of the page. `rows`: targets with a measure; `table` and `counts` are those of report.py."""
    measured = measure(year)
    told = year.provenance
    lines = ["## A year with those who hide in the crowd", "",
             f"Scenario *{told['scenario_name']}*, {year.days} days, every traveller and every container, seed "
             f"{told['seed']}, one replicate; organisations start with empty pipelines, so the first two months deliver "
             "little. Organisations, flows of fighters and the shares that customs see are invented, but for what customs are told, "
             "which was fitted to seizures in the EU (DRG-033, [odd/cargo.md](odd/cargo.md)): what is *held out* tells how far an invented year is from the published one, not that anything was predicted. Networks are "
             "those of reported seizures of 100 g or more, "
             "by events kept one by one for this page alone. Figures of networks from year to year (TRN-034, 035, 038, "
             "039), of differences (DRG-020) and prices (PRC rows) are measured on the models alone: "
             "[odd/trafficking.md](odd/trafficking.md#how-it-compares); the flows of 2013 to 2017 (FTF rows) in "
             "[odd/fighters.md](odd/fighters.md).", "",
             *counts(rows, measured), "", *table(rows, measured), ""]
    if year.dropped:
        lines += [f"The result had no room for {year.dropped:,} events: what is counted from events is too low.", ""]
    return lines
