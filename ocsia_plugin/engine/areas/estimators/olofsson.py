"""Strata that are the classes of the map: Olofsson et al. 2014, from an error matrix of counts.

Olofsson, Foody, Herold, Stehman, Woodcock and Wulder 2014, Good practices for estimating area and assessing accuracy of
land change, Remote Sensing of Environment 148, 42-57; equation numbers are theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Assessment:
    """Shares and accuracies, each with its standard error, 0 to 1.

    Attributes:
        shares: float64 (K), of each reference class (9); covariance: float64 (K, K), its diagonal (10).
        users, users_se: precision of each map class (2, 6); producers, producers_se: recall (3, 7).
        overall, overall_se: (1, 5).
    """

    shares: np.ndarray
    covariance: np.ndarray
    users: np.ndarray
    users_se: np.ndarray
    producers: np.ndarray
    producers_se: np.ndarray
    overall: float
    overall_se: float


def assess(counts: np.ndarray, areas: np.ndarray) -> Assessment:
    """Estimates from points drawn at random within each class of the map.

    Args:
        counts: (K, K): points of map class (row) and reference class (column), at least 2 in each row.
        areas: (K): surface of each map class, in any unit.

    The covariance of the shares, C = Σ_h W_h² (diag f_h - f_h f_hᵀ) / (n_h - 1), has (10) on its diagonal; the
    standard error of a group u is √(uᵀ C u), which merging its columns gives as well.
    """
    counts, areas = np.asarray(counts, float), np.asarray(areas, float)
    n = counts.sum(axis=1)
    weights = areas / areas.sum()
    f = counts / n[:, np.newaxis]
    shares = weights @ f
    scale = weights**2 / (n - 1)
    covariance = np.diag(scale @ f) - (f * scale[:, np.newaxis]).T @ f
    users = np.diag(f)
    variance_users = users * (1 - users) / (n - 1)
    right = weights * users
    with np.errstate(divide="ignore", invalid="ignore"):
        producers = right / shares
        others = (scale[:, np.newaxis] * f * (1 - f)).sum(axis=0) - scale * users * (1 - users)
        own = weights**2 * (1 - producers) ** 2 * variance_users
        producers_se = np.sqrt(own + producers**2 * others) / shares
    overall_se = float(np.sqrt((weights**2 * variance_users).sum()))
    return Assessment(
        shares, covariance, users, np.sqrt(variance_users), producers, producers_se, float(right.sum()), overall_se
    )


def sample_size(shares: np.ndarray, users: np.ndarray, target_se: float) -> float:
    """Points for a standard error of the overall accuracy: (Σ W_h S_h / SE)², S_h = √(U_h (1 - U_h)) (13)."""
    return float((np.asarray(shares) @ np.sqrt(np.asarray(users) * (1 - np.asarray(users))) / target_se) ** 2)
