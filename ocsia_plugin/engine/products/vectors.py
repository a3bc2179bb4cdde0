"""Vector files as products: polygons in batches, the same bytes from the same data."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError

from ..errors import OcsiaError
from ..grid import Grid
from .disk import megabytes
from .outlines import PolygonBatch, no_polygons
from .qml import FIXED_TIME

DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile"}
STYLE_NAME = "OCS-IA"

FIELDS = ("numero", "classe", "surface_m2", "perim_m")

SHAPEFILE_LIMIT = 2**31 - 1
"""Bytes of a .shp or .dbf that every software reads: offsets are often kept as signed 32-bit integers."""

GEOMETRY = "geom"
"""Name of the geometry column of a GeoPackage."""

DATASET_OPTIONS = {
    "GPKG": {"VERSION": "1.2"},  # the GDAL of QGIS 3.22 warns of later ones
    "ESRI Shapefile": {},
}
_LAYER_OPTIONS = {
    "GPKG": {"GEOMETRY_NAME": GEOMETRY, "FID": "fid"},
    "ESRI Shapefile": {"ENCODING": "UTF-8"},
}
_DBF_DATE = bytes((100, 1, 1))
"""Date of the last update, as GeoPackages have it: years since 1900, month, day."""

_SPARE_BYTES = 4 << 20
"""Under this, a disk counts as full when a write fails."""

_BATCH_VERTICES = 1_000_000
"""Vertices that wait for one call to GDAL: some 50 MB with their WKB, a second or so of work, few openings of the
file. GDAL builds the spatial index of the first call at once, and adds to it row by row in those that follow, some 9 s
per million polygons; pyogrio has no way to ask for the index of a finished layer."""


_STAGED = {"OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_SQLITE_JOURNAL": "OFF"}
"""No journal and no waiting for the disk: what is left of a run that was cut short is thrown away in any case."""


@contextmanager
def gdal_options(**options: str) -> Iterator[None]:
    """GDAL's configuration meanwhile."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def fixed_date() -> AbstractContextManager[None]:
    """GDAL writes a fixed timestamp into GeoPackages meanwhile."""
    return gdal_options(OGR_CURRENT_DATE=FIXED_TIME)


def driver_of(path: str, allowed: Sequence[str] = tuple(DRIVERS)) -> str:
    """GDAL's driver for the suffix of ``path``.

    Raises:
        OcsiaError: ``vector-format``.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in allowed:
        raise OcsiaError("vector-format", path=path)
    return DRIVERS[suffix]


@contextmanager
def guard_writing(path: Path, final: str) -> Iterator[None]:
    """Turns pyogrio's failures, not all of which are OSErrors, into ``disk-filled`` or ``output-not-writable``."""
    try:
        yield
    except (DataSourceError, DataLayerError, FeatureError, FieldError, sqlite3.Error, OSError) as error:
        free = shutil.disk_usage(path.parent).free
        if free < _SPARE_BYTES:
            raise OcsiaError("disk-filled", folder=path.parent.parent, free=megabytes(free)) from error
        reason = (str(error).splitlines() or [""])[0]
        raise OcsiaError("output-not-writable", path=final, reason=reason) from error


