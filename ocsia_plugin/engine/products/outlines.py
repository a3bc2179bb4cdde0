"""Polygons of the regions of a raster that is read strip by strip, each delivered when its last row has passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from .regions import Seam, join, label, seam_below, split_busy
from .rings import Rings, Tracer, split_at_pinches, unpack


@dataclass(frozen=True)
class PolygonBatch:
    """Polygons in pixel coordinates: pixel corner (x, y), y downwards.

    Attributes:
        codes: class of each polygon, uint8 (P).
        pixels: its area in pixels, int64 (P).
        edges: its edges along x and along y in pixels, holes included, int64 (P, 2).
        vertices: (x, y), int64 (V, 2), each ring closed by its first vertex; exteriors counter-clockwise on the map.
        ring_offsets: int64 (R + 1), into ``vertices``.
        polygon_offsets: int64 (P + 1), into ``ring_offsets``; the exterior first.
        rows: how many rows of the raster made it.
    """

    codes: np.ndarray
    pixels: np.ndarray
    edges: np.ndarray
    vertices: np.ndarray
    ring_offsets: np.ndarray
    polygon_offsets: np.ndarray
    rows: int

    def __len__(self) -> int:
        return len(self.codes)


def polygons(strips: Iterable[np.ndarray], width: int) -> Iterator[PolygonBatch]:
    """One polygon per 4-connected region of equal code; code 0 makes none.

    Args:
        strips: uint8 (rows, width) from north to south; the last row of the raster ends the last one.
        width: columns of the raster.

    Yields:
        One batch per strip, or part of one, possibly empty: the regions that end in it.
    """
    tracer = Tracer()
    seam = Seam.above(width)
    waiting: list[Rings] = []
    row0 = 0
    for codes in _with_end(strips, width):
        above = seam.codes
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
        code_of = np.zeros(count, np.uint8)
        code_of[of_seam[seam.regions]] = above
        code_of[of_label[labels.ravel()]] = codes.ravel()
        seam, reaching = seam_below(codes, of_label[labels[-1]])
        number = np.full(count, -1, np.int64)
        number[reaching] = np.arange(len(reaching))
        finished, waiting = _sorted_out(waiting, number)
        yield _assembled(finished, code_of, len(codes))
        row0 += len(codes)


def _with_end(strips: Iterable[np.ndarray], width: int) -> Iterator[np.ndarray]:
    """The strips, and a row of no data that ends every region."""
    yield from split_busy(strips)
    yield np.zeros((1, width), np.uint8)


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


def _assembled(rings: Rings, code_of: np.ndarray, rows: int) -> PolygonBatch:
    """Polygons of complete regions."""
    rings = split_at_pinches(rings)
    area, _ = _measures(rings)
    # Of a region's rings exactly one is counter-clockwise, its exterior: it goes first.
    rings = rings.sorted_by(np.lexsort((area < 0, rings.regions)))
    area, edges = _measures(rings)
    first = np.flatnonzero(area > 0)
    x, y = unpack(rings.vertices)
    ends = np.cumsum(rings.sizes)
    closing = np.insert(np.arange(len(x)), ends, ends - rings.sizes)
    count = len(rings.sizes)
    return PolygonBatch(
        code_of[rings.regions[first]],
        np.add.reduceat(area, first) if count else area,
        np.add.reduceat(edges, first, axis=0) if count else edges,
        np.stack([x, y], axis=1)[closing],
        np.concatenate([[0], np.cumsum(rings.sizes + 1)]),
        np.append(first, count),
        rows,
    )


def _measures(rings: Rings) -> tuple[np.ndarray, np.ndarray]:
    """Signed area in pixels (counter-clockwise on the map: positive), int64 (R), and edges in pixels, int64 (R, 2)."""
    if len(rings.sizes) == 0:
        return np.zeros(0, np.int64), np.zeros((0, 2), np.int64)
    x, y = unpack(rings.vertices)
    ends = np.cumsum(rings.sizes)
    starts = ends - rings.sizes
    following = np.arange(1, len(x) + 1)
    following[ends - 1] = starts
    dx, dy = x[following] - x, y[following] - y
    # Green: the area is the integral of y dx, here over horizontal edges alone; y goes down.
    area = np.add.reduceat(y * dx, starts)
    edges = np.stack([np.add.reduceat(np.abs(dx), starts), np.add.reduceat(np.abs(dy), starts)], axis=1)
    return area, edges
