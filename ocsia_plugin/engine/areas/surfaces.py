"""The job ``surfaces``: the surface of each class in each zone, on the ellipsoid, and how far it may be wrong.

From a class raster, pixels are counted: A = Σ a_i 1[c_i = k]. From probabilities, they are counted by their most
probable class and, besides, their probabilities are added up: A = Σ a_i p_ik with p_ik = v_ik / Σ_j v_ij, which is
unbiased if the model is calibrated on average in the zone. a_i is the ground surface of pixel i in the zone: the exact
share of it that the zone covers, over the areal scale of the CRS.

For a group of classes, the expected surface is the sum of its members'. Counted from probabilities, a pixel belongs to
the group where the group's probabilities *together* are greater than that of each class outside it (0.3 conifers + 0.3
deciduous against 0.4 building is woody); counted from classes, where its class is a member.

``tiers`` decides which estimator follows from what there is besides the raster, and ``estimators`` has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import shapely
from rasterio.io import DatasetReader

from ... import __version__
from ..errors import OcsiaError, because
from ..events import Events
from ..grid import Grid
from ..jobs import SurfacesJob
from ..nomenclature import LandCoverClass, parse_groups
from ..ortho.checks import check_crs, crs_name, open_raster
from ..products.argmax import raster_grid
from ..products.classes import Legend
from ..products.origin import called_after, origin_tags, summary
from ..products.qml import write_layer_style, zones_qml
from ..products.recognition import recognised_classes, recognised_probabilities
from ..products.vectors import DATASET_OPTIONS, GEOMETRY, STYLE_NAME, driver_of, fixed_date, guard_writing
from ..products.workspace import Workspace
from .blocks import Blocks, ClassBlocks, ProbabilityBlocks, check_distribution, windows
from .ellipsoid import ArealScale
from .evidence import overlapping, statistics
from .fieldtitles import field_titles
from .measured import Measured, measured
from .places import points_inside
from .points import Points
from .report import provenance, write_report
from .report.page import provenance_path
from .sampled import ZonePoints, by_zone, probabilities_at, read_sample
from .summary_report import report
from .tables import Surfaces, fields_of, write_table, zone_fields
from .tiers import IGN, RANGE, Evidence, at_once, estimates
from .tiles import SETTING, Annotated, annotated, tiles_in
from .verdict import Verdict, verdicts
from .zonal import sum_over_zones
from .zonefields import fields_tag
from .zones import Zones, read_zones, whole_raster

_VERDICT_ZONES = 3
"""Zones of which the log says what points would take."""


class _Told(Events):
    """Passes everything on, and keeps the warnings for the report."""

    def __init__(self, events: Events) -> None:
        super().__init__()
        self.cancel = events.cancel
        self._events = events
        self.warnings: list[dict[str, Any]] = []

    def emit(self, event: str, **content: Any) -> None:
        if event == "warning":
            self.warnings.append(content)
        self._events.emit(event, **content)


@dataclass
class _Inputs:
    """What a run works on."""

    job: SurfacesJob
    source: DatasetReader
    legend: Legend
    base: int
    groups: tuple[LandCoverClass, ...]
    grid: Grid
    zones: Zones
    points: Optional[Points] = None
    tiles: Annotated = field(default_factory=lambda: Annotated([], {}, [], 1.0, 0))

    @property
    def pixel(self) -> float:
        """m² in the plane."""
        return self.grid.dx * self.grid.dy


def run(job: SurfacesJob, events: Events) -> dict[str, Optional[str]]:
    """Measure the classes in the zones.

    Returns:
        Paths under ``OUTPUT``, ``TABLE`` and ``REPORT``.

    Raises:
        OcsiaError: ``groups-syntax``, ``zones-empty``, ``zones-outside``, ``geometry-invalid``, ``raster-empty``,
            ``not-distribution``, ``parameter-range`` and the refusals of nomenclatures, rasters, points, tiles and
            outputs.
        Cancelled: the user asked to stop.
    """
    driver_of(job.output, [".gpkg"])
    _check(job)
    told = _Told(events)
    with ExitStack() as stack:
        source = stack.enter_context(open_raster(job.input))
        given = _inputs(job, source, told)
        # Before the work: a model or points that do not fit are refused at once.
        statistics(job.model, given.legend, [])
        outputs = [job.output, job.table, job.report, _beside(job.report)]
        taken = [job.input, job.zones, job.points, job.tiles]
        workspace = stack.enter_context(Workspace(job.job_id, outputs, taken))
        if job.points:
            given.points = read_sample(job.points, source, given.legend, given.grid)
        if job.tiles:
            given.tiles = annotated(job, source, given.legend, given.groups, told)
        made, blocks = _measure(given, told)
        evidence = _evidence(given, made, blocks, told)
        make = at_once if job.simultaneous else estimates
        level = job.level / 100
        surfaces = Surfaces(made, make(made, evidence, level, job.published), level, job.simultaneous)
        advice = _advice(given, surfaces, evidence)
        _tell(given, surfaces, advice, told)
        _write(workspace, given, surfaces, evidence.points, advice, told)
        events.check()
        workspace.commit()
    for path, product in ((job.output, "zones"), (job.table, "table"), (job.report, "report")):
        if path:
            events.product(path, product)
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output, "TABLE": job.table, "REPORT": job.report}


def _check(job: SurfacesJob) -> None:
    """Refuse parameters that make no sense."""
    if not 50 <= job.level <= 99.9:
        raise OcsiaError("parameter-range", name="LEVEL", value=job.level, low=50, high=99.9)
    if job.published not in (RANGE, IGN):
        raise OcsiaError("job-invalid", reason=f"published is one of {RANGE}, {IGN}")


def _beside(path: Optional[str]) -> Optional[str]:
    return str(provenance_path(Path(path))) if path else None


def _inputs(job: SurfacesJob, source: DatasetReader, events: Events) -> _Inputs:
    """Raster, legend, groups and zones, each checked."""
    check_crs(source.crs, job.input)
    grid = raster_grid(source, job.input)
    if source.count > 1:
        legend, base = recognised_probabilities(source, job.input, job.nomenclature, events), 1
        check_distribution(source, job.input)
    else:
        legend, base = recognised_classes(source, job.input, job.nomenclature, job.base, job.lang, events)
    groups = _groups(job.groups, legend)
    name = called_after(source.tags(), job.input)
    zones = read_zones(job.zones, source.crs.to_wkt()) if job.zones else whole_raster(grid, name)
    box = shapely.box(*grid.bounds)
    if not shapely.intersects(zones.geometries, box).any():
        raise OcsiaError("zones-outside", path=job.input)
    if pairs := overlapping(zones.geometries):
        events.warning("warn-zones-overlap", count=pairs)
    if partly := int((~shapely.covers(shapely.buffer(box, 0.5 * grid.dx), zones.geometries)).sum()):
        events.warning("warn-zones-partly", count=partly)
    return _Inputs(job, source, legend, base, groups, grid, zones)


def _groups(text: str, legend: Legend) -> tuple[LandCoverClass, ...]:
    """Groups, all of whose classes the raster has; one class may belong to several.

    Raises:
        OcsiaError: ``groups-syntax``.
    """
    groups = parse_groups(text, legend.nomenclature, disjoint=False)
    known = {c.code for c in legend.classes}
    for group in groups:
        missing = sorted(set(group.members) - known)
        if missing:
            raise OcsiaError("groups-syntax", text=text, reason=because("why-class-unknown", value=missing[0]))
    return groups


def _measure(given: _Inputs, events: Events) -> tuple[Measured, Blocks]:
    """The figures; codes in the zones that the legend lacks count as classes of their own."""
    job, source, legend = given.job, given.source, given.legend
    scale = ArealScale(source.crs.to_wkt(), given.grid.bounds)
    low, high = (round(limit, 6) for limit in scale.limits)
    events.info("info-areal-scale", crs=crs_name(source.crs), low=low, high=high)
    if source.count > 1:
        blocks: Blocks = ProbabilityBlocks(source, legend, given.groups, given.tiles.temperature)
    else:
        blocks = ClassBlocks(source, given.base)
    start = 0.2 if job.tiles else 0.0
    zones = given.zones.geometries
    sums = sum_over_zones(blocks, windows(source), given.grid, zones, scale, events, (start, 0.9))
    classes = list(legend.classes)
    if not blocks.has_probabilities:
        codes = set(np.flatnonzero(sums.counted[:, : 1 + blocks.count].any(axis=(0, 2))).tolist())
        unknown = sorted(codes - {0} - {c.code for c in classes})
        classes += [LandCoverClass(c, f"code_{c}", str(c), str(c), "#000000", (c,)) for c in unknown]
        if unknown:
            params = {"nomenclature": legend.nomenclature.id, "codes": ", ".join(map(str, unknown))}
            events.warning("warn-codes-outside", path=job.input, **params)
    made = measured(sums, blocks, classes, given.groups, given.pixel)
    if made.is_empty.all():
        raise OcsiaError("raster-empty", path=job.input)
    return made, blocks


def _evidence(given: _Inputs, made: Measured, blocks: Blocks, events: Events) -> Evidence:
    """Points, tiles and statistics, by zone and column."""
    job, zones, tiles = given.job, given.zones, given.tiles
    found, units = statistics(job.model, given.legend, made.columns)
    shipped = not tiles.units and bool(units)
    if job.tiles:
        drawn = {"drawn": len(tiles.drawn), "units": len(tiles.units)}
        events.info("info-tiles", count=tiles.count, temperature=tiles.temperature, **drawn)
    by_number = {n: tiles_in(zone, tiles.drawn) for n, zone in enumerate(zones.geometries)} if tiles.drawn else {}
    points: list[Optional[ZonePoints]] = []
    if given.points is not None:
        classes = [c.land_cover for c in made.columns[: made.classes]]
        place = [c.code for c in classes]
        p, mapped = probabilities_at(given.points, job.points or "", given.source, blocks, place, given.grid, events)
        points = by_zone(given.points, p, mapped, classes, zones, made, given.grid)
        _tell_points(given, points, made, events)
    settings = [name.lower() for name in zones.texts(SETTING)]
    return Evidence(points, tiles.units or units, tiles.by_setting, settings, by_number, found, shipped)


def _tell_points(given: _Inputs, points: Sequence[Optional[ZonePoints]], made: Measured, events: Events) -> None:
    read = given.points
    used = np.zeros(len(read), bool)
    for inside in points_inside(given.zones.geometries, read.x, read.y, given.grid):
        used |= inside
    if not used.all():
        events.warning("warn-points-outside-zones", count=int((~used).sum()), total=len(read))
    without = sum(p is None and not empty for p, empty in zip(points, made.is_empty))
    if without:
        events.warning("warn-zones-without-points", count=int(without))
    twice = read.second_codes > 0
    if twice.any():
        count, differ = int(twice.sum()), int((read.ref_code != read.second_codes)[twice].sum())
        events.warning("warn-read-twice", count=count, differ=differ, percent=round(100 * differ / count, 1))
    else:
        events.warning("warn-read-once")
    if read.design.kind == "unknown":
        events.warning("warn-unknown-design", path=given.job.points)


def _advice(given: _Inputs, surfaces: Surfaces, evidence: Evidence) -> list[tuple[int, Verdict]]:
    """For the largest zones without points: what points would take."""
    made = surfaces.measured
    without = [
        zone
        for zone in np.argsort(-made.valid, kind="stable").tolist()
        if not made.is_empty[zone] and not (zone < len(evidence.points) and evidence.points[zone])
    ]
    return [
        (zone, verdict)
        for zone in without[:_VERDICT_ZONES]
        for verdict in verdicts(made, zone, surfaces.level, evidence.statistics)
    ]


def _tell(given: _Inputs, surfaces: Surfaces, advice: Sequence[tuple[int, Verdict]], events: Events) -> None:
    """What the figures are worth."""
    made = surfaces.measured
    if made.is_empty.any():
        events.warning("warn-no-pixel-zones", count=int(made.is_empty.sum()))
    found = [[e.method for e in row] for row in surfaces.estimates]
    methods = {name for row in found for name in row}
    alone = sum("points-contradict" in row for row in found)
    if alone:
        events.warning("warn-contradict", count=alone)
    unsure = sum(e.level is None for row in surfaces.estimates for e in row if e.method.startswith("points"))
    if unsure:
        events.warning("warn-no-level", count=unsure)
    if methods & {"tiles-conformal", "tiles-student", "zones-published"}:
        events.warning("warn-exchangeable")
    if methods & {"published", "published-legacy"}:
        events.warning("warn-indicative")
    if given.job.model and (bare := sum("no-statistic" in e.assumptions for e in surfaces.estimates[0])):
        events.warning("warn-no-statistics", count=bare)
    if not any(e.has_interval for row in surfaces.estimates for e in row):
        events.warning("warn-no-interval")
    for zone, verdict in advice:
        name = made.columns[verdict.column].land_cover.name(given.job.lang)
        params = {"percent": verdict.percent, "count": verdict.points, "hours": verdict.hours}
        level = round(given.job.level, 1)
        events.info("info-verdict", name=name, zone=given.zones.names[zone], level=level, **params)


def _write(
    workspace: Workspace,
    given: _Inputs,
    surfaces: Surfaces,
    points: Sequence[Optional[ZonePoints]],
    advice: Sequence[tuple[int, Verdict]],
    told: _Told,
) -> None:
    job = given.job
    tags = given.source.tags()
    _write_zones(workspace, job, given.zones, surfaces, given.source.crs.to_wkt(), tags)
    if job.table:
        table = workspace.stage(job.table)
        with guard_writing(table, job.table):
            write_table(table, given.zones, surfaces, job.lang, job.excel)
    if not job.report:
        return
    inputs = {name: getattr(job, name) for name in ("input", "zones", "points", "tiles")}
    seed = given.points.design.seed if given.points is not None else None
    made_of = provenance(job, __version__, inputs, seed=seed, temperature=given.tiles.temperature)
    name = called_after(tags, job.input)
    page = report(given.zones, surfaces, points, advice, told.warnings, made_of, name, job.lang, tags)
    staged = workspace.stage(job.report)
    with guard_writing(staged, job.report):
        write_report(staged, page)


def _write_zones(
    workspace: Workspace, job: SurfacesJob, zones: Zones, surfaces: Surfaces, wkt: str, tags: Mapping[str, str]
) -> None:
    """The zones with their surfaces as a GeoPackage, style inside; ``tags``: of the raster.

    What the fields hold and where the map comes from lie in the layer's metadata as well, for who draws it.
    """
    staged = workspace.stage(job.output)
    fields = zone_fields(zones, surfaces, job.lang)
    description = " | ".join(filter(None, [*dict.fromkeys(fields["method"][0].tolist()), summary(tags, job.lang)]))
    with fixed_date(), guard_writing(staged, job.output):
        pyogrio.raw.write(
            staged,
            shapely.to_wkb(shapely.force_2d(zones.geometries)),
            [values for values, _ in fields.values()],
            list(fields),
            field_mask=[missing for _, missing in fields.values()],
            layer=staged.stem,
            driver="GPKG",
            geometry_type="MultiPolygon",
            promote_to_multi=True,
            crs=wkt,
            layer_metadata={**fields_tag(fields_of(surfaces)), **origin_tags(tags)},
            dataset_options=DATASET_OPTIONS["GPKG"],
            layer_options={"GEOMETRY_NAME": GEOMETRY, "FID": "fid", "DESCRIPTION": description},
        )
        titles = field_titles(fields, fields_of(surfaces), job.lang)
        write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, zones_qml(fields, titles))