class PolygonWriter:
    """Writes the polygons of classes, batch after batch, with the fields ``numero, classe, surface_m2, perim_m``.

    Another kind of polygon has another ``fields`` and ``_columns``.

    Args:
        path: where to write; the suffix says the format, the stem is the layer's name.
        final: the name by which errors call the file.
        grid: of the raster that the polygons come from.
        crs: WKT.
        names: class name of each code, 256 of them.
        description: of the layer; a Shapefile has no place for it.
    """

    def __init__(
        self, path: Path, final: str, grid: Grid, crs: str, names: Sequence[str], description: str = ""
    ) -> None:
        self._description = description
        self.count = 0
        self.pixels = 0
        self._path, self._final, self._grid, self._crs = path, final, grid, crs
        self._names = np.array(names, object)
        self.fields: Sequence[str] = FIELDS
        self._driver = driver_of(final)
        self._waiting: list[PolygonBatch] = []
        self._vertices = 0
        self._shp_bytes = 100
        self._begun = False

    def add(self, batch: PolygonBatch) -> None:
        """Take polygons in; they are written when enough have come."""
        self.count += len(batch)
        self.pixels += int(batch.pixels.sum())
        self._waiting.append(batch)
        self._vertices += len(batch.vertices)
        if self._vertices >= _BATCH_VERTICES:
            self._flush()

    def finish(self) -> None:
        """Write what waits; a layer without polygons where there were none."""
        if self._waiting:
            self._flush()
        if not self._begun:
            self._write(np.zeros(0, object), self._columns(no_polygons()))
        if self._driver == DRIVERS[".shp"]:
            with open(self._path.with_suffix(".dbf"), "r+b") as dbf:
                dbf.seek(1)
                dbf.write(_DBF_DATE)

    def _flush(self) -> None:
        batches, self._waiting, self._vertices = self._waiting, [], 0
        if self._driver == DRIVERS[".shp"]:
            self._check_limit(batches)
        batches = [batch for batch in batches if len(batch)]
        wkb = [shapely.to_wkb(batch_polygons(batch, self._grid)) for batch in batches]
        if not batches:
            return
        columns = [np.concatenate(parts) for parts in zip(*map(self._columns, batches))]
        self._write(np.concatenate(wkb), columns)
        self._begun = True

    def _columns(self, batch: PolygonBatch) -> list[np.ndarray]:
        """Values of ``fields``."""
        return [
            batch.codes.astype(np.int32),
            self._names[batch.codes.astype(np.intp)],
            batch.areas * (self._grid.dx * self._grid.dy),
            perimeters(batch, self._grid),
        ]

    def _write(self, wkb: np.ndarray, columns: list[np.ndarray]) -> None:
        options = {}
        if not self._begun:
            options = {
                "dataset_options": DATASET_OPTIONS[self._driver],
                "layer_options": _LAYER_OPTIONS[self._driver],
            }
            if self._description and self._driver == DRIVERS[".gpkg"]:
                options["layer_options"] = options["layer_options"] | {"DESCRIPTION": self._description}
        with fixed_date(), gdal_options(**_STAGED), guard_writing(self._path, self._final):
            pyogrio.raw.write(
                self._path,
                wkb,
                columns,
                list(self.fields),
                layer=self._path.stem,
                driver=self._driver,
                geometry_type="Polygon",
                crs=self._crs,
                append=self._begun,
                **options,
            )

    def _check_limit(self, batches: list[PolygonBatch]) -> None:
        """Sizes of the .shp (ESRI Shapefile Technical Description, 1998: polygons) and of the .dbf, before writing."""
        for batch in batches:
            rings = len(batch.ring_offsets) - 1
            self._shp_bytes += 52 * len(batch) + 4 * rings + 16 * len(batch.vertices)
        dbf = self._path.with_suffix(".dbf")
        dbf_bytes = (dbf.stat().st_size if dbf.exists() else 200) + _DBF_RECORD * sum(map(len, batches))
        if max(self._shp_bytes, dbf_bytes) > SHAPEFILE_LIMIT:
            raise OcsiaError("shapefile-too-large")


def batch_polygons(batch: PolygonBatch, grid: Grid) -> np.ndarray:
    """shapely polygons in the raster's CRS; equal corners get equal coordinates."""
    vertices = np.empty(batch.vertices.shape, np.float64)
    vertices[:, 0] = grid.x + grid.dx * batch.vertices[:, 0]
    vertices[:, 1] = grid.y - grid.dy * batch.vertices[:, 1]
    offsets = (batch.ring_offsets, batch.polygon_offsets)
    return shapely.from_ragged_array(shapely.GeometryType.POLYGON, vertices, offsets)


def perimeters(batch: PolygonBatch, grid: Grid) -> np.ndarray:
    """Length of the outline of each polygon, holes included, in metres, float64 (P)."""
    steps = np.diff(batch.vertices, axis=0) * (grid.dx, grid.dy)
    along = np.concatenate([np.hypot(steps[:, 0], steps[:, 1]), [0.0]])
    along[batch.ring_offsets[1:] - 1] = 0.0  # from the end of one ring to the start of the next
    return np.add.reduceat(along, batch.ring_offsets[batch.polygon_offsets[:-1]])


_DBF_RECORD = 1 + 9 + 80 + 2 * 24
"""Bytes of a record as GDAL lays out the four fields: deletion flag, int32, text, two doubles."""
