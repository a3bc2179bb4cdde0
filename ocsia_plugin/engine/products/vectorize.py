"""The job ``vectorize``: polygons of a class raster, with vertices on pixel corners.

``surface_m2`` is the surface of the geometry that is written: that of its pixels, unless outlines were simplified.

One process, strip by strip, and no units to put together: what is traced does not depend on the strips, so that there
is no seam to remove. Of a raster of 2 million polygons half of the time goes into GDAL's writing of the file, which has
one writer and keeps Python's lock, and a third into tracing; more processes would win little and copy everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Optional

import numpy as np
import rasterio.windows
from rasterio.enums import MaskFlags
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..events import Events
from ..grid import Grid
from ..jobs import VectorizeJob
from ..ortho.checks import check_crs, open_raster, readable
from .argmax import raster_grid
from .changes import ClassTotals
from .classes import Legend
from .merge import merged, stages
from .origin import summary
from .outlines import polygons
from .qml import polygons_qml, write_layer_style, write_sidecar
from .recognition import recognised_classes
from .regions import Strips
from .simplify import CornerMap, Simplifier
from .thresholds import parse_classes, parse_min_areas, pixel_thresholds
from .vectors import DRIVERS, GEOMETRY, STYLE_NAME, PolygonWriter, driver_of, guard_writing
from .workspace import Workspace

STRIP_PIXELS = 4 << 20
"""Pixels that are traced at once: some 30 bytes each, and 100 for each corner of an outline."""

_READ_PIXELS = 32 << 20

_STEP = 0.5
"""Triangle of a step of one pixel, in pixels."""

_MOST_PIXELS = 50
"""Tolerance of simplification in pixels, beyond which nothing of an outline would be left."""


def run(job: VectorizeJob, events: Events) -> dict[str, Optional[str]]:
    """Write one polygon per 4-connected region of one class.

    Returns:
        The path under ``OUTPUT``.

    Raises:
        OcsiaError: ``not-classes``, ``vector-format``, ``shapefile-too-large``, ``min-areas-syntax``,
            ``classes-syntax``, ``simplify-range`` and the refusals of nomenclatures, rasters and outputs.
        Cancelled: the user asked to stop.
    """
    driver = driver_of(job.output)
    with ExitStack() as stack:
        source = stack.enter_context(open_raster(job.input))
        check_crs(source.crs, job.input)
        grid = raster_grid(source, job.input)
        legend, base = recognised_classes(source, job.input, job.nomenclature, job.base, job.lang, events)
        wanted = parse_classes(job.classes, legend.classes)
        thresholds = pixel_thresholds(job.min_area, parse_min_areas(job.min_area_by_class, legend.classes), grid)
        workspace = stack.enter_context(Workspace(job.job_id, [job.output, job.table], [job.input]))
        simplifier = simplifier_of(job.simplify, grid, workspace, events)
        if simplifier:
            stack.callback(simplifier.corners.close)
        staged = workspace.stage(job.output)
        names = class_names(legend, job.lang)
        origin = summary(source.tags(), job.lang)
        writer = PolygonWriter(staged, job.output, grid, source.crs.to_wkt(), names, origin)
        strips = partial(read_strips, source, rows_per_strip(source), base)
        totals = _write_polygons(strips, source, writer, thresholds, simplifier, wanted, events)
        if not totals.codes:
            events.warning("warn-classes-absent", text=job.classes)
        elif simplifier:
            totals.report(job.simplify, names, events)
        if job.table:
            totals.write(workspace.stage(job.table), names, grid.dx * grid.dy)
        qml = polygons_qml([c for c in legend.classes if not wanted or c.code in wanted], job.lang)
        with guard_writing(staged, job.output):
            if driver == DRIVERS[".gpkg"]:
                write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, qml)
            else:
                write_sidecar(staged, qml)
        events.check()
        workspace.commit()
    known = {land_cover.code for land_cover in legend.classes}
    if unknown := [code for code in totals.codes if code not in known]:
        codes = ", ".join(map(str, unknown))
        events.warning("warn-codes-outside", path=job.input, nomenclature=legend.nomenclature.id, codes=codes)
    events.info("info-polygons", count=writer.count, area=round(float(totals.areas.sum()) * grid.dx * grid.dy, 2))
    events.product(job.output, "polygons")
    if job.table:
        events.product(job.table, "table")
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output, "TABLE": job.table} if job.table else {"OUTPUT": job.output}


def simplifier_of(tolerance: float, grid: Grid, workspace: Workspace, events: Events) -> Optional[Simplifier]:
    """What simplifies outlines of a raster within ``tolerance`` metres; None for 0.

    As in GEOS, a corner goes whose triangle with its neighbours is under the tolerance squared.

    Raises:
        OcsiaError: ``simplify-range``.
    """
    gsd = max(grid.dx, grid.dy)
    if not 0 <= tolerance <= _MOST_PIXELS * gsd:
        raise OcsiaError("simplify-range", value=tolerance, gsd=gsd, high=_MOST_PIXELS * gsd)
    if not tolerance:
        return None
    limit = tolerance**2 / (grid.dx * grid.dy)
    if limit <= _STEP:
        low = round((_STEP * grid.dx * grid.dy) ** 0.5, 4)
        events.info("info-simplify-nothing", tolerance=tolerance, gsd=gsd, low=low)
    corners = CornerMap(grid.width, grid.height, workspace.scratch("corners"))
    return Simplifier(corners, limit)


def class_names(legend: Legend, lang: str) -> list[str]:
    """Name of each code from 0 to 255; the code itself where the legend has none."""
    names = [str(code) for code in range(256)]
    for land_cover in legend.classes:
        names[land_cover.code] = land_cover.name(lang)
    return names


def _write_polygons(
    strips: Strips,
    source: DatasetReader,
    writer: PolygonWriter,
    thresholds: np.ndarray,
    simplifier: Optional[Simplifier],
    wanted: Sequence[int],
    events: Events,
) -> ClassTotals:
    """Trace everything and write it, or the classes that are ``wanted``; returns what was written by class."""
    total = (len(stages(thresholds)) + 2) * source.height
    done = 0

    def step(rows: int) -> None:
        nonlocal done
        done += rows
        events.progress(0.98 * done / total)

    strips = merged(strips, source.width, thresholds, step)
    totals, found = ClassTotals(), False
    for batch in polygons(strips(), source.width, simplifier):
        found = found or len(batch) > 0
        if wanted:
            batch = batch.subset(np.isin(batch.codes, wanted))
        totals.add(batch)
        writer.add(batch)
        step(2 * batch.rows)
    if not found:
        raise OcsiaError("raster-empty", path=source.name)
    writer.finish()
    return totals


def rows_per_strip(source: DatasetReader) -> int:
    """Rows that are traced at once, the same for every reading of a raster."""
    return max(1, min(STRIP_PIXELS // source.width, source.height))


def read_strips(source: DatasetReader, rows: int, base: int = 1) -> Iterator[np.ndarray]:
    """Class codes from north to south, uint8 (rows, width); 0 where there is no data.

    Whole rows of blocks are read at once, so that none is decoded twice.
    """
    block = source.block_shapes[0][0]
    at_once = max(rows, min(block, max(1, _READ_PIXELS // source.width)))
    at_once -= at_once % block if at_once > block else 0
    rest = np.zeros((0, source.width), np.uint8)
    for row in range(0, source.height, at_once):
        window = rasterio.windows.Window(0, row, source.width, min(at_once, source.height - row))
        rest = np.concatenate([rest, read_codes(source, window, base)])
        whole = len(rest) - len(rest) % rows
        for start in range(0, whole, rows):
            yield rest[start : start + rows]
        rest = rest[whole:]
    if len(rest):
        yield rest


def read_codes(source: DatasetReader, window: rasterio.windows.Window, base: int = 1) -> np.ndarray:
    """Class codes of a window, uint8 (H, W); 0 where a mask, an alpha band or a nodata value says no data.

    Args:
        base: number of the first class in the file. Counted from 0, the value 255 has no code and is no data.

    Raises:
        OcsiaError: ``raster-unreadable``: the file breaks off or is damaged there.
    """
    flags = source.mask_flag_enums[0]
    with readable(source.name):
        codes = source.read(1, window=window)
        if base == 0:
            codes += np.uint8(1)
        if MaskFlags.all_valid not in flags and not (base == 1 and MaskFlags.nodata in flags and source.nodata == 0):
            codes[source.read_masks(1, window=window) == 0] = 0
    return codes
