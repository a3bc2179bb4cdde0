"""Which windows a run needs: squares of a fixed net over the whole CRS, so that runs share what was fetched."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qgis.core import QgsGeometry, QgsRectangle

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


def touched(net: Net, bounds: Bounds, polygons: Sequence[QgsGeometry], margin: int) -> Iterator[tuple[int, int]]:
    """Columns and rows of the windows that hold something within ``margin`` pixels of what is asked for, row by row.

    Args:
        bounds: what is asked for.
        polygons: in the net's CRS; only what they touch is asked for; none: everything.
    """
    grow_x, grow_y = margin * net.dx, margin * net.dy
    columns, rows = net.cells(_grown(bounds, grow_x, grow_y))
    if not polygons:
        yield from ((col, row) for row in rows for col in columns)
        return
    wanted: set[tuple[int, int]] = set()
    for polygon in polygons:
        box = polygon.boundingBox()
        inner = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        engine = QgsGeometry.createGeometryEngine(polygon.constGet())
        engine.prepareGeometry()
        near_columns, near_rows = net.cells(_grown(inner, grow_x, grow_y))
        for row in _both(rows, near_rows):
            for col in _both(columns, near_columns):
                if (col, row) not in wanted:
                    near = QgsGeometry.fromRect(QgsRectangle(*_grown(net.bounds(col, row), grow_x, grow_y)))
                    if engine.intersects(near.constGet()):
                        wanted.add((col, row))
    yield from sorted(wanted, key=lambda cell: (cell[1], cell[0]))


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
