"""Which windows a run needs: squares of a fixed net over the whole CRS, so that runs share what was fetched."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from qgis.core import QgsGeometry, QgsGeometryEngine, QgsRectangle

SIZE = 1000
"""Side of a window in pixels: under the limits of the services, large enough for few requests, and round. At the usual
GSDs the edges are then whole metres, which servers have no trouble with: QGIS Server takes a pixel too many, and
squeezes the image, where an edge like 6289817.6 falls on one of its own but for the last bit.
"""

Bounds = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax."""


@dataclass(frozen=True)
class Net:
    """Square windows, counted to the east and to the south of (x, y).

    Attributes:
        x, y: north-west corner of the window (0, 0).
        dx, dy: size of a pixel, positive.
        size: pixels on a window's side.
    """

    x: float
    y: float
    dx: float
    dy: float
    size: int = SIZE

    def bounds(self, col: int, row: int) -> Bounds:
        """Where a window lies."""
        # Each edge by itself, so that the same one has the same number in two windows.
        width, height = round(self.size * self.dx, 9), round(self.size * self.dy, 9)
        return (
            self.x + col * width,
            self.y - (row + 1) * height,
            self.x + (col + 1) * width,
            self.y - row * height,
        )

    def cells(self, bounds: Bounds) -> tuple[range, range]:
        """Columns and rows of the windows that meet ``bounds``."""
        width, height = round(self.size * self.dx, 9), round(self.size * self.dy, 9)
        xmin, ymin, xmax, ymax = bounds
        columns = range(_down((xmin - self.x) / width), _up((xmax - self.x) / width))
        return columns, range(_down((self.y - ymax) / height), _up((self.y - ymin) / height))


def touched(
    net: Net, bounds: Bounds, polygons: Sequence[QgsGeometry], margin: int, limit: int
) -> list[tuple[int, int]]:
    """Columns and rows of the windows that hold something within ``margin`` pixels of what is asked for, row by row.

    Args:
        bounds: what is asked for.
        polygons: in the net's CRS; only what they touch is asked for; none: everything.
        limit: one more than these, at least, is enough to know: counting ends there.
    """
    grow = margin * net.dx, margin * net.dy
    columns, rows = net.cells(_grown(bounds, *grow))
    if not polygons:
        return list(islice(((col, row) for row in rows for col in columns), limit + 1))
    wanted: set[tuple[int, int]] = set()
    for polygon in polygons:
        box = polygon.boundingBox()
        inner = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        near_columns, near_rows = net.cells(_grown(inner, *grow))
        engine = QgsGeometry.createGeometryEngine(polygon.constGet())
        engine.prepareGeometry()
        for cell in _met(net, engine, _both(columns, near_columns), _both(rows, near_rows), grow):
            wanted.add(cell)
            if len(wanted) > limit:
                return list(wanted)
    return sorted(wanted, key=lambda cell: (cell[1], cell[0]))


def _met(
    net: Net, engine: QgsGeometryEngine, columns: range, rows: range, grow: tuple[float, float]
) -> Iterator[tuple[int, int]]:
    """The windows that a geometry meets, by halves: what it does not meet is not looked at one by one."""
    if not columns or not rows:
        return
    west, _, _, north = net.bounds(columns[0], rows[0])
    _, south, east, _ = net.bounds(columns[-1], rows[-1])
    around = QgsGeometry.fromRect(QgsRectangle(*_grown((west, south, east, north), *grow)))
    if not engine.intersects(around.constGet()):
        return
    if len(columns) == len(rows) == 1:
        yield columns[0], rows[0]
    elif len(columns) >= len(rows):
        middle = len(columns) // 2
        for half in (columns[:middle], columns[middle:]):
            yield from _met(net, engine, half, rows, grow)
    else:
        middle = len(rows) // 2
        for half in (rows[:middle], rows[middle:]):
            yield from _met(net, engine, columns, half, grow)


def _grown(bounds: Bounds, dx: float, dy: float) -> Bounds:
    return bounds[0] - dx, bounds[1] - dy, bounds[2] + dx, bounds[3] + dy


def _both(a: range, b: range) -> range:
    return range(max(a.start, b.start), min(a.stop, b.stop))


_SNAP = 1e-6
"""In windows: an edge that misses a window's by less lies on it."""


def _down(value: float) -> int:
    return math.floor(value + _SNAP)


def _up(value: float) -> int:
    return math.ceil(value - _SNAP)
