"""Bilinear interpolation along the axes of a grid, with holes.

GDAL's warper gives the same values and takes five times as long, because it transforms each pixel; its resampling on
reading is fast, and blind to the no data of virtual rasters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_ENOUGH = 0.5
"""Share of its weight that has to have data, for a pixel to have some: holes keep their size."""


@dataclass(frozen=True)
class Axis:
    """Which two pixels of a source lie around each pixel of a result, along one axis.

    Attributes:
        first: the first pixel of the source that is needed.
        count: how many are needed.
        before, after: int (n,): the two, counted from ``first``.
        share: float32 (n,): weight of ``after``.
    """

    first: int
    count: int
    before: np.ndarray
    after: np.ndarray
    share: np.ndarray

    @classmethod
    def between(cls, centres: np.ndarray, size: int) -> Axis:
        """For centres of pixels in pixels of the source: 0.5 is the centre of its first one. Beyond, it goes on."""
        place = np.asarray(centres, float) - 0.5
        low = np.floor(place)
        before, after = (np.clip(low + step, 0, size - 1).astype(int) for step in (0, 1))
        first = int(before.min())
        share = (place - low).astype(np.float32)
        return cls(first, int(after.max()) - first + 1, before - first, after - first, share)


def interpolated(pixels: np.ndarray, valid: np.ndarray | None, rows: Axis, cols: Axis) -> tuple[np.ndarray, np.ndarray]:
    """Values between pixels.

    Args:
        pixels: (bands, rows.count, cols.count).
        valid: bool (rows.count, cols.count); None: everywhere.

    Returns:
        (bands, H, W) of the same dtype, integers rounded to the nearest and halves upwards, and bool (H, W).
    """
    kind = np.float64 if pixels.dtype == np.float64 else np.float32
    if valid is None or valid.all():
        values = _between(pixels.astype(kind), rows, cols)
        seen = np.ones(values.shape[1:], bool)
    else:
        weight = _between(valid[np.newaxis].astype(kind), rows, cols)
        values = _between(np.where(valid, pixels, 0).astype(kind), rows, cols)
        values /= np.maximum(weight, 1e-6)
        seen = weight[0] >= _ENOUGH
    if pixels.dtype.kind in "iu":
        values += 0.5
        np.floor(values, out=values)
        limits = np.iinfo(pixels.dtype)
        np.clip(values, limits.min, limits.max, out=values)
    return values.astype(pixels.dtype, copy=False), seen


def _between(values: np.ndarray, rows: Axis, cols: Axis) -> np.ndarray:
    """Along the rows, of which there are fewer, then along the columns."""
    values = _lerp(values[:, rows.before], values[:, rows.after], rows.share[:, np.newaxis])
    return _lerp(values[:, :, cols.before], values[:, :, cols.after], cols.share)


def _lerp(before: np.ndarray, after: np.ndarray, share: np.ndarray) -> np.ndarray:
    after -= before
    after *= share
    after += before
    return after
