"""Sample points: places to photo-interpret, how they were drawn, and the GeoPackage that holds both.

The layer has one point per drawn pixel, at its centre, with the fields ``stratum``, ``pi`` (inclusion probability),
``map_code``, ``ref_code`` (0 = not interpreted yet) and ``interp`` (who interpreted it). The design lies as JSON in the
metadata of the layer (table ``gpkg_metadata``), which editing, copying the file and ``ogr2ogr`` all keep. Points that
lost it are points of an unknown design, from which nothing follows but what they show themselves.

A second layer, ``<name>_2``, may hold some of the points again for a second, independent reading.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from ..errors import OcsiaError
from ..products.vectors import DATASET_OPTIONS, GEOMETRY, fixed_date

FIELDS = ("stratum", "pi", "map_code", "ref_code", "interp")
DESIGN_KEY = "OCSIA_DESIGN"
SECOND = "_2"
"""Ends the name of the layer of second readings."""

KINDS = ("stratified", "simple", "unknown")
_VERSION = 1
_NEAR = 1e-3
"""Metres: points nearer than this are the same point."""


@dataclass(frozen=True)
class Stratum:
    """A part of the population, from which pixels were drawn with equal probabilities.

    Attributes:
        code: map class of its pixels; 0: of any class.
        zone: name of its zone; empty: all zones together.
        size: pixels in it; area: their surface on the ellipsoid, m²; drawn: pixels drawn.
    """

    id: str
    code: int
    zone: str
    size: int
    area: float
    drawn: int


@dataclass(frozen=True)
class Design:
    """How points were drawn.

    Attributes:
        kind: ``stratified``, ``simple`` (one stratum) or ``unknown`` (no stratum).
        raster: file name of the raster that they were drawn over; nomenclature: id of its classes.
    """

    kind: str
    seed: Optional[int] = None
    raster: str = ""
    nomenclature: str = ""
    strata: tuple[Stratum, ...] = ()

    def to_json(self) -> str:
        """One line; ``from_json`` reads it."""
        return json.dumps({"version": _VERSION, **asdict(self)}, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> Design:
        """The design of a text.

        Raises:
            ValueError: it is not one.
        """
        try:
            content = json.loads(text)
            strata = tuple(
                Stratum(str(s["id"]), int(s["code"]), str(s["zone"]), int(s["size"]), float(s["area"]), int(s["drawn"]))
                for s in content["strata"]
            )
            seed = None if content["seed"] is None else int(content["seed"])
            design = Design(content["kind"], seed, str(content["raster"]), str(content["nomenclature"]), strata)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"not a design: {error!r}") from error
        sound = all(0 < s.drawn <= s.size and s.area > 0 for s in strata)
        if design.kind not in KINDS or not sound or len({s.id for s in strata}) < len(strata):
            raise ValueError("not a sound design")
        if (design.kind == "unknown") != (not strata) or (design.kind == "simple" and len(strata) != 1):
            raise ValueError("not a sound design")
        return design


UNKNOWN = Design("unknown")


@dataclass(frozen=True)
class Points:
    """Sample points in the raster's CRS. Arrays of length n, or, of the second readings, also 0: there are none.

    Attributes:
        x, y: float64; stratum: object (ids); pi: float64, NaN where unknown; map_code, ref_code: int64, 0 = none;
        interp: object (names).
        again: int64: code of the second reading, 0 = none; again_interp: object: by whom.
        fid: int64: of the features in their file.
    """

    x: np.ndarray
    y: np.ndarray
    stratum: np.ndarray
    pi: np.ndarray
    map_code: np.ndarray
    ref_code: np.ndarray
    interp: np.ndarray
    design: Design = UNKNOWN
    again: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    again_interp: np.ndarray = field(default_factory=lambda: np.zeros(0, object))
    fid: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self.x)

    @property
    def second_codes(self) -> np.ndarray:
        """int64 (n): code of the second reading, 0 = none."""
        return self.again if len(self.again) else np.zeros(len(self), np.int64)

    def number(self, row: int) -> int:
        """What the file calls the feature of a row."""
        return int(self.fid[row]) if len(self.fid) else int(row) + 1


def write_points(path: Path, points: Points, wkt: str, second: Optional[np.ndarray] = None) -> None:
    """Write a GeoPackage; the same points make the same bytes.

    Args:
        path: its stem is the layer's name; wkt: CRS of the points.
        second: int64 (M): points that a second layer holds again, not interpreted; None: no such layer.

    Raises:
        pyogrio's errors and OSError, for ``products.vectors.guard_writing``.
    """
    metadata = {} if points.design.kind == "unknown" else {DESIGN_KEY: points.design.to_json()}
    with fixed_date():
        _write_layer(path, path.stem, points, np.arange(len(points)), wkt, False, metadata)
        if second is not None and len(second):
            _write_layer(path, path.stem + SECOND, points, second, wkt, True, {})


def _write_layer(
    path: Path, layer: str, points: Points, rows: np.ndarray, wkt: str, again: bool, metadata: dict[str, str]
) -> None:
    codes = np.zeros(len(rows), np.int32) if again else points.ref_code[rows].astype(np.int32)
    interp = np.full(len(rows), None, object) if again else points.interp[rows].astype(object)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.points(points.x[rows], points.y[rows])),
        [points.stratum[rows].astype(object), points.pi[rows], points.map_code[rows].astype(np.int32), codes, interp],
        list(FIELDS),
        layer=layer,
        driver="GPKG",
        geometry_type="Point",
        crs=wkt,
        append=again,
        layer_metadata=metadata or None,
        dataset_options=None if again else DATASET_OPTIONS["GPKG"],
        layer_options={"GEOMETRY_NAME": GEOMETRY, "FID": "fid"},
    )


def read_points(path: str, wkt: str, field: str = "ref_code", codes_by_name: Optional[dict[str, int]] = None) -> Points:
    """The points of the first layer of a vector file, ours or any other, with their second readings.

    Args:
        wkt: CRS of the raster, into which they are transformed; a layer without a CRS is taken to be in it.
        field: of the interpreted class.
        codes_by_name: codes of the classes by their names in lower case, where the field holds text.

    Raises:
        OcsiaError: ``vector-unreadable``, ``points-empty``, ``points-field``, ``points-codes``, ``points-duplicated``,
            ``points-incomplete`` (fewer, or more, points in a stratum than the design drew), ``vector-transform``.
    """
    layers = _layers(path)
    layer = next((name for name in layers if name + SECOND in layers), layers[0])
    design, (x, y), columns, fids = _read_layer(path, layer, wkt)
    count = len(x)
    ref = _codes(columns, field, path, codes_by_name or {})
    points = Points(
        x,
        y,
        _texts(columns.get("stratum"), count),
        _floats(columns.get("pi"), count),
        _codes(columns, "map_code", path, {}) if "map_code" in columns else np.zeros(count, np.int64),
        ref,
        _texts(columns.get("interp"), count),
        design,
        fid=fids,
    )
    _check_duplicates(points, path)
    if design.kind != "unknown":
        _check_complete(points, path)
    if layer + SECOND in layers:
        return _with_second(points, path, layer + SECOND, wkt, codes_by_name or {})
    return points


def check_points(points: Points, path: str, codes: Collection[int], bounds: tuple[float, float, float, float]) -> None:
    """Refuse points from which no figure may come.

    Args:
        codes: of the nomenclature; bounds: (xmin, ymin, xmax, ymax) of the raster.

    Raises:
        OcsiaError: ``points-outside``, ``points-unlabelled``, ``points-codes``.
    """
    xmin, ymin, xmax, ymax = bounds
    outside = np.flatnonzero(~((points.x > xmin) & (points.x < xmax) & (points.y > ymin) & (points.y < ymax)))
    if len(outside):
        raise OcsiaError(
            "points-outside", path=path, count=len(outside), total=len(points), fid=points.number(outside[0])
        )
    missing = np.flatnonzero(points.ref_code == 0)
    if len(missing):
        raise OcsiaError(
            "points-unlabelled", path=path, count=len(missing), total=len(points), fid=points.number(missing[0])
        )
    unknown = sorted({*points.ref_code.tolist(), *points.again.tolist()} - {0} - set(codes))
    if unknown:
        raise OcsiaError("points-codes", path=path, values=", ".join(map(str, unknown)))


def points_unreadable(path: str, error: BaseException) -> OcsiaError:
    """The refusal of a file that GDAL does not read."""
    return OcsiaError("vector-unreadable", path=path, reason=(str(error).splitlines() or [""])[0])


def _layers(path: str) -> list[str]:
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise points_unreadable(path, error) from error
    if not names:
        raise OcsiaError("points-empty", path=path)
    return names


def _read_layer(path: str, layer: str, wkt: str) -> tuple[Design, np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """Design, coordinates float64 (2, n), columns and feature ids of a layer of points."""
    try:
        meta, fids, wkb, columns = pyogrio.raw.read(path, layer=layer, force_2d=True, return_fids=True)
        metadata = pyogrio.read_info(path, layer=layer).get("layer_metadata") or {}
        geometries = shapely.from_wkb(wkb)
    except (DataSourceError, DataLayerError, OSError, ValueError, shapely.GEOSException) as error:
        raise points_unreadable(path, error) from error
    # A multipoint of one point is a point that some software wrote.
    single = np.array([g is not None and g.geom_type in ("Point", "MultiPoint") and not g.is_empty for g in geometries])
    single &= shapely.get_num_coordinates(geometries) == 1
    if not len(geometries) or not single.any():
        raise OcsiaError("points-empty", path=path)
    if not single.all():
        raise OcsiaError("points-geometry", path=path, count=int((~single).sum()))
    places = _in_crs(shapely.get_coordinates(geometries).T, meta.get("crs"), wkt, path)
    named = dict(zip(meta["fields"].tolist(), columns))
    try:
        design = Design.from_json(metadata[DESIGN_KEY]) if DESIGN_KEY in metadata else UNKNOWN
    except ValueError as error:
        raise OcsiaError("points-design", path=path, reason=str(error)) from error
    return design, places, named, fids


def _in_crs(xy: np.ndarray, crs: Optional[str], wkt: str, path: str) -> np.ndarray:
    target = pyproj.CRS.from_wkt(wkt)
    if not crs or pyproj.CRS(crs).equals(target, ignore_axis_order=True):
        return np.ascontiguousarray(xy, np.float64)
    moved = np.array(pyproj.Transformer.from_crs(crs, target, always_xy=True).transform(*xy))
    lost = np.flatnonzero(~np.isfinite(moved).all(axis=0))
    if len(lost):
        reason = "outside its domain"
        raise OcsiaError("vector-transform", fid=int(lost[0]) + 1, layer=path, crs=target.name, reason=reason)
    return moved


def _codes(columns: dict[str, np.ndarray], name: str, path: str, by_name: dict[str, int]) -> np.ndarray:
    """Codes in a field of numbers, or of numbers and names written as text: int64, 0 where there is nothing."""
    if name not in columns:
        raise OcsiaError("points-field", path=path, field=name, known=", ".join(columns) or "-")
    values = columns[name]
    if values.dtype.kind not in "biufO":
        raise OcsiaError("points-codes", path=path, values=str(values.dtype))
    codes, odd = np.zeros(len(values), np.int64), set()
    for i, value in enumerate(values.tolist()):
        code = _code(value, by_name)
        if code is None:
            odd.add(str(value))
        else:
            codes[i] = code
    if odd:
        raise OcsiaError("points-codes", path=path, values=", ".join(sorted(odd)[:10]))
    return codes


def _code(value: Any, by_name: dict[str, int]) -> Optional[int]:
    """None: not a code."""
    if value is None or value != value or (isinstance(value, str) and not value.strip()):
        return 0
    if isinstance(value, str):
        text = value.strip()
        if text.lower() in by_name:
            return by_name[text.lower()]
        if not text.isascii() or not text.isdigit():
            return None
        value = int(text)
    return int(value) if value == int(value) and value >= 0 else None


def _texts(values: Optional[np.ndarray], count: int) -> np.ndarray:
    out = np.full(count, "", object)
    if values is not None:
        out[:] = ["" if v is None else str(v) for v in values.tolist()]
    return out


def _floats(values: Optional[np.ndarray], count: int) -> np.ndarray:
    return np.full(count, np.nan) if values is None or values.dtype.kind not in "iuf" else values.astype(np.float64)


def _keys(x: np.ndarray, y: np.ndarray) -> list[tuple[int, int]]:
    return list(zip(np.round(x / _NEAR).astype(np.int64).tolist(), np.round(y / _NEAR).astype(np.int64).tolist()))


def _check_duplicates(points: Points, path: str) -> None:
    seen: dict[tuple[int, int], int] = {}
    pairs = [(seen[key], i) for i, key in enumerate(_keys(points.x, points.y)) if seen.setdefault(key, i) != i]
    if pairs:
        first, again = pairs[0]
        raise OcsiaError(
            "points-duplicated", path=path, count=len(pairs), first=points.number(first), again=points.number(again)
        )


def _check_complete(points: Points, path: str) -> None:
    """Points added or deleted after the draw: the inclusion probabilities are no longer true."""
    found = {stratum.id: 0 for stratum in points.design.strata}
    for name in points.stratum.tolist():
        found[name] = found.get(name, 0) + 1
    drawn = {stratum.id: stratum.drawn for stratum in points.design.strata}
    for name, count in found.items():
        if drawn.get(name, 0) != count:
            params = {"stratum": name, "found": count, "drawn": drawn.get(name, 0)}
            raise OcsiaError("points-incomplete", path=path, **params)


def _with_second(points: Points, path: str, layer: str, wkt: str, by_name: dict[str, int]) -> Points:
    _, (x, y), columns, _ = _read_layer(path, layer, wkt)
    row_of = {key: row for row, key in enumerate(_keys(points.x, points.y))}
    rows = [row_of.get(key) for key in _keys(x, y)]
    codes = _codes(columns, "ref_code", path, by_name)
    names = _texts(columns.get("interp"), len(x))
    again, by = np.zeros(len(points), np.int64), np.full(len(points), "", object)
    for row, code, name in zip(rows, codes.tolist(), names.tolist()):
        if row is not None and code:
            again[row], by[row] = code, name
    return Points(**{**vars(points), "again": again, "again_interp": by})
