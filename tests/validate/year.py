# SPDX-License-Identifier: Apache-2.0
"""A simulated year, read back from its result file, beside the data folder it was made from."""
import datetime
import pathlib

import h5py
import numpy as np
import pandas as pd

OPEN = 4  # free_movement_level from which there are no systematic checks


def read_csv(path):
    """A table whose codes stay text: 'NAN' is an airport and 'NA' no missing value."""
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def memberships_2019(data):
    """Countries that were in organisations at the end of 2019."""
    members = read_csv(data / "memberships.csv")
    return members[members["member_2019"] == 1]


def plain(dataset):
    """The content of a dataset; fixed-length text becomes str."""
    value = dataset[()]
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, np.ndarray) and value.dtype.kind in "SO":
        return np.array([text.decode("utf-8") if isinstance(text, bytes) else text
                         for text in value.ravel()], dtype=object).reshape(value.shape)
    return value


def open_areas(organisations, memberships):
    """{country: representative of its open-border area} by the memberships of 2019."""
    area = {}

    def find(country):
        while area.get(country, country) != country:
            country = area[country]
        return country

    without_checks = set(organisations["code"][organisations["free_movement_level"] >= OPEN])
    member = memberships[memberships["organisation"].isin(without_checks)]
    for _, group in member.groupby("organisation"):
        first, *others = sorted(group["country"])
        area.setdefault(first, first)
        for country in others:
            area[find(country)] = find(first)
    return {country: find(country) for country in area}


class Year:
    """Replicate 0 of a result file. Only closed days and written months are kept."""

    def __init__(self, result, data):
        data = pathlib.Path(data)
        with h5py.File(result, "r") as file:
            self.provenance = {name: plain(item) for name, item in file["provenance"].items()}
            self.days = int(file["daily/closed"][0])
            self.daily = {name: item[0, :self.days] for name, item in file["daily"].items()
                          if item.ndim > 1}
            written = file["monthly/days"][0] > 0
            self.month_days = file["monthly/days"][0][written]
            self.monthly = {name: item[0][written] for name, item in file["monthly"].items()}
            self.places = {name: plain(item) for name, item in file["places"].items()}
            demand = {name: plain(item) for name, item in file["demand"].items()}
            self.journeys = pd.DataFrame({name: item[0] for name, item in file["journeys"].items()})
        if self.days < 1:
            raise ValueError(f"{result} has no closed day")
        self.journeys = self.journeys[self.journeys["trip"] != np.iinfo(np.uint64).max]
        self.factors = list(zip(demand["margin"], demand["scale_factor"]))
        self.legs = read_csv(data / "air_legs.csv")
        self.airport_country = dict(zip(self.places["airport_iata"],
                                        self.places["airport_country"]))
        self.region = dict(zip(self.places["country_iso3"], self.places["country_region"]))
        self.open_areas = open_areas(read_csv(data / "organisations.csv"),
                                     memberships_2019(data))
        self.links = pd.DataFrame({
            "origin": self.places["air_link_origin"],
            "destination": self.places["air_link_destination"],
            "passengers": self.monthly["air_link_passengers"].sum(axis=0),
            "fitted": demand["air_link_fitted"]})
        self.links = self.links.merge(self.legs, on=["origin", "destination"], how="left",
                                      validate="one_to_one")
        for end, column in (("origin", "from_country"), ("destination", "to_country")):
            self.links[column] = self.links[end].map(self.airport_country)
        self.links["international"] = self.links["from_country"] != self.links["to_country"]
        self.pairs = pd.DataFrame({
            "origin": self.places["pair_origin"], "destination": self.places["pair_destination"],
            "trips": self.monthly["pair_trips"].sum(axis=(0, 2))})

    def dates(self):
        start = datetime.date.fromisoformat(self.provenance["start_date"])
        return [start + datetime.timedelta(days=day) for day in range(self.days)]

    def by_label(self, dataset, labels):
        """{label: share of the year's total} of a daily table by class."""
        total = self.daily[dataset].astype(float).sum(axis=0)
        return dict(zip(self.places[labels], total / total.sum()))
