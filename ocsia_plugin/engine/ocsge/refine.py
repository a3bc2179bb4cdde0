"""An OCS GE that exists, with what its polygons hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely

from ..areas.zones import Zones, read_zones
from ..errors import OcsiaError
from ..products.regions import Strips
from .detail import write_detail
from .rows import NumberedPolygons
from .rules import UNDECIDED, by_official
from .style import cover_qml
from .task import Task
from .write import Columns, composition, cover_columns, write_refined, write_style

CODE_FIELD = "code_cs"


def refine(task: Task) -> None:
    """The polygons of an OCS GE that exists, with what they hold."""
    job = task.job
    zones = read_zones(job.ocsge or "", task.crs)
    zones = _on_raster(zones, task)
    codes, own = _codes_of(zones, task)
    socle = NumberedPolygons(zones.geometries, task.grid)
    width, count = task.overlays.columns, len(zones) + 1
    held = np.zeros((count, width), np.int64)
    row = 0
    for original in task.original():
        numbers = socle.numbers(row, len(original))
        pairs = (numbers.astype(np.int64) * width + original).ravel()
        held += np.bincount(pairs, minlength=count * width).reshape(count, width)
        row += len(original)
        task.progress.step(len(original))
    held[0] = 0
    if not held[:, 1:].any():
        raise OcsiaError("ocsge-outside", path=job.ocsge)
    _write_refinement(task, zones, codes, own, held[1:])
    if job.detail:
        of_polygon = np.concatenate([[0], codes]).astype(np.uint8)
        write_detail(task, partial(_socle_strips, socle, task.original), of_polygon, np.arange(count))


def _on_raster(zones: Zones, task: Task) -> Zones:
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


def _codes_of(zones: Zones, task: Task) -> tuple[np.ndarray, np.ndarray]:
    """OCS GE's code of each polygon, uint8 (Z), 0 where it is none that is known; and what stands in its field."""
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
    return codes, np.array(values, object)


def _write_refinement(task: Task, zones: Zones, codes: np.ndarray, own: np.ndarray, held: np.ndarray) -> None:
    """The polygons with their attributes, then what is new.

    Args:
        codes, own: from ``_codes_of``; held: pixels of each code of the raster in each polygon, int64 (Z, C).
    """
    job, staged = task.job, task.workspace.stage(task.job.output)
    pixel = task.grid.dx * task.grid.dy
    seen = held[:, 1:].sum(axis=1)
    cover = np.zeros((len(held), UNDECIDED + 1), np.int64)
    np.add.at(cover.T, task.overlays.table[: held.shape[1]], held.T)
    decided = cover[:, 1:UNDECIDED].sum(axis=1)
    agrees = np.where(codes > 0, cover[np.arange(len(codes)), codes], 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        agreement = np.where((decided > 0) & (codes > 0), np.round(100 * agrees / decided, 2), np.nan)
    covered = np.minimum(np.round(100 * seen * pixel / shapely.area(zones.geometries), 2), 100)
    made: Columns = {
        "polygone": 1 + np.arange(len(codes)),
        "code_cs": own,
        "classe": cover_columns(codes, job.lang)["classe"],
        "surface_m2": shapely.area(zones.geometries),
        "vu_pct": covered,
        "accord_pct": agreement,
        **task.overlays.shares(held),
        **composition(task.overlays.classes(held), task.legend, job.lang),
    }
    write_refined(staged, job.output, zones, made, task.crs)
    write_style(staged, job.output, cover_qml(job.lang, False))
    task.overlays.report(held, pixel, task.events)
    share = round(100 * float(agrees.sum() / max(decided.sum(), 1)), 1)
    task.events.info("info-ocsge-agreement", count=len(zones), share=share)


def _socle_strips(socle: NumberedPolygons, original: Strips) -> Iterator[np.ndarray]:
    row = 0
    for codes in original():
        yield socle.numbers(row, len(codes))
        row += len(codes)
