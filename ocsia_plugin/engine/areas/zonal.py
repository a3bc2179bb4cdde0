"""Sums over zones, block by block.

Zones cut pixels: a pixel adds to a zone the share of its surface that lies in it (``fractions``). Only the number of
pixels goes by their centres. Zones that overlap count in full, each for itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from ..events import Events
from ..grid import Grid, Window
from .blocks import Block, Blocks
from .ellipsoid import ArealScale
from .fractions import covered, oriented
from .scanlines import inside

_DECIMALS = 6

_AT_ONCE = 1 << 14
"""Pixels whose probabilities are held as floats at once."""


class Sums:
    """What the zones hold. K classes (or codes), then G groups; index 0 along the first of them is no data.

    Surfaces are in pixels of the plane; the last index of two is 0 for the plane, 1 for the ellipsoid.

    Attributes:
        pixels: int64 (Z, 1 + K + G): pixels whose centre lies in the zone and whose most probable class it is.
        counted: float64 (Z, 1 + K + G, 2): surface of what has that class.
        expected: float64 (Z, K, 2): Σ a p; K = 0 without probabilities.
        spread: float64 (Z, K + G): Σ a p (1 - p) on the ellipsoid.
    """

    def __init__(self, zones: int, blocks: Blocks) -> None:
        self.count = blocks.count
        self._members = blocks.members if blocks.has_probabilities else []
        columns = 1 + blocks.count + blocks.group_count
        classes = blocks.count if blocks.has_probabilities else 0
        self.pixels = np.zeros((zones, columns), np.int64)
        self.counted = np.zeros((zones, columns, 2))
        self.expected = np.zeros((zones, classes, 2))
        self.spread = np.zeros((zones, classes + len(self._members)))

    def count_pixels(self, zone: int, block: Block, centres: np.ndarray) -> None:
        """Add the pixels whose centres lie in a zone: positions in the flattened block, int64 (N)."""
        known = 1 + self.count
        self.pixels[zone, :known] += np.bincount(block.choice.ravel()[centres], minlength=known)
        for number, won in enumerate(block.won, start=known):
            self.pixels[zone, number] += np.count_nonzero(won.ravel()[centres])

    def add(self, zone: int, block: Block, ground: np.ndarray, cells: np.ndarray, share: np.ndarray) -> None:
        """Add what a zone covers of a block.

        Args:
            ground: float64 (H, W): surface on the ellipsoid of each pixel, in pixels of the plane.
            cells: int64 (N): positions in the flattened block; share: float64 (N), of each pixel in the zone.
        """
        choice, ground = block.choice.ravel()[cells], ground.ravel()[cells] * share
        known = 1 + self.count
        for axis, surface in enumerate((share, ground)):
            self.counted[zone, :known, axis] += np.bincount(choice, surface, known)
            for number, won in enumerate(block.won, start=known):
                self.counted[zone, number, axis] += surface[won.ravel()[cells]].sum()
        if block.values is not None:
            weight = block.weight.ravel()[cells]
            values = block.values.reshape(len(block.values), -1)
            for start in range(0, len(cells), _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                p = np.multiply(values.take(cells[some], axis=1), weight[some], dtype=np.float64)
                self._add_probabilities(zone, p, share[some], ground[some])

    def _add_probabilities(self, zone: int, p: np.ndarray, share: np.ndarray, ground: np.ndarray) -> None:
        """p: float64 (K, N), sums of 1 or, without data, 0; share, ground: float64 (N). p is used up."""
        # einsum, not matmul: for slices as thin as these the threads of BLAS cost more than they bring.
        self.expected[zone, :, 0] += np.einsum("kn,n->k", p, share)
        expected = np.einsum("kn,n->k", p, ground)
        self.expected[zone, :, 1] += expected
        count = len(p)
        for number, members in enumerate(self._members, start=count):
            q = p[members].sum(axis=0)
            self.spread[zone, number] += np.einsum("n,n,n->", q, 1 - q, ground)
        p *= p
        self.spread[zone, :count] += expected - np.einsum("kn,n->k", p, ground)


def sum_over_zones(
    blocks: Blocks,
    windows: Iterable[Window],
    grid: Grid,
    zones: np.ndarray,
    scale: ArealScale,
    events: Events,
    part: tuple[float, float] = (0.0, 0.95),
) -> Sums:
    """Read the blocks that meet a zone, once each, and add them up.

    Args:
        zones: polygons in the raster's CRS, object (Z); part: of the job's progress that this is.
    """
    sums = Sums(len(zones), blocks)
    exact = oriented(shapely.transform(zones, lambda xy: (xy - [grid.x, grid.y]) / [grid.dx, grid.dy]))
    zones = in_pixels(zones, grid)
    for polygons in (zones, exact):
        shapely.prepare(polygons)
    tree = shapely.STRtree(exact)
    windows = list(windows)
    for number, window in enumerate(windows, start=1):
        met = tree.query(_box(window), predicate="intersects")
        if len(met):
            block = blocks.read(window)
            ground = np.ascontiguousarray(1.0 / scale.over(*_centres(grid, window)))
            for zone in np.sort(met).tolist():
                sums.count_pixels(zone, block, pixels_inside(zones[zone], window))
                if shapely.covers(exact[zone], _box(window)):
                    cells = np.arange(window.width * window.height)
                    share = np.ones(len(cells))
                else:
                    cells, share = covered(exact[zone], window)
                if len(cells):
                    sums.add(zone, block, ground, cells, share)
                events.check()
        events.progress(part[0] + (part[1] - part[0]) * number / len(windows))
    return sums


def in_pixels(zones: np.ndarray, grid: Grid) -> np.ndarray:
    """Polygons in pixels: x = column, y = -row.

    Rounded to a millionth of a pixel, then moved by half of that: an edge along the rows or columns never meets a
    centre, and the pixels that it was meant to cut through go to one side of it. (GDAL gives them to both.)
    """
    return shapely.transform(zones, lambda xy: to_pixels(xy, grid) + 0.5 * 10.0**-_DECIMALS)


def to_pixels(xy: np.ndarray, grid: Grid) -> np.ndarray:
    """Coordinates in pixels, rounded to a millionth: float64 (n, 2)."""
    return np.round((xy - [grid.x, grid.y]) / [grid.dx, grid.dy], _DECIMALS)


def pixels_inside(polygon: shapely.Geometry, window: Window) -> np.ndarray:
    """Positions, in the flattened window, of the pixels whose centre lies in a polygon: int64 (N), ascending.

    Args:
        polygon: in pixels, as ``in_pixels`` makes it.
    """
    return inside(np.array([polygon]), window)[0]


def _box(window: Window) -> shapely.Geometry:
    return shapely.box(window.col, -window.row - window.height, window.col + window.width, -window.row)


def _centres(grid: Grid, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Eastings of the columns and northings of the rows of a window, at the centres of pixels."""
    x = grid.x + (window.col + np.arange(window.width) + 0.5) * grid.dx
    y = grid.y - (window.row + np.arange(window.height) + 0.5) * grid.dy
    return x, y
