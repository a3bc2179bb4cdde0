"""Points read at both dates: how much changed, with an interval that holds by the design.

At a point u of stratum h let d_u = y_after - y_before be what the photo-interpreter saw change (one column per class,
-1, 0 or 1, and a last one: whether the class changed at all), and m_u what the map says of it there. The map is known
everywhere, so that its total M over the zone is exact, and the points say how far it is wrong:

    D = lambda M + sum_h A_h mean_h[1(u in zone) (d_u - lambda m_u)]

the stratified difference estimator of ``estimators.design`` with differences in the place of classes. Both dates are
read at the same points: their errors are subtracted point by point, and the covariance of the dates, which makes the
variance of a change far smaller than the sum of the variances of two surfaces, is in it without being estimated apart.

A change is called significant where the interval does not hold 0. Changes are rare, and then the variance of the few
points that show them is too small: each zone is given ``PSEUDO_POINTS`` more, half of which show a change, in the
manner of Agresti and Min (2005) for matched proportions, who add two. In simulations of 60 to 500 points and changes of
0.7 to 10 % of the zone, intervals of 95 % for what changed held the truth without them in 64 to 94 % of the samples,
with two in 86 to 100 %, with four in 95 to 100 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy import stats

from ..grid import Grid, Window
from ..nomenclature import LandCoverClass, Nomenclature
from ..products.vintages import Change
from .estimators.design import FEWEST_POINTS, Sample, difference
from .places import points_inside
from .points import check_points, read_points
from .reference import names_of
from .sampled import strata_of, why_withheld
from .wording import ASSUMPTIONS
from .zones import Zones

FIELDS = ("ref_before", "ref_after")
"""Fields of the classes that were seen at the two dates."""

CONCLUSIONS = {
    "gain": ("gain significatif", "significant gain"),
    "loss": ("perte significative", "significant loss"),
    "change": ("changement significatif", "significant change"),
    "none": ("pas de changement significatif", "no significant change"),
}

PSEUDO_POINTS = 4.0


@dataclass(frozen=True)
class NetChange:
    """Net change of one class, or the surface that changed at all, in m².

    Attributes:
        level: 0 to 1; None: the interval has none, and ``conclusion`` says why.
        conclusion: key of ``CONCLUSIONS`` or of ``wording.ASSUMPTIONS``.
        count: points in the zone.
    """

    value: float
    se: float
    low: float
    high: float
    level: Optional[float]
    conclusion: str
    count: int

    def said(self, lang: str) -> str:
        """The conclusion in ``fr`` or ``en``."""
        texts = CONCLUSIONS.get(self.conclusion) or ASSUMPTIONS[self.conclusion]
        return texts[0 if lang == "fr" else 1]


class PairedPoints:
    """Points with the fields ``ref_before`` and ``ref_after``, and what the two maps say of each.

    Args:
        choices: what a pixel may be, in the order of the columns; groups have members.
        grid: of the maps; wkt: their CRS.

    Raises:
        OcsiaError: what ``points`` raises.
    """

    def __init__(
        self, path: str, choices: Sequence[LandCoverClass], nomenclature: Nomenclature, grid: Grid, wkt: str
    ) -> None:
        names = names_of(nomenclature)
        place = {code: number for number, c in enumerate(choices) for code in (c.code, *c.members)}
        seen = []
        for field in FIELDS:
            points = read_points(path, wkt, field, names)
            check_points(points, path, place, grid.bounds)
            seen.append(np.array([place[code] for code in points.ref_code.tolist()]))
        before, after = seen
        one_hot = np.eye(len(choices))
        self.observed = np.column_stack([one_hot[after] - one_hot[before], before != after])
        self.mapped = np.zeros_like(self.observed)
        self._compared = np.zeros(len(before), bool)
        self._points = points
        self._column = np.floor((points.x - grid.x) / grid.dx).astype(np.int64)
        self._row = np.floor((grid.y - points.y) / grid.dy).astype(np.int64)
        self._grid = grid

    def meet(self, window: Window, change: Change) -> None:
        """Keep what a window of the maps says of its points."""
        at = (self._column >= window.col) & (self._column < window.col + window.width)
        at = np.flatnonzero(at & (self._row >= window.row) & (self._row < window.row + window.height))
        if not len(at):
            return
        where = self._row[at] - window.row, self._column[at] - window.col
        before, after = change.before[where].astype(int), change.after[where].astype(int)
        self._compared[at] = before > 0
        if change.shares is not None:
            p, q = (share[(slice(None), *where)].T for share in change.shares)
        else:
            one_hot = np.eye(self.observed.shape[1])  # 0: no data; then the classes
            p, q = one_hot[before][:, 1:], one_hot[after][:, 1:]
        self.mapped[at, :-1] = q - p
        self.mapped[at, -1] = change.changed[where]

    def changes(self, zones: Zones, mapped: np.ndarray, compared: np.ndarray, level: float) -> list[list[NetChange]]:
        """Per zone, the net change of each class, then the surface that changed; empty where there are no points.

        Args:
            mapped: float64 (Z, K + 1): what the map says of the same, m²; compared: float64 (Z): surface with data, m².
        """
        found = []
        for number, inside in enumerate(points_inside(zones.geometries, self._points.x, self._points.y, self._grid)):
            inside &= self._compared
            if inside.any() and compared[number] > 0:
                found.append(self._in_zone(inside, mapped[number], float(compared[number]), level))
            else:
                found.append([])
        return found

    def _in_zone(self, inside: np.ndarray, mapped: np.ndarray, compared: float, level: float) -> list[NetChange]:
        rows, stratum, areas, sizes = strata_of(self._points, inside, compared, self._grid.dx * self._grid.dy)
        sample = Sample(self.mapped[rows], self.observed[rows], stratum, inside[rows], areas, sizes)
        totals = difference(sample, mapped, np.zeros_like(mapped), compared)
        withheld = why_withheld(sample, self._points, compared)
        if totals.count < FEWEST_POINTS:
            withheld = withheld or "few-points"
        quantile = float(stats.t.ppf(0.5 + level / 2, totals.degrees))
        errors = np.sqrt(_variance(sample, totals.lam, mapped / compared))
        last = len(mapped) - 1
        return [
            _net_change(float(value), float(error), quantile, level, withheld, totals.count, is_any=k == last)
            for k, (value, error) in enumerate(zip(totals.values, errors))
        ]


def _variance(sample: Sample, lam: float, mean: np.ndarray) -> np.ndarray:
    """Variance of each column of the estimator with the pseudo-points, m⁴, float64 (K + 1).

    A stratum gets its part of them by its surface.

    Args:
        mean: what the map says on average over the zone, float64 (K + 1).
    """
    error = sample.inside[:, np.newaxis] * (sample.y - lam * sample.p - (1 - lam) * mean)
    variance = np.zeros(error.shape[1])
    for stratum, n in enumerate(sample.drawn.tolist()):
        if n == 0:
            continue
        here = error[sample.stratum == stratum]
        surface = sample.areas[stratum]
        added = PSEUDO_POINTS * surface / sample.areas.sum()
        squares = ((here - here.mean(axis=0)) ** 2).sum(axis=0) + added / 2
        factor = surface**2 * max(1 - n / sample.sizes[stratum], 0) / n
        variance += factor * squares / max(n - 1 + added, 1)
    return variance


def _net_change(
    value: float, se: float, quantile: float, level: float, withheld: str, count: int, *, is_any: bool
) -> NetChange:
    low, high = value - quantile * se, value + quantile * se
    if is_any:  # a surface, and not a difference of two
        value, low = max(value, 0.0), max(low, 0.0)
    if withheld:
        return NetChange(value, se, low, high, None, withheld, count)
    conclusion = "none"
    if low > 0:
        conclusion = "change" if is_any else "gain"
    elif high < 0:
        conclusion = "loss"
    return NetChange(value, se, low, high, level, conclusion, count)
