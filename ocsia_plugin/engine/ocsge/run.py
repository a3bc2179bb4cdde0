"""The job ``ocsge``: cover polygons of OCS GE, made from classes or, where they exist, refined by them.

Memory: the raster goes through in strips. What grows with it is one number per region of 200 m² or more, about a
kilobyte each (a dalle of 100 km² has room for half a million of them), and the cells of 20 m of the density.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Optional

import numpy as np
import shapely
from rasterio.io import DatasetReader

from ..areas.zones import Zones, read_zones
from ..errors import OcsiaError, because
from ..events import Events
from ..grid import Grid
from ..jobs import OcsgeJob
from ..ortho.checks import check_crs, open_raster
from ..products.argmax import raster_grid
from ..products.classes import Legend
from ..products.merge import ALWAYS, merged, stages
from ..products.outlines import polygons
from ..products.recognition import recognised_classes
from ..products.regions import Strips, label, split_busy
from ..products.simplify import Simplifier
from ..products.thresholds import pixels_of
from ..products.vectorize import read_strips, rows_per_strip, simplifier_of
from ..products.vectors import driver_of
from ..products.workspace import Workspace
from .generalise import Polygons, generalised
from .graph import GraphBuilder
from .rows import Dense, DensityZones, GivenZones, NumberedPolygons, Taker
from .rules import (
    BUILT,
    SEALED,
    UNDECIDED,
    MinimumAreas,
    by_official,
    cover_codes,
)
from .style import CONTINUOUS, ISOLATED, cover_qml
from .write import Columns, NumberedWriter, composition, cover_columns, write_refined, write_style

CODE_FIELD = "code_cs"


@dataclass
class _Task:
    """What the steps share.

    Attributes:
        original, cover: the raster's codes, and what they are in OCS GE, strip by strip; the same strips each time.
        table: OCS GE's code of each code of the raster, uint8 (256).
    """

    job: OcsgeJob
    source: DatasetReader
    grid: Grid
    legend: Legend
    table: np.ndarray
    original: Strips
    cover: Strips
    workspace: Workspace
    progress: _Progress
    events: Events

    @property
    def crs(self) -> str:
        return self.source.crs.to_wkt()

    @property
    def columns(self) -> int:
        """Codes that the raster may hold, 0 included; what the legend lacks is counted as the last one."""
        return max(c.code for c in self.legend.classes) + 2


class _Progress:
    """Rows that were read, of all that will be."""

    def __init__(self, total: int, events: Events) -> None:
        self._total, self._events, self._done = total, events, 0

    def step(self, rows: int) -> None:
        self._done += rows
        self._events.progress(0.98 * self._done / self._total)


def run(job: OcsgeJob, events: Events) -> dict[str, Optional[str]]:
    """Make or refine OCS GE cover polygons.

    Returns:
        The paths under ``OUTPUT`` and ``DETAIL``.

    Raises:
        OcsiaError: ``ocsge-nomenclature``, ``ocsge-areas``, ``ocsge-density``, ``ocsge-no-code``, ``ocsge-bad-codes``,
            ``ocsge-outside``, ``raster-empty`` and the refusals of rasters, polygons and outputs.
        Cancelled: the user asked to stop.
    """
    for path in filter(None, (job.output, job.detail)):
        driver_of(path, (".gpkg",))
    _check(job)
    with ExitStack() as stack:
        source = stack.enter_context(open_raster(job.input))
        check_crs(source.crs, job.input)
        grid = raster_grid(source, job.input)
        legend, base = recognised_classes(source, job.input, job.nomenclature, job.base, job.lang, events)
        table = cover_codes(legend)
        inputs = [job.input, job.built_area, job.ocsge]
        workspace = stack.enter_context(Workspace(job.job_id, [job.output, job.detail], inputs))
        original = partial(read_strips, source, rows_per_strip(source), base)
        thresholds = _thresholds(job, grid)
        passes = len(stages(thresholds)) + 4 + (len(stages(_detail_thresholds(job, grid))) + 3 if job.detail else 0)
        progress = _Progress(passes * source.height, events)
        cover = partial(_translated, original, table)
        task = _Task(job, source, grid, legend, table, original, cover, workspace, progress, events)
        if job.ocsge:
            _refine(task)
        else:
            simplifier = simplifier_of(job.simplify, grid, workspace, events)
            if simplifier:
                stack.callback(simplifier.corners.close)
            _make(task, thresholds, simplifier)
        events.check()
        workspace.commit()
    events.info("info-ocsge-limits")
    events.product(job.output, "polygons")
    if job.detail:
        events.product(job.detail, "polygons")
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output, "DETAIL": job.detail} if job.detail else {"OUTPUT": job.output}


def _check(job: OcsgeJob) -> None:
    if not 0 <= job.min_built <= job.min_dense <= job.min_elsewhere < float("inf"):
        areas = {"built": job.min_built, "dense": job.min_dense, "elsewhere": job.min_elsewhere}
        raise OcsiaError("ocsge-areas", **areas)
    if not 0 < job.density <= 100:
        raise OcsiaError("ocsge-density", value=job.density)


def _translated(original: Strips, table: np.ndarray) -> Iterator[np.ndarray]:
    for codes in original():
        yield table[codes]


def _thresholds(job: OcsgeJob, grid: Grid) -> np.ndarray:
    """What is too small wherever it lies: the graph decides the rest."""
    thresholds = np.full(256, pixels_of(job.min_dense, grid), np.int64)
    thresholds[[BUILT, SEALED]] = pixels_of(job.min_built, grid)
    thresholds[UNDECIDED] = ALWAYS
    return thresholds


def _detail_thresholds(job: OcsgeJob, grid: Grid) -> np.ndarray:
    thresholds = np.full(256, pixels_of(job.min_detail, grid), np.int64)
    thresholds[UNDECIDED] = ALWAYS
    return thresholds


# -- made from classes


def _make(task: _Task, thresholds: np.ndarray, simplifier: Optional[Simplifier]) -> None:
    """OCS GE of its own."""
    dense = _constructed(task)
    strips = merged(task.cover, task.grid.width, thresholds, task.progress.step)
    builder = GraphBuilder(task.grid.width, task.columns)
    taker, row, inside, valid = Taker(task.original()), 0, 0, 0
    for codes in split_busy(strips()):
        original = np.minimum(taker.take(len(codes)), task.columns - 1)
        zone = dense.rows(row, len(codes))
        builder.feed(codes, original, zone)
        inside, valid = inside + int((zone & (codes > 0)).sum()), valid + int((codes > 0).sum())
        row += len(codes)
        task.progress.step(len(codes))
    if not valid:
        raise OcsiaError("raster-empty", path=task.job.input)
    _tell_zones(task, 100 * inside / valid)
    graph = builder.finish()
    job, grid = task.job, task.grid
    smallest = MinimumAreas(*(pixels_of(a, grid) for a in (job.min_built, job.min_dense, job.min_elsewhere)))
    # What the rule asks of a code of the raster that the legend lacks: as any that is undecided.
    made = generalised(graph, smallest, task.table, task.events.check)
    numbers = partial(_numbered, strips, [made.of_region[table] for table in graph.tables])
    regions = int(np.count_nonzero(graph.code))
    task.events.info("info-ocsge-regions", regions=regions, polygons=len(made.code) - 1, kept=made.kept)
    del graph, builder
    _write_made(task, made, numbers, simplifier)
    if job.detail:
        _write_detail(task, numbers, made.code, np.arange(len(made.code)))


def _constructed(task: _Task) -> Dense:
    """Constructed zones, given or derived."""
    if task.job.built_area:
        task.progress.step(task.source.height)
        return GivenZones(read_zones(task.job.built_area, task.crs).geometries, task.grid)
    zones = DensityZones(task.grid, task.job.density)
    for codes in task.cover():
        zones.feed(codes == BUILT, codes > 0)
        task.progress.step(len(codes))
    return zones


def _tell_zones(task: _Task, share: float) -> None:
    given = because("why-zones-given")
    origin = given if task.job.built_area else because("why-zones-derived", density=task.job.density)
    task.events.info("info-ocsge-zones", share=round(share, 1), origin=origin)


def _numbered(strips: Strips, tables: list[np.ndarray]) -> Iterator[np.ndarray]:
    """Number of the polygon of each pixel, int32."""
    for codes, table in zip(split_busy(strips()), tables):
        labels, _ = label(codes)
        yield table[labels]


def _write_made(task: _Task, made: Polygons, numbers: Strips, simplifier: Optional[Simplifier]) -> None:
    job, staged = task.job, task.workspace.stage(task.job.output)
    held = composition(made.held, task.legend, job.lang)
    is_dense = 2 * made.dense >= made.area
    zone = np.where(
        is_dense, "construite" if job.lang == "fr" else "constructed", "autre" if job.lang == "fr" else "other"
    )
    more: Columns = {"polygone": np.arange(len(made.code)), "zone": zone.astype(object)}
    if job.split_built:
        kinds = np.where(is_dense, CONTINUOUS, ISOLATED).astype(object)
        more["bati"] = np.where(made.code == BUILT, kinds, None)
    everything = {**cover_columns(made.code, job.lang), **more, **held}

    def columns(polygon: np.ndarray) -> Columns:
        return {name: values[polygon] for name, values in everything.items()}

    writer = NumberedWriter(staged, job.output, task.grid, task.crs, list(everything), columns)
    for batch in polygons(numbers(), task.grid.width, simplifier, np.int32):
        writer.add(batch)
        task.progress.step(2 * batch.rows)
    writer.finish()
    write_style(staged, job.output, cover_qml(job.lang, job.split_built))
    surface = round(writer.pixels * task.grid.dx * task.grid.dy, 2)
    task.events.info("info-polygons", count=writer.count, area=surface)


# -- refined


def _refine(task: _Task) -> None:
    """The polygons of an OCS GE that exists, with what they hold."""
    job = task.job
    zones = read_zones(job.ocsge or "", task.crs)
    zones = _on_raster(zones, task)
    codes = _codes_of(zones, task)
    socle = NumberedPolygons(zones.geometries, task.grid)
    width, count = task.columns, len(zones) + 1
    held = np.zeros((count, width), np.int64)
    row = 0
    for original in task.original():
        numbers = socle.numbers(row, len(original))
        known = np.minimum(original, width - 1)
        held += np.bincount((numbers.astype(np.int64) * width + known).ravel(), minlength=count * width).reshape(
            count, width
        )
        row += len(original)
        task.progress.step(len(original))
    held[0] = 0
    if not held[:, 1:].any():
        raise OcsiaError("ocsge-outside", path=job.ocsge)
    _write_refinement(task, zones, codes, held)
    if job.detail:
        of_polygon = np.concatenate([[0], codes]).astype(np.uint8)
        ids = np.concatenate([[0], zones.ids])
        _write_detail(task, partial(_socle_strips, socle, task.original), of_polygon, ids)


def _on_raster(zones: Zones, task: _Task) -> Zones:
    """The polygons that meet the raster."""
    met = shapely.intersects(zones.geometries, shapely.box(*task.grid.bounds))
    if not met.any():
        raise OcsiaError("ocsge-outside", path=task.job.ocsge)
    attributes = {
        name: (values[met], None if missing is None else missing[met])
        for name, (values, missing) in zones.attributes.items()
    }
    names = [name for name, wanted in zip(zones.names, met) if wanted]
    return Zones(zones.geometries[met], zones.ids[met], names, attributes)


def _codes_of(zones: Zones, task: _Task) -> np.ndarray:
    """OCS GE's code of each polygon, uint8 (Z); 0 where it is none that is known."""
    wanted = (task.job.code_field or CODE_FIELD).lower()
    found = next((name for name in zones.attributes if name.lower() == wanted), None)
    if found is None:
        fields = ", ".join(zones.attributes)
        name = task.job.code_field or CODE_FIELD
        raise OcsiaError("ocsge-no-code", path=task.job.ocsge, name=name, fields=fields)
    known = {official: c.code for official, c in by_official().items()}
    values = [str(value).strip() for value in zones.attributes[found][0].tolist()]
    codes = np.array([known.get(value, 0) for value in values], np.uint8)
    unknown = sorted({value for value, code in zip(values, codes) if not code})
    shown = ", ".join(unknown[:5])
    if not codes.any():
        raise OcsiaError("ocsge-bad-codes", name=found, found=shown)
    if unknown:
        task.events.warning("warn-ocsge-codes", count=int((codes == 0).sum()), found=shown)
    return codes


