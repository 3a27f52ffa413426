# SPDX-License-Identifier: Apache-2.0
"""Figures that describe the shipped air network: data checks, not results."""
import numpy as np


def gini(values):
    """Gini coefficient of a column of numbers >= 0: 0 = all alike."""
    values = np.sort(np.asarray(values, float))
    if not len(values) or values.sum() <= 0:
        raise ValueError("the Gini coefficient needs numbers with a positive sum")
    n = len(values)
    return float((2 * np.arange(1, n + 1) - n - 1) @ values / (n * values.sum()))


def describe(legs, country):
    """{id of the reference row: value} of directed legs (origin, destination, distance_km).

    `country` maps an airport to its country. A pair counts once, whatever the direction.
    """
    ends = np.sort(legs[["origin", "destination"]].to_numpy(str), axis=1)
    pairs = legs.assign(a=ends[:, 0], b=ends[:, 1]).drop_duplicates(["a", "b"])
    country_a, country_b = pairs["a"].map(country), pairs["b"].map(country)
    international = (country_a != country_b).to_numpy()
    degree = np.sort(np.bincount(np.unique(ends_of(pairs), return_inverse=True)[1]))[::-1]
    length = pairs["distance_km"].to_numpy(float)
    abroad = length[international]
    countries = np.sort(np.column_stack([country_a, country_b]).astype(str), axis=1)

    def held_by(share):
        return degree[:max(1, round(share * len(degree)))].sum() / degree.sum()

    return {
        "NET-001": len(degree),
        "NET-002": len(pairs),
        "NET-003": len(set(country_a) | set(country_b)),
        "NET-004": international.mean(),
        "NET-005": len(np.unique(countries[international], axis=0)),
        "NET-006": degree.mean(),
        "NET-007": np.median(degree),
        "NET-008": np.percentile(degree, 90),
        "NET-009": degree.max(),
        "NET-010": np.mean(degree == 1),
        "NET-011": gini(degree),
        "NET-012": held_by(0.1),
        "NET-013": held_by(0.01),
        "NET-020": length.mean(),
        "NET-021": np.median(length),
        "NET-022": abroad.mean(),
        "NET-023": np.median(abroad),
        "NET-024": np.median(length[~international]),
        "NET-025": np.log(abroad).mean(),
        "NET-026": np.log(abroad).std(),
        "NET-027": np.mean(abroad < 500),
        "NET-028": np.mean((abroad >= 500) & (abroad < 1500)),
        "NET-029": np.mean((abroad >= 1500) & (abroad < 4000)),
        "NET-030": np.mean(abroad >= 4000),
    }


def ends_of(pairs):
    return np.concatenate([pairs["a"].to_numpy(str), pairs["b"].to_numpy(str)])
