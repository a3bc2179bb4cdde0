"""The job ``surfaces``: the surface of each class in each zone, on the ellipsoid.

From a class raster, pixels are counted: A = Σ a_i 1[c_i = k]. From probabilities, they are counted by their most
probable class and, besides, their probabilities are added up: A = Σ a_i p_ik with p_ik = v_ik / Σ_j v_ij, which is
unbiased if the model is calibrated on average in the zone. a_i is the ground surface of pixel i: its planar surface
over the areal scale of the CRS.

For a group of classes, the expected surface is the sum of its members'. Counted from probabilities, a pixel belongs to
the group where the group's probabilities *together* are greater than that of each class outside it (0.3 conifers + 0.3
deciduous against 0.4 building is woody); counted from classes, where its class is a member.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Optional

import numpy as np
import pyogrio
import shapely
from rasterio.io import DatasetReader

from ..errors import OcsiaError, because
from ..events import Events
from ..grid import Grid
from ..jobs import SurfacesJob
from ..nomenclature import LandCoverClass, parse_groups
from ..ortho.checks import check_crs, crs_name, open_raster
from ..products.argmax import raster_grid
from ..products.classes import Legend
from ..products.qml import write_layer_style, zones_qml
from ..products.recognition import recognised_classes, recognised_probabilities
from ..products.vectors import DATASET_OPTIONS, GEOMETRY, STYLE_NAME, driver_of, fixed_date, guard_writing
from ..products.workspace import Workspace
from .blocks import Blocks, ClassBlocks, ProbabilityBlocks, windows
from .ellipsoid import ArealScale
from .tables import Column, Surfaces, method, write_table, zone_fields
from .zonal import Sums, sum_over_zones
from .zones import Zones, read_zones, whole_raster


def run(job: SurfacesJob, events: Events) -> dict[str, Optional[str]]:
    """Measure the classes in the zones.

    Returns:
        Paths under ``OUTPUT`` and ``TABLE``.

    Raises:
        OcsiaError: ``groups-syntax``, ``zones-empty``, ``zones-outside``, ``geometry-invalid``, ``raster-empty`` and
            the refusals of nomenclatures, rasters and outputs.
        Cancelled: the user asked to stop.
    """
    driver_of(job.output, [".gpkg"])
    with ExitStack() as stack:
        source = stack.enter_context(open_raster(job.input))
        has_probabilities = source.count > 1
        check_crs(source.crs, job.input)
        grid = raster_grid(source, job.input)
        legend, base = _legend(source, job, events)
        groups = _groups(job.groups, legend)
        zones = read_zones(job.zones, source.crs.to_wkt()) if job.zones else whole_raster(grid, job.input)
        if not shapely.intersects(zones.geometries, shapely.box(*grid.bounds)).any():
            raise OcsiaError("zones-outside", path=job.input)
        workspace = stack.enter_context(Workspace(job.job_id, [job.output, job.table], [job.input, job.zones]))
        scale = ArealScale(source.crs.to_wkt(), grid.bounds)
        low, high = (round(limit, 6) for limit in scale.limits)
        events.info("info-areal-scale", crs=crs_name(source.crs), low=low, high=high)
        blocks = ProbabilityBlocks(source, legend, groups) if has_probabilities else ClassBlocks(source, base)
        surfaces, unknown = _measured(source, blocks, legend, groups, grid, zones, scale, events)
        if surfaces.is_empty.all():
            raise OcsiaError("raster-empty", path=job.input)
        _write_zones(workspace, job, zones, surfaces, source.crs.to_wkt())
        if job.table:
            table = workspace.stage(job.table)
            with guard_writing(table, job.table):
                write_table(table, zones, surfaces, job.lang)
        events.check()
        workspace.commit()
    _tell(job, legend, surfaces, unknown, events)
    return {"OUTPUT": job.output, "TABLE": job.table}


def _legend(source: DatasetReader, job: SurfacesJob, events: Events) -> tuple[Legend, int]:
    """Legend of the raster, and the number of its first class where it holds codes."""
    if source.count > 1:
        return recognised_probabilities(source, job.input, job.nomenclature, events), 1
    return recognised_classes(source, job.input, job.nomenclature, job.base, job.lang, events)


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


def _measured(
    source: DatasetReader,
    blocks: Blocks,
    legend: Legend,
    groups: Sequence[LandCoverClass],
    grid: Grid,
    zones: Zones,
    scale: ArealScale,
    events: Events,
) -> tuple[Surfaces, list[int]]:
    """The figures, and the codes in the zones that the legend lacks: these count as classes of their own."""
    sums = sum_over_zones(blocks, windows(source), grid, zones.geometries, scale, events)
    area = grid.dx * grid.dy
    unknown: list[int] = []
    classes = list(legend.classes)
    if not blocks.has_probabilities:
        codes = set(np.flatnonzero(sums.pixels.any(axis=0)).tolist())
        unknown = sorted(codes - {0} - {c.code for c in classes})
        classes += [LandCoverClass(c, f"code_{c}", str(c), str(c), "#000000", (c,)) for c in unknown]
    columns = [_column(sums, area, c, [i if blocks.has_probabilities else c.code]) for i, c in enumerate(classes, 1)]
    for number, group in enumerate(groups):
        if blocks.has_probabilities:
            own = 1 + blocks.count + number
            members = [1 + band for band in blocks.members[number]]
            columns.append(_column(sums, area, group, [own], members, is_group=True))
        else:
            columns.append(_column(sums, area, group, list(group.members), is_group=True))
    everything = sums.counted[:, : 1 + blocks.count].sum(axis=1) * area
    return Surfaces(columns, sums.counted[:, 0] * area, everything, blocks.has_probabilities), unknown


def _column(
    sums: Sums,
    area: float,
    land_cover: LandCoverClass,
    counted: list[int],
    expected: Optional[list[int]] = None,
    is_group: bool = False,
) -> Column:
    """Figures of one class or group.

    Args:
        area: planar surface of a pixel, m².
        counted: its columns in ``sums.pixels``; expected: of its classes there, where they differ.
    """
    pixels = sums.pixels[:, counted].sum(axis=1)
    if sums.expected.shape[1]:
        bands = np.array(expected or counted) - 1
        plain, ground = sums.expected[:, bands].sum(axis=1).T * area
    else:
        plain = ground = np.full(len(pixels), np.nan)
    on_ground = sums.counted[:, counted].sum(axis=1) * area
    return Column(land_cover, is_group, pixels, on_ground, ground, pixels * area, plain)


def _write_zones(workspace: Workspace, job: SurfacesJob, zones: Zones, surfaces: Surfaces, wkt: str) -> None:
    """The zones with their surfaces as a GeoPackage, style inside."""
    staged = workspace.stage(job.output)
    fields = zone_fields(zones, surfaces)
    description = method(False, surfaces.has_probabilities, job.lang)
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
            dataset_options=DATASET_OPTIONS["GPKG"],
            layer_options={"GEOMETRY_NAME": GEOMETRY, "FID": "fid", "DESCRIPTION": description},
        )
        write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, zones_qml(job.lang))


def _tell(job: SurfacesJob, legend: Legend, surfaces: Surfaces, unknown: list[int], events: Events) -> None:
    if unknown:
        codes = ", ".join(map(str, unknown))
        events.warning("warn-codes-outside", path=job.input, nomenclature=legend.nomenclature.id, codes=codes)
    if surfaces.is_empty.any():
        events.warning("warn-no-pixel-zones", count=int(surfaces.is_empty.sum()))
    events.warning("warn-no-interval")
    events.product(job.output, "zones")
    if job.table:
        events.product(job.table, "table")
    events.emit("progress", value=1.0)
