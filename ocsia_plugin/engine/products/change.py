"""The job ``change``: what changed between two vintages, as a raster, polygons, stocks and flows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from typing import Optional

import numpy as np
import shapely
from rasterio.io import DatasetWriter

from ..areas.fieldtitles import field_titles
from ..areas.flows import Flows
from ..areas.flowtables import flow_fields, write_flows, write_matrix
from ..areas.paired import NetChange, PairedPoints
from ..areas.zonefields import class_fields
from ..areas.zones import Zones, read_zones, whole_raster
from ..errors import OcsiaError
from ..events import Events
from ..grid import BLOCK, Window, tiles
from ..jobs import ChangeJob
from ..mappings import Conversion, conversion
from ..nomenclature import LandCoverClass, parse_groups
from ..ortho.checks import crs_name
from ..pipeline import BackgroundWriter, prefetched
from .classes import Legend
from .disk import check_room
from .landcover import LandCover
from .map_styles import Transition, change_qml, changes_qml, flows_qml
from .objects import ObjectRaster, write_features
from .origin import called_after, passed_on, summary
from .qml import write_layer_style
from .rasters import CogWriter, RasterKind, tagged
from .vectors import GEOMETRY, STYLE_NAME, driver_of, guard_writing
from .vintages import Change, Vintages
from .workspace import Workspace

TAG = "OCSIA_CHANGE"
STEP = 1000
"""A pixel is ``STEP * code before + code after``."""

_SIDE = 2 * BLOCK
_MOST_TRANSITIONS = 255


def run(job: ChangeJob, events: Events) -> dict[str, Optional[str]]:
    """Compare two vintages.

    Returns:
        Paths under ``OUTPUT``, ``TABLE``, ``MATRIX``, ``POLYGONS`` and ``FLOWS``.

    Raises:
        OcsiaError: ``change-nomenclatures``, ``change-outside``, ``change-empty``, ``groups-syntax``,
            ``zones-outside``, ``vector-format`` and the refusals of nomenclatures, rasters, zones and outputs.
        Cancelled: the user asked to stop.
    """
    for path in filter(None, (job.polygons, job.flows)):
        driver_of(path, [".gpkg"])
    with ExitStack() as stack:
        before, after = (_opened(stack, path, job, events) for path in (job.before, job.after))
        _share_nomenclature(before, after, job.lang, events)
        grid = before.grid
        if not after.meets(grid, before.crs):
            raise OcsiaError("change-outside", path=job.after, other=job.before)
        resampled = after.align(grid, before.crs)
        if resampled:
            params = {"path": job.after, "other": job.before, "method": resampled}
            events.warning("warn-change-resampled", **params, crs=crs_name(before.crs))
        groups = parse_groups(job.groups, before.legend.nomenclature)
        width = max(round(job.min_width / min(grid.dx, grid.dy)), 1)
        vintages = Vintages(before, after, groups, job.min_confidence / 100, width)
        name = called_after(before.tags, job.before)
        zones = read_zones(job.zones, before.crs.to_wkt()) if job.zones else whole_raster(grid, name)
        if not shapely.intersects(zones.geometries, shapely.box(*grid.bounds)).any():
            raise OcsiaError("zones-outside", path=job.before)
        points = _points(job, vintages, before)
        outputs = [job.output, job.table, job.matrix, job.polygons, job.flows]
        inputs = [job.before, job.after, job.zones, job.points]
        workspace = stack.enter_context(Workspace(job.job_id, outputs, inputs))
        check_room(workspace.outputs[0].parent, 6 * grid.width * grid.height)
        origin = passed_on(before.tags, after.tags)
        maker = _Maker(stack, job, vintages, zones, points, before, workspace, origin)
        maker.stream(events)
        events.check()
        maker.finish(events)
        workspace.commit()
    return maker.tell(events)


class _Maker:
    """The products under way."""

    def __init__(
        self,
        stack: ExitStack,
        job: ChangeJob,
        vintages: Vintages,
        zones: Zones,
        points: Optional[PairedPoints],
        place: LandCover,
        workspace: Workspace,
        origin: dict[str, str],
    ) -> None:
        self._job, self._vintages, self._points, self._workspace = job, vintages, points, workspace
        self._grid = grid = place.grid
        self._wkt = place.crs.to_wkt()
        self._choices = vintages.choices
        self._codes = np.array([0, *(c.code for c in self._choices)], np.uint32)
        self._transitions: dict[int, int] = {}
        self._left_out = 0
        self.flows = Flows(zones, len(self._choices), grid, self._wkt)
        self._origin = summary(origin, job.lang)
        self._writer = CogWriter(workspace, job.output, tagged(self._kind(), origin), grid, place.crs, "LZW")
        stack.callback(self._writer.close)
        scratch = workspace.scratch("changes.tif")
        self._objects = ObjectRaster(stack, scratch, grid, place.crs) if job.polygons else None

    def _kind(self) -> RasterKind:
        """Of the change raster."""
        content = {"coding": f"{STEP} * before + after", "classes": [asdict(c) for c in self._choices]}

        def describe(dataset: DatasetWriter) -> None:
            dataset.update_tags(**{TAG: json.dumps(content, ensure_ascii=False, sort_keys=True)})
            dataset.set_band_description(1, "Changement" if self._job.lang == "fr" else "Change")

        style = lambda: change_qml(self._seen(), self._job.lang)  # noqa: E731
        return RasterKind("change", 1, 0, "MODE", describe, style, dtype="uint32")

    def stream(self, events: Events) -> None:
        """Compare every pixel.

        Raises:
            OcsiaError: ``change-empty``.
        """
        grid = self._grid
        windows = list(tiles(grid.width, grid.height, _SIDE, _SIDE))

        def blocks() -> Iterator[tuple[Window, Change]]:
            for window in windows:
                events.check()
                yield window, self._vintages.read(window)

        with BackgroundWriter() as writer:
            for number, block in enumerate(prefetched(blocks()), start=1):
                writer.submit(self._take, *block)
                events.progress(0.8 * number / len(windows))
        if not self.flows.pixels.any():
            raise OcsiaError("change-empty", path=self._job.before, other=self._job.after)

    def _take(self, window: Window, change: Change) -> None:
        """Add a window to the sums, and write it."""
        self.flows.add(window, change)
        if self._points:
            self._points.meet(window, change)
        before = self._codes[change.before]
        pixels = before * STEP + np.where(change.changed, self._codes[change.after], before)
        self._writer.write(window, pixels[np.newaxis], change.before > 0)
        values, places = np.unique(pixels[change.changed], return_inverse=True)
        numbers = np.zeros(len(values), np.uint8)
        for place, value in enumerate(values.tolist()):
            number = self._transitions.setdefault(value, len(self._transitions) + 1)
            numbers[place] = number if number <= _MOST_TRANSITIONS else 0
            self._left_out += number > _MOST_TRANSITIONS
        if self._objects:
            codes = np.zeros(pixels.shape, np.uint8)
            codes[change.changed] = numbers[places]
            self._objects.write(window, codes, change.joint)

    def finish(self, events: Events) -> None:
        """Write what the sums and the scratch file hold."""
        if self._objects:
            self._write_polygons(events)
        self._writer.finish()
        job, sure = self._job, self._vintages.has_probabilities
        if job.table:
            staged = self._workspace.stage(job.table)
            read = self._read(sure)
            with guard_writing(staged, job.table):
                write_flows(staged, self.flows, self._choices, sure, job.lang, read, job.excel)
        if job.matrix:
            staged = self._workspace.stage(job.matrix)
            with guard_writing(staged, job.matrix):
                write_matrix(staged, self.flows, self._choices, sure, job.lang, job.excel)

        if job.flows:
            self._write_zones(job.flows, sure)

    def _write_zones(self, final: str, sure: bool) -> None:
        """The zones with their stocks and flows."""
        staged = self._workspace.stage(final)
        fields = flow_fields(self.flows, self._choices, sure, self._job.lang)
        write_features(
            staged,
            final,
            self.flows.zones.geometries,
            {name: values for name, (values, _) in fields.items()},
            self._wkt,
            kind="MultiPolygon",
            description=self._origin,
            missing=[mask for _, mask in fields.values()],
        )
        with guard_writing(staged, final):
            occurring = self.flows.occurring(False).any(axis=0)
            classes = class_fields((c, False) for c, here in zip(self._choices, occurring) if here)
            titles = field_titles(fields, classes, self._job.lang)
            write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, flows_qml(fields, titles))

    def _read(self, sure: bool) -> list[list[NetChange]]:
        """What the points say, per zone; empty without points."""
        if not self._points:
            return []
        flows = self.flows
        return self._points.changes(flows.zones, flows.net(sure), flows.compared, self._job.level / 100)

    def _write_polygons(self, events: Events) -> None:
        final = self._job.polygons or ""
        staged = self._workspace.stage(final)
        by_code = {c.code: c for c in self._choices}
        numbers = [0, *self._transitions][: _MOST_TRANSITIONS + 1]
        write = partial(write_features, staged, final, wkt=self._wkt, description=self._origin)
        begun = False
        found = self._objects.objects(self._job.min_area, events, 0.8, 0.95)
        for objects in found:
            values = [numbers[n] for n in objects.codes.tolist()]
            fields = _fields(values, by_code, self._job.lang)
            fields["surface_m2"] = objects.pixels * (self._grid.dx * self._grid.dy)
            fields["confiance"] = np.round(objects.confidence, 3)
            if not self._vintages.has_probabilities:
                del fields["confiance"]
            write(objects.geometries, fields, append=begun)
            begun = True
        if not begun:
            fields = {**_fields([], by_code, self._job.lang), "surface_m2": np.zeros(0)}
            write(np.zeros(0, object), fields)
        with guard_writing(staged, final):
            qml = changes_qml(self._seen(), self._job.lang)
            write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, qml)

    def _seen(self) -> list[Transition]:
        """Transitions that occur, in the order of their codes."""
        by_code = {c.code: c for c in self._choices}
        return [(by_code[value // STEP], by_code[value % STEP]) for value in sorted(self._transitions)]

    def tell(self, events: Events) -> dict[str, Optional[str]]:
        """The events and results of a finished job."""
        job, flows = self._job, self.flows
        changed, flicker = float(flows.changed.sum()), float(flows.flickering.sum())
        events.info("info-change", changed=round(changed, 1), flicker=round(flicker, 1))
        if self._left_out:
            events.warning("warn-change-many", count=len(self._transitions), most=_MOST_TRANSITIONS)
        if not job.points:
            events.warning("warn-change-no-interval")
        for path, product in (
            (job.output, "change"), (job.table, "table"), (job.matrix, "table"), (job.polygons, "polygons"),
            (job.flows, "zones"),
        ):  # fmt: skip
            if path:
                events.product(path, product)
        events.emit("progress", value=1.0)
        return {name.upper(): getattr(job, name) for name in job.writes}


def _opened(stack: ExitStack, path: str, job: ChangeJob, events: Events) -> LandCover:
    """One of the rasters; what the user says of those that do not say it themselves leaves the others alone."""
    try:
        return LandCover(stack, path, job.nomenclature, job.base, job.lang, events)
    except OcsiaError as error:
        if error.code != "nomenclature-in-file":
            raise
        return LandCover(stack, path, "", "auto", job.lang, events)


def _points(job: ChangeJob, vintages: Vintages, before: LandCover) -> Optional[PairedPoints]:
    """Points read at both dates; None: there are none.

    Raises:
        OcsiaError: ``change-points-table``, ``change-level`` and what ``areas.points`` raises.
    """
    if not job.points:
        return None
    if not job.table:
        raise OcsiaError("change-points-table")
    if not 50 <= job.level < 100:
        raise OcsiaError("change-level", value=job.level)
    nomenclature = before.legend.nomenclature
    return PairedPoints(job.points, vintages.choices, nomenclature, before.grid, before.crs.to_wkt())


def _share_nomenclature(before: LandCover, after: LandCover, lang: str, events: Events) -> None:
    """Deliver one of the rasters in the nomenclature of the other, where they differ.

    Raises:
        OcsiaError: ``change-nomenclatures``.
    """
    ids = [date.legend.nomenclature.id for date in (before, after)]
    if ids[0] == ids[1]:
        return
    for date, target in ((before, after), (after, before)):
        made = _conversion(date.legend, target.legend.nomenclature.id, lang)
        if made:
            source = date.legend.nomenclature
            date.deliver(Legend(made.mapping.target, made.classes), made)
            titles = {"source": source.title(lang), "target": made.mapping.target.title(lang)}
            events.info("info-delivered", **titles)
            if not date.has_probabilities:
                events.warning("warn-codes-translated", path=date.path, **titles)
            return
    raise OcsiaError("change-nomenclatures", before=ids[0], after=ids[1])


def _conversion(legend: Legend, target: str, lang: str) -> Optional[Conversion]:
    """The many-to-one rule; None where there is none."""
    try:
        return conversion(legend.nomenclature, [c.code for c in legend.classes], target, lang)
    except OcsiaError:
        return None


def _fields(values: list[int], by_code: dict[int, LandCoverClass], lang: str) -> dict[str, np.ndarray]:
    """Codes and names of both dates."""
    before = [by_code[value // STEP] for value in values]
    after = [by_code[value % STEP] for value in values]
    return {
        "avant": np.array([c.code for c in before], np.int32),
        "avant_nom": np.array([c.name(lang) for c in before], object),
        "apres": np.array([c.code for c in after], np.int32),
        "apres_nom": np.array([c.name(lang) for c in after], object),
    }
