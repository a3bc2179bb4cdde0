"""Nothing but the published precision and recall of the model: an indicative range, without any level.

A^cnt P is the surface of the true positives, A^cnt / R the surface that would have given as many of them: the range
[A^cnt P, A^cnt / R] bounds nothing with a known probability, because P and R change from place to place with the share
of the class. It is widened where the surface that is reported lies outside. IGN's legacy ± is A (100 - metric) / 100,
the metric printed in percent with one decimal: a quality of the class read as a relative error; it is no confidence
interval either.
"""

from __future__ import annotations

from typing import Optional

from .results import Estimate


def indicative(
    best: float, counted: float, precision: Optional[float], recall: Optional[float], area: float
) -> Estimate:
    """The range around the surface ``best``; without bounds where a statistic is missing.

    Args:
        best: what is reported, m²; counted: of the pixels, A^cnt, m²; area: of the zone: no surface is greater.
    """
    if not precision or not recall:
        return Estimate(best, method="none", assumptions=("no-statistic",))
    low, high = min(counted * precision, best), max(counted / recall, best)
    return Estimate(best, min(low, area), min(high, area), None, "published", ("indicative",))


def legacy(counted: float, metric: Optional[float]) -> Estimate:
    """IGN's ±: area × (100 - metric) / 100, with one decimal of the metric in percent."""
    if metric is None:
        return Estimate(counted, method="none", assumptions=("no-statistic",))
    half = counted * (100 - round(100 * metric, 1)) / 100
    return Estimate(counted, max(counted - half, 0.0), counted + half, None, "published-legacy", ("legacy",))


def corrected(counted: float, precision: float, recall: float) -> float:
    """A^cnt P / R: the pixel count, if the model errs here as in its test set."""
    return counted * precision / recall
