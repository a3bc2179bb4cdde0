"""Accuracy of a map from a probability sample: error matrix, ratios of its cells, their variances and intervals.

Every figure is a ratio R = Y / X of two totals over the population, estimated stratum by stratum:

    Ŷ = Σ_h A_h ȳ_h,   R = Ŷ / X̂,   V(R) = Σ_h A_h² (1 − n_h / N_h) s²_dh / n_h / X̂²,   d = y − R x

(Stehman, International Journal of Remote Sensing 35, 2014). Where the strata are the classes of the map these are the
estimators of Olofsson et al. (Remote Sensing of Environment 148, 2014), but for the correction 1 − n_h / N_h that they
leave out; where there is one stratum, those of simple random sampling. A part of the region is a domain: y and x are 0
outside it. Where the units are polygons, y and x are surfaces in them, and the formula is that of cluster sampling.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy.stats import t as student

_HEAVY = 0.1
"""Figures of a class have no interval where one point stands for more than this share of it on the map..."""

_PLAIN = 1 / 30
"""... and for more than this share of it as it was found: some classes the map hardly shows."""


@dataclass(frozen=True)
class Sample:
    """Units (points, or polygons) and what was found in them: cells of map class, reference class and amount.

    Attributes:
        unit: int64 (c): unit of each cell; map_code, ref_code: int64 (c); amount: float64 (c): 1 for a point, m² for a
            part of a polygon.
        stratum: int64 (n): of each unit; area, size: float64 (H): A_h, of any unit of measure, and N_h; infinite where
            there is no finite population.
        by_design: whether the units were drawn by a known design; only then are there intervals.
    """

    unit: np.ndarray
    map_code: np.ndarray
    ref_code: np.ndarray
    amount: np.ndarray
    stratum: np.ndarray
    area: np.ndarray
    size: np.ndarray
    by_design: bool

    @property
    def drawn(self) -> np.ndarray:
        """n_h, int64 (H)."""
        return np.bincount(self.stratum, minlength=len(self.area))

    def total(self, cells: np.ndarray) -> np.ndarray:
        """Amount of the chosen cells, bool or float64 (c), in each unit: float64 (n)."""
        return np.bincount(self.unit, self.amount * cells, len(self.stratum))


@dataclass(frozen=True)
class Figure:
    """An estimated share.

    Attributes:
        value: NaN where there is nothing to divide by; se: its standard error, NaN where the design is unknown.
        low, high: interval; None where none can be claimed. units: units that the denominator rests on.
    """

    value: float
    se: float
    low: Optional[float]
    high: Optional[float]
    units: int


@dataclass(frozen=True)
class Scores:
    """Figures of a class, or of a group.

    Attributes:
        precision: of what the map shows, how much is right (its lack: over-detection); recall: of what is there, how
            much the map shows (its lack: under-detection). share: of the region, by the reference.
    """

    precision: Figure
    recall: Figure
    f1: Figure
    iou: Figure
    share: Figure


class Estimator:
    """Figures of a sample, at one level of confidence, over the whole or over a part of the region.

    Args:
        domain: bool (n): the units of the part; None: all.
    """

    def __init__(self, sample: Sample, level: float, domain: Optional[np.ndarray] = None) -> None:
        self._sample, self._level = sample, level
        self._inside = np.ones(len(sample.stratum)) if domain is None else domain.astype(np.float64)
        self._weights = sample.area / np.maximum(sample.drawn, 1)

    def overall(self) -> Figure:
        """Overall accuracy."""
        s = self._sample
        return self._figure(s.map_code == s.ref_code, np.ones(len(s.unit)))

    def scores(self, members: Collection[int]) -> Scores:
        """Figures of the class, or union of classes, of these codes."""
        s = self._sample
        codes = list(members)
        mapped, there = np.isin(s.map_code, codes), np.isin(s.ref_code, codes)
        both = mapped & there
        return Scores(
            self._figure(both, mapped, of_map=True),
            self._figure(both, there, mapped, there),
            self._figure(2.0 * both, mapped.astype(np.float64) + there, mapped, there),
            self._figure(both, mapped | there, mapped, there),
            self._figure(there, np.ones(len(s.unit)), mapped, there),
        )

    def counts(self, codes: list[int]) -> np.ndarray:
        """Error matrix in points, or in m² of polygons, float64 (K, K): rows are the map's classes."""
        return self._matrix(codes, np.ones(len(self._sample.stratum)))

    def proportions(self, codes: list[int]) -> np.ndarray:
        """Error matrix in shares of the region's surface, float64 (K, K), of sum 1 where all classes are there."""
        matrix = self._matrix(codes, self._weights[self._sample.stratum])
        whole = self._estimate(self._sample.total(np.ones(len(self._sample.unit))) * self._inside)
        return matrix / whole if whole else matrix

    def ratio(self, y: np.ndarray, x: np.ndarray) -> tuple[float, float]:
        """R and its variance.

        Args:
            y, x: float64 (n): of each unit, 0 outside the domain.
        """
        bottom = self._estimate(x)
        if bottom <= 0:
            return math.nan, math.nan
        value = self._estimate(y) / bottom
        return value, self._variance(self._within(y - value * x)) / bottom**2

    def _within(self, rest: np.ndarray) -> np.ndarray:
        """s² of the units' values in each stratum, float64 (H), NaN where there is one unit or none."""
        s, drawn = self._sample, self._sample.drawn
        means = np.bincount(s.stratum, rest, len(drawn)) / np.maximum(drawn, 1)
        squares = np.bincount(s.stratum, (rest - means[s.stratum]) ** 2, len(drawn))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(drawn > 1, squares / (drawn - 1), np.nan)

    def _variance(self, within: np.ndarray) -> float:
        """Of an estimated total, from s² in each stratum."""
        s, drawn = self._sample, self._sample.drawn
        left = 1 - drawn / s.size
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = s.area**2 * left * within / drawn
        terms[(drawn > 0) & (left <= 0)] = 0.0  # all of it was seen
        return float(terms.sum())

    def _cautious(self, y: np.ndarray, x: np.ndarray, of_map: bool) -> float:
        """The variance that the interval takes: a stratum where all units happen to agree lends the mean s² of all,
        because that none of ten points is wrong does not say that none of its pixels is.

        A stratum that is a class of the map has nothing more to show of the map (``of_map``).
        """
        bottom, value = self._estimate(x), self._estimate(y) / self._estimate(x)
        within, drawn = self._within(y - value * x), self._sample.drawn
        inside = np.bincount(self._sample.stratum, self._inside, len(drawn)) > 0
        open_to = inside & (drawn > 1)
        if of_map:
            open_to &= np.bincount(self._sample.stratum, x > 0, len(drawn)) > 0
        if open_to.any():
            mean = np.average(within[open_to], weights=drawn[open_to] - 1)
            within = np.where(open_to & (within <= 0), mean, within)
        return self._variance(within) / bottom**2

    def _estimate(self, values: np.ndarray) -> float:
        return float((self._weights[self._sample.stratum] * values).sum())

    def _matrix(self, codes: list[int], weights: np.ndarray) -> np.ndarray:
        s = self._sample
        amount = (weights * self._inside)[s.unit] * s.amount
        matrix = np.zeros((len(codes), len(codes)))
        position = {code: number for number, code in enumerate(codes)}
        rows = np.array([position.get(code, -1) for code in s.map_code.tolist()], np.int64)
        columns = np.array([position.get(code, -1) for code in s.ref_code.tolist()], np.int64)
        known = (rows >= 0) & (columns >= 0)
        np.add.at(matrix, (rows[known], columns[known]), amount[known])
        return matrix

    def _figure(
        self,
        top: np.ndarray,
        bottom: np.ndarray,
        mapped: Optional[np.ndarray] = None,
        there: Optional[np.ndarray] = None,
        of_map: bool = False,
    ) -> Figure:
        """The ratio of two kinds of cells.

        Args:
            mapped, there: cells of the class by the map and by the reference, where what the map misses counts.
            of_map: the map alone says which cells are of the second kind.
        """
        s = self._sample
        y, x = s.total(top) * self._inside, s.total(bottom) * self._inside
        units = int(np.count_nonzero(x))
        if not s.by_design:
            return Figure(float(y.sum() / x.sum()) if units else math.nan, math.nan, None, None, units)
        value, variance = self.ratio(y, x)
        error = math.sqrt(variance) if variance >= 0 else math.nan
        if not math.isfinite(variance) or units < 2 or self._is_heavy(mapped, there):
            return Figure(value, error, None, None, units)
        cautious = self._cautious(y, x, of_map)
        low, high = wilson(value, cautious, self._kish(x), self._freedom(x), self._level)
        return Figure(value, error, low, high, units)

    def _is_heavy(self, mapped: Optional[np.ndarray], there: Optional[np.ndarray]) -> bool:
        """Whether one point may stand for a large share of a class: a stratum that did not happen to show what the map
        misses would change the figure by more than any interval says. The map decides, and what was found only where
        it leaves no doubt: a rule that looked at the findings would pick the lucky samples.
        """
        if mapped is None or there is None:
            return False
        s = self._sample
        on_map, found = (self._estimate(s.total(cells) * self._inside) for cells in (mapped, there))
        most = max(_HEAVY * on_map, _PLAIN * found)
        here = (np.bincount(s.stratum, self._inside, len(s.area)) > 0) & (s.drawn < s.size)
        amount = np.bincount(s.stratum, s.total(np.ones(len(s.unit))), len(s.area)) / np.maximum(s.drawn, 1)
        return bool((self._weights * amount)[here].max(initial=0.0) > most)

    def _kish(self, x: np.ndarray) -> float:
        """Units of equal weight that would say as much: (Σw)² / Σw²."""
        weights = self._weights[self._sample.stratum] * x
        return float(weights.sum() ** 2 / (weights**2).sum())

    def _freedom(self, x: np.ndarray) -> int:
        """Degrees of freedom: units less strata, of those that the denominator rests on."""
        used = x > 0
        return max(int(used.sum()) - len(np.unique(self._sample.stratum[used])), 1)


