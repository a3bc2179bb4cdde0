"""Stocks and flows between two vintages in zones: from every pixel's pair of classes to tables.

For each zone and each pair (k, l) of classes, in m² on the ellipsoid, a_i being the surface of pixel i:

- differing: Σ a_i 1[before = k, after = l], all pixels with data at both dates; k = l is what did not differ;
- changed: the part of it that the rule of ``products.vintages`` calls a change;
- weighted: Σ over the changed a_i p_i(k) q_i(l), the changes weighted by the confidence of both dates;
- expected: Σ a_i p_i(k) q_i(l) over all pixels, as if the errors of both dates were independent. They are not: where
  the model hesitates at both dates in the same way, this counts changes that nobody sees.

Stocks are counted at each date. Gains and losses are the changes; after = before + gains - losses + flicker.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Optional

import numpy as np

from ..grid import Grid, Window
from ..nomenclature import LandCoverClass
from ..products.vintages import Change
from .ellipsoid import ArealScale
from .paired import NetChange
from .places import Places
from .zones import Zones

FLOW_COLUMNS = (
    "zone", "zone_id", "code", "key", "name", "before_m2", "gain_m2", "loss_m2", "net_m2", "flicker_m2", "after_m2",
    "gain_weighted_m2", "loss_weighted_m2", "before_expected_m2", "after_expected_m2", "zone_m2", "compared_m2",
)  # fmt: skip
POINT_COLUMNS = (
    "points", "net_points_m2", "se_m2", "low_m2", "high_m2", "level_pct", "conclusion",
)  # fmt: skip
"""Besides, with points read at both dates; a last line of each zone is for what changed at all."""
MATRIX_COLUMNS = (
    "zone", "zone_id", "before_code", "before_key", "before_name", "after_code", "after_key", "after_name", "pixels",
    "differing_m2", "changed_m2", "weighted_m2", "expected_m2",
)  # fmt: skip

_AT_ONCE = 1 << 17


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
        if not self._places.near(window):
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

    @property
    def compared(self) -> np.ndarray:
        """Surface with data at both dates, m², float64 (Z)."""
        return self.differing.sum(axis=(1, 2))

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


def write_flows(
    path: Path,
    flows: Flows,
    choices: Sequence[LandCoverClass],
    has_shares: bool,
    lang: str,
    read: Sequence[Sequence[NetChange]] = (),
) -> None:
    """Stocks and flows, one line per zone and class: CSV, UTF-8, with a decimal point.

    Args:
        read: per zone, what points say of each class and, last, of any change; empty: there are no points.
    """
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*FLOW_COLUMNS, *(POINT_COLUMNS if read else ())))
        for zone in range(len(flows.zones)):
            changes = (read[zone] or [None] * (len(choices) + 1)) if read else []
            place = [flows.zones.names[zone], flows.zones.ids[zone]]
            figures = _stocks(flows, zone, has_shares)
            for number, choice in enumerate(choices):
                seen = flows.differing[zone, number].any() or flows.differing[zone, :, number].any()
                if not seen and (not has_shares or flows.expected[zone, number].sum() < 0.5):
                    continue
                numbers = ["" if f is None else _number(f[number]) for f in figures]
                line = [*place, choice.code, choice.key, choice.name(lang), *numbers, *_surfaces(flows, zone)]
                writer.writerow([*line, *(_of_points(changes[number], lang) if read else ())])
            if read:
                name = "Changement" if lang == "fr" else "Change"
                line = [*place, "", "changement", name, *([""] * len(figures)), *_surfaces(flows, zone)]
                writer.writerow([*line, *_of_points(changes[-1], lang)])


def _stocks(flows: Flows, zone: int, has_shares: bool) -> tuple[Optional[np.ndarray], ...]:
    """Columns of ``FLOW_COLUMNS`` between name and zone_m2, each float64 (K), None where they are not known."""
    differing, changed = flows.differing[zone], flows.changed[zone]
    weighted, expected = flows.weighted[zone], flows.expected[zone]
    before, after = differing.sum(axis=1), differing.sum(axis=0)
    gain, loss = changed.sum(axis=0), changed.sum(axis=1)
    net = gain - loss
    sure = (weighted.sum(axis=0), weighted.sum(axis=1)) if has_shares else (None, None)
    likely = (expected.sum(axis=1), expected.sum(axis=0)) if has_shares else (None, None)
    return (before, gain, loss, net, after - before - net, after, *sure, *likely)


def _surfaces(flows: Flows, zone: int) -> list[str]:
    return [_number(flows.total[zone]), _number(flows.differing[zone].sum())]


def _of_points(change: Optional[NetChange], lang: str) -> list[str]:
    """Columns of ``POINT_COLUMNS``."""
    if change is None:
        return ["0", *([""] * (len(POINT_COLUMNS) - 1))]
    level = "" if change.level is None else f"{100 * change.level:g}"
    figures = (_number(value) for value in (change.value, change.se, change.low, change.high))
    return [str(change.count), *figures, level, change.said(lang)]


def write_matrix(path: Path, flows: Flows, choices: Sequence[LandCoverClass], has_shares: bool, lang: str) -> None:
    """Transitions, one line per zone and pair of classes that occurs: CSV, UTF-8, with a decimal point."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(MATRIX_COLUMNS)
        for zone in range(len(flows.zones)):
            occurs = (flows.pixels[zone] > 0) | (flows.expected[zone] >= 0.5)
            for k, m in np.argwhere(occurs).tolist():
                line = [flows.zones.names[zone], flows.zones.ids[zone]]
                for choice in (choices[k], choices[m]):
                    line += [choice.code, choice.key, choice.name(lang)]
                line += [flows.pixels[zone, k, m], _number(flows.differing[zone, k, m])]
                line += [_number(flows.changed[zone, k, m])]
                likely = (flows.weighted, flows.expected)
                writer.writerow([*line, *(_number(f[zone, k, m]) if has_shares else "" for f in likely)])


def _number(value: float) -> str:
    return f"{value + 0.0:.4f}"
