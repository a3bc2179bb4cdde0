"""Interpreted points, brought together with the probabilities of the map and with the zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..events import Events
from ..grid import Grid
from ..nomenclature import LandCoverClass
from ..products.classes import Legend
from .blocks import Blocks, windows
from .estimators.design import Sample
from .measured import Measured
from .places import points_inside
from .points import Points, check_points, read_points
from .reference import names_of
from .zones import Zones

_UNCOVERED = 0.02
"""Share of a zone's surface by which the strata may differ from it."""


@dataclass(frozen=True)
class ZonePoints:
    """Points of one zone, and of the strata that it shares with others.

    Attributes:
        withheld: why no interval from them may carry a level, a key of ``wording.ASSUMPTIONS``; empty: it may.
        matrix: int64 (K, K): points of the zone by class of the map (row) and of the reference.
        second: int64 (n): column that a second reading gave to the points of the sample; -1: there is none.
    """

    sample: Sample
    withheld: str
    matrix: np.ndarray
    second: np.ndarray


def read_sample(path: str, source: DatasetReader, legend: Legend, grid: Grid) -> Points:
    """Points fit for estimates.

    Raises:
        OcsiaError: what ``points`` raises, and ``points-nomenclature``.
    """
    points = read_points(path, source.crs.to_wkt(), codes_by_name=names_of(legend.nomenclature))
    found = points.design.nomenclature
    if points.design.kind != "unknown" and found not in ("", legend.nomenclature.id):
        raise OcsiaError("points-nomenclature", path=path, found=found, wanted=legend.nomenclature.id)
    check_points(points, path, {c.code for c in legend.classes}, grid.bounds)
    return points


def probabilities_at(
    points: Points, path: str, source: DatasetReader, blocks: Blocks, codes: Sequence[int], grid: Grid, events: Events
) -> tuple[np.ndarray, np.ndarray]:
    """p of each point, float64 (n, K), and the place of the map's class, int64 (n).

    Args:
        codes: of the classes, in the order of the columns.

    Raises:
        OcsiaError: ``points-nodata``.
    """
    column = np.floor((points.x - grid.x) / grid.dx).astype(np.int64)
    row = np.floor((grid.y - points.y) / grid.dy).astype(np.int64)
    p, choice = np.zeros((len(points), len(codes))), np.zeros(len(points), np.int64)
    place_of = np.zeros(256, np.int64)
    numbers = np.arange(1, len(codes) + 1) if blocks.has_probabilities else np.array(codes)
    place_of[numbers] = np.arange(1, len(codes) + 1)
    for window in windows(source):
        at = (column >= window.col) & (column < window.col + window.width)
        at = np.flatnonzero(at & (row >= window.row) & (row < window.row + window.height))
        if not len(at):
            continue
        events.check()
        block = blocks.read(window)
        where = row[at] - window.row, column[at] - window.col
        choice[at] = place_of[block.choice[where]]
        if block.values is not None:
            p[at] = (block.values[(slice(None), *where)] * block.weight[where]).T
        else:
            p[at] = np.eye(len(codes) + 1)[choice[at]][:, 1:]
    lost = np.flatnonzero(choice == 0)
    if len(lost):
        raise OcsiaError("points-nodata", path=path, count=len(lost), total=len(points), fid=int(lost[0]) + 1)
    return p, choice - 1


def by_zone(
    points: Points,
    p: np.ndarray,
    mapped: np.ndarray,
    classes: Sequence[LandCoverClass],
    zones: Zones,
    measured: Measured,
    grid: Grid,
) -> list[Optional[ZonePoints]]:
    """The points of each zone; None where there are none.

    Args:
        p, mapped: as ``probabilities_at`` gives them.
    """
    place = {c.code: number for number, c in enumerate(classes)}
    reference = np.array([place[code] for code in points.ref_code.tolist()])
    second = np.array([place.get(code, -1) for code in points.second_codes.tolist()])
    found: list[Optional[ZonePoints]] = []
    for number, inside in enumerate(points_inside(zones.geometries, points.x, points.y, grid)):
        valid = float(measured.valid[number])
        if not inside.any() or not valid > 0:
            found.append(None)
            continue
        matrix = np.zeros((len(classes), len(classes)), np.int64)
        np.add.at(matrix, (mapped[inside], reference[inside]), 1)
        rows, stratum, areas, sizes = strata_of(points, inside, valid, grid.dx * grid.dy)
        y = np.eye(len(classes))[reference[rows]]
        sample = Sample(p[rows], y, stratum, inside[rows], areas, sizes)
        found.append(ZonePoints(sample, why_withheld(sample, points, valid), matrix, second[rows]))
    return found


def strata_of(
    points: Points, inside: np.ndarray, valid: float, pixel: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Rows of the points that count for a zone, their strata from 0, and the surface and pixels of these."""
    design = points.design
    if design.kind == "unknown":  # as if they were drawn at random in the zone, which nobody knows
        rows = np.flatnonzero(inside)
        return rows, np.zeros(len(rows), np.int64), np.array([valid]), np.array([valid / pixel])
    ids = points.stratum.astype(str)
    met = set(ids[inside].tolist())
    used = [s for s in design.strata if s.id in met]
    number = {s.id: n for n, s in enumerate(used)}
    rows = np.flatnonzero(np.isin(ids, list(met)))
    stratum = np.array([number[name] for name in ids[rows].tolist()])
    return rows, stratum, np.array([s.area for s in used]), np.array([float(s.size) for s in used])


def why_withheld(sample: Sample, points: Points, valid: float) -> str:
    """Why no level may be claimed for a zone of ``valid`` m², as a key of ``wording.ASSUMPTIONS``, or nothing."""
    if points.design.kind == "unknown":
        return "unknown-design"
    drawn = sample.drawn
    if (drawn < np.minimum(2, sample.sizes)).any():
        return "few-per-stratum"
    share = np.bincount(sample.stratum, sample.inside) / drawn
    found = float(sample.areas @ share)
    noise = np.sqrt((sample.areas**2 * share * (1 - share) / drawn).sum())
    return "uncovered" if abs(found - valid) > max(_UNCOVERED * valid, 4 * noise) else ""
