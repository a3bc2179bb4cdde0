"""Which pixels of a window lie in which zones: by the rule of the centre, as everywhere here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..grid import Grid, Window
from .zonal import in_pixels, pixels_inside


class Places:
    """Polygons that are asked about window by window.

    Args:
        polygons: in the raster's CRS, object (Z).
    """

    def __init__(self, polygons: np.ndarray, grid: Grid) -> None:
        self._shapes = in_pixels(polygons, grid)
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)

    def near(self, window: Window) -> list[int]:
        """The polygons that touch the window, ascending."""
        box = shapely.box(window.col, -window.row - window.height, window.col + window.width, -window.row)
        return np.sort(self._tree.query(box, predicate="intersects")).tolist()

    def inside(self, window: Window) -> Iterator[tuple[int, np.ndarray]]:
        """Polygons that hold pixels of the window, and the positions of these in the flattened window: int64 (N)."""
        for number in self.near(window):
            positions = pixels_inside(self._shapes[number], window)
            if len(positions):
                yield number, positions
