# SPDX-License-Identifier: Apache-2.0
"""How well one column of numbers tells another: three measures, and what exceeds a baseline."""
import numpy as np


def _pair(model, observed):
    model, observed = np.asarray(model, float), np.asarray(observed, float)
    if model.shape != observed.shape or model.ndim != 1:
        raise ValueError("model and observed must be two columns of the same length")
    if len(model) < 3:
        raise ValueError(f"{len(model)} pairs are too few: at least 3")
    if not (np.isfinite(model).all() and np.isfinite(observed).all() and (observed > 0).all()
            and (model >= 0).all()):
        raise ValueError("model values must be 0 or more, observed ones above 0, all finite")
    return model, observed


def correlation(x, y):
    """Pearson's r; 0 when a column does not vary (it then tells nothing)."""
    x, y = x - x.mean(), y - y.mean()
    spread = np.sqrt((x * x).sum() * (y * y).sum())
    return float((x * y).sum() / spread) if spread > 0 else 0.0


def ranks(values):
    """1 for the smallest; equal values share their mean rank."""
    _, place, count = np.unique(np.asarray(values, float), return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2)[place]


def log_pearson(model, observed):
    """Pearson's r of log10(1 + x): a route on which the model carries nobody counts, too."""
    model, observed = _pair(model, observed)
    return correlation(np.log10(1 + model), np.log10(1 + observed))


def spearman(model, observed):
    """Pearson's r of the ranks."""
    model, observed = _pair(model, observed)
    return correlation(ranks(model), ranks(observed))


def share_within_factor(model, observed, factor=2.0):
    """Share of pairs with observed / factor <= model <= observed * factor."""
    if not factor >= 1:
        raise ValueError(f"factor {factor} must be 1 or more")
    model, observed = _pair(model, observed)
    return float(np.mean((model * factor >= observed) & (model <= observed * factor)))


def median_ratio(model, observed):
    model, observed = _pair(model, observed)
    return float(np.median(model / observed))


MEASURES = {"log-Pearson": log_pearson, "Spearman": spearman,
            "within a factor of 2": share_within_factor}


def gain(measure, model, baseline, observed, samples=400, seed=1):
    """(gain, low, high): measure(model) - measure(baseline), with a 95 % interval.

    The interval is the percentile bootstrap over the pairs (routes, airports): it says what another
    draw of routes of the same kind would give, not how wrong the observations are.
    """
    model, observed = _pair(model, observed)
    baseline, _ = _pair(baseline, observed)
    value = measure(model, observed) - measure(baseline, observed)
    random = np.random.Generator(np.random.Philox(seed))
    again = []
    for _ in range(samples):
        pick = random.integers(0, len(observed), len(observed))
        again.append(measure(model[pick], observed[pick]) - measure(baseline[pick], observed[pick]))
    low, high = np.percentile(again, [2.5, 97.5])
    return value, float(low), float(high)
