"""The job ``ocsge``: cover polygons of OCS GE, made from classes or, where they exist, refined by them.

Memory: the raster goes through in strips. What grows with it is one number per region of 200 m² or more, about a
kilobyte each, half as much again with the RPG and BD TOPO (a dalle of 100 km² has room for half a million of them), and
the cells of 20 m of the density.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import Optional

from ..errors import OcsiaError
from ..events import Events
from ..jobs import OcsgeJob
from ..ortho.checks import check_crs, open_raster
from ..products.argmax import raster_grid
from ..products.merge import stages
from ..products.recognition import recognised_classes
from ..products.vectorize import read_strips, rows_per_strip, simplifier_of
from ..products.vectors import driver_of
from ..products.workspace import Workspace
from .detail import detail_thresholds
from .make import floor_thresholds, make
from .overlays import read_overlays
from .refine import refine
from .task import Progress, Task, translated


def run(job: OcsgeJob, events: Events) -> dict[str, Optional[str]]:
    """Make or refine OCS GE cover polygons.

    Returns:
        The paths under ``OUTPUT`` and ``DETAIL``.

    Raises:
        OcsiaError: ``ocsge-nomenclature``, ``ocsge-areas``, ``ocsge-density``, ``ocsge-no-code``, ``ocsge-bad-codes``,
            ``ocsge-overlay-field``, ``ocsge-outside``, ``raster-empty`` and the refusals of rasters, polygons and
            outputs.
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
        overlays = read_overlays(job, legend, grid, source.crs.to_wkt(), events)
        inputs = [job.input, job.built_area, job.ocsge, job.rpg, job.bdtopo]
        workspace = stack.enter_context(Workspace(job.job_id, [job.output, job.detail], inputs))
        original = partial(overlays.recoded, partial(read_strips, source, rows_per_strip(source), base))
        thresholds = floor_thresholds(job, grid)
        passes = 1 if job.ocsge else len(stages(thresholds)) + 4
        passes += len(stages(detail_thresholds(job, grid))) + 2 if job.detail else 0
        progress = Progress(passes * source.height + 4, events)  # tracing ends with a row of its own
        cover = partial(translated, original, overlays.table)
        task = Task(job, source, grid, legend, overlays, original, cover, workspace, progress, events)
        if job.ocsge:
            refine(task)
        else:
            simplifier = simplifier_of(job.simplify, grid, workspace, events)
            if simplifier:
                stack.callback(simplifier.corners.close)
            make(task, thresholds, simplifier)
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
