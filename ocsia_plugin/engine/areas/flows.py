"""Stocks and flows between two vintages in zones, from every pixel's pair of classes.

For each zone and each pair (k, l) of classes, in m² on the ellipsoid, a_i being the surface of pixel i:

- differing: Σ a_i 1[before = k, after = l], all pixels with data at both dates; k = l is what did not differ;
- changed: the part of it that the rule of ``products.vintages`` calls a change;
- weighted: Σ over the changed a_i p_i(k) q_i(l), the changes weighted by the confidence of both dates;
- expected: Σ a_i p_i(k) q_i(l) over all pixels, as if the errors of both dates were independent. They are not: where
  the model hesitates at both dates in the same way, this counts changes that nobody sees.

Stocks are counted at each date. Gains and losses are the changes; after = before + gains - losses + flicker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..grid import Grid, Window
from ..products.vintages import Change
from .ellipsoid import ArealScale
from .places import Places
from .zones import Zones

_AT_ONCE = 1 << 17

_MENTIONED = 0.5
"""m²; classes of which less is expected, and that nowhere are the most probable, are left out."""


@dataclass(frozen=True)
class Stocks:
    """Of one zone and each of K classes, m², float64 (K): after = before + gain - loss + flicker.

    The last four are None where no probabilities are known: the changes weighted by the confidence of both dates, and
    the stocks expected from the probabilities.
    """

    before: np.ndarray
    after: np.ndarray
    gain: np.ndarray
    loss: np.ndarray
    gain_weighted: Optional[np.ndarray]
    loss_weighted: Optional[np.ndarray]
    before_expected: Optional[np.ndarray]
    after_expected: Optional[np.ndarray]

    @property
    def net(self) -> np.ndarray:
        """Gains less losses."""
        return self.gain - self.loss

    @property
    def flicker(self) -> np.ndarray:
        """What the class has more or less after, without a change that counts as one."""
        return self.after - self.before - self.net


class Flows:
    """Sums over zones, window by window.

    Args:
        zones: polygons in the raster's CRS; count: of the classes that a pixel may have.

    Attributes:
        pixels: int64 (Z, K, K); differing, changed, weighted, expected: float64 (Z, K, K), m² on the ellipsoid.
        total: surface of the pixels whose centre lies in the zone, float64 (Z).
    """

    def __init__(self, zones: Zones, count: int, grid: Grid, wkt: str) -> None:
        self.zones, self.count, self._grid = zones, count, grid
        self.scale = ArealScale(wkt, grid.bounds)
        self._places = Places(zones.geometries, grid)
        shape = (len(zones), count, count)
        self.pixels = np.zeros(shape, np.int64)
        self.differing, self.changed, self.weighted, self.expected = (np.zeros(shape) for _ in range(4))
        self.total = np.zeros(len(zones))

    def add(self, window: Window, change: Change) -> None:
        """Add the pixels of a window to the zones that hold them."""
        if not len(self._places.near(window)):
            return
        ground = self._ground(window).ravel()
        pair = change.before.ravel().astype(np.int32) * (self.count + 1) + change.after.ravel()
        changed, joint = change.changed.ravel(), change.joint.ravel()
        for zone, inside in self._places.inside(window):
            self.total[zone] += ground[inside].sum()
            self.pixels[zone] += self._by_pair(pair[inside])
            self.differing[zone] += self._by_pair(pair[inside], ground[inside])
            if change.shares is not None:
                self._expect(zone, change.shares, ground, inside)
            inside = inside[changed[inside]]
            self.changed[zone] += self._by_pair(pair[inside], ground[inside])
            self.weighted[zone] += self._by_pair(pair[inside], ground[inside] * joint[inside])

    def _expect(self, zone: int, shares: tuple[np.ndarray, np.ndarray], ground: np.ndarray, inside: np.ndarray) -> None:
        before, after = (share.reshape(self.count, -1) for share in shares)
        for start in range(0, len(inside), _AT_ONCE):
            some = inside[start : start + _AT_ONCE]
            self.expected[zone] += (before[:, some] * ground[some]) @ after[:, some].T.astype(np.float64)

    def net(self, has_shares: bool) -> np.ndarray:
        """Net change of each class, as the map has it, then what changed at all: m², float64 (Z, K + 1)."""
        pairs = self.expected if has_shares else self.differing
        by_class = pairs.sum(axis=1) - pairs.sum(axis=2)
        return np.column_stack([by_class, self.changed.sum(axis=(1, 2))])

    def stocks(self, zone: int, has_shares: bool) -> Stocks:
        """What a zone holds at each date, and what came and went."""
        differing, changed = self.differing[zone], self.changed[zone]
        likely = [None] * 4
        if has_shares:
            weighted, expected = self.weighted[zone], self.expected[zone]
            likely = [weighted.sum(axis=0), weighted.sum(axis=1), expected.sum(axis=1), expected.sum(axis=0)]
        stocks = (differing.sum(axis=1), differing.sum(axis=0), changed.sum(axis=0), changed.sum(axis=1))
        return Stocks(*stocks, *likely)

    def occurring(self, has_shares: bool) -> np.ndarray:
        """Whether each class is found in each zone, at either date, or expected on half a square metre: bool (Z, K)."""
        seen = self.differing.any(axis=1) | self.differing.any(axis=2)
        return seen | (self.expected.sum(axis=2) >= _MENTIONED) if has_shares else seen

    @property
    def compared(self) -> np.ndarray:
        """Surface with data at both dates, m², float64 (Z)."""
        return self.differing.sum(axis=(1, 2))

    @property
    def flickering(self) -> np.ndarray:
        """Surface that differs without a change that counts as one, m², float64 (Z)."""
        return self.compared - self.differing.trace(axis1=1, axis2=2) - self.changed.sum(axis=(1, 2))

    def _ground(self, window: Window) -> np.ndarray:
        """m² on the ellipsoid of each pixel, float64 (H, W)."""
        grid = self._grid
        x = grid.x + (window.col + np.arange(window.width) + 0.5) * grid.dx
        y = grid.y - (window.row + np.arange(window.height) + 0.5) * grid.dy
        return grid.dx * grid.dy / self.scale.over(x, y)

    def _by_pair(self, pair: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
        """Sums by pair of classes, without no data."""
        side = self.count + 1
        sums = np.bincount(pair, weight, side * side).reshape(side, side)
        return sums[1:, 1:]
