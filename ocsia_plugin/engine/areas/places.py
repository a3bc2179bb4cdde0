"""Which pixels of a window, and which points, lie in which zones: by the rule of the centre, as everywhere here.

A point that lies exactly on the edge of two zones counts in one of them, as the centre of a pixel does: in the western
one or, where the edge runs along the rows, in the southern one. So the zones of a partition share the points out, and a
point that was drawn in a zone lies in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..grid import Grid, Window
from .scanlines import are_inside, batches, inside, within
from .zonal import in_pixels, to_pixels

_AT_ONCE = 1 << 20
"""Pixels, counted once for each polygon that holds them, whose positions are held at once."""


class Places:
    """Polygons that are asked about window by window.

    Args:
        polygons: in the raster's CRS, object (Z).
    """

    def __init__(self, polygons: np.ndarray, grid: Grid) -> None:
        self._shapes = in_pixels(polygons, grid)
        self._pixel = (grid.dx, grid.dy)
        self._tree = shapely.STRtree(self._shapes)

    def near(self, window: Window) -> np.ndarray:
        """The polygons that touch the window, ascending, int64 (N)."""
        box = shapely.box(window.col, -window.row - window.height, window.col + window.width, -window.row)
        return np.sort(self._tree.query(box, predicate="intersects"))

    def inside(self, window: Window) -> Iterator[tuple[int, np.ndarray]]:
        """Polygons that hold pixels of the window, and the positions of these in the flattened window: int64 (N)."""
        numbers = self.near(window)
        west, south, east, north = shapely.bounds(self._shapes[numbers]).T
        width = np.minimum(east, window.col + window.width) - np.maximum(west, window.col)
        height = np.minimum(-south, window.row + window.height) - np.maximum(-north, window.row)
        for some in batches(np.ceil(width * height).astype(np.int64), _AT_ONCE):
            positions, bounds = inside(self._shapes[numbers[some]], window)
            for number, start, end in zip(numbers[some].tolist(), bounds.tolist(), bounds[1:].tolist()):
                if end > start:
                    yield number, positions[start:end]

    def within(self, window: Window, distance: float) -> np.ndarray:
        """Whether each pixel of the window lies in a polygon or at most ``distance`` metres from one: bool (H, W)."""
        margin = int(np.ceil(distance / min(self._pixel))) + 1
        numbers = self.near(window.grown(margin))
        return within(self._shapes[numbers], window, distance, self._pixel)


def points_inside(zones: np.ndarray, x: np.ndarray, y: np.ndarray, grid: Grid) -> Iterator[np.ndarray]:
    """For each zone, which of some points lie in it: bool (n).

    Args:
        zones: polygons in the raster's CRS, object (Z); x, y: float64 (n), in the same.
    """
    places = to_pixels(np.column_stack([x, y]), grid)
    points = shapely.points(places)
    for zone in in_pixels(zones, grid):
        shapely.prepare(zone)
        inside = shapely.intersects(zone, points)
        doubtful = np.flatnonzero(inside)
        doubtful = doubtful[~shapely.contains_properly(zone, points[doubtful])]
        if len(doubtful):  # an edge runs aslant through centres of pixels
            inside[doubtful] = are_inside(zone, places[doubtful])
        yield inside
