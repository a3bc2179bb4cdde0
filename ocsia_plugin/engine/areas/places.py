"""Which pixels of a window lie in which zones: by the rule of the centre, as everywhere here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..grid import Grid, Window
from .scanlines import batches, inside, within
from .zonal import in_pixels

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
