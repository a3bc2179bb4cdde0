"""A large image without overviews, seen from far: its outside alone, as far inwards as a collar can reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import rasterio.windows
from rasterio.io import DatasetReader

_CELLS = 64
"""Side, in cells, of what is read at a time."""


def outside(
    dataset: DatasetReader, numbers: Sequence[int], values: Sequence[int], shape: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Where an image is of one value in all bands and where it is valid, in cells of which each shows one pixel.

    Blocks along the sides are read, then those behind a line that is not all image: what of no data and of the values
    hangs together with a side is seen whole, at the price of its own surface and of the sides.

    Args:
        numbers: of the bands to look at.
        shape: rows and columns of the result.

    Returns:
        bool (values, rows, columns) and bool (rows, columns); what was not read counts as image.
    """
    rows, columns = shape
    down, across = dataset.height / rows, dataset.width / columns
    found, valid = np.zeros((len(values), *shape), bool), np.ones(shape, bool)
    last = (rows - 1) // _CELLS, (columns - 1) // _CELLS
    blocks = {(i, j) for i in range(last[0] + 1) for j in range(last[1] + 1)}
    waiting = {(i, j) for i, j in blocks if i in (0, last[0]) or j in (0, last[1])}
    while waiting:
        i, j = min(waiting)  # row by row, as files lie on the disk
        waiting.remove((i, j))
        blocks.remove((i, j))
        cells = np.s_[i * _CELLS : (i + 1) * _CELLS, j * _CELLS : (j + 1) * _CELLS]
        height, width = valid[cells].shape
        window = rasterio.windows.Window(j * _CELLS * across, i * _CELLS * down, width * across, height * down)
        pixels = dataset.read(list(numbers), window=window, out_shape=(len(numbers), height, width))
        valid[cells] = dataset.dataset_mask(window=window, out_shape=(height, width)) > 0
        for value, where in zip(values, found, strict=True):
            where[cells] = (pixels == value).all(axis=0)
        empty = ~valid[cells] | found[(slice(None), *cells)].any(axis=0)
        sides = ((i - 1, j), empty[0]), ((i + 1, j), empty[-1]), ((i, j - 1), empty[:, 0]), ((i, j + 1), empty[:, -1])
        waiting |= {block for block, side in sides if block in blocks and side.any()}
    return found, valid
