"""Which pixels of a window lie in polygons, or near them: many polygons at once, row by row.

A pixel lies in a polygon where its centre does, by the rule of GDAL's rasterisation, to the pixel. But a call of GDAL's
takes a millisecond, and a reference has a hundred thousand polygons: here all their edges are crossed with the rows in
one go. From the first crossing of a row to the second, from the third to the fourth, the row is in the polygon,
whatever its holes and parts.

Polygons are in pixels: x = column, y = -row.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..grid import Window

_MANY_VERTICES = 4000
"""From here on a polygon is clipped to the window before its edges are looked at."""

_AT_ONCE = 1 << 18
"""Pairs of an edge and a row that are worked on at once: some 200 bytes each."""


def inside(polygons: np.ndarray, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """The pixels of a window that lie in each of some polygons.

    Args:
        polygons: object (P); they may overlap.

    Returns:
        Positions in the flattened window, int64 (N), by polygon, then ascending; where those of each polygon begin
        among them, and the end of the last: int64 (P + 1).
    """
    owner, upper, lower = _edges(_near(polygons, window, 1), (window.col, window.row))
    # An edge crosses the rows whose centre lies from its upper end on, and above its lower one.
    first, count = _rows(upper[:, 1], lower[:, 1], window.height)
    edge, row = _unrolled(first, count)
    x = _crossings(upper[edge], lower[edge], row + 0.5)
    column = np.clip(np.floor(x + 0.5), 0, window.width).astype(np.int64)
    # One number that sorts by polygon, row and column.
    crossings = np.sort((owner[edge] * window.height + row) * (window.width + 1) + column)
    line, column = np.divmod(crossings, window.width + 1)
    left, right = column[::2], column[1::2]
    polygon, row = np.divmod(line[::2], window.height)
    span, position = _unrolled(row * window.width + left, right - left)
    return position, np.searchsorted(polygon[span], np.arange(len(polygons) + 1))


def are_inside(polygon: shapely.Geometry, points: np.ndarray) -> np.ndarray:
    """Whether each of a few points, float64 (N, 2), in pixels as the polygon is, lies in it by the rule that ``inside``
    has for centres: bool (N)."""
    _, upper, lower = _edges(np.array([polygon]), (0, 0))
    found = np.zeros(len(points), bool)
    for number, (x, y) in enumerate(points * [1, -1]):
        crossed = (upper[:, 1] <= y) & (y < lower[:, 1])
        found[number] = np.count_nonzero(_crossings(upper[crossed], lower[crossed], y) < x) % 2
    return found


def within(polygons: np.ndarray, window: Window, distance: float, pixel: tuple[float, float]) -> np.ndarray:
    """Whether the centre of each pixel of a window is in one of the polygons or at most ``distance`` from it.

    Args:
        pixel: its width and height, in the unit of ``distance``.

    Returns:
        bool (H, W).
    """
    result = np.zeros((window.height, window.width), bool)
    result.ravel()[inside(polygons, window)[0]] = True
    if distance <= 0:
        return result
    near = _near(polygons, window, int(np.ceil(distance / min(pixel))) + 1)
    _, start, end = _edges(near, (window.col, window.row))
    start, end, height = start * pixel, end * pixel, pixel[1]
    low, high = start[:, 1] - distance, end[:, 1] + distance
    first, count = _rows(low / height, high / height, window.height)
    # Each interval adds one where it begins and takes it away behind its end.
    steps = np.zeros(window.height * (window.width + 1), np.int64)
    for some in batches(count, _AT_ONCE):
        edge, row = _unrolled(first[some], count[some])
        west, east = _reach(start[some][edge], end[some][edge], (row + 0.5) * height, distance)
        left = np.clip(np.ceil(west / pixel[0] - 0.5), 0, window.width).astype(np.int64)
        right = np.clip(np.floor(east / pixel[0] + 0.5), 0, window.width).astype(np.int64)
        line = row * (window.width + 1)
        steps += np.bincount(line + left, minlength=len(steps))
        steps -= np.bincount(line + right, minlength=len(steps))
    return result | (np.cumsum(steps.reshape(window.height, -1), axis=1)[:, :-1] > 0)


def batches(sizes: np.ndarray, most: int) -> Iterator[slice]:
    """Slices of consecutive items whose sizes add up to ``most`` or, by one item, more."""
    ends = np.flatnonzero(np.diff(np.cumsum(sizes) // most, append=-1)) + 1
    for start, end in zip([0, *ends[:-1].tolist()], ends.tolist()):
        yield slice(start, end)


def _reach(start: np.ndarray, end: np.ndarray, y: np.ndarray, distance: float) -> tuple[np.ndarray, np.ndarray]:
    """First and last x on the line ``y`` of the points at most ``distance`` from an edge: float64 (N).

    These points make a stadium, two half discs between two long sides, and its part of a line is one interval. It ends
    at the outermost of what the line has in common with the discs and with the sides.
    """
    west, east = np.full(len(y), np.inf), np.full(len(y), -np.inf)

    def take(x: np.ndarray, half: np.ndarray, met: np.ndarray) -> None:
        np.minimum(west, x - half, out=west, where=met)
        np.maximum(east, x + half, out=east, where=met)

    for centre in (start, end):
        square = distance**2 - (y - centre[:, 1]) ** 2
        take(centre[:, 0], np.sqrt(np.maximum(square, 0)), square >= 0)
    along = end - start
    steep = along[:, 1] != 0
    down = np.where(steep, along[:, 1], 1)
    away = distance / np.where(steep, np.hypot(*along.T), 1)
    for sign in (away, -away):
        time = (y - start[:, 1] - sign * along[:, 0]) / down
        take(start[:, 0] - sign * along[:, 1] + time * along[:, 0], np.zeros(1), steep & (time >= 0) & (time <= 1))
    return west, east


def _near(polygons: np.ndarray, window: Window, margin: int) -> np.ndarray:
    """The polygons, of which the large ones may have other edges further than ``margin`` pixels from the window."""
    polygons = polygons.copy()
    for number in np.flatnonzero(shapely.get_num_coordinates(polygons) > _MANY_VERTICES):
        polygons[number] = _clipped(polygons[number], window.grown(margin))
    return polygons


def _edges(polygons: np.ndarray, corner: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The polygon, int64 (E), and the upper and the lower end of each edge, float64 (E, 2): x, and y downwards.

    An edge that two polygons share is the same for both, to the bit, whichever way each of them goes along it.

    Args:
        corner: column and row from which x and y count.
    """
    parts, of_part = shapely.get_parts(polygons, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    xy, of = shapely.get_coordinates(rings, return_index=True)
    xy = xy * [1, -1] - corner
    edge = of[1:] == of[:-1]
    start, end = xy[:-1][edge], xy[1:][edge]
    upwards = (start[:, 1] > end[:, 1])[:, np.newaxis]
    return of_part[of_ring[of[1:][edge]]], np.where(upwards, end, start), np.where(upwards, start, end)


def _crossings(upper: np.ndarray, lower: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Where edges, given by their ends, cross lines of the same y: x, float64 (N)."""
    (x0, y0), (x1, y1) = upper.T, lower.T
    return x0 + (y - y0) * (x1 - x0) / (y1 - y0)


def _clipped(polygon: shapely.Geometry, window: Window) -> shapely.Geometry:
    box = (window.col, -window.row - window.height, window.col + window.width, -window.row)
    try:
        return shapely.clip_by_rect(polygon, *box)
    except shapely.GEOSException:  # GEOS gives up on some that only touch the box
        return polygon


def _rows(low: np.ndarray, high: np.ndarray, height: int) -> tuple[np.ndarray, np.ndarray]:
    """The first of the window's rows whose centre lies from ``low`` on and above ``high``, and how many there are."""
    first, last = (np.clip(np.ceil(y - 0.5), 0, height).astype(np.int64) for y in (low, high))
    return first, last - first


def _unrolled(first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For ``count[i]`` numbers from ``first[i]`` on, one after another: i, and the number; int64."""
    index = np.repeat(np.arange(len(count)), count)
    return index, np.arange(len(index)) + np.repeat(first - np.cumsum(count) + count, count)
