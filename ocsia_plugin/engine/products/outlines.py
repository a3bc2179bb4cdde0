"""Polygons of the regions of a raster that is read strip by strip, each delivered when its last row has passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np

from .regions import Seam, join, label, seam_below, split_busy
from .rings import Rings, Tracer, doubled_areas, split_at_pinches, unpack
from .simplify import Simplifier


@dataclass(frozen=True)
class PolygonBatch:
    """Polygons in pixel coordinates: pixel corner (x, y), y downwards.

    Attributes:
        codes: class of each polygon, (P), of the type of the raster's.
        pixels: how many pixels it was made of, int64 (P).
        sums: of the values of these pixels, int64 (P); 0 where none were given.
        areas: area of its outline in pixels, float64 (P): the same, unless it was simplified.
        vertices: (x, y), int64 (V, 2), each ring closed by its first vertex; exteriors counter-clockwise on the map.
        ring_offsets: int64 (R + 1), into ``vertices``.
        polygon_offsets: int64 (P + 1), into ``ring_offsets``; the exterior first.
        rows: how many rows of the raster made it.
    """

    codes: np.ndarray
    pixels: np.ndarray
    sums: np.ndarray
    areas: np.ndarray
    vertices: np.ndarray
    ring_offsets: np.ndarray
    polygon_offsets: np.ndarray
    rows: int

    def __len__(self) -> int:
        return len(self.codes)

    def subset(self, chosen: np.ndarray) -> PolygonBatch:
        """The polygons where ``chosen``, bool (P), holds."""
        rings = np.repeat(chosen, np.diff(self.polygon_offsets))
        sizes = np.diff(self.ring_offsets)
        return PolygonBatch(
            self.codes[chosen],
            self.pixels[chosen],
            self.sums[chosen],
            self.areas[chosen],
            self.vertices[np.repeat(rings, sizes)],
            np.concatenate([[0], np.cumsum(sizes[rings])]),
            np.concatenate([[0], np.cumsum(np.diff(self.polygon_offsets)[chosen])]),
            self.rows,
        )


def no_polygons() -> PolygonBatch:
    """A batch without any."""
    nothing, start = np.zeros(0, np.int64), np.zeros(1, np.int64)
    return PolygonBatch(nothing, nothing, nothing, np.zeros(0), np.zeros((0, 2)), start, start, 0)


def polygons(
    strips: Iterable[np.ndarray],
    width: int,
    simplifier: Optional[Simplifier] = None,
    dtype: type = np.uint8,
    values: Optional[Callable[[int, int], np.ndarray]] = None,
) -> Iterator[PolygonBatch]:
    """One polygon per 4-connected region of equal code; code 0 makes none.

    Args:
        strips: ``dtype`` (rows, width) from north to south; the last row of the raster ends the last one.
        width: columns of the raster.
        simplifier: takes corners away; None: every corner of every pixel's edge is kept.
        values: what to add up in each region: called with a row and a number of rows, gives uint8 (rows, width).

    Yields:
        One batch per strip, or part of one, possibly empty: the regions that end in it.
    """
    tracer = Tracer()
    seam = Seam.above(width, dtype)
    waiting: list[Rings] = []
    row0 = 0
    sum_above = np.zeros(seam.count, np.int64)
    for codes in _with_end(strips, width, dtype):
        above = seam.codes
        if simplifier:
            simplifier.corners.feed(above, codes, row0)
        labels, own = label(codes)
        count, of_label, of_seam = join(seam, codes, labels, own)
        rings, rows, columns = tracer.feed(above, codes, row0)
        inside = rows >= 0
        region = of_seam[seam.regions[columns]].astype(np.int64)
        region[inside] = of_label[labels[rows[inside], columns[inside]]]
        rings.regions = region
        for part in waiting:
            part.regions = of_seam[part.regions].astype(np.int64)
        waiting.append(rings)
        code_of = np.zeros(count, dtype)
        code_of[of_seam[seam.regions]] = above
        code_of[of_label[labels.ravel()]] = codes.ravel()
        sum_of = np.zeros(count, np.int64)
        np.add.at(sum_of, of_seam, sum_above)
        if values and codes.any():
            sum_of_own = np.bincount(labels.ravel(), values(row0, len(codes)).ravel(), own)
            np.add.at(sum_of, of_label, sum_of_own.astype(np.int64))
        seam, reaching = seam_below(codes, of_label[labels[-1]])
        number = np.full(count, -1, np.int64)
        number[reaching] = np.arange(len(reaching))
        sum_above = sum_of[reaching]
        finished, waiting = _sorted_out(waiting, number)
        yield _assembled(finished, code_of, sum_of, len(codes), simplifier)
        row0 += len(codes)


def _with_end(strips: Iterable[np.ndarray], width: int, dtype: type) -> Iterator[np.ndarray]:
    """The strips, and a row of no data that ends every region."""
    yield from split_busy(strips)
    yield np.zeros((1, width), dtype)


def _sorted_out(waiting: list[Rings], number: np.ndarray) -> tuple[Rings, list[Rings]]:
    """Rings of finished regions, and those of regions that go on, renumbered.

    Args:
        number: the region's number under the strip, or -1 where it is finished.
    """
    finished: list[Rings] = []
    still: list[Rings] = []
    for part in waiting:
        goes_on = number[part.regions] >= 0
        if not goes_on.all():
            finished.append(part.subset(~goes_on))
            part = part.subset(goes_on)
        if len(part.sizes):
            part.regions = number[part.regions]
            still.append(part)
    if len(still) > 8:
        still = [Rings.concatenated(still)]
    return Rings.concatenated(finished), still


def _assembled(
    rings: Rings, code_of: np.ndarray, sum_of: np.ndarray, rows: int, simplifier: Optional[Simplifier]
) -> PolygonBatch:
    """Polygons of complete regions."""
    rings = split_at_pinches(rings)
    doubled = doubled_areas(rings)
    # Of a region's rings exactly one is counter-clockwise, its exterior: it goes first.
    order = np.lexsort((doubled < 0, rings.regions))
    rings, doubled = rings.sorted_by(order), doubled[order]
    first = np.flatnonzero(doubled > 0)
    count = len(rings.sizes)
    pixels = (np.add.reduceat(doubled, first) if count else doubled) // 2
    areas = pixels.astype(np.float64)
    if simplifier and count:
        rings = simplifier(rings)
        areas = np.add.reduceat(doubled_areas(rings), first) / 2
    x, y = unpack(rings.vertices)
    ends = np.cumsum(rings.sizes)
    closing = np.insert(np.arange(len(x)), ends, ends - rings.sizes)
    return PolygonBatch(
        code_of[rings.regions[first]],
        pixels,
        sum_of[rings.regions[first]],
        areas,
        np.stack([x, y], axis=1)[closing],
        np.concatenate([[0], np.cumsum(rings.sizes + 1)]),
        np.append(first, count),
        rows,
    )
