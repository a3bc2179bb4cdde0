"""Exact shares of pixels inside polygons.

The share of a pixel that a polygon covers is the integral of the winding number over it. By Green's theorem every piece
of an edge inside one pixel adds its height times the mean distance to the pixel's right side there, and its height to
every pixel further right in the row: one pass over the edges, cut at the lines of the grid, and one running sum. (The
accumulation of anti-aliased font rendering, in double precision.) Where exactextract is installed it does the same.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Optional

import numpy as np
import shapely

from ..grid import Window

_MANY_VERTICES = 4000
"""From here on handing a polygon over to exactextract, as text and once per window, takes longer than the work."""

_NOISE = 1e-9
"""Shares this near to 0 or 1 are rounding: 1 pixel of 20 cm is then wrong by 0.00004 mm²."""


def covered(polygon: shapely.Geometry, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Pixels that a polygon meets: positions in the flattened window, int64 (N), ascending, and share, float64 (N).

    Args:
        polygon: valid, exteriors counter-clockwise and holes clockwise (``oriented``); x = column, y = -row.
    """
    library = _exactextract() if shapely.get_num_coordinates(polygon) <= _MANY_VERTICES else None
    return _by_library(library, polygon, window) if library else by_edges(polygon, window)


def oriented(polygons: np.ndarray) -> np.ndarray:
    """Rings turned as ``covered`` wants them."""
    return shapely.orient_polygons(polygons, exterior_cw=False)


def by_edges(polygon: shapely.Geometry, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """As ``covered``, by our own means."""
    left, top, width, height = _met(polygon, window)
    if not width:
        return np.zeros(0, np.int64), np.zeros(0)
    start, end = _edges(polygon, left, top, height)
    x, y, step = _cut(start, end, width, height)
    column = np.clip(np.floor(x), 0, width).astype(np.int64)
    row = np.clip(np.floor(y), 0, height - 1).astype(np.int64)
    # Left of the box an edge counts for its whole row; right of it for nothing: x is clamped to either side.
    share = np.clip(x - column, 0, 1)
    place = row * (width + 2) + column
    cells = height * (width + 2)
    sums = np.bincount(place, step * (1 - share), cells) + np.bincount(place + 1, step * share, cells)[:cells]
    inside = np.cumsum(sums.reshape(height, width + 2), axis=1)[:, :width]
    inside[inside < _NOISE] = 0
    inside[inside > 1 - _NOISE] = 1
    rows, columns = np.nonzero(inside)
    places = (rows + top - window.row) * window.width + columns + left - window.col
    return places, inside[rows, columns]


def _met(polygon: shapely.Geometry, window: Window) -> tuple[int, int, int, int]:
    """Left, top, width and height, in pixels, of what a polygon's box and the window share; no width: nothing."""
    west, south, east, north = shapely.bounds(polygon)
    left, top = max(int(np.floor(west)), window.col), max(int(np.floor(-north)), window.row)
    right = min(int(np.ceil(east)), window.col + window.width)
    bottom = min(int(np.ceil(-south)), window.row + window.height)
    return (left, top, right - left, bottom - top) if right > left and bottom > top else (0, 0, 0, 0)


def _edges(polygon: shapely.Geometry, left: int, top: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of the edges that meet the rows, float64 (E, 2): x from the left, y downwards from the top."""
    rings = shapely.get_rings(shapely.get_parts(polygon))
    xy, of = shapely.get_coordinates(rings, return_index=True)
    xy = np.column_stack([xy[:, 0] - left, -xy[:, 1] - top])
    start, end = xy[:-1], xy[1:]
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    keep = (of[:-1] == of[1:]) & (high > 0) & (low < height) & (high > low)
    start, end = start[keep], end[keep]
    # Cut at the first and the last row.
    slope = (end[:, 0] - start[:, 0]) / (end[:, 1] - start[:, 1])
    ends = []
    for point in (start, end):
        y = np.clip(point[:, 1], 0, height)
        moved = y != point[:, 1]
        x = np.where(moved, start[:, 0] + (y - start[:, 1]) * slope, point[:, 0])
        ends.append(np.column_stack([x, y]))
    return ends[0], ends[1]


def _cut(start: np.ndarray, end: np.ndarray, width: int, height: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pieces of edges between the lines of the grid: middle x and y, and step in y, float64 (P).

    The step is positive downwards: a polygon whose exterior runs counter-clockwise (y upwards) goes down on its left.
    """
    number = np.arange(len(start))
    edges, times = [number, number], [np.zeros(len(start)), np.ones(len(start))]
    for axis, last in ((0, width), (1, height)):
        a, b = start[:, axis], end[:, axis]
        first = np.clip(np.ceil(np.minimum(a, b)), 0, last + 1).astype(np.int64)
        count = np.maximum(np.clip(np.floor(np.maximum(a, b)), -1, last).astype(np.int64) - first + 1, 0)
        count[a == b] = 0
        of = np.repeat(number, count)
        lines = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count) + first[of]
        edges.append(of)
        times.append(np.clip((lines - a[of]) / (b[of] - a[of]), 0, 1))
    edge, time = np.concatenate(edges), np.concatenate(times)
    order = np.lexsort((time, edge))
    edge, time = edge[order], time[order]
    keep = (edge[1:] == edge[:-1]) & (time[1:] > time[:-1])
    edge, before, after = edge[:-1][keep], time[:-1][keep], time[1:][keep]
    middle = (before + after)[:, np.newaxis] / 2
    point = start[edge] + middle * (end - start)[edge]
    step = (after - before) * (end - start)[edge, 1]
    return np.clip(point[:, 0], 0, width), point[:, 1], step


@cache
def _exactextract() -> Optional[ModuleType]:
    try:
        import exactextract
    except ImportError:
        return None
    return exactextract


def _by_library(library: ModuleType, polygon: shapely.Geometry, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """As ``covered``, by exactextract; its shares are 32-bit floats."""
    left, top, width, height = _met(polygon, window)
    if not width:
        return np.zeros(0, np.int64), np.zeros(0)
    box = (left, -top - height, left + width, -top)
    raster = library.raster.NumPyRasterSource(np.zeros((height, width), np.uint8), *box)
    # Moved as GeoJSON with all digits of the coordinates.
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(polygon)}
    (found,) = library.exact_extract(raster, feature, ["cell_id", "coverage"], output="geojson")
    cells = np.asarray(found["properties"]["cell_id"], np.int64)
    share = np.asarray(found["properties"]["coverage"], np.float64)
    keep = share > 0
    cells, share = cells[keep], share[keep]
    rows, columns = np.divmod(cells, width)
    return (rows + top - window.row) * window.width + columns + left - window.col, share
