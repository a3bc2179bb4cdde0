"""Collars: the black or white frame around an image whose file does not call it no data.

A collar is a plateau of pure black or white along the outside of the image; a dark roof inside is none, and neither is
a white one at the edge of a crop: a collar follows a good part of a side. Lossy compression frays its border, so what
is almost black or white beside it belongs to it. Where collars lie is looked up once for the whole image, so that what
a window finds does not depend on the window. That is why none are looked for in images whose pixels come while the job
runs: there is no whole to look at. Services say themselves where they have no image.
"""

from __future__ import annotations

from functools import cached_property
from typing import Optional

import numpy as np
import rasterio.windows
from rasterio.crs import CRS
from rasterio.warp import transform
from scipy import ndimage

from ..grid import Grid, Window
from . import afar
from .checks import readable
from .sources import Source, horizontal

FRAY = 8
"""Pixels that a collar frays."""

MARGIN = FRAY + 1
"""Pixels around a window that are looked at too: resampling has mixed one more with the collar."""

_NEAR = 12
"""DN from pure black or white that a frayed border may have."""

_FAR_SIDE = 2048
_FAR_PIXELS = 64 << 20
"""Without overviews, larger images are not read as a whole to be seen from far: only from their sides inwards."""

_ALONG, _LONG = 0.2, 1000
"""A collar follows this share of the image's shorter side, or so many pixels."""

_DEPTH = 32
_SIDE_SHARE = 0.5
"""A thin collar is no deeper than so many pixels, and takes this share of its side."""


class Collars:
    """Finds the collars of an image window by window.

    Args:
        source: settled on ``grid``, of three bands or more; it can be looked at before the work.
        grid, crs: of the result.
    """

    def __init__(self, source: Source, grid: Grid, crs: CRS) -> None:
        self._source, self._grid, self._crs = source, grid, crs
        in_bytes = source.dtype == "uint8"
        self._values, self._near = ((0, 255), _NEAR) if in_bytes else ((0,), 0)

    def suspected(self, pixels: np.ndarray, valid: np.ndarray) -> bool:
        """Whether a window holds pure black or white, and the image has a collar."""
        return any((valid & (pixels == v).all(axis=0)).any() for v in self._values) and bool(self._lie)

    def found(self, pixels: np.ndarray, valid: np.ndarray, window: Window) -> np.ndarray:
        """bool (H, W): the pixels of collars, in a window that has been grown by ``MARGIN``.

        Args:
            pixels: (bands, H, W) as in the source.
            valid: bool (H, W); beyond the image nothing is.
        """
        collar = np.zeros(valid.shape, bool)
        rows, cols = self._places(window)
        size = self._source.grid.size
        for value, (far, sides) in self._lie.items():
            place = _in_sides(rows, cols, size, sides) | _in_far(rows, cols, size, far)
            core = valid & place & (pixels == value).all(axis=0)
            if core.any():
                near = valid & (np.abs(pixels.astype(np.int32) - value) <= self._near).all(axis=0)
                collar |= ndimage.binary_dilation(core, iterations=FRAY, mask=near)
        return ndimage.binary_dilation(collar) & valid if collar.any() else collar

    @cached_property
    def _lie(self) -> dict[int, tuple[Optional[np.ndarray], tuple[bool, bool, bool, bool]]]:
        """For each value that collars have: where they lie seen from far, and along which sides (N, S, W, E)."""
        with readable(self._source.path):
            looked = {v: (far, self._thin(v)) for v, far in zip(self._values, self._from_far(), strict=True)}
        return {v: (far, sides) for v, (far, sides) in looked.items() if any(sides) or far is not None}

    def _from_far(self) -> list[Optional[np.ndarray]]:
        """Per value, bool (rows, columns) over the whole image: its collars and one cell around; None: it has none."""
        dataset, numbers = self._source.dataset, list(self._source.numbers)
        scale = min(1.0, _FAR_SIDE / max(dataset.width, dataset.height))
        shape = max(1, round(dataset.height * scale)), max(1, round(dataset.width * scale))
        if dataset.overviews(numbers[0]) or dataset.width * dataset.height <= _FAR_PIXELS:
            pixels = dataset.read(numbers, out_shape=(len(numbers), *shape))
            pure = [(pixels == value).all(axis=0) for value in self._values]
            valid = dataset.dataset_mask(out_shape=shape) > 0
        else:
            pure, valid = afar.outside(dataset, numbers, self._values, shape)
        outside = ndimage.binary_dilation(~valid)
        outside[[0, -1]] = outside[:, [0, -1]] = True
        least = min(_ALONG * min(dataset.width, dataset.height), _LONG) * scale
        found: list[Optional[np.ndarray]] = []
        for where in pure:
            parts, count = ndimage.label(valid & where)
            along = np.bincount(parts[outside], minlength=count + 1)
            chosen = along >= max(least, 2)
            chosen[0] = False
            found.append(ndimage.binary_dilation(chosen[parts], np.ones((3, 3))) if chosen.any() else None)
        return found

    def _thin(self, value: int) -> tuple[bool, bool, bool, bool]:
        """Whether the outermost line of each side is mostly of one value."""
        dataset, numbers = self._source.dataset, list(self._source.numbers)
        width, height = dataset.width, dataset.height
        lines = (0, 0, width, 1), (0, height - 1, width, 1), (0, 0, 1, height), (width - 1, 0, 1, height)

        def is_collar(line: tuple[int, int, int, int]) -> bool:
            pixels = dataset.read(numbers, window=rasterio.windows.Window(*line))
            return bool((pixels == value).all(axis=0).mean() >= _SIDE_SHARE)

        return tuple(is_collar(line) for line in lines)

    def _places(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of a window's pixels in those of the source; arrays whose shapes broadcast to (H, W)."""
        own = self._source.grid
        xs = self._grid.x + (window.col + np.arange(window.width) + 0.5) * self._grid.dx
        ys = self._grid.y - (window.row + np.arange(window.height) + 0.5) * self._grid.dy
        x, y = xs[np.newaxis, :], ys[:, np.newaxis]
        if horizontal(self._source.crs) != horizontal(self._crs):
            x, y = np.meshgrid(xs, ys)
            moved = transform(horizontal(self._crs), horizontal(self._source.crs), x.ravel(), y.ravel())
            x, y = (np.reshape(values, x.shape) for values in moved)
        return (own.y - y) / own.dy, (x - own.x) / own.dx


def _in_sides(
    rows: np.ndarray, cols: np.ndarray, size: tuple[int, int], sides: tuple[bool, bool, bool, bool]
) -> np.ndarray:
    """bool (H, W): so near to a side with a thin collar that it can belong to it."""
    width, height = size
    north, south, west, east = sides
    down = (north & (rows < _DEPTH)) | (south & (rows >= height - _DEPTH))
    across = (west & (cols < _DEPTH)) | (east & (cols >= width - _DEPTH))
    return down | across


def _in_far(rows: np.ndarray, cols: np.ndarray, size: tuple[int, int], far: Optional[np.ndarray]) -> np.ndarray:
    """bool (H, W): within what was seen from far."""
    if far is None:
        return np.zeros((1, 1), bool)
    width, height = size
    far_rows = np.clip(rows * far.shape[0] / height, 0, far.shape[0] - 1).astype(np.intp)
    far_cols = np.clip(cols * far.shape[1] / width, 0, far.shape[1] - 1).astype(np.intp)
    return far[far_rows, far_cols]
