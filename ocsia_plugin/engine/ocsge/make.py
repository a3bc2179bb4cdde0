"""OCS GE cover of its own, from classes alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Optional

import numpy as np

from ..areas.zones import read_zones
from ..errors import OcsiaError, because
from ..grid import Grid
from ..jobs import OcsgeJob
from ..products.merge import ALWAYS, merged
from ..products.outlines import polygons
from ..products.regions import Strips, label, split_busy
from ..products.simplify import Simplifier
from ..products.thresholds import pixels_of
from .detail import write_detail
from .generalise import Polygons, generalised
from .graph import GraphBuilder
from .rows import Dense, DensityZones, GivenZones, Taker
from .rules import BUILT, SEALED, UNDECIDED, MinimumAreas
from .style import CONTINUOUS, ISOLATED, cover_qml
from .task import Task
from .write import Columns, NumberedWriter, composition, cover_columns, write_style


def floor_thresholds(job: OcsgeJob, grid: Grid) -> np.ndarray:
    """What is too small wherever it lies: the graph decides the rest."""
    thresholds = np.full(256, pixels_of(job.min_dense, grid), np.int64)
    thresholds[[BUILT, SEALED]] = pixels_of(job.min_built, grid)
    thresholds[UNDECIDED] = ALWAYS
    return thresholds


def make(task: Task, thresholds: np.ndarray, simplifier: Optional[Simplifier]) -> None:
    """OCS GE of its own."""
    dense = _constructed(task)
    strips = merged(task.cover, task.grid.width, thresholds, task.progress.step)
    builder = GraphBuilder(task.grid.width, task.overlays.columns)
    taker, row, inside, valid = Taker(task.original()), 0, 0, 0
    for codes in split_busy(strips()):
        original = taker.take(len(codes))
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
    made = generalised(graph, smallest, task.overlays.table, task.events.check)
    numbers = partial(_numbered, strips, [made.of_region[table] for table in graph.tables])
    regions = int(np.count_nonzero(graph.code))
    task.events.info("info-ocsge-regions", regions=regions, polygons=len(made.code) - 1, kept=made.kept)
    del graph, builder
    _write_made(task, made, numbers, simplifier)
    if job.detail:
        write_detail(task, numbers, made.code, np.arange(len(made.code)))


def _constructed(task: Task) -> Dense:
    """Constructed zones, given or derived."""
    if task.job.built_area:
        task.progress.step(task.source.height)
        return GivenZones(read_zones(task.job.built_area, task.crs).geometries, task.grid)
    zones = DensityZones(task.grid, task.job.density)
    for codes in task.cover():
        zones.feed(codes == BUILT, codes > 0)
        task.progress.step(len(codes))
    return zones


def _tell_zones(task: Task, share: float) -> None:
    given = because("why-zones-given")
    origin = given if task.job.built_area else because("why-zones-derived", density=task.job.density)
    task.events.info("info-ocsge-zones", share=round(share, 1), origin=origin)


def _numbered(strips: Strips, tables: list[np.ndarray]) -> Iterator[np.ndarray]:
    """Number of the polygon of each pixel, int32."""
    for codes, table in zip(split_busy(strips()), tables):
        labels, _ = label(codes)
        yield table[labels]


def _write_made(task: Task, made: Polygons, numbers: Strips, simplifier: Optional[Simplifier]) -> None:
    job, staged = task.job, task.workspace.stage(task.job.output)
    overlays = task.overlays
    is_dense = 2 * made.dense >= made.area
    zone = np.where(
        is_dense, "construite" if job.lang == "fr" else "constructed", "autre" if job.lang == "fr" else "other"
    )
    more: Columns = {"polygone": np.arange(len(made.code)), "zone": zone.astype(object)}
    if job.split_built:
        kinds = np.where(is_dense, CONTINUOUS, ISOLATED).astype(object)
        more["bati"] = np.where(made.code == BUILT, kinds, None)
    more |= overlays.deciders(made.code, made.held) | overlays.shares(made.held)
    held = composition(overlays.classes(made.held), task.legend, job.lang)
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
    overlays.report(made.held, task.grid.dx * task.grid.dy, task.events)
    task.events.info("info-polygons", count=writer.count, area=surface)
