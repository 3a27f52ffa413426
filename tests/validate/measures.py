# SPDX-License-Identifier: Apache-2.0
"""What a simulated year says about each published figure: {id: (value, remark)}."""
import numpy as np

ROUTES = {"TRV-040": ("HKG", "TPE"), "TRV-041": ("CGK", "SIN"), "TRV-042": ("BKK", "HKG"),
          "TRV-043": ("KUL", "SIN"), "TRV-044": ("HKG", "ICN")}
AIRPORTS = {"TRV-060": "DXB", "TRV-061": "LHR", "TRV-062": "AMS", "TRV-063": "HKG",
            "TRV-064": "ICN", "TRV-065": "CDG", "TRV-066": "SIN", "TRV-067": "FRA",
            "TRV-068": "BKK", "TRV-069": "TPE"}
LOAD_FACTOR = 0.82  # of the baseline "seats x load factor"


def monthly_extremes(values, days):
    """(peak, trough) of the per-day level of each month over the year's per-day mean."""
    per_day = np.asarray(values, float) / np.asarray(days, float)
    mean = np.sum(values) / np.sum(days)
    return per_day.max() / mean, per_day.min() / mean


def both_ways(links):
    """Each airport pair, both directions together; index (a, b), a < b. `ways`: 1 or 2 legs."""
    ends = np.sort(links[["origin", "destination"]].to_numpy(str), axis=1)
    table = links.assign(a=ends[:, 0], b=ends[:, 1])
    return table.groupby(["a", "b"]).agg(
        passengers=("passengers", "sum"), seats=("seats_year", "sum"),
        fitted=("fitted", "max"), international=("international", "max"), ways=("seats_year", "size"))


def airport_international(links):
    """Passengers and seats of each airport on international legs, arriving and departing."""
    abroad = links[links["international"]]
    out = abroad.groupby("origin")[["passengers", "seats_year"]].sum()
    back = abroad.groupby("destination")[["passengers", "seats_year"]].sum()
    return out.add(back, fill_value=0)


def measure(year):
    found = {}
    travel(year, found)
    network_flows(year, found)
    season(year, found)
    sample(year, found)
    borders(year, found)
    return found


def travel(year, found):
    trips = year.pairs
    total = float(trips["trips"].sum())
    found["TRV-070"] = (total * 365 / year.days, "persons' trips begun")
    region = year.by_label("arrivals_by_region", "region")
    for id, name in (("TRV-080", "europe"), ("TRV-081", "asia_pacific"), ("TRV-082", "americas"),
                     ("TRV-083", "africa"), ("TRV-084", "middle_east")):
        found[id] = (region[name], "")
    mode = year.by_label("trips_by_mode", "mode")
    for id, name in (("TRV-085", "air"), ("TRV-087", "land"), ("TRV-088", "sea")):
        found[id] = (mode[name], "")
    purpose = year.by_label("trips_by_purpose", "purpose")
    for id, name in (("TRV-090", "leisure"), ("TRV-091", "visiting"), ("TRV-092", "business")):
        found[id] = (purpose[name], "")
    found["TRV-093"] = (purpose["work"] + purpose["study"], "work and study")
    own = trips["origin"].map(year.region) == trips["destination"].map(year.region)
    found["TRV-094"] = (trips["trips"][own].sum() / total, "")
    by_destination = trips.groupby("destination")["trips"].sum().sort_values(ascending=False)
    found["TRV-095"] = (by_destination.iloc[:10].sum() / total,
                        ", ".join(by_destination.index[:10]))
    found["TRV-108"], found["TRV-109"], found["TRV-110"] = (1.0, ""), (0.0, ""), (0.0, "")
    found["COR-02"] = (trips["trips"][without_checks(year, trips["origin"],
                                                     trips["destination"])].sum() / total, "")
    abroad = year.links[year.links["international"]]
    within = without_checks(year, abroad["from_country"], abroad["to_country"])
    found["COR-01"] = (abroad["seats_year"][within].sum() / abroad["seats_year"].sum(), "")


def without_checks(year, origins, destinations):
    """Which pairs of countries lie in one open-border area."""
    area = year.open_areas
    return np.array([area.get(a, a) == area.get(b, b) for a, b in zip(origins, destinations)])


def network_flows(year, found):
    per_year = 365 / year.days
    abroad = year.links[year.links["international"]]
    found["TRV-023"] = (abroad["passengers"].sum() * per_year, "")
    found["TRV-024"] = ((abroad["passengers"] * abroad["distance_km"]).sum() * per_year, "")
    pairs = both_ways(year.links)
    for id, pair in ROUTES.items():
        if pair in pairs.index:
            row = pairs.loc[pair]
            remark = "a fitted route" if row["fitted"] else "not fitted"
            found[id] = (row["passengers"] * per_year, against_seats(row, remark))
    airports = airport_international(year.links)
    for id, iata in AIRPORTS.items():
        if iata in airports.index:
            row = airports.loc[iata].rename({"seats_year": "seats"})
            found[id] = (row["passengers"] * per_year, against_seats(row))