def _write_refinement(task: _Task, zones: Zones, codes: np.ndarray, held: np.ndarray) -> None:
    job, staged = task.job, task.workspace.stage(task.job.output)
    held = held[1:]
    pixel = task.grid.dx * task.grid.dy
    seen = held[:, 1:].sum(axis=1)
    cover = np.zeros((len(held), UNDECIDED + 1), np.int64)
    np.add.at(cover.T, task.table[: held.shape[1]], held.T)
    decided = cover[:, 1:UNDECIDED].sum(axis=1)
    agrees = np.where(codes > 0, cover[np.arange(len(codes)), codes], 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        agreement = np.where((decided > 0) & (codes > 0), np.round(100 * agrees / decided, 2), np.nan)
    covered = np.minimum(np.round(100 * seen * pixel / shapely.area(zones.geometries), 2), 100)
    official = cover_columns(codes, job.lang)
    made: Columns = {
        "code_cs": _own_codes(zones, job.code_field) if not job.code_field else official["code_cs"],
        "classe": official["classe"],
        "surface_m2": shapely.area(zones.geometries),
        "vu_pct": covered,
        "accord_pct": agreement,
        **composition(held, task.legend, job.lang),
    }
    write_refined(staged, job.output, zones, made, task.crs)
    write_style(staged, job.output, cover_qml(job.lang, False))
    share = round(100 * float(agrees.sum() / max(decided.sum(), 1)), 1)
    task.events.info("info-ocsge-agreement", count=len(zones), share=share)


def _own_codes(zones: Zones, field: str) -> np.ndarray:
    name = next(name for name in zones.attributes if name.lower() == (field or CODE_FIELD))
    return zones.attributes[name][0]


def _socle_strips(socle: NumberedPolygons, original: Strips) -> Iterator[np.ndarray]:
    row = 0
    for codes in original():
        yield socle.numbers(row, len(codes))
        row += len(codes)


# -- what the thresholds hid

_ROOM = UNDECIDED + 1
"""Codes per polygon in the numbers of its parts."""


def _write_detail(task: _Task, numbers: Strips, code_of: np.ndarray, ids: np.ndarray) -> None:
    """Parts of another class than the polygon that holds them.

    Args:
        numbers: polygon of each pixel, 0 for none; code_of: OCS GE's code of each, uint8; ids: what to call each.
    """
    job, grid = task.job, task.grid
    assert job.detail
    thresholds = _detail_thresholds(job, grid)
    fine = merged(task.cover, grid.width, thresholds, task.progress.step)
    staged = task.workspace.stage(job.detail)

    def columns(part: np.ndarray) -> Columns:
        polygon, code = np.divmod(part.astype(np.int64), _ROOM)
        of_polygon = cover_columns(code_of[polygon], job.lang)
        return {
            **cover_columns(code.astype(np.uint8), job.lang),
            "polygone": ids[polygon],
            "socle_cs": of_polygon["code_cs"],
        }

    fields = ["numero", "code_cs", "classe", "polygone", "socle_cs"]
    writer = NumberedWriter(staged, job.detail, grid, task.crs, fields, columns)
    smallest = pixels_of(job.min_detail, grid)
    for batch in polygons(_parts(fine, numbers, code_of), grid.width, None, np.int32):
        writer.add(batch.subset(batch.pixels >= smallest))
        task.progress.step(2 * batch.rows)
    writer.finish()
    write_style(staged, job.detail, cover_qml(job.lang, False))
    surface = round(writer.pixels * grid.dx * grid.dy, 2)
    task.events.info("info-ocsge-detail", count=writer.count, area=surface)


def _parts(fine: Strips, numbers: Strips, code_of: np.ndarray) -> Iterator[np.ndarray]:
    """A number for each pixel of another class than its polygon's, of the polygon and the class, int32; 0 elsewhere."""
    taker = Taker(numbers())
    for codes in split_busy(fine()):
        polygon = taker.take(len(codes))
        differs = (polygon > 0) & (codes > 0) & (codes < UNDECIDED) & (codes != code_of[polygon])
        yield np.where(differs, polygon.astype(np.int32) * _ROOM + codes, 0).astype(np.int32)
