"""What a map is held against: interpreted points, or polygons of known class, as a sample for the error matrix."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..events import Events
from ..grid import Grid, Window
from ..nomenclature import Nomenclature
from ..products.classes import Legend
from .blocks import Blocks, windows
from .ellipsoid import ArealScale
from .matrix import Sample
from .points import Points, check_points, points_unreadable, read_points
from .zonal import in_pixels, pixels_inside
from .zones import Zones, read_zones

_CODES = 256
_TILE = 512


@dataclass(frozen=True)
class Map:
    """What is judged.

    Attributes:
        blocks: reads ``source``; codes: of each of its choices, int64.
    """

    source: DatasetReader
    grid: Grid
    legend: Legend
    blocks: Blocks
    codes: np.ndarray

    @property
    def wkt(self) -> str:
        """Its CRS."""
        return self.source.crs.to_wkt()


@dataclass(frozen=True)
class Reference:
    """A sample with what the report says of it.

    Attributes:
        x, y: float64 (n): where the units are (polygons: a point inside).
        points: as they were read; None: polygons.
        kind: ``stratified`` (strata of the map), ``other`` (other strata), ``simple``, ``clusters`` or ``unknown``.
        without_pixel: polygons too small to hold the centre of a pixel.
    """

    sample: Sample
    x: np.ndarray
    y: np.ndarray
    points: Optional[Points]
    kind: str
    without_pixel: int = 0


def names_of(nomenclature: Nomenclature) -> dict[str, int]:
    """Codes by every name that a field of text may hold, in lower case."""
    return {
        name.lower(): c.code
        for c in nomenclature.classes
        for name in (c.key, c.fr, c.en, c.official or c.key, f"{c.code} {c.fr}")
    }


def is_polygonal(path: str) -> bool:
    """Whether the first layer of a vector file holds polygons.

    Raises:
        OcsiaError: ``vector-unreadable``.
    """
    try:
        return "Polygon" in (pyogrio.read_info(path, layer=0).get("geometry_type") or "")
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise points_unreadable(path, error) from error


def from_points(path: str, field: str, judged: Map, is_simple: bool, events: Events) -> Reference:
    """The classes of the map at interpreted points.

    Args:
        is_simple: points that say nothing of their design were drawn at random over the whole raster.

    Raises:
        OcsiaError: what ``points`` raises, ``points-nodata``, ``points-nomenclature``, ``points-few``.
    """
    nomenclature = judged.legend.nomenclature
    points = read_points(path, judged.wkt, field, names_of(nomenclature))
    design = points.design
    if design.kind != "unknown" and design.nomenclature not in ("", nomenclature.id):
        params = {"path": path, "found": design.nomenclature, "wanted": nomenclature.id}
        raise OcsiaError("points-nomenclature", **params)
    check_points(points, path, {c.code for c in nomenclature.classes}, judged.grid.bounds)
    mapped = judged.codes[_choices_at(points.x, points.y, judged, events)]
    lost = np.flatnonzero(mapped == 0)
    if len(lost):
        raise OcsiaError("points-nodata", path=path, count=len(lost), total=len(points), fid=points.number(lost[0]))
    number = np.zeros(len(points), np.int64)
    area, size, kind = np.ones(1), np.full(1, np.inf), "simple" if is_simple else "unknown"
    if design.kind != "unknown":
        of = {stratum.id: row for row, stratum in enumerate(design.strata)}
        number = np.array([of[name] for name in points.stratum.tolist()])
        area = np.array([stratum.area for stratum in design.strata])
        size = np.array([float(stratum.size) for stratum in design.strata])
        for stratum in design.strata:
            if stratum.drawn < min(2, stratum.size):
                raise OcsiaError("points-few", path=path, stratum=stratum.id)
        same = (points.map_code == mapped).all() and not any(stratum.zone for stratum in design.strata)
        kind = "simple" if design.kind == "simple" else "stratified" if same else "other"
    unit, amount = np.arange(len(points)), np.ones(len(points))
    sample = Sample(unit, mapped, points.ref_code, amount, number, area, size, kind != "unknown")
    return Reference(sample, points.x, points.y, points, kind)


def from_polygons(path: str, field: str, judged: Map, is_simple: bool, events: Events) -> Reference:
    """The surfaces of the map's classes inside polygons of known class; a pixel counts where its centre lies.

    Args:
        is_simple: the polygons were drawn at random among all that there are; otherwise no interval is claimed.

    Raises:
        OcsiaError: what ``zones`` raises, ``points-field``, ``points-codes``, ``points-unlabelled``,
            ``polygons-outside``.
    """
    nomenclature = judged.legend.nomenclature
    polygons = read_zones(path, judged.wkt)
    known = {c.code for c in nomenclature.classes}
    ref = _polygon_codes(path, field, polygons, names_of(nomenclature), known)
    cells = _cells(polygons.geometries, judged, events)
    cells[:, 0] = 0
    unit, choice = np.nonzero(cells)
    if not len(unit):
        raise OcsiaError("polygons-outside", path=path)
    seen = np.unique(unit)
    position = np.full(len(ref), -1)
    position[seen] = np.arange(len(seen))
    stratum = np.zeros(len(seen), np.int64)
    sample = Sample(
        position[unit],
        judged.codes[choice],
        ref[unit],
        cells[unit, choice],
        stratum,
        np.ones(1),
        np.full(1, np.inf),
        is_simple,
    )
    places = shapely.point_on_surface(polygons.geometries[seen])
    kind = "clusters" if is_simple else "unknown"
    return Reference(sample, shapely.get_x(places), shapely.get_y(places), None, kind, len(ref) - len(seen))


def _polygon_codes(
    path: str, field: str, polygons: Zones, by_name: dict[str, int], known: Collection[int]
) -> np.ndarray:
    if field not in polygons.attributes:
        known_fields = ", ".join(polygons.attributes) or "-"
        raise OcsiaError("points-field", path=path, field=field, known=known_fields)
    values, missing = polygons.attributes[field]
    codes, odd = np.zeros(len(values), np.int64), set()
    for row, value in enumerate(values.tolist()):
        text = "" if value is None or value != value or (missing is not None and missing[row]) else str(value).strip()
        text = text[:-2] if text.endswith(".0") else text
        code = by_name.get(text.lower(), int(text) if text.isascii() and text.isdigit() else -1 if text else 0)
        codes[row] = code
        if code and code not in known:
            odd.add(text)
    if odd:
        raise OcsiaError("points-codes", path=path, values=", ".join(sorted(odd)[:10]))
    empty = np.flatnonzero(codes == 0)
    if len(empty):
        params = {"count": len(empty), "total": len(codes), "fid": int(polygons.ids[empty[0]])}
        raise OcsiaError("polygons-unlabelled", path=path, field=field, **params)
    return codes


def _choices_at(x: np.ndarray, y: np.ndarray, judged: Map, events: Events) -> np.ndarray:
    """The choice at each point, int64 (n); 0 = no data. Neighbours are read one after the other."""
    grid = judged.grid
    columns = np.clip(np.floor((x - grid.x) / grid.dx).astype(np.int64), 0, grid.width - 1)
    rows = np.clip(np.floor((grid.y - y) / grid.dy).astype(np.int64), 0, grid.height - 1)
    choices = np.zeros(len(x), np.int64)
    order = np.lexsort((columns // _TILE, rows // _TILE))
    for done, point in enumerate(order.tolist(), start=1):
        window = Window(int(columns[point]), int(rows[point]), 1, 1)
        choices[point] = judged.blocks.read(window).choice[0, 0]
        events.progress(0.8 * done / len(order))
    return choices


def _cells(polygons: np.ndarray, judged: Map, events: Events) -> np.ndarray:
    """Surface of each choice in each polygon, m² on the ellipsoid: float64 (Z, 256)."""
    grid, cells = judged.grid, np.zeros((len(polygons), _CODES))
    polygons = in_pixels(polygons, grid)
    shapely.prepare(polygons)
    tree = shapely.STRtree(polygons)
    scale = ArealScale(judged.wkt, grid.bounds)
    every = list(windows(judged.source))
    for number, window in enumerate(every, start=1):
        box = shapely.box(window.col, -window.row - window.height, window.col + window.width, -window.row)
        met = np.sort(tree.query(box, predicate="intersects")).tolist()
        if met:
            choice = judged.blocks.read(window).choice.ravel()
            x = grid.x + (window.col + np.arange(window.width) + 0.5) * grid.dx
            y = grid.y - (window.row + np.arange(window.height) + 0.5) * grid.dy
            ground = (grid.dx * grid.dy / scale.over(x, y)).ravel()
            for polygon in met:
                inside = pixels_inside(polygons[polygon], window)
                cells[polygon] += np.bincount(choice[inside], ground[inside], _CODES)
                events.check()
        events.progress(0.8 * number / len(every))
    return cells
