"""No points in the zone, but annotated tiles elsewhere: what the model got wrong there, carried over.

Of a tile, or zone, z let A be the surface of a class, A^p = Σ a p the expected one, U = Σ a p (1 - p) and |Z| the
surface of the tile. The normalised error

    r = (A - A^p) / (U + c |Z|),    c = 1e-3,

is taken to be exchangeable: the new zone is one more draw from where the tiles came from. Then

    Student:          A = A^p + (r̄ ± t_{n-1} s √(1 + 1/n)) (U + c |Z|)
    split conformal:  A = A^p ± q (U + c |Z|),  q the ⌈(n + 1) level⌉-th smallest |r|

(conformal: Vovk, Gammerman and Shafer 2005; Lei et al. 2018: coverage between level and level + 1 / (n + 1)). Where
(n + 1) level > n there is no finite conformal interval: 95 % needs 19 units. Unlike intervals from points, these do not
survive a zone that is unlike the tiles, and cannot notice it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy import stats

from .results import Estimate

OFFSET = 1e-3
"""c: what keeps r finite where the model is certain."""

FEWEST_SEEN = 5
"""Units that have to hold a class before anything is said of it."""

FEWEST_UNITS = 8
"""Units under which a standard deviation says too little for a Student interval of new zones to carry a level."""


@dataclass(frozen=True)
class Unit:
    """What annotation found in one tile, or one group of tiles that are not independent. Surfaces in m².

    Attributes:
        truth, expected, spread: float64 (C): A, A^p and U of each class and group; area: |Z|.
    """

    truth: np.ndarray
    expected: np.ndarray
    spread: np.ndarray
    area: float


def merged(units: Sequence[Unit], names: Sequence[str]) -> list[Unit]:
    """Tiles of one name are one unit: U adds up, as if the tiles were a single zone."""
    together: dict[str, Unit] = {}
    for name, unit in zip(names, units):
        if name in together:
            old = together[name]
            unit = Unit(
                old.truth + unit.truth,
                old.expected + unit.expected,
                old.spread + unit.spread,
                old.area + unit.area,
            )
        together[name] = unit
    return list(together.values())


def normalised(units: Sequence[Unit]) -> np.ndarray:
    """r of each unit, float64 (n, C)."""
    return np.array([(u.truth - u.expected) / scale_of(u.spread, u.area) for u in units])


def known(units: Sequence[Unit]) -> np.ndarray:
    """bool (C): classes that ``FEWEST_SEEN`` units (or all) hold; of the others they say nothing, least of all zero."""
    with np.errstate(invalid="ignore"):
        return (np.array([u.truth for u in units]) > 0).sum(axis=0) >= min(FEWEST_SEEN, len(units))


def scale_of(spread: np.ndarray, area: float) -> np.ndarray:
    """U + c |Z|, m²."""
    return np.asarray(spread) + OFFSET * area


def fewest_for(level: float) -> int:
    """Units from which on there is a finite conformal interval: n with ⌈(n + 1) level⌉ <= n."""
    return math.ceil(level / (1 - level) - 1e-9)


def student(errors: np.ndarray, expected: np.ndarray, spread: np.ndarray, area: float, level: float) -> list[Estimate]:
    """Prediction intervals of the classes in a new zone.

    Args:
        errors: r, float64 (n, C), n >= 2; expected, spread: float64 (C), of the zone; area: of the zone, m².
    """
    n = len(errors)
    centre, deviation = errors.mean(axis=0), errors.std(axis=0, ddof=1)
    scale = scale_of(spread, area)
    se = deviation * math.sqrt(1 + 1 / n) * scale
    half = float(stats.t.ppf(0.5 + level / 2, n - 1)) * se
    value = expected + centre * scale
    why = "" if n >= FEWEST_UNITS else "few-units"
    return _estimates(value, half, se, area, level, "tiles-student", why, n)


def conformal(
    errors: np.ndarray, expected: np.ndarray, spread: np.ndarray, area: float, level: float
) -> Optional[list[Estimate]]:
    """As ``student``, without its assumption of a normal law; None where there are too few units for the level."""
    n = len(errors)
    if n < fewest_for(level):
        return None
    rank = math.ceil((n + 1) * level - 1e-9)
    half = np.sort(np.abs(errors), axis=0)[rank - 1] * scale_of(spread, area)
    return _estimates(expected, half, np.full(len(half), np.nan), area, level, "tiles-conformal", "", n)


def _estimates(
    value: np.ndarray, half: np.ndarray, se: np.ndarray, area: float, level: float, method: str, why: str, count: int
) -> list[Estimate]:
    low, high = (np.clip(bound, 0, area) for bound in (value - half, value + half))
    value = np.clip(value, 0, area)
    assumptions = (why,) if why else ("exchangeable", "labels-right")
    return [
        Estimate(float(v), float(a), float(b), None if why else level, method, assumptions, float(s), count)
        for v, a, b, s in zip(value, low, high, se)
    ]
