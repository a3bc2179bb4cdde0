"""Points drawn by a known design in a zone: the stratified difference estimator on probabilities.

For a point u of stratum h let y_u be the one-hot reference, p_u the probabilities of the map, p̄ their mean over the
zone, known without error because the map covers it. The map's answer, shrunk by λ towards that mean,

    m_u = λ p_u + (1 - λ) p̄

is added up over the whole zone and corrected by what the points say of its error there:

    Â = Σ_zone a m  +  Σ_h A_h mean_h[1(u in zone) (y_u - m_u)]
    Cov(Â) = Σ_h A_h² (1 - n_h / N_h) S_h / n_h,    S_h = covariance (n_h - 1) of 1(u in zone)(y_u - m_u) in stratum h

(difference estimator: Särndal, Swensson and Wretman 1992, ch. 6; domains: Stehman 2014; prediction-powered inference:
Angelopoulos et al. 2023, and λ as in PPI++, Angelopoulos, Duchi and Zrnic 2023). It is unbiased by the design,
whatever the map is worth. λ minimises the trace of Cov and is clipped to [0, 1], so that a useless map does no harm.
One λ for all classes keeps Σ_k Â_k equal to the zone, and a group the sum of its classes; with λ = 1 and a stratum
cut by no zone it is mean_h(y - p), with λ = 0 the plain stratified mean.

A rare class is seldom met, and then the variance of the few points says nothing. Its variance is not believed to be
less than what the map itself expects, max(Σ_h A_h² ū_h / n_h, |Z| U / n) with ū_h the mean of p (1 - p) at the points
of the stratum and U = Σ a p (1 - p) over the zone; its upper bound is symmetric, its lower one is that of the logit
scale, so that what is there never becomes 0. (Both bounds on the logit scale, and a floor made of pseudo-points, were
measured as well: the first becomes very wide, the second covers too seldom.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy import special, stats

from .results import Estimate

RARE_SHARE, RARE_POINTS = 0.01, 2
"""Below this share of the zone a class counts as rare; so does one that fewer than so many points are expected to meet.
"""

FEWEST_HITS = 5
"""Points that the reference or the map gives to a rare class, under which its interval has no level."""

FEWEST_RARE = 100
"""Points in a zone, under which the interval of a rare class has no level."""

FEWEST_EXPECTED = 0.5
"""Points of a zone that the map expects in a class, n A^p / |Z|, under which its interval has no level: where the map
hardly knows a class, neither its own variance nor that of the few points that meet it by chance is believed. Of what
was tried (hits, points of the class's own stratum, Kish's effective number of points) nothing parts good coverage from
bad any better, and this is the simplest."""

FEWEST_POINTS = 50
"""Points in a zone, under which no interval has a level: the coverage has not been measured there."""

PSEUDO_POINTS = 2.0
"""Points of the map's own variance p (1 - p) that a stratum is given besides its own: no variance falls to zero because
all points of a small stratum agree."""


@dataclass(frozen=True)
class Sample:
    """Labelled points of the strata that touch a zone.

    Attributes:
        p, y: float64 (n, K): probabilities of the map, and the reference as 0 and 1.
        stratum: int (n): index into ``areas``.
        inside: bool (n): the point lies in the zone.
        areas: float64 (H): surface of each stratum, m².
        sizes: float64 (H): its pixels.
    """

    p: np.ndarray
    y: np.ndarray
    stratum: np.ndarray
    inside: np.ndarray
    areas: np.ndarray
    sizes: np.ndarray

    @property
    def drawn(self) -> np.ndarray:
        """Points per stratum, int64 (H)."""
        return np.bincount(self.stratum, minlength=len(self.areas))


@dataclass(frozen=True)
class Totals:
    """Estimated surfaces of classes and groups.

    Attributes:
        values: float64 (C), m²; covariance: float64 (C, C), m⁴, as the design gives it.
        variance: float64 (C), m⁴: the diagonal of ``covariance`` with the pseudo-points of ``PSEUDO_POINTS``.
        floor: float64 (C), m⁴: what the map expects it to be; expected: float64 (C), m²: what the map expects.
        hits: int64 (C): points in the zone that the reference or the map gives to the class.
        degrees: n - H, of the strata that count; lam: λ; count: points in the zone; area: of the zone, m².
    """

    values: np.ndarray
    covariance: np.ndarray
    variance: np.ndarray
    floor: np.ndarray
    expected: np.ndarray
    hits: np.ndarray
    degrees: int
    lam: float
    count: int
    area: float


def membership(classes: int, groups: Sequence[Sequence[int]]) -> np.ndarray:
    """What turns classes into classes and groups: float64 (K, K + G) of 0 and 1.

    Args:
        groups: indices of the classes of each.
    """
    columns = np.zeros((classes, classes + len(groups)))
    columns[:, :classes] = np.eye(classes)
    for number, members in enumerate(groups, start=classes):
        columns[list(members), number] = 1
    return columns


def difference(
    sample: Sample,
    expected: np.ndarray,
    spread: np.ndarray,
    area: float,
    groups: Sequence[Sequence[int]] = (),
    lam: Optional[float] = None,
) -> Totals:
    """Surfaces of the classes, then of the groups.

    Args:
        expected: float64 (K): Σ a p over the zone, m²; area: Σ a over its valid pixels, m².
        spread: float64 (K + G): Σ a p (1 - p) over the zone, m².
        lam: λ; None: the one that makes the variance least.

    Strata with a single point add nothing to the variance: the caller has to withhold the level there.
    """
    drawn = sample.drawn
    mean = expected / area
    if lam is None:
        lam = best_lambda(sample)
    inside = sample.inside[:, np.newaxis]
    # Groups are more columns: their variance is that of the sum, with every covariance in it.
    to_columns = membership(sample.p.shape[1], groups)
    error = inside * (sample.y - lam * sample.p - (1 - lam) * mean) @ to_columns
    p, y = sample.p @ to_columns, sample.y @ to_columns
    doubt = inside * p * (1 - p)
    if not doubt.any():
        # A class raster says nothing of its doubts: where no point is wrong, one in n + 2 is taken to be.
        odd = (1 / (drawn + 2))[sample.stratum, np.newaxis]
        doubt = inside * odd * (1 - odd) * np.ones(p.shape)
    values = (lam * expected + (1 - lam) * mean * area) @ to_columns
    covariance = np.zeros((len(values), len(values)))
    variance, floor = np.zeros(len(values)), np.zeros(len(values))
    for stratum in np.flatnonzero(drawn):
        here = sample.stratum == stratum
        n = int(drawn[stratum])
        surface = sample.areas[stratum]
        factor = surface**2 * max(1 - n / sample.sizes[stratum], 0) / n
        values += surface * error[here].mean(axis=0)
        own = np.atleast_2d(np.cov(error[here], rowvar=False)) if n > 1 else np.zeros(covariance.shape)
        covariance += factor * own
        least = doubt[here].mean(axis=0)
        floor += factor * least
        variance += factor * ((n - 1) * np.diag(own) + PSEUDO_POINTS * least) / (n - 1 + PSEUDO_POINTS)
    variance = np.maximum(variance, np.diag(covariance))
    hits = ((y > 0.5) | (p > 0.5))[sample.inside].sum(axis=0)
    used = len(np.unique(sample.stratum[sample.inside]))
    count = int(sample.inside.sum())
    floor = np.maximum(floor, area * spread / max(count, 1))
    degrees = max(count - used, 1)
    return Totals(values, covariance, variance, floor, expected @ to_columns, hits, degrees, lam, count, area)


def best_lambda(sample: Sample) -> float:
    """λ = Σ_h c_h tr cov_h(y, p) / Σ_h c_h tr var_h(p), c_h = A_h² / n_h, clipped to [0, 1] (PPI++, by strata)."""
    together = alone = 0.0
    for stratum, n in enumerate(sample.drawn):
        if n < 2:
            continue
        here = sample.stratum == stratum
        p, y = (v[here] - v[here].mean(axis=0) for v in (sample.p, sample.y))
        factor = sample.areas[stratum] ** 2 / (n * (n - 1))
        together += factor * float((p * y).sum())
        alone += factor * float((p * p).sum())
    return float(np.clip(together / alone, 0, 1)) if alone > 0 else 1.0


def intervals(totals: Totals, level: float, method: str = "points", *, withheld: str = "") -> list[Estimate]:
    """One estimate per class and group.

    Args:
        level: 0 to 1; withheld: why no interval may carry it, a key of ``wording.ASSUMPTIONS``; empty: it may.
    """
    quantile = float(stats.t.ppf(0.5 + level / 2, totals.degrees))
    return [_estimate(totals, k, level, quantile, method, withheld) for k in range(len(totals.values))]


def _estimate(totals: Totals, k: int, level: float, quantile: float, method: str, withheld: str) -> Estimate:
    area = totals.area
    value, variance = float(totals.values[k]), float(totals.variance[k])
    rare = min(value, float(totals.expected[k])) < max(RARE_SHARE, RARE_POINTS / max(totals.count, 1)) * area
    se = float(np.sqrt(max(variance, totals.floor[k]) if rare else variance))
    low, high = value - quantile * se, value + quantile * se
    if rare and value > 0:
        low = _logit_low(value / area, se / area, quantile) * area
    why = withheld or ("few-points" if totals.count < FEWEST_POINTS else "")
    why = why or (_why_rare(totals, k) if rare else "")
    value, low, high = (float(np.clip(v, 0, area)) for v in (value, low, high))
    assumptions = (why,) if why else ("design", "labels-right")
    return Estimate(value, low, high, None if why else level, method, assumptions, se, totals.count)


def _why_rare(totals: Totals, k: int) -> str:
    """Why the interval of a rare class has no level; empty: it has one."""
    if totals.count < FEWEST_RARE:
        return "rare-few-points"
    if totals.count * totals.expected[k] < FEWEST_EXPECTED * totals.area:
        return "rare-unexpected"
    return "rare-class" if totals.hits[k] < FEWEST_HITS else ""


def _logit_low(share: float, se: float, quantile: float) -> float:
    """The lower bound of logit(s) ± t se / (s (1 - s)), as a share."""
    return float(special.expit(special.logit(share) - quantile * se / (share * (1 - share))))
