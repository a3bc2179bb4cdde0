"""Regions: sets of pixels of one code that touch by their sides (4-connectivity), strip by strip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

Strips = Callable[[], Iterator[np.ndarray]]
"""Reads a raster from its first row to its last, as uint8 (rows, width) arrays; may be called again."""


_MOST_RUNS = 600_000
"""Runs of equal codes in a strip: memory goes with them, and noise has as many as it has pixels."""


def split_busy(strips: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    """The same rows, in shorter strips where many small regions would take too much memory."""
    for codes in strips:
        runs = np.count_nonzero(codes[:, 1:] != codes[:, :-1]) + len(codes)
        rows = max(len(codes) // -(-runs // _MOST_RUNS), 1)
        for start in range(0, len(codes), rows):
            yield codes[start : start + rows]


def components(count: int, a: np.ndarray, b: np.ndarray) -> tuple[int, np.ndarray]:
    """Connected components of ``count`` nodes with edges ``a[i] - b[i]``.

    Returns:
        Their number, and the component of each node, int32; numbered in the order of their first nodes.
    """
    graph = coo_matrix((np.ones(len(a), np.int8), (a, b)), (count, count)).tocsr()
    return connected_components(graph, directed=False)


def label(codes: np.ndarray) -> tuple[np.ndarray, int]:
    """Regions of one strip taken alone.

    Args:
        codes: (H, W), any integer type. Each value makes regions, 0 included.

    Returns:
        The region of each pixel, int32 (H, W), numbered from 0 in the order of their first pixels; how many.
    """
    height, width = codes.shape
    starts = np.ones((height, width), bool)
    np.not_equal(codes[:, 1:], codes[:, :-1], out=starts[:, 1:])
    # Runs of equal codes along the rows are the nodes: several times fewer than pixels.
    runs = np.cumsum(starts.ravel(), dtype=np.int32).reshape(height, width) - 1
    # Two runs of one code in adjacent rows touch; the first column that they share tells it once.
    touch = (codes[1:] == codes[:-1]) & (starts[1:] | starts[:-1])
    count, region_of_run = components(int(runs[-1, -1]) + 1, runs[:-1][touch], runs[1:][touch])
    return region_of_run[runs], count


@dataclass(frozen=True)
class Seam:
    """What the last row of a strip tells the next one.

    Attributes:
        codes: (W), of the type of the raster's.
        regions: region of each pixel among the ``count`` regions that reach this row, int32 (W).
    """

    codes: np.ndarray
    regions: np.ndarray
    count: int

    @classmethod
    def above(cls, width: int, dtype: type = np.uint8) -> Seam:
        """The row above the first: no data, one region."""
        return cls(np.zeros(width, dtype), np.zeros(width, np.int32), 1)


def join(seam: Seam, codes: np.ndarray, labels: np.ndarray, count: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Connect the regions of a strip with those that reach it from above.

    Args:
        seam: last row of the strip above.
        codes: uint8 (H, W); labels: its ``count`` own regions, from ``label``.

    Returns:
        The number of connected regions; the connected region of each own region, int32 (count); that of each region
        of the seam, int32 (seam.count).
    """
    touch = seam.codes == codes[0]
    touch[1:] &= (seam.regions[1:] != seam.regions[:-1]) | (labels[0, 1:] != labels[0, :-1]) | ~touch[:-1]
    total, connected = components(count + seam.count, labels[0][touch], seam.regions[touch] + count)
    return total, connected[:count], connected[count:]


def seam_below(codes: np.ndarray, regions_of_row: np.ndarray) -> tuple[Seam, np.ndarray]:
    """The seam under a strip.

    Args:
        codes: uint8 (H, W) of the strip; regions_of_row: connected region of each pixel of its last row, int32 (W).

    Returns:
        The seam, and the connected regions that reach it, in the seam's own numbering.
    """
    reaching, numbers = np.unique(regions_of_row, return_inverse=True)
    return Seam(codes[-1].copy(), numbers.astype(np.int32), len(reaching)), reaching
