"""Sums over zones, block by block.

A pixel belongs to a zone where its centre does: the rule is unbiased, and over 1 km² as good as exact fractions. Zones
that overlap count in full, each for itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from rasterio.features import rasterize
from rasterio.transform import Affine

from ..events import Events
from ..grid import Grid, Window
from .blocks import Block, Blocks
from .ellipsoid import ArealScale

_MANY_VERTICES = 4000
"""From here on a polygon is clipped to the block before it is rasterised, which looks at all its vertices."""


_DECIMALS = 6

_AT_ONCE = 1 << 17
"""Pixels whose probabilities are held as floats at once."""


class Sums:
    """What the zones hold. K classes (or codes), then G groups; index 0 along the first of them is no data.

    Attributes:
        pixels: int64 (Z, 1 + K + G): pixels whose most probable class it is.
        counted: float64 (Z, 1 + K + G): their surface on the ellipsoid, in pixels of the plane.
        expected: float64 (Z, K, 2): sums of probabilities, in pixels of the plane: plain, and on the ellipsoid.
    """

    def __init__(self, zones: int, blocks: Blocks) -> None:
        self.count = blocks.count
        columns = 1 + blocks.count + blocks.group_count
        self.pixels = np.zeros((zones, columns), np.int64)
        self.counted = np.zeros((zones, columns))
        self.expected = np.zeros((zones, blocks.count if blocks.has_probabilities else 0, 2))

    def add(self, zone: int, block: Block, ground: np.ndarray, inside: np.ndarray) -> None:
        """Add the pixels of a block that lie in a zone.

        Args:
            ground: float64 (H, W): surface on the ellipsoid of each pixel, in pixels of the plane.
            inside: int64 (N): their positions in the flattened block.
        """
        choice, ground = block.choice.ravel()[inside], ground.ravel()[inside]
        known = 1 + self.count
        self.pixels[zone, :known] += np.bincount(choice, minlength=known)
        self.counted[zone, :known] += np.bincount(choice, ground, known)
        for number, won in enumerate(block.won, start=known):
            in_group = won.ravel()[inside]
            self.pixels[zone, number] += np.count_nonzero(in_group)
            self.counted[zone, number] += ground[in_group].sum()
        if block.values is not None:
            weight = block.weight.ravel()[inside]
            factors = np.stack([weight, weight * ground], axis=1)
            values = block.values.reshape(len(block.values), -1)
            for start in range(0, len(inside), _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                self.expected[zone] += values[:, inside[some]].astype(np.float64) @ factors[some]


def sum_over_zones(
    blocks: Blocks,
    windows: Iterable[Window],
    grid: Grid,
    zones: np.ndarray,
    scale: ArealScale,
    events: Events,
) -> Sums:
    """Read the blocks that meet a zone, once each, and add them up.

    Args:
        zones: polygons in the raster's CRS, object (Z).
    """
    sums = Sums(len(zones), blocks)
    zones = in_pixels(zones, grid)
    shapely.prepare(zones)
    tree = shapely.STRtree(zones)
    windows = list(windows)
    for number, window in enumerate(windows, start=1):
        met = tree.query(_box(window), predicate="intersects")
        if len(met):
            block = blocks.read(window)
            ground = np.ascontiguousarray(1.0 / scale.over(*_centres(grid, window)))
            for zone in np.sort(met).tolist():
                inside = pixels_inside(zones[zone], window)
                if len(inside):
                    sums.add(zone, block, ground, inside)
                events.check()
        events.progress(0.95 * number / len(windows))
    return sums


def in_pixels(zones: np.ndarray, grid: Grid) -> np.ndarray:
    """Polygons in pixels: x = column, y = -row.

    Rounded to a millionth of a pixel, then moved by half of that: an edge along the rows or columns never meets a
    centre, and the pixels that it was meant to cut through go to one side of it. (GDAL gives them to both.)
    """

    def to_pixels(xy: np.ndarray) -> np.ndarray:
        return np.round((xy - [grid.x, grid.y]) / [grid.dx, grid.dy], _DECIMALS) + 0.5 * 10.0**-_DECIMALS

    return shapely.transform(zones, to_pixels)


def pixels_inside(polygon: shapely.Geometry, window: Window) -> np.ndarray:
    """Positions, in the flattened window, of the pixels whose centre lies in a polygon: int64 (N), ascending.

    Args:
        polygon: in pixels, as ``in_pixels`` makes it.
    """
    if shapely.covers(polygon, _box(window)):
        return np.arange(window.width * window.height)
    west, south, east, north = shapely.bounds(polygon)
    left, top = max(int(np.floor(west)), window.col), max(int(np.floor(-north)), window.row)
    right = min(int(np.ceil(east)), window.col + window.width)
    bottom = min(int(np.ceil(-south)), window.row + window.height)
    if right <= left or bottom <= top:
        return np.zeros(0, np.int64)
    if shapely.get_num_coordinates(polygon) > _MANY_VERTICES:
        # One pixel further out: what the clipping adds to the outline stays away from every centre.
        polygon = shapely.clip_by_rect(polygon, left - 1, -bottom - 1, right + 1, -top + 1)
        if shapely.is_empty(polygon):
            return np.zeros(0, np.int64)
    transform = Affine(1, 0, left, 0, -1, -top)
    mask = rasterize([(polygon, 1)], (bottom - top, right - left), transform=transform, dtype="uint8")
    rows, columns = np.nonzero(mask)
    return (rows + top - window.row) * window.width + columns + left - window.col


def _box(window: Window) -> shapely.Geometry:
    return shapely.box(window.col, -window.row - window.height, window.col + window.width, -window.row)


def _centres(grid: Grid, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Eastings of the columns and northings of the rows of a window, at the centres of pixels."""
    x = grid.x + (window.col + np.arange(window.width) + 0.5) * grid.dx
    y = grid.y - (window.row + np.arange(window.height) + 0.5) * grid.dy
    return x, y