def against_seats(row, remark=""):
    text = f"seats x {LOAD_FACTOR}: {row['seats'] * LOAD_FACTOR / 1e6:.1f} million"
    return f"{remark}; {text}" if remark else text


def season(year, found):
    if len(year.month_days) != 12:
        return
    distance = year.links["distance_km"].where(year.links["international"], 0).to_numpy()
    kilometres = year.monthly["air_link_passengers"].astype(float) @ distance
    peak, trough = monthly_extremes(kilometres, year.month_days)
    found["TRV-140"] = (peak, "international only, per day")
    found["TRV-141"] = (trough, "international only, per day")
    arrivals = year.daily["arrivals_by_region"].astype(float).sum(axis=1)
    summer = np.array([date.month in (7, 8) for date in year.dates()])
    found["TRV-142"] = (arrivals[summer].sum() / arrivals.sum(), "")


def weighted_median(values, weights):
    """The smallest value at which half of the weight is reached."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(np.asarray(weights, float)[order])
    return np.asarray(values)[order][np.searchsorted(reached, reached[-1] / 2)]


def sample(year, found):
    """What only whole journeys tell: transfers, nights, parties.

    A row of the sample is a travelling unit, so it stands for its `party` persons.
    """
    table, country = year.journeys, year.places["country_iso3"]
    air = table[year.places["mode"][table["mode"]] == "air"]
    if len(air) >= 100:
        remark = f"of {len(air):,} sampled units"
        for id, legs in (("TRV-136", 2), ("TRV-137", 3)):
            found[id] = (float(np.average(air["n_legs"] >= legs, weights=air["party"])), remark)
    origin, destination = country[table["origin"]], country[table["destination"]]
    out = table[(origin == "USA") & ~np.isin(destination, ("CAN", "MEX"))]
    into = table[(destination == "USA") & ~np.isin(origin, ("CAN", "MEX"))]
    if len(out) >= 100:
        remark = f"of {len(out):,} sampled units"
        found["TRV-111"] = (float(np.average(out["nights"], weights=out["party"])), remark)
        found["TRV-112"] = (float(weighted_median(out["nights"], out["party"])), remark)
    if len(into) >= 100:
        remark = f"of {len(into):,} sampled units"
        found["TRV-113"] = (float(np.average(into["nights"], weights=into["party"])), remark)
        found["TRV-114"] = (float(into["party"].mean()), remark)


def borders(year, found):
    places = year.places
    entry = places["post_direction"] == "entry"
    air = entry & (places["post_kind"] == "air")
    home = entry & (places["post_country"] == "USA")
    persons, waits, selected, refused = (
        year.monthly[name].astype(float)
        for name in ("post_persons", "post_wait_person_seconds", "post_selected", "post_refused"))
    checked = f"{without_same_day(year, persons, entry):,.0f} persons without same-day crossings"
    found["BRD-002"] = (persons[:, home & air].sum() / year.days, "passengers, no crew")
    found["BRD-006"] = (ratio(refused[:, home].sum(), without_same_day(year, persons, home)),
                        "same-day crossings left out: nobody is refused there")
    found["BRD-007"] = (ratio(refused[:, entry].sum(), without_same_day(year, persons, entry)),
                        checked)
    if year.daily.get("scored", np.zeros(1)).sum() > 0:
        wanted = list(places["threat"]).index("wanted")
        found["BRD-008"] = (1e6 * year.daily["threats_found"][:, wanted].sum() / year.daily["scored"].sum(),
                            "the world; entries and exits, same-day crossings left out")
    found["BRD-021"] = (ratio(selected[:, air].sum(), persons[:, air].sum()), "")
    busiest = np.flatnonzero(air)[np.argsort(-persons[:, air].sum(axis=0), kind="stable")[:20]]
    by_month = waits[:, busiest].sum(axis=1) / np.maximum(persons[:, busiest].sum(axis=1), 1) / 60
    found["BRD-023"] = (ratio(waits[:, busiest].sum(), persons[:, busiest].sum()) / 60,
                        f"by month from {by_month.min():.1f} to {by_month.max():.1f}")


def without_same_day(year, persons, entry):
    """Persons at these entry posts less same-day crossings, half of which go each way."""
    borders = {f"{a}-{b}": index for index, (a, b)
               in enumerate(zip(year.places["border_a"], year.places["border_b"]))}
    same_day = year.monthly["same_day_border_crossings"].astype(float).sum(axis=0)
    sides = {(place, country) for place, country, kind in zip(
        year.places["post_place"][entry], year.places["post_country"][entry],
        year.places["post_kind"][entry]) if kind == "land"}
    return persons[:, entry].sum() - sum(same_day[borders[place]] / 2 for place, _ in sides)


def ratio(part, whole):
    return part / whole if whole else float("nan")
