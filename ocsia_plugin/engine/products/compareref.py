"""The job ``compareref``: what a local reference lacks, and what of it the prediction confirms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Optional

import numpy as np
import shapely

from ..areas.places import Places
from ..areas.zones import Zones, read_zones
from ..errors import OcsiaError
from ..events import Events
from ..grid import BLOCK, Window, tiles
from ..jobs import CompareRefJob
from ..nomenclature import LandCoverClass
from ..pipeline import prefetched
from .disk import check_room
from .landcover import LandCover, Pixels
from .map_styles import candidates_qml, verdicts_qml
from .objects import ObjectRaster, Objects, write_features
from .origin import summary
from .qml import write_layer_style
from .values import Kind, Vocabulary, meanings_of, parse_kinds, parse_mapping, plain
from .vectors import GEOMETRY, STYLE_NAME, driver_of, guard_writing
from .verdicts import CONFIRMED, CONTRADICTED, DOUBTFUL, Shares, verdict_fields
from .workspace import Workspace

_SIDE = 2 * BLOCK
_MOST_SHOWN = 20


def run(job: CompareRefJob, events: Events) -> dict[str, Optional[str]]:
    """Compare a reference with a prediction.

    Returns:
        Paths under ``OUTPUT`` and ``VERDICTS``.

    Raises:
        OcsiaError: ``compareref-field``, ``mapping-syntax``, ``reference-unmatched``, ``groups-syntax``,
            ``limits-range``, ``compareref-empty``, ``compareref-outside`` and the refusals of nomenclatures, rasters
            and outputs.
        Cancelled: the user asked to stop.
    """
    for path in filter(None, (job.output, job.verdicts)):
        driver_of(path, [".gpkg"])
    if not 0 <= job.contradicted < job.confirmed <= 100:
        raise OcsiaError("limits-range", confirmed=job.confirmed, contradicted=job.contradicted)
    with ExitStack() as stack:
        land_cover = LandCover(stack, job.input, job.nomenclature, job.base, job.lang, events)
        vocabulary = Vocabulary(land_cover.legend)
        kinds = parse_kinds(job.objects, vocabulary)
        mapping = parse_mapping(job.mapping, vocabulary)
        zones = _reference(job, land_cover)
        values = _values(zones, job)
        expected = meanings_of(values, mapping, vocabulary)
        _check_matched(job.field, values, mapping, expected, vocabulary, events)
        workspace = stack.enter_context(Workspace(job.job_id, [job.output, job.verdicts], [job.input, job.reference]))
        check_room(workspace.outputs[0].parent, land_cover.grid.width * land_cover.grid.height)
        scratch = workspace.scratch("objects.tif")
        scratch.parent.mkdir(exist_ok=True)
        objects = ObjectRaster(stack, scratch, land_cover.grid, land_cover.crs)
        shares = _streamed(land_cover, zones, expected, kinds, job.tolerance, objects, events)
        count = _write_candidates(workspace, job, land_cover, kinds, objects, zones, values, events)
        limits = (job.confirmed / 100, job.contradicted / 100)
        fields, verdict = verdict_fields(zones, expected, shares, land_cover.classes, limits, job.lang)
        if job.verdicts:
            _write_verdicts(workspace, job, land_cover, zones, fields)
        events.check()
        workspace.commit()
    said = {f"n{number}": int((verdict == number).sum()) for number in (CONFIRMED, DOUBTFUL, CONTRADICTED)}
    events.info("info-compareref", candidates=count, confirmed=said["n0"], doubtful=said["n1"], contradicted=said["n2"])
    for path, product in ((job.output, "candidates"), (job.verdicts, "verdicts")):
        if path:
            events.product(path, product)
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output, "VERDICTS": job.verdicts}


def _reference(job: CompareRefJob, land_cover: LandCover) -> Zones:
    try:
        zones = read_zones(job.reference, land_cover.crs.to_wkt())
    except OcsiaError as error:
        if error.code != "zones-empty":
            raise
        raise OcsiaError("compareref-empty") from error
    if not shapely.intersects(zones.geometries, shapely.box(*land_cover.grid.bounds)).any():
        raise OcsiaError("compareref-outside", path=job.input)
    return zones


def _values(zones: Zones, job: CompareRefJob) -> list[Any]:
    """Values of the field, None where there is none.

    Raises:
        OcsiaError: ``compareref-field``.
    """
    if job.field not in zones.attributes:
        raise OcsiaError("compareref-field", field=job.field, known=", ".join(zones.attributes))
    values, missing = zones.attributes[job.field]
    absent = np.zeros(len(zones), bool) if missing is None else missing
    return [None if gone else value for value, gone in zip(values.tolist(), absent)]


def _check_matched(
    field: str,
    values: Sequence[Any],
    mapping: dict[str, Optional[LandCoverClass]],
    expected: Sequence[Optional[LandCoverClass]],
    vocabulary: Vocabulary,
    events: Events,
) -> None:
    """Refuse a field of which nothing is understood, warn of the values that are not and are not left out either."""
    none = {value for value, meaning in zip(values, expected) if meaning is None and value is not None}
    params = {"field": field, "known": vocabulary.names()}
    if all(meaning is None for meaning in expected):
        raise OcsiaError("reference-unmatched", values=_shown(none), **params)
    unknown = {value for value in none if plain(value) not in mapping}
    if unknown:
        events.warning("warn-reference-values", values=_shown(unknown), **params)


def _shown(values: set[Any]) -> str:
    """The first of them, in order."""
    names = sorted(map(str, values))
    return ", ".join(names[:_MOST_SHOWN]) + (", ..." if len(names) > _MOST_SHOWN else "")


def _streamed(
    land_cover: LandCover,
    zones: Zones,
    expected: Sequence[Optional[LandCoverClass]],
    kinds: Sequence[Kind],
    tolerance: float,
    objects: ObjectRaster,
    events: Events,
) -> Shares:
    """Read every pixel: add it to the polygon that holds it, and mark it where the reference lacks it."""
    grid = land_cover.grid
    shares = Shares(zones, land_cover)
    kind_of = np.zeros(256, np.uint8)
    for number, kind in enumerate(kinds, start=1):
        kind_of[list(kind.codes)] = number
    # Of each kind, the polygons of the reference that show it already.
    shown = {}
    for number, kind in enumerate(kinds, start=1):
        showing = [m is not None and not kind.codes.isdisjoint(m.members) for m in expected]
        shown[number] = Places(zones.geometries[showing], grid)
    windows = list(tiles(grid.width, grid.height, _SIDE, _SIDE))

    def blocks() -> Iterator[tuple[Window, Pixels]]:
        for window in windows:
            yield window, land_cover.read(window)

    for number, (window, pixels) in enumerate(prefetched(blocks()), start=1):
        shares.add(window, pixels)
        found = kind_of[pixels.codes]
        for kind, places in shown.items():
            here = found == kind
            if here.any():
                found[here & places.within(window, tolerance)] = 0
        objects.write(window, found, _confidence(pixels))
        events.progress(0.8 * number / len(windows))
    if not shares.totals.any():
        raise OcsiaError("compareref-outside", path=land_cover.path)
    return shares


def _confidence(pixels: Pixels) -> np.ndarray:
    """Probability of the class of each pixel, float32 (H, W); 1 where it is not known."""
    if pixels.values is None:
        return np.ones(pixels.codes.shape, np.float32)
    total = pixels.values.sum(axis=0, dtype=np.float32)
    return np.divide(pixels.values.max(axis=0), total, out=np.zeros_like(total), where=total > 0)


def _write_candidates(
    workspace: Workspace,
    job: CompareRefJob,
    land_cover: LandCover,
    kinds: Sequence[Kind],
    objects: ObjectRaster,
    zones: Zones,
    values: Sequence[Any],
    events: Events,
) -> int:
    """Write the objects that the reference lacks, the most worthwhile first; returns how many.

    Their rank is that of the surface that checking one is expected to set right: surface x confidence.
    """
    found = list(objects.objects(job.min_area, events, 0.8, 0.95))
    parts = {name: _joined(found, name) for name in ("codes", "pixels", "geometries", "confidence")}
    surface = parts["pixels"] * (land_cover.grid.dx * land_cover.grid.dy)
    order = np.argsort(-(surface * parts["confidence"]), kind="stable")
    geometries = parts["geometries"][order]
    classes = [kinds[n - 1].land_cover for n in parts["codes"][order].tolist()]
    count = len(order)
    fields = {
        "rang": np.arange(1, count + 1, dtype=np.int32),
        "numero": np.array([c.code for c in classes], np.int32),
        "classe": np.array([c.name(job.lang) for c in classes], object),
        "surface_m2": np.round(surface[order], 2),
        "confiance": np.round(parts["confidence"][order], 3),
        "reference": _said_there(geometries, zones, values),
        "verifie": np.zeros(count, bool),
        "decision": np.full(count, None, object),
    }
    if not land_cover.has_probabilities:
        del fields["confiance"]
    staged = workspace.stage(job.output)
    origin = summary(land_cover.tags, job.lang)
    write_features(staged, job.output, geometries, fields, land_cover.crs.to_wkt(), description=origin)
    with guard_writing(staged, job.output):
        qml = candidates_qml([kind.land_cover for kind in kinds], job.lang)
        write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, qml)
    return count


def _joined(found: Sequence[Objects], name: str) -> np.ndarray:
    empty = {"codes": np.uint8, "pixels": np.int64, "geometries": object, "confidence": np.float64}
    return np.concatenate([np.zeros(0, empty[name]), *(getattr(objects, name) for objects in found)])


def _said_there(geometries: np.ndarray, zones: Zones, values: Sequence[Any]) -> np.ndarray:
    """What the reference says at a point inside each candidate, its first polygon there; None: nothing."""
    points = shapely.point_on_surface(geometries)
    said = np.full(len(points), None, object)
    where, polygons = shapely.STRtree(zones.geometries).query(points, predicate="intersects")
    for point, polygon in sorted(zip(where.tolist(), polygons.tolist())):
        if values[polygon] is not None and said[point] is None:
            said[point] = str(values[polygon])
    return said


def _write_verdicts(
    workspace: Workspace, job: CompareRefJob, land_cover: LandCover, zones: Zones, fields: dict[str, Any]
) -> None:
    final = job.verdicts or ""
    staged = workspace.stage(final)
    write_features(
        staged,
        final,
        zones.geometries,
        {name: values for name, (values, _) in fields.items()},
        land_cover.crs.to_wkt(),
        kind="MultiPolygon",
        description=summary(land_cover.tags, job.lang),
        missing=[mask for _, mask in fields.values()],
    )
    with guard_writing(staged, final):
        write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, verdicts_qml(job.lang))
