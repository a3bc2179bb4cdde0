"""Pixel grids, windows and halos: integer arithmetic, no I/O."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SNAP = 1e-6
"""In pixels: an extent that misses a pixel edge by less was meant to lie on it."""

BLOCK = 512
"""Side of the blocks of every raster that is written; windows to write start on multiples of it."""


@dataclass(frozen=True)
class Window:
    """A rectangle of pixels: columns ``col`` to ``col + width``, rows ``row`` to ``row + height``."""

    col: int
    row: int
    width: int
    height: int

    def grown(self, margin: int) -> Window:
        """The window with ``margin`` more pixels on each side."""
        return Window(self.col - margin, self.row - margin, self.width + 2 * margin, self.height + 2 * margin)

    def clipped(self, width: int, height: int) -> Window:
        """The part of the window inside a raster of ``width`` x ``height`` pixels; possibly of size 0."""
        return self.common(Window(0, 0, width, height))

    def common(self, other: Window) -> Window:
        """What two windows share; possibly of size 0."""
        col, row = max(self.col, other.col), max(self.row, other.row)
        right = min(self.col + self.width, other.col + other.width)
        bottom = min(self.row + self.height, other.row + other.height)
        return Window(col, row, max(right - col, 0), max(bottom - row, 0))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    @property
    def is_empty(self) -> bool:
        """No pixel inside."""
        return self.width <= 0 or self.height <= 0

    def slices_in(self, outer: Window) -> tuple[slice, slice]:
        """Rows and columns of this window in an array that covers ``outer``."""
        row, col = self.row - outer.row, self.col - outer.col
        return slice(row, row + self.height), slice(col, col + self.width)


@dataclass(frozen=True)
class Grid:
    """A north-up pixel grid in a projected CRS.

    Attributes:
        x, y: easting and northing of the north-west corner, in metres.
        dx, dy: size of a pixel in metres, both positive.
        width, height: in pixels.
    """

    x: float
    y: float
    dx: float
    dy: float
    width: int
    height: int

    @property
    def transform(self) -> tuple[float, float, float, float, float, float]:
        """Coefficients a, b, c, d, e, f of the affine transform from pixels to metres."""
        return self.dx, 0.0, self.x, 0.0, -self.dy, self.y

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """(xmin, ymin, xmax, ymax) in metres."""
        return self.x, self.y - self.height * self.dy, self.x + self.width * self.dx, self.y

    def bounds_of(self, window: Window) -> tuple[float, float, float, float]:
        """(xmin, ymin, xmax, ymax) of a window, in metres."""
        west, north = self.x + window.col * self.dx, self.y - window.row * self.dy
        return west, north - window.height * self.dy, west + window.width * self.dx, north

    def part(self, window: Window) -> Grid:
        """The pixels of a window, as a grid."""
        x, _, _, y = self.bounds_of(window)
        return Grid(x, y, self.dx, self.dy, window.width, window.height)

    def cropped(self, bounds: tuple[float, float, float, float]) -> Grid:
        """The part of this grid that meets ``bounds``, on the same pixels; possibly of size 0."""
        xmin, ymin, xmax, ymax = bounds
        left = max(math.floor((xmin - self.x) / self.dx + _SNAP), 0)
        right = min(math.ceil((xmax - self.x) / self.dx - _SNAP), self.width)
        top = max(math.floor((self.y - ymax) / self.dy + _SNAP), 0)
        bottom = min(math.ceil((self.y - ymin) / self.dy - _SNAP), self.height)
        return Grid(
            self.x + left * self.dx,
            self.y - top * self.dy,
            self.dx,
            self.dy,
            max(right - left, 0),
            max(bottom - top, 0),
        )


def snapped_grid(bounds: tuple[float, float, float, float], gsd: float) -> Grid:
    """The smallest grid of ``gsd`` metres, with edges on multiples of it, that covers ``bounds``."""
    xmin, ymin, xmax, ymax = bounds
    left, right = math.floor(xmin / gsd + _SNAP), math.ceil(xmax / gsd - _SNAP)
    bottom, top = math.floor(ymin / gsd + _SNAP), math.ceil(ymax / gsd - _SNAP)
    return Grid(left * gsd, top * gsd, gsd, gsd, right - left, top - bottom)


def tiles(width: int, height: int, tile_width: int, tile_height: int) -> Iterator[Window]:
    """Windows of the given size, row by row, that cover a raster; the last ones are smaller."""
    for row in range(0, height, tile_height):
        for col in range(0, width, tile_width):
            yield Window(col, row, min(tile_width, width - col), min(tile_height, height - row))


def spread(windows: Sequence[Window], count: int) -> list[Window]:
    """``count`` of the windows, evenly spread; all of them where there are fewer."""
    count = min(count, len(windows))
    last = len(windows) - 1
    return [windows[round(k * last / max(count - 1, 1))] for k in range(count)]


def ceil_to(value: int, step: int) -> int:
    """The smallest multiple of ``step`` that is not under ``value``."""
    return -(-value // step) * step
