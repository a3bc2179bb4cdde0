"""Strata that are not the classes of the map: Stehman 2014.

Stehman 2014, Estimating area and map accuracy for stratified random sampling when the strata are different from the map
classes, International Journal of Remote Sensing 35, 4923-4939; equation numbers are theirs.
"""

from __future__ import annotations

import numpy as np


def mean(y: np.ndarray, stratum: np.ndarray, sizes: np.ndarray, correct: bool = True) -> tuple[float, float]:
    """Stratified mean of an indicator, and its standard error (3, 25).

    Args:
        y: (n); stratum: int (n), index into sizes; sizes: (H), pixels of each stratum.
        correct: with the finite-population correction 1 - n_h / N_h.
    """
    value, se = ratio(y, np.ones(len(y)), stratum, sizes, correct)
    return value, se


def ratio(
    y: np.ndarray, x: np.ndarray, stratum: np.ndarray, sizes: np.ndarray, correct: bool = True
) -> tuple[float, float]:
    """Combined ratio R = Ŷ / X̂, and its standard error (27, 28): precision, recall, and domains.

    V = Σ N_h² (1 - n_h / N_h) (s²_y + R² s²_x - 2 R s_xy) / n_h / X̂², which is the variance of y - R x.
    """
    y, x, sizes = (np.asarray(v, float) for v in (y, x, sizes))
    drawn = np.bincount(stratum, minlength=len(sizes))
    over = sizes / np.maximum(drawn, 1)
    total_y, total_x = (float(np.bincount(stratum, v, len(sizes)) @ over) for v in (y, x))
    value = total_y / total_x
    error = y - value * x
    variance = 0.0
    for h in np.flatnonzero(drawn > 1):
        s2 = float(np.var(error[stratum == h], ddof=1))
        variance += sizes[h] ** 2 * (1 - correct * drawn[h] / sizes[h]) * s2 / drawn[h]
    return value, float(np.sqrt(variance) / abs(total_x))
