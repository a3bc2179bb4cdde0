"""Collars: the black or white frame around an image whose file does not call it no data.

A collar is a plateau of pure black or white that reaches the outside of the image; a dark roof inside does not. Lossy
compression frays its border, so what is almost black or white beside it belongs to it.
"""

from __future__ import annotations

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform
from scipy import ndimage

from ..grid import Grid, Window
from .sources import Source, horizontal

MARGIN = 8
"""Pixels around a window that are looked at too: as far as a collar frays."""

_NEAR = 12
"""DN from pure black or white that a frayed border may have."""

_LEAST = 64
"""Pixels of a plateau; less is a shadow or a reflection."""

_COARSE = 2048
_POINTS = 256


class Collars:
    """Finds the collars of an image window by window.

    Args:
        source: settled on ``grid``, of three bands or more; it can be looked at before the work.
        grid, crs: of the result.
    """

    def __init__(self, source: Source, grid: Grid, crs: CRS) -> None:
        self._source, self._grid, self._crs = source, grid, crs
        self._bytes = source.dtype == "uint8"
        self._coarse: np.ndarray | None = None

    def suspected(self, pixels: np.ndarray, valid: np.ndarray) -> bool:
        """Whether a window holds enough pure black or white to look closer."""
        return any(plateau.sum() >= _LEAST for plateau in self._plateaus(pixels, valid))

    def found(self, pixels: np.ndarray, valid: np.ndarray, window: Window) -> np.ndarray:
        """bool (H, W): the pixels of collars, in a window that has been grown by ``MARGIN``.

        Args:
            pixels: (bands, H, W) as in the source.
            valid: bool (H, W); beyond the image nothing is.
        """
        collar = np.zeros(valid.shape, bool)
        outside = ndimage.binary_dilation(~valid)
        for plateau, near in zip(self._plateaus(pixels, valid), self._nearly(pixels, valid), strict=True):
            if plateau.sum() < _LEAST:
                continue
            parts, count = ndimage.label(plateau)
            sizes = np.bincount(parts.ravel(), minlength=count + 1)
            reaches = np.bincount(parts[outside], minlength=count + 1) > 0
            edge = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
            open_ended = np.bincount(edge, minlength=count + 1) > 0
            chosen = reaches & (sizes >= _LEAST)
            for part in np.flatnonzero(open_ended & ~reaches & (sizes >= _LEAST))[:64]:
                chosen[part] = part > 0 and self._reaches_outside(np.argwhere(parts == part), window)
            chosen[0] = False
            core = chosen[parts]
            if core.any():
                collar |= ndimage.binary_dilation(core, iterations=MARGIN, mask=near | core)
        # One more pixel: resampling has mixed it with the collar.
        return ndimage.binary_dilation(collar) & valid if collar.any() else collar

    def _plateaus(self, pixels: np.ndarray, valid: np.ndarray) -> list[np.ndarray]:
        black = valid & (pixels == 0).all(axis=0)
        return [black, valid & (pixels == 255).all(axis=0)] if self._bytes else [black]

    def _nearly(self, pixels: np.ndarray, valid: np.ndarray) -> list[np.ndarray]:
        if not self._bytes:
            return [valid & (pixels == 0).all(axis=0)]
        return [valid & (pixels <= _NEAR).all(axis=0), valid & (pixels >= 255 - _NEAR).all(axis=0)]

    def _reaches_outside(self, places: np.ndarray, window: Window) -> bool:
        """Whether pixels (rows, columns) of a window lie in a collar of the whole image, seen from far."""
        if self._coarse is None:
            self._coarse = self._seen_from_far()
        rows, cols = places[:: max(1, len(places) // _POINTS)].T
        xs = self._grid.x + (window.col + cols + 0.5) * self._grid.dx
        ys = self._grid.y - (window.row + rows + 0.5) * self._grid.dy
        if horizontal(self._source.crs) != horizontal(self._crs):
            xs, ys = transform(horizontal(self._crs), horizontal(self._source.crs), xs, ys)
        xmin, ymin, xmax, ymax = self._source.grid.bounds
        height, width = self._coarse.shape
        coarse_cols = np.floor((np.asarray(xs) - xmin) / (xmax - xmin) * width).astype(int)
        coarse_rows = np.floor((ymax - np.asarray(ys)) / (ymax - ymin) * height).astype(int)
        inside = (coarse_cols >= 0) & (coarse_cols < width) & (coarse_rows >= 0) & (coarse_rows < height)
        return bool(self._coarse[coarse_rows[inside], coarse_cols[inside]].any())

    def _seen_from_far(self) -> np.ndarray:
        """bool: the collars of the whole image, at a size that fits into memory."""
        dataset, numbers = self._source.dataset, list(self._source.numbers)
        scale = min(1.0, _COARSE / max(dataset.width, dataset.height))
        shape = max(1, int(dataset.height * scale)), max(1, int(dataset.width * scale))
        pixels = dataset.read(numbers, out_shape=(len(numbers), *shape))
        valid = dataset.dataset_mask(out_shape=shape) > 0
        far = np.zeros(shape, bool)
        seeds = ndimage.binary_dilation(~valid)
        seeds[[0, -1]] = seeds[:, [0, -1]] = True
        for plateau in self._plateaus(pixels, valid):
            far |= ndimage.binary_propagation(plateau & seeds, mask=plateau)
        return far