def wilson(value: float, variance: float, units: float, freedom: int, level: float) -> tuple[float, float]:
    """Interval of a share with an estimated variance: Wilson's, with the sample size that would have given the
    variance (Korn and Graubard, Survey Methodology 24, 1998; Brown, Cai and DasGupta, Statistical Science 16, 2001).

    Unlike the value ± t·se it stays within 0 and 1 and keeps a width where all points agree.

    Args:
        units: effective size where the variance is 0.
    """
    quantile = float(student.ppf(0.5 + level / 2, freedom))
    spread = value * (1 - value)
    size = min(spread / variance, 1e12) if variance > 1e-15 and spread > 0 else units
    shrink = 1 + quantile**2 / size
    middle = (value + quantile**2 / (2 * size)) / shrink
    half = quantile / shrink * math.sqrt(max(spread, 0.0) / size + quantile**2 / (4 * size**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True)
class Agreement:
    """Two independent readings of the same places.

    Attributes:
        same, total: places; low, high: interval of the share; kappa: Cohen's, NaN where chance explains everything.
    """

    same: int
    total: int
    low: float
    high: float
    kappa: float


def agreement(first: np.ndarray, second: np.ndarray, level: float) -> Agreement:
    """Agreement of two readings, int64 (n) each, n > 1.

    κ = (p_o − p_e) / (1 − p_e), p_e what two readers would agree on by chance (Cohen, Educational and Psychological
    Measurement 20, 1960).
    """
    total, same = len(first), int((first == second).sum())
    codes = np.unique(np.concatenate([first, second]))
    chance = sum(float((first == code).mean() * (second == code).mean()) for code in codes.tolist())
    value = same / total
    low, high = wilson(value, value * (1 - value) / total, total, total - 1, level)
    return Agreement(same, total, low, high, (value - chance) / (1 - chance) if chance < 1 else math.nan)
