"""Annotated tiles that were drawn at random in the zone: the tile is the unit, never its pixels.

Difference estimator with a ratio to the tiles' surface (Cochran 1977, Sampling techniques, 6.3):

    Â = A^p + |Z| R,   R = Σ_t d_t / Σ_t a_t,   d_t = A_t - A^p_t
    V(R) = (1 - Σ a_t / |Z|) n / (n - 1) Σ_t (d_t - R a_t)² / (Σ_t a_t)²,   quantiles of t_{n-1}
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from .results import Estimate
from .zonemodel import Unit, known

FEWEST_TILES = 8


def from_tiles(tiles: Sequence[Unit], expected: np.ndarray, area: float, level: float) -> list[Estimate]:
    """Surfaces of the classes.

    Args:
        tiles: at least 2, drawn at random in the zone; expected: float64 (C), m²; area: of the zone, m².
    """
    n = len(tiles)
    difference = np.array([t.truth - t.expected for t in tiles])
    areas = np.array([t.area for t in tiles])
    total = areas.sum()
    ratio = difference.sum(axis=0) / total
    residual = difference - ratio * areas[:, np.newaxis]
    correction = max(1 - total / area, 0.0)
    se = area * np.sqrt(correction * n / (n - 1) * (residual**2).sum(axis=0)) / total
    value = expected + area * ratio
    half = float(stats.t.ppf(0.5 + level / 2, n - 1)) * se
    low, high = (np.clip(bound, 0, area) for bound in (value - half, value + half))
    best = np.clip(value, 0, area)
    found = []
    for v, a, b, s, seen in zip(best, low, high, se, known(tiles)):
        why = "few-units" if n < FEWEST_TILES else "" if seen else "rare-class"
        assumptions = (why,) if why else ("design-tiles", "labels-right")
        own = None if why else level
        found.append(Estimate(float(v), float(a), float(b), own, "tiles-drawn", assumptions, float(s), n))
    return found
