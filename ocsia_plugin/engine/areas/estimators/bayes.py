"""Points in the zone and tiles elsewhere: empirical Bayes, guarded.

The bias of the map in the zone, b = (A - A^p) / |Z|, has the law that the tiles suggest, b ~ N(r̄ u, (s u)² (1 + 1/n)),
u = (U + c |Z|) / |Z|, and is seen through the points as d with variance v (Fay and Herriot 1979):

    w = τ² / (τ² + v),  τ = s u √(1 + 1/n),    b̂ = w d + (1 - w) r̄ u,    Var = w v.

Guard: where the points contradict the tiles, |d - r̄ u| / √(τ² + v) > 1.5 for one class or Σ_k of its square beyond the
90 % quantile of χ²_K, the points alone are believed. Without it, coverage falls with zones unlike the tiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np
from scipy import stats

from .design import RARE_SHARE, Totals
from .results import Estimate
from .zonemodel import scale_of

FARTHEST = 1.5
CHI2_LEVEL = 0.90
FEWEST_UNITS = 19


def combined(
    totals: Totals,
    alone: Sequence[Estimate],
    errors: np.ndarray,
    expected: np.ndarray,
    spread: np.ndarray,
    level: float,
    classes: int,
    known: np.ndarray,
) -> Optional[list[Estimate]]:
    """Estimates of classes and groups; None where the points contradict the tiles.

    Args:
        totals: from the points; alone: the estimates from the points alone, which stand for rare classes.
        errors: r of the tiles, float64 (n, C); expected, spread: float64 (C), of the zone, m².
        classes: how many of the columns are classes: the guard looks at these.
        known: bool (C): columns of which the tiles say something; the points alone stand for the others.
    """
    n, area = len(errors), totals.area
    u = scale_of(spread, area) / area
    prior = errors.mean(axis=0) * u
    tau2 = (errors.std(axis=0, ddof=1) * u) ** 2 * (1 + 1 / n)
    d = (totals.values - expected) / area
    v = np.maximum(totals.variance / area**2, spread / area / totals.count)
    z = np.abs(d - prior) / np.sqrt(np.maximum(tau2 + v, 1e-300))
    looked_at = z[:classes][known[:classes]]
    limit = float(stats.chi2.ppf(CHI2_LEVEL, max(len(looked_at), 1)))
    if not len(looked_at) or (looked_at > FARTHEST).any() or (looked_at**2).sum() > limit:
        return None
    w = tau2 / np.maximum(tau2 + v, 1e-300)
    value = expected + area * (w * d + (1 - w) * prior)
    se = area * np.sqrt(w * v)
    quantile = float(stats.t.ppf(0.5 + level / 2, max(min(totals.degrees, n - 1), 1)))
    found = []
    for k, own in enumerate(alone):
        if own.level is None or not known[k] or value[k] < RARE_SHARE * area:
            found.append(own)  # nothing is known to protect a rare class from a zone that is unlike the tiles
            continue
        half = quantile * float(se[k])
        low, high = max(float(value[k]) - half, 0.0), min(float(value[k]) + half, area)
        best = float(np.clip(value[k], 0, area))
        found.append(
            Estimate(best, low, high, level, "points-and-tiles", ("guarded", "labels-right"), float(se[k]), own.count)
        )
    return found
