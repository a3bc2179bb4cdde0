"""How many points a wanted half-width takes: from the map alone, before any work.

The half-width of a share is about t √(ū / n) with ū the mean of p (1 - p) over the zone (calibrated), so that
n = ū (t / half-width)².
"""

from __future__ import annotations

import math

from scipy import stats

from ..sampling import SECONDS_PER_POINT

FEWEST = 50


def points_needed(spread: float, area: float, half_width: float, level: float = 0.95) -> int:
    """Points for a half-width of a class's surface.

    Args:
        spread: Σ a p (1 - p), m²; area: of the zone, m²; half_width: m².
    """
    quantile = float(stats.norm.ppf(0.5 + level / 2))
    doubt = spread / area
    return max(FEWEST, math.ceil(doubt * (quantile * area / half_width) ** 2))


def hours(points: int) -> float:
    """Time to interpret them."""
    return points * SECONDS_PER_POINT / 3600
