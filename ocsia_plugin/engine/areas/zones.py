"""Zones whose surfaces are wanted: polygons with their attributes, in the CRS of the raster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional, Union

import numpy as np
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from ..errors import OcsiaError, because
from ..grid import Grid
from .zonefields import NAME_FIELDS

Attributes = dict[str, tuple[np.ndarray, Optional[np.ndarray]]]
"""Values of each field, and where some are missing in a type that cannot say so, a mask of them, bool."""

_RESERVED = ("fid", "geom")
"""Names that a GeoPackage of ours keeps for itself."""

_POLYGONAL = (3, 6)
_INTEGERS = {"OFTInteger": np.int32, "OFTInteger64": np.int64}


@dataclass
class Zones:
    """Polygons in the raster's CRS.

    Attributes:
        geometries: shapely polygons and multipolygons, 2D, object (Z).
        ids: feature ids, int64 (Z).
        names: what to call each zone.
        attributes: fields of the layer that they come from.
    """

    geometries: np.ndarray
    ids: np.ndarray
    names: list[str]
    attributes: Attributes = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.geometries)

    def texts(self, name: str) -> list[str]:
        """A field as texts, whatever the case of its name; empty ones where there is nothing."""
        for own, (values, _) in self.attributes.items():
            if own.lower() == name:
                return ["" if v is None or v != v else str(v).strip() for v in values.tolist()]
        return [""] * len(self)


def whole_raster(grid: Grid, name: str) -> Zones:
    """One zone: the raster."""
    attributes = {"nom": (np.array([name], object), None)}
    return Zones(np.array([shapely.box(*grid.bounds)]), np.array([1]), [name], attributes)


def read_zones(path: str, wkt: str, layer: Union[int, str] = 0) -> Zones:
    """The polygons of a layer of a vector file; features of other kinds, or without geometry, are left out.

    Args:
        path: a file that GDAL reads; wkt: CRS of the raster. A layer without a CRS is taken to be in it.
        layer: its number or name.

    Raises:
        OcsiaError: ``vector-unreadable``, ``zones-empty``, ``geometry-invalid``, ``vector-transform``.
    """
    try:
        meta, fids, wkb, columns = pyogrio.raw.read(path, layer=layer, return_fids=True, force_2d=True)
        geometries = shapely.from_wkb(wkb) if wkb is not None else np.zeros(0, object)
    except (DataSourceError, DataLayerError, OSError, ValueError, shapely.GEOSException) as error:
        raise OcsiaError("vector-unreadable", path=path, reason=(str(error).splitlines() or [""])[0]) from error
    keep = np.isin(shapely.get_type_id(geometries), _POLYGONAL) & ~shapely.is_empty(geometries)
    if not keep.any():
        raise OcsiaError("zones-empty")
    geometries, fids = geometries[keep], fids[keep]
    _check_valid(geometries, fids, path)
    geometries = _in_crs(geometries, fids, meta.get("crs"), wkt, path)
    attributes = _attributes(meta, columns, keep)
    return Zones(geometries, fids, _names(attributes, fids), attributes)


def with_own(own: Attributes, made: Attributes) -> Attributes:
    """Fields that zones came with, then those made for them.

    A former field of one of the latter names, which an earlier run may have made, gives way.
    """
    taken = {name.lower() for name in made}
    kept: Attributes = {}
    for name, values in own.items():
        if name.lower() in taken:
            continue
        free = f"{name}_source" if name.lower() in _RESERVED else name
        while free.lower() in {k.lower() for k in kept}:
            free += "_2"
        kept[free] = values
    return {**kept, **made}


def _check_valid(geometries: np.ndarray, fids: np.ndarray, path: str) -> None:
    invalid = np.flatnonzero(~shapely.is_valid(geometries))
    if len(invalid):
        reason = shapely.is_valid_reason(geometries[invalid[0]])
        fid = int(fids[invalid[0]])
        raise OcsiaError("geometry-invalid", count=len(invalid), layer=path, fid=fid, reason=reason)


def _in_crs(geometries: np.ndarray, fids: np.ndarray, crs: Optional[str], wkt: str, path: str) -> np.ndarray:
    target = pyproj.CRS.from_wkt(wkt)
    if not crs or pyproj.CRS(crs).equals(target, ignore_axis_order=True):
        return geometries
    change = pyproj.Transformer.from_crs(crs, target, always_xy=True)
    moved = shapely.transform(geometries, change.transform, interleaved=False)
    lost = np.flatnonzero(~np.isfinite(shapely.bounds(moved)).all(axis=1))
    if len(lost):
        params: dict[str, Any] = {"fid": int(fids[lost[0]]), "layer": path, "crs": target.name}
        raise OcsiaError("vector-transform", reason=because("why-no-transformation"), **params)
    _check_valid(moved, fids, path)
    return moved


def _attributes(meta: dict[str, Any], columns: list[np.ndarray], keep: np.ndarray) -> Attributes:
    """Attributes as they can be written again: integers and booleans with gaps, read as floats, get a mask."""
    types = meta.get("ogr_types") or [""] * len(columns)
    subtypes = meta.get("ogr_subtypes") or [""] * len(columns)
    attributes: Attributes = {}
    for name, values, kind, subkind in zip(meta["fields"].tolist(), columns, types, subtypes):
        values, missing = values[keep], None
        if values.dtype.kind == "f" and kind in _INTEGERS:
            missing = np.isnan(values)
            values = np.where(missing, 0, values).astype(bool if subkind == "OFSTBoolean" else _INTEGERS[kind])
        elif values.dtype.kind == "O":
            values = np.array([_text(value) for value in values], object)
        attributes[name] = (values, missing)
    return attributes


def _text(value: Any) -> Optional[str]:
    """Lists, binary values and times have no type of their own in what we write."""
    return value if value is None or isinstance(value, str) else str(value)


def _names(attributes: Attributes, fids: np.ndarray) -> list[str]:
    by_lower = {name.lower(): name for name in reversed(attributes)}
    found = next((by_lower[name] for name in NAME_FIELDS if name in by_lower), None)
    if found is None:
        return [str(fid) for fid in fids]
    values = attributes[found][0]
    return [str(fid) if value is None else str(value) for value, fid in zip(values.tolist(), fids)]
