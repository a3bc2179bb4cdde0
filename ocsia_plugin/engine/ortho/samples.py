"""A bounded look at a raster: enough to know its range, without reading it."""

from __future__ import annotations

import numpy as np
import rasterio.windows
from rasterio.io import DatasetReader

from ..grid import Window

_SIDE = 128
_ACROSS = 6
_OVERVIEW = 1024


def sample_windows(width: int, height: int) -> list[Window]:
    """At most 36 windows of at most 128 x 128 pixels, spread evenly over a raster."""
    side = min(_SIDE, width), min(_SIDE, height)
    counts = min(_ACROSS, -(-width // side[0])), min(_ACROSS, -(-height // side[1]))
    cols, rows = ((_starts(whole, part, n)) for whole, part, n in zip((width, height), side, counts, strict=True))
    return [Window(col, row, *side) for row in rows for col in cols]


def _starts(whole: int, part: int, count: int) -> list[int]:
    if count == 1:
        return [(whole - part) // 2]
    return [round(i * (whole - part) / (count - 1)) for i in range(count)]


def sampled(dataset: DatasetReader, bands: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of some bands: from an overview where there is one, else from windows spread over the raster.

    Returns:
        (bands, n) of the raster's dtype and bool (n,): where there is data.
    """
    largest = max(dataset.width, dataset.height)
    if largest <= _OVERVIEW or any(largest / factor <= _OVERVIEW for factor in dataset.overviews(bands[0])):
        scale = min(1.0, _OVERVIEW / largest)
        shape = max(1, int(dataset.height * scale)), max(1, int(dataset.width * scale))
        pixels = dataset.read(bands, out_shape=(len(bands), *shape))
        return pixels.reshape(len(bands), -1), dataset.dataset_mask(out_shape=shape).ravel() > 0
    parts = []
    for w in sample_windows(dataset.width, dataset.height):
        place = rasterio.windows.Window(w.col, w.row, w.width, w.height)
        pixels = dataset.read(bands, window=place)
        parts.append((pixels.reshape(len(bands), -1), dataset.dataset_mask(window=place).ravel() > 0))
    return np.concatenate([p for p, _ in parts], axis=1), np.concatenate([v for _, v in parts])
