"""The regions of a raster as a graph: their codes, areas, neighbours and what they hold. One reading, strip by strip.

It is for rasters whose regions have a smallest surface already: memory goes with their number, about a kilobyte each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from ..products.regions import Seam, components, join, label, seam_below
from .rules import SEALED


@dataclass
class Graph:
    """Regions, numbered from 0 in the order of their first pixels.

    Attributes:
        code: uint8 (R), 0: no data; area: pixels, int64 (R); dense: those of them in constructed zones, int64 (R).
        held: pixels of each code of the raster, int64 (R, 256 at most).
        pairs: neighbours a < b and the edge that they share, in pixels, int64 (P, 3).
        corners: sealed regions that touch at a corner alone, int64 (C, 2).
        tables: per strip, the region of each of its own regions as ``label`` numbers them.
    """

    code: np.ndarray
    area: np.ndarray
    dense: np.ndarray
    held: np.ndarray
    pairs: np.ndarray
    corners: np.ndarray
    tables: list[np.ndarray]


@dataclass
class _Strip:
    """What one strip adds, by provisional numbers."""

    numbers: np.ndarray
    code: np.ndarray
    area: np.ndarray
    dense: np.ndarray
    held: np.ndarray


@dataclass
class GraphBuilder:
    """Builds a ``Graph`` from strips.

    Attributes:
        columns: highest code of the raster, plus one.
    """

    width: int
    columns: int
    _strips: list[_Strip] = field(default_factory=list)
    _same: list[np.ndarray] = field(default_factory=list)
    _pairs: list[np.ndarray] = field(default_factory=list)
    _corners: list[np.ndarray] = field(default_factory=list)
    _tables: list[np.ndarray] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self._seam = Seam.above(self.width)
        self._seam_numbers = np.zeros(0, np.int64)

    def feed(self, codes: np.ndarray, original: np.ndarray, dense: np.ndarray) -> None:
        """Take the next strip in.

        Args:
            codes: what makes regions, uint8 (H, W); original: codes of the raster, uint8 (H, W); dense: bool (H, W).
        """
        labels, own = label(codes)
        count, of_own, of_seam = join(self._seam, codes, labels, own)
        # Regions of this strip that reach up carry on a number, the others get the next ones.
        numbers = np.full(count, -1, np.int64)
        if self._count:
            numbers[of_seam[::-1]] = self._seam_numbers[::-1]
            self._same.append(np.stack([self._seam_numbers, numbers[of_seam]], axis=1))
        new = np.flatnonzero(numbers < 0)
        numbers[new] = self._count + np.arange(len(new))
        self._count += len(new)
        table = numbers[of_own]
        regions = of_own[labels]
        self._strips.append(self._summed(numbers, codes, original, dense, regions))
        self._tables.append(table.astype(np.int32))
        self._meet(codes, numbers[regions], numbers[of_seam][self._seam.regions] if len(self._tables) > 1 else None)
        self._seam, reaching = seam_below(codes, regions[-1])
        self._seam_numbers = numbers[reaching]

    def _summed(
        self, numbers: np.ndarray, codes: np.ndarray, original: np.ndarray, dense: np.ndarray, regions: np.ndarray
    ) -> _Strip:
        count = len(numbers)
        flat = regions.ravel()
        code = np.zeros(count, np.uint8)
        code[flat] = codes.ravel()
        held = np.bincount(flat.astype(np.int64) * self.columns + original.ravel(), minlength=count * self.columns)
        area = np.bincount(flat, minlength=count)
        inside = np.bincount(flat, dense.ravel(), count).astype(np.int64)
        here = area > 0  # those of the seam that end at it have no pixel here
        held = held.reshape(count, self.columns)
        return _Strip(numbers[here], code[here], area[here], inside[here], held[here])

    def _meet(self, codes: np.ndarray, regions: np.ndarray, above: Optional[np.ndarray]) -> None:
        if above is not None:
            regions = np.concatenate([above[np.newaxis], regions])
            codes = np.concatenate([self._seam.codes[np.newaxis], codes])
        inner = regions[1:] if above is not None else regions
        found = []
        for a, b in ((inner[:, :-1], inner[:, 1:]), (regions[:-1], regions[1:])):
            differ = a != b
            found.append(np.stack([a[differ], b[differ]], axis=1))
        self._pairs.append(_counted(np.concatenate(found)))
        for i, j in ((slice(None, -1), slice(1, None)), (slice(1, None), slice(None, -1))):
            one, other = codes[:-1, i], codes[1:, j]
            beside, below = codes[:-1, j], codes[1:, i]
            touch = (one == SEALED) & (other == SEALED) & (beside != SEALED) & (below != SEALED)
            self._corners.append(np.stack([regions[:-1, i][touch], regions[1:, j][touch]], axis=1))

    def finish(self) -> Graph:
        """The graph of what was fed."""
        same = np.concatenate(self._same) if self._same else np.zeros((0, 2), np.int64)
        count, final = components(self._count, same[:, 0], same[:, 1])
        graph = Graph(
            np.zeros(count, np.uint8),
            np.zeros(count, np.int64),
            np.zeros(count, np.int64),
            np.zeros((count, self.columns), np.int64),
            _counted(final[np.concatenate([p[:, :2] for p in self._pairs])], np.concatenate(self._pairs)[:, 2]),
            np.unique(np.sort(final[np.concatenate(self._corners)], axis=1), axis=0),
            [final[table] for table in self._tables],
        )
        for strip in self._strips:
            numbers = final[strip.numbers]
            graph.code[numbers] = strip.code
            for total, part in ((graph.area, strip.area), (graph.dense, strip.dense), (graph.held, strip.held)):
                np.add.at(total, numbers, part)
        return graph


def _counted(pairs: np.ndarray, weights: Optional[np.ndarray] = None) -> np.ndarray:
    """Pairs a < b with how often they stand, or the sum of their weights, int64 (P, 3); equal numbers make none."""
    pairs = np.sort(pairs.astype(np.int64), axis=1)
    differ = pairs[:, 0] != pairs[:, 1]
    keys, inverse = np.unique(pairs[differ, 0] << 32 | pairs[differ, 1], return_inverse=True)
    counts = np.bincount(inverse, None if weights is None else weights[differ], len(keys)).astype(np.int64)
    return np.stack([keys >> 32, keys & 0xFFFFFFFF, counts], axis=1)
