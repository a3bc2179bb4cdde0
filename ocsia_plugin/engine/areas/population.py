"""The pixels that points are drawn from, stratum by stratum, in two passes over the raster.

The first counts each stratum's pixels, window by window. The second reads again only the windows that hold a drawn
pixel. A pixel belongs to a zone where its centre does, and to one stratum only: where zones overlap, to the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from rasterio.io import DatasetReader

from ..events import Events
from ..grid import Grid, Window
from .blocks import Block, Blocks, windows
from .ellipsoid import ArealScale
from .zonal import in_pixels, pixels_inside

_CODES = 256

Key = tuple[int, int]
"""Zone (its number, from 0) and choice: the n-th class, or the code."""


@dataclass
class Tally:
    """What a stratum holds.

    Attributes:
        size: pixels; area: their surface on the ellipsoid in pixels of the plane.
        expected: Σ q of each target, float64 (T), q the probability of the target; doubt: Σ q (1 − q).
    """

    size: int
    area: float
    expected: np.ndarray
    doubt: np.ndarray


@dataclass
class Population:
    """All strata, and where their pixels are.

    Attributes:
        overlap: pixels that lie in several zones.
    """

    tallies: dict[Key, Tally] = field(default_factory=dict)
    windows: list[tuple[Window, list[tuple[Key, int]]]] = field(default_factory=list)
    overlap: int = 0


class Reader:
    """The strata of the pixels of a raster.

    Args:
        zones: polygons in the raster's CRS, object (Z); by_zone: each is a stratum of its own, otherwise all are one.
        targets: for each, which bands (from 0) add up to it; empty for a class raster.
    """

    def __init__(
        self,
        source: DatasetReader,
        blocks: Blocks,
        grid: Grid,
        zones: np.ndarray,
        by_zone: bool,
        targets: Sequence[Sequence[int]] = (),
    ) -> None:
        self._source, self._blocks, self._grid, self._by_zone = source, blocks, grid, by_zone
        self._targets = targets
        self._zones = in_pixels(zones, grid)
        shapely.prepare(self._zones)
        self._tree = shapely.STRtree(self._zones)

    def count(self, scale: ArealScale, events: Events) -> Population:
        """First pass.

        Raises:
            Cancelled: the user asked to stop.
        """
        population = Population()
        every = list(windows(self._source))
        for number, window in enumerate(every, start=1):
            met = self._met(window)
            if len(met):
                zone_of, overlap = self._zone_of(window, met)
                population.overlap += overlap
                block = self._blocks.read(window)
                self._add(population, window, block, zone_of, scale)
            events.progress(0.85 * number / len(every))
        return population

    def find(self, population: Population, ranks: dict[Key, list[int]], events: Events) -> dict[Key, np.ndarray]:
        """Second pass: columns and rows of the drawn pixels.

        Args:
            ranks: of each stratum, ascending: the n-th of its pixels in the order of reading.

        Returns:
            For each stratum int64 (n, 2).

        Raises:
            Cancelled: the user asked to stop.
        """
        found: dict[Key, list[np.ndarray]] = {key: [] for key in ranks}
        passed = dict.fromkeys(ranks, 0)
        for number, (window, counts) in enumerate(population.windows, start=1):
            wanted: dict[Key, np.ndarray] = {}
            for key, count in counts:
                first, passed[key] = passed[key], passed[key] + count
                low, high = np.searchsorted(ranks[key], [first, first + count])
                if high > low:
                    wanted[key] = np.array(ranks[key][low:high]) - first
            if wanted:
                self._find_in(window, wanted, found)
            events.progress(0.85 + 0.1 * number / len(population.windows))
        return {key: np.concatenate(places) for key, places in found.items() if places}

    def _find_in(self, window: Window, wanted: dict[Key, np.ndarray], found: dict[Key, list[np.ndarray]]) -> None:
        zone_of, _ = self._zone_of(window, self._met(window))
        choice = self._blocks.read(window).choice.ravel()
        for (zone, code), within in wanted.items():
            places = np.flatnonzero((zone_of == zone) & (choice == code))[within]
            rows, columns = np.divmod(places, window.width)
            found[zone, code].append(np.stack([columns + window.col, rows + window.row], axis=1))

    def _met(self, window: Window) -> np.ndarray:
        box = shapely.box(window.col, -window.row - window.height, window.col + window.width, -window.row)
        return np.sort(self._tree.query(box, predicate="intersects"))

    def _zone_of(self, window: Window, met: np.ndarray) -> tuple[np.ndarray, int]:
        """Number of the zone of each pixel, int32 (H·W), −1 outside all; and how many lie in several."""
        zone_of = np.full(window.width * window.height, -1, np.int32)
        overlap = 0
        for zone in met[::-1].tolist():
            inside = pixels_inside(self._zones[zone], window)
            overlap += int(np.count_nonzero(zone_of[inside] >= 0))
            zone_of[inside] = zone if self._by_zone else 0
        return zone_of, overlap

    def _add(
        self, population: Population, window: Window, block: Block, zone_of: np.ndarray, scale: ArealScale
    ) -> None:
        choice = block.choice.ravel()
        inside = np.flatnonzero((zone_of >= 0) & (choice > 0))
        if not len(inside):
            return
        if self._by_zone:
            zones, local = np.unique(zone_of[inside], return_inverse=True)
            keys = local * _CODES + choice[inside]
        else:
            zones, keys = np.zeros(1, np.int32), choice[inside]
        ground = 1.0 / scale.over(*self._centres(window))
        length = len(zones) * _CODES
        sizes = np.bincount(keys, minlength=length)
        areas = np.bincount(keys, ground.ravel()[inside], length)
        sums = [self._sums(block, bands, inside, keys, length) for bands in self._targets]
        present = np.flatnonzero(sizes).tolist()
        counts = []
        for position in present:
            key = (int(zones[position // _CODES]), position % _CODES)
            expected = np.array([q[position] for q, _ in sums])
            doubt = np.array([d[position] for _, d in sums])
            counts.append((key, int(sizes[position])))
            tally = population.tallies.setdefault(
                key, Tally(0, 0.0, np.zeros(len(self._targets)), np.zeros(len(self._targets)))
            )
            tally.size += int(sizes[position])
            tally.area += float(areas[position])
            tally.expected += expected
            tally.doubt += doubt
        population.windows.append((window, counts))

    @staticmethod
    def _sums(
        block: Block, bands: Sequence[int], inside: np.ndarray, keys: np.ndarray, length: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Σ q and Σ q (1 − q) per key, float64."""
        total = np.zeros(block.weight.size, np.uint16)
        for band in bands:
            total += block.values[band].ravel()
        q = np.minimum(total[inside] * block.weight.ravel()[inside], 1.0)
        return np.bincount(keys, q, length), np.bincount(keys, q * (1 - q), length)

    def _centres(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        grid = self._grid
        x = grid.x + (window.col + np.arange(window.width) + 0.5) * grid.dx
        y = grid.y - (window.row + np.arange(window.height) + 0.5) * grid.dy
        return x, y
