"""Rows of a raster taken in step with others: polygons as numbers, constructed zones, codes of the input."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional, Protocol

import numpy as np
import shapely
from rasterio.features import rasterize
from rasterio.transform import Affine
from scipy.ndimage import uniform_filter

from ..grid import Grid, Window

CELL_M = 20.0
"""Side of the cells in which buildings are counted."""

_REACH = 2
"""Cells on each side of one that count with it: a square of five cells, 100 m."""


class Taker:
    """Rows of strips, in other portions than they come in."""

    def __init__(self, strips: Iterable[np.ndarray]) -> None:
        self._strips = iter(strips)
        self._rest: Optional[np.ndarray] = None

    def take(self, rows: int) -> np.ndarray:
        """The next ``rows`` rows."""
        parts, missing = [], rows
        while missing:
            if self._rest is None or len(self._rest) == 0:
                self._rest = next(self._strips)
            parts.append(self._rest[:missing])
            self._rest = self._rest[missing:]
            missing -= len(parts[-1])
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


class Dense(Protocol):
    """Constructed zones."""

    def rows(self, row: int, count: int) -> np.ndarray:
        """bool (count, W): whether each pixel lies in one."""


class NumberedPolygons:
    """Polygons as the number of the one that holds the centre of each pixel: 1 for the first; 0 for none.

    Where polygons overlap, the last one counts.
    """

    def __init__(self, geometries: np.ndarray, grid: Grid) -> None:
        self._geometries, self._grid = geometries, grid
        self._tree = shapely.STRtree(geometries)

    def numbers(self, row: int, count: int) -> np.ndarray:
        """int32 (count, W) of the rows from ``row`` on."""
        grid = self._grid
        window = Window(0, row, grid.width, count)
        west, south, east, north = grid.bounds_of(window)
        box = shapely.box(west, south, east, north)
        met = np.sort(self._tree.query(box, predicate="intersects"))
        if len(met) == 0:
            return np.zeros((count, grid.width), np.int32)
        # Large polygons are cut to the strip first: what rasterises looks at all their vertices.
        parts = shapely.intersection(self._geometries[met], shapely.buffer(box, 2 * grid.dx, join_style="mitre"))
        kept = [(part, int(n) + 1) for part, n in zip(parts, met) if part.area > 0]
        if not kept:
            return np.zeros((count, grid.width), np.int32)
        transform = Affine(grid.dx, 0, west, 0, -grid.dy, north)
        return rasterize(kept, (count, grid.width), transform=transform, dtype="int32")


class GivenZones:
    """Constructed zones that were given as polygons."""

    def __init__(self, geometries: np.ndarray, grid: Grid) -> None:
        self._polygons = NumberedPolygons(geometries, grid)

    def rows(self, row: int, count: int) -> np.ndarray:
        return self._polygons.numbers(row, count) > 0


class DensityZones:
    """Constructed zones as the buildings say them.

    A pixel lies in one where buildings cover at least ``density`` percent of the 100 m x 100 m around its cell of 20 m;
    no data counts neither way. Cells are counted once; they are some ten thousand times fewer than pixels.
    """

    def __init__(self, grid: Grid, density: float) -> None:
        self._cells = max(round(CELL_M / grid.dx), 1), max(round(CELL_M / grid.dy), 1)
        self._density = density / 100
        self._column = np.arange(grid.width) // self._cells[0]
        shape = (-(-grid.height // self._cells[1]), int(self._column[-1]) + 1)
        self._built, self._valid = np.zeros(shape), np.zeros(shape)
        self._row = 0
        self._dense: Optional[np.ndarray] = None

    def feed(self, built: np.ndarray, valid: np.ndarray) -> None:
        """Count the next rows; bool (n, W) both."""
        rows = (self._row + np.arange(len(built))) // self._cells[1]
        at = (rows[:, np.newaxis] * self._built.shape[1] + self._column).ravel()
        for total, chosen in ((self._built, built), (self._valid, valid)):
            total += np.bincount(at, chosen.ravel(), total.size).reshape(total.shape)
        self._row += len(built)

    def rows(self, row: int, count: int) -> np.ndarray:
        if self._dense is None:
            side = 2 * _REACH + 1
            built, valid = (uniform_filter(t, side, mode="constant") for t in (self._built, self._valid))
            self._dense = (valid > 0) & (built >= self._density * valid - 1e-9)
        return self._dense[(row + np.arange(count)) // self._cells[1]][:, self._column]
