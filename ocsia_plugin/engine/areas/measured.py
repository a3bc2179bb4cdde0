"""What the raster itself says of each zone: surfaces of classes and groups, before any estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..nomenclature import LandCoverClass
from .blocks import Blocks
from .zonal import Sums


@dataclass(frozen=True)
class Column:
    """Figures of one class, or group, in each zone. Surfaces in m²; those without ``planar`` are on the ellipsoid.

    Attributes:
        members: places of its classes among the columns.
        pixels: int64 (Z); counted, counted_planar: float64 (Z).
        expected, expected_planar, spread: float64 (Z): Σ a p, and Σ a p (1 - p); NaN where there are no probabilities.
    """

    land_cover: LandCoverClass
    is_group: bool
    members: tuple[int, ...]
    pixels: np.ndarray
    counted: np.ndarray
    expected: np.ndarray
    counted_planar: np.ndarray
    expected_planar: np.ndarray
    spread: np.ndarray


@dataclass(frozen=True)
class Measured:
    """All figures.

    Attributes:
        columns: classes, then groups.
        nodata, total: surface without data, and of the zone as far as the raster goes, on the ellipsoid, float64 (Z).
        total_planar: the latter in the plane of the CRS.
    """

    columns: Sequence[Column]
    nodata: np.ndarray
    total: np.ndarray
    total_planar: np.ndarray
    has_probabilities: bool

    @property
    def is_empty(self) -> np.ndarray:
        """bool (Z): no valid pixel."""
        return ~(self.valid > 0)

    @property
    def valid(self) -> np.ndarray:
        """Surface with data, m² on the ellipsoid, float64 (Z)."""
        return self.total - self.nodata

    @property
    def classes(self) -> int:
        """How many of the columns are classes."""
        return sum(not column.is_group for column in self.columns)

    def likely(self) -> np.ndarray:
        """What the map expects, m², float64 (Z, C): Σ a p, or the counted surface of a class raster."""
        kept = [c.expected if self.has_probabilities else c.counted for c in self.columns]
        return np.column_stack(kept)

    def doubt(self) -> np.ndarray:
        """Σ a p (1 - p), m², float64 (Z, C); 0 for a class raster, which says nothing of its doubts."""
        return np.column_stack([np.nan_to_num(c.spread) for c in self.columns])


def measured(
    sums: Sums, blocks: Blocks, classes: Sequence[LandCoverClass], groups: Sequence[LandCoverClass], area: float
) -> Measured:
    """Figures of classes and groups from sums over zones.

    Args:
        classes: of the raster; of a class raster, with those that its legend lacks; area: of a pixel in the plane, m².
    """
    place = {c.code: number for number, c in enumerate(classes)}
    columns = []
    for number, c in enumerate([*classes, *groups]):
        is_group = number >= len(classes)
        members = tuple(place[code] for code in c.members) if is_group else (number,)
        counted, expected = _places(blocks, number, members, classes, len(classes))
        columns.append(_column(sums, area, c, is_group, members, counted, expected, number))
    everything = sums.counted[:, : 1 + blocks.count].sum(axis=1) * area
    nodata = sums.counted[:, 0, 1] * area
    return Measured(columns, nodata, everything[:, 1], everything[:, 0], blocks.has_probabilities)


def _places(
    blocks: Blocks, number: int, members: Sequence[int], classes: Sequence[LandCoverClass], count: int
) -> tuple[list[int], list[int]]:
    """Where a column's counts stand in ``Sums``, and its probabilities."""
    if blocks.has_probabilities:
        return [1 + number], list(members)
    return [classes[m].code for m in members], []


def _column(
    sums: Sums,
    area: float,
    land_cover: LandCoverClass,
    is_group: bool,
    members: tuple[int, ...],
    counted: list[int],
    expected: list[int],
    number: int,
) -> Column:
    pixels = sums.pixels[:, counted].sum(axis=1)
    plain, ground = sums.counted[:, counted].sum(axis=1).T * area
    nothing = np.full(len(pixels), np.nan)
    likely_plain, likely, spread = nothing, nothing, nothing
    if expected:
        likely_plain, likely = sums.expected[:, expected].sum(axis=1).T * area
        spread = sums.spread[:, number] * area
    return Column(land_cover, is_group, members, pixels, ground, likely, plain, likely_plain, spread)
