"""The job ``accuracy``: how right a map is, by interpreted points or by polygons of known class."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Optional

import numpy as np
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..events import Events
from ..jobs import AccuracyJob
from ..nomenclature import parse_groups
from ..ortho.checks import check_crs, open_raster
from ..products.argmax import raster_grid
from ..products.recognition import recognised_classes, recognised_probabilities
from ..products.vectors import guard_writing
from ..products.workspace import Workspace
from .accuracyreport import Findings, accuracy_report, table_rows
from .accuracytexts import text
from .blocks import ClassBlocks, ProbabilityBlocks
from .longcsv import write_long
from .matrix import Estimator
from .places import points_inside
from .reference import Map, Reference, from_points, from_polygons, is_polygonal
from .report import write_report
from .report.page import provenance_path
from .zones import read_zones

DESIGNS = ("auto", "simple")

HEADER = (
    "zone", "code", "key", "name", "measure", "ref_code", "value_pct", "se_pct", "low_pct", "high_pct", "level_pct",
    "units", "amount", "method",
)  # fmt: skip


def run(job: AccuracyJob, events: Events) -> dict[str, Optional[str]]:
    """Compare the map with its references.

    Returns:
        Paths under ``REPORT`` and ``TABLE``.

    Raises:
        OcsiaError: ``output-none``, ``points-...``, ``polygons-...``, ``zones-outside`` and the refusals of
            nomenclatures, rasters and outputs.
        Cancelled: the user asked to stop.
    """
    _check(job)
    beside = str(provenance_path(Path(job.report))) if job.report else None
    with ExitStack() as stack:
        source = stack.enter_context(open_raster(job.input))
        check_crs(source.crs, job.input)
        judged = _map(source, job, events)
        legend = judged.legend
        groups = parse_groups(job.groups, legend.nomenclature, disjoint=False)
        outputs, inputs = [job.report, job.table, beside], [job.input, job.reference, job.zones]
        workspace = stack.enter_context(Workspace(job.job_id, outputs, inputs))
        read = from_polygons if is_polygonal(job.reference) else from_points
        reference = read(job.reference, job.field, judged, job.design == "simple", events)
        findings = Findings.of(reference, legend, groups, job.level / 100, _zones(job, judged, reference))
        if job.table:
            staged = workspace.stage(job.table)
            with guard_writing(staged, job.table):
                write_long(staged, HEADER, table_rows(findings, job.lang), job.excel)
        if job.report:
            staged = workspace.stage(job.report)
            with guard_writing(staged, job.report):
                write_report(staged, accuracy_report(findings, job, source.tags()))
        events.check()
        workspace.commit()
    _tell(job, findings, reference, events)
    return {"REPORT": job.report, "TABLE": job.table}


def _check(job: AccuracyJob) -> None:
    if not job.report and not job.table:
        raise OcsiaError("output-none")
    if not 50 <= job.level <= 99.9:
        raise OcsiaError("parameter-range", name="LEVEL", value=job.level, low=50, high=99.9)
    if job.design not in DESIGNS:
        raise OcsiaError("job-invalid", reason=f"design is one of {', '.join(DESIGNS)}")


def _map(source: DatasetReader, job: AccuracyJob, events: Events) -> Map:
    grid = raster_grid(source, job.input)
    if source.count > 1:
        legend = recognised_probabilities(source, job.input, job.nomenclature, events)
        codes = np.array([0, *(c.code for c in legend.classes)])
        return Map(source, grid, legend, ProbabilityBlocks(source, legend, ()), codes)
    legend, base = recognised_classes(source, job.input, job.nomenclature, job.base, job.lang, events)
    return Map(source, grid, legend, ClassBlocks(source, base), np.arange(256))


def _zones(job: AccuracyJob, judged: Map, reference: Reference) -> list[tuple[str, np.ndarray]]:
    """Names of the zones, and which units lie in each: bool (n)."""
    if not job.zones:
        return []
    zones = read_zones(job.zones, judged.wkt)
    found = list(zip(zones.names, points_inside(zones.geometries, reference.x, reference.y, judged.grid)))
    if not any(inside.any() for _, inside in found):
        raise OcsiaError("zones-no-point", path=job.zones)
    return found


def _tell(job: AccuracyJob, findings: Findings, reference: Reference, events: Events) -> None:
    if reference.kind == "unknown":
        events.warning("warn-design-unknown")
    known = {c.code for c in findings.legend.nomenclature.classes}
    if unknown := sorted(set(findings.codes) - known):
        codes = ", ".join(map(str, unknown))
        params = {"path": job.input, "nomenclature": findings.legend.nomenclature.id, "codes": codes}
        events.warning("warn-codes-outside", **params)
    if reference.without_pixel:
        events.warning("warn-polygons-small", count=reference.without_pixel)
    overall: Estimator = findings.whole
    figure = overall.overall()
    percent = round(100 * figure.value, 1)
    if figure.low is None or figure.high is None:
        events.info("info-overall-plain", percent=percent, method=text(f"method-{reference.kind}", job.lang))
    else:
        ends = {"low": round(100 * figure.low, 1), "high": round(100 * figure.high, 1)}
        method = text(f"method-{reference.kind}", job.lang)
        events.info("info-overall", percent=percent, **ends, level=round(job.level, 1), method=method)
    for path, product in ((job.report, "report"), (job.table, "table")):
        if path:
            events.product(path, product)
    events.emit("progress", value=1.0)
